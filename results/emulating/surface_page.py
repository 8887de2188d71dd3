"""A page of response surfaces that computes: emulators as plain numbers, and two inputs to look along. Needs no server.

What the page says is the Python of `results.emulators` once more (page/emulator.js), to the last digits.
"""

import json
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.emulating.trained import Trained
from results.emulating.words import SHARED, emulator_answer, fine, value_word, verdict
from results.emulators.process import Process
from results.emulators.trees import Trees
from results.pages.html import POLICY
from results.pages.templates import PAGES, template
from results.sweeping.given_inputs import RunPoints
from results.words.currency import CURRENCY, shown_currency, with_currency
from results.words.numbers import factor_words, label, scaled
from scenarios.designs.factors import SCENARIO, Factor
from scenarios.files.listing import listed
from simulation.outcomes import outcome_named

HERE = Path(__file__).parent / "page"
MOST_LEVELS = 41
"""Numbers of an input that are levels of a list; beyond, a range."""


def surface_page(run: RunPoints, found: Sequence[Trained]) -> str:
    """The page as HTML; whatever somebody else may have written is escaped."""
    from markupsafe import Markup

    there = [one for one in found if one.checked is not None]
    data = json.dumps([emulator_data(one) for one in there], allow_nan=False, separators=(",", ":"))
    program = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("emulator.js", "map.js", "surfaces.js"))
    program = program.replace("export function", "function")
    names = listed([base.name for base in run.bases])
    return template("surfaces.html", HERE).render(
        title=f"Response surfaces of {names}",
        about=_about(run),
        why_not=[emulator_answer(one) for one in found if one.checked is None],
        shared=SHARED,
        policy=f"{POLICY}; script-src 'sha256-{b64encode(sha256(program.encode()).digest()).decode()}'",
        style=Markup((PAGES / "brief.css").read_text(encoding="utf-8") + (HERE / "surfaces.css").read_text("utf-8")),
        data=Markup(data.replace("<", "\\u003c")),
        program=Markup(program),
    )


def _about(run: RunPoints) -> str:
    """What it rests on; and what the page knows nothing of, that some values do not come together in the run."""
    binding = run.inputs.binding
    said = f"{len(run.inputs):,} points of {run.called}, seed {run.seed}. Nothing is simulated on this page."
    if not binding:
        return said
    where = f" ({'; '.join(binding.where)})" if binding.where else ""
    return (
        f"{said} The run has no points where inputs do not go together, by {binding.options}{where}: what the page "
        "shows there is guessed."
    )


def emulator_data(one: Trained) -> dict[str, Any]:
    """An emulator as the page takes it: plain values, and rows of numbers as base64."""
    checked = one.checked
    assert checked is not None
    scale = outcome_named(one.outcome).scale
    what = with_currency(label(one.outcome), CURRENCY, shown_currency())
    return {
        "name": f"{what}{f' ({one.of})' if one.of else ''}",
        "shown": scaled(1.0, scale),
        "inputs": [_input(one, place) for place in range(len(one.inputs))],
        "order": list(one.strongest),
        "trust": one.trust,
        "verdict": verdict(one),
        "answer": with_currency(emulator_answer(one), CURRENCY, shown_currency()),
        "level": None if one.level is None else fine(one, one.level),
        "values": packed(one.values),
        "means": packed(checked.simulated),
        "emulator": _process(checked.emulator) if isinstance(checked.emulator, Process) else _trees(checked.emulator),
    }


def packed(numbers: NDArray[Any]) -> str:
    """Numbers in a row, float64, little end first, as base64."""
    return b64encode(np.ascontiguousarray(numbers, dtype="<f8").tobytes()).decode("ascii")


def _input(one: Trained, place: int) -> dict[str, Any]:
    factor, coding = one.inputs[place], one.coding.inputs[place]
    levels = _levels(one, place)
    return {
        "key": factor.key,
        "words": _words(factor),
        "low": coding.low,
        "high": coding.high,
        "rows": [list(row) for row in coding.rows],
        "levels": levels,
        "names": [value_word(factor, value) for value in levels],
        "whole": factor.whole,
        "usual": one.usual[place],
    }


def _levels(one: Trained, place: int) -> list[float]:
    """Values that can be chosen; [] of a range."""
    factor = one.inputs[place]
    if not factor.is_numeric:
        return [float(code) for code in range(len(factor.levels))]
    tried = np.unique(one.values[:, place]).tolist()
    return tried if factor.levels and len(tried) <= MOST_LEVELS else []


def _words(factor: Factor) -> str:
    return "the scenario" if factor.key == SCENARIO else factor_words(factor)


def _process(one: Process) -> dict[str, Any]:
    return {
        "kind": "process",
        "matern": one.smooth == "Matern 5/2",
        "size": one.size,
        "lengths": one.lengths.tolist(),
        "rough": one.rough if one.luck_known else 0.0,
        "middle": one.middle,
        "spread": one.spread,
        "points": packed(one.points),
        "weights": packed(one.weights),
        "root": packed(one.root[np.tril_indices(len(one.root))]),
    }


def _trees(one: Trees) -> dict[str, Any]:
    return {
        "kind": "trees",
        "start": one.start,
        "error": one.error,
        "roots": one.roots.tolist(),
        "columns": one.columns.tolist(),
        "lefts": one.lefts.tolist(),
        "rights": one.rights.tolist(),
        "thresholds": packed(one.thresholds),
        "values": packed(one.values),
    }
