"""Many replicates of one scenario: the noun that simulation hands to results, and how it is run.

Replicates are run in blocks. Where a block begins and ends depends on the scenario alone, and blocks are added up in
their order, so that one thread or many give the same bytes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario
from scenarios.schema.whole_numbers import whole_number
from simulation.draws import MOST, identity
from simulation.founding import members_ever
from simulation.ledger import COLUMNS, Ledger, empty, in_periods, joined
from simulation.outcomes import Outcomes
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.running.memory import check_that_it_fits
from simulation.running.periods import periods_of_run
from simulation.running.threads import in_order, processors

if TYPE_CHECKING:
    from scenarios import OwnOutcomes, OwnRules
    from simulation.model.member import MemberOrganization

KEPT = 1000
"""Replicates whose monthly course is kept for the bands of figures; means run over all."""
LARGEST_BLOCK = 250
BLOCK_WORK = 300_000
"""Member-months in a block, at the most: some 0.1 seconds of the compiled engine, so that an interruption answers."""

EngineName = Literal["compiled", "mesa"]


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Replicates of one scenario. Replicate r lives through the same luck in every scenario with the same seed.

    Attributes:
        scenario: what was run; where it carries a posterior, each replicate with the values of its particle.
        seed: seed of the luck; (scenario, seed, replicate) repeats a run exactly.
        first: number of the first replicate; they are numbered without gaps.
        values: float[replicates, len(outcomes.names)], a row per replicate; nan where an outcome is missing.
        sum_months: sum over all replicates, float[months + 1, len(outcomes.monthly_names)]; index 0 is the founding.
        kept_months: monthly course of the first KEPT replicates, float[kept, months + 1, len(outcomes.monthly_names)].
        ledger: what each budget line cost in each period; None where nobody has asked for it.
        member_class: name of the class of members that the reference has run in the place of the shipped one; "" where
            it was the shipped one, also with the rules of a class.
    """

    scenario: Scenario
    seed: int
    first: int
    values: NDArray[np.float64]
    sum_months: NDArray[np.float64]
    kept_months: NDArray[np.float64]
    ledger: Ledger | None = None
    member_class: str = ""

    @property
    def replicates(self) -> int:
        """How many runs the ensemble has."""
        return len(self.values)

    @property
    def outcomes(self) -> Outcomes:
        """The catalogue of its outcomes: the shipped ones, and those of one's own."""
        return outcomes_of(self.scenario.outcomes)

    @property
    def mean_months(self) -> NDArray[np.float64]:
        """Mean over all replicates, float[months + 1, len(outcomes.monthly_names)]; index 0 is the founding."""
        return self.sum_months / self.replicates

    def __getitem__(self, outcome: str) -> NDArray[np.float64]:
        """One outcome of every replicate, float[replicates]."""
        return self.values[:, self.outcomes.names.index(outcome)]

    def course(self, outcome: str) -> NDArray[np.float64]:
        """One monthly outcome of the kept replicates, float[kept, months + 1]."""
        return self.kept_months[:, :, self.outcomes.monthly_names.index(outcome)]


@dataclass(frozen=True, eq=False)
class Block:
    """Some replicates of an ensemble, the unit in which work is done, kept, and taken up again.

    Attributes:
        first: number of the first replicate.
        values: float[replicates, outcomes].
        sum_months: float[months + 1, monthly outcomes].
        kept_months: courses of those of its replicates that are kept, float[kept, months + 1, monthly outcomes].
        flows: what each budget line cost in each period, as in `Ledger`; empty where nobody has asked for it.
    """

    first: int
    values: NDArray[np.float64]
    sum_months: NDArray[np.float64]
    kept_months: NDArray[np.float64]
    flows: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0, COLUMNS)))


def block_size(scenario: Scenario) -> int:
    """Replicates in a block: it depends on the scenario alone, never on who runs it."""
    return rows_of_block(members_ever(scenario), scenario.last_month)


def rows_of_block(members: int, months: int) -> int:
    """Replicates in a block of so many members that are ever there, and so many months."""
    return max(1, min(LARGEST_BLOCK, BLOCK_WORK // (members * months)))


def run(
    scenario: Scenario,
    *,
    seed: int = 1,
    replicates: int = 200,
    first: int = 0,
    engine: EngineName = "compiled",
    workers: int | None = None,
    progress: Callable[[int], None] | None = None,
    known: Mapping[int, Block] | None = None,
    keep: Callable[[Block], None] | None = None,
    ledger: bool = False,
    rules: "OwnRules | str | PathLike[str] | Mapping[str, Callable[..., Any]] | None" = None,
    member_class: "type[MemberOrganization] | None" = None,
    outcomes: "OwnOutcomes | str | PathLike[str] | Sequence[Callable[..., Any]] | None" = None,
) -> Ensemble:
    """Run replicates of a scenario.

    Args:
        scenario: what to run.
        seed: of the luck, 0 to 2^32 - 1; scenarios with the same seed are compared luck by luck.
        replicates: how many runs.
        first: number of the first one.
        engine: "compiled", or "mesa" for the reference model, which gives the same and takes fifty times as long.
        workers: threads of the compiled engine; as many as there are processors if left out.
        progress: called with the number of replicates newly done.
        known: blocks that an earlier, interrupted run has finished, by their first replicate; not run again.
        keep: called with each newly finished block, in order, before progress hears of it.
        ledger: whether what each budget line cost in each period is kept too.
        rules: that replace shipped ones: a file, functions by name, or rules that were read; see `own_rules`.
        member_class: a class that extends `MemberOrganization`: compiled where its decisions are rules, else run by the
            reference, with a warning that says why and how long it takes; see `subclassed`.
        outcomes: that are counted beside the shipped ones: a file, functions with `@outcome`, or outcomes that were
            read; see `own_outcomes`.

    Raises:
        ValueError: if seed, first, replicates or workers are no whole numbers, or out of range.
        ScenarioError: if rules, a class, or outcomes cannot be used, with what is wrong.
        OutcomeValueError: if an outcome of one's own is out of its range.
        MemoryError: if the run cannot fit, with the estimate.
    """
    if rules is not None:
        from simulation.own_rules.trying import rules_of

        scenario = scenario.with_rules(rules_of(rules))
    if outcomes is not None:
        from simulation.own_outcomes.trying import named

        scenario = scenario.with_outcomes(named(outcomes))
    seed, first = identity(seed, first)
    replicates = whole_number("replicates", replicates, 1)
    if first + replicates - 1 > MOST:
        raise ValueError(f"replicates {first} to {first + replicates - 1} asked for; allowed is up to number {MOST}")
    workers = processors() if workers is None else whole_number("workers", workers, 1)
    check_that_it_fits(scenario, replicates, workers)
    catalogue = outcomes_of(scenario.outcomes)
    values = np.full((replicates, len(catalogue.names)), np.nan)
    shape = scenario.last_month + 1, len(catalogue.monthly_names)
    kept = np.full((max(0, min(replicates, KEPT - first)), *shape), np.nan)
    sum_months = np.zeros(shape)
    size = block_size(scenario)
    starts = range(0, replicates, size)
    reference, members = None, ""
    if member_class is not None:
        from simulation.subclassing.subclassed import name_of, settle

        scenario, reference = settle(scenario, member_class, seed, first, replicates, engine)
        members = name_of(member_class) if reference else ""
    run_block = reference.run_block if reference else block_runner(scenario, seed, engine)
    periods = periods_of_run(scenario) if ledger else ()
    flows = np.zeros((replicates if ledger else 0, len(periods), COLUMNS))

    def work(start: int) -> tuple[Block, bool]:
        rows, courses, own = (whole[start : start + size] for whole in (values, kept, flows))
        old = (known or {}).get(first + start)
        if old is not None and _shapes(old) == (rows.shape, courses.shape, own.shape):
            rows[:], courses[:], own[:] = old.values, old.kept_months, old.flows
            return Block(first + start, rows, old.sum_months, courses, own), False
        spent = empty(len(rows), scenario.last_month) if ledger else None
        sums = run_block(first + start, rows, courses, spent)
        if spent is not None:
            own[:] = in_periods(spent, periods)
        return Block(first + start, rows, sums, courses, own), True

    def keep_new(done: tuple[Block, bool]) -> None:
        block, is_new = done
        if keep and is_new:
            keep(block)

    for done in in_order(work, starts, workers if engine == "compiled" and not reference else 1, rescue=keep_new):
        keep_new(done)
        block = done[0]
        sum_months += block.sum_months
        if progress:
            progress(len(block.values))
    entered = Ledger(periods, flows) if ledger else None
    return Ensemble(scenario, seed, first, values, sum_months, kept, entered, members)


def _shapes(block: Block) -> tuple[tuple[int, ...], ...]:
    return block.values.shape, block.kept_months.shape, block.flows.shape


class BlockRunner(Protocol):
    """Runs replicates `first` on into rows of values, courses of the first ones, and ledgers where they are wanted."""

    def __call__(
        self,
        first: int,
        values: NDArray[np.float64],
        kept_months: NDArray[np.float64],
        ledgers: NDArray[np.float64] | None = None,
        /,
    ) -> NDArray[np.float64]:
        """The sum of their monthly courses."""


def block_runner(scenario: Scenario, seed: int, engine: EngineName) -> BlockRunner:
    """What runs a block with the engine named; each is imported only when it is needed.

    Where the scenario carries a posterior, each replicate is run with its particle's values.

    Raises:
        ScenarioError: if its particles contradict the scenario, or make runs of another length.
        ValueError: if no engine has this name.
    """
    from simulation.own_rules.loading import with_rules

    if engine == "compiled":
        engine_module = with_rules(scenario.rules, "simulation.engine.run")
        compiled: BlockRunner = engine_module.Engine(scenario, seed).run_block
        return compiled
    if engine == "mesa":
        reference_module = with_rules(scenario.rules, "simulation.model.reference")
        reference: BlockRunner = reference_module.Reference(scenario, seed).run_block
        return reference
    raise ValueError(f"engine is {engine!r}; allowed is 'compiled' or 'mesa'")


def join(one: Ensemble, other: Ensemble) -> Ensemble:
    """Two ensembles of the same scenario and seed, the replicates of the other following those of the one.

    Raises:
        ValueError: if they do not follow each other: counting a run twice would narrow every interval.
    """
    if one.scenario != other.scenario or one.seed != other.seed:
        raise ValueError(f"ensembles of {one.scenario.name} and {other.scenario.name} differ in scenario or seed")
    if one.member_class != other.member_class:
        raise ValueError(f"ensembles of {one.scenario.name} differ in the class of members")
    if other.first != one.first + one.replicates:
        raise ValueError(
            f"replicates {other.first} on do not follow {one.first} to {one.first + one.replicates - 1}; "
            "pass each run once, in order"
        )
    return Ensemble(
        one.scenario,
        one.seed,
        one.first,
        np.concatenate([one.values, other.values]),
        one.sum_months + other.sum_months,
        np.concatenate([one.kept_months, other.kept_months]),
        joined(one.ledger, other.ledger),
        one.member_class,
    )
