"""Tables of any header as spreadsheets save them: comma, semicolon, tab or bar between cells."""

import csv
import io
from collections import Counter

from scenarios.files.faults import CONTROL, ScenarioError, control
from scenarios.files.network_file import Grid, Row

_DELIMITERS = (",", ";", "\t", "|")
_MOST_COLUMNS = 20_000  # more than any spreadsheet has
_TRIED = 50  # lines by which a delimiter is judged


def read_delimited(text: str, label: str, notes: tuple[str, ...] = ()) -> Grid:
    """A table as rows of cells.

    Raises:
        ScenarioError: if a cell holds what no terminal should get, or a quotation mark is left open.
    """
    first, _, rest = text.partition("\n")
    if first.casefold().startswith("sep=") and len(first.strip()) == 5:  # Excel's own word for the delimiter
        delimiter, text = first.strip()[4], f"\n{rest}"
    else:
        delimiter = _delimiter(text)
    blanks = delimiter == " "
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=blanks)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            first_line, line = line, reader.line_num + 1
            if len(cells) > _MOST_COLUMNS:
                raise ScenarioError(
                    f"{label}, line {first_line}: has {len(cells):,} cells, which no list of members has; is it one "
                    "table, with a line for each row?"
                )
            if rows and (found := CONTROL.search("".join(cells))):
                raise ScenarioError(f"{label}, line {first_line}: holds {control(found[0])}; leave it out")
            if any(cell.strip() for cell in cells):
                rows.append(Row(tuple(map(_unquoted, cells)), f"line {first_line}"))
    except csv.Error as error:
        raise ScenarioError(
            f"{label}, line {line}: is not a row of a table: {error}; is a quotation mark left open?"
        ) from None
    return Grid(label, tuple(rows), notes)


def _unquoted(text: str) -> str:
    """A text without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(("=", "+", "-", "@")) else text


def _delimiter(text: str) -> str:
    """The one that cuts most of the first lines into the same number of cells, of more than one."""
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:_TRIED]

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter == " ")
            widths = [len(cells) for cells in reader if cells]
        except csv.Error:
            return 0, 0
        if not widths or widths[0] < 2:  # the header has one column under it
            return 0, 0
        return Counter(widths)[widths[0]], widths[0]

    if any(fit(one) != (0, 0) for one in _DELIMITERS):
        return max(_DELIMITERS, key=fit)
    # R puts blanks between cells, and names into quotation marks
    return " " if lines and lines[0].lstrip()[:1] == '"' and fit(" ") != (0, 0) else ","
