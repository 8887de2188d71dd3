"""The split of a budget that adds most, and what other splits, a second cohort and another budget would give.

Three lucks, as in `optimise`: all plans are tried on the first; the splits are chosen on the second, from the plans
that were worth their money on the first; and everything that is reported rests on the third, on which each cohort has
luck of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, nan

import numpy as np

from results.apportioning.asked import PLANNED, Asked, Slot
from results.apportioning.plans import Menu, Tried, Try, menu, shortlist
from results.apportioning.splits import Offers, Split, best_split, equal_split, planned_split
from results.estimates.incremental import fieller
from results.estimates.pairs import Compared, Counted, Estimated, compared, estimated
from results.estimates.parameter_uncertainty import Unknown, Values, unknown_of
from results.optimising.search import NothingFeasibleError
from results.words.currency import shown_currency
from scenarios import Scenario

BUDGETS = (0.5, 0.75, 1.0, 1.25, 1.5)
"""Shares of the budget for which a split is chosen too."""
ROUNDING = 1e-6
"""Share of the budget by which the solver may be off."""
BEST, AS_PLANNED, EQUAL = "best", "as planned", "equal parts"


@dataclass(frozen=True, eq=False)
class Reported:
    """A split on the luck that is reported.

    Attributes:
        names: what it is called; several where it is the answer to several questions.
        split: which plan each slot gets.
        cost: of all its networks together (USD).
        added: what they add together, in the outcome's unit.
        lead: what the best split adds less what this one does; None of the best itself.
        over_budget: whether it costs more than the budget on average, on the luck of the choice.
    """

    names: tuple[str, ...]
    split: Split
    cost: Estimated
    added: Estimated
    lead: Compared | None
    over_budget: bool


@dataclass(frozen=True, eq=False)
class Cohort:
    """What a cohort costs, and what it adds.

    Attributes:
        slot: of which network, and which one.
        plan: that it gets, on the luck that is reported.
        cost: USD.
        added: in the outcome's unit.
        price: USD for one of what it adds; nan where it does not clearly add any.
        low: lower end of its 95 % interval.
        high: its upper end.
    """

    slot: Slot
    plan: Tried
    cost: Estimated
    added: Estimated
    price: float
    low: float
    high: float


@dataclass(frozen=True)
class Step:
    """The best split of another budget, on the luck of the choice.

    Attributes:
        budget: USD.
        split: None where nothing keeps it.
        cost: on average (USD).
        added: on average, in the outcome's unit.
    """

    budget: float
    split: Split | None
    cost: float
    added: float


@dataclass(frozen=True, eq=False)
class Portfolio:
    """What was found.

    Attributes:
        asked: the question.
        searched: a menu for each network: all its plans, on the luck of the search.
        chosen: a menu for each network: its shortlist, on the luck of the choice.
        reported: menus on the luck that is reported, by slot.
        splits: the best first.
        cohorts: of the best split.
        seconds: a second cohort of each network that has one in a split, the best or another.
        steps: other budgets, ascending.
    """

    asked: Asked
    searched: tuple[Menu, ...]
    chosen: tuple[Menu, ...]
    reported: Mapping[Slot, Menu]
    splits: tuple[Reported, ...]
    cohorts: tuple[Cohort, ...]
    seconds: tuple[Cohort, ...]
    steps: tuple[Step, ...]

    @property
    def best(self) -> Reported:
        """The split that adds most within the budget."""
        return self.splits[0]

    def named(self, name: str) -> Reported | None:
        """A split by one of its names; None where there is none of it."""
        return next((one for one in self.splits if name in one.names), None)

    @property
    def offers(self) -> Offers:
        """Plans of each network on the luck of the choice."""
        return _offers(self.chosen)


def all_in(network: str) -> str:
    """What the split is called that gives everything to one network."""
    return f"all for {network}"


def second_of(network: str) -> str:
    """What the split is called that has a second cohort of a network in any case."""
    return f"a second cohort of {network}"


ONE_EACH = "one cohort each at most"


def apportion(asked: Asked, tries: Try) -> Portfolio:
    """Find the best split.

    Args:
        asked: the question.
        tries: tries plans of a network.

    Raises:
        NothingFeasibleError: if nothing keeps the budget, with what is cheapest.
        FailedError: if a network cannot be run as it is planned, or without funding.
    """
    searched = tuple(menu(asked, one, 1, "search", list(asked.plans_of(one)), tries) for one in asked.networks)
    lists = [shortlist(one) for one in searched]
    chosen = tuple(
        menu(asked, network, 1, "choice", numbers, tries)
        for network, numbers in zip(asked.networks, lists, strict=True)
    )
    offers = _offers(chosen)
    named = _named(asked, offers)
    reported = _report(asked, named.values(), tries)
    splits = _compared(asked, named, offers, reported)
    cohorts = tuple(_cohort(asked, reported[slot], number) for slot, number in splits[0].split.plans)
    seconds = tuple(_cohort(asked, reported[slot], number) for slot, number in _seconds(named))
    steps = tuple(_step(asked, offers, share) for share in BUDGETS)
    return Portfolio(asked, searched, chosen, reported, splits, cohorts, seconds, steps)


def _offers(chosen: Sequence[Menu]) -> Offers:
    return {one.slot.network: one.plans for one in chosen}


def _named(asked: Asked, offers: Offers) -> dict[str, Split]:
    """Splits by name, the best first; those that nothing keeps are left out."""
    fewest, most = (dict.fromkeys(offers, count) for count in (asked.fewest, asked.most))
    best = best_split(offers, asked.budget, fewest=fewest, most=most)
    if best is None or not best.plans:
        raise NothingFeasibleError(_nothing(asked, offers))
    found: dict[str, Split | None] = {BEST: best, AS_PLANNED: planned_split(most, PLANNED)}
    if len(offers) > 1:
        found[EQUAL] = equal_split(offers, asked.budget)
        for name in offers:
            alone = {other: asked.most if other == name else 0 for other in offers}
            found[all_in(name)] = best_split(offers, asked.budget, fewest=dict.fromkeys(offers, 0), most=alone)
    if asked.most > 1:
        few = {name: min(1, count) for name, count in fewest.items()}
        found[ONE_EACH] = best_split(offers, asked.budget, fewest=few, most=dict.fromkeys(offers, 1))
        for name in offers:
            wanted = {**fewest, name: max(2, asked.fewest)}
            found[second_of(name)] = best_split(offers, asked.budget, fewest=wanted, most=most)
    return {name: split for name, split in found.items() if split is not None and split.plans}


def _seconds(named: Mapping[str, Split]) -> list[tuple[Slot, int]]:
    """The second cohort of each network that has one, with its plan: in the best split, or else where it must have."""
    found: dict[str, tuple[Slot, int]] = {}
    for split in named.values():
        for slot, number in split.plans:
            if slot.cohort == 2:
                found.setdefault(slot.network, (slot, number))
    return list(found.values())


def _report(asked: Asked, splits: Iterable[Split], tries: Try) -> dict[Slot, Menu]:
    wanted: dict[Slot, list[int]] = {}
    for split in splits:
        for slot, number in split.plans:
            numbers = wanted.setdefault(slot, [])
            numbers += [] if number in numbers else [number]
    networks = {one.name: one for one in asked.networks}
    return {
        slot: menu(asked, networks[slot.network], slot.cohort, "report", sorted(wanted[slot]), tries)
        for slot in asked.slots
        if slot in wanted
    }


def _compared(
    asked: Asked, named: Mapping[str, Split], offers: Offers, reported: Mapping[Slot, Menu]
) -> tuple[Reported, ...]:
    by_split: dict[Split, list[str]] = {}
    for name, split in named.items():
        by_split.setdefault(split, []).append(name)
    unknown = _unknown(asked.networks, asked.final)
    best = next(iter(by_split))
    most = _sum(best, reported)[1]
    found = []
    for split, names in by_split.items():
        cost, added = _sum(split, reported)
        lead = None if split is best else compared(_counted(most), _counted(added), unknown, max(1, len(by_split) - 1))
        found.append(
            Reported(
                tuple(names),
                split,
                estimated(_counted(cost), unknown),
                estimated(_counted(added), unknown),
                lead,
                split.cost(offers) > asked.budget * (1 + ROUNDING),
            )
        )
    return tuple(found)


def _sum(split: Split, reported: Mapping[Slot, Menu]) -> tuple[Values, Values]:
    """Costs and what is added, of all networks of a split together, float[replicates] each."""
    plans = [reported[slot].plans[number] for slot, number in split.plans]
    return np.sum([one.costs for one in plans], axis=0), np.sum([one.gain for one in plans], axis=0)


def _cohort(asked: Asked, tried: Menu, number: int) -> Cohort:
    plan = tried.plans[number]
    unknown = _unknown([one for one in asked.networks if one.name == tried.slot.network], asked.final)
    cost, added = (estimated(_counted(values), unknown) for values in (plan.costs, plan.gain))
    price, low, high = nan, nan, nan
    if added.low > 0:
        price = cost.mean / added.mean
        low, high = fieller(plan.costs, plan.gain, unknown)
    return Cohort(tried.slot, plan, cost, added, price, low, high)


def _step(asked: Asked, offers: Offers, share: float) -> Step:
    budget = asked.budget * share
    fewest, most = (dict.fromkeys(offers, count) for count in (asked.fewest, asked.most))
    split = best_split(offers, budget, fewest=fewest, most=most)
    if split is None:
        return Step(budget, None, nan, nan)
    return Step(budget, split, split.cost(offers), split.added(offers))


def _counted(values: Values) -> Counted:
    return Counted(values, values, values, False, False, -inf, inf)


def _unknown(networks: Sequence[Scenario], replicates: int) -> Unknown | None:
    return unknown_of(networks, 0, replicates)


def _nothing(asked: Asked, offers: Offers) -> str:
    cheapest = {name: min((one.cost for one in plans.values()), default=nan) for name, plans in offers.items()}
    name = min(cheapest, key=lambda one: cheapest[one])
    least = asked.fewest * sum(cheapest.values()) if asked.fewest else cheapest[name]
    money = shown_currency()
    if least <= asked.budget:
        return (
            f"nothing that keeps the budget of {asked.budget:,.10g} {money} adds anything to what comes about without "
            f"funding, though the cheapest costs {least:,.0f} {money} on average; simulate more networks (--final), "
            "widen a --lever, or name another --outcome"
        )
    if asked.fewest:
        what = f"the cheapest plans of all networks together cost {least:,.0f} {money} on average"
    else:
        what = f"the cheapest plan, one of '{name}', costs {least:,.0f} {money} on average"
    return f"nothing keeps a budget of {asked.budget:,.10g} {money}: {what}; raise --budget, or widen a --lever" + (
        ", or let networks be left out (--cohorts 0:2)" if asked.fewest else ""
    )
