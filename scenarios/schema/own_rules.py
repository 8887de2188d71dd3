"""Rules of one's own: decisions of members that a file of Python functions replaces."""

from dataclasses import dataclass
from typing import ClassVar

from scenarios.schema.own_files import OwnFile


@dataclass(frozen=True)
class OwnRules(OwnFile):
    """A file of rules; `simulation.own_rules` checks and loads it."""

    KIND: ClassVar[str] = "rules"
