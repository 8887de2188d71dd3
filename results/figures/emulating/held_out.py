"""Held-out points: what an emulator predicted that had not seen them, against what was simulated."""

import numpy as np
from matplotlib.figure import Figure

from results.emulating.trained import Trained
from results.emulating.words import miss
from results.figures.kit.axis_ticks import fitting_ticks
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.response_labels import factor_of_scale, outcome_title
from results.figures.kit.style import COLOURS, MUTED, SMALL, house_style

SIDE, ROOM = 300.0, 56.0
MOST_DRAWN = 2000


def held_out_figures(one: Trained) -> list[Figure]:
    """Predicted against simulated, with 90 % intervals; nothing where there is no emulator."""
    if one.checked is None:
        return []
    checked, scale = one.checked, factor_of_scale(one.outcome)
    shown = slice(None, None, max(1, -(-len(checked.simulated) // MOST_DRAWN)))
    simulated, predicted = checked.simulated[shown] * scale, checked.predicted[shown] * scale
    half = (checked.high - checked.low)[shown] * scale / 2
    with house_style([one.of]):
        of = f", {one.of}" if one.of else ""
        title = f"{outcome_title(one.outcome)}{of}: predicted without seeing the point, and simulated"
        luck = checked.missed_by_luck
        alone = "" if luck is None else f"; luck alone would make it {miss(one, luck)}"
        caption = caption_lines(
            [
                f"{len(checked.simulated):,} points, a tenth held out at a time, and 90 % intervals, which hold "
                f"{100 * checked.covered:.0f} %. They are missed by {miss(one, checked.missed)} (root mean "
                f"square){alone}.",
                "A perfect emulator of very many networks has its dots on the line.",
            ]
        )
        top = head_height(title)
        page = Page(top + SIDE + 3 * SMALL * LEADING + caption_height(caption))
        page.head(title, caption)
        axes = page.axes(MARGIN + ROOM, top, SIDE, SIDE, "held-out")
        low, high = (
            float(min(simulated.min(), (predicted - half).min())),
            float(max(simulated.max(), (predicted + half).max())),
        )
        pad = 0.02 * (high - low)
        low, high = low - pad, high + pad
        axes.set(xlim=(low, high), ylim=(low, high))
        axes.plot([low, high], [low, high], color=MUTED, linewidth=0.9, zorder=1, label="line")
        axes.vlines(simulated, predicted - half, predicted + half, color=COLOURS[6], linewidth=0.7, zorder=2)
        inside = np.abs(simulated - predicted) <= half
        for colour, which in ((COLOURS[2], inside), (COLOURS[1], ~inside)):
            axes.plot(simulated[which], predicted[which], ".", color=colour, markersize=4, zorder=3)
        axes.set_xticks(*fitting_ticks(low, high, SIDE))
        axes.set_yticks(*fitting_ticks(low, high, SIDE))
        page.write(MARGIN + ROOM + SIDE / 2, top + SIDE + SMALL * LEADING + 6, ["simulated"], ha="center")
        axes.set_ylabel("predicted")
        return [page.figure]
