"""The patterns of a file of what happened: what was found, asked of whom, and what does not go together in it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scenarios.files.faults import ScenarioError, shown
from scenarios.observed.study import (
    CLOCKS,
    GRANT_OUTCOMES,
    GROUPS_OF,
    MET,
    OF_WHOLE_RUN,
    ORIGINS,
    PAIR_OUTCOMES,
    REGIONS,
    STATISTICS,
    WINDOWED,
    Arm,
    Exposure,
    Pattern,
)
from scenarios.reading.layers import Layer, flatten
from scenarios.reading.reading import replace
from scenarios.schema.fields import LAST_MONTH
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
    "at_least", "tied_from", "span",
)  # fmt: skip
_ARM = ("name", "set", "met", "by", "origin", "begun", "region", "overlap", "applied", "won")


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
    outcome = table.word("outcome", [*PAIR_OUTCOMES, *GRANT_OUTCOMES, *outcomes])
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
        arms=_arms(table, scenario),
        observed=_observed(table, scenario, outcome, statistic),
        source=table.text("source", defaults["source"]),
        about=table.text("about", defaults["about"] or "organizations"),
        networks=table.whole("networks", 1, 100_000, 1) or 1,
        at_least=table.number("at_least"),
        tied_from=table.number("tied_from", 0.0, 1.0, 0.1) or 0.0,
        span=span if span is not None else ((0.0, 1.0) if statistic == "value" and _is_share(table, outcome) else None),
    )
    if not pattern.source:
        table.clash("source", "source is missing: say where it was read, here or once for the file")
    _check(table, pattern)
    if scenario is not None:
        _check_in_time(table, pattern, scenario)
    return pattern


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
    return counted or outcome in PAIR_OUTCOMES or outcome in GRANT_OUTCOMES or table.has("at_least")


def _check(table: Part, pattern: Pattern) -> None:
    """What does not go together in a pattern."""
    outcome, statistic, months, clash = pattern.outcome, pattern.statistic, pattern.months, table.clash
    wanted = 3 if statistic == "interior" else 2
    arms = 2 if pattern.compares_months else len(pattern.arms)
    if statistic == "value" and pattern.compares_months:
        clash("month", f"month is a pair but statistic is value; name what is made of it: {_list(STATISTICS[1:-1])}",
              "outcome", "statistic", "arms")  # fmt: skip
    elif statistic == "value" and arms:
        clash("arms", f"arms are given but statistic is value; name what is made of them: {_list(STATISTICS[1:])}",
              "statistic")  # fmt: skip
    elif statistic != "value" and arms != wanted:
        pair = "" if arms or statistic == "interior" or outcome in WINDOWED else " (or a month pair)"
        clash("arms", f"statistic {statistic} takes {wanted} arms, found {arms}{pair}", "statistic", "outcome", "month")
    if outcome in GRANT_OUTCOMES:
        needed = 1 if outcome == "going_on" else 2
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
    if outcome in ("collaborating", "tied") and not months:
        clash("month", f"{outcome} is asked at the end of a month; write month = ...", "outcome")
    if outcome in OF_WHOLE_RUN and months:
        clash("month", f"month is given, but {outcome} is said of a whole run; leave month out", "outcome")
    if len(months) == 2 and months[0] == months[1] and (outcome == "ending" or pattern.compares_months):
        clash("month", f"month is {shown(list(months))}: two different months are compared", "outcome")
    if len(months) == 2 and pattern.arms and outcome not in (*WINDOWED, "ending"):
        clash("month", "month is a pair and arms are given: compare the one or the other", "outcome", "arms")
    if pattern.of_pairs and pattern.at_least is not None:
        clash("at_least", f"at_least is asked of networks, but {outcome} of pairs or collaborations", "outcome")
    if table.has("tied_from") and outcome != "tied":
        clash("tied_from", f"tied_from is given, but outcome is {outcome}; only tied has it", "outcome")
    _check_groups(table, pattern)


def _check_groups(table: Part, pattern: Pattern) -> None:
    """Whether the outcome can be asked of the groups of pairs that the arms name."""
    outcome = pattern.outcome
    for arm in pattern.arms:
        said = [name for name, value in vars(arm.pairs).items() if value is not None] if arm.pairs else []
        if said and outcome not in PAIR_OUTCOMES:
            of = "collaborations" if outcome in GRANT_OUTCOMES else "a network"
            table.clash(
                "arms", f"arms are groups of pairs, but {outcome} is asked of {of}; use set = {{...}}", "outcome"
            )
        elif strange := [name for name in said if name not in GROUPS_OF.get(outcome, said)]:
            allowed = _list(GROUPS_OF[outcome])
            table.clash("arms", f"arms go by {_list(strange)}, but the pairs of {outcome} go by {allowed}", "outcome")
        elif pattern.clock == "application" and "applied" in said:
            table.clash("arms", "arms go by applied, but all pairs on the clock application have applied", "clock")


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


def _arms(table: Part, scenario: Scenario | None) -> tuple[Arm, ...]:
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


def _arm(part: Part, scenario: Scenario | None) -> Arm:
    settings: dict[str, Any] = {}
    written = part.values.get("set", {})
    if not isinstance(written, dict):
        part.wrong("set", "a table of dotted keys")
    else:
        layer = Layer("arm", "", Path.cwd())
        for key, value in flatten(written):
            layer.set(key, value)
        settings = layer.values
        faults = layer.faults
        if scenario is not None and not faults:
            try:
                replace(scenario, settings)
            except ScenarioError as error:
                faults = list(error.faults)
        for fault in faults:
            part.blame("set", fault)
    pairs = Exposure(
        met=_word(part, "met", MET),
        by=part.whole("by", 0, LAST_MONTH),
        origin=_word(part, "origin", ORIGINS),
        begun=part.months_between("begun"),
        region=_word(part, "region", REGIONS),
        overlap=part.span("overlap", 0, 1),
        applied=part.flag("applied"),
        won=part.flag("won"),
    )
    return Arm(part.text("name", ""), settings, None if pairs == Exposure() else pairs)


def _word(part: Part, key: str, known: Sequence[str]) -> str | None:
    return part.word(key, known) if part.has(key) else None
