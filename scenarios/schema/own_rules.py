"""Rules of one's own: decisions of members that a file of Python functions replaces."""

import hashlib
from dataclasses import dataclass

HEADING = "# rules: "
"""Begins the first line of the copy in a run folder, which says what the file was called."""


@dataclass(frozen=True)
class OwnRules:
    """What a file of rules holds, see `own_rules`. A scenario that carries it is run with them.

    Only text: nothing of it is run where a scenario is read, sent or kept. `simulation.own_rules` checks and loads it.

    Attributes:
        name: of the file, without its folder.
        text: of the file.
        sha256: of the text.
    """

    name: str
    text: str
    sha256: str


def own_rules(name: str, text: str) -> OwnRules:
    """Rules of this text."""
    return OwnRules(name, text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def rules_of_file(name: str, text: str) -> OwnRules:
    """What a file of this name holds; one that a run folder keeps has the name that it had before."""
    first, _, rest = text.partition("\n")
    return own_rules(first.removeprefix(HEADING), rest) if first.startswith(HEADING) else own_rules(name, text)


def file_of_rules(rules: OwnRules) -> str:
    """The text with its name, as a run folder keeps it."""
    return f"{HEADING}{rules.name}\n{rules.text}"


def mark_of(rules: OwnRules | None) -> str:
    """The beginning of the hash, by which compiled code of these rules is told apart; "" of the shipped ones."""
    return "" if rules is None else rules.sha256[:12]
