"""Every answer shows itself in a notebook: escaped, its tables and its figure readable by everybody."""

import re
from collections.abc import Iterator
from contextlib import chdir
from html.parser import HTMLParser
from pathlib import Path

import pytest

import results
from results.pages.fragment import html_of
from results.words.narrative import Said
from results.words.table import Table
from tests.answers import MADE, answer
from tests.results.datasets.test_every_answer import QUICK

VOID = {"br", "hr", "img", "meta", "path", "use", "rect", "line", "circle"}


class Page(HTMLParser):
    """What a piece of HTML consists of; a tag that is not closed where it was opened is refused."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tables: list[dict[str, int]] = []
        self.labels: list[str] = []
        self.ids: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        about = dict(attrs)
        self.ids += [str(about["id"])] if "id" in about else []
        self.labels += [str(about["aria-labelledby"])] if "aria-labelledby" in about else []
        if tag == "table":
            self.tables.append({"head": 0, "bare": 0})
        if tag == "th" and self.tables:
            self.tables[-1]["head" if about.get("scope") in ("col", "row") else "bare"] += 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""
        about = dict(attrs)
        self.ids += [str(about["id"])] if "id" in about else []

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture(scope="module", autouse=True)
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    answer.cache_clear()
    with chdir(tmp_path_factory.mktemp("answers")):
        yield
    answer.cache_clear()


@pytest.mark.quick_cases(*QUICK)
@pytest.mark.parametrize("name", MADE)
def test_an_answer_shows_itself_with_heads_that_say_what_they_head(name: str) -> None:
    html = answer(name)._repr_html_()
    page = Page(html)
    assert "<script" not in html
    assert (
        "http" not in re.sub(r"https?://(www\.)?(w3\.org|doi\.org)[^\s\"<]*|doi:[^\s<]*", "", html)
        or name == "ShowAnswer"
    )
    assert all(table["head"] and not table["bare"] for table in page.tables)


def test_a_figure_is_shown_with_its_caption_and_in_colours_for_light_and_dark(tmp_path: Path) -> None:
    shown = results.Compare(["salex", "salex: grants.per_call=2"], replicates=4, posterior=None, out=tmp_path).answer()
    html = shown._repr_html_()
    page = Page(html)
    (label,) = set(page.labels)
    assert label in page.ids
    assert len(page.ids) == len(set(page.ids))
    assert "<figcaption" in html
    assert "prefers-color-scheme: dark" in html
    assert 'data-jp-theme-light="false"' in html
    assert "var(--drawn" in html


def test_what_others_wrote_is_escaped() -> None:
    table = Table("<b>title</b>", ("<i>", "b"), (("<script>alert(1)</script>", "1 & 2"),))
    html = html_of(Said(("<img src=x onerror=alert(1)>",), (table, ("<u>",)), ("<hr>",)))
    assert not re.search(r"<(b|i|script|img|u|hr)\b", html)
    assert "1 &amp; 2" in html
