"""Which pictures an emulator has, and what they are called."""

import re
from pathlib import Path

from results.emulating.trained import Trained
from results.figures.emulating.held_out import held_out_figures
from results.figures.emulating.surface import surface_figures
from results.figures.kit.page import save


def draw_emulated(one: Trained, folder: Path) -> list[Path]:
    """Draw an emulator, as SVG and PNG.

    Returns:
        The files: `surface-<outcome>` and `held-out-<outcome>`, of a plan with its name at the end; none where there is
        no emulator.
    """
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", "-".join(filter(None, (one.outcome, one.of))))
    return [
        *save(surface_figures(one), folder, f"surface-{name}"),
        *save(held_out_figures(one), folder, f"held-out-{name}"),
    ]
