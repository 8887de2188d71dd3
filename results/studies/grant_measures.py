"""What becomes of collaborations, and of their pairs, once a grant has run out."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from results.studies.studied_network import Grant, Network
from scenarios.observed.groups import Exposure

Counts = NDArray[np.float64]
"""Numerator and denominator, float[2]."""


def _ran_out(network: Network, wanted: Exposure, after: int) -> list[Grant]:
    """Grants of a group that their collaborations outlasted, and that can be followed for so many months.

    How two had met is asked for the month in which their grant began.
    """

    @cache
    def group(month: int) -> NDArray[np.bool_]:
        return network.group(wanted, month)

    last = network.scenario.last_month
    return [one for one in network.grants if one.over + after <= last and group(one.begun)[one.pair]]


def _going_on(network: Network, wanted: Exposure, months: Sequence[int]) -> Counts:
    asked = [one for one in _ran_out(network, wanted, months[0]) if one.end >= one.over]
    return _counts(sum(one.end > one.over + months[0] for one in asked), len(asked))


def _ending(network: Network, wanted: Exposure, months: Sequence[int]) -> Counts:
    """Those that go on in the later month, and in the earlier one; `rate` makes a yearly share of it."""
    first, last = months
    asked = [one for one in _ran_out(network, wanted, last) if one.end >= one.over]
    return _counts(sum(one.end > one.over + last for one in asked), sum(one.end > one.over + first for one in asked))


def _funded_again(network: Network, wanted: Exposure, months: Sequence[int]) -> Counts:
    """Pairs with another joint grant begun in the months after their first was over, of those with none running."""
    begun: dict[tuple[int, int], list[Grant]] = {}
    for one in network.grants:
        begun.setdefault(one.pair, []).append(one)
    again = in_all = 0
    for first in _ran_out(network, wanted, months[0]):
        mine = begun[first.pair]
        if first is not mine[0] or any(one.begun < first.over for one in mine[1:]):
            continue
        in_all += 1
        again += any(one.begun <= first.over + months[0] for one in mine[1:])
    return _counts(again, in_all)


def _counts(numerator: int, denominator: int) -> Counts:
    return np.array([numerator, denominator], dtype=np.float64)


OF_GRANTS: Mapping[str, Callable[[Network, Exposure, Sequence[int]], Counts]] = {
    "going_on": _going_on,
    "ending": _ending,
    "funded_again": _funded_again,
}
