"""First and total effects by an emulator, as bars: of inputs, with what the emulator explains of held-out points."""

from matplotlib.figure import Figure

from results.figures.kit.response_labels import outcome_title
from results.figures.kit.style import house_style
from results.figures.sweeping.sobol_bars import index_figures
from results.sweeping.given_analysis import GivenAnalysis
from scenarios.designs.factors import Factor

MOST = 16
"""Inputs that are drawn; the table has all."""


def emulated_figures(one: GivenAnalysis) -> list[Figure]:
    """The inputs with the greatest total effects; nothing where an emulator explains too little, or there is none."""
    found = one.emulated
    if found is None or not found.indices:
        return []
    shown = found.indices[:MOST]
    of = f", {one.of}" if one.of else ""
    left = f", of {100 * found.possible:.0f} % that are not luck" if found.possible < 0.995 else ""
    said = [
        f"{one.points:,} points. Shares are those of the variance of an emulator ({found.kind}), which explains "
        f"{100 * found.explained:.0f} % of the variance of points held out{left}; what it misses is in the intervals.",
        "Where the total is longer, the input matters through interactions.",
    ]
    if len(shown) < len(found.indices):
        said.append(f"The {len(shown)} of {len(found.indices)} inputs with the greatest totals.")
    if found.together > 0.3:
        said.append("Inputs are taken as independent, though some go together.")
    with house_style([one.of, *(index.key for index in shown)]):
        title = f"{outcome_title(one.outcome)}{of}: effects of the inputs, by an emulator"
        return index_figures(shown, {index.key: Factor(index.key) for index in shown}, title, said)
