"""A design: many scenarios out of one. Grid, Latin hypercube, Sobol' and Morris over factors.

Every design is a table of shares: how far along each factor's range or levels each point lies, 0 to 1. What value that
is, is the factor's business; so analyses can read the same table without knowing of keys.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import log2, prod
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scenarios.designs.factors import SCENARIO, Factor, priced, read_factors
from scenarios.files.faults import MissingExtraError, ScenarioError, refusal, shown
from scenarios.reading.called_apart import check_names
from scenarios.reading.one_currency import in_one_currency
from scenarios.reading.posterior_file import SHIPPED_NAME
from scenarios.reading.reading import check_funders, load
from scenarios.reading.reading import replace as replace_values
from scenarios.schema.posterior import Posterior
from scenarios.schema.scenario import Scenario
from scenarios.schema.whole_numbers import whole_number

DesignKind = Literal["grid", "lhs", "sobol", "morris", "futures"]
MOST_POINTS = 10_000_000
"""Points of a design, which is held as a whole; more runs than that are more replicates, or another seed."""
MORRIS_LEVELS = 4
"""Levels of a Morris design, the usual choice.

Source: Campolongo, Cariboni & Saltelli (2007), Environmental Modelling & Software 22,
doi:10.1016/j.envsoft.2006.10.004.
"""
USUAL = {"lhs": 200, "sobol": 256, "morris": 30}
"""Size where none is asked for: points of a Latin hypercube, base points of Sobol', trajectories of Morris."""


@dataclass(frozen=True, eq=False)
class Design:
    """Points at which a scenario is to be tried.

    Attributes:
        kind: how the points were chosen.
        factors: what is varied.
        bases: the scenarios that the values are put into: one, or one for each level of the factor "scenario".
        shares: float[points, factors], how far along each factor every point lies, 0 to 1.
        size: base points of Sobol', trajectories of Morris; otherwise the number of points.
        seed: of the choice of points; a grid has no use for it.
    """

    kind: DesignKind
    factors: tuple[Factor, ...]
    bases: tuple[Scenario, ...]
    shares: NDArray[np.float64]
    size: int
    seed: int

    def __len__(self) -> int:
        return len(self.shares)

    @property
    def made_of(self) -> str:
        """How its points come together, in words."""
        factors = len(self.factors)
        if self.kind == "grid":
            return " x ".join(str(len(factor.steps())) for factor in self.factors)
        if self.kind == "sobol":
            return f"{self.size:,} base points x (2 x {factors} + 2)"
        if self.kind == "morris":
            return f"{self.size:,} trajectories x ({factors} + 1)"
        if self.kind == "futures":
            return f"{len(self.bases)} scenarios x {self.size:,} futures"
        return f"a Latin hypercube over {factors} factor{'s' if factors > 1 else ''}"

    def values(self, point: int) -> dict[str, Any]:
        """What the factors are at a point: key -> value."""
        return {factor.key: factor.value(share) for factor, share in zip(self.factors, self.shares[point], strict=True)}

    def scenario(self, point: int) -> Scenario:
        """The scenario at a point.

        Raises:
            ScenarioError: if its values do not go together.
        """
        return at_point(self.named_bases, self.values(point))

    def contradiction(self, point: int) -> str:
        """What is wrong with the values at a point taken together; "" where they go together."""
        try:
            self.scenario(point)
        except ScenarioError as error:
            return error.faults[0]
        return ""

    @cached_property
    def named_bases(self) -> Mapping[str, Scenario]:
        """The scenarios by the level that stands for them; one alone by its name."""
        for factor in self.factors:
            if factor.key == SCENARIO:
                return dict(zip(factor.levels, self.bases, strict=True))
        return {self.bases[0].name: self.bases[0]}


def at_point(bases: Mapping[str, Scenario], values: Mapping[str, Any]) -> Scenario:
    """One of several scenarios, with other values.

    Args:
        bases: by name.
        values: key -> value; "scenario" names the base, which is the only one where it is not among them.

    Raises:
        ScenarioError: if they do not go together.
    """
    changes = dict(values)
    base = bases[changes.pop(SCENARIO)] if SCENARIO in changes else next(iter(bases.values()))
    return replace_values(base, changes) if changes else base


def plan(
    scenarios: Scenario | Sequence[Scenario],
    vary: Sequence[str] | Sequence[Factor],
    *,
    kind: DesignKind = "grid",
    points: int | None = None,
    seed: int = 1,
    posterior: Posterior | str | None = SHIPPED_NAME,
) -> Design:
    """Choose the points at which scenarios are tried.

    Args:
        scenarios: one, or several that are then a factor by themselves, "scenario".
        vary: factors, or what `--vary` would say: "grants.per_call=0:4", "closing.capstone=true,false", ...
        kind: "grid", every combination; "lhs", a Latin hypercube; "sobol", Saltelli's scheme for Sobol' indices;
            "morris", trajectories for elementary effects. The last two need SALib.
        points: how many at the most; a Latin hypercube has as many, Sobol' and Morris the largest whole scheme within.
        seed: of the choice.
        posterior: of scenarios that `vary` names and that have to be read, as `load` takes it; those given carry their
            own. What a factor varies is settled by the point, and is taken out of it.

    Raises:
        ScenarioError: with everything that is wrong with what is asked.
        ValueError: if seed or points are no whole numbers, or the seed is below 0.
        MissingExtraError: if the design needs SALib and it is not installed.
    """
    seed = whole_number("seed", seed, high=None)
    points = None if points is None else whole_number("points", points, None)
    if kind not in _CHOOSERS:
        raise ScenarioError(f"no design is called {shown(kind)}; there are {', '.join(_CHOOSERS)}")
    bases = [scenarios] if isinstance(scenarios, Scenario) else list(scenarios)
    factors = _factors(bases, vary)
    for place, factor in enumerate(factors):
        if factor.key == SCENARIO:
            check_names(bases)
            bases = _all_named(bases, factor.levels, posterior)
            check_names(bases, factor.levels)
            factors[place] = replace(factor, levels=tuple(base.name for base in bases))
    if not bases:
        raise ScenarioError("no scenario is given; give one, or vary which it is: scenario=salex,sparc")
    bases = list(in_one_currency(bases))
    factors = list(priced(factors, bases[0]))
    check_funders([factor.key for factor in factors], bases, "--vary")
    shares, size = _CHOOSERS[kind](factors, points, seed)
    settled = {factor.key for factor in factors}
    return Design(kind, tuple(factors), tuple(_settled(base, settled) for base in bases), shares, size, seed)


def _settled(base: Scenario, keys: Collection[str]) -> Scenario:
    """A scenario whose posterior says nothing of what every point settles."""
    known = base.posterior
    return base if known is None else base.with_posterior(known.without(keys))


def _factors(bases: Sequence[Scenario], vary: Sequence[Any]) -> list[Factor]:
    factors = list(read_factors([one for one in vary if isinstance(one, str)]))
    factors += [one for one in vary if isinstance(one, Factor)]
    keys = [factor.key for factor in factors]
    if len(bases) > 1:
        if SCENARIO in keys:
            raise ScenarioError("scenarios are given both as arguments and as --vary scenario=...; give them once")
        factors.insert(0, Factor(SCENARIO, levels=tuple(base.name for base in bases)))
    if not factors:
        raise ScenarioError("nothing is varied; name what to vary with --vary KEY=LOW:HIGH, or give several scenarios")
    if len(set(keys)) < len(keys):
        twice = dict.fromkeys(key for key in keys if keys.count(key) > 1)
        raise ScenarioError(refusal("--vary", [f"{key} is varied twice; give it once" for key in twice]))
    return factors


def _all_named(bases: Sequence[Scenario], levels: Sequence[str], posterior: Posterior | str | None) -> list[Scenario]:
    """Bases that are there already, and those that are read now."""
    there = {base.name: base for base in bases}
    named, faults = [], []
    for level in levels:
        try:
            named.append(there.get(level) or load(level, posterior=posterior))
        except ScenarioError as error:
            faults.extend(str(error).splitlines())
    if faults:
        raise ScenarioError(refusal("--vary scenario", faults))
    return named


def _grid(factors: Sequence[Factor], points: int | None, _seed: int) -> tuple[NDArray[np.float64], int]:
    steps = [factor.steps() for factor in factors]
    count = prod(len(some) for some in steps)
    if points is not None and points != count:
        raise ScenarioError(
            f"a grid has as many points as its steps make, here {count:,}; leave the number of points ({points:,}) "
            "out, give other steps (KEY=LOW:HIGH:STEP), or take --design lhs"
        )
    _check(count)
    return np.array(list(product(*steps)), dtype=np.float64), count


def _latin(factors: Sequence[Factor], points: int | None, seed: int) -> tuple[NDArray[np.float64], int]:
    count = USUAL["lhs"] if points is None else points
    return latin(factors, count, seed), count


def latin(factors: Sequence[Factor], count: int, seed: int) -> NDArray[np.float64]:
    """Points of a Latin hypercube, float[count, factors].

    Raises:
        ScenarioError: if they are too many.
    """
    from scipy.stats import qmc

    _check(count)
    points: NDArray[np.float64] = qmc.LatinHypercube(len(factors), rng=np.random.default_rng(seed)).random(count)
    return points


def _sobol(factors: Sequence[Factor], points: int | None, seed: int) -> tuple[NDArray[np.float64], int]:
    each = 2 * len(factors) + 2
    size = USUAL["sobol"] if points is None else _within(points, 2 * each, each, "Sobol'")
    size = 2 ** int(log2(size))  # the sequence is balanced at powers of two only
    _check(size * each)
    from_salib = _salib("sobol").sample
    return np.asarray(from_salib(_cube(len(factors)), size, calc_second_order=True, seed=seed)), size


def _morris(factors: Sequence[Factor], points: int | None, seed: int) -> tuple[NDArray[np.float64], int]:
    each = len(factors) + 1
    size = USUAL["morris"] if points is None else _within(points, 2 * each, each, "Morris")
    _check(size * each)
    from_salib = _salib("morris").sample
    return np.asarray(from_salib(_cube(len(factors)), size, num_levels=MORRIS_LEVELS, seed=seed)), size


_CHOOSERS: Mapping[str, Callable[[Sequence[Factor], int | None, int], tuple[NDArray[np.float64], int]]] = {
    "grid": _grid,
    "lhs": _latin,
    "sobol": _sobol,
    "morris": _morris,
}


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
