"""The page with levers for those who use no mouse or do not see it: axe-core finds nothing, nor do these tests."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from results.commands.explore import Explore
from tests.browser.axe import axe, faults
from tests.browser.chromium import chromium, looks_at, needs_chromium
from tests.browser.live import LivePage
from tests.shared import ask
from tests.simulation.browser.pages import needs_module

pytestmark = [pytest.mark.slow, needs_chromium, needs_module]
FEW = 20
LISTEN = """
globalThis.heard = []
for (const one of document.querySelectorAll('[role=status], [role=alert], [aria-live]')) {
  const hears = () => one.checkVisibility() && one.textContent && heard.push(one.textContent)
  new MutationObserver(hears).observe(one, { childList: true, characterData: true, subtree: true })
}
"""
IS_SEEN = """
const one = document.activeElement
const { outlineStyle, outlineWidth } = getComputedStyle(one)
const { left, top, height } = one.getBoundingClientRect()
const down = Math.min(innerHeight - 1, Math.max(0, top) + Math.min(height / 2, 12))
const there = document.elementFromPoint(left + 8, down)
const isCovered = height < innerHeight / 2 && !(there && (one.contains(there) || there.contains(one)))
return [one.id || one.textContent.trim(), outlineStyle !== 'none' && outlineWidth !== '0px', !isCovered]
"""


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    for started in chromium(tmp_path_factory.mktemp("downloads")):
        started.set_script_timeout(120)
        yield started


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    Explore("salex", replicates=FEW, out=folder / "explore.html").answer()
    few = ("--replicates", str(FEW), "--out")
    ask("compare", "salex", "no-catalytic-funding", "abrupt-closing", *few, str(folder / "compare"))
    ask("run", "salex", *few, str(folder / "run"))
    runs = {name: folder / name / "report.html" for name in ("compare", "run")}
    return {"explore": folder / "explore.html", **runs}


@pytest.fixture
def page(driver: Any, files: dict[str, Path]) -> LivePage:
    return LivePage(driver, files["explore"])


def network_shown(page: LivePage) -> None:
    page.tab("network")
    page.until(lambda: page.script("return document.getElementById('panel-network').dataset.state") == "shown")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["explore", "compare", "run"])
def test_axe_finds_nothing(driver: Any, files: dict[str, Path], name: str, width: int, scheme: str) -> None:
    program = axe()
    with looks_at(driver, width, scheme):
        page = LivePage(driver, files[name])
        found = {"as it opens": faults(driver, program)}
        page.script("for (const one of document.querySelectorAll('details')) one.open = true")
        page.after(lambda: page.put("lever-grants.per_call", 1))
        found["a lever moved"] = faults(driver, program)
        network_shown(page)
        found["the network"] = faults(driver, program)
        page.tab("origins")
        found["where it comes from"] = faults(driver, program)
        page.tab("answer")
        page.after(lambda: page.put("number-closing.notice", 30), "refused")
        found["refused"] = faults(driver, program)
    assert {when: what for when, what in found.items() if what} == {}


def test_axe_would_find_what_is_wrong(page: LivePage) -> None:
    page.script("document.getElementById('live-said').style.color = '#ccc'")
    page.script("document.querySelector('label[for=live-plan]').remove()")
    found = " ".join(faults(page.driver, axe()))
    assert "color-contrast" in found
    assert "select-name" in found


def test_each_answer_is_read_out_once_and_whole(page: LivePage) -> None:
    page.script(LISTEN)
    page.after(lambda: page.put("lever-grants.per_call", 1))
    (heard,) = page.script("return heard.splice(0)")
    assert page.text("#live-verdict") in heard
    assert all(one.text in heard for one in page.all("#live-sight b"))
    page.after(lambda: page.put("number-closing.notice", 30), "refused")
    assert page.script("return heard.splice(0)") == [page.text("#live-said")]
    page.after(lambda: page.put("number-closing.notice", 3))
    network_shown(page)
    page.script("heard.splice(0)")
    page.after(lambda: page.put("number-closing.notice", 31), "refused")
    assert page.script("return heard.splice(0)") == [page.text("#live-said")]


def test_a_refused_lever_is_marked_as_long_as_it_is_refused(page: LivePage) -> None:
    described = "(one) => [one.id, one.getAttribute('aria-describedby')]"
    marked = f"return [...document.querySelectorAll('[aria-invalid]')].map({described})"
    page.after(lambda: page.put("number-closing.notice", 30), "refused")
    assert page.script(marked) == [[f"{kind}-closing.notice", "fault-closing.notice"] for kind in ("lever", "number")]
    assert page.script("return document.getElementById('fault-closing.notice').textContent") == page.text("#live-said")
    page.after(lambda: page.put("number-closing.notice", 3))
    assert page.script(marked) == []


def test_what_is_no_number_goes_back_to_what_the_answer_is_for(page: LivePage) -> None:
    page.after(lambda: page.put("lever-grants.per_call", 1))
    page.put("number-grants.per_call", "")
    assert page.script("return document.getElementById('number-grants.per_call').value") == "1"


@pytest.mark.parametrize("width", [390, 1280])
def test_the_keyboard_goes_through_all_of_the_page_and_out_again(
    driver: Any, files: dict[str, Path], width: int
) -> None:
    """There and back: every stop has a ring around it, and none lies under the strip that stays in sight."""
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    with looks_at(driver, width, "light"):
        page = LivePage(driver, files["explore"])
        page.script("document.activeElement.blur(); scrollTo(0, 0)")

        def stop(*held: str) -> tuple[Any, ...]:
            keys = ActionChains(driver)
            for key in held:
                keys.key_down(key)
            keys.send_keys(Keys.TAB)
            for key in held:
                keys.key_up(key)
            keys.perform()
            return tuple(page.script(IS_SEEN))

        there: list[tuple[Any, ...]] = []
        while not there or page.script("return document.activeElement !== document.body"):
            there.append(stop())
            assert len(there) < 100, "the focus does not come out"
        there.pop()
        back = [stop(Keys.SHIFT) for _ in there]
    assert there[0][0] == "live-skip"
    assert {"lever-grants.per_call", "tab-answer", "panel-answer", "live-third"} <= {name for name, *_ in there}
    assert back == there[::-1]
    assert [one for one in (*there, *back) if not all(one[1:])] == []


def test_the_focus_is_not_lost(page: LivePage) -> None:
    from selenium.webdriver.common.keys import Keys

    focus = "return document.activeElement.id || document.activeElement.textContent"
    page.one("#live-skip").send_keys(Keys.ENTER)
    assert page.script(focus) == "panel-answer"
    for key, value in (("grants.per_call", 1), ("funder.shift.month", 12)):
        if page.script("return document.getElementById(arguments[0]).disabled", f"lever-{key}"):
            page.after(partial(page.press, f"[id='word-{key}']"))
        page.after(partial(page.put, f"lever-{key}", value))
        page.after(partial(page.one(f"[data-key='{key}'] .live-back").send_keys, Keys.ENTER))
        assert page.script("return document.activeElement.closest('.live-lever').dataset.key") == key
    third = page.one("#live-third")
    third.send_keys(Keys.ARROW_DOWN)
    assert page.script(focus) == "live-third"
    page.one("#tab-answer").send_keys(Keys.END)
    assert page.script(focus) == "tab-origins"
    page.one("#tab-origins").send_keys(Keys.ARROW_LEFT)
    network_shown(page)
    page.script("const one = document.querySelector('.network-slider input'); one.value = one.max - 1")
    page.script("document.querySelector('.network-slider input').dispatchEvent(new Event('input'))")
    forward = page.all("#panel-network button")[2]
    forward.send_keys(Keys.ENTER)
    assert forward.get_attribute("aria-disabled") == "true"
    assert page.script(focus) == "+1A month forward"
