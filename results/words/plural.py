"""Words that differ with a number: "1 network", "2 networks"."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Plural:
    """An entry of a catalogue that differs with a number.

    Attributes:
        forms: as many as the language has, in its order; English has one and other.
        by: the name of the value that decides.
    """

    forms: tuple[str, ...]
    by: str = "count"


Entry = str | Plural
Catalogue = Mapping[str, Entry]
"""Id -> words, with the names of values in braces."""


def plural(one: str, other: str, by: str = "count") -> Plural:
    """An English entry that differs with the value of that name."""
    return Plural((one, other), by)
