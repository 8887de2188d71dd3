"""What random numbers get: facts drawn without a look at the model, models drawn without a look at the facts.

Truth: a fact that random answers meet with chance c is met with chance c by a model that knows nothing. So no more than
that may be supported, and nothing at all where c is above one half. Chances are found here with own random numbers.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import scenarios
from results.checking.verdicts import Verdict, judge
from results.studies.possible_answers import random_answers
from results.studies.virtual_studies import Prediction, predict
from scenarios.observed.groups import Arm
from scenarios.observed.study import NULL, Measured, Observed, Pattern
from tests.steady import STEADY

ARMS = {"value": 1, "ratio": 2, "difference": 2, "odds_ratio": 2, "interior": 3}
RANGES = {"active_rate": (0.0, 1.0), "trust": (0.0, 1.0), "transitivity": (0.0, 1.0), "homophily_topic": (-1.0, 1.0)}


def ask(outcome: str, statistic: Any, low: float | None, high: float | None, **how: Any) -> Pattern:
    arms = tuple(Arm(name) for name in "abc"[: ARMS[statistic]]) if statistic != "value" else ()
    return Pattern("x", "", outcome, (), "start", statistic, arms, Measured(None, low, high), "x", "x", **how)


def made(statistic: str, arms: NDArray[np.float64]) -> NDArray[np.float64]:
    """The statistic of arms, float[..., arms], written once more."""
    first, last = arms[..., 0], arms[..., -1]
    if statistic == "ratio":
        return np.asarray(first / last)
    if statistic == "difference":
        return np.asarray(first - last)
    if statistic == "odds_ratio":
        return np.asarray(first * (1 - last) / (last * (1 - first)))
    return np.asarray(first if statistic == "value" else arms[..., 1] / np.maximum(first, last))


def chance(statistic: str, span: tuple[float, float], low: float | None, high: float | None) -> float:
    """How often arms that are random numbers land between the ends; to within .005, the standard error of 10,000."""
    found = made(statistic, np.random.default_rng(5).uniform(*span, (10_000, ARMS[statistic])))
    return float(np.mean((found > (-np.inf if low is None else low)) & (found < (np.inf if high is None else high))))


def of_a_model(pattern: Pattern, arms: NDArray[np.float64]) -> Prediction:
    """A prediction of 40 virtual studies, float[40, arms]."""
    return Prediction(pattern, "made up", np.stack([arms, np.ones_like(arms)], axis=-1)[None])


def ends(luck: np.random.Generator, statistic: str, span: tuple[float, float]) -> tuple[float | None, float | None]:
    """What was observed, drawn blindly: two ends, or a direction."""
    null = NULL.get(statistic)
    kind = luck.integers(0, 3)
    if null is not None and kind == 0:
        return (null, None) if luck.random() < 0.5 else (None, null)
    low, high = np.sort(made(statistic, luck.uniform(*span, (2, ARMS[statistic]))))
    if kind == 1:
        return (float(low), None) if luck.random() < 0.5 else (None, float(high))
    return float(low), float(high)


@pytest.mark.quick_cases("value", "odds_ratio")
@pytest.mark.parametrize("statistic", ARMS)
def test_a_model_that_knows_nothing_is_supported_no_more_often_than_random_answers_are_right(statistic: Any) -> None:
    """Its virtual studies lie about a random answer. Each study is another one, so counts add up like coins."""
    luck, tried = np.random.default_rng(17), 200
    supported, expected, spread = 0, 0.0, 0.0
    for _ in range(tried):
        outcome = "active_rate" if statistic == "odds_ratio" else str(luck.choice(list(RANGES)))
        span = RANGES[outcome] if statistic in ("value", "difference") else (0.0, 1.0)
        if statistic in ("ratio", "interior"):
            outcome = "active_rate"
        low, high = ends(luck, statistic, span)
        centre = luck.uniform(*span, ARMS[statistic])
        room = np.minimum(centre - span[0], span[1] - centre)  # symmetric about the centre, and possible
        arms = centre + 0.05 * room * luck.uniform(-1, 1, (40, ARMS[statistic]))
        found = judge(of_a_model(ask(outcome, statistic, low, high), arms))
        by_chance = chance(statistic, span, low, high)
        step = 1 / 50 if statistic == "interior" else 0.0  # of the numbers that stand for each of three arms
        assert found.by_chance == pytest.approx(by_chance, abs=0.02 + step), "4 standard errors of 10,000"
        if by_chance > 0.52 + step:
            assert found.verdict != "supported"
        else:
            expected, spread = expected + by_chance, spread + by_chance * (1 - by_chance)
        if found.verdict == "supported":
            supported += 1
            assert found.inside > by_chance, "none that random numbers would meet as often"
    # More than 4 standard deviations above the chance of random answers comes by luck in 1 of 30,000.
    assert 0 < supported <= expected + 4 * spread**0.5


SHARES = {"active_rate": 25, "tie_density": 25, "trust": 25, "retention": 25}


LEAD_CASE = scenarios.replace(scenarios.load("salex", posterior=None), {**STEADY, "closing.follow_up": 0})


@pytest.fixture(scope="module")
def predicted() -> tuple[Prediction, ...]:
    """What 60 networks of the lead case say of four shares."""
    patterns = tuple(
        Pattern(name, "", name, (month,), "start", "value", (), Measured(None, 0, 1), "x", "x")
        for name, month in SHARES.items()
    )
    study = Observed("salex", "", LEAD_CASE, frozenset(), patterns)
    return predict([study], [{}], networks=60, seed=3)


def judged(predicted: Sequence[Prediction], low: float, high: float) -> list[Verdict]:
    return [judge(replace(one, pattern=replace(one.pattern, observed=Measured(None, low, high)))) for one in predicted]


@pytest.mark.slow
def test_random_facts_seldom_support_the_lead_case(predicted: Sequence[Prediction]) -> None:
    """Two random numbers hold a given one with a chance of one half at most: 2 m (1 - m). Wider ones are not told."""
    luck = np.random.default_rng(23)
    tried, supported, rule = 400, 0, 0
    for _ in range(tried):
        low, high = np.sort(luck.uniform(0, 1, 2)).tolist()
        for found in judged(predicted, low, high):
            supported += found.verdict == "supported"
            rule += found.verdict == "supported" and not (high - low <= 0.5 and found.inside >= 1.5 * (high - low))
    assert rule == 0
    assert 0 < supported < 0.5 * tried * len(predicted)


def test_nothing_supports_the_lead_case_where_nothing_could_go_against_it(predicted: Sequence[Prediction]) -> None:
    for low, high in ((0.0, 1.0), (0.05, 1.0), (0.0, 0.9), (-5.0, 5.0)):
        for found in judged(predicted, low, high):
            assert found.verdict == "undecided"
            assert "any model would meet it" in found.why
            assert found.by_chance == pytest.approx(min(1, high) - max(0, low), abs=1e-3)


def test_a_wide_fact_that_is_missed_all_the_same_still_contradicts(predicted: Sequence[Prediction]) -> None:
    (retention,) = (one for one in predicted if one.pattern.id == "retention")
    assert judged([retention], 0.0, 0.4)[0].verdict == "contradicted"


# What is possible.


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (ask("tie_density", "value", 0.2, 0.5), 0.3),
        (ask("modularity_topic", "value", 0.0, 0.3), 0.2),  # from -.5 to 1
        (ask("homophily_region", "value", -1.0, 0.0), 0.5),
        (ask("active_rate", "difference", -1.0, 1.0), 1.0),
        (ask("active_rate", "difference", -0.1, 0.1), 0.19),  # 1 - .9^2
        (ask("active_rate", "difference", 0.0, None), 0.5),
        (ask("active_rate", "ratio", 0.8, 1.5), 2 / 3 - 0.4),
        (ask("collaborations", "ratio", 0.8, 1.5), 2 / 3 - 0.4),  # whatever the greatest number is
        (ask("active_rate", "ratio", 1.0, None), 0.5),
        (ask("active_rate", "odds_ratio", None, 1.0), 0.5),
        (ask("active_rate", "interior", 1.0, None), 1 / 3),
        (ask("active_rate", "value", 0.2, 0.5, span=(0.1, 0.6)), 0.6),
        (ask("active_rate", "value", 0.2, 0.5, span=(-9.0, 9.0)), 0.3),  # what is impossible makes nothing rarer
        (ask("collaborations", "value", 2.0, 18.0), 0.5),  # a factor of 9
        (ask("cost", "value", 1e5, 4e5), 1 / 3),
        (ask("cost", "value", 0.0, None), 1.0),
        (ask("collaborations", "value", 10.0, None, span=(0.0, 40.0)), 0.75),
        (ask("collaborations", "difference", 0.0, None), 0.5),
        (ask("collaborations", "difference", 2.0, 18.0), 0.25),
    ],
)
def test_random_answers_land_as_often_as_the_possible_values_say(pattern: Pattern, expected: float) -> None:
    arms = np.full((40, ARMS[pattern.statistic]), 0.3)
    found = judge(of_a_model(pattern, arms))
    assert found.by_chance == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    "pattern",
    [
        ask("collaborations", "value", 5.0, None),
        ask("cost", "value", None, 1e6),
        ask("collaborations", "value", 0.0, 30.0),
        ask("collaborations", "difference", -3.0, 3.0),
    ],
)
def test_where_it_is_not_known_what_was_possible_the_span_is_asked_for(pattern: Pattern) -> None:
    assert random_answers(pattern) is None
    inside = 6.0 if pattern.statistic == "value" else 1.0
    arms = np.full((40, ARMS[pattern.statistic]), inside) - np.arange(float(ARMS[pattern.statistic]))
    found = judge(of_a_model(pattern, arms))
    assert (found.verdict, found.by_chance) == ("undecided", None)
    assert "span" in found.why
