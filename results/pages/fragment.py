"""What is said as a piece of HTML, for notebooks."""

from pathlib import Path

from results.pages.pictures import first_picture
from results.pages.templates import template
from results.words.narrative import Said


def html_of(said: Said, folder: Path | None = None) -> str:
    """Answer, the first figure where there is one, tables and notes; escaped.

    Words and tables have no style of their own, for the notebook has one; the figure has its colours, in light and in
    dark.
    """
    from markupsafe import Markup  # here: only who shows a piece waits for it

    picture = None if folder is None else first_picture(folder)
    drawn = None if picture is None else Markup(picture.svg)  # ours, as the pages have it
    return template("fragment.html").render(said=said, folder=str(folder or ""), picture=picture, drawn=drawn)
