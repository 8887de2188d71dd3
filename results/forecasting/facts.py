"""What happened, as it is told: `collaboration_rate@24=17:22`, or a TOML file."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from scenarios.files.faults import RequestError, near_miss, shown


@dataclass(frozen=True)
class Fact:
    """What was observed of an outcome.

    Attributes:
        value: a number; of yes or no 1 or 0.
        of: how many were asked, where it is the share of them; None where it is no count.
    """

    value: float
    of: int | None = None


def read_facts(field: str, written: Sequence[str], known: Mapping[str, str]) -> dict[str, Fact]:
    """Outcome, as a forecast calls it -> what happened.

    Args:
        field: of the request.
        written: `OUTCOME=VALUE`, `OUTCOME=SUCCESSES:OF`, or paths of TOML files with such a table `[facts]`.
        known: outcomes that may be named -> their scale.

    Raises:
        RequestError: if one cannot be read, is of no known outcome, or stands twice; with what is allowed.
    """
    found: dict[str, Fact] = {}
    for text in written:
        for name, said in _pairs(field, text):
            full = _full_name(field, name, known)
            if full in found:
                raise RequestError(field, f"'{full}' stands twice; say each fact once")
            found[full] = _fact(field, full, said, known[full])
    return found


def _pairs(field: str, text: str) -> list[tuple[str, str]]:
    name, equals, said = text.partition("=")
    if equals:
        return [(name.strip(), said.strip())]
    try:
        table: Any = tomllib.loads(Path(text).read_text(encoding="utf-8")).get("facts")
    except OSError:
        raise RequestError(
            field, f"{shown(text)}: allowed are OUTCOME=VALUE, OUTCOME=SUCCESSES:OF, or a TOML file that is there"
        ) from None
    except ValueError as error:
        raise RequestError(field, f"{text} is no TOML: {error}") from None
    if not isinstance(table, dict):
        raise RequestError(field, f'{text} has no table [facts], in which stands "collaboration_rate@24" = "17:22"')
    return [(str(key), str(value)) for key, value in table.items()]


def _full_name(field: str, name: str, known: Mapping[str, str]) -> str:
    """The outcome as the forecast calls it; the month may be left out where there is one."""
    mine = [one for one in known if name in (one, one.partition("@")[0])]
    if name in known:
        return name
    if len(mine) == 1:
        return mine[0]
    hint = near_miss(name, known) or f"; there are {', '.join(known)}"
    raise RequestError(field, f"the forecast is not of '{name}'{hint}")


def _fact(field: str, name: str, said: str, scale: str) -> Fact:
    count, colon, of = said.partition(":")
    try:
        value = {"yes": 1.0, "no": 0.0, "True": 1.0, "False": 0.0}.get(count) if not colon else None
        number = float(count) if value is None else value
        asked = int(of) if colon else None
    except ValueError:
        raise RequestError(
            field, f"{name} is {shown(said)}; allowed is a number, or SUCCESSES:OF as in 17:22"
        ) from None
    if not isfinite(number):
        raise RequestError(field, f"{name} is {shown(said)}; allowed is a finite number")
    shares = scale in ("share", "level")
    if asked is not None:
        if not shares:
            raise RequestError(field, f"{name} is {said}, but it is no share; allowed is a number")
        if not (asked >= 1 and 0 <= number <= asked and number == int(number)):
            raise RequestError(field, f"{name} is {said}; allowed are whole numbers, from none to all, as in 17:22")
        number /= asked
    if shares and not 0 <= number <= 1:
        hint = f"; did you mean {number / 100:g}?" if 1 < number <= 100 else ""
        raise RequestError(field, f"{name} is {said}; it runs from 0 to 1{hint}")
    return Fact(number, asked)
