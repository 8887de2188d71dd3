"""Values that may stand but do nothing, or less than they say: said, so that nobody waits for what they would do."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from scenarios.files.faults import shown
from scenarios.files.listing import listed
from scenarios.reading.idle_words import (
    NEVER_PAID,
    NO_RENEWAL,
    NO_SHIFT,
    NO_STRANGER,
    NO_WEIGHT,
    NOBODY_LEAVES,
    ONE_FUNDER,
    WORDS,
)
from scenarios.schema.funders import CoFunder, key_of, shares
from scenarios.schema.keys import key_named, value_of
from scenarios.schema.scenario import Scenario


class _Gate(NamedTuple):
    """What must be otherwise before some values do anything."""

    why: Callable[[Scenario], str]
    """The value that shuts it, in words; "" where it is open."""
    behind: tuple[str, ...]
    """Dotted keys that do nothing while it is shut."""


def _nothing_shifts(s: Scenario) -> str:
    """Why a shift of the funder would leave everything as it was; "" where it would not."""
    shift, funder = s.funder.shift, s.funder
    before = funder.priorities or (1.0,) * s.network.topics
    if (
        (funder.weight > 0 and _shares(shift.priorities or before) != _shares(before))
        or (shift.facilitation != 1 and s.facilitation.intensity > 0)
        or (shift.grants != 1 and s.grants.per_call > 0)
    ):
        return ""
    return NO_SHIFT


def _shares(weights: tuple[float, ...]) -> tuple[float, ...]:
    """Weights as shares of their sum, to the digits that matter."""
    return tuple(round(one / sum(weights), 12) for one in weights)


def _nothing_winds_down(s: Scenario) -> str:
    """Why no month is one of winding down; "" where some are, or where a renewal may bring them."""
    if not s.closes or s.can_be_renewed or s.wind_down_month <= s.closing_month:
        return ""
    return "closing.notice is 0" if s.closing.wind_down_months is None else "closing.wind_down_months is 0"


def _nobody_steers(s: Scenario) -> str:
    """Why no funder has a part in the agenda; "" where one has."""
    if any(one.weight for one in s.funders):
        return ""
    return NO_WEIGHT if s.funder.others else "funder.weight is 0"


def _nobody_leaves(s: Scenario) -> str:
    """Why no funder leaves while the network lives; "" where one does."""
    return "" if _exits(s) else NOBODY_LEAVES


def _exits(s: Scenario) -> list[CoFunder]:
    """Funders that leave while the network lives, as planned."""
    return [one for one in s.funders if one.exit_month and (not s.closes or one.exit_month < s.closing_month)]


_STEWARD = tuple(f"behaviour.steward_{of}" for of in ("handover", "champion", "size", "end", "intensity"))
_CONVENING = (
    *("facilitation.reference", "facilitation.convening_every", "facilitation.cancelled"),
    *("facilitation.encounters", "costs.member_attendance"),
)


def _nobody_convenes(s: Scenario) -> str:
    """Why nobody ever convenes; "" where the facilitator does, or a steward after the closing may."""
    may_be_held = s.closes and s.behaviour.steward_chance and s.behaviour.steward_intensity
    return "" if s.facilitation.intensity or may_be_held else "facilitation.intensity is 0"


_GATES = (
    _Gate(_nothing_shifts, ("funder.shift.month",)),
    _Gate(
        lambda s: "" if s.grants.per_call else "grants.per_call is 0",
        (
            *("grants.first", "grants.every", "grants.months", "grants.window", "grants.size", "funder.shift.grants"),
            "behaviour.grant_strength",
        ),
    ),
    _Gate(
        lambda s: "" if s.facilitation.intensity else "facilitation.intensity is 0",
        (
            *("facilitation.group_rate", "facilitation.group_encounters", "facilitation.introductions"),
            *("facilitation.convening_effort", "facilitation.session_effort", "facilitation.introduction_effort"),
            *("funder.shift.facilitation", "costs.backbone", "costs.attendance", "costs.session", "costs.introduction"),
        ),
    ),
    _Gate(_nobody_convenes, _CONVENING),
    _Gate(lambda s: "" if s.behaviour.steward_chance else "behaviour.steward_chance is 0", _STEWARD),
    _Gate(lambda s: "" if s.closing.handover else "closing.handover is false", ("behaviour.steward_handover",)),
    _Gate(
        lambda s: "" if s.facilitation.group_rate else "facilitation.group_rate is 0",
        ("facilitation.group_encounters", "facilitation.session_effort", "costs.session"),
    ),
    _Gate(
        lambda s: "" if s.facilitation.introductions else "facilitation.introductions is 0",
        ("costs.introduction", "facilitation.introduction_effort"),
    ),
    _Gate(
        lambda s: "" if s.closes else 'closing.month is "never"',
        (
            *("closing.notice", "closing.wind_down", "closing.wind_down_months", "closing.capstone"),
            *("closing.handover", "closing.follow_up", "closing.renewal_months", "members.champions"),
            *("behaviour.steward_chance", *_STEWARD),
            *("behaviour.fading", "behaviour.drift"),
        ),
    ),
    _Gate(
        lambda s: "" if s.network.months is None else f"network.months is {s.network.months}", ("closing.follow_up",)
    ),
    _Gate(
        lambda s: "" if s.members.champions and s.behaviour.renewal_chance else NO_RENEWAL,
        ("closing.renewal_months",),
    ),
    _Gate(_nothing_winds_down, ("closing.wind_down",)),
    _Gate(lambda s: "closing.wind_down is 1" if s.closing.wind_down == 1 else "", ("closing.wind_down_months",)),
    _Gate(
        lambda s: "" if s.closes or s.grants.per_call else NEVER_PAID,
        ("behaviour.unpaid_hazard", "behaviour.unpaid_distance"),
    ),
    _Gate(
        lambda s: "" if s.behaviour.unpaid_hazard else "behaviour.unpaid_hazard is 0", ("behaviour.unpaid_distance",)
    ),
    _Gate(
        lambda s: "" if s.behaviour.contact_rate else "behaviour.contact_rate is 0",
        ("behaviour.friend_of_friend", "behaviour.contact_known"),
    ),
    _Gate(
        lambda s: "" if s.behaviour.contact_rate or s.behaviour.cold_share else NO_STRANGER,
        ("behaviour.own_region", "behaviour.region_odds", "behaviour.contact_interest"),
    ),
    _Gate(lambda s: "" if s.behaviour.cold_share else "behaviour.cold_share is 0", ("behaviour.yes_cold",)),
    _Gate(lambda s: "" if s.behaviour.lapse else "behaviour.lapse is 0", ("behaviour.lapse_trust",)),
    _Gate(lambda s: "" if s.behaviour.turnover else "behaviour.turnover is 0", ("behaviour.trust_kept",)),
    _Gate(lambda s: "" if s.behaviour.decay else "behaviour.decay is 0", ("behaviour.decay_spread",)),
    _Gate(lambda s: "" if s.closing.capstone else "closing.capstone is false", ("costs.capstone",)),
    _Gate(lambda s: "" if s.closing.handover else "closing.handover is false", ("costs.handover",)),
    _Gate(
        lambda s: "" if s.shift_month else 'funder.shift.month is "never"',
        ("funder.shift.priorities", "funder.shift.facilitation", "funder.shift.grants"),
    ),
    _Gate(lambda s: "" if s.funder.weight else "funder.weight is 0", ("funder.priorities", "funder.shift.priorities")),
    _Gate(_nobody_steers, ("behaviour.heavy_hand",)),
    _Gate(lambda s: "" if s.exit_month else 'funder.exit is "never"', ("funder.notice", "funder.taper")),
    _Gate(_nobody_leaves, ("members.replacement",)),
    _Gate(
        lambda s: "" if s.funder.others else ONE_FUNDER,
        ("funder.backbone", "funder.grants"),
    ),
    _Gate(
        lambda s: "" if s.network.leaders else "network.leaders is 0",
        ("behaviour.leadership_burden", "behaviour.leadership_fit", "behaviour.leadership_work"),
    ),
    _Gate(
        lambda s: "" if s.network.prior_ties or s.members.ties else "network.prior_ties is 0", ("network.prior_trust",)
    ),
)


class Idle(NamedTuple):
    """What is to be said: its kind in `WORDS`, and its values; a month is a word, and not grouped."""

    kind: str
    values: dict[str, str | int | tuple[str, ...]]


def idle(scenario: Scenario) -> list[str]:
    """What a scenario's values promise and its network cannot give, a sentence each."""
    return [in_words(one) for one in idle_facts(scenario)]


def in_words(one: Idle) -> str:
    """The sentence."""
    return WORDS[one.kind].format(**{name: _word(value) for name, value in one.values.items()})


def _word(value: str | int | tuple[str, ...]) -> str:
    return listed(value) if isinstance(value, tuple) else f"{value:,}" if isinstance(value, int) else value


def idle_facts(scenario: Scenario) -> list[Idle]:
    """The same, as kinds and values."""
    return [*_out_of_reach(scenario), *_behind_gates(scenario)]


def _out_of_reach(scenario: Scenario) -> Iterator[Idle]:
    """Values that go beyond the network's life, or its members."""
    plan = scenario.name
    life = scenario.closing_month + (scenario.closing.renewal_months if scenario.can_be_renewed else 0)
    if scenario.closes and scenario.shift_month > life:
        yield Idle("idle.shift", {"plan": plan, "month": str(scenario.shift_month), "last": str(life)})
    yield from _after_exits(scenario)
    cancelled = scenario.facilitation.cancelled
    if cancelled and scenario.facilitation.intensity and not scenario.convenes(cancelled):
        yield Idle("idle.cancelled", {"plan": plan, "month": str(cancelled)})
    met = scenario.roster.contacts if scenario.roster else ()
    late = sum(month > scenario.last_month for month, *_ in met)
    if late:
        yield Idle("idle.contacts", {"plan": plan, "late": late, "all": len(met), "last": str(scenario.last_month)})
    if scenario.roster is not None and scenario.roster.standing is not None:
        yield from (Idle("idle.note", {"plan": plan, "note": note}) for note in scenario.roster.standing.notes)
        yield from _without_a_call(scenario, len(scenario.roster.standing.waiting))
    yield from _planned_too_late(scenario, life if scenario.closes else scenario.last_month)
    counts = {"network.leaders": scenario.network.leaders, "members.champions": scenario.members.champions}
    members = scenario.network.members
    for key, count in counts.items():
        if count > members:
            yield Idle("idle.counted", {"plan": plan, "key": key, "count": str(count), "members": str(members)})
    calls, per_call = scenario.grants.first, scenario.grants.per_call
    end, kind = (life, "idle.grants") if scenario.closes else (scenario.last_month, "idle.grants.simulated")
    if per_call and calls > end:
        yield Idle(kind, {"plan": plan, "month": str(calls), "last": str(end)})


def _after_exits(s: Scenario) -> Iterator[Idle]:
    """Exits that come to nothing, and what is left where two leave at once, or all leave before the closing."""
    for place, one in enumerate(s.funders):
        if s.closes and one.exit_month >= s.closing_month:
            key = key_of(one, place, "exit")
            closing = str(s.closing_month)
            yield Idle("idle.exit", {"plan": s.name, "key": key, "month": str(one.exit_month), "last": closing})
    first = min(one.entry for one in s.funders)
    if first > 1:
        yield Idle("idle.before", {"plan": s.name, "month": str(first)})
    leaving = _exits(s)
    backbone = shares([one.backbone for one in s.funders])
    grants = shares([one.grants for one in s.funders])
    for month in sorted({one.exit_month for one in leaving}):
        still = [place for place, one in enumerate(s.funders) if one.is_there(month + 1)]
        later = [one.entry for one in s.funders if one.entry > month + 1]
        at_once = len([one for one in leaving if one.exit_month == month])
        said = {"plan": s.name, "month": str(month)}
        if not still and later:
            gap = {"first": str(month + 1), "last": str(min(later) - 1)}
            yield Idle("idle.gap", {"plan": s.name, **gap, "share": f"{s.members.replacement:g}"})
        elif not still:
            yield Idle("idle.unfunded", {**said, "share": f"{s.members.replacement:g}"})
        elif at_once > 1:
            left = {
                "backbone": f"{sum(backbone[place] for place in still):g}",
                "grants": f"{sum(grants[place] for place in still):g}",
            }
            yield Idle("idle.leave", {**said, "count": str(at_once), **left})


def _without_a_call(scenario: Scenario, waiting: int) -> Iterator[Idle]:
    """Pairs that wait for a grant although no call is open."""
    following = scenario.network.today + 1
    last = scenario.closing_month if scenario.closes else scenario.last_month
    calls = range(scenario.grants.first, last + 1, scenario.grants.every) if scenario.grants.per_call else ()
    if waiting and not any(0 <= call - following < scenario.grants.window for call in calls):
        kind = "idle.waiting" if waiting > 1 else "idle.waiting.one"
        yield Idle(kind, {"plan": scenario.name, "count": waiting, "month": str(following)})


def _planned_too_late(scenario: Scenario, end: int) -> Iterator[Idle]:
    """What is planned for members after the last month in which they could come, or be introduced."""
    roster, name = scenario.roster, scenario.name
    if roster is None:
        return
    late = sum(month > end for month, *_ in roster.introductions)
    if late:
        values: dict[str, str | int | tuple[str, ...]] = {"plan": name, "late": late, "last": str(end)}
        yield Idle("idle.introductions", {**values, "all": len(roster.introductions)})
    for plan, months, last in (("joins", roster.joins, end), ("leaves", roster.leaves, scenario.last_month)):
        for member, month in zip(roster.names, months, strict=False):
            if month > last:
                values = {"plan": name, "member": shown(member), "month": str(month), "last": str(last)}
                yield Idle(f"idle.{plan}", values)


def without_effect(scenario: Scenario) -> dict[str, str]:
    """Keys whose value, whatever it is, another value keeps from doing anything: key -> which, in words."""
    of_first = {key: why for gate in reversed(_GATES) if (why := gate.why(scenario)) for key in gate.behind}
    return of_first | dict(_of_other_funders(scenario))


def _of_other_funders(s: Scenario) -> Iterator[tuple[str, str]]:
    """The same of keys of funders after the first: key, and which value keeps it from doing anything."""
    for one in s.funder.others:
        here = f"funder.{one.name}"
        gates = (
            ("" if s.grants.per_call else "grants.per_call is 0", ("shift.grants",)),
            ("" if s.facilitation.intensity else "facilitation.intensity is 0", ("shift.facilitation",)),
            ("" if one.weight else f"{here}.weight is 0", ("priorities", "shift.priorities")),
            ("" if one.exit_month else f'{here}.exit is "never"', ("notice", "taper")),
            (
                "" if one.shifts_in else f'{here}.shift.month is "never"',
                ("shift.priorities", "shift.facilitation", "shift.grants"),
            ),
        )
        for why, behind in gates:
            for own in behind if why else ():
                yield f"{here}.{own}", why


def always_without_effect(scenarios: Iterable[Scenario], keys: Iterable[str]) -> dict[str, str]:
    """Those of some keys that have no effect in any of several scenarios: key -> why, as the first has it."""
    found: dict[str, str] | None = None
    for scenario in scenarios:
        here = without_effect(scenario)
        found = here if found is None else {key: why for key, why in found.items() if key in here}
    return {key: found[key] for key in keys if found and key in found}


def _behind_gates(scenario: Scenario) -> Iterator[Idle]:
    """Values other than the defaults that do nothing, those with one reason in a sentence."""
    by_reason: dict[str, list[str]] = {}
    for key, why in without_effect(scenario).items():
        known = key_named(key)
        if known and (value := value_of(scenario, key)) != known.default:
            by_reason.setdefault(why, []).append(f"{key} ({shown(value)})")
    for why, some in by_reason.items():
        kind = "idle.nothing.one" if len(some) == 1 else "idle.nothing"
        yield Idle(kind, {"plan": scenario.name, "keys": tuple(some), "why": why})
