"""Real networks by member: how many ties each will have, as predicted and as it came; for `make real-networks`."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from results.checking.skill import PairSkill
from results.estimates.scores import auc
from results.studies.rival import RIVAL

LEAST_PAIRS = 5
"""Of a member, observed in both waves: of fewer, its number of ties says little."""
HEAD = ("rank: nothing changes>", "rival>", "Legato>", "error: nothing changes>", "rival>", "Legato>",
        "who loses: most ties>", "rival>", "Legato>")  # fmt: skip


def ties_of(chance: NDArray[np.float64], asked: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Ties that each member has on average, of its pairs that were asked about, float[members].

    Args:
        chance: of each pair, float[members, members]; only the upper triangle is looked at.
        asked: pairs, upper triangle only, bool[members, members].
    """
    kept = np.where(asked, chance, 0.0)
    return np.asarray(kept.sum(axis=0) + kept.sum(axis=1))


def by_member(pairs: PairSkill) -> tuple[float, ...]:
    """How well numbers of ties are predicted, in the order of HEAD, by rules that can be made beforehand.

    Rank correlation of predicted and observed numbers of ties; mean absolute error of the number, as a share of the
    mean number; and the area under a ROC curve: the chance that of two members, one of the third whose ties fall most
    and one of the others, the former was predicted the larger fall.
    """
    seen = pairs.seen
    kept = ties_of(np.ones(seen.asked.shape), seen.asked) >= LEAST_PAIRS
    before, now = (ties_of(tied.astype(float), seen.asked)[kept] for tied in (seen.before, seen.now))
    told = [before, *(ties_of(chance, seen.asked)[kept] for chance in (pairs.given[RIVAL], pairs.chance))]
    lost = before - now
    falls = lost > np.quantile(lost, 2 / 3)
    ranks = [float(spearmanr(one, now).statistic) for one in told]
    errors = [float(np.abs(one - now).mean() / max(now.mean(), 1e-12)) for one in told]
    return (*ranks, *errors, *(float(auc(one, falls)) for one in (before, *(before - one for one in told[1:]))))
