"""Currencies as people write them: signs are Babel's, and what may be several is refused."""

import pytest
from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

from scenarios.files.amounts import AmountError, Money, amount, in_currency, money
from scenarios.files.currencies import SIGNS, CurrencyError, code_of, names


def test_a_sign_means_what_it_means_where_that_money_is_paid() -> None:
    """Babel's locales are the truth: each sign stands for each of its currencies in a country that pays with it."""
    paid_in: dict[str, list[str]] = {}
    for territory, currencies in get_global("territory_currencies").items():
        for currency in currencies:
            paid_in.setdefault(currency[0], []).append(f"_{territory}")
    locales = locale_identifiers()
    for sign, codes in SIGNS.items():
        for code in codes:
            there = [name for name in locales if name in ("en", "de", "es") or name.endswith(tuple(paid_in[code]))]
            written = {Locale.parse(name).currency_symbols.get(code, "").replace("\u202f", " ") for name in there}
            assert sign.casefold() in {one.casefold().rstrip(".").replace("f cfa", "fcfa") for one in written}, code


@pytest.mark.parametrize(
    ("text", "code"),
    [("EUR", "EUR"), ("eur", "EUR"), ("€", "EUR"), ("£", "GBP"), ("CHF", "CHF"), ("KES", "KES"), ("Ksh", "KES"),
     ("US$", "USD"), ("GH₵", "GHS")],
)  # fmt: skip
def test_a_code_and_a_sign_are_read(text: str, code: str) -> None:
    assert code_of(text) == code


def test_every_code_that_babel_knows_is_one() -> None:
    assert all(code_of(code) == code for code in names())
    assert len(names()) > 250


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("EURO", "did you mean EUR?"), ("Kenyan shilling", "did you mean KES?"), ("pounds sterling", "is no currency"),
        ("US$ €", "more than one currency (US$, €)"), ("USD/EUR", "more than one currency (USD, EUR)"),
        ("$", "may be USD, AUD"), ("¥", "may be JPY or CNY"), ("kr", "SEK, NOK"), ("", "is no currency"),
    ],
)  # fmt: skip
def test_what_is_none_or_may_be_several_is_refused(text: str, why: str) -> None:
    with pytest.raises(CurrencyError) as refused:
        code_of(text)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("text", "currency", "rate", "said"),
    [
        ("1.1m EUR", "EUR", None, 1.1e6), ("€1,100,000", "EUR", 0.9, 1.1e6), ("1.1m", "KES", None, 1.1e6),
        ("Ksh 5m", "KES", None, 5e6), ("1m USD", "EUR", 0.5, 5e5), ("US$ 10", "KES", 130.0, 1300.0),
        ("CHF 1'000", "CHF", None, 1000.0), ("$5", "USD", None, 5.0),
    ],
)  # fmt: skip
def test_an_amount_is_in_the_scenarios_currency(text: str, currency: str, rate: float | None, said: float) -> None:
    assert amount(text, currency, rate) == said


@pytest.mark.parametrize(
    ("text", "currency", "rate", "why"),
    [
        ("1.1m EURO", "EUR", None, "did you mean EUR?"),
        ("1.1m USD", "EUR", None, "there is no rate (costs.rate), so nothing is converted"),
        ("1.1m GBP", "EUR", 0.9, "its rate (costs.rate) converts USD alone"),
        ("$5", "CAD", 1.3, "which may be USD, AUD"),
        ("€5", "USD", None, "are in USD, and nothing is converted"),
    ],
)
def test_one_that_nothing_converts_is_refused(text: str, currency: str, rate: float | None, why: str) -> None:
    with pytest.raises(AmountError) as refused:
        amount(text, currency, rate)
    assert why in str(refused.value)
    assert f"write the amount in {currency}" in str(refused.value)


def test_an_amount_knows_how_it_was_written() -> None:
    assert (float(money("1.1m EUR")), money("1.1m EUR").sign) == (1.1e6, "EUR")
    assert in_currency(Money(5.0, "EUR", "5 EUR"), "EUR") == in_currency(5.0, "EUR") == 5.0
