"""`legato new`: a scenario of one's own, with the members of a real network if there are any."""

from dataclasses import KW_ONLY, dataclass
from os import PathLike
from pathlib import Path

from typing_extensions import TypedDict

import scenarios
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.statement import Statement
from results.folders.files import WriteError
from scenarios.files.faults import RequestError
from scenarios.files.on_every_system import typed


class NewDocument(TypedDict):
    """What `new --json` prints."""

    folder: str
    files: list[str]


@dataclass(frozen=True)
class New:
    """A folder with a scenario of one's own, which runs at once.

    Attributes:
        directory: the folder to make; it may exist if it is empty.
        members: the network's members: members.csv, GraphML, or a Kumu sheet of elements; a dozen invented
            organizations if left out.
        ties: their ties from before: ties.csv, or a Kumu sheet of connections; GraphML holds its own.
    """

    directory: str | PathLike[str]
    _: KW_ONLY
    members: str | PathLike[str] | None = None
    ties: str | PathLike[str] | None = None

    def answer(self, listener: Listener = HERE) -> "NewAnswer":
        """Make the folder; nothing is overwritten.

        Raises:
            RefusedError: if members or ties cannot be read, or the folder cannot be made.
            WriteError: if the folder cannot be written.
        """
        if self.ties and not self.members:
            raise RequestError("ties", "--ties needs --members: ties are between members")
        folder = Path(self.directory)
        try:
            scenario = scenarios.found(folder, self.members, self.ties, told=listener.say)
        except OSError as error:
            raise WriteError(f"cannot write {folder}: {error.strerror or error}") from None
        files = sorted(path.name for path in folder.iterdir())
        lines = f"{folder} now holds {', '.join(files)}.", f"Next: {typed(['legato', 'run', str(scenario)])}"
        document: NewDocument = {"folder": str(folder), "files": files}
        return NewAnswer((lines,), document, scenario=scenario)


@dataclass(frozen=True, eq=False, repr=False)
class NewAnswer(Statement):
    """A scenario of one's own.

    Attributes:
        scenario: its file, which `Run` and the others take.
    """

    _: KW_ONLY
    scenario: Path
