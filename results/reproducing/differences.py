"""Two run folders held against each other, file by file: the same bytes, or the first place where they differ.

Compared is what a result consists of: tables, documents, sheets of numbers, portraits of networks, and what is said.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np

from results.folders.examination import CLOSE, values_of
from results.folders.kept_blocks import SHARDS
from results.folders.manifest import MANIFEST, Manifest, read_manifest
from results.folders.parquet import Columns, columns_of, read_table

SAID = "said.json"
WORDS = ("answer", "body", "more", "decision")
"""Of what was said: what says results. Its notes also tell how it was asked, and its heading who asked."""
MISSING = "nothing"


@dataclass(frozen=True)
class Difference:
    """The first place where a file is not the same.

    Attributes:
        file: which.
        row: of a table, from 0; None elsewhere.
        where: column of a table, place in a document; "" for a whole file.
        there: what stands in the run.
        here: what came out.
    """

    file: str
    row: int | None
    where: str
    there: str
    here: str


@dataclass
class Compared:
    """What came of it.

    Attributes:
        files: compared, in this order.
        same: of these, the same to the byte (count).
        equal: whose content is the same, though their bytes are not: written by another version (count).
        close: whose numbers are the same to 12 digits only, on another kind of processor (count).
        differences: the first place in each file that differs.
    """

    files: list[str] = field(default_factory=list)
    same: int = 0
    equal: int = 0
    close: int = 0
    differences: list[Difference] = field(default_factory=list)


def compared(there: Path, here: Path, *, on_another: bool, words: bool) -> Compared:
    """Hold a run against the one that was made again.

    Args:
        there: folder of the run.
        here: folder of the one made again.
        on_another: whether the run was made on another kind of processor; numbers then agree to 12 digits, and what is
            text alone is not compared.
        words: whether what is said was asked for in the same way, and is compared.
    """
    found = Compared([MANIFEST])
    old_manifest, new_manifest = read_manifest(there), read_manifest(here)
    asked, made = _asked_otherwise(old_manifest, new_manifest), None
    if asked is not None:
        found.differences.append(asked)
    for name in sorted(_files(there) | _files(here), key=_rank):
        if (name == SAID and not words) or (on_another and (name == SAID or name.endswith(".graphml"))):
            continue
        found.files.append(name)
        old, new = there / name, here / name
        if not old.is_file() or not new.is_file():
            states = ["is there" if one.is_file() else "is missing" for one in (old, new)]
            found.differences.append(Difference(name, None, "", *states))
        elif name != SAID and old.read_bytes() == new.read_bytes():
            found.same += 1
        else:
            try:
                _note(found, _KINDS[old.suffix](name, old, new, on_another))
            except (OSError, ValueError, TypeError, AttributeError) as error:
                found.differences.append(Difference(name, None, "", f"cannot be read ({error})", "is there"))
    if not on_another:
        made = _made_otherwise(old_manifest, new_manifest)
    if made is not None:
        found.differences.append(made)
    found.same += asked is None and made is None
    return found


Outcome = Difference | str
"""The first difference, or how it is the same: one of the counts of `Compared`."""


def _note(found: Compared, outcome: Outcome) -> None:
    if isinstance(outcome, Difference):
        found.differences.append(outcome)
    else:
        setattr(found, outcome, getattr(found, outcome) + 1)


def _files(folder: Path) -> set[str]:
    """What a result consists of."""
    names = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    return {name for name in names if _counts(Path(name))}


def _counts(name: Path) -> bool:
    if any(part.startswith(".") or part in ("inputs", "figures", SHARDS) for part in name.parts):
        return False
    if name.suffix == ".parquet":
        return True
    if name.parts[0] == "networks":
        return name.suffix == ".graphml"
    return len(name.parts) == 1 and name.suffix in (".json", ".csv") and name.name != MANIFEST


def _rank(name: str) -> tuple[int, str]:
    """Networks first, then what is made of them, and what is said of it last."""
    first = ("outcomes/", "months/")
    kinds = (".parquet", ".json", ".csv", ".graphml")
    if name == SAID:
        return 9, name
    return (0 if name.startswith(first) else 1 + kinds.index(Path(name).suffix)), name


def _asked_otherwise(old: Manifest, new: Manifest) -> Difference | None:
    """What was asked there, and not here."""
    for place, before, after in _apart(_asked(old.inputs), _asked(new.inputs), "inputs", _same):
        return Difference(MANIFEST, None, place, before, after)
    return None


def _made_otherwise(old: Manifest, new: Manifest) -> Difference | None:
    """The first hash that is another."""
    hashes = [{"tables": dict(one.tables or {}), "content": one.content} for one in (old, new)]
    for place, before, after in _apart(hashes[0], hashes[1], "", _same):
        return Difference(MANIFEST, None, place, before, after)
    return None


def _asked(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {**inputs, "scenarios": {name: values_of(one) for name, one in inputs["scenarios"].items()}}


def _tables(name: str, old: Path, new: Path, on_another: bool) -> Outcome:
    stored, fresh = (columns_of(read_table(one)) for one in (old, new))
    if list(stored) != list(fresh):
        pairs = zip_longest(stored, fresh, fillvalue=MISSING)
        return Difference(name, None, "columns", *next((a, b) for a, b in pairs if a != b))
    rows = [len(next(iter(one.values()), ())) for one in (stored, fresh)]
    if rows[0] != rows[1]:
        return Difference(name, None, "rows", *map(str, rows))
    first: dict[str, int] = {}
    is_close = False
    for key in fresh:
        unlike = _unlike(stored[key], fresh[key])
        if unlike.any() and on_another and isinstance(fresh[key], np.ndarray):
            near = np.isclose(_numbers(stored[key]), _numbers(fresh[key]), rtol=CLOSE, atol=CLOSE, equal_nan=True)
            is_close |= bool((unlike & near).any())
            unlike &= ~near
        if unlike.any():
            first[key] = int(np.flatnonzero(unlike)[0])
    if not first:
        return "close" if is_close else "equal"
    key = min(first, key=lambda one: first[one])  # of the columns that differ in that row, the first
    return Difference(name, first[key], key, _cell(stored, key, first[key]), _cell(fresh, key, first[key]))


def _unlike(old: Any, new: Any) -> Any:
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray):
        old, new = _numbers(old), _numbers(new)
        return ~((old == new) | (np.isnan(old) & np.isnan(new)))
    return np.array([one != other for one, other in zip(list(old), list(new), strict=True)], dtype=bool)


def _numbers(column: Any) -> Any:
    return np.asarray(column, dtype=np.float64)


def _cell(columns: Columns, key: str, row: int) -> str:
    value = columns[key][row]
    return str(value.item()) if isinstance(value, np.generic) else str(value)


def _documents(name: str, old: Path, new: Path, on_another: bool) -> Outcome:
    stored, fresh = (json.loads(one.read_text(encoding="utf-8")) for one in (old, new))
    if name == SAID:
        stored, fresh = ({key: one[key] for key in WORDS if key in one} for one in (stored, fresh))
    for place, before, after in _apart(stored, fresh, "", _near if on_another else _same):
        return Difference(name, None, place, before, after)
    return "same" if name == SAID else "close" if stored != fresh else "equal"


def _apart(old: Any, new: Any, place: str, same: Callable[[Any, Any], bool]) -> Iterator[tuple[str, str, str]]:
    """Where two documents differ: the place, there and here."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            at = f"{place}.{key}" if place else str(key)
            if key not in old or key not in new:
                yield at, _text(old.get(key, MISSING)), _text(new.get(key, MISSING))
            else:
                yield from _apart(old[key], new[key], at, same)
    elif isinstance(old, list) and isinstance(new, list):
        for number, (one, other) in enumerate(zip(old, new, strict=False)):
            yield from _apart(one, other, f"{place}[{number}]", same)
        if len(old) != len(new):
            yield f"{place}, how many", str(len(old)), str(len(new))
    elif not same(old, new):
        yield place, _text(old), _text(new)


def _same(old: Any, new: Any) -> bool:
    return bool(old == new) and isinstance(old, bool) == isinstance(new, bool)


def _near(old: Any, new: Any) -> bool:
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in (old, new))
    return math.isclose(old, new, rel_tol=CLOSE, abs_tol=CLOSE) if numbers else _same(old, new)


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:117]}..."


def _sheets(name: str, old: Path, new: Path, on_another: bool) -> Outcome:
    """Lines of a CSV file, or of a portrait; row 0 is the one below the header."""
    lines = [one.read_text(encoding="utf-8").split("\n") for one in (old, new)]
    header = lines[0][0].split(",")
    is_close = False
    for number, (before, after) in enumerate(zip_longest(*lines, fillvalue=MISSING)):
        if before == after:
            continue
        cells = list(zip_longest(before.split(","), after.split(","), fillvalue=MISSING))
        for place, (one, other) in enumerate(cells):
            if one != other and not (on_another and _near_text(one, other)):
                column = header[place] if place < len(header) and old.suffix == ".csv" else ""
                return Difference(name, number - 1, column, _text(one), _text(other))
        is_close = True
    return "close" if is_close else "equal"


def _near_text(one: str, other: str) -> bool:
    try:
        return _near(float(one), float(other))
    except ValueError:
        return False


_KINDS: dict[str, Callable[[str, Path, Path, bool], Outcome]] = {
    ".parquet": _tables,
    ".json": _documents,
    ".csv": _sheets,
    ".graphml": _sheets,
}
"""Ending -> what holds two such files against each other."""
