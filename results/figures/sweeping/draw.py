"""From responses to files: which pictures a sweep and a sensitivity analysis have, and what they are called."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from matplotlib.figure import Figure

from results.estimates.response import Response
from results.figures.kit.page import save
from results.figures.sweeping.effects import main_effect_figures
from results.figures.sweeping.elementary_effects import MorrisAnalysis, morris_figures
from results.figures.sweeping.emulated_bars import emulated_figures
from results.figures.sweeping.given_bars import given_figures
from results.figures.sweeping.heat_map import heat_map_figures
from results.figures.sweeping.parallel import parallel_figures
from results.figures.sweeping.sobol_bars import SobolAnalysis, sobol_figures
from results.figures.sweeping.tornado import tornado_figures
from results.sweeping.given_analysis import GivenAnalysis

PICTURES: Mapping[str, Callable[[Response], list[Figure]]] = {
    "effects": main_effect_figures,
    "heat-map": heat_map_figures,
    "tornado": tornado_figures,
    "parallel": parallel_figures,
}


def draw_sweep(responses: Sequence[Response], folder: Path) -> list[Path]:
    """Draw what outcomes do over a design, as SVG and PNG.

    Args:
        responses: an outcome each.
        folder: where the files go; made if need be.

    Returns:
        The files of each outcome: `effects-<outcome>`; with two factors or more `heat-map-<outcome>` and
        `tornado-<outcome>`; with three or more `parallel-<outcome>`. Further pages with -2, -3 and so on. None for an
        outcome that has no value anywhere.
    """
    return [
        path
        for response in responses
        for name, figures in PICTURES.items()
        for path in save(figures(response), folder, _stem(name, response))
    ]


def draw_sensitivity(response: Response, analysis: SobolAnalysis | MorrisAnalysis, folder: Path) -> list[Path]:
    """Draw an analysis of an outcome, as SVG and PNG.

    Args:
        response: what was analysed.
        analysis: with `indices`, as of Sobol', or with `effects`, as of Morris.
        folder: where the files go; made if need be.

    Returns:
        The files: `sobol-<outcome>` or `morris-<outcome>`; none if nothing could be estimated.
    """
    if isinstance(analysis, SobolAnalysis):
        return save(sobol_figures(response, analysis), folder, _stem("sobol", response))
    return save(morris_figures(response, analysis), folder, _stem("morris", response))


def draw_given(one: GivenAnalysis, folder: Path) -> list[Path]:
    """Draw what the inputs of a finished run do, as SVG and PNG.

    Returns:
        The files: `given-<outcome>`, of a plan `given-<outcome>-<plan>`; `emulated-...` where an emulator tells
        effects; none if nothing can be said.
    """
    what = tuple(filter(None, (one.outcome, one.of)))
    return [
        *save(given_figures(one), folder, _named("given", *what)),
        *save(emulated_figures(one), folder, _named("emulated", *what)),
    ]


def _stem(name: str, response: Response) -> str:
    """Name of the files of an outcome."""
    return _named(name, response.outcome)


def _named(*parts: str) -> str:
    """Name of a file; outcomes of ours are column names, those of others, and plans, may hold anything."""
    first, *others = parts
    return "-".join([first, *(re.sub(r"[^A-Za-z0-9_.-]+", "-", other) for other in others)])
