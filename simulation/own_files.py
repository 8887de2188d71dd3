"""Files of one's own, named among changes of values (`rules=mine.py` stands where a key would), and their functions."""

import sys
from collections.abc import Callable, Sequence
from types import FunctionType, ModuleType
from typing import Any

from scenarios.files.faults import ScenarioError
from scenarios.schema.own_files import OwnFile, mark_of


def named_apart(changes: Sequence[str], kind: type[OwnFile]) -> tuple[str | None, list[str]]:
    """The file of a kind that changes name, if any, and the other changes.

    Args:
        changes: "KEY=VALUE" texts.
        kind: rules or outcomes.

    Raises:
        ScenarioError: if two are named.
    """
    files = [text.partition("=")[2].strip() for text in changes if _key(text) == kind.KIND]
    if len(files) > 1:
        raise ScenarioError(f"{kind.KIND} are named {len(files)} times ({', '.join(files)}); name one file")
    return files[0] if files else None, [text for text in changes if _key(text) != kind.KIND]


def own_functions(own: OwnFile, make: Callable[..., Any]) -> dict[str, Any]:
    """The functions of a file, each made callable from the others. The file is run.

    Args:
        own: the file.
        make: what is made of each function: compiled, or as it is.
    """
    marked = module_of(own)
    module = sys.modules[marked] = ModuleType(marked)
    module.__file__ = own.name
    exec(compile(own.text, own.name, "exec"), module.__dict__)
    found = {
        name: one for name, one in vars(module).items() if isinstance(one, FunctionType) and one.__module__ == marked
    }
    made = {name: make(one) for name, one in found.items()}
    vars(module).update(made)
    return made


def module_of(own: OwnFile) -> str:
    """Name of the module that such a file becomes."""
    return f"own_{own.KIND}@{mark_of(own)}"


def _key(text: str) -> str:
    return text.partition("=")[0].strip()
