"""Modules as source: what each of their names is bound to, and where that is really defined."""

import ast
import importlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from results.exploring.javascript.names import Signature

ROOMS = ("results", "scenarios", "simulation", "tests")
"""Packages whose modules may be translated: ours; of tests, what they make up."""

Function = ast.FunctionDef | ast.Lambda


@dataclass(frozen=True)
class Definition:
    """A module-level name with what defines it: a function, a class, or the expression of a value."""

    module: "Source"
    name: str
    node: ast.FunctionDef | ast.ClassDef | ast.expr

    @property
    def value(self) -> Any:
        """What the imported module has under this name."""
        return getattr(self.module.imported, self.name)


@dataclass(frozen=True)
class Outside:
    """A name of a module that is not translated: of Python's own."""

    module: str
    name: str


class Source:
    """One module."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.imported: ModuleType = importlib.import_module(name)
        self.path = Path(str(self.imported.__file__))

    @cached_property
    def _bindings(self) -> dict[str, ast.stmt | ast.expr]:
        found: dict[str, ast.stmt | ast.expr] = {}
        for node in ast.parse(self.path.read_text(encoding="utf-8")).body:
            match node:
                case ast.FunctionDef() | ast.ClassDef():
                    found[node.name] = node
                case ast.Import() | ast.ImportFrom():
                    found |= {alias.asname or alias.name: node for alias in node.names}
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    found[name] = value
                case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                    pairs = zip(targets, values, strict=False)
                    found |= {one.id: value for one, value in pairs if isinstance(one, ast.Name)}
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    found[name] = value
        return found

    def bound(self, name: str) -> "Bound | None":
        """What a module-level name stands for; None where there is no such name."""
        node = self._bindings.get(name)
        match node:
            case None:
                return None
            case ast.ImportFrom(module=str(module), names=names):
                original = next(alias.name for alias in names if (alias.asname or alias.name) == name)
                return _in(module, original)
            case ast.Import(names=names):
                original = next(alias.name for alias in names if (alias.asname or alias.name) == name)
                return source(original) if _is_ours(original) else Outside(original, "")
            case ast.FunctionDef() | ast.ClassDef() | ast.expr():
                return Definition(self, name, node)
        return None

    def values(self) -> dict[int, Definition]:
        """Its values, and those that it imports by name, by their identity."""
        every = (self.bound(name) for name in self._bindings)
        some = [one for one in every if isinstance(one, Definition) and isinstance(one.node, ast.expr)]
        return {id(one.value): one for one in some}

    @cached_property
    def methods(self) -> list[ast.FunctionDef]:
        """Those of its classes, and of all classes in the modules from which it imports a name; no property."""
        modules = {one.module for name in self._bindings if isinstance(one := self.bound(name), Definition)}
        bodies = [
            node.body for module in modules for node in module._bindings.values() if isinstance(node, ast.ClassDef)
        ]
        every = (part for body in bodies for part in body)
        return [one for one in every if isinstance(one, ast.FunctionDef) and not one.decorator_list]


Bound = Definition | Outside | Source


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in ROOMS


def _in(module: str, name: str) -> Bound | None:
    if not _is_ours(module):
        return Outside(module, name)
    return source(module).bound(name) or source(f"{module}.{name}")


@cache
def source(name: str) -> Source:
    """The module of that name."""
    return Source(name)


def signature_of(node: Function, *, method: bool = False) -> Signature:
    """The arguments of a function as JavaScript takes them."""
    given = node.args
    names = tuple(one.arg for one in (*given.posonlyargs, *given.args))[1 if method else 0 :]
    only = tuple(one.arg for one in given.kwonlyargs)
    return Signature(names, given.vararg is not None, only, given.kwarg is not None)
