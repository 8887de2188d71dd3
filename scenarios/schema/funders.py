"""A funder beside the first, as its own [[funder]] table in a file says it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class CoFunder:
    """One of several that pay for a network; what is not said here means the same as under `funder` and `funder.shift`.

    Attributes:
        name: what it is called.
        backbone: share of the backbone that it pays; None for an equal part of what the others leave.
        grants: the same of the grants.
        exit: last month in which it pays, or "never".
    """

    name: str = ""
    backbone: float | None = None
    grants: float | None = None
    weight: float = 0.0
    priorities: tuple[float, ...] = ()
    exit: int | str = "never"
    notice: int = 6
    taper: int = 0
    shift_month: int | str = "never"
    shift_facilitation: float = 1.0
    shift_grants: float = 1.0
    shift_priorities: tuple[float, ...] = ()

    @property
    def exit_month(self) -> int:
        """Last month in which it pays; 0 if it stays until the network closes."""
        return self.exit if isinstance(self.exit, int) else 0

    @property
    def shifts_in(self) -> int:
        """First month under its shifted priorities and budgets; 0 if they never shift."""
        return self.shift_month if isinstance(self.shift_month, int) else 0

    @property
    def announced(self) -> int:
        """Month in which it says that it leaves; 0 if it does not."""
        return self.exit_month - self.notice if self.exit_month else 0

    def said(self) -> dict[str, Any]:
        """Its keys as a file has them, those of its shift with a point; without those that are left out."""
        plain: dict[str, Any] = {}
        for name, value in vars(self).items():
            if value is not None:
                key = f"shift.{name.removeprefix('shift_')}" if name.startswith("shift_") else name
                plain[key] = list(value) if isinstance(value, tuple) else value
        return plain


def plain_value(value: Any) -> Any:
    """A value as plain data: a list for a tuple, a table for a funder."""
    if isinstance(value, tuple):
        return [plain_value(one) for one in value]
    return value.said() if isinstance(value, CoFunder) else value


def shares(given: list[float | None]) -> list[float]:
    """Shares of funders in the same thing, those that are left out being equal parts of what the others leave."""
    rest, left_out = 1.0, 0
    for one in given:
        if one is None:
            left_out += 1
        else:
            rest -= one
    return [max(0.0, rest) / left_out if one is None else one for one in given]
