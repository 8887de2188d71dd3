"""Where a plan fails: every point over the two factors that tell most of it, and the box drawn in."""

from collections.abc import Sequence
from math import isinf
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from results.discovering.boxes import Axis, Flags, Limit, Values, within
from results.discovering.discovery import Discovery, Region
from results.discovering.words import answer_of, failing, points_word
from results.figures.kit.axis_names import write_up
from results.figures.kit.axis_ticks import round_ticks, tick_texts
from results.figures.kit.fonts import legible, wrapped
from results.figures.kit.page import MARGIN, Page, caption_height, caption_lines, head_height, save
from results.figures.kit.response_labels import factor_name, factor_of_scale, outcome_words, texts_of
from results.figures.kit.style import DARK, MUTED, SMALL, WIDTH, house_style
from results.words.numbers import factor_words
from results.words.table import word

HEIGHT, LEFT, BELOW, KEY = 250.0, 64.0, 40.0, 16.0
FAILS, HOLDS = "#D55E00", "#0072B2"
"""Vermilion and blue of Okabe & Ito; failing points are filled and the others hollow, so that colour is not needed."""
MOST_DRAWN = 3000
"""Points that a picture has room for; of more, so many are drawn, evenly over their numbers."""
SPREAD = 0.3
"""How far points of one level are spread about it, in levels, so that they do not hide each other."""


def discovery_figures(found: Discovery) -> list[Figure]:
    """A figure for each box.

    Args:
        found: where a plan fails; without a box there is nothing to draw.
    """
    with house_style(texts_of(found.response.design)):
        return [_draw(found, one, number) for number, one in enumerate(found.regions, start=1)]


def draw_discovery(found: Discovery, folder: Path) -> list[Path]:
    """Draw where a plan fails, as SVG and PNG: `box-1`, `box-2`, ...

    Args:
        found: where a plan fails.
        folder: where the files go; made if need be.
    """
    figures = discovery_figures(found)
    return [path for number, one in enumerate(figures, 1) for path in save([one], folder, f"box-{number}")]


def _draw(found: Discovery, one: Region, number: int) -> Figure:
    several = f"Box {number}: " if len(found.regions) > 1 else ""
    title = f"{several}{failing(found.failure)} {answer_of(one, found)}"
    caption = caption_lines(_caption(found, one))
    top = head_height(title) + KEY
    page = Page(top + HEIGHT + BELOW + caption_height(caption))
    page.head(title, caption)
    _write_key(page, head_height(title), points_word(found))
    axes = page.axes(LEFT, top, WIDTH - LEFT - MARGIN, HEIGHT, "points")
    named = {axis.factor.key: axis for axis in found.axes}
    across = named[one.box[0].key]
    up = named[one.box[1].key] if len(one.box) > 1 else None
    _scatter(axes, found, one, across, up)
    _rectangle(axes, found, one, across, up)
    _ticks(axes, across, "x")
    axes.set_xlabel("\n".join(_axis_words(across)))
    if up is None:
        low, high = axes.get_ylim()
        ticks = round_ticks(low, high, 6)
        axes.set_yticks(ticks, tick_texts(ticks))
        words = outcome_words(found.failure.outcome)
    else:
        _ticks(axes, up, "y")
        words = " ".join(_axis_words(up))
    write_up(page, MARGIN, top + HEIGHT / 2, wrapped(words, HEIGHT + 20, SMALL))
    return page.figure


def _scatter(axes: Axes, found: Discovery, one: Region, across: Axis, up: Axis | None) -> None:
    value = found.response.mean
    fails = value < found.failure.value if found.failure.side == "below" else value > found.failure.value
    there = ~np.isnan(value)
    shown = np.flatnonzero(there)
    shown = shown[np.linspace(0, len(shown) - 1, min(len(shown), MOST_DRAWN)).astype(int)]
    rest: Flags = within([limit for limit in one.box if limit.key not in _keys(across, up)], found.axes)
    luck = np.random.default_rng(0)
    x = _spread(across, luck)
    y = _spread(up, luck) if up is not None else value * factor_of_scale(found.failure.outcome)
    for failed, colour in ((False, HOLDS), (True, FAILS)):
        for near in (False, True):
            some = shown[(fails[shown] == failed) & (rest[shown] == near)]
            axes.scatter(
                x[some], y[some], s=13, facecolors=colour if failed else "none", edgecolors=colour, linewidths=0.7,
                alpha=0.9 if near else 0.18, zorder=3 if near else 2,
            )  # fmt: skip


def _rectangle(axes: Axes, found: Discovery, one: Region, across: Axis, up: Axis | None) -> None:
    """The box, and the limits of the panel."""
    for axis, set_limits in ((across, axes.set_xlim), *(((up, axes.set_ylim),) if up is not None else ())):
        low, high = _reach(axis)
        pad = 0.03 * (high - low)
        set_limits(low - pad, high + pad)
    left, right = _edges(one.box[0], across, axes.get_xlim())
    for start, stop in zip(left, right, strict=True):
        if up is None:
            at = found.failure.value * factor_of_scale(found.failure.outcome)
            axes.axhline(at, color=MUTED, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1)
            axes.axvspan(start, stop, facecolor="#F2E3DA", zorder=0)
            continue
        for bottom, head in zip(*_edges(one.box[1], up, axes.get_ylim()), strict=True):
            size = (stop - start, head - bottom)
            axes.add_patch(Rectangle((start, bottom), *size, facecolor="#F2E3DA", edgecolor=DARK, zorder=0))


def _edges(limit: Limit, axis: Axis, panel: tuple[float, float]) -> tuple[list[float], list[float]]:
    """Where the box begins and ends along an axis; of a factor without order once a level."""
    if limit.places is not None:
        return [place - 0.45 for place in sorted(limit.places)], [place + 0.45 for place in sorted(limit.places)]
    beside = 0.45 if axis.levels or axis.factor.whole else 0.0
    low = panel[0] if isinf(limit.low) else limit.low - beside
    return [low], [panel[1] if isinf(limit.high) else limit.high + beside]


def _reach(axis: Axis) -> tuple[float, float]:
    low, high = axis.ends
    return (low - 0.5, high + 0.5) if axis.levels or axis.factor.whole else (low, high)


def _spread(axis: Axis, luck: np.random.Generator) -> Values:
    if not axis.levels and not axis.factor.whole:
        return axis.along
    moved: Values = axis.along + luck.uniform(-SPREAD, SPREAD, len(axis.along))
    return moved


def _ticks(axes: Axes, axis: Axis, which: str) -> None:
    chosen = axes.set_xticks if which == "x" else axes.set_yticks
    if axis.levels:
        step = -(-len(axis.levels) // 8)
        places = range(0, len(axis.levels), step)
        chosen(list(places), [legible(word(axis.levels[place]), f"level {place + 1}") for place in places])
        return
    ticks = round_ticks(*axis.ends, 6)
    chosen(ticks, tick_texts(ticks))


def _axis_words(axis: Axis) -> Sequence[str]:
    words = factor_words(axis.factor)
    return wrapped(
        f"{words}, {factor_name(axis.factor)}" if words else factor_name(axis.factor), WIDTH - LEFT - 20, SMALL
    )


def _keys(*axes: Axis | None) -> set[str]:
    return {axis.factor.key for axis in axes if axis is not None}


def _write_key(page: Page, top: float, many: str) -> None:
    left = MARGIN
    for filled, words in ((True, f"{many} that fail"), (False, f"{many} that do not")):
        colour = FAILS if filled else HOLDS
        page.sheet.plot(
            [left + 4], [top + 4], marker="o", markersize=4, linestyle="none", color=colour,
            markerfacecolor=colour if filled else "none",
        )  # fmt: skip
        page.write(left + 12, top + 4, [words], middle=True)
        left += 120


def _caption(found: Discovery, one: Region) -> list[str]:
    many = points_word(found)
    held = one.found
    said = [
        f"In the region {held.density.count:,} of {held.density.of:,} {many} fail, "
        f"elsewhere {held.elsewhere.count:,} of {held.elsewhere.of:,}."
    ]
    if len(one.box) > 2:
        said.append(f"Faint: {many} that other limits put outside the region.")
    if one.fresh is not None:
        fresh = one.fresh
        said.append(f"On fresh {many} {fresh.density.count:,} of {fresh.density.of:,} there fail.")
    if any(axis.levels or axis.factor.whole for axis in found.axes if axis.factor.key in [x.key for x in one.box[:2]]):
        said.append("Points of one level are spread a little, so that they can be seen.")
    return said
