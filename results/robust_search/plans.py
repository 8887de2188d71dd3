"""Plans tried in the futures of a stage: what comes of each in every one of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from results.estimates.sums import exact_mean
from results.optimising.objective import COST, sign
from results.robust_search.asked import RobustQuestion
from results.robust_search.criteria import Values
from results.robust_search.stages import StageName

Found = tuple[Values, str]
"""Of a plan, float[2, futures, outcomes]: means over networks, and their standard errors of luck; nan where a future
has no value. And why the first that could not be run has none, or ""."""


@dataclass(frozen=True)
class Place:
    """Some futures of a stage.

    Attributes:
        stage: which.
        futures: their numbers in it.
    """

    stage: StageName
    futures: tuple[int, ...]


EvaluateOver = Callable[[Sequence[Mapping[str, Any]], Place], Sequence[Found]]
"""Values of some plans, in some futures of a stage -> what comes of each."""


@dataclass(frozen=True, eq=False)
class TriedPlan:
    """One plan over futures.

    Attributes:
        number: in the order in which they were tried; 0 is the scenario as it is.
        values: of the levers.
        outcomes: that were kept.
        means: over networks, float[futures, outcomes]; nan where a future has no value.
        errors: standard errors of luck in them, float[futures, outcomes].
        error: why the first future that could not be run has no value; "" where all could.
        excess: how much more the plan as it is costs in these futures than in all that were drawn, as a ratio.
    """

    number: int
    values: Mapping[str, Any]
    outcomes: tuple[str, ...]
    means: Values
    errors: Values
    error: str = ""
    excess: float = 1.0

    def of(self, outcome: str) -> Values:
        """An outcome in every future, float[futures]."""
        return self.means[:, self.outcomes.index(outcome)]

    def gains(self, outcome: str) -> Values:
        """The same, turned so that more is better."""
        return sign(outcome) * self.of(outcome)

    @property
    def is_whole(self) -> bool:
        """Whether it has every outcome in every future."""
        return bool(np.isfinite(self.means).all())

    @property
    def cost(self) -> float:
        """Mean whole cost over futures; nan where it has none in one of them."""
        return exact_mean(self.of(COST))

    @property
    def expected_cost(self) -> float:
        """Mean whole cost, as it would be over all futures that were drawn.

        Prices differ between futures, and for all plans alike, so that few futures may be dear ones. What they make of
        the plan as it is says by how much (a ratio estimator: Cochran 1977, Sampling techniques, ch. 6).
        """
        return self.cost / self.excess

    def keeps(self, budget: float) -> bool:
        """Whether it has all outcomes, and keeps the budget on average."""
        return self.is_whole and self.expected_cost <= budget

    def within(self, kept: Sequence[int], excess: float = 1.0) -> "TriedPlan":
        """The same over some of its futures."""
        rows = list(kept)
        return replace(self, means=self.means[rows], errors=self.errors[rows], excess=excess)


def tried(
    asked: RobustQuestion, evaluate: EvaluateOver, wanted: Sequence[tuple[int, Mapping[str, Any]]], place: Place
) -> list[TriedPlan]:
    """Try some plans, by number and values."""
    found = evaluate([values for _, values in wanted], place)
    return [
        TriedPlan(number, values, asked.kept, result[0], result[1], why)
        for (number, values), (result, why) in zip(wanted, found, strict=True)
    ]


def whole_futures(planned: TriedPlan) -> list[int]:
    """Places of the futures in which the plan as it is has every outcome: in the others nothing can be said."""
    return [int(place) for place in np.flatnonzero(np.isfinite(planned.means).all(axis=1))]
