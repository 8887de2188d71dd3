"""`legato exit`: how to leave a network, for a given rest of the budget."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from results.commands import limits
from results.commands.answer import Answer, Draw, keep_brief
from results.commands.findings import kept_in
from results.commands.listener import Listener, compile_for
from results.commands.notebook import HERE
from results.commands.of_scenarios import OfScenarios
from results.commands.over_design import asked_outcomes, listed, say_short
from results.commands.simulating import counted_in
from results.comparing.choosing_scenarios import Chosen, budget_in, choose, converted_budget
from results.exiting.again import MOST, check_again
from results.exiting.choosing import FINALISTS
from results.exiting.documents import ExitDocument, exit_document, inputs_of, plan_columns
from results.exiting.evaluation import evaluator
from results.exiting.exits import Found, find
from results.exiting.grid import check_closes, grid_of, read_exit_levers
from results.exiting.question import Question
from results.exiting.words import said_of
from results.optimising.search import NothingFeasibleError
from results.studies.findings_folder import open_noted
from results.words.currency import amounts_in


@dataclass(frozen=True)
class PlanExit(OfScenarios):
    """How should a network be left: when to tell its members, how to go down with the money, what to leave behind?

    Attributes:
        scenario: a name of the library, the path of a TOML file, either with changes
            ("salex: closing.month=30"), or a Scenario. Where a funder leaves before the closing, its exit is planned.
        budget: what may be spent on average after the month of the decision, in the scenario's currency; what the
            plan costs if left out.
        month: of the decision, made at its end; if left out, network.today, or the latest at which all plans can still
            be chosen, and before `decide_again` in any case.
        decide_again: month at whose end one looks at the network and decides again; None for never.
        levers: what is tried instead of the usual: "KEY=A,B,C", "KEY=LOW:HIGH:STEP", or "KEY" alone; one or several.
        co_funder: share that others may pay of what the funder takes with it, tried beside nothing; half where several
            fund the network, nothing where one does, if left out.
        outcomes: the first is to be best, the others are told beside it. Costs are to be little, all else much.
        replicates: networks of each plan, with the same luck for all of them (count).
        final: networks of each finalist, with fresh luck: as many to choose the best, and as many to report it
            (count).

    The other attributes are those of `OfScenarios`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.EXITING

    scenario: Chosen
    _: KW_ONLY
    budget: float | None = None
    month: int | None = None
    decide_again: int | None = None
    levers: str | Sequence[str] = ()
    co_funder: float | None = None
    outcomes: str | Sequence[str] = ("legacy_rate", "surviving", "months_worked_year_after", "evidence_year_after")
    replicates: int = 300
    final: int = 1000

    def answer(self, listener: Listener = HERE) -> "ExitAnswer":
        """Try all plans; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed, or no plan keeps the budget.
        """
        asked = self._question(listener)
        opened = open_noted(
            Path(self.out) if self.out else None, inputs_of(asked, self.engine), listener.command_line, [asked.scenario]
        )
        with amounts_in(asked.scenario.costs.currency), kept_in(opened, listener, "plans") as folder:
            compile_for(self.engine, listener, [asked.scenario])
            finals = FINALISTS + 1 + (MOST if asked.again is not None else 0)
            networks = len(asked.grid.plans) * asked.replicates + 2 * finals * asked.final
            try:
                with listener.progress(networks) as advance:
                    tries = evaluator(
                        asked.scenario, (asked.month, asked.again), folder.notes, workers=self.workers,
                        engine=self.engine, progress=advance,
                    )  # fmt: skip
                    found = find(asked, tries)
            except NothingFeasibleError as error:
                folder.notes.flush()
                raise NothingFeasibleError(f"{error}\nRun folder: {folder.path}") from None
            document = exit_document(found)
            folder.finish(
                "exit", document, {"plans": plan_columns(found)}, draw=_drawn(found) if self.figures else None
            )
            what = said_of(found, converted_budget(self.budget, asked.scenario))
            keep_brief(folder.path, what, listener, self.head)
        return ExitAnswer(what, document, folder.path, found=found)

    def _question(self, listener: Listener) -> Question:
        written = listed(self.levers)
        levers = read_exit_levers(written)
        say_short(levers, listener)
        (chosen,) = choose([self.scenario], self.settings, self.posterior)
        check_closes(chosen)
        grid = grid_of(chosen, levers, self.month, self.co_funder)
        again, today = self.decide_again, chosen.network.today
        if self.month is None and again is not None and today < again <= grid.month:
            grid = grid_of(chosen, levers, again - 1, self.co_funder)  # all plans are still open: looking costs nothing
        budget = None if self.budget is None else budget_in(self.budget, chosen)
        outcomes = asked_outcomes(self.outcomes, counted_in([chosen]))
        asked = Question(
            chosen, grid, budget, outcomes, self.decide_again, self.seed, self.replicates,
            self.final,
        )  # fmt: skip
        check_again(asked)
        return asked


@dataclass(frozen=True, eq=False, repr=False)
class ExitAnswer(Answer):
    """How to leave a network.

    Attributes:
        found: the best plans, what each element is worth, and deciding again.
    """

    DOCUMENT: ClassVar[Any] = ExitDocument
    TABLE: ClassVar[str] = "plans"

    _: KW_ONLY
    found: Found


def _drawn(found: Found) -> Draw:
    from results.figures import draw_exits

    return partial(draw_exits, found)
