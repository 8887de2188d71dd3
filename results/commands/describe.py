"""`legato describe`: the network as it stands, before anything is simulated."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar

from results.commands import limits
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.request import Request
from results.commands.statement import Statement
from results.describing.description import Description, describe
from results.describing.documents import DescribeDocument, describe_document
from results.describing.tables import csv_tables
from results.describing.words import description_said
from results.folders.files import write
from results.pages.plain_page import PlainPage, pictures_in, plain_page
from results.words.narrative import Block, Said
from scenarios import Scenario
from scenarios.files.faults import RequestError
from scenarios.observed.network_today import read_today
from scenarios.reading.foreign_tables import Choices
from simulation.outcomes import NAMES

PAGE = "report.html"
_HOW_TO_KEEP = "--out DIR writes a page with the network drawn, and all tables as CSV."


@dataclass(frozen=True)
class Describe(Request):
    """Who is central, who connects others, who is alone, and whom does a network miss as it stands?

    Attributes:
        network: a list of members or ties, or a network of any program; the folder of a survey; or a scenario with
            members of its own.
        ties: a list of ties, where they stand in a file of their own.
        mapped: which of the file's columns is which of ours: `Column=interests`, once for each.
        relations: which relations of the file are ties; all of them where there is only one.
        types: which types of nodes are members; usually all but persons, events and groups.
        parts: which sheets of a workbook, or which graph of several in a file, are read; usually all sheets.
        groups_as: what groups and events become to which members belong: topics, ties or members.
        period: which ties are taken, if they have dates: those of a year, a date or a wave, or of several, 2018..2020.
        month: of a survey in waves, which of them; the last if left out.
        topics: that the network should have members for: those without any are named.
        regions: that it should have members from.
        out: folder for a page with the network drawn, and for the tables as CSV; nothing is written if left out.
    """

    LIMITS: ClassVar[limits.Limits] = limits.DESCRIBING

    network: str | PathLike[str] | Scenario
    _: KW_ONLY
    ties: str | PathLike[str] | None = None
    mapped: Sequence[str] = ()
    relations: Sequence[str] = ()
    types: Sequence[str] = ()
    parts: Sequence[str] = ()
    groups_as: str | None = None
    period: str | None = None
    month: int | None = None
    topics: Sequence[str] = ()
    regions: Sequence[str] = ()
    out: str | PathLike[str] | None = None

    def answer(self, listener: Listener = HERE) -> "DescribeAnswer":  # noqa: ARG002  # it is done at once
        """Describe it; what is written goes to `out`.

        Raises:
            RefusedError: if the network cannot be read, or the folder holds something already.
            FailedError: if the files cannot be written.
        """
        folder = None if self.out is None else Path(self.out)
        if folder is not None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            is_what = "is not empty" if folder.is_dir() else "is a file"
            raise RequestError("out", f"{folder} {is_what}, and nothing is overwritten; name a new folder")
        choices = Choices(
            tuple(self.mapped), tuple(self.relations), tuple(self.types), tuple(self.parts), self.groups_as, self.period
        )
        network = read_today(self.network, self.ties, choices, self.month, NAMES)
        found = describe(network, self.topics, self.regions)
        files = [] if folder is None else _written(found, folder)
        what = description_said(found)
        kept = f"Written: {', '.join(files)}" if files else _HOW_TO_KEEP
        blocks: tuple[Block, ...] = (what.answer, *what.body, ("", *what.notes, kept))
        return DescribeAnswer(blocks, describe_document(found, files), description=found, said=what)


@dataclass(frozen=True, eq=False, repr=False)
class DescribeAnswer(Statement):
    """A network as it stands.

    Attributes:
        description: all that was found.
        said: the same in words and tables.
    """

    DOCUMENT: ClassVar[Any] = DescribeDocument

    _: KW_ONLY
    description: Description
    said: Said


def _written(found: Description, folder: Path) -> list[str]:
    """Write page, picture and tables; their names."""
    from results.figures.describing.draw import draw_description  # here: only who wants a page waits for matplotlib

    drawn = draw_description(found, folder / "figures") if found.whole is not None else []
    files = {folder / name: content for name, content in csv_tables(found).items()}
    page = PlainPage(
        kind="Legato: the network as it stands",
        title=found.network.title,
        question="Who is central, who connects others, who is alone, and whom does the network miss?",
        said=description_said(found, whole_page=True),
        pictures=tuple(pictures_in(drawn, "The network: members by name, ties between them")),
    )
    files[folder / PAGE] = plain_page(page).encode(errors="xmlcharrefreplace")
    for file, content in files.items():
        write(file, content)
    return [str(file) for file in [*drawn, *files]]
