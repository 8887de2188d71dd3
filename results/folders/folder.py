"""A folder before and while a run is written there: whose it is, what is refused, and its manifest."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from results.folders.files import PARTIAL, write
from results.folders.inputs import INPUTS, write_inputs
from results.folders.lock import LOCK, Lock, LockedError
from results.folders.versions import versions
from scenarios import Scenario
from scenarios.files.faults import RefusedError
from simulation.model_code import machine_kind, model_version

MANIFEST = "manifest.json"
BRIEF = "report.html"
ANOTHER = "choose another folder with --out"


class FolderError(RefusedError, ValueError):
    """A folder that cannot take this run: another run's, not ours, in use, or not writable."""


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
    before: Mapping[str, Any] | None
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
        """Write the manifest; a brief of what is not finished, or not finished any more, goes."""
        if not finished:
            (self.path / BRIEF).unlink(missing_ok=True)
        manifest = {
            "command_line": list(self.command_line),
            "written": datetime.now().astimezone().isoformat(timespec="seconds"),
            "versions": versions(),
            "model": model_version(),
            "machine": machine_kind(),
            "inputs": self.inputs,
            "finished": finished,
            **state,
        }
        write(self.path / MANIFEST, as_json(manifest))


def claim(
    path: Path | None, inputs: Mapping[str, Any], command_line: Sequence[str], scenarios: Sequence[Scenario]
) -> Folder:
    """Claim the folder of a run before the run, so that a refusal costs no time.

    Args:
        path: where; None is `runs/<when>-<what>/`.
        inputs: what the run depends on, JSON values only. A folder with other inputs is refused, and so is one that was
            begun with another version of the model.
        command_line: as it was typed, for the manifest.
        scenarios: written to `inputs/`, so that the folder can be checked, and run again, by itself.

    Raises:
        FolderError: if it holds another run, or something else, is in use, or cannot be written.
    """
    plain: Mapping[str, Any] = json.loads(as_json(inputs))
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
    try:
        folder = Folder(path, plain, command_line, manifest_of(path, plain), lock)
        if folder.before is not None and folder.before.get("machine") != machine_kind():
            folder.faults.append(
                f"{path} was begun on another kind of processor, or with another version of numba: results are the "
                "same to 12 digits, and may not be to the byte"
            )
        write_inputs(path / INPUTS, scenarios)
        if folder.before is None:
            folder.note(finished=False)
    except FolderError:
        lock.release()
        raise
    except OSError as error:
        lock.release()
        raise FolderError(f"{path} cannot be used as the run's folder: {error}; {ANOTHER}") from None
    return folder


def as_json(document: Mapping[str, Any]) -> bytes:
    """A document as its file holds it."""
    return (json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode(
        errors="backslashreplace"
    )


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


def manifest_of(path: Path, inputs: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The manifest of an earlier run with the same inputs; None where there is none, or it kept nothing.

    Args:
        path: the folder; it need not exist.
        inputs: what the run depends on, as they come back from JSON.

    Raises:
        FolderError: if the folder holds another run, or anything else.
    """
    noted, holds_more = _read(path)
    if noted is None:
        return None
    there, here = _flat(noted["inputs"]), _flat(inputs)
    different = [
        key for key in sorted({*there, *here}) if key not in there or key not in here or there[key] != here[key]
    ]
    if not noted["finished"] and not holds_more:
        return None  # a run that was interrupted before it kept anything
    if not different:
        if noted.get("model") != model_version():
            raise FolderError(
                f"{path} was begun with another version of the model: {noted.get('model', 'an older one')} there, "
                f"{model_version()} now (Legato {noted.get('versions', {}).get('legato', 'of an unknown version')} "
                f"there); its numbers would not go together with those of this one; {ANOTHER}"
            )
        return noted
    lines = [f"  {key}: {_shown(there, key)} there, {_shown(here, key)} now" for key in different[:20]]
    lines += [f"  and {len(different) - 20} more"] if len(different) > 20 else []
    raise FolderError(
        f"{path} holds a run with other inputs:\n" + "\n".join(lines) + f"\n{ANOTHER}, or the same inputs"
    )


def _read(path: Path) -> tuple[Mapping[str, Any] | None, bool]:
    """The manifest, and whether the folder holds anything besides."""
    try:
        if not path.exists():
            return None, False
        if not path.is_dir():
            raise FolderError(f"{path} is a file, not a folder; {ANOTHER}")
        names = {one.name for one in path.iterdir()} - {LOCK, INPUTS, f".{MANIFEST}{PARTIAL}"}
        if not names:
            return None, False
        if MANIFEST not in names:
            raise FolderError(
                f"{path} holds files but no {MANIFEST}, so it is not a run's folder; choose an empty or a new one "
                "with --out"
            )
        noted = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        return {**noted, "inputs": noted["inputs"], "finished": noted["finished"]}, len(names) > 1
    except FolderError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FolderError(f"{path} cannot be read as a run's folder ({error}); {ANOTHER}") from None


def _shown(values: Mapping[str, Any], key: str) -> str:
    text = json.dumps(values[key], ensure_ascii=False) if key in values else "nothing"
    return text if len(text) <= 60 else text[:57] + "..."


def _flat(value: Any, key: str = "") -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        return {key: value}
    return {k: v for name, part in value.items() for k, v in _flat(part, f"{key}.{name}" if key else name).items()}
