"""Chromium as tests drive it: without a window, quiet, with a log of whom it asks."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_chromium = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="no chromium and chromedriver here; `make browser` installs them or says how"
)


def chromium(downloads: Path) -> Iterator[Any]:
    """A driver, which ends with the test; what a page saves goes to `downloads`."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    quiet = ("extensions", "background-networking", "component-update", "sync", "default-apps", "gpu")
    for argument in ("--headless=new", "--no-sandbox", "--window-size=1280,900", "--force-prefers-reduced-motion"):
        options.add_argument(argument)
    for argument in (f"--disable-{what}" for what in quiet):
        options.add_argument(argument)
    several = {"profile.default_content_setting_values.automatic_downloads": 1}
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads), **several})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@contextmanager
def looks_at(driver: Any, width: int, scheme: str = "light", media: str = "") -> Iterator[None]:
    """A screen of some width (pixels), light or dark; or paper, if `media` is print."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
    try:
        yield
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
