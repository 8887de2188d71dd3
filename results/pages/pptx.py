"""The brief as one slide of PowerPoint: verdict, why, a table, and the figure as shapes, all of which can be edited."""

from collections.abc import Sequence
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

from results.exporting.rows import fit_for_xml
from results.pages.chart import Drawn, drawn
from results.pages.docx import ACCENT, FONT, QUIET, SHADE, plans_table, widths
from results.pages.packed import WHEN, without_dates
from results.pages.structure import Brief, Paragraph, Picture, Rows
from results.words.language import IN_ENGLISH
from results.words.sentence import sentence
from results.words.table import Table
from scenarios.files.faults import MissingExtraError

WIDTH, HEIGHT, EDGE = 33.867, 19.05, 1.0
"""A slide of 16 to 9, and its margins (cm)."""
BAR = "0072B2"
POINTS = 28.35
"""Points of a centimetre."""
TABLE = 7.1
"""Where the table begins (cm from above)."""
NAME = 28
"""Characters of a name beside its line; the table has all of it."""
MOST_ROWS = 7
"""Rows of a table that a slide has room for, where no plans are compared."""
MOST_LINES = 5
"""Lines of an answer before its letters are made smaller."""
MOST_CHARACTERS = 900
"""Characters of an answer that a slide has room for; what is cut says so."""


def as_pptx(brief: Brief, figures: Path) -> bytes:
    """The slide, with all of the answer in its notes.

    Args:
        brief: what it says.
        figures: the folder with the figures.

    Raises:
        MissingExtraError: if python-pptx is not installed.
    """
    try:
        import pptx
    except ImportError:
        raise MissingExtraError("a slide of PowerPoint", "python-pptx", "report") from None
    return _Slide(pptx.Presentation(), brief, figures).written()


def lines_of(texts: Sequence[str], size: float, room: float) -> int:
    """Lines that texts take, about: a letter is half as wide as it is high."""
    letters = room * POINTS / (0.5 * size)
    return sum(ceil(len(text) / letters) for text in texts)


def height(lines: int, size: float) -> float:
    """Their height (cm)."""
    return lines * size * 1.2 / POINTS


class _Slide:
    def __init__(self, show: Any, brief: Brief, figures: Path) -> None:
        from pptx.util import Cm

        show.slide_width, show.slide_height = Cm(WIDTH), Cm(HEIGHT)
        self.show, self.brief, self.speaker, self.figures = show, brief, brief.speaker, figures
        self.slide = show.slides.add_slide(show.slide_layouts[5])  # a title and nothing else

    def written(self) -> bytes:
        self._head()
        if self.brief.decision is None:
            self._plain()
        else:
            self._decision()
        self._foot()
        self._notes()
        known = self.show.core_properties
        known.title = self._clean(self.speaker.whole(self.brief.title))
        known.author = self._clean(self.brief.heading.author) or "Legato"
        known.created = known.modified = WHEN
        known.last_modified_by, known.revision = "Legato", 1
        packed = BytesIO()
        self.show.save(packed)
        return without_dates(packed.getvalue())

    def _head(self) -> None:
        from pptx.util import Cm

        heading, room = self.brief.heading, WIDTH - 2 * EDGE
        if heading.logo:
            logo = self.slide.shapes.add_picture(BytesIO(heading.logo), Cm(0), Cm(0.6), height=Cm(1.3))
            logo.left = Cm(WIDTH - EDGE) - logo.width
            logo.name = "logo"
            room -= logo.width / Cm(1) + 0.4
        title = self.slide.shapes.title
        title.left, title.top, title.width, title.height = Cm(EDGE), Cm(0.5), Cm(room), Cm(1.3)
        words = self.speaker.whole(self.brief.title)
        self._fill(title.text_frame, [(words, 22 if len(words) < 80 else 17, True, "000000")])
        if heading.subtitle:
            self._text(EDGE, 1.75, room, 0.7, [(heading.subtitle, 12, False, QUIET)])

    def _decision(self) -> None:
        decision, whole = self.brief.decision, self.speaker.whole
        assert decision is not None
        room = WIDTH - 2 * EDGE
        verdict = whole(decision.verdict)
        size = next((size for size in (18.0, 16.0, 14.0) if lines_of([verdict], size, room) <= 2), 12.0)
        self._text(EDGE, 2.5, room, 1.5, [(verdict, size, True, ACCENT)])
        top = 2.7 + height(lines_of([verdict], size, room), size)
        reasons = [f"\N{BULLET} {whole(reason)}" for reason in decision.reasons]
        fits = (size for size in (11.5, 10.5, 9.5) if top + height(lines_of(reasons, size, room), size) < TABLE)
        size = next(fits, 8.5)
        self._text(EDGE, top, room, 2.6, [(reason, size, False, "000000") for reason in reasons])
        half = room * 0.56
        self._table(plans_table(self.brief), EDGE, TABLE, half, 9.5 if len(decision.plans) < 5 else 9)
        left = EDGE + half + 0.6
        self._chart(left, TABLE - 0.1, WIDTH - EDGE - left)

    def _plain(self) -> None:
        """Page one of what compares no plans: the answer, and its table if it is short."""
        room, say = WIDTH - 2 * EDGE, self.speaker.say
        lines = [say(block.words) for block in self.brief.first if isinstance(block, Paragraph)]
        words = " ".join(lines)
        if len(words) > MOST_CHARACTERS:
            words = f"{words[:MOST_CHARACTERS].rsplit(' ', 1)[0]} \N{HORIZONTAL ELLIPSIS} (all of it is in the notes)"
        size = next((size for size in (13.0, 12.0, 11.0, 10.0) if lines_of([words], size, room) <= MOST_LINES), 9.0)
        self._text(EDGE, 2.6, room, 2.5, [(words, size, False, "000000")])
        top = max(5.2, 3.0 + height(lines_of([words], size, room), size))
        table = next((block.table for block in self.brief.first if isinstance(block, Rows)), None)
        if table is not None and len(table.rows) <= MOST_ROWS:
            self._table(table, EDGE, top + 0.2, room * 0.45, 10)
        for block in self.brief.first:
            if isinstance(block, Picture):
                self._picture(block, EDGE + room * 0.48, top, room * 0.52, 16.9 - top)

    def _picture(self, picture: Picture, left: float, top: float, wide: float, high: float) -> None:
        """A figure, as large as fits."""
        from pptx.util import Cm

        file = self.figures / f"{picture.name}.png"
        if not file.is_file():
            return
        shape = self.slide.shapes.add_picture(str(file), Cm(left), Cm(top), width=Cm(wide))
        if shape.height > Cm(high):
            shape.width, shape.height = int(shape.width * Cm(high) / shape.height), Cm(high)
        shape.name = picture.words

    def _chart(self, left: float, top: float, room: float) -> None:
        """The figure as lines, dots and words, one panel below the other."""
        decision, say = self.brief.decision, self.speaker.say
        assert decision is not None
        panels = drawn(decision.chart, self.speaker)
        self._text(left, top, room, 0.6, [(say(decision.chart.title), 10.5, True, "000000")])
        top += 0.75
        rows = sum(len(panel.bars) for panel in panels)
        step = min(0.62, (15.9 - top - 0.6 * len(panels)) / max(rows, 1))
        for panel in panels:
            self._text(left, top, room, 0.5, [(panel.title, 9, False, QUIET)])
            top += 0.55
            self._panel(panel, left, top, room, step)
            top += step * len(panel.bars) + 0.12
        caption = f"{say(decision.chart.caption)} {self.speaker.whole(decision.chart.zero)}."
        self._text(left, top, room, 0.9, [(caption, 8, False, QUIET)])

    def _panel(self, panel: Drawn, left: float, top: float, room: float, step: float) -> None:
        from pptx.dml.color import RGBColor
        from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
        from pptx.util import Cm, Pt

        shapes, names = self.slide.shapes, room * 0.34
        start, wide = left + names, room * 0.40

        def line(x0: float, y0: float, x1: float, y1: float, colour: str, width: float, name: str) -> None:
            drawn_line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Cm(x0), Cm(y0), Cm(x1), Cm(y1))
            drawn_line.line.color.rgb, drawn_line.line.width = RGBColor.from_string(colour), Pt(width)
            drawn_line.name = name

        zero = start + wide * panel.zero / 100
        line(zero, top, zero, top + step * len(panel.bars), QUIET, 0.75, "zero")
        for row, bar in enumerate(panel.bars):
            y = top + step * (row + 0.5)
            label = bar.label if len(bar.label) <= NAME else f"{bar.label[: NAME - 1]}\N{HORIZONTAL ELLIPSIS}"
            self._text(left, y - 0.27, names, 0.5, [(label, 8, False, "000000")])
            self._text(start + wide, y - 0.27, room - names - wide, 0.5, [(bar.value, 8, False, "000000")])
            if bar.ends is not None:
                line(*(start + wide * bar.ends[0] / 100, y, start + wide * bar.ends[1] / 100, y), BAR, 2.5, "interval")
            dot = shapes.add_shape(
                MSO_SHAPE.OVAL, Cm(start + wide * bar.dot / 100 - 0.1), Cm(y - 0.1), Cm(0.2), Cm(0.2)
            )
            dot.fill.solid()
            dot.fill.fore_color.rgb = RGBColor(0, 0, 0)
            dot.line.fill.background()
            dot.name = f"{bar.label}: {bar.value}"[:200]

    def _foot(self) -> None:
        lines = " ".join(self.speaker.whole(line) for line in self.brief.trust)
        kind = self.speaker.say(sentence("kind"))
        if self.brief.heading.author:
            kind += self.speaker.say(sentence("by", author=self.brief.heading.author))
        self._text(EDGE, 17.2, WIDTH - 2 * EDGE, 1.5, [(lines, 9, False, "000000"), (kind, 8, False, QUIET)])

    def _notes(self) -> None:
        answer = [
            self.speaker.say(block.words)
            for section in self.brief.sections
            if section.id == "answer"
            for block in section.blocks
            if isinstance(block, Paragraph)
        ] or [self.speaker.say(block.words) for block in self.brief.first if isinstance(block, Paragraph)]
        self.slide.notes_slide.notes_text_frame.text = self._clean("\n".join(answer))

    def _table(self, table: Table, left: float, top: float, room: float, size: float) -> None:
        from pptx.dml.color import RGBColor
        from pptx.util import Cm

        rows = [table.header, *table.rows]
        shape = self.slide.shapes.add_table(
            len(rows), len(table.header), Cm(left), Cm(top), Cm(room), Cm(0.6 * len(rows))
        )
        shape.name = "plans"
        grid = shape.table
        for column, wide in enumerate(widths(rows, room)):
            grid.columns[column].width = Cm(wide)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                cell = grid.cell(number, column)
                cell.margin_left = cell.margin_right = Cm(0.12)
                cell.margin_top = cell.margin_bottom = Cm(0.05)
                cell.fill.solid()
                cell.fill.fore_color.rgb = RGBColor.from_string(
                    ACCENT if number == 0 else SHADE if number % 2 == 0 else "FFFFFF"
                )
                first, _, rest = text.partition("\n")
                ink = "FFFFFF" if number == 0 else "000000"
                lines = [(first, size, number == 0 or column == 0 or bool(rest), ink)]
                self._fill(cell.text_frame, [*lines, *([(rest, size - 1.5, False, QUIET)] if rest else [])])
        grid.rows[0].height = Cm(0.6)

    def _text(
        self, left: float, top: float, wide: float, high: float, lines: list[tuple[str, float, bool, str]]
    ) -> None:
        from pptx.util import Cm

        box = self.slide.shapes.add_textbox(Cm(left), Cm(top), Cm(wide), Cm(high))
        self._fill(box.text_frame, lines)

    def _fill(self, frame: Any, lines: list[tuple[str, float, bool, str]]) -> None:
        """Lines of (words, size in points, whether bold, colour)."""
        from pptx.dml.color import RGBColor
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
        from pptx.util import Pt

        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for number, (words, size, bold, colour) in enumerate(lines):
            line = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            line.alignment = PP_ALIGN.LEFT
            run = line.add_run()
            run.text = self._clean(words)
            if self.speaker.language is not IN_ENGLISH:
                run._r.get_or_add_rPr().set("lang", self.speaker.language.code)  # for who has it read, or spelt
            run.font.name, run.font.size, run.font.bold = FONT, Pt(size), bold
            run.font.color.rgb = RGBColor.from_string(colour)

    def _clean(self, words: str) -> str:
        return fit_for_xml(words)
