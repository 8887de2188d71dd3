"""The scenarios that ship with the project: one TOML file each, in `library/`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIBRARY = Path(__file__).parents[1] / "library"

_ORDER = (
    "salex",
    "no-catalytic-funding",
    "double-catalytic-funding",
    "no-facilitation",
    "light-facilitation",
    "full-facilitation",
    "funder-shift",
    "funder-shift-rigid",
    "co-funding",
    "funder-exit",
    "taper",
    "abrupt-closing",
    "graceful-closing",
    "champions",
    "renewal",
    "narrow-interests",
    "needy-rivals",
    "sparc",
    "joint-learning-network",
)


@dataclass(frozen=True)
class Summary:
    """A shipped scenario in one line: its name, its title, and the question it asks."""

    name: str
    title: str
    question: str


@cache
def names() -> tuple[str, ...]:
    """Names of the shipped scenarios: the lead case, what varies it, other networks; unlisted ones last, by name."""
    found = {path.stem for path in LIBRARY.glob("*.toml")}
    return tuple(name for name in _ORDER if name in found) + tuple(sorted(found.difference(_ORDER)))


def path_of(name: str) -> Path:
    """The file of a shipped scenario."""
    return LIBRARY / f"{name}.toml"


def summaries() -> tuple[Summary, ...]:
    """Name, title and question of every shipped scenario, in the order of `names`."""
    found = []
    for name in names():
        table = tomllib.loads(path_of(name).read_text(encoding="utf-8"))
        found.append(Summary(name, table["title"], table["question"]))
    return tuple(found)
