"""What a command answers that fills no run folder: tables, and lines between them, shown as answers are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from results.commands.in_fields import block_in_fields
from results.datasets.about import about_document
from results.datasets.dataset import dataset_of
from results.datasets.frames import Frames, frames_of
from results.pages.fragment import html_of
from results.words.narrative import Block, Said
from results.words.plain_text import table_lines
from results.words.schema import schema_of
from results.words.table import Table

if TYPE_CHECKING:
    import xarray as xr


@dataclass(frozen=True, eq=False)
class Statement:
    """Tables, and lines between them.

    It prints as the command line does, and shows itself in a notebook.

    Attributes:
        blocks: a table, or some lines, in the order in which they are read.
        document: the same as JSON values, as `--json` prints it.
    """

    DOCUMENT: ClassVar[Any] = dict[str, Any]
    """The type of its document."""

    blocks: tuple[Block, ...]
    document: Mapping[str, Any]

    def frames(self) -> Frames:
        """Everything it says as tidy data frames, by name; see `Answer.frames`."""
        return frames_of(self.document, schema_of(self.DOCUMENT), None, about_document(self.document))

    def to_xarray(self, tables: Iterable[str] | None = None) -> "xr.Dataset":
        """The same as one xarray Dataset; see `Answer.to_xarray`."""
        return dataset_of(self.frames(), tables)

    @property
    def is_good(self) -> bool:
        """Whether the command ends well; if not, its exit code is 1."""
        return True

    def blocks_at(self, width: int) -> tuple[Block, ...]:  # noqa: ARG002  # some fit their tables to it
        """The blocks, for a terminal of so many columns."""
        return self.blocks

    def __str__(self) -> str:
        lines: list[str] = []
        for block in self._in_notebook:
            lines += ["", *table_lines(block)] if isinstance(block, Table) else block
        return "\n".join(lines).strip("\n")

    def __repr__(self) -> str:
        """A line: what was asked, and the beginning of the answer."""
        first = str(self).partition("\n")[0]
        return f"<{type(self).__name__}: {first if len(first) <= 100 else f'{first[:97]}...'}>"

    def _repr_html_(self) -> str:
        return html_of(Said((), self._in_notebook, ()))

    @property
    def _in_notebook(self) -> tuple[Block, ...]:
        return tuple(map(block_in_fields, self.blocks))
