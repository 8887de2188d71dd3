"""Plans tried with the engine, by threads; each is kept as soon as it is finished."""

import base64
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

import simulation
from results.estimates.parameter_uncertainty import Values
from results.exiting.plans import Plan
from results.exiting.question import Evaluate, Sight
from results.folders.notes import Notes
from results.optimising.search import Luck
from scenarios import Scenario
from scenarios.designs.design import at_point
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.running.ensemble import EngineName
from simulation.running.threads import in_order, processors


def evaluator(
    scenario: Scenario,
    months: tuple[int, int | None],
    notes: Notes,
    *,
    workers: int | None = None,
    engine: EngineName = "compiled",
    progress: Callable[[int], None] = lambda _networks: None,
    keep: bool = True,
) -> Evaluate:
    """What tries plans of a scenario, and looks up those that an interrupted attempt has tried.

    Args:
        scenario: as planned.
        months: of the decision, and in which one decides again.
        notes: what is kept.
        workers: threads, one for each processor if left out.
        engine: what runs them.
        progress: hears of networks as they are finished.
        keep: whether what is found goes into the notes' file.
    """
    decided, again = months
    known = outcomes_of(scenario.outcomes)
    count = len(known.names)
    wide = count + 1 + len(known.monthly_names)  # outcomes, what was spent at the decision, what was seen later
    many = 1 if engine == "mesa" else (workers or processors())

    def run(task: tuple[str, Plan, Luck]) -> tuple[str, Any]:
        name, plan, luck = task
        settled = at_point({scenario.name: scenario}, plan.changes)
        found = simulation.run(settled, seed=luck.seed, replicates=luck.replicates, engine=engine, workers=1)
        row = np.zeros((luck.replicates, wide))
        row[:, :count] = found.values
        row[:, count] = _filled(found.course("cost")[:, decided])
        if again is not None:
            row[:, count + 1 :] = found.kept_months[:, again]
        return name, _packed(row)

    def note(found: tuple[str, Any]) -> None:
        if keep:
            notes.note(*found)
        else:
            notes.known[found[0]] = found[1]

    def evaluate(wanted: Sequence[Plan], luck: Luck) -> list[Sight]:
        names = [f"{luck.stage} {_name(plan)}" for plan in wanted]
        missing = {name: plan for name, plan in zip(names, wanted, strict=True) if name not in notes.known}
        progress((len(wanted) - len(missing)) * luck.replicates)
        for found in in_order(run, [(name, plan, luck) for name, plan in missing.items()], many, rescue=note):
            note(found)
            progress(luck.replicates)
        return [_unpacked(notes.known[name], luck.replicates, count) for name in names]

    return evaluate


def _name(plan: Plan) -> str:
    return " ".join(f"{key}={value!r}" for key, value in sorted(plan.changes.items())) or "as planned"


def _filled(spent: Values) -> Values:
    """Nothing was spent where nothing is known: a run that goes on from today does not say what came before."""
    filled: Values = np.nan_to_num(spent, nan=0.0)
    return filled


def _packed(row: Values) -> list[str]:
    content = np.ascontiguousarray(row, dtype="<f8").tobytes()
    return [base64.b64encode(zlib.compress(content, 6)).decode()]


def _unpacked(kept: Any, replicates: int, count: int) -> Sight:
    content = zlib.decompress(base64.b64decode(kept[0]))
    row = np.frombuffer(content, dtype="<f8").reshape(replicates, -1).astype(np.float64)
    return Sight(row[:, :count], row[:, count], row[:, count + 1 :])
