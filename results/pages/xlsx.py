"""The brief as a workbook: the decision in words, its plans in numbers, and every table of the brief on a sheet."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from results.exporting.rows import FORMULA, fit_for_xml
from results.pages.packed import WHEN, without_dates
from results.pages.structure import Brief, Paragraph, Points, Rows, Section, Terms
from results.words.sentence import sentence

LONGEST, WIDEST = 32_767, 70
"""Characters that a cell of Excel holds, and that a column is wide at most."""
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What Excel would read as a character, `_x0041_` as A: the line before it is to be written so, too."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_BESIDE = ("difference", "low", "high", "chance that it is higher")
"""What stands beside the level of an outcome."""
Row = Sequence[str | float | None]


def as_xlsx(brief: Brief, tables: Mapping[str, tuple[Sequence[str], Iterable[Row]]]) -> bytes:
    """The workbook.

    Args:
        brief: what it says.
        tables: further sheets: name -> header and rows.
    """
    from openpyxl.workbook.workbook import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.creator = fit_for_xml(brief.heading.author) or "Legato"
    book.properties.title = fit_for_xml(brief.speaker.whole(brief.title))
    book.properties.created = book.properties.modified = WHEN
    if brief.decision is not None:
        _write(book, "plans", *_plans(brief))
    for title, (header, rows) in tables.items():
        _write(book, title, header, rows)
    titles: dict[str, str] = {}
    for section in brief.sections:
        titles |= _section(book, brief, section)
    _write(book, "decision", None, [*_lines(brief), *_contents(titles)], wide=(110,))
    book.move_sheet("decision", 1 - len(book.sheetnames))
    return without_dates(_saved(book))


def _contents(titles: Mapping[str, str]) -> list[Row]:
    """What is on the sheets whose names hold no more than the beginning of their titles."""
    return [("",), *((f"{name}: {title}",) for name, title in titles.items() if title != name)]


def _lines(brief: Brief) -> list[Row]:
    """Page one, a line a row."""
    whole, heading = brief.speaker.whole, brief.heading
    lines = [whole(brief.title), heading.subtitle, heading.author, *brief.questions, ""]
    if brief.decision is not None:
        lines += [whole(brief.decision.verdict), "", *map(whole, brief.decision.reasons), ""]
    lines += [whole(block.words) for block in brief.first if isinstance(block, Paragraph)]
    return [(line,) for line in [*lines, *map(whole, brief.trust)]]


def _plans(brief: Brief) -> tuple[list[str], list[Row]]:
    """The table of page one in numbers, each in the unit of its outcome: shares from 0 to 1, whole amounts."""
    decision, say = brief.decision, brief.speaker.say
    assert decision is not None
    header = ["rank", say(sentence("column.plan")), "scenario"]
    for outcome in decision.columns:
        header += [
            outcome,
            *(f"{outcome}: {what}" for what in _BESIDE),
        ]
    rows: list[Row] = []
    for plan in decision.plans:
        numbers: list[float | None] = []
        for one in plan.cells:
            numbers += [one.value, one.difference, one.low, one.high, one.chance_higher]
        rows.append((plan.rank, brief.speaker.whole(plan.label), plan.name, *numbers, say(plan.sure)))
    return [*header, say(sentence("column.sure"))], rows


def _section(book: Any, brief: Brief, section: Section) -> dict[str, str]:
    """The sheets of a section: name -> title."""
    say, lines, titles = brief.speaker.say, [], {}
    for block in section.blocks:
        match block:
            case Rows(table, title):
                name = _write(book, say(title) or section.id, table.header, table.rows)
                titles[name] = say(title) or section.id
            case Terms(pairs):
                _write(book, section.id, None, [(say(what), say(value)) for what, value in pairs])
            case Points(words):
                lines += [(say(line),) for line in words]
            case Paragraph(words):
                lines.append((say(words),))
    if lines:
        _write(book, f"{section.id} in words", None, lines, wide=(110,))
    return titles


def _write(book: Any, title: str, header: Sequence[str] | None, rows: Iterable[Row], wide: Sequence[float] = ()) -> str:
    """A sheet, and its name; whatever is text is text, however much it looks like a formula."""
    from openpyxl.styles.alignment import Alignment
    from openpyxl.styles.fonts import Font
    from openpyxl.utils.cell import get_column_letter

    sheet = book.create_sheet(_name(title, book.sheetnames))
    every = [*([header] if header else []), *rows]
    for number, row in enumerate(every, start=1):
        for column, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                text = _ESCAPE.sub("_x005F_", fit_for_xml(value))
                text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
                cell.value = text
                cell.data_type = "s"
                if text.startswith((*FORMULA, "#")):
                    cell.number_format = "@"  # so that it stays a text when somebody edits the cell
                    cell.quotePrefix = True
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            else:
                cell.value = value
                cell.alignment = Alignment(vertical="top")
            cell.font = Font(bold=bool(header) and number == 1)
    if header:
        sheet.freeze_panes = "B2"
    for column in range(max((len(row) for row in every), default=0)):
        longest = max((len(str(row[column])) for row in every[:500] if column < len(row)), default=8)
        room = wide[column] if column < len(wide) else min(max(longest, 8) + 2, WIDEST)
        sheet.column_dimensions[get_column_letter(column + 1)].width = room
    return str(sheet.title)


def _name(title: str, taken: Sequence[str]) -> str:
    """A name for a sheet: short, without what Excel forbids, and its own."""
    whole = _NOT_IN_NAMES.sub(" ", fit_for_xml(title)).strip() or "sheet"
    name, number = whole[:31].strip(), 2
    while name.lower() in {one.lower() for one in taken}:
        name, number = f"{whole[:27].strip()} {number}", number + 1
    return name


def _saved(book: Any) -> bytes:
    import zipfile

    from openpyxl.writer.excel import ExcelWriter

    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:  # not `book.save`: it would date the workbook by the clock
        ExcelWriter(book, archive).save()
    return written.getvalue()
