"""The patterns of a file of what happened: what was found, asked of whom, and what does not go together in it."""

from collections.abc import Collection, Iterator, Mapping

from scenarios.files.faults import ScenarioError, shown
from scenarios.observed.arms import check_groups, read_arms
from scenarios.observed.groups import Arm
from scenarios.observed.study import (
    CLOCKS,
    GRANT_OUTCOMES,
    MEMBER_OUTCOMES,
    OF_HISTORY,
    OF_WHOLE_RUN,
    STATISTICS,
    UNITS,
    WINDOWED,
    Pattern,
    Unit,
)
from scenarios.reading.reading import replace
from scenarios.schema.measured import MEASURED, MOST, Measured, read_measured
from scenarios.schema.observation import COUNTED, IN_A_MONTH, OF_THE_WHOLE
from scenarios.schema.scenario import Scenario
from scenarios.schema.table_parts import Faults, Part

OWN = "scenario"
"""Says of what was observed that the file of the scenario has it, under its own [observed]."""
MOST_MEMBERS_IN_PAIRS = 2_000
"""Members up to which a study may ask about pairs: their number grows with the square."""

_PATTERN = (
    "id", "text", "outcome", "month", "clock", "statistic", "arms", "observed", "source", "about", "networks",
    "at_least", "tied_from", "span", "unit",
)  # fmt: skip


def read_patterns(
    top: Part, scenario: Scenario | None, defaults: Mapping[str, str], outcomes: Collection[str], faults: Faults
) -> Iterator[Pattern]:
    """The patterns under [[pattern]], one by one.

    Args:
        top: the file.
        scenario: the study's setting; None where it cannot be used.
        defaults: source and about, of the whole file.
        outcomes: names of the outcomes of a network.
        faults: what is wrong with the file so far.
    """
    written = top.values.get("pattern", [])
    if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        faults.blame("pattern", f"pattern is {shown(written)}: patterns are written as tables under [[pattern]]")
        return
    seen: dict[str, int] = {}
    for number, values in enumerate(written):
        table = Part(values, f"pattern.{number}", _PATTERN, faults)
        pattern = _pattern(table, scenario, defaults, outcomes)
        if pattern.id in seen and pattern.id:
            table.blame("id", f'id is "{pattern.id}", as in pattern {seen[pattern.id] + 1}; give each its own')
        seen.setdefault(pattern.id, number)
        yield pattern


def _pattern(table: Part, scenario: Scenario | None, defaults: Mapping[str, str], outcomes: Collection[str]) -> Pattern:
    outcome = table.word("outcome", list(dict.fromkeys([*OF_HISTORY, *outcomes])))
    clock = table.word("clock", CLOCKS, "grant_end" if outcome in GRANT_OUTCOMES else "start")
    statistic = table.word("statistic", STATISTICS, "value")
    span = table.span("span", -1e12, 1e12)
    pattern = Pattern(
        id=table.text("id"),
        text=table.text("text", ""),
        outcome=outcome,
        months=table.months("month"),
        clock=clock,  # type: ignore[arg-type]
        statistic=statistic,  # type: ignore[arg-type]
        arms=read_arms(table, scenario),
        observed=_observed(table, scenario, outcome, statistic),
        source=table.text("source", defaults["source"]),
        about=table.text("about", defaults["about"] or "organizations"),
        networks=table.whole("networks", 1, 100_000, 1) or 1,
        at_least=table.number("at_least"),
        tied_from=table.number("tied_from", 0.0, 1.0, 0.1) or 0.0,
        span=span if span is not None else ((0.0, 1.0) if statistic == "value" and _is_share(table, outcome) else None),
        unit=_unit(table, defaults),
    )
    if not pattern.source:
        table.clash("source", "source is missing: say where it was read, here or once for the file")
    _check(table, pattern)
    check_groups(table, pattern, scenario)
    if scenario is not None:
        _check_in_time(table, pattern, scenario)
    return pattern


def _unit(table: Part, defaults: Mapping[str, str]) -> Unit | None:
    """What was observed one by one: as the pattern says, or else the file."""
    if table.has("unit"):
        return table.word("unit", UNITS)  # type: ignore[return-value]
    return defaults.get("unit") or None  # type: ignore[return-value]


def _observed(table: Part, scenario: Scenario | None, outcome: str, statistic: str) -> Measured:
    """What the pattern says was observed, or what the scenario's own file does."""
    written = table.values.get("observed")
    if written == OWN:
        return _own(table, scenario, outcome)
    if not isinstance(written, dict):
        allowed = f'{{ successes, of }}, or {{ value, low, high }} of which some may be left out, or "{OWN}"'
        table.blame("observed", f"observed is {shown(written)}: allowed is {allowed}")
        return Measured(None, None, None)
    least, most = _possible(table, outcome, statistic)
    part = Part(written, f"{table.place}.observed", MEASURED, table.faults)
    return read_measured(part, least, most, beyond=most - least)


def _possible(table: Part, outcome: str, statistic: str) -> tuple[float, float]:
    """The smallest and the greatest value that the statistic can come to."""
    if table.bad.intersection({"outcome", "statistic"}):
        return -MOST, MOST
    least, most = (0.0, 1.0) if _is_share(table, outcome) else {**IN_A_MONTH, **OF_THE_WHOLE}[outcome]
    if statistic == "value":
        return least, most
    if statistic == "difference":
        return least - most, most - least
    if statistic == "difference_of_differences":
        return 2 * (least - most), 2 * (most - least)
    return (-MOST if least < 0 else 0.0), MOST


def _own(table: Part, scenario: Scenario | None, outcome: str) -> Measured:
    """What was observed as the scenario's file has it, in the pattern's month."""
    own = {one.outcome: one for one in scenario.observed} if scenario is not None else {}
    if outcome in own:
        if table.months("month") == (() if (month := own[outcome].month) is None else (month,)):
            return own[outcome].measured
        table.clash("month", f"month is {shown(table.values.get('month'))}, but the scenario's file says {month}")
    elif scenario is not None:
        table.clash("observed", f'observed is "{OWN}", but its file says nothing of {outcome}, or [setting] changes it')
    return Measured(None, None, None)


def _is_share(table: Part, outcome: str) -> bool:
    """Whether the values that were possible run from 0 to 1."""
    observed = table.values.get("observed")
    counted = (isinstance(observed, dict) and "of" in observed) or (observed == OWN and outcome in COUNTED)
    return counted or outcome in OF_HISTORY or table.has("at_least")


def _check(table: Part, pattern: Pattern) -> None:
    """What does not go together in a pattern."""
    outcome, statistic, months, clash = pattern.outcome, pattern.statistic, pattern.months, table.clash
    if statistic == "difference_of_differences":
        _check_differences(table, pattern)
    wanted = 3 if statistic == "interior" else 2
    arms = 2 if pattern.compares_months else len(pattern.arms)
    if statistic == "value" and pattern.compares_months:
        clash("month", f"month is a pair but statistic is value; name what is made of it: {_list(STATISTICS[1:-2])}",
              "outcome", "statistic", "arms")  # fmt: skip
    elif statistic == "value" and arms:
        clash("arms", f"arms are given but statistic is value; name what is made of them: {_list(STATISTICS[1:])}",
              "statistic")  # fmt: skip
    elif statistic not in ("value", "difference_of_differences") and arms != wanted:
        pair = "" if arms or statistic == "interior" or outcome in WINDOWED else " (or a month pair)"
        clash("arms", f"statistic {statistic} takes {wanted} arms, found {arms}{pair}", "statistic", "outcome", "month")
    if outcome in GRANT_OUTCOMES:
        needed = 2 if outcome == "ending" else 1
        if len(months) != needed:
            clash("month", f"{outcome} takes {needed} month{'s' * (needed > 1)} after the grant", "outcome")
        if pattern.clock != "grant_end":
            clash("clock", f"clock is {pattern.clock}: {outcome} counts from grant_end", "outcome")
    elif pattern.clock == "grant_end":
        clash("clock", f"clock is grant_end: only {_list(GRANT_OUTCOMES)} count from there", "outcome")
    if pattern.clock == "application" and outcome != "output":
        clash("clock", "clock is application: only output counts from there", "outcome")
    if outcome in WINDOWED and len(months) != 2:
        clash("month", f"{outcome} is counted in months from-to; write month = [from, to]", "outcome")
    if outcome == "network_ending" and len(months) != 2:
        clash("month", "network_ending takes 2 months, from and to; write month = [from, to]", "outcome")
    if outcome in ("collaborating", "tied", "members_collaborating", "network_alive") and not months:
        clash("month", f"{outcome} is asked at the end of a month; write month = ...", "outcome")
    if outcome in OF_WHOLE_RUN and months:
        clash("month", f"month is given, but {outcome} is said of a whole run; leave month out", "outcome")
    if len(months) == 2 and months[0] == months[1] and (outcome.endswith("ending") or pattern.compares_months):
        clash("month", f"month is {shown(list(months))}: two different months are compared", "outcome")
    windowed = outcome in (*WINDOWED, "ending", "network_ending") or statistic == "difference_of_differences"
    if len(months) == 2 and pattern.arms and not windowed:
        clash("month", "month is a pair and arms are given: compare the one or the other", "outcome", "arms")
    if outcome in OF_HISTORY and pattern.at_least is not None:
        of = "members" if outcome in MEMBER_OUTCOMES else "pairs or collaborations"
        why = f"asked of networks, but {outcome} of {of}" if pattern.counted_in != "network" else "said by it already"
        clash("at_least", f"at_least is {why}", "outcome")
    if table.has("tied_from") and outcome != "tied":
        clash("tied_from", f"tied_from is given, but outcome is {outcome}; only tied has it", "outcome")


def _check_differences(table: Part, pattern: Pattern) -> None:
    """Whether a difference of differences has four sides: two arms in two months, or four arms."""
    arms = len(pattern.arms)
    if pattern.compares_months and arms != 2:
        table.clash("arms", f"statistic {pattern.statistic} takes 2 arms with a month pair, found {arms}", "statistic",
                    "outcome", "month")  # fmt: skip
    elif not pattern.compares_months and arms != 4:
        pair = " (or 2 arms and a month pair)" if pattern.outcome not in (*WINDOWED, *OF_WHOLE_RUN) else ""
        table.clash("arms", f"statistic {pattern.statistic} takes 4 arms, found {arms}{pair}", "statistic", "outcome",
                    "month")  # fmt: skip


def _check_in_time(table: Part, pattern: Pattern, scenario: Scenario) -> None:
    """Whether the months of a pattern are simulated, in each of its arms."""
    if pattern.of_pairs and scenario.network.members > MOST_MEMBERS_IN_PAIRS:
        table.clash("outcome", f"{pattern.outcome} is asked of pairs: at most {MOST_MEMBERS_IN_PAIRS} members")
    for arm in pattern.arms or (Arm(),):
        if arm.settings:
            try:
                scenario_of_arm = replace(scenario, arm.settings)
            except ScenarioError:  # blamed already
                continue
        else:
            scenario_of_arm = scenario
        if pattern.clock == "closing" and not scenario_of_arm.closes:
            table.clash("clock", "clock is closing, but this scenario never closes (closing.month)")
        offset = scenario_of_arm.closing_month if pattern.clock == "closing" else 0
        last = scenario_of_arm.last_month
        if pattern.months and pattern.clock in ("start", "closing") and offset + pattern.months[-1] > last:
            table.clash(
                "month",
                f"month is {pattern.months[-1]} from the {pattern.clock}, but {last} months are simulated; "
                f"lengthen network.months in [setting]",
                "clock",
                "outcome",
            )


def _list(words: Collection[str]) -> str:
    return ", ".join(words)
