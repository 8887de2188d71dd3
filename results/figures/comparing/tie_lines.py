"""Ties and members as they are drawn: what width, darkness, colour and shape stand for."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from results.figures.kit.key import Key
from results.figures.kit.style import DARK, SMALL
from simulation.snapshot import Snapshot, SnapshotTie

MOST_TIES = 600
"""Ties without a collaboration that are drawn; beyond them a picture turns grey and its file large."""
FULL = 8.0
"""Diameter of a member (points) below which its collaborations are drawn thinner too."""
GRANT = "#F0E442"
"""The light core of a funded collaboration."""
WORKING, FUNDED, CORE = 2.0, 3.8, 1.8
"""Widths of a collaboration, a funded one, and the latter's core (points)."""


def draw_ties(axes: Axes, snapshot: Snapshot, spots: NDArray[np.float64], size: float) -> None:
    """Ties in grey, wider and darker with trust; collaborations in black; funded ones with a light core."""
    idle = sorted((tie for tie in snapshot.ties if not tie.collaborating), key=lambda tie: tie.trust)[-MOST_TIES:]
    working = [tie for tie in snapshot.ties if tie.collaborating]
    funded = [tie for tie in working if tie.funded]
    scale = min(1.0, max(0.2, size / FULL))
    trust = np.array([tie.trust for tie in idle])
    colours = np.column_stack([np.full((len(idle), 3), 0.35), 0.06 + 0.5 * trust**1.5]) if idle else np.zeros((0, 4))
    _draw(axes, idle, spots, (0.3 + 1.1 * trust).tolist(), colours, "tie", 1.0)
    _draw(axes, working, spots, scale * WORKING, DARK, "collaboration", 2.0)
    _draw(axes, funded, spots, scale * FUNDED, DARK, "funded", 2.1)
    _draw(axes, funded, spots, scale * CORE, GRANT, "funded", 2.2)


def _draw(
    axes: Axes,
    ties: list[SnapshotTie],
    spots: NDArray[np.float64],
    widths: float | list[float],
    colours: str | NDArray[np.float64],
    called: str,
    order: float,
) -> None:
    if ties:
        lines = [(tuple(spots[tie.one]), tuple(spots[tie.other])) for tie in ties]
        axes.add_collection(
            LineCollection(lines, linewidths=widths, colors=colours, zorder=order, label=called), autolim=False
        )


def marker_size(members: int, side: float, *, numbered: bool) -> float:
    """Diameter of a member so that neighbours do not cover each other (points)."""
    apart = 0.75 / np.sqrt(max(members, 1)) * side / 1.14
    return float(np.clip(0.55 * apart, 2.2, 14.0 if numbered else 8.5))


def draw_members(
    axes: Axes, snapshot: Snapshot, spots: NDArray[np.float64], key: Key, size: float, *, numbered: bool
) -> None:
    """Members as signs: colour for the main topic, shape for the region, hollow once they have left."""
    outline = 0.7 if size > 4 else 0.4
    for number, member in enumerate(snapshot.members):
        colour = key.colour(member.topic)
        # Hollow in the topic's colour, with a dark rim, since a yellow ring alone is lost on white.
        signs: dict[str, Any] = (
            {"markerfacecolor": colour, "markeredgecolor": DARK, "markeredgewidth": outline, "label": "member"}
            if member.present
            else {
                "markerfacecolor": "white",
                "markeredgecolor": colour,
                "markeredgewidth": 2 * outline,
                "path_effects": [withStroke(linewidth=3.6 * outline, foreground=DARK)],
                "label": "left",
            }
        )
        x, y = spots[number]
        axes.plot(x, y, key.shape(member.region), markersize=size, clip_on=False, zorder=3, **signs)
        if numbered:
            halo = [withStroke(linewidth=2.2, foreground="white")]
            axes.text(x, y, str(number + 1), size=SMALL, ha="center", va="center", zorder=4, path_effects=halo)
