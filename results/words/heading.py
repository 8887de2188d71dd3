"""What whoever asks puts on a brief: a title, a line below it, an author, a logo, and what stands with amounts."""

from dataclasses import dataclass

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
    """

    title: str = ""
    subtitle: str = ""
    author: str = ""
    logo: bytes = b""
    currency: str = CURRENCY


PLAIN = Heading()
