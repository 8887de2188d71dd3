"""What was observed of a network so far, outcome by outcome, month by month."""

from dataclasses import dataclass
from typing import Any

SO_FAR = ("collaboration_rate", "founders_rate", "collaborations_formed", "evidence", "translation", "months_worked",
          "uptake", "cost", "members_cost")  # fmt: skip
"""Monthly outcomes that never fall."""


@dataclass(frozen=True)
class Observation:
    """What was observed of an outcome at the end of a month.

    Attributes:
        outcome: its name.
        month: at whose end.
        value: in the outcome's own unit.
        of: members that it is the share of, where fewer than all answered; None where all were looked at.
        error: its standard error, in the same unit; 0 where it is exact.
        place: of the file, for messages.
    """

    outcome: str
    month: int
    value: float
    of: int | None = None
    error: float = 0.0
    place: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether it is taken as it is written."""
        return self.of is None and self.error == 0.0

    def describe(self) -> dict[str, Any]:
        """As plain data, for the manifest."""
        return {"outcome": self.outcome, "month": self.month, "value": self.value, "of": self.of, "error": self.error}


@dataclass(frozen=True)
class Progress:
    """All that was observed.

    Attributes:
        observed: by month, then in order of the outcomes.
        remarks: what was done with it that a reader may not expect, in sentences.
        today: the month up to which it goes; 0: the last of which anything was observed.
    """

    observed: tuple[Observation, ...]
    remarks: tuple[str, ...] = ()
    today: int = 0

    @property
    def now(self) -> int:
        """The month up to which it goes."""
        return self.today or max(one.month for one in self.observed)

    def last(self, outcome: str) -> Observation | None:
        """The latest observation of an outcome."""
        mine = [one for one in self.observed if one.outcome == outcome]
        return mine[-1] if mine else None

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes that were observed."""
        return tuple(dict.fromkeys(one.outcome for one in self.observed))

    def describe(self) -> list[dict[str, Any]]:
        """As plain data, for the manifest."""
        return [one.describe() for one in self.observed]


def progress_of(described: list[dict[str, Any]], today: int) -> Progress:
    """The same from a manifest."""
    return Progress(tuple(Observation(**one) for one in described), today=today)
