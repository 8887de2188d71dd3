"""A network for Kumu: the two sheets of a project, or one JSON file ("blueprint").

Source: docs.kumu.io, Structure your data for Kumu, and JSON / Blueprints: `label`, `type` and `tags` of elements and
`from`, `to`, `direction` and `type` of connections are Kumu's own fields; all others become fields of the same name.
"""

import json

from results.exporting.rows import (
    Row,
    as_text,
    csv_sheet,
    differ_in_activity,
    for_spreadsheets,
    member_rows,
    present,
    tie_rows,
    ties_among,
)
from simulation.snapshot import Snapshot

_ELEMENTS = ("interests", "region", "size", "need", "champion")
_CONNECTIONS = ("type", "strength", "overlap", "origin", "funded")


def as_kumu(snapshot: Snapshot) -> dict[str, bytes]:
    """The two sheets of a Kumu project: elements and connections."""
    elements = ("label", "type", "tags", *_elements(snapshot))
    members = [
        {**row, "label": row["name"], "tags": "|".join(_tags(row))} for row in member_rows(snapshot, present(snapshot))
    ]
    connections = ("from", "to", "direction", *_CONNECTIONS)
    return {
        "elements.csv": csv_sheet({name.capitalize(): name for name in elements}, members, for_spreadsheets),
        "connections.csv": csv_sheet(
            {name.capitalize(): name for name in connections}, _ties(snapshot), for_spreadsheets
        ),
    }


def as_kumu_json(snapshot: Snapshot) -> dict[str, bytes]:
    """kumu.json: elements with their topics as tags, and connections whose strength is the trust in the tie, 0 to 1."""
    blueprint = {
        "elements": [
            {"label": row["name"], "type": row["type"], "tags": _tags(row), **_fields(row, _elements(snapshot))}
            for row in member_rows(snapshot, present(snapshot))
        ],
        "connections": [_fields(row, ("from", "to", "direction", *_CONNECTIONS)) for row in _ties(snapshot)],
    }
    text = json.dumps(blueprint, ensure_ascii=False, indent=1, allow_nan=False)
    return {"kumu.json": f"{text}\n".encode("utf-8", "replace")}


def _elements(snapshot: Snapshot) -> tuple[str, ...]:
    return (*_ELEMENTS, *(["activity"] if differ_in_activity(snapshot) else []))


def _ties(snapshot: Snapshot) -> list[Row]:
    return [
        {**row, "direction": "undirected", "strength": row["trust"]} for row in tie_rows(snapshot, ties_among(snapshot))
    ]


def _tags(row: Row) -> list[str]:
    return [item.rpartition(":")[0] for item in str(row["interests"]).split(";") if item]


def _fields(row: Row, names: tuple[str, ...]) -> dict[str, str | float]:
    """Flags become yes and no: fields of Kumu are texts, numbers or lists."""
    return {name: as_text(row[name]) if isinstance(row[name], bool) else row[name] for name in names}
