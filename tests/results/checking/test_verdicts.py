"""Verdicts on patterns: the stated rule on made-up virtual studies, and how often it is wrong, by simulation."""

from math import inf, log, nan
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import scenarios
from results.checking.verdicts import Verdict, interval_score, judge, tally
from results.studies.landing import landed, log_score, quantiles
from results.studies.virtual_studies import Prediction, predict
from scenarios.observed.study import Measured, Observed, Pattern
from scenarios.schema.measured import wilson


def ask(
    low: float | None,
    high: float | None,
    *,
    value: float | None = None,
    statistic: Any = "value",
    span: Any = (0.0, 1.0),
) -> Pattern:
    observed = Measured(value, low, high)
    return Pattern("one", "", "active_rate", (), "start", statistic, (), observed, "x", "x", span=span)


def drawn(pattern: Pattern, draws: Any) -> Prediction:
    """A prediction whose virtual studies find exactly these values."""
    prediction = Prediction(pattern, "made up", np.zeros((1, len(draws), 1, 2)))
    vars(prediction)["draws"] = np.asarray(draws, dtype=np.float64).reshape(1, -1)
    return prediction


def verdict(pattern: Pattern, draws: Any) -> Verdict:
    return judge(drawn(pattern, draws))


def between(low: float, high: float, count: int = 201) -> NDArray[np.float64]:
    return np.linspace(low, high, count)


# The rule.


def test_studies_that_land_inside_support_the_model() -> None:
    found = verdict(ask(0.5, 0.9), between(0.55, 0.85))
    assert found.verdict == "supported"
    assert found.why.startswith("201 of 201 virtual studies")
    assert (found.inside, found.studies) == (1.0, 201)
    assert found.predicted == pytest.approx(0.7)


@pytest.mark.parametrize(("draws", "word"), [((0.0, 0.39), "less"), ((0.91, 1.0), "more")])
def test_studies_wholly_outside_contradict_it_and_say_on_which_side(draws: tuple[float, float], word: str) -> None:
    found = verdict(ask(0.4, 0.9), between(*draws))
    assert found.verdict == "contradicted"
    assert found.why == f"the model predicts {word} than was observed"


def test_only_the_middle_95_in_100_must_be_outside() -> None:
    inside = [0.5] * 4  # of 201, in the upper tail
    assert verdict(ask(0.4, 0.9), [*between(0.1, 0.3, 197), *inside]).verdict == "contradicted"
    assert verdict(ask(0.4, 0.9), [*between(0.1, 0.3, 191), *[0.5] * 10]).verdict == "undecided"


def test_an_end_of_the_interval_is_inside() -> None:
    assert verdict(ask(0.4, 0.9), [0.4] * 50).verdict == "supported"
    assert verdict(ask(0.4, 0.9), [np.nextafter(0.4, 0)] * 50).verdict == "contradicted"
    assert verdict(ask(0.4, 0.8), [0.8] * 50).verdict == "supported"
    assert verdict(ask(0.4, 0.8), [np.nextafter(0.8, 1)] * 50).verdict == "contradicted"


def test_studies_on_both_sides_but_not_inside_are_undecided() -> None:
    found = verdict(ask(0.45, 0.55), [0.4] * 50 + [0.6] * 50)
    assert (found.verdict, found.inside) == ("undecided", 0.0)


@pytest.mark.parametrize(
    ("pattern", "draws", "why"),
    [
        (ask(0.5, 0.7), [nan] * 60 + [0.6] * 40, "cannot be computed in 60 of 100 networks: there was"),
        (ask(0.0, None, statistic="difference", span=None), [0.1] * 89 + [-0.1] * 11, "only 89 of 100 virtual studies"),
        (ask(None, 1.0, statistic="ratio", span=None), [0.5] * 80 + [1.5] * 20, "only 80 of 100 virtual studies show"),
        (ask(0.3, 0.7), between(0.2, 0.8), "the model would pass with almost any answer: 57 % of random answers"),
        (ask(0.1, 0.9), [0.5] * 99, "almost any model would meet it: 80 % of random answers"),
        (ask(None, 0.6), [0.5] * 99, "almost any model would meet it: 60 % of random answers"),
        (ask(0.0, 1.0), [0.5] * 99, "any model would meet it: every possible answer"),
        (ask(-3.0, None), [0.5] * 99, "any model would meet it: every possible answer"),
        (ask(0.001, 1.0), [0.5] * 99, "almost any model would meet it: 99 % of random answers"),
        (ask(0.5, 0.6), [0.55] * 49 + [0.7] * 51, "only 49 of 100 virtual studies land in the observed interval"),
        (ask(1.3, 2.5, statistic="ratio", span=None), [1.2] * 60 + [1.4] * 40, "only 40 of 100 virtual studies land"),
        (ask(0.2, 0.6), [0.4] * 59 + [0.7] * 41, "only 59 of 100 virtual studies land in the observed interval, and"),
        (ask(0.4, 0.6), [0.5] * 19, "19 virtual studies are too few for a verdict"),
        (ask(0.5, 0.8, value=0.75), between(0.5, 0.7), "the observed value lies outside the predicted 95 %"),
        (ask(0.5, 0.8, value=0.55), between(0.6, 0.9), "the observed value lies outside the predicted 95 %"),
    ],
)  # fmt: skip
def test_each_reason_to_be_undecided(pattern: Pattern, draws: list[float], why: str) -> None:
    found = verdict(pattern, draws)
    assert found.verdict == "undecided"
    assert found.why.startswith(why)


@pytest.mark.parametrize(
    ("pattern", "draws"),
    [
        (ask(0.5, 0.7), [nan] * 50 + [0.6] * 50),  # half could tell, and half land inside
        (ask(0.0, None, statistic="difference", span=None), [0.1] * 90 + [-0.1] * 10),
        (ask(None, 1.0, statistic="ratio", span=None), [0.5] * 90 + [1.5] * 10),
        (ask(0.2, 0.6), [0.4] * 60 + [0.7] * 40),  # half as often again as random answers
        (ask(0.4, 0.6), [0.5] * 20),
        (ask(0.5, 0.8, value=0.69), between(0.5, 0.7)),
        (ask(0.0, 0.5), [0.3] * 99),  # half of what was possible
        (ask(0.0, 0.5), between(0.0, 0.5)),
        (ask(0.5, 0.6), [0.55] * 50 + [0.7] * 50),
        (ask(0.8, 1.25, statistic="ratio", span=None), [0.9] * 99),  # about no difference: no direction to see
    ],
)
def test_just_enough_supports(pattern: Pattern, draws: list[float]) -> None:
    assert verdict(pattern, draws).verdict == "supported"


@pytest.mark.parametrize(
    ("statistic", "null"), [("ratio", 1.0), ("odds_ratio", 1.0), ("interior", 1.0), ("difference", 0.0)]
)
def test_no_difference_at_all_is_not_the_direction_that_was_observed(statistic: str, null: float) -> None:
    more = ask(null, None, statistic=statistic, span=None)
    less = ask(None, null, statistic=statistic, span=None)
    for pattern in (more, less):
        assert not landed(pattern, np.array([null])).any()
        assert verdict(pattern, [null] * 50).verdict == "contradicted", "every virtual study is outside"
    assert landed(more, np.array([null + 1e-9, null - 1e-9])).tolist() == [True, False]
    assert landed(less, np.array([null + 1e-9, null - 1e-9])).tolist() == [False, True]


def test_a_plain_value_has_no_null_and_keeps_its_ends() -> None:
    assert landed(ask(0.0, 1.0), np.array([0.0, 1.0])).all()
    assert landed(ask(1.0, None), np.array([1.0])).all()


# Infinite ratios, and studies that could not tell.


def test_infinite_ratios_support_nothing_and_are_said() -> None:
    more = ask(1.0, None, statistic="ratio", span=None)
    found = verdict(more, [2.0] * 80 + [inf] * 20)
    assert (found.verdict, found.inside, found.uncomputed) == ("supported", 0.8, 20)
    assert (found.predicted_low, found.predicted_high) == (2.0, inf)
    assert found.uncomputed_why.startswith("cannot be computed in 20 of 100 networks")
    assert interval_score(found) is None
    for finite in (50, 40, 0):  # half of random answers lie above 1 as well; then most cannot be computed
        found = verdict(more, [2.0] * finite + [inf] * (100 - finite))
        assert found.verdict == "undecided"
    assert found.why.startswith("cannot be computed in 100 of 100 networks")
    assert verdict(ask(1.3, 2.5, statistic="ratio", span=None), [inf] * 50).verdict == "undecided"


def test_infinite_ratios_are_above_whatever_was_observed() -> None:
    """Finite ratios alone would lie below the interval; those that are infinite do not, so nothing is contradicted."""
    found = verdict(ask(1.3, 2.5, statistic="ratio", span=None), [1.0] * 60 + [inf] * 40)
    assert found.verdict == "undecided"


def test_a_study_that_cannot_tell_does_not_land_anywhere() -> None:
    pattern = ask(0.5, 0.7)
    assert landed(pattern, np.array([nan, 0.6])).tolist() == [False, True]
    found = verdict(pattern, [nan] * 20 + [0.6] * 80)
    assert (found.inside, found.studies, found.verdict) == (0.8, 100, "supported")
    assert found.predicted_low == found.predicted_high == 0.6, "quantiles are of those that can tell"


def test_nothing_told_is_undecided() -> None:
    found = verdict(ask(0.5, 0.7), [nan] * 10)
    assert found.verdict == "undecided"
    assert np.isnan([found.predicted, found.predicted_low, found.predicted_high]).all()
    assert found.inside == 0.0
    assert interval_score(found) is None


def test_quantiles_are_values_that_were_found() -> None:
    values = np.arange(1.0, 101.0)
    assert quantiles(values) == (3.0, 50.0, 98.0), "the least value that 2.5, 50 and 97.5 in 100 do not exceed"
    assert quantiles(np.array([-inf, 1.0, inf])) == (-inf, 1.0, inf)


# Scores.


def test_the_log_score_is_that_of_the_share_smoothed_by_half_a_study() -> None:
    assert log_score(np.array([True] * 3 + [False])) == pytest.approx(log(3.5 / 5))
    assert log_score(np.zeros(9, np.bool_)) == pytest.approx(log(0.05))
    assert log_score(np.ones(9, np.bool_)) == pytest.approx(log(0.95))
    assert verdict(ask(0.5, 0.7), [0.6] * 3 + [0.9]).score == pytest.approx(log(3.5 / 5))


@pytest.mark.parametrize(
    ("value", "score"),
    [(0.5, 0.2), (0.4, 0.2), (0.6, 0.2), (0.35, 0.2 + 40 * 0.05), (0.7, 0.2 + 40 * 0.1), (None, None)],
)
def test_the_interval_score_is_the_width_and_forty_times_what_is_missed(
    value: float | None, score: float | None
) -> None:
    found = interval_score(verdict(ask(0.3, 0.9, value=value), between(0.4, 0.6, 3)))
    assert found == (None if score is None else pytest.approx(score))


def test_verdicts_are_counted_by_word() -> None:
    pattern = ask(0.5, 0.7)
    verdicts = [verdict(pattern, [value] * 20) for value in (0.6, 0.6, 0.1)]
    assert tally(verdicts) == {"supported": 2, "contradicted": 1, "undecided": 0}


# How often it is wrong, when the truth is known.

SMALL = scenarios.load("salex", ["closing.follow_up=0"], posterior=None)
RATE = Pattern(
    "rate", "", "collaboration_rate", (), "start", "value", (), Measured(None, 0, 1), "x", "x", span=(0.0, 1.0)
)


@pytest.fixture(scope="module")
def predicted() -> NDArray[np.float64]:
    """What 600 virtual studies of the lead case find."""
    study = Observed("salex", "", SMALL, frozenset(), (RATE,))
    (one,) = predict([study], [{}], networks=600, seed=11)
    return one.draws.ravel()


def observed_share(successes: int, of: int = 22) -> Pattern:
    low, high = wilson(successes, of)
    return ask(low, high, value=successes / of)


def test_a_study_of_the_model_itself_is_seldom_contradicted(predicted: NDArray[np.float64]) -> None:
    """The facts are one network of the model, reported by 22 members, with the interval that a share would be given.

    The rule asks for two intervals of 95 % each that do not touch; with either alone 5 in 100 would be wrong.
    """
    luck = np.random.default_rng(1)
    wrong = sum(
        verdict(observed_share(luck.binomial(22, luck.choice(predicted))), luck.choice(predicted, 200)).verdict
        == "contradicted"
        for _ in range(400)
    )
    assert wrong < 0.05 * 400


def test_a_study_of_a_model_that_is_exactly_right_is_never_far_off() -> None:
    """The model predicts a share of 22 without error, and the facts are such a share."""
    luck = np.random.default_rng(2)
    wrong, right = 0, 0
    for _ in range(400):
        truth = luck.uniform(0.1, 0.9)
        found = verdict(observed_share(luck.binomial(22, truth)), luck.binomial(22, truth, 200) / 22)
        wrong += found.verdict == "contradicted"
        right += found.verdict == "supported"
    assert wrong < 0.05 * 400
    assert right > 0.5 * 400, "and mostly supported"


def test_a_model_that_is_far_off_is_mostly_contradicted() -> None:
    """The model says .8, the truth is .3: with 22 members each interval is some .4 wide at most."""
    luck = np.random.default_rng(3)
    found = [
        verdict(observed_share(luck.binomial(22, 0.3)), luck.binomial(22, 0.8, 200) / 22).verdict for _ in range(400)
    ]
    assert found.count("contradicted") > 0.6 * 400
    assert found.count("supported") == 0


def test_the_lead_case_contradicts_a_share_that_the_model_does_not_reach(predicted: NDArray[np.float64]) -> None:
    assert verdict(observed_share(2), predicted).verdict == "contradicted"
