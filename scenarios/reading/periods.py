"""Periods of ties: those of some years, months or days, or of one wave, are kept where the person says so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scenarios.files.faults import RequestError, printable, shown
from scenarios.files.listing import counted
from scenarios.files.network_file import Edge, NetworkFile
from scenarios.reading.headers import TIE_WORDS, Mapped, matched
from scenarios.reading.roster import same
from scenarios.reading.written_cells import is_nothing, written_number

_DATE = re.compile(
    r"(?<![\d.])(1[5-9]\d\d|20\d\d|2100)(?:[-/.](0?[1-9]|1[0-2])(?:[-/.](0?[1-9]|[12]\d|3[01]))?)?(?![\d])"
)
Date = tuple[int, ...]


def dates_in(text: str) -> list[Date]:
    """The dates in a cell, each as far as it is written: year, month, day."""
    return [tuple(int(part) for part in found if part) for found in _DATE.findall(text)]


def written(date: Date) -> str:
    """A date as it is written in ISO 8601."""
    return "-".join(f"{part:02d}" for part in date)


@dataclass(frozen=True)
class Period:
    """From one date to another, both included; or one wave.

    Attributes:
        first, last: the dates; the same for a single one; () where it is a wave.
        wave: the wave, as the person says it.
        text: the whole as the person says it.
    """

    first: Date
    last: Date
    wave: str
    text: str

    def holds(self, cell: str) -> bool | None:
        """Whether a cell says a date of the period, one of several if there are several; None where it says none."""
        if not self.first:
            number = written_number(cell)
            return same(cell) == same(self.wave) or (number is not None and number == written_number(self.wave))
        dates = dates_in(cell)
        if not dates or any(len(date) < max(len(self.first), len(self.last)) for date in dates):
            return None
        return any(self.first <= date[: len(self.first)] and date[: len(self.last)] <= self.last for date in dates)


def period_of(text: str) -> Period:
    """What `--period 2018..2020`, `2019-03` or `wave 2` says.

    Raises:
        RequestError: if it is no period.
    """
    before, dots, after = text.partition("..")
    first, last = dates_in(before.strip()), dates_in(after.strip())
    if not dots:
        whole = bool(first) and re.fullmatch(_DATE, text.strip()) is not None
        if not text.strip():
            raise RequestError("period", "it is empty; write a year, a date or a wave, or two of them: 2018..2020")
        return Period(first[0], first[0], "", text) if whole else Period((), (), text.strip(), text)
    if len(first) != 1 or len(last) != 1 or first[0] > last[0]:
        raise RequestError(
            "period", f"{shown(text)}; allowed is a date, or two of them with the earlier one first: 2018..2020, "
            "2019-03..2019-09",
        )  # fmt: skip
    return Period(first[0], last[0], "", text)


def range_of(cells: Sequence[str]) -> str:
    """From when to when cells go, in words; "" where they hold no dates."""
    dates = [date for cell in cells for date in dates_in(cell)]
    if not dates:
        return ""
    first, last = min(dates), max(dates)
    return f"in {written(first)}" if first == last else f"from {written(first)} to {written(last)}"


def of_period(
    file: NetworkFile, said: Mapped, period: Period | None, notes: list[str], faults: list[str]
) -> NetworkFile:
    """The file with the ties of the period alone; what was left out, or from when to when ties go, is noted."""
    headers = list(dict.fromkeys(name for edge in file.edges for name in edge.attributes))
    header = matched(headers, TIE_WORDS, said).get("date", "")
    if period is None:
        if header and (cells := [edge.attributes[header] for edge in file.edges if header in edge.attributes]):
            when = range_of(cells)
            values = len({*map(same, cells)})
            what = when or f"has {values} different values"
            notes.append(
                f"{file.label}: {printable(header)} {'is' if when.startswith('in') else 'runs' if when else ''}"
                f"{' ' if when else ''}{what}: all these ties count as ties from before the network, whatever their "
                "date; --period keeps those of some years, or of one wave"
            )
        return file
    if not header:
        raise RequestError("period", 'the ties have no column of dates; say which it is with --map "Column=date"')
    kept: list[Edge] = []
    bare = others = 0
    for edge in file.edges:
        cell = edge.attributes.get(header, "")
        holds = period.holds(cell) if cell and not is_nothing(cell) else False
        if holds is None:
            faults.append(
                f"{file.label}, {edge.place}: {printable(header)} is {shown(cell)}, which says no date as exact as "
                f"{period.text}"
            )
        elif holds:
            kept.append(edge)
        bare += not cell or is_nothing(cell)
        others += holds is False
    if not kept and not faults:
        there = range_of([edge.attributes.get(header, "") for edge in file.edges])
        there_are = list(dict.fromkeys(cell for edge in file.edges if (cell := edge.attributes.get(header, ""))))
        raise RequestError(
            "period", f"no tie is of {period.text}; {printable(header)} "
            + (f"runs {there}" if there else f"has {', '.join(map(shown, there_are[:10]))}"),
        )  # fmt: skip
    if others:
        without = f", {bare} of them without a date" if bare else ""
        notes.append(f"{file.label}: {counted(others, 'tie')} not of {period.text} left out{without}")
    return replace(file, edges=kept)
