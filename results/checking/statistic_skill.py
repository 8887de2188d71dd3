"""Skill in predicting the statistics of a wave, one by one and together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from results.checking.skill import AgainstRules, margin, mean, resampled
from results.estimates.scores import energy_score, skill


@dataclass(frozen=True)
class StatisticSkill:
    """How well the model predicts one statistic of a wave.

    Attributes:
        month: of the wave.
        name: of the statistic.
        label: in plain words.
        score: fair CRPS, or fair energy score of several components, of the simulated networks.
        rules: the same of the networks drawn by each rule that is not told the statistic.
    """

    month: int
    name: str
    label: str
    score: float
    rules: Mapping[str, float]

    @property
    def best(self) -> str:
        """The rule with the best score."""
        return min(self.rules, key=lambda name: self.rules[name])

    def against(self, rule: str) -> float:
        """Skill against a rule; minus infinity against one that was exactly right."""
        return skill(self.score, self.rules[rule])

    @property
    def skill(self) -> float:
        """Skill against the best rule."""
        return self.against(self.best)

    @cached_property
    def unit(self) -> float:
        """Mean score of all that predict it, by which scores of different statistics are compared."""
        return float(np.mean([self.score, *self.rules.values()]))


def statistic_skill(
    month: int,
    name: str,
    label: str,
    observed: NDArray[np.float64],
    simulated: NDArray[np.float64],
    rules: Mapping[str, NDArray[np.float64]],
) -> StatisticSkill:
    """Score the simulated values of a statistic, and those of each rule.

    Args:
        month: of the wave.
        name: of the statistic.
        label: in plain words.
        observed: float[components].
        simulated: float[networks, components].
        rules: name -> the same of networks drawn by a rule.
    """
    scores = {rule: energy_score(values, observed) for rule, values in rules.items()}
    return StatisticSkill(month, name, label, energy_score(simulated, observed), scores)


@dataclass(frozen=True, eq=False)
class PooledSkill(AgainstRules):
    """Skill over several statistics, each divided by the mean score of all that predict it, so that each counts alike.

    A rule is compared on the statistics that it is not told. Intervals are by resampling statistics, as they are few
    and of one network, so go together: an interval says whether one or two of them decide, not what other networks
    would show.

    Attributes:
        counts: statistics on which the model is compared with each rule.
    """

    counts: Mapping[str, int]

    @property
    def best(self) -> str:
        """The rule against which skill is least."""
        return min(self.margins, key=lambda name: self.margins[name].value)


def pooled_skill(statistics: Sequence[StatisticSkill], seed: int = 1) -> PooledSkill | None:
    """Skill over statistics; None where nobody is wrong in any."""
    told = [one for one in statistics if one.unit > 1e-12]
    if not told:
        return None
    margins, counts = {}, {}
    for name in dict.fromkeys(rule for one in told for rule in one.rules):
        asked = [one for one in told if name in one.rules]
        mine, theirs = (
            np.array(scores)
            for scores in zip(*((one.score / one.unit, one.rules[name] / one.unit) for one in asked), strict=True)
        )
        weights = resampled(len(asked), seed)
        margins[name] = margin(mean(mine), mean(theirs), weights @ mine, weights @ theirs)
        counts[name] = len(asked)
    return PooledSkill(margins, counts)
