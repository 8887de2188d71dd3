"""`legato report`: the brief of a run folder, written again, as a page or for the programs in which people work."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar

from typing_extensions import TypedDict

from results.commands import limits
from results.commands.briefed import Briefed
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.statement import Statement
from results.folders.files import WriteError, write
from results.folders.folder import BRIEF
from results.pages.brief import brief_of, kept_heading
from results.pages.html import page
from results.pages.structure import Brief
from results.words.schema import Folder
from scenarios.files.faults import RequestError, near_miss, shown


class ReportDocument(TypedDict):
    """What `report --json` prints."""

    report: str
    run_folder: Folder


@dataclass(frozen=True)
class Report(Briefed):
    """What a meeting needs, of what a run folder holds: to print, to send, to show or to work with.

    Attributes:
        folder: of any command that fills one.
        form: "html", "pdf", "docx", "pptx" or "xlsx"; by the ending of `out`, or html, if left out.
        out: the file, which must not be there yet; report.html, report.pdf and so on in the folder if left out.

    The other attributes are those of `Briefed`; what is left out is as the folder has kept it.
    """

    LIMITS: ClassVar[limits.Limits] = limits.REPORTING

    folder: str | PathLike[str]
    _: KW_ONLY
    form: str | None = None
    out: str | PathLike[str] | None = None

    def answer(self, listener: Listener = HERE) -> "ReportAnswer":  # noqa: ARG002  # it is done at once
        """Write it; the same folder gives the same bytes.

        Raises:
            FolderError: if it is no run's folder, or holds no answer.
            RequestError: if the file cannot be of that form, or is there already.
            MissingExtraError: if the form needs what is not installed.
            WriteError: if it cannot be written.
        """
        folder = Path(self.folder)
        form = self._form()
        file = self._file(folder, form)
        try:
            brief = brief_of(folder, self.heading(kept_heading(folder)))
            write(file, _WRITERS[form](brief, folder))
        except OSError as error:
            if isinstance(error, WriteError):
                raise
            raise WriteError(f"cannot write {folder}: {error.strerror or error}") from None
        document: ReportDocument = {"report": str(file), "run_folder": str(folder)}
        return ReportAnswer(((f"Report: {file}",),), document, brief=file)

    def _form(self) -> str:
        if self.out is None:
            return self.form or "html"
        ending = Path(self.out).suffix.removeprefix(".").lower()
        if ending not in _WRITERS:
            hint = near_miss(ending, list(_WRITERS))
            raise RequestError(
                "out", f"{shown(str(self.out))} ends in none of {', '.join(f'.{form}' for form in _WRITERS)}{hint}"
            )
        if self.form is not None and self.form != ending:
            raise RequestError(
                "out", f"{shown(str(self.out))} is no {self.form}; name a file that ends in .{self.form}"
            )
        return ending

    def _file(self, folder: Path, form: str) -> Path:
        own = folder / Path(BRIEF).with_suffix(f".{form}")
        file = own if self.out is None else Path(self.out)
        if file != own and (file.exists() or file.is_symlink()):
            raise RequestError("out", f"{shown(str(file))} is there already, and is not written over; name another")
        return file


@dataclass(frozen=True, eq=False, repr=False)
class ReportAnswer(Statement):
    """The report that was written.

    Attributes:
        brief: its file.
    """

    DOCUMENT: ClassVar[Any] = ReportDocument

    _: KW_ONLY
    brief: Path


def _html(brief: Brief, folder: Path) -> bytes:
    from results.exploring.run_page import report_page

    return report_page(folder, brief)


def _pdf(brief: Brief, _folder: Path) -> bytes:
    from results.pages.pdf import as_pdf

    return as_pdf(page(brief, unfolded=True))


def _docx(brief: Brief, folder: Path) -> bytes:
    from results.pages.docx import as_docx

    return as_docx(brief, lambda: _chart(brief), folder / "figures")


def _chart(brief: Brief) -> Mapping[str, bytes]:
    """The figure of page one; empty where there is none."""
    if brief.decision is None or not brief.decision.chart.panels:
        return {}
    from results.figures.briefing.chart import chart_pictures

    return chart_pictures(brief.decision.chart, brief.speaker)


def _pptx(brief: Brief, folder: Path) -> bytes:
    from results.pages.pptx import as_pptx

    return as_pptx(brief, folder / "figures")


def _xlsx(brief: Brief, folder: Path) -> bytes:
    from results.pages.differences_sheet import differences_sheet
    from results.pages.xlsx import as_xlsx

    return as_xlsx(brief, differences_sheet(folder))


_WRITERS: Mapping[str, Callable[[Brief, Path], bytes]] = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "pptx": _pptx,
    "xlsx": _xlsx,
}
