"""From results to files: which pictures `compare` and `run` have, and what they are called."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from results.estimates.acceptability import Curve
from results.estimates.cash_flow import CashFlow
from results.estimates.incremental import Effect
from results.estimates.plane import Plane
from results.figures.comparing.acceptability import acceptability_figure
from results.figures.comparing.cash_flow import cash_flow_figures
from results.figures.comparing.courses import collaboration_rate_figure
from results.figures.comparing.forest import difference_figures
from results.figures.comparing.forest_cells import PairedDifference
from results.figures.comparing.own_courses import own_course_figures
from results.figures.comparing.plane import plane_figure
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
    bought: Callable[[Path], list[Path]] | None = None,
    flows: Sequence[CashFlow] = (),
) -> list[Path]:
    """Draw scenarios side by side, as SVG and PNG.

    Args:
        ensembles: name -> replicates, in the order in which to draw them.
        differences: of the others from the baseline, paired by replicate.
        baseline: name of the scenario that the others are compared with.
        portraits: name -> the network of one replicate in some months, earliest first; drawn where given.
        folder: where the files go; made if need be.
        bought: draws what money buys into it, see `draw_bought`.
        flows: what each budget line costs in each year, scenario by scenario.

    Returns:
        The files: `collaboration-rate`, `own-outcomes` where there are some, `differences`, what `bought` draws,
        `cash-flow` and `network`, further pages with -2, -3 and so on.

    Raises:
        ValueError: if the baseline is not among the ensembles.
    """
    if baseline not in ensembles:
        raise ValueError(f"baseline is '{baseline}', which was not run; allowed is one of {', '.join(ensembles)}")
    scenarios = {name: ensemble.scenario for name, ensemble in ensembles.items()}
    is_open = any(scenario.posterior is not None for scenario in scenarios.values())
    return [
        *save([collaboration_rate_figure(ensembles, baseline)], folder, "collaboration-rate"),
        *save(own_course_figures(ensembles, baseline), folder, "own-outcomes"),
        *save(difference_figures(differences, baseline, is_open=is_open), folder, "differences"),
        *(bought(folder) if bought else ()),
        *save(cash_flow_figures(flows), folder, "cash-flow"),
        *save(network_figures(portraits, scenarios), folder, "network"),
    ]


def draw_bought(
    planes: Sequence[Plane], curves: Sequence[Curve], baseline: str, worth: Mapping[Effect, float], folder: Path
) -> list[Path]:
    """Draw what money buys: `plane` and `acceptability`, as SVG and PNG; of what the funder spends.

    Args:
        planes: differences in cost and effect.
        curves: chances by what a unit is worth.
        baseline: name of the scenario that the others are compared with.
        worth: what a unit is worth to whoever asks, USD.
        folder: where the files go; made if need be.
    """
    of_funder = [one for one in curves if one.payer == "funder"]
    return [
        *save(plane_figure([one for one in planes if one.payer == "funder"], baseline, worth), folder, "plane"),
        *save(acceptability_figure(of_funder, baseline, worth), folder, "acceptability"),
    ]


def draw_run(
    ensemble: Ensemble, portrait: Sequence[Snapshot], folder: Path, flow: CashFlow | None = None
) -> list[Path]:
    """Draw one scenario: `collaboration-rate`, `own-outcomes` where there are some, `cash-flow` and `network`.

    Args:
        ensemble: replicates of the scenario.
        portrait: the network of one replicate in some months, earliest first; may be empty.
        folder: where the files go; made if need be.
        flow: what each budget line costs in each year.
    """
    name = ensemble.scenario.name or ensemble.scenario.title
    return [
        *save([collaboration_rate_figure({name: ensemble}, name)], folder, "collaboration-rate"),
        *save(own_course_figures({name: ensemble}, name), folder, "own-outcomes"),
        *save(cash_flow_figures([flow] if flow else []), folder, "cash-flow"),
        *save(network_figures({name: portrait}, {name: ensemble.scenario}), folder, "network"),
    ]
