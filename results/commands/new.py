"""`legato new`: a scenario of one's own, with the members of a real network if there are any."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar

from typing_extensions import TypedDict

import scenarios
from results.commands.listener import Listener
from results.commands.new_preview import Preview, preview_of
from results.commands.notebook import HERE
from results.commands.statement import Statement
from results.folders.files import WriteError
from scenarios.files.faults import RequestError
from scenarios.files.on_every_system import typed
from scenarios.reading.foreign_tables import Choices
from scenarios.reading.own_or_foreign import read_members


class NewDocument(TypedDict):
    """What `new --json` prints."""

    folder: str
    files: list[str]


@dataclass(frozen=True)
class New:
    """A folder with a scenario of one's own, which runs at once.

    Attributes:
        directory: the folder to make; it may exist if it is empty.
        members: the network's members: a list of members, a list of ties, or a network of another program; a dozen
            invented organizations if left out.
        ties: their ties from before: a list of ties; a network holds its own.
        mapped: which of the file's columns is which of ours: `Column=interests`, once for each.
        relations: which relations of the file are ties; all of them where there is only one.
        types: which types of nodes are members; usually all but persons, events and groups.
        parts: which sheets of a workbook, or which graph of several in a file, are read; usually all sheets.
        groups_as: what groups and events become to which members belong: topics, ties or members; it is asked where
            nothing else joins them.
        period: which ties are taken, if they have dates: those of a year, a date or a wave, or of several, 2018..2020.
    """

    directory: str | PathLike[str]
    _: KW_ONLY
    members: str | PathLike[str] | None = None
    ties: str | PathLike[str] | None = None
    mapped: Sequence[str] = ()
    relations: Sequence[str] = ()
    types: Sequence[str] = ()
    parts: Sequence[str] = ()
    groups_as: str | None = None
    period: str | None = None

    def answer(self, listener: Listener = HERE) -> "NewAnswer":
        """Make the folder; nothing is overwritten.

        Raises:
            RefusedError: if members or ties cannot be read, or the folder cannot be made.
            WriteError: if the folder cannot be written.
        """
        self._check()
        folder = Path(self.directory)
        try:
            scenario = scenarios.found(folder, self.members, self.ties, choices=self._choices, told=listener.say)
        except OSError as error:
            raise WriteError(f"cannot write {folder}: {error.strerror or error}") from None
        files = sorted(path.name for path in folder.iterdir())
        lines = f"{folder} now holds {', '.join(files)}.", f"Next: {typed(['legato', 'run', str(scenario)])}"
        document: NewDocument = {"folder": str(folder), "files": files}
        return NewAnswer((lines,), document, scenario=scenario)

    def preview(self) -> Preview:
        """What the members and ties are read as, and what is still to be said of them; nothing is written.

        Raises:
            RefusedError: if members or ties cannot be read.
        """
        self._check()
        if self.members is None:
            raise RequestError("preview", "--preview shows what is read of --members; name a file")
        ties = None if self.ties is None else Path(self.ties)
        return preview_of(read_members(Path(self.members), ties, self._choices, may_ask=True))

    @property
    def _choices(self) -> Choices:
        return Choices(
            tuple(self.mapped), tuple(self.relations), tuple(self.types), tuple(self.parts), self.groups_as, self.period
        )

    def _check(self) -> None:
        if self.members is not None:
            return
        if self.ties:
            raise RequestError("ties", "--ties needs --members: ties are between members")
        for field in ("mapped", "relations", "types", "parts", "groups_as", "period"):
            if getattr(self, field):
                raise RequestError(field, "it says how a file is read; name the file with --members")


@dataclass(frozen=True, eq=False, repr=False)
class NewAnswer(Statement):
    """A scenario of one's own.

    Attributes:
        scenario: its file, which `Run` and the others take.
    """

    DOCUMENT: ClassVar[Any] = NewDocument

    _: KW_ONLY
    scenario: Path
