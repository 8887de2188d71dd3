"""The best split is the best of all that there are; plans are worth what they add to what would come about anyway."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement, product
from typing import Any

import numpy as np
import pytest

import scenarios
from results.apportioning.asked import PLANNED, UNFUNDED, Asked, Slot
from results.apportioning.plans import Menu, Tried, menu, shortlist
from results.apportioning.portfolio import BEST, EQUAL, all_in, apportion, second_of
from results.apportioning.splits import Offers, best_split, equal_split
from results.apportioning.words import said_of, step_table
from results.estimates.parameter_uncertainty import Values
from results.optimising.search import Luck, NothingFeasibleError, read_levers
from scenarios import Scenario
from simulation.outcomes import NAMES

INTENSITY = "facilitation.intensity"


def plan_of(number: int, cost: float, added: float) -> Tried:
    outcomes = np.zeros((2, len(NAMES)))
    outcomes[:, NAMES.index("total_cost")] = cost
    return Tried(number, {}, outcomes, np.full(2, added))


def menus(rng: np.random.Generator, networks: int, plans: int) -> Offers:
    return {
        f"network {name}": {
            number: plan_of(number, float(rng.uniform(1, 10)), float(rng.uniform(-1, 10))) for number in range(plans)
        }
        for name in range(networks)
    }


def by_trying(offers: Offers, budget: float, fewest: int, most: int) -> float:
    """What the best of all splits adds, each looked at; -1 where none keeps the budget."""
    each = []
    for plans in offers.values():
        several = [
            chosen
            for count in range(fewest, most + 1)
            for chosen in combinations_with_replacement(plans.values(), count)
        ]
        each.append([(sum(one.cost for one in chosen), sum(one.added for one in chosen)) for chosen in several])
    found = -1.0
    for chosen in product(*each):
        if sum(cost for cost, _ in chosen) <= budget:
            found = max(found, sum(added for _, added in chosen))
    return found


@pytest.mark.parametrize(("fewest", "most"), [(0, 1), (0, 2), (1, 2), (2, 2)])
def test_the_best_split_is_the_best_of_all(fewest: int, most: int) -> None:
    rng = np.random.default_rng(1)
    kept = 0
    for budget in rng.uniform(2, 40, 12):
        offers = menus(rng, 3, 4)
        few, many = (dict.fromkeys(offers, count) for count in (fewest, most))
        found = best_split(offers, float(budget), fewest=few, most=many)
        wanted = by_trying(offers, float(budget), fewest, most)
        if found is None:
            assert wanted == -1.0
            continue
        kept += 1
        assert found.added(offers) == pytest.approx(wanted, abs=1e-9)
        assert found.cost(offers) <= budget * (1 + 1e-6)
        assert all(fewest <= found.cohorts(name) <= most for name in offers)
    assert kept >= 6


def test_what_takes_something_away_is_left_out_unless_it_must_be_funded() -> None:
    offers = {"good": {0: plan_of(0, 4, 3)}, "bad": {0: plan_of(0, 1, -2)}}
    none, one = dict.fromkeys(offers, 0), dict.fromkeys(offers, 1)
    free = best_split(offers, 10, fewest=none, most=one)
    forced = best_split(offers, 10, fewest=one, most=one)
    assert free is not None
    assert forced is not None
    assert free.plans == ((Slot("good", 1), 0),)
    assert forced.added(offers) == 1
    assert best_split(offers, 4.5, fewest=one, most=one) is None


def test_equal_parts_give_each_the_best_within_its_part() -> None:
    offers = {"a": {0: plan_of(0, 3, 1), 1: plan_of(1, 6, 9)}, "b": {0: plan_of(0, 5, 2), 1: plan_of(1, 1, 1)}}
    found = equal_split(offers, 10)
    assert found is not None
    assert found.plans == ((Slot("a", 1), 0), (Slot("b", 1), 0))
    assert equal_split(offers, 5) is None  # nothing of the first costs 2.5


def test_a_short_list_holds_what_no_other_beats_and_the_plan_itself() -> None:
    plans = [plan_of(PLANNED, 5, 1), plan_of(1, 2, 2), plan_of(2, 3, 1.5), plan_of(3, 4, 6), plan_of(4, 4, 5)]
    tried = Menu(Slot("a", 1), np.zeros((2, len(NAMES))), {one.number: one for one in plans}, {})
    assert shortlist(tried) == (PLANNED, 1, 3)


def double(slope: Mapping[str, float], noise: float = 1.0, idle: float = 2.0) -> Any:
    """Each unit of intensity costs 1,000 and adds so many survivors in a network, with diminishing returns."""

    def tries(network: Scenario, wanted: Sequence[Mapping[str, Any]], luck: Luck) -> list[Values | str]:
        shared = np.random.default_rng([luck.seed, 1]).normal(size=luck.replicates)
        found: list[Values | str] = []
        for values in wanted:
            intensity = float(values[INTENSITY])
            outcomes = np.zeros((luck.replicates, len(NAMES)))
            outcomes[:, NAMES.index("total_cost")] = 1000 * intensity
            outcomes[:, NAMES.index("surviving")] = idle + slope[network.name] * intensity**0.5 + noise * shared
            found.append(outcomes)
        return found

    return tries


def question(**more: Any) -> Asked:
    pair = tuple(scenarios.load(name, posterior=None) for name in ("salex", "champions"))
    levers = read_levers([f"{INTENSITY}=0.1:1:0.1"])
    return Asked(pair, levers, **{"budget": 1000.0, "outcome": "surviving", "final": 20, "replicates": 10, **more})


def test_the_known_best_split_of_two_networks_is_found_and_what_is_added_is_right() -> None:
    """A sqrt(x) + b sqrt(y) under x + y <= 1 is most at x = a^2 / (a^2 + b^2): 0.8 and 0.2 for a = 2, b = 1."""
    found = apportion(question(most=1), double({"salex": 2.0, "champions": 1.0}))
    values = {one.slot.network: one.plan.values[INTENSITY] for one in found.cohorts}
    assert values == {"salex": 0.8, "champions": 0.2}
    assert found.best.added.mean == pytest.approx(2 * 0.8**0.5 + 0.2**0.5)  # luck and what comes anyway cancel
    assert found.best.cost.mean == pytest.approx(1000)
    equal = found.named(EQUAL)
    assert equal is not None
    assert equal.lead is not None
    assert equal.lead.mean == pytest.approx(2 * 0.8**0.5 + 0.2**0.5 - 3 * 0.5**0.5)
    alone = found.named(all_in("champions"))
    assert alone is not None
    assert alone.added.mean == pytest.approx(1.0)


def test_a_second_cohort_is_worth_it_where_a_first_one_has_less_and_less_to_gain() -> None:
    """Two cohorts of a half add 2 x sqrt(.5) = 1.41 times what one of 1 adds; a second cohort costs what it costs."""
    found = apportion(question(budget=1000.0), double({"salex": 2.0, "champions": 0.1}))
    assert found.best.split.cohorts("salex") == 2
    assert found.named(second_of("salex")) is found.best
    (second,) = (one for one in found.seconds if one.slot.network == "salex")
    assert second.cost.mean == pytest.approx(1000 * second.plan.values[INTENSITY])
    assert second.price == pytest.approx(second.cost.mean / second.added.mean)
    assert "A second cohort of salex" in " ".join(said_of(found).answer)


def test_the_given_budget_stands_once_and_a_row_of_other_budgets_is_another_budget() -> None:
    found = apportion(question(most=1), double({"salex": 2.0, "champions": 1.0}))
    table = step_table(found)
    assert [row[0] for row in table.rows] == ["0.5", "0.8", "1.2", "1.5"]
    assert len(found.steps) == 5, "the document has all"
    assert any("The given budget is not among them" in one for one in said_of(found).notes)


def test_a_split_that_cannot_be_told_apart_is_so_much_more_or_less_and_no_price_has_a_reason() -> None:
    found = apportion(question(), double({"salex": 2.0, "champions": 0.1}))
    best, other, *_ = found.splits
    assert other.lead is not None
    measured = other.lead

    def line(mean: float) -> str:
        lead = measured._replace(mean=mean, low=mean - 7, high=mean + 7, chance_higher=0.5)
        open_ = replace(other, names=(EQUAL,), lead=lead)
        (said,) = [one for one in said_of(replace(found, splits=(best, open_))).answer if "equal parts" in one]
        return said

    assert "(which adds 0 ± 7 more)" in line(0.1)
    assert "(which adds 2 ± 7 less)" in line(-2.0)
    seconds = tuple(replace(one, price=math.nan, low=math.nan, high=math.nan) for one in found.seconds)
    (second,) = [one for one in said_of(replace(found, seconds=seconds)).answer if "cohort of salex (" in one]
    assert ": no price for each, as it may add none." in second


def test_two_cohorts_have_luck_of_their_own_and_plans_of_a_cohort_have_the_same() -> None:
    asked = question()
    seeds = {asked.luck("report", slot).seed for slot in asked.slots}
    assert len(seeds) == len(asked.slots) == 4
    tried = menu(asked, asked.networks[0], 1, "report", [PLANNED, 1], double({"salex": 0.0, "champions": 0.0}))
    assert np.allclose(tried.plans[1].gain, 0.0)
    assert asked.plans_of(asked.networks[0])[-1] == dict(UNFUNDED)


def test_a_budget_that_buys_nothing_says_what_is_cheapest() -> None:
    worth = double({"salex": 2.0, "champions": 1.0})
    with pytest.raises(NothingFeasibleError, match="cheapest plan, one of 'salex', costs 100 USD"):
        apportion(question(budget=50.0), worth)
    with pytest.raises(NothingFeasibleError, match=r"of all networks together cost 200 USD.*--cohorts 0:2"):
        apportion(question(budget=150.0, fewest=1), worth)


def test_names_of_splits_that_are_the_same_stand_together() -> None:
    found = apportion(question(most=1), double({"salex": 5.0, "champions": 0.0}, idle=0.0))
    assert found.best.names[0] == BEST
    assert all_in("salex") in found.best.names
    plans = [one.split for one in found.splits]
    assert len(plans) == len(set(plans))
