"""How what happened is checked against the model from the command line, and how it is told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from terminal.progress import progress
from terminal.work import Kept, compile_for, working

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from results.checking.check import Check
    from results.studies.findings_folder import FindingsFolder
    from results.studies.surveys import Surveyed
    from results.words.narrative import Said
    from results.words.table import Table
    from scenarios import Posterior
    from scenarios.observed.study import Observed


NETWORKS = 200
"""Virtual networks for each pattern, where nobody says how many; for surveys see `results.checking.survey_fit`."""


def studies_of(
    what: str, settings: Sequence[str], posterior: str | None
) -> tuple[tuple[Observed, ...], Posterior | None]:
    """What happened, and what is known of the parameters; what is wrong with either is said as wrong use."""
    from results.studies.choosing_studies import studies_of
    from scenarios import ScenarioError
    from scenarios.reading.posterior_file import posterior_of

    try:
        return studies_of(what, settings), posterior_of(posterior)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None


@contextmanager
def findings(
    command: str, studies: Sequence[Observed], asked: Mapping[str, Any], out: Path | None
) -> Iterator[FindingsFolder]:
    """The run folder, in which work may be stopped and taken up again."""
    from results import FolderError
    from results.studies.findings_folder import open_findings

    line = ["legato", *sys.argv[1:]]
    try:
        folder = open_findings(out, command, studies, asked, line)
    except FolderError as error:
        raise click.UsageError(str(error)) from None
    for fault in folder.folder.faults:
        click.echo(fault, err=True)
    kept = Kept(folder.path, folder.notes.flush, lambda: len(folder.notes.known), "findings")
    with folder, working(line, kept, None):
        compile_for("compiled")
        yield folder


def inputs(posterior: Posterior | None, **asked: Any) -> dict[str, Any]:
    """What the results depend on besides the studies, as JSON values; threads are not among it."""
    asked.pop("workers")
    return {**asked, "posterior": None if posterior is None else dict(posterior.describe())}


def check(
    studies: Sequence[Observed],
    surveys: Sequence[Surveyed],
    posterior: Posterior | None,
    *,
    networks: int,
    survey_networks: int | None,
    seed: int,
    workers: int | None,
    assumptions: bool,
    hold_out: bool,
    folder: FindingsFolder,
) -> Check:
    """Check patterns, then surveys, then assumptions; each verdict on an assumption is kept as it is found."""
    from results.checking.check import Check, check_assumptions, check_patterns, first_sets
    from results.checking.necessity import from_finding, to_finding
    from results.checking.survey_fit import fit
    from results.checking.survey_verdicts import verdicts
    from results.studies.choosing_studies import believed_sets
    from scenarios import ASSUMPTIONS

    asked = [study for study in studies if study.patterns]
    sets, each = believed_sets(posterior, networks)
    half = max(1, len(sets) // 2)
    with progress(len(asked) * len(sets), "parameter sets") as advance:
        found = check_patterns(asked, sets, networks=each, seed=seed, workers=workers, progress=advance)
    fits = []
    for one in surveys:
        with progress(None, "networks") as advance:
            fits.append(
                (one, fit(one.scenario(posterior), one.waves, seed=seed, networks=survey_networks, workers=workers,
                          hold_out=hold_out, progress=advance))
            )  # fmt: skip
    judged = []
    if assumptions:
        known = {name: from_finding(kept) for name, kept in folder.notes.known.items()}
        with progress(len(ASSUMPTIONS), "assumptions") as advance:
            for verdict in check_assumptions(
                asked, sets[:half], first_sets(found.predictions, half), networks=each, surveys=fits,
                posterior=posterior, seed=seed, workers=workers, known=known,
            ):  # fmt: skip
                judged.append(verdict)
                if verdict.id not in known:
                    folder.notes.note(verdict.id, to_finding(verdict))
                advance(1)
    surveyed = [verdict for one, fitted in fits for verdict in verdicts(one.study.name, fitted)]
    return Check(found.predictions, (*found.verdicts, *surveyed), tuple(judged), tuple(one for _, one in fits))


def surveys_of(studies: Sequence[Observed], networks: int | None = None) -> tuple[Surveyed, ...]:
    """The surveys among the studies; what is wrong with their tables, or too few networks, is said as wrong use."""
    from results.studies.surveys import read_surveys
    from scenarios import ScenarioError

    try:
        found = read_surveys(studies)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None
    if found and networks == 1:
        raise click.BadParameter(
            "1; allowed is 2 or more with a survey, for one network does not spread", param_hint="--replicates"
        )
    return found


def document(found: Check, posterior: Posterior | None, *, seed: int, networks: int, **_asked: Any) -> dict[str, Any]:
    """What `check --json` prints, without the folder."""
    from results.checking.documents import check_document
    from results.words.document import posterior_document

    return check_document(found, seed, networks, posterior_document(posterior, found.replicates_of_parameters))


def keep(
    found: Check,
    document: Mapping[str, Any],
    folder: FindingsFolder,
    posterior: Posterior | None,
    draw: Callable[[Path], object] | None,
) -> None:
    """Write everything that was found."""
    from results.checking import documents
    from results.checking.words import of_survey
    from results.studies.findings_folder import POSTERIOR
    from scenarios import write_posterior

    tables = {
        "patterns": documents.pattern_columns(found.verdicts),
        "draws": documents.draw_columns(found),
        "assumptions": documents.assumption_columns(found.assumptions),
    }
    if found.fits:
        names = list(dict.fromkeys(one.study for one in found.verdicts if of_survey(one)))
        tables["fit"] = documents.fit_columns(found.fits, names)
        tables["survey-draws"] = documents.survey_draw_columns(found.fits, names)
    files = {} if posterior is None else {POSTERIOR: f"# name: {posterior.name}\n{write_posterior(posterior)}".encode()}
    folder.finish("check", document, tables, files=files, draw=draw)


def said_of(found: Check, studies: Sequence[Observed], posterior: Posterior | None) -> Said:
    """What was found."""
    from results.checking import words as tables
    from results.words.narrative import said
    from results.words.varying import of_posterior

    body: list[Table | Sequence[str]] = [*tables.check_tables(found.verdicts), tables.reasons(found.verdicts)]
    body += [tables.assumption_table(found.assumptions)] if found.assumptions else []
    notes = tables.notes(found.verdicts, found.assumptions, found.fits, studies)
    learned = tables.learned_from(studies, posterior)
    answer = [*tables.answer(found.verdicts, found.assumptions, found.fits), *filter(None, [learned])]
    varies = of_posterior(posterior, found.replicates_of_parameters)
    if posterior is not None and found.assumptions and found.predictions:
        half = max(1, found.predictions[0].counts.shape[0] // 2)
        varies += f" Assumptions are switched off with the first {half} of these sets of parameters."
    return said(answer, body, [varies, *notes], tables.facts_table(studies))


def figures_of(found: Check) -> Callable[[Path], object]:
    """What draws the figures."""
    from results import figures
    from results.checking.words import of_survey

    patterns = [one for one in found.verdicts if not of_survey(one)]

    def draw(folder: Path) -> None:
        figures.draw_check(patterns, found.assumptions, folder)
        for number, fit in enumerate(found.fits, start=1):
            figures.draw_fit(fit, folder / ("fit" if len(found.fits) == 1 else f"fit-{number}"))

    return draw
