"""Which funder pays what of a month, and what members pay in place of those that have left: by shares, not by money."""

import numpy as np
from numpy.typing import NDArray

from scenarios.schema.settings import Settings
from simulation import funding, rules

FOR_FACILITATION, FOR_GRANTS = 0, 1


def who_pays(settings: Settings, last: int | None = None) -> NDArray[np.float64]:
    """Shares of what facilitation and grants cost in each month until the closing as planned, or as a renewal moves it.

    The first shares are of the backbone, attendance, sessions and introductions, the second of grants that are awarded.
    Capstone and handover are paid by funders alone. A month in which nobody pays anything has shares of 0.

    Args:
        settings: with its funders.
        last: last month of a network that lives longer than was planned; as planned if left out.

    Returns:
        float[months, 2, funders + 1], month 1 first; the last column is what members pay.
    """
    funders, closing = funding.funders_of(settings), settings.closing_month
    months = min(closing, settings.last_month) if closing else settings.last_month
    months = months if last is None else last
    closing = max(closing, months) if closing else 0
    winding, wind_down = settings.wind_down_month, settings.closing.wind_down
    found = np.zeros((months, 2, len(funders) + 1))
    kinds = ((funding.BACKBONE, funding.SHIFT_FACILITATION), (funding.GRANTS, funding.SHIFT_GRANTS))
    for month in range(1, months + 1):
        force = funding.in_force(month, closing, winding, wind_down, settings.members.replacement, funders)
        for kind, (whole, (share, factor)) in enumerate(zip((force.facilitation, force.grants), kinds, strict=True)):
            if whole <= 0.0:
                continue
            for one, row in enumerate(funders):
                still = funding.share_in_force(month, row, share)
                level = rules.level_in_force(month, closing, winding, int(row[funding.SHIFT]), row[factor], wind_down)
                found[month - 1, kind, one] = still * level / whole
        found[month - 1, FOR_FACILITATION, -1] = 1.0 - force.facilitation_paid
        found[month - 1, FOR_GRANTS, -1] = 1.0 - force.grants_paid
    return found
