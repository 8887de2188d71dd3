"""The manifest of a run folder: what was asked, with what it was made, and whether all of it is there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from results.folders.files import as_json, write
from results.folders.versions import versions
from scenarios.files.faults import RefusedError
from scenarios.files.on_every_system import typed
from simulation.model_code import machine_kind, model_version

MANIFEST = "manifest.json"
ANOTHER = "choose another folder with --out"


class FolderError(RefusedError, ValueError):
    """A folder that cannot take this run: another run's, not ours, in use, or not writable."""


@dataclass(frozen=True)
class Manifest:
    """What stands in `manifest.json`, key by key in this order; what is None is left out there.

    Attributes:
        command_line: as it was typed.
        written: when, with the time zone.
        versions: of Python, of Legato and of what it computes with.
        model: the version of the model.
        machine: the kind of processor, with the version of numba.
        inputs: what the results depend on: command, resolved scenarios, seed, replicates, and so on.
        finished: whether all is there.
        failed: points of a sweep that could not be run (count).
        precision: what was asked and what was reached, where networks were run until an interval was narrow enough.
        tables: file -> hash of its content, of tables made of what was run.
        content: hash of all that was made.
    """

    command_line: tuple[str, ...]
    written: str
    versions: Mapping[str, str]
    model: str
    machine: str
    inputs: Mapping[str, Any]
    finished: bool
    failed: int | None = None
    precision: Mapping[str, Any] | None = None
    tables: Mapping[str, str] | None = None
    content: str | None = None

    @property
    def command(self) -> str:
        """The command that filled the folder."""
        return str(self.inputs["command"])

    @property
    def line(self) -> str:
        """The command line, to be typed again."""
        return typed(self.command_line)

    @property
    def is_of_this_machine(self) -> bool:
        """Whether numbers that are run again here are the same to the byte, and not to 12 digits only."""
        return self.machine == machine_kind()

    @property
    def another_model(self) -> str | None:
        """That the model was another one, in words; None where it was this one."""
        if self.model == model_version():
            return None
        legato = self.versions.get("legato", "of an unknown version")
        return f"another version of the model: {self.model} there, {model_version()} now (Legato {legato} there)"

    def write(self, folder: Path) -> None:
        """Write it into its folder."""
        stated = {one.name: getattr(self, one.name) for one in fields(self)}
        write(folder / MANIFEST, as_json({key: value for key, value in stated.items() if value is not None}))


def manifest_now(command_line: tuple[str, ...], inputs: Mapping[str, Any], *, finished: bool, **state: Any) -> Manifest:
    """The manifest of what is run here and now; `state` is what else is known of it, by field."""
    written = datetime.now().astimezone().isoformat(timespec="seconds")
    return Manifest(
        command_line, written, versions(), model_version(), machine_kind(), inputs, finished=finished, **state
    )


def read_manifest(folder: Path, kind: str = "run") -> Manifest:
    """The manifest that stands in a folder.

    Args:
        folder: where.
        kind: what it should be a folder of, in the words of a refusal.

    Raises:
        FolderError: if there is none, or it cannot be read as one.
    """
    try:
        return _manifest_of(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise FolderError(f"{folder} is not a {kind}'s folder: there is no {MANIFEST}") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FolderError(f"{folder} cannot be read as a {kind}'s folder ({error})") from None


def _manifest_of(noted: Mapping[str, Any]) -> Manifest:
    """A manifest out of what JSON says, of whatever version of Legato; KeyError and the like where it is none."""
    inputs = noted["inputs"]
    if not (isinstance(inputs["command"], str) and isinstance(inputs["scenarios"], Mapping)):
        raise TypeError("its inputs have no command or no scenarios")
    versions_there = dict(noted.get("versions", {}))
    return Manifest(
        command_line=tuple(map(str, noted.get("command_line", ()))),
        written=str(noted.get("written", "")),
        versions=versions_there,
        model=str(noted.get("model", "an older one")),
        machine=str(noted.get("machine", "")),
        inputs=inputs,
        finished=bool(noted["finished"]),
        **{key: noted.get(key) for key in ("failed", "precision", "tables", "content")},
    )
