"""How a design is run for a command: the run folder opened, and every point run that is missing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar

from results.commands.answer import Answer
from results.commands.listener import Kept, Listener, compile_for
from results.commands.workers import workers_of
from results.folders.manifest import MANIFEST
from results.sweeping.planning import contradictory
from results.sweeping.sweep_folder import SWEEP, SweepFolder, open_sweep
from results.sweeping.words import contradictions
from results.words.currency import amounts_in
from scenarios.designs.design import Design
from scenarios.files.faults import RefusedError, RequestError
from simulation.running.campaign import Campaign


class ContradictionError(RefusedError, ValueError):
    """A design with points whose values do not go together."""


@dataclass(frozen=True, eq=False, repr=False)
class DesignAnswer(Answer):
    """What the points of a design say.

    Attributes:
        sweep: the run folder with all points.
    """

    TABLE: ClassVar[str] = "points"

    _: KW_ONLY
    sweep: SweepFolder


@contextmanager
def completed(
    campaign: Campaign,
    listener: Listener,
    *,
    out: str | PathLike[str] | None,
    workers: int | None,
    cluster: str | None,
    retry_failed: bool,
    command: str = SWEEP,
    more: Mapping[str, Any] | None = None,
    chosen: bool = True,
) -> Iterator[SweepFolder]:
    """Open the run folder and run every point that is missing; the folder is held until the context is left.

    Args:
        campaign: what is run.
        listener: hears how the work goes.
        out: the run folder; a new one in runs/ if left out.
        workers: threads.
        cluster: address of a scheduler, whose workers do it instead.
        retry_failed: whether points that failed are run once more.
        command: which command asks.
        more: what else its results depend on, JSON values by name.
        chosen: whether somebody chose the points; one that contradicts itself is then refused before anything is run.

    Raises:
        RequestError: if nothing is there to be retried, or threads and a cluster are both asked for.
        ContradictionError: if points contradict themselves.
        FolderError: if the folder cannot take this run.
        ClusterError: if the cluster cannot be reached, or goes away.
    """
    path = None if out is None else Path(out)
    if retry_failed and (path is None or not path.exists()):
        raise RequestError("retry_failed", "it needs --out DIR, the folder of the sweep whose points failed")
    who = workers_of(workers, cluster, listener)
    is_there = path is not None and (path / MANIFEST).is_file()
    if chosen and (not is_there or campaign.design.kind == "sequence"):  # a sequence may have more points now
        check_contradictions(campaign.design)
    folder = open_sweep(path, campaign, listener.command_line, command=command, more=more)
    for fault in folder.faults:
        listener.say(fault)
    working = listener.working(Kept(folder.path, lambda: None, lambda: folder.networks), campaign.networks)
    with amounts_in(campaign.design.bases[0].costs.currency), folder, working:
        missing = campaign.networks - folder.networks
        again = sum(map(len, folder.failed.values())) * campaign.replicates if retry_failed else 0
        if (missing or again) and not cluster:
            compile_for(campaign.engine, listener, campaign.design.bases)
        with listener.progress(missing + again, also=partial(kept_points, folder)) as advance:
            if retry_failed:
                folder.retry_failed(who, advance)
            folder.complete(who, advance)
        yield folder


def kept_points(folder: SweepFolder) -> dict[str, int]:
    """How many points are kept, of how many, and how many of them failed."""
    campaign = folder.campaign
    return {
        "points": folder.networks // campaign.replicates,
        "of_points": len(campaign.design),
        "failed": sum(map(len, folder.failed.values())),
    }


def check_contradictions(design: Design) -> None:
    """See that the values at every point go together.

    Raises:
        ContradictionError: if not, with the first of those points, and the way out.
    """
    found = contradictory(design)
    if found.faults:
        raise ContradictionError(contradictions(found, design))
