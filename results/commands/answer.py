"""What every command answers with: sentences and tables, shown in a terminal or a notebook, as JSON and data frames."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from results.commands.in_fields import said_in_fields
from results.commands.listener import Listener
from results.datasets.about import about_folder
from results.datasets.dataset import dataset_of
from results.datasets.frames import Frames, frames_of
from results.datasets.tables import files_of, joined_tables, names_in
from results.exploring.run_page import write_report
from results.folders.folder import BRIEF
from results.pages.fragment import html_of
from results.pages.kept_narrative import keep
from results.words.currency import shown_currency
from results.words.decision import Decision
from results.words.heading import PLAIN, Heading
from results.words.narrative import Said
from results.words.plain_text import text_of
from results.words.schema import schema_of

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


@dataclass(frozen=True, eq=False)
class Answer:
    """What was found, and where it is kept.

    It prints as the command line does, shows itself in a notebook, and gives its tables as data frames.

    Attributes:
        said: the answer in sentences and tables.
        document: the same as JSON values, as `--json` prints it.
        folder: the run folder, which holds everything.
        next: what can be done with it, a line for whoever works at a terminal; "" where nothing more is to be said.
        failed: why the command is to end with exit code 1 although it has an answer; "" where it is not.
    """

    TABLE: ClassVar[str] = ""
    """The table that `to_frame` gives where none is named."""
    DOCUMENT: ClassVar[Any] = dict[str, Any]
    """The type of its document."""

    said: Said
    document: Mapping[str, Any]
    folder: Path
    next: str = ""
    failed: str = ""

    def said_at(self, width: int) -> Said:  # noqa: ARG002  # some answers fit their tables to it
        """What is said, for a terminal of so many columns."""
        return self.said

    @property
    def brief(self) -> Path:
        """The one-page report for a meeting."""
        return self.folder / BRIEF

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables in the run folder, for `to_frame`; one that is kept in blocks is a table."""
        return names_in(self.folder)

    def to_frame(self, table: str = "") -> "pd.DataFrame":
        """A table as a pandas data frame.

        Args:
            table: one of `tables`, or of `frames()`; the main one if left out.

        Raises:
            KeyError: if there is no such table, with those that there are.
        """
        import pandas as pd

        name = table or self.TABLE
        if name not in self.tables and name not in joined_tables(self.folder):
            raise KeyError(f"{self.folder} has no table {name!r}; there are {', '.join(self.tables)}")
        files = files_of(self.folder, name) if name in self.tables else joined_tables(self.folder)[name]
        parts = [pd.read_parquet(file) for file in files]
        return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)

    def frames(self) -> Frames:
        """Everything it says as tidy data frames, by name: the tables of the run folder, and its document's.

        A frame is read when it is asked for. Those of each scenario ("outcomes/salex") are one table, and what the
        document says stands under "answer" and names that begin with "answer/". What a column means, with its unit,
        stands in `frames().columns(name)`.
        """
        return frames_of(self.document, schema_of(self.DOCUMENT), self.folder, about_folder(self.folder))

    def to_xarray(self, tables: Iterable[str] | None = None) -> "xr.Dataset":
        """The same as one xarray Dataset; see `results.datasets.dataset`.

        Args:
            tables: names of the frames that are wanted; all if left out.

        Raises:
            ExtraError: if xarray is not installed.
        """
        return dataset_of(self.frames(), tables)

    def __str__(self) -> str:
        return f"{text_of(self._in_notebook)}\n\nReport: {self.brief}\nRun folder: {self.folder}"

    def __repr__(self) -> str:
        """A line: what was asked, the beginning of the answer, the folder."""
        first = self.said.answer[0] if self.said.answer else "see the tables"
        short = first if len(first) <= 100 else f"{first[:97]}..."
        return f"<{type(self).__name__}: {short} [{self.folder}]>"

    def _repr_html_(self) -> str:
        return html_of(self._in_notebook, self.folder)

    @property
    def _in_notebook(self) -> Said:
        """What is said, and what failed, which the terminal prints by itself; options are fields there."""
        whole = replace(self.said, notes=(*self.said.notes, self.failed)) if self.failed else self.said
        return said_in_fields(whole)


def keep_brief(
    folder: Path, what: Said, listener: Listener, heading: Heading = PLAIN, decide: Callable[[], Decision] | None = None
) -> None:
    """Keep what is said, and write the brief; the run is whole without it, so nothing that goes wrong here loses it."""
    try:
        keep(folder, what, decide() if decide else None, heading.of_scenario(shown_currency()))
        write_report(folder)
    except Exception as error:
        listener.say(
            f"The run is whole, but its report could not be written ({type(error).__name__}: {error}). "
            f"To try again: legato report {folder}"
        )


Draw = Callable[[Path], object]
"""Draws figures into the folder that it is given."""
