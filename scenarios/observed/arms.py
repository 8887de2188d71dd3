"""The arms of a pattern, as its file has them: settings, groups of pairs, groups of members."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from scenarios.files.faults import ScenarioError, near_miss, shown
from scenarios.observed.groups import GROUPS_OF, MET, ONLY, ORIGINS, REGIONS, Arm, Exposure, MemberGroup
from scenarios.observed.study import GRANT_OUTCOMES, MEMBER_OUTCOMES, PAIR_OUTCOMES, Pattern
from scenarios.reading.layers import Layer, flatten
from scenarios.reading.reading import replace
from scenarios.schema.fields import LAST_MONTH
from scenarios.schema.roster import SIZES
from scenarios.schema.scenario import Scenario
from scenarios.schema.table_parts import Part

MOST_MEETINGS = 10_000
_OR_MORE = " or more"

_ARM = (
    "name", "set", "met", "by", "meetings", "met_only", "tie_before", "origin", "begun", "region", "overlap", "applied",
    "won", "event", "attended", "members",
)  # fmt: skip
_MEMBERS = ("size", "need", "champion", "region", "joined_later", "event", "attended")


def read_arms(table: Part, scenario: Scenario | None) -> tuple[Arm, ...]:
    """The arms of a pattern; what is wrong with them is blamed.

    Args:
        table: the pattern.
        scenario: the study's setting; None where it cannot be used.
    """
    written = table.values.get("arms", [])
    if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        table.wrong("arms", 'a list of tables, such as [{ met = "convening" }, { met = "none" }]')
        return ()
    arms = []
    for number, one in enumerate(written):
        part = Part(one, f"{table.place}.arms.{number}", _ARM, table.faults)
        arms.append(_arm(part, scenario))
        table.bad |= {"arms"} if part.bad else set()
    return tuple(arms)


def check_groups(table: Part, pattern: Pattern, scenario: Scenario | None) -> None:
    """Whether the outcome can be asked of the groups that the arms name."""
    outcome = pattern.outcome
    of_pairs = outcome in PAIR_OUTCOMES or outcome in GRANT_OUTCOMES
    for arm in pattern.arms:
        pairs, members = _keys(arm.pairs), _keys(arm.members)
        if pairs and not of_pairs:
            instead = "write members = {...}" if outcome in MEMBER_OUTCOMES else "use set = {...}"
            of = "members" if outcome in MEMBER_OUTCOMES else "a network"
            table.clash("arms", f"arms are groups of pairs, but {outcome} is asked of {of}; {instead}", "outcome")
        elif members and outcome not in MEMBER_OUTCOMES:
            of = "pairs" if of_pairs else "a network"
            allowed = _list(MEMBER_OUTCOMES)
            table.clash("arms", f"arms are groups of members, but {outcome} is asked of {of}; of them you can ask "
                        f"{allowed}", "outcome")  # fmt: skip
        elif strange := [name for name in pairs if name not in GROUPS_OF.get(outcome, pairs)]:
            allowed = _list(GROUPS_OF[outcome])
            table.clash("arms", f"arms go by {_list(strange)}, but the pairs of {outcome} go by {allowed}", "outcome")
        elif pattern.clock == "application" and "applied" in pairs:
            table.clash("arms", "arms go by applied, but all pairs on the clock application have applied", "clock")
        faults = (
            _fault_of_meetings(arm.pairs),
            _fault_of_region(arm.members, scenario),
            _fault_of_event(arm, scenario),
        )
        if fault := next(filter(None, faults), ""):
            table.clash("arms", fault)


def _keys(group: Exposure | MemberGroup | None) -> list[str]:
    """What a group goes by."""
    return [name for name, value in vars(group).items() if value is not None] if group else []


def _fault_of_meetings(pairs: Exposure | None) -> str:
    """What does not go together in how two had met; "" where all does."""
    if pairs is None:
        return ""
    never = pairs.meetings is not None and pairs.meetings[0] == 0
    if pairs.met is not None and never:
        return f"arms have met = {shown(pairs.met)} and meetings from 0: who has met has met once or more"
    if pairs.met == "none" and (pairs.meetings or pairs.met_only):
        return 'arms have met = "none" beside meetings or met_only: who never met has none'
    if pairs.met_only is not None and never:
        return f"arms have met_only = {shown(pairs.met_only)} and meetings from 0: who has met has met once or more"
    return ""


def _fault_of_region(members: MemberGroup | None, scenario: Scenario | None) -> str:
    """What is wrong with the region of a group of members; "" where nothing is."""
    if scenario is None or members is None or members.region is None:
        return ""
    names = scenario.roster.regions if scenario.roster is not None else ()
    if isinstance(members.region, str):
        if members.region in names:
            return ""
        allowed = f"allowed is {_list(names)}" if names else f"members are drawn, so write 1 to {_regions(scenario)}"
        return f"region is {shown(members.region)}: {allowed}{near_miss(members.region, names)}"
    if members.region > _regions(scenario):
        return f"region is {members.region}: allowed is 1 to {_regions(scenario)}"
    return ""


def _fault_of_event(arm: Arm, scenario: Scenario | None) -> str:
    """What is wrong with the event that a group goes by; "" where nothing is."""
    groups = [one for one in (arm.pairs, arm.members) if one is not None]
    for group in groups:
        if (group.event is None) != (group.attended is None):
            return "arms have event without attended, or attended without event: write both, event = 4, attended = true"
        if group.event is None or scenario is None:
            continue
        try:
            run = replace(scenario, arm.settings)
        except ScenarioError:  # blamed already
            continue
        if not run.convenes(group.event):
            due = [month for month in range(1, run.last_month + 1) if run.convenes(month)]
            when = f"convenings are due in months {_list(map(str, due[:6]))}{', ...' if len(due) > 6 else ''}"
            return f"event is {group.event}, but no convening is due then; {when if due else 'none is ever due'}"
    return ""


def _regions(scenario: Scenario) -> int:
    return scenario.network.regions


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)


def _arm(part: Part, scenario: Scenario | None) -> Arm:
    pairs = Exposure(
        met=_word(part, "met", MET),
        by=part.whole("by", 0, LAST_MONTH),
        meetings=_meetings(part),
        met_only=_word(part, "met_only", ONLY),
        tie_before=part.flag("tie_before"),
        origin=_word(part, "origin", ORIGINS),
        begun=part.months_between("begun"),
        region=_word(part, "region", REGIONS),
        overlap=part.span("overlap", 0, 1),
        applied=part.flag("applied"),
        won=part.flag("won"),
        event=part.whole("event", 1, LAST_MONTH),
        attended=part.flag("attended"),
    )
    settings = _settings(part, scenario)
    return Arm(part.text("name", ""), settings, None if pairs == Exposure() else pairs, _members(part))


def _settings(part: Part, scenario: Scenario | None) -> dict[str, Any]:
    """The values that are in force in an arm."""
    written = part.values.get("set", {})
    if not isinstance(written, dict):
        part.wrong("set", "a table of dotted keys")
        return {}
    layer = Layer("arm", "", Path.cwd())
    for key, value in flatten(written):
        layer.set(key, value)
    faults = layer.faults
    if scenario is not None and not faults:
        try:
            replace(scenario, layer.values)
        except ScenarioError as error:
            faults = list(error.faults)
    for fault in faults:
        part.blame("set", fault)
    return layer.values


def _meetings(part: Part) -> tuple[int, int | None] | None:
    """How often two had met: `0`, `[1, 3]` or `"2 or more"`."""
    value = part.values.get("meetings")
    if value is None:
        return None
    if _is_count(value):
        return value, value
    if isinstance(value, list) and len(value) == 2 and all(map(_is_count, value)) and value[0] <= value[1]:
        return value[0], value[1]
    if isinstance(value, str) and value.endswith(_OR_MORE):
        number = value.removesuffix(_OR_MORE)
        if number.isascii() and number.isdigit() and len(number) < 6 and _is_count(int(number)):
            return int(number), None
    part.wrong("meetings", 'a whole number such as 0, a pair [from, to] such as [1, 3], or "2 or more"')
    return None


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_MEETINGS


def _members(part: Part) -> MemberGroup | None:
    """A group of members, under its own table."""
    if not part.has("members"):
        return None
    written = part.values["members"]
    if not isinstance(written, dict):
        part.wrong("members", 'a table, such as { size = "large" }')
        return None
    table = Part(written, f"{part.place}.members", _MEMBERS, part.faults)
    group = MemberGroup(
        size=_word(table, "size", SIZES),
        need=table.span("need", 0, 1),
        champion=table.flag("champion"),
        region=_region(table),
        joined_later=table.flag("joined_later"),
        event=table.whole("event", 1, LAST_MONTH),
        attended=table.flag("attended"),
    )
    part.bad |= {"members"} if table.bad else set()
    return None if group == MemberGroup() else group


def _region(table: Part) -> str | int | None:
    """A region by its name, or by its number."""
    if isinstance(table.values.get("region"), str):
        return table.text("region")
    return table.whole("region", 1, LAST_MONTH)


def _word(part: Part, key: str, known: Sequence[str]) -> str | None:
    return part.word(key, known) if part.has(key) else None
