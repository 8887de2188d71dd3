"""Main effects: a small panel for each factor, the outcome over its values, all on one scale."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.estimates.main_effects import MainEffect, is_uneven
from results.estimates.response import Response
from results.figures.kit.axis_names import NameBand, name_band, write_names, write_up
from results.figures.kit.axis_ticks import fitting_ticks, round_ticks, tick_texts
from results.figures.kit.factor_labels import key_lines
from results.figures.kit.fonts import width, wrapped
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.response_labels import (
    design_sentence,
    has_values,
    outcome_title,
    outcome_words,
    part_names,
    shown_effects,
    texts_of,
)
from results.figures.kit.style import BODY, COLOURS, SMALL, TALLEST, WIDTH, house_style
from results.sweeping.effect_words import gaps
from results.words.numbers import factor_words

GUTTER, OVER = 18.0, 6.0
"""Room between panels, and how much of it words may take (points)."""
LINE = COLOURS[2]
DEEP, PALE = "#7FB8D8", "#D9EAF4"
"""The two bands: the line's colour on white, opaque, so that overlaid bands stay as they are."""
TICK_ROOM = SMALL * LEADING + 5


def main_effect_figures(response: Response) -> list[Figure]:
    """The outcome over each factor's values, with the interval of its mean and the spread of points; several to a row.

    Args:
        response: an outcome over a design of any kind; none is drawn if no point has a value.
    """
    if not has_values(response):
        return []
    with house_style(texts_of(response.design)):
        effects = [effect for effect in shown_effects(response) if np.isfinite(effect.mean).any()]
        if not effects:
            return []
        columns = 2 if len(effects) in (2, 4) else min(3, len(effects))
        frame = _Frame(response, effects, columns)
        rows = [effects[start : start + columns] for start in range(0, len(effects), columns)]
        title, caption = (
            f"{outcome_title(response.outcome)}, factor by factor",
            caption_lines(_caption(response, effects, frame)),
        )
        fixed = head_height(title) + caption_height(caption)
        pages: list[list[list[MainEffect]]] = [[]]
        for row in rows:
            if pages[-1] and fixed + sum(frame.row_height(one) for one in [*pages[-1], row]) > TALLEST:
                pages.append([])
            pages[-1].append(row)
        return [_draw_page(frame, page, title, caption) for page in pages]


class _Frame:
    """What all panels share: their size and the axis of the outcome."""

    def __init__(self, response: Response, effects: Sequence[MainEffect], columns: int) -> None:
        self.outcome = response.outcome
        self.height = {1: 190.0, 2: 140.0, 3: 105.0}[columns]
        ends = [(one.mean, one.low, one.high, one.bottom, one.top) for one in effects]
        values = np.concatenate([series for one in ends for series in one])
        values = values[np.isfinite(values)]
        pad = 0.06 * float(np.ptp(values)) or 0.1 * abs(float(values[0])) or 1.0
        self.low, self.high = float(values.min()) - pad, float(values.max()) + pad
        self.ticks = round_ticks(self.low, self.high, 5 if columns == 3 else 6)
        self.texts = tick_texts(self.ticks)
        self.label = wrapped(outcome_words(self.outcome), self.height + 20, SMALL)
        self.tick_room = max(width(text, SMALL) for text in self.texts) + 7
        self.left = MARGIN + len(self.label) * SMALL * LEADING + 3 + self.tick_room
        self.width = (WIDTH - MARGIN - self.left - GUTTER * (columns - 1)) / columns

    def names(self, effect: MainEffect) -> NameBand | None:
        """The names below a panel; None where there are numbers."""
        return None if effect.parts.is_numeric else name_band(part_names(effect.parts), self.width / len(effect.parts))

    def key(self, effect: MainEffect) -> list[str]:
        """The factor's key, above its panel."""
        return key_lines(effect.parts.factor, self.width + OVER, BODY)

    def above(self, row: Sequence[MainEffect]) -> float:
        """Room of the keys above the panels of a row (points)."""
        return max(len(self.key(effect)) for effect in row) * BODY * LEADING + 3

    def words(self, effect: MainEffect) -> list[str]:
        """The factor in words, below its panel."""
        words = factor_words(effect.parts.factor)
        return wrapped(words, self.width + OVER, SMALL) if words else []

    def under(self, effect: MainEffect) -> float:
        """Room of values or names right below a panel (points)."""
        return band.height + 3 if (band := self.names(effect)) else TICK_ROOM

    def row_height(self, row: Sequence[MainEffect]) -> float:
        """Room of a row: names above, panels, values, words (points)."""
        below = max(self.under(effect) + len(self.words(effect)) * SMALL * LEADING for effect in row)
        return self.above(row) + self.height + below + 12


def _draw_page(frame: _Frame, rows: Sequence[Sequence[MainEffect]], title: str, caption: Sequence[str]) -> Figure:
    page = Page(head_height(title) + sum(frame.row_height(row) for row in rows) + caption_height(caption))
    page.head(title, caption)
    top = head_height(title)
    for row in rows:
        panel = top + frame.above(row)
        write_up(page, MARGIN, panel + frame.height / 2, frame.label)
        for column, effect in enumerate(row):
            left = frame.left + column * (frame.width + GUTTER)
            name = frame.key(effect)
            page.write(left, panel - 3 - len(name) * BODY * LEADING, name, BODY, weight="bold")
            axes = page.axes(left, panel, frame.width, frame.height, effect.parts.factor.key)
            _draw_panel(axes, frame, effect, first=column == 0)
            under = panel + frame.height
            if band := frame.names(effect):
                step = frame.width / len(effect.parts)
                write_names(page, [left + (n + 0.5) * step for n in range(len(effect.parts))], under + 3, band)
            page.write(left, under + frame.under(effect), frame.words(effect))
        top += frame.row_height(row)
    return page.figure


def _draw_panel(axes: Axes, frame: _Frame, effect: MainEffect, *, first: bool) -> None:
    axes.set(ylim=(frame.low, frame.high))
    axes.set_yticks(frame.ticks, frame.texts if first else [""] * len(frame.ticks))
    axes.grid(axis="y", color="#E8E8E8", linewidth=0.6)
    axes.set_axisbelow(True)
    at = effect.parts.at
    if effect.parts.is_numeric:
        pad = 0.04 * float(np.ptp(at)) or 0.5
        axes.set(xlim=(at.min() - pad, at.max() + pad))
        ticks, texts = fitting_ticks(float(at.min() - pad), float(at.max() + pad), frame.width)
        axes.set_xticks(ticks, texts)
        _draw_bands(axes, effect)
        axes.plot(
            at, effect.mean, "o-", color=LINE, linewidth=1.5, markersize=3.4, zorder=4, label="mean", clip_on=False
        )
        return
    axes.set(xlim=(-0.5, len(at) - 0.5), xticks=[])
    wide = min(9.0, 0.5 * frame.width / len(at))
    for ends, colour, thick in (
        ((effect.bottom, effect.top), PALE, wide),
        ((effect.low, effect.high), DEEP, 0.55 * wide),
    ):
        axes.vlines(at, *ends, color=colour, linewidth=thick, label="band")
    for edge in (effect.bottom, effect.top):
        axes.plot(at, edge, "_", color=LINE, markersize=wide, markeredgewidth=0.6, zorder=3, label="edge")
    axes.plot(at, effect.mean, "o", color=LINE, markersize=4.2, zorder=4, label="mean", clip_on=False)


def _draw_bands(axes: Axes, effect: MainEffect) -> None:
    at = effect.parts.at
    for low, high, colour, order in ((effect.bottom, effect.top, PALE, 1.2), (effect.low, effect.high, DEEP, 1.4)):
        axes.fill_between(at, low, high, color=colour, linewidth=0, zorder=order, label="band")
        # Edged, since with few points the interval is wider than their spread and would hide it.
        if colour == PALE:
            axes.plot(at, np.transpose([low, high]), color=LINE, linewidth=0.4, zorder=1.6, label="edge")
        # A band of one part alone has no width to fill.
        known = np.isfinite(low)
        alone = known & ~np.append(known[1:], False) & ~np.append(False, known[:-1])
        axes.vlines(at[alone], low[alone], high[alone], color=colour, linewidth=3, zorder=order)


def _caption(response: Response, effects: Sequence[MainEffect], frame: _Frame) -> list[str]:
    binned = [effect.parts for effect in effects if effect.parts.binned]
    levels = len(binned) < len(effects)
    each = [len(response.design) / len(parts) for parts in binned]
    bins = f"in bins along the factor, of about {min(each):.0f} points each" if binned else ""
    over = "over all points " + ("at a value" + (f" or {bins}" if binned else "") if levels else bins)
    others = ", whatever the other factors are" if len(effects) > 1 else ""
    what = (
        f"the outcome {over.removeprefix('over all points ')}" if is_uneven(response.design) else f"mean {over}{others}"
    )
    said = [design_sentence(response), f"Dots: {what}."]
    said += gaps(response, shown_effects(response))
    every = max(band.every if (band := frame.names(effect)) else 1 for effect in effects)
    if every > 1:
        said.append(f"Where names are too many, one in {every} is written.")
    if all(effect.over_replicates for effect in effects):
        said.append(
            "Band: 95 % interval of the mean over replicates."
            if response.replicates > 1
            else "One replicate of one point: without more, nothing is known of the spread."
        )
        return said
    if not any(np.isfinite(effect.bottom).any() for effect in effects):
        said.append("Band: 95 % interval; the luck of the replicates, which all points share, is not in it.")
        return said
    said.append(
        "Dark band: 95 % interval of that mean, from the spread between points; the luck of the replicates, which all "
        "points share, is not in it. Light band, edged: the middle 90 % of points."
    )
    return said
