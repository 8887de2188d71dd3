"""What was observed of a scenario's network, in words and as JSON: beside the answer, never in it."""

from collections.abc import Sequence

from results.words.numbers import as_num
from results.words.sentence import Value, in_turn, named, sentence, told
from scenarios import Scenario
from scenarios.reading.counterfactual import lost
from scenarios.schema.observation import OF_MEMBERS, Observation
from simulation.outcomes import Scale, outcome_named


def observed_sentences(scenarios: Sequence[Scenario]) -> list[str]:
    """A sentence for each observation; of several scenarios of one network, the first is named."""
    first: dict[Observation, Scenario] = {}
    for scenario in scenarios:
        for one in scenario.observed:
            first.setdefault(one, scenario)
    return [_sentence(scenario, one) for one, scenario in first.items()]


def left_out_sentence(before: Scenario, scenario: Scenario) -> str:
    """`scenarios.no_longer_observed` as a sentence that knows its translations."""
    gone, levers = lost(before, scenario)
    if not gone:
        return ""
    outcomes = in_turn(gone, "comma")
    if levers:
        return told("left_out.levers", plan=before.name, outcomes=outcomes, levers=in_turn(levers, "left_out.another"))
    return told("left_out.months", plan=before.name, outcomes=outcomes, count=scenario.last_month)


def observed_line(one: Observation) -> str:
    """An observation in short: `17 of 22 (77 %), 57 to 90 %, month 25`."""
    if one.month is None:
        return told("seen.line", found=_found(one), range=_range(one))
    return told("seen.line.month", found=_found(one), range=_range(one), month=str(one.month))


def observed_lines(scenario: Scenario, *, sources: bool) -> list[str]:
    """What was observed, below the list of a scenario's values."""
    lines = []
    for one in scenario.observed:
        lines.append(f"observed.{one.outcome} = {observed_line(one)}")
        if sources:
            lines[-1] += f"\n    {outcome_named(one.outcome).meaning}\n    {one.source}"
    return ["", *lines] if lines else []


def observed_mark(one: Observation) -> str:
    """What stands beside the mark of an observation in a figure, but for whose it is."""
    if one.measured.of is not None:
        kind = "95 % interval " if one.has_wilson_interval else ""
        return f"{one.measured.successes:,} of {one.measured.of:,},\n{kind}{_range(one)}"
    return f"{_found(one)},\n{_range(one)}"


def _sentence(scenario: Scenario, one: Observation) -> str:
    kind = "seen"
    if one.has_wilson_interval:
        kind += ".few.members" if one.outcome in OF_MEMBERS else ".few"
    when: dict[str, str] = {}
    if one.month is not None:
        kind, when = f"{kind}.month", {"month": str(one.month)}
    rest: list[str] = []
    members = scenario.network.members
    if one.outcome in OF_MEMBERS and one.measured.of is not None and one.measured.of != members:
        rest.append(told("seen.members", count=one.measured.of, members=members))
    rest.append(told("seen.source", source=one.source.rstrip(".")))
    return told(
        kind, plan=scenario.name, outcome=named("outcome", outcome_named(one.outcome).label), found=_found(one),
        range=_range(one), rest=in_turn(rest), **when,
    )  # fmt: skip


def _found(one: Observation) -> str:
    found, scale = one.measured, outcome_named(one.outcome).scale
    assert found.value is not None  # the reader takes no observation without one
    value = _in_unit(as_num(_number(found.value, scale)), scale)
    if found.of is None or found.successes is None:
        return value
    return told("seen.found", part=found.successes, whole=found.of, value=value)


def _range(one: Observation) -> str:
    scale = outcome_named(one.outcome).scale
    ends = [_number(end, scale) for end in (one.measured.low, one.measured.high) if end is not None]
    if len(set(ends)) == 1:
        return _in_unit(as_num(ends[0]), scale)
    low, *others = map(as_num, ends)
    return _in_unit(sentence("span", low=low, high=others[0]), scale)


def _number(value: float, scale: Scale) -> str:
    if scale == "share":
        return f"{100 * value:.0f}"
    return f"{value / 1000:,.0f}" if scale == "usd" else f"{value:,.4g}"


def _in_unit(value: Value, scale: Scale) -> str:
    return told(f"seen.{scale if scale in ('share', 'usd') else 'plain'}", value=value)
