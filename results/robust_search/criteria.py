"""Criteria of robustness: what makes one number of what a plan comes to in every future.

All take gains, outcomes turned so that more is better, and give scores, of which more is better too.

Source:
    Herman, Reed, Zeff & Characklis 2015, J. Water Resour. Plan. Manage. 141, doi:10.1061/(ASCE)WR.1943-5452.0000509
    (satisficing by Starr's domain criterion; regret from the best plan of each future, its 90th percentile); McPhail et
    al. 2018, Earth's Future 6, doi:10.1002/2017EF000649 (criteria as transformations of the same numbers, which need
    not agree: mean, percentile, Hurwicz, regret, satisficing); Kasprzyk, Nataraj, Reed & Lempert 2013, Environ. Model.
    Softw. 42, doi:10.1016/j.envsoft.2012.12.007 (many-objective robust decision making); Rockafellar & Uryasev 2000,
    J. Risk 2 (the mean of the worst tenth, which is the conditional value at risk). From them: the definitions. Ours:
    that futures count equally, unless a file weighs them, and that a plan is its mean over networks in each future.
"""

from collections.abc import Mapping
from math import ceil
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from results.estimates.sums import sum_rows

Values = NDArray[np.float64]
CriterionName = Literal["mean", "satisficing", "regret", "worst-tenth", "percentile", "hurwicz"]
CRITERIA: tuple[CriterionName, ...] = get_args(CriterionName)
WORST = 0.1
"""Share of the futures that are called the worst."""
OPTIMISM = 0.5
"""Weight of the best future in Hurwicz' criterion; the worst has the rest."""
WORDS: Mapping[CriterionName, str] = {
    "mean": "average over all futures",
    "satisficing": "share of futures that meet the bar",
    "regret": "regret that is exceeded in one future of ten",
    "worst-tenth": "average over the worst tenth of futures",
    "percentile": "value that one future of ten falls short of",
    "hurwicz": "middle between the best and the worst future",
}
MEANING: Mapping[CriterionName, str] = {
    "mean": "every future counts the same",
    "satisficing": "how often it is good enough, however much better or worse",
    "regret": "how far it stays behind the best plan known for the same future",
    "worst-tenth": "how it does where things go badly for it",
    "percentile": "where its worst tenth begins",
    "hurwicz": "the two ends alone, which say more of the futures drawn than of the plan",
}


def mean(gains: Values) -> Values:
    """Mean over futures, the last axis; Laplace's criterion."""
    return over_futures(gains)


def worst_tenth(gains: Values) -> Values:
    """Mean of the tenth of the futures that are worst for it, at least one."""
    worst = np.sort(gains, axis=-1)[..., : ceil(WORST * gains.shape[-1])]
    return over_futures(worst)


def percentile(gains: Values) -> Values:
    """What one future of ten falls short of."""
    return quantile(gains, WORST)


def hurwicz(gains: Values) -> Values:
    """Middle between the best and the worst future."""
    score: Values = OPTIMISM * gains.max(axis=-1) + (1 - OPTIMISM) * gains.min(axis=-1)
    return score


def regret(regrets: Values) -> Values:
    """Regret that is exceeded in one future of ten, as a score: less of it is better.

    Args:
        regrets: what the best plan known in each future has more, float[..., futures].
    """
    return -quantile(regrets, 1 - WORST)


def satisficing(met: NDArray[np.bool_]) -> Values:
    """Share of the futures in which what is wanted holds, bool[..., futures]."""
    share: Values = met.sum(axis=-1) / met.shape[-1]
    return share


def regrets_of(gains: Values, best: Values) -> Values:
    """What the best plan known in each future has more, at least 0.

    Args:
        gains: float[..., futures].
        best: float[futures].
    """
    regrets: Values = np.maximum(best - gains, 0.0)
    return regrets


def over_futures(values: Values) -> Values:
    """Means over the last axis, added in the order of the futures, the same on every processor."""
    found: Values = sum_rows(np.moveaxis(values, -1, 0)) / values.shape[-1]
    return found


def quantile(values: Values, share: float) -> Values:
    """Linear quantile over the last axis."""
    ordered = np.sort(values, axis=-1)
    place = share * (values.shape[-1] - 1)
    low = int(place)
    high = min(low + 1, values.shape[-1] - 1)
    found: Values = ordered[..., low] + (place - low) * (ordered[..., high] - ordered[..., low])
    return found
