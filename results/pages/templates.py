"""The pages that are filled in, and how: whatever somebody else may have written in them is escaped."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from results.words.table import Table

if TYPE_CHECKING:
    from jinja2 import Template

PAGES = Path(__file__).parent


def _unbroken(value: Any) -> Any:
    """A text in which no line ends between a number and its percent sign; markup stays as it is."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", value)


@cache
def template(name: str, folder: Path = PAGES) -> "Template":
    """A page of this folder, or of another one, to be filled in."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # here: only who writes a page waits for it

    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_unbroken,
    )
    environment.tests["table"] = lambda block: isinstance(block, Table)
    return environment.get_template(name)
