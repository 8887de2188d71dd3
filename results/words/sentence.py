"""A sentence as its id and its values: the words come out of a catalogue when it is said, and out of nowhere else.

So a brief can be kept as what it says, and be said in other words, or in another language, later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from results.words.catalogue import ENGLISH
from scenarios.files.faults import FailedError
from scenarios.files.listing import listed

CURRENCY = "USD"
"""What amounts are in; nothing is converted."""


MOST_PLACES = 6
"""Digits after the point that anything is said with."""


class SentenceError(FailedError, ValueError):
    """A sentence that the catalogue does not have, or has with other values."""


@dataclass(frozen=True)
class Num:
    """A number in the unit in which it is shown, and how many digits it has after the point."""

    number: float
    places: int = 0


@dataclass(frozen=True)
class Either:
    """Words or sentences of which one is meant: "a, b or c"."""

    either: "tuple[str | Sentence, ...]"


@dataclass(frozen=True)
class Sentence:
    """What is to be said.

    Attributes:
        id: in the catalogue.
        values: by their names in it; several words or sentences are listed.
    """

    id: str
    values: "Mapping[str, str | int | Num | Either | Sentence | tuple[str | Sentence, ...]]" = field(
        default_factory=dict
    )


Words = str | Sentence
Value = str | int | Num | Either | Sentence | tuple[Words, ...]


def sentence(of: str, **values: Value) -> Sentence:
    """The sentence of that id."""
    return Sentence(of, values)


@dataclass(frozen=True)
class Speaker:
    """Says sentences.

    Attributes:
        catalogue: id -> words, with the names of values in braces.
        currency: the sign or word that stands with amounts.
    """

    catalogue: Mapping[str, str] = field(default_factory=lambda: ENGLISH)
    currency: str = CURRENCY

    def say(self, what: Words) -> str:
        """The words of a sentence; words that are words already stay as they are."""
        if isinstance(what, str):
            return what
        values = {name: self._word(value) for name, value in what.values.items()}
        try:
            return self.catalogue[what.id].format(**values, currency=self.currency)
        except (KeyError, IndexError, TypeError):
            raise SentenceError(
                f"there are no words for the sentence '{what.id}': another version of Legato kept it; run the command "
                "that kept it again"
            ) from None

    def whole(self, what: Words) -> str:
        """The same, with a capital letter at its beginning."""
        said = self.say(what)
        return said[:1].upper() + said[1:]

    def number(self, value: Num) -> str:
        """A number as this language writes it."""
        text = f"{value.number:,.{min(max(value.places, 0), MOST_PLACES)}f}"
        return text.removeprefix("-") if not text.strip("-0.,") else text  # no -0

    def _word(self, value: Value) -> str:
        match value:
            case Num():
                return self.number(value)
            case Either(either):
                return listed([self.say(one) for one in either], self.catalogue["or"])
            case tuple():
                return listed([self.say(one) for one in value], self.catalogue["and"])
            case int():
                return f"{value:,}"
            case _:
                return self.say(value)
