"""The levers of the page: what of a scenario can be moved, over which range, and in whose words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from results.words.plan_names import called
from results.words.sentence import named, told
from scenarios import KEYS, Scenario, value_of
from scenarios.reading.writing import toml_value
from scenarios.schema.keys import PRICES, Key, in_currency

MAIN = (
    "facilitation.intensity",
    "grants.per_call",
    "funder.shift.month",
    "closing.month",
    "closing.notice",
    "closing.capstone",
    "closing.handover",
    "members.champions",
    "funder.weight",
)
"""The levers that come first; each has a short name, `live.lever.<key>` in the catalogue."""
SHIFT = ("funder.shift.month", "funder.shift.facilitation", "funder.shift.grants")
"""Uncertainties that stand among the levers: what a funder's shift would be is for the explorer to say."""
TABLES = ("network", "members", "facilitation", "grants", "funder", "closing")
"""The tables whose levers follow; what each is called is `live.group.<table>` in the catalogue."""
MOST_STEPS = 100


@dataclass(frozen=True)
class Lever:
    """Something to move.

    Attributes:
        key: dotted.
        name: short, for a label.
        text: what it is.
        unit: of the value.
        kind: "number", "whole", or "yes" for yes or no.
        low: where the slider begins.
        high: where it ends; the number beside it may go further, as far as the key allows.
        step: of the slider.
        least: smallest value allowed.
        most: largest value allowed.
        word: what may stand instead of a number: "never", "left out", or "".
        start: a number to start with where the word stood.
        group: the table that it stands under; "" for the main ones.
    """

    key: str
    name: str
    text: str
    unit: str
    kind: str
    low: float
    high: float
    step: float
    least: float
    most: float
    word: str
    start: float
    group: str


def levers(at: Scenario) -> tuple[Lever, ...]:
    """What can be moved of a scenario, the main ones first, then by table; ranges are wide enough for its values."""
    movable = {key: known for key, known in KEYS.items() if _is_lever(known) and not _settled(key, at)}
    first = [_lever(movable[key], at, told(f"live.lever.{key}"), "") for key in MAIN if key in movable]
    rest = [
        _lever(known, at, _name(known), told(f"live.group.{key.partition('.')[0]}"))
        for key, known in movable.items()
        if key not in MAIN and key.partition(".")[0] in TABLES
    ]
    return (*first, *rest)


def value(at: Scenario, lever: Lever) -> Any:
    """A scenario's value as the page holds it: a number, true or false, or the lever's word."""
    found = value_of(at, lever.key)
    return lever.word if found is None else found


def moves(values: Mapping[str, Any], at: Scenario) -> tuple[tuple[str, str], ...]:
    """What was moved away from a scenario, as `--set` takes it, in the order of the schema.

    Args:
        values: key -> value, as the page sends it: what is no lever is left out, and so is what the scenario has.
        at: the scenario as it is without them.
    """
    by_key = {lever.key: lever for lever in levers(at)}
    return tuple(
        (key, written)
        for key in KEYS
        if key in values and key in by_key and (written := _written(by_key[key], values[key], value_of(at, key)))
    )


def _written(lever: Lever, found: Any, before: Any) -> str:
    """A value as `--set` takes it; "" where nothing is moved, or what was left out would be left out again."""
    if lever.kind == "yes":
        return "" if bool(found) == before else toml_value(bool(found))
    if isinstance(found, str):
        return "" if found == before or lever.word == "left out" or not found else found
    if isinstance(found, (int, float)) and isfinite(found):
        number: float | int = round(found) if lever.kind == "whole" and float(found).is_integer() else float(found)
        return "" if number == before and not isinstance(before, str) else toml_value(number)
    return ""


def _is_lever(known: Key) -> bool:
    bounded = known.kind == "bool" or (known.kind in ("int", "float") and known.low is not None)
    return bounded and (known.role == "lever" or known.key in SHIFT)


def _settled(key: str, at: Scenario) -> bool:
    """Whether files settle it, and moving it would be refused; or it is a list."""
    if isinstance(value_of(at, key), tuple):
        return True
    if at.roster is None:
        return key == "network.today"
    of_members = ("network.today", "network.members", "members.champions")
    return key in of_members or (key == "network.joining" and len(at.roster.joins) > 0)


def _lever(known: Key, at: Scenario, name: str, group: str) -> Lever:
    if known.kind == "bool":
        return Lever(known.key, name, known.text, _unit(known, at), "yes", 0, 1, 1, 0, 1, "", 1, group)
    word = known.word or ("left out" if known.optional else "")
    least, most = float(known.low or 0), float(known.high if known.high is not None else known.low or 0)
    low, high = (float(end) for end in known.prior or (least, most))
    if known.key in PRICES:  # ranges are in US dollars
        low, high = low * at.costs.per_usd, high * at.costs.per_usd
    here = value_of(at, known.key)
    numbers = [float(here)] if isinstance(here, (int, float)) else []
    low, high = min([low, *numbers]), max([high, *numbers])
    if known.kind == "float" and known.low == 0:
        low = 0.0  # nothing at all is worth trying, of whatever it is
    whole = known.kind == "int"
    step = 1.0 if whole else _step(high - low)
    start = numbers[0] if numbers else _start(known.key, at, low, high)
    return Lever(
        known.key, name, known.text, _unit(known, at), "whole" if whole else "number",
        low, high, step, least, most, word, start, group,
    )  # fmt: skip


def _start(key: str, at: Scenario, low: float, high: float) -> float:
    """A month to begin with where there was none: half-way to the closing, or in the middle of the range."""
    if key == "funder.shift.month" and at.closes:
        return float(max(1, at.closing_month // 2))
    if key == "network.months":
        return float(at.last_month)
    return float(round((low + high) / 2))


def _step(width: float) -> float:
    """1, 2 or 5 of a power of ten: as fine as a hand can set it."""
    steps = (float(f"{digit}e{power}") for power in range(-9, 10) for digit in (1, 2, 5))
    return next(step for step in steps if step >= width / MOST_STEPS * 0.999)


def _unit(known: Key, at: Scenario) -> str:
    return "" if known.unit in ("1", "yes or no") else named("unit", in_currency(known.unit, at.costs.currency))


def _name(known: Key) -> str:
    """What it is, as far as a label holds it."""
    text = named("key", called(known.key))
    return text[:1].upper() + text[1:]


def groups(of: Iterable[Lever]) -> Iterator[tuple[str, Sequence[Lever]]]:
    """The levers under each heading, in order."""
    every = list(of)
    for name in dict.fromkeys(lever.group for lever in every):
        yield name, [lever for lever in every if lever.group == name]
