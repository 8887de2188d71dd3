"""A page with levers in a real browser, opened as a file, and what a reader of it does."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from results.exploring.explored import Explored

Numbers = dict[str, tuple[str, str, str]]


class LivePage:
    """One browser tab with the page."""

    def __init__(self, driver: Any, file: Path, fragment: str = "") -> None:
        self.driver = driver
        driver.get("about:blank")  # else a new fragment would not load the page again
        driver.get(file.as_uri() + (f"#{fragment}" if fragment else ""))
        self.until(lambda: self.state not in ("given", "computing"))

    def until(self, claim: Callable[[], Any], seconds: float = 300) -> Any:
        """Wait until something holds."""
        ends = time.monotonic() + seconds
        while not (found := claim()):
            assert time.monotonic() < ends, f"waited in vain; the page says: {self.text('#live-said')}"
            time.sleep(0.05)
        return found

    def script(self, code: str, *arguments: Any) -> Any:
        return self.driver.execute_script(code, *arguments)

    def all(self, selector: str) -> list[Any]:
        found: list[Any] = self.driver.find_elements("css selector", selector)
        return found

    def one(self, selector: str) -> Any:
        (found,) = self.all(selector)
        return found

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
    def state(self) -> str:
        return str(self.script("return document.getElementById('live').dataset.state"))

    @property
    def asked(self) -> int:
        return int(self.script("return document.getElementById('live').dataset.asked ?? 0"))

    def after(self, act: Callable[[], object], state: str = "answered") -> None:
        """Do something, and wait for what comes of it."""
        before = self.asked
        act()
        if state == "answered":
            self.until(lambda: self.asked > before)
        self.until(lambda: self.state == state)

    def numbers(self) -> Numbers:
        """Outcome -> the baseline's average, this one's, and the difference, as they stand there."""
        rows = self.script(
            "return [...document.querySelectorAll('#live-differences tr[data-outcome]')].map(row => "
            "[row.dataset.outcome, ...['base', 'this', 'difference'].map(c => row.querySelector('.' + c).textContent)])"
        )
        return {row[0]: tuple(row[1:]) for row in rows}

    def tab(self, name: str) -> None:
        self.press(f"#tab-{name}")

    def requests(self) -> set[str]:
        """Every address that the page has asked for since this was last called."""
        asked = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return {one["params"]["request"]["url"] for one in asked if one["method"] == "Network.requestWillBeSent"}

    def faults(self) -> list[str]:
        """What the console holds."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]


def numbers_of(found: Explored) -> Numbers:
    """The same numbers as Python has them."""
    return {line.outcome: (line.base, line.this, line.difference) for line in (*found.lines(), *found.costs())}
