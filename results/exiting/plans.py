"""Plans of leaving: when members are told, how the money goes down, and what is left behind.

A plan is a scenario with other values under a few keys. Which plans there are is a grid over these keys, without those
that contradict themselves or can no longer be chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from scenarios import Scenario
from scenarios.designs.design import at_point
from scenarios.schema.keys import value_of
from simulation import rules

Shape = Literal["full", "reduced", "steps"]


@dataclass(frozen=True)
class Way:
    """Under which keys a scenario says how it is left.

    Attributes:
        stops: month in which the funding ends.
        notice: months ahead that this is said.
        taper: last months in which the funder pays less.
        levers: all that may be varied, in the order in which a plan is told.
        funder: place of the funder that goes down, among all.
        leaves: whether that funder leaves before the network closes.
    """

    stops: str
    notice: str
    taper: str
    levers: tuple[str, ...]
    funder: int = 0
    leaves: bool = False


LEFT_BEHIND = ("closing.capstone", "closing.handover", "members.replacement")
CLOSES = Way(
    "closing.month",
    "closing.notice",
    "funder.taper",
    (
        *("closing.month", "closing.notice", "closing.wind_down", "closing.wind_down_months", "funder.taper"),
        *LEFT_BEHIND,
    ),
)
"""The network closes, for whoever pays for it stops."""


def way_of(scenario: Scenario) -> Way:
    """How a scenario is left: the first funder to leave before the closing does, or the network closes."""
    leaving = [
        (one.exit_month, place)
        for place, one in enumerate(scenario.funders)
        if 0 < one.exit_month < scenario.closing_month
    ]
    if not leaving:
        return CLOSES
    place = min(leaving)[1]
    prefix = f"funder.{scenario.funders[place].name}" if place else "funder"
    own = f"{prefix}.exit", f"{prefix}.notice", f"{prefix}.taper"
    return Way(*own, (*own, *LEFT_BEHIND), place, leaves=True)


def who_goes(scenario: Scenario) -> str:
    """What the funder is called that leaves, or goes down."""
    place = way_of(scenario).funder
    return scenario.funders[place].name or "the first funder"


@dataclass(frozen=True)
class Plan:
    """One way of leaving.

    Attributes:
        number: in the order of the grid; 0 is the scenario as planned.
        changes: dotted key -> value, of what differs from the scenario as planned.
        stops: last month that is paid for.
        notice: months ahead that this is said.
        level: budgets in the months of a reduced work plan, compared with before.
        reduced: last months with a reduced work plan (count).
        steps: last months in which the funder pays less, going down in equal steps (count).
        capstone: whether there is a capstone event.
        handover: whether there is a plan that hands over to the members.
        replaced: share of what the funder takes with it that others pay.
        leaves: whether a funder leaves before the network closes.
        shares: what is left in each of the steps, where they are not equal; empty where they are.
    """

    number: int
    changes: Mapping[str, Any]
    stops: int
    notice: int
    level: float
    reduced: int
    steps: int
    capstone: bool
    handover: bool
    replaced: float
    leaves: bool = False
    shares: tuple[float, ...] = ()

    @property
    def told(self) -> int:
        """Month in which it is said."""
        return self.stops - self.notice

    @property
    def shape(self) -> Shape:
        """How the money goes down."""
        if self.steps:
            return "steps"
        return "reduced" if self.reduced and self.level < 1 else "full"

    @property
    def going_down(self) -> int:
        """Last months with less money than before (count)."""
        return 0 if self.shape == "full" else max(self.reduced if self.level < 1 else 0, self.steps)

    @property
    def taper(self) -> tuple[Shape, int, float, tuple[float, ...]]:
        """How the money goes down, over how many months, to what level, and by what unequal steps."""
        return self.shape, self.going_down, self.level if self.shape == "reduced" else 1.0, self.shares

    @property
    def begins(self) -> int:
        """First month in which anything of it happens."""
        return min(self.told, self.stops + 1 - self.going_down)

    @property
    def kind(self) -> tuple[Shape, bool, bool, float, int]:
        """What it is like, whatever the months of notice and of going down."""
        return self.shape, self.capstone, self.handover, self.replaced, self.stops

    @property
    def identity(self) -> tuple[Any, ...]:
        """Plans that have the same are the same."""
        return self.stops, self.notice, self.taper, self.capstone, self.handover, self.replaced

    def history(self, month: int, scenario: Scenario) -> tuple[Any, ...]:
        """What of it has happened by the end of a month: plans with the same history have the same networks so far."""
        grants = scenario.grants
        calls = (
            tuple(
                rules.call_open(one, self.stops, grants.first, grants.every, grants.window)
                for one in range(1, month + 1)
            )
            if not self.leaves
            else ()
        )
        told = (self.told, self.notice, self.replaced if self.leaves else 0.0) if self.told <= month else None
        down = (self.taper, self.stops, self.replaced) if self.stops + 1 - self.going_down <= month else None
        return told, down, calls


def plan_of(number: int, scenario: Scenario, changes: Mapping[str, Any]) -> Plan:
    """The plan that a scenario with some changes is.

    Raises:
        ScenarioError: if they do not go together.
    """
    way = way_of(scenario)
    settled = at_point({scenario.name: scenario}, changes)
    stops, closing, funder = value_of(settled, way.stops), settled.closing, settled.funders[way.funder]
    goes_down = way.leaves or settled.exit_month == settled.closing_month
    return Plan(
        number=number,
        changes=dict(changes),
        stops=stops,
        notice=value_of(settled, way.notice),
        level=closing.wind_down,
        reduced=0 if way.leaves else max(0, settled.closing_month + 1 - settled.wind_down_month),
        steps=funder.taper_months if goes_down else 0,
        capstone=closing.capstone,
        handover=closing.handover,
        replaced=settled.members.replacement,
        leaves=way.leaves,
        shares=funder.taper if goes_down and isinstance(funder.taper, tuple) else (),
    )
