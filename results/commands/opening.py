"""A run folder read again: the same tables as its answer gave, without running anything."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from results.commands.json_schemas import BY_COMMAND
from results.datasets.about import about_folder
from results.datasets.dataset import dataset_of
from results.datasets.frames import ANSWER, Frames, frames_of
from results.folders.manifest import MANIFEST, FolderError, Manifest, read_manifest
from results.pages.fragment import html_of
from results.words.narrative import Said
from results.words.table import Table

if TYPE_CHECKING:
    import xarray as xr

_OTHERS = (MANIFEST, "said.json")
"""JSON in a run folder that is no document."""


@dataclass(frozen=True, eq=False)
class KeptRun:
    """What a run folder holds.

    Attributes:
        folder: where it is.
        manifest: what was asked, and with what it was made.
        document: what its command printed with `--json`, but for the folder's name; empty where that is not kept, as of
            a sweep, whose document is made of its tables.
    """

    folder: Path
    manifest: Manifest
    document: Mapping[str, Any]

    def frames(self) -> Frames:
        """All tables as data frames, as the answer's `frames()` gives them."""
        schema = _schema_of(self.manifest.command, self.document)
        return frames_of(self.document, schema, self.folder, about_folder(self.folder))

    def to_xarray(self, tables: Iterable[str] | None = None) -> "xr.Dataset":
        """All tables, or some, as one xarray Dataset, as the answer's `to_xarray()` gives them."""
        return dataset_of(self.frames(), tables)

    def __repr__(self) -> str:
        return f"<KeptRun: {self.manifest.command} [{self.folder}]>"

    def _repr_html_(self) -> str:
        rows = tuple((name, f"{len(frame):,}", ", ".join(frame.columns[:8])) for name, frame in self.frames().items())
        table = Table("Tables", ("table", "rows", "columns (the first eight)"), rows, frozenset({1}))
        return html_of(Said((), ((f"A run folder of legato {self.manifest.command}.",), table), ()), self.folder)


def open_run(folder: str | PathLike[str]) -> KeptRun:
    """Read a run folder.

    Args:
        folder: of any command that fills one.

    Raises:
        FolderError: if it is none, or what it holds cannot be read.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    documents = [file for file in sorted(path.glob("*.json")) if file.name not in _OTHERS]
    if not documents:
        return KeptRun(path, manifest, {})
    try:
        document = json.loads(documents[0].read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FolderError(f"{documents[0]} cannot be read ({error})") from None
    return KeptRun(path, manifest, document if isinstance(document, dict) else {ANSWER: document})


def _schema_of(command: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """Of the schemas that the command's documents have, the one that this document meets most of."""
    schemas = [schema for name, schema in BY_COMMAND.items() if name.split(" ")[0] == command.split(" ")[0]]
    return max(schemas, key=lambda schema: len(document.keys() & schema["properties"].keys()), default={})
