"""Tables as spreadsheets save them: comma, semicolon or tab, with or without a byte order mark, quoted or not."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scenarios.files.bytes import read_bytes
from scenarios.files.faults import CONTROL, MOST_SHOWN, control, near_miss, shown

DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Seen:
    """Where the rows of a table stand in the file that a person knows, if the table was made of another one.

    Attributes:
        label: what the person calls that file.
        places: line of the table -> place there, such as `node n0`.
    """

    label: str
    places: Mapping[int, str]


@dataclass
class Spreadsheet:
    """The rows of a table, and what is wrong with it so far.

    Attributes:
        label: how faults name the file.
        columns: the known columns that it has.
        header: line of the header in the file; 0 where there is none.
        comments: what the lines before it say, without their mark.
        lines: line of each row in the file, the header being line 1.
        torn: first cells of rows with too many cells or too few: blamed once, their names are not unknown elsewhere.
        rows: cells of the known columns by name, blanks at the ends and line breaks within taken out.
        blamed: line of the file (0: all of it) and text of each fault.
        places: line -> how faults name it, where that is not by its number.
    """

    label: str
    columns: tuple[str, ...] = ()
    header: int = 0
    comments: tuple[str, ...] = ()
    lines: list[int] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    blamed: list[tuple[int, str]] = field(default_factory=list)
    places: Mapping[int, str] = field(default_factory=dict)

    @property
    def faults(self) -> list[str]:
        """What is wrong with it, in order of lines."""
        return [text for _, text in sorted(self.blamed, key=lambda one: one[0])]

    def at(self, line: int) -> str:
        """How faults name a line."""
        return self.places.get(line, f"line {line}")

    def blame(self, line: int, text: str) -> None:
        """Note a fault of one line."""
        self.blamed.append((line, f"{self.label}, {self.at(line)}: {text}"))

    def blame_all(self, text: str) -> None:
        """Note a fault of the file as a whole."""
        self.blamed.append((0, text))


def read_spreadsheet(
    path: Path,
    required: Sequence[str],
    optional: Sequence[str] = (),
    aliases: Mapping[str, str] | None = None,
    *,
    comment: str = "",
    unknown: str = "",
    seen: Seen | None = None,
) -> Spreadsheet:
    """Read a table; what is wrong with it stands in its faults.

    Args:
        path: the file, UTF-8.
        required: columns that must be there, in any order.
        optional: columns that may be there; no others may.
        aliases: other spelling of a column -> the column. Case, blanks and hyphens in headers do not matter anyway.
        comment: what lines before the header may begin with to be no part of the table; "" for nothing.
        unknown: what a fault says of allowed columns; "" names them all.
        seen: where its rows stand in another file, if it was made of one.
    """
    sheet = Spreadsheet(path.name) if seen is None else Spreadsheet(seen.label, places=seen.places)
    text = _decode(path, sheet)
    if text is None:
        return sheet
    if comment:
        text = _without_comments(text, comment, sheet)
    known = (*required, *optional)
    names = {name: name for name in known} | dict(aliases or {})
    delimiter = _delimiter(text, names)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            first, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue  # spreadsheets leave empty rows behind
            if header is None:
                header = _header(cells, names, required, first, sheet, unknown)
            elif len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
                sheet.blame(
                    first,
                    f"has {len(cells)} cells but the header has {len(header)}; "
                    f"quote a cell that contains {_name(delimiter)}",
                )
                sheet.torn += _first_named(cells, header)
            elif len(cells) < len(header):
                sheet.blame(
                    first,
                    f"has {len(cells)} cells but the header has {len(header)}; leave missing cells empty, not out",
                )
                sheet.torn += _first_named(cells, header)
            else:
                sheet.lines.append(first)
                sheet.rows.append(
                    {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=False) if name}
                )
    except csv.Error as error:
        sheet.blame(line, f"is not a row of a table: {error}; is a quotation mark left open?")
    if header is None and not sheet.blamed:
        allowed = unknown or f": {', '.join(known)}"
        sheet.blame_all(f"{sheet.label} is empty; its first line must name the columns{allowed}")
    return sheet


def _first_named(cells: Sequence[str], header: Sequence[str]) -> list[str]:
    """The cell that stands first under a column of ours, in a row of which no more can be told."""
    return [" ".join(cell.split()) for cell, name in zip(cells, header, strict=False) if name][:1]


def _without_comments(text: str, mark: str, sheet: Spreadsheet) -> str:
    """The text with empty lines for the comments that it begins with, so that lines keep their numbers."""
    lines = text.split("\n")
    said = []
    for place, line in enumerate(lines):
        if line.strip() and not line.startswith(mark):
            break
        said += [" ".join(line.removeprefix(mark).split())] if line.strip() else []
        lines[place] = ""
    sheet.comments = tuple(said)
    return "\n".join(lines)


def _decode(path: Path, sheet: Spreadsheet) -> str | None:
    try:
        data = read_bytes(path)
    except FileNotFoundError:
        sheet.blame_all(f"{sheet.label}: there is no such file ({path})")
        return None
    except IsADirectoryError:
        sheet.blame_all(f"{sheet.label} is a folder, not a file ({path})")
        return None
    except (OSError, ValueError) as error:
        sheet.blame_all(f"{sheet.label} cannot be read: {getattr(error, 'strerror', None) or error}")
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        sheet.blame_all(f"{sheet.label} is UTF-16; save it with the encoding UTF-8")
        return None
    if b"\0" in data:
        at = data.index(b"\0")
        line = data.count(b"\n", 0, at) + 1
        sheet.blame(line, f"has a NUL byte (byte {at + 1} of the file): this is no text; save the table as CSV, UTF-8")
        return None
    try:
        text = data.decode("utf-8-sig")
        if found := CONTROL.search(text):
            sheet.blame(text.count("\n", 0, found.start()) + 1, f"holds {control(found[0])}; leave it out")
        return text
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        sheet.blame(
            line, f"is not UTF-8 (byte {error.start + 1} of the file); save the table as CSV with the encoding UTF-8"
        )
        return None


def _normal(header: str) -> str:
    return " ".join(header.split()).casefold().replace(" ", "_").replace("-", "_")


def _delimiter(text: str, names: Mapping[str, str]) -> str:
    """The delimiter under which the first line that is not blank names the most known columns; a comma if none does."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def known(delimiter: str) -> int:
        try:
            cells = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            return 0
        return sum(_normal(cell) in names for cell in cells)

    return max(DELIMITERS, key=known)


def _name(delimiter: str) -> str:
    return {",": "a comma", ";": "a semicolon"}.get(delimiter, "a tab")


def _header(
    cells: list[str], names: Mapping[str, str], required: Sequence[str], line: int, sheet: Spreadsheet, unknown: str
) -> list[str]:
    """Column under each cell of the header, "" where there is none of ours."""
    header: list[str] = []
    allowed = unknown or f"; allowed are {', '.join(dict.fromkeys(names.values()))}"
    strange = 0
    for cell in cells:
        name = names.get(cell.strip(), names.get(_normal(cell), ""))
        if name and name in header:
            sheet.blame(line, f"column {name} comes twice; keep one")
        if not name and cell.strip():
            strange += 1
            if strange <= MOST_SHOWN:
                hint = near_miss(_normal(cell), names) or allowed
                sheet.blame(line, f"column {shown(cell.strip())} is not known{hint}")
            else:
                sheet.blame(line, "another column is not known")
        header.append(name)
    while header and not header[-1] and not cells[len(header) - 1].strip():
        header.pop()  # trailing delimiters of a spreadsheet
    for name in required:
        if name not in header:
            sheet.blame(line, f"column {name} is missing; needed are {', '.join(required)}")
    sheet.columns, sheet.header = tuple(name for name in header if name), line
    return header
