"""What the packages offer: each name stands once, in a stub, and is loaded when it is first used."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import results
import simulation

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("matplotlib", "mesa", "numba", "pandas", "pyarrow", "scenarios")


@pytest.mark.parametrize("package", [results, simulation], ids=lambda package: package.__name__)
def test_what_a_stub_says_is_there_and_is_what_dir_shows(package: ModuleType) -> None:
    stub = ast.parse((ROOT / package.__name__ / "__init__.pyi").read_text(encoding="utf-8"))
    said = {alias.name: line.module for line in stub.body if isinstance(line, ast.ImportFrom) for alias in line.names}
    assert dir(package) == sorted(said)
    for name, home in said.items():
        made_in = getattr(getattr(package, name), "__module__", None)
        assert made_in in (f"{package.__name__}.{home}", "typing"), name


@pytest.mark.parametrize("package", [results, simulation], ids=lambda package: package.__name__)
def test_what_a_package_does_not_offer_is_an_attribute_error(package: ModuleType) -> None:
    missing = "nothing"
    with pytest.raises(AttributeError, match="nothing"):
        getattr(package, missing)


def test_the_estimates_of_a_run_are_no_less_there_for_the_room_of_that_name() -> None:
    from results.estimates import comparison

    assert results.estimates is comparison.estimates


def test_every_package_says_that_its_hints_are_meant_for_others() -> None:
    packages = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages == {file.parent.name for file in ROOT.glob("*/py.typed")}
    assert len(packages) == 4


def test_nothing_heavy_is_loaded_before_a_name_is_used() -> None:
    code = f"import json, sys, results, simulation; print(json.dumps([n for n in {HEAVY} if n in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
