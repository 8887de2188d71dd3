"""What is said as a piece of HTML, for notebooks."""

from pathlib import Path

from results.pages.templates import template
from results.words.narrative import Said


def html_of(said: Said, folder: Path | None = None) -> str:
    """Answer, tables and notes; escaped, and without a style of its own, for the notebook has one."""
    return template("fragment.html").render(said=said, folder=str(folder or ""))
