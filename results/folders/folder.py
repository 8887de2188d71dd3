"""A folder before and while a run is written there: whose it is, and what is refused."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from results.folders.files import PARTIAL, as_json
from results.folders.inputs import INPUTS, write_inputs
from results.folders.lock import LOCK, Lock, LockedError
from results.folders.manifest import ANOTHER, MANIFEST, FolderError, Manifest, manifest_now, read_manifest
from scenarios import Scenario

__all__ = ["ANOTHER", "BRIEF", "MANIFEST", "Folder", "FolderError", "as_json", "claim", "manifest_of"]

GoesOn = Callable[[Mapping[str, Any]], bool]
BRIEF = "report.html"
REPORTS = ("report.html", "report.pdf", "report.docx", "report.pptx", "report.xlsx")
"""What `legato report` writes into a folder."""


@dataclass(frozen=True, eq=False)
class Folder:
    """A folder claimed for one command; a context in which nobody else may write there.

    Attributes:
        path: where it is.
        inputs: what the run depends on: command, resolved scenarios, seed, replicates, and so on.
        command_line: as it was typed.
        before: the manifest of an earlier attempt with the same inputs, or None.
        lock: held until the context is left; None for a reader.
        faults: what should be said of that attempt, in words.
    """

    path: Path
    inputs: Mapping[str, Any]
    command_line: Sequence[str]
    before: Manifest | None
    lock: Lock | None = None
    faults: list[str] = field(default_factory=list)

    def __enter__(self) -> "Folder":
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()

    def release(self) -> None:
        """Let others in."""
        if self.lock is not None:
            self.lock.release()

    def note(self, *, finished: bool, **state: Any) -> None:
        """Write the manifest; a brief of what is not finished, or not finished any more, goes.

        Args:
            finished: whether all is there.
            state: what else is known by now; see `Manifest`.
        """
        if not finished:
            for report in REPORTS:
                (self.path / report).unlink(missing_ok=True)
        manifest_now(tuple(self.command_line), self.inputs, finished=finished, **state).write(self.path)


def claim(
    path: Path | None,
    inputs: Mapping[str, Any],
    command_line: Sequence[str],
    scenarios: Sequence[Scenario],
    goes_on: GoesOn | None = None,
) -> Folder:
    """Claim the folder of a run before the run, so that a refusal costs no time.

    Args:
        path: where; None is `runs/<when>-<what>/`.
        inputs: what the run depends on, JSON values only. A folder with other inputs is refused, and so is one that was
            begun with another version of the model.
        command_line: as it was typed, for the manifest.
        scenarios: written to `inputs/`, so that the folder can be checked, and run again, by itself.
        goes_on: of the inputs of a run that is there, whether this one is the same run with more of it.

    Raises:
        FolderError: if it holds another run, or something else, is in use, or cannot be written.
    """
    plain: Mapping[str, Any] = json.loads(as_json(inputs))
    if path is not None:
        manifest_of(path, plain, goes_on)  # before anything is changed there
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
    try:
        folder = Folder(path, plain, command_line, manifest_of(path, plain, goes_on), lock)
        if folder.before is not None and not folder.before.is_of_this_machine:
            folder.faults.append(
                f"{path} was begun on another kind of processor, or with another version of numba: results are the "
                "same to 12 digits, and may not be to the byte"
            )
        write_inputs(path / INPUTS, scenarios)
        if folder.before is None or folder.before.inputs != plain:
            folder.note(finished=False)
    except FolderError:
        lock.release()
        raise
    except OSError as error:
        lock.release()
        raise FolderError(f"{path} cannot be used as the run's folder: {error}; {ANOTHER}") from None
    return folder


def _fresh(inputs: Mapping[str, Any]) -> Path:
    """Make a folder that nobody had before."""
    names = "-".join(inputs["scenarios"])
    stem = f"{datetime.now():%Y-%m-%dT%H-%M-%S}-{inputs['command']}-{names[:40].rstrip('-. ')}"
    number = 1
    while True:
        path = Path("runs") / (stem if number == 1 else f"{stem}-{number}")
        try:
            path.mkdir(parents=True)
        except FileExistsError:
            number += 1
        else:
            return path


def manifest_of(path: Path, inputs: Mapping[str, Any], goes_on: GoesOn | None = None) -> Manifest | None:
    """The manifest of an earlier run with the same inputs; None where there is none, or it kept nothing.

    Args:
        path: the folder; it need not exist.
        inputs: what the run depends on, as they come back from JSON.
        goes_on: whether a run with other inputs is this one, with less of it.

    Raises:
        FolderError: if the folder holds another run, or anything else.
    """
    names = _names(path)
    if not names:
        return None
    try:
        there = read_manifest(path)
    except FolderError as error:
        raise FolderError(f"{error}; {ANOTHER}") from None
    if not there.finished and len(names) == 1:
        return None  # a run that was interrupted before it kept anything
    differences = _differences(there.inputs, inputs)
    if differences and not (goes_on and goes_on(there.inputs)):
        raise FolderError(
            f"{path} holds a run with other inputs:\n" + "\n".join(differences) + f"\n{ANOTHER}, or the same inputs"
        )
    if there.another_model:
        raise FolderError(
            f"{path} was begun with {there.another_model}; its numbers would not go together with those of this one; "
            f"{ANOTHER}"
        )
    return there


def _names(path: Path) -> set[str]:
    """What a folder holds besides what every claim leaves; a manifest is among it, or there is nothing."""
    try:
        if not path.exists():
            return set()
        if not path.is_dir():
            raise FolderError(f"{path} is a file, not a folder; {ANOTHER}")
        names = {one.name for one in path.iterdir()} - {LOCK, INPUTS, f".{MANIFEST}{PARTIAL}"}
    except OSError as error:
        raise FolderError(f"{path} cannot be read as a run's folder ({error}); {ANOTHER}") from None
    if names and MANIFEST not in names:
        raise FolderError(
            f"{path} holds files but no {MANIFEST}, so it is not a run's folder; choose an empty or a new one "
            "with --out"
        )
    return names


def _differences(there: Mapping[str, Any], here: Mapping[str, Any]) -> list[str]:
    """In what inputs differ, a line each; of very many, the first."""
    old, new = _flat(there), _flat(here)
    keys = [key for key in sorted({*old, *new}) if key not in old or key not in new or old[key] != new[key]]
    lines = [f"  {key}: {_shown(old, key)} there, {_shown(new, key)} now" for key in keys[:20]]
    return lines + ([f"  and {len(keys) - 20} more"] if len(keys) > 20 else [])


def _shown(values: Mapping[str, Any], key: str) -> str:
    text = json.dumps(values[key], ensure_ascii=False) if key in values else "nothing"
    return text if len(text) <= 60 else text[:57] + "..."


def _flat(value: Any, key: str = "") -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        return {key: value}
    return {k: v for name, part in value.items() for k, v in _flat(part, f"{key}.{name}" if key else name).items()}
