"""A plan of leaving in words and months, as one would tell a colleague."""

from collections.abc import Sequence

from results.exiting.elements import Element
from results.exiting.plans import Plan, who_goes
from results.exiting.question import Question
from scenarios.files.listing import listed

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def counted_in_words(count: int) -> str:
    """A small number as a word."""
    return _WORDS[count] if count < len(_WORDS) else f"{count}"


def months(count: int) -> str:
    """So many months."""
    return f"{counted_in_words(count)} month{'' if count == 1 else 's'}"


def told(plan: Plan, asked: Question) -> str:
    """The whole plan: a sentence that begins small, without its full stop."""
    parts = [_notice(plan, asked), _money(plan, asked)]
    if _has_steps(plan) and plan.replaced:
        parts.append(f"have others pay {100 * plan.replaced:.0f} % of what goes")
    elif plan.leaves and plan.replaced:
        parts.append(f"have others pay {100 * plan.replaced:.0f} % of what the funder took with it")
    left = [*(["hold a capstone event"] if plan.capstone else []),
            *(["hand over to the members by a plan"] if plan.handover else [])]  # fmt: skip
    missing = [*([] if plan.capstone else ["no capstone event"]), *([] if plan.handover else ["no handover plan"])]
    behind = [*([" and ".join(left)] if left else []), *([f"have {' and '.join(missing)}"] if missing else [])]
    parts.append(("at the closing " if plan.leaves else "") + ", and ".join(behind))
    return "; ".join(parts)


def _has_steps(plan: Plan) -> bool:
    return plan.shape == "steps"


def _end(plan: Plan) -> str:
    return "the funder leaves" if plan.leaves else "the end"


def _notice(plan: Plan, asked: Question) -> str:
    if plan.told <= asked.month:
        return f"members were told in month {plan.told}, {months(plan.notice)} before {_end(plan)}"
    if plan.notice == 0:
        return f"tell members only in month {plan.told}, the last one"
    return f"tell members in month {plan.told}, {months(plan.notice)} before {_end(plan)}"


def _money(plan: Plan, asked: Question) -> str:
    scenario = asked.scenario
    what = "the backbone and the grants" if scenario.grants.per_call else "the backbone"
    who = who_goes(scenario)
    full = plan.stops - plan.going_down
    if plan.leaves:
        what = f"the share of {what} that {who} pays"
    if plan.shape == "full":
        return f"keep {what} in full to the last month, {plan.stops}"
    begun = full < asked.month
    until = f"keep {what} in full until month {full}"
    if begun:
        have = "have" if scenario.grants.per_call and not plan.leaves else "has"
        until = f"{what} {have} been going down since month {full + 1}"
    then = "" if begun else "then "
    if plan.shape == "reduced":
        return f"{until}, {then}at {100 * plan.level:.0f} % to the end"
    steps = f"in {counted_in_words(plan.steps)} equal steps" if not plan.shares else f"to {_shares(plan)}"
    if len(scenario.funders) > 1 and not plan.leaves:
        return f"{until}, {then}with {who} going down {steps} and the others paying on"
    return f"{until}, {then}go{'ing' if begun else ''} down {steps}"


def parts_of(plan: Plan) -> tuple[str, ...]:
    """The same in a few words, a part each: when, money, others, what is left."""
    other = (f"others pay {100 * plan.replaced:.0f} %",) if plan.replaced else ()
    return (notice_shortly((plan,)), money_shortly((plan,)), *other, left_shortly(plan))


def told_shortly(plan: Plan) -> str:
    """The same in a few words, for a table."""
    return ", ".join(parts_of(plan))


def left_shortly(plan: Plan) -> str:
    """What is left behind."""
    left = [*(["capstone"] if plan.capstone else []), *(["handover"] if plan.handover else [])]
    return listed(left) or "nothing left behind"


def notice_shortly(plans: tuple[Plan, ...]) -> str:
    """When members are told, over plans of a kind."""
    ahead = sorted({one.notice for one in plans})
    if ahead == [0]:
        return "told in the last month"
    span = f"{ahead[0]}" if len(ahead) == 1 else f"{ahead[0]} to {ahead[-1]}"
    return f"told {span} months ahead" if ahead != [1] else "told a month ahead"


def money_shortly(plans: tuple[Plan, ...]) -> str:
    """How the money goes down, over plans of a kind."""
    first, down = plans[0], sorted({one.going_down for one in plans})
    if first.shape == "full":
        return "in full to the end"
    if first.shares and len(plans) == 1:
        return f"down to {_shares(first)}"
    span = f"{down[0]}" if len(down) == 1 else f"{down[0]} to {down[-1]}"
    month = "months" if down != [1] else "month"
    if first.shape == "reduced":
        return f"at {100 * first.level:.0f} % for the last {span} {month}"
    return f"down in steps over {span} {month}"


def element_told(one: Element) -> str:
    """What an element is, compared with what."""
    plan, other = one.plan, one.other
    match one.name:
        case "notice":
            return f"told {_months(plan.notice)} ahead, not {other.notice}"
        case "taper":
            return f"{_down(plan)}, not {_down(other)}"
        case "capstone":
            return "a capstone event"
        case "handover":
            return "a handover plan"
        case "co-funder":
            return f"others pay {100 * plan.replaced:.0f} % of what goes, not {100 * other.replaced:.0f} %"
        case "end":
            return f"an end in month {plan.stops}, not {other.stops}"


def element_as_a_whole(levels: Sequence[Element]) -> str:
    """An element at several of its values."""
    first = levels[0]
    match first.name:
        case "notice":
            ahead = listed([str(one.plan.notice) for one in levels], "or")
            return f"how early members are told ({ahead} months ahead instead of {first.other.notice})"
        case "taper":
            ways = listed([_down(one.plan) for one in levels], "or")
            return f"how the money goes down ({ways} instead of {_down(first.other)})"
        case "end":
            ends = listed([str(one.plan.stops) for one in levels], "or")
            return f"the month of the end ({ends} instead of {first.other.stops})"
        case _:
            return element_told(first)


def _down(plan: Plan) -> str:
    return down_told(plan, f"{plan.going_down}")


def down_told(plan: Plan, months_down: str) -> str:
    """How the money goes down, over so many months: "60 % for 6 months", "steps over 3 to 6 months", "in full"."""
    if plan.shape == "full":
        return "in full"
    if plan.shares and months_down == f"{plan.steps}":
        return f"steps to {_shares(plan)}"
    ahead = f"{months_down} month{'' if months_down == '1' else 's'}"
    return f"{100 * plan.level:.0f} % for {ahead}" if plan.shape == "reduced" else f"steps over {ahead}"


def _months(count: int) -> str:
    return f"{count} month{'' if count == 1 else 's'}"


def settings_of(plan: Plan) -> list[str]:
    """Its changes as `--set` takes them: "closing.notice=12", ..."""
    return [f"{key}={_value(value)}" for key, value in plan.changes.items()]


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shares(plan: Plan) -> str:
    """What unequal steps leave: "80, 50 and 20 %"."""
    return f"{listed([f'{100 * one:g}' for one in plan.shares])} %"
