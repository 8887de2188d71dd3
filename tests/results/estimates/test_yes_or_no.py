"""A share of networks, of what is yes or no in each, also near 0 and 1: how often its interval holds the truth.

Run as a program, it prints what the table of shares in docs/uncertainty.md is made of.
"""

from collections.abc import Iterator
from math import sqrt

import numpy as np
import pytest

from results.estimates.intervals import interval
from results.estimates.parameter_uncertainty import Unknown
from results.estimates.response import mean_and_half
from results.estimates.yes_or_no import least_variance


def held(
    share: float, networks: int, *, yes_or_no: bool, trials: int, keys: int = 0, spread: float = 0.0, members: int = 1
) -> tuple[float, float]:
    """Share of the intervals that hold the truth, and of those that lie below or above it on the side of 0.

    Args:
        share: true one, with the parameters in the middle.
        networks: of each trial, pairs of which live with one set of parameters where these vary.
        yes_or_no: whether the interval knows that values are yes or no.
        trials: luck and, where parameters vary, sets and truths.
        keys: standard normal, that move the log odds along a direction; 0: parameters are fixed.
        spread: of the log odds.
        members: of which each network counts the share (count); 1 is yes or no.
    """
    luck = np.random.default_rng([3, networks, keys, members, round(1000 * share)])
    groups, every = (np.arange(networks) // 2) % 200, [np.ones(networks, dtype=np.bool_)]
    count, middle = int(groups.max()) + 1, np.log(share / (1 - share))
    inside = short = 0
    for _ in range(trials):
        if keys:
            drawn, along = luck.standard_normal((count + 1, keys)), luck.standard_normal(keys)
            chances = 1 / (1 + np.exp(-middle - spread * (drawn @ along) / np.linalg.norm(along)))
            truth, each = float(chances[-1]), chances[:-1][groups]
            unknown = Unknown(groups, drawn[:-1] - drawn[:-1].mean(axis=0))
        else:
            truth, each, unknown = share, np.full(networks, share), None
        found = interval(luck.binomial(members, each) / members, every, unknown, yes_or_no=yes_or_no)
        inside += max(found.low, 0) <= truth <= min(found.high, 1)
        short += truth > found.high
    return inside / trials, short / trials


@pytest.mark.parametrize("networks", [20, 100, 500])
@pytest.mark.parametrize("share", [0.002, 0.02, 0.05])
def test_a_share_near_0_is_held_although_hardly_any_network_says_yes(share: float, networks: int) -> None:
    """Where all say no the sample variance is 0. Power: of 1,000, less than .92 comes 3 times in 10,000 from .95."""
    now, _ = held(share, networks, yes_or_no=True, trials=1_000)
    assert now > 0.95 - 4 * sqrt(0.95 * 0.05 / 1_000)


def test_without_it_most_are_missed() -> None:
    before, short = held(0.02, 20, yes_or_no=False, trials=1_000)
    assert before < 0.5
    assert short > 0.5, "the truth lies above: as if nothing were open"


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_variance_is_that_of_two_more_of_each(mirrored: bool) -> None:
    """By hand: none of 16 is 2 of 20, .1 x .9 / 20."""
    values = np.full(16, 1.0 if mirrored else 0.0)
    assert float(least_variance(float(values.sum()), 16)) == pytest.approx(0.0045)
    found = interval(values, [np.ones(16, dtype=np.bool_)], yes_or_no=True)
    assert found.high - found.mean == pytest.approx(found.reach * sqrt(0.0045))
    assert found.luck_share == 1.0


def test_in_the_middle_nothing_moves() -> None:
    values = np.repeat([0.0, 1.0], 50)
    every = [np.ones(100, dtype=np.bool_)]
    assert interval(values, every, yes_or_no=True) == interval(values, every)


def test_points_say_the_same_as_runs() -> None:
    unknown = Unknown(np.arange(40) // 2, np.random.default_rng(1).standard_normal((20, 2)))
    for values in (np.zeros(40), np.ones(40), np.repeat([0.0, 1.0], [39, 1]), np.repeat([0.0, 1.0], 20)):
        for known in (None, unknown):
            run = interval(values, [np.ones(40, dtype=np.bool_)], known, yes_or_no=True)
            mean, half = mean_and_half(values[:, None], unknown=known, yes_or_no=True)
            assert (mean[0], half[0]) == pytest.approx((run.mean, run.high - run.mean), rel=1e-9)


def table(trials: int) -> Iterator[str]:
    """Parameters, what is counted, true share, and for 20, 100 and 500 networks before / now, and missed above."""
    for keys, spread in ((0, 0.0), (3, 0.5), (3, 1.5)):
        for members, counted in ((1, "yes or no"), (22, "share of 22 members")):
            for share in (0.01, 0.05, 0.2):
                cells = []
                for networks in (20, 100, 500):
                    of = {"trials": trials, "keys": keys, "spread": spread, "members": members}
                    before, _ = held(share, networks, yes_or_no=False, **of)  # type: ignore[arg-type]
                    now, short = held(share, networks, yes_or_no=members == 1, **of)  # type: ignore[arg-type]
                    cells.append(f"{100 * before:.0f} / {100 * now:.0f} ({100 * short:.0f})")
                yield f"| {'fixed' if not keys else spread} | {counted} | {100 * share:.0f} % | {' | '.join(cells)} |"


if __name__ == "__main__":
    for line in table(1_000):
        print(line, flush=True)
