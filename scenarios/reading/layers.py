"""What one file, or one list of overrides, says: values under dotted keys, sources, and what is wrong with them."""

import tomllib
from calendar import month_name
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from scenarios.files.bytes import read_bytes
from scenarios.files.currencies import CurrencyError, code_of
from scenarios.files.faults import control, near_miss, shown
from scenarios.schema.funders import CoFunder
from scenarios.schema.keys import (
    BEGINS,
    CURRENCY,
    FINANCIAL_YEAR,
    FUNDER,
    KEYS,
    OF_ANOTHER,
    OTHERS,
    TABLES,
    key_named,
    keys_like,
    of_another_funder,
)
from scenarios.schema.observation import Observation, read_observations

TEXTS = ("title", "question")
MARKS = ("estimate:", "assumption:")
STATE_FILES = ("members.collaborations", "members.attendance", "members.representatives", "network.so_far")
OF_PLAN = ("members.file", "members.ties", "members.contacts", "members.introductions", "members.groups")
FILES = (*OF_PLAN, *STATE_FILES)
OF_ROSTER = (*FILES, "members.without", "network.today")
"""Keys that say who the members of a roster are, and what is known and planned of them."""
OBSERVED = "observed.toml"
"""A file of this name says what happened, and is no scenario."""
SHORT = 20_000
"""Characters of a file that is remembered once it was read."""


@dataclass
class Layer:
    """One voice in a scenario; later layers override earlier ones, key by key.

    Attributes:
        name: how values without a source are blamed: the stem of the file, "--set" or "replace".
        label: how a fault names the layer: the file as it was asked for.
        base: folder that paths in it are relative to.
        values: dotted key -> value, only those that are allowed by themselves.
        sources: dotted key -> "estimate: ..." or "assumption: ...".
        of_others: values of funders after the first: its name, the key as in `funder`, the value, the key as written.
        observed: what was observed of the network that it describes.
        extends: the scenario that this one builds on, or "".
        bad: keys whose value may not stand, so that no contradiction is blamed on them too.
        faults: everything wrong with it, a line each.
        incomplete: whether it, or what it extends, could not be read at all: then nothing is blamed for missing.
        finished: whether it is a scenario already, whose values have all the sources that they ever will.
    """

    name: str
    label: str
    base: Path
    values: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    of_others: list[tuple[str, str, Any, str]] = field(default_factory=list)
    observed: tuple[Observation, ...] = ()
    extends: str = ""
    bad: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    incomplete: bool = False
    finished: bool = False

    @property
    def is_override(self) -> bool:
        """Whether somebody said it besides the files."""
        return not self.label and not self.finished

    def set(self, key: str, value: Any) -> None:
        """Take a value if it may stand, else note what is wrong with it."""
        if key in TEXTS:
            fault = None if isinstance(value, str) and value.strip() else f"{key} is {shown(value)}: allowed is text"
            if not fault and (found := control(value)):
                fault = f"{key} is {shown(value)}: it holds {found}; leave it out"
        elif key in KEYS:
            value = tuple(value) if isinstance(value, list) else value
            value, fault = _READ[key](value) if key in _READ else (value, KEYS[key].fault(value))
        elif (parts := of_another_funder(key)) is not None:
            self.of_others.append((*parts, value, key))
            return
        else:
            self.faults.append(unknown(key, value))
            return
        if fault:
            self.bad.add(key)
            self.faults.append(fault)
        else:
            self.values[key] = self._absolute(value) if key in FILES else value

    def _absolute(self, value: str) -> str:
        return str((self.base / value.strip()).absolute()) if value.strip() else ""

    def add_source(self, key: str, text: Any) -> None:
        """Take a source if its key exists and it says whether the value is estimated or assumed."""
        if key not in KEYS:
            self.faults.append(f"sources names {key}, which is not a key of a scenario{near_miss(key, KEYS)}")
        elif not isinstance(text, str) or not any(
            text.startswith(mark) and text.removeprefix(mark).strip() for mark in MARKS
        ):
            self.faults.append(
                f'sources for {key} is {shown(text)}: allowed is text that begins with "estimate:" or "assumption:" '
                "and says where the value comes from"
            )
        elif found := control(text):
            self.faults.append(f"sources for {key} holds {found}; leave it out")
        else:
            self.sources[key] = " ".join(text.split())


def _currency(given: Any) -> tuple[Any, str | None]:
    """The code of a currency, and what is wrong with a text where it has none."""
    if not isinstance(given, str):
        return given, KEYS[CURRENCY].fault(given)
    try:
        return code_of(given), None
    except CurrencyError as error:
        return given, f"{CURRENCY}: {error}"


def _begins(given: Any) -> tuple[Any, str | None]:
    """The date of month 1, 2026-09, and what is wrong with it."""
    text = given.strip() if isinstance(given, str) else given
    if KEYS[BEGINS].fault(text):
        return given, f"{BEGINS} is {shown(given)}: allowed is a month of a year, such as 2026-09"
    return text, None


def _financial_year(given: Any) -> tuple[Any, str | None]:
    """The month in which financial years begin, 01 to 12, and what is wrong with it."""
    written = str(given).strip().casefold() if isinstance(given, str | int) and not isinstance(given, bool) else ""
    names = [name.casefold() for name in month_name]
    if len(written) >= 3 and (named := [place for place, name in enumerate(names) if name.startswith(written)]):
        return f"{named[0]:02d}", None
    if written.isdecimal() and 1 <= int(written) <= 12:
        return f"{int(written):02d}", None
    hint = near_miss(written.capitalize(), [*month_name][1:])
    return given, f"{FINANCIAL_YEAR} is {shown(given)}: allowed is a month, 1 to 12 or its name{hint}"


_READ: Mapping[str, Callable[[Any], tuple[Any, str | None]]] = {
    CURRENCY: _currency,
    BEGINS: _begins,
    FINANCIAL_YEAR: _financial_year,
}
"""Keys that are written in several ways -> the one way in which a scenario has them, or what is wrong."""


def read_funders(tables: list[Any], layer: Layer) -> Mapping[str, Any]:
    """Take the funders after the first from the [[funder]] tables of a file; the table of the first."""
    if not all(isinstance(one, dict) for one in tables) or not tables:
        layer.faults.append(f"funder is {shown(tables)}: allowed is a table [funder], or several [[funder]]")
        layer.bad.add(OTHERS)
        return {}
    others = []
    for place, table in enumerate(tables[1:], 2):
        name = table.get("name", "")
        if not isinstance(name, str) or not name.strip():
            said = f"is {shown(name)}" if "name" in table else "is missing"
            layer.faults.append(f"name of funder {place} {said}: allowed is text, by which --set names it")
            layer.bad.add(OTHERS)
            continue
        one = CoFunder(" ".join(name.split()))
        for key, value in flatten({FUNDER: {key: value for key, value in table.items() if key != "name"}}):
            one = with_value(one, key.removeprefix(f"{FUNDER}."), value, layer)
        others.append(one)
    if OTHERS not in layer.bad:
        layer.values[OTHERS] = tuple(others)
    first: Mapping[str, Any] = tables[0]
    return first


def with_value(one: CoFunder, own: str, value: Any, layer: Layer) -> CoFunder:
    """A funder after the first with another value, or as it was and a fault."""
    key, here = f"{FUNDER}.{own}", f"{FUNDER}.{one.name}.{own}"
    value = tuple(value) if isinstance(value, list) else value
    fault = KEYS[key].fault(value) if own in OF_ANOTHER else unknown(key, value)
    if fault:
        layer.bad.add(OTHERS)
        layer.faults.append(fault.replace(key, here, 1))
        return one
    if KEYS[key].kind == "float" and value is not None:
        value = float(value)
    elif isinstance(value, tuple):
        value = tuple(map(float, value))
    return replace(one, **{own.replace(".", "_"): value})


def unknown(key: str, value: Any) -> str:
    """What to say of a key that no scenario has."""
    key = shown(key)[1:-1]
    if key == "name":
        return "name is not written in a scenario: it is called after its file; leave name out"
    if key in TABLES:
        inside = [name for name in KEYS if name.startswith(f"{key}.")]
        return f"{key} is {shown(value)}: it is a table; set a key in it, such as {inside[0]}"
    if key.partition(".")[0] in ("extends", "sources", "observed"):
        return f"{key} can only be written in a file"
    table, _, last = key.rpartition(".")
    candidates = [*keys_like(key), *TEXTS, "extends", "observed", *TABLES]
    hint = near_miss(key, candidates) or near_miss(key.partition(".")[0], ["observed"])
    if not hint:  # the right name in the wrong table, or without its table
        same = [name for name in KEYS if name.rpartition(".")[2] == last]
        hint = f"; did you mean {same[0]}?" if same else ""
    if not hint and table in TABLES:
        hint = f"; {table} has " + ", ".join(name.removeprefix(f"{table}.") for name in KEYS if _inside(name, table))
    return f"{key} is not a key of a scenario{hint}"


def _inside(key: str, table: str) -> bool:
    return key.rpartition(".")[0] == table


def flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted keys of nested tables; a table under a key that wants a value stays one, to be refused as a value."""
    for name, value in table.items():
        key = f"{prefix}{name}"
        unknown_table = bool(value) and key not in KEYS and key not in TEXTS  # its keys are blamed, not it
        if isinstance(value, dict) and (key in TABLES or unknown_table):
            yield from flatten(value, f"{key}.")
        else:
            yield key, value


def read_file(path: Path, label: str) -> Layer:
    """What one scenario file says, with every fault that it has by itself.

    Args:
        path: the file.
        label: how faults name it.
    """
    layer = Layer(path.stem, label, path.parent)
    table = parse(path, layer)
    extends = table.pop("extends", "")
    if isinstance(extends, str):
        layer.extends = extends.strip()
    else:
        layer.faults.append(f"extends is {shown(extends)}: allowed is the name of a scenario or the path of a file")
    sources = table.pop("sources", {})
    layer.observed = read_observations(table.pop("observed", {}), layer.faults)
    if isinstance(table.get(FUNDER), list):
        table[FUNDER] = read_funders(table[FUNDER], layer)
    seen: set[str] = set()
    for key, value in flatten(table):
        if key in seen:  # once in its table and once as a quoted key: to TOML these are two
            layer.faults.append(f"{key} is written twice; keep one")
        seen.add(key)
        layer.set(key, value)
    if isinstance(sources, dict):
        for key, text in _flatten_sources(sources):
            layer.add_source(key, text)
    else:
        layer.faults.append(f"sources is {shown(sources)}: allowed is a table of dotted keys with text")
    return layer


def _flatten_sources(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):  # keys written without quotes become tables in TOML
            yield from _flatten_sources(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def parse(path: Path, layer: Layer) -> dict[str, Any]:
    """The tables of a TOML file; none where it cannot be read, which its layer then says."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
        return deepcopy(_tables(text)) if len(text) <= SHORT else tomllib.loads(text)
    except IsADirectoryError:
        inside = sorted(one for one in path.glob("*.toml") if one.name != OBSERVED)
        hint = f"; name the scenario file in it, such as {inside[0]}" if inside else ""
        layer.faults.append(f"it is a folder, not a file{hint}")
    except FileNotFoundError:
        layer.faults.append("there is no such file")
    except OSError as error:
        layer.faults.append(f"it cannot be read: {error.strerror or error}")
    except UnicodeDecodeError as error:
        layer.faults.append(f"it is not UTF-8 (at byte {error.start + 1}); save it with the encoding UTF-8")
    except tomllib.TOMLDecodeError as error:
        layer.faults.append(f"it is not TOML: {error}")
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits, dates that do not exist, deep nests
        layer.faults.append(f"it is not TOML that can be read: {error}")
    layer.incomplete = True
    return {}


@lru_cache(maxsize=64)
def _tables(text: str) -> dict[str, Any]:
    """The tables of a short text: one comparison reads the file of its baseline half a dozen times."""
    return tomllib.loads(text)


def read_overrides(overrides: Mapping[str, str] | Sequence[str]) -> Layer:
    """What `--set KEY=VALUE` says; paths are relative to the current folder. A key is said once, or twice alike.

    Args:
        overrides: texts "KEY=VALUE", or a mapping from KEY to VALUE. VALUE is read as TOML where it is, else as text.
    """
    layer = Layer("--set", "", Path.cwd())
    items = list(overrides.items()) if isinstance(overrides, Mapping) else [_split(text) for text in overrides]
    before: dict[str, str] = {}
    for key, value in items:
        said = len(layer.faults)
        if value is None:
            layer.faults.append("it has no value; write --set KEY=VALUE")
        elif before.setdefault(key, value) != value:
            layer.faults.append(f"it is set to {before[key]} as well; keep one")
        else:
            layer.set(key, parse_value(key, value))
        written = f"--set {key}" if value is None else f"--set {key}={value}"
        layer.faults[said:] = [f"{' '.join(written.split())}: {fault}" for fault in layer.faults[said:]]
    return layer


def _split(text: str) -> tuple[str, str | None]:
    key, equals, value = text.partition("=")
    return key.strip(), value.strip() if equals else None


def parse_value(key: str, text: str) -> Any:
    """A value as written on the command line: TOML where it is, else text (`closing.month=never`)."""
    try:
        table = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    value = table["value"]
    if len(table) > 1:  # a line break has smuggled in another key
        return text
    known = key_named(key)
    is_text = key in TEXTS or (known is not None and known.kind == "str")
    return text if is_text and not isinstance(value, str) else value


def read_changes(changes: Mapping[str, Any]) -> Layer:
    """Values from Python, numpy's numbers and arrays among them; paths are relative to the current folder."""
    layer = Layer("replace", "", Path.cwd())
    for key, value in changes.items():
        plain = value.tolist() if hasattr(value, "tolist") else value
        layer.set(key, plain)
    return layer
