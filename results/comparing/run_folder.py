"""The run folder: what was asked, by whom it was run, and every number that came out."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from results.comparing.run_tables import difference_columns, month_columns, outcome_columns
from results.estimates.comparison import Comparison
from results.folders.files import write
from results.folders.folder import ANOTHER, Folder, FolderError, as_json, claim
from results.folders.kept_blocks import Keeper
from results.folders.parquet import Columns, content_hash, write_parquet
from scenarios import Scenario
from simulation.running.ensemble import Ensemble
from simulation.snapshot import Snapshot

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class RunFolder:
    """The folder of `run`, `compare` or `explain`: nobody else may write in its context, and it keeps what is finished.

    Attributes:
        folder: claimed.
        kept: finished blocks, of this attempt and of an interrupted one before it.
    """

    folder: Folder
    kept: Keeper

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.folder.path

    def __enter__(self) -> "RunFolder":
        return self

    def __exit__(self, *_error: object) -> None:
        self.folder.release()

    def finish(
        self,
        ensembles: Iterable[Ensemble],
        document: Mapping[str, Any],
        *,
        comparison: Comparison | None = None,
        tables: Mapping[str, Columns] | None = None,
        name: str = "",
        portraits: Mapping[str, Sequence[Snapshot]] | None = None,
        draw: Callable[[Path], object] | None = None,
    ) -> None:
        """Write everything; the manifest says that the run is finished only once all is there.

        Args:
            ensembles: one for each scenario; those that have kept no monthly courses get no table of months.
            document: the JSON document of the command, without what is not a result (such as this folder's name).
            comparison: its differences become a table too.
            tables: further tables, by the name of their file.
            name: of the document's file; "outcomes.json", or "comparison.json" with a comparison, if left out.
            portraits: by scenario, networks to keep as GraphML.
            draw: draws the figures into the folder that it is given.
        """
        whole: dict[str, str] = {}
        about: dict[str, tuple[str, int, int]] = {}

        def table(file: str, columns: Columns) -> str:
            write(self.path / file, partial(write_parquet, columns))
            whole[file] = content_hash(columns)
            return file

        for ensemble in ensembles:
            scenario = ensemble.scenario.name
            replicates = scenario, ensemble.first, ensemble.replicates
            about[table(f"outcomes/{scenario}.parquet", outcome_columns(ensemble))] = replicates
            if len(ensemble.kept_months):
                about[table(f"months/{scenario}.parquet", month_columns(ensemble))] = replicates
        if comparison is not None:
            table("differences.parquet", difference_columns(comparison))
        for file, columns in (tables or {}).items():
            table(file, columns)
        self._write_networks(portraits or {})
        name = name or ("outcomes.json" if comparison is None else "comparison.json")
        write(self.path / name, as_json(document))
        if draw:
            draw(self.path / "figures")
        whole = dict(sorted(whole.items()))
        content = hashlib.sha256(as_json(whole)).hexdigest()
        self.folder.note(finished=True, precision=document.get("precision"), tables=whole, content=content)
        self.kept.settle(about)

    def _write_networks(self, portraits: Mapping[str, Sequence[Snapshot]]) -> None:
        if portraits:
            from results.exporting.graphml import graphml  # here, not above: it waits for networkx

            for one in (one for some in portraits.values() for one in some):
                write(self.path / "networks" / f"{one.scenario}-month-{one.month:02d}.graphml", graphml(one))


def open_folder(
    path: Path | None, inputs: Mapping[str, Any], command_line: Sequence[str], scenarios: Sequence[Scenario] = ()
) -> RunFolder:
    """Open the folder of `run` or `compare`: with the same inputs an interrupted run goes on, a finished one is redone.

    See `folder.claim` for the arguments and what is refused.
    """
    folder = claim(path, inputs, command_line, scenarios)
    kept = Keeper(folder.path)
    try:
        if folder.before is None or folder.before.finished:
            folder.note(finished=False)
            kept.forget()
        else:
            kept.recall()
    except OSError as error:
        folder.release()
        raise FolderError(f"{folder.path} cannot be used as the run's folder: {error}; {ANOTHER}") from None
    kept.faults.extend(folder.faults)
    return RunFolder(folder, kept)


def read_outcomes(run_folder: Path | str) -> "pd.DataFrame":
    """Outcomes of a finished run: a row per scenario and replicate, scenarios in alphabetical order.

    Raises:
        FileNotFoundError: if there are none.
    """
    import pandas as pd

    files = sorted(Path(run_folder).joinpath("outcomes").glob("*.parquet"))
    if not files:
        raise FileNotFoundError(f"{run_folder} holds no outcomes/*.parquet; is it the folder of a finished run?")
    return pd.concat([pd.read_parquet(file) for file in files], ignore_index=True)
