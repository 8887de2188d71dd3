"""The live page in a real browser: a lever gives what the engine says, the network plays, what is saved runs again."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from results.exploring.explored import Asked, Explored, Variant
from results.exploring.live_comparison import explore
from tests.browser.chromium import chromium, needs_chromium
from tests.shared import ask

pytestmark = needs_chromium
SALEX = Variant("salex")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    command = [sys.executable, "-m", "cli", "explore", "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        assert "on this computer only" in said, f"the page did not come up: {said!r}"
        yield next(word for word in said.replace(",", " ").split() if word.startswith("http://127.0.0.1:"))
        server.terminate()


class Page:
    """One browser tab with the page, and what a reader of it does."""

    def __init__(self, driver: Any, address: str) -> None:
        self.driver = driver
        driver.get(address)
        self.until(lambda: self.all(".legato-sentences p"))

    def until(self, claim: Callable[[], Any], seconds: float = 300) -> Any:
        ends = time.monotonic() + seconds
        while not (found := claim()):
            assert time.monotonic() < ends, "waited in vain"
            time.sleep(0.1)
        return found

    def all(self, selector: str) -> list[Any]:
        found: list[Any] = self.driver.find_elements("css selector", selector)
        return found

    def one(self, selector: str) -> Any:
        (found,) = self.all(selector)
        return found

    def script(self, code: str, *arguments: Any) -> Any:
        return self.driver.execute_script(code, *arguments)

    def text(self, selector: str) -> str:
        code = "const e = document.querySelector(arguments[0]); return e ? e.textContent : ''"
        return str(self.script(code, selector)).strip()

    def press(self, selector: str) -> None:
        self.script("document.querySelector(arguments[0]).click()", selector)

    def put(self, element: str, value: object) -> None:
        """Set an input as a hand does: it moves, and is let go."""
        self.script(
            "const e = document.getElementById(arguments[0]); e.value = arguments[1];"
            "for (const one of ['input', 'change']) e.dispatchEvent(new Event(one, {bubbles: true}));",
            element,
            str(value),
        )

    @property
    def answered(self) -> int:
        return int(self.script("return document.querySelector('.legato-answer').dataset.asked"))

    def after(self, act: Callable[[], object]) -> None:
        """Do something, and wait for the answer to it."""
        before = self.answered
        act()
        self.until(lambda: self.answered > before)
        self.until(lambda: self.script("return document.querySelector('.legato-answer').dataset.waiting") == "no")

    def numbers(self) -> dict[str, tuple[str, str, str]]:
        rows = self.script(
            "return [...document.querySelectorAll('#legato-differences tr[data-outcome]')].map(row => "
            "[row.dataset.outcome, ...['base', 'this', 'difference'].map(c => row.querySelector('.' + c).textContent)])"
        )
        return {row[0]: tuple(row[1:]) for row in rows}

    def tab(self, name: str) -> None:
        self.press(f"#tab-{name}")


def numbers_of(found: Explored) -> dict[str, tuple[str, str, str]]:
    return {line.outcome: (line.base, line.this, line.difference) for line in (*found.lines(), *found.costs())}


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def driver(downloads: Path) -> Iterator[Any]:
    yield from chromium(downloads)


@pytest.fixture
def page(driver: Any, address: str) -> Page:
    return Page(driver, address)


def test_a_lever_gives_what_the_engine_says(page: Page) -> None:
    before = page.numbers()
    page.after(lambda: page.put("lever-grants.per_call", 1))

    assert page.numbers() == numbers_of(explore(Asked(Variant("salex", (("grants.per_call", "1"),)), SALEX)))
    assert page.numbers() != before
    assert "lower than in salex" in page.text(".legato-sentences")

    page.after(lambda: page.press("#legato-pin"))
    fewer = Variant("salex", (("grants.per_call", "1"),))
    assert page.numbers() == numbers_of(explore(Asked(fewer, fewer))), "pinned, it is the baseline"


@pytest.mark.slow
def test_what_was_observed_of_the_baseline_is_marked_in_its_chart_and_said_with_its_source(page: Page) -> None:
    page.after(lambda: page.put("lever-grants.per_call", 1))
    charts = page.script(
        "return [...document.querySelectorAll('.legato-chart')].map(chart => "
        "[chart.dataset.outcome, chart.querySelectorAll('.legato-observed rect').length])"
    )
    assert dict(charts)["collaboration_rate"] == 1
    assert sum(marks for _, marks in charts) == 1
    notes = page.text(".legato-notes")
    assert "17 of 22" in notes
    assert "is left out" in notes, "the scenario explored has another lever, and was not observed"


@pytest.mark.slow
def test_the_keyboard_moves_a_lever_and_goes_through_the_tabs(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    lever = page.one("[id='lever-closing.notice']")
    page.after(lambda: lever.send_keys(Keys.ARROW_LEFT))
    assert page.text("[data-key='closing.notice'] .legato-back") == "put back"
    assert page.numbers() == numbers_of(explore(Asked(Variant("salex", (("closing.notice", "5"),)), SALEX)))

    page.one("#tab-answer").send_keys(Keys.ARROW_RIGHT)
    page.until(lambda: page.all("#legato-month"))
    assert page.script("return document.activeElement.id") == "tab-film"


@pytest.mark.slow
def test_what_cannot_be_is_refused_in_the_words_of_the_command_line_and_the_answer_stays(page: Page) -> None:
    before = page.numbers()
    page.put("number-closing.notice", 30)

    said = page.until(lambda: page.all("#legato-fault"))[0].text
    assert "closing.notice is 30 months but the network closes in month 25; allowed is at most 24" in said
    assert page.numbers() == before

    page.after(lambda: page.put("number-closing.notice", 3))
    page.until(lambda: not page.all("#legato-fault"))


@pytest.mark.slow
def test_another_scenario_stands_against_the_pinned_baseline(page: Page) -> None:
    page.after(lambda: page.put("legato-scenario", "abrupt-closing"))
    assert page.numbers() == numbers_of(explore(Asked(Variant("abrupt-closing"), SALEX)))
    page.after(lambda: page.press("#legato-pin"))
    page.after(lambda: page.put("legato-scenario", "salex"))
    assert page.numbers() == numbers_of(explore(Asked(SALEX, Variant("abrupt-closing"))))


@pytest.mark.slow
def test_the_network_plays_month_by_month_as_the_model_has_it(page: Page) -> None:
    from results.exploring.film import film

    told = film(explore(Asked(SALEX, SALEX)).this)
    page.tab("film")
    page.until(lambda: page.all("#legato-month"))
    page.put("legato-month", 24)
    page.until(lambda: page.text("#legato-frame-text") == told.frames[24].text)
    assert len(page.all(".legato-film .work line")) == len(told.frames[24].collaborations) > 0
    assert len(page.all(".legato-film .ties line")) == len(told.frames[24].ties)
    assert len(page.all(".legato-film .grant")) == sum(paid for *_, paid in told.frames[24].collaborations) > 0

    page.press("#legato-play")
    page.until(lambda: page.text("#legato-frame-text") == told.frames[26].text)
    page.press("#legato-play")
    assert page.all(".legato-stage.closed"), "the network has closed, and it is not to be seen"


def test_what_is_saved_runs_again_to_the_same_numbers(page: Page, downloads: Path) -> None:
    page.after(lambda: page.put("lever-facilitation.intensity", 0.3))
    page.after(lambda: page.put("lever-members.champions", 5))
    shown = page.numbers()
    page.press("#legato-save")
    file = downloads / "salex-explored.toml"
    page.until(file.is_file)

    page.tab("origins")
    command = page.until(lambda: page.text("#legato-command")).split()
    assert command == ["legato", "compare", "salex", "salex-explored.toml", "--replicates", "200", "--seed", "1"]
    quietly = ("--json", "--no-figures", "--out", str(downloads / "run"))
    again = json.loads(ask(*command[1:3], str(file), *command[4:], *quietly).stdout)
    found = explore(Asked(Variant("salex", (("facilitation.intensity", "0.3"), ("members.champions", "5"))), SALEX))
    assert shown == numbers_of(found)
    assert {one["outcome"]: (one["mean"], one["low"], one["high"]) for one in again["differences"]} == {
        one.outcome: (pytest.approx(one.mean, nan_ok=True), pytest.approx(one.low), pytest.approx(one.high))
        for one in found.comparison.differences
    }


@pytest.mark.slow
def test_the_saved_brief_opens_without_the_network_and_without_an_error(page: Page, downloads: Path) -> None:
    page.after(lambda: page.put("lever-grants.per_call", 1))
    page.press("#legato-brief")
    file = downloads / "salex-explored-brief.html"
    page.until(file.is_file)
    page.driver.get("about:blank")
    for kind in ("browser", "performance"):
        page.driver.get_log(kind)
    page.driver.get(file.as_uri())
    asked = [json.loads(entry["message"])["message"] for entry in page.driver.get_log("performance")]
    sent = [one["params"] for one in asked if one["method"] == "Network.requestWillBeSent"]
    # The page may still be saying good-bye to its server, which is no request of the brief.
    urls = {one["request"]["url"] for one in sent if one["documentURL"].startswith("file:")}
    assert urls
    assert not [url for url in urls if not url.startswith(("file:", "data:", "blob:"))]
    assert not [one for one in page.driver.get_log("browser") if not one["message"].startswith("http://127.0.0.1:")]
    assert "salex-explored" in page.text("body")


@pytest.mark.slow
def test_where_the_answer_comes_from_names_what_differs_and_the_assumptions_behind_it(page: Page) -> None:
    page.after(lambda: page.put("lever-grants.per_call", 2))
    page.tab("origins")
    assert page.until(lambda: page.all(".legato-changed"))[0].get_attribute("data-key") == "grants.per_call"
    assert "grants-pull" in [one.get_attribute("data-id") for one in page.all(".legato-assumption")]


@pytest.mark.slow
def test_two_tabs_do_not_disturb_each_other(driver: Any, address: str) -> None:
    first = Page(driver, address)
    here = driver.current_window_handle
    first.after(lambda: first.put("lever-grants.per_call", 0))
    mine = first.numbers()
    driver.switch_to.new_window("tab")
    second = Page(driver, address)
    second.after(lambda: second.put("lever-facilitation.intensity", 1))
    theirs = second.numbers()
    driver.close()
    driver.switch_to.window(here)
    assert first.numbers() == mine != theirs
    assert theirs == numbers_of(explore(Asked(Variant("salex", (("facilitation.intensity", "1"),)), SALEX)))


@pytest.mark.slow
@pytest.mark.parametrize("tab", ["answer", "film", "origins"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_cut_and_every_axis_is_labelled(page: Page, width: int, tab: str) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        page.after(lambda: page.put("lever-grants.per_call", 1))
        if tab == "answer":
            for chart in page.all(".legato-chart"):
                assert len(chart.find_elements("css selector", ".legato-axis")) == 2
        page.tab(tab)
        if tab == "film":
            page.until(lambda: page.all("#legato-month"))
        outside = page.script(
            "return [...document.querySelectorAll('.legato-page *')].filter(e => {const r = e.getBoundingClientRect();"
            "return r.width > 1 && r.height > 1 && (r.right > innerWidth + 1 || r.left < -1)}).map(e => e.outerHTML)"
        )
        assert not outside
        assert page.script("return document.documentElement.scrollWidth") <= width
    finally:
        page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_page_asks_nobody_else_and_the_console_is_quiet(page: Page) -> None:
    """Over all that the tests before it did, too."""
    from selenium.webdriver.common.keys import Keys

    page.one("#tab-answer").send_keys(Keys.ARROW_RIGHT)
    page.until(lambda: page.all("#legato-month"))
    assert page.script("return document.activeElement.id") == "tab-film"
    for tab in ("origins", "answer"):
        page.tab(tab)
    asked = [json.loads(entry["message"])["message"] for entry in page.driver.get_log("performance")]
    urls = {one["params"]["request"]["url"] for one in asked if one["method"] == "Network.requestWillBeSent"}
    local = ("http://127.0.0.1:", "blob:http://127.0.0.1:", "data:")
    assert urls
    assert not [url for url in urls if not url.startswith(local)]
    assert not [entry["message"] for entry in page.driver.get_log("browser") if entry["level"] == "SEVERE"]


@pytest.mark.slow
def test_how_long_from_a_lever_to_new_curves(page: Page, record_property: Callable[[str, object], None]) -> None:
    """Every move is measured; how long it took is told, not asserted: machines differ."""
    moves = 20
    for move in range(moves):
        value = round(0.05 + 0.045 * move, 3)
        page.after(lambda value=value: page.put("number-facilitation.intensity", value))  # type: ignore[misc]
    took = page.until(lambda: len(found := page.script("return window.legato.took")) >= moves and found)
    median, worst = statistics.median(took), max(took)
    record_property("milliseconds from lever to curves, median", median)
    record_property("milliseconds from lever to curves, worst", worst)
    print(f"\nfrom lever to new curves, 200 replicates, {moves} moves: median {median:.0f} ms, worst {worst} ms")
    assert len(took) == moves
