"""Firefox as tests drive it: without a window, the network off, by its own protocol, Marionette, without a driver.

A message is its length, a colon and JSON: [0, number, command, parameters] to it, [1, number, fault, result] from it.
"""

import base64
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
needs_firefox = pytest.mark.skipif(FIREFOX is None, reason="no firefox here; `make firefox` installs it or says how")
STARTS_WITHIN = 120  # seconds, on a machine that does much else
QUIET = {
    # It writes its port into its profile, asks nobody anything, and saves without asking where.
    "marionette.port": 0,
    "app.update.disabledForTesting": True,
    "browser.download.folderList": 2,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.manage-offline-status": False,
    "ui.prefersReducedMotion": 1,
}
WATCH = """
Services.io.offline = true
const asked = (Services.askedFor = [])
const watching = {
  observe(subject) {
    const { URI, loadInfo } = subject.QueryInterface(Ci.nsIChannel)
    if (!loadInfo.triggeringPrincipal.isSystemPrincipal) asked.push(URI.spec) // else Firefox asks for itself
  },
}
Services.obs.addObserver(watching, 'http-on-opening-request')
Services.console.reset()
"""
SIZE = """
const { style } = Services.wm.getMostRecentWindow('navigator:browser').gBrowser.selectedBrowser
Object.assign(style, { maxWidth: `${arguments[0]}px`, maxHeight: `${arguments[1]}px`, minWidth: 0 })
"""
ASKED = "return Services.askedFor.splice(0)"
SAID = """
const said = Services.console.getMessageArray().filter((one) => one instanceof Ci.nsIScriptError)
Services.console.reset()
return said.map((one) => [one.sourceName, one.errorMessage])
"""


class Firefox:
    """One Firefox with a window of its own; what of Selenium's drivers the tests of pages use."""

    HOME, LEFT, RIGHT = "\ue011", "\ue012", "\ue014"

    def __init__(self, folder: Path) -> None:
        profile, self.downloads = folder / "profile", folder / "downloads"
        for made in (profile, self.downloads):
            made.mkdir()
        how = QUIET | {"browser.download.dir": str(self.downloads)}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in how.items()]
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        arguments = (
            str(FIREFOX),
            "--headless",
            "--no-remote",
            "--marionette",
            "--remote-allow-system-access",
            "--profile",
            str(profile),
        )
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(arguments, stdin=quiet, stdout=quiet, stderr=quiet)
        try:
            self.connection = socket.create_connection(("127.0.0.1", self._port(profile / "MarionetteActivePort")))
            self.received = self.connection.makefile("rb")
            self.number = 0
            self._read()  # who it is
            self.ask("WebDriver:NewSession", capabilities={"alwaysMatch": {"unhandledPromptBehavior": "ignore"}})
            self.in_browser(WATCH)
        except BaseException:
            self.process.kill()
            raise

    def _port(self, file: Path) -> int:
        ends = time.monotonic() + STARTS_WITHIN
        while not (file.is_file() and file.read_text().strip()):
            assert self.process.poll() is None, "Firefox ended before it began"
            assert time.monotonic() < ends, f"waited in vain: Firefox named no port within {STARTS_WITHIN} seconds"
            time.sleep(0.1)
        return int(file.read_text())

    def _read(self) -> Any:
        length = b""
        while (letter := self.received.read(1)) != b":":
            assert letter, "Firefox has closed the connection"
            length += letter
        return json.loads(self.received.read(int(length)))

    def ask(self, command: str, **parameters: Any) -> Any:
        """Let Firefox do something, and wait for its result."""
        self.number += 1
        message = json.dumps([0, self.number, command, parameters]).encode()
        self.connection.sendall(b"%d:" % len(message) + message)
        _, number, fault, result = self._read()
        assert number == self.number
        assert fault is None, f"{command}: {fault}"
        return result.get("value", result) if isinstance(result, dict) else result

    def in_browser(self, code: str, *arguments: Any) -> Any:
        """Run a script with the browser's own rights."""
        self.ask("Marionette:SetContext", value="chrome")
        try:
            return self.ask("WebDriver:ExecuteScript", script=code, args=arguments)
        finally:
            self.ask("Marionette:SetContext", value="content")

    def get(self, address: str) -> None:
        self.ask("WebDriver:Navigate", url=address)

    def execute_script(self, code: str, *arguments: Any) -> Any:
        return self.ask("WebDriver:ExecuteScript", script=code, args=arguments)

    def execute_async_script(self, code: str, *arguments: Any) -> Any:
        return self.ask("WebDriver:ExecuteAsyncScript", script=code, args=arguments)

    def set_script_timeout(self, seconds: float) -> None:
        self.ask("WebDriver:SetTimeouts", script=int(1000 * seconds))

    def press(self, *keys: str) -> None:
        """Press keys one after another, wherever the focus is."""
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.ask("WebDriver:PerformActions", actions=[{"type": "key", "id": "keyboard", "actions": strokes}])

    def size(self, width: int, height: int) -> None:
        """So large is the page from now on, however small a window may be."""
        self.ask("WebDriver:SetWindowRect", width=max(width, 500), height=height + 200)
        self.in_browser(SIZE, width, height)

    def scheme(self, name: str) -> None:
        """The reader's setting, light or dark."""
        self.in_browser(
            "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', arguments[0])",
            name == "light",
        )

    def picture(self, full: bool = True) -> bytes:
        """What is seen, or the whole page, as PNG."""
        return base64.b64decode(self.ask("WebDriver:TakeScreenshot", full=full))

    def asked_for(self) -> list[str]:
        """Every address on the network that was asked for since this was last called."""
        found: list[str] = self.in_browser(ASKED)
        return found

    def faults(self) -> list[str]:
        """What the console holds against pages from files and their workers."""
        return [text for where, text in self.in_browser(SAID) if where.startswith(("file:", "blob:", "data:"))]

    def quit(self) -> None:
        try:
            self.ask("Marionette:Quit", flags=["eForceQuit"])
            self.process.wait(30)
        finally:
            self.process.kill()
            self.received.close()
            self.connection.close()


def firefox(folder: Path) -> Iterator[Firefox]:
    """A Firefox, which ends with the test; `folder` is its own."""
    started = Firefox(folder)
    yield started
    started.quit()
