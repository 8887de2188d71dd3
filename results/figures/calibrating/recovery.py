"""Whether calibrating finds what is known: parameters recovered from data that the model itself made."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from results.estimates.quantiles import binomial_band
from results.figures.checking.verdict_marks import few_lines
from results.figures.kit.axis_ticks import round_ticks, tick_texts
from results.figures.kit.fonts import width
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import DARK, SMALL, TALLEST, WIDTH, house_style
from results.words.numbers import NO_UNIT
from scenarios import KEYS

TITLE = "Whether known values are found again"
LINE = SMALL * LEADING
COUNTS, VALUES, GUTTER, HIGH, FOOT, KEY, AIR = 32.0, 56.0, 16.0, 84.0, 28.0, 18.0, 10.0
"""Room of the two upright axes and the gap between panels; heights of a panel, of what is below it, of the key, and of
the gap between rows (points)."""
RANKS = 0.4 * (WIDTH - 2 * MARGIN - COUNTS - VALUES - GUTTER)
SPANS = 0.6 * (WIDTH - 2 * MARGIN - COUNTS - VALUES - GUTTER)
MOST_BINS = 12
COVERS, MISSES, BARS, EXPECTED = "#222222", "#D55E00", "#56B4E9", "#C8C8C8"


class Recovery(Protocol):
    """What is drawn: datasets simulated from known parameters, and what calibrating made of each."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Dotted keys of the parameters."""

    @property
    def ranks(self) -> NDArray[np.int64]:
        """How many of the draws lie below the truth, int[datasets, parameters], 0 to draws."""

    @property
    def draws(self) -> int:
        """Draws of each posterior that the truth is ranked among (count)."""

    @property
    def truth(self) -> NDArray[np.float64]:
        """The values behind the datasets, float[datasets, parameters]."""

    @property
    def low(self) -> NDArray[np.float64]:
        """Lower end of each 90 % interval, float[datasets, parameters]."""

    @property
    def high(self) -> NDArray[np.float64]:
        """Its upper end."""

    @property
    def coverage(self) -> tuple[float, ...]:
        """Share of the intervals that hold the truth, for each parameter."""


def recovery_figures(recovery: Recovery) -> list[Figure]:
    """For each parameter the ranks of the truth among the draws, and the intervals beside the truth.

    Args:
        recovery: none is drawn without parameters or datasets.

    Returns:
        As many pages as needed.
    """
    if not recovery.keys or not len(recovery.truth):
        return []
    with house_style(recovery.keys):
        caption = caption_lines(_caption(recovery))
        rows = int((TALLEST - head_height(TITLE) - KEY - caption_height(caption)) // _row_height())
        pages = -(-len(recovery.keys) // rows)
        return [
            _draw_page(recovery, some.tolist(), caption, number > 0)
            for number, some in enumerate(np.array_split(np.arange(len(recovery.keys)), pages))
        ]


def rank_bins(draws: int) -> NDArray[np.int64]:
    """Edges of bins over the ranks 0 to `draws`: equally many ranks in each where they can be shared out evenly."""
    ranks = draws + 1
    most = min(MOST_BINS, ranks)
    bins = next((number for number in range(most, 3, -1) if ranks % number == 0), most)
    return np.round(np.linspace(0, ranks, bins + 1)).astype(np.int64)


def rank_band(edges: NDArray[np.int64], datasets: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Between which counts each bin lies in 95 % of cases if every rank is equally likely, float[bins] each.

    Source:
        Talts, Betancourt, Simpson, Vehtari & Gelman 2018, Validating Bayesian inference algorithms with
        simulation-based calibration, arXiv:1804.06788: ranks are uniform if the posterior is right, and counts in a
        bin are then binomial. Ours: 95 % where they draw 99 %.
    """
    bands = [binomial_band(datasets, chance) for chance in (np.diff(edges) / edges[-1]).tolist()]
    low, high = (np.round(np.array(ends) * datasets) for ends in zip(*bands, strict=True))
    return low, high


def _row_height() -> float:
    return LINE + 5 + HIGH + FOOT + AIR


def _draw_page(recovery: Recovery, parameters: Sequence[int], caption: Sequence[str], continued: bool) -> Figure:
    title = f"{TITLE} (continued)" if continued else TITLE
    page = Page(head_height(title) + KEY + len(parameters) * _row_height() + caption_height(caption))
    page.head(title, caption)
    _draw_key(page, head_height(title) + KEY / 2 - 4)
    top = head_height(title) + KEY
    for parameter in parameters:
        _write_name(page, top, recovery, parameter)
        start = top + LINE + 5
        ranks = page.axes(MARGIN + COUNTS, start, RANKS, HIGH, f"ranks of {recovery.keys[parameter]}")
        _draw_ranks(ranks, recovery, parameter)
        left = MARGIN + COUNTS + RANKS + GUTTER + VALUES
        spans = page.axes(left, start, SPANS, HIGH, f"intervals of {recovery.keys[parameter]}")
        _draw_spans(spans, recovery, parameter)
        below = start + HIGH + 15
        page.write(MARGIN + COUNTS + RANKS / 2, below, ["rank of the truth"], ha="center")
        page.write(left + SPANS / 2, start + HIGH + 5, ["data sets, from the least truth to the greatest"], ha="center")
        for x, words in ((MARGIN, "data sets"), (left - VALUES, _value_words(recovery.keys[parameter]))):
            page.sheet.text(x, start + HIGH / 2, words, rotation=90, ha="left", va="center")
        top += _row_height()
    return page.figure


def _write_name(page: Page, top: float, recovery: Recovery, parameter: int) -> None:
    datasets = len(recovery.truth)
    share = recovery.coverage[parameter]
    said = f"{share:.0%} of {datasets:,} intervals hold the truth".replace("%", " %")
    if np.isnan(share):
        said = "no interval"
    room = WIDTH - 2 * MARGIN
    name = few_lines(recovery.keys[parameter], room - width(said, SMALL) - 12, SMALL, 1, "bold")
    page.write(MARGIN, top, name, weight="bold")
    page.write(MARGIN + width(name[0], SMALL, "bold") + 12, top, [said])


def _value_words(key: str) -> str:
    """What stands along the upright axis: the unit where it is known and short."""
    unit = KEYS[key].unit if key in KEYS else ""
    text = f"value ({unit})"
    return text if unit not in NO_UNIT and width(text, SMALL) <= HIGH else "value"


def _draw_ranks(axes: Axes, recovery: Recovery, parameter: int) -> None:
    edges = rank_bins(recovery.draws)
    counts, _ = np.histogram(recovery.ranks[:, parameter], edges)
    low, high = rank_band(edges, len(recovery.ranks))
    for one, (left, right) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
        # From half a count below to half above, or a band of one count alone would have no height.
        axes.fill_between([left, right], low[one] - 0.5, high[one] + 0.5, color=EXPECTED, linewidth=0, zorder=1)
        is_out = not low[one] <= counts[one] <= high[one]
        hatch = "////" if is_out else ""
        axes.bar((left + right) / 2, counts[one], 0.62 * (right - left), color=BARS, edgecolor=DARK, linewidth=0.6,
                 hatch=hatch, label="out" if is_out else "in", zorder=2)  # fmt: skip
    top = max(1.0, float(counts.max()), float(high.max())) * 1.1
    axes.set(xlim=(0, edges[-1]), ylim=(0, top))
    ends = [0, recovery.draws]
    axes.set_xticks([edges[0] + 0.5, edges[-1] - 0.5], [f"{end:,}" for end in ends])
    axes.set_yticks(*_whole_ticks(top))


def _whole_ticks(top: float) -> tuple[list[float], list[str]]:
    ticks = [tick for tick in round_ticks(0.0, top, 4) if tick.is_integer()]
    return ticks, [f"{tick:,.0f}" for tick in ticks]


def _draw_spans(axes: Axes, recovery: Recovery, parameter: int) -> None:
    truth, low, high = (one[:, parameter] for one in (recovery.truth, recovery.low, recovery.high))
    order = np.argsort(truth, kind="stable")
    truth, low, high = truth[order], low[order], high[order]
    covers = (low <= truth) & (truth <= high)
    places = np.arange(len(truth)) + 0.5
    thick, cross = min(2.2, 0.6 * SPANS / len(truth)), min(5.5, max(2.5, 2.5 * SPANS / len(truth)))
    axes.vlines(places[covers], low[covers], high[covers], color=COVERS, linewidth=thick, zorder=2, label="holds it")
    axes.vlines(places[~covers], low[~covers], high[~covers], color=MISSES, linewidth=thick, zorder=2, label="misses")
    axes.plot(places, truth, color="white", linewidth=2.6, zorder=3)
    axes.plot(places, truth, color="#0072B2", linewidth=1.3, zorder=4, label="truth",
              marker="o" if len(truth) == 1 else "", markersize=4)  # fmt: skip
    missed = {"color": MISSES, "markersize": cross, "markeredgewidth": min(1.5, 0.3 * cross), "zorder": 5}
    axes.plot(places[~covers], truth[~covers], "x", label="missed", **missed)  # type: ignore[arg-type]
    ends = np.concatenate([truth, low, high])
    ends = ends[np.isfinite(ends)]
    bottom, top = (float(ends.min()), float(ends.max())) if len(ends) else (0.0, 1.0)
    air = 0.06 * (top - bottom) or 0.1 * abs(top) or 1.0
    axes.set(xlim=(0, len(truth)), ylim=(bottom - air, top + air), xticks=[])
    ticks = round_ticks(bottom, top, 4)
    axes.set_yticks(ticks, [_short(tick, text) for tick, text in zip(ticks, tick_texts(ticks), strict=True)])


def _short(tick: float, text: str) -> str:
    """The text, or three digits of it where it is wider than its room."""
    return text if width(text, SMALL) <= VALUES - LINE - 9 else f"{tick:.3g}"


def _draw_key(page: Page, middle: float) -> None:
    x = MARGIN
    for number, text in enumerate(
        ("uniform ranks, 95 %", "found", "interval that holds the truth", "misses it", "truth")
    ):
        if number < 2:
            page.sheet.fill_between([x, x + 12], middle - 5, middle + 5, facecolor=(EXPECTED, BARS)[number],
                                    edgecolor=DARK, linewidth=0.6 * number)  # fmt: skip
        elif number < 4:
            colour = (COVERS, MISSES)[number - 2]
            page.sheet.plot([x + 6] * 2, [middle - 6, middle + 6], color=colour, linewidth=2.0)
            if number == 3:
                page.sheet.plot(x + 6, middle, "x", color=colour, markersize=5.5, markeredgewidth=1.5)
        else:
            page.sheet.plot([x, x + 12], [middle] * 2, color="#0072B2", linewidth=1.3)
        page.write(x + 17, middle, [text], middle=True)
        x += 17 + width(text, SMALL) + 12


def _caption(recovery: Recovery) -> list[str]:
    datasets = len(recovery.truth)
    return [
        f"{datasets:,} data set{'s' * (datasets > 1)} that the model made from known values, each calibrated as if the "
        "values were not known.",
        f"Left: how many of {recovery.draws:,} posterior draws lie below the truth. If calibrating is right every rank "
        "is equally likely, and bars end in the grey; a hill means intervals too wide, a valley too narrow, a slope "
        "that values are found too low or too high. Hatched: outside the grey.",
        "Right: 90 % intervals, so about 9 in 10 should hold the truth; a band that does not climb with the truth has "
        "learned nothing.",
    ]
