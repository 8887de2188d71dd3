"""From a file, or a shipped study, to what happened: or everything that is wrong with it, with its lines."""

import os
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from math import isfinite, sqrt
from pathlib import Path
from typing import Any

from scenarios.contradictions import LAST_MONTH
from scenarios.faults import ScenarioError, near_miss, refusal, shown
from scenarios.layers import Layer, flatten
from scenarios.observed import (
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
    Measured,
    Observed,
    Pattern,
    Survey,
)
from scenarios.reading import load_under, replace
from scenarios.scenario import Scenario
from scenarios.toml_lines import Lines

EVIDENCE = Path(__file__).parent / "evidence"
ALL = "evidence"
OBSERVED = "observed.toml"
MOST_MEMBERS_IN_PAIRS = 2_000
"""Members up to which a study may ask about pairs: their number grows with the square."""

_TOP = ("title", "scenario", "about", "source", "setting", "sources", "pattern", "waves")
_PATTERN = (
    "id", "text", "outcome", "month", "clock", "statistic", "arms", "observed", "source", "about", "networks",
    "at_least", "tied_from", "span",
)  # fmt: skip
_ARM = ("name", "set", "met", "by", "origin", "begun", "region", "overlap", "applied", "won")
_OBSERVED = ("successes", "of", "value", "low", "high")
_WAVES = ("members", "ties", "answered", "levels", "tied_from")


_KEYS_IN = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")


class ObservedError(ScenarioError):
    """A file of what happened cannot be used; the message has every fault, with file, line and key."""


def studies() -> tuple[str, ...]:
    """Names of the shipped studies."""
    return tuple(sorted(path.stem for path in EVIDENCE.glob("*.toml")))


def read_observed(what: str | os.PathLike[str], outcomes: Collection[str]) -> tuple[Observed, ...]:
    """What happened, by name or path.

    Args:
        what: "evidence" for all shipped studies, the name of one of them, a TOML file, or a folder: with observed.toml,
            or with members.csv and ties.csv of a survey.
        outcomes: names of the outcomes of a network; patterns may ask for them.

    Raises:
        ObservedError: with every fault of every file.
    """
    label = os.fspath(what)
    if label == ALL:
        return _read_all(outcomes)
    if label in studies():
        return (_read(EVIDENCE / f"{label}.toml", f"{label}.toml", outcomes),)
    path = Path(label)
    # os.path, not pathlib: it answers False to names that no file can have, where pathlib raises
    if os.path.isdir(label):
        return (_folder(path, outcomes),)
    if not os.path.isfile(label):
        hint = near_miss(label, [ALL, *studies()], "'") or (
            f"; give a TOML file, a folder with members.csv and ties.csv, '{ALL}' for all shipped studies, or one of "
            f"{', '.join(studies())}"
        )
        raise ObservedError(f"nothing observed is called {shown(label)}{hint}")
    return (_read(path, label, outcomes),)


def _read_all(outcomes: Collection[str]) -> tuple[Observed, ...]:
    """All shipped studies, or every fault of every one."""
    found: list[Observed] = []
    faults: list[str] = []
    for name in studies():
        try:
            found.append(_read(EVIDENCE / f"{name}.toml", f"{name}.toml", outcomes))
        except ObservedError as error:
            faults.append(str(error))
    if faults:
        raise ObservedError("\n".join(faults))
    return tuple(found)


def _folder(path: Path, outcomes: Collection[str]) -> Observed:
    """What happened, by the file observed.toml in a folder; without it a survey by its tables alone, with defaults."""
    if (path / OBSERVED).is_file():
        return _read(path / OBSERVED, str(path / OBSERVED), outcomes)
    missing = [name for name in ("members.csv", "ties.csv") if not (path / name).is_file()]
    if missing:
        files = sorted(one.name for one in path.glob("*.toml"))
        hint = f"; name the file in it, such as {path / files[0]}" if files else ""
        raise ObservedError(f"{path} is a folder without {OBSERVED}, and without {' and '.join(missing)}{hint}")
    answered = path / "answered.csv"
    survey = Survey(str(path / "members.csv"), str(path / "ties.csv"), str(answered) if answered.is_file() else None)
    title = path.absolute().name
    scenario = Scenario(name=title, title=title, question="Would the model's network have answered like this?")
    return Observed(title, title, scenario, frozenset(), (), survey, is_bare=True)


class _Faults:
    """What is wrong with a file so far, by line."""

    def __init__(self, label: str, lines: Lines) -> None:
        self._label, self._lines = label, lines
        self._found: list[tuple[int, str]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def blame(self, key: str, text: str) -> None:
        line = self._lines.of(key)
        self._found.append((line, f"{self._label}, line {line}: {text}" if line else f"{self._label}: {text}"))

    def all(self) -> list[str]:
        return [text for _, text in sorted(self._found, key=lambda one: one[0])]


class _Table:
    """One table of the file: takes values that may stand, blames the others."""

    def __init__(self, values: Mapping[str, Any], place: str, known: Sequence[str], faults: _Faults) -> None:
        self.values, self.place, self.faults = values, place, faults
        self.bad: set[str] = set()
        name = next((part for part in reversed(place.split(".")) if not part.isdigit()), "")
        for key in values:
            if key not in known:
                hint = near_miss(key, known) or f"; allowed: {', '.join(known)}"
                self.blame(key, f"{shown(key)[1:-1]} is no key of {name or 'this file'}{hint}")

    def blame(self, key: str, text: str) -> None:
        self.bad.add(key)
        self.faults.blame(f"{self.place}.{key}" if self.place else key, text)

    def clash(self, key: str, text: str, *others: str) -> None:
        """Blame a key for what it does not go together with, unless one of them is blamed already."""
        if not self.bad.intersection({key, *others}):
            self.blame(key, text)

    def wrong(self, key: str, allowed: str) -> None:
        self.blame(key, f"{key} is {shown(self.values[key])}: allowed is {allowed}")

    def has(self, key: str) -> bool:
        return key in self.values

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if value is None:
            self.blame(key, f"{key} is missing: say it in a line of text")
        elif not isinstance(value, str) or not (value.strip() or value == default):
            self.wrong(key, "text")
        else:
            return " ".join(value.split())
        return ""

    def word(self, key: str, known: Sequence[str], default: str | None = None) -> str:
        value = self.values.get(key, default)
        if value in known and isinstance(value, str):
            return value
        if value is None:
            self.blame(key, f"{key} is missing: allowed is {', '.join(known)}")
        else:
            hint = near_miss(value, known) if isinstance(value, str) else ""
            self.blame(key, f"{key} is {shown(value)}: allowed is {', '.join(known)}{hint}")
        return known[0]

    def number(self, key: str, low: float = -1e12, high: float = 1e12, default: float | None = None) -> float | None:
        if not self.has(key):
            return default
        value = self.values[key]
        if not _is_number(value):
            self.wrong(key, f"a number from {low:g} to {high:g}")
        elif not low <= value <= high:
            self.wrong(key, f"{low:g} to {high:g}")
        else:
            return float(value)
        return default

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int | None:
        if not self.has(key):
            return default
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.wrong(key, f"a whole number from {low} to {high}")
            return default
        return value

    def flag(self, key: str) -> bool | None:
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.wrong(key, "true or false")
        return None

    def span(self, key: str, low: float, high: float) -> tuple[float, float] | None:
        if not self.has(key):
            return None
        value = self.values[key]
        if isinstance(value, list) and len(value) == 2 and all(_is_number(one) for one in value):
            first, last = value
            if low <= first <= last <= high:
                return float(first), float(last)
        self.wrong(key, f"a pair [from, to] with {low:g} <= from <= to <= {high:g}")
        return None

    def months_between(self, key: str) -> tuple[int, int] | None:
        found = self.months(key)
        if len(found) == 1:
            self.wrong(key, "a pair of months [from, to], the earlier first")
        return (found[0], found[1]) if len(found) == 2 else None

    def months(self, key: str) -> tuple[int, ...]:
        if not self.has(key):
            return ()
        value = self.values[key]
        found = value if isinstance(value, list) else [value]
        if all(isinstance(one, int) and not isinstance(one, bool) and 0 <= one <= LAST_MONTH for one in found) and (
            len(found) == 1 or (len(found) == 2 and found[0] <= found[1])
        ):
            return tuple(found)
        self.wrong(key, f"a month from 0 to {LAST_MONTH}, or a pair of them, the earlier first")
        return ()


def _is_number(value: Any) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _read(path: Path, label: str, outcomes: Collection[str]) -> Observed:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        table = tomllib.loads(text)
    except OSError as error:
        raise ObservedError(f"{label} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise ObservedError(f"{label} is not UTF-8 (at byte {error.start + 1}); save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ObservedError(f"{label} is not TOML: {error}") from None
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits, dates that do not exist, deep nests
        raise ObservedError(f"{label} is not TOML that can be read: {error}") from None
    try:
        return _observed(path, label, text, table, outcomes)
    except RecursionError:
        raise ObservedError(f"{label} cannot be used: its tables lie too deep in each other") from None


def _observed(path: Path, label: str, text: str, table: dict[str, Any], outcomes: Collection[str]) -> Observed:
    faults = _Faults(label, Lines(text))
    top = _Table(table, "", _TOP, faults)
    title = top.text("title")
    defaults = {key: top.text(key, "") for key in ("source", "about")}
    scenario, settled = _scenario(top, path, faults)
    patterns = tuple(_patterns(top, scenario, defaults, outcomes, faults))
    survey = _survey(top, path.parent, faults)
    if not patterns and survey is None and not faults:
        faults.blame("", "it holds no [[pattern]] and no [waves], so there is nothing to check; add one")
    if faults or scenario is None:
        raise ObservedError(refusal(label, faults.all()))
    return Observed(_name(path), title, scenario, settled, patterns, survey)


def _name(path: Path) -> str:
    """What a study is called: the stem of its file, or its folder where the file is called as all are."""
    return path.absolute().parent.name if path.name == OBSERVED else path.stem


def _scenario(top: _Table, path: Path, faults: _Faults) -> tuple[Scenario | None, frozenset[str]]:
    """The study's setting: the scenario it names, under what its own tables say."""
    layer = Layer(_name(path), "", path.parent)
    setting, sources = top.values.get("setting", {}), top.values.get("sources", {})
    keys: dict[str, str] = {}
    written: set[tuple[str, str]] = set()
    for name, table in (("setting", setting), ("sources", sources)):
        if not isinstance(table, dict):
            faults.blame(name, f"{name} is {shown(table)}: allowed is a table of dotted keys")
            continue
        for key, value in flatten(table) if name == "setting" else _texts(table):
            said = len(layer.faults)
            if (name, key) in written:  # once in its table and once as a quoted key: to TOML these are two
                layer.faults.append(f"{key} is written twice; keep one")
            written.add((name, key))
            layer.set(key, value) if name == "setting" else layer.add_source(key, value)
            for fault in layer.faults[said:]:
                faults.blame(f"{name}.{key}", fault)
            keys.setdefault(key, name)
    layer.faults.clear()
    name = top.text("scenario", "salex")
    try:
        found = load_under(name, path.parent, layer)
    except ScenarioError as error:
        for fault in error.faults:
            named = next((key for key in _KEYS_IN.findall(fault) if key in keys), None)
            faults.blame("scenario" if named is None else f"{keys[named]}.{named}", fault)
        return None, frozenset()
    return found, frozenset(layer.values)


def _texts(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _texts(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _patterns(
    top: _Table, scenario: Scenario | None, defaults: Mapping[str, str], outcomes: Collection[str], faults: _Faults
) -> Iterator[Pattern]:
    written = top.values.get("pattern", [])
    if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        faults.blame("pattern", f"pattern is {shown(written)}: patterns are written as tables under [[pattern]]")
        return
    seen: dict[str, int] = {}
    for number, values in enumerate(written):
        table = _Table(values, f"pattern.{number}", _PATTERN, faults)
        pattern = _pattern(table, scenario, defaults, outcomes)
        if pattern.id in seen and pattern.id:
            table.blame("id", f'id is "{pattern.id}", as in pattern {seen[pattern.id] + 1}; give each its own')
        seen.setdefault(pattern.id, number)
        yield pattern


def _pattern(
    table: _Table, scenario: Scenario | None, defaults: Mapping[str, str], outcomes: Collection[str]
) -> Pattern:
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
        observed=_measured(table),
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


def _is_share(table: _Table, outcome: str) -> bool:
    """Whether the values that were possible run from 0 to 1."""
    observed = table.values.get("observed")
    counted = isinstance(observed, dict) and "of" in observed
    return counted or outcome in PAIR_OUTCOMES or outcome in GRANT_OUTCOMES or table.has("at_least")


def _check(table: _Table, pattern: Pattern) -> None:
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


def _check_groups(table: _Table, pattern: Pattern) -> None:
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


def _check_in_time(table: _Table, pattern: Pattern, scenario: Scenario) -> None:
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


def _measured(table: _Table) -> Measured:
    written = table.values.get("observed")
    if not isinstance(written, dict):
        allowed = "{ successes, of }, or { value, low, high } of which some may be left out"
        table.blame("observed", f"observed is {shown(written)}: allowed is {allowed}")
        return Measured(None, None, None)
    part = _Table(written, f"{table.place}.observed", _OBSERVED, table.faults)
    counted = part.has("successes") or part.has("of")
    successes, of = part.whole("successes", 0, 10**9), part.whole("of", 1, 10**9)
    value = part.number("value")
    low, high = (part.number(key, 0, 1) if counted else part.number(key) for key in ("low", "high"))
    if counted:
        for key, other in (("successes", "of"), ("of", "successes")):
            if not part.has(key):
                part.blame(key, f"{key} is missing: write how many successes, and of how many, beside {other}")
        if part.has("value"):
            part.clash("value", "value is given beside successes and of, which say it; leave it out")
        if successes is not None and of is not None:
            if successes > of:
                part.clash("successes", f"successes is {successes} of {of}: allowed is 0 to {of}", "of")
            else:
                value = successes / of
                ends = wilson(successes, of)
                low, high = ends[0] if low is None else low, ends[1] if high is None else high
    elif low is None and high is None:
        part.clash("low", "observed has no interval: give low, high or both, for nothing is known to the point", "high")
    inner = [one for one in (low, value, high) if one is not None]
    if inner != sorted(inner):
        part.clash("low", f"observed is {_list([f'{one:g}' for one in inner])}: allowed is low <= value <= high",
                   "value", "high", "successes", "of")  # fmt: skip
    return Measured(value, low, high, successes if counted else None, of if counted else None)


def wilson(successes: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share.

    Source:
        Wilson 1927, Probable inference, the law of succession, and statistical inference, JASA 22(158).
    """
    z = 1.959963984540054
    share = successes / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def _arms(table: _Table, scenario: Scenario | None) -> tuple[Arm, ...]:
    written = table.values.get("arms", [])
    if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        table.wrong("arms", 'a list of tables, such as [{ met = "convening" }, { met = "none" }]')
        return ()
    arms = []
    for number, one in enumerate(written):
        part = _Table(one, f"{table.place}.arms.{number}", _ARM, table.faults)
        arms.append(_arm(part, scenario))
        table.bad |= {"arms"} if part.bad else set()
    return tuple(arms)


def _arm(part: _Table, scenario: Scenario | None) -> Arm:
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


def _word(part: _Table, key: str, known: Sequence[str]) -> str | None:
    return part.word(key, known) if part.has(key) else None


def _survey(top: _Table, base: Path, faults: _Faults) -> Survey | None:
    if not top.has("waves"):
        return None
    written = top.values["waves"]
    if not isinstance(written, dict):
        top.wrong("waves", "a table")
        return None
    part = _Table(written, "waves", _WAVES, faults)
    place: Callable[[str], str] = lambda name: str(base / name)  # noqa: E731
    levels = written.get("levels")
    if levels is not None and not (
        isinstance(levels, list) and len(levels) > 1 and all(_is_number(one) and 0 <= one <= 1 for one in levels)
    ):
        part.wrong("levels", "a list of strengths from 0 to 1, that of level 0 first")
        levels = None
    answered = part.text("answered", "")
    return Survey(
        members=place(part.text("members", "members.csv")),
        ties=place(part.text("ties", "ties.csv")),
        answered=place(answered) if answered else None,
        levels=None if levels is None else tuple(float(one) for one in levels),
        tied_from=part.number("tied_from", 0.0, 1.0, 0.1) or 0.0,
    )
