"""The rival: a simple statistical model of ties, fitted and scored beside Legato.

It knows nothing of trust, grants or encounters. Each month a pair without a tie forms one, and a pair with a tie ends
it, each with a logistic hazard:

    P(forms or ends in a month) = 1 / (1 + exp(-(b0 + b . covariates)))

with the covariates of COVARIATES. Monthly hazards hold for any gap between waves: with the covariates as they stood in
the earlier wave, a pair's chance to be tied k months later is that of a Markov chain with two states. A network is
simulated month by month, its covariates as they change.

Source:
    The idea: Snijders & Borgatti, Krivitsky & Handcock 2014, A separable model for dynamic networks, JRSS B 76(1),
    doi:10.1111/rssb.12014: one logistic model for ties that form and one for ties that end. Ours: the covariates,
    months as the unit, and that pairs are independent within a month.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.studies.baselines import Seen, cosines, features, logistic_of, seen_in
from scenarios import Scenario
from scenarios.observed.waves import Waves

RIVAL = "rival"
COVARIATES = ("always", "interest", "partners", "activity", "region", "facilitation", "density")
"""What a hazard depends on: a constant; common interests (cosine), common partners (log of one more) and the same
region, each against the network's mean; the pair's numbers of ties (logs of one more, against that of the mean number);
the mean intensity of facilitation in force, 0 to 1; and how dense the network is (log odds of a tie in the earlier
wave), by which what was learned from dense networks is carried over to sparse ones.

Common partners are compared with the network's mean also as it changes: otherwise each new tie makes common partners
for many pairs, and simulated networks run full.
"""
_MOST_CELLS = 200_000
"""Pairs of networks that are simulated together: few enough for a processor's own memory."""


@dataclass(frozen=True)
class Rival:
    """The rival's coefficients.

    Attributes:
        forming: of the monthly log odds to form a tie, in the order of COVARIATES.
        ending: of the monthly log odds to end one.
        source: what it was fitted on.
        weight: of Legato's chances in the mixture with the rival's that scored best on the same networks, 0 to 1; see
            `results.checking.stacking`.
    """

    forming: tuple[float, ...]
    ending: tuple[float, ...]
    source: str
    weight: float = 0.5


SHIPPED_RIVAL = Rival(
    (-3.158, 1.350, 1.124, 0.023, 0.0, 0.047, 0.904),
    (-2.985, -0.496, -0.917, 0.512, 0.0, -0.244, -0.566),
    "Burkhardt & Brass 1990, Kapferer 1972, NFDI 2020-21, rcna 2006-12",
    0.99,
)
"""Fitted by `benchmarks.real_networks --rival` on fourteen pairs of waves of four real networks, of which
docs/real-networks.md tells more; each counts the same. Regions are known in none of them, so that they count for
nothing. Facilitation is an assumption in each, and differs within one of them only (rcna, before and after an award).
"""


@dataclass(frozen=True, eq=False)
class Gap:
    """A wave and the one that it is predicted from, with the time between them.

    Attributes:
        seen: the two waves.
        months: between them.
        facilitation: mean intensity in force in these months, 0 to 1.
        lasting: whether ties cannot end, as where a survey asks for what has ever been.
    """

    seen: Seen
    months: int
    facilitation: float
    lasting: bool


def gap_in(waves: Waves, wave: int, begun: int, scenario: Scenario) -> Gap:
    """What the rival knows of a wave: the wave before, how long ago, and the facilitation that the scenario names."""
    first, last = waves.months[begun], waves.months[wave]
    in_force = sum(month < scenario.closing_month or not scenario.closes for month in range(first + 1, last + 1))
    facilitation = scenario.facilitation.intensity * in_force / (last - first)
    return Gap(seen_in(waves, wave, begun), last - first, facilitation, waves.asks == "ever")


def covariates_of(gap: Gap) -> NDArray[np.float64]:
    """The covariates of each pair asked, in the earlier wave, float[pairs, COVARIATES]."""
    always, _, partners, activity, interest, region = features(gap.seen).T
    partners = partners - partners.mean() if len(partners) else partners
    whole = np.ones_like(always)
    columns = [always, interest, partners, activity, region, gap.facilitation * whole, _density(gap.seen) * whole]
    return np.stack(columns, axis=1)


def _density(seen: Seen) -> float:
    """Log odds of a tie in the earlier wave, with half a tie more on either side."""
    ties, pairs = int(seen.before[seen.asked].sum()), int(seen.asked.sum())
    return float(np.log((ties + 0.5) / (pairs - ties + 0.5)))


def hazards(rival: Rival, covariates: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Monthly chances to form a tie and to end one, float[pairs] each."""
    return logistic_of(covariates @ np.array(rival.forming)), logistic_of(covariates @ np.array(rival.ending))


def tied_after(
    months: int, forms: NDArray[np.float64], ends: NDArray[np.float64], tied: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Chance to be tied so many months later, of pairs that each month form a tie or end it with constant chances.

    The share of the time spent tied is s = forms / (forms + ends), and what the start says of it fades with
    (1 - forms - ends) ^ months.
    """
    both = forms + ends
    share = np.divide(forms, both, out=np.zeros_like(both), where=both > 0)
    left = (1 - both) ** months
    return np.clip(np.where(tied, share + (1 - share) * left, share * (1 - left)), 0.0, 1.0)


def rival_chances(rival: Rival, gap: Gap) -> NDArray[np.float64]:
    """The rival's chance of each pair to be tied in the later wave, float[members, members], symmetric.

    Pairs that were not observed in the wave before are given its share of ties.
    """
    asked, tied = gap.seen.asked, gap.seen.before[gap.seen.asked]
    forms, ends = hazards(rival, covariates_of(gap))
    found = np.full(asked.shape, float(tied.mean()) if len(tied) else 0.0)
    found[asked] = tied_after(gap.months, forms, np.zeros_like(ends) if gap.lasting else ends, tied)
    found = np.where(asked.T, found.T, found)
    np.fill_diagonal(found, 0.0)
    return found


def rival_networks(rival: Rival, gap: Gap, count: int, seed: int) -> NDArray[np.bool_]:
    """Networks that the rival simulates month by month, bool[networks, members, members], symmetric.

    Luck is keyed: what happens to a pair of network k in a month depends on (seed, k, month, pair) alone. Pairs that
    were not observed begin as ties with the share of those that were.
    """
    members = len(gap.seen.before)
    batch = max(1, _MOST_CELLS // members**2)
    parts = [range(first, min(first + batch, count)) for first in range(0, count, batch)]
    return np.concatenate([_simulated(rival, gap, part, seed) for part in parts])


def _simulated(rival: Rival, gap: Gap, numbers: Sequence[int], seed: int) -> NDArray[np.bool_]:
    seen, members = gap.seen, len(gap.seen.before)
    one, other = np.triu_indices(members, 1)
    asked, before = seen.asked[one, other], seen.before[one, other]
    share = float(before[asked].mean()) if asked.any() else 0.0
    forming, ending = (dict(zip(COVARIATES, part, strict=True)) for part in (rival.forming, rival.ending))
    steady_forming, steady_ending = (_steady(by, gap)[one, other] for by in (forming, ending))
    ties = np.stack([np.where(asked, before, _luck(seed, net, 0, len(one)) < share) for net in numbers])
    for month in range(1, gap.months + 1):
        luck = np.stack([_luck(seed, net, month, len(one)) for net in numbers])
        whole = _both_ways(ties, one, other, members).astype(np.float32)
        partners = np.log1p((whole @ whole)[:, one, other])
        partners -= partners[:, asked].mean(axis=1, keepdims=True) if asked.any() else 0
        number = whole.sum(axis=2)
        degree, middle = np.log1p(number), np.log1p(number.mean(axis=1, keepdims=True))
        activity = degree[:, one] + degree[:, other] - 2 * middle
        odds = np.where(
            ties,
            steady_ending + ending["partners"] * partners + ending["activity"] * activity,
            steady_forming + forming["partners"] * partners + forming["activity"] * activity,
        )
        changes = luck < logistic_of(odds)
        ties = ties | changes if gap.lasting else ties ^ changes
    return _both_ways(ties, one, other, members)


def _luck(seed: int, network: int, month: int, pairs: int) -> NDArray[np.float64]:
    return np.random.default_rng([seed, zlib.crc32(RIVAL.encode()), network, month]).random(pairs)


def _both_ways(
    ties: NDArray[np.bool_], one: NDArray[np.int64], other: NDArray[np.int64], members: int
) -> NDArray[np.bool_]:
    """Of each pair once, bool[networks, pairs], as bool[networks, members, members]."""
    whole = np.zeros((len(ties), members, members), np.bool_)
    whole[:, one, other] = whole[:, other, one] = ties
    return whole


def _steady(by: Mapping[str, float], gap: Gap) -> NDArray[np.float64]:
    """The part of the log odds that does not change in the gap, float[members, members]."""
    seen = gap.seen
    interest, region = cosines(seen), (seen.region[:, None] == seen.region).astype(np.float64)
    for table in (interest, region):
        table -= table[seen.asked].mean() if seen.asked.any() else 0.0
    constant = by["always"] + by["facilitation"] * gap.facilitation + by["density"] * _density(seen)
    return np.asarray(constant + by["interest"] * interest + by["region"] * region)
