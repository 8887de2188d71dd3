"""The run folder: what was asked, by whom it was run, and every number that came out."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from results.columns import Columns, content_hash, parquet_bytes
from results.comparison import Comparison
from results.graphml import graphml
from results.versions import versions
from simulation.ensemble import Ensemble
from simulation.outcomes import MONTHLY_NAMES, NAMES
from simulation.snapshot import Snapshot

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"


class FolderError(ValueError):
    """A folder that cannot take this run: another run's, not ours, or not writable."""


class WriteError(OSError):
    """A file that could not be written although its folder could be opened: a full disk, say."""


@dataclass(frozen=True)
class RunFolder:
    """A folder opened for one run.

    Attributes:
        path: where it is.
        inputs: what the run depends on: command, resolved scenarios, seed, replicates, and so on.
        command_line: as it was typed.
    """

    path: Path
    inputs: Mapping[str, Any]
    command_line: Sequence[str]

    def finish(
        self,
        ensembles: Iterable[Ensemble],
        document: Mapping[str, Any],
        *,
        comparison: Comparison | None = None,
        portraits: Mapping[str, Sequence[Snapshot]] | None = None,
    ) -> None:
        """Write everything but the figures; the manifest says that the run is finished only once all is there.

        Args:
            ensembles: one for each scenario.
            document: the JSON document of the command, without what is not a result (such as this folder's name).
            comparison: its differences become a table too.
            portraits: by scenario, networks to keep as GraphML.
        """
        tables: dict[str, Columns] = {}
        for ensemble in ensembles:
            tables[f"outcomes/{ensemble.scenario.name}.parquet"] = outcome_columns(ensemble)
            tables[f"months/{ensemble.scenario.name}.parquet"] = month_columns(ensemble)
        if comparison is not None:
            tables["differences.parquet"] = difference_columns(comparison)
        for name, columns in tables.items():
            write(self.path / name, parquet_bytes(columns))
        for portrait in (one for some in (portraits or {}).values() for one in some):
            write(self.path / "networks" / f"{portrait.scenario}-month-{portrait.month:02d}.graphml", graphml(portrait))
        write(self.path / ("outcomes.json" if comparison is None else "comparison.json"), _json(document))
        whole = {name: content_hash(columns) for name, columns in sorted(tables.items())}
        self._note(finished=True, tables=whole, content=hashlib.sha256(_json(whole)).hexdigest())

    def _note(self, **state: Any) -> None:
        manifest = {
            "command_line": list(self.command_line),
            "written": datetime.now().astimezone().isoformat(timespec="seconds"),
            "versions": versions(),
            "inputs": self.inputs,
            **state,
        }
        write(self.path / MANIFEST, _json(manifest))


def open_folder(path: Path | None, inputs: Mapping[str, Any], command_line: Sequence[str]) -> RunFolder:
    """Open the folder of a run before the run, so that a refusal costs no time.

    Args:
        path: where; None is `runs/<when>-<what>/`.
        inputs: what the run depends on, JSON values only; a folder with other inputs is refused, with the same ones
            it is written again.
        command_line: as it was typed, for the manifest.

    Raises:
        FolderError: if it holds another run, or something else, or cannot be written.
    """
    folder = RunFolder(path or _fresh(inputs), json.loads(_json(inputs)), command_line)
    _refuse_other_contents(folder)
    try:
        folder._note(finished=False)
    except WriteError as error:
        advice = "choose another folder with --out"
        raise FolderError(f"{folder.path} cannot be used as the run's folder: {error}; {advice}") from None
    return folder


def outcome_columns(ensemble: Ensemble) -> Columns:
    """A row per replicate: scenario, replicate, seed, then the outcomes (missing where they are)."""
    return {
        "scenario": [ensemble.scenario.name] * ensemble.replicates,
        "replicate": ensemble.first + np.arange(ensemble.replicates, dtype=np.int64),
        "seed": np.full(ensemble.replicates, ensemble.seed, dtype=np.int64),
        **{name: ensemble[name] for name in NAMES},
    }


def month_columns(ensemble: Ensemble) -> Columns:
    """A row per month and monthly outcome: scenario, month, outcome, mean, p05, p95.

    The mean is over all replicates, the quantiles over those whose course is kept (the first thousand).
    """
    months = len(ensemble.mean_months)
    low, high = np.quantile(ensemble.kept_months, [0.05, 0.95], axis=0)
    rows = months * len(MONTHLY_NAMES)
    return {
        "scenario": [ensemble.scenario.name] * rows,
        "month": np.repeat(np.arange(months, dtype=np.int64), len(MONTHLY_NAMES)),
        "outcome": list(MONTHLY_NAMES) * months,
        "mean": ensemble.mean_months.reshape(rows),
        "p05": low.reshape(rows),
        "p95": high.reshape(rows),
    }


def difference_columns(comparison: Comparison) -> Columns:
    """A row per scenario and outcome: the fields of Difference, None as missing."""
    rows = comparison.differences
    columns: dict[str, Any] = {name: [getattr(row, name) for row in rows] for name in ("scenario", "outcome")}
    for name in ("mean", "low", "high", "probability_greater", "variance_ratio", "more_replicates"):
        values = (getattr(row, name) for row in rows)
        columns[name] = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    for name in ("replicates", "missing"):
        columns[name] = np.array([getattr(row, name) for row in rows], dtype=np.int64)
    return columns


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


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: under another name, flushed to the disk, then renamed.

    Raises:
        WriteError: with the reason that the system gives.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise WriteError(f"cannot write {path}: {error.strerror or error}") from error


def _fresh(inputs: Mapping[str, Any]) -> Path:
    names = "-".join(inputs["scenarios"])
    stem = f"{datetime.now():%Y-%m-%dT%H-%M-%S}-{inputs['command']}-{names[:40].rstrip('-')}"
    path, number = Path("runs") / stem, 1
    while path.exists():
        number += 1
        path = Path("runs") / f"{stem}-{number}"
    return path


def _refuse_other_contents(folder: RunFolder) -> None:
    path = folder.path
    try:
        if not path.exists():
            return
        if not path.is_dir():
            raise FolderError(f"{path} is a file, not a folder; choose another folder with --out")
        manifest = path / MANIFEST
        if not manifest.exists():
            if any(path.iterdir()):
                raise FolderError(
                    f"{path} holds files but no {MANIFEST}, so it is not a run's folder; choose an empty or a new one "
                    "with --out"
                )
            return
        noted = json.loads(manifest.read_text(encoding="utf-8"))
        found = noted["inputs"]
        if not noted["finished"] and len(list(path.iterdir())) == 1:
            return  # a run that was interrupted before it kept anything
    except (OSError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, FolderError):
            raise
        raise FolderError(
            f"{path} cannot be read as a run's folder ({error}); choose another folder with --out"
        ) from None
    there, here = _flat(found), _flat(folder.inputs)
    different = [
        key for key in sorted({*there, *here}) if key not in there or key not in here or there[key] != here[key]
    ]
    if different:
        lines = [f"  {key}: {_shown(there, key)} there, {_shown(here, key)} now" for key in different[:20]]
        lines += [f"  and {len(different) - 20} more"] if len(different) > 20 else []
        raise FolderError(
            f"{path} holds a run with other inputs:\n"
            + "\n".join(lines)
            + "\nchoose another folder with --out, or the same inputs"
        )


def _shown(values: Mapping[str, Any], key: str) -> str:
    text = json.dumps(values[key], ensure_ascii=False) if key in values else "nothing"
    return text if len(text) <= 60 else text[:57] + "..."


def _flat(value: Any, key: str = "") -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        return {key: value}
    return {k: v for name, part in value.items() for k, v in _flat(part, f"{key}.{name}" if key else name).items()}


def _json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode(
        errors="backslashreplace"
    )
