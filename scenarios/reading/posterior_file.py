"""Posteriors as files: a CSV with a column per key and a row per particle, and the one that ships with the project.

# calibrated on the shipped evidence
behaviour.initiative,behaviour.yes_base,weight
0.24,-3.2,0.5
0.21,-3.0,0.5
"""

import os
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from math import fsum, isfinite
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scenarios.files.currencies import USD
from scenarios.files.faults import ScenarioError, refusal, shown
from scenarios.files.spreadsheet import Spreadsheet, read_spreadsheet
from scenarios.schema.keys import KEYS, PRICES
from scenarios.schema.posterior import MOST_PARTICLES, Posterior, value_fault, why_not

__all__ = ["SHIPPED", "Posterior", "posterior_of", "read_posterior", "shipped_posterior", "write_posterior"]

SHIPPED = Path(__file__).parents[1] / "evidence" / "posterior.csv"
"""What the shipped evidence leaves open of the shared behaviour."""
SHIPPED_NAME: Final = "shipped"
"""What a scenario is loaded with where nobody says otherwise, from the command line and from Python alike."""
WEIGHT = "weight"
COMMENT, NAME = "#", "name:"
_IN = re.compile(r"prices: ([A-Z]{3})(?: at (\S+) for one USD)?")
_UNKNOWN = "; allowed are uncertainties that `legato show` lists, and weight"


@cache
def shipped_posterior() -> Posterior:
    """The posterior that ships with the project, called "shipped".

    Every command begins with it, so it is read as the numbers that it is; tests hold it to be what `read_posterior`
    makes of the same file.
    """
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if line.startswith(COMMENT)]
    columns, *rows = lines[len(said) :]
    numbers = np.loadtxt(rows, delimiter=",", ndmin=2)
    keys = tuple(columns.split(","))
    weights = np.full(len(numbers), 1 / len(numbers))
    if keys[-1] == WEIGHT:
        keys, numbers, weights = keys[:-1], numbers[:, :-1], numbers[:, -1]
    return Posterior(keys, numbers, weights, SHIPPED_NAME, said[-1].removeprefix(COMMENT).strip())


def is_shipped(posterior: Posterior) -> bool:
    """Whether it is the shipped one, or what a scenario's own values leave of it.

    It is known by its particles: a file of somebody else may be called "shipped" too.
    """
    shipped = shipped_posterior()
    if len(posterior) != len(shipped) or not set(posterior.keys) <= set(shipped.keys):
        return False
    kept = [place for place, key in enumerate(posterior.keys) if posterior.currency == USD or key not in PRICES]
    columns = [shipped.keys.index(posterior.keys[place]) for place in kept]
    alike = np.array_equal(posterior.values[:, kept], shipped.values[:, columns])
    return alike and np.array_equal(posterior.weights, shipped.weights)


def posterior_of(wanted: Posterior | str | os.PathLike[str] | None) -> Posterior | None:
    """What is known of uncertain values.

    Args:
        wanted: a posterior, "shipped", the path of a file, or None for fixed values.

    Raises:
        ScenarioError: with every fault of the file.
    """
    if wanted is None or isinstance(wanted, Posterior):
        return wanted
    return shipped_posterior() if wanted == SHIPPED_NAME else read_posterior(wanted)


def read_posterior(path: str | os.PathLike[str]) -> Posterior:
    """Read a posterior.

    Its first lines may be comments, which begin with `#`; the first of them says what it was calibrated on, and
    `# name: NAME` what it is called, if not after its file; `# prices: EUR at 0.92 for one USD` what its prices are in,
    if not in USD. Then comes a header of dotted keys, and a row per particle.
    A column `weight` says how likely each is, in any unit; without it all are alike.

    Args:
        path: of the file.

    Raises:
        ScenarioError: with every fault of the file.
    """
    file = Path(path)
    sheet = read_spreadsheet(file, (), (*KEYS, WEIGHT), comment=COMMENT, unknown=_UNKNOWN)
    keys = tuple(column for column in sheet.columns if column != WEIGHT)
    for key in keys:
        if fault := why_not(key):
            sheet.blame(sheet.header, f"column {fault}")
    if sheet.header and not keys and not sheet.blamed:
        sheet.blame(sheet.header, "no column names a key; name what is not known, such as behaviour.initiative")
    allowed = [key for key in keys if not why_not(key)]
    values = _values(sheet, allowed)
    weights = _weights(sheet)
    if sheet.header and not sheet.blamed and not 1 <= len(sheet.rows) <= MOST_PARTICLES:
        sheet.blame_all(f"{sheet.label} has {len(sheet.rows):,} particles: allowed is 1 to {MOST_PARTICLES:,}")
    if sheet.faults:
        raise ScenarioError(refusal("the posterior", sheet.faults))
    priced = [found for comment in sheet.comments if (found := _IN.fullmatch(comment))]
    comments = [comment for comment in sheet.comments if not _IN.fullmatch(comment)]
    said = {comment.startswith(NAME): comment for comment in reversed(comments)}
    name = said[True].removeprefix(NAME).strip() if True in said else file.stem
    currency, rate = priced[0].groups() if priced else (USD, None)
    return Posterior(
        keys, values, weights, name, said.get(False, ""), currency, None if rate is None else _number(rate)
    )


def write_posterior(posterior: Posterior) -> str:
    """A file that reads back to the same posterior, digit by digit; weights are left out where all are alike."""
    about = f"{COMMENT} {' '.join(posterior.about.split())}\n" if posterior.about else ""
    if posterior.currency != USD:
        at = "" if posterior.rate is None else f" at {posterior.rate!r} for one USD"
        about += f"{COMMENT} prices: {posterior.currency}{at}\n"
    weighs = bool((posterior.weights != 1 / len(posterior)).any())
    numbers = np.column_stack([posterior.values, posterior.weights]) if weighs else posterior.values
    header = ",".join([*posterior.keys, *([WEIGHT] if weighs else [])])
    return f"{about}{header}\n{_lines(numbers.tobytes(), numbers.dtype.str, numbers.shape[1])}"


@lru_cache(maxsize=4)  # the scenarios of a comparison mostly leave the same open
def _lines(numbers: bytes, kind: str, columns: int) -> str:
    rows = np.frombuffer(numbers, dtype=kind).reshape(-1, columns).tolist()
    return "".join(",".join(map(repr, row)) + "\n" for row in rows)


def _rows(sheet: Spreadsheet) -> list[tuple[int, dict[str, str]]]:
    return list(zip(sheet.lines, sheet.rows, strict=True))


def _values(sheet: Spreadsheet, keys: Sequence[str]) -> NDArray[np.float64]:
    """Values of the rows, float[particles, keys]; looked at one by one only where one of them may not stand."""
    numbers = [[_number(row[key]) for key in keys] for row in sheet.rows]
    if numbers and keys and not any(None in row for row in numbers):
        values = np.array(numbers, dtype=np.float64)
        ends = zip(keys, values.min(axis=0).tolist(), values.max(axis=0).tolist(), strict=True)
        if not any(value_fault(key, least) or value_fault(key, most) for key, least, most in ends):
            return values
    return np.array([[_value(sheet, line, key, row[key]) for key in keys] for line, row in _rows(sheet)])


def _value(sheet: Spreadsheet, line: int, key: str, written: str) -> float:
    value = _number(written)
    if value is None:
        sheet.blame(line, f"{key} is {shown(written)}: allowed is {KEYS[key].allowed}{_comma(written)}")
        return 0.0
    if fault := value_fault(key, value):
        sheet.blame(line, fault)
    return value


def _weights(sheet: Spreadsheet) -> NDArray[np.float64]:
    """Weights of the rows with the sum 1, float[particles]."""
    count = len(sheet.rows)
    if WEIGHT not in sheet.columns:
        return np.full(count, 1 / max(count, 1))
    weights = np.zeros(count)
    for place, (line, row) in enumerate(_rows(sheet)):
        weight = _number(row[WEIGHT])
        if weight is None or weight < 0:
            sheet.blame(line, f"weight is {shown(row[WEIGHT])}: allowed is 0 or more{_comma(row[WEIGHT])}")
        else:
            weights[place] = weight
    whole = fsum(weights.tolist())
    if not sheet.blamed and not (whole > 0 and isfinite(whole)):
        sheet.blame_all(f"{sheet.label}: the weights sum to {whole:g}; give at least one particle a weight above 0")
        return weights
    # What was written by us has the sum 1 but for rounding: divided once more, it would not read back the same.
    return weights if abs(whole - 1) <= 1e-12 else weights / (whole or 1.0)


def _number(written: str) -> float | None:
    try:
        value = float(written)
    except ValueError:
        return None
    return value if isfinite(value) and "_" not in written else None


def _comma(written: str) -> str:
    return "; write the decimal point as a point" if _number(written.replace(",", ".")) is not None else ""
