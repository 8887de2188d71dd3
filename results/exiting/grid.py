"""The grid of plans: every combination of the elements of an exit that is a plan, and why the others are none."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Literal

from results.exiting.plans import Plan, Way, plan_of, way_of
from results.optimising.search import read_levers
from scenarios import Scenario, ScenarioError
from scenarios.designs.factors import Factor
from scenarios.files.faults import RequestError, near_miss
from scenarios.reading.layers import parse_value
from scenarios.schema.keys import key_named, value_of

Reason = Literal["early", "both", "unprepared", "nothing", "late", "same", "impossible"]

NOTICES = (0, 3, 6, 9, 12)
REDUCED = (0, 6, 12)
STEPS = (0, 3, 6, 12)
REDUCED_TO = 0.6
"""Level of a reduced work plan where the scenario has none of its own."""
REPLACED = 0.5
"""Share that others may pay of what a funder takes with it, where several fund the network and nobody says another."""


@dataclass(frozen=True)
class Grid:
    """All plans that may be chosen, and what was left out.

    Attributes:
        plans: the scenario as planned first.
        left_out: why -> combinations that are no plan (count).
        month: the decision is made at its end; everything before it is as planned.
        gone: key -> values that somebody asked for and no plan has, each with why.
    """

    plans: tuple[Plan, ...]
    left_out: Mapping[Reason, int]
    month: int
    gone: Mapping[str, Mapping[Any, Sequence[Reason]]] = field(default_factory=dict)


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
    _check_stops(given, way, from_month)
    _check_notice(given, way, planned, from_month)
    values = _values(scenario, planned, given, way, co_funder)
    counts: Counter[Reason] = Counter()
    found: dict[tuple[Any, ...], Plan] = {planned.identity: planned}
    became: list[tuple[dict[str, Any], Plan | Reason]] = []
    for combination in product(*(values[key] for key in way.levers)):
        wanted = dict(zip(way.levers, combination, strict=True))
        plan = _made(len(found), scenario, wanted, way, counts)
        if plan is None:
            became.append((wanted, "impossible"))
            continue
        reason = _contradiction(plan, planned)
        became.append((wanted, reason or plan))
        if reason:
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
    gone = _gone(given, became, {one.identity for one in still})
    return Grid(kept, {reason: count for reason, count in counts.items() if count}, decided, gone)


def _gone(
    given: Mapping[str, Sequence[Any]],
    became: Sequence[tuple[Mapping[str, Any], Plan | Reason]],
    still: Collection[tuple[Any, ...]],
) -> dict[str, dict[Any, Sequence[Reason]]]:
    """Values that somebody asked for and that are in no plan, each with why not."""
    found: dict[str, dict[Any, Sequence[Reason]]] = {}
    for key, levels in given.items():
        for value in levels:
            ends = [end for wanted, end in became if wanted[key] == value]
            if not any(isinstance(end, Plan) and end.identity in still for end in ends):
                why: list[Reason] = ["late" if isinstance(end, Plan) else end for end in ends]
                found.setdefault(key, {})[value] = ("late",) if "late" in why else tuple(dict.fromkeys(why))
    return found


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


def _check_stops(given: Mapping[str, Sequence[Any]], way: Way, month: int) -> None:
    """One month of the end that somebody asks for must still be ahead when one decides."""
    ends = given.get(way.stops, ())
    if month and ends and max(ends) <= month:
        raise RequestError(
            "levers",
            f"{way.stops}={','.join(map(str, ends))}: the decision is made at the end of month {month}; allowed is "
            f"{month + 1} or later",
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
