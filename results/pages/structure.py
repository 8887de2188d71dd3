"""What stands on a brief, before it is a page, a document or a slide: a decision, and sections of blocks, each by id.

Everything that writes a brief (HTML, PDF, docx, pptx, xlsx) reads this and nothing else.
"""

from dataclasses import dataclass, field

from results.words.decision import Decision
from results.words.heading import PLAIN, Heading
from results.words.languages_there import language
from results.words.sentence import Sentence, Speaker, Words
from results.words.table import Table


@dataclass(frozen=True)
class Picture:
    """A figure.

    Attributes:
        id: of its element.
        words: what it shows.
        svg: its markup, ours, without anything that a page may not hold twice.
        name: of its file in `figures/`, without the ending.
    """

    id: str
    words: str
    svg: str
    name: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A sentence or a few."""

    words: Words
    leads: bool = False


@dataclass(frozen=True)
class Points:
    """Sentences of one rank."""

    words: tuple[Words, ...]


@dataclass(frozen=True)
class Terms:
    """What something is, beside what it is called; `exact` where it is to be copied letter by letter."""

    pairs: tuple[tuple[Words, Words], ...]
    exact: bool = False


@dataclass(frozen=True)
class Rows:
    """A table, with a title of its own if the table has none."""

    table: Table
    title: Words


Block = Paragraph | Points | Terms | Rows | Picture


@dataclass(frozen=True)
class Section:
    """A part of the brief, folded on a screen.

    Attributes:
        id: of its element, and in the catalogue.
        blocks: in their order.
        appendix: whether it comes after the two pages for a meeting.
    """

    id: str
    blocks: tuple[Block, ...]
    appendix: bool = False

    @property
    def title(self) -> Sentence:
        """Its heading."""
        return Sentence(f"section.{self.id}")


@dataclass(frozen=True)
class Brief:
    """What stands on the page.

    Attributes:
        title: of the page.
        heading: what whoever asked put on it.
        questions: that are asked, below the title; none where plans are compared, which ask one each.
        decision: page one, where plans were compared.
        first: page one of any other command.
        trust: how far to trust it, on page one.
        sections: what folds below.
        unstudied: active mechanisms that no study supports (count).
        designed: how many of these rest on the word of those who designed a network (count).
    """

    title: Words
    heading: Heading = PLAIN
    questions: tuple[str, ...] = ()
    decision: Decision | None = None
    first: tuple[Block, ...] = ()
    trust: tuple[Sentence, ...] = ()
    sections: tuple[Section, ...] = field(default=())
    unstudied: int = 0
    designed: int = 0

    @property
    def speaker(self) -> Speaker:
        """Who says it."""
        return speaker_of(self.heading)

    def section(self, name: str) -> Section:
        """One of its sections."""
        return next(one for one in self.sections if one.id == name)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Its figures, in their order."""
        blocks = (*self.first, *(block for section in self.sections for block in section.blocks))
        return tuple(block for block in blocks if isinstance(block, Picture))


def speaker_of(heading: Heading) -> Speaker:
    """Who says a brief with that heading."""
    return Speaker(language(heading.language), heading.currency, heading.amounts)
