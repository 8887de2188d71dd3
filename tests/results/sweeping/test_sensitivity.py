"""Sensitivity: which factors an outcome hangs on, how much of it is luck, and when neither can be told.

The outcomes here are closed forms of a design's shares, so that the truth is known; designs are made as the command
makes them.
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import pairwise
from json import dumps
from math import isnan, nan, pi
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from numpy.typing import NDArray

import scenarios
from results.estimates.quantiles import t_quantile
from results.estimates.response import Response
from results.sweeping.sensitivity import ElementaryEffects, IncompleteError, KindError, SobolIndices, morris, sobol
from results.sweeping.variance import NoSplitError, Share, Split, base_points, split
from results.sweeping.words import split_sentence
from scenarios.designs.design import Design, DesignKind, plan
from scenarios.files.faults import MissingExtraError

Values = NDArray[np.float64]
KEYS = ("facilitation.intensity", "behaviour.initiative", "grants.size")
SLOPES = np.array([4.0, 2.0, 1.0])
PARTS = SLOPES**2 / np.sum(SLOPES**2)
"""Of a linear outcome over shares, each factor's part of the variance: 16, 4 and 1 of 21."""
VARIANCE = float(np.sum(SLOPES**2) / 12)


def design(kind: DesignKind, size: int, vary: Sequence[str] = KEYS, seed: int = 1) -> Design:
    """A design of so many base points or trajectories."""
    each = {"sobol": 2 * len(vary) + 2, "morris": len(vary) + 1}.get(kind, 1)
    return plan(
        scenarios.load("salex", posterior=None),
        vary,
        kind=kind,
        points=None if kind == "grid" else size * each,
        seed=seed,
    )


def lucky(points: Design, means: Values, replicates: int = 2, common: float = 0.0, own: float = 0.0) -> Response:
    """An outcome with luck of given variances: common to all points, and each point's own."""
    rng = np.random.default_rng(len(points))
    shared = common**0.5 * rng.standard_normal(replicates)
    return Response(
        points, "survival", means[:, None] + shared + own**0.5 * rng.standard_normal((len(points), replicates))
    )


def linear(kind: DesignKind, size: int, *, seed: int = 1, replicates: int = 2, own: float = 0.0) -> Response:
    points = design(kind, size, seed=seed)
    return lucky(points, points.shares @ SLOPES, replicates, own=own)


def known(found: SobolIndices | ElementaryEffects) -> Split:
    assert found.split is not None
    return found.split


# Sobol' indices


def test_ishigami_has_the_indices_of_its_closed_form() -> None:
    """Ishigami & Homma (1990), doi:10.1109/ISUMA.1990.151285, a = 7, b = 0.1; the closed form is worked out below.

    Each estimate must lie within its own 95 % interval. Those are for random points; base points of a sequence err
    less, here by a tenth of it. No half interval exceeds 0.06; the indices of two factors differ by 0.11 or more.
    """
    points = design("sobol", 4096)
    x, y, z = (2 * pi * points.shares - pi).T
    found = sobol(lucky(points, np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)), resamples=200)

    variance = 49 / 8 + 0.1 * pi**4 / 5 + 0.01 * pi**8 / 18 + 0.5
    alone = np.array([0.5 * (1 + 0.1 * pi**4 / 5) ** 2, 49 / 8, 0.0]) / variance
    together = 0.01 * pi**8 * (1 / 18 - 1 / 50) / variance
    assert found.variance == pytest.approx(variance, rel=0.01)
    for index, first, total in zip(found.indices, alone, alone + np.array([together, 0.0, together]), strict=True):
        assert index.first_low < first < index.first_high
        assert index.total_low < total < index.total_high
        assert max(index.first_high - index.first, index.total_high - index.total) < 0.06
    for pair, second in zip(found.interactions, [0.0, together, 0.0], strict=True):
        assert pair.low < second < pair.high
        assert pair.high - pair.second < 0.06
    assert [(pair.one, pair.other) for pair in found.interactions] == [KEYS[:2], KEYS[::2], KEYS[1:]]
    assert found.ranking == KEYS


def test_a_linear_outcome_has_no_interactions_and_parts_of_its_squared_slopes() -> None:
    """S = T = slope squared over their sum. 0.02 is a seventh of the least distance between two of them (0.14)."""
    found = sobol(linear("sobol", 1024))
    for place, index in enumerate(found.indices):
        assert index.key == KEYS[place]
        assert index.first == pytest.approx(PARTS[place], abs=0.02)
        assert index.total == pytest.approx(PARTS[place], abs=0.02)
    assert all(pair.low < 0 < pair.high and abs(pair.second) < 0.02 for pair in found.interactions)
    assert found.variance == pytest.approx(VARIANCE, rel=0.01)


@pytest.mark.slow
def test_levels_and_whole_numbers_share_the_variance_as_numbers_do() -> None:
    """Two levels c apart have variance c squared / 4, nine whole numbers in steps of c have 20/3 c squared."""
    vary = ("facilitation.intensity=0:1", "closing.capstone", "grants.per_call=0:8")
    points = design("sobol", 2048, vary)
    values = [points.values(point) for point in range(len(points))]
    outcome = [3 * one[KEYS[0]] + 2 * one["closing.capstone"] + 0.2 * one["grants.per_call"] for one in values]

    variances = np.array([9 / 12, 4 / 4, 0.04 * 20 / 3])
    for index, variance in zip(sobol(lucky(points, np.array(outcome))).indices, variances, strict=True):
        assert index.first == pytest.approx(variance / variances.sum(), abs=0.02)
        assert index.total == pytest.approx(variance / variances.sum(), abs=0.02)


def test_one_factor_alone_has_all_the_variance_and_no_pair() -> None:
    points = design("sobol", 256, KEYS[:1])
    found = sobol(lucky(points, points.shares[:, 0]))
    assert found.indices[0].total == pytest.approx(1.0, abs=0.02)
    assert found.interactions == ()
    assert found.notes == ()


def test_a_tenth_factor_keeps_its_place() -> None:
    """SALib sorts nothing by name: of twelve factors the last has the greatest effect, by either method."""
    vary = [*KEYS, *(f"behaviour.{key}" for key in ("decay", "embedding", "uptake", "need_met", "trust_group"))]
    vary += [f"behaviour.{key}" for key in ("contact_rate", "end_trust", "yes_trust", "yes_load")]
    slopes = np.arange(12.0)
    effects, indices = ((one, one.shares @ slopes) for one in (design("morris", 10, vary), design("sobol", 64, vary)))
    assert [one.mu for one in morris(lucky(*effects)).effects] == pytest.approx(slopes)
    assert sobol(lucky(*indices), resamples=100).ranking[0] == vary[-1]


# Elementary effects


def test_the_elementary_effects_of_a_linear_outcome_are_its_slopes() -> None:
    points = design("morris", 20)
    slopes = np.array([4.0, -2.0, 0.0])
    found = morris(lucky(points, points.shares @ slopes))
    assert [one.mu for one in found.effects] == pytest.approx(slopes)
    assert [one.mu_star for one in found.effects] == pytest.approx(abs(slopes))
    assert [one.sigma for one in found.effects] == pytest.approx([0.0] * 3, abs=1e-12)
    assert found.ranking == KEYS


def test_effects_up_and_down_cancel_in_mu_only() -> None:
    """A parabola about the middle: every move of 2/3 of the way changes it by 8/9, half of them downwards."""
    points = design("morris", 200)
    effect = morris(lucky(points, 4 * (points.shares[:, 0] - 0.5) ** 2)).effects[0]
    assert effect.mu_star == pytest.approx(4 / 3)
    assert abs(effect.mu) < 4 * (4 / 3) / 200**0.5
    assert effect.sigma == pytest.approx(4 / 3, rel=0.05)


@pytest.mark.parametrize(
    ("varied", "effect"),
    [
        ("closing.capstone", 5.0),
        ("closing.notice=0:1", 5.0),
        ("closing.notice=0:2", 10.0),
        ("closing.notice=0:8", 40.0),
        ("closing.notice=0,1,2,3", 15.0),
        ("closing.notice=0,1,2,3,4,5,6", 30.0),
    ],
)
def test_an_effect_of_levels_is_from_the_first_to_the_last(varied: str, effect: float) -> None:
    """The outcome is 5 for each level or number. Over shares, two levels would seem half as strong again."""
    points = design("morris", 20, (varied, KEYS[0]))
    key = points.factors[0].key
    outcome = np.array([5.0 * float(points.values(point)[key]) for point in range(len(points))])
    found = morris(lucky(points, outcome)).effects[0]
    assert found.mu == pytest.approx(effect)
    assert found.mu_star == pytest.approx(effect)


def test_an_effect_of_names_is_the_average_change_between_two() -> None:
    """Names have an order only because they are written in one: no share of a range can be travelled."""
    points = plan(
        [scenarios.load("salex", posterior=None), scenarios.load("sparc", posterior=None)],
        KEYS[:1],
        kind="morris",
        points=60,
    )
    level = np.array([points.values(point)["scenario"] == "sparc" for point in range(len(points))])
    assert morris(lucky(points, 3.0 * level)).effects[0].mu == pytest.approx(3.0)


# Refusals


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_a_point_without_a_value_is_refused_and_counted(kind: DesignKind) -> None:
    response = linear(kind, 16)
    response.values[[17, 20, 31, 40]] = nan
    with pytest.raises(IncompleteError, match=r"'survival' needs every point of the design; 4 of \d+ points have no"):
        analyse(response)
    with pytest.raises(
        IncompleteError, match=r"the first: 17, 20, 31\); .* --retry-failed, .* more replicates"
    ) as refused:
        analyse(response)
    assert refused.value.points == (17, 20, 31, 40)


@pytest.mark.slow
def test_a_point_that_contradicts_itself_is_not_to_be_run_again() -> None:
    points = plan(scenarios.load("salex"), ["members.interests_most=1:3", "members.interests_fewest=1:3"], kind="sobol")
    wrong = [point for point in range(len(points)) if points.contradiction(point)]
    response = lucky(points, np.arange(len(points), dtype=float))
    response.values[wrong] = nan
    with pytest.raises(IncompleteError, match=r"contradict themselves; vary values that go together") as refused:
        sobol(response)
    assert "--retry-failed" not in str(refused.value)


def test_a_single_missing_point_is_refused_in_the_singular() -> None:
    response = linear("sobol", 16)
    response.values[5] = nan
    with pytest.raises(IncompleteError, match=r"1 of 128 points has no value \(the first: 5\)"):
        sobol(response)


def test_a_missing_replicate_is_no_missing_point() -> None:
    response = linear("sobol", 64)
    response.values[0, 1] = nan
    found = sobol(response)
    assert found.indices[0].total == pytest.approx(PARTS[0], abs=0.1)
    assert found.split is None
    assert re.search(r"\b1 of 256 have no value", str(found.no_split))
    assert f"how much is luck cannot be told: {found.no_split}" in found.notes


@pytest.mark.parametrize("kind", ["grid", "lhs"])
def test_a_design_for_neither_analysis_is_refused(kind: DesignKind) -> None:
    response = linear(kind, 125)
    for analysis in (sobol, morris):
        with pytest.raises(KindError, match=f"needs a design of kind sobol or morris, this one is {kind}"):
            analysis(response)


def test_a_design_for_the_other_analysis_is_refused() -> None:
    with pytest.raises(KindError, match="needs a design of kind sobol, this one is morris"):
        sobol(linear("morris", 10))
    with pytest.raises(KindError, match="needs a design of kind morris, this one is sobol"):
        morris(linear("sobol", 16))


def test_values_of_another_design_are_refused() -> None:
    one, other = linear("sobol", 16), linear("sobol", 32)
    with pytest.raises(ValueError, match=r"shape \(256, 2\); expected a row for each of the 128 points"):
        sobol(replace(one, values=other.values))
    half = replace(one.design, shares=one.design.shares[:60])
    with pytest.raises(
        ValueError, match=r"shares of shape \(60, 3\); expected 128 points of 3 factors: 16 base points"
    ):
        sobol(Response(half, "survival", one.values[:60]))


def test_seeds_and_resamples_that_salib_would_take_for_none_are_refused() -> None:
    with pytest.raises(ValueError, match="seed is -1; allowed is 0 or more"):
        sobol(linear("sobol", 16), seed=-1)
    with pytest.raises(ValueError, match="resamples is 1; expected 2 or more"):
        sobol(linear("sobol", 16), resamples=1)


def test_without_salib_the_way_to_install_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    response = linear("sobol", 16)
    monkeypatch.setitem(sys.modules, "SALib.analyze.sobol", None)
    with pytest.raises(MissingExtraError, match=r"legato sensitivity needs SALib.*'legato-networks\[sensitivity\]'"):
        sobol(response)


# Nothing to share out


@pytest.mark.parametrize("level", [0.0, 0.3, -1e6])
def test_an_outcome_that_is_the_same_everywhere_has_indices_of_0_and_says_why(level: float) -> None:
    points = design("sobol", 16)
    found = sobol(Response(points, "survival", np.full((len(points), 3), level)))
    assert found.variance == 0
    assert {number for index in found.indices for number in list(asdict(index).values())[1:]} == {0.0}
    assert {number for pair in found.interactions for number in list(asdict(pair).values())[2:]} == {0.0}
    (note,) = found.notes
    assert "'survival' is the same at all base points" in note
    assert (found.split, found.no_split) == (None, "the outcome is the same in every network")

    points = design("morris", 10)
    screened = morris(Response(points, "survival", np.full((len(points), 3), level)))
    assert {number for effect in screened.effects for number in list(asdict(effect).values())[1:]} == {0.0}
    (note,) = screened.notes
    assert "'survival' is the same at all points" in note


def test_luck_that_is_the_same_everywhere_is_all_there_is_where_no_factor_matters() -> None:
    points = design("sobol", 16)
    found = sobol(lucky(points, np.zeros(len(points)), 30, common=1.0))
    assert found.variance == 0
    assert known(found).luck.share == 1
    assert known(found).left == 0


@pytest.mark.parametrize("kind", ["sobol", "morris"])
@pytest.mark.parametrize("place", range(8))
def test_a_rare_effect_makes_no_noise(kind: DesignKind, place: int) -> None:
    """One point of a small design differs: resamples hold equal values only, of which SALib would warn."""
    points = design(kind, 2)
    outcome = np.zeros(len(points))
    outcome[place] = 1.0
    assert "NaN" not in dumps(asdict(replace(analyse(lucky(points, outcome)), split=None)))


# The variance in parameters, luck and both


def test_the_split_is_exact_where_the_mean_squares_are() -> None:
    """Effects scaled so that their mean squares are exactly what variances 4, 2 and 1 make them."""
    points = design("grid", 0, ("grants.per_call=0:8:1",))
    rng, count, replicates = np.random.default_rng(1), 9, 7
    rows, columns, rest = (rng.standard_normal(shape) for shape in ((count, 1), (1, replicates), (count, replicates)))
    rows, columns = rows - rows.mean(), columns - columns.mean()
    rest += rest.mean() - rest.mean(axis=0) - rest.mean(axis=1)[:, None]
    rows *= ((4 + 1 / replicates) * (count - 1) / np.sum(rows**2)) ** 0.5
    columns *= ((2 + 1 / count) * (replicates - 1) / np.sum(columns**2)) ** 0.5
    rest *= ((count - 1) * (replicates - 1) / np.sum(rest**2)) ** 0.5

    found = split(Response(points, "survival", 100 + rows + columns + rest))
    assert found.variance == pytest.approx(7.0)
    assert [found.parameters.share, found.luck.share, found.both.share] == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert found.left == pytest.approx((1 / 7) / (4 + 1 / 7))
    assert found.variance_left == pytest.approx(1 / 7)
    assert found.enough == 3  # 9 x 1 / 4, rounded up
    assert found.floored == ()
    assert (found.points, found.replicates) == (9, 7)


@pytest.mark.parametrize("kind", ["sobol", "lhs"])
def test_the_split_of_a_linear_outcome_with_known_luck_is_the_known_one(kind: DesignKind) -> None:
    """Parameters 1.75, luck 1, both 0.5.

    The variance of 300 draws has a relative standard error of (2 / 299) ** 0.5 = 8 %, so the share of luck one of
    0.08 x 0.31 x 0.69 = 0.018; four of those are less than a third of the distance between any two shares.
    """
    points = design(kind, 256 if kind == "lhs" else 128)
    found = split(lucky(points, points.shares @ SLOPES, 300, common=1.0, own=0.5))
    whole = VARIANCE + 1.5
    truth = [VARIANCE / whole, 1 / whole, 0.5 / whole]
    for part, share in zip((found.parameters, found.luck, found.both), truth, strict=True):
        assert part.share == pytest.approx(share, abs=0.072)
        assert part.low < share < part.high
        assert part.high - part.low < 0.2
    assert found.points == 256


def test_the_intervals_of_the_split_hold_the_truth_as_often_as_they_say() -> None:
    """Of 400 layouts of 48 points and 10 replicates. 91 % is 95 % less 4 standard errors; half as wide, 67 % would."""
    points = design("lhs", 48)
    rng, truth, held = np.random.default_rng(1), np.array([2.0, 1.0, 1.0]) / 4, np.zeros(3)
    for _ in range(400):
        rows, columns = 24**0.5 * rng.random((48, 1)), rng.standard_normal(10)
        found = split(Response(points, "survival", rows + columns + rng.standard_normal((48, 10))))
        parts = (found.parameters, found.luck, found.both)
        held += [part.low < share < part.high for part, share in zip(parts, truth, strict=True)]
    assert np.all(held / 400 > 0.91)
    assert np.all(held / 400 < 1)


def test_the_interval_is_the_jackknife_done_the_long_way() -> None:
    points = design("lhs", 12)
    response = lucky(points, points.shares @ SLOPES, 6, common=1.0, own=0.5)

    def luck(values: Values) -> float:
        fewer = replace(points, shares=points.shares[: len(values)], size=len(values))
        share = split(Response(fewer, "survival", values)).luck.share
        return float(np.log(share / (1 - share)))

    left_out = [[luck(np.delete(response.values, place, axis)) for place in range((12, 6)[axis])] for axis in (0, 1)]
    half = t_quantile(5) * sum((len(some) - 1) * float(np.var(some)) for some in left_out) ** 0.5
    ends = luck(response.values) + np.array([-half, half])
    found = split(response).luck
    assert [found.low, found.high] == pytest.approx((1 / (1 + np.exp(-ends))).tolist())


def test_only_base_points_of_a_sobol_design_stand_for_the_space() -> None:
    """What is done to the points between them changes nothing in the split; and all base points differ in all."""
    response = linear("sobol", 64, replicates=5, own=0.5)
    base = base_points(response.design)
    assert len(base) == 128
    assert len(np.unique(response.design.shares[base])) == 128 * 3
    disturbed = response.values + 100.0
    disturbed[base] = response.values[base]
    assert split(replace(response, values=disturbed)) == split(response)


def test_no_luck_at_all_is_said_to_be_none_with_certainty() -> None:
    found = known(sobol(linear("sobol", 64, replicates=5)))
    assert (found.parameters, found.luck, found.both) == (Share(1, 1, 1), Share(0, 0, 0), Share(0, 0, 0))
    assert found.floored == ()


def test_a_share_that_comes_out_below_0_is_0_and_named() -> None:
    """No luck is common: its estimate falls on either side of 0, about as often."""
    found = [split(linear("lhs", 40, seed=seed, replicates=5 + seed, own=1.0)) for seed in range(20)]
    below = [one for one in found if one.floored]
    assert 4 <= len(below) <= 16
    for one in below:
        assert one.floored == ("luck",)
        assert one.luck.share == one.luck.low == 0 < one.luck.high < 0.2
        assert one.parameters.share + one.both.share == pytest.approx(1)


def test_points_that_are_no_sample_give_shares_without_an_interval() -> None:
    for response in (linear("morris", 20, replicates=5, own=0.5), linear("grid", 125, replicates=5, own=0.5)):
        found = split(response)
        assert found.parameters.share > 0.5
        assert isnan(found.parameters.low)
        assert isnan(found.both.high)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (np.zeros((40, 1)), "2 or more replicates at each point; found 1"),
        (np.full((40, 2), 0.1), "the same in every network"),
        (np.where(np.arange(80).reshape(40, 2) < 3, nan, 1.0), "every replicate at each point; 3 of 80 have no value"),
    ],
)
def test_a_variance_that_cannot_be_split_says_why(values: Values, why: str) -> None:
    with pytest.raises(NoSplitError, match=why):
        split(Response(design("lhs", 40), "survival", values))


# Too few to rank


@pytest.mark.slow
def test_a_clear_ranking_gives_no_note() -> None:
    """Parts of 16, 4 and 1 in 21, and luck of 2 % in the differences of the means."""
    assert sobol(linear("sobol", 2048, replicates=10, own=0.3)).notes == ()
    assert morris(linear("morris", 50, replicates=40, own=0.3)).notes == ()
    assert morris(linear("morris", 10)).notes == ()


def test_factors_too_close_are_named_with_the_points_that_would_tell() -> None:
    """With as many times the points as it says, rounded up to a whole scheme, the pair can be told apart."""
    slopes = np.array([3.0, 2.3, 0.2])

    def found(size: int) -> SobolIndices:
        points = design("sobol", size)
        return sobol(lucky(points, points.shares @ slopes))

    first, *_ = [note for note in found(64).notes if "told apart" in note]
    start, _, rest = first.partition("; about ")
    times = int(rest.split(" ")[0])
    assert start == f"{KEYS[0]} and {KEYS[1]} cannot be told apart"
    assert rest == f"{times} times as many points would tell"
    assert 2 <= times <= 16
    enough = found(2 ** int(np.ceil(np.log2(64 * 1.5 * times))))
    assert not [note for note in enough.notes if "told apart" in note]


def test_equal_factors_are_too_close_for_any_number_of_points() -> None:
    points = design("morris", 20)
    found = morris(lucky(points, points.shares @ np.array([2.0, 2.0, 1.0])))
    (note,) = found.notes
    assert note.startswith(f"{found.ranking[0]} and {found.ranking[1]} ")
    assert "too close" in note


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_factors_that_do_nothing_have_no_effect_that_could_be_seen(kind: DesignKind) -> None:
    points = design(kind, 512)
    response = lucky(points, points.shares @ np.array([0.0, 1.0, 0.0]))
    found = (sobol(response) if kind == "sobol" else morris(response)).notes
    (note,) = found
    assert note.startswith(f"{KEYS[0]} and {KEYS[2]} have no effect")


def test_too_few_base_points_or_trajectories_are_named() -> None:
    assert sobol(linear("sobol", 8)).notes[0].startswith("8 base points are too few for the intervals to be relied on")
    (note,) = morris(linear("morris", 4)).notes
    assert re.search(r"^4 trajectories are too few .*\b10 or more", note)


def test_too_few_replicates_are_named_with_how_many_it_takes() -> None:
    """Luck of variance 7 at 4 replicates is half of what differs; 9 x 7 / 1.75 = 36 replicates bring it to 10 %."""
    few = sobol(linear("sobol", 1024, replicates=4, own=7.0))
    assert known(few).left == pytest.approx(0.5, abs=0.03)
    assert known(few).enough == pytest.approx(36, abs=3)
    note = few.notes[0]
    assert note.startswith("luck makes up ")
    assert note.endswith(
        f" of the differences between points; {known(few).enough} replicates would bring it under 10 %"
    )

    varying = replace(known(few), varies=True).notes[0]
    assert varying.startswith("luck and the parameters that vary at each point make up ")

    enough = sobol(linear("sobol", 1024, replicates=45, own=7.0))
    assert not [note for note in enough.notes if "luck makes up" in note]


def test_one_replicate_cannot_tell_luck() -> None:
    (note,) = morris(linear("morris", 20, replicates=1)).notes
    assert re.search(r"^how much is luck cannot .*\b2 or more replicates .*\b1$", note)


def test_luck_left_in_the_means_lowers_first_and_raises_total_indices_as_documented() -> None:
    """Half of the variance of the means is luck: S becomes S / 2, T becomes T / 2 + 1/2; within their intervals.

    No half interval exceeds 0.045; the truth without luck is 0.38, 0.10 and 0.02 away from the first indices found,
    and 0.14, 0.41 and 0.49 from the total ones, so that all but one of the six would fail.
    """
    found = sobol(linear("sobol", 4096, replicates=4, own=7.0), resamples=200)
    left = known(found).left
    for place, index in enumerate(found.indices):
        assert index.first_low < (1 - left) * PARTS[place] < index.first_high
        assert index.total_low < (1 - left) * PARTS[place] + left < index.total_high
        assert max(index.first_high - index.first, index.total_high - index.total) < 0.045
        assert not index.total_low < PARTS[place] < index.total_high


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_a_factor_that_only_luck_moves_is_not_taken_for_one_with_an_effect(kind: DesignKind) -> None:
    """Its interval is clear of 0, for luck adds to total indices and to mu_star: about what luck alone would give."""
    points = design(kind, 1024)
    response = lucky(points, points.shares @ np.array([4.0, 0.0, 2.0]), 10, own=1.5)
    if kind == "sobol":
        found: SobolIndices | ElementaryEffects = sobol(response)
        assert sobol(response).indices[1].total_low > 0
    else:
        found = morris(response)
        effect = morris(response).effects[1]
        assert effect.mu_star_low > 0
        assert effect.luck == pytest.approx(1.5 * (4 * 0.15 / pi) ** 0.5, rel=0.05)
        assert effect.mu_star == pytest.approx(effect.luck, rel=0.1)
    assert known(found).left < 0.1
    (note,) = found.notes
    assert re.search(rf"^{re.escape(KEYS[1])} has no effect .*luck", note)


# What must not matter


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_the_order_of_replicates_and_a_constant_do_not_matter(kind: DesignKind) -> None:
    response = linear(kind, 64, replicates=6, own=0.5)
    shuffled = replace(response, values=response.values[:, ::-1])
    raised = replace(response, values=response.values + 1000.0)
    for other in (shuffled, raised):
        one, another = (numbers(analyse(some)) for some in (response, other))
        assert another == pytest.approx(one, rel=1e-7, abs=1e-9)


def test_effects_are_in_the_outcomes_unit_and_indices_have_none() -> None:
    response, indices = linear("morris", 20, replicates=3, own=0.1), linear("sobol", 64)
    for one, tenfold in zip(
        morris(response).effects, morris(replace(response, values=-10 * response.values)).effects, strict=True
    ):
        assert [tenfold.mu, tenfold.mu_star, tenfold.mu_star_high, tenfold.sigma, tenfold.luck] == pytest.approx(
            [-10 * one.mu, 10 * one.mu_star, 10 * one.mu_star_high, 10 * one.sigma, 10 * one.luck]
        )
    for one_index, same in zip(
        sobol(indices).indices, sobol(replace(indices, values=-10 * indices.values)).indices, strict=True
    ):
        assert list(asdict(same).values())[1:] == pytest.approx(list(asdict(one_index).values())[1:])


@pytest.mark.parametrize("kind", ["sobol", "morris"])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_same_seed_gives_the_same_bytes_and_another_only_other_intervals(kind: DesignKind, seed: int) -> None:
    response = linear(kind, 16, replicates=3, own=0.5)
    one, again, other = (analyse(response, seed=number) for number in (seed, seed, seed + 1))
    assert dumps(asdict(one)) == dumps(asdict(again))
    assert dumps(asdict(one)) != dumps(asdict(other))
    assert one.ranking == other.ranking


def test_a_ranking_is_by_total_index_or_mu_star_greatest_first() -> None:
    points = design("sobol", 256)
    found = sobol(lucky(points, points.shares @ np.array([1.0, -5.0, 2.0])))
    totals = {index.key: index.total for index in found.indices}
    assert found.ranking == (KEYS[1], KEYS[2], KEYS[0])
    assert all(totals[one] > totals[other] for one, other in pairwise(found.ranking))


def analyse(response: Response, seed: int = 1) -> SobolIndices | ElementaryEffects:
    return sobol(response, seed=seed) if response.design.kind == "sobol" else morris(response, seed=seed)


def numbers(found: SobolIndices | ElementaryEffects) -> list[float]:
    """Every number of a result but the intervals that a kind of design does not have."""
    rows = found.indices if isinstance(found, SobolIndices) else found.effects
    parts = known(found)
    shares = [parts.variance, parts.parameters.share, parts.luck.share, parts.both.share, parts.left]
    return [found.variance, *shares, *(number for row in rows for number in list(asdict(row).values())[1:])]


def test_the_parts_of_the_variance_add_up_as_they_are_printed() -> None:
    """77, 10 and 14 of 100 stood in a tutorial: each the nearest, and together 101."""
    parts = Split(1.0, Share(0.766), Share(0.0989), Share(0.1351), 0.0, 1, (), 10, 2)
    printed = [int(text) for text in re.findall(r"(\d+) %", split_sentence(cast(Any, SimpleNamespace(split=parts))))]

    assert printed == [77, 10, 13]


def test_what_varies_beside_luck_is_not_called_luck() -> None:
    """Five parameters vary over the networks of a point, and their part of the variance was called luck."""
    parts = cast(Any, SimpleNamespace(split=Split(1.0, Share(0.7), Share(0.2), Share(0.1), 0.0, 1, (), 10, 2)))

    assert "20 % to luck together with the 5 other uncertain parameters that vary" in split_sentence(parts, 5)
    assert "parameter" not in split_sentence(parts).partition("20 %")[2].replace("as parameters differ", "")


def test_indices_are_those_under_the_distributions_of_the_inputs() -> None:
    """Of x y, with independent inputs: S_x = var(x) E(y)^2 / V, and what is left over is the interaction.

    V = var(x) var(y) + var(x) E(y)^2 + var(y) E(x)^2. Each index has to lie within 0.02 of the closed form; over even
    ranges with the same ends S_x would be .04, not .14, and S_y .73.
    """
    keys = ("facilitation.group_rate", "facilitation.encounters")
    points = design("sobol", 1024, [f"{keys[0]}=normal(4,0.5)", f"{keys[1]}=triangular(0,6,12)"])
    values = np.array([[points.values(point)[key] for key in keys] for point in range(len(points))])
    found = sobol(lucky(points, values[:, 0] * values[:, 1]), resamples=100)
    x, y = (4.0, 0.25), (6.0, 6.0)
    variance = x[1] * y[1] + x[1] * y[0] ** 2 + y[1] * x[0] ** 2
    alone = [x[1] * y[0] ** 2 / variance, y[1] * x[0] ** 2 / variance]
    assert [index.first for index in found.indices] == pytest.approx(alone, abs=0.02)
    assert [index.total for index in found.indices] == pytest.approx(
        [one + x[1] * y[1] / variance for one in alone], abs=0.02
    )
    assert found.variance == pytest.approx(variance, rel=0.03)
