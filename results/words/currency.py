"""What amounts are in while something is said: the currency of the scenario that is asked about, US dollars otherwise.

Sentences are written with `{currency}`. Plain words say USD behind a number, or behind the thousands, and are given the
scenario's currency here.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

CURRENCY = "USD"
"""What amounts are in where a scenario says nothing else."""

_SHOWN = ContextVar("currency", default=CURRENCY)


def shown_currency() -> str:
    """What amounts are in that are said now."""
    return _SHOWN.get()


@contextmanager
def amounts_in(currency: str) -> Iterator[None]:
    """Whatever is said meanwhile has amounts in that currency."""
    token = _SHOWN.set(currency)
    try:
        yield
    finally:
        _SHOWN.reset(token)


def with_currency(text: str, was: str, now: str) -> str:
    """Plain words with another currency behind their numbers."""
    if was == now:
        return text
    shown = re.sub(rf"(?P<before>\bthousand |\bk |\d )(?:{re.escape(was)})(?!\w)", lambda at: at["before"] + now, text)
    return shown.replace("Costs are in US dollars", f"Costs are shown in {now}") if was == CURRENCY else shown
