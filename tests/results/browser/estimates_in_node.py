"""Asks the estimates for pages, in Node, and Python's the same."""

import json
import subprocess
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from math import inf, nan
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from results.browser import artifact
from results.browser.layout import layout
from results.estimates.comparison import compare
from results.exploring.live_comparison import courses_of
from scenarios import Scenario
from simulation.browser import artifact as engine
from simulation.browser.layout import layout as engine_layout
from simulation.browser.scenario_data import keys_data, scenario_data
from simulation.outcomes import NAMES
from simulation.running.ensemble import Ensemble
from tests.simulation.browser.pages import NODE

needs_estimates = pytest.mark.skipif(
    artifact.ESTIMATES.source_hash != artifact.source_hash(),
    reason="the estimates for pages were built of other rules; `make wasm` builds them again",
)
SCRIPT = Path(__file__).with_name("compare_in_node.mjs")
WORDS = {"NaN": nan, "Infinity": inf, "-Infinity": -inf}


class Pair(NamedTuple):
    """Two ensembles with the same luck.

    Attributes:
        base: one of them.
        other: what is compared with it.
        asked: the scenario and the changes that a page asks the engine for to get each; empty if it is told what they
            live with.
        courses: whether the other's courses are asked for, too.
    """

    base: Ensemble
    other: Ensemble
    asked: tuple[tuple[Scenario, Mapping[str, Any]], ...] = ()
    courses: bool = False


def in_node(pairs: Sequence[Pair]) -> list[Any]:
    """What the estimates for pages answer."""
    named = {f"{id(one)}": one for pair in pairs for one, _ in pair.asked}
    request = {
        "engine": str(engine.HERE / "engine.js"),
        "estimates": str(artifact.HERE / "estimates.js"),
        "module": str(artifact.ESTIMATES.module),
        "layout": layout(),
        "engineModule": str(engine.ENGINE.module),
        "engineLayout": engine_layout() if named else None,
        "keys": keys_data() if named else None,
        "scenarios": {name: scenario_data(one) for name, one in named.items()},
        "pairs": [_asked(pair) for pair in pairs],
    }
    done = subprocess.run([str(NODE), str(SCRIPT)], input=json.dumps(request), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


def _asked(pair: Pair) -> dict[str, Any]:
    both = {"base": pair.base, "other": pair.other}
    courses = {
        "sumMonths": _packed(pair.other.sum_months),
        "keptMonths": _packed(pair.other.kept_months),
        "lastMonth": len(pair.other.sum_months) - 1,
    }
    return {
        **{name: {outcome: _packed(one[outcome]) for outcome in NAMES} for name, one in both.items()},
        "unknown": None if pair.asked else {name: _lived(one) for name, one in both.items()},
        "asked": [{"scenario": f"{id(one)}", "changes": changes} for one, changes in pair.asked] or None,
        "networks": pair.base.replicates,
        "courses": courses if pair.courses else None,
    }


def _lived(one: Ensemble) -> dict[str, Any] | None:
    posterior = one.scenario.posterior
    if posterior is None:
        return None
    particles = posterior.particles_of(one.first, one.replicates).tolist()
    return {"particles": particles, "values": _packed(posterior.values), "keys": len(posterior.keys)}


def _packed(numbers: NDArray[np.float64]) -> str:
    return b64encode(np.ascontiguousarray(numbers, dtype="<f8").tobytes()).decode("ascii")


def in_python(pair: Pair) -> dict[str, Any]:
    """The same of `results.estimates`."""
    both = compare({"base": pair.base, "other": pair.other}, "base")
    of_pair = ("scenario", "same_members")
    return {
        **{name: {outcome: asdict(one) for outcome, one in both.estimates[name].items()} for name in ("base", "other")},
        "differences": {
            one.outcome: {name: number for name, number in asdict(one).items() if name not in of_pair}
            for one in both.differences
        },
        "courses": {
            name: {end: getattr(one, end).tolist() for end in ("mean", "low", "high")}
            for name, one in (courses_of(pair.other) if pair.courses else {}).items()
        },
    }


def assert_same(pairs: Sequence[Pair]) -> list[float]:
    """Every number is equal to a relative difference of 1e-9, nan and None where Python has them, counts exactly.

    Returns:
        How long each comparison took in Node (milliseconds).
    """
    took = []
    for number, (pair, answer) in enumerate(zip(pairs, in_node(pairs), strict=True)):
        for table, expected in in_python(pair).items():
            told = f"pair {number}, {table}"
            assert answer.get(table, {}).keys() == expected.keys(), told
            for outcome, numbers in expected.items():
                assert answer[table][outcome].keys() == numbers.keys(), told
                for name, value in numbers.items():
                    assert_alike(answer[table][outcome][name], value, f"{told}, {outcome}.{name}")
        took.append(float(answer["milliseconds"]))
    return took


def assert_alike(mine: Any, theirs: Any, told: str) -> None:
    """One number, or a course."""
    if isinstance(theirs, list):
        assert len(mine) == len(theirs), told
        for place, (one, other) in enumerate(zip(mine, theirs, strict=True)):
            assert_alike(one, other, f"{told}, month {place}")
    elif isinstance(theirs, int) and abs(theirs) > 1e9:  # replicates that nobody will ever add
        assert mine == pytest.approx(theirs, rel=1e-9), told
    elif theirs is None or isinstance(theirs, (str, int)):
        assert mine == theirs, told
    else:
        assert mine is not None, told
        # Averages of differences that nearly cancel are as exact as what they are averages of.
        assert WORDS.get(mine, mine) == pytest.approx(theirs, rel=1e-9, abs=1e-12, nan_ok=True), told
