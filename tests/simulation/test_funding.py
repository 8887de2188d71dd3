"""Several funders: what a month's shares come to on paper, and what an exit does to a network."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import scenarios
import simulation
from scenarios import Scenario, ScenarioError
from scenarios.schema.funders import CoFunder
from simulation import funding
from simulation.model.network import CollaborationNetwork
from simulation.outcomes import MONTHLY_NAMES, NAMES
from simulation.who_pays import FOR_FACILITATION, who_pays
from tests.simulation.engine.test_twin import assert_twins

SALEX = scenarios.load("salex", posterior=None)
NEVER_SHIFTS = [0.0, 1.0, 1.0]


def with_funders(others: tuple[CoFunder, ...] = (), base: Scenario = SALEX, **changes: Any) -> Scenario:
    """SALEX with further funders, and other values of the first: `exit=12` is `funder.exit`."""
    of_first = {f"funder.{key}": value for key, value in changes.items()}
    return scenarios.replace(base, of_first | {"funder.others": others})


def numbers(scenario: Scenario) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values and the sum of the courses of ten networks."""
    run = simulation.run(scenario, seed=5, replicates=10, workers=1)
    return run.values, run.sum_months


def backbone(scenario: Scenario) -> list[float]:
    """Facilitation in force in each month, as the reference sets it."""
    network, found = CollaborationNetwork(scenario, seed=1), []
    while network.running:
        network.step()
        if network.is_open:
            found.append(network.facilitation)
    return found


def test_shares_that_are_left_out_are_equal_parts_of_the_rest() -> None:
    rows = funding.funders_of(with_funders((CoFunder("B", grants=0.1), CoFunder("C")), backbone=0.4))
    assert rows[:, funding.BACKBONE] == pytest.approx([0.4, 0.3, 0.3])
    assert rows[:, funding.GRANTS] == pytest.approx([0.45, 0.1, 0.45])
    assert funding.funders_of(SALEX)[0, : funding.WEIGHT].tolist() == [1.0, 1.0]


def test_what_is_in_force_is_each_share_of_its_own_level_and_what_members_replace() -> None:
    funders = np.array([
        [0.6, 0.5, 0.3, 10.0, 6.0, 2.0, *NEVER_SHIFTS],
        [0.4, 0.5, 0.2, 0.0, 6.0, 0.0, 5.0, 0.5, 0.0],
    ])  # fmt: skip
    full = funding.in_force(4, 0, 0, 1.0, 0.25, funders)
    assert full == pytest.approx((1.0, 1.0, 1.0, 1.0))
    shifted = funding.in_force(5, 0, 0, 1.0, 0.25, funders)
    assert (shifted.facilitation, shifted.grants) == pytest.approx((0.6 + 0.4 * 0.5, 0.5))
    tapering = funding.in_force(9, 0, 0, 1.0, 0.25, funders)  # two thirds of 0.6 are left, and a quarter of the third
    assert tapering.facilitation == pytest.approx(0.4 + 0.2 + 0.25 * 0.2)
    assert tapering.facilitation_paid == pytest.approx(0.6 / 0.65)
    gone = funding.in_force(11, 0, 0, 1.0, 0.25, funders)
    assert gone == pytest.approx((0.2 + 0.25 * 0.6, 0.25 * 0.5, 0.2 / 0.35, 0.0))
    wound_down = funding.in_force(11, 12, 11, 0.6, 0.25, funders)
    assert wound_down.facilitation == pytest.approx(0.6 * gone.facilitation)
    assert funding.in_force(13, 12, 11, 0.6, 0.25, funders) == (0.0, 0.0, 1.0, 1.0), "the network has closed"
    assert funding.weights_in_force(10, funders).tolist() == [0.3, 0.2], "a weight does not taper"
    assert funding.weight_in_force(11, funders) == 0.2


def test_facilitation_stops_in_proportion() -> None:
    found = backbone(with_funders((CoFunder("B", backbone=0.25, exit=9, notice=2),)))
    assert found[:12] == pytest.approx([0.6] * 9 + [0.45] * 3)
    assert backbone(with_funders(exit=9, notice=2, taper=1))[6:12] == pytest.approx([0.6, 0.6, 0.3, 0.0, 0.0, 0.0])


@pytest.mark.parametrize(("weight", "tolerance"), [(0.0, 0.0), (0.2, 1e-12)])
def test_two_alike_that_share_everything_are_one(weight: float, tolerance: float) -> None:
    """To the byte: halves add up exactly. The agenda is added up in another order, whose last bits can differ."""
    both = with_funders((CoFunder("B", weight=weight, exit=16, taper=4),), weight=weight, exit=16, taper=4)
    one = with_funders(weight=2 * weight, exit=16, taper=4)
    quiet = {"behaviour.notice_shock": 0.0}  # two announcements, one after another, are not quite one
    for mine, theirs in zip(*(numbers(scenarios.replace(each, quiet)) for each in (both, one)), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=tolerance, atol=tolerance)


def test_a_funder_that_pays_nothing_and_weighs_nothing_changes_nothing_to_the_byte() -> None:
    idle = CoFunder("B", backbone=0.0, grants=0.0, exit=12, taper=3, shift_month=5, shift_facilitation=0.0)
    for mine, theirs in zip(numbers(with_funders((idle,))), numbers(SALEX), strict=True):
        np.testing.assert_array_equal(mine, theirs)


def test_nothing_that_exits_take_is_missing_where_members_replace_all_of_it() -> None:
    """Only who pays differs: what funders no longer spend is what members spend more."""
    free = scenarios.replace(SALEX, {"behaviour.notice_shock": 0.0, "funder.weight": 0.0})
    left = scenarios.replace(free, {"funder.exit": 12, "funder.taper": 3, "members.replacement": 1.0})
    (values, _), (before, _) = numbers(left), numbers(free)
    of_costs = {name: place for place, name in enumerate(NAMES)}
    np.testing.assert_allclose(
        values[:, of_costs["total_cost"]] + values[:, of_costs["members_cost_in_all"]],
        before[:, of_costs["total_cost"]] + before[:, of_costs["members_cost_in_all"]],
        rtol=1e-12,
    )
    assert (values[:, of_costs["total_cost"]] < 0.8 * before[:, of_costs["total_cost"]]).all()
    counted = [place for place, name in enumerate(NAMES) if "cost" not in name]
    np.testing.assert_allclose(values[:, counted], before[:, counted], rtol=1e-12)


def test_notice_of_an_exit_shocks_in_proportion_to_what_goes() -> None:
    def engagement(scenario: Scenario) -> float:
        column = MONTHLY_NAMES.index("engagement")
        return float(simulation.run(scenario, seed=5, replicates=10, workers=1).sum_months[4, column])

    told: dict[str, Any] = {"notice": 6, "exit": 10}  # in month 4
    stays = engagement(SALEX)
    whole = stays - engagement(with_funders(**told))
    half = stays - engagement(with_funders((CoFunder("B", backbone=0.5, grants=0.5, exit=10, notice=6),)))
    assert whole > 0.05
    assert half == pytest.approx(whole / 2, rel=1e-9)


def test_the_twins_agree_with_one_to_three_funders() -> None:
    """A hundred networks drawn over the ranges of all that funders can do."""
    rng, agreed = np.random.default_rng(23), 0
    while agreed < 100:
        if (drawn := drawn_funders(rng)) is not None:
            assert_twins(drawn, 7, int(rng.integers(2**31)))
            agreed += 1


def drawn_funders(rng: np.random.Generator) -> Scenario | None:
    """A scenario with one to three funders; None where what was drawn does not go together."""
    base = scenarios.load(str(rng.choice(["salex", "funder-shift", "renewal", "needy-rivals"])), posterior=None)
    count = int(rng.integers(1, 4))
    of_all = [_drawn_funder(rng, base.network.topics, count) for _ in range(count)]
    first = {f"funder.{key.replace('shift_', 'shift.')}": value for key, value in of_all[0].items()}
    others = tuple(CoFunder(f"Funder {place}", **one) for place, one in enumerate(of_all[1:], 2))
    more: dict[str, Any] = {
        "funder.others": others,
        "members.replacement": float(rng.choice([0.0, 0.3, 1.0])),
        "network.members": int(rng.integers(3, 16)),
        "behaviour.heavy_hand": 0.2,
        "behaviour.leadership_fit": 0.5,
    }
    more |= {"closing.month": "never", "network.months": 36} if rng.random() < 0.2 else {}
    try:
        return scenarios.replace(base, first | more)
    except ScenarioError:
        return None


def _drawn_funder(rng: np.random.Generator, topics: int, count: int) -> dict[str, Any]:
    def share() -> float | None:
        return float(rng.uniform(0, 1 / count)) if count > 1 and rng.random() < 0.5 else None

    def weights() -> tuple[float, ...]:
        return tuple(rng.uniform(0, 1, topics).tolist()) if rng.random() < 0.5 else ()

    def month(last: int) -> int | str:
        return int(rng.integers(1, last)) if rng.random() < 0.6 else "never"

    return {
        "backbone": share(), "grants": share(), "weight": float(rng.uniform(0, 1 / count)), "priorities": weights(),
        "exit": month(30), "notice": int(rng.integers(0, 8)), "taper": int(rng.integers(0, 8)),
        "shift_month": month(25), "shift_facilitation": float(rng.uniform(0, 1)),
        "shift_grants": float(rng.uniform(0, 2)), "shift_priorities": weights(),
    }  # fmt: skip


def test_priorities_of_all_funders_go_with_the_topics_of_a_roster() -> None:
    others = (CoFunder("B", priorities=(1.0, 2.0, 3.0), shift_priorities=(3.0, 2.0, 1.0)),)
    small = scenarios.replace(SALEX, {"network.topics": 3, "funder.others": others})
    before, after = funding.priorities_of(small)
    assert before.tolist() == [[1.0, 1.0, 1.0], [1.0, 2.0, 3.0]]
    assert after.tolist() == [[1.0, 1.0, 1.0], [3.0, 2.0, 1.0]]


def test_who_pays_adds_up_and_money_of_funders_is_what_the_engine_counts() -> None:
    scenario = scenarios.replace(
        with_funders((CoFunder("B", backbone=0.25, grants=0.75),), exit=12, taper=3, notice=2),
        {"members.replacement": 0.4, "closing.renewal_months": 0, "grants.per_call": 0, "closing.capstone": False},
    )
    shares = who_pays(scenario)
    assert shares.shape == (25, 2, 3)
    assert shares.sum(axis=2) == pytest.approx(np.ones((25, 2)))
    assert shares[8].tolist() == [pytest.approx([0.75, 0.25, 0.0]), pytest.approx([0.25, 0.75, 0.0])]
    assert shares[12, FOR_FACILITATION] == pytest.approx([0.0, 0.25 / 0.55, 0.3 / 0.55])
    whole = np.array(backbone(scenario)) * scenario.costs.backbone / 12.0
    paid = float((whole * (1.0 - shares[:, FOR_FACILITATION, -1])).sum())
    run = simulation.run(scenario, seed=1, replicates=1, workers=1)
    assert run.values[0, NAMES.index("cost_backbone")] == pytest.approx(paid)
