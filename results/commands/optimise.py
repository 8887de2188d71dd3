"""`legato optimise`: the best use of a budget."""

from collections.abc import Mapping, Sequence
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
from results.commands.over_design import asked_outcomes, check_not_both, listed, say_short
from results.commands.simulating import counted_in
from results.commands.workers import workers_of
from results.comparing.choosing_scenarios import Chosen, budget_in, choose
from results.comparing.conversions import conversion_sentences, conversions
from results.optimising.documents import OptimiseDocument, candidate_columns, inputs_of, optimise_document
from results.optimising.evaluation import evaluator
from results.optimising.final import Optimum, optimise
from results.optimising.finalists import FINALISTS
from results.optimising.kinds import Kinds
from results.optimising.objective import NET
from results.optimising.proposals import check_installed
from results.optimising.search import NothingFeasibleError, Question, read_levers
from results.optimising.values import read_values
from results.optimising.words import said_of
from results.studies.findings_folder import open_noted
from results.words.currency import amounts_in
from scenarios.designs.factors import Factor, priced
from scenarios.files.faults import RequestError, near_miss, shown
from scenarios.reading.reading import check_funders


@dataclass(frozen=True)
class Optimise(OfScenarios):
    """What should the levers of a scenario be set to, so that a budget is put to its best use?

    The winner is chosen, and then reported, on fresh luck, so that it is not the luckiest of many trials.

    Attributes:
        scenario: a name of the library, the path of a TOML file, either with changes
            ("salex: grants.per_call=2"), or a Scenario.
        budget: what the whole cost may come to on average, in the scenario's currency.
        levers: what may be changed: "KEY=LOW:HIGH", "KEY=LOW:HIGH:STEP", "KEY=A,B,C", or "KEY" alone for the range
            worth trying; one or several.
        outcomes: what is to be best: one, or several for their trade-off. Costs are to be little, all else much. The
            share of members that ever collaborate if left out.
        worth: what one is worth, {"survivor": 60_000} or "survivor=60k": month, survivor, evidence, translation, or
            any outcome that is a count or a share, of a share one percentage point. Best is then the net value, which
            is what all of them are worth less the whole cost.
        kinds_by: keys of the levers by which plans are told apart in kind, such as with or without grants; those that
            the cost depends on most if left out.
        trials: candidates that are tried in the search (count).
        replicates: networks of each candidate in the search, with the same luck for all of them (count).
        final: networks of each finalist, with fresh luck: as many to choose the winner, and as many to report it
            (count).
        cluster: address of a dask.distributed scheduler, "tcp://HOST:PORT", whose workers try the candidates instead.

    The other attributes are those of `OfScenarios`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.OPTIMISING

    scenario: Chosen
    _: KW_ONLY
    budget: float
    levers: str | Sequence[str]
    outcomes: str | Sequence[str] = ()
    worth: Mapping[str, float | str] | str | Sequence[str] = ()
    kinds_by: str | Sequence[str] = ()
    trials: int = 200
    replicates: int = 100
    final: int = 1000
    cluster: str | None = None

    def answer(self, listener: Listener = HERE) -> "OptimiseAnswer":
        """Search for the best use; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed, or no candidate keeps the budget.
        """
        asked = self._question(listener)
        check_installed()
        workers = workers_of(self.workers, self.cluster, listener)
        opened = open_noted(
            Path(self.out) if self.out else None, inputs_of(asked, self.engine), listener.command_line, [asked.scenario]
        )
        currency = asked.scenario.costs.currency
        with amounts_in(currency), kept_in(opened, listener, "candidates") as folder:
            if not self.cluster:
                compile_for(self.engine, listener, [asked.scenario])
            networks = (self.trials + 1) * self.replicates + (2 * (FINALISTS + 1) + len(asked.levers)) * self.final
            try:
                with listener.progress(networks) as advance:
                    tries = evaluator(asked.scenario, workers, folder.notes, engine=self.engine, progress=advance)
                    optimum = optimise(asked, tries)
            except NothingFeasibleError as error:
                folder.notes.flush()
                raise NothingFeasibleError(f"{error}\nRun folder: {folder.path}") from None
            document = optimise_document(optimum)
            folder.finish(
                "optimise", document, {"candidates": candidate_columns(optimum)},
                draw=_drawn(optimum) if self.figures else None,
            )  # fmt: skip
            what = said_of(optimum, conversion_sentences(asked.converted))
            keep_brief(folder.path, what, listener, self.head)
        return OptimiseAnswer(what, document, folder.path, optimum=optimum)

    def _question(self, listener: Listener) -> Question:
        written = listed(self.levers)
        check_not_both(written, self.settings, [self.scenario], field="levers", option="--lever")
        levers = read_levers(written)
        say_short(levers, listener)
        (chosen,) = choose([self.scenario], self.settings, self.posterior)
        check_funders([lever.key for lever in levers], [chosen], "--lever")
        given = self.worth if isinstance(self.worth, Mapping) else listed(self.worth)
        worths = read_values(given, chosen)
        if worths and self.outcomes:
            raise RequestError("worth", "what is best is then the net value; leave --outcome out, or give it a value")
        outcomes = (NET,) if worths else asked_outcomes(self.outcomes or "collaboration_rate", counted_in([chosen]))
        budget = budget_in(self.budget, chosen)
        levers = tuple(priced(levers, chosen))
        numbers = (self.seed, self.trials, self.replicates, self.final)
        kinds = asked_kinds(listed(self.kinds_by), levers)
        changed = (*conversions({"budget": self.budget}, chosen), *conversions(given, chosen))
        return Question(chosen, levers, budget, outcomes, *numbers, kinds=kinds, worths=worths, converted=changed)


def asked_kinds(keys: Sequence[str], levers: Sequence[Factor]) -> Kinds | None:
    """The levers by which plans are told apart in kind, where somebody says which.

    Raises:
        RequestError: if one is no lever that may be changed.
    """
    there = {lever.key: lever for lever in levers}
    for key in keys:
        if key not in there:
            hint = near_miss(key, list(there)) or f"; allowed is what may be changed: {', '.join(there)}"
            raise RequestError("kinds_by", f"{shown(key)} is none of the levers named{hint}")
    return Kinds(tuple(there[key] for key in dict.fromkeys(keys))) if keys else None


@dataclass(frozen=True, eq=False, repr=False)
class OptimiseAnswer(Answer):
    """The best use of a budget.

    Attributes:
        optimum: the winner, the finalists, and every candidate that was tried.
    """

    DOCUMENT: ClassVar[Any] = OptimiseDocument
    TABLE: ClassVar[str] = "candidates"

    _: KW_ONLY
    optimum: Optimum


def _drawn(found: Optimum) -> Draw:
    from results.figures import draw_optimum

    return partial(draw_optimum, found)
