"""Simple rules that predict a wave of a survey from the wave before, for the model to be compared with.

A rule gives each pair a chance to be tied in the later wave:
  no_change   as before;
  rates       each tie ends, and each pair without one forms one, with the share that did in this very transition;
  partners, degree, interest
              those shares again, but pairs that share more partners, have more ties, or have more interests in common
              form ties more often and end them less;
  logistic    a logistic regression of all of these and the region, fitted on other networks.

Only `no_change` and `logistic` are predictions in earnest. The other four know how many ties formed and how many ended,
which nobody knows beforehand: they say how much of a score can be had by knowing the totals, and by one simple idea of
which pairs they fall to.

For `partners`, `degree` and `interest` the pairs are ranked by the number of common partners, the product of their
numbers of ties plus one, or the cosine of their interests; equal ones share a rank, and ranks are scaled to mean 0 and
standard deviation 1. A pair one standard deviation higher has e times the odds to form a tie, and 1/e times the odds to
end one; a constant makes the chances add up to the ties that formed, and to those that ended.

Pairs that were not observed in the wave before are given its share of ties, by `no_change` no tie.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from results.estimates.scores import ranks
from results.studies.survey_statistics import view_of
from scenarios.observed.waves import Waves

BASELINES = ("no_change", "rates", "partners", "degree", "interest", "logistic")
TOLD_THE_TOTALS = frozenset({"rates", "partners", "degree", "interest"})
"""Those that know how many ties formed and ended."""
GIVEN_AWAY = frozenset({"ties", "jaccard", "new_ties", "lost_ties"})
"""Statistics of a wave that follow from these totals: those rules are no match there."""
RULES = {
    "no_change": "nothing changes",
    "rates": "the observed rates applied at random",
    "partners": "common partners",
    "degree": "numbers of ties",
    "interest": "common interests",
    "logistic": "a logistic regression fitted on other networks",
}
"""What each is called in sentences."""
FEATURES = ("always", "tied", "partners", "degree", "interest", "region")
"""What the logistic regression knows of a pair, see `features`."""
RIDGE = 1e-3
"""Penalty on half the squared coefficients, against coefficients without end where all ties last."""


@dataclass(frozen=True, eq=False)
class Seen:
    """One wave, as predictions of it are scored: what was known and what happened.

    Attributes:
        before: tied in the wave it is predicted from, bool[members, members], symmetric.
        now: tied in the wave, the same.
        asked: pairs observed in both, upper triangle only, bool[members, members].
        interests: float[members, topics].
        region: int[members].
    """

    before: NDArray[np.bool_]
    now: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    interests: NDArray[np.float64]
    region: NDArray[np.int64]


@dataclass(frozen=True)
class Logistic:
    """A logistic regression of a pair's chance to be tied.

    Attributes:
        coefficients: of FEATURES, in their order.
        source: the networks it was fitted on.
    """

    coefficients: tuple[float, ...]
    source: str


SHIPPED = Logistic((-2.930, 2.322, 0.663, -0.062, 1.664, 0.0), "Burkhardt & Brass 1990, Kapferer 1972, NFDI 2020-21")
"""Fitted by `benchmarks.simple_rules` on eight pairs of waves of three real networks: 73 employees of an agency, their
advice, four pairs of waves and the first and last of strong ties (Burkhardt & Brass 1990, Administrative Science
Quarterly 35); 39 workers of a tailor shop, talk and help (Kapferer 1972, Strategy and Transaction in an African
Factory); 25 consortia of the German research data infrastructure (github.com/dorothearrr/NFDI_Netzwerk). The months
between waves, 3 to 13, are not looked at. Interests differ in the third network only, and regions in none, so that they
count for nothing. To predict one of these three, take `fitted_without` it.
"""


def seen_in(waves: Waves, wave: int, begun: int | None = None) -> Seen:
    """A wave, 1 or later, and the one it is predicted from, as the survey saw them; None: from the one before."""
    begun = wave - 1 if begun is None else begun
    view = view_of(waves, wave, begun)
    told = waves.on_scale(np.nan_to_num(waves.strength[[begun, wave]]))
    before, now = (told >= view.at(view.tied_from)) & waves.observed[[begun, wave]]
    return Seen(before, now, np.triu(view.both, 1), waves.roster.interests, waves.roster.region)


def chances(name: str, seen: Seen, logistic: Logistic = SHIPPED) -> NDArray[np.float64]:
    """What a rule gives each pair as its chance to be tied now, float[members, members], symmetric.

    Args:
        name: of the rule, one of BASELINES.
        seen: of it, only `rates`, `partners`, `degree` and `interest` look at what happened, and only at the totals.
        logistic: the coefficients that `logistic` goes by.
    """
    asked, tied = seen.asked, seen.before[seen.asked]
    if name == "no_change":
        return (seen.before & _both_ways(asked)).astype(np.float64)
    if name == "logistic":
        mine = logistic_of(features(seen) @ np.array(logistic.coefficients))
    else:
        score = _by_rank(seen, name)
        changed = tied != seen.now[asked]
        mine = np.empty(len(tied))
        mine[~tied] = _adding_up(score[~tied], int(changed[~tied].sum()))
        mine[tied] = 1 - _adding_up(-score[tied], int(changed[tied].sum()))
    found = np.full(asked.shape, float(tied.mean()) if len(tied) else 0.0)
    found[asked] = mine
    found = np.where(asked.T, found.T, found)
    np.fill_diagonal(found, 0.0)
    return found


def knowing_the_totals(chance: NDArray[np.float64], seen: Seen, networks: int) -> NDArray[np.float64]:
    """Chances, as they would be if they knew how many ties formed and ended: for a fair look at rules that do.

    The log odds of all pairs without a tie are raised by one constant, and those of all with one by another.

    Args:
        chance: of each pair, float[members, members].
        seen: of it, who was tied before, and the two totals.
        networks: in which the chances were counted; one that never or always came is half a network from 0 or 1.
    """
    asked, tied = seen.asked, seen.before[seen.asked]
    edge = 0.5 / networks
    held = np.clip(chance[asked], edge, 1 - edge)
    odds, mine = np.log(held / (1 - held)), np.empty(len(tied))
    for group in (tied, ~tied):
        mine[group] = _adding_up(odds[group], int(seen.now[asked][group].sum()))
    found = np.array(chance)
    found[asked] = mine
    return np.where(asked.T, found.T, found)


def features(seen: Seen) -> NDArray[np.float64]:
    """What the logistic regression knows of each pair asked, float[pairs, FEATURES].

    Numbers of partners and ties go in by their logarithm, the latter against the network's mean; common interests and
    the region as they differ from the network's mean, so that a network in which all are alike says nothing of them.
    """
    asked = seen.asked
    degree = np.log1p(seen.before.sum(axis=1))
    middle = np.log1p(seen.before.sum() / len(degree))
    columns = [
        np.ones(np.count_nonzero(asked)),
        seen.before[asked].astype(np.float64),
        np.log1p(_partners(seen)[asked]),
        (degree[:, None] + degree - 2 * middle)[asked],
        _centred(cosines(seen)[asked]),
        _centred((seen.region[:, None] == seen.region)[asked].astype(np.float64)),
    ]
    return np.stack(columns, axis=1)


def fit_logistic(seen: Sequence[Seen], source: str = "") -> Logistic:
    """The logistic regression of the waves of some networks; each wave counts the same, whatever its size.

    By Newton's method (iteratively reweighted least squares), with a ridge so small that it is only felt where the
    coefficients would have no end.
    """
    known = np.concatenate([features(one) for one in seen])
    happened = np.concatenate([one.now[one.asked] for one in seen]).astype(np.float64)
    sizes = [int(np.count_nonzero(one.asked)) for one in seen]
    weight = np.concatenate([np.full(size, len(known) / (len(sizes) * max(size, 1))) for size in sizes])
    return Logistic(tuple(_newton(known, happened, weight).tolist()), source)


def _newton(
    known: NDArray[np.float64], happened: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    ridge = RIDGE * np.diag([0.0] + [1.0] * (known.shape[1] - 1))
    found = np.zeros(known.shape[1])
    for _ in range(100):
        chance = logistic_of(known @ found)
        slope = known.T @ (weight * (happened - chance)) - ridge @ found
        curve = (known * (weight * chance * (1 - chance))[:, None]).T @ known + ridge + 1e-9 * np.eye(len(found))
        step = np.linalg.solve(curve, slope)
        found = found + step * min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-300))
        if float(np.abs(step).max()) < 1e-10:
            break
    return found


def fitted_without(networks: Mapping[str, Sequence[Seen]], left_out: str) -> Logistic:
    """The logistic regression of all networks but one, by which that one may be predicted."""
    others = {name: seen for name, seen in networks.items() if name != left_out}
    return fit_logistic(list(chain.from_iterable(others.values())), ", ".join(others))


def drawn(name: str, seen: Seen, count: int, seed: int, logistic: Logistic = SHIPPED) -> NDArray[np.bool_]:
    """Networks that a rule predicts, bool[networks, members, members]: pairs independent, each tied by its chance.

    Of `no_change` there is one, the wave before itself.
    """
    chance = np.triu(chances(name, seen, logistic), 1)
    if name == "no_change":
        ties = (chance > 0)[None]
    else:
        luck = np.random.default_rng([seed, zlib.crc32(name.encode())])
        ties = luck.random((count, *chance.shape)) < chance
    return ties | np.swapaxes(ties, 1, 2)


def with_strengths(ties: NDArray[np.bool_], before: NDArray[np.float64], seen: Seen, seed: int) -> NDArray[np.float64]:
    """Strengths of ties that only are or are not, float[networks, members, members].

    A tie that lasts keeps its strength; a new one has that of a tie of the wave before, at random.

    Args:
        ties: bool[networks, members, members].
        before: strengths in the wave before, float[members, members].
        seen: which of them were ties.
        seed: of the strengths of new ties.
    """
    kept = np.where(seen.before, np.nan_to_num(before), 0.0)
    known = kept[np.triu(seen.before, 1)]
    if not len(known):
        known = np.ones(1)
    luck = np.random.default_rng([seed, zlib.crc32(b"strengths")])
    new = np.triu(known[luck.integers(0, len(known), ties.shape)], 1)
    return np.where(ties, np.where(seen.before, kept, new + np.swapaxes(new, 1, 2)), 0.0)


def _both_ways(upper: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(upper | upper.T)


def _partners(seen: Seen) -> NDArray[np.float64]:
    """Common partners of each pair in the wave before, float[members, members]."""
    tied = seen.before.astype(np.float64)
    return tied @ tied


def _degrees(seen: Seen) -> NDArray[np.float64]:
    """Product of the numbers of ties of each pair, plus one each, float[members, members]."""
    degree = seen.before.sum(axis=1) + 1.0
    return np.asarray(degree[:, None] * degree)


def cosines(seen: Seen) -> NDArray[np.float64]:
    """Cosine of the interests of each pair, float[members, members]."""
    length = np.linalg.norm(seen.interests, axis=1, keepdims=True)
    unit = seen.interests / np.where(length > 0, length, 1.0)
    # Without rounding, interests that are the same would rank by their last digits.
    return np.asarray(np.round(unit @ unit.T, 12))


def _centred(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(values - values.mean()) if len(values) else values


def _by_rank(seen: Seen, name: str) -> NDArray[np.float64]:
    """How much a rule speaks for each pair asked, float[pairs]; scaled among those tied before, and among the rest."""
    if name == "rates":
        return np.zeros(np.count_nonzero(seen.asked))
    table = {"partners": _partners, "interest": cosines, "degree": _degrees}[name](seen)
    known, tied = table[seen.asked], seen.before[seen.asked]
    found = np.zeros(len(known))
    for group in (tied, ~tied):
        if group.any():
            rank = ranks(known[group])
            found[group] = (rank - rank.mean()) / (rank.std() or 1.0)
    return found


def _adding_up(score: NDArray[np.float64], total: int) -> NDArray[np.float64]:
    """Chances whose log odds differ as the scores do, and which add up to a total, float[pairs]."""
    if not len(score) or total in (0, len(score)):
        return np.full(len(score), 1.0 if total else 0.0)
    low, high = -60.0, 60.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if logistic_of(score + middle).sum() < total else (low, middle)
    return logistic_of(score + (low + high) / 2)


def logistic_of(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance of each log odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -500, 500))))
