"""Cells as people write them: nothing in many words, numbers with commas or per cent, characters that nobody sees."""

import re
import unicodedata
from functools import lru_cache
from math import isfinite

_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BULLET = re.compile("^[*\u2022\u00b7\u2023\u25cf\u25aa\u2013-]\\s+")
SEPARATORS = re.compile("[;|\uff1b\u3001\u061b]")
"""What separates in any case: semicolons, bars, the ideographic comma."""
COMMAS = re.compile("[,\uff0c\u060c]")
SLASHES = re.compile("[/\uff0f]")
_NOTHING = frozenset(
    (
        *(
            "n/a",
            "na",
            "n.a.",
            "n.a",
            "n. a.",
            "#n/a",
            "#value!",
            "#ref!",
            "#name?",
            "#null!",
            "#div/0!",
            "#num!",
            "nan",
            "null",
            "none",
        ),
        *("-", "--", "---", "\u2013", "\u2014", ".", "?", "unknown", "not known", "not given", "not applicable"),
        *("missing", "tbd", "nil", "k.a.", "k. a.", "keine angabe", "unbekannt", "s/o", "sin dato", "inconnu"),
    )
)
_NO_WORD = re.compile(r"[^\w]+")
_NO_LETTER = re.compile(r"[^\w]+|_")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}([,. ]\d{3})+")
_BLANKS = re.compile(r"(?<=\d)[\s'\u2019](?=\d{3}(\D|$))")


def clean(cell: str) -> str:
    """A cell without characters that nobody sees, and with single blanks."""
    return " ".join((cell if cell.isascii() else _UNSEEN.sub("", cell)).split())


def clean_list(cell: str) -> str:
    """A cell in which several things may stand: one below the other, with or without bullets, is one after the other.

    A semicolon is put between lines, unless some sign separates already.
    """
    lines = [_BULLET.sub("", clean(line)) for line in cell.splitlines()]
    lines = [line for line in lines if line]
    if len(lines) < 2:
        return clean(cell)
    apart = any(line[-1] in ",;|" for line in lines[:-1])
    return " ".join(lines) if apart else ";".join(lines)


def is_nothing(text: str) -> bool:
    """Whether a cell says in words that nothing is known."""
    return text.casefold() in _NOTHING


@lru_cache(10_000)
def written_number(text: str) -> float | None:
    """The number that a cell says; None where it says none, or could say two, as 1,000 does.

    A comma before decimals, blanks between thousands and per cent are understood: `0,5`, `1 200`, `80 %`.
    """
    bare = unicodedata.normalize("NFKC", text).strip().replace("\N{MINUS SIGN}", "-")
    share = bare.endswith("%")
    bare = bare.removesuffix("%").strip()
    if "_" in bare or (_THOUSANDS.fullmatch(bare) and "," in bare):
        return None
    bare = _BLANKS.sub("", bare)
    if "," in bare and "." not in bare and bare.count(",") == 1:
        bare = bare.replace(",", ".")
    try:
        value = float(bare)
    except ValueError:
        return None
    return value / (100 if share else 1) if isfinite(value) else None


def in_common(name: str) -> str:
    """What spellings of one name have in common that differ by case, accents, punctuation or legal form."""
    words = _NO_WORD.sub(" ", _plain(name).replace("&", " and ").replace(".", "")).split()
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    while len(words) > 1 and words[0] == "the":
        words.pop(0)
    return " ".join(words)


def topic_in_common(topic: str) -> str:
    """What spellings of one topic have in common that differ by case, accents, blanks, hyphens, "and" or the plural."""
    words = [word for word in _NO_LETTER.sub(" ", _plain(topic).replace("&", " and ")).split() if word not in _LINKS]
    return "".join(map(_singular, words))


def _plain(name: str) -> str:
    """Without case and accents."""
    if name.isascii():
        return name.casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


_LINKS = frozenset(("and", "und", "et", "y", "e", "of", "the"))
_FORMS = frozenset(
    (
        *("ltd", "limited", "inc", "llc", "llp", "plc", "co", "corp", "corporation", "company", "gmbh", "ggmbh", "ag"),
        *("kg", "ev", "sa", "srl", "sarl", "bv", "nv", "ab", "as"),
    )
)
