"""Skill of a prediction among patterns: of arms against "no difference between them", of a value against no knowledge.

The pooled arms are the reference of an experiment: the same virtual studies, of the same size, had the arms not
differed. Counts of pairs, collaborations, members or networks are drawn again, all arms by the rate of all of them
together (binomial). What is measured of a whole network has no such rate; there each network's arms change places at
random. The reference of a value without arms are the random answers of `possible_answers`.

A pattern with a value is scored by the CRPS, on a scale on which errors are alike either way (ratios by their
logarithm); one with a range only by the log score of landing in it.
"""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from results.checking.skill import MIDDLE, RESAMPLED, Margin
from results.estimates.scores import crps, crps_of_each, skill
from results.studies.landing import landed, log_score
from results.studies.measures import rate, statistic
from results.studies.possible_answers import random_answers
from results.studies.scales import observed_normal, on_scale
from results.studies.virtual_studies import Prediction
from scenarios.observed.study import OF_HISTORY

COMPUTED = 0.8
"""Share of virtual studies that must come to a number, the model's and the reference's; else nothing is scored."""
Reference = Literal["pooled arms", "random answers"]
Score = Literal["crps", "log"]


@dataclass(frozen=True)
class PatternSkill:
    """How much better than its reference the model predicts a pattern.

    Attributes:
        id: of the pattern.
        study: its name.
        score_name: "crps" where a value was observed, "log" where a range was.
        score: the model's; the smaller the better.
        reference: "pooled arms" or "random answers".
        reference_score: its score.
        margin: skill. The interval of a CRPS is over what the study might have found within its own interval; that of
            a log score over the sets of parameters; of neither over other studies.
    """

    id: str
    study: str
    score_name: Score
    score: float
    reference: Reference
    reference_score: float
    margin: Margin


def pattern_skills(predictions: Sequence[Prediction]) -> tuple[PatternSkill, ...]:
    """The skill of each pattern that has one."""
    return tuple(found for one in predictions if (found := pattern_skill(one)) is not None)


def pattern_skill(prediction: Prediction) -> PatternSkill | None:
    """The skill of one pattern; None where most virtual studies cannot tell, or no random answers are known."""
    pattern, draws = prediction.pattern, prediction.draws
    has_arms = prediction.counts.shape[2] > 1
    reference = pooled_draws(prediction) if has_arms else random_answers(pattern)
    if reference is None or any(np.isfinite(one).mean() < COMPUTED for one in (draws, reference)):
        return None
    name: Reference = "pooled arms" if has_arms else "random answers"
    if pattern.observed.value is None:
        return _of_a_range(prediction, reference, name)
    mine, theirs = (one[np.isfinite(one)] for one in (on_scale(pattern, part.ravel()) for part in (draws, reference)))
    value = float(on_scale(pattern, np.array([pattern.observed.value]))[0])
    if not np.isfinite(value) or min(len(mine), len(theirs)) < COMPUTED * min(draws.size, reference.size):
        return None
    score, other = crps(mine, value), crps(theirs, value)
    margin = Margin(skill(score, other), *_within_the_interval(prediction, mine, theirs))
    return PatternSkill(pattern.id, prediction.study, "crps", score, name, other, margin)


def pooled_draws(prediction: Prediction) -> NDArray[np.float64]:
    """What virtual studies would find if the arms did not differ, float[particles, studies].

    Of a difference of differences the arms do not differ in either month; the months may.
    """
    pattern, counts = prediction.pattern, prediction.counts
    luck = np.random.default_rng([zlib.crc32(f"{prediction.study}/{pattern.id}/pooled".encode()), prediction.first])
    months = 2 if pattern.statistic == "difference_of_differences" else 1
    by_arm = (*counts.shape[:2], counts.shape[2] // months, months, 2)
    if pattern.outcome in OF_HISTORY or pattern.at_least is not None:
        drawn = prediction.sums.reshape(by_arm).copy()
        together = drawn.sum(axis=2, keepdims=True)
        share = np.where(together[..., 1] > 0, together[..., 0] / np.maximum(together[..., 1], 1), 0.0)
        drawn[..., 0] = luck.binomial(np.rint(drawn[..., 1]).astype(np.int64), np.clip(share, 0.0, 1.0))
        sums = drawn.reshape(counts.shape)
    else:
        order = luck.permuted(np.broadcast_to(np.arange(by_arm[2]), by_arm[:3]), axis=2)
        swapped = np.take_along_axis(counts.reshape(by_arm), order[..., None, None], axis=2).reshape(counts.shape)
        sums = Prediction(pattern, prediction.study, swapped, prediction.first).sums
    return statistic(pattern, rate(pattern, sums[..., 0], sums[..., 1]))


def _of_a_range(prediction: Prediction, reference: NDArray[np.float64], name: Reference) -> PatternSkill:
    pattern = prediction.pattern
    inside, by_reference = landed(pattern, prediction.draws), landed(pattern, reference)
    score, other = -log_score(inside.ravel()), -log_score(by_reference.ravel())
    luck = np.random.default_rng(zlib.crc32(pattern.id.encode()))
    chosen = luck.integers(0, len(inside), (RESAMPLED, len(inside)))
    theirs: Callable[[NDArray[np.int64]], float] = (
        (lambda some: -log_score(by_reference[some].ravel())) if by_reference.ndim > 1 else lambda _some: other
    )
    again = [skill(-log_score(inside[some].ravel()), theirs(some)) for some in chosen]
    margin = Margin(skill(score, other), *_middle(again))
    return PatternSkill(pattern.id, prediction.study, "log", score, name, other, margin)


def _within_the_interval(
    prediction: Prediction, mine: NDArray[np.float64], theirs: NDArray[np.float64]
) -> tuple[float, float]:
    """Ends of the skill over values that the study might have found as well; nan where its interval is open."""
    pattern, observed = prediction.pattern, prediction.pattern.observed
    if observed.low is None or observed.high is None:
        return np.nan, np.nan
    middle, spread = observed_normal(pattern, observed)
    if not np.isfinite(spread):
        return np.nan, np.nan
    values = np.random.default_rng(zlib.crc32(pattern.id.encode())).normal(middle, spread, RESAMPLED)
    pairs = zip(crps_of_each(mine, values).tolist(), crps_of_each(theirs, values).tolist(), strict=True)
    return _middle([skill(score, other) for score, other in pairs])


def _middle(found: Sequence[float]) -> tuple[float, float]:
    low, high = np.quantile(found, MIDDLE, method="inverted_cdf").tolist()
    return low, high
