"""Skill in predicting the statistics of a wave, one by one and together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from results.checking.skill import NOTHING, Margin, margin, mean, resampled
from results.estimates.scores import energy_score, skill


@dataclass(frozen=True)
class StatisticSkill:
    """How well the model predicts one statistic of a wave.

    Attributes:
        month: of the wave.
        name: of the statistic.
        label: in plain words.
        score: fair CRPS, or fair energy score of several components, of the simulated networks.
        rules: the same of the networks drawn by each rule.
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


@dataclass(frozen=True)
class PooledSkill:
    """Skill over several statistics, each divided by the mean score of all that predict it, so that each counts alike.

    Intervals are by resampling statistics, as they are few and of one network, so go together: an interval says whether
    one or two of them decide, not what other networks would show.

    Attributes:
        statistics: that are pooled (count).
        scores: mean of the divided scores of each rule.
        margins: skill of the model against each.
    """

    statistics: int
    scores: Mapping[str, float]
    margins: Mapping[str, Margin]

    @property
    def best(self) -> str:
        """The rule with the best mean score."""
        return min(self.scores, key=lambda name: self.scores[name])

    @property
    def skill(self) -> Margin:
        """Against the best rule."""
        return self.margins[self.best]

    @property
    def worse(self) -> bool:
        """Whether it is worse than the best rule, by the whole interval."""
        return self.skill.worse

    @property
    def worse_than_nothing(self) -> bool:
        """Whether it is worse than saying that nothing changes, by the whole interval."""
        return self.margins[NOTHING].worse


def pooled_skill(statistics: Sequence[StatisticSkill], seed: int = 1) -> PooledSkill | None:
    """Skill over statistics; None where nobody is wrong in any."""
    told = [one for one in statistics if one.unit > 1e-12]
    if not told:
        return None
    weights = resampled(len(told), seed)
    mine = np.array([one.score / one.unit for one in told])
    rules = {name: np.array([one.rules[name] / one.unit for one in told]) for name in told[0].rules}
    return PooledSkill(
        len(told),
        {name: mean(values) for name, values in rules.items()},
        {name: margin(mean(mine), mean(one), weights @ mine, weights @ one) for name, one in rules.items()},
    )
