"""Statistics of a surveyed network, as a survey sees it: of the pairs that it observed, on its own scale.

The same mask lies over observed and simulated networks, so that who did not answer is missing on both sides.

Source:
    Lospinoso & Snijders 2019, Goodness of fit for stochastic actor-oriented models, Methodological Innovations 12(3),
    doi:10.1177/2059799119884282, and RSiena's sienaGOF: auxiliary statistics that are not what a model is fitted to,
    the degree distribution, geodesic distances and triads among them. Ours: the masks, change since the wave before,
    and levels of trust.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.observed.waves import Waves
from simulation import Ties

Networks = NDArray[np.float64]
"""Strengths of many networks of the same members, float[networks, members, members]."""
Values = NDArray[np.float64]
"""A statistic of many networks, float[networks, components]."""

BANDS = (0.25, 0.5, 0.75)
"""Where the bands of trust part, if the survey has no levels of its own."""
_MOST_CUTS = 10


class View(NamedTuple):
    """What a survey sees of a network in one wave.

    Attributes:
        observed: pairs of which at least one answered, bool[members, members].
        both: pairs observed in this wave and in the one it is predicted from, bool[members, members].
        answered: members that answered, bool[members].
        topic: main topic, int[members].
        region: int[members].
        tied_from: strength from which two count as tied.
        levels: strengths that the survey tells apart; None where it takes any.
        drawn: mark -> where it is drawn, for marks on which reported strengths lie (`Waves.cut`).
    """

    observed: NDArray[np.bool_]
    both: NDArray[np.bool_]
    answered: NDArray[np.bool_]
    topic: NDArray[np.int64]
    region: NDArray[np.int64]
    tied_from: float
    levels: tuple[float, ...] | None
    drawn: Mapping[float, float] = MappingProxyType({})

    def at(self, mark: float) -> float:
        """Where a mark on the strengths is drawn."""
        return self.drawn.get(mark, mark)

    def tied(self, networks: Networks) -> NDArray[np.float32]:
        """1 where two are tied and observed, else 0, float[networks, members, members]."""
        # float32: counts of members are exact in it, and products of matrices are several times as fast as of bools
        return np.asarray((networks >= self.at(self.tied_from)) & self.observed, dtype=np.float32)


def view_of(waves: Waves, wave: int, begun: int | None = None) -> View:
    """What the survey sees in a wave, 1 or later, of those who were members in the wave that it is predicted from.

    Change is measured since that wave: the one before, unless another is named.
    """
    begun = wave - 1 if begun is None else begun
    members = waves.there[begun]
    observed = waves.observed[wave] & members[:, None] & members[None, :]
    return View(
        observed=observed,
        both=observed & waves.observed[begun],
        answered=waves.answered[wave] & members,
        topic=np.argmax(waves.roster.interests, axis=1).astype(np.int64),
        region=waves.roster.region,
        tied_from=waves.tied_from,
        levels=None if waves.levels is None else tuple(sorted(set(waves.levels))),
        drawn={mark: at for mark in (waves.tied_from, *BANDS) if (at := waves.cut(mark)) != mark},
    )


def survey(ties: Ties, members: int) -> NDArray[np.float64]:
    """Trust in each tie among the first `members` members, float[members, members], symmetric; 0 is no tie.

    Who joined later is in no roster and in no survey.
    """
    strength = np.zeros((members, members))
    asked = ties.other < members
    strength[ties.one[asked], ties.other[asked]] = strength[ties.other[asked], ties.one[asked]] = ties.trust[asked]
    return strength


@dataclass(frozen=True)
class Statistic:
    """One of them.

    Attributes:
        name: as tables have it.
        label: in plain words, with the unit.
        components: names of its components, as the view has them.
        measure: (view, networks, networks in the wave before) -> float[networks, components].
    """

    name: str
    label: str
    components: Callable[[View], tuple[str, ...]]
    measure: Callable[[View, Networks, Networks], Values]


def ties_count(view: View, now: Networks, _before: Networks) -> Values:
    """Ties among the observed pairs."""
    return _column(view.tied(now).sum(axis=(1, 2)) / 2)


def degrees(view: View, now: Networks, _before: Networks) -> Values:
    """Members that answered with at most 0, 1, ... members - 1 ties: cumulative, as sienaGOF has it."""
    degree = view.tied(now).sum(axis=2)[:, view.answered]
    return np.stack([(degree <= most).sum(axis=1) for most in range(now.shape[1])], axis=1).astype(np.float64)


def transitivity(view: View, now: Networks, _before: Networks) -> Values:
    """Share of the connected triples that are closed, of those with all three pairs observed; 0 without any."""
    tied = view.tied(now)
    shared = tied @ tied
    triples, closed = ((shared * pairs).sum(axis=(1, 2), dtype=np.float64) for pairs in (view.observed, tied))
    return _column(_share(closed, triples))


def distances(view: View, now: Networks, _before: Networks) -> Values:
    """Shares of the observed pairs at distance 1, 2, 3, and farther or unreachable, along observed ties."""
    tied = view.tied(now)
    step = tied + np.eye(now.shape[1], dtype=np.float32)
    reached = [step]
    for _ in range(2):
        reached.append(np.minimum(reached[-1] @ step, 1))
    within = [((one > 0) & view.observed).sum(axis=(1, 2)) for one in reached]
    pairs = np.full(len(now), view.observed.sum())
    steps = np.diff(np.stack([np.zeros_like(pairs), *within, pairs], axis=1), axis=1)
    return _share(steps, pairs[:, None])


def inside_topic(view: View, now: Networks, _before: Networks) -> Values:
    """Share of the ties that join members with the same main topic; 0 without ties."""
    return _inside(view.tied(now), view.topic)


def inside_region(view: View, now: Networks, _before: Networks) -> Values:
    """Share of the ties that join members of the same region; 0 without ties."""
    return _inside(view.tied(now), view.region)


def jaccard(view: View, now: Networks, before: Networks) -> Values:
    """Ties that stand in both waves over ties that stand in either, of pairs observed in both; 1 without any tie.

    Source:
        Snijders, van de Bunt & Steglich 2010, Social Networks 32(1), doi:10.1016/j.socnet.2009.02.004: the index by
        which studies of waves tell how much a network has changed.
    """
    kept, new, lost = _change(view, now, before)
    either = kept + new + lost
    return _column(np.where(either > 0, _share(kept, either), 1.0))


def new_ties(view: View, now: Networks, before: Networks) -> Values:
    """Ties that did not stand in the wave before, of pairs observed in both."""
    return _column(_change(view, now, before)[1])


def lost_ties(view: View, now: Networks, before: Networks) -> Values:
    """Ties of the wave before that no longer stand, of pairs observed in both."""
    return _column(_change(view, now, before)[2])


def trust(view: View, now: Networks, _before: Networks) -> Values:
    """Mean strength of the ties, then the share of them in each band, or on each level; all 0 without ties."""
    tied = view.tied(now) > 0
    ties = tied.sum(axis=(1, 2))
    edges = [*map(view.at, _bands(view)), np.inf]
    shares = [_share((tied & (now >= low) & (now < high)).sum(axis=(1, 2)), ties) for low, high in pairwise(edges)]
    return np.stack([_share(np.where(tied, now, 0.0).sum(axis=(1, 2)), ties), *shares], axis=1)


def _bands(view: View) -> list[float]:
    """Where each band of trust begins."""
    if view.levels is not None:
        return [level for level in view.levels if level >= view.tied_from]
    return [view.tied_from, *(edge for edge in BANDS if edge > view.tied_from)]


def _trust_names(view: View) -> tuple[str, ...]:
    begins = [f"{low:.3g}" for low in _bands(view)]
    if view.levels is not None:
        return ("mean", *begins)
    return ("mean", *(f"{low} to {high}" for low, high in zip(begins, [*begins[1:], "1"], strict=True)))


def _column(values: NDArray[np.floating]) -> Values:
    return np.asarray(values, dtype=np.float64)[:, None]


def _share(part: NDArray[Any], whole: NDArray[Any]) -> Values:
    """Part over whole, of counts or sums; 0 where there is no whole."""
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1), 0.0)


def _inside(tied: NDArray[np.float32], group: NDArray[np.int64]) -> Values:
    alike = group[:, None] == group[None, :]
    return _column(_share((tied * alike).sum(axis=(1, 2)), tied.sum(axis=(1, 2))))


def _change(view: View, now: Networks, before: Networks) -> tuple[Values, Values, Values]:
    """Ties kept, new and lost since the wave before, of pairs observed in both, each float[networks]."""
    tied, stood = ((one >= view.at(view.tied_from)) & view.both for one in (now, before))
    kept, new, lost = (part.sum(axis=(1, 2)) / 2.0 for part in (tied & stood, tied & ~stood, stood & ~tied))
    return kept, new, lost


def _only(name: str) -> Callable[[View], tuple[str, ...]]:
    return lambda _view: (name,)


DEGREES = Statistic(
    "degrees",
    "members by number of ties",
    lambda view: tuple(str(most) for most in range(len(view.answered))),
    degrees,
)
STATISTICS: Sequence[Statistic] = (
    Statistic("ties", "ties", _only("ties"), ties_count),
    DEGREES,
    Statistic("distances", "share of pairs by distance", lambda _view: ("1", "2", "3", "4 or more"), distances),
    Statistic("transitivity", "transitivity", _only("transitivity"), transitivity),
    Statistic("inside_topic", "share of ties within a main topic", _only("inside"), inside_topic),
    Statistic("inside_region", "share of ties within a region", _only("inside"), inside_region),
    Statistic("trust", "trust: mean, and share of ties by strength", _trust_names, trust),
    Statistic("jaccard", "ties kept, of all ties in either wave (Jaccard)", _only("jaccard"), jaccard),
    Statistic("new_ties", "new ties since the previous wave", _only("new"), new_ties),
    Statistic("lost_ties", "ties lost since the previous wave", _only("lost"), lost_ties),
)


def statistics_of(view: View) -> list[Statistic]:
    """Those that can vary here: ties inside a topic or a region only where there are several."""
    groups = {"inside_topic": view.topic, "inside_region": view.region}
    return [one for one in STATISTICS if one.name not in groups or len(np.unique(groups[one.name])) > 1]


def telling_cuts(degrees_of_all: Values, answered: int) -> NDArray[np.int64]:
    """Which columns of the cumulative degrees to keep: the middle 95 % of all members of all networks, ten at most.

    Where nearly nobody or nearly everybody has fewer ties, a single member would decide.

    Args:
        degrees_of_all: observed and simulated together, that none of them is told apart, float[networks, members].
        answered: members that answered.
    """
    share = degrees_of_all.mean(axis=0) / max(answered, 1)
    cuts = np.flatnonzero((share >= 0.025) & (share <= 0.975))
    if not len(cuts):
        cuts = np.array([int(np.argmin(np.abs(share - 0.5)))])
    step = -(-len(cuts) // _MOST_CUTS)
    return cuts[::step].astype(np.int64)
