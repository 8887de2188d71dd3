"""What a factor does by itself where points have no value: balanced, from a model, or not said; never turned round."""

from collections.abc import Callable
from math import nan

import numpy as np
import pytest
from numpy.typing import NDArray

import scenarios
from results.estimates.additive_model import additive
from results.estimates.factor_bins import parts_of
from results.estimates.main_effects import MainEffect, main_effects
from results.estimates.response import Response
from results.sweeping.effect_words import gaps
from results.sweeping.words import effects_table
from scenarios.designs.design import Design, DesignKind, plan

Values = NDArray[np.float64]
SALEX = scenarios.load("salex")
MONTHS, NOTICES, GRANTS = "closing.month=6,12,24", "closing.notice=0,8,16", "grants.per_call=0:4"


def response(points: Design, truth: Callable[..., float], fails: Callable[..., bool], noise: float = 0.0) -> Response:
    """An outcome of the values at each point; nan where it fails. Two replicates that differ by nothing."""
    luck = np.random.default_rng(4).normal(size=len(points)) * noise
    rows = [tuple(points.values(point).values()) for point in range(len(points))]
    values = [nan if fails(*row) else truth(*row) + own for row, own in zip(rows, luck, strict=True)]
    return Response(points, "survival", np.column_stack([values, values]))


def grid(*varied: str) -> Design:
    return plan(SALEX, varied, kind="grid")


def slope(effect: MainEffect) -> float:
    """Of the last part less the first that has a mean."""
    known = effect.mean[np.isfinite(effect.mean)]
    return float(known[-1] - known[0])


def test_three_failed_points_do_not_turn_an_effect_round() -> None:
    """Later is worse by 0.01 a month, notice better by 0.02: means over what is left say that later is better.

    A notice longer than the network fails, three points of nine: (6, 8), (6, 16) and (12, 16).
    """
    one = response(grid(MONTHS, NOTICES), lambda month, notice: 0.5 - 0.01 * month + 0.02 * notice, lambda m, n: n >= m)
    month, notice = main_effects(one)
    plain = [np.nanmean(one.mean[month.parts.of == part]) for part in range(3)]
    assert plain[1] > plain[0], "the plain means have the wrong sign"
    assert (month.basis, notice.basis) == ("balanced", "balanced")
    assert month.mean == pytest.approx([0.44, 0.38, 0.26]), "at a notice of 0, where every month has a value"
    assert notice.mean == pytest.approx([0.26, 0.42, 0.58]), "at a closing in month 24"
    assert (month.points, notice.points) == (3, 3)
    told = " ".join(gaps(one, [month, notice]))
    assert "3 of 9 points have no value" in told
    assert "closing.month: over the 3 points" in told
    assert "as far as points can be compared" in effects_table(one).title


def test_nothing_changes_where_every_point_has_a_value() -> None:
    one = response(grid(MONTHS, NOTICES), lambda month, notice: 0.5 - 0.01 * month * notice, lambda *_: False)
    for effect in main_effects(one):
        assert effect.basis == "all"
        assert effect.points == 9
        assert effect.mean == pytest.approx(effect.parts.means(one.mean))
    assert gaps(one, main_effects(one)) == []


def test_without_a_complete_row_a_model_of_effects_is_taken_and_its_fit_said() -> None:
    """Each month and each notice lacks a point: (6, 16), (12, 0), (24, 8). Effects add up, so the model is exact."""
    lost = {(6, 16), (12, 0), (24, 8)}
    one = response(grid(MONTHS, NOTICES), lambda m, n: 0.5 - 0.01 * m + 0.02 * n, lambda m, n: (m, n) in lost)
    month, notice = main_effects(one)
    assert (month.basis, notice.basis) == ("model", "model")
    assert month.fit == pytest.approx(1.0)
    assert month.mean == pytest.approx([0.60, 0.54, 0.42]), "averaged over all three notices, as if none had failed"
    assert notice.mean == pytest.approx([0.36, 0.52, 0.68])
    assert month.points == 6
    assert "explains 100 % of their variance" in " ".join(gaps(one, [month, notice]))


def test_parts_that_cannot_be_told_from_each_other_are_not_told() -> None:
    """Only (6, 0), (12, 8) and (24, 16) have a value: is it the month, or the notice?"""
    one = response(
        grid(MONTHS, NOTICES),
        lambda month, _: 0.01 * month,
        lambda m, n: (m, n) not in {(6, 0), (12, 8), (24, 16)},
    )
    effects = main_effects(one)
    assert {effect.basis for effect in effects} == {"none"}
    assert all(effect.reach == 0 for effect in effects)
    assert "cannot say" in " ".join(gaps(one, effects))
    assert {row[1] for row in effects_table(one).rows} == {"cannot say"}


@pytest.mark.parametrize("kind", ["lhs", "sobol", "morris"])
def test_points_of_a_sample_that_fail_do_not_turn_an_effect_round(kind: DesignKind) -> None:
    """Truth: -0.01 a month from 6 to 30, +0.03 a month of notice from 0 to 20; where notice >= month there is no value.

    The true difference between the ends is -0.24 and +0.6. Parts are narrower than a tenth of a range or, of Morris,
    a third, so that within a part at most a tenth (a third) of the other's effect is left: tolerance 0.06, or 0.2.
    Power: plain means give a month's effect of above 0.
    """
    points = plan(SALEX, ["closing.month=6:30", "closing.notice=0:20"], kind=kind, points=600, seed=3)
    one = response(points, lambda m, n: 0.5 - 0.01 * m + 0.03 * n, lambda m, n: n >= m, noise=0.01)
    assert 40 < np.isnan(one.mean).sum() < 300
    month, notice = main_effects(one)
    plain = month.parts.means(one.mean)
    assert plain[-1] - plain[0] > -0.1, "the plain means hide most of it, or have the wrong sign"
    for effect, true, tolerance in ((month, -0.24, 0.06), (notice, 0.6, 0.12)):
        assert effect.basis in ("model", "balanced")
        ends = effect.parts.at[np.isfinite(effect.mean)]
        assert slope(effect) == pytest.approx(true * (ends[-1] - ends[0]) / (24 if true < 0 else 20), abs=tolerance)


def test_the_interval_of_a_modelled_effect_holds_the_truth() -> None:
    """300 grids of 3 x 3 x 3 with noise of 0.1 and 12 of 27 points lost at random: 95 % to within 3.3 standard errors.

    The level of the last month is 0.3 less the mean of the notices' effects, 0.2. Power: intervals from normal
    quantiles (1.96 instead of t of 8 degrees of freedom, 2.31) hold in 91 of 100.
    """
    points = grid(MONTHS, NOTICES, "grants.per_call=0,2,4")
    cuts = [parts_of(points, column) for column in range(3)]
    true, luck, held, trials = np.array([0.1, 0.2, 0.3]), np.random.default_rng(2), 0, 0
    for _ in range(300):
        values = true[cuts[0].of] - true[cuts[1].of] + luck.normal(size=27) * 0.1
        values[luck.choice(27, 12, replace=False)] = nan
        model = additive(values, cuts)
        if model is not None and np.isfinite(model.means[0]).all():
            trials += 1
            held += abs(model.means[0][2] - 0.1) <= model.halves[0][2]
    assert trials > 280
    assert 0.91 < held / trials < 0.99


def test_a_single_factor_has_nothing_to_be_unbalanced_over() -> None:
    one = response(grid(MONTHS), lambda month: 0.01 * month, lambda month: month == 12)
    (month,) = main_effects(one)
    assert month.mean[[0, 2]] == pytest.approx([0.06, 0.24])
    assert np.isnan(month.mean[1])


@pytest.mark.parametrize(("kind", "basis"), [("grid", "balanced"), ("lhs", "model"), ("sequence", "model")])
def test_where_constraints_bind_factors_effects_keep_their_sign(kind: DesignKind, basis: str) -> None:
    """Y = x - 2 z where z <= x: points with a large x have a large z, so that the plain means fall as x rises."""
    keys = ("facilitation.intensity", "members.engagement")
    step = ":0.1" if kind == "grid" else ""
    design = plan(
        scenarios.load("salex", posterior=None), [f"{key}=0:1{step}" for key in keys], kind=kind,
        points=None if kind == "grid" else 300, where=[f"{keys[1]} <= {keys[0]}"],
    )  # fmt: skip
    x, z = (np.array([design.values(point)[key] for point in range(len(design))]) for key in keys)
    outcome = x - 2 * z
    assert np.corrcoef(x, outcome)[0, 1] < 0.1, "plain means would say that x does nothing, or harm"
    first, second = main_effects(Response(design, "survival", np.column_stack([outcome, outcome])))
    assert (first.basis, second.basis) == (basis, basis)
    for effect, slope in ((first, 1.0), (second, -2.0)):
        known = np.isfinite(effect.mean)
        assert np.polyfit(effect.parts.at[known], effect.mean[known], 1)[0] == pytest.approx(slope, abs=0.05)
