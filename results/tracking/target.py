"""A target as it is written: `collaboration_rate@25>=0.7`."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.estimates.bounds import YES_OR_NO
from results.forecasting.asked import read_asked
from scenarios import Scenario
from scenarios.files.faults import RequestError, shown
from scenarios.reading.roster import finite_number
from simulation.outcomes import MONTHLY_NAMES, outcome_named

_WRITTEN = re.compile(r"\s*([a-z_]+)\s*(?:@\s*(\d+))?\s*(>=|<=)\s*(\S+?)\s*(%?)\s*")
_CLOSE = 1e-9


@dataclass(frozen=True)
class Target:
    """What is to be reached.

    Attributes:
        outcome: a monthly one.
        month: at whose end it counts.
        at_least: whether the value is the least that will do, or the most.
        value: in the outcome's unit.
    """

    outcome: str
    month: int
    at_least: bool
    value: float

    def reached(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Where it is."""
        return values >= self.value - _CLOSE if self.at_least else values <= self.value + _CLOSE

    @property
    def written(self) -> str:
        """As it is asked for."""
        return f"{self.outcome}@{self.month}{'>=' if self.at_least else '<='}{self.value:g}"


def read_target(written: str, scenario: Scenario, now: int) -> Target:
    """The target that is meant; its month is the scenario's reporting month if it is left out.

    Raises:
        RequestError: if it cannot be read, or is of no month to come.
    """
    found = _WRITTEN.fullmatch(written)
    value = finite_number(found[4]) if found else None
    if found is None or value is None:
        raise RequestError("target", f"{shown(written)}; allowed is OUTCOME@MONTH>=VALUE or <=, such as "
                                     '"collaboration_rate@25>=0.7", in double quotes')  # fmt: skip
    name, at = found[1], f"@{found[2]}" if found[2] else ""
    try:
        (asked,) = read_asked([f"{name}{at}"], scenario)
    except RequestError as error:
        raise RequestError("target", error.text) from None
    if asked.month is None:
        raise RequestError("target", f"{name} is said of a whole run; allowed are outcomes of a month: "
                                     f"{', '.join(MONTHLY_NAMES)}")  # fmt: skip
    if asked.month <= now:
        raise RequestError("target", f"month {asked.month} is over: what was observed goes to month {now}; name a "
                                     f"later one, up to {scenario.last_month}")  # fmt: skip
    value = value / 100 if found[5] else value
    if outcome_named(name).scale in ("share", "level") and not 0 <= value <= 1:
        hint = f"; did you mean {value / 100:g}?" if 1 < value <= 100 else ""
        raise RequestError("target", f"{written}: {name} runs from 0 to 1{hint}")
    if name in YES_OR_NO and value not in (0, 1):
        raise RequestError("target", f"{written}: {name} is 1 (yes) or 0 (no) in one network")
    return Target(name, asked.month, found[3] == ">=", value)
