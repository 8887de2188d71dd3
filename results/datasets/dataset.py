"""Tables as one xarray Dataset: what a row is about becomes coordinates, what it says variables with their units."""

from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from results.datasets.columns import TEXT
from results.datasets.frames import Frames
from scenarios.files.faults import RefusedError

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

DIMENSIONS = (
    *("scenario", "study", "stage", "candidate", "cohort", "plan", "data_set", "point", "future", "particle"),
    *("replicate", "month", "from_month", "outcome", "of", "horizon", "effect", "payer", "measure", "input", "key"),
    *("member", "one", "other", "assumption", "pattern", "statistic", "component", "network", "score", "rule"),
    *("name", "id", "kind", "group", "place", "year", "line", "paid_by", "element", "number"),
)
"""Columns that say what a row is about, in the order of a variable's dimensions."""
PLAIN = "outcomes"
"""The table whose columns keep their names; those of others begin with the name of their table."""
ROOM, TIMES = 100_000, 4
"""A table may have so many cells, or so many times as many as it has rows; else it stays a list of rows."""


class ExtraError(RefusedError, ImportError):
    """What was asked for needs a package that is not installed."""


def extra(package: str, name: str) -> Any:
    """A package of an extra.

    Raises:
        ExtraError: if it is not installed, with what installs it.
    """
    from importlib import import_module

    try:
        return import_module(package)
    except ImportError as error:
        raise ExtraError(
            f"{package} is not installed ({error}); pip install 'legato-networks[{name}]', or in the folder of the "
            f"code: .venv/bin/pip install -e '.[{name}]'"
        ) from None


def dataset_of(frames: Frames, tables: Iterable[str] | None = None) -> "xr.Dataset":
    """Tables as one Dataset.

    What a row is about (see DIMENSIONS) becomes a dimension with its coordinate; the values of a sweep's factors are
    coordinates of its points. Where that would leave most cells empty, or rows are not told apart by it, the table is
    a list of rows, along a dimension with its name.

    Args:
        frames: what is to be in it.
        tables: names of the tables that are wanted; all if left out.

    Raises:
        ExtraError: if xarray is not installed.
        KeyError: if there is no such table.
    """
    xarray = extra("xarray", "exchange")
    import pandas as pd

    wanted = {name: frames[name] for name in (frames if tables is None else tables)}
    wanted = {name: frame for name, frame in wanted.items() if len(frame)}
    keys = {name: _keys(frame) for name, frame in wanted.items()}
    labels = _labels(wanted, keys)
    found: dict[str, Any] = {}
    at: tuple[Any, ...]
    coordinates: dict[str, Any] = {}
    factors = _factors(wanted)
    for name, frame in wanted.items():
        dimensions, at = keys[name], ()
        sizes = [len(labels[one]) for one in dimensions]
        if not dimensions or prod(sizes) > max(TIMES * len(frame), ROOM):
            dimensions, sizes, at = [f"{_plain(name)}_row"], [len(frame)], (np.arange(len(frame)),)
            coordinates[dimensions[0]] = (dimensions[0], np.arange(len(frame)))
        else:
            at = tuple(labels[one].get_indexer(pd.Index(frame[one])) for one in dimensions)
        meanings = frame.attrs["columns"]
        for column in frame.columns:
            if column in dimensions:
                continue
            if column in factors and "point" in dimensions:
                if name == "points":
                    values = _placed(frame[column], (len(labels["point"]),), at[dimensions.index("point") :][:1], "")
                    coordinates[column] = ("point", values, _attributes(meanings[column], column))
                continue
            title = column if name == PLAIN else f"{_plain(name)}_{column}"
            values = _placed(frame[column], tuple(sizes), at, meanings[column]["unit"])
            found[title] = (dimensions, values, {**_attributes(meanings[column], column), "table": name})
    for one, index in labels.items():
        if any(one in dimensions for dimensions, *_ in found.values()):
            coordinates[one] = (one, np.asarray(index), _attributes(_meaning(wanted, one), one))
    about = {key: value for key, value in frames.about.items() if value is not None}
    return xarray.Dataset(found, coordinates, about)


def _keys(frame: "pd.DataFrame") -> list[str]:
    """What tells its rows apart; empty where nothing does."""
    keys = [name for name in DIMENSIONS if name in frame.columns and frame[name].notna().all()]
    return keys if keys and not frame.duplicated(subset=keys).any() else []


def _factors(wanted: Mapping[str, "pd.DataFrame"]) -> set[str]:
    """Names of the factors of a design, which say where its points lie."""
    shares = wanted.get("shares")
    return set() if shares is None or "points" not in wanted else set(shares.columns) - set(DIMENSIONS)


def _labels(wanted: Mapping[str, "pd.DataFrame"], keys: Mapping[str, Sequence[str]]) -> dict[str, "pd.Index"]:
    """Labels of each dimension over all tables, numbers ascending, words as they first appear."""
    import pandas as pd

    labels: dict[str, pd.Index] = {}
    for name, frame in wanted.items():
        for key in keys[name]:
            new = pd.Index(frame[key].unique())
            labels[key] = labels[key].append(new).unique() if key in labels else new
    return {key: index.sort_values() if index.dtype.kind in "iuf" else index for key, index in labels.items()}


def _placed(column: "pd.Series[Any]", sizes: tuple[int, ...], at: tuple[Any, ...], unit: str) -> Any:
    """The values at their places; nan where there is none, and "" for words."""
    is_whole = len(column) == prod(sizes)
    kind = str(column.dtype.kind)
    if kind in "iub" and is_whole:
        given = column.to_numpy()
        values = np.empty(sizes, given.dtype)
        values[at] = given
        return values
    if kind in "iubf":
        numbers = np.full(sizes, np.nan)
        numbers[at] = column.to_numpy(dtype=np.float64)
        return numbers
    if (
        unit != TEXT
        and column.dropna().map(lambda one: isinstance(one, int | float) and not isinstance(one, bool)).all()
    ):
        numbers = np.full(sizes, np.nan)
        numbers[at] = column.astype("float64").to_numpy()
        return numbers
    words = np.full(sizes, "", dtype=object)
    words[at] = ["" if one is None or one != one else _word(one) for one in column.tolist()]
    return words


def _word(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _attributes(meaning: Mapping[str, str], name: str) -> dict[str, str]:
    """Units and meaning, under the names that xarray and its friends look for."""
    return {"units": meaning["unit"], "long_name": name.replace("_", " "), "description": meaning["meaning"]}


def _meaning(wanted: Mapping[str, "pd.DataFrame"], key: str) -> Mapping[str, str]:
    return next(frame.attrs["columns"][key] for frame in wanted.values() if key in frame.columns)


def _plain(name: str) -> str:
    """The name of a table as part of a variable's."""
    return name.replace("/", "_").replace(".", "_").replace("-", "_")
