"""What was observed of a scenario's network, in words and as JSON: beside the answer, never in it."""

from collections.abc import Sequence

from scenarios import Scenario
from scenarios.schema.observation import OF_MEMBERS, Observation
from simulation.outcomes import BY_NAME, Scale


def observed_sentences(scenarios: Sequence[Scenario]) -> list[str]:
    """A sentence for each observation; of several scenarios of one network, the first is named."""
    first: dict[Observation, Scenario] = {}
    for scenario in scenarios:
        for one in scenario.observed:
            first.setdefault(one, scenario)
    return [_sentence(scenario, one) for one, scenario in first.items()]


def observed_line(one: Observation) -> str:
    """An observation in short: `17 of 22 (77 %), 57 to 90 %, month 25`."""
    return f"{_found(one)}, {_range(one)}" + ("" if one.month is None else f", month {one.month}")


def observed_lines(scenario: Scenario, *, sources: bool) -> list[str]:
    """What was observed, below the list of a scenario's values."""
    lines = []
    for one in scenario.observed:
        lines.append(f"observed.{one.outcome} = {observed_line(one)}")
        if sources:
            lines[-1] += f"\n    {BY_NAME[one.outcome].meaning}\n    {one.source}"
    return ["", *lines] if lines else []


def observed_mark(one: Observation) -> str:
    """What stands beside the mark of an observation in a figure, but for whose it is."""
    if one.measured.of is not None:
        kind = "95 % interval " if one.has_wilson_interval else ""
        return f"{one.measured.successes:,} of {one.measured.of:,},\n{kind}{_range(one)}"
    return f"{_found(one)},\n{_range(one)}"


def _sentence(scenario: Scenario, one: Observation) -> str:
    when = "" if one.month is None else f" in month {one.month}"
    said = f"Observed in {scenario.name}{when}: {BY_NAME[one.outcome].label}, {_found(one)}; "
    who = " members" if one.outcome in OF_MEMBERS else ""
    few = f"with so few{who}, " if one.has_wilson_interval else ""
    kind = " (95 % Wilson interval)" if one.has_wilson_interval else ""
    said += f"{few}{_range(one)} is plausible{kind}."
    members = scenario.network.members
    if one.outcome in OF_MEMBERS and one.measured.of is not None and one.measured.of != members:
        said += f" Counted among {one.measured.of:,} members; the scenario begins with {members:,}."
    return f"{said} Source: {one.source.rstrip('.')}."


def _found(one: Observation) -> str:
    found, scale = one.measured, BY_NAME[one.outcome].scale
    assert found.value is not None  # the reader takes no observation without one
    value = _number(found.value, scale) + _unit(scale)
    return value if found.of is None else f"{found.successes:,} of {found.of:,} ({value})"


def _range(one: Observation) -> str:
    scale = BY_NAME[one.outcome].scale
    ends = [_number(end, scale) for end in (one.measured.low, one.measured.high) if end is not None]
    return (ends[0] if len(set(ends)) == 1 else " to ".join(ends)) + _unit(scale)


def _number(value: float, scale: Scale) -> str:
    if scale == "share":
        return f"{100 * value:.0f}"
    return f"{value / 1000:,.0f}" if scale == "usd" else f"{value:,.4g}"


def _unit(scale: Scale) -> str:
    return {"share": " %", "usd": " thousand USD"}.get(scale, "")
