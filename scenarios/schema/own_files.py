"""A file of Python functions of one's own that goes with a scenario, as text: rules, or outcomes."""

import hashlib
from dataclasses import dataclass
from typing import ClassVar, TypeVar


@dataclass(frozen=True)
class OwnFile:
    """What such a file holds, see `own_file`. A scenario that carries it is run with it.

    Only text: nothing of it is run where a scenario is read, sent or kept.

    Attributes:
        KIND: what the file is called among changes of values, and in run folders.
        name: of the file, without its folder.
        text: of the file.
        sha256: of the text.
    """

    KIND: ClassVar[str]

    name: str
    text: str
    sha256: str


File = TypeVar("File", bound=OwnFile)


def own_file(kind: type[File], name: str, text: str) -> File:
    """A file of this text."""
    return kind(name, text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def own_file_read(kind: type[File], name: str, text: str) -> File:
    """A file of this name; one that a run folder keeps has the name that it had before."""
    first, _, rest = text.partition("\n")
    head = _head(kind)
    return own_file(kind, first.removeprefix(head), rest) if first.startswith(head) else own_file(kind, name, text)


def as_kept(own: OwnFile) -> str:
    """Its text with its name, as a run folder keeps it."""
    return f"{_head(type(own))}{own.name}\n{own.text}"


def mark_of(own: OwnFile | None) -> str:
    """The beginning of the hash, by which code that was compiled of it is told apart; "" where there is no file."""
    return "" if own is None else own.sha256[:12]


def _head(kind: type[OwnFile]) -> str:
    return f"# {kind.KIND}: "
