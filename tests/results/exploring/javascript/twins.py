"""Asks Python and its translation, in Node, the same, and compares what both give, as text."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import GeneratorType
from typing import Any

import numpy as np
import pytest

from results.exploring.javascript.data import data
from results.exploring.javascript.plain_values import plain_scenario, plain_settings
from results.exploring.javascript.translation import translated
from scenarios import KEYS, Scenario
from scenarios.schema.funders import CoFunder
from scenarios.schema.keys import BEGINS, CURRENCY, FINANCIAL_YEAR, OF_ANOTHER
from scenarios.schema.settings import Settings

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="no node here, in which translated code is run")
Call = tuple[Callable[..., Any], *tuple[Any, ...]]
TEXTS = ("", "members.csv", 'a "b" c')
SHORT_TEXTS = {CURRENCY: ("USD", "EUR", "KES"), BEGINS: ("", "2026-09"), FINANCIAL_YEAR: ("01", "04")}


def assert_same(calls: Sequence[Call]) -> list[str]:
    """Every call gives the same, told by its text; these texts."""
    roots: dict[str, set[str]] = {}
    for function, *_ in calls:
        roots.setdefault(function.__module__, set()).add(function.__name__)
    mine = [repr(_whole(function(*given))) for function, *given in calls]
    shared: dict[int, tuple[str, str]] = {}

    def class_of(kind: type) -> str:
        roots.setdefault(kind.__module__, set()).add(kind.__name__)
        return named(kind)

    for _, *given in calls:
        for one in given:
            if type(one) not in (str, int, float) and id(one) not in shared:
                shared[id(one)] = f"$given[{len(shared)}]", script(one, class_of)
    prelude = f"const $given = [{', '.join(said for _, said in shared.values())}]\n"
    expressions = [
        f"{named(function)}({', '.join(shared[id(one)][0] if id(one) in shared else script(one) for one in given)})"
        for function, *given in calls
    ]
    for one, other, (function, *given) in zip(mine, in_node(roots, expressions, prelude), calls, strict=True):
        place = next((k for k, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
        assert one == other, (
            f"{function.__name__}: {one[place:][:300]}\nis {other[place:][:300]}\nof {str(given)[-500:]}"
        )
    return mine


def in_node(roots: Mapping[str, Iterable[str]], expressions: Sequence[str], prelude: str = "") -> list[str]:
    """What JavaScript gives for expressions, as Python writes it; of a fault, its kind and message."""
    asked = {"scenarios.schema.settings": ["Settings"], "scenarios.schema.scenario": ["Scenario"]}
    asked |= {module: [*names, *asked.get(module, ())] for module, names in roots.items()}
    thunks = ", ".join(f"() => {one}" for one in expressions)
    code = f"{translated(asked)}{_SAYING}{prelude}console.log(JSON.stringify([{thunks}].map(tried)))"
    done = subprocess.run([str(NODE), "-"], input=code, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return [str(one) for one in json.loads(done.stdout)]


_SAYING = """
const $ = legato.python
const said = (one) => $.repr(one?.next ? [...one] : one instanceof $.Set ? $.sorted(one) : one)
const tried = (one) => {
  try { return said(one()) } catch (fault) { return `${fault.kind ?? fault.stack}: ${fault.message}` }
}
"""


def named(what: Any) -> str:
    """What a function or a class is called in JavaScript."""
    return f"legato[{what.__module__!r}].{what.__name__}"


def script(value: Any, class_of: Callable[[type], str] | None = None) -> str:
    """A value as JavaScript."""
    return data(value, class_of or named, _of_a_table)


def _of_a_table(value: Any) -> str | None:
    if isinstance(value, Scenario):
        return f"{named(Scenario)}.of({json.dumps(plain_scenario(value))})"
    return f"{named(Settings)}.of({json.dumps(plain_settings(value))})" if isinstance(value, Settings) else None


def _whole(value: Any) -> Any:
    return list(value) if isinstance(value, GeneratorType) else sorted(value) if isinstance(value, set) else value


def drawn_settings(rng: np.random.Generator, texts: Sequence[str] = TEXTS, most: int = 30) -> Settings:
    """Settings of which many do not go together: each value within its bounds, and often at their ends."""
    plain: dict[str, Any] = {}
    keys = rng.choice(list(KEYS), size=rng.integers(0, most), replace=False).tolist()
    for key in (*keys, *rng.choice(["closing.month", "network.months", "network.today"], size=2).tolist()):
        *tables, last = key.split(".")
        here = plain
        for table in tables:
            here = here.setdefault(table, {})
        here[last] = drawn_value(key, rng, texts)
    return Settings(**plain)


def drawn_funder(rng: np.random.Generator, name: str) -> CoFunder:
    """A funder after the first, each of its values within its bounds."""
    drawn = {own: drawn_value(f"funder.{own}", rng) for own in OF_ANOTHER if rng.random() < 0.5}
    return CoFunder(name, **{own.replace(".", "_"): value for own, value in drawn.items()})


def drawn_value(key: str, rng: np.random.Generator, texts: Sequence[str] = TEXTS) -> Any:
    """A value that may stand under a key, round ones among them."""
    known = KEYS[key]
    if known.kind == "bool":
        return bool(rng.integers(2))
    if key in SHORT_TEXTS:
        return str(rng.choice(SHORT_TEXTS[key]))
    if known.kind == "str":
        return str(rng.choice(list(texts)))
    if known.kind == "weights":
        return tuple(rng.integers(0, 3, size=rng.integers(0, 12)).astype(float).tolist())
    if known.kind == "funders":
        names = rng.choice(["B", "C", "B", "exit", ""], rng.integers(0, 3)).tolist()
        return tuple(drawn_funder(rng, name) for name in names)
    if known.word and rng.random() < 0.2:
        return known.word
    if known.optional and rng.random() < 0.2:
        return None
    if known.listed and rng.random() < 0.3:
        return tuple(sorted(rng.uniform(0, 1, rng.integers(0, 6)).tolist(), reverse=True))
    low, high = float(known.low or 0), float(known.high or 0)
    value = float(rng.choice([low, high, known.default if isinstance(known.default, (int, float)) else low,
                              *rng.uniform(low, min(high, low + 100), size=4)]))  # fmt: skip
    if known.kind == "int":
        return round(value)
    return min(max(round(value, int(rng.integers(0, 17))), low), high)
