"""`legato optimise --over`: plans that do well in many futures, by any number of outcomes."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial
from os import PathLike, fspath
from pathlib import Path
from typing import Any, ClassVar

from results.commands import limits
from results.commands.answer import Answer, Draw, keep_brief
from results.commands.findings import kept_in
from results.commands.listener import Listener, compile_for
from results.commands.notebook import HERE
from results.commands.of_scenarios import OfScenarios
from results.commands.optimise import asked_kinds
from results.commands.over_design import asked_outcomes, check_not_both, listed, say_short
from results.commands.simulating import counted_in
from results.commands.statement import Statement
from results.commands.workers import workers_of
from results.comparing.choosing_scenarios import Chosen, budget_in, choose
from results.comparing.conversions import Conversions, conversion_sentences, conversions
from results.optimising.proposals import check_installed
from results.optimising.search import NothingFeasibleError, read_levers
from results.robust_search.asked import RobustQuestion
from results.robust_search.bars import read_bars
from results.robust_search.criteria import CriterionName
from results.robust_search.documents import (
    RobustDocument,
    candidate_columns,
    future_columns,
    inputs_of,
    robust_document,
)
from results.robust_search.evaluation import evaluator
from results.robust_search.failing import failing, failing_documents, failing_words
from results.robust_search.final import RobustOptimum, optimise_over
from results.robust_search.planning import (
    RobustPlan,
    RobustPlanDocument,
    networks_by_stage,
    robust_plan,
    robust_plan_document,
    robust_plan_lines,
)
from results.robust_search.stages import futures_asked
from results.robust_search.words import said_of
from results.studies.findings_folder import open_noted
from results.words.currency import amounts_in
from scenarios import Scenario
from scenarios.designs.factors import priced
from scenarios.files.faults import MissingExtraError, RequestError
from scenarios.reading.reading import check_funders


@dataclass(frozen=True)
class OptimiseOver(OfScenarios):
    """What should the levers of a scenario be set to, so that it does well whatever comes?

    Plans are searched in some futures, chosen in fresh ones and reported in others that are fresh once more.

    Attributes:
        scenario: a name of the library, the path of a TOML file, either with changes
            ("salex: grants.per_call=2"), or a Scenario.
        budget: what the whole cost may come to on average over futures, in the scenario's currency.
        levers: what may be changed: "KEY=LOW:HIGH", "KEY=LOW:HIGH:STEP", "KEY=A,B,C", or "KEY" alone for the range
            worth trying; one or several.
        over: the futures, as `CompareOver` takes them.
        robust: by which criterion plans are searched: "satisficing", the share of futures that meet the bars; "regret",
            from the best plan known in each future; "worst-tenth"; "percentile", the tenth; "mean"; or "hurwicz". All
            are reported. Satisficing where there are bars, the worst tenth where there are none, if left out.
        bars: what is good enough, "OUTCOME>=VALUE" or "OUTCOME<=VALUE"; one or several.
        outcomes: what plans are judged by, one or several; those of the bars, or the share of members that ever
            collaborate, if left out. Costs are to be little, all else much.
        futures: in which plans are chosen, and again as many in which they are reported (count); 200 if left out, of a
            CSV as many as it has rows.
        search_futures: of the search (count): that stand for four times as many.
        kinds_by: keys of the levers by which plans are told apart in kind; those that the cost depends on most if left
            out.
        trials: plans that are tried in the search (count).
        replicates: networks of each plan in each future of the search (count).
        final: networks of each finalist in each future (count).
        cluster: address of a dask.distributed scheduler, "tcp://HOST:PORT", whose workers try the plans instead.

    The other attributes are those of `OfScenarios`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.OPTIMISING_OVER

    scenario: Chosen
    _: KW_ONLY
    budget: float
    levers: str | Sequence[str]
    over: str | PathLike[str]
    robust: CriterionName | None = None
    bars: str | Sequence[str] = ()
    outcomes: str | Sequence[str] = ()
    futures: int | None = None
    search_futures: int = 40
    kinds_by: str | Sequence[str] = ()
    trials: int = 200
    replicates: int = 20
    final: int = 50
    cluster: str | None = None

    def answer(self, listener: Listener = HERE) -> "OptimiseOverAnswer":
        """Search for robust plans; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed, or no plan keeps the budget.
        """
        asked = self._question(listener)
        check_installed()
        workers = workers_of(self.workers, self.cluster, listener)
        opened = open_noted(
            Path(self.out) if self.out else None, inputs_of(asked, self.engine), listener.command_line, [asked.scenario]
        )
        with amounts_in(asked.scenario.costs.currency), kept_in(opened, listener, "plans") as folder:
            if not self.cluster:
                compile_for(self.engine, listener, [asked.scenario])
            try:
                with listener.progress(sum(networks_by_stage(asked).values())) as advance:
                    found = optimise_over(
                        asked, evaluator(asked, workers, folder.notes, engine=self.engine, progress=advance)
                    )
            except NothingFeasibleError as error:
                folder.notes.flush()
                raise NothingFeasibleError(f"{error}\nRun folder: {folder.path}") from None
            document = robust_document(found)
            try:
                where = failing(found)
                lines = failing_words(found, where)
                if asked.bars:
                    document["failing"] = failing_documents(where)
            except MissingExtraError as error:
                lines = []
                listener.say(f"Where plans miss their bars is not looked for: {error}.")
            folder.finish(
                "optimise",
                document,
                {"candidates": candidate_columns(found), "futures": future_columns(found)},
                draw=_drawn(found) if self.figures else None,
            )
            what = said_of(found, conversion_sentences(asked.converted), lines)
            keep_brief(folder.path, what, listener, self.head)
        return OptimiseOverAnswer(what, document, folder.path, optimum=found)

    def plan(self, listener: Listener = HERE) -> "OptimiseOverPlan":
        """Say what it would take: networks and time; some are tried for that, nothing is kept.

        Raises:
            RefusedError: if what is asked cannot be.
        """
        asked = self._question(listener)
        compile_for(self.engine, listener, [asked.scenario])
        found = robust_plan(asked, self.engine, self.workers)
        return OptimiseOverPlan(
            (tuple(robust_plan_lines(found, asked)),), robust_plan_document(found, asked), plan=found
        )

    def _converted(self, chosen: Scenario) -> Conversions:
        """The budget and bars that were given in another currency."""
        parts = [one.partition(">=" if ">=" in one else "<=") for one in listed(self.bars)]
        bars = {f"the bar of {name.strip()}": value for name, _, value in parts}
        return (*conversions({"budget": self.budget}, chosen), *conversions(bars, chosen))

    def _question(self, listener: Listener) -> RobustQuestion:
        written = listed(self.levers)
        check_not_both(written, self.settings, [self.scenario], field="levers", option="--lever")
        levers = read_levers(written)
        say_short(levers, listener)
        (chosen,) = choose([self.scenario], self.settings, self.posterior)
        check_funders([lever.key for lever in levers], [chosen], "--lever")
        bars = read_bars(listed(self.bars), chosen)
        criterion = self.robust or ("satisficing" if bars else "worst-tenth")
        if criterion == "satisficing" and not bars:
            raise RequestError(
                "robust", 'satisficing needs a bar: what is good enough, such as --bar "collaboration_rate>=0.6"'
            )
        wanted = listed(self.outcomes) or tuple(dict.fromkeys(bar.outcome for bar in bars)) or ("collaboration_rate",)
        outcomes = asked_outcomes(wanted, counted_in([chosen]))
        over = self.over if isinstance(self.over, str) else fspath(self.over)
        futures = futures_asked(over, chosen, self.search_futures, self.futures, self.seed)
        say_short(futures.factors, listener)
        both = [lever.key for lever in levers if lever.key in futures.keys]
        if both:
            raise RequestError(
                "levers", f"{both[0]} is both a lever and a part of the futures {over}: either somebody decides it, or "
                "nobody does; leave one out",
            )  # fmt: skip
        return RobustQuestion(
            chosen, tuple(priced(levers, chosen)), budget_in(self.budget, chosen), outcomes, bars, criterion, futures,
            self.seed, self.trials, self.search_futures, self.replicates, self.final,
            kinds=asked_kinds(listed(self.kinds_by), levers), converted=self._converted(chosen),
        )  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class OptimiseOverAnswer(Answer):
    """Robust plans.

    Attributes:
        optimum: the most robust plan, the finalists, and every plan that was tried.
    """

    DOCUMENT: ClassVar[Any] = RobustDocument
    TABLE: ClassVar[str] = "candidates"

    _: KW_ONLY
    optimum: RobustOptimum


@dataclass(frozen=True, eq=False, repr=False)
class OptimiseOverPlan(Statement):
    """What a robust search would take, with nothing run.

    Attributes:
        plan: networks and time.
    """

    DOCUMENT: ClassVar[Any] = RobustPlanDocument

    _: KW_ONLY
    plan: RobustPlan


def _drawn(found: RobustOptimum) -> Draw:
    from results.figures import draw_robust

    return partial(draw_robust, found)
