"""What a page with levers holds besides its data: the engine, the estimates, the rules, and what calls them.

All of it is made of code only, which takes most of a second: the rules are translated, and hashes of sources prove that
the two modules are those of the code that stands here. So it is kept in the user's cache, under a hash of all of that
code (`simulation.kept_texts`), and what makes it is imported only where it is not kept.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any

from simulation.kept_texts import kept_text
from simulation.model_code import HOME

ROOMS = ("results", "scenarios", "simulation")
_EXPORT = re.compile("^export ", re.MULTILINE)


@dataclass(frozen=True)
class Machinery:
    """What is the same in every page.

    Attributes:
        engine: HTML that holds the engine.
        program: JavaScript that starts it, and defines rules and estimates.
        estimates: what `Estimates.from` takes.
    """

    engine: str
    program: str
    estimates: dict[str, Any]


@cache
def machinery() -> Machinery:
    """What is the same in every page that this program writes.

    Raises:
        StaleError: if a module for pages was built of other code.
    """
    return Machinery(**json.loads(kept_text("page", HOME, ROOMS, lambda: json.dumps(asdict(made())))))


def machinery_with(own: Mapping[str, bytes]) -> Machinery:
    """The same for a page that has engines with rules of one's own besides, packed, by the mark of the rules."""
    if not own:
        return machinery()
    from simulation.browser.embedding import engine_data

    return replace(machinery(), engine=engine_data(own=own))


def made() -> Machinery:
    """The same, made of the code as it stands."""
    from results.browser.embedding import estimates_parts, estimates_source
    from results.exploring.page_rules import rules_script
    from simulation.browser.embedding import engine_data, engine_program, script

    parts = (engine_program(), rules_script(), script("faults.js"), _EXPORT.sub("", estimates_source()))
    return Machinery(engine_data(), "\n".join(parts), estimates_parts())
