"""What an adaptive design is after: where an outcome reaches a threshold, or the outcome everywhere."""

import re
from dataclasses import dataclass
from typing import Literal

from scenarios.files.faults import RequestError, shown

FORM = "OUTCOME >= VALUE or OUTCOME <= VALUE, such as 'collaboration_rate >= 0.7'"
_FORM = re.compile(r"\s*([A-Za-z_][\w.]*)\s*(>=|<=|>|<)\s*(\S+)\s*")


@dataclass(frozen=True)
class Toward:
    """An outcome, and the threshold that points are to be added near.

    Attributes:
        outcome: its name.
        value: the threshold, in the outcome's unit; None where the outcome is to be known everywhere.
        side: on which side it is met.
    """

    outcome: str
    value: float | None = None
    side: Literal[">=", "<="] = ">="

    def describe(self) -> dict[str, object]:
        """The same as JSON values."""
        return {"outcome": str(self.outcome), "value": self.value, "side": self.side}

    def __str__(self) -> str:
        return self.outcome if self.value is None else f"{self.outcome} {self.side} {self.value:g}"


def read_toward(text: str) -> Toward:
    """Read a threshold as `--toward` writes it.

    Raises:
        RequestError: if it cannot be read, with what is allowed.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise RequestError("toward", f"{shown(text)}; write {FORM}")
    outcome, sign, written = found.groups()
    try:
        value = float(written)
    except ValueError:
        raise RequestError("toward", f"{shown(written)} is not a number; write {FORM}") from None
    if not abs(value) < 1e300:
        raise RequestError("toward", f"{shown(written)} is not a finite number; write {FORM}")
    return Toward(outcome, value, ">=" if sign[0] == ">" else "<=")
