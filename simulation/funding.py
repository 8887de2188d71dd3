"""Who pays in a month, and whose priorities count: what follows from the funders, whatever their number.

A row of numbers a funder, the first funder first. Read by both twins, so that the sums over funders stand once; what
one funder does in a month is in `rules`.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.schema.funders import CLOSE, CoFunder
from scenarios.schema.months import NOT_GIVEN
from scenarios.schema.settings import Settings
from simulation import rules
from simulation.compiling import compiled
from simulation.founding import priorities

BACKBONE, GRANTS, WEIGHT, ENTRY, EXIT, NOTICE, TAPER, SHIFT, SHIFT_FACILITATION, SHIFT_GRANTS = range(10)
COLUMNS = 10
"""Of a row: shares of the backbone and of the grants, weight in the agenda, months of entry, exit, notice and taper,
month of the shift (0 for never), what a shift leaves of facilitation and grants. After these: what the taper leaves."""


class InForce(NamedTuple):
    """What funders pay for in a month.

    Attributes:
        facilitation: what is left of the facilitation, 1 in full.
        grants: the same of the grants per call.
        facilitation_paid: share of that facilitation that funders pay; members pay the rest out of other money.
        grants_paid: the same of the grants.
    """

    facilitation: float
    grants: float
    facilitation_paid: float
    grants_paid: float


@compiled
def share_in_force(month: int, funder: NDArray[np.float64], share: int) -> float:
    """What a funder pays in a month of one of the things it pays for, by the column of its share."""
    taper = funder[COLUMNS : COLUMNS + int(funder[TAPER])]
    return rules.share_in_force(month, funder[share], int(funder[ENTRY]), int(funder[EXIT]), taper)


@compiled
def _weight(month: int, funder: NDArray[np.float64]) -> float:
    """Its weight in the agenda, which does not taper: it has its say as long as it pays."""
    return rules.share_in_force(month, funder[WEIGHT], int(funder[ENTRY]), int(funder[EXIT]), funder[:0])


@compiled
def _level(
    month: int, closing: int, winding: int, wind_down: float, replaced: float, funders: NDArray[np.float64], share: int,
    shift_factor: int,
) -> tuple[float, float]:  # fmt: skip
    """What is left of one budget, and the share of it that funders pay."""
    paid, lost, together, missing, gone = 0.0, 0.0, 0.0, 1.0, 0.0
    for one in range(funders.shape[0]):
        funder = funders[one]
        level = rules.level_in_force(month, closing, winding, int(funder[SHIFT]), funder[shift_factor], wind_down)
        still = share_in_force(month, funder, share)
        paid += still * level
        together += funder[share]
        missing -= still
        if month >= funder[ENTRY]:  # what has not come yet is not replaced
            lost += (funder[share] - still) * level
            gone += funder[share] - still
    if together > 1.0 + CLOSE and gone > missing:  # one has followed another, and pays again what that one took
        lost *= max(0.0, missing) / gone
    whole = paid + replaced * lost
    return whole, paid / whole if whole > 0.0 else 1.0


@compiled
def in_force(
    month: int, closing: int, winding: int, wind_down: float, replaced: float, funders: NDArray[np.float64]
) -> InForce:
    """Facilitation and grants of a month: each funder's share of what today's budgets would be, and what members add.

        sum over funders of share in force x level in force + replaced x (the same of what exits have taken)

    Members replace no more than what is missing where one funder has followed another, and nothing of what a funder
    that is still to come will pay.

    Args:
        month: the month.
        closing: last month of the network, 0 if it never closes.
        winding: first month at the wind-down level, 0 if there is none.
        wind_down: budgets at that level, against before.
        replaced: share of what exits take that members pay instead.
        funders: a row each, as `funders_of` gives them.
    """
    facilitation, facilitation_paid = _level(
        month, closing, winding, wind_down, replaced, funders, BACKBONE, SHIFT_FACILITATION
    )
    grants, grants_paid = _level(month, closing, winding, wind_down, replaced, funders, GRANTS, SHIFT_GRANTS)
    return InForce(facilitation, grants, facilitation_paid, grants_paid)


@compiled
def weights_in_force(month: int, funders: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weight of each funder in the agenda, float[funders]; one that has left, or is still to come, has none."""
    weights = np.empty(funders.shape[0])
    for one in range(funders.shape[0]):
        weights[one] = _weight(month, funders[one])
    return weights


@compiled
def weight_in_force(month: int, funders: NDArray[np.float64]) -> float:
    """Weight of all funders in the agenda of a month."""
    together = 0.0
    for one in range(funders.shape[0]):
        together += _weight(month, funders[one])
    return together


@compiled
def has_shifted(month: int, funders: NDArray[np.float64]) -> bool:
    """Whether the priorities of any funder have shifted."""
    shifted = 0
    for one in range(funders.shape[0]):
        shifted += 0 < funders[one, SHIFT] <= month
    return shifted > 0


@compiled
def priorities_in_force(
    month: int, funders: NDArray[np.float64], before: NDArray[np.float64], after: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Each funder's priorities in a month, float[funders, topics], of those before and after its shift."""
    now = before.copy()
    for one in range(funders.shape[0]):
        if 0 < funders[one, SHIFT] <= month:
            now[one] = after[one]
    return now


@compiled
def exit_shock(
    month: int, one: int, closing: int, replaced: float, size: float, softening: float, funders: NDArray[np.float64]
) -> float:
    """Share of its engagement that a member loses because a funder says this month that it leaves; mostly 0.

        notice_shock(notice) x (share of the backbone + share of the grants) / 2 x (1 - replaced)

    Ours, as the shock of a closing is: no study gives the effect of notice.

    Args:
        month: the month.
        one: number of the funder.
        closing: last month of the network as planned, 0 if it never closes.
        replaced: share of what exits take that members pay instead.
        size: of the shock of a closing without notice.
        softening: months of notice that halve it.
        funders: a row each, as `funders_of` gives them.
    """
    funder = funders[one]
    if not rules.announces_exit(month, int(funder[EXIT]), int(funder[NOTICE]), closing):
        return 0.0
    goes = 0.5 * float(funder[BACKBONE] + funder[GRANTS]) * (1.0 - replaced)
    return rules.notice_shock(int(funder[NOTICE]), size, softening) * goes


def settle_shares(funders: NDArray[np.float64]) -> None:
    """Put an equal part of what the others leave where a share is left out, in place; also compiled."""
    for share in (BACKBONE, GRANTS):
        rest, left_out = 1.0, 0
        for one in range(funders.shape[0]):
            if funders[one, share] == NOT_GIVEN:
                left_out += 1
            else:
                rest -= funders[one, share]
        for one in range(funders.shape[0]):
            if funders[one, share] == NOT_GIVEN:
                funders[one, share] = max(0.0, rest) / left_out


def joined(
    first: Any, shift: Any, derived: Any, others: NDArray[np.float64], listed: NDArray[np.float64],
    tapers: NDArray[np.float64],
) -> NDArray[np.float64]:  # fmt: skip
    """Rows of all funders; only compiled, for a page.

    Args:
        first: the first funder's record.
        shift: that of its shift.
        derived: what follows from them.
        others: the columns of the others, float[others, COLUMNS].
        listed: what the first funder's taper leaves month by month; empty where it goes down in equal steps.
        tapers: what the others' tapers leave, one behind another.
    """
    longest = derived.taper_months
    for one in range(others.shape[0]):
        longest = max(longest, int(others[one, TAPER]))
    funders = np.zeros((1 + others.shape[0], COLUMNS + longest))
    funders[0, BACKBONE], funders[0, GRANTS], funders[0, WEIGHT] = first.backbone, first.grants, first.weight
    funders[0, ENTRY], funders[0, EXIT], funders[0, NOTICE] = first.entry, derived.exit_month, first.notice
    funders[0, TAPER], funders[0, SHIFT] = derived.taper_months, derived.shift_month
    funders[0, SHIFT_FACILITATION], funders[0, SHIFT_GRANTS] = shift.facilitation, shift.grants
    for place in range(derived.taper_months):
        step = rules.even_step(place, derived.taper_months)
        funders[0, COLUMNS + place] = listed[place] if listed.shape[0] > 0 else step
    begins = 0
    for one in range(others.shape[0]):
        funders[1 + one, :COLUMNS] = others[one]
        for place in range(int(others[one, TAPER])):
            funders[1 + one, COLUMNS + place] = tapers[begins + place]
        begins += int(others[one, TAPER])
    settle_shares(funders)
    return funders


def stacked(first: NDArray[np.float64], others: NDArray[np.float64], funders: int) -> NDArray[np.float64]:
    """Priorities of all funders, float[funders, topics]; `others` are empty where none of them has any."""
    together = np.ones((funders, first.shape[0]))
    together[0] = first
    if others.shape[0] > 0:
        together[1:] = others
    return together


def rows_as_given(settings: Settings) -> NDArray[np.float64]:
    """The columns of each funder, float[funders, COLUMNS], NOT_GIVEN where a share is left out."""
    return np.array([
        [
            *(NOT_GIVEN if share is None else share for share in (one.backbone, one.grants)), one.weight,
            one.entry, one.exit_month, one.notice, one.taper_months, one.shifts_in, one.shift_facilitation,
            one.shift_grants,
        ]
        for one in settings.funders
    ], np.float64)  # fmt: skip


def taper_of(funder: CoFunder) -> list[float]:
    """What is left of its share in each month of its taper."""
    if isinstance(funder.taper, int):
        return [rules.even_step(place, funder.taper) for place in range(funder.taper)]
    return list(funder.taper)


def funders_of(settings: Settings) -> NDArray[np.float64]:
    """A row each, float[funders, COLUMNS + months of the longest taper]."""
    tapers = [taper_of(one) for one in settings.funders]
    funders = np.zeros((len(tapers), COLUMNS + max(map(len, tapers))))
    funders[:, :COLUMNS] = rows_as_given(settings)
    for row, taper in zip(funders, tapers, strict=True):
        row[COLUMNS : COLUMNS + len(taper)] = taper
    settle_shares(funders)
    return funders


def others_priorities(settings: Settings) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Priorities of the funders after the first, before and after shifts; empty where none of them has any."""
    others, topics = settings.funder.others, settings.network.topics
    if not any(one.priorities or one.shift_priorities for one in others):
        return np.empty((0, topics)), np.empty((0, topics))
    both = [
        priorities(np.array(one.priorities, np.float64), np.array(one.shift_priorities, np.float64), topics)
        for one in others
    ]
    return np.array([before for before, _ in both]), np.array([after for _, after in both])


def priorities_of(settings: Settings) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Priorities of all funders before and after their shifts, each float[funders, topics]."""
    given, shifted = (np.array(of.priorities, np.float64) for of in (settings.funder, settings.funder.shift))
    first, count = priorities(given, shifted, settings.network.topics), len(settings.funders)
    before, after = (
        stacked(one, others, count) for one, others in zip(first, others_priorities(settings), strict=True)
    )
    return before, after
