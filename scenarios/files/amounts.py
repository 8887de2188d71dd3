"""Amounts of money as people write them: 1100000, 1,100,000, 1 100 000, 1'100'000, 1.1m, 1,1 Mio, EUR 1.1 million."""

import re
from decimal import Decimal
from typing import Self

from scenarios.files.currencies import USD, codes_of, near

TIMES: dict[str, int] = {
    **dict.fromkeys(("k", "thousand", "tsd", "mil"), 1_000),
    **dict.fromkeys(("m", "mn", "mio", "million", "millions", "millionen", "millones"), 1_000_000),
    **dict.fromkeys(("bn", "b", "billion", "mrd"), 1_000_000_000),
}
"""Words for so many."""
EXAMPLES = "1100000, 1,100,000, 1 100 000 or 1.1m"
_SIGN = re.compile(r"\b[A-Z]{1,2}[$¥₵]|[^\W\d_]*[\u20a0-\u20cf$€£¥฿៛৳]|\b(?!k\b|m\b|mn\b|bn\b|b\b)[^\W\d_]{2,}\b\.?")
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([,.' ])[0-9]{3})(?:\1[0-9]{3})*")
_BLANKS = dict.fromkeys(map(ord, "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\t"), " ") | {
    ord("\N{RIGHT SINGLE QUOTATION MARK}"): "'",
    ord("_"): "",
}


class AmountError(ValueError):
    """A text that is no amount; the message says why."""


class Money(float):
    """An amount, and the currency that stood with it.

    Attributes:
        sign: as it was written; "" where none stood there.
        written: the whole text.
    """

    sign: str
    written: str

    def __new__(cls, number: float, sign: str = "", written: str = "") -> Self:
        """The amount, with the sign as it was written."""
        made = super().__new__(cls, number)
        made.sign, made.written = sign, written
        return made

    def __getnewargs__(self) -> tuple[float, str, str]:  # type: ignore[override]  # a float has the number alone
        return float(self), self.sign, self.written


def money(text: str) -> Money:
    """What a text says, in whatever currency it says.

    One that Python reads as a number is that number. A comma or point before exactly three digits parts thousands
    (1,100 is eleven hundred), but a point in a plain number such as 1.100 stays the decimal point.

    Raises:
        AmountError: if it says none, or may say several.
    """
    written = " ".join(text.translate(_BLANKS).split())
    try:
        return Money(float(written), "", written)
    except ValueError:
        return _read(written)


def amount(text: str, currency: str = USD, rate: float | None = None) -> float:
    """How much of a currency a text says; see `in_currency`.

    Raises:
        AmountError: if it says none, may say several, or is in a currency that cannot be converted.
    """
    return in_currency(money(text), currency, rate)


def in_currency(given: float, currency: str = USD, rate: float | None = None) -> float:
    """An amount in a scenario's currency; one without a sign is in it already.

    Args:
        given: the amount; a `Money` knows what it is in.
        currency: of the scenario, an ISO code.
        rate: units of it for one US dollar, where the scenario has one.

    Raises:
        AmountError: if it is in another currency, and nothing says how to convert it.
    """
    sign = given.sign if isinstance(given, Money) else ""
    meant = codes_of(sign) if sign else (currency,)
    if currency in meant and (len(meant) == 1 or meant[0] == currency):
        return float(given)
    written = given.written if isinstance(given, Money) else f"{given:g}"
    in_it = f"write the amount in {currency}, such as {EXAMPLES}"
    if not meant:
        raise AmountError(f"{written!r} has {sign!r}, which is no currency{near(sign)}; {in_it}")
    if len(meant) > 1:
        raise AmountError(
            f"{written!r} has {sign!r}, which may be {', '.join(meant[:-1])} or {meant[-1]}: costs of the scenario are "
            f"in {currency}; {in_it}"
        )
    if currency == USD:
        raise AmountError(
            f"{written!r} has {sign!r}: costs of the scenario are in USD, and nothing is converted; {in_it}"
        )
    if meant[0] == USD and rate is not None:
        return float(given) * rate
    can = (
        f"there is no rate (costs.rate), so nothing is converted; {in_it}"
        if rate is None
        else f"its rate (costs.rate) converts USD alone; {in_it}"
    )
    raise AmountError(f"{written!r} has {sign!r}, but costs of the scenario are in {currency}, and {can}")


def _read(written: str) -> Money:
    times, rest, signs = 1, written, []
    for found in _SIGN.findall(written):
        word = found.rstrip(".").lower()
        if word in TIMES and times == 1:
            times = TIMES[word]
        else:
            signs.append(found)
        rest = rest.replace(found, " ", 1)
    if len(signs) > 1:
        raise AmountError(f"{written!r} has more than one currency ({', '.join(signs)}); write one, or none")
    rest = rest.strip()
    if short := re.fullmatch(r"(.*[0-9]) ?(k|m|mn|bn|b)", rest, re.IGNORECASE):
        rest, times = short[1], times * TIMES[short[2].lower()]
    negative, rest = rest.startswith("-"), rest.removeprefix("-").strip()
    number = _digits(rest, written, decimal=times > 1)
    return Money(float(-number * times if negative else number * times), signs[0] if signs else "", written)


def _digits(rest: str, written: str, *, decimal: bool) -> Decimal:
    """The number itself; `decimal` where thousands or millions stand behind it, so that 1,1 is a little over one."""
    if decimal and re.fullmatch(r"[0-9]+[.,][0-9]+", rest):
        return Decimal(rest.replace(",", "."))
    whole, point, cents = rest, "", ""
    if tail := re.fullmatch(r"(.*[0-9])([.,])([0-9]{1,2})", rest):
        whole, point, cents = tail.groups()
    grouped = _GROUPED.fullmatch(whole)
    if grouped is not None and grouped[1] != point:
        return Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{cents or '0'}")
    if not point and _PLAIN.fullmatch(whole):
        return Decimal(whole)
    if point == "." and _PLAIN.fullmatch(whole):
        return Decimal(f"{whole}.{cents}")
    raise AmountError(f"{written!r} may be read in more than one way, or in none; write it as {EXAMPLES}")
