"""The ledger: what each budget line cost in each period, the same in both twins, and as a pencil would add it up."""

from typing import Any

import numpy as np
import pytest

import scenarios
import simulation
from scenarios import Scenario, load
from scenarios.schema.funders import CoFunder
from simulation import ledger
from simulation.ledger import BACKBONE_MONTHS, IN_PLACE, OWN, PARTS, Period, in_periods, periods_of
from simulation.outcomes import COST_PARTS
from simulation.running.ensemble import Ensemble

SALEX = load("salex", posterior=None)
SURE: dict[str, Any] = {
    # Everybody comes, nobody works together, leaves or wins anything: all that is spent is by plan.
    "network.members": 10, "network.joining": 0.0, "closing.month": 20, "closing.notice": 3, "closing.follow_up": 5,
    "closing.capstone": True, "closing.handover": True, "closing.wind_down": 1.0, "facilitation.intensity": 0.5,
    "facilitation.introductions": 0.0, "facilitation.group_rate": 0.0, "facilitation.convening_every": 100,
    "grants.per_call": 0,
    "behaviour.initiative": 0.0, "costs.backbone": 240_000.0, "costs.capstone": 7_000.0, "costs.handover": 3_000.0,
    "costs.attendance": 0.0, "costs.member_attendance": 0.0, "members.champions": 0,
}  # fmt: skip
B, A = CoFunder("B", backbone=0.25, grants=0.0, exit=14), 0.75


def run(asked: Scenario, replicates: int = 6, **more: Any) -> Ensemble:
    return simulation.run(asked, seed=3, replicates=replicates, workers=1, ledger=True, **more)


def flows(ensemble: Ensemble) -> np.ndarray[Any, np.dtype[np.float64]]:
    assert ensemble.ledger is not None
    return ensemble.ledger.flows


@pytest.mark.parametrize("engine", ["compiled", "mesa"])
def test_a_plan_without_chance_costs_what_a_pencil_says(engine: Any) -> None:
    """20,000 a month at half intensity is 10,000: 120,000 in year 1, 80,000 in the 8 months of year 2."""
    found = run(scenarios.replace(SALEX, SURE), 2, engine=engine)
    assert found.ledger is not None
    assert found.ledger.periods == (Period(1, 12), Period(13, 24), Period(25, 25))
    np.testing.assert_allclose(flows(found)[0, :, 0], [120_000, 80_000, 0], rtol=1e-12)
    np.testing.assert_allclose(flows(found)[0, :, COST_PARTS.index("cost_ending")], [0, 10_000, 0], rtol=1e-12)
    np.testing.assert_allclose(flows(found)[0, :, BACKBONE_MONTHS], [6, 4, 0], rtol=1e-12)
    assert flows(found)[:, :, IN_PLACE:BACKBONE_MONTHS].sum() == 0


def test_members_pay_their_part_of_what_an_exit_takes() -> None:
    """B pays a quarter and leaves after month 14; members replace 40 % of that: 10,000 x .25 x .4 in 6 months."""
    asked = scenarios.replace(SALEX, SURE | {"funder.name": "A", "funder.others": (B,), "members.replacement": 0.4})
    found = run(asked, 1)
    assert found.ledger is not None
    assert found.ledger.periods == (Period(1, 12), Period(13, 14), Period(15, 24), Period(25, 25))
    np.testing.assert_allclose(flows(found)[0, :, 0], [120_000, 20_000, 6 * 7_500, 0], rtol=1e-12)
    np.testing.assert_allclose(flows(found)[0, :, IN_PLACE], [0, 0, 6 * 1_000, 0], rtol=1e-12)


@pytest.mark.parametrize("name", ["salex", "co-funding", "taper", "renewal"])
def test_years_add_up_to_the_outcomes_and_to_what_members_spend(name: str) -> None:
    found = run(load(name), 20)
    whole = flows(found).sum(axis=1)
    for place, part in enumerate(COST_PARTS):
        np.testing.assert_allclose(whole[:, place], found[part], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(whole[:, :PARTS].sum(axis=1), found["total_cost"], rtol=1e-9)
    members = whole[:, IN_PLACE : IN_PLACE + PARTS].sum(axis=1) + whole[:, OWN]
    np.testing.assert_allclose(members, found["members_cost_in_all"], rtol=1e-9)


@pytest.mark.parametrize("name", ["salex", "co-funding", "taper", "renewal", "graceful-closing"])
def test_both_twins_enter_the_same(name: str) -> None:
    asked = load(name)
    compiled, mesa = run(asked, 2), run(asked, 2, engine="mesa")
    np.testing.assert_allclose(flows(compiled), flows(mesa), rtol=1e-12, atol=1e-9)


def test_nothing_else_depends_on_it() -> None:
    with_it, without = run(SALEX), simulation.run(SALEX, seed=3, replicates=6, workers=1)
    assert without.ledger is None
    assert with_it.values.tobytes() == without.values.tobytes()
    assert with_it.sum_months.tobytes() == without.sum_months.tobytes()


def test_threads_and_interruptions_change_nothing() -> None:
    asked = load("salex")
    whole, blocks = run(asked, 600), {}
    kept = simulation.run(
        asked, seed=3, replicates=600, workers=2, ledger=True, keep=lambda one: blocks.update({one.first: one})
    )
    assert flows(whole).tobytes() == flows(kept).tobytes()
    del blocks[min(blocks)]
    assert flows(run(asked, 600, known=blocks)).tobytes() == flows(whole).tobytes()


def test_replicates_that_follow_are_joined() -> None:
    first, second, both = run(SALEX, 4), run(SALEX, 3, first=4), run(SALEX, 7)
    assert flows(simulation.join(first, second)).tobytes() == flows(both).tobytes()
    assert simulation.join(first, simulation.run(SALEX, seed=3, first=4, replicates=3)).ledger is None


def test_a_run_that_goes_on_from_today_begins_today() -> None:
    asked = SALEX.model_copy(update={"network": SALEX.network.model_copy(update={"today": 5})})
    assert periods_of(asked)[:2] == (Period(6, 12), Period(13, 24))


def test_what_was_spent_in_a_period_is_the_difference_of_its_ends() -> None:
    course = ledger.empty(1, 4)
    course[0, :, 0] = [0, 1, 3, 6, 10]
    assert in_periods(course, (Period(1, 2), Period(3, 4)))[0, :, 0].tolist() == [3, 7]
