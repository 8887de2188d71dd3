"""The figures of `calibrate`, into a folder."""

from collections.abc import Sequence
from pathlib import Path

from results.figures.calibrating.posterior import Marginal, posterior_figures
from results.figures.calibrating.posterior_pairs import pairs_figure
from results.figures.calibrating.recovery import Recovery, recovery_figures
from results.figures.kit.page import save


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
