"""The chronicle of a network: what happened between two members, month by month, in the order of the month.

Outcomes say how many; the chronicle says who, and when: which pairs met at a convening before a call and then applied
together, which collaborations ended when their grant did. Both twins tell the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario
from scenarios.schema.whole_numbers import whole_number
from simulation import rules
from simulation.draws import identity

KINDS = {
    rules.BEFORE: "prior tie",
    rules.CONVENING: "met at a convening",
    rules.GROUP: "met in a challenge group",
    rules.INTRODUCTION: "introduced",
    rules.CONTACT: "contacted",
    rules.APPLICATION: "applied together",
    rules.FUNDED: "began to collaborate under a grant",
    rules.UNFUNDED: "began to collaborate",
    rules.ENDED: "ended collaborating",
    rules.OUTPUT: "brought evidence",
    rules.LOST: "forgot each other",
}
"""Kind of event -> what happened. The monthly work of a collaboration is not told; it goes on from beginning to end."""


@dataclass(frozen=True, eq=False)
class Chronicle:
    """What happened between two members in one network.

    Attributes:
        scenario: what was run.
        seed: seed of the luck.
        replicate: number of the network.
        month: of each event, int[events]; 0 is before the founding.
        kind: of each event, int[events], as in KINDS.
        one: number of the first member, int[events]; always less than the other's.
        other: number of the second member, int[events].
    """

    scenario: Scenario
    seed: int
    replicate: int
    month: NDArray[np.int64]
    kind: NDArray[np.int64]
    one: NDArray[np.int64]
    other: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.month)

    def of(self, *kinds: int) -> "Chronicle":
        """The events of some kinds only, in their order."""
        wanted = np.isin(self.kind, kinds)
        columns: Any = (column[wanted] for column in (self.month, self.kind, self.one, self.other))
        return Chronicle(self.scenario, self.seed, self.replicate, *columns)


def chronicle_of(scenario: Scenario, *, seed: int = 1, replicate: int = 0) -> Chronicle:
    """Run one network, and tell what happened between its members.

    Args:
        scenario: what to run.
        seed: of the luck, 0 to 2^32 - 1.
        replicate: number of the network.
    """
    return historian(scenario, seed=seed)(replicate).chronicle


@dataclass(frozen=True, eq=False)
class Ties:
    """The ties that stood at the end of a month, in order of their members.

    Attributes:
        one: number of the first member, int[ties]; always less than the other's.
        other: number of the second member, int[ties].
        trust: in each, float[ties].
    """

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    trust: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class History:
    """Everything that can be asked of one network.

    Attributes:
        chronicle: what happened between two.
        values: its outcomes, float[outcomes]; nan where one is missing.
        course: its months, float[months + 1, monthly outcomes]; index 0 is the founding.
        ties: month -> the ties that stood at its end, of the months that were watched.
        attended: month of a convening -> numbers of the members that came, int[attending], ascending; where it was
            cancelled, of those that would have come.
        present: month -> numbers of those who were members at its end, int[members], ascending, of the months that were
            watched.
    """

    chronicle: Chronicle
    values: NDArray[np.float64]
    course: NDArray[np.float64]
    ties: Mapping[int, Ties]
    attended: Mapping[int, NDArray[np.int64]] = field(default_factory=dict)
    present: Mapping[int, NDArray[np.int64]] = field(default_factory=dict)


def historian(scenario: Scenario, *, seed: int = 1, months: Sequence[int] = ()) -> Callable[[int], History]:
    """Who tells the history of any replicate of a scenario; threads may share one.

    Args:
        scenario: what to run.
        seed: of the luck, 0 to 2^32 - 1.
        months: at whose end the ties and the members are wanted; 0 is the founding.
    """
    from simulation.own_rules.loading import with_rules

    seed, _ = identity(seed, 0)
    months = [whole_number("month", month, 0, scenario.last_month) for month in months]
    engine = with_rules(scenario.rules, "simulation.engine.run").Engine(scenario, seed)

    def tell(replicate: int) -> History:
        _, replicate = identity(seed, replicate)
        watched = engine.watch(replicate, months)
        events = watched.events
        stands = events["kind"] == rules.STANDS
        came, are_members = events["kind"] == rules.ATTENDED, events["kind"] == rules.PRESENT
        happened = events[np.isin(events["kind"], tuple(KINDS))]
        columns = (np.asarray(happened[name], dtype=np.int64) for name in ("month", "kind", "one", "other"))
        standing = {month: _ties(events[stands & (events["month"] == month)]) for month in months}
        chronicle = Chronicle(scenario, seed, replicate, *columns)
        present = {month: _who(events[are_members & (events["month"] == month)]) for month in months}
        return History(chronicle, watched.values, watched.course, standing, _attended(events[came]), present)

    return tell


def _attended(events: Any) -> dict[int, NDArray[np.int64]]:
    """Who came to each convening, by its month."""
    order = np.lexsort((events["one"], events["month"]))
    months, who = events["month"][order], events["one"][order].astype(np.int64)
    first = np.flatnonzero(np.diff(months, prepend=-1))
    return dict(zip(months[first].tolist(), np.split(who, first[1:]), strict=True)) if len(first) else {}


def _who(events: Any) -> NDArray[np.int64]:
    return np.sort(events["one"].astype(np.int64))


def _ties(events: Any) -> Ties:
    one, other = (np.asarray(events[name], dtype=np.int64) for name in ("one", "other"))
    order = np.lexsort((other, one))
    return Ties(one[order], other[order], np.asarray(events["trust"], dtype=np.float64)[order])
