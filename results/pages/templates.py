"""The pages that are filled in, and how: whatever somebody else may have written in them is escaped."""

from pathlib import Path
from typing import TYPE_CHECKING

from results.words.table import Table

if TYPE_CHECKING:
    from jinja2 import Template

PAGES = Path(__file__).parent


def template(name: str) -> "Template":
    """A page of this folder, to be filled in."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # here: only who writes a page waits for it

    environment = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.tests["table"] = lambda block: isinstance(block, Table)
    return environment.get_template(name)
