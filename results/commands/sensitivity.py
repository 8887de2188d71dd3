"""`legato sensitivity`: which parameters matter, and how much is luck; of a design made for it, or a finished sweep."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from results.commands import limits
from results.commands.answer import keep_brief
from results.commands.completing import DesignAnswer, completed
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.over_design import OverDesign, asked_outcomes, listed
from results.commands.sensitivity_of_run import GivenAnswer, answer_of_run, was_designed
from results.estimates.response import Response
from results.sweeping import sensitivity, words
from results.sweeping.design_notes import design_notes
from results.sweeping.documents import SensitivityDocument, sensitivity_document
from results.sweeping.sensitivity import ElementaryEffects, IncompleteError, SobolIndices
from results.sweeping.sweep_folder import SweepFolder, UnfinishedError, read_sweep
from results.words.horizon import counted_until_each
from results.words.narrative import Said, said
from results.words.table import Table
from results.words.varying import of_design, varying_keys
from scenarios.designs.design import Design, DesignKind
from scenarios.files.faults import FailedError

Analysis = SobolIndices | ElementaryEffects
OF_THE_ANALYSIS = ("scenarios", "outcomes", "figures", "title", "subtitle", "author", "logo", "currency", "language")
"""What is asked of a finished sweep too; all else is settled by it."""


class NotFinishedError(FailedError, ValueError):
    """A sweep that has not run all its points, and so cannot be analysed."""


@dataclass(frozen=True)
class Sensitivity(OverDesign):
    """Which parameters matter, and how much is luck?

    It is a sweep over a design made for the question. With the folder of a finished run instead of scenarios nothing
    is run: a sweep over such a design is analysed as what it is, and of any other sweep, comparison or run the answer
    is a `GivenAnswer`, which says what can be told from points that are there already.

    Attributes:
        method: "sobol", Sobol' indices by Saltelli's scheme; "morris", elementary effects along trajectories.

    The other attributes are those of `OverDesign`.
    """

    LIMITS: ClassVar[limits.Limits] = {**limits.SWEEPING, "method": limits.METHODS}

    _: KW_ONLY
    method: DesignKind = "sobol"

    @property
    def kind(self) -> DesignKind:
        """Of the design."""
        return self.method

    def answer(self, listener: Listener = HERE) -> "SensitivityAnswer | GivenAnswer":
        """Run the design, or read the finished run, and analyse it; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed, or points without a value leave nothing to analyse.
        """
        if (there := self.finished) is not None and not was_designed(there):
            self.check_settled(there, (*OF_THE_ANALYSIS, "out"))
            of = listed(self.outcomes)
            return answer_of_run(there, of, out=self.out, figures=self.figures, head=self.head, listener=listener)
        with self._swept(listener) as folder:
            campaign = folder.campaign
            outcomes = asked_outcomes(self.outcomes, campaign.outcomes)
            analysed = [_analysed(folder, outcome) for outcome in outcomes]
            if self.figures:
                from results import figures

                for response, analysis in analysed:
                    figures.draw_sensitivity(response, analysis, folder.path / "figures")
            analyses = [analysis for _, analysis in analysed]
            what = _said(campaign.design, campaign.replicates, analyses)
            keep_brief(folder.path, what, listener, self.head)
        return SensitivityAnswer(
            what,
            sensitivity_document(campaign, analyses),
            folder.path,
            sweep=folder,
            responses={outcome: response for outcome, (response, _) in zip(outcomes, analysed, strict=True)},
            analyses=dict(zip(outcomes, analyses, strict=True)),
        )

    @contextmanager
    def _swept(self, listener: Listener) -> Iterator[SweepFolder]:
        """The folder with all points."""
        if (there := self.finished) is not None:
            self.check_settled(there, OF_THE_ANALYSIS)
            yield read_sweep(there)
            return
        campaign = self.campaign(listener)
        asked_outcomes(self.outcomes, campaign.outcomes)  # before anything is run
        with completed(
            campaign, listener,
            out=self.out, workers=self.workers, cluster=self.cluster, retry_failed=self.retry_failed,
        ) as folder:  # fmt: skip
            yield folder


@dataclass(frozen=True, eq=False, repr=False)
class SensitivityAnswer(DesignAnswer):
    """Which parameters matter, and how much is luck.

    Attributes:
        responses: outcome -> its values at every point.
        analyses: outcome -> Sobol' indices or elementary effects.
    """

    DOCUMENT: ClassVar[Any] = SensitivityDocument

    _: KW_ONLY
    responses: Mapping[str, Response]
    analyses: Mapping[str, Analysis]


def _analysed(folder: SweepFolder, outcome: str) -> tuple[Response, Analysis]:
    """One outcome, and its sensitivity analysis; a design that is incomplete, or another one, is refused."""
    method: Any = sensitivity.morris if folder.campaign.design.kind == "morris" else sensitivity.sobol
    try:
        response = folder.response(outcome)
        return response, method(response, seed=folder.campaign.seed)
    except UnfinishedError as error:
        raise NotFinishedError(f"{error}; what its points say so far: legato sweep {folder.path}") from None
    except IncompleteError as error:
        raise IncompleteError(f"{error}\nRun folder: {folder.path}", error.points) from None


def _said(design: Design, replicates: int, analyses: Sequence[Analysis]) -> Said:
    over = len(varying_keys(design.bases))
    body: list[Table | Sequence[str]] = []
    for number, analysis in enumerate(analyses):
        body += [[words.sensitivity_answer(analysis, over)]] if number else []
        body += [*words.sensitivity_tables(analysis), analysis.notes]
    notes = [
        *design_notes(design),
        of_design(design, "what is called luck", replicates),
        counted_until_each(design.bases, (factor.key for factor in design.factors), "points"),
    ]
    return said([words.sensitivity_answer(analyses[0], over)], body, notes)
