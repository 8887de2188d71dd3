"""Every member and every tie of simulated networks at the end of every month, as the one model or the other has it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario, at_replicate
from scenarios.schema.whole_numbers import whole_number
from simulation import ledger, rules
from simulation.draws import identity
from simulation.engine import arrays
from simulation.running.ensemble import EngineName

Columns = dict[str, NDArray[Any]]
MEMBER_COLUMNS: Mapping[str, type] = {
    "month": np.int64, "member": np.int64, "present": np.bool_, "engagement": np.float64, "ties": np.int64,
    "trust": np.float64, "collaborations": np.int64, "funded": np.int64, "workload": np.float64,
    "capacity": np.int64, "practice": np.float64, "evidence": np.int64, "taken_up": np.int64,
    "took_up_from_others": np.bool_, "has_collaborated": np.bool_,
}  # fmt: skip
TIE_COLUMNS: Mapping[str, type] = {
    "month": np.int64, "one": np.int64, "other": np.int64, "trust": np.float64, "origin": np.int64,
    "collaborating": np.bool_, "funded": np.bool_,
}  # fmt: skip
ORIGINS = ("convening", "group", "introduction", "contact", "work", "application", "prior")
"""How a tie began, by the number of its kind in `rules`."""


@dataclass(frozen=True, eq=False)
class AgentMonths:
    """One network, member by member and tie by tie.

    Attributes:
        scenario: with the values that this network has lived with.
        replicate: number of the network.
        members: columns with a row for each month and member that has ever been there, in order of month and number:

            month: int, 0 is the founding.
            member: its number, int; that of its row in a roster.
            present: whether it is in the network, bool.
            engagement: in [0, 1], float.
            ties: whom it knows (count).
            trust: mean over its ties, in [0, 1]; nan without a tie.
            collaborations: active ones (count).
            funded: those of them under a grant (count).
            workload: what it carries, in collaborations; a funded one counts less, because a grant pays for staff.
            capacity: collaborations that it can carry (count).
            practice: its shared practice, in [0, 1], float.
            evidence: pieces of evidence that it has made so far with partners (count).
            taken_up: pieces that it has taken up so far, its own too (count).
            took_up_from_others: whether it has taken up one of others, bool.
            has_collaborated: whether it has begun a collaboration so far, bool.
        ties: columns with a row for each month and tie, in order of month and members: month, one, other (numbers,
            one < other), trust in [0, 1], origin (place in ORIGINS), collaborating and funded, bool.
    """

    scenario: Scenario
    replicate: int
    members: Mapping[str, NDArray[Any]]
    ties: Mapping[str, NDArray[Any]]


def agents(
    scenario: Scenario, *, seed: int = 1, months: Sequence[int] | None = None, engine: EngineName = "compiled"
) -> Callable[[int], AgentMonths]:
    """Who tells of any replicate of a scenario what its members and ties are like; threads may share one.

    Args:
        scenario: what to run; of a posterior that it carries, each replicate with its particle.
        seed: of the luck, 0 to 2^32 - 1.
        months: at whose end they are looked at; every month of the run if left out.
        engine: "compiled", or "mesa" for the reference model, which says the same and takes many times as long.

    Raises:
        ValueError: if a month lies outside the run.
    """
    from simulation.own_rules.loading import with_rules

    seed, _ = identity(seed, 0)
    today, last = scenario.network.today, scenario.last_month
    wanted = range(today, last + 1) if months is None else [whole_number("month", one, today, last) for one in months]
    chosen = sorted(set(wanted))
    if engine == "mesa":
        return lambda replicate: _by_mesa(scenario, seed, identity(seed, replicate)[1], chosen)
    told = with_rules(scenario.rules, "simulation.engine.run")
    engine = told.Engine(scenario, seed)

    def tell(replicate: int) -> AgentMonths:
        _, replicate = identity(seed, replicate)
        return _by_engine(told, engine, scenario, replicate, chosen)

    return tell


def _by_engine(module: Any, engine: Any, scenario: Scenario, replicate: int, months: Sequence[int]) -> AgentMonths:
    """What the compiled engine has of each member and tie.

    It keeps no month but the last, so each month is the end of a run that stops there: up to it, luck and rules are
    those of the whole run, in which nothing but the end depends on how many months there are.
    """
    events = engine.watch(replicate).events
    events = events[events["kind"] == rules.OUTPUT]
    numbers = engine._numbers_of(replicate)
    of_members, of_ties, state = [], [], engine._state()
    for month in months:
        state = _ended(module, engine, numbers, replicate, month, state)
        members = state.members[: state.counts[arrays.EVER]]
        ties = state.ties[: state.counts[arrays.HIGH]]
        ties = ties[ties.one >= 0]
        rows = _rows(engine, np.arange(len(members)))
        one, other = _rows(engine, ties.one.astype(np.int64)), _rows(engine, ties.other.astype(np.int64))
        working = ties.status == arrays.COLLABORATING
        made = np.concatenate([events["one"], events["other"]])[np.tile(events["month"] <= month, 2)]
        trust, known = np.zeros(len(members)), np.zeros(len(members), np.int64)
        ends = np.concatenate([ties.one, ties.other])
        np.add.at(trust, ends, np.tile(ties.trust, 2))
        np.add.at(known, ends, 1)
        order = np.argsort(rows)
        columns = {
            "month": np.full(len(members), month, np.int64),
            "member": rows,
            "present": members.present,
            "engagement": members.engagement,
            "ties": known,
            "trust": np.divide(trust, known, out=np.full(len(members), np.nan), where=known > 0),
            "collaborations": members.unfunded + members.funded,
            "funded": members.funded,
            "workload": members.unfunded + numbers.behaviour.funded_load * members.funded,  # as `rules.load`
            "capacity": members.capacity,
            "practice": members.practice,
            "evidence": np.bincount(made, minlength=len(members))[rows],
            "taken_up": members.taken_up,
            "took_up_from_others": members.from_others,
            "has_collaborated": members.ever,
        }
        of_members.append({name: np.array(column)[order] for name, column in columns.items()})
        first, second = np.minimum(one, other), np.maximum(one, other)
        order = np.lexsort((second, first))
        columns = {
            "month": np.full(len(ties), month, np.int64), "one": first, "other": second, "trust": ties.trust,
            "origin": ties.origin.astype(np.int64), "collaborating": working,
            "funded": working & (month < ties.grant_end),
        }  # fmt: skip
        of_ties.append({name: np.array(column)[order] for name, column in columns.items()})
    return AgentMonths(at_replicate(scenario, replicate), replicate, _below(of_members), _below(of_ties))


def _ended(module: Any, engine: Any, numbers: Any, replicate: int, month: int, state: Any) -> Any:
    """The engine's state at the end of a month: of a run that stops there; in `state`, or where that is too small."""
    derived = numbers.derived.copy()
    derived["last_month"] = month
    stopping = numbers._replace(derived=derived)
    last = engine.scenario.last_month
    values, total = np.full((1, module.COLUMNS), np.nan), np.zeros((last + 1, module.MONTHLY_COLUMNS))
    courses = np.zeros((0, last + 1, module.MONTHLY_COLUMNS))
    while not module.run_block(
        stopping, engine._roster, state, engine.seed, replicate, values, total, courses, 0, ledger.empty(0, last)
    ):
        engine._room *= 2
        state = engine._state()
    return state


def _rows(engine: Any, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of members in their roster; their numbers where there is none."""
    ordered = engine._ordered
    return np.asarray(ordered.rows(numbers) if len(ordered.members) else numbers, np.int64)


def _below(parts: Sequence[Columns]) -> Columns:
    """Months one below the other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _by_mesa(scenario: Scenario, seed: int, replicate: int, months: Sequence[int]) -> AgentMonths:
    """The same out of the reference model, asked of its agents."""
    from simulation.model.reference import let_go
    from simulation.own_rules.loading import with_rules

    model = with_rules(scenario.rules, "simulation.model.network")
    network = model.CollaborationNetwork(scenario, seed=seed, replicate=replicate)
    of_members: list[tuple[Any, ...]] = []
    of_ties: list[tuple[Any, ...]] = []
    while True:
        if network.month in months:
            made = [end for _, kind, *ends in network.chronicle if kind == rules.OUTPUT for end in ends]
            for member in network.in_rows:
                trust = [tie.trust for tie in member.known.values()]
                of_members.append((
                    network.month, member.row, member.present, member.engagement, len(trust),
                    sum(trust) / len(trust) if trust else np.nan, member.unfunded + member.funded, member.funded,
                    member.load, member.capacity, member.practice, made.count(member.row), member.taken_up,
                    member.took_up_from_others, member.ever_collaborated,
                ))  # fmt: skip
            for pair, tie in network.ties.items():
                work = network.collaborations.get(pair)
                ends = sorted(map(network.row_of, pair))
                is_funded = work is not None and work.funded(network.month)
                of_ties.append((network.month, *ends, tie.trust, tie.origin, work is not None, is_funded))
        if network.month >= max(months, default=0):
            break
        network.step()
    let_go(network)
    of_ties.sort(key=lambda row: row[:3])
    return AgentMonths(
        at_replicate(scenario, replicate), replicate, _columns(of_members, MEMBER_COLUMNS),
        _columns(of_ties, TIE_COLUMNS),
    )  # fmt: skip


def _columns(rows: Sequence[tuple[Any, ...]], kinds: Mapping[str, type]) -> Columns:
    return {name: np.array([row[place] for row in rows], kind) for place, (name, kind) in enumerate(kinds.items())}
