"""Legato and the rival mixed: with which weight, and whether that predicts better than either.

    chance = weight x Legato's + (1 - weight) x the rival's

The weight is the one with the best log score on waves that are not scored by it: the earlier waves of the survey, if
any were predicted, otherwise other networks. By this choice Legato or the rival stands alone, with weight 1 or 0, where
a mixture scores no better there.

Source:
    Yao, Vehtari, Simpson & Gelman 2018, Using stacking to average Bayesian predictive distributions, Bayesian Analysis
    13(3), doi:10.1214/17-BA1091: weights by the log score of predictions. Ours: one weight for all pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.checking.skill import Margin, PairScores, PairSkill, compared, scores_of
from results.estimates.scores import smoothed
from results.studies.baselines import Seen
from results.studies.rival import RIVAL

STEPS = 100
"""Weights that are tried: 0, .01, ..., 1."""


@dataclass(frozen=True, eq=False)
class Told:
    """Chances of pairs by Legato and by the rival, and what happened, of one wave: float[pairs] and bool[pairs]."""

    legato: NDArray[np.float64]
    rival: NDArray[np.float64]
    happened: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Stacked:
    """A mixture of Legato and the rival in a wave.

    Attributes:
        weight: of Legato, 0 to 1.
        waves: earlier waves of this survey by which it was chosen (count); 0: by other networks.
        scores: of the mixture.
        over_legato: by how much its log score is better than Legato's; above 0 is better.
        over_rival: the same over the rival's.
        chance: of each pair, float[members, members].
    """

    weight: float
    waves: int
    scores: PairScores
    over_legato: Margin
    over_rival: Margin
    chance: NDArray[np.float64]


def best_weight(networks: Sequence[Sequence[Told]]) -> float:
    """The weight of Legato with the best mean log score; each network counts the same, whatever its number of waves."""
    weights = np.linspace(0, 1, STEPS + 1)
    total = np.zeros(len(weights))
    for waves in networks:
        for one in waves:
            legato, rival = (np.where(one.happened, chance, 1 - chance) for chance in (one.legato, one.rival))
            scores = [float(np.log(mixed(weight, legato, rival)).mean()) for weight in weights.tolist()]
            total += np.array(scores) / len(waves)
    return float(weights[int(np.argmax(total))])


def told_in(pairs: PairSkill) -> Told:
    """What Legato and the rival said of a wave, no chance 0 or 1."""
    asked, legato = pairs.seen.asked, pairs.networks
    rival = pairs.given[RIVAL]
    return Told(smoothed(pairs.chance[asked], legato), smoothed(rival[asked], legato), pairs.seen.now[asked])


def mixed(weight: float, legato: NDArray[np.float64], rival: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mixture's chances."""
    return weight * legato + (1 - weight) * rival


def stacked(pairs: PairSkill, earlier: Sequence[PairSkill], otherwise: float, seed: int) -> Stacked:
    """The mixture in a wave.

    Args:
        pairs: what Legato and the rival said of the wave.
        earlier: the same of the waves up to the one that it is predicted from.
        otherwise: weight by other networks, where there are no earlier waves.
        seed: of the resampling.
    """
    weight = best_weight([[told_in(one) for one in earlier]]) if earlier else otherwise
    seen: Seen = pairs.seen
    chance = mixed(weight, pairs.chance, pairs.given[RIVAL])
    margins = compared(chance, {"legato": pairs.chance, RIVAL: pairs.given[RIVAL]}, seen, pairs.networks, seed)
    return Stacked(
        weight, len(earlier), scores_of(chance, seen, pairs.networks), margins["legato"], margins[RIVAL], chance
    )
