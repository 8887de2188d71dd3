"""The page with levers on paper: the answer as the levers stand, nothing to press, nothing cut."""

import base64
import re
from pathlib import Path
from typing import Any

import pytest

from results.commands.explore import Explore
from tests.browser.chromium import looks_at, needs_chromium
from tests.browser.live import LivePage
from tests.shared import ask
from tests.simulation.browser.pages import needs_module

pytestmark = [pytest.mark.slow, needs_chromium, needs_module]
FEW = 20
A4 = {"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": True, "printBackground": True}
WIDTH = 680
"""Of the text on A4 (pixels, 96 an inch)."""
SEEN = """
dispatchEvent(new Event('beforeprint'))
const box = (one) => one.getBoundingClientRect()
const isSeen = (one) => one.checkVisibility() && box(one).width > 1
const all = (selector) => [...document.querySelectorAll(selector)].filter(isSeen)
const html = (one) => one.outerHTML.slice(0, 200)
const found = {
  order: all('main > *').map((one) => one.id || one.className),
  press: all('button, input').map(html),
  verdict: all('#live-verdict').length === 1,
  charts: all('.live-chart svg').map((one) => Math.round(box(one).top)),
  cut: all('main *').filter((one) => box(one).right > innerWidth + 1).map(html),
}
dispatchEvent(new Event('afterprint'))
return found
"""


@pytest.fixture(scope="module")
def explored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pages") / "explore.html"
    Explore("salex", replicates=FEW, out=file).answer()
    return file


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages") / "compare"
    ask("compare", "salex", "no-catalytic-funding", "abrupt-closing", "--replicates", str(FEW), "--out", str(folder))
    return folder / "report.html"


def pages(driver: Any) -> int:
    printed = base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", A4)["data"])
    return len(re.findall(rb"/Type /Page\b", printed))


def on_paper(page: LivePage) -> Any:
    with looks_at(page.driver, WIDTH, media="print"):
        return page.script(SEEN)


@pytest.mark.parametrize("tab", ["answer", "network", "origins"])
def test_what_was_explored_is_printed_whichever_tab_is_open(driver: Any, explored: Path, tab: str) -> None:
    page = LivePage(driver, explored)
    page.after(lambda: page.put("lever-grants.per_call", 1))
    page.tab(tab)
    seen = on_paper(page)
    assert seen["verdict"]
    assert seen["press"] == []
    assert seen["cut"] == []
    assert len(set(seen["charts"])) == 1, "three curves stand beside each other"
    assert seen["order"][2] == "live"
    if tab == "answer":
        assert pages(driver) == 3


def test_a_brief_has_its_two_pages_first_and_the_levers_only_if_one_was_moved(driver: Any, report: Path) -> None:
    page = LivePage(driver, report)
    assert "live" not in on_paper(page)["order"]
    unmoved = pages(driver)
    page.after(lambda: page.put("lever-facilitation.intensity", 0.3))
    seen = on_paper(page)
    order = seen["order"]
    assert [one for one in order if one == "live"] == ["live"]
    appendix = page.script("return [...document.querySelectorAll('.appendix')].map(one => one.id)")
    second = page.script("return [...document.querySelectorAll('.second')].map(one => one.id)")
    assert order == [*order[:2], *second, "live", *appendix]
    assert seen["press"] == []
    assert seen["cut"] == []
    page.script("document.getElementById('lever-facilitation.intensity').focus()")
    assert pages(driver) in (unmoved + 1, unmoved + 2)
    assert page.script("return document.activeElement.id") == "lever-facilitation.intensity"
    assert page.script("return document.getElementById('live').nextElementSibling.id") == second[0], "it is back"


def test_a_refused_lever_leaves_nothing_on_paper(driver: Any, explored: Path) -> None:
    page = LivePage(driver, explored)
    page.after(lambda: page.put("number-closing.notice", 30), "refused")
    seen = on_paper(page)
    assert "live" not in seen["order"]
    assert seen["charts"] == []
