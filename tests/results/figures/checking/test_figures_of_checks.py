"""The pictures of `check` and `calibrate`: what was judged is what is drawn, and nothing is cut off or overlaps."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, log, nan
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from results.checking.necessity import Effect, Necessity, Short
from results.checking.verdicts import WORDS, Verdict, Word
from results.figures.calibrating.draw import draw_calibration, draw_recovery
from results.figures.calibrating.posterior import BINS, posterior_figures, times_prior
from results.figures.calibrating.posterior_pairs import correlation, pairs_figure
from results.figures.calibrating.recovery import rank_band, rank_bins, recovery_figures
from results.figures.checking.draw import draw_check
from results.figures.checking.necessity import necessity_figures
from results.figures.checking.verdicts import verdict_figures
from results.figures.kit.page import Page, save
from results.figures.kit.row_axis import row_axis
from scenarios import ASSUMPTIONS, KEYS
from scenarios.observed.study import NULL, Measured
from tests.figure_texts import assert_nothing_is_cut_off_or_overlaps, said, words

LONG = "a very long sentence about what happened, which somebody wrote down in one breath, " * 20
ODD = "$x^2$ 北京 <b>&amp; Ελλάς"


@dataclass(frozen=True, eq=False)
class Parameter:
    """What a posterior hands over of one parameter."""

    key: str
    label: str
    unit: str
    prior_low: float
    prior_high: float
    values: NDArray[np.float64]
    weights: NDArray[np.float64]
    word: str
    sentence: str
    default: float | None


@dataclass(frozen=True, eq=False)
class Recovered:
    """What a test of recovery hands over."""

    keys: tuple[str, ...]
    ranks: NDArray[np.int64]
    draws: int
    truth: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    coverage: tuple[float, ...]


FOUND = Verdict(
    id="easy-come",
    study="easy-come-easy-go",
    text="ties form more easily at an introductory event than elsewhere",
    about="individuals",
    source="Giese, Stok & Renner 2020, Social Networks 62",
    statistic="ratio",
    observed=Measured(1.5, 1.0, 2.5),
    predicted=1.7,
    predicted_low=0.8,
    predicted_high=3.0,
    inside=0.8,
    studies=100,
    score=-0.2,
    verdict="supported",
    why="80 % of virtual studies land in the observed interval",
)


def many(number: int) -> list[Verdict]:
    """Patterns of every statistic and verdict, three to a study."""
    statistics = ("value", *NULL)
    return [
        replace(FOUND, id=f"pattern-{i}", study=f"study-{i // 3}", statistic=statistics[i % 5], verdict=WORDS[i % 3])
        for i in range(number)
    ]


AWKWARD = {
    "one": [FOUND],
    "forty": many(40),
    "infinite ends": [replace(FOUND, predicted_low=0.0, predicted_high=inf)],
    "an infinite median": [replace(FOUND, predicted=inf, predicted_high=inf)],
    "nothing but nothing": [replace(FOUND, predicted=0.0, predicted_low=0.0, predicted_high=0.0)],
    "no median": [replace(FOUND, predicted=nan, predicted_low=nan, predicted_high=nan)],
    "minus infinity": [replace(FOUND, statistic="difference", predicted_low=-inf)],
    "only a direction": [replace(FOUND, observed=Measured(None, None, 1.0))],
    "no interval at all": [replace(FOUND, observed=Measured(2.0, None, None))],
    "the same everywhere": [
        replace(FOUND, statistic="value", observed=Measured(1.0, 1.0, 1.0), predicted=1.0, predicted_low=1.0,
                predicted_high=1.0)
    ],
    "great numbers": [
        replace(FOUND, statistic="value", observed=Measured(None, 0.0, 5e9), predicted=1e6, predicted_low=1e5,
                predicted_high=1e11)
    ],
    "a wide ratio": [replace(FOUND, predicted_low=1e-7, predicted_high=3e8)],
    "numbers that hardly differ": [
        replace(FOUND, statistic="difference", observed=Measured(1e-9, 0.0, 2e-9), predicted=1e-9, predicted_low=0.0,
                predicted_high=3e-9)
    ],
    "long texts": [
        replace(FOUND, id=LONG, study=LONG, text=LONG, about=LONG, source=LONG, why=LONG),
        replace(FOUND, id="a" * 900, study=LONG, text="b" * 900, source="another"),
    ],
    "odd texts": [replace(FOUND, id=ODD, study=ODD, text=ODD, about=ODD, source=ODD, why=ODD, statistic=ODD)],
    "no texts": [replace(FOUND, text="", about="", source="", why="")],
}  # fmt: skip


SHORT: dict[Word, Short] = {
    "supported": "needed",
    "contradicted": "fits better without",
    "undecided": "not needed",
}


def assumption(
    number: int,
    gain: float = 0.0,
    error: float = 0.3,
    word: Word = "undecided",
    why: str = "cannot tell: this is not what the figure reads",
) -> Necessity:
    title = ASSUMPTIONS[number % len(ASSUMPTIONS)].title
    effects = (Effect("a-pattern", 1.0, 2.0, gain, error, True), Effect("another-pattern", nan, inf, 0.0, 0.0, False))
    return Necessity(f"assumption-{number}", title, gain, error, word, SHORT[word], why, effects)


def sixty() -> list[Necessity]:
    """Gains of every size, and the same without effect."""
    gains = np.linspace(-20, 20, 40)
    drawn = [
        assumption(i, gain, 0.5 + i % 4, "supported" if gain > 3 else "contradicted" if gain < -3 else "undecided")
        for i, gain in enumerate(gains.tolist())
    ]
    return drawn + [untouched(i) for i in range(20)]


def untouched(number: int) -> Necessity:
    why = "cannot tell: nothing observed depends on it"
    return replace(assumption(number, 0.0, 0.0, why=why), short="cannot tell", effects=())


NECESSITIES = {
    "one": [assumption(0, 2.0, 0.4, "supported", "the facts need it (a-pattern: 1 with it, 2 without)")],
    "sixty": sixty(),
    "nothing depends on sixty": [untouched(i) for i in range(60)],
    "two hundred without effect": [untouched(i) for i in range(200)],
    "one without effect": [untouched(1)],
    "all far away": [assumption(i, 40.0 + i, 1.0, "supported") for i in range(3)],
    "all contradicted": [assumption(i, -2.0, 0.1, "contradicted") for i in range(3)],
    "no gain, no error": [assumption(0, 0.0, 0.0)],
    "an infinite error": [assumption(0, 1.0, inf), assumption(1, nan, 1.0)],
    "long texts": [replace(assumption(0, 2.0), title=LONG, why=LONG), replace(untouched(1), title=LONG)],
    "odd texts": [replace(assumption(0, 2.0, 0.1, "supported"), title=ODD, effects=(Effect(ODD, 1, 2, 3, 1, True),))],
}


def parameters(number: int, draws: int = 200) -> list[Parameter]:
    luck = np.random.default_rng(number)
    weights = luck.random(draws)
    keys = [key for key in KEYS.values() if key.prior and key.kind in ("float", "int")]
    words = ("not informed", "informed", "barely informed")
    return [
        Parameter(
            key=key.key,
            label=key.text,
            unit=key.unit,
            prior_low=float(key.prior[0]) if key.prior else 0.0,
            prior_high=float(key.prior[1]) if key.prior else 1.0,
            values=luck.uniform(float((key.prior or (0, 1))[0]), float((key.prior or (0, 1))[1]), draws),
            weights=weights / weights.sum(),
            word=words[place % 3],
            sentence="The data leave a third of the range that was held possible before.",
            default=float(key.default) if isinstance(key.default, int | float) else None,
        )
        for place, key in enumerate((keys * 3)[:number])
    ]


def concentrated() -> list[Parameter]:
    """All weight on one particle."""
    weights = np.zeros(200)
    weights[17] = 1.0
    return [replace(one, weights=weights) for one in parameters(4)]


MARGINALS: Mapping[str, Callable[[], list[Parameter]]] = {
    "one": lambda: parameters(1),
    "two": lambda: parameters(2),
    "thirty": lambda: parameters(30),
    "sixty": lambda: parameters(60),
    "all weight on one particle": concentrated,
    "one draw": lambda: parameters(3, draws=1),
    "long texts": lambda: [replace(one, key=LONG, label=LONG, unit=LONG, sentence=LONG) for one in parameters(2)],
    "odd texts": lambda: [replace(one, key=ODD, label=ODD, unit=ODD, sentence=ODD, word=ODD) for one in parameters(3)],
    "no texts": lambda: [replace(one, label="", unit="", sentence="") for one in parameters(3)],
    "great numbers": lambda: [
        replace(one, prior_low=-1e8, prior_high=3e9, values=1e9 * one.weights, default=5e9) for one in parameters(6)
    ],
    "a narrow range": lambda: [
        replace(one, prior_low=1.0, prior_high=1.0001, values=one.weights * 0 + 1.00005, default=0.0)
        for one in parameters(2)
    ],
}


def recovered(number: int = 3, datasets: int = 40, draws: int = 99, scale: float = 1.0) -> Recovered:
    luck = np.random.default_rng(datasets)
    truth = scale * luck.random((datasets, number))
    middle = truth + scale * luck.normal(0, 0.1, truth.shape)
    low, high = middle - 0.16 * scale, middle + 0.16 * scale
    keys = [*KEYS][:number]
    covers = ((low <= truth) & (truth <= high)).mean(axis=0)
    return Recovered(
        tuple(keys), luck.integers(0, draws + 1, truth.shape), draws, truth, low, high, tuple(covers.tolist())
    )


RECOVERIES = {
    "three": recovered(),
    "twenty": recovered(20),
    "one data set": recovered(1, datasets=1),
    "a thousand data sets": recovered(2, datasets=1000),
    "few draws": recovered(draws=2),
    "a prime of ranks": recovered(draws=100),
    "great numbers": recovered(scale=3e9),
    "small numbers": recovered(scale=1e-9),
    "the same everywhere": replace(recovered(1), truth=np.ones((40, 1)), low=np.ones((40, 1)), high=np.ones((40, 1))),
    "long texts": replace(recovered(1), keys=(LONG,)),
    "odd texts": replace(recovered(2), keys=(ODD, "a"), coverage=(nan, 1.0)),
}


def panel(figure: Figure, label: str) -> Axes:
    return next(axes for axes in figure.axes if axes.get_label() == label)


def series(axes: Axes, label: str) -> list[list[list[float]]]:
    """What the lines of that label show: across, up."""
    return [np.asarray(line.get_data(), dtype=float).tolist() for line in axes.lines if line.get_label() == label]


def assert_pages_are_whole(figures: Sequence[Figure]) -> None:
    assert figures
    for figure in figures:
        assert figure.get_figheight() * 72 <= 760, "longer than a page"
        assert_nothing_is_cut_off_or_overlaps(figure)


def quick(cases: Iterable[str], *slow: str) -> list[Any]:
    """The cases; those that fill page after page are slow."""
    return [pytest.param(case, marks=pytest.mark.slow if case in slow else ()) for case in cases]


@pytest.mark.parametrize("case", quick(AWKWARD, "forty"))
def test_texts_of_patterns_neither_overlap_nor_leave_the_picture(case: str) -> None:
    assert_pages_are_whole(verdict_figures(AWKWARD[case]))


@pytest.mark.parametrize("case", quick(NECESSITIES, "sixty", "two hundred without effect", "nothing depends on sixty"))
def test_texts_of_assumptions_neither_overlap_nor_leave_the_picture(case: str) -> None:
    assert_pages_are_whole(necessity_figures(NECESSITIES[case]))


@pytest.mark.parametrize("case", quick(MARGINALS, "thirty", "sixty", "two", "one draw", "no texts", "great numbers"))
def test_texts_of_posteriors_neither_overlap_nor_leave_the_picture(case: str) -> None:
    marginals = MARGINALS[case]()
    assert_pages_are_whole(posterior_figures(marginals))
    pairs = pairs_figure(marginals)
    assert (pairs is None) == (len(marginals) < 2)
    if pairs is not None:
        assert_pages_are_whole([pairs])


@pytest.mark.parametrize(
    "case", quick(RECOVERIES, "twenty", "a thousand data sets", "few draws", "a prime of ranks", "great numbers")
)
def test_texts_of_a_recovery_neither_overlap_nor_leave_the_picture(case: str) -> None:
    assert_pages_are_whole(recovery_figures(RECOVERIES[case]))


@pytest.mark.slow
def test_the_files_have_their_names_and_the_same_bytes_when_drawn_again(tmp_path: Path) -> None:
    first, second = (
        {
            path.name: path.read_bytes()
            for path in [
                *draw_check(many(2), sixty()[39:41], tmp_path / folder),
                *draw_calibration(parameters(2), tmp_path / folder),
                *draw_recovery(recovered(1), tmp_path / folder),
            ]
        }
        for folder in "ab"
    )
    stems = ("patterns", "assumptions", "posterior", "posterior-pairs", "recovery")
    assert set(first) == {f"{stem}.{ending}" for stem in stems for ending in ("svg", "png")}
    assert first == second
    assert not any(b"dc:date" in content or b"Software" in content for content in first.values())


def test_the_second_page_of_a_picture_has_the_number_2(tmp_path: Path) -> None:
    empty = [Page(20).figure for _ in range(2)]
    assert [path.name for path in save(empty, tmp_path, "a")] == ["a.svg", "a.png", "a-2.svg", "a-2.png"]


def test_what_does_not_fit_on_a_page_is_called_a_continuation() -> None:
    first, *further = verdict_figures(many(12))
    assert further
    assert "(continued)" not in said(first)
    assert all("(continued)" in said(figure) for figure in further)


@pytest.mark.slow
def test_further_pages_are_numbered_and_called_a_continuation(tmp_path: Path) -> None:
    names = {path.name for path in draw_check(many(20), sixty()[:30], tmp_path)}
    assert {"patterns.png", "patterns-2.png", "assumptions.png", "assumptions-2.png"} <= names
    assert all("(continued)" in said(figure) for figure in verdict_figures(many(20))[1:])


def test_without_anything_found_nothing_is_drawn(tmp_path: Path) -> None:
    assert draw_check([], [], tmp_path) == []
    assert draw_calibration([], tmp_path) == []
    assert draw_recovery(recovered(0), tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_each_pattern_is_on_some_page_with_its_verdict() -> None:
    patterns = many(16)
    text = " ".join(said(figure) for figure in verdict_figures(patterns))
    assert all(f"{one.id} " in text for one in patterns)
    assert all(text.count(f" {word} ") >= sum(one.verdict == word for one in patterns) for word in WORDS)


def test_a_pattern_is_drawn_where_it_was_observed_and_predicted() -> None:
    axes = panel(verdict_figures([FOUND])[0], "easy-come")
    assert axes.get_xscale() == "log"
    assert series(axes, "predicted") == [[[0.8, 3.0], [0.5, 0.5]]]
    assert series(axes, "median") == [[[1.7], [0.5]]]
    assert series(axes, "observed value") == [[[1.5, 1.5], [0, 1]]]
    assert series(axes, "no difference")[0][0] == [1, 1]
    (band,) = [patch for patch in axes.patches if patch.get_label() == "observed"]
    assert (band.get_extents().transformed(axes.transData.inverted()).intervalx).tolist() == pytest.approx([1.0, 2.5])


@pytest.mark.parametrize(
    ("statistic", "scale", "nulls"),
    [("value", "linear", 0), ("difference", "linear", 1), ("odds_ratio", "log", 1), ("interior", "log", 1)],
)
def test_ratios_have_a_log_axis_and_a_plain_value_has_no_null(statistic: str, scale: str, nulls: int) -> None:
    axes = panel(verdict_figures([replace(FOUND, statistic=statistic)])[0], FOUND.id)
    assert axes.get_xscale() == scale
    assert len(series(axes, "no difference")) == nulls


def test_ends_beyond_the_axis_are_arrows() -> None:
    (both,) = verdict_figures(AWKWARD["infinite ends"])
    assert len(series(panel(both, FOUND.id), "goes on")) == 2
    assert not series(panel(verdict_figures([FOUND])[0], FOUND.id), "goes on")


def test_a_pattern_that_nobody_could_count_says_so() -> None:
    (figure,) = verdict_figures(AWKWARD["no median"])
    assert "nothing to count" in said(figure)
    assert not series(panel(figure, FOUND.id), "predicted")


def test_verdicts_differ_in_shape_and_not_only_in_colour() -> None:
    figures = verdict_figures([replace(FOUND, id=word, verdict=word) for word in WORDS])
    shapes = {
        (line.get_marker(), line.get_markerfacecolor() == "white")
        for line in panel(figures[0], "sheet").lines
        if line.get_label() in WORDS
    }
    assert shapes == {("o", False), ("X", False), ("o", True)}


@pytest.mark.parametrize("is_log", [True, False])
@pytest.mark.parametrize("ends", [(0.2, 0.9), (1.0, 9.0), (0.003, 800.0), (3.0, 3.1), (1e-7, 1e9)])
def test_the_axis_of_a_row_has_few_numbers_inside_it(ends: tuple[float, float], is_log: bool) -> None:
    axis = row_axis(ends, is_log=is_log, room=168)
    assert 1 <= len(axis.ticks) <= 5
    assert axis.low < ends[0] < ends[1] < axis.high
    assert all(axis.low <= tick <= axis.high for tick in axis.ticks)
    assert len(set(axis.texts)) == len(axis.texts)


def test_numbers_on_the_axis_of_a_row_are_what_they_say() -> None:
    axis = row_axis([0.0186, 0.08], is_log=False, room=168)
    assert axis.ticks == pytest.approx([float(text) for text in axis.texts])
    assert len(axis.ticks) > 1


def test_assumptions_are_sorted_by_gain_with_their_luck_and_the_thresholds() -> None:
    found = [assumption(0, 0.5, 0.1), assumption(1, 2.0, 0.4, "supported"), assumption(2, -2.5, 0.2, "contradicted")]
    (figure,) = necessity_figures(found)
    axes = panel(figure, "gain")
    places = sorted((y[0], x[0]) for x, y in series(axes, "fit"))
    assert [x for _, x in places] == [2.0, 0.5, -2.5]
    lines = [x for _, x in sorted((y[0], x) for x, y in series(axes, "luck"))]
    assert np.allclose(lines, [[0.8, 3.2], [0.2, 0.8], [-3.1, -1.9]])
    assert sorted(x[0] for x, _ in series(axes, "threshold")) == pytest.approx([-log(3), log(3)])
    text = said(figure)
    assert all(words in text for words in ("needed", "fits better without", "not needed", "difference of log score"))


def test_assumptions_that_nothing_depends_on_are_named_below() -> None:
    (figure,) = necessity_figures([assumption(0, 2.0), untouched(1), untouched(2)])
    assert len(series(panel(figure, "gain"), "fit")) == 1
    text = said(figure)
    assert f"depends on 2 assumptions: {ASSUMPTIONS[1].title}; {ASSUMPTIONS[2].title}." in text


def test_every_one_of_the_assumptions_is_named() -> None:
    text = " ".join(said(figure) for figure in necessity_figures([untouched(i) for i in range(len(ASSUMPTIONS))]))
    assert all(one.title in text for one in ASSUMPTIONS)


def test_a_gain_beyond_the_axis_is_a_number_and_an_arrow() -> None:
    (figure,) = necessity_figures([assumption(0, 14.0, 0.5, "supported"), assumption(1, 1.0)])
    assert "14.0 ± 1.5" in said(figure)
    assert len(series(panel(figure, "gain"), "goes on")) == 1


def test_the_posterior_is_drawn_as_times_the_prior() -> None:
    one = replace(parameters(1)[0], prior_low=0.0, prior_high=2.0, values=np.array([0.05, 1.95]))
    one = replace(one, weights=np.array([0.25, 0.75]))
    heights = times_prior(one)
    assert heights[0] == pytest.approx(0.25 * BINS)
    assert heights[-1] == pytest.approx(0.75 * BINS)
    assert heights.mean() == pytest.approx(1.0)


def test_the_interval_and_the_default_are_marked() -> None:
    one = replace(parameters(1)[0], prior_low=0.0, prior_high=1.0, values=np.linspace(0, 1, 200), default=7.0)
    one = replace(one, weights=np.full(200, 1 / 200))
    axes = panel(posterior_figures([one])[0], one.key)
    ((across, _),) = series(axes, "interval")
    assert across == pytest.approx([0.05, 0.95], abs=0.01)
    (default,) = [line for line in axes.lines if line.get_label() == "default"]
    assert default.get_marker() == ">", "it lies outside the range"


def test_what_the_data_inform_comes_first() -> None:
    figures = posterior_figures(parameters(3))
    order = [str(axes.get_label()) for axes in figures[0].axes if axes.get_label() != "sheet"]
    by_word = {one.word: one.key for one in parameters(3)}
    assert order == [by_word[word] for word in ("informed", "barely informed", "not informed")]


def test_correlations_are_weighted_and_written() -> None:
    one, other = (replace(one, word="informed") for one in parameters(2))
    assert correlation(one, one) == pytest.approx(1.0)
    assert np.isnan(correlation(*concentrated()[:2]))
    found = np.cov(one.values, other.values, aweights=one.weights)
    expected = found[0, 1] / np.sqrt(found[0, 0] * found[1, 1])
    assert correlation(one, other) == pytest.approx(expected)
    figure = pairs_figure([one, other])
    assert figure is not None
    assert f"{expected:+.2f}".replace("-", "\N{MINUS SIGN}") in said(figure)


def test_pairs_of_draws_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match="other draws or weights"):
        pairs_figure([parameters(2)[0], parameters(3)[1]])


@pytest.mark.parametrize("draws", [0, 1, 9, 99, 100, 999])
def test_bins_of_ranks_hold_every_rank_once(draws: int) -> None:
    edges = rank_bins(draws)
    assert (edges[0], edges[-1]) == (0, draws + 1)
    assert np.all(np.diff(edges) > 0)


def test_the_band_of_ranks_is_binomial() -> None:
    low, high = rank_band(rank_bins(99), 100)
    # Binomial, 100 trials at 0.1: 2.5 % at 5, 97.5 % at 16 (any table).
    assert set(low.tolist()) == {5.0}
    assert set(high.tolist()) == {16.0}


def test_intervals_that_miss_the_truth_are_crosses_and_the_coverage_stands_in_the_title() -> None:
    one = recovered(1)
    (figure,) = recovery_figures(one)
    missed = (one.truth < one.low) | (one.truth > one.high)
    ((across, up),) = series(panel(figure, f"intervals of {one.keys[0]}"), "missed")
    assert len(across) == missed.sum() > 0
    assert up == sorted(one.truth[missed].tolist())
    assert f"{one.coverage[0]:.0%} of 40 intervals hold the truth".replace("%", " %") in said(figure)


def test_no_text_is_read_as_a_formula() -> None:
    figures = [*verdict_figures(AWKWARD["odd texts"]), *necessity_figures(NECESSITIES["odd texts"])]
    assert not any(text.get_parse_math() for figure in figures for text, _ in words(figure))
