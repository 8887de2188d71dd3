"""Factors as they are written: KEY=LOW:HIGH, KEY=A,B,C, a distribution, or the key alone."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from math import floor
from typing import Any, NamedTuple

from scenarios.designs.distributions import DISCRETE, WRITTEN, DistributionError, read_distribution
from scenarios.designs.factors import MOST_LEVELS, SCENARIO, Factor
from scenarios.files.faults import ScenarioError, near_miss, refusal, shown
from scenarios.reading.layers import parse_value
from scenarios.schema.keys import KEYS, Key, key_named, keys_like

MOST_DIGITS = 300
"""Places behind the point that a number may begin at: what is smaller is 0 to a computer."""
FORMS = "KEY, KEY=LOW:HIGH, KEY=LOW:HIGH:STEP or KEY=A,B,C"
_PART = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^,]*)\s*(?:,|\Z)""")
"""One of several values, in quotation marks where a comma belongs to it."""


def read_factors(varied: Sequence[str], place: str = "--vary", *, spread: bool = False) -> tuple[Factor, ...]:
    """Factors as `--vary` writes them: KEY, KEY=LOW:HIGH, KEY=LOW:HIGH:STEP or KEY=A,B,C.

    Args:
        varied: a text for each.
        place: where they are written, for what is wrong with them.
        spread: whether some values may be likelier than others: KEY=normal(4,1).

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
            factors[key] = _read(key, text if "=" in one else None, spread)
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


def _read(key: str, text: str | None, spread: bool) -> Factor:
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
    if known.kind != "str" and WRITTEN.fullmatch(text):
        if not spread:
            raise _FaultError(f"{_written(key, text)}: a distribution has no place here; write {FORMS}")
        return _spread(known, text)
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


def _spread(known: Key, text: str) -> Factor:
    """Values of which some are likelier than others."""
    if text.replace(" ", "").startswith(f"{DISCRETE}("):
        return _weighted(known, text)
    try:
        if known.kind not in ("int", "float"):
            raise DistributionError(f"write {known.key}={DISCRETE}(A:0.2,B:0.8); allowed is {known.allowed}")
        found = read_distribution(known, text)
    except DistributionError as error:
        raise _FaultError(f"{_written(known.key, text)}: {error}") from None
    return Factor(known.key, found.low, found.high, whole=found.whole, distribution=found)


def _weighted(known: Key, text: str) -> Factor:
    """Levels, each with how likely it is: `discrete(0:0.2,4:0.8)`."""
    written, parts = _written(known.key, text), _parts(text.strip()[:-1].partition("(")[2])
    split = [part.rpartition(":") for part in parts]
    _refuse(
        f"{written}: {shown(part)} is no level with its probability; write {DISCRETE}(A:0.2,B:0.8)"
        for part, (level, colon, _) in zip(parts, split, strict=True)
        if not colon or not level.strip()
    )
    weights = [_decimal(weight.strip()) for _, _, weight in split]
    _refuse(
        f"{written}: the probability of {shown(level.strip())} is {shown(weight.strip())}; allowed is above 0, to 1"
        for (level, _, weight), number in zip(split, weights, strict=True)
        if number is None or not 0 < number <= 1
    )
    total = sum((weight for weight in weights if weight is not None), Decimal(0))
    if abs(total - 1) > Decimal("1e-6"):
        raise _FaultError(f"{written}: the probabilities sum to {total}; they have to sum to 1")
    levels = _distinct(known.key, _levels(known, [level.strip() for level, _, _ in split]))
    return Factor(known.key, levels=levels, weights=tuple(float(weight) for weight in weights if weight is not None))


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
