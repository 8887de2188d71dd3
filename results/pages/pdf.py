"""The brief as a PDF, printed by a browser that is there already: two pages, and the appendix.

Chromium, Chrome and Edge print alike; one of them is on nearly every desk. WeasyPrint was tried: it needs Pango, which
pip does not install, and draws no intervals in the figure of page one, since it does not apply a page's style to SVG.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from scenarios.files.faults import FailedError, RefusedError

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "chrome",
    "msedge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)
"""Where browsers are that stand on no path."""
SECONDS = 120
_DATES = re.compile(rb"(?<=Date \(D:)\d{14}(?=[+\-Z])")


class NoBrowserError(RefusedError):
    """No browser that could print."""


class PrintError(FailedError):
    """A browser that printed nothing; the message has what it said."""


def as_pdf(html: str) -> bytes:
    """The page as it is printed; the same bytes for the same page and the same version of the browser.

    Raises:
        NoBrowserError: if there is no browser.
        PrintError: if it does not print.
    """
    browser = _browser()
    with TemporaryDirectory(prefix="legato-", ignore_cleanup_errors=True) as folder:
        page, printed = Path(folder, "report.html"), Path(folder, "report.pdf")
        page.write_text(html, encoding="utf-8", errors="xmlcharrefreplace")
        try:
            done = subprocess.run(
                [browser, *_options(folder), f"--print-to-pdf={printed}", page.as_uri()],
                capture_output=True, text=True, errors="replace", timeout=SECONDS, check=False,
            )  # fmt: skip
            said = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        except (OSError, subprocess.TimeoutExpired) as error:
            said = [str(error)]
        if not printed.is_file():
            raise PrintError(f"{browser} printed no PDF ({said[0][:300]}); open report.html in a browser and print it")
        return _DATES.sub(b"20000101000000", printed.read_bytes())


def _browser() -> str:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    found = found or next((place for place in PLACES if Path(place).is_file()), None)
    if found is None:
        raise NoBrowserError(
            "a PDF is printed by Chromium, Google Chrome or Microsoft Edge, and none of them was found here; install "
            "one, or open report.html in any browser and print it"
        )
    return found


def _options(folder: str) -> list[str]:
    """Nothing of whoever is logged in is read or kept, and nothing is fetched."""
    options = [
        "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
        "--generate-pdf-document-outline", f"--user-data-dir={Path(folder, 'browser')}",
    ]  # fmt: skip
    is_root = sys.platform != "win32" and os.geteuid() == 0
    return [*options, *(["--no-sandbox"] if is_root else [])]  # as root it does not start otherwise
