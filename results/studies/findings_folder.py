"""The run folder of `check` and `calibrate`: what was asked, what was found so far, and what came of it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from results.folders.files import write
from results.folders.folder import ANOTHER, Folder, FolderError, as_json, claim
from results.folders.notes import Notes
from results.folders.parquet import Columns, content_hash, write_parquet
from results.studies.kept_studies import keep_surveys, told_of
from scenarios import Posterior, Scenario, to_dict, write_posterior
from scenarios.observed.study import Observed

POSTERIOR = "posterior.csv"
"""File of the posterior that was learned, or that was asked with."""


@dataclass(frozen=True, eq=False)
class FindingsFolder:
    """A folder that nobody else may write in while it is a context.

    Attributes:
        folder: claimed.
        notes: what was found so far.
    """

    folder: Folder
    notes: Notes

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.folder.path

    def __enter__(self) -> "FindingsFolder":
        return self

    def __exit__(self, *_error: object) -> None:
        self.folder.release()

    def finish(
        self,
        name: str,
        document: Mapping[str, Any],
        tables: Mapping[str, Columns],
        *,
        files: Mapping[str, bytes] | None = None,
        draw: Callable[[Path], object] | None = None,
    ) -> None:
        """Write everything; the manifest says that it is finished only once all is there.

        Args:
            name: of the document's file, without its end.
            document: what the command prints as JSON, without this folder's name.
            tables: name of a table -> its columns; written as Parquet.
            files: name -> content, further files.
            draw: draws the figures into the folder that it is given.
        """
        whole = {}
        for table, columns in tables.items():
            write(self.path / f"{table}.parquet", partial(write_parquet, columns))
            whole[f"{table}.parquet"] = content_hash(columns)
        for file, content in (files or {}).items():
            write(self.path / file, content)
        write(self.path / f"{name}.json", as_json(document))
        if draw:
            draw(self.path / "figures")
        self.notes.settle()
        whole = dict(sorted(whole.items()))
        self.folder.note(finished=True, tables=whole, content=hashlib.sha256(as_json(whole)).hexdigest())


def posterior_file(posterior: Posterior | None) -> dict[str, bytes]:
    """The file of a posterior, by its name; none where there is no posterior."""
    if posterior is None:
        return {}
    return {POSTERIOR: f"# name: {posterior.name}\n{write_posterior(posterior)}".encode()}


def open_findings(
    path: Path | None, command: str, studies: Sequence[Observed], asked: Mapping[str, Any], line: Sequence[str]
) -> FindingsFolder:
    """Open the folder of a command about what happened; with the same inputs an interrupted one goes on.

    Args:
        path: where; None is `runs/<when>-<what>/`.
        command: "check" or "calibrate".
        studies: what happened.
        asked: everything else that the results depend on, JSON values.
        line: the command line as it was typed.

    Raises:
        FolderError: if it holds another run, or something else, is in use, or cannot be written.
    """
    scenarios = [study.scenario for study in studies]
    inputs = {
        "command": command,
        **asked,
        "studies": {study.name: _told(study) for study in studies},
        "scenarios": {scenario.name: to_dict(scenario) for scenario in scenarios},
    }
    opened = open_noted(path, inputs, line, scenarios)
    try:
        keep_surveys(opened.path, studies)
    except OSError as error:
        opened.folder.release()
        raise FolderError(f"{opened.path} cannot be used as the run's folder: {error}; {ANOTHER}") from None
    return opened


def open_noted(
    path: Path | None, inputs: Mapping[str, Any], line: Sequence[str], scenarios: Sequence[Scenario]
) -> FindingsFolder:
    """Open the folder of a command that keeps notes; with the same inputs an interrupted one goes on.

    Args:
        path: where; None is `runs/<when>-<what>/`.
        inputs: everything that the results depend on, JSON values.
        line: the command line as it was typed.
        scenarios: that are asked about.

    Raises:
        FolderError: if it holds another run, or something else, is in use, or cannot be written.
    """
    folder = claim(path, inputs, line, scenarios)
    notes = Notes(folder.path)
    try:
        if folder.before is None:
            notes.forget()
        else:
            notes.recall()
        folder.note(finished=False)
    except OSError as error:
        folder.release()
        raise FolderError(f"{folder.path} cannot be used as the run's folder: {error}; {ANOTHER}") from None
    return FindingsFolder(folder, notes)


def _told(study: Observed) -> dict[str, Any]:
    """A study as JSON values: its patterns, and the hashes of its survey's tables."""
    patterns = [asdict(one) for one in study.patterns]
    told: dict[str, Any] = {"patterns": patterns, "settled": sorted(study.settled)}
    if study.uncertain:
        told["uncertain"] = [asdict(one) for one in study.uncertain]
    return told if study.survey is None else {**told, "survey": told_of(study.survey)}
