"""One network in a page that was opened as a file: played, chosen, read aloud, refused."""

import json
from pathlib import Path
from typing import Any

import pytest

import scenarios
from results.words.language import IN_ENGLISH, language_data
from scenarios import Scenario
from simulation.browser.embedding import engine_script
from simulation.model.network import CollaborationNetwork
from simulation.snapshot import Snapshot
from tests.browser.chromium import needs_chromium
from tests.results.exploring.test_played_network import events, months_of, planned, text
from tests.simulation.browser.pages import Watch, needs_module

pytestmark = [needs_chromium, needs_module]
RESULTS = Path(__file__).parents[2] / "results"
PAGE = RESULTS / "exploring" / "page"
SALEX = scenarios.load("salex", (), scenarios.shipped_posterior())
LARGE = scenarios.load("salex", ["network.members=400"], posterior=None)
NAMED = "<img src=x onerror=alert(1)>"
OPEN = """
const form = (count) => words.forms[count < 200 ? count : (count % 100) + 100]
const say = (id, values = {}) => {
  const entry = words.catalogue[id]
  const text = typeof entry === 'string' ? entry : entry.forms[form(values[entry.by])]
  return text.replace(/{(\\w+)}/g, (_, name) => values[name])
}
const { pool, scenarios } = await legatoReady
const view = new NetworkView(byId('place'), { say, pool, language: 'en' })
globalThis.shown = ({ name, ...asked }) => view.show({ scenario: scenarios[name], seed: 1, networks: 20, ...asked })
globalThis.refused = (why) => view.refuse(why)
"""
SHOW = "const [asked, done] = arguments; shown(asked).then(() => done(), (fault) => done(String(fault)))"


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    folder = tmp_path_factory.mktemp("members")
    rows = [f"{NAMED} {k},{('water', '<b>health</b>')[k % 2]}" for k in range(5)]
    (folder / "members.csv").write_text("\n".join(["name,interests", *rows]) + "\n", encoding="utf-8")
    loaded = scenarios.load("salex", [f"members.file={folder / 'members.csv'}"], posterior=None)
    return loaded.model_copy(update={"name": "named"})


@pytest.fixture(scope="module")
def page(driver: Any, named: Scenario, tmp_path_factory: pytest.TempPathFactory) -> "Page":
    style = "".join(
        (path).read_text(encoding="utf-8") for path in (RESULTS / "pages" / "brief.css", PAGE / "network.css")
    )
    script = "".join((PAGE / name).read_text(encoding="utf-8") for name in ("dom.js", "frames.js", "network.js"))
    words = f"const words = {json.dumps(language_data(IN_ENGLISH))}\n"
    file = tmp_path_factory.mktemp("page") / "network.html"
    large = LARGE.model_copy(update={"name": "large"})
    file.write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>Legato</title><style>{style}</style><body><main><div id="place"></div></main>'
        f'{engine_script(SALEX, large, named)}<script type="module">{script}{words}{OPEN}</script></body></html>',
        encoding="utf-8",
    )
    driver.get(file.as_uri())
    driver.set_script_timeout(60)
    driver.execute_async_script(
        "const done = arguments[0]; const wait = () => globalThis.shown ? done() : setTimeout(wait, 20); wait()"
    )
    return Page(driver)


class Page:
    """The page, as tests use it."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def show(self, **asked: Any) -> None:
        assert self.driver.execute_async_script(SHOW, asked) is None

    def all(self, css: str) -> list[Any]:
        return self.driver.find_elements("css selector", css)  # type: ignore[no-any-return]

    def said(self, css: str) -> str:
        return self.driver.execute_script("return document.querySelector(arguments[0]).textContent", css)  # type: ignore[no-any-return]

    def press(self, key: str, times: int = 1) -> None:
        from selenium.webdriver.common.keys import Keys

        figure = self.all(".network figure")[0]
        for _ in range(times):
            figure.send_keys(getattr(Keys, key))

    @property
    def month(self) -> int:
        return int(self.driver.execute_script("return document.getElementById('place').dataset.month"))

    def slide_to(self, month: int) -> None:
        self.driver.execute_script(
            "const slider = document.querySelector('.network-slider input'); slider.value = arguments[0]; "
            "slider.dispatchEvent(new Event('input'))",
            month,
        )


def assert_shows(page: Page, network: CollaborationNetwork, shot: Snapshot) -> None:
    month = shot.month
    assert page.month == month
    work = [tie for tie in shot.ties if tie.collaborating]
    assert len(page.all(".ties line")) == len(shot.ties)
    assert len(page.all(".work line")) == len(work)
    assert len(page.all(".grants .grant")) == len(page.all(".work .paid")) == sum(tie.funded for tie in work)
    assert len(page.all(".members .left")) == sum(not member.present for member in shot.members)
    assert len(page.all(".members .champion")) == sum(member.champion for member in shot.members)
    names = [
        title.split(",")[0]
        for title in page.driver.execute_script(
            "return [...document.querySelectorAll('.members title')].map((one) => one.textContent)"
        )
    ]
    assert names == [member.name for member in shot.members]
    until = [{"month": network.settings.closing_month, "isOpen": True}]
    happened = list(planned(network, month == network.settings.closing_month + 1, until))
    said = events(network, {number: member.name for number, member in enumerate(shot.members)})
    listed = [one.text for one in page.all(".network-events li")]
    assert listed == ([*happened, *said] or ["nothing between members"])
    assert page.said(".network-text") == text(shot, network.is_open, (*happened, *said))
    assert page.all(".network svg[role=img]")[0].get_attribute("aria-label") == page.said(".network-text")
    assert bool(page.all(".network-stage.closed")) == (not network.is_open)


def test_a_network_is_played_as_the_mesa_model_plays_it(page: Page) -> None:
    page.show(name="salex")
    moves = {0: lambda: None, 24: lambda: page.slide_to(24), 26: lambda: page.press("ARROW_RIGHT", 2)}
    for network, shot in months_of(Watch(SALEX, {}, 1, 0)):
        if move := moves.pop(shot.month, None):
            move()
            assert_shows(page, network, shot)
        if not moves:
            break
    page.press("ARROW_LEFT")
    assert page.month == 25
    page.show(name="salex", changes={"grants.per_call": 0})
    assert page.month == 25, "the month is kept when the answer changes"
    assert not page.all(".work .paid")
    assert [one for one in page.driver.get_log("browser") if one["level"] == "SEVERE"] == []


def test_a_month_that_is_reached_keeps_the_focus_and_is_read_out_once(page: Page) -> None:
    page.show(name="salex")
    page.slide_to(SALEX.last_month - 1)
    page.driver.execute_script(
        "globalThis.heard = []; const text = document.querySelector('.network-text');"
        "new MutationObserver(() => heard.push(text.textContent)).observe(text, { childList: true })"
    )
    forward = page.all(".network-bar button")[2]
    for _ in range(2):
        forward.send_keys(" ")
    assert page.month == SALEX.last_month
    assert page.driver.execute_script("return heard") == [page.said(".network-text")]
    assert forward.get_attribute("aria-disabled") == "true"
    assert page.driver.switch_to.active_element == forward


def test_another_network_is_chosen_by_its_number(page: Page) -> None:
    page.show(name="salex")
    page.slide_to(18)
    number = page.all(".network-number input")[0]
    choose = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change'))"
    page.driver.execute_script(choose, number, 5)
    page.show(name="salex")  # waits for what was chosen
    assert "of salex: number 5 of the 20 " in page.said(".network-note")
    network, shot = next(one for one in months_of(Watch(SALEX, {}, 1, 5)) if one[1].month == 18)
    assert_shows(page, network, shot)
    page.driver.execute_script(choose, number, 20)
    page.show(name="salex")
    assert "of salex: number 5 of the 20 " in page.said(".network-note")


def test_it_plays_to_its_end_and_begins_again(page: Page) -> None:
    page.show(name="salex")
    last = SALEX.last_month
    page.slide_to(last - 1)
    page.press("SPACE")
    assert page.said(".network-play") == "Pause"
    assert page.all(".network-text")[0].get_attribute("aria-live") == "off"
    page.driver.execute_async_script(
        "const done = arguments[0]; const wait = () => document.querySelector('.network-play').textContent === 'Play' "
        "? done() : setTimeout(wait, 50); wait()"
    )
    assert page.month == last
    assert page.all(".network-text")[0].get_attribute("aria-live") == "polite"
    page.press("SPACE")
    assert page.month == 0
    page.press("SPACE")
    assert page.said(".network-play") == "Play"


def test_what_cannot_be_shown_is_said_instead(page: Page) -> None:
    page.show(name="large")
    assert page.said(".network-fault").startswith("the network has 400 members: more than 150 make a picture")
    assert not page.all(".network-film:not([hidden])")
    page.show(name="salex", changes={"grants.per_cal": 1})
    assert "grants.per_cal is not a key" in page.said(".network-fault")
    page.show(name="salex")
    assert page.said(".network-fault") == ""
    assert page.all(".network-film:not([hidden])")
    page.driver.execute_script("refused('grants.per_call is -1: allowed is 0 or more')")
    assert page.said(".network-fault") == "grants.per_call is -1: allowed is 0 or more"
    assert not page.all(".network-film:not([hidden])")


def test_names_are_texts_and_no_markup(page: Page) -> None:
    page.show(name="named")
    titles = page.driver.execute_script(
        "return [...document.querySelectorAll('.members title')].map((one) => one.textContent)"
    )
    assert [title.partition(", ")[0] for title in titles] == [f"{NAMED} {k}" for k in range(5)]
    assert {"<b>health</b>", "water"} == {one.text for one in page.all(".network-topics li span + span")}
    assert not page.all(".network img, .network b")


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_cut_at_any_width(page: Page, width: int, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        page.show(name="salex")
        page.slide_to(24)
        wide = page.driver.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width
        inside = page.driver.execute_script(
            "const svg = document.querySelector('.network figure svg'); const all = svg.getBoundingClientRect();"
            "return [...svg.querySelectorAll('circle, text')].every((one) => { const r = one.getBoundingClientRect();"
            "return r.left >= all.left && r.right <= all.right && r.top >= all.top && r.bottom <= all.bottom })"
        )
        assert inside
        size = page.driver.execute_script(
            "return document.querySelector('.members text').getBoundingClientRect().height"
        )
        assert size > 10, "numbers of topics are too small to be read"
    finally:
        page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
