"""What binds the factors of a design to each other, so that not every combination of their values is as likely."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Binding:
    """It. Nothing, where factors vary freely.

    Attributes:
        where: constraints that hold at every point, as they were written.
        share: of the space that they allow, estimated (0 to 1).
        correlate: pairs of keys that go together, with their rank correlation.
        together: keys whose values come from rows of a table, each row as a whole.
    """

    where: tuple[str, ...] = ()
    share: float = 1.0
    correlate: tuple[tuple[str, str, float], ...] = ()
    together: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.where or self.correlate or self.together)

    @property
    def options(self) -> str:
        """What asked for it, as the command line has it."""
        asked = {"--where": self.where, "--correlate": self.correlate, "--table": self.together}
        return " and ".join(option for option, what in asked.items() if what)

    def describe(self) -> dict[str, Any]:
        """It as plain data, for manifests; empty where there is nothing."""
        plain: dict[str, Any] = {"where": list(self.where), "share": self.share} if self.where else {}
        if self.correlate:
            plain["correlate"] = [list(pair) for pair in self.correlate]
        return {**plain, "together": list(self.together)} if self.together else plain


FREE = Binding()


def binding_of(plain: Mapping[str, Any]) -> Binding:
    """A binding from how manifests describe it."""
    return Binding(
        tuple(plain.get("where", ())),
        float(plain.get("share", 1.0)),
        tuple((one, other, float(size)) for one, other, size in plain.get("correlate", ())),
        tuple(plain.get("together", ())),
    )
