"""How the points of a design are chosen: grid, Latin hypercube, sequence, Sobol' and Morris, as shares of the way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import ceil, log2, prod
from typing import Any, Literal

import numpy as np

from scenarios.designs.binding import FREE, Binding
from scenarios.designs.factors import Factor
from scenarios.designs.region import LOOKED_AT
from scenarios.designs.space import Shares, Space
from scenarios.files.faults import MissingExtraError, ScenarioError, refusal

DesignKind = Literal["grid", "lhs", "sobol", "morris", "sequence", "futures", "points", "adaptive"]
MOST_POINTS = 10_000_000
"""Points of a design, which is held as a whole; more runs than that are more replicates, or another seed."""
MORRIS_LEVELS = 4
"""Levels of a Morris design, the usual choice.

Source: Campolongo, Cariboni & Saltelli (2007), Environmental Modelling & Software 22,
doi:10.1016/j.envsoft.2006.10.004.
"""
USUAL = {"lhs": 200, "sobol": 256, "morris": 30, "sequence": 256}
"""Size where none is asked for: points of a hypercube or a sequence, base points of Sobol', trajectories of Morris."""
INSTEAD = "take --design lhs, whose points `legato sensitivity RUN` then analyses as they are"
"""What to do where factors are bound to each other and an analysis needs them free."""


@dataclass(frozen=True, eq=False)
class Asked:
    """What points are wanted.

    Attributes:
        space: that they are drawn from.
        points: how many, at the most; None for what is usual.
        seed: of the choice.
    """

    space: Space
    points: int | None
    seed: int

    @property
    def factors(self) -> Sequence[Factor]:
        """What is varied."""
        return self.space.factors


@dataclass(frozen=True, eq=False)
class Chosen:
    """Points that were chosen.

    Attributes:
        shares: float[points, factors], 0 to 1.
        size: base points of Sobol', trajectories of Morris; otherwise the number of points.
        binding: what binds the factors.
    """

    shares: Shares
    size: int
    binding: Binding = FREE


def kept_within(shares: Shares, space: Space, what: str) -> Chosen:
    """Those of some points at which every constraint holds.

    Raises:
        ScenarioError: if none is left.
    """
    region = space.region
    if not region:
        return Chosen(shares, len(shares))
    kept = shares[region.allowed(shares)]
    if not len(kept):
        raise ScenarioError(
            refusal("--where", [f"none of the {len(shares):,} {what} is allowed: {region.each(shares)}"])
        )
    return Chosen(kept, len(kept), space.bound(len(kept) / len(shares)))


def _grid(asked: Asked) -> Chosen:
    if bound := replace(asked.space.binding, where=()):
        raise ScenarioError(
            f"--design grid does not go with {bound.options}: a grid has every combination of values; take --design lhs"
            + (", or --design FILE for the rows of a table as they are" if bound.together else "")
        )
    steps = [factor.steps() for factor in asked.factors]
    count = prod(len(some) for some in steps)
    if asked.points is not None and asked.points != count:
        raise ScenarioError(
            f"a grid has as many points as its steps make, here {count:,}; leave the number of points "
            f"({asked.points:,}) out, give other steps (KEY=LOW:HIGH:STEP), or take --design lhs"
        )
    _check(count)
    return kept_within(np.array(list(product(*steps)), dtype=np.float64), asked.space, "combinations")


def _latin(asked: Asked) -> Chosen:
    return latin_within(asked.space, USUAL["lhs"] if asked.points is None else asked.points, asked.seed)


def latin(dimensions: int, count: int, seed: int) -> Shares:
    """Points of a Latin hypercube, float[count, dimensions].

    Raises:
        ScenarioError: if they are too many.
    """
    from scipy.stats import qmc

    _check(count)
    points: Shares = qmc.LatinHypercube(dimensions, rng=np.random.default_rng(seed)).random(count)
    return points


def latin_within(space: Space, count: int, seed: int) -> Chosen:
    """Points of a Latin hypercube; under constraints those of a larger one that are allowed, as many as are wanted.

    Each allowed place is as likely as any other, for what is not allowed is left out, and nothing else is done. Where
    more are allowed than are wanted, some are left out by lot.

    Raises:
        ScenarioError: if they are too many, or hardly anything is allowed.
    """

    def drawn(size: int) -> Shares:
        return space.points(latin(space.dimensions, size, seed), in_order=False)

    _check(count)
    region = space.region
    if not region:
        return Chosen(drawn(count), count, space.binding)
    share = region.room(drawn(LOOKED_AT))
    size = ceil(count / share)
    while True:
        points = drawn(size)
        inside = points[region.allowed(points)]
        if len(inside) >= count:
            break
        size += ceil((count - len(inside)) * size / max(len(inside), 1))
    chosen = np.sort(np.random.default_rng(seed).choice(len(inside), count, replace=False))
    return Chosen(inside[chosen], count, space.bound(share))


def _sequence(asked: Asked) -> Chosen:
    return sequence_within(asked.space, USUAL["sequence"] if asked.points is None else asked.points, asked.seed)


def sequence_within(space: Space, count: int, seed: int) -> Chosen:
    """The first points of a scrambled Sobol' sequence, those that are allowed; how many are wanted moves none of them.

    Raises:
        ScenarioError: if they are too many, or hardly anything is allowed.

    Source:
        Owen (1998), Journal of Complexity 14, doi:10.1006/jcom.1998.0487, for the scrambling, as scipy.stats.qmc does
        it: by a random linear matrix and a digital shift.
    """

    def drawn(size: int) -> Shares:
        return space.points(_sobol_sequence(space.dimensions, size, seed), in_order=True)

    _check(count)
    region = space.region
    if not region:
        return Chosen(drawn(count), count, space.binding)
    share = region.room(drawn(LOOKED_AT))
    size = 2 ** ceil(log2(max(2, count / share)))
    while True:
        points = drawn(size)
        inside = points[region.allowed(points)]
        if len(inside) >= count:
            return Chosen(inside[:count], count, space.bound(share))
        size *= 2


def _sobol_sequence(dimensions: int, count: int, seed: int) -> Shares:
    from scipy.stats import qmc

    even: Shares = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed)).random_base2(
        ceil(log2(max(2, count)))
    )
    return even[:count]


def _sobol(asked: Asked) -> Chosen:
    factors = asked.factors
    _check_free(asked, "sobol", "Saltelli's scheme")
    each = 2 * len(factors) + 2
    size = USUAL["sobol"] if asked.points is None else _within(asked.points, 2 * each, each, "Sobol'")
    size = 2 ** int(log2(size))  # the sequence is balanced at powers of two only
    _check(size * each)
    from_salib = _salib("sobol").sample
    return Chosen(np.asarray(from_salib(_cube(len(factors)), size, calc_second_order=True, seed=asked.seed)), size)


def _morris(asked: Asked) -> Chosen:
    factors = asked.factors
    _check_free(asked, "morris", "a trajectory of elementary effects")
    if uneven := [factor.key for factor in factors if not factor.is_even]:
        raise ScenarioError(
            f"--design morris takes no distribution ({uneven[0]}): an elementary effect is that of a whole range; "
            f"write {uneven[0]}=LOW:HIGH, or take --design sobol"
        )
    each = len(factors) + 1
    size = USUAL["morris"] if asked.points is None else _within(asked.points, 2 * each, each, "Morris")
    _check(size * each)
    from_salib = _salib("morris").sample
    return Chosen(np.asarray(from_salib(_cube(len(factors)), size, num_levels=MORRIS_LEVELS, seed=asked.seed)), size)


CHOOSERS: Mapping[DesignKind, Callable[[Asked], Chosen]] = {
    "grid": _grid,
    "lhs": _latin,
    "sobol": _sobol,
    "morris": _morris,
    "sequence": _sequence,
}
"""Kind of a design -> what chooses its points."""


def _check_free(asked: Asked, kind: str, what: str) -> None:
    """See that nothing binds the factors where an analysis moves each of them whatever the others are."""
    if bound := asked.space.binding:
        raise ScenarioError(
            f"--design {kind} does not go with {bound.options}: {what} moves each factor whatever the others are, and "
            f"here they are bound to each other; {INSTEAD}"
        )


def _within(points: int, least: int, each: int, name: str) -> int:
    if points < least:
        raise ScenarioError(f"{points:,} points are too few for a {name} design over these factors; it takes {least:,}")
    return points // each


def _check(count: int) -> None:
    if not 1 <= count <= MOST_POINTS:
        raise ScenarioError(f"the design would have {count:,} points; allowed is 1 to {MOST_POINTS:,}")


def _salib(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(f"SALib.sample.{name}")
    except ImportError:
        raise MissingExtraError(f"--design {name}", "SALib", "sensitivity") from None


def _cube(factors: int) -> dict[str, Any]:
    """The problem that SALib samples: shares of each factor."""
    return {"num_vars": factors, "names": [str(number) for number in range(factors)], "bounds": [[0, 1]] * factors}
