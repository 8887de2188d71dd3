"""The page of response surfaces in a browser: it computes at once, for keyboards and telephones too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

import results
from tests.browser.axe import axe, faults
from tests.browser.chromium import chromium, looks_at, needs_chromium
from tests.shared import needs

pytestmark = [pytest.mark.slow, needs_chromium, needs("sklearn")]
SMALL = {"network.members": "10", "closing.month": "8", "closing.notice": "2"}


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    yield from chromium(tmp_path_factory.mktemp("downloads"))


@pytest.fixture(scope="module")
def emulated(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("surfaces")
    vary = ["facilitation.intensity=0.1:1", "grants.per_call=0:6", "closing.capstone", "closing.notice=0:4"]
    swept = results.Sweep("salex", vary=vary, design="lhs", points=60, replicates=4, posterior=None, figures=False,
                          settings={k: v for k, v in SMALL.items() if k != "closing.notice"}
                          | {"network.months": "30", "closing.month": "12"}, out=folder / "swept").answer()  # fmt: skip
    return results.Emulate(
        swept.folder, outcomes=("cost", "collaboration_rate"), figures=False, out=folder / "emulated"
    ).answer()


@pytest.fixture
def page(driver: Any, emulated: Any) -> Any:
    driver.get(Path(emulated.folder / "surfaces.html").resolve().as_uri())
    _answered(driver)
    return driver


def _answered(driver: Any) -> None:
    WebDriverWait(driver, 20).until(lambda one: one.execute_script("return document.body.dataset.state") == "answered")


def _said(driver: Any) -> str:
    return str(driver.find_element(By.ID, "readout").text)


def test_a_slider_and_another_input_change_the_surface_at_once(page: Any, emulated: Any) -> None:
    cost = emulated.emulators[0]
    before = _said(page)
    assert before.startswith("cost to the funder so far (k USD): ")
    assert all(cost.inputs[place].key in before for place in cost.strongest[:2])
    third = cost.strongest[2]
    slider = page.find_element(By.ID, f"slider-{third}")
    slider.send_keys(Keys.END)
    other = Select(page.find_element(By.ID, "across"))
    other.select_by_visible_text(cost.inputs[third].key)
    assert cost.inputs[third].key in _said(page)
    Select(page.find_element(By.ID, "outcome")).select_by_index(1)
    assert _said(page).startswith("members that ever formed a collaboration (%): ")
    assert [entry for entry in page.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_arrow_keys_move_the_cross_and_a_threshold_is_drawn(page: Any) -> None:
    canvas = page.find_element(By.ID, "map")
    before = _said(page)
    canvas.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_UP)
    assert _said(page) != before
    plain = page.execute_script("return arguments[0].toDataURL()", canvas)
    value = before.split(": ")[1].split(" (")[0].replace(",", "")
    page.find_element(By.ID, "threshold").send_keys(value)
    assert page.execute_script("return arguments[0].toDataURL()", canvas) != plain
    assert page.find_element(By.ID, "line-words").is_displayed()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_axe_finds_nothing(page: Any, width: int, scheme: str) -> None:
    with looks_at(page, width, scheme):
        page.refresh()
        _answered(page)
        assert page.execute_script("return document.documentElement.scrollWidth <= innerWidth")
        assert faults(page, axe()) == []
