"""What one browser tab holds: the question as it stands. Each tab has its own, so that none disturbs another."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import scenarios
from explore.opening import Opening
from results.comparing.choosing_scenarios import load
from results.exploring.explored import Asked, Variant
from results.exploring.levers import moves


@dataclass(frozen=True)
class Sitting:
    """A question, and which one it is.

    Attributes:
        opening: what the tab began with.
        given: the scenario whose levers are shown.
        values: key -> value of what was moved, as the page sends it.
        baseline: what it is compared with.
        seed: of the luck.
        replicates: networks of each scenario (count).
        fixed: whether parameters are fixed.
        n: number of the question, so that an answer that comes too late is known.
        revision: goes up when the levers' own positions are void.
    """

    opening: Opening
    given: str
    baseline: Variant
    seed: int
    replicates: int
    fixed: bool
    values: Mapping[str, Any] = field(default_factory=dict)
    n: int = 0
    revision: int = 0

    @classmethod
    def begin(cls, opening: Opening) -> "Sitting":
        """The sitting of a tab that has just been opened."""
        asked = opening.asked()
        return cls(
            opening, asked.this.given, asked.baseline, opening.seed, opening.replicates, opening.posterior is None
        )

    @property
    def start(self) -> scenarios.Scenario:
        """The scenario as it is with no lever moved."""
        return load(self.given, self.opening.settings, None)

    def moved(self, values: Mapping[str, Any], n: int) -> "Sitting":
        """Some levers stand elsewhere; `n` is the number that the page gave the question."""
        return replace(self, values={**self.values, **values}, n=max(self.n + 1, n))

    def choose(self, given: str) -> "Sitting":
        """Another scenario, its levers where they are by themselves."""
        return self._anew(given=given)

    def reset(self) -> "Sitting":
        """All levers put back."""
        return self._anew()

    def pin(self) -> "Sitting":
        """What is shown becomes the baseline."""
        return replace(self, baseline=self.asked().this, n=self.n + 1)

    def settle(self, **how: Any) -> "Sitting":
        """Other replicates, seed or parameters; what cannot be is left as it was."""
        replicates, seed = how.get("replicates", self.replicates), how.get("seed", self.seed)
        if not (
            isinstance(seed, int) and 0 <= seed < 2**32 and isinstance(replicates, int) and 1 <= replicates <= 2000
        ):
            return self
        return replace(self, replicates=replicates, seed=seed, fixed=bool(how.get("fixed", self.fixed)), n=self.n + 1)

    def asked(self) -> Asked:
        """The question.

        Raises:
            ScenarioError: if the scenario itself cannot be read any more.
        """
        this = Variant(self.given, moves(self.values, self.start))
        posterior = None if self.fixed else self.opening.posterior or "shipped"
        return Asked(this, self.baseline, self.seed, self.replicates, posterior, self.opening.settings)

    def _anew(self, **changes: Any) -> "Sitting":
        return replace(self, values={}, n=self.n + 1, revision=self.revision + 1, **changes)
