"""Cash flow: what each budget line costs in each year, who pays it, and the staff time behind it, with intervals."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from results.estimates.pairs import Counted, estimated
from results.estimates.parameter_uncertainty import Unknown, unknown_of
from scenarios import Scenario, at_particle
from simulation.ledger import BACKBONE_MONTHS, IN_PLACE, MONTHS_A_YEAR, OWN, PARTS, Ledger, Period
from simulation.outcomes import COST_PARTS
from simulation.running.ensemble import Ensemble
from simulation.running.periods import financial_year
from simulation.who_pays import FOR_FACILITATION, FOR_GRANTS, who_pays

FUNDERS, MEMBERS, NOBODY = "funders", "members", ""
COST, IN_PLACE_OF, OWN_SPENDING, STAFF = "cost", "in_place_of_funders", "own_spending", "staff_months"
"""Lines besides those of `COST_PARTS`: what all funders pay together, and one of several; what members pay in place of
funders that have left; what they spend of their own; person-months of the backbone."""
GRANTS = COST_PARTS.index("cost_grants")


@dataclass(frozen=True)
class Flow:
    """One line in one year.

    Attributes:
        year: from 1, or the calendar year in which a financial year begins; 0 for the whole run.
        first: its first month.
        last: its last month.
        line: one of `COST_PARTS`, COST, IN_PLACE_OF, OWN_SPENDING or STAFF.
        paid_by: FUNDERS together, the name of one of several, MEMBERS, or NOBODY of staff time.
        mean: average over networks, in the scenario's currency; of staff time in person-months.
        low: lower end of the 95 % interval of the average; nan with too few networks.
        high: its upper end.
    """

    year: int
    first: int
    last: int
    line: str
    paid_by: str
    mean: float
    low: float
    high: float

    @property
    def is_whole(self) -> bool:
        """Whether it is of the whole run."""
        return self.year == 0


@dataclass(frozen=True)
class CashFlow:
    """All lines in all years, and in the whole run.

    Attributes:
        scenario: what was run.
        flows: years in order, the whole run last; lines in order within each.
        before: what funders had spent, and members of their own, until a run goes on from what is known of a network;
            in no year.
    """

    scenario: Scenario
    flows: tuple[Flow, ...]
    before: tuple[float, float] = (0.0, 0.0)

    @property
    def years(self) -> tuple[int, ...]:
        """Numbers of the years, see `Flow`."""
        return tuple(dict.fromkeys(one.year for one in self.flows if not one.is_whole))

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Each line, and who pays it, in order."""
        return tuple(dict.fromkeys((one.line, one.paid_by) for one in self.flows))

    @property
    def funders(self) -> tuple[str, ...]:
        """Names of funders, where there are several."""
        return tuple(payer for line, payer in self.lines if line == COST and payer != FUNDERS)

    def flow(self, year: int, line: str, paid_by: str = FUNDERS) -> Flow:
        """One line in one year; 0 is the whole run."""
        return next(one for one in self.flows if (one.year, one.line, one.paid_by) == (year, line, paid_by))


def cash_flow(ensemble: Ensemble) -> CashFlow:
    """What each line cost in each year.

    Args:
        ensemble: with its ledger.

    Raises:
        ValueError: if it has none.
    """
    if ensemble.ledger is None:
        raise ValueError(f"'{ensemble.scenario.name}' was run without its ledger; run it with ledger=True")
    unknown = unknown_of([ensemble.scenario], ensemble.first, ensemble.replicates)
    scenario, book = ensemble.scenario, ensemble.ledger
    years = np.array([year_of(scenario, one.first) for one in book.periods])
    flows: list[Flow] = []
    lines = list(_lines(ensemble, book))
    for year in (*dict.fromkeys(years.tolist()), 0):
        there = np.flatnonzero((years == year) | (year == 0))
        first, last = book.periods[there[0]].first, book.periods[there[-1]].last
        for line, payer, spent in lines:
            flows.append(Flow(year, first, last, line, payer, *_average(spent[:, there].sum(axis=1), unknown)))
    standing = scenario.roster.standing if scenario.roster is not None else None
    before = (0.0, 0.0) if standing is None else (float(standing.counted[0]), float(standing.counted[1]))
    return CashFlow(scenario, tuple(flows), before)


def year_of(scenario: Scenario, month: int) -> int:
    """The year that a month is in: a financial year where somebody knows when month 1 is, else from 1."""
    return financial_year(scenario, month) or (month - 1) // MONTHS_A_YEAR + 1


def _average(spent: NDArray[np.float64], unknown: Unknown | None) -> tuple[float, float, float]:
    if not spent.any():
        return 0.0, 0.0, 0.0
    found = estimated(Counted(spent, spent, spent, False, False, 0.0, inf), unknown)
    return found.mean, found.low, found.high


def _lines(ensemble: Ensemble, book: Ledger) -> Iterator[tuple[str, str, NDArray[np.float64]]]:
    """Each line, who pays it, and what it cost in each network and period."""
    paid = book.flows[:, :, :PARTS]
    for place, part in enumerate(COST_PARTS):
        yield part, FUNDERS, paid[:, :, place]
    yield COST, FUNDERS, paid.sum(axis=2)
    yield from _of_each_funder(ensemble, paid, book.periods)
    if (in_place := book.flows[:, :, IN_PLACE : IN_PLACE + PARTS].sum(axis=2)).any():
        yield IN_PLACE_OF, MEMBERS, in_place
    yield OWN_SPENDING, MEMBERS, book.flows[:, :, OWN]
    yield STAFF, NOBODY, book.flows[:, :, BACKBONE_MONTHS] * ensemble.scenario.costs.staff


def _of_each_funder(
    ensemble: Ensemble, paid: NDArray[np.float64], periods: tuple[Period, ...]
) -> Iterator[tuple[str, str, NDArray[np.float64]]]:
    """What each of several funders pays: of grants by its share of these, of all else by its share of the backbone."""
    scenario = ensemble.scenario
    funders = scenario.funders
    if len(funders) < 2:
        return
    known, first = scenario.posterior, ensemble.first
    varies = known is not None and any(key.startswith("funder.") for key in known.keys)
    particles = known.particles_of(first, ensemble.replicates) if known and varies else np.zeros(len(paid), np.int64)
    named = [one.name or f"funder {place}" for place, one in enumerate(funders, 1)]
    each = np.zeros((len(funders), *paid.shape[:2]))
    for particle in np.unique(particles).tolist():
        lived = at_particle(scenario, particle) if varies else scenario
        shares = shares_of_funders(lived, periods)  # float[periods, 2, funders]
        rows = particles == particle
        for place in range(len(funders)):
            for part in range(PARTS):
                kind = FOR_GRANTS if part == GRANTS else FOR_FACILITATION
                each[place][rows] += paid[rows, :, part] * shares[:, kind, place]
    for place, name in enumerate(named):
        yield COST, name, each[place]


def shares_of_funders(scenario: Scenario, periods: tuple[Period, ...]) -> NDArray[np.float64]:
    """Shares of the funders in what funders pay, float[periods, 2, funders].

    Where nobody pays, those of the last period in which somebody did: a capstone is paid by those who were there.
    """
    by_month = who_pays(scenario, last=scenario.last_month)[:, :, :-1]
    found = np.zeros((len(periods), 2, by_month.shape[2]))
    for place, period in enumerate(periods):
        shares = by_month[min(period.first, len(by_month)) - 1]
        whole = shares.sum(axis=1, keepdims=True)
        before = found[place - 1] if place else np.full_like(shares, 1 / shares.shape[1])
        found[place] = np.where(whole > 0, shares / np.where(whole > 0, whole, 1.0), before)
    return found
