"""What whoever asks puts on a brief: title, subtitle, author, logo, language, and what stands with amounts."""

from dataclasses import dataclass, replace

from results.words.currency import CURRENCY
from results.words.language import IN_ENGLISH


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
        amounts: what they are in, the scenario's currency.
    """

    title: str = ""
    subtitle: str = ""
    author: str = ""
    logo: bytes = b""
    currency: str = CURRENCY
    language: str = IN_ENGLISH.code
    amounts: str = CURRENCY

    def of_scenario(self, currency: str) -> "Heading":
        """The same for amounts in a scenario's currency, which stands with them unless something else was wanted."""
        wanted = currency if self.currency == CURRENCY else self.currency
        return replace(self, currency=wanted, amounts=currency)


PLAIN = Heading()
