"""Languages besides English: complete and up to date; numbers, plurals and dates as each writes them."""

import re
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message

import scenarios
from results.pages.names import names
from results.words.catalogue import ENGLISH
from results.words.dates import written
from results.words.idle_sentences import idle_sentences
from results.words.language import COUNTED, FOLDER, IN_ENGLISH, language_data
from results.words.languages_there import codes, language
from results.words.plural import Plural
from results.words.po_files import TEMPLATE, LanguageError, brought_up_to_date, key_of, read, sentences, template
from results.words.sentence import Num, Speaker, sentence
from scenarios.reading.idle_values import idle

OTHERS = codes()[1:]


def values_in(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def forms(words: object) -> tuple[str, ...]:
    """The forms of a sentence, one where it has no plural."""
    return words.forms if isinstance(words, Plural) else (words,) if isinstance(words, str) else tuple(words)  # type: ignore[arg-type]


def test_german_is_there() -> None:
    assert "de" in OTHERS


@pytest.fixture(scope="module")
def english() -> dict[str, tuple[str, ...]]:
    """All that is to be translated, in all its forms, by id."""
    return {key: forms(words) for key, (_, words) in sentences(names()).items()}


@pytest.fixture(scope="module", params=OTHERS)
def kept(request: pytest.FixtureRequest) -> tuple[str, dict[str, Message]]:
    """A language and its sentences by id."""
    file = read(FOLDER / f"{request.param}.po")
    return request.param, {key_of(message): message for message in file if message.context}


Kept = tuple[str, dict[str, Message]]


def test_every_sentence_is_there_in_every_form(kept: Kept, english: dict[str, tuple[str, ...]]) -> None:
    """`tools/write-languages` adds those that are missing, for a translator to fill in."""
    code, messages = kept
    missing, gone = english.keys() - messages.keys(), messages.keys() - english.keys()
    assert not missing | gone, f"{code}: run tools/write-languages"
    count = len(set(language(code).forms))
    for name, message in messages.items():
        said = forms(message.string)
        assert all(said), f"{code}: '{name}' is not translated"
        assert len(said) >= (count if len(english[name]) > 1 else 1), f"{code}: '{name}' lacks a form"


def test_what_was_translated_is_still_the_english(kept: Kept, english: dict[str, tuple[str, ...]]) -> None:
    code, messages = kept
    for name, message in messages.items():
        assert not message.fuzzy, f"{code}: the English of '{name}' has changed since; see it again, and unmark it"
        assert forms(message.id) == english[name], f"{code}: '{name}' is out of date; run tools/write-languages"


def test_a_translation_has_the_values_of_the_english(kept: Kept, english: dict[str, tuple[str, ...]]) -> None:
    """One form of a plural may leave its number out: "1 more plan"."""
    code, messages = kept
    for name, message in messages.items():
        said = [values_in(form) for form in forms(message.string)]
        assert set().union(*said) <= set().union(*map(values_in, english[name])), f"{code}: '{name}' has other values"
        assert said[-1] == values_in(english[name][-1]), f"{code}: '{name}' has other values in its last form"


def test_files_are_as_the_tool_writes_them() -> None:
    assert TEMPLATE.read_bytes() == template(names()), "run tools/write-languages"
    for code in OTHERS:
        file = FOLDER / f"{code}.po"
        assert file.read_bytes() == brought_up_to_date(file, names()), f"run tools/write-languages for {code}"


def test_english_that_changes_shows_as_to_be_translated_again(tmp_path: Path) -> None:
    file = FOLDER / "de.po"
    changed = tmp_path / "de.po"
    changed.write_bytes(file.read_bytes().replace(b'msgid "The numbers"', b'msgid "Numbers"'))
    renewed = brought_up_to_date(changed, names())
    assert b'#, fuzzy\nmsgctxt "section.numbers"\nmsgid "The numbers"\nmsgstr "Die Zahlen"' in renewed


def test_numbers_have_the_signs_of_the_language() -> None:
    german = Speaker(language("de"))
    assert german.number(Num(-1234567.891, 2)) == "-1.234.567,89"
    assert german.number(Num(12.5, 1, sign=True)) == "+12,5"
    assert german.number(Num(-0.04, 1, sign=True)) == "0,0"
    assert german.say(sentence("plan.more", count=1234)) == "1.234 weitere"


def test_a_number_takes_its_form() -> None:
    german, english = Speaker(language("de")), Speaker()
    points = {number: german.say(sentence("unit.share", count=Num(number, 1))) for number in (0.96, 1, 1.5, 101, 1001)}
    assert points == {0.96: " Punkt", 1: " Punkt", 1.5: " Punkte", 101: " Punkte", 1001: " Punkte"}
    assert english.say(sentence("table.more", count=1)) == "1 more plan is in the numbers."
    assert english.say(sentence("table.more", count=1201)) == "1,201 more plans are in the numbers."


@pytest.mark.parametrize("code", codes())
def test_forms_of_large_numbers_are_those_of_their_last_two_digits(code: str) -> None:
    """What the table of forms rests on, where a language has no form for millions alone."""
    of = language(code)
    assert len(of.forms) == COUNTED
    assert of.forms[102:200] == tuple(of.forms[100 + number % 100] for number in range(102, 200))


def test_a_page_gets_all_of_a_language_as_plain_values() -> None:
    data = language_data(language("de"))
    assert data["catalogue"]["table.more"]["forms"][0] == "1 weiterer Plan steht in den Zahlen."
    assert data["catalogue"].keys() > ENGLISH.keys(), "and names"
    assert (data["point"], data["group"], data["code"]) == (",", ".", "de")


def test_a_date_is_written_as_the_language_does() -> None:
    assert written("2026-11-29T15:43:32+00:00", language("de")).startswith("29. November 2026")
    assert written("2026-11-29T15:43:32+00:00", IN_ENGLISH) == "2026-11-29T15:43:32+00:00"
    assert written("some day", language("de")) == "some day"


def test_a_language_that_is_not_there_is_refused_with_those_that_are() -> None:
    for code in ("dee", "../de", "xx"):
        with pytest.raises(LanguageError, match="there are en, de"):
            language(code)


def test_english_does_not_wait_for_babel() -> None:
    code = (
        "import sys, results.words.sentence, results.words.languages_there as l; l.language('en'); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "results.words.po_files" in loaded
    assert not re.search(r"\bbabel\b", " ".join(loaded))


def test_values_that_do_nothing_are_said_in_every_language_and_the_same_in_english() -> None:
    salex = scenarios.load("salex", posterior=None)
    values = {"funder.shift.month": 12, "grants.first": 60, "grants.per_call": 0, "members.champions": 22}
    some = [scenarios.replace(salex, {key: value}) for key, value in values.items()]
    some.append(scenarios.replace(salex, {"grants.per_call": 0, "grants.size": 1.0, "closing.renewal_months": 6}))
    told = [line for one in some for line in idle_sentences(one)]
    assert told == [line for one in some for line in idle(one)]
    assert len(told) >= 3
    assert all(Speaker(language("de")).say(line) != line for line in told)
    assert any("bewirkt nichts, denn grants.per_call ist 0" in Speaker(language("de")).say(line) for line in told)
