"""A page on which everything is placed in points from the top left, and how it becomes files."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.figures.kit.fonts import wrapped
from results.figures.kit.style import BODY, HEAD, MUTED, SMALL, WIDTH, house_style

MARGIN = 8.0
LEADING = 1.25
"""Distance of lines of text over their size."""


class Page:
    """A figure of fixed width. `sheet` is an empty axes over all of it, in points, with y running down.

    Placing by measure rather than by an automatic layout: what fits is known before anything is drawn.
    """

    def __init__(self, height: float) -> None:
        self.height = height
        self.figure = Figure(figsize=(WIDTH / 72, height / 72), facecolor="white")
        self.sheet = self.figure.add_axes((0, 0, 1, 1), label="sheet", zorder=5)
        self.sheet.set(xlim=(0, WIDTH), ylim=(height, 0))
        self.sheet.set_axis_off()

    def axes(self, left: float, top: float, width: float, height: float, label: str) -> Axes:
        """A panel of that size (points)."""
        box = (left / WIDTH, 1 - (top + height) / self.height, width / WIDTH, height / self.height)
        return self.figure.add_axes(box, label=label)

    def write(
        self,
        left: float,
        top: float,
        lines: Sequence[str],
        size: float = SMALL,
        *,
        middle: bool = False,
        **more: object,
    ) -> None:
        """Lines of text, the first one's top at `top`; with `middle`, their middle.

        Each line is a text of its own, set by its baseline: matplotlib aligns tops by ink, so that words with and
        without descenders would dance.
        """
        first = top - (len(lines) * size * LEADING / 2 if middle else 0)
        for number, line in enumerate(lines):
            baseline = first + size * (1.02 + number * LEADING)
            self.sheet.text(left, baseline, line, size=size, va="baseline", **more)  # type: ignore[arg-type]

    def head(self, title: str, caption: Sequence[str]) -> None:
        """The title above and the caption below, as measured by `head_height` and `caption_height`."""
        self.write(MARGIN, MARGIN, title_lines(title), HEAD, weight="bold")
        top = self.height - MARGIN - len(caption) * SMALL * LEADING
        self.write(MARGIN, top, caption, color=MUTED)


def title_lines(title: str) -> list[str]:
    """The title, broken to the width of the page."""
    return wrapped(title, WIDTH - 2 * MARGIN, HEAD, "bold")


def head_height(title: str) -> float:
    """Room that a title takes, with the margin above and a gap below (points)."""
    return MARGIN + len(title_lines(title)) * HEAD * LEADING + BODY


def caption_lines(sentences: Sequence[str]) -> list[str]:
    """The caption, broken to the width of the page."""
    return wrapped(" ".join(sentence for sentence in sentences if sentence), WIDTH - 2 * MARGIN, SMALL)


def caption_height(lines: Sequence[str]) -> float:
    """Room that a caption takes, with a gap above and the margin below (points)."""
    return BODY + len(lines) * SMALL * LEADING + MARGIN


def save(figures: Sequence[Figure], folder: Path, name: str) -> list[Path]:
    """Write each page as SVG and PNG: `name.svg`, then `name-2.svg` and so on. The same bytes for the same picture."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, figure in enumerate(figures, start=1):
        stem = name if number == 1 else f"{name}-{number}"
        # Neither the time nor the version of what drew it: both would change the bytes without changing the picture.
        for ending, metadata in (("svg", {"Date": None, "Creator": "Legato"}), ("png", {"Software": None})):
            path = folder / f"{stem}.{ending}"
            with house_style():
                figure.savefig(path, format=ending, dpi=150, metadata=metadata)
            paths.append(path)
    return paths
