"""Futures: what may come, and nobody at the table decides. Every plan is tried in each of them.

A future is a whole set of values: of uncertain parameters as a posterior leaves them open, of a shift of the funder's
priorities or the month in which the funder leaves as a file says, or of both. Files are
  TOML    title = "..." and a table [vary]: KEY = "LOW:HIGH", "LOW:HIGH:STEP" or a list of values, as --vary has them;
  CSV     a column for each key, a row for each future, perhaps with a weight.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.designs.choosing import latin
from scenarios.designs.design import Design
from scenarios.designs.factors import MOST_LEVELS, SCENARIO, Factor
from scenarios.designs.reading_factors import read_factors
from scenarios.designs.table_rows import column_of, levels_of
from scenarios.files.faults import ScenarioError, control, near_miss, refusal, shown
from scenarios.files.spreadsheet import Spreadsheet, read_spreadsheet
from scenarios.reading.called_apart import check_names
from scenarios.reading.layers import Layer, flatten, parse
from scenarios.reading.reading import check_funders
from scenarios.schema.keys import keys_of
from scenarios.schema.posterior import Posterior, evenly_drawn
from scenarios.schema.scenario import Scenario
from scenarios.schema.whole_numbers import whole_number

LIBRARY = Path(__file__).parents[1] / "futures"
POSTERIOR = "posterior"
"""What stands for the posterior alone."""
WEIGHT = "weight"
USUAL = 200
"""Futures drawn where nobody says how many."""


@dataclass(frozen=True, eq=False)
class Futures:
    """What may come.

    Attributes:
        name: what they are called: the stem of their file, or "posterior".
        title: what may come, in words.
        factors: what differs between futures.
        shares: float[futures, factors], how far along each factor every future lies, 0 to 1.
        settled: keys of the posterior that a plan settles itself, and that therefore do not vary.
    """

    name: str
    title: str
    factors: tuple[Factor, ...]
    shares: NDArray[np.float64]
    settled: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.shares)

    def design(self, plans: Sequence[Scenario]) -> Design:
        """Every plan in every future: future by future, within it plan by plan.

        Args:
            plans: scenarios of different names; what futures say of a key holds for all of them.

        Raises:
            ScenarioError: if two have one name.
        """
        check_names(plans)
        places = (np.arange(len(plans)) + 0.5) / len(plans)
        shares = np.column_stack([np.tile(places, len(self)), np.repeat(self.shares, len(plans), axis=0)])
        which = Factor(SCENARIO, levels=tuple(plan.name for plan in plans))
        fixed = tuple(plan.with_posterior(None) for plan in plans)
        return Design("futures", (which, *self.factors), fixed, shares, len(self), 0)


def names() -> tuple[str, ...]:
    """Names of the futures that ship with the project."""
    return tuple(sorted(path.stem for path in LIBRARY.glob("*.toml")))


def read_futures(what: str, plans: Sequence[Scenario], *, count: int | None = None, seed: int = 1) -> Futures:
    """The futures that are meant.

    Args:
        what: "posterior" for uncertain parameters alone, the name of shipped futures, or a TOML or CSV file.
        plans: scenarios that are tried in them. The posterior they carry is part of every future; keys that one of them
            settles do not vary.
        count: how many; USUAL if left out, of a CSV as many as it has rows. There are no more than differ.
        seed: of the draws from ranges.

    Raises:
        ScenarioError: with every fault of the file, or if there is nothing that differs between futures.
        ValueError: if seed or count are no whole numbers, or the seed is below 0.
    """
    seed = whole_number("seed", seed, high=None)
    count = None if count is None else whole_number("count", count, None)
    known, settled = _left_open(plans)
    if what == POSTERIOR:
        if known is None:
            raise ScenarioError(
                "--over posterior: parameters are fixed, so that all futures are the same; leave --fixed out"
            )
        return _of_posterior(known, settled, count)
    file = _file(what)
    if file.suffix == ".csv":
        title, factors, shares = _table(file, plans, count)
    else:
        title, factors = _ranges(file, what)
        check_funders([factor.key for factor in factors], plans, f"futures '{what}'")
        shares = latin(len(factors), USUAL if count is None else count, seed)
    said = {factor.key for factor in factors}
    if known is not None and (rest := known.without(said)) is not None:
        particles, drawn = _particles(rest, len(shares))
        factors, shares = (*factors, *particles), np.column_stack([shares, drawn])
    return Futures(file.stem, title, factors, shares, settled)


def _left_open(plans: Sequence[Scenario]) -> tuple[Posterior | None, tuple[str, ...]]:
    """What no plan settles of the posterior that all carry, and the keys that one does."""
    posteriors = [plan.posterior for plan in plans]
    carried = [one for one in posteriors if one is not None]
    if not carried:
        return None, ()
    every = dict.fromkeys(key for one in carried for key in one.keys)
    settled = tuple(key for key in every if not all(one is not None and key in one.keys for one in posteriors))
    return carried[0].without(settled), settled


def _of_posterior(known: Posterior, settled: tuple[str, ...], count: int | None) -> Futures:
    factors, shares = _particles(known, min(USUAL if count is None else count, len(known.draws)))
    title = f"{len(known.keys)} parameters drawn from the posterior {known.name}"
    return Futures(POSTERIOR, title, factors, shares, settled)


def _particles(known: Posterior, count: int) -> tuple[tuple[Factor, ...], NDArray[np.float64]]:
    """A particle for each future: factors, and float[futures, keys]."""
    drawn = [known.settings(int(known.draws[future % len(known.draws)])) for future in range(count)]
    return levels_of({key: [one[key] for one in drawn] for key in known.keys})


def _file(what: str) -> Path:
    """The file that is meant: a path if it looks like one, else shipped futures."""
    if "\0" in what:
        raise ScenarioError(f"no file is called {shown(what)}: a name cannot hold a NUL")
    path = Path(what)
    if path.suffix in (".toml", ".csv"):
        return path
    if what in names():
        return LIBRARY / f"{what}.toml"
    known = (POSTERIOR, *names())
    hint = near_miss(what, known, "'") or f"; there are {', '.join(known)}, or give the path of a .toml or .csv file"
    raise ScenarioError(f"no futures are called {shown(what)}{hint}")


def _ranges(path: Path, label: str) -> tuple[str, tuple[Factor, ...]]:
    """What a TOML file of futures says."""
    layer = Layer(path.stem, label, path.parent)
    table = parse(path, layer)
    faults = layer.faults
    title, vary = table.pop("title", path.stem), table.pop("vary", {})
    faults += [
        f"{key} is not known{near_miss(key, ('title', 'vary')) or '; allowed are title and vary'}" for key in table
    ]
    if not isinstance(title, str) or not title.strip():
        faults.append(f"title is {shown(title)}: allowed is text")
    elif found := control(title):
        faults.append(f"title is {shown(title)}: it holds {found}; leave it out")
    if not isinstance(vary, dict) or (not vary and not faults):
        faults.append('vary is missing; write a table [vary] with keys, such as "funder.shift.month" = "6:24"')
        vary = {}
    written = [_as_varied(key, value) for key, value in flatten(vary)]
    try:
        factors = read_factors(written, "vary", spread=True) if written else ()
    except ScenarioError as error:
        faults += error.faults
    if faults:
        raise ScenarioError(refusal(f"futures '{label}'", faults))
    return " ".join(str(title).split()), factors


def _as_varied(key: str, value: Any) -> str:
    """An entry of [vary] as --vary writes it."""
    if isinstance(value, list):
        return f"{key}={','.join(_quoted(one) for one in value)}"
    return f"{key}={value}" if isinstance(value, str) else f"{key}={_quoted(value)}"


def _quoted(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) and "," in value else str(value)


def _table(
    path: Path, plans: Sequence[Scenario], count: int | None
) -> tuple[str, tuple[Factor, ...], NDArray[np.float64]]:
    """What a CSV of futures says."""
    of_all = dict.fromkeys(key for plan in plans for key in keys_of(plan))
    sheet = read_spreadsheet(
        path, (), (*of_all, WEIGHT), comment="#", unknown="; allowed are keys that `legato show` lists, and weight"
    )
    keys = [column for column in sheet.columns if column != WEIGHT]
    if sheet.header and not keys and not sheet.blamed:
        sheet.blame(sheet.header, "no column names a key; name what may come, such as funder.shift.month")
    if sheet.header and not sheet.blamed and not 1 <= len(sheet.rows) <= MOST_LEVELS:
        sheet.blame_all(f"{sheet.label} has {len(sheet.rows):,} futures: allowed is 1 to {MOST_LEVELS:,}")
    columns = {key: column_of(sheet, key) for key in keys}
    drawn = _drawn(sheet, count)
    if sheet.faults:
        raise ScenarioError(refusal(f"futures '{path.name}'", sheet.faults))
    check_funders(keys, plans, f"futures '{path.name}'")
    factors, shares = levels_of({key: [column[row] for row in drawn] for key, column in columns.items()})
    return sheet.comments[0] if sheet.comments else path.stem, factors, shares


def _rows(sheet: Spreadsheet) -> list[tuple[int, dict[str, str]]]:
    return list(zip(sheet.lines, sheet.rows, strict=True))


def _drawn(sheet: Spreadsheet, count: int | None) -> list[int]:
    """Rows in the order of futures: all of them, or as their weights say."""
    if not sheet.rows:
        return []
    weights = np.ones(len(sheet.rows))
    for place, (line, row) in enumerate(_rows(sheet)):
        if WEIGHT in row:
            try:
                weights[place] = float(row[WEIGHT])
            except ValueError:
                weights[place] = -1.0
            if not 0 <= weights[place] < np.inf:
                sheet.blame(line, f"weight is {shown(row[WEIGHT])}: allowed is 0 or more")
                weights[place] = 0.0
    if not weights.sum() > 0:
        sheet.blame_all(f"{sheet.label}: the weights sum to 0; give at least one future a weight above 0")
        return []
    if WEIGHT not in sheet.columns and count is None:
        return list(range(len(sheet.rows)))
    wanted = len(sheet.rows) if count is None else min(count, len(sheet.rows))
    return [int(row) for row in evenly_drawn(weights, wanted)]


def titles() -> dict[str, str]:
    """Name -> title of the futures that ship with the project."""
    return {name: tomllib.loads((LIBRARY / f"{name}.toml").read_text(encoding="utf-8"))["title"] for name in names()}
