"""A brief in another language: nothing of the answer stays English, and the English is what it was."""

import html
import json
import re
from io import BytesIO
from pathlib import Path

import pytest

import results
from results.pages.brief import brief_of
from results.pages.docx import as_docx
from results.pages.html import page
from results.pages.kept_narrative import recall_all
from results.pages.pptx import as_pptx
from results.pages.spoken import spoken
from results.words.heading import Heading
from results.words.language import IN_ENGLISH
from results.words.languages_there import codes, language
from results.words.narrative import Said
from results.words.numbers import span
from results.words.sentence import Speaker, Told, told
from results.words.table import Table

OTHERS = codes()[1:]
ENGLISH_WORDS = re.compile(r"\b(?:members?|networks?|instead|average|closing|collaborate[ds]?|probably|certainly)\b")


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("languages") / "run"
    plans = ["salex", "no-catalytic-funding", "joint-learning-network", "salex: grants.per_call=2"]
    results.Compare(plans, replicates=12, posterior=None, figures=False, out=folder, language="de").answer()
    return folder


def test_every_sentence_of_a_comparison_knows_what_it_is_made_of(compared: Path) -> None:
    said = recall_all(compared).said
    titles = [block.title for block in (*said.body, *said.more) if isinstance(block, Table)]
    lines = [line for block in said.body if isinstance(block, tuple) for line in block]
    for line in (*said.answer, *said.notes, *titles, *lines):
        assert isinstance(line, Told), line


def text_of(markup: str) -> str:
    """A page without its style, its sources and what cites them, its keys and its commands."""
    without = re.sub(
        r"<style>.*?</style>|<details id=\"(?:assumed|changed|repeat)\".*?</details>", "", markup, flags=re.S
    )
    return html.unescape(re.sub(r"<[^>]+>", " ", without))


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_of_the_answer_stays_english(code: str, compared: Path) -> None:
    markup = page(brief_of(compared, Heading(language=code)))
    assert f'<html lang="{code}">' in markup
    text = text_of(markup)
    for name in ("no-catalytic-funding", "joint-learning-network", "Joint Learning Network"):
        text = text.replace(name, "")
    text = re.sub(r"(?:Quelle|Source|Fuente)\s?: [^<\n]*", "", text)
    for key in ("collaboration_rate", "network.members"):
        text = text.replace(key, "")
    found = ENGLISH_WORDS.findall(text)
    assert not found
    assert "{" not in text


def test_a_document_and_a_slide_say_what_language_they_are_in(compared: Path) -> None:
    docx, pptx = pytest.importorskip("docx"), pytest.importorskip("pptx")
    named = docx.oxml.ns.qn
    brief = brief_of(compared)
    document = docx.Document(BytesIO(as_docx(brief, dict, compared / "figures")))
    langs = {one.get(named("w:val")) for one in document.styles.element.iter(named("w:lang"))}
    assert langs == {"de"}
    assert any(line.text == "Die Antwort im Einzelnen" for line in document.paragraphs)
    (slide,) = pptx.Presentation(BytesIO(as_pptx(brief, compared / "figures"))).slides
    runs = [
        run
        for shape in slide.shapes
        if shape.has_text_frame
        for line in shape.text_frame.paragraphs
        for run in line.runs
    ]
    assert runs
    assert {run._r.rPr.get("lang") for run in runs} == {"de"}


def test_the_folder_keeps_the_language_and_the_english(compared: Path) -> None:
    assert recall_all(compared).heading.language == "de"
    assert "Die Antwort" in (compared / "report.html").read_text(encoding="utf-8")
    kept = json.loads((compared / "said.json").read_text(encoding="utf-8"))
    assert kept["answer"][0].startswith("SALEX without catalytic grants (no-catalytic-funding): the share of members")
    assert kept["sentences"]["answer/0"]["id"] == "both"


def test_what_another_version_kept_is_shown_as_it_was_written(compared: Path, tmp_path: Path) -> None:
    """A sentence that is gone from the catalogue, and one that somebody has changed, are plain words."""
    kept = json.loads((compared / "said.json").read_text(encoding="utf-8"))
    kept["sentences"]["answer/0"]["id"] = "gone"
    kept["answer"][1] = "Changed by hand."
    for file in compared.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "said.json").write_text(json.dumps(kept), encoding="utf-8")
    answer = recall_all(tmp_path).said.answer
    assert answer[0] == kept["answer"][0]
    assert answer[1] == "Changed by hand."
    assert not any(isinstance(line, Told) for line in answer[:2])


def test_numbers_of_a_table_have_the_signs_of_the_language() -> None:
    table = Table(
        "",
        ("", "a"),
        ((told("table.average"), "1,234.5 (0.0 to 2,000.5)"), ("1.5", "about 3.2"), ("", span(1500, 2500.5, "count"))),
        frozenset({1}),
    )
    said = Said((), (table,), ())
    (german,) = spoken(said, Speaker(language("de"))).body
    (english,) = spoken(said, Speaker(IN_ENGLISH)).body
    assert isinstance(german, Table)
    assert german.rows == (("Mittel", "1.234,5 (0,0 bis 2.000,5)"), ("1.5", "rund 3,2"), ("", "1.500 bis 2.500"))
    assert english == table


def test_a_title_of_somebody_else_stays_as_it_was_written() -> None:
    german = Speaker(language("de"))
    assert german.say(told("scenario.title", text="SALEX without facilitation")) == "SALEX ohne Moderation"
    assert german.say(told("scenario.title", text="SALEX without {currency}")) == "SALEX without {currency}"


def test_an_amount_has_the_currency_asked_for_in_every_language() -> None:
    money = told("run.money", year="2024", plan="salex", parts="x")
    assert money.startswith("Costs are in US dollars")
    for code in codes():
        assert "CHF" in Speaker(language(code), "CHF").say(money)
