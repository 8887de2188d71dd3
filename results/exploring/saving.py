"""A scenario of a page with levers as a file, and the files that have to lie beside it; pages run this module, too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from results.exploring.explored import file_of
from scenarios import Scenario, value_of
from scenarios.reading.layers import FILES
from scenarios.reading.writing import to_toml


@dataclass(frozen=True)
class Saved:
    """A scenario as it is saved.

    Attributes:
        name: of the file.
        text: that `legato` reads.
        beside: files that it names, which have to lie beside it.
    """

    name: str
    text: str
    beside: tuple[str, ...]


def saved(scenario: Scenario) -> Saved:
    """A scenario as a file; in a page it names its members' files as `short_paths` has them."""
    named = [str(value_of(scenario, key)) for key in FILES if value_of(scenario, key)]
    return Saved(file_of(scenario.name), to_toml(scenario), tuple(dict.fromkeys(named)))


def short_paths(paths: Iterable[str]) -> Mapping[str, str]:
    """Path -> its end, as long as tells them apart: who gets a page learns nothing of its writer's folders."""
    parts = {path: path.replace("\\", "/").split("/") for path in dict.fromkeys(paths)}
    lengths = dict.fromkeys(parts, 1)
    while True:
        found = {path: "/".join(parts[path][-length:]) for path, length in lengths.items()}
        alike = [path for path in found if list(found.values()).count(found[path]) > 1]
        longer = [path for path in alike if lengths[path] < len(parts[path])]
        if not longer:
            return found
        for path in longer:
            lengths[path] += 1
