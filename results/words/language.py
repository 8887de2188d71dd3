"""How a language says things: its words by id, the signs of its numbers, and which of its forms a number takes.

English stands in Python and is there at once. Any other language is one file of gettext beside this, read by Babel.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from results.words.catalogue import ENGLISH
from results.words.plural import Catalogue, Plural

FOLDER = Path(__file__).parent / "languages"
"""A file a language; its name is the language's code."""
COUNTED = 200
"""Numbers whose form a language lists; a larger one takes that of its last two digits, and 100."""


@dataclass(frozen=True)
class Language:
    """How a language says things.

    Attributes:
        code: as the web has it: "de".
        catalogue: its words; those that it does not have are said in English.
        point: the sign before decimals.
        group: the sign between thousands.
        forms: which form of a plural each number from 0 to 199 takes.
        fraction: which form a number with decimals takes; -1: that of the whole number before them.
    """

    code: str
    catalogue: Catalogue
    point: str
    group: str
    forms: tuple[int, ...]
    fraction: int


IN_ENGLISH = Language("en", ENGLISH, ".", ",", (1, 0, *[1] * (COUNTED - 2)), 1)


def language_data(of: Language) -> dict[str, Any]:
    """A language as plain JSON values, for the program of a page: all that a speaker asks it for."""
    words: Mapping[str, Any] = {
        name: {"forms": list(entry.forms), "by": entry.by} if isinstance(entry, Plural) else entry
        for name, entry in of.catalogue.items()
    }
    return {
        "code": of.code,
        "catalogue": words,
        "point": of.point,
        "group": of.group,
        "forms": list(of.forms),
        "fraction": of.fraction,
    }
