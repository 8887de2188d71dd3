"""The brief as a document of Word: two pages, and the appendix; tables as tables, figures as vectors beside a PNG."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from results.exporting.rows import fit_for_xml
from results.pages.packed import WHEN, without_dates
from results.pages.structure import Block, Brief, Paragraph, Picture, Points, Rows, Terms
from results.pages.vectors import add_vector
from results.words.language import IN_ENGLISH
from results.words.sentence import Speaker, sentence
from results.words.table import Table
from scenarios.files.faults import MissingExtraError

FONT, ACCENT, QUIET, SHADE = "Arial", "0B4F7A", "555555", "F2F2F2"
WIDTH = 18.0
"""Width of the text (cm): A4 with margins of 1.5."""
_STYLE = "Light Shading"


def as_docx(brief: Brief, draw: Callable[[], Mapping[str, bytes]], figures: Path) -> bytes:
    """The document.

    Args:
        brief: what it says.
        draw: gives the figure of page one as "svg" and "png"; nothing where there is none.
        figures: the folder with the others.

    Raises:
        MissingExtraError: if python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        raise MissingExtraError("a document of Word", "python-docx", "report") from None
    return _Writer(docx.Document(), brief, figures).written(draw())


class _Writer:
    def __init__(self, document: Any, brief: Brief, figures: Path) -> None:
        self.document, self.brief, self.figures = document, brief, figures
        self.speaker: Speaker = brief.speaker
        self.vectors = 0

    def written(self, chart: Mapping[str, bytes]) -> bytes:
        self._set_up()
        self._head()
        if self.brief.decision is not None:
            self._decision(chart)
        for block in self.brief.first:
            self._block(block, 9.5)
        for line in self.brief.trust:
            self._text(self.speaker.whole(line), 8.5, after=2)
        before = None
        for section in self.brief.sections:
            begins = before is None or (section.appendix and not before)
            self._heading(self.speaker.say(section.title), begins)
            before = section.appendix
            for block in section.blocks:
                self._block(block, 8.0)
        packed = BytesIO()
        self.document.save(packed)
        return without_dates(packed.getvalue())

    def _set_up(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt

        page = self.document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(1.5)
        page.top_margin = page.bottom_margin = Cm(1.4)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(9.5)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        if self.speaker.language is not IN_ENGLISH:
            for spoken in self.document.styles.element.iter(qn("w:lang")):
                spoken.set(qn("w:val"), self.speaker.language.code)  # for who has it read, or spelt
        known = self.document.core_properties
        known.title, known.author = (
            self._clean(self.speaker.whole(self.brief.title)),
            self._clean(self.brief.heading.author) or "Legato",
        )
        known.created = known.modified = WHEN
        known.last_modified_by, known.comments, known.revision = "Legato", "", 1

    def _head(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Cm

        heading = self.brief.heading
        if heading.logo:
            line = self.document.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            line.paragraph_format.space_after = 0
            line.add_run().add_picture(BytesIO(heading.logo), height=Cm(1.3))
        kind = self.speaker.say(sentence("kind"))
        if heading.author:
            kind += self.speaker.say(sentence("by", author=heading.author))
        self._text(kind, 8.5, colour=QUIET, after=0)
        self._heading(self.speaker.whole(self.brief.title), False, level=1, size=16)
        if heading.subtitle:
            self._text(heading.subtitle, 11, after=2)
        for question in self.brief.questions:
            self._text(question, 9.5, colour=QUIET)

    def _decision(self, chart: Mapping[str, bytes]) -> None:
        decision, say = self.brief.decision, self.speaker
        assert decision is not None
        self._heading(say.say(sentence("section.decision")), False)
        self._text(say.whole(decision.verdict), 12.5, bold=True, after=4)
        for reason in decision.reasons:
            self._text(say.whole(reason), 9.5, style="List Bullet", after=1)
        self._table(plans_table(self.brief), say.say(decision.table), 8.5)
        if decision.more:
            self._text(say.say(decision.more), 8.5, colour=QUIET)
        if chart:
            words = " ".join(say.say(panel.title) for panel in decision.chart.panels)
            self._picture(chart["png"], chart["svg"], f"{say.say(decision.chart.title)}: {words}")

    def _block(self, block: Block, size: float) -> None:
        say = self.speaker.say
        match block:
            case Paragraph(words):
                self._text(say(words), size, after=3)
            case Points(lines):
                for line in lines:
                    self._text(say(line), size, style="List Bullet", after=1)
            case Terms(pairs):
                rows = tuple((self.speaker.whole(what), say(value)) for what, value in pairs)
                self._table(Table("", ("", ""), rows), "", size, header=False)
            case Rows(table, title):
                self._table(table, say(title), min(size, 7.5) if len(table.header) > 4 else size)
            case Picture():
                file = self.figures / f"{block.name}.png"
                if file.is_file():
                    svg = file.with_suffix(".svg")
                    self._picture(file.read_bytes(), svg.read_bytes() if svg.is_file() else b"", block.words)
                    self._text(block.words, 8, colour=QUIET)

    def _heading(self, words: str, new_page: bool, level: int = 2, size: float = 12) -> None:
        from docx.shared import Pt, RGBColor

        heading = self.document.add_heading(self._clean(words), level)
        heading.paragraph_format.page_break_before = new_page
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(6), Pt(3)
        for run in heading.runs:
            run.font.name, run.font.size = FONT, Pt(size)
            run.font.color.rgb = RGBColor.from_string("000000" if level == 1 else ACCENT)

    def _text(
        self, words: str, size: float, *, bold: bool = False, colour: str = "", after: float = 3, style: str = "Normal"
    ) -> None:
        from docx.shared import Pt, RGBColor

        line = self.document.add_paragraph(style=style)
        line.paragraph_format.space_after, line.paragraph_format.space_before = Pt(after), Pt(0)
        run = line.add_run(self._clean(words))
        run.font.size, run.bold = Pt(size), bold
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)

    def _table(self, table: Table, title: str, size: float, *, header: bool = True) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt

        if title:
            self._text(title, size + 0.5, bold=True, after=1)
        rows = [table.header, *table.rows] if header else list(table.rows)
        if not rows:
            return
        grid = self.document.add_table(len(rows), len(table.header), style=_STYLE if header else "Table Grid")
        if not header:
            grid.style = self.document.styles["Normal Table"]
        wide = widths(rows)
        for column, one in zip(grid.columns, wide, strict=True):
            column.width = Cm(one)
        for number, (line_of_cells, row) in enumerate(zip(grid.rows, rows, strict=True)):
            for column, cell in enumerate(line_of_cells.cells):
                cell.width = Cm(wide[column])
                if header:
                    shade = OxmlElement("w:shd")
                    shade.set(qn("w:val"), "clear")
                    shade.set(qn("w:fill"), SHADE if number and number % 2 == 0 else "FFFFFF")
                    cell._tc.get_or_add_tcPr().append(shade)
                line = cell.paragraphs[0]
                line.paragraph_format.space_after = Pt(0)
                if column in table.numbers:
                    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                first, _, rest = row[column].partition("\n")
                run = line.add_run(self._clean(first))
                run.font.size, run.bold = Pt(size), (header and number == 0) or bool(rest)
                if rest:
                    more = line.add_run("\n" + self._clean(rest))
                    more.font.size, more.bold = Pt(size - 0.5), False
        if header:
            repeated = OxmlElement("w:tblHeader")
            grid.rows[0]._tr.get_or_add_trPr().append(repeated)
        for row in grid.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        self._text("", 4, after=0)

    def _picture(self, png: bytes, svg: bytes, words: str) -> None:
        from docx.shared import Cm

        shape = self.document.add_picture(BytesIO(png), width=Cm(WIDTH))
        if shape.height > Cm(23):
            shape.width, shape.height = int(shape.width * Cm(23) / shape.height), Cm(23)
        shape._inline.docPr.set("descr", self._clean(words))
        if svg:
            self.vectors += 1
            blip = shape._inline.graphic.graphicData.pic.blipFill.blip
            add_vector(self.document.part, blip, svg, f"/word/media/vector-{self.vectors}.svg")

    def _clean(self, words: str) -> str:
        return fit_for_xml(words)


def widths(rows: Sequence[Sequence[str]], whole: float = WIDTH) -> list[float]:
    """Widths of the columns of a table: more for those with long texts, and none without room for a word."""
    longest = [max(len(line) for row in rows for line in row[column].split("\n")) for column in range(len(rows[0]))]
    weights = [min(max(length, 8), 80) ** 0.7 for length in longest]
    return [whole * weight / sum(weights) for weight in weights]


def plans_table(brief: Brief) -> Table:
    """The table of page one as rows of words: a level, and on a line of its own what it changes."""
    decision, speaker = brief.decision, brief.speaker
    assert decision is not None
    header = ["plan", *decision.columns, "sure"]
    rows = tuple(
        (
            f"{plan.rank}  {speaker.whole(plan.label)}" if plan.rank else speaker.whole(plan.label),
            *(f"{speaker.say(one.level)}\n{speaker.say(one.change)}" for one in plan.cells),
            speaker.say(plan.sure),
        )
        for plan in decision.plans
    )
    return Table("", tuple(speaker.say(sentence(f"column.{name}")) for name in header), rows)
