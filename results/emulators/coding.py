"""Inputs as an emulator takes them: numbers from 0 to 1, names as columns of their own, "never" beside the months."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True)
class CodedInput:
    """One input.

    Attributes:
        key: of it.
        low: its least value; of levels without an order 0.
        high: its greatest.
        rows: of levels, the columns of each, in the order of their codes; () of a number.
    """

    key: str
    low: float
    high: float
    rows: tuple[tuple[float, ...], ...] = ()

    @property
    def width(self) -> int:
        """Columns that it takes."""
        return len(self.rows[0]) if self.rows else 1


@dataclass(frozen=True)
class Coding:
    """All inputs, in their order."""

    inputs: tuple[CodedInput, ...]

    @property
    def width(self) -> int:
        """Columns in all."""
        return sum(one.width for one in self.inputs)

    def columns(self, values: Values) -> Values:
        """Numbers and codes of levels, float[points, inputs] -> float[points, columns]."""
        found = []
        for place, one in enumerate(self.inputs):
            if one.rows:
                found.append(np.array(one.rows)[values[:, place].astype(np.int64)])
            else:
                found.append(((values[:, place] - one.low) / max(one.high - one.low, 1e-300))[:, None])
        return np.concatenate(found, axis=1)


def coded(keys: Sequence[str], values: Values, levels: Sequence[Sequence[Any]] = ()) -> Coding:
    """How inputs are coded.

    Args:
        keys: of the inputs.
        values: float[points, inputs], numbers or codes of levels.
        levels: of each input, the levels without an order that its codes stand for; () of a number.
    """
    return Coding(
        tuple(
            CodedInput(key, 0.0, float(len(named) - 1), _rows(named))
            if named
            else CodedInput(key, float(values[:, place].min()), float(values[:, place].max()))
            for place, (key, named) in enumerate(zip(keys, levels or [()] * len(keys), strict=True))
        )
    )


def _rows(levels: Sequence[Any]) -> tuple[tuple[float, ...], ...]:
    """Columns of each level: numbers keep their distance, and a word among them has the last one's and a mark."""
    numbers = [float(one) for one in levels if _is_number(one)]
    words = [one for one in levels if not _is_number(one)]
    if len(set(numbers)) > 1 and words:
        low, wide = min(numbers), max(numbers) - min(numbers)
        return tuple(
            ((float(one) - low) / wide, *(0.0 for _ in words))
            if _is_number(one)
            else (1.0, *(1.0 if word == one else 0.0 for word in words))
            for one in levels
        )
    if len(levels) == 2:
        return ((0.0,), (1.0,))
    return tuple(tuple(1.0 if place == other else 0.0 for other in range(len(levels))) for place in range(len(levels)))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
