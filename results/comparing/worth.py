"""What whoever asks is ready to pay for a unit of what a network yields: "survivor=60k", as people write it."""

from collections.abc import Mapping, Sequence
from math import isfinite

from results.estimates.incremental import EFFECTS, Effect
from scenarios.files.amounts import AmountError, amount, in_currency
from scenarios.files.currencies import USD
from scenarios.files.faults import RequestError, near_miss, shown

NAMES: Mapping[str, Effect] = {
    "month": "months_worked",
    "survivor": "surviving",
    "evidence": "evidence",
    "translation": "translation",
    **{effect: effect for effect in EFFECTS},
}
"""What an effect is called: in short, and as JSON has it."""
ALLOWED = "month, survivor, evidence or translation"
Worth = Mapping[str, str | float] | Sequence[str]
"""Amounts by name, or "NAME=AMOUNT" texts."""


def worth_of(wanted: Worth, currency: str = USD, rate: float | None = None) -> dict[Effect, float]:
    """Amounts by effect, in the scenarios' currency.

    Args:
        wanted: what one of each is worth.
        currency: of the scenarios, an ISO code; an amount without a sign is in it.
        rate: what one US dollar is in it, where that is known.

    Raises:
        RequestError: for a name that is none, an amount that is none or below 0, or an effect that comes twice.
    """
    pairs = wanted.items() if isinstance(wanted, Mapping) else [_apart(text) for text in wanted]
    found: dict[Effect, float] = {}
    for name, value in pairs:
        effect = NAMES.get(name.strip().lower())
        if effect is None:
            hint = near_miss(name.strip().lower(), NAMES) or f"; allowed is {ALLOWED}"
            raise RequestError("worth", f"{shown(name)} is nothing that can be worth an amount{hint}")
        if effect in found:
            raise RequestError("worth", f"{name.strip()} is given twice; give each once")
        found[effect] = _amount(name.strip(), value, currency, rate)
    return found


def _apart(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise RequestError("worth", f"{shown(text)}; write what one is worth as survivor=60k, with {ALLOWED} before =")
    return name, value


def _amount(name: str, value: str | float, currency: str, rate: float | None) -> float:
    try:
        found = amount(value, currency, rate) if isinstance(value, str) else in_currency(value, currency, rate)
    except (AmountError, ValueError) as error:
        raise RequestError("worth", f"of {name}: {error}") from None
    if not isfinite(found) or found < 0:
        raise RequestError("worth", f"of {name} is {value}; allowed is an amount of 0 or more")
    return found
