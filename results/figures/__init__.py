"""The pictures of `compare` and `run`, as SVG and PNG, the same bytes whenever they are drawn again.

Reads the nouns of `simulation` (Ensemble, Snapshot) and the paired differences of `results.comparison`; computes no
outcome. `draw_comparison` and `draw_run` write files; the `..._figure(s)` functions give matplotlib Figures to
notebooks. pyplot is never imported, so a notebook keeps its own backend and settings.
"""

from results.figures.courses import collaboration_rate_figure
from results.figures.drawing import draw_comparison, draw_run
from results.figures.forest import difference_figures
from results.figures.forest_cells import PairedDifference
from results.figures.portrait import network_figures

__all__ = [
    "PairedDifference",
    "collaboration_rate_figure",
    "difference_figures",
    "draw_comparison",
    "draw_run",
    "network_figures",
]
