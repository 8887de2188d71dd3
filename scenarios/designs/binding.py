"""What binds the factors of a design to each other, so that not every combination of their values may come."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Binding:
    """It. Nothing, where factors vary freely.

    Attributes:
        where: constraints that hold at every point, as they were written.
        share: of the space that they allow, estimated (0 to 1).
    """

    where: tuple[str, ...] = ()
    share: float = 1.0

    def __bool__(self) -> bool:
        return bool(self.where)

    def describe(self) -> dict[str, Any]:
        """It as plain data, for manifests; empty where there is nothing."""
        return {"where": list(self.where), "share": self.share} if self.where else {}


FREE = Binding()


def binding_of(plain: Mapping[str, Any]) -> Binding:
    """A binding from how manifests describe it."""
    return Binding(tuple(plain.get("where", ())), float(plain.get("share", 1.0)))
