"""The plane and the acceptability curves: everything in its panel, plain words, the same bytes whenever drawn again."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

import scenarios
import simulation
from results.comparing.money import Money, money_of
from results.estimates.incremental import Effect
from results.estimates.plane import Plane, planes
from results.figures import draw_bought
from results.figures.comparing.acceptability import acceptability_figure
from results.figures.comparing.plane import plane_figure
from simulation.running.ensemble import Ensemble
from tests.figure_texts import assert_nothing_is_cut_off_or_overlaps, said

WORTH: Mapping[Effect, float] = {"surviving": 120_000.0}
LONG = "salex-with-half-the-facilitation-and-two-grants-a-call-and-a-long-name"


def run(posterior: str | None, *names: str, replicates: int = 60) -> list[Ensemble]:
    known = scenarios.shipped_posterior() if posterior else None
    return [simulation.run(scenarios.load(name, posterior=known), replicates=replicates, workers=1) for name in names]


@pytest.fixture(scope="module")
def two() -> list[Ensemble]:
    return run("shipped", "salex", "no-catalytic-funding")


@pytest.fixture(scope="module")
def four() -> list[Ensemble]:
    some = run(None, "salex", "no-catalytic-funding", "light-facilitation", "abrupt-closing", replicates=30)
    renamed = scenarios.replace(some[2].scenario, {"name": LONG})
    return [*some[:2], Ensemble(renamed, *(getattr(some[2], name) for name in ("seed", "first", "values",
            "sum_months", "kept_months"))), some[3]]  # fmt: skip


def of(ensembles: Sequence[Ensemble], worth: Mapping[Effect, float]) -> tuple[Sequence[Plane], Money]:
    money = money_of(ensembles, "salex", worth)
    return planes(ensembles, ensembles[0], money.bought), money


def figures(ensembles: Sequence[Ensemble], worth: Mapping[Effect, float]) -> list[Figure]:
    shown, money = of(ensembles, worth)
    funders = [one for one in money.curves if one.payer == "funder"]
    return [*plane_figure(shown, "salex", worth), *acceptability_figure(funders, "salex", worth)]


@pytest.mark.parametrize("worth", [{}, WORTH], ids=["", "worth"])
def test_every_text_is_whole_and_free(two: list[Ensemble], four: list[Ensemble], worth: Mapping[Effect, float]) -> None:
    for ensembles in (two, four):
        drawn = figures(ensembles, worth)
        assert len(drawn) == 2
        for figure in drawn:
            assert_nothing_is_cut_off_or_overlaps(figure)


def test_the_plane_names_its_quadrants_its_axes_and_its_month(two: list[Ensemble]) -> None:
    plane, curves = figures(two, WORTH)
    words = said(plane).replace("\n", " ")
    for some in ("costs more, yields less", "costs less, yields more", "more cost (thousand USD)",
                 "more months of collaboration", "a year after closing", "plans below the line are worth"):  # fmt: skip
        assert some in words
    assert "what one is worth (thousand USD)" in said(curves)
    assert "chance to be the best (%)" in said(curves)


def test_a_point_stands_for_a_set_of_parameters_and_varies_as_the_interval_says(two: list[Ensemble]) -> None:
    """60 networks live with 30 sets; drawn in, their spread is the parameters' part of the variance, no more."""
    shown, _ = of(two, {})
    for plane in shown:
        (one,) = plane.spreads
        assert one.points.shape == (30, 2)
        mean = one.points.mean(axis=0)
        assert mean == pytest.approx([one.joint.gain, one.joint.cost], rel=1e-6, abs=1e-6)
        assert one.points[:, 0].var() <= one.joint.of_gain * (1 + 1e-9)
        assert one.points[:, 1].var() <= one.joint.of_cost * (1 + 1e-9)


def test_where_parameters_are_fixed_there_are_no_points_and_the_caption_says_nothing_of_them(
    four: list[Ensemble],
) -> None:
    shown, _ = of(four, {})
    assert all(len(one.points) == 0 for plane in shown for one in plane.spreads)
    assert "points" not in said(figures(four, {})[0])


def test_a_plan_with_a_worth_below_the_line_is_that_with_a_positive_net_benefit(two: list[Ensemble]) -> None:
    shown, money = of(two, WORTH)
    plane = next(one for one in shown if one.effect == "surviving")
    one = plane.spreads[0].joint
    curve = next(one for one in money.curves if (one.effect, one.payer) == ("surviving", "funder"))
    benefit = curve.plans[1].benefit[curve.worths.index(120_000.0)]
    assert (one.cost < 120_000.0 * one.gain) == (benefit > 0)
    assert np.sign(benefit) == np.sign(curve.plans[1].chance[curve.worths.index(120_000.0)] - 0.5)


def test_the_files_are_the_same_when_drawn_again(two: list[Ensemble], tmp_path: Path) -> None:
    shown, money = of(two, WORTH)
    first, second = (
        [path.read_bytes() for path in draw_bought(shown[1:2], money.curves[:1], "salex", WORTH, tmp_path / name)]
        for name in ("one", "two")
    )
    assert first == second
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == [
        "acceptability.png", "acceptability.svg", "plane.png", "plane.svg",
    ]  # fmt: skip


def test_one_pair_alone_or_plans_that_differ_in_nothing_draw_nothing(tmp_path: Path) -> None:
    alone = run(None, "salex", "no-catalytic-funding", replicates=1)
    assert figures(alone, {}) == []
    assert draw_bought(*of(alone, {})[:1], (), "salex", {}, tmp_path) == []
