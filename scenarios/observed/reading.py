"""From a file, or a shipped study, to what happened: or everything that is wrong with it, with its lines."""

import os
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from scenarios.files.bytes import read_bytes
from scenarios.files.faults import ScenarioError, near_miss, refusal, shown
from scenarios.files.toml_lines import Lines
from scenarios.observed.calendar import DATE
from scenarios.observed.patterns import read_patterns
from scenarios.observed.reporting import EXACT, RULES, Reporting
from scenarios.observed.study import UNITS, Observed, Survey
from scenarios.observed.uncertain import UncertainSetting, read_range
from scenarios.observed.waves import ASKS
from scenarios.reading.layers import OBSERVED, Layer, flatten
from scenarios.reading.reading import load_under, replace
from scenarios.schema.keys import KEYS
from scenarios.schema.scenario import Scenario
from scenarios.schema.table_parts import Faults, Part, is_number

EVIDENCE = Path(__file__).parents[1] / "evidence"
ALL = "evidence"

_TOP = ("title", "scenario", "about", "unit", "source", "setting", "sources", "pattern", "waves")
_WAVES = ("members", "ties", "answered", "levels", "tied_from", "rule", "asks", "begins", "reports")
_REPORTS = ("named", "named_strong", "habit", "mistaken", "together")
_AS_TOLD, _LEARNED = "exact", "learned"
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


def _read(path: Path, label: str, outcomes: Collection[str]) -> Observed:
    try:
        text = read_bytes(path).decode("utf-8-sig")
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
    faults = Faults(label, Lines(text))
    top = Part(table, "", _TOP, faults)
    title = top.text("title")
    defaults = {key: top.text(key, "") for key in ("source", "about")}
    if top.has("unit"):
        defaults["unit"] = top.word("unit", UNITS)
    scenario, settled, uncertain = _scenario(top, path, faults)
    patterns = tuple(read_patterns(top, scenario, defaults, outcomes, faults))
    survey = _survey(top, path.parent, faults)
    if not patterns and survey is None and not faults:
        faults.blame("", "it holds no [[pattern]] and no [waves], so there is nothing to check; add one")
    if faults or scenario is None:
        raise ObservedError(refusal(label, faults.all()))
    return Observed(_name(path), title, scenario, settled, patterns, survey, uncertain=uncertain)


def _name(path: Path) -> str:
    """What a study is called: the stem of its file, or its folder where the file is called as all are."""
    return path.absolute().parent.name if path.name == OBSERVED else path.stem


def _scenario(
    top: Part, path: Path, faults: Faults
) -> tuple[Scenario | None, frozenset[str], tuple[UncertainSetting, ...]]:
    """The study's setting: the scenario it names, under what its own tables say; and what of that is uncertain."""
    layer = Layer(_name(path), "", path.parent)
    setting, sources = top.values.get("setting", {}), top.values.get("sources", {})
    keys: dict[str, str] = {}
    written: set[tuple[str, str]] = set()
    uncertain: list[UncertainSetting] = []
    for name, table in (("setting", setting), ("sources", sources)):
        if not isinstance(table, dict):
            faults.blame(name, f"{name} is {shown(table)}: allowed is a table of dotted keys")
            continue
        for key, value in flatten(table) if name == "setting" else _texts(table):
            said = len(layer.faults)
            if (name, key) in written:  # once in its table and once as a quoted key: to TOML these are two
                layer.faults.append(f"{key} is written twice; keep one")
            written.add((name, key))
            if name == "setting" and key in KEYS and isinstance(value, dict):
                keys.setdefault(key, name)
                if (unsure := read_range(key, value, faults)) is None:
                    continue
                uncertain.append(unsure)
                value = unsure.middle
            layer.set(key, value) if name == "setting" else layer.add_source(key, value)
            for fault in layer.faults[said:]:
                faults.blame(f"{name}.{key}", fault)
            keys.setdefault(key, name)
    layer.faults.clear()
    name = top.text("scenario", "salex") or "salex"  # where it is blamed, the rest is checked all the same
    try:
        found = load_under(name, path.parent, layer)
    except ScenarioError as error:
        for fault in error.faults:
            named = next((key for key in _KEYS_IN.findall(fault) if key in keys), None)
            faults.blame("scenario" if named is None else f"{keys[named]}.{named}", fault)
        return None, frozenset(), ()
    for one in uncertain:
        for end in (one.low, one.high):
            value = int(end) if KEYS[one.key].kind == "int" else end
            try:
                replace(found, {one.key: value})
            except ScenarioError as error:
                faults.blame(f"setting.{one.key}", f"with {one.key} = {value:g}, {error.faults[0]}")
    return found, frozenset(layer.values), tuple(uncertain)


def _texts(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _texts(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _survey(top: Part, base: Path, faults: Faults) -> Survey | None:
    if not top.has("waves"):
        return None
    written = top.values["waves"]
    if not isinstance(written, dict):
        top.wrong("waves", "a table")
        return None
    part = Part(written, "waves", _WAVES, faults)
    place: Callable[[str], str] = lambda name: str(base / name)  # noqa: E731
    levels = written.get("levels")
    if levels is not None and not (
        isinstance(levels, list) and len(levels) > 1 and all(is_number(one) and 0 <= one <= 1 for one in levels)
    ):
        part.wrong("levels", "a list of at least two strengths from 0 to 1, that of level 0 first")
        levels = None
    answered = part.text("answered", "")
    return Survey(
        members=place(part.text("members", "members.csv")),
        ties=place(part.text("ties", "ties.csv")),
        answered=place(answered) if answered else None,
        levels=None if levels is None else tuple(float(one) for one in levels),
        tied_from=part.number("tied_from", 0.0, 1.0, 0.1) or 0.0,
        rule=part.word("rule", RULES, RULES[0]),  # type: ignore[arg-type]
        asks=part.word("asks", ASKS, ASKS[0]),  # type: ignore[arg-type]
        begins=_begins(part),
        reports=_reports(part),
    )


def _begins(part: Part) -> str | None:
    """The date of month 0."""
    begins = part.text("begins", "")
    if begins and not DATE.fullmatch(begins):
        part.wrong("begins", 'the date of month 0, as in "2020-05"')
        return None
    return begins or None


def _reports(part: Part) -> Reporting | None:
    """How true ties become reports; None where that is to be learned."""
    written = part.values.get("reports", _AS_TOLD)
    if not isinstance(written, dict | str):
        part.wrong("reports", f"{_AS_TOLD}, {_LEARNED}, or a table such as {{ named = 0.8, mistaken = 0.01 }}")
        return EXACT
    if isinstance(written, str):
        return None if part.word("reports", (_AS_TOLD, _LEARNED), _AS_TOLD) == _LEARNED else EXACT
    table = Part(written, "waves.reports", _REPORTS, part.faults)
    named = one if (one := table.number("named", 0.0, 1.0)) is not None else 1.0
    found = Reporting(
        named=named,
        named_strong=strong if (strong := table.number("named_strong", 0.0, 1.0)) is not None else named,
        habit=table.number("habit", 0.0, 5.0, 0.0) or 0.0,
        mistaken=table.number("mistaken", 0.0, 1.0, 0.0) or 0.0,
        together=table.flag("together") or False,
    )
    if found.together and found.habit:
        table.clash(
            "habit", f"habit is {found.habit:g}, but together is true: where there is one report of each pair, no "
            "member's habit can be told", "together",
        )  # fmt: skip
    if found.mistaken >= found.named:
        table.clash(
            "mistaken", f"mistaken is {found.mistaken:g}, but named is {found.named:g}: reports would tell ties from "
            "none only if ties are named more often", "named",
        )  # fmt: skip
    return found
