"""The engine in a page that was opened as a file: the same numbers as the compiled engine, nothing fetched."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios
import simulation
from scenarios import Scenario
from scenarios.schema.own_files import mark_of
from simulation.browser.embedding import engine_script
from simulation.browser.own_engine import build_own_engine, own_engine
from simulation.outcomes import NAMES
from simulation.own_rules.trying import rules_of
from tests.browser.chromium import needs_chromium
from tests.shared import needs
from tests.simulation.browser.pages import HALF, drawn_changes, needs_module

pytestmark = [needs_chromium, needs_module]
ASK = """
const [name, asked, done] = arguments;
legatoReady.then(({ pool, scenarios, why }) => why ? done(why) : pool.run(scenarios[name], asked).then(
  ({ values, sumMonths, keptMonths, unknown }) => done(JSON.stringify({
    values: Object.fromEntries(Object.entries(values).map(([key, column]) => [key, [...column]])),
    sumMonths: [...sumMonths], keptMonths: [...keptMonths],
    lived: unknown && [...unknown.particles], hands: pool.hands.length,
  })), (fault) => done(fault.message)));
"""


def opened(driver: Any, folder: Path, asked: list[Scenario], before: str = "", own: Any = None) -> None:
    head = f'<!doctype html><meta charset="utf-8"><title>Legato</title><script>{before}</script>'
    page = folder / "page.html"
    page.write_text(head + engine_script(*asked, own=own), encoding="utf-8")
    driver.get(page.as_uri())
    driver.set_script_timeout(300)


def assert_same(driver: Any, scenario: Scenario, changes: dict[str, Any], seed: int, networks: int) -> None:
    asked = {"changes": changes, "seed": seed, "networks": networks}
    answer = json.loads(driver.execute_async_script(ASK, scenario.name, asked))
    changed = scenarios.replace(scenario, changes) if changes else scenario
    expected = simulation.run(changed, seed=seed, replicates=networks, workers=1)
    for name in NAMES:
        column = np.array([np.nan if one is None else one for one in answer["values"][name]])
        np.testing.assert_allclose(column, expected[name], rtol=1e-12, atol=1e-12, err_msg=f"{name}: {changes}")
    sums = np.array(answer["sumMonths"]).reshape(expected.sum_months.shape)
    np.testing.assert_allclose(sums, expected.sum_months, rtol=1e-12, atol=1e-12)
    kept = np.array([np.nan if one is None else one for one in answer["keptMonths"]])
    np.testing.assert_allclose(kept.reshape(expected.kept_months.shape), expected.kept_months, rtol=1e-12, atol=1e-12)
    lived = None if changed.posterior is None else changed.posterior.particles_of(0, networks).tolist()
    assert answer["lived"] == lived


@pytest.mark.slow
@needs("ziglang")
def test_a_page_with_two_engines_gives_each_scenario_the_numbers_of_its_rules(driver: Any, tmp_path: Path) -> None:
    """The same scenario with the shipped rules and with others, in the same workers."""
    mine = rules_of(HALF)
    assert mine is not None
    salex = scenarios.load("salex", posterior=None)
    other = scenarios.replace(salex, {"name": "half"}).with_rules(mine)
    modules = {mark_of(mine): own_engine(mine) or build_own_engine(mine)}
    opened(driver, tmp_path, [salex, other], own=modules)
    for one in (salex, other):
        assert_same(driver, one, {"grants.per_call": 1}, 7, 60)


def test_a_page_gives_the_numbers_of_a_run(driver: Any, tmp_path: Path) -> None:
    """More networks than a block has, so that several workers share one block and go on with the next."""
    salex = scenarios.load("salex", posterior=None)
    opened(driver, tmp_path, [salex])
    assert_same(driver, salex, {"grants.per_call": 1, "closing.month": 30}, 7, 240)
    addresses = [json.loads(one["message"])["message"] for one in driver.get_log("performance")]
    asked = {one["params"]["request"]["url"] for one in addresses if one["method"] == "Network.requestWillBeSent"}
    assert all(address.startswith(("file:", "blob:", "data:")) for address in asked), asked
    assert [one for one in driver.get_log("browser") if one["level"] == "SEVERE"] == []


def test_a_browser_that_cannot_compute_says_so(driver: Any, tmp_path: Path) -> None:
    opened(driver, tmp_path, [scenarios.load("salex")], before="delete globalThis.WebAssembly")
    said = driver.execute_async_script(ASK, "salex", {})
    assert said.startswith("This browser runs no WebAssembly, so nothing can be tried here: what stands here stays")


@pytest.mark.slow
def test_the_library_and_random_scenarios_give_the_same_numbers(driver: Any, tmp_path: Path) -> None:
    rng, library = np.random.default_rng(27), [scenarios.load(name) for name in scenarios.names()]
    opened(driver, tmp_path, library)
    for scenario in library:
        assert_same(driver, scenario, {}, 11, 12)
    for _ in range(50):
        base = library[int(rng.integers(len(library)))]
        assert_same(driver, base, drawn_changes(base, rng), int(rng.integers(2**32)), 5)
