"""The brief as a workbook: the decision in words, its plans in numbers, and every table of the brief on a sheet."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any

from results.exporting.rows import FORMULA, fit_for_xml
from results.pages.packed import WHEN, without_dates
from results.pages.structure import Brief, Paragraph, Points, Rows, Section, Terms
from results.words.sentence import sentence
from simulation.outcomes import outcome_named

LONGEST, WIDEST, LINE = 32_767, 70, 15.0
"""Characters that a cell of Excel holds, and that a column is wide at most; height of a line (points)."""
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
        _write(book, "plans", *_plans(brief), formats=_formats(brief.decision.columns))
    for title, (header, rows) in tables.items():
        _write(book, title, header, rows)
    titles: dict[str, str] = {}
    for section in brief.sections:
        titles |= _section(book, brief, section)
    lines = _lines(brief)
    verdict = (brief.speaker.whole(brief.decision.verdict),) if brief.decision else None
    _write(
        book,
        "decision",
        None,
        [*lines, *_contents(titles)],
        wide=(110,),
        bold=[lines.index(verdict) + 1] if verdict else (),
    )
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


def _formats(outcomes: Sequence[str]) -> list[str]:
    """How the numbers of the plans are shown; whoever calculates has all their digits."""
    each = ["0.0 %" if outcome_named(outcome).scale == "share" else "#,##0" for outcome in outcomes]
    return ["0", "@", "@", *(form for one in each for form in (one, one, one, one, "0.0 %"))]


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


def _write(
    book: Any,
    title: str,
    header: Sequence[str] | None,
    rows: Iterable[Row],
    *,
    wide: Sequence[float] = (),
    bold: Sequence[int] = (),
    formats: Sequence[str] = (),
) -> str:
    """A sheet, and its name; whatever is text is text, however much it looks like a formula."""
    from openpyxl.styles.alignment import Alignment
    from openpyxl.styles.fonts import Font
    from openpyxl.utils.cell import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

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
                if column <= len(formats) and not (header and number == 1):
                    cell.number_format = formats[column - 1]
            cell.font = Font(name="Calibri", size=11, bold=number == 1 or number in bold)
    if header:
        sheet.freeze_panes = "B2"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    rooms = _rooms(every, wide)
    for column, room in enumerate(rooms, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = room
    for number, row in enumerate(every, start=1):
        lines = max((ceil(len(str(value)) / room) for value, room in zip(row, rooms, strict=False)), default=1)
        if lines > 1:  # not every program makes a row higher for what is broken
            sheet.row_dimensions[number].height = LINE * lines
    return str(sheet.title)


def _rooms(rows: Sequence[Row], wide: Sequence[float]) -> list[float]:
    """Widths of the columns (characters)."""
    rooms = []
    for column in range(max((len(row) for row in rows), default=0)):
        longest = max((len(str(row[column])) for row in rows[:500] if column < len(row)), default=8)
        rooms.append(wide[column] if column < len(wide) else min(max(longest, 8) + 2, WIDEST))
    return rooms


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
