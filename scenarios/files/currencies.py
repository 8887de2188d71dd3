"""Currencies as people write them: EUR, €, Ksh, Kenyan shilling. Which there are, Babel knows; signs go by a list."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType

from scenarios.files.faults import shown

USD = "USD"
"""What every default, every prior and the whole library is in."""

SIGNS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "US$": ("USD",), "€": ("EUR",), "£": ("GBP",), "₹": ("INR",), "₩": ("KRW",), "₪": ("ILS",), "₫": ("VND",),
    "₱": ("PHP",), "₦": ("NGN",), "₺": ("TRY",), "₴": ("UAH",), "₽": ("RUB",), "฿": ("THB",), "৳": ("BDT",),
    "៛": ("KHR",), "₸": ("KZT",), "₾": ("GEL",), "₡": ("CRC",), "₲": ("PYG",), "GH₵": ("GHS",), "R$": ("BRL",),
    "A$": ("AUD",), "CA$": ("CAD",), "NZ$": ("NZD",), "HK$": ("HKD",), "NT$": ("TWD",), "MX$": ("MXN",),
    "CN¥": ("CNY",), "Ksh": ("KES",), "TSh": ("TZS",), "USh": ("UGX",), "RF": ("RWF",), "Br": ("ETB",),
    "FCFA": ("XAF",), "R": ("ZAR",), "zł": ("PLN",), "Kč": ("CZK",), "Ft": ("HUF",), "RM": ("MYR",), "Rp": ("IDR",),
    "$": ("USD", "AUD", "CAD", "NZD", "MXN", "SGD", "CLP", "COP", "ARS"),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
})  # fmt: skip
"""Sign -> what it may mean, the likeliest first; held against Babel by a test."""

_BETWEEN = re.compile(r"[\s/,;&+|-]+")
_CODE = re.compile(r"[A-Za-z]{3}")
_NO_MONEY = ("XXX", "XTS")


class CurrencyError(ValueError):
    """A text that is no currency, or may be several; the message says which."""


@cache
def names() -> Mapping[str, str]:
    """Code -> English name, of all currencies that there are, or were."""
    from babel import Locale  # here, not above: a scenario in USD does not wait for it

    return {code: name for code, name in Locale("en").currencies.items() if code not in _NO_MONEY}


def codes_of(word: str) -> tuple[str, ...]:
    """What a sign, a code or a name may mean, as ISO 4217 codes; empty if it is no currency."""
    if word in (USD, "usd"):
        return (USD,)
    if word in SIGNS:
        return SIGNS[word]
    by_case = {sign.casefold(): codes for sign, codes in SIGNS.items() if len(sign) > 1}
    if word.casefold() in by_case:
        return by_case[word.casefold()]
    if _CODE.fullmatch(word) and word.upper() in names():
        return (word.upper(),)
    return ()


def code_of(text: str) -> str:
    """The ISO 4217 code of a currency.

    Raises:
        CurrencyError: if it is none, or two, or may be several; with the near miss.
    """
    written = " ".join(text.split())
    found = codes_of(written)
    if len(found) == 1:
        return found[0]
    if found:
        raise CurrencyError(f"{shown(text)} may be {_one_of(found)}; write the code that is meant")
    several = [part for part in _BETWEEN.split(written) if codes_of(part)]
    if len(several) > 1:
        raise CurrencyError(f"{shown(text)} is more than one currency ({', '.join(several)}); write one")
    raise CurrencyError(f"{shown(text)} is no currency; allowed is an ISO code such as USD, EUR or KES{near(written)}")


def near(word: str) -> str:
    """`; did you mean EUR?` where a code, a sign or a name is close, else nothing."""
    by_name: dict[str, str] = {}
    for code, name in names().items():
        for close in _said(code, name):
            by_name.setdefault(close, code)
    if word.casefold() in by_name:
        return f"; did you mean {by_name[word.casefold()]}?"
    closest = get_close_matches(word[:100].casefold(), list(by_name), n=1, cutoff=0.7)
    return f"; did you mean {by_name[closest[0]]}?" if closest else ""


def _said(code: str, name: str) -> Iterator[str]:
    """What may be written for a currency: its code, its name, the name without the year it ended, in the plural."""
    plain = re.sub(r" \(.*\)$", "", name).casefold()
    yield from (code.casefold(), name.casefold(), plain, f"{plain}s")


def _one_of(codes: Sequence[str]) -> str:
    return f"{', '.join(codes[:-1])} or {codes[-1]}"
