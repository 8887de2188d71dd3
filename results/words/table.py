"""A table as plain rows of words: what is in it, not how it is drawn."""

from dataclasses import dataclass
from typing import Any

from scenarios.schema.funders import CoFunder


@dataclass(frozen=True)
class Table:
    """Rows of words under a header; the columns in `numbers` are set right-aligned."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


def word(value: Any) -> str:
    """A scenario's value as a file would write it."""
    if value is None:
        return "left out"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    if isinstance(value, CoFunder):
        said = {key: one for key, one in value.said().items() if key != "name" and one not in ([], "never")}
        return f"{value.name} ({', '.join(f'{key} {word(one)}' for key, one in said.items())})"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(word(part) for part in value) + "]"
    return str(value) if value != "" else "-"
