"""Whether the folder of a sensitivity analysis of a finished run holds what that run gives."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from results.folders.examination import Examination, same_table
from results.folders.manifest import FolderError
from results.sweeping.given_analysis import TooLittleError, analyse, emulated_columns, influence_columns
from results.sweeping.given_inputs import RunPoints, read_points
from scenarios import to_dict

TABLE, EMULATED = "sensitivity.parquet", "emulated.parquet"


def inputs_of(run: RunPoints, outcomes: Sequence[str]) -> dict[str, Any]:
    """Everything that the analysis depends on, as JSON values."""
    given = {"run": str(run.path.resolve()), "command": run.manifest.command, "content": run.manifest.content}
    part = {} if run.so_far is None else {"points": len(run.so_far.points)}
    return {
        "command": "sensitivity",
        "given": {**given, **part},
        "outcomes": list(outcomes),
        "seed": run.seed,
        "scenarios": {base.name: to_dict(base) for base in run.bases},
    }


def verify_given(check: Examination, _sample: int | None) -> None:
    """The table made again from the run that was analysed, which has to be where it was."""
    given = check.manifest.inputs["given"]
    check.tables_as_noted()
    try:
        run = read_points(Path(given["run"]))
    except FolderError as error:
        check.fault(f"the run that was analysed cannot be read: {error}")
        return
    if "points" in given:
        there = run.so_far is not None and len(run.so_far.points)
        if there != given["points"]:
            check.fault(f"{run.path} was analysed with its first {given['points']:,} points, and has others by now")
            return
    elif run.manifest.content != given["content"]:
        check.fault(f"{run.path} is not as it was when it was analysed")
        return
    try:
        told = EMULATED in (check.manifest.tables or {})
        found = analyse(run, check.manifest.inputs["outcomes"], emulator=told)
        columns = influence_columns(found)
    except (TooLittleError, FolderError) as error:
        check.fault(str(error))
        return
    same_table(check, TABLE, columns)
    if missing := [one.no_emulator for one in found if one.no_emulator]:
        check.found.notes.append(f"{EMULATED} is not made again: {missing[0]}")
    elif told:
        same_table(check, EMULATED, emulated_columns(found))
    check.found.rows = check.found.of = len(columns["outcome"])
    check.progress(check.found.rows)
