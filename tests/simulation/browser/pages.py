"""Asks the engine for pages, in Node, and the compiled engine the same."""

import base64
import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

import scenarios
from scenarios import Scenario, ScenarioError
from scenarios.schema.own_files import own_file
from scenarios.schema.own_rules import OwnRules
from simulation.browser import artifact
from simulation.browser.layout import layout
from simulation.browser.scenario_data import TODAY, keys_data, scenario_data
from simulation.engine.run import COLUMNS, MONTHLY_COLUMNS, Engine
from simulation.own_rules.replaceable import parameters
from tests.shared import DRAWN_WITHIN

NODE = shutil.which("node")
needs_module = pytest.mark.skipif(
    artifact.ENGINE.source_hash != artifact.source_hash(),
    reason="the engine for pages was built of other rules; `make wasm` builds it again",
)
needs_node = pytest.mark.skipif(NODE is None, reason="no node here, in which the engine for pages is run")
SCRIPT = Path(__file__).with_name("run_in_node.mjs")
KEPT = 2

BOUNDED: Mapping[str, tuple[float, float]] = {
    # What would take minutes.
    **DRAWN_WITHIN,
    "network.members": (2, 60),
    "network.months": (1, 60),
    "network.topics": (6, 12),
    "network.joining": (0, 3),
    "closing.month": (1, 40),
    # What else would seldom go together.
    "members.capacity_step": (0, 3),
    "members.engagement_spread": (0, 0.4),
    "members.need_spread": (0, 0.4),
}


HALF = own_file(OwnRules, "half.py", f"def yes_chance({', '.join(parameters('yes_chance'))}):\n    return 0.5\n")
"""Rules that slow tests compile, and build an engine for pages of: all of them these, for it takes long."""


class Run(NamedTuple):
    """Replicates of a scenario with changes: `rows` of them, `first` on."""

    scenario: Scenario
    changes: Mapping[str, Any] = {}
    seed: int = 1
    first: int = 0
    rows: int = 6


class Watch(NamedTuple):
    """One replicate of a scenario with changes, month by month; of no more members than `most`, if that is given."""

    scenario: Scenario
    changes: Mapping[str, Any] = {}
    seed: int = 1
    replicate: int = 0
    most: int | None = None


def in_node(runs: Sequence[Run]) -> list[Any]:
    """What the engine for pages answers: values, sums of months, kept courses; or the text of a fault."""
    asked = [
        {"changes": run.changes, "seed": run.seed, "first": run.first, "rows": run.rows, "kept": KEPT} for run in runs
    ]
    answers = _answered([run.scenario for run in runs], "runs", asked)
    return [one.get("fault") or unpacked(one, "values", "sumMonths", "keptMonths") for one in answers]


def watched_in_node(asked: Sequence[Watch]) -> list[dict[str, Any]]:
    """What the engine for pages tells of replicates; `values`, `course` and `events` (in rows of 5) as arrays."""
    answers = _answered([one.scenario for one in asked], "watch", [watching(one) for one in asked])
    return [one if "tooMany" in one else _unpacked_events(one) for one in answers]


def watching(one: Watch) -> dict[str, Any]:
    """What is asked of `Engine.watch`, without its scenario."""
    return {"changes": dict(one.changes), "seed": one.seed, "replicate": one.replicate, "most": one.most}


def _unpacked_events(answer: dict[str, Any]) -> dict[str, Any]:
    names = ("values", "course", "events")
    told = answer | dict(zip(names, unpacked(answer, *names), strict=True))
    return told | {"events": told["events"].reshape(-1, 5)}


def _answered(asked: Sequence[Scenario], task: str, given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    request = {
        "scenarios": {f"{place}": scenario_data(scenario) for place, scenario in enumerate(asked)},
        "runs": [],
        task: [{"scenario": f"{place}", **one} for place, one in enumerate(given)],
    }
    return asked_in_node(SCRIPT, request)  # type: ignore[no-any-return]


def asked_in_node(script: Path, request: Mapping[str, Any]) -> Any:
    """What a script in Node answers to a request, with which it is given the engine."""
    engine = {"engine": str(artifact.HERE / "engine.js"), "module": str(artifact.ENGINE.module)}
    text = json.dumps({**engine, "layout": layout(), "keys": keys_data(), **request})
    done = subprocess.run([str(NODE), str(script)], input=text, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def unpacked(answer: Mapping[str, str], *names: str) -> tuple[NDArray[np.float64], ...]:
    return tuple(np.frombuffer(base64.b64decode(answer[name])) for name in names)


def native(run: Run) -> tuple[NDArray[np.float64], ...]:
    """The same of the compiled engine."""
    scenario = scenarios.replace(run.scenario, dict(run.changes)) if run.changes else run.scenario
    values = np.full((run.rows, COLUMNS), np.nan)
    kept = np.full((KEPT, scenario.last_month + 1, MONTHLY_COLUMNS), np.nan)
    total = Engine(scenario, run.seed).run_block(run.first, values, kept)
    return values.ravel(), total.ravel(), kept.ravel()


SHARES = ("funder.backbone", "funder.grants")
"""Shares of one funder are 1: only several have something to draw."""


def drawn_changes(base: Scenario, rng: np.random.Generator) -> dict[str, Any]:
    """Up to forty values of a scenario over their full ranges, which go together."""
    keys = [
        name
        for name, key in scenarios.KEYS.items()
        if key.kind not in ("str", "funders") and name not in (TODAY, *SHARES)
    ]
    for _ in range(1_000):
        chosen = rng.choice(keys, size=rng.integers(1, 41), replace=False).tolist()
        changes = {"network.members": int(rng.integers(2, 40)), "closing.follow_up": 13}
        changes |= {name: _drawn(name, rng, base) for name in chosen}
        try:
            scenarios.check_particles(scenarios.replace(base, changes))
        except ScenarioError:
            continue
        return changes
    raise AssertionError("no changes that go together in a thousand draws")


def _drawn(name: str, rng: np.random.Generator, base: Scenario) -> Any:
    key = scenarios.KEYS[name]
    if key.kind == "bool":
        return bool(rng.integers(2))
    if key.kind == "weights":
        return rng.integers(0, 9, size=base.network.topics).astype(float).tolist()
    if key.word and rng.random() < 0.2:
        return key.word
    if key.optional and rng.random() < 0.2:
        return None
    low, high = BOUNDED.get(name, (key.low, key.high))
    assert low is not None
    assert high is not None
    if key.kind == "int":
        return int(rng.integers(int(low), int(high) + 1))
    return float(rng.choice([low, high, *rng.uniform(low, high, size=3)]))
