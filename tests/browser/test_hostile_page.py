"""The page with levers where something goes wrong: old browsers, links made to harm, haste, a worker that is gone."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from results.commands.explore import Explore
from results.exploring.explored import Asked, Variant
from results.exploring.live_comparison import explore
from tests.browser.chromium import needs_chromium
from tests.browser.live import LivePage, numbers_of
from tests.browser.twin import unlike, unlike_saved
from tests.simulation.browser.pages import needs_module

pytestmark = [needs_chromium, needs_module]
FEW = 4
LACKING = {
    "WebAssembly": "delete window.WebAssembly",
    "DecompressionStream": "delete window.DecompressionStream",
    "Worker": "delete window.Worker",
    "SIMD": "WebAssembly.validate = () => false",
    "workers that may start": "window.Worker = class {constructor() {throw new Error('SecurityError')}}",
    "ResizeObserver": "delete window.ResizeObserver",
    "Object.fromEntries": "delete Object.fromEntries",
}
KEEP_WORKERS = (
    "window.kept = []; const W = Worker;"
    "window.Worker = class extends W {constructor(address) {super(address); kept.push(this)}}"
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("a b#c%20") / "salex.html"
    Explore("salex", replicates=FEW, out=made).answer()
    return made


@pytest.fixture
def before(driver: Any) -> Iterator[Any]:
    """Runs a script in each page before its own."""
    added = []

    def run(source: str) -> None:
        added.append(driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})["identifier"])

    yield run
    for one in added:
        driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": one})


@pytest.mark.quick_cases("ResizeObserver")
@pytest.mark.parametrize("what", LACKING)
def test_an_old_browser_keeps_the_brief_and_says_why(what: str, driver: Any, file: Path, before: Any) -> None:
    before(LACKING[what])
    page = LivePage(driver, file)
    assert page.state == "cannot"
    assert "nothing can be tried" in page.text("#live-said")
    assert "2023" in page.text("#live-said")
    assert "% of members" in page.text("main")
    page.faults()


def test_a_link_cannot_flood_the_page_nor_ask_for_what_is_no_number(driver: Any, file: Path) -> None:
    many = "&".join(f"k{one}={'xxxxxxxxx'}" for one in range(8000))
    page = LivePage(driver, file, f"grants.size=1e999&%zz=%E0%A4%A&{many}")
    assert page.state == "answered"
    said = page.text("#live-said")
    assert "left out: grants.size, %zz, k0" in said
    assert len(said) < 300
    page.after(lambda: page.put("number-network.members", 100_000), "refused")
    assert "could grow to 100,000 members" in page.text("#live-said")
    page.after(lambda: page.press("#live-reset"))


@pytest.mark.slow
def test_fifty_moves_in_a_second_end_with_the_answer_to_the_last(driver: Any, file: Path) -> None:
    page = LivePage(driver, file)
    page.script(
        "const e = document.getElementById('number-facilitation.intensity');"
        "for (let i = 1; i <= 50; i++) setTimeout(() => {e.value = i / 50;"
        "e.dispatchEvent(new Event('change', {bubbles: true}))}, i * 20)"
    )
    time.sleep(1.2)
    page.until(lambda: page.state == "answered")
    last = Asked(Variant("salex", (("facilitation.intensity", "1.0"),)), Variant("salex"), replicates=FEW)
    assert page.numbers() == numbers_of(explore(last))


@pytest.mark.slow
def test_a_worker_that_is_gone_is_replaced(driver: Any, file: Path, before: Any) -> None:
    before(KEEP_WORKERS)
    page = LivePage(driver, file)
    page.script("for (const one of [...kept]) {one.terminate(); one.dispatchEvent(new ErrorEvent('error'))}")
    page.after(lambda: page.put("number-facilitation.intensity", 0.11))
    moved = Asked(Variant("salex", (("facilitation.intensity", "0.11"),)), Variant("salex"), replicates=FEW)
    assert page.numbers() == numbers_of(explore(moved))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["-dash", "100%", "__proto__", "12", "$HOME `x`", "ünï 東", 'it\'s "x"'])
def test_a_scenario_of_any_name_is_answered_and_saved(
    name: str, driver: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = 'extends = "salex"\ntitle = "</script> \\u202e & <b>"\nquestion = "A?"\n[grants]\nper_call = 2\n'
    Path(f"{name}.toml").write_text(text, encoding="utf-8")
    made = tmp_path / f"a {name}#.html"
    Explore(f"{name}.toml", baseline="salex", replicates=FEW, out=made).answer()
    page = LivePage(driver, made, "facilitation.intensity=0.2")
    moved = Variant(f"{name}.toml", (("facilitation.intensity", "0.2"),))
    found = explore(Asked(moved, Variant("salex"), replicates=FEW))
    assert [*unlike(page, found), *unlike_saved(page, found, tmp_path)] == []
    assert page.faults() == []
