"""Which parts of a file are wanted: sheets of a workbook, or one graph of several in a file."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from scenarios.files.faults import RequestError, near_miss, printable, shown

_MOST_NAMED = 20


@dataclass
class PartsWanted:
    """What the person says of parts, and which of these were found.

    Attributes:
        names: the parts that are wanted; without any, the file decides.
        there: the parts that the files have.
        found: the wanted parts that some file has, in their common spelling.
    """

    names: Sequence[str] = ()
    there: list[str] = field(default_factory=list)
    found: set[str] = field(default_factory=set)

    def among(self, parts: Sequence[str]) -> list[int]:
        """Numbers of the wanted ones among the parts of a file; none if nothing is said of this file."""
        wanted = {_same(name) for name in self.names}
        self.there += parts
        self.found |= wanted & {_same(part) for part in parts}
        return [number for number, part in enumerate(parts) if _same(part) in wanted]

    def one_of(self, graphs: Sequence[str], label: str, notes: list[str], described: Sequence[str] = ()) -> int:
        """Number of the graph that is wanted among those of a file; the first if nothing is said.

        Args:
            graphs: what each is called.
            label: of the file.
            notes: to which it is added which one is read, and which are left out.
            described: what is said of each that is left out, if more than its name.

        Raises:
            RequestError: if several of them are wanted: each is a network of its own.
        """
        if len(graphs) < 2:
            return 0
        chosen = self.among(graphs)
        if len(chosen) > 1:
            names = ", ".join(shown(graphs[number]) for number in chosen)
            raise RequestError("parts", f"{names} are networks of their own; choose one of them")
        read = chosen[0] if chosen else 0
        others = [(described or [shown(graph) for graph in graphs])[n] for n in range(len(graphs)) if n != read]
        more = f" and {len(others) - _MOST_NAMED} more" if others[_MOST_NAMED:] else ""
        notes.append(
            f"{label} holds {len(graphs)} graphs, of which {shown(graphs[read])} is read; left out: "
            f"{', '.join(others[:_MOST_NAMED])}{more}; --part says which is meant"
        )
        return read

    def check_found(self) -> None:
        """Refuse a part that no file has.

        Raises:
            RequestError: with the near miss and the parts there are.
        """
        for name in self.names:
            if _same(name) not in self.found:
                hint = near_miss(name, self.there, '"')
                there = ", ".join(printable(part) for part in self.there[:_MOST_NAMED]) or "no parts to choose from"
                raise RequestError("parts", f"no sheet or graph is called {shown(name)}{hint}; there are {there}")


def _same(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
