"""The brief: made of the run folder alone, begins with the answer, needs nothing else, and lets nothing through."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from markupsafe import escape

from cli import main
from results import FolderError
from results.exploring.run_page import report_page, write_report
from results.pages import pictures
from results.pages.brief import brief_of
from results.pages.html import POLICY, page
from results.pages.kept_narrative import recall, recall_all
from results.pages.pictures import PICTURES
from results.pages.structure import Rows, Terms
from results.pages.templates import PAGES
from results.words.sentence import Speaker
from scenarios import ASSUMPTIONS
from scenarios.schema.assumptions import STANDINGS

FEW = ("--replicates", "4")
SAVED = re.compile(r'folder, "([a-z-]+)"\)')
HOSTILE = "<script>alert('1')</script> & \"quoted\""


def ask(*words: str) -> Any:
    return CliRunner().invoke(main, list(words))


class Page(HTMLParser):
    """The elements of a page, with the text of headings, cells and captions."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)

    # What the parser calls, as its documentation has it.
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)
        self.words.setdefault(tag, []).append("")

    def handle_data(self, data: str) -> None:  # noqa: D102
        if self._open:
            self.words[self._open[-1]][-1] += data

    def handle_endtag(self, tag: str) -> None:  # noqa: D102
        while self._open and self._open.pop() != tag:
            pass

    def all(self, tag: str) -> list[dict[str, str | None]]:  # noqa: D102
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison with a scenario whose title and name are hostile."""
    folder = tmp_path_factory.mktemp("brief")
    title = json.dumps(f"Ours {HOSTILE}")
    text = f'extends = "salex"\ntitle = {title}\nquestion = "<b>What?</b>"\n[closing]\nnotice = 1\n'
    (folder / "a & b.toml").write_text(text, encoding="utf-8")
    done = ask("compare", "salex", str(folder / "a & b.toml"), *FEW, "--out", str(folder / "run"))
    assert done.exit_code == 0, done.stderr
    assert f"Report: {folder / 'run' / 'report.html'}" in done.stdout
    return folder / "run"


@pytest.fixture(scope="module")
def html(compared: Path) -> str:
    """The brief alone, without levers; these are in tests/browser and tests/results/exploring."""
    return page(brief_of(compared))


def test_the_folder_alone_gives_the_same_bytes(compared: Path) -> None:
    before = (compared / "report.html").read_bytes()
    (compared / "report.html").unlink()
    done = ask("report", str(compared), "--json")
    assert json.loads(done.stdout) == {"report": str(compared / "report.html"), "run_folder": str(compared)}
    assert (compared / "report.html").read_bytes() == before


def test_names_that_somebody_wrote_are_text(html: str) -> None:
    assert "<script" not in html
    assert "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &#34;quoted&#34;" in html
    assert "&lt;b&gt;What?&lt;/b&gt;" in html
    assert "a &amp; b" in html


def test_nothing_is_fetched(html: str) -> None:
    found = Page(html)
    loads = [value for _, some in found.tags for name, value in some.items() if name in ("src", "href", "xlink:href")]
    assert all(value and value.startswith("#") for value in loads)
    assert "@import" not in html
    assert {match[1][:1] for match in re.finditer(r"url\(([^)]*)\)", html)} <= {"#"}
    assert {"script", "iframe", "object", "link", "img"}.isdisjoint(tag for tag, _ in found.tags)
    policy: dict[str, str | None] = {"http-equiv": "Content-Security-Policy", "content": POLICY}
    assert found.all("meta").index(policy) < found.all("meta").index(found.all("meta")[-1]), "before what it forbids"
    assert POLICY.startswith("default-src 'none'")
    assert "script-src" not in POLICY


def test_it_begins_with_what_a_meeting_needs_and_folds_the_rest(html: str, compared: Path) -> None:
    found = Page(html)
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert found.words["h2"][0] == "The answer"
    decision = recall_all(compared).decision
    assert decision is not None
    assert html.index('class="verdict"') < html.index('class="plans"') < html.index('class="chart"')
    assert html.index('class="chart"') < html.index("<details") < html.index("The numbers")
    assert all("open" not in some for some in found.all("details"))
    assert all("open" in some for some in Page(page(brief_of(compared), unfolded=True)).all("details"))
    for line in recall(compared).answer:
        assert str(escape(line)) in html.replace("\N{NO-BREAK SPACE}%", " %"), "nothing that was said is lost"


def test_page_one_answers_what_a_meeting_asks(html: str, compared: Path) -> None:
    """Which plan, for what; what it changes, what survives, what it costs; how sure; how far to trust the numbers."""
    first = html[: html.index("<details")].replace("\N{NO-BREAK SPACE}%", " %")
    numbers = json.loads((compared / "comparison.json").read_text(encoding="utf-8"))["scenarios"]
    for plan in numbers.values():
        for outcome in ("collaboration_rate", "legacy_rate"):
            assert f"<b>{plan[outcome]['mean'] * 100:.0f} %</b>" in first
        assert f"<b>{plan['total_cost']['mean'] / 1000:,.0f}</b>" in first
    assert "how sure the rank is" in first
    assert "not to forecast" in first
    assert "have no study behind them" in first
    assert first.count('class="bar"') == 3, "one other plan in three outcomes"
    assert len(re.sub(r"<style>.*?</style>|<[^>]+>", " ", first, flags=re.DOTALL).split()) < 500


def test_every_picture_has_a_name_and_every_table_its_headers(html: str) -> None:
    found = Page(html)
    drawings = [some for some in found.all("svg") if some.get("aria-hidden") != "true"]
    assert len(drawings) + 1 == len(found.all("figure")) >= 4, "the figure of page one is no drawing"
    ids = [some["id"] for _, some in found.tags if "id" in some]
    assert len(set(ids)) == len(ids)
    for svg in drawings:
        assert svg["role"] == "img"
        assert svg["aria-labelledby"] in ids
    assert all(some.get("scope") in ("col", "row") for some in found.all("th"))
    assert len(found.all("caption")) == len(found.all("table"))
    assert all(text.strip() for text in found.words["th"])
    assert ("html", {"lang": "en"}) in found.tags
    used = set(re.findall(r'(?:xlink:href="#|url\(#)([^")]+)', html))
    assert used <= set(ids), "what a picture refers to is in the page"


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def palettes() -> Iterator[dict[str, str]]:
    css = (PAGES / "brief.css").read_text(encoding="utf-8")
    for block in re.findall(r":root \{([^}]*)\}", css):
        yield dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))


def test_words_stand_out_from_their_ground_by_light_and_by_night() -> None:
    """Contrast of 4.5, WCAG 2.2 level AA."""
    every = list(palettes())
    assert len(every) == 3, "light, dark, print"
    for palette in every:
        for ground in ("ground", "shade"):
            for ink in ("ink", "quiet", "accent"):
                high, low = sorted((luminance(palette[ground]), luminance(palette[ink])), reverse=True)
                assert (high + 0.05) / (low + 0.05) >= 4.5, (ground, ink, palette)
        for drawn, least in (("drawn", 4.5), ("faded", 4.5), ("blue", 3.0)):
            high, low = sorted((luminance(palette["paper"]), luminance(palette[drawn])), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= least, (drawn, palette)


def test_figures_take_the_colours_of_the_page(html: str) -> None:
    drawings = html[html.index('class="drawing"') :]
    assert "fill: var(--paper, #ffffff)" in drawings
    assert "stroke: var(--drawn, #000000)" in drawings
    assert not re.search(r"(?:fill|stroke): #(?:ffffff|000000|222222)", drawings)


def test_numbers_are_those_of_the_document(compared: Path) -> None:
    document = json.loads((compared / "comparison.json").read_text(encoding="utf-8"))
    table = next(block for block in recall(compared).body if not isinstance(block, tuple))
    row = next(row for row in table.rows if row[0].startswith("members that ever formed"))
    mean = document["scenarios"]["salex"]["collaboration_rate"]["mean"]
    assert row[1].startswith(f"{mean * 100:.0f} ")
    money = recall(compared).more[0]
    assert money.title.endswith("in prices of 2024")
    whole, *parts = (float(one[1].split(" ")[0].replace(",", "")) for one in money.rows)
    assert sum(parts) == pytest.approx(whole, abs=3)


def test_what_differs_has_its_source_and_what_no_study_supports_is_marked(compared: Path) -> None:
    brief = brief_of(compared)
    changed, assumed = (
        next(one.table for one in brief.section(name).blocks if isinstance(one, Rows))
        for name in ("changed", "assumed")
    )
    assert [row[0] for row in changed.rows] == ["closing.notice"]
    assert "assumption" in changed.rows[0][-1]
    standing = {row[0]: row[1] for row in assumed.rows}
    unknown, designed = STANDINGS["no study"], STANDINGS["designers say so"]
    assert standing["Closing without notice is a shock"] == unknown
    assert standing["A neutral facilitator brings organizations together"] == unknown
    assert brief.designed == list(standing.values()).count(designed) > 0
    assert brief.unstudied == list(standing.values()).count(unknown) + brief.designed > 10


def test_how_to_repeat_it_is_all_there(compared: Path) -> None:
    (terms,) = brief_of(compared).section("repeat").blocks
    assert isinstance(terms, Terms)
    say = Speaker().say
    repeat = {say(what): say(value) for what, value in terms.pairs}
    noted = json.loads((compared / "manifest.json").read_text(encoding="utf-8"))
    assert repeat["seed"] == "1"
    assert repeat["replicates"] == "4"
    assert repeat["content (SHA-256)"] == noted["content"]
    assert noted["model"] in repeat["Legato"]


def test_every_standing_is_known() -> None:
    assert {one.standing for one in ASSUMPTIONS} == STANDINGS.keys()


def test_every_picture_that_ships_has_words(compared: Path) -> None:
    assert all(picture.words in PICTURES.values() for picture in brief_of(compared).pictures)


LEARN = ("calibrate", "salex", "--free", "behaviour.yes_base", "--particles", "10", "--generations", "2")
COMMANDS = (
    ("run", "salex", *FEW),
    ("explain", "salex", "no-catalytic-funding", *FEW),
    ("compare", "salex", "sparc", "--over", "funder", "--futures", "4", "--at-least", "0.5", *FEW),
    ("sweep", "salex", "--vary", "grants.per_call=0,4", "--vary", "facilitation.intensity=0.2:0.8:0.2", *FEW),
    ("check", "salex", "--no-assumptions", *FEW),
    (*LEARN, *FEW),
    (*LEARN, *FEW, "--recover", "1"),
    ("sensitivity", "salex", "--vary", "grants.per_call", "--vary", "closing.notice", "--points", "24", *FEW),
)


@pytest.mark.quick_cases("run-4", "compare-11", "sweep-8", "calibrate-10")
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: f"{words[0]}-{len(words)}")
def test_every_run_has_its_brief(words: tuple[str, ...], tmp_path: Path) -> None:
    pytest.importorskip("pyabc" if words[0] == "calibrate" else "SALib")
    run = tmp_path / "run"
    done = ask(*words, "--no-figures", "--out", str(run))
    assert done.exit_code == 0, done.stderr
    assert f"Report: {run / 'report.html'}" in done.stdout
    text = (run / "report.html").read_text(encoding="utf-8")
    assert report_page(run, brief_of(run)).decode() == text
    assert "None were drawn." in text
    assert "what supports them" in text


def test_a_brief_that_fails_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_folder: Path) -> Path:
        raise RuntimeError("no paper")

    monkeypatch.setattr("results.commands.answer.write_report", fails)
    run = tmp_path / "run"
    done = ask("run", "salex", *FEW, "--no-figures", "--json", "--out", str(run))
    assert done.exit_code == 0
    assert "RuntimeError: no paper" in done.stderr
    assert f"legato report {run}" in done.stderr
    assert json.loads(done.stdout)["replicates"] == 4
    monkeypatch.undo()
    assert ask("report", str(run)).exit_code == 0


def test_what_is_no_finished_run_has_none(tmp_path: Path, compared: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = ask("report", str(tmp_path / "empty"))
    assert done.exit_code == 2
    assert "there is no manifest.json" in done.stderr
    noted = json.loads((compared / "manifest.json").read_text(encoding="utf-8"))
    unfinished = {**noted, "finished": False, "command_line": ["legato", "run", "salex"]}
    (tmp_path / "empty" / "manifest.json").write_text(json.dumps(unfinished), encoding="utf-8")
    with pytest.raises(FolderError, match="not finished; go on with the command that began it: legato run salex"):
        write_report(tmp_path / "empty")


def test_a_run_that_begins_anew_has_no_brief_until_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = tmp_path / "run"
    words = ("run", "salex", *FEW, "--no-figures", "--out", str(run))
    assert ask(*words).exit_code == 0
    assert (run / "report.html").exists()

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("results.comparing.inquiry.Inquiry.simulate", stopped)
    assert ask(*words).exit_code == 130
    assert not (run / "report.html").exists()


def test_every_figure_that_is_saved_says_what_it_shows() -> None:
    """Those that are saved under a name that stands in the code; others are named after their outcome."""
    figures = Path(pictures.__file__).parents[1] / "figures"
    saved = {name for file in figures.rglob("*.py") for name in SAVED.findall(file.read_text(encoding="utf-8"))}
    assert len(saved) > 20
    assert saved <= PICTURES.keys()
