"""How a campaign is run from the command line: asked for, planned, run to its end whatever happens, and told of."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from terminal.options import wanted_posterior
from terminal.printing import print_json, print_lines
from terminal.progress import progress
from terminal.work import Kept, compile_for, working

if TYPE_CHECKING:
    from results.estimates.response import Response
    from results.sweeping.sensitivity import ElementaryEffects, SobolIndices
    from results.sweeping.sweep_folder import SweepFolder
    from results.words.narrative import Said
    from results.words.table import Table
    from scenarios.designs.design import Design
    from scenarios.designs.factors import Factor
    from simulation.running.campaign import Campaign, Workers

    Analysis = SobolIndices | ElementaryEffects

READING = (
    "To read it: pandas.read_parquet('{0}/points.parquet'), a row a point; '{0}/outcomes' for a row a network. "
    "docs/sweeps.md has more, for DuckDB and R too."
)


def campaign_of(
    names: Sequence[str], *, varied: Sequence[str], settings: Sequence[str], posterior: str | None, fixed: bool,
    kind: Any, points: int | None, **asked: Any,
) -> Campaign:  # fmt: skip
    """The campaign that is asked for; what is wrong with it is said as wrong use."""
    from results.comparing.choosing_scenarios import choose
    from scenarios import ScenarioError
    from scenarios.designs.design import plan
    from scenarios.files.faults import MissingExtraError
    from scenarios.reading.posterior_file import posterior_of
    from simulation.running.campaign import Campaign

    try:
        known = posterior_of(wanted_posterior(posterior, fixed))
        scenarios = choose(names, settings, known)
        _not_both(varied, settings)
        design = plan(scenarios, varied, kind=kind, points=points, seed=asked["seed"], posterior=known)
    except (ScenarioError, MissingExtraError) as error:
        raise click.UsageError(str(error)) from None
    say_short(design.factors)
    return Campaign(design, asked["replicates"], asked["seed"], asked["engine"])


def say_short(factors: Sequence[Factor]) -> None:
    """Say of ranges whose steps do not reach their end where they stop, before anything is run."""
    for factor in factors:
        if factor.stops_short:
            click.echo(f"{factor.stops_short}.", err=True)


def _not_both(varied: Sequence[str], settings: Sequence[str]) -> None:
    """A value that is set is not varied: better asked than guessed."""
    both = {one.partition("=")[0].strip() for one in varied} & {one.partition("=")[0].strip() for one in settings}
    for key in sorted(both):
        raise click.UsageError(f"{key} is both in --set and in --vary; leave one out")


def check_outcomes(outcomes: Sequence[str]) -> tuple[str, ...]:
    """The outcomes asked for, each once; one that does not exist is wrong use."""
    from scenarios.files.faults import near_miss
    from simulation.outcomes import NAMES

    for outcome in outcomes:
        if outcome not in NAMES:
            hint = near_miss(outcome, NAMES) or f"; allowed: {', '.join(NAMES)}"
            raise click.UsageError(f"--outcome: no outcome is called '{outcome}'{hint}")
    return tuple(dict.fromkeys(outcomes))


def check_reachable(value: float, option: str, outcome: str) -> None:
    """A value that the outcome can take; 60 of a share is wrong use, and 0.6 is what was meant."""
    from simulation.outcomes import BY_NAME

    if BY_NAME[outcome].scale in ("share", "level") and not 0 <= value <= 1:
        hint = f"; did you mean {value / 100:g}?" if 1 < value <= 100 else ""
        raise click.UsageError(f"{option} {value:g}: {outcome} runs from 0 to 1{hint}")


def print_plan(campaign: Campaign, workers: int | None, out: Path | None, as_json: bool) -> None:
    """What it will take; nothing is written."""
    import json

    from results import FolderError
    from results.sweeping.documents import plan_document
    from results.sweeping.planning import plan_of
    from results.sweeping.sweep_folder import inputs_of, read_sweep
    from results.sweeping.words import plan_lines

    kept = 0
    if out is not None and out.exists():
        try:
            there = read_sweep(out)
        except FolderError:
            there = None
        if there is not None and there.folder.inputs == json.loads(json.dumps(inputs_of(campaign))):
            kept = there.networks
    compile_for(campaign.engine)
    plan = plan_of(campaign, workers, kept)
    if as_json:
        return print_json(plan_document(campaign, plan))
    return print_lines(plan_lines(plan, campaign.design))


@contextmanager
def swept(
    campaign: Campaign, out: Path | None, *, workers: int | None, cluster: str | None, retry_failed: bool,
    command: str = "sweep", more: Mapping[str, Any] | None = None, chosen: bool = True, **_asked: Any,
) -> Iterator[SweepFolder]:  # fmt: skip
    """The folder of a design in which everything has been run; whatever stops the work is said plainly.

    A design with points that contradict themselves is refused before anything is run, where somebody chose it.
    """
    from results import FolderError
    from results.folders.folder import MANIFEST
    from results.sweeping.sweep_folder import open_sweep

    if retry_failed and (out is None or not out.exists()):
        raise click.UsageError("--retry-failed needs --out DIR, the folder of the sweep whose points failed")
    who = workers_of(workers, cluster)
    line = ["legato", *sys.argv[1:]]
    if chosen and not (out is not None and (out / MANIFEST).is_file()):
        _refuse_contradictions(campaign.design)
    try:
        folder = open_sweep(out, campaign, line, command=command, more=more)
    except FolderError as error:
        raise click.UsageError(str(error)) from None
    for fault in folder.faults:
        click.echo(fault, err=True)
    with folder, working(line, Kept(folder.path, lambda: None, lambda: folder.networks), campaign.networks):
        missing = campaign.networks - folder.networks
        again = sum(map(len, folder.failed.values())) * campaign.replicates if retry_failed else 0
        if (missing or again) and not cluster:
            compile_for(campaign.engine)
        with progress(missing + again) as advance:
            if retry_failed:
                folder.retry_failed(who, advance)
            folder.complete(who, advance)
        yield folder


def _refuse_contradictions(design: Design) -> None:
    from results.sweeping.planning import contradictory
    from results.sweeping.words import contradictions

    found = contradictory(design)
    if found.faults:
        raise click.UsageError(contradictions(found, design))


def workers_of(count: int | None, cluster: str | None) -> Workers:
    """Who runs points: threads here, or a cluster; what cannot be is said as wrong use."""
    from scenarios.files.faults import MissingExtraError
    from simulation.running.campaign import ThreadWorkers

    if cluster is None:
        return ThreadWorkers(count)
    import logging

    from simulation.running.cluster import ClusterWorkers, check_installed

    if count is not None:
        raise click.UsageError("--workers counts threads here, --cluster has workers of its own; leave one out")
    try:
        check_installed()
    except MissingExtraError as error:
        raise click.UsageError(str(error)) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it has to say, we say
    return ClusterWorkers(cluster, lambda text: click.echo(text, err=True))


def finished_sweep(names: Sequence[str]) -> SweepFolder | None:
    """The finished sweep that is meant, where the one name given is a run folder."""
    from results import FolderError
    from results.folders.folder import MANIFEST
    from results.sweeping.sweep_folder import read_sweep

    if len(names) != 1 or not (Path(names[0]) / MANIFEST).is_file():
        return None
    context = click.get_current_context()
    for option in context.command.params:
        given = option.name and context.get_parameter_source(option.name) is click.core.ParameterSource.COMMANDLINE
        if given and option.name not in ("names", "outcomes", "as_json", "no_figures"):
            raise click.UsageError(
                f"{names[0]} is a finished sweep, whose design is settled; leave {option.opts[0]} out"
            )
    try:
        return read_sweep(names[0])
    except FolderError as error:
        raise click.UsageError(str(error)) from None


def analyse(folder: SweepFolder, outcome: str) -> tuple[Response, Analysis]:
    """One outcome of a sweep and its sensitivity analysis; a design that is incomplete, or another one, is refused."""
    from results import FolderError
    from results.sweeping import sensitivity
    from scenarios.files.faults import MissingExtraError

    method: Any = sensitivity.morris if folder.campaign.design.kind == "morris" else sensitivity.sobol
    try:
        response = folder.response(outcome)
        return response, method(response, seed=folder.campaign.seed)
    except (MissingExtraError, sensitivity.KindError) as error:
        raise click.UsageError(str(error)) from None
    except FolderError as error:
        raise click.ClickException(str(error)) from None
    except sensitivity.IncompleteError as error:
        raise click.ClickException(f"{error}\nRun folder: {folder.path}") from None


def sweep_document(folder: SweepFolder, responses: Sequence[Response]) -> dict[str, Any]:
    """What `sweep --json` prints."""
    from results.sweeping import documents

    document = documents.sweep_document(folder.campaign, responses, dict(folder.failures()))
    return {**document, "run_folder": str(folder.path)}


def said_of_sweep(folder: SweepFolder, responses: Sequence[Response]) -> Said:
    """What a sweep found."""
    from results.sweeping import words as sweep_tables
    from results.sweeping.design_notes import design_notes
    from results.words.horizon import counted_until_each
    from results.words.narrative import said
    from results.words.varying import of_design

    body = [sweep_tables.effects_table(response) for response in responses]
    if len(folder.campaign.design) <= sweep_tables.FEW_POINTS:
        body.append(sweep_tables.points_table(responses))
    design = folder.campaign.design
    known = of_design(design, "±", folder.campaign.replicates)
    answer = [sweep_tables.sweep_answer(response) for response in responses]
    notes = [*sweep_tables.effect_notes(responses), sweep_tables.shared_luck(design), *design_notes(design), known]
    until = counted_until_each(design.bases, (factor.key for factor in design.factors), "points")
    return said(answer, body, [*notes, until])


def sensitivity_document(folder: SweepFolder, analyses: Sequence[Analysis]) -> dict[str, Any]:
    """What `sensitivity --json` prints."""
    from results.sweeping import documents

    return {**documents.sensitivity_document(folder.campaign, analyses), "run_folder": str(folder.path)}


def said_of_sensitivity(folder: SweepFolder, analyses: Sequence[Analysis]) -> Said:
    """What matters, and how much of it is luck."""
    from results.sweeping import words as sweep_tables
    from results.sweeping.design_notes import design_notes
    from results.words.horizon import counted_until_each
    from results.words.narrative import said
    from results.words.varying import of_design, varying_keys

    design = folder.campaign.design
    over = len(varying_keys(design.bases))
    body: list[Table | Sequence[str]] = []
    for number, analysis in enumerate(analyses):
        body += [[sweep_tables.sensitivity_answer(analysis, over)]] if number else []
        body += [*sweep_tables.sensitivity_tables(analysis), analysis.notes]
    known = of_design(design, "what is called luck", folder.campaign.replicates)
    until = counted_until_each(design.bases, (factor.key for factor in design.factors), "points")
    return said([sweep_tables.sensitivity_answer(analyses[0], over)], body, [*design_notes(design), known, until])


def exit_for(folder: SweepFolder) -> None:
    """Exit code 1 where points failed, with the count, the first errors, and what to do.

    A point that contradicts itself fails every time, so that running it again is not advised.
    """
    failed = sum(map(len, folder.failed.values()))
    if not failed:
        return
    first: dict[str, int] = {}
    design, hopeless = folder.campaign.design, 0
    for point, error in folder.failures():
        if len(first) < 3:
            first.setdefault(error, point)
        hopeless += bool(design.contradiction(point))
    told = "".join(f"\n  point {point}: {_indented(error)}" for error, point in first.items())
    again = f"To run just these once more, add: --retry-failed --out {folder.path}"
    if hopeless:
        again = f"{hopeless:,} of them contradict themselves and would fail again" + (
            f". To run the others once more, add: --retry-failed --out {folder.path}" if hopeless < failed else ""
        )
    raise click.ClickException(
        f"{failed:,} of {len(design):,} points failed; the others are whole. Each is a row of points.parquet with its "
        f"error and traceback.{told}\n{again}"
    )


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")
