"""The figures of `check`, into a folder."""

from collections.abc import Sequence
from pathlib import Path

from results.checking.necessity import Necessity
from results.checking.verdicts import Verdict
from results.figures.checking.necessity import necessity_figures
from results.figures.checking.verdicts import verdict_figures
from results.figures.kit.page import save


def draw_check(verdicts: Sequence[Verdict], necessities: Sequence[Necessity], folder: Path) -> list[Path]:
    """Draw what came of a check, as SVG and PNG.

    Args:
        verdicts: on patterns, in the order of their studies.
        necessities: on assumptions; may be empty.
        folder: where the files go; made if need be.

    Returns:
        The files: `patterns` and `assumptions`, further pages with -2, -3 and so on.
    """
    return [
        *save(verdict_figures(verdicts), folder, "patterns"),
        *save(necessity_figures(necessities), folder, "assumptions"),
    ]
