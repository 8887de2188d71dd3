"""What can be taken away from the page besides the scenario: the brief."""

from results.explored import Explored


class BriefError(RuntimeError):
    """A brief that cannot be written; the message says why."""


def brief_file(found: Explored) -> dict[str, str]:
    """The report of `legato compare` for what is shown, as a file to be saved."""
    raise BriefError(f"a brief of {found.this.name} cannot be written yet")
