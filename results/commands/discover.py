"""`legato discover`: where a plan fails, from a folder of runs, and whether fresh runs bear that out."""

from dataclasses import KW_ONLY, asdict, dataclass
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar, Literal

from results.commands import limits
from results.commands.answer import keep_brief
from results.commands.briefed import Briefed
from results.commands.completing import DesignAnswer, completed
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.simulating import check_outcome, check_reachable
from results.discovering import words
from results.discovering.discovery import DENSE, Discovery, Failure, held_to
from results.discovering.discovery import discover as search
from results.discovering.documents import DiscoverDocument, discover_document
from results.discovering.prim import check_installed
from results.folders.files import as_json, write
from results.folders.manifest import FolderError
from results.sweeping.failed_points import failed_points
from results.sweeping.sweep_folder import SweepFolder, read_sweep
from results.words.narrative import Said, said
from scenarios.designs.fresh_points import fresh
from scenarios.files.faults import RefusedError, RequestError
from simulation.outcomes import Outcomes
from simulation.running.campaign import Campaign

MOST_FRESH = 1000
"""Fresh points at the most where nobody says how many."""


@dataclass(frozen=True)
class Discover(Briefed):
    """In which region of levers and uncertainties does an outcome fail?

    Regions are boxes among the points of `run`; each is then held to fresh points, run with fresh luck, in a run
    folder of their own.

    Attributes:
        run: the folder of a finished sweep, or of a comparison over futures.
        outcome: what is judged at each point.
        below: it fails below that, in its own unit.
        above: it fails above that: of a cost, say. One of the two is to be given.
        boxes: regions at the most; each further one is of what the others leave (count).
        density: how many of a region's points should fail (share); of regions that are as dense, the one is taken that
            says most.
        points: fresh points that regions are held to, or fresh futures (count); as many as `run` has, to 1,000, if
            left out.
        seed: of the fresh points and their luck; one more than that of `run` if left out.
        out: the run folder, in which a run that was stopped goes on; a new one in runs/ if left out.
        retry_failed: whether the fresh points that failed, of the run in `out`, are run once more.
        figures: whether they are drawn.
        workers: threads, one for each processor if left out; nothing depends on it but the time.
        cluster: address of a dask.distributed scheduler, "tcp://HOST:PORT", whose workers run the points instead.

    The other attributes are those of `Briefed`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.DISCOVERING

    run: str | PathLike[str]
    _: KW_ONLY
    outcome: str = "collaboration_rate"
    below: float | None = None
    above: float | None = None
    boxes: int = 3
    density: float = DENSE
    points: int | None = None
    seed: int | None = None
    out: str | PathLike[str] | None = None
    retry_failed: bool = False
    figures: bool = True
    workers: int | None = None
    cluster: str | None = None

    def answer(self, listener: Listener = HERE) -> "DiscoverAnswer":
        """Find where it fails, and run fresh points to see; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed. Points that fail by themselves are rows with their error instead.
        """
        side = self._side()
        there = _finished(Path(self.run))
        failure = self._failure(side, there.campaign.outcomes)
        check_installed()
        found = search(there.response(failure.outcome), failure, most=self.boxes, dense=self.density)
        more = {
            "of": there.folder.before.content if there.folder.before else None,
            "failure": asdict(failure),
            "boxes": self.boxes,
            "density": self.density,
        }
        with completed(
            self._fresh(there), listener, out=self.out, workers=self.workers, cluster=self.cluster,
            retry_failed=self.retry_failed, command="discover", more=more, chosen=False,
        ) as folder:  # fmt: skip
            held = held_to(found, folder.response(failure.outcome))
            campaign = folder.campaign
            document = discover_document(held, seed=campaign.seed, replicates=campaign.replicates)
            write(folder.path / "discover.json", as_json(document))
            if self.figures:
                from results.figures import draw_discovery

                draw_discovery(held, folder.path / "figures")
            what = _said(held, campaign)
            keep_brief(folder.path, what, listener, self.head)
        return DiscoverAnswer(
            what,
            {**document, "run": str(self.run)},
            folder.path,
            failed=failed_points(folder),
            sweep=folder,
            discovery=held,
        )

    def _side(self) -> Literal["below", "above"]:
        """On which side of a threshold it fails."""
        if (self.below is None) == (self.above is None):
            raise NoFailureError("what counts as failing? Give --below X, or --above X (for a cost, say), not both")
        return "above" if self.below is None else "below"

    def _failure(self, side: Literal["below", "above"], known: Outcomes) -> Failure:
        """What counts as failing, where these outcomes are known."""
        outcome, threshold = (
            check_outcome("outcome", self.outcome, known),
            self.above if side == "above" else self.below,
        )
        assert threshold is not None
        check_reachable(side, threshold, outcome)
        return Failure(outcome, threshold, side)

    def _fresh(self, there: SweepFolder) -> Campaign:
        """Fresh points of the same factors, with fresh luck."""
        known = there.campaign
        luck = (known.seed + 1) % 2**32 if self.seed is None else self.seed
        if luck == known.seed:
            raise RequestError("seed", f"{luck} is the seed of {there.path}, so nothing would be fresh; choose another")
        count = known.design.size if known.design.kind == "futures" else len(known.design)
        design = fresh(known.design, min(count, MOST_FRESH) if self.points is None else self.points, luck)
        return Campaign(design, known.replicates, luck, known.engine)


class NoFailureError(RefusedError, ValueError):
    """Nobody said what counts as failing, or said it twice."""


@dataclass(frozen=True, eq=False, repr=False)
class DiscoverAnswer(DesignAnswer):
    """Where an outcome fails.

    Attributes:
        sweep: the run folder with the fresh points.
        discovery: the regions, and how they do on fresh points.
    """

    DOCUMENT: ClassVar[Any] = DiscoverDocument

    _: KW_ONLY
    discovery: Discovery


def _finished(run: Path) -> SweepFolder:
    """The folder that is searched; it has to be finished, and of this version of the model."""
    try:
        there = read_sweep(run)
    except FolderError as error:
        raise FolderError(
            f"{error}; discover takes the folder of `legato sweep` or of `legato compare --over`"
        ) from None
    if another := there.folder.before and there.folder.before.another_model:
        raise FolderError(f"{run} was run with {another}; fresh points would not go together with it: run it again")
    return there


def _said(found: Discovery, campaign: Campaign) -> Said:
    """When it fails, how sure that is, and what the numbers mean."""
    tables = [words.regions_table(found), words.limits_table(found)] if found.regions else []
    return said(words.answer(found), tables, words.notes(found, campaign.replicates, campaign.seed))
