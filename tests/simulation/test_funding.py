"""Several funders: what a month's shares come to on paper, and what an exit does to a network."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import scenarios
import simulation
from scenarios import Scenario, ScenarioError
from scenarios.schema.funders import CoFunder
from simulation import funding, rules
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
        [0.6, 0.5, 0.3, 1.0, 10.0, 6.0, 2.0, *NEVER_SHIFTS, 2 / 3, 1 / 3],
        [0.4, 0.5, 0.2, 1.0, 0.0, 6.0, 0.0, 5.0, 0.5, 0.0, 0.0, 0.0],
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


def row(backbone: float, entry: int, exit_month: int = 0, taper: tuple[float, ...] = (), shift: int = 0) -> list[float]:
    """A funder of half the grants, whose shift halves the backbone; room for a taper of three months."""
    of_taper = [*taper, *([0.0] * (3 - len(taper)))]
    return [backbone, 0.5, 0.3, entry, exit_month, 0.0, len(taper), shift, 0.5, 1.0, *of_taper]


def test_a_funder_that_comes_later_pays_nothing_before_and_nobody_pays_in_its_place() -> None:
    funders = np.array([row(0.6, 1), row(0.4, 7)])
    before, there = (funding.in_force(month, 0, 0, 1.0, 0.9, funders) for month in (6, 7))
    assert before == pytest.approx((0.6, 0.5, 1.0, 1.0)), "members do not replace what was never there"
    assert there == pytest.approx((1.0, 1.0, 1.0, 1.0))
    assert [funding.weights_in_force(month, funders).tolist() for month in (6, 7)] == [[0.3, 0.0], [0.3, 0.3]]
    assert [funding.weight_in_force(month, funders) for month in (6, 7)] == [0.3, 0.6]


def test_a_taper_by_month_leaves_what_it_lists() -> None:
    funders = np.array([row(0.6, 1, 9, (0.8, 0.8, 0.1)), row(0.4, 1)])
    left = [funding.in_force(month, 0, 0, 1.0, 0.0, funders).facilitation for month in range(6, 11)]
    assert left == pytest.approx([1.0, 0.88, 0.88, 0.46, 0.4])


def test_equal_steps_are_the_same_to_the_byte_as_when_they_are_listed() -> None:
    listed = tuple((5 - place) / 6 for place in range(5))
    for mine, theirs in zip(*(numbers(with_funders(exit=15, taper=taper)) for taper in (5, listed)), strict=True):
        np.testing.assert_array_equal(mine, theirs)


def test_members_replace_no_more_than_is_missing_where_one_funder_follows_another() -> None:
    """The first pays all until month 9, in that one half; the second all from month 11 on, and half from month 13."""
    funders = np.array([row(1.0, 1, 9, (0.5,)), row(1.0, 11, shift=13)])
    found = {month: funding.in_force(month, 0, 0, 1.0, 0.4, funders) for month in (8, 9, 10, 11, 13)}
    facilitation = {month: one.facilitation for month, one in found.items()}
    assert facilitation == pytest.approx({8: 1.0, 9: 0.5 + 0.4 * 0.5, 10: 0.4, 11: 1.0, 13: 0.5})
    assert [one.facilitation_paid for one in found.values()] == pytest.approx([1.0, 0.5 / 0.7, 0.0, 1.0, 1.0])


def test_two_that_leave_in_one_month_take_both_shares_and_both_says_with_them() -> None:
    """Of three, the first and the third leave in month 9: one third of the backbone and the second's topic are left."""
    topics: dict[str, Any] = {
        "network.topics": 3,
        "members.interests_most": 1,
        "funder.weight": 0.5,
        "funder.priorities": (1.0, 0.0, 0.0),
        "members.champions": 0,
    }
    others = (
        CoFunder("B", weight=0.25, priorities=(0.0, 1.0, 0.0)),
        CoFunder("C", weight=0.25, priorities=(0.0, 0.0, 1.0), exit=9, notice=2),
    )
    asked = with_funders(others, scenarios.replace(SALEX, topics), exit=9, notice=4)
    network = CollaborationNetwork(asked, seed=4)
    funder, engaged, agendas = network.funder, [], []
    while network.month < 10:
        network.step()
        agendas.append(network.agenda / np.linalg.norm(network.agenda))
        engaged.append(np.mean([member.engagement for member in network.present_members()]))
    whole = np.sqrt(0.5**2 + 2 * 0.25**2)
    assert agendas[8] == pytest.approx([0.5 / whole, 0.25 / whole, 0.25 / whole]), "both have their say while they pay"
    demand = np.sum([member.interests for member in network.present_members()], axis=0)
    left = 0.75 * demand / np.linalg.norm(demand) + 0.25 * np.array([0.0, 1.0, 0.0])
    assert agendas[9] == pytest.approx(left / np.linalg.norm(left))
    assert funder.weight == 0.25
    assert network.facilitation == pytest.approx(0.6 / 3)
    shares = who_pays(asked)
    assert shares[8] == pytest.approx(np.array([[1 / 3, 1 / 3, 1 / 3, 0.0]] * 2))
    assert shares[9] == pytest.approx(np.array([[0.0, 1.0, 0.0, 0.0]] * 2))
    assert backbone(asked)[7:11] == pytest.approx([0.6, 0.6, 0.2, 0.2])
    for replicate in range(2):
        assert_twins(asked, 4, replicate)


def test_two_that_say_so_in_one_month_shock_one_after_the_other() -> None:
    """Each takes its part of what the other left: 1 - (1 - a)(1 - b), in the month in which both say so."""
    told: dict[str, Any] = {"exit": 9, "notice": 4}
    both = with_funders((CoFunder("B", backbone=0.25, grants=0.25, **told), CoFunder("C")), backbone=0.5, **told)
    rows, b = funding.funders_of(both), both.behaviour
    size, softening = b.notice_shock, b.notice_softening
    shocks = [funding.exit_shock(5, one, 25, 0.0, size, softening, rows) for one in range(3)]
    whole = size / (1 + 4 / softening)
    assert shocks == pytest.approx([whole * (0.5 + 0.375) / 2, whole * 0.25, 0.0])
    network = CollaborationNetwork(both, seed=4)
    while network.month < 4:
        network.step()
    network.month = 5
    before = np.array([member.engagement for member in network.present_members()])
    network.funder.announces_exits()
    after = np.array([member.engagement for member in network.present_members()])
    assert after == pytest.approx(before * (1 - shocks[0]) * (1 - shocks[1]))


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


@pytest.mark.parametrize("count", [50, pytest.param(200, marks=pytest.mark.slow)])
def test_the_twins_agree_with_one_to_three_funders(count: int) -> None:
    """Networks drawn over the ranges of all that funders can do: they come later, taper by lists, follow each other."""
    rng, agreed = np.random.default_rng(23), 0
    while agreed < count:
        if (drawn := drawn_funders(rng)) is not None:
            assert_twins(drawn, 7, int(rng.integers(2**31)))
            agreed += 1


def drawn_funders(rng: np.random.Generator) -> Scenario | None:
    """A scenario with one to three funders; None where what was drawn does not go together."""
    base = scenarios.load(str(rng.choice(["salex", "funder-shift", "renewal", "needy-rivals"])), posterior=None)
    count = int(rng.integers(1, 4))
    of_all = [_drawn_funder(rng, base.network.topics, count) for _ in range(count)]
    if count > 1 and rng.random() < 0.3:  # the second follows the first, and pays all of it again
        leaves = int(rng.integers(8, 15))
        of_all[0] |= {"exit": leaves, "entry": 1, "backbone": 1.0, "grants": 1.0}
        of_all[1] |= {"entry": leaves + int(rng.integers(1, 5)), "exit": "never", "backbone": 1.0, "grants": 1.0}
        of_all[2:] = [{**one, "backbone": 0.0, "grants": 0.0} for one in of_all[2:]]
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

    def taper() -> int | tuple[float, ...]:
        months = int(rng.integers(0, 8))
        return tuple(sorted(rng.uniform(0, 1, months).tolist(), reverse=True)) if rng.random() < 0.5 else months

    return {
        "backbone": share(), "grants": share(), "weight": float(rng.uniform(0, 1 / count)), "priorities": weights(),
        "entry": int(rng.integers(1, 13)) if rng.random() < 0.4 else 1, "exit": month(30),
        "notice": int(rng.integers(0, 8)), "taper": taper(),
        "shift_month": month(25), "shift_facilitation": float(rng.uniform(0, 1)),
        "shift_grants": float(rng.uniform(0, 2)), "shift_priorities": weights(),
    }  # fmt: skip


def test_priorities_of_all_funders_go_with_the_topics_of_a_roster() -> None:
    others = (CoFunder("B", priorities=(1.0, 2.0, 3.0), shift_priorities=(3.0, 2.0, 1.0)),)
    small = scenarios.replace(SALEX, {"network.topics": 3, "funder.others": others})
    before, after = funding.priorities_of(small)
    assert before.tolist() == [[1.0, 1.0, 1.0], [1.0, 2.0, 3.0]]
    assert after.tolist() == [[1.0, 1.0, 1.0], [3.0, 2.0, 1.0]]


def paid_in_months(scenario: Scenario) -> NDArray[np.float64]:
    """What funders, and members in their place, spend on the backbone and on grants in each month, as Mesa counts."""
    network, found = CollaborationNetwork(scenario, seed=3), []
    while network.running and network.month < 25:
        network.step()
        one = network.funder
        found.append([[of[what] for what in (rules.FOR_BACKBONE, rules.FOR_GRANTS)] for of in (one.paid, one.replaced)])
    return np.diff(np.array(found), axis=0, prepend=0.0)


RELAY = with_funders((CoFunder("B", backbone=1.0, grants=0.5, entry=14),), exit=11, taper=(0.7, 0.7, 0.2), notice=2,
                     backbone=1.0, grants=0.5)  # fmt: skip
PAYING: dict[str, tuple[Scenario, int, tuple[float, ...]]] = {
    # month of it -> what each funder and members pay of the backbone
    "alone, in full": (with_funders(), 5, (1.0, 0.0)),
    "alone, in its taper by month": (with_funders(exit=12, taper=(0.9, 0.4), notice=1), 12, (0.4 / 0.7, 0.3 / 0.7)),
    "alone, gone": (with_funders(exit=12, notice=1), 13, (0.0, 1.0)),
    "alone, still to come": (with_funders(entry=6), 5, (0.0, 0.0)),
    "two, of which one is still to come": (with_funders((CoFunder("B", 0.3, entry=6),)), 5, (1.0, 0.0, 0.0)),
    "two, both there": (with_funders((CoFunder("B", 0.3, entry=6),)), 6, (0.7, 0.3, 0.0)),
    "two, of which one has left": (with_funders((CoFunder("B", 0.3, exit=5, notice=1),)), 6, (0.7, 0.0, 0.15)),
    "one after another, the first in its taper": (RELAY, 9, (0.7, 0.0, 0.15)),
    "one after another, between them": (RELAY, 13, (0.0, 0.0, 1.0)),
    "one after another, the second": (RELAY, 14, (0.0, 1.0, 0.0)),
}


@pytest.mark.parametrize(("scenario", "month", "parts"), PAYING.values(), ids=PAYING.keys())
def test_who_pays_what_of_the_backbone_is_what_it_is_on_paper(
    scenario: Scenario, month: int, parts: tuple[float, ...]
) -> None:
    half = scenarios.replace(scenario, {"members.replacement": 0.5})
    whole = sum(parts) or 1.0
    assert who_pays(half)[month - 1, FOR_FACILITATION] == pytest.approx([part / whole for part in parts])


@pytest.mark.parametrize("scenario", [one for one, *_ in PAYING.values()], ids=PAYING.keys())
def test_what_members_pay_is_the_money_that_the_reference_counts(scenario: Scenario) -> None:
    """Month by month, of the backbone and of the grants."""
    settled = {"members.replacement": 0.5, "closing.renewal_months": 0, "grants.per_call": 9, "grants.first": 2}
    asked = scenarios.replace(scenario, {**settled, "grants.every": 1, "grants.window": 1})
    funders, members = paid_in_months(asked).swapaxes(0, 1)
    shares = who_pays(asked)[..., -1]
    spent = funders + members
    np.testing.assert_allclose(members, shares * spent, atol=1e-6)
    assert (spent > 0).any(axis=0).all()


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
