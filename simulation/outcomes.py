"""The outcomes: what is counted each month, and what is said of a whole run.

The shipped ones stand here. A run has these, and perhaps outcomes of one's own: `Outcomes` is the catalogue that goes
with it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from scenarios.files.faults import near_miss

Scale = Literal["share", "level", "count", "usd", "index"]


@dataclass(frozen=True)
class Outcome:
    """One thing a run is asked about.

    Attributes:
        name: column in every table, key in every JSON document.
        label: the same in plain words, for titles and axes.
        scale: "share" and "level" run from 0 to 1, "count" from 0, "usd" is money, "index" a statistic of structure.
        meaning: one sentence, with unit and month.
        over: (numerator, denominator), the columns behind a ratio. A ratio is estimated as the ratio of the sums over
            replicates, never as the mean of ratios; it is missing where the denominator is 0.
        headline: whether a short table shows it.
        unit: in a word or two, where the scale does not say it.
    """

    name: str
    label: str
    scale: Scale
    meaning: str
    over: tuple[str, str] | None = None
    headline: bool = False
    unit: str = ""


MONTHLY: tuple[Outcome, ...] = (
    Outcome(
        "collaboration_rate",
        "members that ever formed a collaboration",
        "share",
        "share of members that have formed at least one new, active collaboration so far",
        headline=True,
    ),
    Outcome(
        "active_rate",
        "members collaborating now",
        "share",
        "share of members with an active collaboration",
        headline=True,
    ),
    Outcome(
        "collaborations", "collaborations active now", "count", "collaborations active in that month", headline=True
    ),
    Outcome(
        "collaborations_formed", "collaborations ever formed", "count", "collaborations formed so far", headline=True
    ),
    Outcome(
        "new_relationships",
        "new relationships per member",
        "count",
        "members that a member knows now and did not know before, on average",
        headline=True,
    ),
    Outcome(
        "unexpected_relationships",
        "unexpected relationships per member",
        "count",
        "new relationships with members that share no interest with it, on average",
    ),
    Outcome("trust", "trust in ties", "level", "mean trust over existing ties; 0 without ties"),
    Outcome("tie_density", "pairs that know each other", "share", "share of pairs of members with a tie"),
    Outcome("engagement", "engagement", "level", "mean engagement of the members in the network", headline=True),
    Outcome("retention", "members still in", "share", "share of all members so far that have not left the network"),
    Outcome("evidence", "pieces of evidence", "count", "pieces of evidence that have appeared so far", headline=True),
    Outcome(
        "uptake",
        "members that took up others' evidence",
        "share",
        "share of members that took up evidence from other members",
    ),
    Outcome(
        "practice", "members with improved practice", "share", "share of members whose shared practice has improved"
    ),
    Outcome(
        "translation",
        "translations into practice at scale",
        "count",
        "times so far that evidence was translated into schools, systems or policy",
    ),
    Outcome("cost", "cost to the funder so far", "usd", "what the funder has spent so far, in the scenario's currency"),
    Outcome(
        "network_alive",
        "network still alive",
        "share",
        "share of networks in which at least three members are connected by active collaborations: A works with B, and "
        "B with C",
    ),
    Outcome(
        "founders_rate",
        "founding members that ever formed a collaboration",
        "share",
        "share of the members at the start that have formed at least one new, active collaboration so far",
    ),
    Outcome(
        "months_worked",
        "months of collaboration so far",
        "count",
        "months of active collaboration so far, summed over collaborations",
    ),
    Outcome(
        "members_cost",
        "members' own spending so far",
        "usd",
        "what members have spent of their own so far on attending and on work that no grant pays for, in the "
        "scenario's currency",
    ),
)
"""Counted at the end of every month; month 0 is the founding, before anything has happened."""

_YEAR_AFTER: tuple[tuple[str, str, Scale, str], ...] = (
    ("formed", "collaborations formed until", "count", "collaborations formed"),
    ("months_worked", "months of collaboration until", "count", "months of active collaboration"),
    ("evidence", "pieces of evidence until", "count", "pieces of evidence that have appeared"),
    ("translation", "translations into practice at scale until", "count", "times that evidence was translated"),
    ("cost", "cost to the funder until", "usd", "what the funder has spent, in the scenario's currency,"),
    (
        "members_cost",
        "members' own spending until",
        "usd",
        "what members have spent of their own, in the scenario's currency,",
    ),
)

COUNTS: tuple[Outcome, ...] = (
    Outcome(
        "active_at_closing",
        "collaborations active at closing",
        "count",
        "collaborations active at the end of the network's last month",
    ),
    Outcome(
        "surviving",
        "number of collaborations that survive a year",
        "count",
        "collaborations active at closing that are still active 12 months later, without a grant",
    ),
    Outcome(
        "formed_in_all",
        "collaborations formed in the whole run",
        "count",
        "collaborations formed up to the last simulated month",
    ),
    Outcome(
        "collaboration_months",
        "months of collaboration",
        "count",
        "months of active collaboration, summed over collaborations, up to the last simulated month",
    ),
    Outcome(
        "total_cost",
        "cost to the funder in the whole run",
        "usd",
        "everything the funder spends, up to the last simulated month",
    ),
    Outcome(
        "evidence_in_all",
        "pieces of evidence in the whole run",
        "count",
        "pieces of evidence that have appeared up to the last simulated month",
    ),
    Outcome(
        "translation_in_all",
        "translations into practice at scale in the whole run",
        "count",
        "times that evidence was translated into schools, systems or policy up to the last simulated month",
    ),
    Outcome(
        "members_cost_in_all",
        "members' own spending in the whole run",
        "usd",
        "what members spend of their own, up to the last simulated month, in the scenario's currency",
    ),
    *(
        Outcome(
            f"{name}_year_after",
            f"{label} a year after closing",
            scale,
            f"{meaning} up to 12 months after the closing; missing if the network goes on",
        )
        for name, label, scale, meaning in _YEAR_AFTER
    ),
    Outcome("cost_backbone", "of which for the backbone", "usd", "spent on the backbone, by its intensity"),
    Outcome(
        "cost_convenings",
        "of which for convenings and challenge groups",
        "usd",
        "spent on members' attendance at convenings, including the capstone, and on sessions of challenge groups",
    ),
    Outcome("cost_introductions", "of which for introductions", "usd", "spent on introductions, beyond the backbone"),
    Outcome("cost_grants", "of which for catalytic grants", "usd", "spent on catalytic grants"),
    Outcome(
        "cost_ending",
        "of which for capstone and handover",
        "usd",
        "spent on the capstone event (without attendance) and on the handover plan",
    ),
)
"""Counts behind the ratios, kept so that ratios can be added up over replicates; and what the money went to."""

COST_PARTS = ("cost_backbone", "cost_convenings", "cost_introductions", "cost_grants", "cost_ending")
"""What the whole cost is made of. Winding down is what the backbone, convenings and grants cost while it lasts."""

FINAL: tuple[Outcome, ...] = (
    Outcome(
        "legacy_rate",
        "members collaborating a year after closing",
        "share",
        "share of members with an active collaboration 12 months after closing that no grant pays for; missing if the "
        "network goes on",
        headline=True,
    ),
    Outcome(
        "survival",
        "collaborations at closing that survive a year",
        "share",
        "share of the collaborations active at closing that are still active 12 months later, without a grant; missing "
        "if none was",
        over=("surviving", "active_at_closing"),
        headline=True,
    ),
    Outcome(
        "cost_per_collaboration",
        "cost per collaboration formed in the whole run",
        "usd",
        "cost of the whole run divided by the collaborations formed in it",
        over=("total_cost", "formed_in_all"),
        headline=True,
    ),
    Outcome(
        "cost_per_collaboration_month",
        "cost per month of collaboration in the whole run",
        "usd",
        "cost of the whole run divided by its months of collaboration",
        over=("total_cost", "collaboration_months"),
        headline=True,
    ),
    Outcome(
        "cost_per_surviving",
        "cost of the whole run per collaboration that survives a year",
        "usd",
        "whole cost divided by the collaborations at closing that are still active 12 months later, without a grant; "
        "missing if none is",
        over=("total_cost", "surviving"),
        headline=True,
    ),
    Outcome(
        "transitivity",
        "transitivity of ties",
        "index",
        "share of connected triples of members that are closed (triadic closure), in the reporting month",
    ),
    Outcome(
        "degree_centralization",
        "degree centralization",
        "index",
        "Freeman's degree centralization of ties, 0 for a ring, 1 for a star",
    ),
    Outcome(
        "betweenness_centralization",
        "betweenness centralization",
        "index",
        "Freeman's betweenness centralization of ties; missing above 300 members",
    ),
    Outcome(
        "modularity_topic", "modularity by main topic", "index", "modularity of ties over the members' main topics"
    ),
    Outcome("modularity_region", "modularity by region", "index", "modularity of ties over the members' regions"),
    Outcome(
        "homophily_topic",
        "homophily by main topic",
        "index",
        "Krackhardt and Stern's E-I index with the sign reversed: 1, all ties are within a topic; -1, none",
    ),
    Outcome("homophily_region", "homophily by region", "index", "the same for regions"),
    Outcome(
        "facilitator_dependence",
        "collaborations due to facilitation",
        "share",
        "share of the collaborations formed so far whose partners first met through facilitation; missing if none is",
    ),
)
"""Said of a whole run. Structure is that of the reporting month: the planned closing, or the last month if none is."""

Quantity = Literal["formed", "months_worked", "evidence", "translation", "cost", "members_cost"]
Horizon = Literal["closing", "year after", "end"]

CLOCK: Mapping[Horizon, Mapping[Quantity, str]] = MappingProxyType({
    "closing": {
        "formed": "collaborations_formed",
        "months_worked": "months_worked",
        "evidence": "evidence",
        "translation": "translation",
        "cost": "cost",
        "members_cost": "members_cost",
    },
    "year after": {
        "formed": "formed_year_after",
        "months_worked": "months_worked_year_after",
        "evidence": "evidence_year_after",
        "translation": "translation_year_after",
        "cost": "cost_year_after",
        "members_cost": "members_cost_year_after",
    },
    "end": {
        "formed": "formed_in_all",
        "months_worked": "collaboration_months",
        "evidence": "evidence_in_all",
        "translation": "translation_in_all",
        "cost": "total_cost",
        "members_cost": "members_cost_in_all",
    },
})  # fmt: skip
"""What is spent and what comes of it, counted to one month: horizon -> quantity -> outcome. "closing" is the reporting
month, "year after" the 12th month after the actual closing, "end" the last simulated month."""

MONTHLY_NAMES = tuple(outcome.name for outcome in MONTHLY)
OUTCOMES: tuple[Outcome, ...] = MONTHLY + FINAL + COUNTS
"""Columns of an ensemble's values, in order: the monthly ones are read in the reporting month."""
NAMES = tuple(outcome.name for outcome in OUTCOMES)
_SHIPPED = {outcome.name: outcome for outcome in OUTCOMES}


class OwnName(str):
    """The name of an outcome of one's own: text as any other, which knows what it is the name of.

    So whoever has an estimate, with the name of its outcome, has its label and its scale: those of the run that it
    comes from, whatever another run calls by the same name.
    """

    __slots__ = ("outcome",)
    outcome: Outcome

    def __new__(cls, outcome: Outcome) -> OwnName:
        """The name of an outcome."""
        name = super().__new__(cls, outcome.name)
        name.outcome = outcome
        return name

    def __reduce__(self) -> tuple[Any, ...]:
        return OwnName, (self.outcome,)


def outcome_named(name: str) -> Outcome:
    """The outcome of a name: a shipped one, or one of one's own, whose name comes from its catalogue.

    Raises:
        KeyError: if it names none.
    """
    if isinstance(name, OwnName):
        return name.outcome
    if name not in _SHIPPED:
        raise KeyError(f"no outcome is called '{name}'{near_miss(name, NAMES)}; names come from the run's `outcomes`")
    return _SHIPPED[name]


def shipped_outcome(name: str) -> Outcome:
    """The same for those who know the shipped ones only, such as a page."""
    return _SHIPPED[name]


def is_outcome(name: str) -> bool:
    """Whether a name is that of an outcome; one of one's own is where it comes from its catalogue."""
    return isinstance(name, OwnName) or name in _SHIPPED


@dataclass(frozen=True)
class Outcomes:
    """The outcomes of a run: the shipped ones, then those of one's own.

    Attributes:
        own_monthly: of one's own, counted at the end of every month.
        own_final: of one's own, said of a whole run.
    """

    own_monthly: tuple[Outcome, ...] = ()
    own_final: tuple[Outcome, ...] = ()

    @cached_property
    def own_names(self) -> tuple[str, ...]:
        """Names of those of one's own, in the order of their columns."""
        return tuple(OwnName(one) for one in (*self.own_monthly, *self.own_final))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Columns of an ensemble's values, in order."""
        return (*NAMES, *self.own_names)

    @cached_property
    def monthly_names(self) -> tuple[str, ...]:
        """Columns of its months, in order."""
        return (*MONTHLY_NAMES, *self.own_names[: len(self.own_monthly)])

    @cached_property
    def all(self) -> tuple[Outcome, ...]:
        """The outcomes, in the order of their columns."""
        return tuple(outcome_named(name) for name in self.names)

    @cached_property
    def _called(self) -> Mapping[str, str]:
        return {name: name for name in self.names}

    def __contains__(self, name: object) -> bool:
        """Whether an outcome is called this."""
        return name in self._called

    def called(self, name: str) -> str:
        """The name as it stands in this catalogue, so that `outcome_named` knows what it names; others as they are."""
        return self._called.get(name, name)


SHIPPED = Outcomes()
"""The catalogue of runs without outcomes of one's own."""


def check_filled(twin: str, filled: Collection[str]) -> None:
    """Refuse a twin of the model that leaves an outcome out: the other's numbers would stand beside nothing.

    Args:
        twin: which one, and where it counts.
        filled: outcomes that it counts.

    Raises:
        RuntimeError: with the outcomes, and what to do.
    """
    if missing := [name for name in NAMES if name not in filled]:
        raise RuntimeError(
            f"{twin} does not count {', '.join(missing)}, which simulation/outcomes.py lists; count it there, and in "
            "the other twin, or take it off the list"
        )
