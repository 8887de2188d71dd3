"""A sentence as its id and its values: the words come out of a catalogue when it is said, and out of nowhere else.

So a brief can be kept as what it says, and be said in other words, or in another language, later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from results.words.currency import CURRENCY, shown_currency
from results.words.language import IN_ENGLISH, Language
from results.words.plural import Plural
from scenarios.files.faults import FailedError
from scenarios.files.listing import listed

MOST_PLACES = 6
"""Digits after the point that anything is said with."""


class SentenceError(FailedError, ValueError):
    """A sentence that the catalogue does not have, or has with other values."""


@dataclass(frozen=True)
class Num:
    """A number in the unit in which it is shown, and how many digits it has after the point.

    Attributes:
        number: what it is.
        places: digits after the point.
        sign: whether one above zero has a plus; what is rounded to 0 has none.
    """

    number: float
    places: int = 0
    sign: bool = False


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
    return Sentence(of, {name: _untold(value) for name, value in values.items()})


@dataclass(frozen=True)
class Speaker:
    """Says sentences.

    Attributes:
        language: the words, and the signs of numbers.
        currency: the sign or word that stands with amounts.
        amounts: what plain words say instead, which know no sentence.
    """

    language: Language = IN_ENGLISH
    currency: str = CURRENCY
    amounts: str = CURRENCY

    def say(self, what: Words) -> str:
        """The words of a sentence; words that are words already stay as they are."""
        if isinstance(what, Told):
            return self.say(what.sentence)
        if isinstance(what, str):
            return what
        values = {name: self._word(value) for name, value in what.values.items()}
        try:
            return self._entry(what).format(**values, currency=self.currency)
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
        if not text.strip("-0.,"):
            text = text.removeprefix("-")  # neither -0 nor +0
        elif value.sign and value.number > 0:
            text = f"+{text}"
        return self.signs(text)

    def signs(self, text: str) -> str:
        """A number written in English with the signs of this language instead of the English ones."""
        each = {",": self.language.group, ".": self.language.point}
        return "".join([each.get(one, one) for one in text])

    def _entry(self, what: Sentence) -> str:
        """The words of a sentence before its values are filled in, in the form that its number takes."""
        catalogue, other = self.language.catalogue, f"{what.id}.other_currency"
        of_name = f"{what.id}:{what.values['text']}" if "text" in what.values else ""
        if of_name in catalogue:
            entry = catalogue[of_name]
        else:
            entry = catalogue[other] if self.currency != CURRENCY and other in catalogue else catalogue[what.id]
        if not isinstance(entry, Plural):
            return entry
        value = what.values[entry.by]
        return entry.forms[self._form(value)]

    def _form(self, value: Value) -> int:
        if isinstance(value, Num):
            shown = round(abs(value.number), value.places)
            number = int(shown)
            if number != shown and self.language.fraction >= 0:
                return self.language.fraction
        else:
            number = abs(int(value))  # type: ignore[arg-type]  # anything else is another version's sentence
        return self.language.forms[number if number < 200 else number % 100 + 100]

    def _word(self, value: Value) -> str:
        match value:
            case Num():
                return self.number(value)
            case Either(either):
                return listed([self.say(one) for one in either], self.say(Sentence("or")))
            case tuple():
                return listed([self.say(one) for one in value], self.say(Sentence("and")))
            case int():
                return self.signs(f"{value:,}")
            case _:
                return self.say(value)


class Told(str):
    """A sentence in English, as terminals and notebooks show it, that knows what it is made of.

    A brief says it again in its own language. Whatever cuts it, or puts it into other words, makes plain words of it.

    Attributes:
        sentence: its id and its values.
    """

    sentence: Sentence

    def __new__(cls, said: Sentence) -> Self:
        """The sentence, said in English."""
        made = super().__new__(cls, _in_english(said))
        made.sentence = said
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (self.sentence,)


_ENGLISH = Speaker()
"""Who says what is told; a page puts its own speaker here."""


def _in_english(said: Sentence) -> str:
    """In the currency that is asked about."""
    currency = shown_currency()
    return (_ENGLISH if currency == CURRENCY else Speaker(_ENGLISH.language, currency)).say(said)


def told(of: str, **values: Value) -> Told:
    """The sentence of that id, said in English already."""
    return Told(sentence(of, **values))


def in_turn(parts: Sequence[str], by: str = "both") -> str:
    """Whole sentences, or parts of one, one after the other, as one; those that are empty are left out.

    Args:
        parts: in their order.
        by: what stands between them: "both", a blank; "comma", "semicolon".
    """
    first, *others = [one for one in parts if one] or [""]
    return told(by, first=first, second=in_turn(others, by)) if others else first


def named(kind: str, text: str) -> Told:
    """What has a name of its own elsewhere: a label of an outcome, a title that ships.

    Translations go by the English text, so what somebody else has named stays as it is.

    Args:
        kind: "outcome", "scenario.title" and so on: the id in the catalogue, where it stands as {text}.
        text: in English.
    """
    return told(kind, text=text)


def _untold(value: Value) -> Value:
    """What is said in English already, as its id and values."""
    if isinstance(value, Told):
        return value.sentence
    if isinstance(value, tuple):
        return tuple(one.sentence if isinstance(one, Told) else one for one in value)
    if isinstance(value, Either):
        return Either(tuple(one.sentence if isinstance(one, Told) else one for one in value.either))
    return value
