"""The brief in a real browser: on a telephone, on a dark screen, and on paper."""

import base64
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import results

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (CHROMIUM and DRIVER), reason="no chromium and chromedriver here; `make browser` installs them or says how"
    ),
]
PLANS = ("salex", "no-catalytic-funding", "light-facilitation", "abrupt-closing")
WIDTHS = (360, 390, 800, 1280)


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brief") / "run"
    results.Compare(PLANS, replicates=20, out=folder).answer()
    return folder / "report.html"


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for option in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options, webdriver.ChromeService(str(DRIVER)))
    yield started
    started.quit()


def opened(driver: Any, brief: Path, width: int, scheme: str = "light") -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    driver.get(brief.as_uri())


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_moved_sideways_and_nothing_is_complained_of(driver: Any, brief: Path, width: int) -> None:
    opened(driver, brief, width)
    driver.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    assert driver.get_log("browser") == []
    smallest = "return Math.min(...[...document.querySelectorAll('.decision *')].filter(e => e.textContent.trim())"
    assert driver.execute_script(f"{smallest}.map(e => parseFloat(getComputedStyle(e).fontSize)))") >= 12


def test_all_but_page_one_is_folded_until_somebody_opens_it(driver: Any, brief: Path) -> None:
    opened(driver, brief, 390)
    hidden = "return [...document.querySelectorAll('details > *:not(summary)')].every(e => !e.checkVisibility())"
    assert driver.execute_script(hidden)
    driver.execute_script("document.querySelector('#numbers > summary').click()")
    assert driver.execute_script("return document.querySelector('#numbers table').checkVisibility()")


def test_figures_are_dark_on_a_dark_screen(driver: Any, brief: Path) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        opened(driver, brief, 1280, scheme)
        driver.execute_script("document.querySelector('#pictures').open = true")
        patch = "return getComputedStyle(document.querySelector('.drawing svg path')).fill"
        grounds[scheme] = driver.execute_script(patch)
    assert grounds["light"] == "rgb(255, 255, 255)"
    assert max(map(int, re.findall(r"\d+", grounds["dark"]))) < 64


def test_paper_holds_a_page_to_decide_one_to_know_and_an_appendix(driver: Any, brief: Path) -> None:
    """Two pages for a meeting: printed up to the appendix, the brief takes two; folded parts are printed too."""
    opened(driver, brief, 1280)
    paper = {"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": True, "printBackground": True}

    def pages() -> int:
        printed = base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", paper)["data"])
        return len(re.findall(rb"/Type /Page\b", printed))

    whole = pages()
    driver.execute_script("document.querySelectorAll('.appendix').forEach(one => one.remove())")
    assert pages() == 2
    driver.execute_script("document.querySelectorAll('.second').forEach(one => one.remove())")
    assert pages() == 1
    assert whole > 4
