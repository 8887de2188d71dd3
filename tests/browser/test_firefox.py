"""Pages in Firefox, opened as files, with the network off: the same numbers, a clean console, nothing asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import scenarios
from tests.browser.firefox import Firefox, firefox, needs_firefox
from tests.browser.test_engine_in_a_file import assert_same, opened
from tests.simulation.browser.pages import needs_module

pytestmark = [pytest.mark.slow, needs_firefox, needs_module]


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
