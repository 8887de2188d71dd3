"""The page with levers, from a file, offline: a lever gives what the engine here says, in the same words."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from results.commands.explore import Explore
from results.exploring.explored import Asked, Variant
from results.exploring.live_comparison import explore
from results.words.sentence import Speaker
from tests.browser.chromium import needs_chromium
from tests.browser.live import LivePage, numbers_of
from tests.shared import ask
from tests.simulation.browser.pages import needs_module

pytestmark = [needs_chromium, needs_module]
SALEX = Variant("salex")
FEW, SAY = 40, Speaker()


def asked(*moved: tuple[str, str], baseline: Variant = SALEX, **how: Any) -> Asked:
    return Asked(Variant("salex", moved), baseline, **{"replicates": FEW, **how})


@pytest.fixture
def page(driver: Any, file: Path) -> LivePage:
    return LivePage(driver, file)


def test_a_lever_gives_what_the_command_line_says_and_nothing_is_fetched(page: LivePage) -> None:
    page.requests()
    page.after(lambda: page.put("lever-grants.per_call", 1))
    found = explore(asked(("grants.per_call", "1")))
    assert page.numbers() == numbers_of(found)
    assert [one.text for one in page.all("#live-sentences p")] == list(found.sentences)
    assert [one.text for one in page.all("#live-notes li")] == list(found.notes)
    assert found.decision is not None
    assert page.text("#live-verdict") == SAY.whole(found.decision.verdict)
    assert [one.text for one in page.all("#live-reasons li")] == [SAY.whole(one) for one in found.decision.reasons]
    words = {row.get_attribute("data-outcome"): row.text for row in page.all("#live-differences tr[data-outcome]")}
    assert all(line.words in words[line.outcome] for line in (*found.lines(), *found.costs()))

    page.after(lambda: page.press("#live-pin"))
    fewer = Variant("salex", (("grants.per_call", "1"),))
    assert page.numbers() == numbers_of(explore(asked(("grants.per_call", "1"), baseline=fewer)))
    page.tab("network")
    page.until(lambda: page.all("#panel-network svg"))
    page.tab("origins")
    assert (
        page.text("#live-command")
        == f"legato compare salex-pinned.toml salex-explored.toml --replicates {FEW} --seed 1"
    )
    assert not [address for address in page.requests() if not address.startswith(("file:", "blob:", "data:"))]
    assert page.faults() == []


def test_what_cannot_be_is_refused_in_the_words_of_the_command_line_and_no_old_answer_stays(page: LivePage) -> None:
    page.after(lambda: page.put("number-closing.notice", 30), "refused")
    said = "closing.notice is 30 months but the network closes in month 25; allowed is at most 24"
    assert said in page.text("#live-said")
    assert said in " ".join(ask("run", "salex", "--set", "closing.notice=30").stderr.split())
    assert page.numbers() == {}
    assert not page.all("#live-charts svg")
    assert said in page.text("[data-key='closing.notice'] .live-fault")
    page.after(lambda: page.put("number-facilitation.intensity", 7), "refused")
    both = page.text("#live-said")
    assert "facilitation.intensity is 7" in both
    assert said in both
    page.after(lambda: page.put("number-closing.notice", 3), "refused")
    assert "facilitation.intensity is 7" in page.text("#live-said")
    page.after(lambda: page.press("#live-reset"))
    assert page.numbers() == numbers_of(explore(asked()))


def test_what_is_saved_runs_again_to_the_same_numbers(page: LivePage, downloads: Path) -> None:
    page.after(lambda: page.put("lever-facilitation.intensity", 0.3))
    page.after(lambda: page.put("lever-members.champions", 5))
    for what in ("plan", "numbers", "curves", "picture"):
        page.press(f"#live-save-{what}")
    saved = [downloads / f"salex-explored{end}" for end in (".toml", "-differences.csv", "-months.csv", "-curves.png")]
    page.until(lambda: all(one.is_file() for one in saved))
    page.tab("origins")
    command = page.text("#live-command").split()
    assert command == ["legato", "compare", "salex", "salex-explored.toml", "--replicates", str(FEW), "--seed", "1"]
    quietly = ("--json", "--no-figures", "--out", str(downloads / "run"))
    again = json.loads(ask(*command[1:3], str(saved[0]), *command[4:], *quietly).stdout)
    with saved[1].open(newline="") as opened:
        rows = {row["outcome"]: row for row in csv.DictReader(opened)}
    assert len(rows) == len(again["differences"])
    for one in again["differences"]:
        for name in ("mean", "low", "high"):
            assert (rows[one["outcome"]][name] == "") == (one[name] is None)
            if one[name] is not None:
                assert float(rows[one["outcome"]][name]) == pytest.approx(one[name], rel=1e-9, abs=1e-12)
    with saved[2].open(newline="") as opened:
        months = [row for row in csv.DictReader(opened) if row["outcome"] == "collaboration_rate"]
    assert {row["scenario"] for row in months} == {"salex", "salex-explored"}
    assert saved[3].read_bytes().startswith(b"\x89PNG")


def test_a_link_opens_the_page_as_it_was_and_what_it_does_not_know_does_nothing(driver: Any, file: Path) -> None:
    page = LivePage(driver, file, "grants.per_call=1&closing.month=never&baseline=abrupt-closing&seed=7")
    want = Asked(
        Variant("salex", (("grants.per_call", "1"), ("closing.month", "never"))), Variant("abrupt-closing"), 7, FEW
    )
    assert page.numbers() == numbers_of(explore(want))
    page.press("#live-copy-link")
    fragment = page.script("return location.hash.slice(1)")
    assert LivePage(driver, file, fragment).numbers() == page.numbers()

    hostile = (
        "grants.per_call=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&behaviour.yes_base=1&plan=../etc&__proto__=1"
        "&title=%3Cscript%3Ealert(1)%3C%2Fscript%3E&members.file=%2Fetc%2Fpasswd&%5Bclosing%5D%0Amonth%20%3D%201=x"
        "&seed=1e3&networks=100000000&fixed=maybe&baseline.constructor=1"
    )
    page = LivePage(driver, file, hostile)
    assert page.numbers() == numbers_of(explore(asked()))
    said = page.text("#live-said")
    for part in ("grants.per_call", "behaviour.yes_base", "__proto__", "title", "members.file", "networks", "fixed"):
        assert part in said
    assert not page.all("#live img, #live-said *")
    assert page.faults() == []


def test_a_page_named_by_an_attacker_is_text(driver: Any, tmp_path: Path) -> None:
    hostile = '</script><script>document.title="owned"</script><img src=x onerror="document.title=1">{{7*7}}'
    mine = tmp_path / "mine.toml"
    mine.write_text(f'extends = "salex"\ntitle = {json.dumps(hostile)}\nquestion = {json.dumps(hostile)}\n')
    made = tmp_path / "page.html"
    Explore(str(mine), replicates=4, out=made, title="<b>bold</b>", subtitle="</style><script>1</script>").answer()
    page = LivePage(driver, made)
    assert page.state == "answered"
    assert hostile in page.text("#live-question")
    assert page.driver.title == "<b>bold</b>"
    assert not page.all("#live-question *, h1 *, img")
    assert page.faults() == []


@pytest.mark.slow
def test_the_keyboard_moves_a_lever_and_goes_through_the_tabs(page: LivePage) -> None:
    from selenium.webdriver.common.keys import Keys

    lever = page.one("[id='lever-closing.notice']")
    page.after(lambda: lever.send_keys(Keys.ARROW_LEFT))
    assert page.text("[data-key='closing.notice'] .live-back") == "put back"
    assert page.numbers() == numbers_of(explore(asked(("closing.notice", "5"))))
    page.one("#tab-answer").send_keys(Keys.ARROW_RIGHT)
    page.until(lambda: page.all("#panel-network svg"))
    assert page.script("return document.activeElement.id") == "tab-network"


@pytest.mark.slow
def test_another_scenario_stands_against_the_pinned_baseline(page: LivePage) -> None:
    page.after(lambda: page.put("live-plan", "abrupt-closing"))
    assert page.numbers() == numbers_of(explore(Asked(Variant("abrupt-closing"), SALEX, replicates=FEW)))
    page.after(lambda: page.press("#live-pin"))
    page.after(lambda: page.put("live-plan", "salex"))
    assert page.numbers() == numbers_of(explore(Asked(SALEX, Variant("abrupt-closing"), replicates=FEW)))
    page.after(lambda: page.press("#live-fixed"))
    fixed = Asked(SALEX, Variant("abrupt-closing"), replicates=FEW, posterior=None)
    assert page.numbers() == numbers_of(explore(fixed))
    page.tab("origins")
    assert "--fixed" in page.text("#live-command")


@pytest.mark.slow
def test_what_was_observed_of_the_baseline_is_marked_in_its_chart(page: LivePage) -> None:
    page.after(lambda: page.put("lever-grants.per_call", 1))
    charts = page.script(
        "return [...document.querySelectorAll('.live-chart')].map(chart => "
        "[chart.dataset.outcome, chart.querySelectorAll('.live-observed rect').length])"
    )
    assert dict(charts)["collaboration_rate"] == 1
    assert sum(marks for _, marks in charts) == 1


@pytest.mark.slow
def test_two_tabs_do_not_disturb_each_other(driver: Any, file: Path) -> None:
    first = LivePage(driver, file)
    here = driver.current_window_handle
    first.after(lambda: first.put("lever-grants.per_call", 0))
    mine = first.numbers()
    driver.switch_to.new_window("tab")
    second = LivePage(driver, file)
    second.after(lambda: second.put("lever-facilitation.intensity", 1))
    theirs = second.numbers()
    driver.close()
    driver.switch_to.window(here)
    assert first.numbers() == mine != theirs
    assert theirs == numbers_of(explore(asked(("facilitation.intensity", "1"))))


@pytest.mark.slow
@pytest.mark.parametrize("tab", ["answer", "network", "origins"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_cut_and_every_axis_is_labelled(page: LivePage, width: int, tab: str) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        page.after(lambda: page.put("lever-grants.per_call", 1))
        for chart in page.all(".live-chart"):
            assert len(chart.find_elements("css selector", ".live-axis")) == 2
        page.tab(tab)
        if tab == "network":
            page.until(lambda: page.all("#panel-network svg"))
        outside = page.script(
            "return [...document.querySelectorAll('main *')].filter(e => {const r = e.getBoundingClientRect();"
            "return r.width > 1 && r.height > 1 && !e.closest('.wide, .drawing, #live-sight') &&"
            "(r.right > innerWidth + 1 || r.left < -1)}).map(e => e.outerHTML.slice(0, 200))"
        )
        assert not outside
        assert page.script("return document.documentElement.scrollWidth") <= width
    finally:
        page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.slow
def test_the_report_of_a_run_has_the_levers_too(driver: Any, tmp_path: Path) -> None:
    run = tmp_path / "run"
    ask("compare", "salex", "salex: grants.per_call=1", "--replicates", str(FEW), "--no-figures", "--out", str(run))
    alone = shutil.copy(run / "report.html", tmp_path / "alone.html")
    page = LivePage(driver, Path(alone))
    found = explore(Asked(Variant("salex: grants.per_call=1"), SALEX, replicates=FEW))
    assert page.numbers() == numbers_of(found)
    page.after(lambda: page.put("lever-facilitation.intensity", 1))
    assert page.faults() == []
