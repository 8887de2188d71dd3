"""What is spent and what comes of it is counted to named months: at closing, a year after, at the end."""

import numpy as np

import scenarios
import simulation
from scenarios.schema.keys import PRICES
from simulation.outcomes import CLOCK, MONTHLY_NAMES, Horizon
from simulation.rules import LEGACY
from tests.shared import USUAL

PLAIN = scenarios.replace(
    scenarios.load("salex", posterior=None), {**USUAL, "members.champions": 0, "closing.follow_up": 20}
)


def test_each_horizon_is_the_course_in_its_month() -> None:
    found = simulation.run(PLAIN, seed=1, replicates=6, workers=1)
    months: dict[Horizon, int] = {
        "closing": PLAIN.closing_month,
        "year after": PLAIN.closing_month + LEGACY,
        "end": PLAIN.last_month,
    }
    for horizon, month in months.items():
        for quantity, outcome in CLOCK[horizon].items():
            column = MONTHLY_NAMES.index(CLOCK["closing"][quantity])
            np.testing.assert_array_equal(found[outcome], found.kept_months[:, month, column], f"{horizon}, {quantity}")
    assert np.all(found["months_worked_year_after"] > found["months_worked"])
    assert np.all(found["collaboration_months"] > found["months_worked_year_after"])


def test_months_of_collaboration_add_up_the_collaborations_of_each_month() -> None:
    found = simulation.run(PLAIN, seed=1, replicates=6, workers=1)
    active, worked = (
        found.kept_months[:, :, MONTHLY_NAMES.index(name)] for name in ("collaborations", "months_worked")
    )
    np.testing.assert_array_equal(np.cumsum(active, axis=1), worked)


def test_members_pay_for_attending_and_for_work_without_a_grant() -> None:
    """Without grants every month of collaboration is paid by its members; an attendance costs both sides alike here."""
    free = {key: 0.0 for key in PRICES if key.startswith("costs.")}
    ungranted = {**free, "grants.per_call": 0, "costs.member_work": 7.0}
    found = simulation.run(scenarios.replace(PLAIN, ungranted), seed=1, replicates=6, workers=1)
    np.testing.assert_allclose(found["members_cost_in_all"], 7.0 * found["collaboration_months"], rtol=1e-12)
    attending = {**free, "costs.attendance": 3.0, "costs.member_attendance": 3.0, "grants.size": 0.0}
    attending["behaviour.steward_chance"] = 0.0  # the funder pays for no convening of members by themselves
    found = simulation.run(scenarios.replace(PLAIN, attending), seed=1, replicates=6, workers=1)
    np.testing.assert_allclose(found["members_cost_in_all"], found["total_cost"], rtol=1e-12)
    assert np.all(found["total_cost"] > 0)


def test_a_grant_pays_while_it_lasts() -> None:
    """With grants, members pay for fewer months than there are, and for as many where grants last a month longer."""
    priced = {"costs.member_attendance": 0.0, "costs.member_work": 1.0, "grants.per_call": 8}
    short, long = (
        simulation.run(scenarios.replace(PLAIN, {**priced, "grants.months": months}), seed=1, replicates=6, workers=1)
        for months in (1, 36)
    )
    paid = [(one["members_cost_in_all"] / one["collaboration_months"]).mean() for one in (short, long)]
    assert paid[1] < paid[0] < 1.0


def test_founders_are_not_diluted_by_those_who_join() -> None:
    """Whoever joins late has had less time; the rate of all falls by its denominator, that of founders does not."""
    alone = simulation.run(PLAIN, seed=1, replicates=40, workers=1)
    np.testing.assert_array_equal(alone["founders_rate"], alone["collaboration_rate"])
    joined = simulation.run(scenarios.replace(PLAIN, {"network.joining": 2.0}), seed=1, replicates=40, workers=1)
    assert np.all(joined["founders_rate"] >= joined["collaboration_rate"])
    dilution = (joined["founders_rate"] - joined["collaboration_rate"]).mean()
    assert dilution > 0.1
