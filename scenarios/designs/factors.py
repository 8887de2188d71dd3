"""A factor: one key of a scenario that a design varies, over a range or over levels; or which scenario it is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from math import floor
from typing import Any, NamedTuple

from scenarios.files.currencies import USD
from scenarios.files.faults import ScenarioError, near_miss, refusal, shown
from scenarios.reading.layers import parse_value
from scenarios.schema.keys import KEYS, PRICES, Key, key_named, keys_like
from scenarios.schema.scenario import Scenario

SCENARIO = "scenario"
"""Name of the factor that tells scenarios apart."""
STEPS = 5
"""Levels of a grid over a range for which no step is given."""
MOST_LEVELS = 100_000
MOST_DIGITS = 300
"""Places behind the point that a number may begin at: what is smaller is 0 to a computer."""
FORMS = "KEY, KEY=LOW:HIGH, KEY=LOW:HIGH:STEP or KEY=A,B,C"
_PART = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^,]*)\s*(?:,|\Z)""")
"""One of several values, in quotation marks where a comma belongs to it."""


@dataclass(frozen=True)
class Factor:
    """What is varied.

    Attributes:
        key: dotted key, or "scenario".
        low: lower end of a range, in the key's unit; None where there are levels.
        high: its upper end.
        levels: the values themselves, in the order in which they were given; empty where there is a range.
        whole: whether a range holds whole numbers only.
        stops_short: what is to be said of a range whose steps do not reach its end; "" where they do.
        of_schema: whether the range is the one that the schema names, of prices in USD.
    """

    key: str
    low: float | None = None
    high: float | None = None
    levels: tuple[Any, ...] = ()
    whole: bool = False
    stops_short: str = field(default="", compare=False)
    of_schema: bool = field(default=False, compare=False)

    @property
    def is_numeric(self) -> bool:
        """Whether its values have an order and a distance, so that a curve may be drawn over them."""
        return not self.levels or all(_is_number(level) for level in self.levels)

    @property
    def text(self) -> str:
        """What it is, in the field's words."""
        known = key_named(self.key)
        return known.text if known else "the scenario"

    @property
    def unit(self) -> str:
        """Unit of its values; "" where there is none."""
        known = key_named(self.key)
        return known.unit if known else ""

    def value(self, share: float) -> Any:
        """The value at a share of the way, 0 to 1: of the range evenly, of levels each an equal part."""
        if self.levels:
            return self.levels[_part(share, len(self.levels))]
        assert self.low is not None
        assert self.high is not None
        if self.whole:
            return int(self.low) + _part(share, int(self.high) - int(self.low) + 1)
        if share in (0.0, 1.0):  # an end is what was written, all its digits
            return float(self.high if share else self.low)
        # Twelve digits: 0.1 + 0.25 x 0.8 is 0.3 to whoever reads the table, and to whoever filters it.
        rounded = float(f"{self.low + float(share) * (self.high - self.low):.12g}")
        return min(max(rounded, self.low), self.high)

    def steps(self) -> tuple[float, ...]:
        """Shares of the way at which a grid takes its values: each level, or STEPS even ones of a range."""
        if self.levels or self.whole:
            count = len(self.levels) or int((self.high or 0) - (self.low or 0)) + 1
            wanted = count if self.levels else min(STEPS, count)
            if wanted == count:
                return tuple((place + 0.5) / count for place in range(count))
            places = [round(place * (count - 1) / (wanted - 1)) for place in range(wanted)]
            return tuple((place + 0.5) / count for place in places)
        return tuple(place / (STEPS - 1) for place in range(STEPS))

    def describe(self) -> dict[str, Any]:
        """The factor as plain data, for manifests and documents."""
        if self.levels:
            return {"key": self.key, "levels": [list(one) if isinstance(one, tuple) else one for one in self.levels]}
        return {"key": self.key, "low": self.low, "high": self.high, "whole": self.whole}


def read_factors(varied: Sequence[str], place: str = "--vary") -> tuple[Factor, ...]:
    """Factors as `--vary` writes them: KEY, KEY=LOW:HIGH, KEY=LOW:HIGH:STEP or KEY=A,B,C.

    Args:
        varied: a text for each.
        place: where they are written, for what is wrong with them.

    Raises:
        ScenarioError: with everything that is wrong with any of them.
    """
    factors: dict[str, Factor] = {}
    faults: list[str] = []
    for one in varied:
        key, _, text = (part.strip() for part in one.partition("="))
        try:
            if key in factors:
                raise _FaultError(f"{key} is varied twice; give it once")
            factors[key] = _read(key, text if "=" in one else None)
        except _FaultError as fault:
            faults.extend(fault.args)
    if faults:
        raise ScenarioError(refusal(place, faults))
    return tuple(factors.values())


class _FaultError(Exception):
    """What is wrong with one of them, an argument a fault."""


class _Span(NamedTuple):
    low: Decimal
    high: Decimal
    step: Decimal | None


def _read(key: str, text: str | None) -> Factor:
    if key == SCENARIO:
        if not text:
            raise _FaultError("scenario is varied without names; write scenario=salex,sparc")
        return Factor(key, levels=_distinct(key, [_name(part) for part in _parts(text)]))
    known = key_named(key)
    if known is None:
        raise _FaultError(f"{shown(key)[1:-1] or 'an empty text'} is not a key of a scenario{_hint(key)}")
    if known.kind == "weights" or (known.listed and text is not None and "[" in text):
        raise _FaultError(
            f"{key} is a list, which --vary cannot write; put each list into a scenario file of its own, and vary "
            "those: scenario=one.toml,other.toml"
        )
    if text is None:
        return _of_the_schema(known)
    if not text:
        raise _FaultError(f"{key} is varied over nothing; write {FORMS}")
    if ":" in text and known.kind in ("int", "float"):
        return _range(known, text)
    return Factor(key, levels=_distinct(key, _levels(known, _parts(text))))


def _hint(key: str) -> str:
    same = [name for name in KEYS if name.rpartition(".")[2] == key.rpartition(".")[2]]
    table = [name for name in KEYS if name.startswith(f"{key}.")]
    if table:
        return f"; it is a table; vary a key in it, such as {table[0]}"
    return near_miss(key, [*keys_like(key), SCENARIO]) or (f"; did you mean {same[0]}?" if same else f"; write {FORMS}")


def _of_the_schema(known: Key) -> Factor:
    """The range worth trying that the schema names."""
    if known.kind == "bool":
        return Factor(known.key, levels=(False, True))
    if known.prior is None:
        raise _FaultError(
            f"{known.key} has no range of its own; write what to try: {known.key}=... (allowed is {known.allowed})"
        )
    low, high = known.prior
    return Factor(known.key, float(low), float(high), whole=known.kind == "int", of_schema=True)


def priced(factors: Iterable[Factor], scenario: Scenario) -> Iterator[Factor]:
    """Factors with ranges of prices that nobody has written in the scenario's currency.

    Raises:
        ScenarioError: if nothing converts them.
    """
    costs = scenario.costs
    for one in factors:
        if not (one.of_schema and one.key in PRICES) or costs.currency == USD:
            yield one
        elif costs.rate is None:
            raise ScenarioError(
                f"{one.key} has a range to try in USD alone, and {scenario.name} is in {costs.currency}; write what to "
                f"try: {one.key}=LOW:HIGH, or give costs.rate"
            )
        else:
            low, high = (end * costs.rate for end in (one.low or 0.0, one.high or 0.0))
            yield replace(one, low=low, high=high)


def _range(known: Key, text: str) -> Factor:
    low, high, step = _span(known, text)
    written = _written(known.key, text)
    if not float(low) < float(high):
        raise _FaultError(f"{written}: LOW is {shown(low)}, HIGH is {shown(high)}; LOW must be below HIGH")
    _refuse([_misfit(known, end) for end in (low, high)])
    if step is None:
        return Factor(known.key, float(low), float(high), whole=known.kind == "int")
    if not 0 < step <= high - low:
        raise _FaultError(f"{written}: STEP is {shown(step)}; allowed is above 0, to {high - low}")
    if known.kind == "int" and not _is_whole(step):
        raise _FaultError(f"{written}: STEP is {shown(step)}; allowed is a whole number")
    if high - low >= step * MOST_LEVELS:
        raise _FaultError(f"{written}: that is more than {MOST_LEVELS:,} levels; take a larger STEP")
    # In decimals: 0.1 added three times is not 0.3 in binary numbers, and tables would show it.
    numbers = [low + number * step for number in range(floor((high - low) / step) + 1)]
    levels = tuple(_plain(known, number) for number in numbers)
    if len(set(levels)) < len(levels):
        raise _FaultError(f"{written}: STEP is {shown(step)}, too small to tell values apart; take a larger STEP")
    short = (
        ""
        if numbers[-1] == high
        else (f"{written} ends at {numbers[-1]:f}, not at {high:f}: steps of {step:f} from {low:f} do not reach it")
    )
    return Factor(known.key, levels=levels, stops_short=short)


def _span(known: Key, text: str) -> _Span:
    parts = [part.strip() for part in text.split(":")]
    written = _written(known.key, text)
    if len(parts) > 3:
        raise _FaultError(f"{written}: {len(parts)} numbers; write LOW:HIGH or LOW:HIGH:STEP")
    if known.word and known.word in parts:
        raise _FaultError(
            f'{written}: "{known.word}" has no place in a range of numbers; write values: {known.key}=A,B,{known.word}'
        )
    numbers = [_decimal(part) for part in parts]
    _refuse(
        f"{written}: {shown(part)} is not a number that can be used; allowed is {known.allowed}"
        for part, number in zip(parts, numbers, strict=True)
        if number is None
    )
    low, high, step = [*(number for number in numbers if number is not None), None][:3]
    assert low is not None
    assert high is not None
    return _Span(low, high, step)


def _decimal(text: str) -> Decimal | None:
    """A number as written; None where it is none, or too far from 1 to be reckoned with."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number:
        return Decimal(0)  # not -0, nor 0 of a size
    return number if number.is_finite() and -MOST_DIGITS <= number.adjusted() <= 15 else None


def _plain(known: Key, number: Decimal) -> float | int:
    return int(number) if known.kind == "int" else float(number)


def _is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value()


def _misfit(known: Key, number: Decimal) -> str | None:
    if known.kind == "int" and not _is_whole(number):
        return f"{known.key}: {shown(number)} is not a whole number; allowed is {known.allowed}"
    return known.fault(_plain(known, number))


def _parts(text: str) -> list[str]:
    """What commas part, but for commas within quotation marks."""
    parts, place = [], 0
    while place <= len(text):
        found = _PART.match(text, place)
        assert found is not None  # anything matches, were it an empty part
        parts.append(found[1].strip())
        place = found.end() + (not found[0].endswith(","))
    return parts


def _name(text: str) -> str:
    name = parse_value(SCENARIO, text)
    return name if isinstance(name, str) else text


def _levels(known: Key, parts: Sequence[str]) -> list[Any]:
    values = [_level(known, part) for part in parts]
    _refuse(known.fault(value) for value in values)
    return [float(value) for value in values] if known.kind == "float" else values


def _level(known: Key, text: str) -> Any:
    value = parse_value(known.key, text)
    if value == text and known.kind in ("int", "float"):  # .5 and 007 are numbers to everybody but TOML
        with suppress(ValueError):
            return float(text) if known.kind == "float" else int(text)
    return value


def _refuse(faults: Iterable[str | None]) -> None:
    if said := tuple(dict.fromkeys(fault for fault in faults if fault)):
        raise _FaultError(*said)


def _distinct(key: str, levels: Sequence[Any]) -> tuple[Any, ...]:
    if "" in levels:
        raise _FaultError(f"{key} has an empty value")
    if len(levels) < 2:
        only = shown(levels[0]).strip('"')
        what = f"--set {key}={only}" if key != SCENARIO else f"legato sweep {only}"
        raise _FaultError(f"{key} is varied over one value; give two or more, or fix it with {what}")
    if len(levels) > MOST_LEVELS:
        raise _FaultError(f"{key} has {len(levels):,} values; allowed is {MOST_LEVELS:,}")
    if len(set(levels)) < len(levels):
        twice = [level for level, times in Counter(levels).items() if times > 1]
        _refuse(f"{key} has {shown(level)} twice; give it once" for level in twice)
    return tuple(levels)


def _written(key: str, text: str) -> str:
    """KEY=TEXT on one line, cut where it is long."""
    return f"{key}={shown(text)[1:-1]}"


def _part(share: float, parts: int) -> int:
    """Which of so many equal parts a share falls into. Rounded first: a third of the way, three times, is one."""
    return min(parts - 1, floor(round(share * parts, 9)))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
