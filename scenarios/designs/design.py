"""A design: many scenarios out of one. Grid, Latin hypercube, Sobol' and Morris over factors.

Every design is a table of shares: how far along each factor's range or levels each point lies, 0 to 1. What value that
is, is the factor's business; so analyses can read the same table without knowing of keys.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.designs.binding import FREE, Binding
from scenarios.designs.choosing import (
    CHOOSERS,
    MORRIS_LEVELS,
    MOST_POINTS,
    USUAL,
    Asked,
    DesignKind,
    kept_within,
    latin,
)
from scenarios.designs.correlations import read_correlations
from scenarios.designs.factors import SCENARIO, Factor, priced
from scenarios.designs.joint_table import JointTable, read_joint_table
from scenarios.designs.points_file import read_points_file
from scenarios.designs.reading_factors import read_factors
from scenarios.designs.space import space_of
from scenarios.files.faults import ScenarioError, refusal, shown
from scenarios.reading.called_apart import check_names
from scenarios.reading.one_currency import in_one_currency
from scenarios.reading.posterior_file import SHIPPED_NAME
from scenarios.reading.reading import check_funders, load
from scenarios.reading.reading import replace as replace_values
from scenarios.schema.posterior import Posterior
from scenarios.schema.scenario import Scenario
from scenarios.schema.whole_numbers import whole_number

__all__ = ["MORRIS_LEVELS", "MOST_POINTS", "USUAL", "Design", "DesignKind", "at_point", "latin", "plan"]
OF_A_FILE: DesignKind = "points"
"""The kind of a design that somebody else made."""


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
        binding: what binds its factors to each other.
    """

    kind: DesignKind
    factors: tuple[Factor, ...]
    bases: tuple[Scenario, ...]
    shares: NDArray[np.float64]
    size: int
    seed: int
    binding: Binding = FREE

    def __len__(self) -> int:
        return len(self.shares)

    @property
    def made_of(self) -> str:
        """How its points come together, in words."""
        factors = len(self.factors)
        if self.kind == "grid":
            return " x ".join(str(len(factor.steps())) for factor in self.factors) + self._less
        if self.kind == "sobol":
            return f"{self.size:,} base points x (2 x {factors} + 2)"
        if self.kind == "morris":
            return f"{self.size:,} trajectories x ({factors} + 1)"
        if self.kind == "futures":
            return f"{len(self.bases)} scenarios x {self.size:,} futures"
        if self.kind == "points":
            return f"points as they were given{self._less}"
        if self.kind == "adaptive":
            return f"added where most was to be learned, over {factors} factor{'s' if factors > 1 else ''}"
        what = "a scrambled Sobol' sequence" if self.kind == "sequence" else "a Latin hypercube"
        return f"{what} over {factors} factor{'s' if factors > 1 else ''}{self._less}"

    @property
    def _less(self) -> str:
        """What constraints leave out, in words; "" where there is none."""
        if not self.binding.where:
            return ""
        if self.kind in ("lhs", "sequence"):
            return f", in the {100 * self.binding.share:.2g} % of the space that --where allows"
        return f", less {round(len(self) / self.binding.share) - len(self):,} that --where does not allow"

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
    where: Sequence[str] = (),
    correlate: Sequence[str] = (),
    table: str | PathLike[str] | None = None,
    file: str | PathLike[str] | None = None,
) -> Design:
    """Choose the points at which scenarios are tried.

    Args:
        scenarios: one, or several that are then a factor by themselves, "scenario".
        vary: factors, or what `--vary` would say: "grants.per_call=0:4", "closing.capstone=true,false", ...
        kind: "grid", every combination; "lhs", a Latin hypercube; "sobol", Saltelli's scheme for Sobol' indices;
            "morris", trajectories for elementary effects (these two need SALib); "sequence", a scrambled Sobol'
            sequence, of which any first part is a design; "points", those of `file`.
        points: how many at the most; a Latin hypercube or a sequence has as many, Sobol' and Morris the
            largest whole scheme within.
        seed: of the choice.
        posterior: of scenarios that `vary` names and that have to be read, as `load` takes it; those given carry their
            own. What a factor varies is settled by the point, and is taken out of it.
        where: constraints that every point has to meet: "closing.notice < closing.month", ...
        correlate: rank correlations between factors: "grants.per_call,facilitation.intensity=0.6", ...
        table: a file with sets of values that come together, such as a posterior: a point takes one of its rows.
        file: of kind "points", a table that somebody made: a column for each key that is varied, a row for each point.

    Raises:
        ScenarioError: with everything that is wrong with what is asked.
        ValueError: if seed or points are no whole numbers, or the seed is below 0.
        MissingExtraError: if the design needs SALib and it is not installed.
    """
    seed = whole_number("seed", seed, high=None)
    points = None if points is None else whole_number("points", points, None)
    if kind not in CHOOSERS and kind != OF_A_FILE:
        raise ScenarioError(f"no design is called {shown(kind)}; there are {', '.join(CHOOSERS)}")
    bases = [scenarios] if isinstance(scenarios, Scenario) else list(scenarios)
    given: NDArray[np.float64] | None = None
    if kind == OF_A_FILE:
        factors, given = _of_a_file(bases, vary, file, points, posterior)
    else:
        factors = _factors(bases, vary, is_enough=table is not None)
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
    check_funders([factor.key for factor in factors], bases, "--vary" if given is None else f"--design {file}")
    rows = None if table is None else _rows_of(Path(table), bases, factors)
    together = tuple(factor.key for factor in rows.factors) if rows else ()
    binding = Binding(tuple(where), 1.0, read_correlations(correlate), together)
    space = space_of(factors, bases, binding, rows)
    if given is None:
        chosen = CHOOSERS[kind](Asked(space, points, seed))
    elif space.binding.correlate or rows:
        raise ScenarioError(f"{file} says which values come together; leave {space.binding.options} out")
    else:
        chosen = kept_within(given, space, f"points of {file}")
    factors = list(space.factors)
    settled = {factor.key for factor in factors}
    fixed = tuple(_settled(base, settled) for base in bases)
    return Design(kind, tuple(factors), fixed, chosen.shares, chosen.size, seed, chosen.binding)


def _of_a_file(
    bases: Sequence[Scenario],
    vary: Sequence[Any],
    file: str | PathLike[str] | None,
    points: int | None,
    posterior: Posterior | str | None,
) -> tuple[list[Factor], NDArray[np.float64]]:
    """Points that stand in a file."""
    if file is None:
        raise ScenarioError("a design of kind points takes a file, CSV or Parquet, with a row for each point")
    if vary:
        raise ScenarioError(f"{file} says what is varied, and at which points; leave --vary out")
    factors, shares = read_points_file(Path(file), bases, lambda name: _all_named(bases, [name], posterior))
    if points is not None and points != len(shares):
        raise ScenarioError(f"{file} has {len(shares):,} points; leave the number of points ({points:,}) out")
    return factors, shares


def _rows_of(table: Path, bases: Sequence[Scenario], factors: Sequence[Factor]) -> JointTable:
    """A table of values that come together, none of which is varied besides."""
    rows = read_joint_table(table, bases)
    varied = {factor.key for factor in factors}
    if twice := [factor.key for factor in rows.factors if factor.key in varied]:
        raise ScenarioError(
            refusal("--table", [f"{key} is both in {table} and in --vary; leave one out" for key in twice])
        )
    check_funders([factor.key for factor in rows.factors], bases, f"--table {table}")
    return rows


def _settled(base: Scenario, keys: Collection[str]) -> Scenario:
    """A scenario whose posterior says nothing of what every point settles."""
    known = base.posterior
    return base if known is None else base.with_posterior(known.without(keys))


def _factors(bases: Sequence[Scenario], vary: Sequence[Any], *, is_enough: bool = False) -> list[Factor]:
    factors = list(read_factors([one for one in vary if isinstance(one, str)], spread=True))
    factors += [one for one in vary if isinstance(one, Factor)]
    keys = [factor.key for factor in factors]
    if len(bases) > 1:
        if SCENARIO in keys:
            raise ScenarioError("scenarios are given both as arguments and as --vary scenario=...; give them once")
        factors.insert(0, Factor(SCENARIO, levels=tuple(base.name for base in bases)))
    if not factors and not is_enough:
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
