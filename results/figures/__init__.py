"""The pictures of the commands, as SVG and PNG, the same bytes whenever drawn again.

Reads the nouns of `simulation` (Ensemble, Snapshot), the paired differences of `results.comparison`, responses and
their analyses; computes no outcome. `draw_...` write files; the `..._figure(s)` functions give matplotlib Figures to
notebooks. pyplot is never imported, so a notebook keeps its own backend and settings.
"""

from results.figures.checking import draw_calibration, draw_check, draw_recovery
from results.figures.courses import collaboration_rate_figure
from results.figures.discovery import discovery_figures, draw_discovery
from results.figures.drawing import draw_comparison, draw_run
from results.figures.effects import main_effect_figures
from results.figures.elementary import MorrisAnalysis, morris_figures
from results.figures.explain import draw_explanation, explanation_figure
from results.figures.fit import draw_fit
from results.figures.forest import difference_figures
from results.figures.forest_cells import PairedDifference
from results.figures.futures import draw_futures, futures_figures
from results.figures.heat_map import heat_map_figures
from results.figures.index_bars import SobolAnalysis, sobol_figures
from results.figures.optimum import draw_optimum
from results.figures.parallel import parallel_figures
from results.figures.portrait import network_figures
from results.figures.sweep import draw_sensitivity, draw_sweep
from results.figures.tornado import tornado_figures

__all__ = [
    "MorrisAnalysis",
    "PairedDifference",
    "SobolAnalysis",
    "collaboration_rate_figure",
    "difference_figures",
    "discovery_figures",
    "draw_calibration",
    "draw_check",
    "draw_comparison",
    "draw_discovery",
    "draw_explanation",
    "draw_fit",
    "draw_futures",
    "draw_optimum",
    "draw_recovery",
    "draw_run",
    "draw_sensitivity",
    "draw_sweep",
    "explanation_figure",
    "futures_figures",
    "heat_map_figures",
    "main_effect_figures",
    "morris_figures",
    "network_figures",
    "parallel_figures",
    "sobol_figures",
    "tornado_figures",
]
