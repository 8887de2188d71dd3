"""Members and ties of many networks, month by month, as tables: a row for each network, month and member, or tie."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

import numpy as np

from results.datasets.columns import column_of
from results.datasets.frames import Frames
from results.folders.files import write
from results.folders.parquet import ROWS, Columns, opened
from scenarios import Scenario
from simulation.running.agents import ORIGINS, AgentMonths, agents
from simulation.running.ensemble import EngineName
from simulation.running.threads import in_order, processors
from simulation.snapshot import member_names

Add = Callable[[Columns], None]
MEMBERS, TIES = "agents", "agent-ties"
"""Names of the two tables."""


def agent_frames(
    scenario: Scenario,
    *,
    seed: int = 1,
    replicates: int = 1,
    first: int = 0,
    months: Sequence[int] | None = None,
    engine: EngineName = "compiled",
) -> Frames:
    """Members and ties of simulated networks as two data frames, "agents" and "agent-ties".

    They hold a row for each network, month and member that has ever been there, or tie, and stay in memory: SALEX has
    some 1,400 rows of members and 5,000 of ties a network. `legato export --as agents` writes any number to Parquet.

    Args:
        scenario: what to run.
        seed: of the luck.
        replicates: how many networks, the very ones of `simulation.run`.
        first: number of the first one.
        months: at whose end they are looked at; every month if left out.
        engine: "compiled", or "mesa" for the reference model.
    """
    import pandas as pd

    told = agents(scenario, seed=seed, months=months, engine=engine)
    workers = processors() if engine == "compiled" else 1
    parts = [_named(one) for one in in_order(told, range(first, first + replicates), workers)]
    made = {}
    for place, name in enumerate((MEMBERS, TIES)):
        frame = pd.DataFrame(_stacked([part[place] for part in parts]))
        made[name] = frame.copy
    about = {"source": scenario.name, "fingerprint": "", "seed": seed, "currency": scenario.costs.currency}
    return Frames(made, about)


def write_agents(
    scenario: Scenario, folder: Path, *, seed: int, replicates: Iterable[int], months: Sequence[int] | None
) -> tuple[tuple[Path, Path], AgentMonths]:
    """Write both tables as Parquet, a few networks at a time, so that any number of them takes no more memory.

    Unit and meaning of each column stand in the file's schema.

    Returns:
        The files, and the first network.
    """
    files = folder / f"{MEMBERS}.parquet", folder / f"{TIES}.parquet"
    told = in_order(agents(scenario, seed=seed, months=months), replicates, processors())
    begun = next(told)

    def both(of_members: BinaryIO) -> None:
        write(files[1], partial(_fill, begun, told, of_members))

    write(files[0], both)
    return files, begun


def _fill(begun: AgentMonths, told: Iterator[AgentMonths], of_members: BinaryIO, of_ties: BinaryIO) -> None:
    first = _named(begun)
    with (
        opened(first[0], of_members, _meanings(MEMBERS, first[0])) as members,
        opened(first[1], of_ties, _meanings(TIES, first[1])) as ties,
    ):
        waiting = [first]
        rows = len(begun.ties["month"])
        for one in told:
            waiting.append(_named(one))
            rows += len(one.ties["month"]) + len(one.members["month"])
            if rows >= ROWS:
                _add(waiting, members, ties)
                waiting, rows = [], 0
        if waiting:
            _add(waiting, members, ties)


def _add(waiting: Sequence[tuple[Columns, Columns]], members: Add, ties: Add) -> None:
    for place, add in enumerate((members, ties)):
        add(_stacked([part[place] for part in waiting]))


def _meanings(table: str, columns: Columns) -> dict[str, dict[str, str]]:
    return {name: dict(column_of(table, name)._asdict()) for name in columns}


def _named(one: AgentMonths) -> tuple[Columns, Columns]:
    """With members by name, and the number of the network in front."""
    members, ties, scenario = dict(one.members), dict(one.ties), one.scenario
    ever = 1 + int(max(column.max(initial=-1) for column in (members["member"], ties["other"])))
    names = np.array(member_names(scenario.roster, ever), dtype=object)
    words = {"member": names[members.pop("member")].tolist()}
    ends = {end: names[ties.pop(end)].tolist() for end in ("one", "other")}
    origin = np.array(ORIGINS, dtype=object)[ties.pop("origin")].tolist()

    def front(rows: int) -> Columns:
        return {"scenario": [scenario.name] * rows, "replicate": np.full(rows, one.replicate, np.int64)}

    when, at = members.pop("month"), ties.pop("month")
    return (
        {**front(len(when)), "month": when, **words, **members},
        {**front(len(at)), "month": at, **ends, "trust": ties.pop("trust"), "origin": origin, **ties},
    )


def _stacked(parts: Sequence[Columns]) -> Columns:
    whole: dict[str, object] = {}
    for name, column in parts[0].items():
        if isinstance(column, np.ndarray):
            whole[name] = np.concatenate([part[name] for part in parts])
        else:
            whole[name] = [word for part in parts for word in part[name]]
    return whole  # type: ignore[return-value]
