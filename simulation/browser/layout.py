"""Where everything lies in the memory of the engine in a page: made from the engine's own records."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from scenarios.schema.keys import KEYS, Key
from simulation import rules
from simulation.browser.entrance import ARRAYS, PLACES, TABLES
from simulation.engine.numbers import GIVEN, MONTHS, RECORDS
from simulation.engine.numbers import TABLES as OF_SCENARIO
from simulation.outcomes import MONTHLY_NAMES, NAMES

KINDS = (
    "CONVENING", "GROUP", "INTRODUCTION", "CONTACT", "APPLICATION", "BEFORE", "FUNDED", "UNFUNDED", "ENDED", "OUTPUT",
    "LOST", "STANDS", "ATTENDED", "PRESENT", "COLLABORATES", "LEFT", "OPEN",
)  # fmt: skip
"""Kinds of event that a page is told, as `rules` numbers them."""
_KINDS = {"f8": "float", "i8": "int", "b1": "bool"}
_WEIGHTS = {"funder.priorities": "priorities", "funder.shift.priorities": "shifted_priorities"}
_TABLE_OF = {path: name for name, path in OF_SCENARIO.items()}


def layout() -> dict[str, Any]:
    """Tables and their fields, arrays, the order in which their places are handed over, kinds of event, outcomes."""
    records = {**RECORDS, "given": GIVEN}
    return {
        "places": list(PLACES),
        "tables": {name: {"bytes": records[name].itemsize, "fields": _fields(records[name])} for name in TABLES},
        "arrays": {name: {"kind": _KINDS[np.dtype(kind).str[1:]], "row": row} for name, (kind, row) in ARRAYS.items()},
        "keys": {name: place for name, key in KEYS.items() if (place := _place(key))},
        "kinds": {name.lower(): getattr(rules, name) for name in KINDS},
        "outcomes": list(NAMES),
        "monthly": list(MONTHLY_NAMES),
    }


def _fields(record: np.dtype[Any]) -> dict[str, list[Any]]:
    """Name -> offset in bytes, kind."""
    fields: Mapping[str, Any] = record.fields or {}
    return {name: [offset, _KINDS[kind.str[1:]]] for name, (kind, offset, *_) in fields.items()}


def _place(key: Key) -> dict[str, Any] | None:
    """Where a key's value goes; None for a text, which no engine reads, and for funders, which have arrays.

    "listed" is the array where the value goes that is a list, of which the table has the length.
    """
    if key.kind in ("str", "funders"):
        return None
    if key.kind == "weights":
        return {"array": _WEIGHTS[key.key]}
    if key.key in MONTHS:
        place = {"table": "given", "field": key.key.replace(".", "_")}
        return {**place, "listed": key.key.rpartition(".")[2]} if key.listed else place
    table, _, field = key.key.rpartition(".")
    return {"table": _TABLE_OF[table], "field": field}
