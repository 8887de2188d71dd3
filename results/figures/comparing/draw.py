"""From results to files: which pictures `compare` and `run` have, and what they are called."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from results.figures.comparing.courses import collaboration_rate_figure
from results.figures.comparing.forest import difference_figures
from results.figures.comparing.forest_cells import PairedDifference
from results.figures.comparing.portrait import network_figures
from results.figures.kit.page import save
from simulation.running.ensemble import Ensemble
from simulation.snapshot import Snapshot


def draw_comparison(
    ensembles: Mapping[str, Ensemble],
    differences: Sequence[PairedDifference],
    baseline: str,
    portraits: Mapping[str, Sequence[Snapshot]],
    folder: Path,
) -> list[Path]:
    """Draw scenarios side by side, as SVG and PNG.

    Args:
        ensembles: name -> replicates, in the order in which to draw them.
        differences: of the others from the baseline, paired by replicate.
        baseline: name of the scenario that the others are compared with.
        portraits: name -> the network of one replicate in some months, earliest first; drawn where given.
        folder: where the files go; made if need be.

    Returns:
        The files: `collaboration-rate`, `differences` and `network`, further pages with -2, -3 and so on.

    Raises:
        ValueError: if the baseline is not among the ensembles.
    """
    if baseline not in ensembles:
        raise ValueError(f"baseline is '{baseline}', which was not run; allowed is one of {', '.join(ensembles)}")
    scenarios = {name: ensemble.scenario for name, ensemble in ensembles.items()}
    is_open = any(scenario.posterior is not None for scenario in scenarios.values())
    return [
        *save([collaboration_rate_figure(ensembles, baseline)], folder, "collaboration-rate"),
        *save(difference_figures(differences, baseline, is_open=is_open), folder, "differences"),
        *save(network_figures(portraits, scenarios), folder, "network"),
    ]


def draw_run(ensemble: Ensemble, portrait: Sequence[Snapshot], folder: Path) -> list[Path]:
    """Draw one scenario: `collaboration-rate` and `network`, as SVG and PNG.

    Args:
        ensemble: replicates of the scenario.
        portrait: the network of one replicate in some months, earliest first; may be empty.
        folder: where the files go; made if need be.
    """
    name = ensemble.scenario.name or ensemble.scenario.title
    return [
        *save([collaboration_rate_figure({name: ensemble}, name)], folder, "collaboration-rate"),
        *save(network_figures({name: portrait}, {name: ensemble.scenario}), folder, "network"),
    ]
