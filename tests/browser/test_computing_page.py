"""A page that computes, opened as a file: a lever is moved, and the averages are those of the compiled engine."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import scenarios
import simulation
from results.estimates.comparison import estimates
from results.exploring.computing_page import computing_page
from results.words.headlines import HEADLINES
from tests.browser.chromium import chromium, needs_chromium
from tests.simulation.browser.pages import needs_module

pytestmark = [needs_chromium, needs_module]
NETWORKS = 30


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    yield from chromium(tmp_path_factory.mktemp("downloads"))


def until_it_has_answered(driver: Any, state: str = "answered") -> None:
    ends = time.monotonic() + 300
    while driver.execute_script("return document.getElementById('answer').dataset.state") != state:
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.05)


def move(driver: Any, key: str, value: object) -> None:
    driver.execute_script(
        "const e = document.getElementById('lever-' + arguments[0]); e.value = arguments[1];"
        "e.dispatchEvent(new Event('change')); ",
        key,
        str(value),
    )


def averages(driver: Any, outcome: str) -> list[float | None]:
    text = driver.execute_script(f"return document.getElementById('line-{outcome}').dataset.values")
    found: list[float | None] = json.loads(text)
    return found


def test_a_lever_gives_the_averages_of_a_run_and_nothing_is_fetched(driver: Any, tmp_path: Path) -> None:
    salex = scenarios.load("salex")
    page = tmp_path / "salex.html"
    page.write_text(computing_page(salex, networks=NETWORKS, seed=3), encoding="utf-8")
    driver.get(page.as_uri())
    until_it_has_answered(driver)
    move(driver, "grants.per_call", 1)
    until_it_has_answered(driver)
    moved = scenarios.replace(salex, {"grants.per_call": 1})
    expected = [estimates(simulation.run(one, seed=3, replicates=NETWORKS, workers=1)) for one in (salex, moved)]
    for outcome in HEADLINES:
        whole = [one[outcome] for one in expected]
        if all(one.missing == 0 for one in whole):  # else the average is of the networks in which both have it
            assert averages(driver, outcome) == pytest.approx([one.mean for one in whole], rel=1e-12), outcome
    move(driver, "facilitation.intensity", 7)
    until_it_has_answered(driver, "refused")
    said = driver.find_element("id", "said").text
    assert said == f"facilitation.intensity is 7: allowed is {scenarios.KEYS['facilitation.intensity'].allowed}"
    assert {cell.text for cell in driver.find_elements("css selector", ".this")} == {"-"}, "an old answer is left"
    asked = [json.loads(one["message"])["message"] for one in driver.get_log("performance")]
    addresses = {one["params"]["request"]["url"] for one in asked if one["method"] == "Network.requestWillBeSent"}
    assert all(address.startswith(("file:", "blob:", "data:")) for address in addresses), addresses
    assert [one for one in driver.get_log("browser") if one["level"] == "SEVERE"] == []
