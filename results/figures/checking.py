"""From verdicts, posteriors and recoveries to files: which pictures `check` and `calibrate` have."""

from collections.abc import Sequence
from pathlib import Path

from results.figures.necessity import necessity_figures
from results.figures.page import save
from results.figures.posterior import Marginal, posterior_figures
from results.figures.posterior_pairs import pairs_figure
from results.figures.recovery import Recovery, recovery_figures
from results.figures.verdicts import verdict_figures
from results.necessity import Necessity
from results.verdicts import Verdict


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


def draw_calibration(marginals: Sequence[Marginal], folder: Path) -> list[Path]:
    """Draw what came of calibrating, as SVG and PNG.

    Args:
        marginals: of the same draws, that is, with equal weights in the same order.
        folder: where the files go; made if need be.

    Returns:
        The files: `posterior`, and with two parameters or more `posterior-pairs`; further pages with -2 and so on.

    Raises:
        ValueError: if the marginals are not of the same draws.
    """
    pairs = pairs_figure(marginals)
    return [
        *save(posterior_figures(marginals), folder, "posterior"),
        *save([] if pairs is None else [pairs], folder, "posterior-pairs"),
    ]


def draw_recovery(recovery: Recovery, folder: Path) -> list[Path]:
    """Draw whether known values are found again: `recovery` as SVG and PNG, further pages with -2 and so on.

    Args:
        recovery: of datasets that the model made.
        folder: where the files go; made if need be.
    """
    return save(recovery_figures(recovery), folder, "recovery")
