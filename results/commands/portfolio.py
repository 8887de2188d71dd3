"""`legato portfolio`: one budget for several networks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from results.apportioning.asked import LEVERS, Asked, check_outcome
from results.apportioning.documents import PortfolioDocument, inputs_of, plan_columns, portfolio_document
from results.apportioning.plans import SHORTLIST
from results.apportioning.portfolio import Portfolio as Found
from results.apportioning.portfolio import apportion
from results.apportioning.words import said_of
from results.commands import limits
from results.commands.answer import Answer, Draw, keep_brief
from results.commands.findings import kept_in
from results.commands.listener import Listener, compile_for
from results.commands.notebook import HERE
from results.commands.of_scenarios import OfScenarios
from results.commands.over_design import check_not_both, listed, say_short
from results.commands.workers import workers_of
from results.comparing.choosing_scenarios import Chosen, budget_in, choose, converted, converted_budget
from results.estimates.parameter_uncertainty import Values
from results.folders.notes import Notes
from results.optimising.evaluation import evaluator
from results.optimising.search import Luck, NothingFeasibleError, read_levers
from results.studies.findings_folder import open_noted
from results.words.currency import amounts_in
from scenarios import Scenario
from scenarios.designs.factors import priced
from scenarios.files.faults import RequestError
from simulation.running.campaign import Workers

MOST_COHORTS = 5


@dataclass(frozen=True)
class Portfolio(OfScenarios):
    """How should one budget be split among several networks, and what does a second cohort cost?

    Each network may be left out, funded once, or funded for further cohorts with other members. What a plan adds is
    counted against the same members without funding.

    Attributes:
        scenarios: names of the library, paths of TOML files, either with changes ("salex: grants.per_call=2"), or
            Scenarios; one or several.
        budget: what all together may cost on average, in the currency of the first.
        levers: what may be changed in each network: "KEY=LOW:HIGH", "KEY=LOW:HIGH:STEP", "KEY=A,B,C", or "KEY" alone
            for the range worth trying; facilitation and grants if left out.
        outcome: what is to be added, a count; summed over the networks.
        cohorts: of each network, "2" for just two, "0:2" for two at most.
        trials: plans of each network that are tried, at the most (count).
        replicates: networks of each plan in the search (count).
        final: networks of each plan that is left, with fresh luck: as many to choose the split, and again to report it
            (count).
        cluster: address of a dask.distributed scheduler, "tcp://HOST:PORT", whose workers try the plans instead.

    The other attributes are those of `OfScenarios`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.APPORTIONING

    scenarios: Chosen | Sequence[Chosen]
    _: KW_ONLY
    budget: float
    levers: str | Sequence[str] = LEVERS
    outcome: str = "surviving"
    cohorts: str = "0:2"
    trials: int = 60
    replicates: int = 100
    final: int = 1000
    cluster: str | None = None

    def answer(self, listener: Listener = HERE) -> "PortfolioAnswer":
        """Find the best split; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed, or nothing keeps the budget.
        """
        asked = self._asked(listener)
        workers = workers_of(self.workers, self.cluster, listener)
        opened = open_noted(
            Path(self.out) if self.out else None, inputs_of(asked, self.engine), listener.command_line, asked.networks
        )
        with amounts_in(asked.networks[0].costs.currency), kept_in(opened, listener, "plans") as folder:
            if not self.cluster:
                compile_for(self.engine, listener, asked.networks)
            try:
                with listener.progress(_networks(asked)) as advance:
                    found = apportion(asked, _Tries(workers, folder.notes, self.engine, advance))
            except NothingFeasibleError as error:
                folder.notes.flush()
                raise NothingFeasibleError(f"{error}\nRun folder: {folder.path}") from None
            document = portfolio_document(found)
            folder.finish(
                "portfolio", document, {"plans": plan_columns(found)}, draw=_drawn(found) if self.figures else None
            )
            plans = converted(listed(self.scenarios), self.settings, asked.networks)
            what = said_of(found, [*converted_budget(self.budget, asked.networks[0]), *plans])
            keep_brief(folder.path, what, listener, self.head)
        return PortfolioAnswer(what, document, folder.path, portfolio=found)

    def _asked(self, listener: Listener) -> Asked:
        wanted, written = listed(self.scenarios), listed(self.levers) or LEVERS
        check_not_both(written, self.settings, wanted, field="levers", option="--lever")
        levers = read_levers(written)
        say_short(levers, listener)
        networks = tuple(choose(wanted, self.settings, self.posterior))
        check_outcome(networks, self.outcome)
        fewest, most = _cohorts(self.cohorts)
        return Asked(
            networks,
            tuple(priced(levers, networks[0])),
            budget_in(self.budget, networks[0]),
            self.outcome,
            fewest,
            most,
            self.seed,
            self.trials,
            self.replicates,
            self.final,
        )


@dataclass(frozen=True, eq=False, repr=False)
class PortfolioAnswer(Answer):
    """How a budget is split.

    Attributes:
        portfolio: splits, cohorts, and every plan that was tried.
    """

    DOCUMENT: ClassVar[Any] = PortfolioDocument
    TABLE: ClassVar[str] = "plans"

    _: KW_ONLY
    portfolio: Found


@dataclass(frozen=True)
class _Tries:
    """Tries plans of any of the networks; what one network has found, another attempt looks up."""

    workers: Workers
    notes: Notes
    engine: Any
    advance: Any

    def __call__(self, network: Scenario, wanted: Sequence[Mapping[str, Any]], luck: Luck) -> Sequence[Values | str]:
        evaluate = evaluator(network, self.workers, self.notes, engine=self.engine, progress=self.advance)
        return evaluate(wanted, luck)


def _networks(asked: Asked) -> int:
    """Simulated networks, at the most (count)."""
    plans = sum(len(asked.plans_of(one)) for one in asked.networks)
    left = len(asked.networks) * (SHORTLIST + 2)
    return plans * asked.replicates + (left + 3 * len(asked.slots)) * asked.final


def _cohorts(text: str) -> tuple[int, int]:
    """Fewest and most cohorts of each network.

    Raises:
        RequestError: if it says none.
    """
    found = re.fullmatch(r"\s*(\d+)\s*(?::\s*(\d+)\s*)?", str(text))
    few = int(found[1]) if found else 0
    many = int(found[2]) if found and found[2] else few
    if not found or not 0 <= few <= many or not 1 <= many <= MOST_COHORTS:
        raise RequestError(
            "cohorts",
            f"'{text}'; allowed is a number of cohorts from 1 to {MOST_COHORTS}, such as 1, or the fewest and the most "
            "of each network, such as 0:2",
        )
    return few, many


def _drawn(found: Found) -> Draw:
    from results.figures import draw_portfolio

    return partial(draw_portfolio, found)
