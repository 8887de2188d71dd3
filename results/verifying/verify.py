"""Whether a run folder holds what the model gives: files as the journal has them, and rows that are run again."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from results.calibrating.verify import verify_calibration
from results.checking.verify import verify_check
from results.comparing.verify import verify_run
from results.deciding.verify import verify_futures
from results.explaining.verify import verify_explanation
from results.folders.examination import Examination, Verification
from results.folders.folder import MANIFEST, FolderError
from results.optimising.verify import verify_optimum
from results.sweeping.sweep_folder import is_swept
from results.sweeping.verify import verify_sweep
from simulation.model_code import machine_kind, model_version

Progress = Callable[[int], None]
_ROOMS: dict[str, Callable[[Examination, int | None], None]] = {
    "run": verify_run,
    "compare": verify_run,
    "explain": verify_explanation,
    "sweep": verify_sweep,
    "sensitivity": verify_sweep,
    "discover": verify_sweep,
    "optimise": verify_optimum,
    "check": verify_check,
    "calibrate": verify_calibration,
}
"""Command -> what examines its folder."""
KINDS = tuple(_ROOMS)
"""Commands whose folders are verified: all that fill one."""


def verify(
    path: Path | str, sample: int | None = 200, *, seed: int = 1, progress: Progress = lambda _rows: None
) -> Verification:
    """Check a run folder.

    Args:
        path: of the folder of a `run`, `compare`, `explain`, `sweep`, `sensitivity`, `discover`, `optimise`, `check` or
            `calibrate`.
        sample: rows to run again, chosen at random; None runs all of them, and checks what was made from them.
        seed: of that choice.
        progress: hears of rows as they are run.

    Raises:
        FolderError: if it is no run's folder, is not finished, or was made with another version of the model.
    """
    path = Path(path)
    noted = _manifest(path)
    found = Verification()
    on_another = noted.get("machine") != machine_kind()
    if on_another:
        found.notes.append("It was made on another kind of processor: numbers are held to 12 digits, not to the byte.")
    check = Examination(path, noted, found, on_another, seed, progress)
    command = noted["inputs"]["command"]
    if is_swept(noted["inputs"]):
        verify_sweep(check, sample)
        if "over" in noted["inputs"]:
            verify_futures(check)
    elif command in _ROOMS:
        _ROOMS[command](check, sample)
    else:
        raise FolderError(f"{path} holds a {command}; what can be verified is {', '.join(KINDS)}")
    if not found.rows and not found.faults:
        check.fault(f"nothing could be checked: {path} holds no row that can be run again")
    return found


def _manifest(path: Path) -> Mapping[str, Any]:
    try:
        noted = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        version, command = noted["model"], noted["inputs"]["command"]
    except FileNotFoundError:
        raise FolderError(f"{path} is not a run's folder: there is no {MANIFEST}") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FolderError(f"{path} cannot be read as a run's folder ({error})") from None
    if version != model_version():
        legato = noted.get("versions", {}).get("legato", "unknown")
        raise FolderError(
            f"{path} was made with another version of the model: {version} there (Legato {legato}), "
            f"{model_version()} here; install that one to check it"
        )
    if not is_swept(noted["inputs"]) and not noted.get("finished"):
        raise FolderError(f"{path} holds a {command} that is not finished; go on with the command that began it")
    result: Mapping[str, Any] = noted
    return result
