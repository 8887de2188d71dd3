"""`legato sweep`: scenarios at every point of a design."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from os import PathLike
from typing import Annotated, Any, ClassVar, NotRequired

from pydantic import Field

from results.commands import limits
from results.commands.answer import keep_brief
from results.commands.completing import DesignAnswer, completed
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.over_design import OverDesign, asked_outcomes, listed
from results.commands.sweep_adaptive import adaptive_of, completed_adaptive, toward_of
from results.commands.sweep_so_far import SoFarAnswer, answer_so_far
from results.emulating.adaptive_folder import Adaptive, told_by
from results.emulating.adaptive_words import WHERE, AdaptiveDocument, adaptive_answer, adaptive_document
from results.emulating.adding import Told
from results.estimates.response import Response
from results.sweeping import words
from results.sweeping.design_notes import design_notes
from results.sweeping.documents import SweepDocument, sweep_document
from results.sweeping.failed_points import failed_points
from results.words.horizon import counted_until_each
from results.words.narrative import Said, said
from results.words.varying import few_behind_points, of_design
from scenarios.designs.choosing import CHOOSERS
from scenarios.designs.design import OF_A_FILE, Design, DesignKind
from scenarios.files.faults import RequestError
from simulation.running.campaign import Campaign

ADAPTIVE: DesignKind = "adaptive"
OF_A_READER = ("scenarios", "outcomes", "figures", "out")
"""What is asked of a sweep that is there; all else is settled by it."""
READING = (
    "To read it: pandas.read_parquet('{0}/points.parquet') has a row per point, '{0}/outcomes' a row per network. "
    "docs/sweeps.md says more, for DuckDB and R too."
)


@dataclass(frozen=True)
class Sweep(OverDesign):
    """What comes of scenarios as levers and uncertainties are varied?

    Of a sweep that is running, was stopped or is finished, `so_far` says what is there; nothing is run for that.

    Each block of points is written as soon as it is finished: whatever stops a sweep, the same request with its `out`
    goes on and ends in the same bytes.

    Attributes:
        design: how points are chosen: "grid", every combination; "lhs", a Latin hypercube; "sequence", points in
            an order that is safe to stop, and to go on with by asking for more; "sobol", Saltelli's scheme
            for Sobol' indices; "morris", trajectories for elementary effects; "adaptive", a batch all over the space
            and then rounds of points where an emulator is unsure, or near a threshold; or the name of a table that
            somebody made, CSV or Parquet, with a column for each key and a row for each point.
        toward: of "adaptive", the threshold near which points are added: "collaboration_rate >= 0.7"; everywhere, for
            the first of `outcomes`, if left out.
        where: constraints that every point has to meet, such as "closing.notice < closing.month"; one or several.
        correlate: pairs of factors that go together, with their rank correlation, such as
            "grants.per_call,closing.notice=0.6"; one or several.
        table: a file with sets of values that come together, CSV or Parquet, such as a posterior.

    The other attributes are those of `OverDesign`.
    """

    LIMITS: ClassVar[limits.Limits] = {**limits.SWEEPING, "design": limits.DESIGNS}

    _: KW_ONLY
    design: str | PathLike[str] = "grid"
    toward: str | None = None
    where: str | Sequence[str] = ()
    correlate: str | Sequence[str] = ()
    table: str | PathLike[str] | None = None

    @property
    def kind(self) -> DesignKind:
        """Of the design; of an adaptive one that of as many points, before any is chosen."""
        if self.design == ADAPTIVE:
            return "lhs"
        return next((kind for kind in CHOOSERS if kind == self.design), OF_A_FILE)

    def bound(self) -> Mapping[str, Any]:
        """See `OverDesign.bound`."""
        file = self.design if self.kind == OF_A_FILE else None
        return {"where": listed(self.where), "correlate": listed(self.correlate), "table": self.table, "file": file}

    def so_far(self) -> SoFarAnswer:
        """Say what is there of a sweep whose folder stands for the scenarios; nothing is run, or changed there.

        Raises:
            RequestError: if it is not the folder of a run, or more is asked of it than what to tell and draw.
            FolderError: if it cannot be read as a sweep's, or nothing is finished yet.
        """
        there = self.finished
        if there is None:
            raise RequestError("scenarios", "only a sweep that was begun can be read so far; name its folder")
        self.check_settled(there, OF_A_READER)
        return answer_so_far(there, self.outcomes, _said, out=self.out, figures=self.figures)

    def answer(self, listener: Listener = HERE) -> "SweepAnswer":
        """Run every point; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed. Points that fail by themselves are rows with their error instead.
        """
        if self.finished is not None:
            raise RequestError("scenarios", f"{self.finished} is the folder of a run; so_far() says what is there")
        campaign = self.campaign(listener)
        outcomes = asked_outcomes(self.outcomes, campaign.outcomes)
        adaptive = self._adaptive(campaign, outcomes)
        campaign = campaign if adaptive is None else adaptive.first
        how: Any = {
            "out": self.out, "workers": self.workers, "cluster": self.cluster, "retry_failed": self.retry_failed,
        }  # fmt: skip
        opened = (
            completed(campaign, listener, **how) if adaptive is None else completed_adaptive(adaptive, listener, **how)
        )
        with opened as folder:
            campaign = folder.campaign
            responses = [folder.response(outcome) for outcome in outcomes]
            if self.figures:
                from results import figures

                figures.draw_sweep(responses, folder.path / "figures")
            found = None if adaptive is None else told_by(folder, adaptive)
            what = _said(campaign.design, campaign.replicates, responses, found)
            keep_brief(folder.path, what, listener, self.head)
        return SweepAnswer(
            what,
            {
                **sweep_document(campaign, responses, dict(folder.failures())),
                **({} if found is None else {"adaptive": adaptive_document(found)}),
            },
            folder.path,
            READING.format(folder.path),
            failed_points(folder),
            sweep=folder,
            responses=dict(zip(outcomes, responses, strict=True)),
        )

    def campaign(self, listener: Listener) -> Campaign:
        """See `OverDesign.campaign`; of an adaptive design as many points as there will be, before any is chosen."""
        made = super().campaign(listener)
        return replace(made, design=replace(made.design, kind=ADAPTIVE)) if self.design == ADAPTIVE else made

    def _adaptive(self, campaign: Campaign, outcomes: tuple[str, ...]) -> Adaptive | None:
        """What an adaptive design is asked; None of any other.

        Raises:
            RequestError: if a threshold is given to a design that has no use for it.
        """
        if self.design != ADAPTIVE:
            if self.toward is not None:
                raise RequestError("toward", "it belongs to --design adaptive; add it, or leave --toward out")
            return None
        return adaptive_of(campaign, toward_of(self.toward, outcomes, campaign.outcomes))


class SweptDocument(SweepDocument):
    """What `sweep --json` prints."""

    adaptive: Annotated[NotRequired[AdaptiveDocument], Field(description="of an adaptive design")]


@dataclass(frozen=True, eq=False, repr=False)
class SweepAnswer(DesignAnswer):
    """What comes of scenarios over a design.

    Attributes:
        responses: outcome -> its values at every point.
    """

    DOCUMENT: ClassVar[Any] = SweptDocument

    _: KW_ONLY
    responses: Mapping[str, Response]


def _said(design: Design, replicates: int, responses: Sequence[Response], found: Told | None = None) -> Said:
    body = [words.effects_table(response) for response in responses]
    if len(design) <= words.FEW_POINTS:
        body.append(words.points_table(responses))
    notes = [
        *words.effect_notes(responses),
        words.shared_luck(design),
        *design_notes(design),
        of_design(design, "±", replicates),
        few_behind_points(design, replicates),
        counted_until_each(design.bases, (factor.key for factor in design.factors), "points"),
    ]
    answer = [words.sweep_answer(response) for response in responses]
    if found is not None:
        answer, notes = [adaptive_answer(found), *answer], [WHERE, *notes]
    return said(answer, body, notes)
