"""What a design promises and does not do: values it leaves out, steps that stop short, factors without any effect."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from scenarios import Scenario, ScenarioError
from scenarios.designs.design import Design
from scenarios.designs.distributions import WORTH_SAYING
from scenarios.designs.factors import STEPS, Factor
from scenarios.files.listing import listed
from scenarios.reading.idle_values import always_without_effect

LOOKED_AT = 200
"""Points of which it is seen whether a factor has any effect there, evenly spread over the design."""


def design_notes(design: Design) -> list[str]:
    """What is to be said of a design's factors before anybody waits for what they do, a sentence each."""
    said = [f"{factor.stops_short}." for factor in design.factors if factor.stops_short]
    said += binding_notes(design)
    said += filter(None, (_cut(factor) for factor in design.factors))
    said += filter(None, (_parts_of_a_grid(design, place) for place in range(len(design.factors))))
    said += filter(None, (_left_out(design, place) for place in range(len(design.factors))))
    keys = [factor.key for factor in design.factors]
    points = min(len(design), LOOKED_AT)
    where = "at any point" if points == len(design) else f"at any of {points} points looked at"
    for key, why in always_without_effect(_points(design, points), keys).items():
        said.append(f"{key} is varied, but has no effect {where}, because {why}.")
    return said


def binding_notes(design: Design) -> list[str]:
    """What is to be said of what binds factors to each other: how much is allowed, and what goes together."""
    binding, said = design.binding, []
    if binding.where:
        of = round(len(design) / binding.share)
        allowed = (
            f"--where allows {_percent(binding.share)} of the space"
            if design.kind in ("lhs", "sequence")
            else f"--where leaves out {of - len(design):,} of {of:,} points"
        )
        said.append(f"{allowed}: {' and '.join(binding.where)}.")
    for one, other, rank in binding.correlate:
        here = f" ({_rank_correlation(design, one, other):.2f} here)" if len(design) > 2 else ""
        said.append(f"{one} and {other} go together: a rank correlation of {rank:g}{here}.")
    if binding.together:
        together = listed(list(binding.together))
        said.append(f"{together} {'come' if len(binding.together) > 1 else 'comes'} from rows of a table, each whole.")
    return said


def _rank_correlation(design: Design, *keys: str) -> float:
    from scipy.stats import rankdata

    columns = [place for key in keys for place, factor in enumerate(design.factors) if factor.key == key]
    return float(np.corrcoef(rankdata(design.shares[:, columns], axis=0), rowvar=False)[0, 1])


def _cut(factor: Factor) -> str:
    """Where a distribution is cut, and how much of it; "" where nothing worth saying is."""
    spread = factor.distribution
    if spread is None:
        return ""
    ends = [
        f"{_percent(share)} of it lies {side} {end:g}"
        for share, side, end in zip(spread.cut, ("below", "above"), (spread.low, spread.high), strict=True)
        if share > WORTH_SAYING
    ]
    return f"{factor.key} is {spread}, cut: {' and '.join(ends)}." if ends else ""


def _parts_of_a_grid(design: Design, place: int) -> str:
    """At which values a grid takes a distribution; "" where there is none."""
    factor = design.factors[place]
    if design.kind != "grid" or factor.is_even:
        return ""
    if factor.weights:
        return f"{factor.key}: a grid takes each level, whatever its probability; --design lhs draws by it."
    tried = ", ".join(f"{value:.4g}" for value in sorted({factor.value(share) for share in design.shares[:, place]}))
    return f"{factor.key}: a grid takes the middles of {STEPS} equally likely parts of {factor.distribution}: {tried}."


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share > 0.095 else f"{100 * share:.2g} %"


def _left_out(design: Design, place: int) -> str:
    """Which whole numbers of its range a factor of a grid takes, where they are not evenly apart; else ""."""
    factor = design.factors[place]
    if design.kind != "grid" or not factor.is_even or not factor.whole or factor.low is None or factor.high is None:
        return ""
    tried = sorted({factor.value(share) for share in design.shares[:, place]})
    low, high = int(factor.low), int(factor.high)
    if len({after - before for before, after in pairwise(tried)}) < 2:
        return ""
    return (
        f"{factor.key} from {low} to {high} is tried at {', '.join(map(str, tried))} only; {factor.key}={low}:{high}:1 "
        "tries every whole number."
    )


def _points(design: Design, count: int) -> Iterator[Scenario]:
    for place in range(count):
        try:
            yield design.scenario(place * len(design) // count)
        except ScenarioError:  # it fails when it is run, and is reported there
            continue
