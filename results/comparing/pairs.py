"""Who with whom: what becomes of each pair of members, and of each member, in the networks of a run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from results.estimates.predicted_pairs import PairCounter, PredictedPairs, Standing, pairs_at_work
from results.folders.parquet import Columns
from results.words.pair_tables import below_each_other, member_columns, pair_columns
from scenarios import Scenario
from scenarios.files.faults import RequestError
from simulation import historian
from simulation.founding import members_ever
from simulation.running.threads import in_order, processors
from simulation.snapshot import member_names

PAIRS, MEMBERS = "pairs.parquet", "members.parquet"
MOST_ROWS = 4_000_000
"""Most rows of pairs.parquet: 2,000 members in two months, 500 in 32."""
LISTED_PAIRS, LISTED_MEMBERS = 8, 5
"""How many are printed."""
_BATCH = 20
"""Networks that a thread tells at a time."""


@dataclass(frozen=True, eq=False)
class PairsOfRun:
    """Pairs and members over the networks of a run.

    Attributes:
        scenario: what was run.
        predicted: month -> counts over all networks, months ascending. All who are ever members, by their number: one
            that has not joined has no tie.
    """

    scenario: Scenario
    predicted: Mapping[int, PredictedPairs]

    @property
    def months(self) -> tuple[int, ...]:
        """Months that were asked, ascending."""
        return tuple(self.predicted)

    @property
    def networks(self) -> int:
        """Networks that were counted."""
        return self.predicted[self.months[0]].networks

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Of all who are ever members."""
        return member_names(self.scenario.roster, members_ever(self.scenario))

    @property
    def of_same_members(self) -> bool:
        """Whether a name is the same organization in all networks, or each network draws its own members."""
        return self.scenario.roster is not None

    @cached_property
    def likely(self) -> tuple[tuple[int, int], ...]:
        """The founding members most likely to collaborate in the last month asked, the likeliest pair first.

        Pairs that collaborate in most networks in the first month already are left out, if several are asked. Nobody
        where every network draws its own members: chances then differ by luck alone.
        """
        if not self.of_same_members:
            return ()
        first, last, founders = self.predicted[self.months[0]], self.predicted[self.months[-1]], self._founders
        one, other = np.triu_indices(founders, 1)
        working = last.working[one, other]
        wanted = working > 0
        if len(self.months) > 1:
            wanted &= 2 * first.working[one, other] < self.networks
        order = np.lexsort((-last.trust[one, other], -working))
        chosen = order[wanted[order]][:LISTED_PAIRS]
        return tuple(zip(one[chosen].tolist(), other[chosen].tolist(), strict=True))

    @cached_property
    def lonely(self) -> tuple[int, ...]:
        """The founding members most likely to be without a tie in the last month asked, the likeliest first.

        Those are left out who have one in more than 99 of 100 networks. Nobody where every network draws its own.
        """
        if not self.of_same_members:
            return ()
        alone = self.predicted[self.months[-1]].alone[: self._founders]
        order = np.argsort(-alone, kind="stable")
        return tuple(order[100 * alone[order] >= self.networks][:LISTED_MEMBERS].tolist())

    @property
    def _founders(self) -> int:
        return self.scenario.network.members

    @property
    def tables(self) -> dict[str, Columns]:
        """A row for each pair, and one for each member, in each month; by name of the file."""
        return {PAIRS: self._table(pair_columns), MEMBERS: self._table(member_columns)}

    def _table(self, columns: Callable[[Sequence[str], PredictedPairs, NDArray[np.int64]], Columns]) -> Columns:
        everybody = np.arange(len(self.names), dtype=np.int64)
        tables: list[Columns] = []
        for month, counts in self.predicted.items():
            table = columns(self.names, counts, everybody)
            rows = len(next(iter(table.values())))
            when: Columns = {"scenario": [self.scenario.name] * rows, "month": np.full(rows, month, dtype=np.int64)}
            tables.append({**when, **table})
        return below_each_other(tables)


def check_that_pairs_fit(scenario: Scenario, months: Sequence[int]) -> None:
    """See that there are not too many pairs to count.

    Raises:
        RequestError: if there are, with what is allowed.
    """
    members = members_ever(scenario)
    rows = members * (members - 1) // 2 * len(months)
    if rows > MOST_ROWS:
        raise RequestError(
            "pairs",
            f"{members:,} members in {len(months):,} months make {rows:,} rows of pairs; allowed are {MOST_ROWS:,}, "
            "which is 2,000 members in two months, or 500 in 32",
        )


def count_pairs(
    scenario: Scenario,
    *,
    seed: int,
    replicates: int,
    months: Sequence[int],
    workers: int | None = None,
    progress: Callable[[int], None] = lambda _networks: None,
) -> PairsOfRun:
    """Run the networks of a run again, each with its own parameters, and count who is tied and works with whom.

    Args:
        scenario: what was run.
        seed: of the luck.
        replicates: networks, from number 0 on (count).
        months: at whose end to look, ascending; 0 is the founding.
        workers: threads; nothing depends on it but the time.
        progress: hears of networks as they are counted.
    """
    tell = historian(scenario, seed=seed, months=months)
    counters = {month: PairCounter(members_ever(scenario)) for month in months}

    def look(numbers: range) -> list[dict[int, Standing]]:
        histories = map(tell, numbers)
        return [{month: Standing(one.ties[month], pairs_at_work(one, month)) for month in months} for one in histories]

    batches = [range(first, min(first + _BATCH, replicates)) for first in range(0, replicates, _BATCH)]
    for networks in in_order(look, batches, workers or processors()):
        for network in networks:
            for month, standing in network.items():
                counters[month].add(standing)
        progress(len(networks))
    return PairsOfRun(scenario, {month: counter.counted() for month, counter in counters.items()})
