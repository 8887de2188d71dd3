"""`legato explain`: the difference between two scenarios, split into what each change makes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from functools import partial
from typing import Any, ClassVar

from results.commands import limits
from results.commands.answer import Answer, Draw, keep_brief
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.of_scenarios import OfScenarios
from results.commands.simulating import check_outcome, check_that_it_fits, counted_in, opened
from results.comparing.choosing_scenarios import Chosen, choose
from results.estimates.comparison import estimates
from results.explaining import words
from results.explaining.documents import ExplainDocument, explain_document, part_columns
from results.explaining.explanation import (
    Explanation,
    MissingError,
    Question,
    explain,
    inquiry_of,
    question,
    run_mixtures,
)
from results.words.narrative import Said, said
from scenarios import ScenarioError
from scenarios.files.faults import RequestError
from simulation.running.ensemble import Ensemble


@dataclass(frozen=True)
class Explain(OfScenarios):
    """Which change makes how much of the difference between two scenarios?

    Every mixture of the two is run with the same luck; with more than 8 changes, those along some `orders` of making
    them.

    Attributes:
        scenarios: two, the baseline first: names of the library, paths of TOML files, either with changes
            ("salex: grants.per_call=2"), or Scenarios.
        outcome: what is explained.
        replicates: networks simulated of each mixture (count).
        orders: of making the changes, sampled where they are more than 8; even (count).

    The other attributes are those of `OfScenarios`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.EXPLAINING

    scenarios: Sequence[Chosen]
    _: KW_ONLY
    outcome: str = "collaboration_rate"
    replicates: int = 500
    orders: int = 32

    def answer(self, listener: Listener = HERE) -> "ExplainAnswer":
        """Run every mixture and split the difference; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed.
        """
        asked = self._question()
        inquiry = inquiry_of(
            asked, seed=self.seed, replicates=self.replicates, engine=self.engine, workers=self.workers
        )
        mixtures = replace(inquiry, scenarios=tuple(asked.scenarios.values()))
        check_that_it_fits(mixtures)
        with opened(inquiry, self.out, listener, mixtures.networks) as folder:
            with listener.progress(mixtures.networks) as advance:
                ensembles = run_mixtures(asked, inquiry, advance, folder.kept)
            try:
                explanation = explain(asked, ensembles)
            except MissingError as error:
                raise RequestError("outcome", str(error)) from None
            document = explain_document(explanation, asked, self.seed)
            folder.finish(
                ensembles.values(), document, tables={"parts.parquet": part_columns(explanation)}, name="explain.json",
                draw=_drawn(explanation) if self.figures else None,
            )  # fmt: skip
            what = _said(explanation, asked, self.seed, ensembles)
            keep_brief(folder.path, what, listener, self.head)
        return ExplainAnswer(what, document, folder.path, explanation=explanation, ensembles=ensembles)

    def _question(self) -> Question:
        if len(self.scenarios) != 2:
            raise RequestError(
                "scenarios",
                f"explain takes two scenarios, the baseline first, found {len(self.scenarios)}; compare takes more; "
                "`legato scenarios` lists the library",
            )
        base, scenario = choose(self.scenarios, self.settings, self.posterior)
        outcome = check_outcome("outcome", self.outcome, counted_in([base, scenario]))
        try:
            return question(base, scenario, outcome, seed=self.seed, orders=self.orders)
        except ScenarioError:
            raise
        except ValueError as error:
            raise RequestError("orders", str(error)) from None


@dataclass(frozen=True, eq=False, repr=False)
class ExplainAnswer(Answer):
    """Which change makes how much of the difference.

    Attributes:
        explanation: the difference and its parts.
        ensembles: networks of every mixture, by its name.
    """

    DOCUMENT: ClassVar[Any] = ExplainDocument
    TABLE: ClassVar[str] = "parts"

    _: KW_ONLY
    explanation: Explanation
    ensembles: Mapping[str, Ensemble]


def _said(found: Explanation, asked: Question, seed: int, ensembles: Mapping[str, Ensemble]) -> Said:
    both = asked.mixtures.base, asked.mixtures.scenario
    theirs, ours = (estimates(ensembles[scenario.name]) for scenario in both)
    return said(
        [words.answer(found, *both), words.in_number(found, ours, theirs)],
        [words.part_table(found), words.not_separable(found)],
        words.notes(found, both, seed),
    )


def _drawn(found: Explanation) -> Draw:
    from results.figures import draw_explanation

    return partial(draw_explanation, found)
