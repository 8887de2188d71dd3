"""`legato compare`: scenarios side by side, network by network, with the same luck."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from functools import partial
from math import isnan
from typing import Any, ClassVar

from results.commands.answer import Answer, Draw, keep_brief
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.simulating import Simulated, Simulates, simulated
from results.comparing import tables, words
from results.comparing.acceptability_documents import acceptability_columns, frontier_blocks, worth_blocks
from results.comparing.cash_flow_documents import write_cash_flow
from results.comparing.cash_flow_words import cash_flow_table, years_block
from results.comparing.choosing_scenarios import Chosen, Known, Settings, baseline_of, choose, converted, left_out
from results.comparing.conversions import Conversions, conversion_sentences, conversions
from results.comparing.decision import decision
from results.comparing.documents import CompareDocument, compare_document
from results.comparing.finding_out import Shares, shares_of
from results.comparing.incremental_documents import incremental_blocks
from results.comparing.judging import pairs_of
from results.comparing.money import Money, money_of
from results.comparing.prices import worth_sentences
from results.comparing.worth import Worth, worth_of
from results.estimates import comparison
from results.estimates.cash_flow import CashFlow, cash_flow
from results.estimates.comparison import Comparison
from results.estimates.plane import planes
from results.words.currency import amounts_in
from results.words.decision import Decision
from results.words.finding_out import WHO_COLLABORATES, find_out_first
from results.words.headlines import RATE
from results.words.narrative import PAGE_WIDTH, Block, Said, said
from results.words.plan_names import title_of
from results.words.sentence import in_turn, told
from results.words.unlike import unlike
from results.words.varying import own_words
from scenarios import Scenario
from scenarios.files.faults import RequestError
from simulation.running.ensemble import Ensemble
from simulation.snapshot import Snapshot

MOST_FOUND_OUT = 3
"""Scenarios of which it is said what to find out first; the document has all."""


@dataclass(frozen=True)
class Compare(Simulates):
    """What would other courses change, compared with a baseline?

    Attributes:
        scenarios: two or more: names of the library, paths of TOML files, either of them with changes
            ("salex: grants.per_call=2"), or Scenarios.
        baseline: name of the one that the others are compared with; the first if left out.
        worth: what one month of collaboration, survivor, piece of evidence or translation is worth to you, as
            "survivor=60k" or by name.

    The other attributes are those of `Simulates`.
    """

    scenarios: Sequence[Chosen]
    _: KW_ONLY
    baseline: str | None = None
    worth: Worth = ()

    def answer(self, listener: Listener = HERE) -> "CompareAnswer":
        """Simulate and compare them; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed.
        """
        chosen, base = plans_of(self.scenarios, self.settings, self.posterior, self.baseline)
        worth = worth_of(self.worth, chosen[0].costs.currency, chosen[0].costs.rate)
        inquiry = replace(self.inquiry("compare", chosen, base), ledger=True)
        changed = self._converted(chosen)
        if worth:
            kept = {"converted": [one.document() for one in changed]} if changed else {}
            inquiry = replace(inquiry, more={"worth": worth, **kept})
        with simulated(inquiry, self.out, listener) as run:
            compared = comparison.compare(run.ensembles, base)
            money = money_of(run.ensembles, base, worth)
            shares = _shares(run, compared)
            flows = tuple(map(cash_flow, run.ensembles))
            document = compare_document(
                compared, run.reached, chosen, money.bought, money.curves, money.standing, shares, flows
            )
            write_cash_flow(run.folder.path, flows)
            if changed:
                document["converted"] = [one.document() for one in changed]
            portraits, draw = {}, None
            if self.figures:
                portraits = inquiry.portray()  # before matplotlib comes: Mesa looks through all that is loaded
                draw = _drawn(run, compared, portraits, money, flows)
            tables_too = {"acceptability.parquet": acceptability_columns(money.curves)} if money.curves else {}
            run.folder.finish(
                run.ensembles, document, comparison=compared, tables=tables_too, portraits=portraits, draw=draw
            )
            dropped = [*conversion_sentences(changed), *_find_out(compared, shares), *self._dropped(chosen)]
            what = _said(run, compared, money, flows, dropped)
            keep_brief(run.folder.path, what, listener, self.head, partial(_decided, run, compared))
        return CompareAnswer(
            what, document, run.folder.path, comparison=compared, ensembles=run.ensembles, money=money, cash_flows=flows
        )

    def _converted(self, chosen: Sequence[Scenario]) -> Conversions:
        """What was given in another currency than the scenarios'."""
        return conversions(self.worth, chosen[0])

    def _dropped(self, chosen: Sequence[Scenario]) -> list[str]:
        """What the settings have dropped, and what was converted."""
        return [*left_out(self.scenarios, chosen), *converted(self.scenarios, self.settings, chosen)]


def plans_of(
    wanted: Sequence[Chosen], settings: Settings, posterior: Known, baseline: str | None
) -> tuple[tuple[Scenario, ...], str]:
    """The scenarios that are compared, and the name of the baseline.

    Raises:
        RequestError: if they are fewer than two, or the baseline is not among them.
        ScenarioError: with every fault of every scenario.
    """
    if len(wanted) < 2:
        raise RequestError(
            "scenarios",
            f"compare takes two scenarios or more, found {len(wanted)}; `legato scenarios` lists the library",
        )
    chosen = choose(wanted, settings, posterior)
    return chosen, baseline_of(baseline, wanted, chosen)


@dataclass(frozen=True, eq=False, repr=False)
class CompareAnswer(Answer):
    """What other courses would change.

    Attributes:
        comparison: estimates of each scenario, and differences from the baseline.
        ensembles: all networks, in the order of the scenarios.
        money: what the differences in cost buy, and how likely plans are worth it.
        cash_flows: what each budget line costs in each year, in the order of the scenarios.
    """

    DOCUMENT: ClassVar[Any] = CompareDocument
    TABLE: ClassVar[str] = "differences"

    _: KW_ONLY
    comparison: Comparison
    ensembles: tuple[Ensemble, ...]
    money: Money
    cash_flows: tuple[CashFlow, ...]

    def said_at(self, width: int) -> Said:
        """The same with the table of headlines no wider than a terminal."""
        with amounts_in(self.ensembles[0].scenario.costs.currency):
            return replace(self.said, body=_body(self.comparison, self.money, self.cash_flows, width))


def _body(compared: Comparison, money: Money, flows: Sequence[CashFlow], width: int) -> tuple[Block, ...]:
    """The tables: averages, differences, what the differences in cost buy, and what is paid in which year."""
    return (
        *tables.headline_tables(compared, width),
        *tables.difference_tables(compared),
        *incremental_blocks(money.bought),
        *frontier_blocks(money.standing),
        *worth_blocks(money.curves, money.worth),
        years_block(flows),
    )


def _shares(run: Simulated, compared: Comparison) -> dict[str, Shares]:
    """What each group of uncertain keys makes of the differences, by scenario."""
    named = {ensemble.scenario.name: ensemble for ensemble in run.ensembles}
    return {name: shares_of(named[name], named[compared.baseline]) for name in compared.compared}


def _find_out(compared: Comparison, shares: Mapping[str, Shares]) -> list[str]:
    """What would settle the sizes that are open: a line for each scenario of which that can be said, a few at most."""
    lines = [
        find_out_first(shares[name].get(RATE, ()), told("find.difference", plan=name, what=WHO_COLLABORATES))
        for name in compared.compared
        if not isnan(compared.difference(name, RATE).low)
    ]
    return [words.of_parameters(compared, tables.outcomes_shown(compared)), *list(filter(None, lines))[:MOST_FOUND_OUT]]


def _said(
    run: Simulated, compared: Comparison, money: Money, flows: Sequence[CashFlow], dropped: Sequence[str]
) -> Said:
    chosen = run.inquiry.scenarios
    titles = {scenario.name: title_of(scenario) for scenario in chosen}
    answers = [
        in_turn([words.answer(compared, name, titles[name]), *worth_sentences(money.curves, money.worth, name)])
        for name in compared.compared
    ]
    notes = words.notes(run.ensembles, run.reached)
    own = own_words([one.scenario for one in run.ensembles])
    paired = [words.pairing(compared), *unlike(chosen)]
    return said(
        [*answers, words.sizes(compared, chosen), *words.trade_offs(compared)],
        _body(compared, money, flows, PAGE_WIDTH),
        [notes[0], *paired, *notes[1:], *own, *dropped],
        [
            tables.money_table(compared.estimates, [one.costs.price_year for one in chosen]),
            *map(cash_flow_table, flows),
        ],
    )


def _decided(run: Simulated, compared: Comparison) -> Decision:
    named = {ensemble.scenario.name: ensemble for ensemble in run.ensembles}
    return decision(compared, run.inquiry.scenarios, pairs_of(compared, named))


def _drawn(
    run: Simulated,
    compared: Comparison,
    portraits: Mapping[str, Sequence[Snapshot]],
    money: Money,
    flows: Sequence[CashFlow],
) -> Draw:
    from results import figures

    named = {ensemble.scenario.name: ensemble for ensemble in run.ensembles}
    shown = planes(run.ensembles, named[compared.baseline], money.bought)
    bought = partial(figures.draw_bought, shown, money.curves, compared.baseline, money.worth)
    return partial(
        figures.draw_comparison, named, compared.differences, compared.baseline, portraits, bought=bought, flows=flows
    )
