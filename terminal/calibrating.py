"""How parameters are learned from what happened from the command line, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from terminal.checking import findings, surveys_of
from terminal.printing import print_json, print_lines, print_notes, print_table
from terminal.progress import progress
from terminal.working import compile_for

if TYPE_CHECKING:
    from results.calibration import Free, Generation, Set
    from results.notes import Notes
    from scenarios.observed import Observed

RECOVER = "Whether parameters that are known are found again: add --recover 20 to the same command."
UNFINISHED = (
    "The last generation was reached before the posterior was: it is wider than it should be. "
    "Ask for more --generations."
)
USE = "To use it: legato compare salex no-catalytic-funding --posterior {}"


def free_of(keys: Sequence[str]) -> tuple[Free, ...]:
    """The parameters to be learned; what is wrong with them is said as wrong use."""
    from results.calibration import free_parameters
    from scenarios import ScenarioError

    try:
        return free_parameters(keys)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None


def _asked(free: Sequence[Free], **asked: Any) -> dict[str, Any]:
    """What the results depend on besides the studies, as JSON values."""
    return {**asked, "free": {one.key: [one.low, one.high] for one in free}}


def _with_patterns(studies: Sequence[Observed]) -> Sequence[Observed]:
    from results.likelihood import informative

    kept = [study for study in studies if study.patterns or study.survey]
    if not any(study.survey for study in kept) and not informative(
        [pattern for study in kept for pattern in study.patterns]
    ):
        raise click.UsageError("nothing that was observed has a size, so there is nothing to learn parameters from")
    return kept


def calibrate(
    studies: Sequence[Observed],
    free: Sequence[Free],
    _data_sets: int | None,
    *,
    particles: int,
    networks: int,
    generations: int,
    seed: int,
    workers: int | None,
    out: Path | None,
    as_json: bool,
    no_figures: bool,
) -> None:
    """Draw from the posterior, write it, and say what was learned."""
    from results import calibration
    from results import calibration_documents as documents
    from scenarios import write_posterior
    from scenarios.faults import MissingExtraError

    studies = _with_patterns(studies)
    surveys = surveys_of(studies)
    asked = _asked(free, particles=particles, networks=networks, generations_at_most=generations, seed=seed)
    with findings("calibrate", studies, asked, out) as folder:
        score = calibration.scorer(studies, networks=networks, seed=seed, surveys=surveys, workers=workers)
        with progress(None, "sets of parameters") as advance:
            try:
                found = calibration.calibrate(
                    free, _kept(score, folder.notes, advance), particles=particles, seed=seed, generations=generations,
                    told=_tell,
                )  # fmt: skip
            except MissingExtraError as error:
                raise click.UsageError(str(error)) from None
        document = documents.calibration_document(found, studies, asked)
        posterior = documents.posterior_of(found, studies, folder.path.name)
        draw = None
        if not no_figures:
            from results.figures import draw_calibration

            draw = partial(draw_calibration, found.marginals)
        files = {"posterior.csv": f"# name: {posterior.name}\n{write_posterior(posterior)}".encode()}
        folder.finish("calibration", document, {"particles": documents.particle_columns(found)}, files=files, draw=draw)
    file = folder.path / "posterior.csv"
    if as_json:
        return print_json({**document, "posterior": str(file), "run_folder": str(folder.path)})
    print_lines([one.sentence for one in found.marginals])
    print_table(documents.calibration_table(found))
    notes = ["" if found.finished else UNFINISHED, RECOVER, USE.format(file)]
    return print_notes(notes, folder.path)


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


def recover(
    studies: Sequence[Observed],
    free: Sequence[Free],
    data_sets: int | None,
    *,
    particles: int,
    networks: int,
    generations: int,
    seed: int,
    workers: int | None,
    out: Path | None,
    as_json: bool,
    no_figures: bool,
) -> None:
    """Calibrate data sets made from known parameters, and say how often the truth is found."""
    from results import calibration_documents as documents
    from results import recovery
    from scenarios.faults import MissingExtraError

    studies = _with_patterns(studies)
    surveys = surveys_of(studies)
    asked = _asked(
        free,
        workers=None,
        particles=particles,
        networks=networks,
        generations_at_most=generations,
        seed=seed,
        recover=data_sets,
    )
    with findings("calibrate", studies, asked, out) as folder:
        with progress(data_sets, "data sets") as advance:
            done = []
            try:
                for one in recovery.recover(
                    studies, free, data_sets=data_sets or 1, particles=particles, networks=networks,
                    generations=generations, surveys=surveys, seed=seed, workers=workers, known=folder.notes.known,
                    keep=folder.notes.note,
                ):  # fmt: skip
                    done.append(one)
                    folder.notes.flush()
                    advance(1)
            except MissingExtraError as error:
                raise click.UsageError(str(error)) from None
        found = recovery.together(free, done)
        document = documents.recovery_document(found, asked)
        draw = None
        if not no_figures:
            from results.figures import draw_recovery

            draw = partial(draw_recovery, found)
        folder.finish("recovery", document, {"recovery": documents.recovery_columns(found)}, draw=draw)
    if as_json:
        return print_json({**document, "run_folder": str(folder.path)})
    print_table(documents.recovery_table(found))
    note = (
        "Each data set is what the studies would have found with parameters drawn from their priors; patterns that "
        "are a mere direction are left out."
    )
    return print_notes([note], folder.path)


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
    from results import calibration_documents as documents
    from results.survey_plan import SETS, plan_studies, plan_survey

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
