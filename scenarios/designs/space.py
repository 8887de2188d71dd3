"""The space that points are drawn from: factors that are free, and those that go together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scenarios.designs.binding import Binding
from scenarios.designs.correlations import Correlations, correlations_between
from scenarios.designs.factors import Factor
from scenarios.designs.joint_table import JointTable, joint
from scenarios.designs.region import Region
from scenarios.schema.scenario import Scenario

Shares = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Space:
    """It.

    Attributes:
        factors: what is varied; those of a table come last.
        region: where constraints hold.
        binding: what binds the factors, without how much constraints allow.
        correlations: between those that go together; None where there are none.
        table: rows that are drawn whole; None where there is none.
    """

    factors: tuple[Factor, ...]
    region: Region
    binding: Binding
    correlations: Correlations | None = None
    table: JointTable | None = None

    @property
    def dimensions(self) -> int:
        """Numbers that make a point: one a free factor, and one that says which row of a table."""
        return len(self.factors) - (len(self.table.factors) - 1 if self.table else 0)

    def points(self, even: Shares, *, in_order: bool) -> Shares:
        """Points out of numbers that are evenly spread over a cube, float[points, factors].

        Args:
            even: float[points, dimensions].
            in_order: whether each point depends on nothing but its own numbers.
        """
        free = even if self.table is None else even[:, :-1]
        if self.correlations is not None:
            free = self.correlations.bound(free, in_order=in_order)
        return free if self.table is None else np.column_stack([free, self.table.drawn(even[:, -1])])

    def bound(self, share: float) -> Binding:
        """What binds the factors, where constraints allow that share of the space."""
        return replace(self.binding, share=share) if self.region else self.binding


def space_of(
    factors: Sequence[Factor], bases: Sequence[Scenario], binding: Binding, table: JointTable | None = None
) -> Space:
    """The space of factors under what binds them.

    Args:
        factors: what is varied, without those of the table.
        bases: the scenarios.
        binding: constraints, correlations, and keys that come from a table.
        table: it.

    Raises:
        ScenarioError: with what is wrong with constraints or correlations.
    """
    every = (*factors, *(table.factors if table else ()))
    region = Region(binding.where, every, bases)
    found = correlations_between(binding.correlate, every, binding.together) if binding.correlate else None
    return Space(every, region, replace(binding, where=region.where), found, table)


def known_rows(factors: Sequence[Factor], shares: Shares, binding: Binding) -> JointTable | None:
    """The rows of a table as the points of a design have them, each as often as there; None where there is no table."""
    columns = [place for place, factor in enumerate(factors) if factor.key in binding.together]
    if not columns:
        return None
    return joint([factors[place] for place in columns], shares[:, columns], np.ones(len(shares)))
