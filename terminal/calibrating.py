"""How parameters are learned from what happened from the command line, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from terminal.checking import findings, surveys_of
from terminal.printing import print_json, print_lines, print_table
from terminal.progress import progress
from terminal.reporting import keep_brief, print_said
from terminal.work import compile_for

if TYPE_CHECKING:
    from results.calibrating.abc_smc import Set
    from results.calibrating.posterior_summary import Free, Generation
    from results.folders.notes import Notes
    from results.studies.surveys import Surveyed
    from scenarios.observed.study import Observed

RECOVER = "Whether parameters that are known are found again: add --recover 20 to the same command."
UNFINISHED = (
    "The last generation was reached before the posterior was: it is wider than it should be. "
    "Ask for more --generations."
)
MADE_UP = (
    "Each data set is what the studies would have found with parameters drawn from their priors; patterns that are a "
    "mere direction are left out."
)
USE = "To use it: legato compare salex no-catalytic-funding --posterior {}"


def free_of(keys: Sequence[str]) -> tuple[Free, ...]:
    """The parameters to be learned; what is wrong with them is said as wrong use."""
    from results.calibrating.posterior_summary import free_parameters
    from scenarios import ScenarioError

    try:
        return free_parameters(keys)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None


@dataclass(frozen=True)
class Learning:
    """What is asked of the parameters, on the command line.

    Attributes:
        studies: what happened.
        surveys: those of the studies.
        free: parameters to be learned.
        particles: sets of them that the posterior is made of (count).
        networks: run with each (count).
        generations: at the most (count).
        seed: of everything.
        workers: threads; nothing depends on them but the time.
        out: the run folder, None for a new one.
        as_json: whether a JSON document is wanted.
        no_figures: whether figures are not.
    """

    studies: Sequence[Observed]
    surveys: Sequence[Surveyed]
    free: tuple[Free, ...]
    particles: int
    networks: int
    generations: int
    seed: int
    workers: int | None
    out: Path | None
    as_json: bool
    no_figures: bool

    def inputs(self, **more: Any) -> dict[str, Any]:
        """What the results depend on besides the studies, as JSON values."""
        return {
            "free": {one.key: [one.low, one.high] for one in self.free},
            "particles": self.particles,
            "networks": self.networks,
            "generations_at_most": self.generations,
            "seed": self.seed,
            **more,
        }


def learning(studies: Sequence[Observed], free: tuple[Free, ...], **asked: Any) -> Learning:
    """What is asked; a survey that cannot be used, or nothing to learn from, is said as wrong use."""
    from results.calibrating.likelihood import informative

    kept = [study for study in studies if study.patterns or study.survey]
    if not any(study.survey for study in kept) and not informative(
        [pattern for study in kept for pattern in study.patterns]
    ):
        raise click.UsageError("nothing that was observed has a size, so there is nothing to learn parameters from")
    return Learning(kept, surveys_of(kept), free, **asked)


def calibrate(asked: Learning) -> None:
    """Draw from the posterior, write it, and say what was learned."""
    from results.calibrating import abc_smc as calibration
    from results.calibrating import documents
    from results.studies.findings_folder import POSTERIOR
    from results.words.narrative import said
    from scenarios import write_posterior

    inputs = asked.inputs()
    with findings("calibrate", asked.studies, inputs, asked.out) as folder:
        score = calibration.scorer(
            asked.studies, networks=asked.networks, seed=asked.seed, surveys=asked.surveys, workers=asked.workers
        )
        with progress(None, "sets of parameters") as advance, _with_pyabc():
            found = calibration.calibrate(
                asked.free, _kept(score, folder.notes, advance), particles=asked.particles, seed=asked.seed,
                generations=asked.generations, told=_tell,
            )  # fmt: skip
        document = documents.calibration_document(found, asked.studies, inputs)
        posterior = documents.posterior_of(found, asked.studies, folder.path.name)
        draw = None
        if not asked.no_figures:
            from results.figures import draw_calibration

            draw = partial(draw_calibration, found.marginals)
        files = {POSTERIOR: f"# name: {posterior.name}\n{write_posterior(posterior)}".encode()}
        folder.finish("calibration", document, {"particles": documents.particle_columns(found)}, files=files, draw=draw)
        file = folder.path / POSTERIOR
        notes = ["" if found.finished else UNFINISHED, RECOVER]
        what = said([one.sentence for one in found.marginals], [documents.calibration_table(found)], notes)
        keep_brief(folder.path, what)
    if asked.as_json:
        return print_json({**document, "posterior": str(file), "run_folder": str(folder.path)})
    return print_said(what, folder.path, USE.format(file))


@contextmanager
def _with_pyabc() -> Iterator[None]:
    """What needs pyABC: if it is not installed, that is said with the command that installs it."""
    from scenarios.files.faults import MissingExtraError

    try:
        yield
    except MissingExtraError as error:
        raise click.UsageError(str(error)) from None


def _kept(score: Callable[[Set], float], notes: Notes, advance: Callable[[int], None]) -> Callable[[Set], float]:
    """A score that is looked up where an interrupted attempt has it already, and noted where it has not."""

    def looked_up(particle: Set) -> float:
        name = " ".join(f"{key}={value!r}" for key, value in particle.items())
        if name not in notes.known:
            notes.note(name, score(particle))
        advance(1)
        return float(notes.known[name])

    return looked_up


def _tell(generation: Generation) -> None:
    click.echo(
        f"Generation {generation.number + 1}: temperature {generation.temperature:.3g}, "
        f"{generation.scored:,} sets of parameters tried",
        err=True,
    )


def recover(asked: Learning, data_sets: int) -> None:
    """Calibrate data sets made from known parameters, and say how often the truth is found."""
    from results.calibrating import documents, recovery
    from results.words.narrative import said

    inputs = asked.inputs(recover=data_sets)
    with findings("calibrate", asked.studies, inputs, asked.out) as folder:
        done = []
        with progress(data_sets, "data sets") as advance, _with_pyabc():
            for one in recovery.recover(
                asked.studies, asked.free, data_sets=data_sets, particles=asked.particles,
                networks=asked.networks, generations=asked.generations, surveys=asked.surveys, seed=asked.seed,
                workers=asked.workers, known=folder.notes.known, keep=folder.notes.note,
            ):  # fmt: skip
                done.append(one)
                folder.notes.flush()
                advance(1)
        found = recovery.together(asked.free, done)
        document = documents.recovery_document(found, inputs)
        draw = None
        if not asked.no_figures:
            from results.figures import draw_recovery

            draw = partial(draw_recovery, found)
        folder.finish("recovery", document, {"recovery": documents.recovery_columns(found)}, draw=draw)
        what = said([], [documents.recovery_table(found)], [MADE_UP])
        keep_brief(folder.path, what)
    if asked.as_json:
        return print_json({**document, "run_folder": str(folder.path)})
    return print_said(what, folder.path)


def plan(
    studies: Sequence[Observed],
    free: Sequence[Free],
    waves: str | None,
    members: int | None,
    as_json: bool,
    *,
    seed: int,
    workers: int | None,
    **_asked_besides: Any,
) -> None:
    """Say which parameters could be learned, and run nothing else."""
    from results.calibrating import documents
    from results.calibrating.survey_plan import SETS, plan_studies, plan_survey

    compile_for("compiled")
    asked = {"free": {one.key: [one.low, one.high] for one in free}, "seed": seed}
    if waves is None:
        if members is not None:
            raise click.UsageError("--members needs --waves: months in which they are to be surveyed")
        studies = [study for study in studies if study.patterns]
        with progress(len(studies) * SETS, "networks") as advance:
            found = plan_studies(studies, free, networks=1, seed=seed, workers=workers, progress=advance)
        what = f"what was observed in {', '.join(study.name for study in studies)}"
    else:
        scenario, months = _planned(studies, waves, members)
        with progress(SETS, "networks") as advance:
            found = plan_survey(scenario, free, months, seed=seed, workers=workers, progress=advance)
        asked |= {"waves": list(months), "members": scenario.network.members}
        what = f"a survey of all {scenario.network.members} members in {_months(months)}"
    if as_json:
        return print_json(documents.plan_document(found, asked))
    print_lines([f"By {what}:"])
    print_table(documents.plan_table(found))
    note = (
        f"Read off {SETS:,} networks with parameters drawn from their priors, by a regression: a calibration may learn "
        "more. Narrower by 50 % or more is informed, by less than 15 % not at all."
    )
    return print_lines(["", note])


def _planned(studies: Sequence[Observed], waves: str, members: int | None) -> tuple[Any, list[int]]:
    import scenarios

    if len(studies) != 1:
        raise click.UsageError(
            f"--waves plans the survey of one network, and {len(studies)} studies are given; name one"
        )
    scenario = studies[0].scenario
    try:
        months = sorted({int(one) for one in waves.split(",")})
    except ValueError:
        raise click.BadParameter(f"'{waves}': allowed are months, such as 0,12,24", param_hint="--waves") from None
    if not 0 <= months[0] <= months[-1] <= scenario.last_month:
        raise click.BadParameter(
            f"'{waves}': allowed are months from 0 to {scenario.last_month}, the last that is simulated",
            param_hint="--waves",
        )
    if members is not None:
        try:
            scenario = scenarios.replace(scenario, {"network.members": members})
        except scenarios.ScenarioError as error:
            raise click.UsageError(str(error)) from None
    return scenario, months


def _months(months: Sequence[int]) -> str:
    return "month " + str(months[0]) if len(months) == 1 else "months " + ", ".join(map(str, months))
