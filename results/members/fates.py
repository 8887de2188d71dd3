"""What becomes of each member and of each pair, network by network, in the networks that the outcomes are of."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from results.estimates.joined_pairs import joined_only_through
from results.estimates.predicted_pairs import collaborating
from results.folders.parquet import Columns
from results.members.measures import MEASURES
from scenarios import Scenario
from scenarios.files.faults import RequestError
from simulation import History, historian, rules
from simulation.founding import members_ever
from simulation.running.threads import in_order, processors

MOST_MEMBERS = 500
"""Members beyond which nobody reads about each of them."""
MOST_CELLS = 200_000_000
"""Pairs times networks that are held at a time, a byte each."""
_BATCH = 20
"""Networks that a thread looks at at a time."""


@dataclass(frozen=True, eq=False)
class Fates:
    """What becomes of members in each network.

    Attributes:
        scenario: what was run.
        seed: of the luck.
        month: at whose end it was looked.
        values: by name of the measure, float[networks, members].
        working: whether two collaborate then, bool[networks, pairs], pairs as `pairs` has them.
        tied: networks in which two know each other then (count), int[pairs].
        alone_with: networks in which the second collaborates with the first and with nobody else (count), int[members,
            members].
    """

    scenario: Scenario
    seed: int
    month: int
    values: dict[str, NDArray[np.float64]]
    working: NDArray[np.bool_]
    tied: NDArray[np.int64]
    alone_with: NDArray[np.int64]

    @property
    def names(self) -> tuple[str, ...]:
        """Of the members."""
        assert self.scenario.roster is not None
        return self.scenario.roster.names

    @property
    def networks(self) -> int:
        """How many were run."""
        return len(self.working)

    @cached_property
    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The one and the other of each pair, int[pairs] each."""
        one, other = np.triu_indices(len(self.names), 1)
        return one.astype(np.int64), other.astype(np.int64)

    @cached_property
    def known_before(self) -> NDArray[np.bool_] | None:
        """Whether two have a tie as the scenario begins, bool[pairs]; None where these ties are drawn."""
        assert self.scenario.roster is not None
        ties = self.scenario.roster.ties
        if ties is None:
            return None
        known = np.zeros((len(self.names), len(self.names)), np.bool_)
        for one, other, _ in ties:
            known[one, other] = True
        return known[self.pairs]

    @property
    def columns(self) -> Columns:
        """A row for each member in each network."""
        rows = self.networks * len(self.names)
        return {
            "scenario": [self.scenario.name] * rows,
            "replicate": np.repeat(np.arange(self.networks, dtype=np.int64), len(self.names)),
            "member": list(self.names) * self.networks,
            **{name: values.reshape(-1) for name, values in self.values.items()},
        }


def check_that_members_are_named(scenario: Scenario, replicates: int) -> None:
    """See that there are members to speak of by name, and not too many.

    Raises:
        RequestError: if not, with the way out.
    """
    if scenario.roster is None:
        raise RequestError(
            "scenarios",
            f"{scenario.name} has no members by name: they are drawn again for every network, so member 3 of one is "
            "another organization than member 3 of the next. With your own members there is an answer: "
            "`legato new DIR --members FILE`",
        )
    members = len(scenario.roster.names)
    if members_ever(scenario) > MOST_MEMBERS:
        raise RequestError(
            "scenarios", f"{scenario.name} has {members_ever(scenario):,} members; allowed are {MOST_MEMBERS}"
        )
    cells = members * (members - 1) // 2 * replicates
    if cells > MOST_CELLS:
        raise RequestError(
            "replicates",
            f"{replicates:,} networks of {members} members are {cells:,} pairs; allowed are {MOST_CELLS:,}: "
            f"--replicates {MOST_CELLS // (members * (members - 1) // 2)}",
        )


def fates_of(
    scenario: Scenario,
    *,
    seed: int,
    replicates: int,
    month: int,
    first: int = 0,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda _networks: None,
) -> Fates:
    """Run networks, each with its own parameters, and look what has become of each member.

    Args:
        scenario: what to run; with members by name.
        seed: of the luck.
        replicates: networks (count).
        month: at whose end to look.
        first: number of the first network.
        workers: threads; nothing depends on it but the time.
        progress: hears of networks as they are looked at.
    """
    assert scenario.roster is not None
    named, ever = len(scenario.roster.names), members_ever(scenario)
    months = sorted({0, month, *(joins for joins in scenario.roster.joins if joins < month)})
    tell = historian(scenario, seed=seed, months=months)

    def look(numbers: range) -> _Looked:
        return _looked([tell(number) for number in numbers], month, months, named, ever)

    last = first + replicates
    batches = [range(start, min(start + _BATCH, last)) for start in range(first, last, _BATCH)]
    parts = []
    for part in in_order(look, batches, workers or processors()):
        parts.append(part)
        progress(len(part.working))
    return Fates(
        scenario,
        seed,
        month,
        {one.name: np.concatenate([part.values[one.name] for part in parts]) for one in MEASURES},
        np.concatenate([part.working for part in parts]),
        np.sum([part.tied for part in parts], axis=0, dtype=np.int64),
        np.sum([part.alone_with for part in parts], axis=0, dtype=np.int64),
    )


@dataclass(frozen=True, eq=False)
class _Looked:
    """The same of some networks."""

    values: dict[str, NDArray[np.float64]]
    working: NDArray[np.bool_]
    tied: NDArray[np.int64]
    alone_with: NDArray[np.int64]


def _looked(histories: list[History], month: int, months: list[int], named: int, ever: int) -> _Looked:
    count = len(histories)
    begun, left = np.zeros((count, ever), np.bool_), np.zeros((count, ever), np.bool_)
    tied = np.zeros((named, named), np.int64)
    working = np.stack([collaborating(one, month, ever) for one in histories])
    for number, one in enumerate(histories):
        told = one.chronicle.of(rules.FUNDED, rules.UNFUNDED)
        until = told.month <= month
        begun[number, told.one[until]] = begun[number, told.other[until]] = True
        for so_far in months:
            left[number, one.present[so_far]] = True  # whoever has not come yet has not left either
        left[number, one.present[month]] = False
        ties = one.ties[month]
        among = ties.other < named
        tied[ties.one[among], ties.other[among]] += 1
    partners = working.sum(axis=2)
    alone_with = working & (partners == 1)[:, None, :]  # the second has nobody but the first
    pairs = np.triu_indices(named, 1)
    values = {
        "collaborated": begun,
        "collaborating": partners > 0,
        "left": left,
        "partners": partners,
        "joins": joined_only_through(working.astype(np.float64)),
        "depend_on_it": alone_with.sum(axis=2),
    }
    return _Looked(
        {name: found[:, :named].astype(np.float64) for name, found in values.items()},
        working[:, pairs[0], pairs[1]],
        tied[pairs],
        alone_with[:, :named, :named].sum(axis=0, dtype=np.int64),
    )
