"""Responses in the words and units of a reader: outcomes as titles, factors as labels, designs as a sentence."""

from collections.abc import Iterable

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import ListedColormap
from numpy.typing import NDArray

from results.estimates.factor_bins import Parts
from results.estimates.main_effects import MainEffect, main_effects
from results.estimates.response import Response
from results.figures.kit.fonts import legible
from results.words.currency import shown_currency
from results.words.numbers import label, scaled
from scenarios.designs.design import Design
from scenarios.designs.factors import SCENARIO, Factor
from scenarios.files.listing import counted
from simulation.outcomes import is_outcome, outcome_named

MORE = ListedColormap(colormaps["viridis_r"](np.linspace(0.06, 1.0, 256)), name="more")
"""Little is light and much is dark, as ink has it, evenly to the eye and also to the colour-blind. The lightest end is
left out: as a line it would be lost on white.

Source: van der Walt & Smith (2015), viridis, in matplotlib; the direction and the cut are ours."""


def factor_of_scale(outcome: str) -> float:
    """What an outcome is multiplied with to be shown: shares in percent, money in thousand USD."""
    return scaled(1.0, outcome_named(outcome).scale) if is_outcome(outcome) else 1.0


def shown_means(response: Response) -> NDArray[np.float64]:
    """The estimate at each point in the unit shown, float[points]; nan where there is none."""
    return response.mean * factor_of_scale(response.outcome)


def shown_effects(response: Response) -> list[MainEffect]:
    """Each factor's effect in the unit shown, in the order of the design."""
    return [effect.times(factor_of_scale(response.outcome)) for effect in main_effects(response)]


def outcome_words(outcome: str) -> str:
    """An outcome with its unit, as an axis has it."""
    return (
        label(outcome).replace(f"k {shown_currency()}", f"k\N{NO-BREAK SPACE}{shown_currency()}")
        if is_outcome(outcome)
        else legible(outcome, "the outcome")
    )


def change_unit(outcome: str) -> str:
    """Unit of a change of the outcome, in brackets; "" where it has none."""
    scale = outcome_named(outcome).scale if is_outcome(outcome) else "index"
    return {"share": "(percentage points)", "usd": f"(k\N{NO-BREAK SPACE}{shown_currency()})"}.get(scale, "")


def outcome_title(outcome: str) -> str:
    """The same, as a title begins."""
    words = outcome_words(outcome)
    return words[0].upper() + words[1:]


def factor_name(factor: Factor) -> str:
    """A factor's key, which is what a reader types to vary it."""
    return legible(factor.key, "a factor")


def part_names(parts: Parts) -> tuple[str, ...]:
    """What the parts of a factor are called; "level 2" for a name that no font here can write."""
    return tuple(legible(name, f"level {number}") for number, name in enumerate(parts.names, start=1))


def texts_of(design: Design) -> Iterable[str]:
    """Everything that may have to be written in another script."""
    for factor in design.factors:
        yield factor.key
        yield from (str(level) for level in factor.levels)
    yield from (base.name for base in design.bases)


def design_sentence(response: Response) -> str:
    """How many points of which design the picture rests on, and what is missing."""
    design = response.design
    several = any(factor.key == SCENARIO for factor in design.factors)
    where = "over several scenarios" if several else f"around {legible(design.bases[0].name, 'one scenario')}"
    made = {"grid": "a grid of ", "sobol": "Sobol' design, ", "morris": "Morris design, "}.get(design.kind, "")
    each = f"{counted(response.replicates, 'replicate')} each"
    missing = int(np.isnan(response.mean).sum())
    lost = f" Of these, {missing:,} {'have' if missing > 1 else 'has'} no value." if missing else ""
    points = counted(len(design), "point")
    return f"{points} {where} ({made}{design.made_of}), {each}.{lost}"


def has_values(response: Response) -> bool:
    """Whether any point has a value."""
    return bool(np.isfinite(response.mean).any())
