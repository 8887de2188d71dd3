"""Where a plan fails: regions that were put there are found, regions that were not are not believed."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from numpy.typing import NDArray

import scenarios
from cli import main
from results.commands.json_schemas import BY_COMMAND
from results.discovering.boxes import Limit, axes_of, information, joined, quasi_p, within
from results.discovering.discovery import Discovery, Failure, Held, NothingToFindError, Share, discover, held_to
from results.discovering.words import answer, condition, conditions, notes
from results.estimates.response import Response
from scenarios.designs.design import Design, plan
from scenarios.designs.factors import Factor
from scenarios.designs.fresh_points import fresh
from scenarios.designs.futures import Futures
from tests.steady import STEADY, options

jsonschema = pytest.importorskip("jsonschema")


@pytest.fixture(scope="module", autouse=True)
def _prim() -> None:
    """Imported only where these tests are run, and without its looking through all modules for each of its frames."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("inspect.getmodule", lambda *_: None)
        for module in ("ema_workbench", "ema_workbench.analysis"):
            pytest.importorskip(module)


KEYS = (
    "facilitation.intensity",
    "network.flexibility",
    "members.need",
    "behaviour.decay",
    "behaviour.uptake",
)
BELOW = Failure("collaboration_rate", 0.5, "below")
THREE_BOXES = (
    {0: (0.0, 0.3), 1: (0.0, 0.3)},
    {0: (0.65, 1.0), 2: (0.7, 1.0)},
    {0: (0.2, 0.6), 1: (0.6, 0.9), 2: (0.0, 0.3)},
)
"""Dimension -> range. Three boxes apart from each other, in two or three of five dimensions."""


def response_at(points: NDArray[np.float64], fails: NDArray[np.bool_]) -> Response:
    factors = tuple(Factor(key, 0.0, 1.0) for key in KEYS[: points.shape[1]])
    design = Design("lhs", factors, (scenarios.load("salex", posterior=None),), points, len(points), 1)
    return Response(design, "collaboration_rate", np.where(fails, 0.2, 0.8)[:, None])


def in_boxes(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    inside = np.zeros(len(points), dtype=bool)
    for box in THREE_BOXES:
        inside |= np.all([(points[:, j] >= low) & (points[:, j] <= high) for j, (low, high) in box.items()], axis=0)
    return inside


def in_one(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    return (points[:, 0] <= 0.3) & (points[:, 1] <= 0.3)


@pytest.fixture(scope="module")
def one_box() -> Discovery:
    points = np.random.default_rng(1).random((400, 3))
    return discover(response_at(points, in_one(points)), BELOW)


def test_one_box_is_found_and_nothing_else(one_box: Discovery) -> None:
    """Two sides of a box of 36 points: a gap of .09 beside one comes with a chance below (1 - .09)^36 = .03."""
    (one,) = one_box.regions
    assert {limit.key: max(limit.low, 0.0) for limit in one.box} == dict.fromkeys(KEYS[:2], 0.0)
    assert [limit.high for limit in one.box] == pytest.approx([0.3, 0.3], abs=0.09)


@pytest.fixture(scope="module")
def three_boxes() -> Discovery:
    points = np.random.default_rng(1).random((1000, 5))
    return discover(response_at(points, in_boxes(points)), BELOW)


@pytest.mark.slow
def test_three_boxes_are_told_apart(three_boxes: Discovery) -> None:
    """As Lempert, Bryant & Bankes (2008), RAND WR-557, try algorithms: on shapes that are known.

    A limit lies between two points, rounded to a hundredth. In the smallest box, 37 of 1,000 points, the largest gap
    that one of its six sides leaves is below 0.09 with a chance of 0.8: tolerance 0.05 for the two others, 0.09 here.
    """
    found = {frozenset(limit.key for limit in one.box): one.box for one in three_boxes.regions}
    assert set(found) == {frozenset(KEYS[place] for place in box) for box in THREE_BOXES}, "each, and nothing else"
    for box in THREE_BOXES:
        limits = {limit.key: limit for limit in found[frozenset(KEYS[place] for place in box)]}
        for place, (low, high) in box.items():
            limit = limits[KEYS[place]]
            ends = max(limit.low, 0.0), min(limit.high, 1.0)
            assert ends == pytest.approx((low, high), abs=0.05 if len(box) == 2 else 0.09)


def test_one_box_holds_on_fresh_points(one_box: Discovery) -> None:
    points = np.random.default_rng(2).random((400, 3))
    (one,) = held_to(one_box, response_at(points, in_one(points))).regions
    assert one.fresh is not None
    assert one.fresh.density.mean > 0.85


@pytest.mark.slow
def test_three_boxes_hold_on_fresh_points(three_boxes: Discovery) -> None:
    points = np.random.default_rng(2).random((1000, 5))
    held = held_to(three_boxes, response_at(points, in_boxes(points)))
    for one in held.regions:
        assert one.fresh is not None
        assert one.fresh.density.mean > 0.85
    assert not any("confirmed" in line for line in answer(held))


def test_what_is_counted_is_what_a_hand_counts(one_box: Discovery) -> None:
    axes = one_box.axes
    fails = one_box.response.mean < 0.5
    one = one_box.regions[0]
    inside = np.ones(400, dtype=bool)
    for limit in one.box:
        along = axes[KEYS.index(limit.key)].along
        inside &= (along >= limit.low) & (along <= limit.high)
    assert (one.found.density.count, one.found.density.of) == (int(fails[inside].sum()), int(inside.sum()))
    assert one.found.coverage.of == one_box.failing.count == int(fails.sum())
    assert one.found.elsewhere.of == 400 - int(inside.sum())
    low, high = one.found.coverage.interval
    assert low < one.found.coverage.mean <= high


@pytest.mark.slow
def test_chance_is_not_borne_out_by_fresh_points() -> None:
    luck = np.random.default_rng(5)
    points, others = luck.random((300, 2)), luck.random((300, 2))
    found = discover(response_at(points, luck.random(300) < 0.2), BELOW, most=1)
    held = held_to(found, response_at(others, luck.random(300) < 0.2))
    said = " ".join(answer(held))
    assert "not confirmed" in said or "No region was found" in said


def test_quasi_p_is_that_of_the_workbench() -> None:
    import pandas as pd

    from results.discovering.prim import _ema, _quietly

    points = np.random.default_rng(3).random((200, 2))
    fails = (points[:, 0] < 0.4) & (np.random.default_rng(4).random(200) < 0.8)
    axes = axes_of(response_at(points, fails).design)
    with _quietly():
        prim = _ema()
        chosen = {"threshold": 1e-9} if "threshold" in prim.Prim.__init__.__code__.co_varnames else {}
        theirs = prim.Prim(pd.DataFrame(points, columns=["x0", "x1"]), fails.astype(int), **chosen).find_box()
    whole = theirs.box_lims[0]
    compared = 0
    for number, limits in enumerate(theirs.box_lims[1:], start=1):
        restricted = [name for name in ("x0", "x1") if limits[name].tolist() != whole[name].tolist()]
        quasi = theirs._calculate_quasi_p(number, restricted)
        sides = [
            Limit(KEYS[j], low=float(limits[f"x{j}"][0]))
            if row == 0
            else Limit(KEYS[j], high=float(limits[f"x{j}"][1]))
            for j in range(2)
            for row in range(2)
            if limits[f"x{j}"][row] != whole[f"x{j}"][row]
        ]
        for side in sides:
            j, row = KEYS.index(side.key), int(side.low == -np.inf)
            assert quasi_p(joined(sides), side, axes, fails) == pytest.approx(quasi[f"x{j}"][row], rel=1e-9)
            compared += 1
    assert compared > 20


def test_information_is_greatest_where_all_that_fails_is_and_nothing_else() -> None:
    fails = np.arange(100) < 20
    told = [information(np.arange(100) < size, fails) for size in (5, 10, 20, 40, 80)]
    assert max(told) == told[2]
    assert information(fails, fails) == pytest.approx(20 * np.log(5) + 80 * np.log(1.25)), "all the surprise there is"
    assert information(~fails, fails) < 0, "a box in which nothing fails is not where it fails"
    assert information(np.ones(100, dtype=bool), fails) == pytest.approx(0)


def axis_over(*levels: Any, key: str = "funder.shift.month") -> Any:
    factor = Factor(key, levels=levels)
    shares = np.array([[(place + 0.5) / len(levels)] for place in range(len(levels))])
    return axes_of(Design("lhs", (factor,), (scenarios.load("salex", posterior=None),), shares, len(levels), 1))[0]


def test_never_comes_after_all_months_however_they_are_written() -> None:
    axis = axis_over(12, "never", 6, 9)
    assert axis.levels == (6, 9, 12, "never")
    assert axis.along.tolist() == [2, 3, 0, 1]
    early, late = Limit(axis.factor.key, high=1.5), Limit(axis.factor.key, low=1.5)
    words = "first month under the new priorities and budgets (funder.shift.month)"
    assert condition(early, axis) == f"{words} of 9 or less"
    assert condition(late, axis) == f"{words} of 12 or more, or never"
    assert within((early,), (axis,)).tolist() == [False, False, True, True]


def test_the_levels_of_many_particles_are_taken_for_a_range() -> None:
    """A limit between two of them is then a number with two digits, not the seventeen of a particle."""
    axis = axis_over(*np.random.default_rng(1).normal(size=60).tolist(), key="behaviour.yes_base")
    assert axis.levels == ()
    assert axis.along.tolist() == list(axis.factor.levels)
    assert axis.rounded(0.123456789, upper=True) == 0.12


@pytest.mark.parametrize("varied", ["grants.per_call=0:8", "grants.per_call=0:8:1"])
def test_limits_of_whole_numbers_are_rounded_inward(varied: str) -> None:
    """Up to 3 grants all points fail, from 4 on 1 of 10: the search cuts at 3.5, and that is 3 or less.

    Of 600 points over 9 values some 67 lie at 4: a rule that takes them in is less dense by a fifth.
    """
    design = plan(
        scenarios.load("salex", posterior=None), [varied, "facilitation.intensity=0:1"], kind="lhs", points=600, seed=1
    )
    grants = np.array([design.values(point)["grants.per_call"] for point in range(600)])
    fails = (grants <= 3) | (np.random.default_rng(1).random(600) < 0.1)
    found = discover(Response(design, "collaboration_rate", np.where(fails, 0.2, 0.8)[:, None]), BELOW, most=1)
    (one,) = found.regions
    (limit,) = one.box
    assert limit.high == 3
    assert conditions(one, found.axes).endswith("of 3 or less")
    assert one.found.density.count == one.found.density.of == int((grants <= 3).sum()), "counted with what is said"


@pytest.mark.parametrize("varied", ["grants.per_call=0:8", "grants.per_call=0:8:1", "grants.per_call=0:60:1"])
def test_a_lower_limit_of_whole_numbers_is_rounded_up(varied: str) -> None:
    (axis,) = axes_of(plan(scenarios.load("salex", posterior=None), [varied], kind="lhs", points=300, seed=1))
    assert axis.rounded(4.5, upper=False) == 5
    assert axis.rounded(4.5, upper=True) == 4
    assert axis.rounded(3.5, upper=True) == 3
    assert axis.rounded(3.0, upper=False) == axis.rounded(3.0, upper=True) == 3


def test_a_box_that_always_fails_twice_was_not_flattered(one_box: Discovery) -> None:
    """80 of 80 found, 80 of 80 fresh: the interval of the second ends at exactly 1."""
    twice = Held(density=Share(80, 80), coverage=Share(80, 100), elsewhere=Share(20, 320))
    box = replace(one_box.regions[0], found=twice, fresh=twice)
    said = " ".join(answer(replace(one_box, regions=(box,), fresh=Share(100, 400))))
    assert "fails there in 80 of 80 (95 to 100 %)" in said
    assert "flattered" not in said


def test_levels_without_an_order_are_named() -> None:
    axis = axis_over(False, True, key="closing.capstone")
    assert not axis.is_ordered
    limit = Limit(axis.factor.key, places=frozenset({0}))
    assert condition(limit, axis).endswith("(closing.capstone) false")
    assert within((limit,), (axis,)).tolist() == [True, False]


def test_a_level_that_fails_is_found_among_levels_without_an_order() -> None:
    base = scenarios.load("salex", posterior=None)
    other = scenarios.load("sparc", posterior=None)
    design = plan([base, other], ["grants.per_call=0:9:1"], kind="lhs", points=200, seed=1)
    names = [design.values(point)["scenario"] for point in range(200)]
    grants = np.array([design.values(point)["grants.per_call"] for point in range(200)])
    fails = (np.array(names) == "sparc") & (grants <= 3)
    found = discover(Response(design, "collaboration_rate", np.where(fails, 0.1, 0.9)[:, None]), BELOW)
    (one,) = found.regions
    assert conditions(one, found.axes) in (
        "with sparc and grants per call (grants.per_call) of 3 or less",
        "with grants per call (grants.per_call) of 3 or less and sparc",
    )
    assert one.found.density.count == one.found.density.of == int(fails.sum())


def test_points_without_a_value_are_left_out_and_told_of() -> None:
    points = np.random.default_rng(1).random((120, 1))
    response = response_at(points, points[:, 0] < 0.3)
    values = response.values.copy()  # noqa: PD011
    values[:7] = np.nan
    found = discover(Response(response.design, "collaboration_rate", values), BELOW, most=1)
    assert found.failing.of == 113
    assert any(line.startswith("7 points are left out") for line in notes(found, 1, 2))


def test_replicates_are_offered_only_where_luck_makes_most_of_an_interval() -> None:
    """At a point luck makes all differences between networks, or their parameters do; the mean is at the threshold."""
    known = np.linspace(0.1, 0.5, 12)
    posterior = scenarios.Posterior(("behaviour.initiative",), known[:, None], np.full(12, 1 / 12), "made up")
    base = scenarios.load("salex", posterior=posterior)
    lots = np.random.default_rng(1)
    points = lots.random((120, 1))
    clear = np.where(points[:, :1] < 0.3, 0.2, 0.8) + lots.normal(size=(120, 24), scale=0.01)
    luck = 0.5 + 0.2 * (-1) ** np.arange(24)  # within each pair of networks with one set of parameters
    made = 0.5 + (known[[posterior.particle_of(one) for one in range(24)]] - known.mean())
    for rows, by_luck, said in (
        ([luck] * 5, 5, "luck decides whether they count as failing. More replicates would settle some of them."),
        ([made] * 4, 0, "Knowing more about the parameters would settle it, more networks would not."),
        ([luck, made, made], 1, "at 1 mostly because of luck, and more replicates would settle some of these; at 2"),
    ):
        values = clear.copy()
        values[: len(rows)] = rows
        design = Design("lhs", (Factor(KEYS[0], 0.0, 1.0),), (base,), points, len(points), 1)
        found = discover(Response(design, "collaboration_rate", values), BELOW, most=1)
        assert (found.unsure, found.by_luck) == (len(rows), by_luck)
        assert any(said in line for line in notes(found, 24, 2))


def test_where_too_little_fails_it_is_said_where_the_values_lie() -> None:
    points = np.random.default_rng(1).random((120, 1))
    with pytest.raises(
        NothingToFindError, match=r"below it at 3 of 120 points.*The middle 80 % of points lie between 0.8 and 0.8"
    ):
        discover(response_at(points, np.arange(120) < 3), BELOW)


def test_fresh_points_are_others_over_the_same_factors() -> None:
    design = plan(
        scenarios.load("salex", posterior=None), ["grants.per_call=0:4:1", "facilitation.intensity=0.2:1"], kind="grid"
    )
    other = fresh(design, 300, 7)
    assert len(other) == 300
    assert other.factors == design.factors
    known = {tuple(row) for row in design.shares.tolist()}
    assert not known & {tuple(row) for row in other.shares.tolist()}
    assert fresh(design, 300, 7).shares.tolist() == other.shares.tolist()


def test_fresh_futures_keep_the_values_of_a_particle_together() -> None:
    decay, uptake = (
        Factor("behaviour.decay", levels=(0.1, 0.2, 0.3)),
        Factor("behaviour.uptake", levels=(0.4, 0.5, 0.6)),
    )
    month = Factor("funder.weight", 0.0, 1.0)
    along = np.array([1, 3, 5]) / 6
    shares = np.column_stack([along, along[::-1], [0.2, 0.5, 0.9]])
    plans = [scenarios.load(name, posterior=None) for name in ("salex", "sparc")]
    other = fresh(Futures("mine", "Mine", (decay, uptake, month), shares).design(plans), 50, 3)
    rows = [other.values(point) for point in range(len(other))]
    assert len(rows) == 100
    assert {row["scenario"] for row in rows[:2]} == {"salex", "sparc"}, "every plan lives through every fresh future"
    assert rows[0]["funder.weight"] == rows[1]["funder.weight"]
    assert all(row["behaviour.decay"] + row["behaviour.uptake"] == pytest.approx(0.7) for row in rows)
    assert len({row["funder.weight"] for row in rows}) == 50


def test_futures_of_which_there_are_no_others_come_again() -> None:
    decay = Factor("behaviour.decay", levels=(0.1, 0.2, 0.3))
    design = Futures("mine", "Mine", (decay,), np.array([[1], [3], [5]]) / 6).design(
        [scenarios.load("salex", posterior=None)]
    )
    assert fresh(design, 50, 3).shares.tolist() == design.shares.tolist()


def legato(*words: Any) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = tmp_path_factory.mktemp("discovery") / "sweep"
    told = legato(
        "sweep", "salex", "--set", "closing.follow_up=0", "--vary", "facilitation.intensity=0:1", "--vary",
        "grants.per_call=0:4", "--design", "lhs", "--points", 80, "--replicates", 10, "--no-figures", "--out", run,
        "--fixed", *options(STEADY),
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    return run


@pytest.fixture(scope="module")
def discovered(swept: Path) -> tuple[Path, Result]:
    out = swept.parent / "discover"
    return out, legato("discover", swept, "--below", 0.55, "--boxes", 1, "--points", 60, "--out", out)


def test_the_command_tells_where_it_fails_and_keeps_everything(discovered: tuple[Path, Result]) -> None:
    out, told = discovered
    assert told.exit_code == 0, told.output
    flat = " ".join(told.stdout.split())
    assert "Members that ever formed a collaboration (%) is below 55 in" in flat
    assert "facilitation intensity (facilitation.intensity) of 0." in flat
    assert "On fresh points it fails there in" in flat
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "where does it fail?" in page
    assert "Where it fails: every point" in page
    assert (out / "figures" / "box-1.svg").is_file()


def test_its_document_is_as_the_schema_says(swept: Path, discovered: tuple[Path, Result]) -> None:
    out, _ = discovered
    told = legato("discover", swept, "--below", 0.55, "--boxes", 1, "--points", 60, "--out", out, "--json")
    document = json.loads(told.stdout)
    jsonschema.validate(document, BY_COMMAND["discover"])
    assert document["fresh"]["points"] == 60
    assert document["seed"] == 2, "fresh luck"
    assert document["boxes"][0]["fresh"]["density"]["of"] > 0


def test_its_folder_is_verified_as_a_sweep_is(discovered: tuple[Path, Result]) -> None:
    out, _ = discovered
    assert legato("verify", out, "--sample", 5).exit_code == 0


@pytest.mark.slow
def test_the_same_command_again_changes_no_byte(swept: Path, discovered: tuple[Path, Result]) -> None:
    out, _ = discovered

    def kept() -> dict[str, bytes]:
        files = (file for file in out.rglob("*") if file.is_file())
        return {str(file): file.read_bytes() for file in files if file.name not in ("manifest.json", "report.html")}

    before = kept()
    legato("discover", swept, "--below", 0.55, "--boxes", 1, "--points", 60, "--out", out)
    assert kept() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "what counts as failing? Give --below X, or --above X"),
        (["--below", "0.5", "--above", "0.7"], "what counts as failing?"),
        (["--below", "60"], "--below: 60 cannot be reached: collaboration_rate runs from 0 to 1; did you mean 0.6?"),
        (["--below", "0.01"], "is below it at 0 of 80 points"),
        (["--below", "nan"], "--below: nan; allowed is a number"),
        (["--below", "0.5", "--outcome", "colaboration_rate"], "did you mean collaboration_rate?"),
        (["--below", "0.55", "--seed", "1"], "1 is the seed of"),
    ],
)
def test_what_cannot_be_asked_is_refused(swept: Path, words: list[str], said: str) -> None:
    told = legato("discover", swept, *words)
    assert told.exit_code == 2
    assert said in " ".join(told.output.split())


def test_only_the_folder_of_a_design_is_searched(tmp_path: Path) -> None:
    told = legato("discover", tmp_path, "--below", "0.5")
    assert told.exit_code == 2
    assert "is not a sweep's folder" in told.output
    assert "discover takes the folder of `legato sweep` or of `legato compare --over`" in " ".join(told.output.split())


def test_points_of_another_model_are_not_mixed_with_fresh_ones(swept: Path, tmp_path: Path) -> None:
    import shutil

    other = tmp_path / "other"
    shutil.copytree(swept, other)
    noted = json.loads((other / "manifest.json").read_text())
    (other / "manifest.json").write_text(json.dumps({**noted, "model": "0123"}))
    told = legato("discover", other, "--below", "0.55")
    assert told.exit_code == 2
    assert "was run with another version of the model: 0123 there" in told.output
