"""The tables of a file of what happened: values that may stand are taken, the others blamed with their line."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from scenarios.files.faults import control, near_miss, shown
from scenarios.files.toml_lines import Lines
from scenarios.schema.fields import LAST_MONTH


class Faults:
    """What is wrong with a file so far, by line."""

    def __init__(self, label: str, lines: Lines) -> None:
        self._label, self._lines = label, lines
        self._found: list[tuple[int, str]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def blame(self, key: str, text: str) -> None:
        """Note a fault at the line of a key, or of the table that it is in."""
        line = self._lines.of(key)
        self._found.append((line, f"{self._label}, line {line}: {text}" if line else f"{self._label}: {text}"))

    def all(self) -> list[str]:
        """The faults in order of lines."""
        return [text for _, text in sorted(self._found, key=lambda one: one[0])]


class Part:
    """One table of the file: takes values that may stand, blames the others."""

    def __init__(self, values: Mapping[str, Any], place: str, known: Sequence[str], faults: Faults) -> None:
        self.values, self.place, self.faults = values, place, faults
        self.bad: set[str] = set()
        name = next((part for part in reversed(place.split(".")) if not part.isdigit()), "")
        for key in values:
            if key not in known:
                hint = near_miss(key, known) or f"; allowed: {', '.join(known)}"
                self.blame(key, f"{shown(key)[1:-1]} is no key of {name or 'this file'}{hint}")

    def blame(self, key: str, text: str) -> None:
        """Note a fault of a key."""
        self.bad.add(key)
        self.faults.blame(f"{self.place}.{key}" if self.place else key, text)

    def clash(self, key: str, text: str, *others: str) -> None:
        """Blame a key for what it does not go together with, unless one of them is blamed already."""
        if not self.bad.intersection({key, *others}):
            self.blame(key, text)

    def wrong(self, key: str, allowed: str) -> None:
        """Note that the value of a key may not stand."""
        self.blame(key, f"{key} is {shown(self.values[key])}: allowed is {allowed}")

    def has(self, key: str) -> bool:
        """Whether a key is written."""
        return key in self.values

    def text(self, key: str, default: str | None = None) -> str:
        """A text in one line."""
        value = self.values.get(key, default)
        if value is None:
            self.blame(key, f"{key} is missing: say it in a line of text")
        elif not isinstance(value, str) or not (value.strip() or value == default):
            self.wrong(key, "text")
        elif found := control(value):
            self.blame(key, f"{key} is {shown(value)}: it holds {found}; leave it out")
        else:
            return " ".join(value.split())
        return ""

    def word(self, key: str, known: Sequence[str], default: str | None = None) -> str:
        """One of the words that are known."""
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
        """A finite number within bounds."""
        if not self.has(key):
            return default
        value = self.values[key]
        if not is_number(value):
            self.wrong(key, f"a number from {low:g} to {high:g}")
        elif not low <= value <= high:
            hint = f"; did you mean {value / 100:g}?" if _is_percent(value, low, high) else ""
            self.wrong(key, f"{low:g} to {high:g}{hint}")
        else:
            return float(value)
        return default

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int | None:
        """A whole number within bounds."""
        if not self.has(key):
            return default
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.wrong(key, f"a whole number from {low} to {high}")
            return default
        return value

    def flag(self, key: str) -> bool | None:
        """True or false; None where it is not written."""
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.wrong(key, "true or false")
        return None

    def span(self, key: str, low: float, high: float) -> tuple[float, float] | None:
        """Two numbers, from-to, within bounds."""
        if not self.has(key):
            return None
        value = self.values[key]
        if isinstance(value, list) and len(value) == 2 and all(is_number(one) for one in value):
            first, last = value
            if low <= first <= last <= high:
                return float(first), float(last)
        self.wrong(key, f"a pair [from, to] with {low:g} <= from <= to <= {high:g}")
        return None

    def months_between(self, key: str) -> tuple[int, int] | None:
        """Two months, from-to."""
        found = self.months(key)
        if len(found) == 1:
            self.wrong(key, "a pair of months [from, to], the earlier first")
        return (found[0], found[1]) if len(found) == 2 else None

    def months(self, key: str) -> tuple[int, ...]:
        """A month, or two; none where it is not written."""
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


def _is_percent(value: float, low: float, high: float) -> bool:
    """Whether a value that may not stand would as a percentage: 57 where a share is meant, from 0 to 1."""
    return 2 <= abs(value) <= 100 and low <= value / 100 <= high <= 2


def is_number(value: Any) -> bool:
    """Whether a value is a finite number, and not true or false."""
    if isinstance(value, float):
        return isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)
