"""How an adaptive sweep is run for `sweep`: rounds of points, each where most is to be learned from those before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from os import PathLike
from pathlib import Path

from results.commands.completing import check_contradictions
from results.commands.listener import Kept, Listener, compile_for
from results.commands.simulating import check_outcome, check_reachable
from results.commands.workers import workers_of
from results.emulating.adaptive_folder import Adaptive, forget_rounds, gather, networks_kept, run_rounds
from results.emulating.adding import Rounds, check_size, coding_of
from results.emulating.toward import Toward, read_toward
from results.folders.folder import claim
from results.sweeping.sweep_folder import SweepFolder, open_sweep
from results.words.currency import amounts_in
from scenarios.designs.fresh_points import fresh
from scenarios.files.faults import MissingExtraError, RequestError
from simulation.outcomes import Outcomes
from simulation.running.campaign import Campaign


def toward_of(text: str | None, outcomes: tuple[str, ...], known: Outcomes) -> Toward:
    """What points are added for: a threshold, or the first outcome everywhere.

    Raises:
        RequestError: if the threshold cannot be read, or reached.
    """
    if text is None:
        return Toward(outcomes[0])
    toward = read_toward(text)
    toward = replace(toward, outcome=check_outcome("toward", toward.outcome, known))
    if toward.value is not None:
        check_reachable("toward", toward.value, toward.outcome)
    return toward


def adaptive_of(campaign: Campaign, toward: Toward) -> Adaptive:
    """What is asked, from a campaign over as many points as are wanted.

    Raises:
        RequestError: if a Gaussian process cannot take them.
        MissingExtraError: if scikit-learn is not installed.
    """
    from importlib.util import find_spec

    if find_spec("sklearn") is None:
        raise MissingExtraError("--design adaptive", "scikit-learn", "emulate")
    design, points = campaign.design, len(campaign.design)
    check_size(points, coding_of(design.factors))
    count = Rounds.of(points, len(design.factors)).sizes[0]
    if design.binding.together:
        raise RequestError("table", "--table does not go with --design adaptive, which chooses values one by one")
    shares = fresh(design, count, design.seed).shares
    first = replace(design, kind="adaptive", shares=shares, size=count)
    return Adaptive(replace(campaign, design=first), toward, points)


@contextmanager
def completed_adaptive(
    asked: Adaptive,
    listener: Listener,
    *,
    out: str | PathLike[str] | None,
    workers: int | None,
    cluster: str | None,
    retry_failed: bool,
) -> Iterator[SweepFolder]:
    """Open the run folder and run every round that is missing; the folder is held until the context is left.

    Raises:
        RequestError: if failed points are to be run again: those after them follow from what came out.
        ContradictionError: if points of the first batch contradict themselves.
        FolderError: if the folder cannot take this run.
    """
    if retry_failed:
        raise RequestError(
            "retry_failed", "points of an adaptive design follow from those before them; run it in a new folder"
        )
    who = workers_of(workers, cluster, listener)
    path = Path(out) if out else None
    networks = asked.points * asked.first.replicates
    with amounts_in(asked.first.design.bases[0].costs.currency):
        whole = asked.chosen_in(path)
        if whole is None:
            check_contradictions(asked.first.design)
            with claim(path, asked.begun, listener.command_line, asked.first.design.bases) as folder:
                path = folder.path
                there = networks_kept(path)
                kept = Kept(path, lambda: None, lambda: networks_kept(folder.path))
                with listener.working(kept, networks):
                    if not cluster:
                        compile_for(asked.first.engine, listener, asked.first.design.bases)
                    with listener.progress(networks - there) as advance:
                        whole = run_rounds(asked, folder, who, advance, lambda _number, _points: None)
        with open_sweep(path, whole, listener.command_line, more=asked.more) as folder_of_all:
            for fault in folder_of_all.faults:
                listener.say(fault)
            gather(folder_of_all)
            with listener.progress(networks - folder_of_all.networks) as advance:
                folder_of_all.complete(who, advance)
            forget_rounds(folder_of_all.path)
            yield folder_of_all
