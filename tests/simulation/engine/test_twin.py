"""The compiled engine is the Mesa model's twin: every count and event equal, every float to 1e-12, every month."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import scenarios
import simulation
from scenarios import Scenario, ScenarioError
from simulation import draws
from simulation.draws import draw, draw_row
from simulation.engine import arrays
from simulation.engine import run as engine
from simulation.outcomes import MONTHLY, MONTHLY_NAMES, NAMES
from simulation.running import ensemble
from tests.shared import DRAWN_WITHIN

COUNTED = [name for name, outcome in zip(MONTHLY_NAMES, MONTHLY, strict=True) if outcome.scale == "count"]
# What would make the reference take minutes, or has no number to draw.
BOUNDED: dict[str, tuple[float, float]] = {
    **DRAWN_WITHIN,
    "network.members": (2, 80),
    "network.topics": (1, 12),
    "network.regions": (1, 12),
    "network.joining": (0, 4),
    "closing.month": (1, 30),
}
AFTER_THE_MONEY: dict[str, Any] = {
    # What is off by default: else a scenario drawn by single keys would seldom have two of them at work.
    "behaviour.unpaid_hazard": 0.05,
    "behaviour.unpaid_distance": 3.0,
    "behaviour.steward_chance": 0.5,
    "behaviour.steward_end": 0.1,
    "behaviour.fading": 0.05,
    "behaviour.drift": 0.1,
    "behaviour.capacity_softness": 0.7,
    "behaviour.search_breadth": 0.6,
}
LEFT_OUT = {
    "network.months",
    "members.file",
    "members.ties",
    "members.contacts",
    "members.introductions",
    "members.groups",
    "members.without",
    "members.collaborations",
    "members.attendance",
    "members.representatives",
    "network.today",
    "network.so_far",
    "funder.priorities",
    "funder.shift.priorities",
    "funder.name",
    "funder.backbone",
    "funder.grants",
    "funder.others",
}


def assert_twins(scenario: Scenario, seed: int, replicate: int) -> None:
    """Reference and engine agree in every month and every value."""
    mesa = simulation.run(scenario, seed=seed, first=replicate, replicates=1, engine="mesa")
    twin = simulation.run(scenario, seed=seed, first=replicate, replicates=1, engine="compiled", workers=1)
    months, twin_months = mesa.sum_months, twin.sum_months  # of one replicate: its course
    for name in COUNTED:
        column = MONTHLY_NAMES.index(name)
        if name not in ("new_relationships", "unexpected_relationships"):  # means, not counts
            np.testing.assert_array_equal(twin_months[:, column], months[:, column], err_msg=name)
    np.testing.assert_allclose(twin_months, months, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(twin.values, mesa.values, rtol=1e-12, atol=1e-12, err_msg=str(NAMES))
    assert np.isfinite(months).all()


@pytest.mark.parametrize("name", scenarios.names())
@pytest.mark.parametrize("replicate", [0, *(pytest.param(other, marks=pytest.mark.slow) for other in (1, 2))])
def test_twins_agree_on_the_whole_library(name: str, replicate: int) -> None:
    assert_twins(scenarios.load(name, posterior=None), 11, replicate)


def numbers(key: str, low: float, high: float, *, whole: bool) -> st.SearchStrategy[Any]:
    """Values over the whole range of a key, its ends and zero among them."""
    low, high = BOUNDED.get(key, (low, high))
    if whole:
        return st.integers(int(low), int(high))
    return st.one_of(st.sampled_from([low, high]), st.floats(low, high, allow_nan=False))


@st.composite
def drawn_scenarios(draw_value: st.DrawFn) -> Scenario:
    """A scenario with up to twenty values drawn over their full ranges, small enough for the reference."""
    keys = [key for key in scenarios.KEYS if key not in LEFT_OUT and not key.startswith("costs.")]
    chosen = draw_value(st.lists(st.sampled_from(keys), min_size=1, max_size=20, unique=True))
    changes: dict[str, Any] = {"network.members": draw_value(st.integers(2, 30)), "closing.follow_up": 13}
    for name in chosen:
        key = scenarios.KEYS[name]
        if key.kind == "bool":
            changes[name] = draw_value(st.booleans())
        else:
            assert key.low is not None
            assert key.high is not None
            changes[name] = draw_value(numbers(name, key.low, key.high, whole=key.kind == "int"))
    base = draw_value(st.sampled_from(["salex", "funder-shift", "renewal", "graceful-closing", "needy-rivals"]))
    if draw_value(st.booleans()):
        changes = {**AFTER_THE_MONEY, **changes}
    try:
        return scenarios.replace(scenarios.load(base, posterior=None), changes)
    except ScenarioError:
        assume(False)
        raise


@pytest.mark.parametrize("examples", [30, pytest.param(400, marks=pytest.mark.slow)])
def test_twins_agree_over_the_full_ranges(examples: int) -> None:
    @settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(scenario=drawn_scenarios(), seed=st.sampled_from([0, 1, 2**32 - 1]), replicate=st.integers(0, 2**32 - 1))
    def agree(scenario: Scenario, seed: int, replicate: int) -> None:
        assert_twins(scenario, seed, replicate)

    agree()


TIES = {
    "members.activity_spread": (0, 1.5),
    "behaviour.lapse": (0, 0.5),
    "behaviour.lapse_trust": (0, 8),
    "behaviour.decay_spread": (0, 1.5),
    "behaviour.turnover": (0, 0.8),
    "behaviour.trust_kept": (0, 1),
    "behaviour.contact_rate": (0, 1),
    "behaviour.contact_known": (0, 1),
    "behaviour.contact_interest": (0, 4),
    "behaviour.cold_share": (0, 1),
    "behaviour.yes_cold": (-6, 4),
    "behaviour.region_odds": (1, 20),
    "network.joining": (0, 1.5),
    "network.prior_ties": (0, 5),
}
"""How ties come and go without a facilitator: all at once, since one by one they are among those drawn above."""


@pytest.mark.parametrize("examples", [4, pytest.param(60, marks=pytest.mark.slow)])
def test_twins_agree_where_ties_come_and_go_by_themselves(examples: int) -> None:
    @settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(data=st.data(), replicate=st.integers(0, 2**32 - 1))
    def agree(data: st.DataObject, replicate: int) -> None:
        changes = {
            key: data.draw(st.floats(low, high, allow_nan=False), label=key) for key, (low, high) in TIES.items()
        }
        changes |= {"network.members": data.draw(st.integers(2, 70)), "closing.month": 12, "closing.follow_up": 4}
        base = scenarios.load("graceful-closing", posterior=None)
        assert_twins(scenarios.replace(base, {**changes, "closing.notice": 3}), 7, replicate)

    agree()


@pytest.mark.parametrize("key", [None, *AFTER_THE_MONEY])
def test_twins_agree_on_what_comes_after_the_money(key: str | None) -> None:
    """All of it at work, or each thing by itself, with stewards that give up and grants that outlast the closing."""
    on = AFTER_THE_MONEY if key is None else {key: AFTER_THE_MONEY[key]}
    settings_of_all = {"closing.month": 14, "closing.follow_up": 30, "grants.months": 20, "network.prior_ties": 2.0}
    changed = scenarios.replace(scenarios.load("renewal", posterior=None), settings_of_all | on)
    for replicate in range(4 if key is None else 2):
        assert_twins(changed, 2, replicate)


def test_twins_agree_on_whether_a_steward_comes_and_when_it_gives_up() -> None:
    """Where half of the networks get one and a fifth of stewards give up each month, a draw by another key shows."""
    asked: dict[str, Any] = {"network.members": 4, "closing.month": 3, "closing.notice": 1, "closing.follow_up": 12}
    asked |= {"members.champions": 0, "closing.handover": False, "behaviour.steward_size": 0.0}
    asked |= {"behaviour.steward_chance": 0.5, "behaviour.steward_end": 0.2, "behaviour.drift": 0.3}
    changed = scenarios.replace(scenarios.load("salex", posterior=None), asked)
    for replicate in range(8):
        assert_twins(changed, 3, replicate)


def test_twins_agree_on_grants_that_end_in_the_very_month_in_which_members_drift_away() -> None:
    """All drift in the month after the closing, the first after the grants of month 6: they hold nobody any more."""
    asked = {"closing.month": 14, "grants.months": 9, "grants.per_call": 12, "behaviour.drift": 5.0}
    changed = scenarios.replace(scenarios.load("salex", posterior=None), {**asked, "members.champions": 0})
    for replicate in range(3):
        assert_twins(changed, 3, replicate)


@pytest.mark.parametrize("members", [arrays.FEW - 1, arrays.FEW, arrays.FEW + 1, 150])
def test_few_and_many_members_decay_and_are_sorted_alike(members: int) -> None:
    """The engine has a quicker way for up to FEW members; both ways must be the reference's."""
    changes = {"network.members": members, "closing.month": 12, "closing.notice": 2, "closing.follow_up": 2}
    assert_twins(scenarios.replace(scenarios.load("salex", posterior=None), {**changes, "members.champions": 0}), 3, 0)


def test_a_growing_network_passes_from_few_to_many() -> None:
    changes = {"network.joining": 6.5, "closing.month": 20, "closing.notice": 2, "closing.follow_up": 2}
    assert_twins(scenarios.replace(scenarios.load("salex", posterior=None), changes), 3, 0)


def test_priorities_that_shift_are_the_same_to_both() -> None:
    shifted = scenarios.load(
        "funder-shift", ["funder.weight=0.9", "funder.priorities=[1,2,3,4,5,6,7,8]"], posterior=None
    )
    assert_twins(shifted, 5, 1)


PRICED: dict[str, dict[str, Any]] = {
    "staff time": {
        "facilitation.convening_effort": 2.0,
        "facilitation.session_effort": 0.25,
        "facilitation.introduction_effort": 0.12,
        "costs.session": 900.0,
    },
    "winding down apart from notice": {"closing.wind_down_months": 9, "closing.notice": 2},
    "leadership": {"behaviour.leadership_fit": 0.4, "behaviour.leadership_work": 0.07, "behaviour.attrition": 0.02},
    "a heavy hand": {"behaviour.heavy_hand": 0.4},
    "grants by their money": {"behaviour.grant_strength": 0.8, "grants.size": 90_000.0, "grants.months": 7},
}


@pytest.mark.parametrize("changes", [*PRICED.values(), {k: v for one in PRICED.values() for k, v in one.items()}])
def test_levers_with_a_price_are_the_same_to_both(changes: dict[str, Any]) -> None:
    changes = {**changes, "network.joining": 0.3, "members.capacity": 5, "closing.renewal_months": 6}
    assert_twins(scenarios.replace(scenarios.load("funder-shift", posterior=None), changes), 7, 2)


def test_a_roster_is_the_same_to_both(tmp_path: Any) -> None:
    members = tmp_path / "members.csv"
    members.write_text(
        "name,interests,region,size,need,champion\n"
        + "".join(f"m{k},{'literacy|health' if k % 2 else 'health'},r{k % 3},large,0.{k},yes\n" for k in range(1, 9)),
        encoding="utf-8",
    )
    ties = tmp_path / "ties.csv"
    ties.write_text("from,to,strength\nm1,m2,0.9\nm3,m4,0.2\nm1,m8,0.6\n", encoding="utf-8")
    path = scenarios.found(tmp_path / "own", members, ties)
    assert_twins(scenarios.load(str(path), posterior=None), 1, 0)


@pytest.mark.parametrize(
    ("changes", "room"),
    [
        ([], 3),
        (["network.members=64", "facilitation.encounters=18.7", "facilitation.reference=0.01"], 20_000),
    ],
    ids=["from next to nothing", "all know all, and lists of whom they know fill up before ties do"],
)
def test_a_state_that_is_too_small_grows_and_changes_nothing(
    changes: list[str], room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    salex = scenarios.load("salex", changes, posterior=None)
    whole = simulation.run(salex, replicates=20 if room == 3 else 5, workers=1)
    monkeypatch.setattr(engine, "first_room", lambda _scenario: room)
    grown = simulation.run(salex, replicates=len(whole.values), workers=1)
    assert grown.values.tobytes() == whole.values.tobytes()
    assert grown.sum_months.tobytes() == whole.sum_months.tobytes()


@pytest.mark.parametrize("workers", [2, pytest.param(8, marks=pytest.mark.slow)])
def test_threads_do_not_change_a_byte(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty blocks, of the last of which no courses are kept."""
    salex = scenarios.load("salex", posterior=None)
    monkeypatch.setattr(ensemble, "LARGEST_BLOCK", 8)
    few: dict[str, Any] = {"replicates": 160, "first": ensemble.KEPT - 100}
    alone = simulation.run(salex, **few, workers=1)
    together = simulation.run(salex, **few, workers=workers)
    assert together.values.tobytes() == alone.values.tobytes()
    assert together.sum_months.tobytes() == alone.sum_months.tobytes()
    assert together.kept_months.tobytes() == alone.kept_months.tobytes()


def test_blocks_known_from_before_are_not_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    salex = scenarios.load("salex", posterior=None)
    monkeypatch.setattr(ensemble, "LARGEST_BLOCK", 30)
    blocks: list[simulation.Block] = []
    whole = simulation.run(salex, replicates=100, workers=1, keep=blocks.append)
    assert [block.first for block in blocks] == [0, 30, 60, 90]
    ran: list[int] = []
    original = engine.Engine.run_block

    def noted(self: engine.Engine, first: int, *rest: Any) -> Any:
        ran.append(first)
        return original(self, first, *rest)

    monkeypatch.setattr(engine.Engine, "run_block", noted)
    again = simulation.run(salex, replicates=100, workers=1, known={block.first: block for block in blocks[:-1]})
    assert ran == [blocks[-1].first]
    assert again.values.tobytes() == whole.values.tobytes()
    assert again.sum_months.tobytes() == whole.sum_months.tobytes()
    assert again.kept_months.tobytes() == whole.kept_months.tobytes()


def test_what_cannot_fit_is_refused_before_it_starts() -> None:
    huge = scenarios.load("salex", ["network.members=1000000", "members.champions=0"], posterior=None)
    with pytest.raises(MemoryError, match=r"may take .* GB with .* at work at a time; .* GB are free\. Ask for fewer"):
        simulation.run(huge, replicates=2_000_000_000)


def test_draws_in_a_row_are_the_draws_one_by_one() -> None:
    members, others = np.arange(37) * 31 + 5, np.arange(37)[::-1].copy()
    first, second = np.empty(37), np.empty(37)
    draw_row(4, 2**32 - 1, draws.CONVENING, 7, members, others, first, second)
    one_by_one = [draw(4, 2**32 - 1, draws.CONVENING, 7, int(m), int(o)) for m, o in zip(members, others, strict=True)]
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == one_by_one
