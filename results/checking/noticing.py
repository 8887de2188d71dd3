"""Whether a survey could have noticed that an assumption is wrong: its power against the model without it.

A statistic notices a network if fewer than 5 % of the networks simulated with the assumption lie as far out. Its power
is the share of the networks simulated without it that it notices. A survey in which no statistic notices half of them
says nothing of the assumption, whatever it found.
"""

from collections.abc import Iterable

import numpy as np

from results.checking.mahalanobis import cloud_of
from results.checking.necessity import Noticing
from results.checking.statistic_fit import SIGNIFICANT, StatisticFit
from results.checking.survey_fit import Fit


def noticing(survey: str, with_it: Fit, without: Fit) -> Noticing:
    """The best statistic of a survey.

    Args:
        survey: its name.
        with_it: simulated with the assumption in force.
        without: the same statistics without it.
    """
    found = [
        Noticing(survey, f"{one.name}-month-{one.wave_month}", power_against(one, other))
        for one, other in zip(with_it.statistics, without.statistics, strict=True)
        if one.judged
    ]
    return best(found) or Noticing(survey, "", 0.0)


def best(found: Iterable[Noticing]) -> Noticing | None:
    """The one of most power; None without any."""
    return max(found, key=lambda one: one.power, default=None)


def power_against(with_it: StatisticFit, without: StatisticFit) -> float:
    """Share of the networks without an assumption that a statistic notices; 0 where the two have nothing in common."""
    names = [
        name
        for name, varies in zip(with_it.components, with_it.varies, strict=True)
        if varies and name in without.components
    ]
    if not names:
        return 0.0
    here, there = ([one.components.index(name) for name in names] for one in (with_it, without))
    cloud = cloud_of(with_it.simulated[:, here])
    p = cloud.p_values(cloud.shadow(without.simulated[:, there]))
    return float(np.mean(p < SIGNIFICANT))
