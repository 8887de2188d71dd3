"""Sorting by lots, for compiled code.

numba's own argsort would do, but compiling it and what it calls made the first run many seconds longer.
"""

import numpy as np
from numpy.typing import NDArray

from simulation.compiling import compiled, small

FEW = 64
"""Up to so many, sorting by insertion is the quickest."""


@small
def _insert(lots: NDArray[np.float64], items: NDArray[np.int64], count: int) -> None:
    for place in range(1, count):
        lot, item, back = lots[place], items[place], place
        while back > 0 and lots[back - 1] > lot:
            lots[back], items[back] = lots[back - 1], items[back - 1]
            back -= 1
        lots[back], items[back] = lot, item


@small
def _rank(lots: NDArray[np.float64], items: NDArray[np.int64], count: int, into: NDArray[np.int64]) -> None:
    for one in range(count):
        lot, before = lots[one], 0
        for other in range(one):
            before += lots[other] <= lot
        for other in range(one + 1, count):
            before += lots[other] < lot
        into[before] = items[one]


@small
def _sift(lots: NDArray[np.float64], items: NDArray[np.int64], root: int, count: int) -> None:
    """Let the root of a heap sink to where nothing below it is larger."""
    lot, item = lots[root], items[root]
    while 2 * root + 1 < count:
        child = 2 * root + 1
        if child + 1 < count and lots[child + 1] > lots[child]:
            child += 1
        if lots[child] <= lot:
            break
        lots[root], items[root] = lots[child], items[child]
        root = child
    lots[root], items[root] = lot, item


@compiled
def sort_by_lot(lots: NDArray[np.float64], items: NDArray[np.int64], count: int) -> None:
    """Sort the first `count` items by their lots, smallest first, in place; the lots go with them."""
    if count <= FEW:
        _insert(lots, items, count)
        return
    for root in range(count // 2 - 1, -1, -1):
        _sift(lots, items, root, count)
    for last in range(count - 1, 0, -1):
        lots[0], lots[last] = lots[last], lots[0]
        items[0], items[last] = items[last], items[0]
        _sift(lots, items, 0, last)


@compiled
def put_in_order(lots: NDArray[np.float64], items: NDArray[np.int64], count: int, into: NDArray[np.int64]) -> None:
    """Put the first `count` items into another array as `sort_by_lot` would sort them; the lots may be moved.

    A FEW are counted instead of moved: how many come before each is the same place, and there is nothing to guess in
    it, which a processor does best.
    """
    if count <= FEW:
        _rank(lots, items, count, into)
        return
    into[:count] = items[:count]
    sort_by_lot(lots, into, count)
