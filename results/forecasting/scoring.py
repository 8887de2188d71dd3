"""How good a forecast was, beside its baselines: proper scores, 0 is best.

A number is scored by the CRPS of the quantiles that stand in the forecast: twice the mean pinball loss over them. Yes
or no is scored by the Brier score of its chance. A count of so many of the members is also scored by the log score of
that count: each quantile is a possible share of all members, of whom those who answered are a random part; one more
network that knows nothing is added to the 199, so that no count is impossible.

Source:
    Gneiting & Raftery 2007, Strictly proper scoring rules, prediction, and estimation, JASA 102(477): all three scores;
    Laio & Tamea 2007, Hydrology and Earth System Sciences 11(4): the CRPS as the integral of pinball losses.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.estimates.scores import skill
from results.forecasting.facts import Fact
from results.forecasting.predicting import LEVELS

LEGATO = "legato"
INNER = (0.05, 0.95)
"""Ends of the interval that is said."""


@dataclass(frozen=True)
class Scored:
    """An outcome whose fact is known.

    Attributes:
        name: of the outcome.
        fact: what happened.
        rule: crps, brier, or pairs (the mean Brier score).
        scores: who predicted -> score.
        log_scores: the same by the log score of the count, where one was observed.
        interval: Legato's 90 % interval; None for yes or no.
        chance: Legato's chance of yes; None for a number.
        aucs: of pairs, who predicted -> how often a pair that is tied got more than one that is not.
    """

    name: str
    fact: Fact
    rule: str
    scores: Mapping[str, float]
    log_scores: Mapping[str, float]
    interval: tuple[float, float] | None
    chance: float | None
    aucs: Mapping[str, float] = field(default_factory=dict)

    @property
    def best(self) -> str | None:
        """The baseline with the best score."""
        others = [name for name in self.scores if name != LEGATO]
        return min(others, key=lambda name: self.scores[name]) if others else None

    def against(self, other: str) -> float:
        """Skill of Legato: 1 - its score / the other's."""
        return skill(self.scores[LEGATO], self.scores[other])

    @property
    def inside(self) -> bool | None:
        """Whether the fact lies in the 90 % interval."""
        return None if self.interval is None else self.interval[0] <= self.fact.value <= self.interval[1]


def score_outcome(said: Mapping[str, Any], fact: Fact) -> Scored:
    """Score what a forecast says of an outcome, and what its baselines say."""
    forecasts = {
        who: one for who, one in said["forecasts"].items() if one.get("quantiles", one.get("chance")) is not None
    }
    if said["score"] == "brier":
        scores = {who: (one["chance"] - fact.value) ** 2 for who, one in forecasts.items()}
        return Scored(said["name"], fact, "brier", scores, {}, None, forecasts[LEGATO]["chance"])
    scores = {who: crps_of_quantiles(one["quantiles"], fact.value) for who, one in forecasts.items()}
    logs = {}
    if fact.of is not None:
        logs = {who: log_score_of_count(one["quantiles"], fact, said["members"]) for who, one in forecasts.items()}
    low, high = np.interp(INNER, LEVELS, forecasts[LEGATO]["quantiles"]).tolist()
    return Scored(said["name"], fact, "crps", scores, logs, (low, high), None)


def crps_of_quantiles(quantiles: list[float], value: float) -> float:
    """CRPS of a distribution known by its quantiles at LEVELS, in the unit of the value."""
    levels, away = np.array(LEVELS), value - np.array(quantiles)
    return float(2 * np.maximum(levels * away, (levels - 1) * away).mean())


def log_score_of_count(quantiles: list[float], fact: Fact, members: int | None) -> float:
    """Minus the logarithm of the chance given to a count of those asked.

    Args:
        quantiles: of the share of all members, at LEVELS.
        fact: the share, and how many were asked.
        members: of the network; where fewer than were asked, or not known, each one asked is independent.
    """
    asked, shares = int(fact.of or 0), np.clip(np.array(quantiles), 0, 1)
    count = round(fact.value * asked)
    if members is not None and asked <= members:
        chance = _without_replacement(count, asked, np.rint(shares * members), members)
    else:
        chance = _binomial(count, asked, shares)
    return float(-np.log((chance.sum() + 1 / (asked + 1)) / (len(shares) + 1)))


def _binomial(count: int, asked: int, shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chance that so many of those asked say yes, if each does by itself with that chance."""
    return np.asarray(comb(asked, count) * shares**count * (1 - shares) ** (asked - count))


def _without_replacement(count: int, asked: int, yes: NDArray[np.float64], members: int) -> NDArray[np.float64]:
    """Chance that so many of those asked say yes, if they are a random part of the members, of whom so many would."""
    ways = [comb(int(one), count) * comb(members - int(one), asked - count) for one in yes]
    return np.array([way / comb(members, asked) for way in ways])
