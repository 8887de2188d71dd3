"""What a run was made with: the versions that its manifest names."""

import platform
import sys
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

DISTRIBUTION = "legato-networks"
PACKAGES = (
    "mesa",
    "networkx",
    "numba",
    "numpy",
    "scipy",
    "pyarrow",
    "pandas",
    "pydantic",
    "matplotlib",
    "click",
    "rich",
)
EXTRAS = {
    "SALib": "SALib",
    "pyabc": "pyabc",
    "optuna": "optuna",
    "ema_workbench": "ema_workbench",
    "distributed": "distributed",
}
"""Module -> distribution, of what only some commands compute with."""


@cache
def legato_version() -> str:
    """Version of Legato: of the checkout that runs, else as installed."""
    project = Path(__file__).resolve().parents[2] / "pyproject.toml"
    if project.is_file():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "unknown"


def versions() -> dict[str, str]:
    """Versions of Python, Legato and what it computes with, and the machine's kind; of extras, those used so far."""
    return {
        "python": platform.python_version(),
        "legato": legato_version(),
        **{package: installed(package) for package in PACKAGES},
        **{package: installed(package) for module, package in EXTRAS.items() if module in sys.modules},
        "platform": platform.platform(),
        "machine": platform.machine(),
    }


@cache  # looking it up takes milliseconds, and every run folder asks for a dozen
def installed(package: str) -> str:
    """Version of a package; "not installed" where it is not."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
