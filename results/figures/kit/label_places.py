"""Where names stand beside their points, so that none covers another or a point."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from results.figures.kit.fonts import width
from results.figures.kit.style import SMALL

LINE = SMALL * 1.25
SIGN = 5.0
"""Half the side of a point's square (points)."""
ANGLES = tuple(pi / 8 * k for k in (2, 14, 6, 10, 4, 12, 3, 13, 5, 11, 0, 8, 1, 15, 7, 9))
"""Aslant first: a name right beside its point would stand on the line of its interval."""
DISTANCES = (8.0, 11.0, 16.0, 24.0, 34.0, 46.0, 60.0, 76.0, 96.0, 120.0, 150.0, 190.0)
NEAR = 12.0
"""Distance up to which a label needs no line to its point."""

Spot = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """Where a label stands, in points from the lower left corner of the panel.

    Attributes:
        lines: its lines of text.
        spot: the point it belongs to, the first of those that share it.
        box: left, lower, right and upper edge.
        leads: whether a line leads from the label to the point.
    """

    lines: tuple[str, ...]
    spot: Spot
    box: Box
    leads: bool = False

    @property
    def nearest(self) -> Spot:
        """The spot of the label's edge that is nearest to its point."""
        left, bottom, right, top = self.box
        return min(max(self.spot[0], left), right), min(max(self.spot[1], bottom), top)


def clusters(spots: Sequence[Spot], apart: float) -> list[list[int]]:
    """Points that stand too close to each other for labels of their own, by number; most stand alone."""
    found: list[list[int]] = []
    for number, (x, y) in enumerate(spots):
        for cluster in found:
            first = spots[cluster[0]]
            if hypot(x - first[0], y - first[1]) < apart:
                cluster.append(number)
                break
        else:
            found.append([number])
    return found


def label_places(
    spots: Sequence[Spot], labels: Sequence[tuple[Spot, tuple[str, ...]]], wide: float, high: float
) -> list[Place] | None:
    """A free place for each label, as near to its point as can be, in the order given.

    Args:
        spots: all points, in points from the lower left corner.
        labels: the point that each belongs to, and its lines.
        wide: width of the panel.
        high: its height.

    Returns:
        The places; None where a label finds none.
    """
    signs: list[Box] = [(x - SIGN, y - SIGN, x + SIGN, y + SIGN) for x, y in spots]
    places: list[Place] = []
    for spot, lines in labels:
        place = _place(spot, lines, signs, places, wide, high)
        if place is None:
            return None
        places.append(place)
    return places


def _place(
    spot: Spot, lines: tuple[str, ...], signs: Sequence[Box], places: Sequence[Place], wide: float, high: float
) -> Place | None:
    across, up = max(width(line, SMALL) for line in lines), len(lines) * LINE
    for distance in DISTANCES:
        for angle in ANGLES:
            x, y = spot[0] + distance * cos(angle), spot[1] + distance * sin(angle)
            left = min(max(x - across * (1 - cos(angle)) / 2, 2.0), wide - across)
            bottom = min(max(y - up * (1 - sin(angle)) / 2, 2.0), high - up)
            box = (left, bottom, left + across, bottom + up)
            if any(_meet(box, other) for other in signs) or any(_meet(box, other.box) for other in places):
                continue
            place = Place(lines, spot, box)
            place = Place(lines, spot, box, hypot(place.nearest[0] - spot[0], place.nearest[1] - spot[1]) > NEAR)
            if not any(_crosses(place, other.box) or _crosses(other, box) for other in places):
                return place
    return None


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] + 2 and other[0] < one[2] + 2 and one[1] < other[3] and other[1] < one[3]


def _crosses(place: Place, box: Box) -> bool:
    """Whether the line from a label to its point runs through another label."""
    if not place.leads:
        return False
    (x, y), (u, v) = place.spot, place.nearest
    steps = [(x + (u - x) * k / 20, y + (v - y) * k / 20) for k in range(21)]
    return any(box[0] <= a <= box[2] and box[1] <= b <= box[3] for a, b in steps)
