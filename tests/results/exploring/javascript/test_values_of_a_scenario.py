"""Values that do nothing, values written as TOML, and where they come from: as Python says it."""

from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

import scenarios
from scenarios import KEYS, Scenario
from scenarios.reading.idle_values import always_without_effect, idle, without_effect
from scenarios.reading.writing import source_of, to_toml, toml_value
from scenarios.schema.contradictions import contradictions
from scenarios.schema.settings import Settings
from tests.results.exploring.javascript.twins import assert_same, drawn_settings, needs_node
from tests.simulation.test_standing import standing


def drawn_scenarios(count: int, seed: int) -> list[Scenario]:
    """Random ones whose values go together, with odd names and texts."""
    rng = np.random.default_rng(seed)
    every = (drawn_settings(rng, most=12) for _ in range(100 * count))
    found: list[Scenario] = []
    for settings in islice((one for one in every if not list(contradictions(one))), count):
        said = {key: f'assumption: "{key}" \\ \x7f é' for key in rng.choice(list(KEYS), size=5).tolist()}
        parts = {name: getattr(settings, name) for name in Settings.model_fields}
        name = f"n-{len(found)}"
        found.append(Scenario.model_construct(name=name, title="A\ttitle", question="So?", sources=said, **parts))
    return found


@needs_node
def test_values_that_do_nothing_are_named_in_the_same_words(tmp_path: Path) -> None:
    some = drawn_scenarios(120, 5)
    (tmp_path / "today").mkdir()
    real = [standing(tmp_path / "today", 14), *(scenarios.load(name) for name in scenarios.names()[:4])]
    said = assert_same([(idle, one) for one in (*some, *real)])
    for words in ("nothing, because", "no convening is due", "no grant is ever given", "all of them count"):
        assert any(words in text for text in said), f"nothing was said with '{words}'"
    assert_same([(without_effect, one) for one in some[:40]])
    assert_same([(always_without_effect, some[k : k + 2], list(KEYS)) for k in range(20)])


@needs_node
def test_a_scenario_is_written_as_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "today").mkdir()
    real = [scenarios.load(name) for name in scenarios.names()]
    observed = [one for one in real if one.observed]
    assert observed
    some = [*drawn_scenarios(40, 6), *observed, standing(tmp_path / "today", 14)]
    texts = assert_same([(to_toml, one) for one in some])
    assert len(set(texts)) == len(some)
    assert_same([(to_toml, some[0], {"members.file": "members.csv"})])
    assert_same([(source_of, one, key) for one in some[:3] for key in KEYS])


@needs_node
def test_values_are_written_as_toml_writes_them() -> None:
    values: list[Any] = [0.0, 1.0, -0.0, 1, 0, True, False, 1e16, 1e15, 123456789012345680.0, 1e-5, 0.0001, 5e-324]
    values += [0.1 + 0.2, 1.7976931348623157e308, "", 'a"b\\c\n\x00\x7f\u2028', (1.0, 2, "x"), [], [0.5]]
    values += (10.0 ** np.random.default_rng(1).uniform(-30, 30, 300)).tolist()
    assert_same([(toml_value, one) for one in values])
