"""A network with its names: points and ties placed by themselves, and as many names as there is room for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from results.figures.kit.fonts import legible, shortened
from results.figures.kit.label_places import Place, label_places
from results.figures.kit.page import Page
from results.figures.kit.spots import PULL, spots_of
from results.figures.kit.style import DARK, MUTED, SMALL

MOST_POINTS = 300
"""Points beyond which a drawing shows a cloud and no network."""
EDGE = 16.0
"""Room between the points and the frame (points)."""
_NAME = 105.0
_FEWER = 0.85


@dataclass(frozen=True)
class NamedPoint:
    """A point.

    Attributes:
        name: beside it.
        fill: its colour.
        shape: its sign.
        size: its diameter (points).
        weight: names of points with more of it are placed first, and stay where there is no room for all.
        bold: whether its name stands out.
    """

    name: str
    fill: str
    shape: str = "o"
    size: float = 8.0
    weight: float = 0.0
    bold: bool = False


@dataclass(frozen=True)
class DrawnTie:
    """A line between two points: its width (points), its colour, how dark it is (0 to 1), and how it pulls them."""

    one: int
    other: int
    width: float = 0.8
    colour: str = MUTED
    dark: float = 0.5
    pull: float = 1.0


def draw_named_network(
    page: Page, box: tuple[float, float, float, float], label: str, points: Sequence[NamedPoint],
    ties: Sequence[DrawnTie],
) -> int:  # fmt: skip
    """Draw it into a box of the page; how many points stay without their name.

    Args:
        page: to draw on.
        box: left, top, width and height (points).
        label: what the panel is called.
        points: all of them.
        ties: drawn in this order, the last on top.
    """
    left, top, wide, high = box
    axes = page.axes(left, top, wide, high, label)
    axes.set(xlim=(0, wide), ylim=(0, high), xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set(visible=True, color="#DDDDDD")
    spots = _spots(points, ties) * np.array([wide - 2 * EDGE, high - 2 * EDGE]) + EDGE
    if ties:
        lines = [(tuple(spots[tie.one]), tuple(spots[tie.other])) for tie in ties]
        axes.add_collection(
            LineCollection(
                lines, linewidths=[tie.width for tie in ties], colors=[tie.colour for tie in ties],
                alpha=[tie.dark for tie in ties], zorder=1, label="tie",
            ),
            autolim=False,
        )  # fmt: skip
    for point, (x, y) in zip(points, spots.tolist(), strict=True):
        axes.plot(
            x, y, point.shape, markersize=point.size, markerfacecolor=point.fill, markeredgecolor=DARK,
            markeredgewidth=0.7, zorder=3, label="member",
        )  # fmt: skip
    named = _labels(points, spots, wide, high)
    halo = [withStroke(linewidth=2.4, foreground="white")]
    for number, place in named.items():
        left_edge, bottom, _, upper = place.box
        if place.leads:
            axes.plot(
                [place.spot[0], place.nearest[0]], [place.spot[1], place.nearest[1]], color=MUTED, linewidth=0.5,
                zorder=2,
            )  # fmt: skip
        step = (upper - bottom) / len(place.lines)
        for line, words in enumerate(place.lines):
            axes.text(
                left_edge, upper - (line + 0.8) * step, words, size=SMALL, zorder=4, path_effects=halo,
                weight="bold" if points[number].bold else "normal",
            )  # fmt: skip
    return len(points) - len(named)


def _spots(points: Sequence[NamedPoint], ties: Sequence[DrawnTie]) -> NDArray[np.float64]:
    weights = np.full((len(points), len(points)), PULL)
    for tie in ties:
        weights[tie.one, tie.other] += tie.pull
        weights[tie.other, tie.one] += tie.pull
    return spots_of(weights)


def _labels(points: Sequence[NamedPoint], spots: NDArray[np.float64], wide: float, high: float) -> dict[int, Place]:
    """Places for the names of as many points as there is room for, by number of the point."""
    order = sorted(range(len(points)), key=lambda one: (-points[one].weight, one))
    at = [(float(x), float(y)) for x, y in spots]
    lines = {
        one: tuple(shortened(legible(points[one].name, f"member {one + 1}"), _NAME, SMALL, 2, "bold")) for one in order
    }
    while order:
        places = label_places(at, [(at[one], lines[one]) for one in order], wide, high)
        if places is not None:
            return dict(zip(order, places, strict=True))
        order = order[: int(len(order) * _FEWER)]
    return {}
