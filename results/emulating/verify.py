"""Whether the folder of emulators holds what the run gives that they were learned from."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from results.emulating.tables import tables_of
from results.emulating.trained import TooLittleError, train
from results.folders.examination import Examination, same_table
from results.folders.manifest import FolderError
from results.sweeping.given_inputs import RunPoints, read_points
from scenarios import to_dict


def inputs_of(run: RunPoints, outcomes: Sequence[str]) -> dict[str, Any]:
    """Everything that the emulators depend on, as JSON values."""
    return {
        "command": "emulate",
        "given": {"run": str(run.path.resolve()), "command": run.manifest.command, "content": run.manifest.content},
        "outcomes": list(outcomes),
        "seed": run.seed,
        "scenarios": {base.name: to_dict(base) for base in run.bases},
    }


def verify_emulators(check: Examination, _sample: int | None) -> None:
    """The emulators learned again from their run, which has to be where it was."""
    given = check.manifest.inputs["given"]
    check.tables_as_noted()
    try:
        run = read_points(Path(given["run"]))
    except FolderError as error:
        check.fault(f"the run that the emulators were learned from cannot be read: {error}")
        return
    if run.manifest.content != given["content"]:
        check.fault(f"{run.path} is not as it was when the emulators were learned")
        return
    try:
        found = train(run, check.manifest.inputs["outcomes"])
    except (TooLittleError, FolderError) as error:
        check.fault(str(error))
        return
    for name, columns in tables_of(found).items():
        same_table(check, name, columns)
        check.found.rows += len(columns["outcome"])
        check.found.of += len(columns["outcome"])
        check.progress(len(columns["outcome"]))
