"""What a forest plot shows of each outcome: its differences, in which unit, on how long an axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from results.words.currency import CURRENCY, shown_currency
from simulation.outcomes import OUTCOMES, Outcome, outcome_named

UNITS = {
    "collaborations": "collaborations",
    "collaborations_formed": "collaborations",
    "new_relationships": "members",
    "evidence": "pieces",
}
"""What a count counts, where its label does not end in it."""


class PairedDifference(Protocol):
    """What is drawn of a difference: an outcome of a scenario less the baseline's, in the outcome's unit."""

    @property
    def scenario(self) -> str:
        """Name of the scenario compared."""

    @property
    def outcome(self) -> str:
        """Name of the outcome."""

    @property
    def mean(self) -> float:
        """Mean of the paired differences; nan where there is none."""

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval; nan with fewer than two pairs."""

    @property
    def high(self) -> float:
        """Upper end; nan with fewer than two pairs."""

    @property
    def replicates(self) -> int:
        """Pairs behind the mean."""

    @property
    def same_members(self) -> bool:
        """Whether a pair has the same luck throughout."""


@dataclass(frozen=True)
class Cell:
    """One outcome's differences on one axis: `factor` turns the outcome's unit into the axis's."""

    outcome: Outcome
    rows: tuple[PairedDifference | None, ...]
    unit: str
    factor: float
    reach: float  # half the length of the axis

    @property
    def title(self) -> str:
        """The outcome in plain words."""
        return self.outcome.label[0].upper() + self.outcome.label[1:]


def cells(differences: Sequence[PairedDifference], scenarios: Sequence[str]) -> list[Cell]:
    """A cell for each headline outcome, shares first, then counts, then money; a row for each scenario."""
    found = {(one.scenario, one.outcome): one for one in differences}
    there = [outcome_named(name) for name in dict.fromkeys(one.outcome for one in differences)]
    headline = [
        *(one for one in OUTCOMES if one.headline and one in there),
        *(one for one in there if one not in OUTCOMES),
    ]
    order = {"share": 0, "level": 0, "index": 1, "count": 1, "usd": 2}
    made = []
    for outcome in sorted(headline, key=lambda outcome: order[outcome.scale]):
        rows = tuple(found.get((scenario, outcome.name)) for scenario in scenarios)
        furthest = _furthest(rows)
        unit, factor = _unit(outcome, furthest)
        made.append(Cell(outcome, rows, unit, factor, 1.12 * (furthest * factor or 1.0)))
    # Shares are read against each other, so they stand on one scale.
    shared = max((cell.reach for cell in made if order[cell.outcome.scale] == 0), default=1.0)
    return [
        Cell(cell.outcome, cell.rows, cell.unit, cell.factor, shared) if order[cell.outcome.scale] == 0 else cell
        for cell in made
    ]


def _furthest(rows: Sequence[PairedDifference | None]) -> float:
    values = np.array([value for row in rows if row for value in (row.mean, row.low, row.high)], dtype=float)
    return float(np.max(np.abs(values[np.isfinite(values)]), initial=0.0))


def _unit(outcome: Outcome, furthest: float) -> tuple[str, float]:
    match outcome.scale:
        case "share" | "level":
            return "percentage points", 100.0
        case "usd":
            money = "US dollars" if shown_currency() == CURRENCY else shown_currency()
            return (f"thousand {money}", 1e-3) if furthest >= 5000 else (money, 1.0)
        case _:
            return outcome.unit or UNITS.get(outcome.name, outcome.label), 1.0
