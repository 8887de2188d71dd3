"""A JSON document as tidy tables: each list of records, and each map from names to records, is a table of its own.

The document's schema says what is a record and what is a map, so that tables are the same whatever a run has found.
A table is named by the keys that lead to it ("robustness.plans"). A row begins with what it belongs to: the words and
numbers by which the rows around it are known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from results.words.schema import Schema

Row = dict[str, Any]
WHOLE = "answer"
"""The table of what a document says once: one row."""
NAMES = {"scenarios": "scenario", "outcomes": "outcome", "measures": "measure", "cash_flow": "scenario",
         "price_year": "scenario", "free": "key", "levers": "key", "values": "key"}  # fmt: skip
"""Key of a map -> what its names are of."""
KNOWN_BY = (
    *("scenario", "baseline", "study", "stage", "candidate", "plan", "network", "cohort", "outcome", "of", "horizon"),
    *("effect", "payer", "member", "one", "other", "kind", "name", "key", "group", "id", "month", "from_month"),
    *("pattern", "number", "point", "point_number", "region", "place", "rule"),
)
"""Columns that a row hands on to the tables inside it."""


@dataclass
class Tables:
    """Tables that are being filled.

    Attributes:
        rows: name of a table -> its rows.
        meanings: name of a table -> column -> what the schema says of it.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    meanings: dict[str, dict[str, str]] = field(default_factory=dict)


def tables_of_document(document: Mapping[str, Any], schema: Schema) -> Tables:
    """All that a document says, as rows.

    Args:
        document: JSON values.
        schema: of the document.
    """
    found = Tables()
    _record(document, schema, "", {}, found)
    return found


def _record(record: Mapping[str, Any], schema: Mapping[str, Any], table: str, around: Row, found: Tables) -> None:
    """A record becomes a row, and what is in it tables."""
    name = table or WHOLE
    row, inside = dict(around), []
    meanings = found.meanings.setdefault(name, {})
    for column, value, part in _flat(record, schema.get("properties", {}), ""):
        if _is_empty(value, part):
            continue  # a table, or a record, that is not there
        if _is_plain(value):
            row[column] = _cell(value)
            if said := str(part.get("description", "")):
                meanings.setdefault(column, said)
        else:
            inside.append((column, value, part))
    handed = {key: value for key, value in row.items() if key in around or key.rpartition(".")[2] in KNOWN_BY}
    handed = {} if not table else handed
    series = {column: value for column, value, part in inside if _is_series(value)}
    rest = [one for one in inside if one[0] not in series]
    if len(row) > len(around) or not inside:
        found.rows.setdefault(name, []).append(row)
    if series:
        longest = max(map(len, series.values()))
        rows = found.rows.setdefault(f"{table}.series".lstrip("."), [])
        for place in range(longest):
            at = {column: value[place] for column, value in series.items() if place < len(value)}
            rows.append({**handed, "place": place, **at})
    for column, value, part in rest:
        _several(value, part, f"{table}.{column}".lstrip("."), handed, found)


def _several(value: Any, schema: Mapping[str, Any], table: str, around: Row, found: Tables) -> None:
    """A list of records, or a map, becomes a table."""
    schema = _branch(schema, value)
    if isinstance(value, Mapping):
        within = schema.get("additionalProperties", {})
        within = within if isinstance(within, Mapping) else {}
        for name, one in value.items():
            known = {**around, _free(_name_of(table, schema, one), around): name}
            if isinstance(one, Mapping) and "properties" in (branch := _branch(within, one)):
                _record(one, branch, table, known, found)
            elif _is_plain(one):
                found.rows.setdefault(table, []).append({**known, "value": _cell(one)})
            else:
                _several(one, within, table, known, found)
        return
    items = schema.get("items", {})
    for place, one in enumerate(value):
        if isinstance(one, Mapping):
            branch = _branch(items, one)
            _record(one, branch, table, around, found)
        else:
            column = _free("place", around)
            found.rows.setdefault(table, []).append({**around, column: place, "value": _cell(one)})


def _flat(
    record: Mapping[str, Any], properties: Mapping[str, Any], before: str
) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    """Columns of a record; a record in it gives columns with its name in front."""
    for key, value in record.items():
        part = _branch(properties.get(key, {}), value)
        if isinstance(value, Mapping) and "properties" in part:
            yield from _flat(value, part["properties"], f"{before}{key}.")
        else:
            yield f"{before}{key}", value, part


def _branch(schema: Mapping[str, Any], value: Any) -> Mapping[str, Any]:
    """Of the kinds that a schema allows, the one that the value is of."""
    for one in schema.get("anyOf", ()):
        kinds = _kinds(one)
        if (isinstance(value, Mapping) and "object" in kinds) or (isinstance(value, list | tuple) and "array" in kinds):
            return dict(one)
    return schema


def _name_of(table: str, schema: Mapping[str, Any], one: Any) -> str:
    """What the names of a map are of."""
    names = schema.get("propertyNames", {})
    if "collaboration_rate" in names.get("enum", ()):
        return "outcome"
    inner = one if isinstance(one, Mapping) else {}
    last = table.rpartition(".")[2]
    if last in ("observed", "find_out_first"):
        return "scenario" if any(isinstance(value, Mapping) for value in inner.values()) else "outcome"
    return NAMES.get(last, "name")


def _free(name: str, around: Row) -> str:
    return name if name not in around else f"{name}_inside"


def _is_empty(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether nothing stands where there may be a table, or a record."""
    if value is not None and not (isinstance(value, Mapping | list | tuple) and not value):
        return False
    branches = [schema, *schema.get("anyOf", ())]
    kinds = {kind for one in branches for kind in _kinds(one)}
    words = any(one.get("items", {}).get("type") == "string" for one in branches)
    return bool(kinds & {"object", "array"}) and not (words and value is not None)


def _kinds(schema: Mapping[str, Any]) -> Sequence[str]:
    kind = schema.get("type", ())
    return (kind,) if isinstance(kind, str) else tuple(kind)


def _is_plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(isinstance(one, str) for one in value)
    return not isinstance(value, Mapping)


def _is_series(value: Any) -> bool:
    """Numbers in their order."""
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(one is None or isinstance(one, int | float) for one in value)
    )


def _cell(value: Any) -> Any:
    """Words in a list stand in one cell."""
    return "; ".join(value) if isinstance(value, list | tuple) else value


def columns_in(rows: Sequence[Row]) -> list[str]:
    """Columns in the order in which they first appear."""
    return list(dict.fromkeys(column for row in rows for column in row))
