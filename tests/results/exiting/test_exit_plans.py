"""Plans of leaving: which there are, which contradict themselves, and which have the same networks until when."""

from typing import Any

import numpy as np
import pytest

import scenarios
import simulation
from results.exiting.grid import Grid, check_closes, grid_of, read_exit_levers
from results.exiting.plans import Plan, plan_of
from results.exiting.question import Question
from results.exiting.telling import told
from scenarios.designs.design import at_point
from scenarios.files.faults import RequestError

SALEX = scenarios.load("salex", posterior=None)


def grid(*levers: str, month: int | None = None, co_funder: float | None = None, name: str = "salex") -> Grid:
    return grid_of(scenarios.load(name, posterior=None), read_exit_levers(levers), month, co_funder)


def spoken(plan: Plan) -> str:
    return told(plan, Question(SALEX, grid(), None, ("legacy_rate",)))


def test_the_usual_plans_are_some_dozens_and_none_contradicts_itself() -> None:
    found = grid()
    # Told 0 months ahead: 1 plan. 3, 6, 9 and 12 ahead: 2, 4, 4 and 6 ways down, each with and without two things left.
    assert len(found.plans) == 1 + 4 * (2 + 4 + 4 + 6)
    assert found.plans[0].changes == {}
    for plan in found.plans:
        assert plan.going_down <= plan.notice
        assert not (plan.reduced and plan.steps)
        assert plan.notice or not (plan.capstone or plan.handover)
    assert found.month == 25 - 12 - 1
    whole = 5 * 3 * 4 * 2 * 2
    assert whole - sum(found.left_out.values()) == len(found.plans) - 1, (
        "every combination is a plan, or said to be none"
    )


def test_others_that_may_pay_are_tried_only_where_something_goes() -> None:
    alone, together = grid(), grid(co_funder=0.4)
    more = [one for one in together.plans if one.replaced]
    assert {one.replaced for one in more} == {0.4}
    assert all(one.shape == "steps" for one in more)
    assert len(together.plans) == len(alone.plans) + len(more)
    assert len(more) == sum(one.shape == "steps" for one in alone.plans)


def test_where_a_funder_leaves_before_the_closing_its_exit_is_planned() -> None:
    found = grid(name="funder-exit")
    assert all(one.leaves and one.stops == 12 for one in found.plans)
    assert {key for one in found.plans for key in one.changes} <= {
        "funder.notice", "funder.taper", "closing.capstone", "closing.handover", "members.replacement",
    }  # fmt: skip
    assert {one.replaced for one in found.plans} == {0.0, 0.5}, "several fund it: the others may pay"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ("month 19, six months", "in full until month 19, then at 60 %", "hold a capstone", "no handover plan")),
        (
            {"closing.notice": 12, "closing.wind_down_months": 0, "funder.taper": 6, "funder.exit": 25,
             "closing.handover": True},
            ("month 13, twelve months", "in full until month 19, then go down in six equal steps", "hand over"),
        ),
        (
            {"closing.notice": 12, "closing.wind_down_months": 0, "funder.taper": (0.8, 0.5, 0.2), "funder.exit": 25},
            ("in full until month 22, then go down to 80, 50 and 20 %",),
        ),
        (
            {"closing.notice": 0, "closing.capstone": False},
            ("only in month 25", "in full to the last month, 25", "no capstone event and no handover plan"),
        ),
    ],
)  # fmt: skip
def test_a_plan_is_told_in_months(changes: dict[str, Any], words: tuple[str, ...]) -> None:
    said = spoken(plan_of(1, SALEX, changes))
    assert all(some in said for some in words), said


SMALL = {"network.members": 8, "closing.month": 14, "closing.notice": 3, "closing.follow_up": 2, "grants.first": 4}


@pytest.mark.parametrize("month", [8, 11])
def test_plans_with_the_same_history_have_the_same_networks_until_then_and_others_have_not(month: int) -> None:
    """The rule is held to the engine: of every two plans, what all months until then come to, byte by byte."""
    small = scenarios.replace(SALEX, SMALL)
    plans = grid_of(small, read_exit_levers(["closing.notice=3,6", "closing.month=14,16"]), None, 0.5).plans
    courses: dict[tuple[object, ...], bytes] = {}
    for plan in plans:
        run = simulation.run(at_point({small.name: small}, plan.changes), seed=3, replicates=4, workers=1)
        course = np.ascontiguousarray(run.kept_months[:, : month + 1]).tobytes()
        assert courses.setdefault(plan.history(month, small), course) == course
    assert len(courses) > 1
    assert len(set(courses.values())) == len(courses), "histories that differ can be seen to differ"


def test_plans_that_can_no_longer_be_chosen_are_left_out_and_counted() -> None:
    late = grid(month=20)
    assert {one.notice for one in late.plans} == {6}, "told in month 19"
    assert all(one.history(20, SALEX) == late.plans[0].history(20, SALEX) for one in late.plans)
    assert late.left_out["late"] == len(grid().plans) - len(late.plans)
    assert len({one.kind for one in late.plans}) == 4, "capstone and handover are still open"


def test_values_that_no_plan_has_are_told_each_with_why() -> None:
    found = grid("closing.month=10,12,24", month=12)
    assert found.gone == {"closing.month": {10: ("late",), 12: ("late",)}}
    early = grid("closing.month=2,24", "closing.notice=6,12")
    assert early.gone == {"closing.month": {2: ("impossible",)}}
    assert grid("closing.month=1,2,24").gone == {}, "told in the last month they may be"


@pytest.mark.parametrize(
    ("levers", "month", "words"),
    [
        (["closing.notice=9"], 17, "allowed is at most 7"),
        (["closing.notice=3"], 20, "said in month 19 already"),
        (
            ["closing.month=10,12"],
            12,
            "closing.month=10,12: the decision is made at the end of month 12; allowed is 13",
        ),
        (["closing.month=9"], 12, "closing.month=9: the decision is made at the end of month 12"),
        (["grants.per_call=2"], None, "no part of an exit; allowed: closing.month"),
        (["funder.notice=2"], None, "here that is closing.notice"),
        (["closing.month=never"], None, "an exit is in a month"),
        (["closing.capstone=perhaps"], None, "allowed is true or false"),
        (
            [
                "closing.capstone=true",
                "closing.handover=false",
                "closing.notice=6",
                "closing.wind_down_months=6",
                "funder.taper=0",
            ],
            None,
            "nothing is left to choose but the plan as it is",
        ),
        (["closing.notice=2", "closing.notice=3"], None, "named twice"),
        (["closing.notice=2", "closing.notice=3,4"], None, "named twice"),
    ],
)
def test_levers_that_cannot_be_used_are_refused(levers: list[str], month: int | None, words: str) -> None:
    with pytest.raises(RequestError) as refused:
        grid(*levers, month=month)
    assert refused.value.field == "levers"
    assert words in refused.value.text


@pytest.mark.parametrize("month", [25, 40])
def test_a_decision_after_the_end_is_refused(month: int) -> None:
    with pytest.raises(RequestError, match="closes in month 25; allowed is 0 to 24"):
        grid(month=month)


def test_a_network_that_never_closes_has_no_exit_to_plan() -> None:
    with pytest.raises(RequestError, match=r"--set closing\.month="):
        check_closes(scenarios.replace(SALEX, {"closing.month": "never"}))


def test_one_value_of_a_lever_holds_all_plans_to_it() -> None:
    held = grid("closing.capstone=true", "closing.notice=6")
    assert all(one.capstone and one.notice == 6 for one in held.plans)
    assert len(held.plans) == 4 * 2


def test_a_taper_may_go_down_by_unequal_steps() -> None:
    found = grid("funder.taper=0,3,[0.8,0.5,0.2]", "closing.notice=6")
    assert {one.shares for one in found.plans} == {(), (0.8, 0.5, 0.2)}
    uneven = [one for one in found.plans if one.shares]
    assert len(uneven) == 4
    assert all(one.going_down == 3 and one.shape == "steps" for one in uneven)
    planned = scenarios.replace(SALEX, {"funder.exit": 25, "funder.taper": (0.9, 0.4), "closing.wind_down_months": 0})
    also = grid_of(planned, read_exit_levers(["closing.notice=6"]), None, None)
    assert also.plans[0].shares == (0.9, 0.4)
    assert sum(one.shares == (0.9, 0.4) for one in also.plans) == 4, "what is planned is tried with all else"


def test_the_exit_of_any_funder_can_be_planned() -> None:
    both = scenarios.load("co-funding", ["funder.Second funder.exit=14"], posterior=None)
    found = grid_of(both, read_exit_levers([]), None, None)
    assert all(one.leaves and one.stops == 14 for one in found.plans)
    keys = {key for one in found.plans for key in one.changes}
    assert {"funder.Second funder.notice", "funder.Second funder.taper"} <= keys
    tapered = next(one for one in found.plans if one.steps == 6)
    said = told(tapered, Question(both, found, None, ("legacy_rate",)))
    assert "the share of the backbone and the grants that Second funder pays in full until month 8" in said
    with pytest.raises(RequestError, match=r"here that is funder\.Second funder\.notice"):
        grid_of(both, read_exit_levers(["closing.notice=2"]), None, None)


def test_a_work_plan_that_is_reduced_to_all_of_it_is_the_money_in_full() -> None:
    full = scenarios.replace(SALEX, {"closing.wind_down": 1.0})
    found = grid_of(full, read_exit_levers(["closing.notice=6"]), None, None)
    assert found.plans[0].shape == "full"
    assert len({one.identity for one in found.plans}) == len(found.plans)
    assert sum(one.shape == "full" for one in found.plans) == 4
    assert {one.level for one in found.plans if one.shape == "reduced"} == {0.6}
