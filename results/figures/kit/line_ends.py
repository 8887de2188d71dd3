"""Names at the ends of lines, moved apart where they would overlap, and led back to their line."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from results.figures.kit.fonts import shortened
from results.figures.kit.page import LEADING, Page
from results.figures.kit.style import FAINT, SMALL, WIDTH, stroke

LABELS = 142.0
"""Room right of a panel for the names (points)."""
ELBOW, SAMPLE, GAP = 16.0, 20.0, 4.0
PAD = 3.0


def label_lines(names: Sequence[str]) -> dict[str, list[str]]:
    """Each name in the lines that it takes right of a panel: two where there are few names, else one."""
    room = LABELS - ELBOW - SAMPLE - GAP - 6
    most = 2 if len(names) <= 8 else 1
    return {name: shortened(name, room, SMALL, most, _weight(i, len(names))) for i, name in enumerate(names)}


def _weight(position: int, names: int) -> str:
    """The baseline stands out where it is one of many."""
    return "bold" if position == 0 and names > 1 else "normal"


def label_heights(lines: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Room of each label (points)."""
    return {name: len(written) * SMALL * LEADING + PAD for name, written in lines.items()}


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres as near as can be to the wanted ones, in their order, without overlap, inside low to high.

    Neighbours that would overlap become a block, placed at the mean of what its parts want; blocks that overlap join
    (pool adjacent violators). Wanted places that are equal keep their order. Where all of it needs more room than there
    is, it starts at `low`.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    blocks: list[tuple[list[int], float]] = []  # members in order; the block's upper end
    for i in order:
        members, start = [i], wanted[i] - sizes[i] / 2
        while True:
            span = sum(sizes[j] for j in members)
            start = max(low, min(start, high - span))
            if not blocks or blocks[-1][1] + sum(sizes[j] for j in blocks[-1][0]) <= start + 1e-9:
                break
            members = blocks.pop()[0] + members
            offsets = np.cumsum([0.0, *(sizes[j] for j in members)])
            start = float(np.mean([wanted[j] - sizes[j] / 2 - offsets[k] for k, j in enumerate(members)]))
        blocks.append((members, start))
    centres = [0.0] * len(wanted)
    for members, start in blocks:
        for j in members:
            centres[j] = start + sizes[j] / 2
            start += sizes[j]
    return centres


def label_ends(page: Page, panel: Axes, top: float, height: float, ends: Mapping[str, tuple[float, float]]) -> None:
    """Write each line's name right of the panel.

    Args:
        page: where to write.
        panel: the panel with the lines.
        top: of the panel, on the page (points).
        height: of the panel (points).
        ends: name -> (month, value) of the last point of its line, nan where it has none; the baseline first.
    """
    lines = label_lines(list(ends))
    heights = label_heights(lines)
    (_, right), (bottom, ceiling) = panel.get_xlim(), panel.get_ylim()
    wanted = {
        name: top + height * (1 - (value - bottom) / (ceiling - bottom)) if np.isfinite(value) else top + height
        for name, (_, value) in ends.items()
    }
    # Equal ends stand in the order given: the baseline on top.
    centres = spread(list(wanted.values()), [heights[name] for name in ends], top - PAD, top + height + PAD)
    edge = WIDTH - LABELS
    for position, (name, (month, value)) in enumerate(ends.items()):
        style = stroke(position)
        x, y = edge + ELBOW, centres[position]
        if np.isfinite(value):
            if month < right - 1e-9:
                panel.plot([month, right], [value, value], color=FAINT, linewidth=0.6, zorder=1)
            page.sheet.plot([edge, x], [wanted[name], y], color=style["color"], linewidth=0.7)
        page.sheet.plot([x, x + SAMPLE], [y, y], solid_capstyle="butt", **style)  # type: ignore[arg-type]
        weight = _weight(position, len(ends))
        page.write(x + SAMPLE + GAP, y, lines[name], middle=True, weight=weight, label=f"end of {name}")
