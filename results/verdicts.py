"""Whether what happened supports the model: one stated rule for all patterns.

A pattern is
  contradicted  where the middle 95 % of the virtual studies lie wholly on one side outside the observed interval;
  supported     where at least half of them land inside it, and neither answer is as wide as the question: at least 9
                in 10 lie on the observed side of "no difference", and neither interval fills more than half of the
                values that were possible;
  undecided     otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isnan, log, nan
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from results.studies import Prediction
from scenarios.observed import Measured, Pattern

Word = Literal["supported", "contradicted", "undecided"]
WORDS: tuple[Word, ...] = ("supported", "contradicted", "undecided")

MIDDLE = (0.025, 0.975)
COMMITTED = 0.9
"""Share of the virtual studies that must lie on the observed side of no difference."""
INSIDE = 0.5
"""Share of them that must land inside the observed interval."""
AS_WIDE = 0.5
"""Share of the possible values that an interval may fill."""


@dataclass(frozen=True)
class Verdict:
    """One pattern, predicted and observed.

    Attributes:
        id: of the pattern.
        study: name of the study.
        text: the pattern in a sentence.
        about: who it was found on.
        source: where it was read.
        statistic: what is made of the arms.
        observed: what was found.
        predicted: median of the virtual studies; nan where none could tell.
        predicted_low: lower end of their middle 95 %.
        predicted_high: its upper end; may be infinite, for a ratio over nothing.
        inside: share of the virtual studies that land in the observed interval.
        studies: virtual studies (count).
        score: log score, the logarithm of that share; the greater the better, 0 at best. It is smoothed by half a
            study, so that it is finite.
        verdict: one of WORDS.
        why: the reason in plain words.
        judged: whether it could be judged at all; where it could not, the verdict is undecided.
        left_out: of several numbers that are judged together, those that could not be.
    """

    id: str
    study: str
    text: str
    about: str
    source: str
    statistic: str
    observed: Measured
    predicted: float
    predicted_low: float
    predicted_high: float
    inside: float
    studies: int
    score: float
    verdict: Word
    why: str
    judged: bool = True
    left_out: tuple[str, ...] = ()


def judge(prediction: Prediction) -> Verdict:
    """The verdict on one pattern."""
    pattern, draws = prediction.pattern, prediction.draws.ravel()
    told = draws[~np.isnan(draws)]
    low, middle, high = quantiles(told)
    inside = landed(pattern, draws)
    share = float(inside.mean())
    word, why = _verdict(pattern, told, (low, high), share, 1 - len(told) / len(draws))
    return Verdict(
        id=pattern.id,
        study=prediction.study,
        text=pattern.text,
        about=pattern.about,
        source=pattern.source,
        statistic=pattern.statistic,
        observed=pattern.observed,
        predicted=middle,
        predicted_low=low,
        predicted_high=high,
        inside=share,
        studies=len(draws),
        score=log_score(inside),
        verdict=word,
        why=why,
    )


def quantiles(told: NDArray[np.float64]) -> tuple[float, float, float]:
    """2.5 %, median, 97.5 %: each one of the values, so that infinite ones do no harm; nan if there are none."""
    if not len(told):
        return nan, nan, nan
    low, middle, high = np.quantile(told, [MIDDLE[0], 0.5, MIDDLE[1]], method="inverted_cdf").tolist()
    return low, middle, high


def landed(pattern: Pattern, draws: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which virtual studies land in the observed interval, bool[studies]; one that cannot tell does not.

    Where the interval ends at no difference, what was observed is a direction, and no difference at all is outside.
    """
    return np.asarray(~(np.isnan(draws) | _is_below(pattern, draws) | _is_above(pattern, draws)))


def _is_below(pattern: Pattern, draws: NDArray[np.float64] | float) -> Any:
    """Which values lie below the observed interval; none where it is open."""
    low = pattern.observed.low
    if low is None:
        return np.zeros(np.shape(draws), np.bool_)
    return draws <= low if low == pattern.null else draws < low


def _is_above(pattern: Pattern, draws: NDArray[np.float64] | float) -> Any:
    """Which values lie above it."""
    high = pattern.observed.high
    if high is None:
        return np.zeros(np.shape(draws), np.bool_)
    return draws >= high if high == pattern.null else draws > high


def log_score(inside: NDArray[np.bool_]) -> float:
    """Logarithm of the share of virtual studies inside, smoothed by half a study."""
    return log((int(inside.sum()) + 0.5) / (len(inside) + 1.0))


def _verdict(
    pattern: Pattern, told: NDArray[np.float64], predicted: tuple[float, float], inside: float, missing: float
) -> tuple[Word, str]:
    observed = pattern.observed
    if missing > 0.5:
        return "undecided", f"in {_percent_of(missing)} virtual studies there was nothing to count"
    if _is_below(pattern, predicted[1]):
        return "contradicted", "the model says less than was observed"
    if _is_above(pattern, predicted[0]):
        return "contradicted", "the model says more than was observed"
    if _has_a_direction(pattern):
        side = _on_the_observed_side(pattern, told)
        if side < COMMITTED:
            return "undecided", f"only {_percent_of(side)} virtual studies see the direction that was observed"
    if pattern.span is not None:
        possible = pattern.span[1] - pattern.span[0]
        if predicted[1] - predicted[0] > AS_WIDE * possible:
            return "undecided", "the model would pass with almost any answer: its interval is as wide as the question"
        ends = (
            pattern.span[0] if observed.low is None else observed.low,
            pattern.span[1] if observed.high is None else observed.high,
        )
        if ends[1] - ends[0] > AS_WIDE * possible:
            return "undecided", "what was observed is as wide as the question"
    if inside < INSIDE:
        return "undecided", f"only {_percent_of(inside)} virtual studies land in the observed interval"
    return "supported", f"{_percent_of(inside)} virtual studies land in the observed interval"


def _has_a_direction(pattern: Pattern) -> bool:
    """Whether what was observed lies on one side of no difference."""
    null, observed = pattern.null, pattern.observed
    if null is None:
        return False
    return (observed.low is not None and observed.low >= null) or (observed.high is not None and observed.high <= null)


def _on_the_observed_side(pattern: Pattern, told: NDArray[np.float64]) -> float:
    """Share of the virtual studies on the observed side of no difference."""
    null = pattern.null or 0.0
    above = pattern.observed.low is not None and pattern.observed.low >= null
    return float(np.mean(told > null if above else told < null)) if len(told) else 0.0


def _percent_of(share: float) -> str:
    return f"{100 * share:.0f} % of"


def tally(verdicts: Sequence[Verdict]) -> dict[Word, int]:
    """How many patterns have which verdict."""
    return {word: sum(one.verdict == word for one in verdicts) for word in WORDS}


def interval_score(verdict: Verdict) -> float | None:
    """Gneiting and Raftery's interval score of the predicted interval against the observed value; less is better.

    Width, plus 40 times (2 / 5 %) what the value lies outside of it. None where there is no value, or no end.

    Source:
        Gneiting & Raftery 2007, Strictly proper scoring rules, prediction, and estimation, JASA 102(477).
    """
    value, low, high = verdict.observed.value, verdict.predicted_low, verdict.predicted_high
    if value is None or isnan(low) or high == inf or low == -inf:
        return None
    return high - low + 40.0 * (max(0.0, low - value) + max(0.0, value - high))
