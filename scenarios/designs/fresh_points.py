"""Fresh points of a design: others over the same factors, to which what was found on the first is held."""

from dataclasses import replace

import numpy as np

from scenarios.designs.choosing import latin, latin_within
from scenarios.designs.design import Design
from scenarios.designs.factors import SCENARIO
from scenarios.designs.futures import Futures
from scenarios.designs.space import known_rows, space_of


def fresh(design: Design, count: int, seed: int) -> Design:
    """Points that the design does not have, drawn over its factors alone.

    Of a design over futures every plan is tried in every fresh future: ranges are drawn again, and all else that may
    come is taken from one of the futures, so that the parameters of a particle stay together. Where nothing is a range
    there are no other futures: they come again, and only the luck of whoever runs them can be fresh. So it is with
    points that somebody made.

    Args:
        design: any.
        count: how many points; of a design over futures how many futures, at the most.
        seed: of the choice.

    Returns:
        A Latin hypercube, or a design over futures.

    Raises:
        ScenarioError: if they are too many.
    """
    if design.kind == "points":
        return replace(design, shares=design.shares[:count], size=min(count, len(design)), seed=seed)
    if design.kind != "futures":
        table = known_rows(design.factors, design.shares, design.binding)
        free = [factor for factor in design.factors if factor.key not in design.binding.together]
        chosen = latin_within(space_of(free, design.bases, design.binding, table), count, seed)
        return Design("lhs", design.factors, design.bases, chosen.shares, count, seed, chosen.binding)
    columns = [place for place, factor in enumerate(design.factors) if factor.key != SCENARIO]
    factors = tuple(design.factors[place] for place in columns)
    known = design.shares[:: len(design.bases), columns]
    ranges = [place for place, factor in enumerate(factors) if not factor.levels]
    if ranges:
        shares = known[np.random.default_rng(seed).integers(len(known), size=count)]
        shares[:, ranges] = latin(len(ranges), count, seed)
    else:
        shares = known[:count]
    return Futures("fresh", "fresh futures", factors, shares).design(design.bases)
