"""The pictures: same bytes, plain words, nothing cut off or overlapping, readable without all colours."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib import rc_context, rcParams
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from results.figures import collaboration_rate_figure, difference_figures, draw_comparison, draw_run, network_figures
from results.figures.comparing.network_layout import places
from results.figures.comparing.plan_strip import planned_marks
from results.figures.kit.line_ends import spread
from results.figures.kit.style import COLOURS, FILLS, house_style, stroke
from scenarios import Scenario, load
from simulation import Ensemble, Snapshot, SnapshotMember, SnapshotTie
from simulation.outcomes import MONTHLY_NAMES, NAMES, OUTCOMES
from tests.figure_texts import assert_nothing_is_cut_off_or_overlaps, said

SLOW = pytest.mark.slow
LONG = "a-rather-long-name-of-a-scenario-that-somebody-varied-by-script"


@dataclass(frozen=True)
class Difference:
    """What `results.estimates.comparison` hands over, as far as it is drawn."""

    scenario: str
    outcome: str
    mean: float
    low: float
    high: float
    replicates: int = 50
    same_members: bool = True


def scenario(name: str = "salex", **tables: Any) -> Scenario:
    return Scenario(name=name, title=name, question="?", **({"closing": {"month": 25}} | tables))


def ensemble(one: Scenario, *, level: float = 0.8, replicates: int = 30) -> Ensemble:
    """Replicates that rise to a level and fade after the closing."""
    months = np.arange(one.last_month + 1)
    levels = np.clip(np.random.default_rng(1).normal(level, 0.1, replicates), 0, 1)
    kept = np.zeros((replicates, len(months), len(MONTHLY_NAMES)))
    kept[:, :, 0] = levels[:, None] * (1 - np.exp(-months / 8))
    kept[:, :, 1] = kept[:, :, 0] * np.exp(-np.clip(months - one.reporting_month, 0, None) / 30)
    return Ensemble(one, 1, 0, np.zeros((replicates, len(NAMES))), kept.sum(axis=0), kept)


def portrait(
    one: Scenario, *, members: int = 22, months: Sequence[int] = (0, 13, 25, 37), names: Sequence[str] = ()
) -> list[Snapshot]:
    """Snapshots of a random network, the later the denser; the last member leaves in the end."""
    luck, shots = np.random.default_rng(len(one.name)), []
    for month in months:
        who = tuple(
            SnapshotMember(
                name=names[i] if names else f"member {i + 1}",
                topic=f"topic {i % 8 + 1}",
                region=f"region {i % 6 + 1}",
                size="middle",
                need=0.5,
                engagement=0.6,
                champion=False,
                present=month < 30 or i < members - 1,
            )
            for i in range(members)
        )
        pairs = [pair for pair in combinations(range(members), 2) if luck.random() < min(month / 40, 4 / members)]
        ties = tuple(
            SnapshotTie(*pair, luck.random(), 0.3, "group", k % 3 == 0, k % 6 == 0) for k, pair in enumerate(pairs)
        )
        shots.append(Snapshot(one.name, 1, 0, month, who, ties))
    return shots


def differences(names: Sequence[str], *, low: float = -0.1, high: float = 0.3) -> list[Difference]:
    middle = (low + high) / 2
    return [
        Difference(name, outcome.name, middle, low, high) for name in names for outcome in OUTCOMES if outcome.headline
    ]


def many(number: int) -> dict[str, Ensemble]:
    """Scenarios whose lines end close to each other: the hardest case for labels."""
    names = ["salex", *(f"{LONG}-{i}" for i in range(1, number))]
    return {name: ensemble(scenario(name), level=0.8 - 0.003 * i) for i, name in enumerate(names)}


def start(line: Line2D) -> tuple[float, float]:
    """Where a line begins, or where a single sign stands."""
    x, y = (np.asarray(values, dtype=float) for values in line.get_data())
    return float(x[0]), float(y[0])


@pytest.mark.quick_cases("1", "9")
@pytest.mark.parametrize("number", [1, 2, 4, 9, 16])
def test_texts_of_the_course_neither_overlap_nor_leave_the_picture(number: int) -> None:
    assert_nothing_is_cut_off_or_overlaps(collaboration_rate_figure(many(number), "salex"))


@pytest.mark.parametrize(
    ("reach", "number"),
    [(12345.0, 2), (4.0, 4), (0.3, 16), *(pytest.param(reach, 16, marks=SLOW) for reach in (4.0, 12345.0))],
)
def test_texts_of_the_differences_neither_overlap_nor_leave_the_picture(number: int, reach: float) -> None:
    names = [f"{LONG}-{i}" for i in range(1, number)]
    for figure in difference_figures(differences(names, low=-reach, high=reach / 2), "no-catalytic-funding"):
        assert_nothing_is_cut_off_or_overlaps(figure)


@pytest.mark.quick_cases("2-2", "1-22")
@pytest.mark.parametrize(
    ("number", "members"),
    [(2, 2), (1, 22), (1, 60), *(pytest.param(7, members, marks=SLOW) for members in (2, 22, 60))],
)
def test_texts_of_the_network_neither_overlap_nor_leave_the_picture(members: int, number: int) -> None:
    plans = {name: scenario(name) for name in list(many(number))}
    for figure in network_figures({name: portrait(one, members=members) for name, one in plans.items()}, plans):
        assert_nothing_is_cut_off_or_overlaps(figure)


@pytest.mark.quick_cases("tables1", "tables2", "tables5")
@pytest.mark.parametrize(
    "tables",
    [
        {"closing": {}},
        {"closing": {}, "network": {"months": 1}},
        {"closing": {}, "network": {"months": 1200}, "grants": {"every": 1}},
        {"closing": {"month": 1100}},
        {"closing": {"month": 25, "notice": 0}, "grants": {"per_call": 0}},
        {"closing": {"month": 25}, "funder": {"shift": {"month": 10, "facilitation": 0.5}}},
    ],
)
def test_any_length_of_life_can_be_drawn(tables: Mapping[str, Any]) -> None:
    one = scenario(**tables)
    assert_nothing_is_cut_off_or_overlaps(collaboration_rate_figure({"salex": ensemble(one)}, "salex"))


def test_what_is_planned_is_marked_in_its_month() -> None:
    one = scenario(grants={"first": 3, "every": 9}, funder={"shift": {"month": 10, "facilitation": 0.5}})
    figure = collaboration_rate_figure({"salex": ensemble(one)}, "salex")
    upright = {start(line)[0] for axes in figure.axes for line in axes.lines if line.get_label() == "mark"}
    strip = next(axes for axes in figure.axes if axes.get_label() == "plan")

    assert upright == {10, 19, 25}
    assert [list(np.asarray(line.get_xdata())) for line in strip.lines] == [[3, 12, 21], [10], [19], [25]]
    for text in (
        "grants awarded",
        "funder's priorities shift, month 10",
        "closing announced, month 19",
        "closing, month 25",
    ):
        assert text in said(figure)


def test_a_network_that_never_closes_has_no_closing_marked() -> None:
    assert [mark.label for mark in planned_marks(scenario(closing={}, grants={"per_call": 0}))] == []


def test_a_closing_without_notice_is_one_mark() -> None:
    marks = planned_marks(scenario(closing={"month": 25, "notice": 0}, grants={"per_call": 0}))
    assert [mark.label for mark in marks] == ["closing, without notice, month 25"]


def test_each_line_shows_where_its_own_network_closes() -> None:
    runs = {"salex": ensemble(scenario()), "later": ensemble(scenario("later", closing={"month": 36}))}
    figure = collaboration_rate_figure(runs, "salex")
    closings = [start(line)[0] for line in figure.axes[2].lines if line.get_label() == "closing"]
    assert closings == [25, 36]
    assert "plan of salex" in said(figure)


def test_what_salex_observed_is_shown_with_its_interval() -> None:
    figure = collaboration_rate_figure({"salex": ensemble(load("salex"))}, "salex")
    assert "SALEX observed: 17 of 22,\n95 % interval 57 to 90 %" in said(figure)


def test_titles_are_plain_words_and_no_column_names() -> None:
    runs, plans = many(3), {name: scenario(name) for name in many(3)}
    figures = [
        collaboration_rate_figure(runs, "salex"),
        *difference_figures(differences(list(runs)[1:]), "salex"),
        *network_figures({name: portrait(one) for name, one in plans.items()}, plans),
    ]
    everything = " ".join(said(figure) for figure in figures)
    assert "_" not in everything
    for text in (
        "Members that ever formed a collaboration (%)",
        "less than",
        "more than",
        "closing, month 25",
        "a year after",
    ):
        assert text in everything


def test_a_single_run_has_no_band_and_says_so() -> None:
    figure = collaboration_rate_figure({"salex": ensemble(scenario(), replicates=1)}, "salex")
    assert not any(axes.collections for axes in figure.axes if axes.get_label() == "active_rate")
    assert "A single run" in said(figure)


@pytest.mark.parametrize("count", [1, 2, 5, 20])
def test_bands_of_several_scenarios_are_bars_side_by_side_that_do_not_cover_each_other(count: int) -> None:
    runs = {f"s{number}": ensemble(scenario(f"s{number}"), level=0.8 - 0.02 * number) for number in range(count)}
    figure = collaboration_rate_figure(runs, "s0")
    assert_nothing_is_cut_off_or_overlaps(figure)
    (panel,) = (axes for axes in figure.axes if axes.get_label() == "collaboration_rate")
    assert bool(panel.collections) == (count == 1), "a band of one alone"
    bars = [line for axes in figure.axes for line in axes.lines if line.get_label() == "spread"]
    shown = {1: 0, 2: 2, 5: 5, 20: 1}[count]
    assert len(bars) == 2 * shown
    assert len({float(np.asarray(bar.get_xdata())[0]) for bar in bars}) == shown
    if bars:
        last = 100 * runs["s0"].kept_months[:, -1, 0]
        assert np.asarray(bars[0].get_ydata()).tolist() == pytest.approx(np.percentile(last, [5, 95]).tolist())


def test_months_without_a_value_leave_a_gap_and_no_warning() -> None:
    one = ensemble(scenario())
    one.kept_months[:, 30:, 1] = np.nan
    one.sum_months[30:, 1] = np.nan
    one.sum_months[:, 0] = np.nan
    assert_nothing_is_cut_off_or_overlaps(collaboration_rate_figure({"salex": one}, "salex"))


def test_a_difference_is_filled_only_where_its_interval_leaves_out_zero() -> None:
    cases = {"surely": (0.1, 0.3), "perhaps": (-0.1, 0.3), "unknown": (np.nan, np.nan)}
    rows = [Difference(name, "collaboration_rate", 0.2, low, high) for name, (low, high) in cases.items()]
    (figure,) = difference_figures(rows, "salex")
    lines = [line for axes in figure.axes for line in axes.lines if "sure" in str(line.get_label())]
    marks = {start(line)[1]: line.get_label() for line in lines}
    assert marks == {0.5: "sure", 1.5: "unsure", 2.5: "unsure"}


@pytest.mark.quick_cases("True")
@pytest.mark.parametrize("is_open", [False, True])
def test_a_caption_says_whether_intervals_hold_what_is_not_known_of_parameters(is_open: bool) -> None:
    rows = differences(["one"])
    (figure,) = difference_figures(rows, "salex", is_open=is_open)
    assert ("including uncertainty about the parameters" in " ".join(said(figure).split())) is is_open
    assert_nothing_is_cut_off_or_overlaps(figure)


def test_a_missing_difference_is_named_missing() -> None:
    (figure,) = difference_figures([Difference("goes-on", "survival", np.nan, np.nan, np.nan)], "salex")
    assert "missing" in said(figure)


def test_all_shares_stand_on_one_scale() -> None:
    rows = [Difference("one", "collaboration_rate", 0.4, 0.3, 0.5), Difference("one", "survival", 0.01, 0.0, 0.02)]
    (figure,) = difference_figures(rows, "salex")
    assert len({axes.get_xlim() for axes in figure.axes if axes.get_label() in ("collaboration_rate", "survival")}) == 1


def test_every_member_keeps_its_place_in_every_month_and_scenario() -> None:
    plans = {name: scenario(name) for name in ("salex", "no-grants")}
    (figure,) = network_figures({name: portrait(one) for name, one in plans.items()}, plans)
    drawn = {
        axes.get_label(): tuple(start(line) for line in axes.lines)
        for axes in figure.axes
        if "month" in str(axes.get_label())
    }
    assert len(drawn) == 8
    assert len(set(drawn.values())) == 1


@pytest.mark.slow
def test_a_network_of_another_size_does_not_move_the_members_of_the_others() -> None:
    plans = {name: scenario(name) for name in ("salex", "no-grants", "large")}
    shots = {name: portrait(one, members=60 if name == "large" else 22) for name, one in plans.items()}
    without = {name: shots[name] for name in ("salex", "no-grants")}

    def first_place(portraits: Mapping[str, Sequence[Snapshot]]) -> tuple[float, float]:
        (figure,) = network_figures(portraits, plans)
        return next(start(axes.lines[0]) for axes in figure.axes if axes.get_label() == "salex, month 25")

    assert first_place(shots) == first_place(without)


def test_places_are_inside_the_square_and_apart() -> None:
    spots = places(portrait(scenario(), members=60))
    gaps = np.sqrt(((spots[:, None] - spots[None]) ** 2).sum(axis=2)) + 9 * np.eye(60)
    assert spots.min() >= 0
    assert spots.max() <= 1
    assert gaps.min() > 0.04, "members would cover each other"


def test_a_member_that_left_is_hollow_and_the_key_says_so() -> None:
    (figure,) = network_figures({"salex": portrait(scenario())}, {"salex": scenario()})
    last = next(axes for axes in figure.axes if axes.get_label() == "salex, month 37")
    assert [line.get_markerfacecolor() for line in last.lines if line.get_label() == "left"] == ["white"]
    assert "has left the network" in said(figure)


def test_too_many_members_get_a_note_and_no_drawing() -> None:
    (figure,) = network_figures({"salex": portrait(scenario(), members=301, months=(0,))}, {"salex": scenario()})
    assert "301 members" in said(figure)
    assert len(figure.axes) == 1


def test_names_in_any_script_are_written_or_replaced_but_never_boxes(tmp_path: Path) -> None:
    shots = portrait(scenario(), members=4, names=("Ελλάς $1$", "Дом знаний", "北京大学\n", "\U0001f600"))
    assert draw_run(ensemble(scenario()), shots, tmp_path), "a missing glyph would warn, and warnings are errors here"


def contents(paths: Sequence[Path]) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in paths}


@pytest.mark.slow
def test_drawn_twice_the_files_have_the_same_bytes_and_no_date(tmp_path: Path) -> None:
    runs = many(2)
    portraits = {name: portrait(run.scenario, members=6) for name, run in runs.items()}
    first, second = (
        contents(draw_comparison(runs, differences(list(runs)[1:]), "salex", portraits, tmp_path / folder))
        for folder in "ab"
    )
    assert first == second
    assert set(first) == {
        f"{name}.{ending}" for name in ("collaboration-rate", "differences", "network") for ending in ("svg", "png")
    }
    assert not any(b"dc:date" in content or b"Software" in content for content in first.values())


@pytest.mark.slow
def test_pyplot_is_not_imported() -> None:
    code = (
        "import sys, results.figures as f; f.difference_figures([], 'x'); assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).resolve().parents[4], timeout=600)


def test_the_users_settings_come_back() -> None:
    with rc_context({"font.size": 31}):
        with house_style():
            assert rcParams["font.size"] == 8
        assert rcParams["font.size"] == 31


def test_a_baseline_that_was_not_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="baseline is 'other', which was not run; allowed is one of salex"):
        draw_comparison(many(1), [], "other", {}, tmp_path)


def test_without_portraits_there_is_no_network_picture(tmp_path: Path) -> None:
    assert {path.stem for path in draw_run(ensemble(scenario()), [], tmp_path)} == {"collaboration-rate"}


def test_labels_move_apart_in_order_and_stay_inside() -> None:
    centres = spread([50.0, 50.0, 51.0, 5.0, 99.0], [10.0] * 5, 0.0, 100.0)
    assert min(abs(one - other) for one, other in combinations(centres, 2)) >= 10 - 1e-9
    assert min(centres) >= 5
    assert max(centres) <= 95
    assert sorted(range(5), key=lambda i: centres[i]) == [3, 0, 1, 2, 4]


def test_thirty_scenarios_have_thirty_different_strokes() -> None:
    assert len({(stroke(i)["color"], stroke(i)["linestyle"]) for i in range(30)}) == 30


DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
"""Machado, Oliveira & Fernandes (2009), doi:10.1109/TVCG.2009.113, severity 1.0, on linear RGB."""


def lab(colour: str, seen_as: NDArray[np.float64]) -> NDArray[np.float64]:
    """CIE L*a*b* (D65) of a colour after a colour deficiency."""
    rgb = np.array(to_rgb(colour))
    linear = np.clip(seen_as @ np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4), 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ linear / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("palette", [COLOURS, FILLS])
@pytest.mark.parametrize("seen_as", [np.eye(3), DEUTERANOPIA], ids=["all colours", "deuteranopia"])
def test_colours_differ_also_to_the_colour_blind(palette: Sequence[str], seen_as: NDArray[np.float64]) -> None:
    """A distance of 2.3 is just noticeable (Mahy et al. 1994); side by side small marks need several times that."""
    distances = [float(np.linalg.norm(lab(a, seen_as) - lab(b, seen_as))) for a, b in combinations(palette, 2)]
    assert min(distances) > 12
