"""The site: a page for each command and each key, made from the code; tables of the pages are those of the code."""

import sys
from pathlib import Path
from typing import Any

import pytest

from cli import main
from scenarios import ASSUMPTIONS, KEYS, Key

pytest.importorskip("mkdocs")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """What is generated, name -> text."""
    sys.path.insert(0, str(ROOT / "tools"))
    import site_pages as module  # type: ignore[import-not-found]

    made: dict[str, str] = module.generated()
    return made


def test_each_command_has_a_page_with_each_of_its_options(pages: dict[str, str]) -> None:
    for name, command in main.commands.items():
        page = pages[f"commands/{name}.md"]
        assert page.startswith(f"# legato {name}\n")
        for option in command.params:
            if option.param_type_name == "option":
                assert option.opts[0] in page, option.opts[0]
        assert f"[`legato {name}`]({name}.md)" in pages["commands/index.md"]


@pytest.mark.parametrize("name", ["compare", "sweep", "discover", "optimise", "check"])
def test_commands_that_the_pages_show_have_examples(pages: dict[str, str], name: str) -> None:
    assert f"```sh\nlegato {name} " in pages[f"commands/{name}.md"]


@pytest.mark.parametrize("key", KEYS.values(), ids=lambda key: key.key)
def test_each_key_has_a_page_with_all_that_the_schema_says(pages: dict[str, str], key: Key) -> None:
    page = pages[f"parameters/{key.key}.md"]
    assert key.text[1:] in page
    assert key.source.replace("|", "\\|") in page
    assert key.role in page
    assert f"({key.key}.md)" in pages["parameters/index.md"]
    carried = [one.title for one in ASSUMPTIONS if key.key in one.parameters]
    assert all(title in page for title in carried)


def test_each_public_name_has_its_docstring_on_a_page(pages: dict[str, str]) -> None:
    import results
    import simulation

    for package in (results, simulation):
        page = pages[f"api/{package.__name__}.md"]
        assert [name for name in package.__all__ if f".{name}\n" not in page] == []


def test_a_page_of_a_key_says_who_sets_it_and_where_the_model_uses_it(pages: dict[str, str]) -> None:
    page = pages["parameters/closing.notice.md"]
    assert "`abrupt-closing`" in page
    assert "(../odd.md#71-the-funder-acts)" in page


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_tables_that_come_from_the_code_are_up_to_date(page: Path) -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    import doc_tables as module  # type: ignore[import-not-found]

    text = page.read_text(encoding="utf-8")
    assert module.filled(text) == text, "make tables"


def test_what_a_page_would_fetch_from_elsewhere_stops_the_site(pages: dict[str, str]) -> None:
    assert pages
    import site_pages as module
    from mkdocs.exceptions import PluginError

    page: Any = type("Page", (), {"url": "commands/run.html"})
    assert 'src="../assets/iframe-worker.js"' in module.on_post_page(
        f'<script src="{module.ELSEWHERE}"></script>', page, None
    )
    with pytest.raises(PluginError, match="fetches from elsewhere"):
        module.on_post_page('<script async src="https://example.org/x.js"></script>', page, None)
