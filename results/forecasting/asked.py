"""What a forecast is of: outcomes in months, as they are written, `collaboration_rate@24`."""

from collections.abc import Sequence
from dataclasses import dataclass

from results.estimates.bounds import YES_OR_NO
from scenarios import Scenario
from scenarios.files.faults import RequestError, near_miss
from simulation.outcomes import MONTHLY_NAMES, NAMES, Outcome, is_outcome, outcome_named

OF_MEMBERS = ("collaboration_rate", "active_rate", "legacy_rate", "retention", "uptake", "practice")
"""Shares of the members, whose facts may be counts of so many who answered."""


@dataclass(frozen=True)
class Asked:
    """An outcome that is predicted.

    Attributes:
        outcome: which.
        month: at whose end it is counted; None for what is said of a whole run.
    """

    outcome: Outcome
    month: int | None

    @property
    def name(self) -> str:
        """As it is written."""
        return self.outcome.name if self.month is None else f"{self.outcome.name}@{self.month}"

    @property
    def yes_or_no(self) -> bool:
        """Whether it happens or not."""
        return self.outcome.name in YES_OR_NO


def read_asked(written: Sequence[str], scenario: Scenario) -> tuple[Asked, ...]:
    """The outcomes that are meant, each once.

    A monthly outcome without a month is meant in the scenario's reporting month.

    Raises:
        RequestError: if there is no such outcome or month, with what is allowed.
    """
    if not written:
        raise RequestError("of", "left out; name what is predicted, such as --of collaboration_rate@24")
    found = []
    for one in written:
        name, at, text = one.partition("@")
        if not is_outcome(name):
            hint = near_miss(name, NAMES) or f"; allowed: {', '.join(NAMES)}"
            raise RequestError("of", f"no outcome is called '{name}'{hint}")
        monthly = name in MONTHLY_NAMES
        if at and not monthly:
            raise RequestError("of", f"'{one}': {name} is said of a whole run; leave the month out")
        month = scenario.reporting_month if monthly else None
        if at:
            first = scenario.network.today + 1
            allowed = f"allowed are months from {first} to {scenario.last_month}, the last that is simulated"
            if not text.isdecimal() or not first <= int(text) <= scenario.last_month:
                raise RequestError("of", f"'{one}': {allowed}")
            month = int(text)
        found.append(Asked(outcome_named(name), month))
    return tuple(dict.fromkeys(found))
