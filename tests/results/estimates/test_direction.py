"""How likely a difference is above 0: by hand, without and with parameters, and how often the chances come true.

Run as a program, it prints the table of words in docs/uncertainty.md.
"""

from collections.abc import Callable, Iterator
from math import e, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from results.estimates.direction import chance_above_zero
from results.estimates.intervals import interval
from results.estimates.parameter_uncertainty import Unknown
from results.words.likelihood import likelihood

Values = NDArray[np.float64]
SLOW = pytest.mark.slow


def chance(values: Values, unknown: Unknown | None = None) -> float:
    every = np.ones(len(values), dtype=np.bool_)
    return chance_above_zero(interval(values, [every], unknown), values, unknown)


def test_with_parameters_fixed_it_is_students_t() -> None:
    """By hand: mean 1, standard deviation 2 of four values, so one standard error."""
    values = 1 + 2 * np.array([-1.0, 1, -1, 1]) * sqrt(3 / 4)

    assert chance(values) == pytest.approx(float(stdtr(3, 1)), rel=1e-9)
    assert chance(-values) == pytest.approx(1 - chance(values), rel=1e-9)


def test_an_interval_that_ends_at_nothing_has_a_chance_of_39_in_40() -> None:
    reach = float(stdtrit(3, 0.975))
    values = reach * np.ones(4) + 2 * np.array([-1.0, 1, -1, 1]) * sqrt(3 / 4)

    assert interval(values, [np.ones(4, dtype=np.bool_)]).low == pytest.approx(0, abs=1e-12)
    assert chance(values) == pytest.approx(0.975, rel=1e-9)


def test_what_differs_in_no_network_is_as_likely_above_as_below() -> None:
    assert chance(np.zeros(6)) == 0.5
    assert chance(np.ones(6)) == 1
    assert np.isnan(chance(np.ones(1)))


def few_great_effects(luck: np.random.Generator, sets: int = 200) -> tuple[Values, Unknown]:
    """Small losses with nine sets in ten, great ones with the tenth: each two networks, hardly any luck."""
    key = luck.standard_normal((sets, 1))
    effect = np.where(np.arange(sets) % 10 == 0, -8.0, -0.5)
    values = np.repeat(effect, 2) + 0.01 * luck.standard_normal(2 * sets)
    return values, Unknown(np.repeat(np.arange(sets), 2), key)


def test_a_skewed_spread_hides_no_direction() -> None:
    """Every set loses; the interval, which reaches as far up as down, holds 0 all the same."""
    values, unknown = few_great_effects(np.random.default_rng(3))
    found = interval(values, [np.ones(len(values), dtype=np.bool_)], unknown)

    assert found.low < 0 < found.high
    assert chance(values, unknown) < 0.1, "where a normal spread would say 28 %"
    assert NormalDist(found.mean, sqrt(found.between + found.of_mean)).cdf(0) < 0.75


def test_luck_alone_is_not_taken_for_parameters() -> None:
    """Where keys do nothing, half of all pairs lie below 0, and the mean is still clearly above it."""
    luck = np.random.default_rng(4)
    values = 0.4 + 2 * luck.standard_normal(2000)
    unknown = Unknown(np.arange(2000) // 2, luck.standard_normal((1000, 2)))

    assert 0.35 < float((values < 0).mean()) < 0.5
    assert chance(values, unknown) > 0.98


RESPONSES: dict[str, Callable[[Values], Values]] = {
    "straight": lambda keys: keys.sum(axis=1) / sqrt(keys.shape[1]),
    "square of each": lambda keys: ((keys**2 - 1) / sqrt(2)).sum(axis=1) / sqrt(keys.shape[1]),
    "exponential": lambda keys: (np.exp(keys.sum(axis=1) / sqrt(keys.shape[1])) - sqrt(e)) / sqrt((e - 1) * e),
}
"""Of keys that are standard normal; mean 0 and variance 1."""


def judged(
    response: str, keys: int, networks: int, ratio: float, *, trials: int, shift: float = 0.0
) -> list[tuple[float, bool]]:
    """The chance of the likelier direction, and whether it was the true one, of made-up differences.

    A difference is its own size, plus the response to its keys, plus normal luck with standard deviation 1. What is
    true is the size plus the response to one more draw of the keys.

    Args:
        response: to the keys.
        keys: that vary (count).
        networks: pairs of them over sets of keys.
        ratio: standard deviation that keys give a network, over that of luck.
        trials: differences.
        shift: of all sizes, so that a change of sign is no mirror image.
    """
    luck = np.random.default_rng([7, keys, networks, int(10 * ratio), *response.encode()])
    groups = np.arange(networks) // 2
    found = []
    for _ in range(trials):
        drawn = luck.standard_normal((int(groups[-1]) + 2, keys))
        true = shift + luck.choice([0.1, 0.3, 1, 2]) * luck.standard_normal() + ratio * RESPONSES[response](drawn)
        values = luck.standard_normal(networks) + true[groups]
        above = chance(values, Unknown(groups, drawn[:-1] - drawn[:-1].mean(axis=0)))
        found.append((max(above, 1 - above), bool((true[-1] > 0) == (above > 0.5))))
    return found


def shares(found: list[tuple[float, bool]]) -> dict[str, tuple[int, float, float]]:
    """Word -> how often it was said, what its chances lead to expect, and how often it was right."""
    said = {}
    for word in ("", "probably", "very probably", "almost certainly"):
        mine = [(given, right) for given, right in found if likelihood(given) == word]
        if mine:
            said[word] = len(mine), float(np.mean([one[0] for one in mine])), float(np.mean([one[1] for one in mine]))
    return said


@pytest.mark.parametrize(
    ("response", "keys"),
    [("exponential", 2), *(pytest.param(*case, marks=SLOW) for case in (("straight", 7), ("square of each", 7)))],
)
def test_words_are_right_as_often_as_they_say(response: str, keys: int) -> None:
    """Power: a word that is right in 80 of 100 cases instead of 95 is found out with 60 uses and more, nearly always.

    Chances are themselves read from 20 sets; 4 points are allowed for that, and 3.5 standard errors for the trials.
    """
    found = [one for ratio in (0.3, 1.0, 3.0) for one in judged(response, keys, 40, ratio, trials=250)]
    for word, (count, expected, right) in shares(found).items():
        assert abs(right - expected) < 0.04 + 3.5 * sqrt(expected * (1 - expected) / count), word
    assert {"probably", "very probably", "almost certainly"} <= shares(found).keys()


def table(trials: int) -> Iterator[str]:
    """What the table of words in docs/uncertainty.md is made of: response, networks, keys; said, expected and right."""
    for response in RESPONSES:
        for networks in (40, 200, 500):
            found = [
                one
                for keys in (1, 7, 30)
                for ratio in (0.0, 0.3, 1.0, 3.0)
                for one in judged(response, keys, networks, ratio, trials=trials)
            ]
            cells = [f"{100 * right:.0f} ({100 * expected:.0f})" for _, expected, right in shares(found).values()]
            yield f"| {response} | {networks} | {' | '.join(cells)} |"


if __name__ == "__main__":
    for line in table(200):
        print(line, flush=True)
