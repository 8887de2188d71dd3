"""`legato report`: the one-page report of a run folder, written again."""

from dataclasses import KW_ONLY, dataclass
from os import PathLike
from pathlib import Path

from typing_extensions import TypedDict

from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.statement import Statement
from results.folders.files import WriteError
from results.pages.brief import write_brief
from results.words.schema import Folder


class ReportDocument(TypedDict):
    """What `report --json` prints."""

    report: str
    run_folder: Folder


@dataclass(frozen=True)
class Report:
    """One page for a meeting, of what a run folder holds: to print or to send.

    Attributes:
        folder: of any command that fills one.
    """

    folder: str | PathLike[str]

    def answer(self, listener: Listener = HERE) -> "ReportAnswer":  # noqa: ARG002  # it is done at once
        """Write it; the same folder gives the same bytes.

        Raises:
            FolderError: if it is no run's folder, or holds no answer.
            WriteError: if it cannot be written.
        """
        folder = Path(self.folder)
        try:
            brief = write_brief(folder)
        except OSError as error:
            raise WriteError(f"cannot write {folder}: {error.strerror or error}") from None
        document: ReportDocument = {"report": str(brief), "run_folder": str(folder)}
        return ReportAnswer(((f"Report: {brief}",),), document, brief=brief)


@dataclass(frozen=True, eq=False, repr=False)
class ReportAnswer(Statement):
    """The report that was written.

    Attributes:
        brief: its file.
    """

    _: KW_ONLY
    brief: Path
