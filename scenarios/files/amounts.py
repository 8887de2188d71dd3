"""Amounts of money as people write them: 1100000, 1,100,000, 1 100 000, 1'100'000, 1.1m, 1,1 Mio, USD 1.1 million."""

import re
from decimal import Decimal

CURRENCY = ("USD", "US$", "$")
"""What may stand with an amount; nothing is converted, and costs are in US dollars."""
TIMES: dict[str, int] = {
    **dict.fromkeys(("k", "thousand", "tsd", "mil"), 1_000),
    **dict.fromkeys(("m", "mn", "mio", "million", "millions", "millionen", "millones"), 1_000_000),
    **dict.fromkeys(("bn", "b", "billion", "mrd"), 1_000_000_000),
}
"""Words for so many."""
EXAMPLES = "1100000, 1,100,000, 1 100 000 or 1.1m"
_SIGN = re.compile(r"US\$|[$€£¥₣₹]|\b(?!k\b|m\b|mn\b|bn\b|b\b)[A-Za-z]{2,}\b\.?")
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([,.' ])[0-9]{3})(?:\1[0-9]{3})*")
_BLANKS = dict.fromkeys(map(ord, "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\t"), " ") | {
    ord("\N{RIGHT SINGLE QUOTATION MARK}"): "'",
    ord("_"): "",
}


class AmountError(ValueError):
    """A text that is no amount; the message says why."""


def amount(text: str) -> float:
    """How many US dollars a text says.

    One that Python reads as a number is that number. A comma or point before exactly three digits parts thousands
    (1,100 is eleven hundred), but a point in a plain number such as 1.100 stays the decimal point.

    Raises:
        AmountError: if it says none, or may say several.
    """
    written = " ".join(text.translate(_BLANKS).split())
    try:
        return float(written)
    except ValueError:
        return float(_read(written))


def _read(written: str) -> Decimal:
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
    if signs and signs[0].upper() not in CURRENCY:
        raise AmountError(
            f"{written!r} has {signs[0]!r}: costs of scenarios are in USD, and nothing is converted; write the amount "
            f"in USD, such as {EXAMPLES}"
        )
    rest = rest.strip()
    if short := re.fullmatch(r"(.*[0-9]) ?(k|m|mn|bn|b)", rest, re.IGNORECASE):
        rest, times = short[1], times * TIMES[short[2].lower()]
    negative, rest = rest.startswith("-"), rest.removeprefix("-").strip()
    number = _digits(rest, written, decimal=times > 1)
    return -number * times if negative else number * times


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
