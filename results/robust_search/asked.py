"""What is asked of a robust search, and what each of its objectives is."""

from dataclasses import dataclass, replace
from typing import Any

from results.comparing.conversions import Conversions
from results.optimising.kinds import Kinds
from results.optimising.objective import COST
from results.robust_search.bars import Bar
from results.robust_search.criteria import CriterionName
from results.robust_search.stages import Futures
from scenarios import Scenario
from scenarios.designs.factors import Factor
from scenarios.schema.keys import value_of
from simulation.own_outcomes.catalogue import outcomes_of


@dataclass(frozen=True)
class Objective:
    """One number that is to be best.

    Attributes:
        criterion: by which.
        outcome: of which; "" where all bars are to be met at once.
        bar: of satisficing, which; None of other criteria, and where all are to be met at once.
    """

    criterion: CriterionName
    outcome: str
    bar: Bar | None = None


@dataclass(frozen=True, eq=False)
class RobustQuestion:
    """What is asked.

    Attributes:
        scenario: as it is planned, with what is not known of its parameters.
        levers: what may be changed.
        budget: that the whole cost may have on average over futures, in the scenario's currency.
        outcomes: by which plans are judged.
        bars: what is good enough.
        criterion: by which the search goes.
        futures: what may come.
        seed: of the luck and of the search.
        trials: candidates of the search (count).
        searched: futures of the search (count).
        replicates: networks of a candidate in each future of the search (count).
        final: networks of a finalist in each future (count).
        converted: of the budget and the bars, what was given in another currency.
        kinds: by which levers plans are told apart in kind; None: by those that the cost depends on most.
    """

    scenario: Scenario
    levers: tuple[Factor, ...]
    budget: float
    outcomes: tuple[str, ...]
    bars: tuple[Bar, ...]
    criterion: CriterionName
    futures: Futures
    seed: int = 1
    trials: int = 200
    searched: int = 40
    replicates: int = 20
    final: int = 50
    kinds: Kinds | None = None
    converted: Conversions = ()

    def __post_init__(self) -> None:
        """Take names as the scenario's catalogue has them, wherever they come from."""
        known = outcomes_of(self.scenario.outcomes)
        object.__setattr__(self, "outcomes", tuple(map(known.called, self.outcomes)))
        bars = tuple(replace(bar, outcome=known.called(bar.outcome)) for bar in self.bars)
        object.__setattr__(self, "bars", bars)

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """What is to be best, the first first: of several bars, all at once before each by itself."""
        if self.criterion != "satisficing":
            return tuple(Objective(self.criterion, outcome) for outcome in self.outcomes)
        each = tuple(Objective("satisficing", bar.outcome, bar) for bar in self.bars)
        return (Objective("satisficing", ""), *each) if len(each) > 1 else each

    @property
    def kept(self) -> tuple[str, ...]:
        """Outcomes that are kept of every plan in every future."""
        return tuple(dict.fromkeys([*self.outcomes, *(bar.outcome for bar in self.bars), COST]))

    def planned(self) -> dict[str, Any]:
        """Values of the levers in the scenario as it is."""
        return {lever.key: value_of(self.scenario, lever.key) for lever in self.levers}

    def networks_in(self, stage: str) -> int:
        """Networks of a plan in each future of a stage (count)."""
        return self.replicates if stage == "pool" else self.final
