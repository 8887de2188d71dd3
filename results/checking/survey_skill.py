"""The skill of the model in each later wave of a survey, over pairs and over statistics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from results.checking.skill import PairSkill, pair_skill
from results.checking.stacking import Stacked, stacked
from results.checking.statistic_fit import StatisticFit
from results.checking.statistic_skill import PooledSkill, StatisticSkill, pooled_skill, statistic_skill
from results.studies.baselines import (
    BASELINES,
    GIVEN_AWAY,
    SHIPPED,
    TOLD_THE_TOTALS,
    Logistic,
    Seen,
    drawn,
    with_strengths,
)
from results.studies.rival import RIVAL, SHIPPED_RIVAL, Gap, Rival, gap_in, rival_chances, rival_networks
from results.studies.rival_fitting import fitted_further
from results.studies.survey_networks import Judged
from results.studies.survey_statistics import DEGREES, Networks, Values
from scenarios import Scenario
from scenarios.observed.waves import Waves

DRAWN = 200
"""Networks drawn by each rule."""
BY_RIVAL = 100
"""Networks simulated by the rival, month by month."""


@dataclass(frozen=True, eq=False)
class WaveSkill:
    """How much better than simple rules the model predicts a wave.

    Attributes:
        month: of the wave.
        from_month: of the wave that it is predicted from.
        pairs: which pairs are tied; None where the model's chances of pairs were not counted.
        statistics: one by one.
        seed: of the resampling.
        rival: as it was fitted for this wave, on other networks and on earlier waves.
        stack: Legato and the rival mixed; None where the model's chances of pairs were not counted.
    """

    month: int
    from_month: int
    pairs: PairSkill | None
    statistics: tuple[StatisticSkill, ...]
    seed: int
    rival: Rival = SHIPPED_RIVAL
    stack: Stacked | None = None

    @cached_property
    def pooled(self) -> PooledSkill | None:
        """Over all statistics of the wave."""
        return pooled_skill(self.statistics, self.seed)

    @property
    def worse_than_nothing(self) -> bool:
        """Whether it predicts the pairs, or the statistics together, worse than saying that nothing changes."""
        return any(one is not None and one.worse_than_nothing for one in (self.pairs, self.pooled))


def wave_skills(
    scenario: Scenario,
    waves: Waves,
    judged: Sequence[Judged],
    fitted: Sequence[StatisticFit],
    chances: Mapping[int, NDArray[np.float64]],
    *,
    seed: int,
    logistic: Logistic = SHIPPED,
    rival: Rival = SHIPPED_RIVAL,
) -> tuple[WaveSkill, ...]:
    """The skill in each wave that is judged.

    Args:
        scenario: that tells the rival which facilitation was in force.
        waves: the surveys.
        judged: statistics of waves, each wave predicted from one other only.
        fitted: what came of each, in the same order.
        chances: wave -> the model's chance of each pair to be tied, float[members, members]; may be empty.
        seed: of the rules' networks and of the resampling.
        logistic: coefficients of the rule of that name: for a network it was fitted on, those without it.
        rival: fitted on other networks; the waves before the one that is predicted are added to them.
    """
    found: list[WaveSkill] = []
    for begun, wave in dict.fromkeys((one.begun, one.wave) for one in judged):
        mine = [(one, fit) for one, fit in zip(judged, fitted, strict=True) if (one.begun, one.wave) == (begun, wave)]
        gap, month, networks = gap_in(waves, wave, begun, scenario), waves.months[wave], len(mine[0][1].simulated)
        knows = fitted_further(rival, [gap_in(waves, one, one - 1, scenario) for one in range(1, begun + 1)])
        pairs = stack = None
        if wave in chances:
            others = {RIVAL: rival_chances(knows, gap)}
            pairs = pair_skill(month, gap.seen, chances[wave], networks, seed=seed, logistic=logistic, others=others)
            earlier = [one.pairs for one in found if one.pairs is not None and one.month <= waves.months[begun]]
            stack = stacked(pairs, earlier, rival.weight, seed)
        statistics = _statistics(waves, begun, gap, mine, seed + wave, logistic, knows)
        found.append(WaveSkill(month, waves.months[begun], pairs, statistics, seed, knows, stack))
    return tuple(found)


def _statistics(
    waves: Waves,
    begun: int,
    gap: Gap,
    mine: Sequence[tuple[Judged, StatisticFit]],
    seed: int,
    logistic: Logistic,
    rival: Rival,
) -> tuple[StatisticSkill, ...]:
    before = waves.begun_at(begun)[None]
    rules: dict[str, list[Values]] = {}
    for name in BASELINES:
        networks = rule_networks(name, gap.seen, before[0], seed=seed, logistic=logistic)
        rules[name] = [_measured(one, fit, networks, before) for one, fit in mine]
    networks = with_strengths(rival_networks(rival, gap, BY_RIVAL, seed), before[0], gap.seen, seed)
    rules[RIVAL] = [_measured(one, fit, networks, before) for one, fit in mine]
    return tuple(
        statistic_skill(
            fit.wave_month, fit.name, fit.label, fit.observed, fit.simulated,
            {name: values[place] for name, values in rules.items() if not _is_told(name, fit.name)},
        )
        for place, (_, fit) in enumerate(mine)
    )  # fmt: skip


def _is_told(rule: str, statistic: str) -> bool:
    """Whether a rule is told what it would predict."""
    return rule in TOLD_THE_TOTALS and statistic in GIVEN_AWAY


def rule_networks(
    name: str, seen: Seen, before: NDArray[np.float64], *, seed: int, logistic: Logistic = SHIPPED
) -> Networks:
    """Networks that a rule draws, with strengths, float[networks, members, members]."""
    return with_strengths(drawn(name, seen, DRAWN, seed, logistic), before, seen, seed)


def _measured(one: Judged, fit: StatisticFit, networks: Networks, before: Networks) -> Values:
    """A statistic of a rule's networks, of the same components as was fitted."""
    values = one.measure(networks, before)
    return values[:, [int(cut) for cut in fit.components]] if one.statistic is DEGREES else values
