"""What whoever asks puts on a brief: title, subtitle, author, logo, language, and what stands with amounts."""

from dataclasses import dataclass

from results.words.language import IN_ENGLISH
from results.words.sentence import CURRENCY


@dataclass(frozen=True)
class Heading:
    """The head of a brief.

    Attributes:
        title: instead of ours; "" for ours.
        subtitle: below it.
        author: whose brief it is.
        logo: a PNG; b"" for none.
        currency: the sign or word that stands with amounts; nothing is converted.
        language: the code of the language that it is in.
    """

    title: str = ""
    subtitle: str = ""
    author: str = ""
    logo: bytes = b""
    currency: str = CURRENCY
    language: str = IN_ENGLISH.code


PLAIN = Heading()
