"""Outcomes of one's own: what a file of Python functions counts in every month, beside the shipped outcomes."""

import hashlib
from dataclasses import dataclass

HEADING = "# outcomes: "
"""Begins the first line of the copy in a run folder, which says what the file was called."""


@dataclass(frozen=True)
class OwnOutcomes:
    """What a file of outcomes holds, see `own_outcomes`. A scenario that carries it is run with them.

    Only text: nothing of it is run where a scenario is read, sent or kept. `simulation.own_outcomes` loads it.

    Attributes:
        name: of the file, without its folder.
        text: of the file.
        sha256: of the text.
    """

    name: str
    text: str
    sha256: str


def own_outcomes(name: str, text: str) -> OwnOutcomes:
    """Outcomes of this text."""
    return OwnOutcomes(name, text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def outcomes_of_file(name: str, text: str) -> OwnOutcomes:
    """What a file of this name holds; one that a run folder keeps has the name that it had before."""
    first, _, rest = text.partition("\n")
    return own_outcomes(first.removeprefix(HEADING), rest) if first.startswith(HEADING) else own_outcomes(name, text)


def file_of_outcomes(outcomes: OwnOutcomes) -> str:
    """The text with its name, as a run folder keeps it."""
    return f"{HEADING}{outcomes.name}\n{outcomes.text}"
