"""An emulator's response surface over the two strongest inputs: mean as colour, hatched where it is unsure."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from results.emulating.trained import Trained
from results.emulating.words import usual_word, value_word
from results.figures.kit.axis_names import write_up
from results.figures.kit.axis_ticks import fitting_ticks, round_ticks, tick_texts
from results.figures.kit.fonts import shortened, width, wrapped
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.response_labels import MORE, factor_name, factor_of_scale, outcome_title, outcome_words
from results.figures.kit.style import DARK, SMALL, WIDTH, house_style
from results.words.numbers import factor_words
from scenarios.designs.factors import Factor
from scenarios.files.listing import counted

Values = NDArray[np.float64]
HEIGHT, BAR, BAR_GAP = 280.0, 12.0, 16.0
UNSURE = 0.2
"""Width of a 90 % interval, as a share of what the points cover, beyond which a surface is hatched."""
MOST_OTHERS = 8
"""Inputs whose usual values are written."""


def surface_figures(one: Trained) -> list[Figure]:
    """The surface over the two strongest inputs; nothing with fewer, or where there is no emulator."""
    if one.checked is None or len(one.inputs) < 2:
        return []
    across, up = (one.inputs[place] for place in one.strongest[:2])
    with house_style([one.of, across.key, up.key, *(str(level) for level in (*across.levels, *up.levels))]):
        return [_draw(one, across, up)]


def _draw(one: Trained, across: Factor, up: Factor) -> Figure:
    assert one.checked is not None
    surface, scale = one.surface(), factor_of_scale(one.outcome)
    columns, rows = (np.unique(surface[name]) for name in ("across_value", "up_value"))
    mean, low, high = (surface[name].reshape(len(rows), len(columns)) * scale for name in ("predicted", "low", "high"))
    points = one.checked.simulated * scale
    ends = float(min(points.min(), mean.min())), float(max(points.max(), mean.max()))
    of = f", {one.of}" if one.of else ""
    title = f"{outcome_title(one.outcome)}{of}: emulated over {factor_name(across)} and {factor_name(up)}"
    caption = caption_lines(_caption(one, bool(((high - low) > UNSURE * np.ptp(points)).any())))
    bar_ticks = round_ticks(*ends, 6)
    bar_texts = tick_texts(bar_ticks)
    bar_label = wrapped(outcome_words(one.outcome), HEIGHT, SMALL)
    bar_room = BAR_GAP + BAR + max(width(text, SMALL) for text in bar_texts) + 9 + len(bar_label) * SMALL * LEADING
    beside, under = _names(up, rows), _names(across, columns)
    heading, words = [factor_name(up)], wrapped(factor_words(up), HEIGHT, SMALL) if factor_words(up) else []
    side = len([*heading, *words]) * SMALL * LEADING + 4
    left = MARGIN + side + (max(width(text, SMALL) for text in beside) if beside else 28) + 8
    wide = WIDTH - left - bar_room - MARGIN
    below = wrapped(factor_words(across), wide, SMALL) if factor_words(across) else []
    top = head_height(title)
    page = Page(top + HEIGHT + SMALL * LEADING * (2 + len(below)) + 8 + caption_height(caption))
    page.head(title, caption)
    axes = page.axes(left, top, wide, HEIGHT, "surface")
    _fill(axes, one, (across, up), (columns, rows), mean, (low, high), ends)
    _ticks(axes, (across, up), (columns, rows), wide)
    for number, name in enumerate(beside):
        place = top + HEIGHT * (1 - (number + 0.5) / len(beside))
        page.write(left - 6, place, [name], middle=True, ha="right")
    for number, name in enumerate(under):
        step = wide / len(under)
        page.write(left + (number + 0.5) * step, top + HEIGHT + 4, shortened(name, step, SMALL, 1), ha="center")
    write_up(page, MARGIN, top + HEIGHT / 2, heading, weight="bold")
    write_up(page, MARGIN + SMALL * LEADING, top + HEIGHT / 2, words)
    foot = top + HEIGHT + SMALL * LEADING + 6
    page.write(left + wide / 2, foot, [factor_name(across)], ha="center", weight="bold")
    page.write(left + wide / 2, foot + SMALL * LEADING, below, ha="center")
    bar = page.axes(left + wide + BAR_GAP, top, BAR, HEIGHT, "colours")
    shades = np.linspace(*ends, 129)
    bar.pcolormesh([0, 1], shades, (shades[:-1, None] + shades[1:, None]) / 2, cmap=MORE, edgecolors="face")
    bar.set(xticks=[], ylim=ends)
    bar.yaxis.tick_right()
    bar.set_yticks(bar_ticks, bar_texts)
    write_up(page, WIDTH - MARGIN - len(bar_label) * SMALL * LEADING, top + HEIGHT / 2, bar_label)
    return page.figure


def _names(factor: Factor, steps: Values) -> list[str]:
    """Names of levels; [] of numbers, which have ticks."""
    return [] if factor.is_numeric else [value_word(factor, value) for value in steps.tolist()]


def _edges(factor: Factor, steps: Values) -> Values:
    if not factor.is_numeric:
        return np.arange(len(steps) + 1, dtype=np.float64) - np.float64(0.5)
    middle = (steps[1:] + steps[:-1]) / 2
    if len(steps) == 1:
        return np.array([steps[0] - 0.5, steps[0] + 0.5])
    return np.array([steps[0], *middle, steps[-1]])


def _fill(
    axes: Axes, one: Trained, factors: tuple[Factor, Factor], steps: tuple[Values, Values], mean: Values,
    interval: tuple[Values, Values], ends: tuple[float, float],
) -> None:  # fmt: skip
    across, up = (_edges(factor, some) for factor, some in zip(factors, steps, strict=True))
    axes.set(xlim=(across[0], across[-1]), ylim=(up[0], up[-1]), xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set(visible=True)
    axes.pcolormesh(across, up, mean, cmap=MORE, norm=Normalize(*ends), edgecolors="face", linewidth=0.2, label="mean")
    assert one.checked is not None
    covered = float(np.ptp(one.checked.simulated)) * factor_of_scale(one.outcome)
    for row, column in zip(*np.nonzero(interval[1] - interval[0] > UNSURE * covered), strict=True):
        corner = (across[column], up[row])
        size = (across[column + 1] - across[column], up[row + 1] - up[row])
        axes.add_patch(Rectangle(corner, *size, fill=False, edgecolor=DARK, hatch="////", linewidth=0, label="unsure"))
    if all(factor.is_numeric for factor in factors) and min(map(len, steps)) > 2 and np.ptp(mean) > 0:
        lines = axes.contour(*steps, mean, colors="white", linewidths=0.8, levels=6)
        axes.clabel(lines, fontsize=SMALL - 1, fmt="%g")


def _ticks(axes: Axes, factors: tuple[Factor, Factor], steps: tuple[Values, Values], wide: float) -> None:
    (across, up), (columns, rows) = factors, steps
    if across.is_numeric and len(columns) > 1:
        axes.set_xticks(*fitting_ticks(float(columns[0]), float(columns[-1]), wide))
    if up.is_numeric and len(rows) > 1:
        axes.set_yticks(*fitting_ticks(float(rows[0]), float(rows[-1]), 2 * HEIGHT))


def _caption(one: Trained, is_hatched: bool) -> list[str]:
    assert one.checked is not None
    checked = one.checked
    others = one.strongest[2:]
    said = [
        f"{checked.emulator.kind} of {len(checked.simulated):,} points; it explains {100 * checked.explained:.0f} % of "
        "the variance of held-out points."
    ]
    if one.trust == "not":
        said.append("Do not trust it: it explains too little.")
    if others:
        held = ", ".join(f"{one.inputs[place].key} = {usual_word(one, place)}" for place in others[:MOST_OTHERS])
        more = len(others) - MOST_OTHERS
        rest = f", and {counted(more, 'further input')} at the usual value" if more > 0 else ""
        said.append(f"Held: {held}{rest}.")
    if is_hatched:
        said.append("Hatched: unsure, for the 90 % interval is wider than a fifth of what the points cover.")
    return said
