"""Periods of a ledger, cut at financial years too where somebody knows when the network began."""

from scenarios.schema.settings import Settings
from simulation.ledger import MONTHS_A_YEAR, Period, periods_of


def financial_year(settings: Settings, month: int) -> int:
    """The financial year that a month is in, named by the year in which it begins; 0 where nobody knows the date."""
    if not settings.costs.begins:
        return 0
    year, first = (int(part) for part in settings.costs.begins.split("-"))
    counted = year * MONTHS_A_YEAR + first - 1 + month - 1
    return (counted - (int(settings.costs.financial_year) - 1)) // MONTHS_A_YEAR


def periods_of_run(settings: Settings) -> tuple[Period, ...]:
    """As `periods_of` has them, each in one financial year."""
    periods: list[Period] = []
    for one in periods_of(settings):
        first = one.first
        for month in range(one.first + 1, one.last + 1):
            if financial_year(settings, month) != financial_year(settings, month - 1):
                periods.append(Period(first, month - 1))
                first = month
        periods.append(Period(first, one.last))
    return tuple(periods)
