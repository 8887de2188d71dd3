"""Whether what happened supports the model: one stated rule for all patterns.

A pattern is
  contradicted  where the middle 95 % of the virtual studies lie wholly on one side outside the observed interval;
  supported     where at least half of them land inside and the fact could have gone against the model: random answers
                (`possible`) would land inside at most half of the time, and the virtual studies do so at least half as
                often again; the observed value lies inside the predicted 95 %; at least 9 in 10 virtual studies lie on
                the observed side of "no difference"; and the predicted 95 % hold at most half of the random answers;
  undecided     otherwise, and where most virtual studies test nothing (`testable`), or there are too few of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf, isnan
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from results.studies.landing import _is_above, _is_below, landed, log_score, quantiles
from results.studies.possible_answers import random_answers
from results.studies.testable import computed, could_tell, why_uncomputed, why_untested
from results.studies.virtual_studies import Prediction
from scenarios.observed.study import Measured, Pattern

Word = Literal["supported", "contradicted", "undecided"]
WORDS: tuple[Word, ...] = ("supported", "contradicted", "undecided")

COMMITTED = 0.9
"""Share of the virtual studies that must lie on the observed side of no difference."""
INSIDE = 0.5
"""Share of them that must land inside the observed interval."""
BY_CHANCE = 0.5
"""Share of random answers that an interval, observed or predicted, may hold."""
BETTER = 1.5
"""How many times as often as random answers virtual studies must land inside."""
FEWEST = 20
"""Virtual studies needed for a verdict: with fewer, the middle 95 % are nearly all of them."""


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
        inside: share of the virtual studies that land in the observed interval; an infinite ratio does not.
        studies: virtual studies (count).
        score: log score, the logarithm of that share; the greater the better, 0 at best. It is smoothed by half a
            study, so that it is finite.
        verdict: one of WORDS.
        why: the reason in plain words.
        judged: whether it could be judged at all; where it could not, the verdict is undecided.
        left_out: of several numbers that are judged together, those that could not be.
        by_chance: share of random answers that land in the observed interval; None where it is not known which answers
            were possible.
        random_within: share of random answers that lie within the predicted 95 %, so that the model would pass with
            them; None likewise, and where only a direction was observed.
        uncomputed: virtual studies for which the statistic cannot be computed (count).
        uncomputed_why: how many they are, and why; "" where there are none.
        unit: what was observed one by one; "" where the study does not say.
        counted_in: what the model counts one by one to answer it.
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
    by_chance: float | None = None
    random_within: float | None = None
    uncomputed: int = 0
    uncomputed_why: str = ""
    unit: str = ""
    counted_in: str = ""

    @property
    def is_undecided_by_width(self) -> bool:
        """Whether it is undecided, and the prediction so wide that most random answers would pass as well."""
        return self.verdict == "undecided" and self.random_within is not None and self.random_within > BY_CHANCE


def judge(prediction: Prediction) -> Verdict:
    """The verdict on one pattern."""
    pattern, draws = prediction.pattern, prediction.draws.ravel()
    low, middle, high = quantiles(draws[~np.isnan(draws)])
    inside = landed(pattern, draws) & np.isfinite(draws)
    random = random_answers(pattern)
    word, why = _verdict(prediction, (low, high), random)
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
        inside=float(inside.mean()),
        studies=len(draws),
        score=log_score(inside),
        verdict=word,
        why=why,
        by_chance=None if random is None else float(landed(pattern, random).mean()),
        random_within=None if random is None or _is_a_direction(pattern) else _within(random, (low, high)),
        uncomputed=int((~computed(prediction)).sum()),
        uncomputed_why=why_uncomputed(prediction),
        unit=pattern.unit or "",
        counted_in=pattern.counted_in,
    )


def _verdict(
    prediction: Prediction, predicted: tuple[float, float], random: NDArray[np.float64] | None
) -> tuple[Word, str]:
    pattern, draws = prediction.pattern, prediction.draws.ravel()
    studies = len(draws)
    if studies < FEWEST:
        return "undecided", f"{studies} virtual studies are too few for a verdict; {FEWEST} are needed (--replicates)"
    if untested := why_untested(prediction):
        return "undecided", untested
    if _is_below(pattern, predicted[1]):
        return "contradicted", "the model predicts less than was observed"
    if _is_above(pattern, predicted[0]):
        return "contradicted", "the model predicts more than was observed"
    telling = draws[could_tell(prediction).ravel()]
    inside = int(landed(pattern, telling).sum())
    if why := _why_nothing_is_learned(pattern, predicted, random) or _why_it_does_not_fit(pattern, predicted, telling):
        return "undecided", why
    land = f"{inside:,} of {studies:,} virtual studies land in the observed interval"
    if inside < INSIDE * studies:
        return "undecided", f"only {land}"
    by_chance = 0.0 if random is None else float(landed(pattern, random).mean())
    if inside / studies < BETTER * by_chance - 1e-9:
        return "undecided", f"only {land}, and {_percent(by_chance)} of random answers do"
    return "supported", land


def _why_nothing_is_learned(
    pattern: Pattern, predicted: tuple[float, float], random: NDArray[np.float64] | None
) -> str:
    """Why a pattern that is met would still say nothing for the model; "" where it would."""
    if random is None:
        return "which answers were possible is not stated, so any model might meet it; state them with span"
    by_chance = float(landed(pattern, random).mean())
    if by_chance == 1.0:
        return "any model would meet it: every possible answer lies in the observed interval"
    if by_chance > BY_CHANCE:
        return f"almost any model would meet it: {_percent(by_chance)} of random answers lie in the observed interval"
    held = _within(random, predicted)
    if held > BY_CHANCE and not _is_a_direction(pattern):
        return (
            f"the model would pass with almost any answer: {_percent(held)} of random answers lie within its prediction"
        )
    return ""


def _within(random: NDArray[np.float64], predicted: tuple[float, float]) -> float:
    """Share of random answers that lie within a prediction."""
    return float(np.mean((random >= predicted[0]) & (random <= predicted[1])))


def _why_it_does_not_fit(pattern: Pattern, predicted: tuple[float, float], telling: NDArray[np.float64]) -> str:
    """Why a pattern is not met well enough; "" where it is."""
    value = pattern.observed.value
    if value is not None and not predicted[0] <= value <= predicted[1]:
        return "the observed value lies outside the predicted 95 %"
    if _has_a_direction(pattern):
        seen = int(_on_the_observed_side(pattern, telling).sum())
        if seen < COMMITTED * len(telling):
            return f"only {seen:,} of {len(telling):,} virtual studies show the observed direction"
    return ""


def _is_a_direction(pattern: Pattern) -> bool:
    """Whether nothing but a direction was observed: all on one side of no difference."""
    low, high, null = pattern.observed.low, pattern.observed.high, pattern.null
    return null is not None and ((low == null and high is None) or (high == null and low is None))


def _has_a_direction(pattern: Pattern) -> bool:
    """Whether what was observed lies on one side of no difference."""
    null, observed = pattern.null, pattern.observed
    if null is None:
        return False
    return (observed.low is not None and observed.low >= null) or (observed.high is not None and observed.high <= null)


def _on_the_observed_side(pattern: Pattern, telling: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which virtual studies lie on the observed side of no difference."""
    null = pattern.null or 0.0
    above = pattern.observed.low is not None and pattern.observed.low >= null
    return np.asarray(telling > null if above else telling < null)


def _percent(share: float) -> str:
    """A share in whole percent, rounded up, for it is compared with half; 100 % is said of all alone."""
    return f"{100 if share == 1 else min(99, ceil(100 * share - 1e-9))} %"


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
