"""Whether a run folder holds what the model gives: files as the journal has them, and rows that are run again."""

from collections.abc import Callable
from pathlib import Path

from results.apportioning.verify import verify_portfolio
from results.calibrating.bank.verify import verify_bank_folder
from results.calibrating.verify import verify_calibration
from results.checking.verify import verify_check
from results.comparing.verify import verify_run
from results.deciding.verify import verify_futures
from results.emulating.adaptive_folder import verify_adaptive
from results.emulating.verify import verify_emulators
from results.exiting.verify import verify_exit
from results.explaining.verify import verify_explanation
from results.folders.examination import Examination, Verification
from results.folders.manifest import FolderError, Manifest, read_manifest
from results.introducing.verify import verify_introductions
from results.members.verify import verify_members
from results.optimising.verify import verify_optimum
from results.robust_search.verify import is_over_futures, verify_robust
from results.sweeping.given_verify import verify_given
from results.sweeping.sweep_folder import is_swept
from results.sweeping.verify import verify_sweep
from results.tracking.verify import verify_track

Progress = Callable[[int], None]
_ROOMS: dict[str, Callable[[Examination, int | None], None]] = {
    "run": verify_run,
    "compare": verify_run,
    "explain": verify_explanation,
    "track": verify_track,
    "members": verify_members,
    "introduce": verify_introductions,
    "sweep": verify_sweep,
    "sensitivity": verify_given,
    "emulate": verify_emulators,
    "discover": verify_sweep,
    "optimise": verify_optimum,
    "portfolio": verify_portfolio,
    "exit": verify_exit,
    "check": verify_check,
    "calibrate": verify_calibration,
}
"""Command -> what examines its folder."""
_INSIDE: dict[str, Callable[[Examination, int | None], None]] = {"bank": verify_bank_folder}
"""Folders that a command may keep elsewhere, or inside its own -> what examines them."""
KINDS = tuple(_ROOMS)
"""Commands whose folders are verified: all that fill one."""


def verify(
    path: Path | str, sample: int | None = 200, *, seed: int = 1, progress: Progress = lambda _rows: None
) -> Verification:
    """Check a run folder.

    Args:
        path: of the folder of a `run`, `compare`, `explain`, `track`, `members`, `introduce`, `sweep`,
            `sensitivity`, `emulate`, `discover`, `optimise`, `portfolio`, `exit`, `check` or `calibrate`, or the bank
            of a `calibrate`.
        sample: rows to run again, chosen at random; None runs all of them, and checks what was made from them.
        seed: of that choice.
        progress: hears of rows as they are run.

    Raises:
        FolderError: if it is no run's folder, is not finished, or was made with another version of the model.
    """
    path = Path(path)
    manifest = _manifest(path)
    found = Verification()
    on_another = not manifest.is_of_this_machine
    if on_another:
        found.notes.append(
            "It was made on another kind of processor: numbers are compared to 12 digits, not to the byte."
        )
    check = Examination(path, manifest, found, on_another, seed, progress)
    command = manifest.command
    if is_swept(manifest.inputs):
        verify_sweep(check, sample)
        if "adaptive" in manifest.inputs and manifest.finished:
            verify_adaptive(check)
        if "over" in manifest.inputs:
            verify_futures(check)
    elif command == "optimise" and is_over_futures(manifest.inputs):
        verify_robust(check, sample)
    elif examine := _ROOMS.get(command) or _INSIDE.get(command):
        examine(check, sample)
    else:
        raise FolderError(f"{path} holds a {command}; what can be verified is {', '.join(KINDS)}")
    if not found.rows and not found.faults:
        check.fault(f"nothing could be checked: {path} holds no row that can be run again")
    return found


def _manifest(path: Path) -> Manifest:
    manifest = read_manifest(path)
    if manifest.another_model:
        raise FolderError(f"{path} was made with {manifest.another_model}; install that one to check it")
    if not is_swept(manifest.inputs) and not manifest.finished:
        raise FolderError(
            f"{path} holds a {manifest.command} that is not finished; go on with the command that began it"
        )
    return manifest
