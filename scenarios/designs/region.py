"""The part of a design's space in which every constraint holds."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.designs.constraints import Constraint, read_constraints
from scenarios.designs.factors import SCENARIO, Factor
from scenarios.files.faults import ScenarioError, refusal
from scenarios.files.listing import listed
from scenarios.reading.reading import check_funders
from scenarios.schema.keys import value_of
from scenarios.schema.scenario import Scenario

FEWEST = 0.01
"""Share of the space that has to be allowed: with less, points are hardly drawn, and hardly what was meant."""
LOOKED_AT = 8_192
"""Points that are tried before that is judged."""

Shares = NDArray[np.float64]


class Region:
    """Where all constraints hold.

    Attributes:
        constraints: all of them; none allows everything.
    """

    def __init__(self, where: Sequence[str], factors: Sequence[Factor], bases: Sequence[Scenario]) -> None:
        """Read them, and see that they are about what is varied.

        Raises:
            ScenarioError: with everything that is wrong with them.
        """
        self.constraints: tuple[Constraint, ...] = read_constraints(where)
        self._factors = {factor.key: (place, factor) for place, factor in enumerate(factors)}
        self._bases = list(bases)
        check_funders([key for one in self.constraints for key in one.keys], bases, "--where")
        faults = [fault for one in self.constraints for fault in self._faults(one)]
        if faults:
            raise ScenarioError(refusal("--where", faults))

    @property
    def where(self) -> tuple[str, ...]:
        """The constraints as they were written."""
        return tuple(one.text for one in self.constraints)

    def __bool__(self) -> bool:
        return bool(self.constraints)

    def _faults(self, one: Constraint) -> list[str]:
        if not any(key in self._factors for key in one.keys):
            return [f'"{one.text}" names nothing that is varied, so it would allow every point, or none']
        open_keys = {key for base in self._bases if base.posterior is not None for key in base.posterior.keys}
        loose = [key for key in one.keys if key in open_keys and key not in self._factors]
        return [
            f'"{one.text}": {key} varies over the networks of every point; vary it from point to point with '
            f"--vary {key}, or fix it with --fixed or --set"
            for key in loose
        ]

    def allowed(self, shares: Shares) -> NDArray[np.bool_]:
        """Which points are allowed, bool[points].

        Raises:
            ScenarioError: if a constraint has no answer at one of them.
        """
        return self._holding(self.constraints, shares)

    def _holding(self, constraints: Sequence[Constraint], shares: Shares) -> NDArray[np.bool_]:
        keys = dict.fromkeys(key for one in constraints for key in one.keys)
        columns: dict[str, Sequence[Any]] = {}
        for key in keys:
            if key in self._factors:
                place, factor = self._factors[key]
                known = {share: factor.value(share) for share in dict.fromkeys(shares[:, place].tolist())}
                columns[key] = [known[share] for share in shares[:, place].tolist()]
        settled = [{key: _settled(base, key) for key in keys if key not in columns} for base in self._bases]
        of_point = self._base_of(shares)
        holds = np.ones(len(shares), dtype=np.bool_)
        for point in range(len(shares)):
            values = {**settled[of_point[point]], **{key: column[point] for key, column in columns.items()}}
            holds[point] = all(one.holds(values) for one in constraints)
        return holds

    def _base_of(self, shares: Shares) -> Sequence[int]:
        if SCENARIO not in self._factors:
            return [0] * len(shares)
        place, factor = self._factors[SCENARIO]
        return [factor.levels.index(factor.value(share)) for share in shares[:, place].tolist()]

    def room(self, shares: Shares) -> float:
        """How much of the space is allowed, judged by points all over it (share).

        Raises:
            ScenarioError: if hardly anything is, with the share that each constraint leaves.
        """
        allowed = float(self.allowed(shares).mean())
        if allowed < FEWEST:
            raise ScenarioError(
                refusal(
                    "--where",
                    [
                        f"{100 * allowed:.2g} % of {len(shares):,} points tried are allowed, too few to draw from; "
                        f"needed are {FEWEST:.0%}: {self.each(shares)}. Choose ranges of which more is allowed"
                    ],
                )
            )
        return allowed

    def each(self, shares: Shares) -> str:
        """How much each constraint allows by itself, in words."""
        return listed(
            [
                f'"{one.text}" by itself allows {100 * float(self._holding([one], shares).mean()):.2g} %'
                for one in self.constraints
            ]
        )


def _settled(base: Scenario, key: str) -> Any:
    return base.name if key == SCENARIO else value_of(base, key)
