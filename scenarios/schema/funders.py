"""A funder beside the first, as its own [[funder]] table in a file says it."""

from dataclasses import dataclass
from typing import Any

CLOSE = 1e-9
"""Shares sum to 1 if they do up to so much."""


@dataclass(frozen=True)
class CoFunder:
    """One of several that pay for a network; what is not said here means the same as under `funder` and `funder.shift`.

    Attributes:
        name: what it is called.
        backbone: share of the backbone that it pays; None for an equal part of what the others leave.
        grants: the same of the grants.
        entry: first month in which it pays.
        exit: last month in which it pays, or "never".
        taper: last months in which it pays less, going down in equal steps; or what is left of its shares in each.
    """

    name: str = ""
    backbone: float | None = None
    grants: float | None = None
    weight: float = 0.0
    priorities: tuple[float, ...] = ()
    entry: int = 1
    exit: int | str = "never"
    notice: int = 6
    taper: int | tuple[float, ...] = 0
    shift_month: int | str = "never"
    shift_facilitation: float = 1.0
    shift_grants: float = 1.0
    shift_priorities: tuple[float, ...] = ()

    @property
    def exit_month(self) -> int:
        """Last month in which it pays; 0 if it stays until the network closes."""
        return self.exit if isinstance(self.exit, int) else 0

    @property
    def taper_months(self) -> int:
        """Last months before its exit in which it pays less."""
        return self.taper if isinstance(self.taper, int) else len(self.taper)

    @property
    def shifts_in(self) -> int:
        """First month under its shifted priorities and budgets; 0 if they never shift."""
        return self.shift_month if isinstance(self.shift_month, int) else 0

    @property
    def announced(self) -> int:
        """Month in which it says that it leaves; 0 if it does not."""
        return self.exit_month - self.notice if self.exit_month else 0

    def is_there(self, month: int) -> bool:
        """Whether it pays in a month, taper or not."""
        return self.entry <= month and (not self.exit_month or month <= self.exit_month)

    def meets(self, other: "CoFunder") -> bool:
        """Whether there is a month in which both are there."""
        later = max(self.entry, other.entry)
        return self.is_there(later) and other.is_there(later)

    def value(self, own: str) -> Any:
        """What it says under one of its keys, such as "exit" or "shift.month"."""
        return vars(self)[own.replace(".", "_")]

    def said(self) -> dict[str, Any]:
        """Its keys as a file has them, those of its shift with a point; without those that are left out."""
        plain: dict[str, Any] = {}
        for name, value in vars(self).items():
            if value is not None:
                key = f"shift.{name.removeprefix('shift_')}" if name.startswith("shift_") else name
                plain[key] = list(value) if isinstance(value, tuple) else value
        return plain


def key_of(one: CoFunder, place: int, own: str) -> str:
    """What a key of a funder is called: of the first without, of the others with its name."""
    return f"funder.{one.name}.{own}" if place else f"funder.{own}"


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
