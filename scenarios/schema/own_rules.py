"""Rules of one's own: decisions of members that a file of Python functions replaces."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

HEADING = "# rules: "
"""Begins the first line of the copy in a run folder, which says what the file was called; it is not part of the text."""


@dataclass(frozen=True)
class OwnRules:
    """What a file of rules holds. A scenario that carries it is run with them.

    Only text: nothing of it is run where a scenario is read, sent or kept. `simulation.own_rules` checks and loads it.

    Attributes:
        name: of the file, without its folder.
        text: of the file.
    """

    name: str
    text: str

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def mark(self) -> str:
        """The beginning of the hash, which tells compiled code of these rules from that of others."""
        return self.sha256[:12]

    def describe(self) -> dict[str, str]:
        """As plain data, for manifests."""
        return {"name": self.name, "sha256": self.sha256}

    def as_file(self) -> str:
        """The text with its name, as a run folder keeps it."""
        return f"{HEADING}{self.name}\n{self.text}"

    @classmethod
    def of_file(cls, name: str, text: str) -> "OwnRules":
        """What a file of this name holds; one that a run folder keeps has the name that it had before."""
        first, _, rest = text.partition("\n")
        return cls(first.removeprefix(HEADING), rest) if first.startswith(HEADING) else cls(name, text)
