"""Amounts given in another currency than the scenario's: what was converted, at which rate, and whose that is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

from results.words.numbers import as_num
from results.words.sentence import told
from scenarios import Scenario
from scenarios.files.amounts import AmountError, Money, in_currency, money
from scenarios.files.currencies import USD, codes_of


class ConversionDocument(TypedDict):
    """An amount that was given in another currency."""

    what: Annotated[str, Field(description="what the amount is of, as it was named")]
    written: str
    amount: Annotated[float, Field(description="in the scenario's currency")]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", description="of the scenario, an ISO 4217 code")]
    rate: Annotated[float, Field(gt=0, description="units of it for one US dollar")]
    rate_from: Annotated[str, Field(description="key of the scenario that gives the rate")]
    price_year: Annotated[int, Field(description="year of the scenario's prices")]


@dataclass(frozen=True)
class Conversion:
    """One of them; see `ConversionDocument`."""

    what: str
    written: str
    amount: float
    currency: str
    rate: float
    rate_from: str
    price_year: int

    def document(self) -> ConversionDocument:
        """As JSON."""
        told_of: Any = asdict(self)
        document: ConversionDocument = told_of
        return document


Conversions = tuple[Conversion, ...]


def conversions(given: Mapping[str, Any] | Sequence[str], scenario: Scenario) -> Conversions:
    """Which of some amounts are converted to a scenario's currency; those that are no amounts are for others to refuse.

    Args:
        given: what the amounts are of -> amounts, or texts WHAT=AMOUNT.
        scenario: whose currency and rate count.
    """
    pairs: Iterable[tuple[str, Any]] = (
        given.items()
        if isinstance(given, Mapping)
        else ((text.partition("=")[0], text.partition("=")[2]) for text in given)
    )
    costs = scenario.costs
    found = []
    for what, value in pairs:
        try:
            amount = money(value) if isinstance(value, str) else value
            if costs.currency == USD or not isinstance(amount, Money) or codes_of(amount.sign) != (USD,):
                continue
            converted = in_currency(amount, costs.currency, costs.rate)
        except AmountError:
            continue
        written = amount.written.strip()
        found.append(
            Conversion(what.strip(), written, converted, costs.currency, costs.per_usd, "costs.rate", costs.price_year)
        )
    return tuple(found)


def conversions_of(plain: Sequence[Mapping[str, Any]]) -> Conversions:
    """The same from how a run folder has them."""
    return tuple(Conversion(**one) for one in plain)


def conversion_sentences(converted: Sequence[Conversion]) -> list[str]:
    """A sentence for each."""
    return [
        told(
            "converted.amount",
            what=one.what,
            written=one.written,
            amount=f"{one.amount:,.10g}",
            rate=as_num(f"{one.rate:.4g}"),
            money=USD,
            key=one.rate_from,
            year=str(one.price_year),
        )
        for one in converted
    ]
