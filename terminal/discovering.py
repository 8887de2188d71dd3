"""`legato discover`: where a plan fails, from a folder of runs, and whether fresh runs bear that out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from terminal import sweeping
from terminal.printing import print_json
from terminal.reporting import keep_brief, print_said

if TYPE_CHECKING:
    from results.discovering.discovery import Discovery, Failure
    from results.sweeping.sweep_folder import SweepFolder
    from results.words.narrative import Said

MOST_FRESH = 1000
"""Fresh points at the most where nobody says how many."""


def discover(
    run: Path, out: Path | None, *, outcome: str, below: float | None, above: float | None, boxes: int,
    density: float, points: int | None, seed: int | None, as_json: bool, no_figures: bool, workers: int | None,
    cluster: str | None, retry_failed: bool,
) -> None:  # fmt: skip
    """The whole command."""
    failure = failure_of(outcome, below, above)
    there = folder_of(run)
    found = _search(there, failure, boxes, density)
    how = {"workers": workers, "cluster": cluster, "retry_failed": retry_failed}
    with checked(there, found, out, asked={"boxes": boxes, "density": density}, points=points, seed=seed, **how) as (
        folder,
        held,
    ):
        from results.discovering.documents import discover_document
        from results.folders.files import write
        from results.folders.folder import as_json as encoded

        campaign = folder.campaign
        document = discover_document(held, seed=campaign.seed, replicates=campaign.replicates)
        write(folder.path / "discover.json", encoded(document))
        if not no_figures:
            from results.figures import draw_discovery

            draw_discovery(held, folder.path / "figures")
        what = said_of(held, campaign.replicates, campaign.seed)
        keep_brief(folder.path, what)
    if as_json:
        print_json({**document, "run": str(run), "run_folder": str(folder.path)})
    else:
        print_said(what, folder.path)
    sweeping.exit_for(folder)


def failure_of(outcome: str, below: float | None, above: float | None) -> Failure:
    """What counts as failing; what is wrong with it is said as wrong use."""
    from results.discovering.discovery import Failure

    (outcome,) = sweeping.check_outcomes([outcome])
    if (below is None) == (above is None):
        raise click.UsageError("what counts as failing? give --below X, or --above X of a cost, say; one of the two")
    side: Literal["below", "above"] = "below" if below is not None else "above"
    value = below if below is not None else above
    assert value is not None
    sweeping.check_reachable(value, f"--{side}", outcome)
    return Failure(outcome, value, side)


def folder_of(run: Path) -> SweepFolder:
    """The folder that is searched; it has to be finished, and of this version of the model."""
    from results import FolderError
    from results.sweeping.sweep_folder import read_sweep

    try:
        there = read_sweep(run)
    except FolderError as error:
        raise click.UsageError(
            f"{error}; discover takes the folder of `legato sweep` or of `legato compare --over`"
        ) from None
    if another := there.folder.before and there.folder.before.another_model:
        raise click.UsageError(
            f"{run} was run with {another}; fresh points would not go together with it: run it again"
        )
    return there


def _search(there: SweepFolder, failure: Failure, boxes: int, density: float) -> Discovery:
    from results import FolderError
    from results.discovering.discovery import NothingToFindError
    from results.discovering.discovery import discover as search
    from results.discovering.prim import check_installed
    from scenarios.files.faults import MissingExtraError

    try:
        check_installed()
        return search(there.response(failure.outcome), failure, most=boxes, dense=density)
    except (FolderError, NothingToFindError, MissingExtraError) as error:
        raise click.UsageError(str(error)) from None


@contextmanager
def checked(
    there: SweepFolder, found: Discovery, out: Path | None, *, asked: dict[str, Any], points: int | None,
    seed: int | None, **how: Any,
) -> Iterator[tuple[SweepFolder, Discovery]]:  # fmt: skip
    """Run fresh points of the same factors, with fresh luck, and hold what was found to them."""
    from results.discovering.discovery import held_to
    from scenarios import ScenarioError
    from scenarios.designs.fresh_points import fresh
    from simulation.running.campaign import Campaign

    known = there.campaign
    luck = (known.seed + 1) % 2**32 if seed is None else seed
    if luck == known.seed:
        raise click.BadParameter(
            f"{luck} is the seed of {there.path}, so nothing would be fresh; take another", param_hint="--seed"
        )
    count = known.design.size if known.design.kind == "futures" else len(known.design)
    try:
        design = fresh(known.design, min(count, MOST_FRESH) if points is None else points, luck)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None
    campaign = Campaign(design, known.replicates, luck, known.engine)
    content = there.folder.before.content if there.folder.before else None
    more = {"of": content, "failure": asdict(found.failure), **asked}
    with sweeping.swept(campaign, out, command="discover", more=more, chosen=False, **how) as folder:
        yield folder, held_to(found, folder.response(found.failure.outcome))


def said_of(found: Discovery, replicates: int, seed: int) -> Said:
    """When it fails, how sure that is, and what the numbers mean."""
    from results.discovering import words as discovery_words
    from results.words.narrative import said

    tables = [discovery_words.regions_table(found), discovery_words.limits_table(found)] if found.regions else []
    return said(discovery_words.answer(found), tables, discovery_words.notes(found, replicates, seed))
