"""Tables of emulators, for a run folder: held-out points, and surfaces over the two strongest inputs."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from results.emulating.trained import Trained
from results.folders.parquet import Columns

HELD_OUT, SURFACES = "held-out.parquet", "surfaces.parquet"


def tables_of(found: Sequence[Trained]) -> dict[str, Columns]:
    """Name of the file -> its columns."""
    return {HELD_OUT: held_out_columns(found), SURFACES: surface_columns(found)}


def held_out_columns(found: Sequence[Trained]) -> Columns:
    """A row for each emulator and held-out point: simulated, predicted, and the 90 % interval of a simulated mean."""
    each = [(one, one.checked) for one in found if one.checked is not None]
    return {
        "outcome": [one.outcome for one, _ in each for _ in one.points],
        "of": [one.of for one, _ in each for _ in one.points],
        "point": np.concatenate([one.points for one, _ in each]).astype(np.int64),
        "simulated": np.concatenate([checked.simulated for _, checked in each]),
        "predicted": np.concatenate([checked.predicted for _, checked in each]),
        "low": np.concatenate([checked.low for _, checked in each]),
        "high": np.concatenate([checked.high for _, checked in each]),
    }


def surface_columns(found: Sequence[Trained]) -> Columns:
    """A row for each emulator and place of its surface; values of levels without an order are their places."""
    each = [(one, one.surface()) for one in found if one.checked is not None]
    columns: dict[str, Any] = {
        "outcome": [one.outcome for one, surface in each for _ in surface["across"]],
        "of": [one.of for one, surface in each for _ in surface["across"]],
        "across": [key for _, surface in each for key in surface["across"]],
        "up": [key for _, surface in each for key in surface["up"]],
    }
    for name in ("across_value", "up_value", "predicted", "low", "high"):
        columns[name] = np.concatenate([np.asarray(surface[name], dtype=np.float64) for _, surface in each])
    return columns
