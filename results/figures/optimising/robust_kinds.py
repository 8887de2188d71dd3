"""Kinds of plans in the figures of a robust search: a colour, a mark and a line for each, so that no colour decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from results.figures.kit.fonts import shortened
from results.figures.kit.page import MARGIN, Page
from results.figures.kit.style import COLOURS, DARK, DASHES, OTHER, SMALL, WIDTH
from results.optimising.kind_words import kind_words
from results.optimising.kinds import Kind
from results.robust_search.final import RobustOptimum

MARKS = ("o", "^", "v", "P", "X", "h")
MOST = len(MARKS)
ROW = 15.0


@dataclass(frozen=True)
class KindSigns:
    """How kinds are drawn.

    Attributes:
        kinds: that have a sign of their own, that of the most robust plan first.
        more: whether there are others, which share one.
    """

    kinds: tuple[Kind, ...]
    more: bool

    def of(self, kind: Kind) -> dict[str, Any]:
        """Colour and mark of a kind."""
        if kind not in self.kinds:
            return {"color": OTHER, "marker": "."}
        place = self.kinds.index(kind)
        return {"color": COLOURS[1 + place % (len(COLOURS) - 1)], "marker": MARKS[place]}

    def dash(self, kind: Kind) -> Any:
        """Line of a kind."""
        return DASHES[self.kinds.index(kind) % len(DASHES)] if kind in self.kinds else "solid"


def signs_of(found: RobustOptimum) -> KindSigns:
    """Signs for the kinds of the final, in the order of their best plans."""
    kinds = list(dict.fromkeys(one.kind for one in found.shown))
    every = {found.kinds.of(one.values) for one in found.searched.plans}
    return KindSigns(tuple(kinds[:MOST]), bool(every - set(kinds[:MOST])))


def key_height(signs: KindSigns, extra: Sequence[str]) -> float:
    """Room of the key (points)."""
    return ROW * (len(signs.kinds) + int(signs.more) + len(extra))


def write_key(page: Page, top: float, found: RobustOptimum, signs: KindSigns, extra: Sequence[tuple[str, str]]) -> None:
    """A row for each kind, then further marks with their words."""
    row = 0
    for kind in signs.kinds:
        _sign(page, top + ROW * (row + 0.5), **signs.of(kind), linestyle=signs.dash(kind))
        _words(page, top + ROW * (row + 0.5), kind_words(found.kinds, kind))
        row += 1
    if signs.more:
        _sign(page, top + ROW * (row + 0.5), color=OTHER, marker=".", linestyle="solid")
        _words(page, top + ROW * (row + 0.5), "other kinds")
        row += 1
    for mark, words in extra:
        page.sheet.plot([MARGIN + 13], [top + ROW * (row + 0.5)], mark, color=DARK, markersize=6, fillstyle="none")
        _words(page, top + ROW * (row + 0.5), words)
        row += 1


def _sign(page: Page, height: float, *, color: str, marker: str, linestyle: Any) -> None:
    page.sheet.plot([MARGIN, MARGIN + 26], [height] * 2, color=color, linestyle=linestyle, linewidth=1.5)
    page.sheet.plot([MARGIN + 13], [height], marker, color=color, markersize=5.5)


def _words(page: Page, height: float, words: str) -> None:
    page.write(MARGIN + 34, height, shortened(words, WIDTH - MARGIN - 50, SMALL, 1), middle=True)
