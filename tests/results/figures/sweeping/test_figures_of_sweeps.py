"""The pictures of sweeps and sensitivity: what is drawn is what was computed, and nothing is cut off or overlaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, QuadMesh
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from results.estimates.factor_bins import equal_bins, number_text, parts_of
from results.estimates.main_effects import main_effects
from results.estimates.response import Response
from results.figures import (
    draw_sensitivity,
    draw_sweep,
    heat_map_figures,
    main_effect_figures,
    morris_figures,
    parallel_figures,
    sobol_figures,
    tornado_figures,
)
from results.figures.kit.axis_ticks import fitting_ticks, round_ticks, tick_texts
from results.figures.kit.response_labels import MORE
from results.figures.sweeping.parallel import MOST_LINES, kept_points
from results.figures.sweeping.sobol_bars import FIRST, TOTAL
from results.figures.sweeping.tornado import HIGH, LOW, swings
from results.sweeping.sensitivity import morris, sobol
from scenarios import KEYS, load
from scenarios.designs.design import Design, DesignKind, plan
from scenarios.designs.factors import SCENARIO, Factor
from tests import figure_texts
from tests.figure_texts import assert_nothing_is_cut_off_or_overlaps, words

SALEX = load("salex", posterior=None)
INTENSITY, DECAY, SIZE = "facilitation.intensity=0:1", "behaviour.decay=0.01:0.03", "grants.size=20000:100000"
LONGEST = sorted((name for name, key in KEYS.items() if key.kind == "float" and key.prior), key=lambda name: -len(name))
ODD_NAMES = (
    "$x^2$ and $",
    "Ελλάς <b>&amp;",
    "Дом знаний",
    "北京大学",
    "a-rather-long-name-that-somebody-gave-by-script",
)


@dataclass(frozen=True)
class Index:
    """What `results.sweeping.sensitivity` hands over of a factor in a Sobol' analysis."""

    key: str
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


@dataclass(frozen=True)
class Indices:
    """A Sobol' analysis."""

    indices: tuple[Index, ...]


@dataclass(frozen=True)
class Effect:
    """What it hands over of a factor in a Morris analysis."""

    key: str
    mu: float
    mu_star: float
    mu_star_low: float
    mu_star_high: float
    sigma: float
    luck: float = 0.0


@dataclass(frozen=True)
class Effects:
    """A Morris analysis."""

    effects: tuple[Effect, ...]


def design(*vary: str, kind: DesignKind = "grid", points: int | None = None) -> Design:
    return plan(SALEX, vary, kind=kind, points=points)


def response(
    one: Design,
    weights: Sequence[float] = (0.4, 0.2, 0.1),
    *,
    outcome: str = "collaboration_rate",
    spread: float = 0.0,
    replicates: int = 4,
    failed: Sequence[int] = (),
) -> Response:
    """An outcome that is linear in the shares of the way, with the same luck at every point."""
    columns = one.shares.shape[1]
    whole = np.resize(np.array(weights), columns)
    luck = np.random.default_rng(1).normal(0, spread, (len(one), replicates))
    values = 0.1 + (one.shares @ whole)[:, None] + luck
    values[list(failed)] = np.nan
    return Response(one, outcome, values)


def odd_design(points: int = 80) -> Design:
    """Names of any kind, levels that mix a word with numbers, yes and no, and a range."""
    factors = (
        Factor(SCENARIO, levels=ODD_NAMES),
        Factor("closing.month", levels=("never", 12, 18)),
        Factor("closing.capstone", levels=(False, True)),
        Factor("grants.size", 20000.0, 100000.0),
    )
    return Design("lhs", factors, (SALEX,) * 5, np.random.default_rng(2).random((points, 4)), points, 1)


def many_names() -> Design:
    """Forty scenarios with long names that differ in the end."""
    names = Factor(SCENARIO, levels=tuple(f"a-scenario-with-a-long-name-{number}" for number in range(40)))
    shares = np.array([((i + 0.5) / 40, (j + 0.5) / 3) for i, j in product(range(40), range(3))])
    return Design("grid", (names, Factor("grants.per_call", levels=(0, 2, 4))), (SALEX,) * 40, shares, 120, 1)


def indices(one: Design) -> Indices:
    sizes = np.geomspace(0.6, 0.001, len(one.factors))
    return Indices(
        tuple(
            Index(factor.key, s - 0.01, s - 0.2, s + 0.2, 1.2 * s, s, 1.4 * s)
            for factor, s in zip(one.factors, sizes, strict=True)
        )
    )


def effects(one: Design) -> Effects:
    """Effects that crowd near zero, as most do."""
    sizes = np.geomspace(0.6, 0.001, len(one.factors))
    return Effects(
        tuple(
            Effect(factor.key, (-1) ** i * s, s, 0.8 * s, 1.2 * s, s * (0.3 + 0.2 * (i % 5)), 0.01)
            for i, (factor, s) in enumerate(zip(one.factors, sizes, strict=True))
        )
    )


def every_figure(one: Response) -> list[Figure]:
    return [
        *main_effect_figures(one),
        *heat_map_figures(one),
        *tornado_figures(one),
        *parallel_figures(one),
        *sobol_figures(one, indices(one.design)),
        *morris_figures(one, effects(one.design)),
    ]


def panel(figure: Figure, label: str) -> Axes:
    return next(axes for axes in figure.axes if axes.get_label() == label)


def series(axes: Axes, label: str) -> list[NDArray[np.float64]]:
    """What the lines of that label show, float[2, points] each."""
    return [np.asarray(line.get_data(), dtype=float) for line in axes.lines if line.get_label() == label]


def cells(figure: Figure) -> np.ma.MaskedArray[tuple[int, ...], np.dtype[np.float64]]:
    mesh = next(one for one in panel(figure, "map").collections if isinstance(one, QuadMesh))
    return np.ma.masked_invalid(np.ma.asarray(mesh.get_array()))


def said(figure: Figure) -> str:
    """All text that is seen, without what keeps words on one line."""
    return figure_texts.said(figure).replace("\N{NO-BREAK SPACE}", " ")


CASES = {
    "one factor": lambda: response(design(INTENSITY)),
    "two factors": lambda: response(design("grants.per_call=0:8", "grants.months=6:36:1"), spread=0.1, failed=range(9)),
    "a Latin hypercube": lambda: response(design(INTENSITY, DECAY, SIZE, kind="lhs", points=90), spread=0.1),
    "money": lambda: Response(
        design(INTENSITY, SIZE, "closing.capstone"),
        "total_cost",
        response(design(INTENSITY, SIZE, "closing.capstone")).values * 2e6,
    ),
    "odd names": lambda: response(odd_design(), spread=0.05, failed=range(20)),
    "many names": lambda: response(many_names(), outcome="survival"),
    "twenty factors": lambda: response(design(*LONGEST[:20], kind="lhs", points=120), spread=0.2),
    "forty factors": lambda: response(design(*LONGEST[:40], kind="lhs", points=60), spread=0.2),
    "the same everywhere": lambda: response(design(INTENSITY, DECAY, SIZE, kind="lhs", points=40), (0.0,)),
    "zero everywhere": lambda: Response(design(INTENSITY, DECAY, SIZE), "trust", np.zeros((125, 3))),
    "one point alone": lambda: response(design(INTENSITY, DECAY, SIZE), failed=range(124)),
    "one replicate": lambda: response(design(INTENSITY, DECAY, SIZE), replicates=1),
    "another's outcome": lambda: Response(design(INTENSITY, DECAY), "my $own$ <outcome>", 1e8 + np.eye(25, 2)),
}


QUICK = ("many names", "one point alone")


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=() if case in QUICK else pytest.mark.slow) for case in CASES]
)
def test_texts_neither_overlap_nor_leave_the_picture(case: str) -> None:
    figures = every_figure(CASES[case]())
    assert figures
    for figure in figures:
        assert_nothing_is_cut_off_or_overlaps(figure)
        assert figure.get_figheight() * 72 <= 760, "longer than a page"


def test_a_main_effect_of_a_linear_outcome_is_a_straight_line_with_the_right_ends() -> None:
    (figure,) = main_effect_figures(response(design(INTENSITY, DECAY), (0.4, 0.2)))
    for key, weight, rest, ends in (
        ("facilitation.intensity", 0.4, 0.2, (0, 1)),
        ("behaviour.decay", 0.2, 0.4, (0.01, 0.03)),
    ):
        ((x, y),) = series(panel(figure, key), "mean")
        low = 100 * (0.1 + rest / 2)
        assert x == pytest.approx(np.linspace(ends[0], ends[1], 5))
        assert y == pytest.approx(np.linspace(low, low + 100 * weight, 5))


def test_bins_of_a_continuous_design_hold_equally_many_points_and_lie_at_their_mean() -> None:
    one = response(design(INTENSITY, DECAY, kind="lhs", points=200))
    ((x, y),) = series(panel(main_effect_figures(one)[0], "facilitation.intensity"), "mean")
    assert len(x) == 9
    order = np.argsort(one.design.shares[:, 0])
    for place, mean, inside in zip(x, y, np.array_split(order, len(x)), strict=True):
        assert place == pytest.approx(one.design.shares[inside, 0].mean(), abs=0.01)
        assert mean == pytest.approx(100 * one.mean[inside].mean(), abs=1.5)
    counts = np.bincount(parts_of(one.design, 0).of)
    assert np.ptp(counts) <= 1


def test_equal_values_stay_in_one_bin() -> None:
    one = design("network.members=10:60", INTENSITY, kind="lhs", points=300)
    parts = equal_bins(one, 0, 9)
    members = [one.values(point)["network.members"] for point in range(300)]
    assert all(len({int(parts.of[p]) for p in range(300) if members[p] == number}) == 1 for number in set(members))


def test_all_panels_share_the_axis_of_the_outcome() -> None:
    figures = main_effect_figures(response(design(*LONGEST[:20], kind="lhs", points=60), spread=0.2))
    assert len(figures) > 1
    limits = {axes.get_ylim() for figure in figures for axes in figure.axes if axes.get_label() != "sheet"}
    assert len(limits) == 1


def test_the_interval_is_students_over_points_and_the_light_band_their_middle_90_percent() -> None:
    one = response(design(INTENSITY, DECAY), (0.4, 0.2))
    (effect, *_) = main_effects(one)
    inside = one.mean[effect.parts.of == 2]
    # Student's t with 4 degrees of freedom, 97.5 %: 2.776 (any table).
    half = 2.776 * np.std(inside, ddof=1) / np.sqrt(5)
    assert effect.high[2] - effect.mean[2] == pytest.approx(half, rel=1e-3)
    assert (effect.bottom[2], effect.top[2]) == pytest.approx(tuple(np.percentile(inside, [5, 95])))


def test_with_one_factor_the_band_is_the_interval_over_replicates() -> None:
    one = response(design(INTENSITY), spread=0.1, replicates=6)
    (effect, *_) = main_effects(one)
    assert effect.high - effect.mean == pytest.approx(one.half)
    assert "95 % interval of the mean over replicates" in said(main_effect_figures(one)[0])


def test_names_are_points_without_a_line_between_them() -> None:
    axes = panel(main_effect_figures(response(odd_design()))[0], "closing.month")
    (line,) = [line for line in axes.lines if line.get_label() == "mean"]
    assert line.get_linestyle() == "None"
    assert np.asarray(line.get_xdata()).tolist() == [0, 1, 2]


def test_the_cells_of_a_grid_are_its_points() -> None:
    one = response(design("grants.per_call=0:4:2", INTENSITY), (0.4, 0.2), spread=0.05)
    (figure,) = heat_map_figures(one)
    assert cells(figure).filled(np.nan) == pytest.approx(100 * one.mean.reshape(3, 5).T)
    assert str(round(100 * float(one.mean[0]))) in said(figure)


def test_over_more_factors_a_cell_is_the_mean_over_the_rest() -> None:
    one = response(design(INTENSITY, DECAY, SIZE), (0.1, 0.4, 0.2), spread=0.05)
    (figure,) = heat_map_figures(one)
    means = 100 * one.mean.reshape(5, 5, 5).mean(axis=0)
    assert cells(figure).filled(np.nan) == pytest.approx(means.T)
    assert "over behaviour.decay and grants.size" in said(figure)


def test_binned_cells_are_the_means_of_the_points_within_their_borders() -> None:
    one = response(design(INTENSITY, DECAY, kind="lhs", points=150), (0.4, 0.2), spread=0.1)
    (figure,) = heat_map_figures(one)
    mesh = next(mesh for mesh in panel(figure, "map").collections if isinstance(mesh, QuadMesh))
    corners = np.asarray(mesh.get_coordinates())
    across, up = corners[0, :, 0], corners[:, 0, 1]
    values = np.array([list(one.design.values(point).values()) for point in range(150)])
    drawn = cells(figure)
    for row, column in product(range(len(up) - 1), range(len(across) - 1)):
        inside = (values[:, 0] >= across[column]) & (values[:, 1] >= up[row])
        inside &= (values[:, 0] <= across[column + 1]) & (values[:, 1] <= up[row + 1])
        if inside.any():
            assert drawn[row, column] == pytest.approx(100 * one.mean[inside].mean())
        else:
            assert np.ma.is_masked(drawn[row, column])


def test_failed_cells_are_hatched_and_counted() -> None:
    one = response(design("grants.per_call=0:4:2", INTENSITY), failed=[0, 7])
    (figure,) = heat_map_figures(one)
    hatched = [patch for patch in panel(figure, "map").patches if isinstance(patch, Rectangle) and patch.get_hatch()]
    assert [patch.get_xy() for patch in hatched] == [(-0.5, -0.5), (0.5, 1.5)]
    assert int(np.sum(np.ma.getmaskarray(cells(figure)))) == 2
    assert "Hatched (2)" in said(figure)


def test_many_cells_have_no_numbers_in_them() -> None:
    few, many = (
        heat_map_figures(response(design("grants.per_call=0:8:2", f"grants.months=6:36:{step}")))[0] for step in (10, 1)
    )
    assert sum(text.get_label() == "value" for text in panel(few, "map").texts) == 20
    assert not panel(many, "map").texts


def test_the_tornado_has_the_longest_bar_on_top_and_ends_at_the_means_of_the_ends() -> None:
    one = response(design(INTENSITY, DECAY, SIZE), (0.1, -0.4, 0.2))
    axes = panel(tornado_figures(one)[0], "tornado")
    middle = 100 * float(one.mean.mean())
    assert all(bar.get_x() == pytest.approx(middle) for bars in axes.containers for bar in bars)
    drawn = [(bar.get_y(), bar.get_width(), str(bars.get_label())) for bars in axes.containers for bar in bars]
    drawn.sort()
    reaches = [abs(width) for _, width, label in drawn if label == "low end"]
    assert reaches == pytest.approx([20, 10, 5])
    assert [swing.factor.key for swing in swings(one)] == [
        "behaviour.decay",
        "grants.size",
        "facilitation.intensity",
    ]
    signs = [np.sign(width) for _, width, label in drawn if label == "high end"]
    assert signs == [-1, 1, 1], "more decay lowers, the others raise"
    assert [(swing.start.name, swing.end.name) for swing in swings(one)] == [
        ("0.01", "0.03"),
        ("20,000", "100,000"),
        ("0", "1"),
    ]


def test_bars_to_the_same_side_do_not_hide_each_other() -> None:
    one = design(INTENSITY, DECAY)
    bent = 0.5 - np.abs(one.shares[:, 0] - 0.5) + 0.1 * one.shares[:, 0]
    axes = panel(tornado_figures(Response(one, "trust", bent[:, None].repeat(2, axis=1)))[0], "tornado")
    spans = [(bar.get_y(), bar.get_y() + bar.get_height()) for bars in axes.containers[:2] for bar in bars]
    (_, one_high), (other_low, other_high) = sorted(spans)
    assert one_high <= other_low
    assert other_high <= 1


def test_the_two_ends_and_the_two_indices_differ_also_in_grey_print() -> None:
    """Relative luminance (WCAG 2): pairs of colours that a photocopier still tells apart."""
    for pair in ((LOW, HIGH), (FIRST, TOTAL)):
        dark, light = sorted(float(np.dot([0.2126, 0.7152, 0.0722], np.power(to_rgb(one), 2.2))) for one in pair)
        assert light - dark > 0.2


def test_the_colours_of_a_map_darken_steadily() -> None:
    light = [float(np.dot([0.2126, 0.7152, 0.0722], np.power(MORE(share)[:3], 2.2))) for share in np.linspace(0, 1, 30)]
    assert all(after < before for before, after in pairwise(light))


def test_names_take_the_ends_with_the_least_and_the_greatest_outcome() -> None:
    one = odd_design()
    month = np.array([one.values(point)["closing.month"] == 12 for point in range(len(one))])
    found = {swing.factor.key: swing for swing in swings(Response(one, "trust", np.where(month, 0.1, 0.9)[:, None]))}
    assert found["closing.month"].start.name == "12"
    assert (found["closing.capstone"].start.name, found["closing.capstone"].end.name) == ("no", "yes")


def line_values(figure: Figure) -> tuple[LineCollection, NDArray[np.float64]]:
    drawn = next(one for one in panel(figure, "lines").collections if isinstance(one, LineCollection))
    return drawn, np.asarray(drawn.get_array(), dtype=float)


def test_each_point_with_a_value_is_a_line_from_the_least_outcome_to_the_greatest() -> None:
    one = response(design(INTENSITY, DECAY, SIZE, kind="lhs", points=50), spread=0.1, failed=[3, 4])
    (figure,) = parallel_figures(one)
    drawn, values = line_values(figure)
    assert values == pytest.approx(np.sort(100 * np.delete(one.mean, [3, 4])))
    assert all(len(line) == 4 for line in drawn.get_segments())
    assert "2 have no value" in said(figure)
    greatest = int(np.nanargmax(one.mean))
    last = np.asarray(drawn.get_segments()[-1])[:, 0]
    ranks = [np.sum(one.design.shares[:, c] < one.design.shares[greatest, c]) / 49 for c in range(3)]
    assert last[:3] / last[3] == pytest.approx(ranks, abs=0.05)


def test_too_many_lines_are_thinned_evenly_and_the_caption_says_so() -> None:
    one = response(design(INTENSITY, DECAY, SIZE, kind="lhs", points=2500), spread=0.1)
    (figure,) = parallel_figures(one)
    _, values = line_values(figure)
    assert len(values) == MOST_LINES
    assert (values[0], values[-1]) == pytest.approx((100 * one.mean.min(), 100 * one.mean.max()))
    assert np.median(values) == pytest.approx(100 * np.median(one.mean), abs=0.5)
    assert "Of 2,500 points, 1,000 are drawn" in said(figure)
    assert np.array_equal(kept_points(one.mean), kept_points(one.mean))


def test_sobol_bars_show_both_indices_and_their_intervals_the_greatest_total_on_top() -> None:
    one = response(design(INTENSITY, DECAY))
    keys = [factor.key for factor in one.design.factors]
    found = Indices((Index(keys[0], 0.1, 0.0, 0.2, 0.3, 0.2, 0.4), Index(keys[1], 0.5, 0.4, 0.6, 0.7, 0.6, 0.8)))
    axes = panel(sobol_figures(one, found)[0], "sobol")
    widths = [(bar.get_y(), bar.get_width()) for bars in axes.containers for bar in bars]
    assert [width for _, width in sorted(widths)] == pytest.approx([0.5, 0.7, 0.1, 0.3])
    spans = sorted((float(y[0]), float(x[0]), float(x[1])) for x, y in series(axes, "interval"))
    assert [span[1:] for span in spans] == [(0.4, 0.6), (0.6, 0.8), (0.0, 0.2), (0.2, 0.4)]


def test_an_index_that_could_not_be_estimated_is_left_out_and_counted() -> None:
    one = response(design(INTENSITY, DECAY))
    nan = float("nan")
    first, second = (factor.key for factor in one.design.factors)
    some = Indices((Index(first, 0.5, 0.4, 0.6, 0.5, 0.4, 0.6), Index(second, nan, nan, nan, nan, nan, nan)))
    assert "could not be estimated: 1." in said(sobol_figures(one, some)[0])
    assert sobol_figures(one, Indices((some.indices[1],))) == []


def test_morris_signs_stand_at_mu_star_and_sigma_with_the_direction_as_shape() -> None:
    one = response(design(INTENSITY, DECAY, SIZE))
    keys = [factor.key for factor in one.design.factors]
    found = Effects(
        (
            Effect(keys[0], 0.3, 0.3, 0.2, 0.4, 0.1),
            Effect(keys[1], -0.2, 0.2, 0.1, 0.3, 0.05),
            Effect(keys[2], 0.01, 0.1, 0.05, 0.15, 0.2),
        )
    )
    axes = panel(morris_figures(one, found)[0], "morris")
    drawn = {
        line.get_label(): (line.get_marker(), *np.asarray(line.get_data(), dtype=float).ravel().tolist())
        for line in axes.lines[-6:]
    }
    assert drawn[keys[0]] == ("^", 30, 10)
    assert drawn[keys[1]] == ("v", 20, 5)
    assert drawn[keys[2]] == ("o", 10, 20)
    ((x, y),) = series(axes, "sigma = mu*")
    assert np.array_equal(x, y)


@pytest.mark.quick_cases("12", "60")
@pytest.mark.parametrize("number", [3, 12, 25, 60])
def test_every_factor_of_a_morris_analysis_is_labelled(number: int) -> None:
    keys = [name for name, key in KEYS.items() if key.kind in ("int", "float") and key.prior]
    one = response(design(*keys[:number], kind="lhs", points=5))
    (figure,) = morris_figures(one, effects(one.design))
    assert_nothing_is_cut_off_or_overlaps(figure)
    texts = [text for text, _ in words(figure)]
    labels = [text.get_text() for text in texts if text.get_label() == "label"]
    named = {part for label in labels for part in label.split(", ")}
    assert named in ({*keys[:number]}, {str(place) for place in range(1, number + 1)})
    assert {*keys[:number]} <= {text.get_text() for text in texts}


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_the_analyses_of_this_package_can_be_drawn(kind: DesignKind, tmp_path: Path) -> None:
    one = response(design(INTENSITY, DECAY, SIZE, kind=kind, points=200), spread=0.02)
    paths = draw_sensitivity(one, sobol(one) if kind == "sobol" else morris(one), tmp_path)
    assert {path.name for path in paths} == {f"{kind}-collaboration_rate.svg", f"{kind}-collaboration_rate.png"}


@pytest.mark.quick_cases("1-pictures0")
@pytest.mark.parametrize(
    ("factors", "pictures"),
    [
        (1, {"effects"}),
        (2, {"effects", "heat-map", "tornado"}),
        (3, {"effects", "heat-map", "tornado", "parallel"}),
    ],
)
def test_more_factors_have_more_pictures(factors: int, pictures: set[str], tmp_path: Path) -> None:
    one = response(design(*(INTENSITY, DECAY, SIZE)[:factors]))
    paths = draw_sweep([one], tmp_path)
    assert {path.name for path in paths} == {f"{p}-collaboration_rate.{e}" for p in pictures for e in ("svg", "png")}
    assert all(path.stat().st_size for path in paths)
    if factors != 3:
        again = draw_sweep([one], tmp_path / "again")
        drawn = [path.read_bytes() for path in paths]
        assert [path.read_bytes() for path in again] == drawn
        assert not any(b"dc:date" in content or b"Software" in content for content in drawn)


def test_each_outcome_has_files_of_its_own_with_names_that_a_disk_allows(tmp_path: Path) -> None:
    one = design(INTENSITY)
    stems = {path.stem for path in draw_sweep([response(one), response(one, outcome="a/b $c$")], tmp_path)}
    assert stems == {"effects-collaboration_rate", "effects-a-b-c-"}


def test_without_any_value_nothing_is_drawn(tmp_path: Path) -> None:
    one = response(design(INTENSITY, DECAY, SIZE), failed=range(125))
    assert draw_sweep([one], tmp_path) == []
    assert draw_sensitivity(one, indices(one.design), tmp_path) == []
    assert draw_sensitivity(one, effects(one.design), tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_points_without_a_value_are_counted_in_every_caption() -> None:
    one = response(design(INTENSITY, DECAY, SIZE), failed=[1, 2, 3])
    assert all("3 have no value" in said(figure) for figure in every_figure(one))


def test_no_text_is_read_as_a_formula() -> None:
    figures = every_figure(response(odd_design()))
    assert not any(text.get_parse_math() for figure in figures for text, _ in words(figure))
    assert any("$x^2$ and $" in said(figure) for figure in figures)


def test_titles_and_axes_are_plain_words_with_units() -> None:
    one = CASES["money"]()
    for figures in (main_effect_figures(one), heat_map_figures(one), tornado_figures(one), parallel_figures(one)):
        text = said(figures[0])
        assert "ost to the funder in the whole run (k USD)" in text
        assert "total_cost" not in text
    text = said(main_effect_figures(one)[0])
    assert "size of a grant, for the pair (USD)" in text
    assert "facilitation intensity (share of a full backbone)" in text
    assert "a grid of 5 x 5 x 2" in text


def test_shares_are_shown_in_100_and_money_in_thousands() -> None:
    one = design(INTENSITY)
    shown = {
        outcome: series(
            panel(main_effect_figures(response(one, (0.4,), outcome=outcome))[0], one.factors[0].key), "mean"
        )
        for outcome in ("collaboration_rate", "total_cost", "trust", "evidence")
    }
    assert [values[0][1][-1] for values in shown.values()] == pytest.approx([50, 0.0005, 0.5, 0.5])


@pytest.mark.slow
def test_drawn_twice_the_files_have_the_same_bytes_and_no_date(tmp_path: Path) -> None:
    one = response(odd_design(24), spread=0.1, failed=range(6))
    first, second = (
        {
            path.name: path.read_bytes()
            for path in [
                *draw_sweep([one], tmp_path / folder),
                *draw_sensitivity(one, indices(one.design), tmp_path / folder),
                *draw_sensitivity(one, effects(one.design), tmp_path / folder),
            ]
        }
        for folder in "ab"
    )
    assert first == second
    assert len(first) == 12
    assert not any(b"dc:date" in content or b"Software" in content for content in first.values())


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (-3, 3), (0.01, 0.04), (150000, 500000), (1e8, 1e8 + 3), (0, 1e-9), (0, 3e12)]
)
def test_ticks_are_round_inside_the_axis_and_told_apart_by_their_texts(low: float, high: float) -> None:
    ticks, texts = fitting_ticks(low, high, 130)
    assert 1 <= len(ticks) <= 7
    assert all(low - 1e-9 <= tick <= high + 1e-9 for tick in ticks)
    assert len(set(texts)) == len(texts)


def test_numbers_are_written_without_noise() -> None:
    assert tick_texts(round_ticks(0, 1, 5)) == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]
    assert [number_text(value) for value in (0.30000000000000004, 250000.0, -1.5, 12)] == [
        "0.3",
        "250,000",
        "\N{MINUS SIGN}1.5",
        "12",
    ]
