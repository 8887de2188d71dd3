"""How `run` and `compare` simulate: the run folder opened, every network run, and the precision that was reached."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import ClassVar

from results.commands import limits
from results.commands.listener import Kept, Listener, compile_for
from results.commands.of_scenarios import OfScenarios
from results.comparing.inquiry import Inquiry
from results.comparing.run_folder import RunFolder, open_folder
from results.estimates.precision import Precision
from results.words.currency import amounts_in
from results.words.precision import precision_sentence
from scenarios import Scenario
from scenarios.files.faults import RefusedError, RequestError, near_miss
from simulation.outcomes import Outcomes, outcome_named
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.running.ensemble import Ensemble


class TooLargeError(RefusedError, MemoryError):
    """What is asked does not fit into the memory."""


@dataclass(frozen=True, kw_only=True)
class Simulates(OfScenarios):
    """A question that is answered by as many networks of each scenario as it takes.

    Attributes:
        replicates: networks simulated of each scenario (count).
        precision: widest 95 % interval wanted, in the outcome's unit: networks are added until it is reached.
        watched: the outcome that the precision is about.

    The other attributes are those of `OfScenarios`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.RUNNING

    replicates: int = 500
    precision: float | None = None
    watched: str = "collaboration_rate"

    def inquiry(self, command: str, chosen: tuple[Scenario, ...], baseline: str) -> Inquiry:
        """What is asked of the simulation, for a command, of scenarios of which one is the baseline."""
        return Inquiry(
            command,
            chosen,
            baseline,
            self.seed,
            self.replicates,
            self.precision,
            self.watched,
            self.engine,
            self.workers,
        )


@dataclass(frozen=True, eq=False)
class Simulated:
    """Scenarios that were simulated with the same luck.

    Attributes:
        inquiry: what was asked.
        folder: the run folder, open.
        ensembles: in the order of the scenarios.
        reached: the precision, where one was wanted.
    """

    inquiry: Inquiry
    folder: RunFolder
    ensembles: tuple[Ensemble, ...]
    reached: Precision | None


@contextmanager
def simulated(inquiry: Inquiry, out: str | PathLike[str] | None, listener: Listener) -> Iterator[Simulated]:
    """Open the run folder and simulate; the folder is held until the context is left.

    Raises:
        RequestError: if there is no such outcome to be precise about.
        FolderError: if the folder cannot take this run.
        TooLargeError: if it does not fit into the memory.
        PrecisionError: if the wanted precision cannot be had.
    """
    watched = check_outcome("watched", inquiry.watched, counted_in(inquiry.scenarios))
    inquiry = replace(inquiry, watched=watched)
    check_that_it_fits(inquiry)
    with opened(inquiry, out, listener, None if inquiry.precision else inquiry.networks) as folder:
        with listener.progress(inquiry.networks) as advance:
            ensembles, reached = inquiry.simulate(advance, folder.kept)
        if reached is not None and reached.stopped:
            listener.say(precision_sentence(reached, is_open=True))
        yield Simulated(inquiry, folder, ensembles, reached)


@contextmanager
def opened(
    inquiry: Inquiry, out: str | PathLike[str] | None, listener: Listener, networks: int | None
) -> Iterator[RunFolder]:
    """Open the run folder and compile the model; the folder is held until the context is left.

    Args:
        inquiry: what was asked.
        out: the folder; a new one in runs/ if left out.
        listener: hears how the work goes.
        networks: that are to be simulated (count), None where that is not known beforehand.

    Raises:
        FolderError: if the folder cannot take this run.
    """
    folder = open_folder(Path(out) if out else None, inquiry.inputs, listener.command_line, inquiry.scenarios)
    for fault in folder.kept.faults:
        listener.say(fault)
    kept = Kept(folder.path, folder.kept.flush, lambda: folder.kept.replicates)
    with amounts_in(inquiry.scenarios[0].costs.currency), folder, listener.working(kept, networks):
        compile_for(inquiry.engine, listener, inquiry.scenarios)
        yield folder


def check_that_it_fits(inquiry: Inquiry) -> None:
    """See that everything fits into the memory.

    Raises:
        TooLargeError: with the estimate.
    """
    try:
        inquiry.check()
    except MemoryError as error:
        raise TooLargeError(str(error)) from None


def counted_in(scenarios: Sequence[Scenario]) -> Outcomes:
    """The outcomes that are counted in scenarios of one question."""
    return outcomes_of(scenarios[0].outcomes)


def check_outcome(field: str, outcome: str, known: Outcomes) -> str:
    """The outcome of a name, as the catalogue has it.

    Raises:
        RequestError: if there is none, with the near miss.
    """
    if outcome not in known:
        hint = near_miss(outcome, known.names) or f"; allowed: {', '.join(known.names)}"
        raise RequestError(field, f"no outcome is called '{outcome}'{hint}")
    return known.called(outcome)


def check_outcomes(field: str, outcomes: Sequence[str], known: Outcomes) -> tuple[str, ...]:
    """The outcomes, each once, as the catalogue has them.

    Raises:
        RequestError: if there is one that does not exist.
    """
    return tuple(dict.fromkeys(check_outcome(field, outcome, known) for outcome in outcomes))


def check_reachable(field: str, value: float, outcome: str) -> None:
    """See that the outcome can take such a value; 60 of a share is wrong, and 0.6 is what was meant.

    Raises:
        RequestError: if not.
    """
    if outcome_named(outcome).scale in ("share", "level") and not 0 <= value <= 1:
        hint = f"; did you mean {value / 100:g}?" if 1 < value <= 100 else ""
        raise RequestError(field, f"{value:g} cannot be reached: {outcome} runs from 0 to 1{hint}")
