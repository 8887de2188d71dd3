"""The run folder: what was asked, by whom it was run, and every number that came out."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from results.columns import Columns, content_hash, write_parquet
from results.comparison import Comparison
from results.files import WriteError, write
from results.folder import ANOTHER, MANIFEST, FolderError, manifest_of
from results.frames import difference_columns, month_columns, outcome_columns
from results.keeping import Keeper
from results.lock import Lock, LockedError
from results.versions import versions
from simulation.compiling import cache_name
from simulation.ensemble import Ensemble
from simulation.snapshot import Snapshot

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MANIFEST", "FolderError", "RunFolder", "WriteError", "open_folder", "read_outcomes"]


@dataclass(frozen=True, eq=False)
class RunFolder:
    """A folder opened for one run; a context that nobody else may write in, and that keeps what was finished.

    Attributes:
        path: where it is.
        inputs: what the run depends on: command, resolved scenarios, seed, replicates, and so on.
        command_line: as it was typed.
        kept: finished blocks, of this attempt and of an interrupted one before it.
        lock: held until the context is left.
    """

    path: Path
    inputs: Mapping[str, Any]
    command_line: Sequence[str]
    kept: Keeper
    lock: Lock

    def __enter__(self) -> "RunFolder":
        return self

    def __exit__(self, *_error: object) -> None:
        self.lock.release()

    def finish(
        self,
        ensembles: Iterable[Ensemble],
        document: Mapping[str, Any],
        *,
        comparison: Comparison | None = None,
        portraits: Mapping[str, Sequence[Snapshot]] | None = None,
        draw: Callable[[Path], object] | None = None,
    ) -> None:
        """Write everything; the manifest says that the run is finished only once all is there.

        Args:
            ensembles: one for each scenario.
            document: the JSON document of the command, without what is not a result (such as this folder's name).
            comparison: its differences become a table too.
            portraits: by scenario, networks to keep as GraphML.
            draw: draws the figures into the folder that it is given.
        """
        whole: dict[str, str] = {}
        about: dict[str, tuple[str, int, int]] = {}

        def table(name: str, columns: Columns) -> str:
            write(self.path / name, partial(write_parquet, columns))
            whole[name] = content_hash(columns)
            return name

        for ensemble in ensembles:
            scenario = ensemble.scenario.name
            replicates = scenario, ensemble.first, ensemble.replicates
            about[table(f"outcomes/{scenario}.parquet", outcome_columns(ensemble))] = replicates
            about[table(f"months/{scenario}.parquet", month_columns(ensemble))] = replicates
        if comparison is not None:
            table("differences.parquet", difference_columns(comparison))
        self._write_networks(portraits or {})
        write(self.path / ("outcomes.json" if comparison is None else "comparison.json"), _json(document))
        if draw:
            draw(self.path / "figures")
        whole = dict(sorted(whole.items()))
        self._note(finished=True, tables=whole, content=hashlib.sha256(_json(whole)).hexdigest())
        self.kept.settle(about)

    def _write_networks(self, portraits: Mapping[str, Sequence[Snapshot]]) -> None:
        if portraits:
            from results.graphml import graphml  # here, not above: it waits for networkx

            for one in (one for some in portraits.values() for one in some):
                write(self.path / "networks" / f"{one.scenario}-month-{one.month:02d}.graphml", graphml(one))

    def _note(self, **state: Any) -> None:
        manifest = {
            "command_line": list(self.command_line),
            "written": datetime.now().astimezone().isoformat(timespec="seconds"),
            "versions": versions(),
            "code": cache_name(),
            "inputs": self.inputs,
            **state,
        }
        write(self.path / MANIFEST, _json(manifest))


def open_folder(path: Path | None, inputs: Mapping[str, Any], command_line: Sequence[str]) -> RunFolder:
    """Open the folder of a run before the run, so that a refusal costs no time.

    Args:
        path: where; None is `runs/<when>-<what>/`.
        inputs: what the run depends on, JSON values only. A folder with other inputs is refused. With the same ones
            an interrupted run goes on, and a finished one is written again.
        command_line: as it was typed, for the manifest.

    Raises:
        FolderError: if it holds another run, or something else, is in use, or cannot be written.
    """
    plain: Mapping[str, Any] = json.loads(_json(inputs))
    if path is not None:
        manifest_of(path, plain)  # before anything is changed there
    try:
        if path is None:
            path = _fresh(plain)
        else:
            path.mkdir(parents=True, exist_ok=True)
        lock = Lock(path)
    except LockedError:
        raise FolderError(f"{path} is being written by another process; wait until it's done, or {ANOTHER}") from None
    except OSError as error:
        raise FolderError(
            f"{path or 'runs'} cannot be used as the run's folder: cannot write there: "
            f"{error.strerror or error}; {ANOTHER}"
        ) from None
    folder = RunFolder(path, plain, command_line, Keeper(path), lock)
    try:
        _take_up(folder)
        folder._note(finished=False)
    except OSError as error:
        lock.release()
        raise FolderError(f"{path} cannot be used as the run's folder: {error}; {ANOTHER}") from None
    return folder


def _take_up(folder: RunFolder) -> None:
    """What an interrupted run with the same inputs has kept is known; anything older is removed."""
    noted = manifest_of(folder.path, folder.inputs)
    if noted is None or noted["finished"]:
        folder.kept.forget()
    elif noted.get("code") != cache_name():
        if folder.kept.forget():
            folder.kept.faults.append(
                f"{folder.path} was begun with another version of the model, or on another kind of processor; "
                "it is run from the start"
            )
    else:
        folder.kept.recall()


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


def _fresh(inputs: Mapping[str, Any]) -> Path:
    """Make a folder that nobody had before."""
    names = "-".join(inputs["scenarios"])
    stem = f"{datetime.now():%Y-%m-%dT%H-%M-%S}-{inputs['command']}-{names[:40].rstrip('-')}"
    number = 1
    while True:
        path = Path("runs") / (stem if number == 1 else f"{stem}-{number}")
        try:
            path.mkdir(parents=True)
        except FileExistsError:
            number += 1
        else:
            return path


def _json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode(
        errors="backslashreplace"
    )
