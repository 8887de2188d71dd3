"""The texts that a picture shows: what they say, where they stand, and that none is cut off or hidden by another."""

from collections.abc import Iterator

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox


def _texts(artist: Artist) -> Iterator[Text]:
    """Texts in it, but for ticks of panels that show none: to ask for those would make them, at some cost."""
    for child in artist.get_children():
        if isinstance(child, Axis) and not child.axes.axison:
            continue
        yield from _texts(child)
        if isinstance(child, Text) and child.get_visible() and child.get_text().strip():
            yield child


def said(figure: Figure) -> str:
    """All text that is seen, lines joined by spaces. Nothing is measured or drawn for it."""
    return " ".join(text.get_text() for text in _texts(figure))


def words(figure: Figure) -> Iterator[tuple[Text, Bbox]]:
    """Every text that is seen, with its extent (pixels)."""
    FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    for text in _texts(figure):
        yield text, text.get_window_extent()


def assert_nothing_is_cut_off_or_overlaps(figure: Figure) -> None:
    found = list(words(figure))
    width, height = figure.canvas.get_width_height()
    for text, box in found:
        assert float(text.get_fontsize()) >= 8, text.get_text()
        inside = box.x0 >= -0.5 and box.y0 >= -0.5 and box.x1 <= width + 0.5 and box.y1 <= height + 0.5
        assert inside, f"'{text.get_text()}' reaches outside the picture: {box}"
    ends = np.array([box.extents for _, box in found]).reshape(-1, 2, 2)  # of each text: lower left, upper right
    shared = np.minimum(ends[:, None, 1], ends[None, :, 1]) - np.maximum(ends[:, None, 0], ends[None, :, 0])
    overlaps = np.argwhere(np.triu(shared.min(axis=2) >= 3, 1))
    assert not overlaps.size, [(found[one][0].get_text(), found[other][0].get_text()) for one, other in overlaps]
