"""A page of what was found without a run: answer, pictures, tables and notes, in one file that needs nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from results.pages.html import POLICY
from results.pages.pictures import inline
from results.pages.structure import Picture
from results.pages.templates import PAGES, template
from results.words.narrative import Said


@dataclass(frozen=True)
class PlainPage:
    """What stands on the page.

    Attributes:
        kind: of page, above the title.
        title: what it is about.
        question: that it answers.
        said: the answer.
        pictures: its figures.
    """

    kind: str
    title: str
    question: str
    said: Said
    pictures: tuple[Picture, ...] = ()


def plain_page(page: PlainPage) -> str:
    """The page as HTML; whatever somebody else may have written is escaped."""
    from markupsafe import Markup

    style = Markup((PAGES / "brief.css").read_text(encoding="utf-8"))  # ours
    markup = [(one, Markup(one.svg)) for one in page.pictures]  # drawn by us, names in it as outlines
    return template("plain_page.html").render(page=page, style=style, pictures=markup, policy=POLICY)


def pictures_in(files: Iterable[Path], words: str) -> Iterator[Picture]:
    """The figures among some files, for a page."""
    for number, file in enumerate((one for one in files if one.suffix == ".svg"), start=1):
        name = f"figure-{number}"
        yield Picture(name, words, inline(file.read_text(encoding="utf-8"), name))
