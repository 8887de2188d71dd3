"""The pictures of the commands, as SVG and PNG, the same bytes whenever drawn again.

Reads the nouns of `simulation` (Ensemble, Snapshot), paired differences, responses and their analyses; computes no
outcome. `draw_...` write files; the `..._figure(s)` functions give matplotlib Figures to notebooks. pyplot is never
imported, so a notebook keeps its own backend and settings. The one place that knows matplotlib: a folder per question,
and `kit` with what all share.
"""

from results.figures.apportioning.portfolio import draw_portfolio
from results.figures.calibrating.draw import draw_calibration, draw_recovery
from results.figures.checking.draw import draw_check
from results.figures.checking.survey_fit import draw_fit
from results.figures.comparing.courses import collaboration_rate_figure
from results.figures.comparing.draw import draw_bought, draw_comparison, draw_run
from results.figures.comparing.forest import difference_figures
from results.figures.comparing.forest_cells import PairedDifference
from results.figures.comparing.portrait import network_figures
from results.figures.deciding.futures import draw_futures, futures_figures
from results.figures.describing.draw import described_network_figures, draw_description
from results.figures.discovering.discovery import discovery_figures, draw_discovery
from results.figures.emulating.draw import draw_emulated
from results.figures.exiting.exits import draw_exits
from results.figures.explaining.explanation import draw_explanation, explanation_figure
from results.figures.members.draw import draw_members
from results.figures.optimising.optimum import draw_optimum
from results.figures.optimising.robust_mean import draw_robust
from results.figures.sweeping.draw import draw_given, draw_sensitivity, draw_sweep
from results.figures.sweeping.effects import main_effect_figures
from results.figures.sweeping.elementary_effects import MorrisAnalysis, morris_figures
from results.figures.sweeping.heat_map import heat_map_figures
from results.figures.sweeping.parallel import parallel_figures
from results.figures.sweeping.sobol_bars import SobolAnalysis, sobol_figures
from results.figures.sweeping.tornado import tornado_figures
from results.figures.tracking.fans import draw_track, fan_figure

__all__ = [
    "MorrisAnalysis",
    "PairedDifference",
    "SobolAnalysis",
    "collaboration_rate_figure",
    "described_network_figures",
    "difference_figures",
    "discovery_figures",
    "draw_bought",
    "draw_calibration",
    "draw_check",
    "draw_comparison",
    "draw_description",
    "draw_discovery",
    "draw_emulated",
    "draw_exits",
    "draw_explanation",
    "draw_fit",
    "draw_futures",
    "draw_given",
    "draw_members",
    "draw_optimum",
    "draw_portfolio",
    "draw_recovery",
    "draw_robust",
    "draw_run",
    "draw_sensitivity",
    "draw_sweep",
    "draw_track",
    "explanation_figure",
    "fan_figure",
    "futures_figures",
    "heat_map_figures",
    "main_effect_figures",
    "morris_figures",
    "network_figures",
    "parallel_figures",
    "sobol_figures",
    "tornado_figures",
]
