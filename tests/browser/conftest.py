"""What tests of pages in Chromium share: a browser for each file of tests, and where its pages save."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from results.commands.explore import Explore
from tests.browser.chromium import chromium


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def driver(downloads: Path) -> Iterator[Any]:
    yield from chromium(downloads)


@pytest.fixture(scope="module")
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of SALEX, alone in a folder, with as many networks as the file of tests says (FEW)."""
    made = tmp_path_factory.mktemp("alone") / "salex.html"
    Explore("salex", replicates=request.module.FEW, out=made).answer()
    return made
