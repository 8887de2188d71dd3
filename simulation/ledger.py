"""What each budget line has cost up to each month of a network: read by both twins where somebody asks for it.

A row a month, amounts since the run began: what funders have paid for each of `outcomes.COST_PARTS`, what members have
paid of these in place of funders that have left, what members have spent of their own on attending and on work, and
the months of a full backbone that the facilitation so far has taken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.schema.settings import Settings
from simulation.outcomes import COST_PARTS

PARTS = len(COST_PARTS)
IN_PLACE, OWN, BACKBONE_MONTHS = PARTS, 2 * PARTS, 2 * PARTS + 1
"""Columns of a row: PARTS that funders have paid, from 0; as many that members have paid in their place, from IN_PLACE;
what members have spent of their own; months of a full backbone."""
COLUMNS = 2 * PARTS + 2
MONTHS_A_YEAR = 12


class Period(NamedTuple):
    """Some months in a row.

    Attributes:
        first: the first of them.
        last: the last.
    """

    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Ledger:
    """What each budget line cost in each period.

    Attributes:
        periods: the months that were simulated, each in one of them.
        flows: in each network, float[replicates, periods, COLUMNS].
    """

    periods: tuple[Period, ...]
    flows: NDArray[np.float64]


def periods_of(settings: Settings) -> tuple[Period, ...]:
    """Years from the first month that is simulated: months 1 to 12, 13 to 24 and so on.

    Where several pay, a year is cut where somebody begins to pay another share, so that the shares of a period are
    those of each of its months.
    """
    first, last = settings.network.today + 1, settings.last_month
    cuts = {month for month in range(first, last + 1) if (month - 1) % MONTHS_A_YEAR == 0}
    cuts |= {month for month in _changes(settings) if first < month <= last}
    begins = sorted(cuts | {first})
    ends = [*(month - 1 for month in begins[1:]), last]
    return tuple(Period(begin, end) for begin, end in zip(begins, ends, strict=True))


def _changes(settings: Settings) -> Iterator[int]:
    """Months in which shares may be others than in the month before."""
    if len(settings.funders) < 2:
        return
    for one in settings.funders:
        yield one.entry
        if one.exit_month:
            yield from range(one.exit_month - one.taper_months + 1, one.exit_month + 2)
        if one.shifts_in:
            yield one.shifts_in


def in_periods(courses: NDArray[np.float64], periods: Sequence[Period]) -> NDArray[np.float64]:
    """What was spent in each period.

    Args:
        courses: what was spent up to each month, float[replicates, months + 1, COLUMNS].
        periods: in their order, without gaps.

    Returns:
        float[replicates, periods, COLUMNS].
    """
    ends = courses[:, [periods[0].first - 1, *(one.last for one in periods)]]
    return np.diff(ends, axis=1)


def empty(replicates: int, months: int) -> NDArray[np.float64]:
    """Room for what was spent up to each month, float[replicates, months + 1, COLUMNS]."""
    return np.zeros((replicates, months + 1, COLUMNS))


def joined(one: Ledger | None, other: Ledger | None) -> Ledger | None:
    """The ledgers of replicates that follow each other; None where one of them has none."""
    if one is None or other is None:
        return None
    return Ledger(one.periods, np.concatenate([one.flows, other.flows]))
