"""`legato run`: one scenario simulated, and what comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from functools import partial
from typing import Any, ClassVar

from results.commands.answer import Answer, Draw, keep_brief
from results.commands.listener import Listener
from results.commands.months import read_months
from results.commands.notebook import HERE
from results.commands.simulating import Simulates, simulated
from results.comparing import tables
from results.comparing.cash_flow_documents import write_cash_flow
from results.comparing.cash_flow_words import cash_flow_blocks
from results.comparing.choosing_scenarios import Chosen, choose, left_out
from results.comparing.documents import RunDocument, run_document
from results.comparing.finding_out import shares_of
from results.comparing.pair_words import pair_blocks, pair_notes
from results.comparing.pairs import PairsOfRun, check_that_pairs_fit, count_pairs
from results.comparing.words import notes, run_answer, run_money
from results.estimates.cash_flow import CashFlow, cash_flow
from results.estimates.comparison import Estimate, estimates
from results.words.finding_out import WHO_COLLABORATES, find_out_first
from results.words.headlines import RATE
from results.words.narrative import said
from results.words.varying import own_words
from scenarios import Scenario
from scenarios.files.faults import RequestError
from simulation.running.ensemble import Ensemble
from simulation.snapshot import Snapshot


@dataclass(frozen=True)
class Run(Simulates):
    """What comes of a scenario?

    Attributes:
        scenario: a name of the library, the path of a TOML file, either with changes
            ("salex: grants.per_call=2"), or a Scenario.
        pairs: months in which every pair of members and every member is looked at too, by name, or as text, "0,12,24".

    The other attributes are those of `Simulates`.
    """

    scenario: Chosen
    _: KW_ONLY
    pairs: str | Sequence[int] = ()

    def answer(self, listener: Listener = HERE) -> "RunAnswer":
        """Simulate it; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed.
        """
        (chosen,) = choose([self.scenario], self.settings, self.posterior)
        months = self._months(chosen)
        inquiry = replace(self.inquiry("run", (chosen,), chosen.name), ledger=True)
        if months:
            inquiry = replace(inquiry, more={"pairs": months})
        with simulated(inquiry, self.out, listener) as run:
            (ensemble,) = run.ensembles
            found = estimates(ensemble)
            pairs = self._pairs(ensemble, months, listener) if months else None
            shares = shares_of(ensemble)
            flow = cash_flow(ensemble)
            document = run_document(chosen, self.seed, ensemble.replicates, found, run.reached, pairs, shares, flow)
            write_cash_flow(run.folder.path, [flow])
            portraits, draw = {}, None
            if self.figures:
                portraits = inquiry.portray()  # before matplotlib comes: Mesa looks through all that is loaded
                draw = _drawn(ensemble, portraits.get(chosen.name, ()), flow)
            run.folder.finish(
                run.ensembles, document, tables=pairs.tables if pairs else None, portraits=portraits, draw=draw
            )
            what = said(
                [run_answer(found[RATE], chosen)],
                [tables.run_table(found), *cash_flow_blocks(flow), *(pair_blocks(pairs) if pairs else [])],
                [
                    *notes(run.ensembles, run.reached),
                    *own_words([chosen]),
                    find_out_first(shares.get(RATE, ()), WHO_COLLABORATES),
                    *left_out([self.scenario], [chosen]),
                    run_money(found, chosen),
                    *(pair_notes(pairs) if pairs else []),
                ],
                [tables.money_table({chosen.name: found}, [chosen.costs.price_year])],
            )
            keep_brief(run.folder.path, what, listener, self.head)
        return RunAnswer(
            what, document, run.folder.path, ensemble=ensemble, estimates=found, pairs=pairs, cash_flow=flow
        )

    def _months(self, chosen: Scenario) -> list[int]:
        """The months in which pairs are looked at."""
        if not self.pairs:
            return []
        if self.engine == "mesa":
            raise RequestError("pairs", "the mesa engine looks at no pairs; allowed with the compiled one")
        months = read_months("pairs", self.pairs, chosen)
        check_that_pairs_fit(chosen, months)
        return months

    def _pairs(self, ensemble: Ensemble, months: Sequence[int], listener: Listener) -> PairsOfRun:
        """Pairs in the very networks of the run; an interrupted count begins again, while the outcomes are kept."""
        with listener.progress(ensemble.replicates, "networks with their pairs") as advance:
            return count_pairs(
                ensemble.scenario, seed=self.seed, replicates=ensemble.replicates, months=months,
                workers=self.workers, progress=advance,
            )  # fmt: skip


def _drawn(ensemble: Ensemble, portraits: Sequence[Snapshot], flow: CashFlow) -> Draw:
    from results import figures

    return partial(figures.draw_run, ensemble, portraits, flow=flow)


@dataclass(frozen=True, eq=False, repr=False)
class RunAnswer(Answer):
    """What comes of a scenario.

    Attributes:
        ensemble: all its networks.
        estimates: outcome -> average and interval.
        pairs: every pair of members and every member, where they were asked for.
        cash_flow: what each budget line costs in each year.
    """

    DOCUMENT: ClassVar[Any] = RunDocument
    TABLE: ClassVar[str] = "outcomes"

    _: KW_ONLY
    ensemble: Ensemble
    estimates: Mapping[str, Estimate]
    pairs: PairsOfRun | None = None
    cash_flow: CashFlow | None = None
