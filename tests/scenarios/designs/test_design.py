"""Designs: which points of the factors are tried, each scheme held to the definition it is named after."""

import json
import re
import sys
from collections import Counter
from itertools import product
from math import prod
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

import scenarios
from scenarios import Scenario, ScenarioError
from scenarios.designs.design import MOST_POINTS, USUAL, Design, DesignKind, plan
from scenarios.designs.factors import Factor
from scenarios.files.faults import MissingExtraError

SALEX = scenarios.replace(scenarios.load("salex", posterior=None), {"closing.month": 24})
THREE = ["facilitation.intensity=0.1:0.9", "grants.per_call=0:4", "closing.capstone"]
OF_EVERY_KIND = [*THREE, "closing.month=24,36,never", "scenario=salex,sparc"]
KINDS: tuple[DesignKind, ...] = tuple(
    kind for kind in get_args(DesignKind) if kind not in ("futures", "points", "adaptive")
)  # see test_futures, test_points_file
CHOSEN_BY_LOT: tuple[DesignKind, ...] = ("lhs", "sobol", "morris", "sequence")


def refused(vary: list[str], bases: Scenario | list[Scenario] = SALEX, **asked: Any) -> str:
    with pytest.raises(ScenarioError) as refusal:
        plan(bases, vary, **asked)
    return str(refusal.value)


def all_values(design: Design) -> list[dict[str, Any]]:
    return [design.values(point) for point in range(len(design))]


def write(folder: Path, name: str, text: str = "") -> str:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f'extends = "salex"\n{text}', encoding="utf-8")
    return str(path)


# Grid.


def test_a_grid_has_every_combination_once() -> None:
    design = plan(SALEX, ["facilitation.intensity=0.1:0.3:0.1", "closing.month=24,never", "closing.capstone"])
    tried = [tuple(values.values()) for values in all_values(design)]
    assert tried == list(product((0.1, 0.2, 0.3), (24, "never"), (False, True)))


def test_a_grid_over_ranges_takes_five_values_of_each() -> None:
    design = plan(SALEX, ["facilitation.intensity=0:1", "grants.per_call=0:8"])
    assert [tuple(values.values()) for values in all_values(design)] == list(
        product((0.0, 0.25, 0.5, 0.75, 1.0), (0, 2, 4, 6, 8))
    )


def test_a_grid_is_as_large_as_its_steps_make_it() -> None:
    assert len(plan(SALEX, ["grants.per_call=0,1,2"], points=3)) == 3
    said = refused(["grants.per_call=0,1,2", "closing.capstone"], points=1000)
    assert "here 6; leave the number of points (1,000) out" in said
    assert "take --design lhs" in said


# Latin hypercube.


@pytest.mark.parametrize("points", [1, 2, 7, 100])
def test_a_latin_hypercube_has_one_point_in_each_of_as_many_parts_of_every_factor(points: int) -> None:
    design = plan(SALEX, THREE, kind="lhs", points=points, seed=5)
    parts = np.floor(design.shares * points).astype(int)
    assert design.shares.shape == (points, 3)
    assert np.array_equal(np.sort(parts, axis=0), np.tile(np.arange(points)[:, None], 3))


def test_a_latin_hypercube_does_not_lay_its_factors_along_one_line() -> None:
    parts = np.floor(plan(SALEX, THREE, kind="lhs", points=100).shares * 100)
    assert (parts[:, 0] != parts[:, 1]).any()
    assert (parts[:, 1] != parts[:, 2]).any()


# Sobol'.


@pytest.mark.parametrize("factors", [1, 2, 3])
def test_sobol_changes_one_factor_at_a_time_between_two_samples(factors: int) -> None:
    """Saltelli (2002), doi:10.1016/S0010-4655(02)00280-1: blocks of A, AB_1 .. AB_k, BA_1 .. BA_k, B."""
    design = plan(SALEX, THREE[:factors], kind="sobol", points=16 * (2 * factors + 2))
    assert design.size == 16
    for a, *between, b in design.shares.reshape(16, 2 * factors + 2, factors):
        assert (a != b).all(), "the two samples would be one"
        for factor in range(factors):
            changed = np.arange(factors) == factor
            assert np.array_equal(between[factor], np.where(changed, b, a))
            assert np.array_equal(between[factors + factor], np.where(changed, a, b))


def test_the_first_sample_of_sobol_is_balanced_in_every_factor() -> None:
    """A scrambled Sobol' sequence of 2^m points has one point in each of 2^m equal parts."""
    first = plan(SALEX, THREE, kind="sobol", points=64 * 8).shares.reshape(64, 8, 3)[:, 0]
    assert np.array_equal(np.sort(np.floor(first * 64), axis=0), np.tile(np.arange(64)[:, None], 3))


@pytest.mark.parametrize(("points", "size"), [(16, 2), (31, 2), (32, 4), (63, 4), (1000, 64), (1024, 128)])
def test_sobol_has_the_largest_power_of_two_of_base_points_that_the_points_allow(points: int, size: int) -> None:
    design = plan(SALEX, THREE, kind="sobol", points=points)
    assert (design.size, len(design)) == (size, 8 * size)
    assert len(design) <= points


# Morris.


def test_each_step_of_a_morris_trajectory_moves_one_factor_by_two_thirds_and_each_factor_once() -> None:
    """Morris (1991), doi:10.1080/00401706.1991.10484804, with p = 4 levels: delta = p / (2 (p - 1)) = 2/3."""
    design = plan(SALEX, THREE, kind="morris", points=40 * 4)
    assert set(np.round(design.shares * 3, 9).flat) == {0.0, 1.0, 2.0, 3.0}
    for trajectory in design.shares.reshape(40, 4, 3):
        moves = np.diff(trajectory, axis=0)
        assert np.allclose(np.sort(np.abs(moves), axis=1), [0.0, 0.0, 2 / 3], rtol=0.0, atol=1e-12)
        assert np.array_equal(np.sort(np.abs(moves).argmax(axis=1)), [0, 1, 2])


@pytest.mark.parametrize("levels", [2, 3, 4, 5])
def test_a_move_of_two_thirds_always_reaches_another_level(levels: int) -> None:
    vary = [f"grants.per_call={','.join(str(level) for level in range(levels))}", "closing.notice=0:12"]
    design = plan(SALEX, vary, kind="morris", points=60)
    values = all_values(design)
    for place in range(0, 60, 3):
        one, two, three = values[place : place + 3]
        assert [len(one.items() ^ two.items()), len(two.items() ^ three.items())] == [2, 2]


@pytest.mark.parametrize(("points", "size"), [(8, 2), (11, 2), (12, 3), (1000, 250)])
def test_morris_has_as_many_whole_trajectories_as_the_points_allow(points: int, size: int) -> None:
    design = plan(SALEX, THREE, kind="morris", points=points)
    assert (design.size, len(design)) == (size, 4 * size)


# Every design.


@pytest.mark.parametrize("kind", CHOSEN_BY_LOT)
def test_a_design_without_a_wish_has_its_usual_size(kind: DesignKind) -> None:
    design = plan(SALEX, THREE, kind=kind)
    assert design.size == USUAL[kind]
    assert len(design) == USUAL[kind] * {"sobol": 8, "morris": 4}.get(kind, 1)


@pytest.mark.parametrize("kind", CHOSEN_BY_LOT)
@pytest.mark.parametrize("seed", [0, 1, 2**40])
def test_one_seed_chooses_the_same_points_and_another_seed_others(kind: DesignKind, seed: int) -> None:
    def chosen(seed: int) -> bytes:
        return plan(SALEX, THREE, kind=kind, seed=seed).shares.tobytes()

    assert chosen(seed) == chosen(seed)
    assert chosen(seed) != chosen(seed + 1)


@pytest.mark.parametrize("kind", KINDS)
def test_every_point_is_a_scenario_with_the_values_that_are_named_for_it(kind: DesignKind) -> None:
    design = plan(SALEX, OF_EVERY_KIND, kind=kind, points=None if kind == "grid" else 24)
    for point in range(0, len(design), 7):
        values = design.values(point)
        scenario = design.scenario(point)
        assert scenario.name == values.pop("scenario")
        assert {key: scenarios.value_of(scenario, key) for key in values} == values


@pytest.mark.parametrize("kind", KINDS)
def test_values_are_plain_python_so_that_they_can_be_written_down(kind: DesignKind) -> None:
    values = all_values(plan(SALEX, OF_EVERY_KIND, kind=kind, points=None if kind == "grid" else 60))
    assert json.loads(json.dumps(values)) == values
    assert [{type(one[key]) for one in values} for key in values[0]] == [{float}, {int}, {bool}, {int, str}, {str}]


@pytest.mark.parametrize("kind", KINDS)
def test_how_a_design_is_made_up_is_said_in_numbers_that_multiply_to_its_points(kind: DesignKind) -> None:
    design = plan(SALEX, THREE, kind=kind)
    made_of = {
        "grid": ("5 x 5 x 2", 5 * 5 * 2),
        "lhs": ("a Latin hypercube over 3 factors", 200),
        "sequence": ("a scrambled Sobol' sequence over 3 factors", 256),
        "sobol": ("256 base points x (2 x 3 + 2)", 256 * (2 * 3 + 2)),
        "morris": ("30 trajectories x (3 + 1)", 30 * (3 + 1)),
    }
    assert (design.made_of, len(design)) == made_of[kind]


def test_factors_may_be_given_as_objects() -> None:
    design = plan(SALEX, [Factor("grants.per_call", levels=(1, 3))])
    assert [design.scenario(point).grants.per_call for point in range(2)] == [1, 3]


def test_values_that_do_not_go_together_fail_at_their_point_only() -> None:
    design = plan(SALEX, ["closing.notice=3,30,23"])
    assert [design.scenario(point).closing.notice for point in (0, 2)] == [3, 23]
    with pytest.raises(ScenarioError, match=r"closing\.notice is 30 months but the network closes in month 24"):
        design.scenario(1)


# Scenarios as a factor.


def test_several_scenarios_are_a_factor_before_the_others() -> None:
    design = plan([SALEX, scenarios.load("sparc", posterior=None)], ["grants.per_call=0,2"])
    assert all_values(design) == [
        {"scenario": name, "grants.per_call": grants} for name in ("salex", "sparc") for grants in (0, 2)
    ]
    assert list(design.named_bases) == ["salex", "sparc"]


def test_several_scenarios_are_enough_to_vary() -> None:
    design = plan([SALEX, scenarios.load("sparc", posterior=None)], [])
    assert [design.scenario(point).name for point in range(2)] == ["salex", "sparc"]


def test_scenarios_may_be_named_by_library_and_by_path(tmp_path: Path) -> None:
    mine = write(tmp_path, "mine, too.toml", "[grants]\nper_call = 7\n")
    design = plan(SALEX, [f'scenario=sparc,"{mine}"'])
    assert [values["scenario"] for values in all_values(design)] == ["sparc", "mine, too"]
    assert design.scenario(1).grants.per_call == 7


def test_a_scenario_that_is_there_already_keeps_the_changes_made_to_it() -> None:
    changed = scenarios.replace(SALEX, {"grants.per_call": 9})
    design = plan(changed, ["scenario=sparc,salex"])
    assert design.scenario(1).grants.per_call == 9
    assert design.scenario(0).grants.per_call == scenarios.load("sparc", posterior=None).grants.per_call


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    one, two = write(tmp_path / "a", "mine.toml"), write(tmp_path / "b", "mine.toml")
    said = refused([f"scenario={one},{two}"])
    assert f"2 scenarios are called 'mine' ({one}, {two})" in said
    assert "2 scenarios are called 'mine'" in refused(
        [], [scenarios.load(one, posterior=None), scenarios.load(two, posterior=None)]
    )


def test_every_scenario_that_does_not_exist_is_named_at_once() -> None:
    said = refused(["scenario=salx,salex,sparcc"])
    head, *faults = said.splitlines()
    assert "--vary scenario" in head
    assert [re.findall("'(.*?)'", fault) for fault in faults] == [["salx", "salex"], ["sparcc", "sparc"]]


# What is refused.


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "lhs", "points": 0}, "the design would have 0 points; allowed is 1 to 10,000,000"),
        ({"kind": "lhs", "points": -3}, "the design would have -3 points"),
        ({"kind": "lhs", "points": MOST_POINTS + 1}, "10,000,001 points; allowed is 1 to 10,000,000"),
        ({"kind": "sobol", "points": 15}, "15 points are too few for a Sobol' design over these factors; it takes 16"),
        ({"kind": "sobol", "points": 10**9}, "points; allowed is 1 to 10,000,000"),
        ({"kind": "morris", "points": 7}, "7 points are too few for a Morris design over these factors; it takes 8"),
        ({"kind": "morris", "points": -1}, "-1 points are too few"),
        ({"kind": "morris", "points": 10**9}, "1,000,000,000 points; allowed is 1 to 10,000,000"),
        ({"kind": "latin"}, 'no design is called "latin"; there are grid, lhs, sobol, morris'),
    ],
)
def test_a_design_that_cannot_be_is_refused_with_what_can(asked: dict[str, Any], said: str) -> None:
    assert said in refused(THREE, **asked)


def test_a_grid_that_is_too_large_is_refused_before_it_is_made() -> None:
    vary = ["facilitation.intensity=0:1:0.0001", "network.flexibility=0:1:0.0001"]
    assert f"the design would have {prod((10_001, 10_001)):,} points" in refused(vary)


def test_a_design_needs_something_to_vary_and_something_to_vary_it_in() -> None:
    assert "nothing is varied; name what to vary with --vary KEY=LOW:HIGH" in refused([])
    assert "no scenario is given" in refused(["grants.per_call=0,1"], [])


def test_scenarios_are_given_in_one_way_only() -> None:
    said = refused(["scenario=salex,sparc"], [SALEX, scenarios.load("sparc", posterior=None)])
    assert re.search(r"both as arguments and as --vary scenario=", said)


def test_a_factor_given_twice_as_an_object_is_named_once() -> None:
    twice = Factor("grants.per_call", levels=(0, 1))
    with pytest.raises(ScenarioError) as refusal:
        plan(SALEX, [twice, twice])
    assert Counter(refusal.value.faults) == {"grants.per_call is varied twice; give it once": 1}


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_a_design_that_needs_a_missing_package_says_how_to_install_it(
    kind: DesignKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SALib", "SALib.sample", f"SALib.sample.{kind}"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtraError, match=rf"--design {kind} needs SALib.*pip install 'legato-networks\[sens"):
        plan(SALEX, THREE, kind=kind)
    assert len(plan(SALEX, THREE, kind="lhs", points=3)) == 3
