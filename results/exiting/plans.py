"""Plans of leaving: when members are told, how the money goes down, and what is left behind.

A plan is a scenario with other values under a few keys. Which plans there are is a grid over these keys, without those
that contradict themselves or can no longer be chosen.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

from results.optimising.search import read_levers
from scenarios import Scenario, ScenarioError
from scenarios.designs.design import at_point
from scenarios.designs.factors import Factor
from scenarios.files.faults import RequestError, near_miss
from scenarios.reading.layers import parse_value
from scenarios.schema.keys import key_named, value_of
from simulation import rules

Shape = Literal["full", "reduced", "steps"]
Reason = Literal["early", "both", "unprepared", "nothing", "late", "same", "impossible"]

NOTICES = (0, 3, 6, 9, 12)
REDUCED = (0, 6, 12)
STEPS = (0, 3, 6, 12)
REDUCED_TO = 0.6
"""Level of a reduced work plan where the scenario has none of its own."""
REPLACED = 0.5
"""Share that others may pay of what a funder takes with it, where several fund the network and nobody says another."""


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


@dataclass(frozen=True)
class Grid:
    """All plans that may be chosen, and what was left out.

    Attributes:
        plans: the scenario as planned first.
        left_out: why -> combinations that are no plan (count).
        month: the decision is made at its end; everything before it is as planned.
    """

    plans: tuple[Plan, ...]
    left_out: Mapping[Reason, int]
    month: int


def check_closes(scenario: Scenario) -> None:
    """See that there is an end to plan.

    Raises:
        RequestError: if the network never closes.
    """
    if not scenario.closes:
        raise RequestError(
            "scenario",
            f"'{scenario.name}' never closes (closing.month is \"never\"), so there is no exit to plan; say when: "
            "--set closing.month=24",
        )


def read_exit_levers(written: Sequence[str]) -> tuple[Factor, ...]:
    """What `--lever` names: several values to try, or one to hold to.

    Raises:
        ScenarioError: with everything that is wrong.
        RequestError: if one value is none that the key may have.
    """
    held, several = [], []
    for one in written:
        key, _, text = (part.strip() for part in one.partition("="))
        known = key_named(key)
        if known and known.role == "lever" and ("[" in text or (text and not {",", ":"}.intersection(text))):
            values = _with_lists(key, text) if "[" in text else [parse_value(key, text)]
            if fault := next(filter(None, map(known.fault, values)), ""):
                raise RequestError("levers", fault)
            held.append(Factor(key, levels=tuple(values)))
        else:
            several.append(one)
    if twice := {one.key for one in held} & {one.partition("=")[0].strip() for one in several}:
        raise RequestError("levers", f"{min(twice)} is named twice; name it once")
    if len({one.key for one in held}) < len(held):
        raise RequestError("levers", "one key is named twice; name it once, with all its values")
    return (*held, *(read_levers(several) if several else ()))


def _with_lists(key: str, text: str) -> list[Any]:
    """Values of which some are lists: "6,[0.8,0.5,0.2]"."""
    values = parse_value(key, f"[{text}]")
    if isinstance(values, str):
        raise RequestError("levers", f"{key}={text}: a list is written as [0.8,0.5,0.2]")
    return [tuple(one) if isinstance(one, list) else one for one in values]


def grid_of(scenario: Scenario, levers: Sequence[Factor], month: int | None, co_funder: float | None) -> Grid:
    """Every plan that there is.

    Args:
        scenario: as planned.
        levers: what is to be tried instead of the usual.
        month: of the decision; None for the latest at which all plans can still be chosen.
        co_funder: share that others may pay of what the funder takes with it; None: none, or of several funders half.

    Raises:
        RequestError: if the month is none in which anything can be decided, or a lever cannot be used.
    """
    way, today = way_of(scenario), scenario.network.today
    given = {one.key: _levels(one) for one in levers}
    _check_levers(given, way)
    planned = plan_of(0, scenario, {})
    _check_month(planned, month, today)
    from_month = max(today, 0 if month is None else month)
    _check_notice(given, way, planned, from_month)
    values = _values(scenario, planned, given, way, co_funder)
    counts: Counter[Reason] = Counter()
    found: dict[tuple[Any, ...], Plan] = {planned.identity: planned}
    for combination in product(*(values[key] for key in way.levers)):
        wanted = dict(zip(way.levers, combination, strict=True))
        plan = _made(len(found), scenario, wanted, way, counts)
        if plan is None:
            continue
        if reason := _contradiction(plan, planned):
            counts[reason] += 1
        elif plan.identity in found:
            counts["same"] += 1
        else:
            found[plan.identity] = plan
    plans = tuple(found.values())
    decided = (today or max(0, min(one.begins for one in plans) - 1)) if month is None else month
    before = planned.history(decided, scenario)
    still = [one for one in plans if one.history(decided, scenario) == before]
    counts["late"] += len(plans) - len(still)
    if len(still) == 1:
        raise RequestError(
            "levers" if levers else "month",
            f"after month {decided} nothing is left to choose but the plan as it is; decide earlier, or try other "
            f"values: {', '.join(way.levers)}",
        )
    kept = tuple(Plan(**{**vars(one), "number": number}) for number, one in enumerate(still))
    return Grid(kept, {reason: count for reason, count in counts.items() if count}, decided)


def _levels(factor: Factor) -> list[Any]:
    return [factor.value(share) for share in factor.steps()]


def _check_levers(given: Mapping[str, Sequence[Any]], way: Way) -> None:
    for key, levels in given.items():
        if key not in way.levers:
            meant = {"exit": way.stops, "month": way.stops, "notice": way.notice, "taper": way.taper}
            swapped = meant.get(key.rpartition(".")[2])
            hint = f"; here that is {swapped}" if swapped else near_miss(key, way.levers)
            hint = hint or f"; allowed: {', '.join(way.levers)}"
            raise RequestError("levers", f"{key} is no part of an exit{hint}")
        if "never" in levels:
            raise RequestError("levers", f"{key}=never: an exit is in a month; allowed are months")


def _check_month(planned: Plan, month: int | None, today: int) -> None:
    last = planned.stops - 1
    if month is not None and not today <= month <= last:
        what = "the funder leaves" if planned.leaves else "the network closes"
        since = f", and today is month {today} (network.today)" if today else ""
        raise RequestError(
            "month", f"{month}, but {what} in month {planned.stops}{since}; allowed is {today} to {last}"
        )


def _check_notice(given: Mapping[str, Sequence[Any]], way: Way, planned: Plan, month: int) -> None:
    """Notice that somebody asks for must still be possible with some month of the end."""
    last = max((one for one in given.get(way.stops, ()) if isinstance(one, int)), default=planned.stops)
    left = last - month - 1
    said = planned.told <= month
    for notice in given.get(way.notice, ()):
        if said and notice != planned.notice:
            raise RequestError(
                "levers",
                f"{way.notice}={notice}: it was said in month {planned.told} already, {planned.notice} months ahead; "
                f"leave {way.notice} out",
            )
        if not said and notice > left:
            raise RequestError(
                "levers",
                f"{way.notice}={notice}: after month {month} only {last - month} months are left until month {last}; "
                f"allowed is at most {left}",
            )


def _values(
    scenario: Scenario, planned: Plan, given: Mapping[str, Sequence[Any]], way: Way, co_funder: float | None
) -> dict[str, list[Any]]:
    """What is tried under each key."""
    several = len(scenario.funders) > 1 or way.leaves
    other = co_funder if co_funder is not None else REPLACED if several else None
    level = planned.level if planned.level < 1 else REDUCED_TO
    usual: dict[str, list[Any]] = {
        way.stops: [planned.stops],
        way.notice: sorted({*(one for one in NOTICES if one < planned.stops), planned.notice}),
        "closing.wind_down": [level],
        "closing.wind_down_months": sorted({*REDUCED, planned.reduced}),
        way.taper: [
            *sorted({*STEPS, *([] if planned.shares else [planned.steps])}),
            *([planned.shares] if planned.shares else []),
        ],
        "closing.capstone": [False, True],
        "closing.handover": [False, True],
        "members.replacement": sorted({planned.replaced, *([] if other is None else [other])}),
    }
    return {key: list(dict.fromkeys(given.get(key, usual[key]))) for key in way.levers}


def _made(number: int, scenario: Scenario, wanted: Mapping[str, Any], way: Way, counts: Counter[Reason]) -> Plan | None:
    changes = dict(wanted)
    if not way.leaves and changes[way.taper]:
        changes["funder.exit"] = changes[way.stops]
    changes = {key: value for key, value in changes.items() if value != value_of(scenario, key)}
    try:
        return plan_of(number, scenario, changes)
    except ScenarioError:
        counts["impossible"] += 1
        return None


def _contradiction(plan: Plan, planned: Plan) -> Reason | Literal[""]:
    """Why values are no plan, though a scenario may have them."""
    if plan.reduced and plan.level < 1 and plan.steps:
        return "both"
    if plan.going_down > plan.notice:
        return "early"
    if plan.notice == 0 and (plan.capstone or plan.handover):
        return "unprepared"
    if plan.replaced != planned.replaced and not plan.steps and not plan.leaves:
        return "nothing"
    return ""
