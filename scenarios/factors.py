"""A factor: one key of a scenario that a design varies, over a range or over levels; or which scenario it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import floor
from typing import Any, NamedTuple

from scenarios.faults import ScenarioError, near_miss, refusal, shown
from scenarios.keys import KEYS, Key
from scenarios.layers import parse_value

SCENARIO = "scenario"
"""Name of the factor that tells scenarios apart."""
STEPS = 5
"""Levels of a grid over a range for which no step is given."""
MOST_LEVELS = 100_000
FORMS = "KEY, KEY=LOW:HIGH, KEY=LOW:HIGH:STEP or KEY=A,B,C"


@dataclass(frozen=True)
class Factor:
    """What is varied.

    Attributes:
        key: dotted key, or "scenario".
        low: lower end of a range, in the key's unit; None where there are levels.
        high: its upper end.
        levels: the values themselves, in the order in which they were given; empty where there is a range.
        whole: whether a range holds whole numbers only.
    """

    key: str
    low: float | None = None
    high: float | None = None
    levels: tuple[Any, ...] = ()
    whole: bool = False

    @property
    def is_numeric(self) -> bool:
        """Whether its values have an order and a distance, so that a curve may be drawn over them."""
        return not self.levels or all(_is_number(level) for level in self.levels)

    @property
    def text(self) -> str:
        """What it is, in the field's words."""
        return KEYS[self.key].text if self.key in KEYS else "the scenario"

    @property
    def unit(self) -> str:
        """Unit of its values; "" where there is none."""
        return KEYS[self.key].unit if self.key in KEYS else ""

    def value(self, share: float) -> Any:
        """The value at a share of the way, 0 to 1: of the range evenly, of levels each an equal part."""
        if self.levels:
            return self.levels[_part(share, len(self.levels))]
        assert self.low is not None
        assert self.high is not None
        if self.whole:
            return int(self.low) + _part(share, int(self.high) - int(self.low) + 1)
        # Twelve digits: 0.1 + 0.25 x 0.8 is 0.3 to whoever reads the table, and to whoever filters it.
        return float(f"{self.low + float(share) * (self.high - self.low):.12g}")

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
        return {"key": self.key, "low": self.low, "high": self.high}


def read_factors(varied: Sequence[str]) -> tuple[Factor, ...]:
    """Factors as `--vary` writes them: KEY, KEY=LOW:HIGH, KEY=LOW:HIGH:STEP or KEY=A,B,C.

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
            faults.append(str(fault))
    if faults:
        raise ScenarioError(refusal("--vary", faults))
    return tuple(factors.values())


class _FaultError(Exception):
    pass


class _Span(NamedTuple):
    low: Decimal
    high: Decimal
    step: Decimal | None


def _read(key: str, text: str | None) -> Factor:
    if key == SCENARIO:
        if not text:
            raise _FaultError("scenario is varied without names; write scenario=salex,sparc")
        return Factor(key, levels=_distinct(key, [name.strip() for name in text.split(",")]))
    if key not in KEYS:
        raise _FaultError(
            f"{shown(key)[1:-1] or 'an empty text'} is not a key of a scenario{near_miss(key, [*KEYS, SCENARIO])}"
            f"; write {FORMS}"
        )
    known = KEYS[key]
    if text is None:
        return _of_the_schema(known)
    if not text:
        raise _FaultError(f"{key} is varied over nothing; write {FORMS}")
    if known.kind == "weights":
        raise _FaultError(
            f"{key} is a list, which --vary cannot write; put each list into a scenario file of its own, and vary "
            "those: scenario=one.toml,other.toml"
        )
    if ":" in text and known.kind in ("int", "float"):
        return _range(known, text)
    return Factor(key, levels=_distinct(key, [_level(known, part.strip()) for part in text.split(",")]))


def _of_the_schema(known: Key) -> Factor:
    """The range worth trying that the schema names."""
    if known.kind == "bool":
        return Factor(known.key, levels=(False, True))
    if known.prior is None:
        raise _FaultError(
            f"{known.key} has no range of its own; write what to try: {known.key}=... (allowed is {known.allowed})"
        )
    low, high = known.prior
    return Factor(known.key, float(low), float(high), whole=known.kind == "int")


def _range(known: Key, text: str) -> Factor:
    low, high, step = _span(known, text)
    if not low < high:
        raise _FaultError(f"{known.key}={text}: LOW is {low}, HIGH is {high}; LOW must be below HIGH")
    for end in (low, high):
        _allowed(known, _plain(known, end))
    if step is None:
        return Factor(known.key, float(low), float(high), whole=known.kind == "int")
    if not 0 < step <= high - low:
        raise _FaultError(f"{known.key}={text}: STEP is {step}; allowed is above 0, to {high - low}")
    count = floor((high - low) / step) + 1
    if count > MOST_LEVELS:
        raise _FaultError(
            f"{known.key}={text}: that is {count:,} levels; allowed is {MOST_LEVELS:,}; take a larger STEP"
        )
    # In decimals: 0.1 added three times is not 0.3 in binary numbers, and tables would show it.
    return Factor(known.key, levels=tuple(_plain(known, low + number * step) for number in range(count)))


def _span(known: Key, text: str) -> _Span:
    parts = text.split(":")
    if len(parts) > 3:
        raise _FaultError(f"{known.key}={text}: {len(parts)} numbers; write LOW:HIGH or LOW:HIGH:STEP")
    numbers = []
    for part in parts:
        try:
            number = Decimal(part.strip())
        except InvalidOperation:
            number = Decimal("nan")
        if not number.is_finite() or number.adjusted() > 15:
            raise _FaultError(f"{known.key}={text}: {shown(part.strip())} is not a number; allowed is {known.allowed}")
        numbers.append(number)
    return _Span(numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else None)


def _plain(known: Key, number: Decimal) -> float | int:
    if known.kind != "int":
        return float(number)
    if number != number.to_integral_value():
        raise _FaultError(f"{known.key}: {number} is not a whole number; allowed is {known.allowed}")
    return int(number)


def _level(known: Key, text: str) -> Any:
    value = parse_value(known.key, text)
    if known.kind == "float" and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    _allowed(known, value)
    return value


def _allowed(known: Key, value: Any) -> None:
    if fault := known.fault(value):
        raise _FaultError(fault)


def _distinct(key: str, levels: Sequence[Any]) -> tuple[Any, ...]:
    if len(levels) < 2:
        what = f"--set {key}={levels[0]}" if key != SCENARIO else f"legato sweep {levels[0]}"
        raise _FaultError(f"{key} is varied over one value; give two or more, or fix it with {what}")
    for place, level in enumerate(levels):
        if level in levels[:place] or level == "":
            raise _FaultError(f"{key} has {shown(level)} twice; give it once" if level else f"{key} has an empty value")
    return tuple(levels)


def _part(share: float, parts: int) -> int:
    """Which of so many equal parts a share falls into. Rounded first: a third of the way, three times, is one."""
    return min(parts - 1, floor(round(share * parts, 9)))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
