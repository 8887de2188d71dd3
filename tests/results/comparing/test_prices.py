"""What a trade is priced at, what one is worth to whoever asks, and which plans are worth considering: in words."""

from dataclasses import replace

import pytest

from results.comparing.acceptability_documents import (
    acceptability_columns,
    acceptability_document,
    frontier_blocks,
    frontier_document,
    worth_blocks,
)
from results.comparing.prices import price, worth_sentences
from results.comparing.worth import worth_of
from results.estimates.acceptability import Curve, PlanCurve
from results.estimates.comparison import Comparison, Difference
from results.estimates.frontier import Placed, Point, frontier
from results.estimates.plan_points import Frontier
from results.words.sentence import Told
from scenarios.files.faults import RequestError

NAN = float("nan")


def difference(outcome: str, mean: float, half: float, chance: float = 0.995) -> Difference:
    return Difference(
        "less", outcome, mean, mean - half, mean + half, None, None, 0, replicates=100,
        level=abs(mean), baseline_level=2 * abs(mean), chance_higher=chance if mean > 0 else 1 - chance,
    )  # fmt: skip


def compared(*differences: Difference) -> Comparison:
    return Comparison("base", 1, 100, {"base": {}, "less": {}}, differences)


COST = difference("cost_year_after", -400_000.0, 100_000.0)
MONTHS = difference("months_worked_year_after", -80.0, 40.0)
SURVIVORS = difference("surviving", -2.0, 3.0, 0.9)


def said(comparison: Comparison) -> str:
    found = price(comparison, "less")
    return "" if found is None else str(Told(found))


def test_a_plan_that_saves_is_priced_by_what_it_gives_up() -> None:
    words = said(compared(COST, MONTHS))
    assert "less saves 5.0 thousand USD for each month of collaboration given up" in words
    assert "counted to a year after closing" in words
    assert words.endswith("if these are worth less to you than that, and base if they are worth more.")


def test_a_plan_that_costs_more_is_priced_by_what_it_adds_and_chosen_by_whoever_values_it_more() -> None:
    words = said(compared(*(replace(one, mean=-one.mean, low=-one.high, high=-one.low, chance_higher=0.995)
                            for one in (COST, MONTHS))))  # fmt: skip
    assert "less costs 5.0 thousand USD for each month of collaboration added" in words
    assert words.endswith("if these are worth more to you than that, and base if they are worth less.")


def test_a_price_whose_number_may_not_differ_may_be_far_higher_and_says_so() -> None:
    words = said(compared(COST, MONTHS, SURVIVORS))
    assert "200 thousand USD or far more for each collaboration fewer that survives a year" in words
    assert "5.0 thousand USD for each" in words


@pytest.mark.parametrize(
    "differences",
    [
        (COST, replace(MONTHS, mean=80.0, low=40.0, high=120.0, chance_higher=0.995)),
        (COST, replace(MONTHS, chance_higher=0.5)),
        (COST, MONTHS, replace(SURVIVORS, mean=2.0, low=-1.0, high=5.0, chance_higher=0.9)),
        (replace(COST, chance_higher=0.4), MONTHS),
        (COST,),
        (MONTHS,),
        (replace(COST, mean=0.0, low=0.0, high=0.0, chance_higher=0.5), MONTHS),
    ],
    ids=[
        "cheaper and better",
        "effect open",
        "months fewer, survivors more",
        "cost open",
        "no effect",
        "no cost",
        "same cost",
    ],
)
def test_nothing_is_priced_where_nothing_is_traded_or_known(differences: tuple[Difference, ...]) -> None:
    assert said(compared(*differences)) == ""


def test_networks_that_go_on_are_priced_to_the_last_month() -> None:
    gone = replace(COST, mean=NAN, low=NAN, high=NAN, chance_higher=None)
    whole = [difference("total_cost", -4e5, 1e5), difference("collaboration_months", -100.0, 10.0), SURVIVORS]
    words = said(compared(gone, *whole))
    assert "counted to the last month simulated" in words
    assert "4.0 thousand USD" in words
    assert "survives" not in words


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["survivor=60k"], {"surviving": 60_000.0}),
        (["month=5,000", "evidence=1.1m"], {"months_worked": 5_000.0, "evidence": 1_100_000.0}),
        ({"translation": 2e6}, {"translation": 2e6}),
        ({"months_worked": "USD 5 000"}, {"months_worked": 5_000.0}),
        (["evidence=0"], {"evidence": 0.0}),
        ((), {}),
    ],
)
def test_what_one_is_worth_is_read_as_people_write_it(wanted: list[str], found: dict[str, float]) -> None:
    assert worth_of(wanted) == found


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        (["survivors=60k"], "did you mean survivor"),
        (["luck=60k"], "allowed is month, survivor, evidence or translation"),
        (["survivor"], "survivor=60k"),
        (["survivor=much"], "of survivor"),
        (["survivor=-5"], "allowed is an amount of 0 or more"),
        (["survivor=nan"], "allowed is an amount of 0 or more"),
        (["survivor=5 EUR"], "nothing is converted"),
        (["survivor=5", "surviving=6"], "given twice"),
    ],
)
def test_what_cannot_be_an_amount_is_refused_with_the_way_out(wanted: list[str], fault: str) -> None:
    with pytest.raises(RequestError, match=fault):
        worth_of(wanted)


def curve(chance: float = 0.93, benefit: float = 2e5) -> Curve:
    base = PlanCurve("base", (NAN, NAN), (0.9, 1 - chance), (NAN, NAN), (NAN, NAN), (NAN, NAN))
    less = PlanCurve("less", (0.1, chance), (0.1, chance), (-4e5, benefit), (-5e5, benefit - 3e5), (0.0, benefit + 3e5))
    return Curve("year after", "surviving", "funder", (0.0, 60_000.0), (base, less), ("base", "less"), 100)


@pytest.mark.parametrize(
    ("chance", "benefit", "words"),
    [
        (0.93, 2e5, ["60 thousand USD each", "less is very probably better than base", "+200 thousand USD",
                     "-100 to +500"]),
        (0.04, -2e5, ["less is very probably worse than base", "-200 thousand USD", "-500 to +100", "96 %"]),
        (0.55, 1e4, ["could go either way", "chance 55 %"]),
    ],
)  # fmt: skip
def test_with_what_one_is_worth_a_plan_is_better_or_worse_and_it_says_how_sure(
    chance: float, benefit: float, words: list[str]
) -> None:
    (found,) = worth_sentences([curve(chance, benefit)], {"surviving": 60_000.0}, "less")
    for some in words:
        assert some in found


def test_nobody_who_did_not_say_what_one_is_worth_is_told_net_benefits() -> None:
    assert worth_sentences([curve()], {}, "less") == []
    assert worth_blocks([curve()], {}) == ()


def test_the_table_has_net_benefit_and_both_chances_and_the_baseline_but_one() -> None:
    (table,) = worth_blocks([curve()], {"surviving": 60_000.0})
    assert "a year after closing" in table.title
    base, less = table.rows
    assert base == ("base", "survivor of a year", "60", "-", "-", "7 %")
    assert less == ("less", "survivor of a year", "60", "200 (-100 to 500)", "93 %", "93 %")


def test_the_document_and_the_table_of_the_folder_hold_every_amount() -> None:
    document = acceptability_document(curve())
    assert document["worth"] == [0.0, 60_000.0]
    assert document["ahead"] == ["base", "less"]
    assert document["plans"][0]["chance"] == [None, None]
    columns = acceptability_columns([curve()])
    assert list(columns["scenario"]) == ["base", "base", "less", "less"]
    assert list(columns["ahead"]) == [True, False, False, True]
    assert list(columns["chance"])[2:] == [0.1, 0.93]


def stood(*points: tuple[str, float, float]) -> Frontier:
    placed: tuple[Placed, ...] = frontier([Point(*one) for one in points])
    return Frontier("year after", "evidence", "funder", placed)


def test_of_three_plans_a_table_says_which_to_consider_and_why_not() -> None:
    four = stood(("cheap", 1e5, 1.0), ("middle", 3e5, 2.0), ("worse", 4e5, 1.5), ("dear", 5e5, 9.0))
    (table,) = frontier_blocks([four])
    cells = {row[0]: row[1] for row in table.rows}
    assert cells["cheap"] == "costs least"
    assert cells["middle"].startswith("no: a mix of cheap and dear")
    assert cells["worse"].startswith("no: middle costs no more")
    assert cells["dear"] == "50 for each beyond cheap"
    assert frontier_document(four)["plans"][0]["ratio"] is None


def test_two_plans_need_no_such_table() -> None:
    assert frontier_blocks([stood(("one", 1e5, 1.0), ("other", 3e5, 2.0))]) == ()
