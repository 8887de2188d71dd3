"""Pages in Firefox, opened as files, with the network off: the same numbers, a clean console, nothing asked for."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import scenarios
from results.exploring.explored import Asked, Variant
from results.exploring.live_comparison import explore
from tests.browser.firefox import Firefox, firefox, needs_firefox
from tests.browser.live import LivePage, numbers_of
from tests.browser.test_engine_in_a_file import assert_same, opened
from tests.shared import ask
from tests.simulation.browser.pages import needs_module

pytestmark = [pytest.mark.slow, needs_firefox, needs_module]
FEW = 40
TEXTS = "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)"
CUT = """
const isSeen = (one) => one.checkVisibility() && !one.closest('.wide, .drawing, #live-sight')
const isCut = (one) => isSeen(one) && one.getBoundingClientRect().right > innerWidth + 1
return [...document.querySelectorAll('main *')].filter(isCut).map((one) => one.outerHTML.slice(0, 200))
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    yield from firefox(tmp_path_factory.mktemp("firefox"))


def assert_quiet(browser: Firefox) -> None:
    assert not browser.execute_script("return navigator.onLine")
    assert browser.asked_for() == []
    assert browser.faults() == []


def test_the_engine_gives_the_numbers_of_a_run(browser: Firefox, tmp_path: Path) -> None:
    salex, known = scenarios.load("salex", posterior=None), scenarios.load("sparc")
    opened(browser, tmp_path, [salex, known])
    assert_same(browser, salex, {"grants.per_call": 1, "closing.month": 30}, 7, 240)
    assert_same(browser, known, {}, 1, 20)
    assert_quiet(browser)


def test_what_the_console_holds_and_what_a_page_asks_for_would_be_noticed(browser: Firefox, tmp_path: Path) -> None:
    page = tmp_path / "loud.html"
    script = 'fetch("http://example.org/x").catch(() => 0); missing()'
    page.write_text(f'<!doctype html><meta charset="utf-8"><title>-</title><script>{script}</script>', encoding="utf-8")
    browser.get(page.as_uri())
    assert browser.asked_for() == ["http://example.org/x"]
    assert browser.faults() == ["ReferenceError: missing is not defined"]


@pytest.fixture
def page(browser: Firefox, file: Path) -> LivePage:
    return LivePage(browser, file)


def moved(*levers: tuple[str, str]) -> Asked:
    return Asked(Variant("salex", levers), Variant("salex"), replicates=FEW)


def test_a_lever_gives_what_the_command_line_says(browser: Firefox, page: LivePage) -> None:
    page.after(lambda: page.put("lever-grants.per_call", 1))
    found = explore(moved(("grants.per_call", "1")))
    assert page.numbers() == numbers_of(found)
    assert page.script(TEXTS, "#live-sentences p") == list(found.sentences)
    page.script("document.getElementById('lever-closing.notice').focus()")
    page.after(lambda: browser.press(Firefox.LEFT))
    assert page.numbers() == numbers_of(explore(moved(("grants.per_call", "1"), ("closing.notice", "5"))))
    page.tab("network")
    page.until(lambda: page.script("return document.getElementById('panel-network').dataset.state") == "shown")
    page.script("document.querySelector('#panel-network figure').focus()")
    browser.press(Firefox.HOME, *12 * [Firefox.RIGHT])
    assert "month 12, open" in page.text("#panel-network svg")
    page.tab("origins")
    assert page.script(TEXTS, ".live-changed code") == ["grants.per_call", "closing.notice"]
    page.tab("answer")
    page.after(lambda: page.put("number-closing.notice", 30), "refused")
    assert "closing.notice is 30 months but the network closes in month 25" in page.text("#live-said")
    assert page.numbers() == {}
    assert_quiet(browser)


def test_what_is_saved_runs_again_and_a_link_opens_the_same(browser: Firefox, page: LivePage, file: Path) -> None:
    page.after(lambda: page.put("lever-facilitation.intensity", 0.3))
    for what in ("plan", "numbers", "curves", "picture"):
        page.press(f"#live-save-{what}")
    saved = [f"salex-explored{end}" for end in (".toml", "-differences.csv", "-months.csv", "-curves.png")]
    page.until(lambda: all((browser.downloads / name).is_file() for name in saved))
    plan, run = browser.downloads / saved[0], browser.downloads / "run"
    quietly = ("--replicates", str(FEW), "--seed", "1", "--json", "--no-figures", "--out", str(run))
    answer = json.loads(ask("compare", "salex", str(plan), *quietly).stdout)
    here = {one["outcome"]: one["mean"] for one in answer["differences"]}
    assert {outcome: mean for outcome, mean in here.items() if mean is not None} == pytest.approx(
        {row["outcome"]: float(row["mean"]) for row in rows_of(browser.downloads / saved[1]) if row["mean"]},
        rel=1e-9,
        abs=1e-12,
    )
    assert (browser.downloads / saved[3]).read_bytes().startswith(b"\x89PNG")
    page.press("#live-copy-link")
    numbers, fragment = page.numbers(), page.until(lambda: page.script("return location.hash.slice(1)"))
    assert LivePage(browser, file, fragment).numbers() == numbers
    assert_quiet(browser)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_on_a_telephone(browser: Firefox, file: Path, scheme: str) -> None:
    browser.size(390, 800)
    browser.scheme(scheme)
    try:
        page = LivePage(browser, file)
        page.after(lambda: page.put("lever-grants.per_call", 1))
        ground = page.script("return getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
        for tab in ("answer", "network", "origins"):
            page.tab(tab)
            assert page.script("return [innerWidth, document.documentElement.scrollWidth <= innerWidth]") == [390, True]
            assert page.script(CUT) == []
    finally:
        browser.size(1280, 800)
        browser.scheme("light")
    assert_quiet(browser)


def rows_of(table: Path) -> list[dict[str, str]]:
    with table.open(newline="") as opened:
        return list(csv.DictReader(opened))
