"""axe-core, which looks for what keeps people from using a page: from npm, kept outside of the project."""

import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

VERSION = "4.14.1"
KEPT = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "legato" / "axe-core"
PACKAGE = KEPT / f"axe-core-{VERSION}.tgz"
RUN = """
const done = arguments[arguments.length - 1]
const how = { resultTypes: ['violations'], iframes: false, rules: { 'target-size': { enabled: true } } }
axe.run({ exclude: arguments[0] }, how).then(
  ({ violations, passes }) => done({ passes: passes.length, found: violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`)) }),
  (fault) => done({ passes: 0, found: [String(fault)] }))
"""
LEAST_PASSED = 20  # rules; fewer, and it has not seen the page


def axe() -> str:
    """Its program; a test that cannot have it is skipped, with the reason."""
    if not PACKAGE.is_file():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("no npm here, from which axe-core comes")
        KEPT.mkdir(parents=True, exist_ok=True)
        asked = (npm, "pack", f"axe-core@{VERSION}", "--silent", "--pack-destination", str(KEPT))
        try:
            subprocess.run(asked, check=True, capture_output=True, timeout=60)
        except (subprocess.SubprocessError, OSError) as fault:
            pytest.skip(f"axe-core {VERSION} cannot be had from npm: {fault}")
    with tarfile.open(PACKAGE) as packed:
        program = packed.extractfile("package/axe.min.js")
        assert program is not None
        return program.read().decode("utf-8")


def faults(driver: Any, program: str, without: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds on the page as it stands, each with its place, `without` what these selectors name."""
    if not driver.execute_script("return 'axe' in window"):
        driver.execute_script(program)
    answer = driver.execute_async_script(RUN, list(without))
    found: list[str] = answer["found"]
    assert answer["passes"] >= LEAST_PASSED or found, f"axe-core looked at next to nothing: {json.dumps(answer)}"
    return found
