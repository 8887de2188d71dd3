"""Candidates tried with the engine, by threads here or by a cluster; each is kept as soon as it is finished."""

import base64
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from results.estimates.parameter_uncertainty import Values
from results.folders.notes import Notes
from results.optimising.search import Evaluate, Luck
from scenarios import Scenario
from simulation.running.campaign import Failure, Order, Workers
from simulation.running.ensemble import EngineName


def evaluator(
    scenario: Scenario,
    workers: Workers,
    notes: Notes,
    *,
    engine: EngineName = "compiled",
    progress: Callable[[int], None] = lambda _networks: None,
    keep: bool = True,
) -> Evaluate:
    """What tries candidates of a scenario, and looks up those that an interrupted attempt has tried.

    Args:
        scenario: that values are put into.
        workers: who does it.
        notes: what is kept.
        engine: what runs them.
        progress: hears of networks as they are finished.
        keep: whether what is found goes into the notes' file.
    """

    def evaluate(wanted: Sequence[Mapping[str, Any]], luck: Luck) -> list[Values | str]:
        names = [_name(values, luck) for values in wanted]
        missing = [place for place, name in enumerate(names) if name not in notes.known]
        progress((len(wanted) - len(missing)) * luck.replicates)
        orders = (
            (place, Order({scenario.name: scenario}, {0: wanted[place]}, luck.seed, luck.replicates, engine))
            for place in missing
        )
        for place, results in workers.run(orders):
            result = results[0]
            finding = result.error if isinstance(result, Failure) else _packed(result)
            if keep:
                notes.note(names[place], finding)
            else:
                notes.known[names[place]] = finding
            progress(luck.replicates)
        return [_unpacked(notes.known[name], luck.replicates) for name in names]

    return evaluate


def _name(values: Mapping[str, Any], luck: Luck) -> str:
    return " ".join([luck.stage, *(f"{key}={value!r}" for key, value in values.items())])


def _packed(values: Values) -> list[str]:
    content = np.ascontiguousarray(values, dtype="<f8").tobytes()
    return [base64.b64encode(zlib.compress(content, 6)).decode()]


def _unpacked(kept: Any, replicates: int) -> Values | str:
    if isinstance(kept, str):
        return kept
    content = zlib.decompress(base64.b64decode(kept[0]))
    return np.frombuffer(content, dtype="<f8").reshape(replicates, -1).astype(np.float64)
