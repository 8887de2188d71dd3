"""Where tables are from: what stands with every frame and dataset, so that it can be found again, and checked."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from results.folders.files import as_json
from results.folders.manifest import FolderError, read_manifest


def about_folder(folder: Path) -> dict[str, Any]:
    """Of the tables of a run folder: where it is, the fingerprint of its content, what was asked, and of which model.

    The fingerprint is the content hash in `manifest.json`: the same numbers have the same one wherever they were run.
    """
    try:
        manifest = read_manifest(folder)
    except FolderError:
        return {"source": str(folder)}
    about = {
        "source": str(folder),
        "fingerprint": manifest.content or "",
        "command": manifest.command,
        "command_line": manifest.line,
        "model": manifest.model,
        "legato": manifest.versions.get("legato", ""),
        "finished": "yes" if manifest.finished else "no",
        "currency": _currency(manifest.inputs),
    }
    seed = manifest.inputs.get("seed")
    return {**about, "seed": seed} if isinstance(seed, int) else about


def about_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """Of what fills no folder: the fingerprint of all that it says."""
    return {"source": "", "fingerprint": hashlib.sha256(as_json(document)).hexdigest()}


def _currency(inputs: Mapping[str, Any]) -> str:
    """Of the scenarios' prices; those of one run have one currency."""
    for scenario in inputs["scenarios"].values():
        costs = scenario.get("costs", {}) if isinstance(scenario, Mapping) else {}
        if isinstance(costs, Mapping) and "currency" in costs:
            return str(costs["currency"])
    return "USD"
