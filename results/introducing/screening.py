"""Which pairs are worth a closer look, of all there are: each is introduced in some networks, many pairs in each.

In every network of a round each member is introduced to one other, and the rounds are a tournament: after all of them
each pair has met. What came of a pair is compared with the same networks without introductions. That is a rough look,
some networks a pair, so it is drawn towards what pairs of the same kind gain: a regression on what is known of a pair
(common interests, region, activity, need, and how likely the two find each other anyway).

Source:
    The circle method of round-robin tournaments; empirical Bayes with a regression: Fay & Herriot 1979, JASA 74(366).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.introducing.planned import Group, with_introductions
from results.studies.survey_networks import until
from scenarios import Scenario
from simulation import History, historian, rules
from simulation.running.threads import in_order, processors

NETWORKS = 400
"""Networks that are shared by all rounds, at the least."""
EACH = 8
"""Networks of a round, at the least."""
RIDGE = 1.0
KNOWN_ANYWAY = 0.5
"""Share of the networks in which two know each other at the time: from it on nobody needs to introduce them."""

KEPT_OF_THE_REST = 0.25
"""Of what a pair gained beyond its kind, as far as it is believed: it was seen in few networks. Ours."""

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Screened:
    """All pairs, roughly.

    Attributes:
        gain: what an introduction adds to the chance that the two ever collaborate, float[members, members], symmetric.
        know: share of the networks in which two know each other before the month of the introduction, the same shape.
        work: share of the networks in which two ever collaborate without it, the same shape.
        overlap: common interests, the same shape.
        networks: that were looked at in all (count).
    """

    gain: Values
    know: Values
    work: Values
    overlap: Values
    networks: int

    def candidates(self) -> list[Group]:
        """Pairs that do not know each other, those that gain most first."""
        one, other = np.triu_indices(len(self.gain), 1)
        strangers = self.know[one, other] < KNOWN_ANYWAY
        one, other = one[strangers], other[strangers]
        order = np.lexsort((other, one, -self.gain[one, other]))
        return [(int(one[place]), int(other[place])) for place in order]

    def groups(self, size: int, most: int) -> list[Group]:
        """Groups of strangers with the largest sum of gains, each grown from a good pair, no two the same."""
        found: dict[Group, float] = {}
        for pair in self.candidates()[: 4 * most]:
            group = list(pair)
            while len(group) < size:
                known = self.know[group].max(axis=0) >= KNOWN_ANYWAY
                gains = np.where(known, -np.inf, self.gain[group].sum(axis=0))
                gains[group] = -np.inf
                if not np.isfinite(gains).any():
                    break
                group.append(int(np.argmax(gains)))
            if len(group) == size:
                members = np.array(sorted(group))
                found[tuple(members.tolist())] = float(self.gain[np.ix_(members, members)].sum()) / 2
        return sorted(found, key=lambda group: (-found[group], group))[:most]


def screen(
    scenario: Scenario,
    *,
    introduced: int,
    month: int,
    seed: int,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda _networks: None,
) -> Screened:
    """Look at all pairs.

    Args:
        scenario: with members by name.
        introduced: month of the introductions.
        month: up to whose end collaborations count.
        seed: of the luck; of other luck than what is found worth a closer look is looked at with.
        workers: threads.
        progress: hears of networks as they are run.
    """
    scenario = until(scenario, month)
    roster = scenario.roster
    assert roster is not None
    members = len(roster.names)
    rounds = list(rounds_of(members))
    each = max(EACH, -(-NETWORKS // len(rounds)))

    def look(number: int) -> tuple[Values, Values, Values]:
        replicates = range(number * each, (number + 1) * each)
        without = historian(scenario, seed=seed, months=[introduced - 1])
        with_ = historian(with_introductions(scenario, rounds[number], introduced), seed=seed)
        know, base, then = (np.zeros((members, members)) for _ in range(3))
        for replicate in replicates:
            history = without(replicate)
            ties = history.ties[introduced - 1]
            mine = ties.other < members
            know[ties.one[mine], ties.other[mine]] += 1
            base += ever_collaborated(history, month, members)
            then += ever_collaborated(with_(replicate), month, members)
        return know, base, then

    know, base = np.zeros((members, members)), np.zeros((members, members))
    raw = np.zeros((members, members))
    found = in_order(look, range(len(rounds)), workers or processors())
    for pairs, (known, before, after) in zip(rounds, found, strict=True):
        know, base = know + known, base + before
        one, other = np.array(pairs).T
        raw[one, other] = (after - before)[one, other] / each
        progress(2 * each)
    networks = each * len(rounds)
    know, base, raw = ((table + table.T) / scale for table, scale in ((know, networks), (base, networks), (raw, 1)))
    overlap = np.minimum(1.0, roster.interests @ roster.interests.T)
    gain = _drawn_together(raw, _known_of(scenario, overlap, know, base))
    return Screened(gain, know, base, overlap, 2 * networks)


def rounds_of(members: int) -> Iterator[list[Group]]:
    """Pairs of a tournament, round by round, each member at most once in a round and each pair in one of them."""
    size = members + members % 2
    circle = list(range(size))
    for _ in range(size - 1):
        pairs = ((circle[place], circle[size - 1 - place]) for place in range(size // 2))
        yield sorted((min(pair), max(pair)) for pair in pairs if max(pair) < members)
        circle = [circle[0], circle[-1], *circle[1:-1]]


def ever_collaborated(history: History, month: int, members: int) -> Values:
    """1 where two have begun to collaborate up to a month, float[members, members], above the diagonal."""
    told = history.chronicle.of(rules.FUNDED, rules.UNFUNDED)
    mine = (told.month <= month) & (told.other < members)
    found = np.zeros((members, members))
    found[told.one[mine], told.other[mine]] = 1
    return found


def _known_of(scenario: Scenario, overlap: Values, know: Values, work: Values) -> Values:
    """What is known of each pair, a column each, float[members, members, columns]."""
    roster = scenario.roster
    assert roster is not None
    same = (roster.region[:, None] == roster.region[None, :]).astype(float)
    active = np.where(roster.activity > 0, roster.activity, 1.0)
    need, activity = roster.need, np.log(active)
    columns = [overlap, overlap**2, same, know, work, np.sqrt(work),
               need[:, None] + need[None, :], activity[:, None] + activity[None, :]]  # fmt: skip
    own = work.sum(axis=1)
    columns.append(own[:, None] + own[None, :])
    return np.stack(columns, axis=2)


def _drawn_together(raw: Values, known: Values) -> Values:
    """Gains drawn towards what the regression says of a pair, by how much of their differences is noise."""
    one, other = np.triu_indices(len(raw), 1)
    rows, wanted = known[one, other], raw[one, other]
    spread = rows.std(axis=0)
    scaled = (rows[:, spread > 0] - rows[:, spread > 0].mean(axis=0)) / spread[spread > 0]
    terms = np.column_stack([np.ones(len(rows)), scaled])
    penalty = np.full(terms.shape[1], RIDGE)
    penalty[0] = 0.0
    told = terms @ np.linalg.solve(terms.T @ terms + np.diag(penalty), terms.T @ wanted)
    drawn = told + KEPT_OF_THE_REST * (wanted - told)
    gain = np.zeros(raw.shape)
    gain[one, other] = gain[other, one] = drawn
    return gain


def most_in_common(screened: Screened) -> Sequence[Group]:
    """Pairs of strangers by common interests, the most first: what one would do without a model."""
    one, other = np.triu_indices(len(screened.gain), 1)
    strangers = screened.know[one, other] < KNOWN_ANYWAY
    one, other = one[strangers], other[strangers]
    order = np.lexsort((other, one, -screened.overlap[one, other]))
    return [(int(one[place]), int(other[place])) for place in order]
