"""Which names of a function are its own, and what they are called in JavaScript."""

import ast
from collections.abc import Iterable, Iterator

from results.exploring.javascript.names import RESERVED, Signature

_SCOPES = (ast.FunctionDef, ast.Lambda, ast.ClassDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def plain(name: str) -> str:
    """A Python name as JavaScript may have it."""
    return f"{name}_" if name in RESERVED else name


def targets(node: ast.expr) -> Iterator[str]:
    """Names that an assignment to `node` binds."""
    match node:
        case ast.Name(id=name):
            yield name
        case ast.Starred(value=value):
            yield from targets(value)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from targets(part)


def own_names(of: ast.arguments) -> list[str]:
    """The parameters of a function."""
    return [one.arg for one in (*of.posonlyargs, *of.args, *of.kwonlyargs, *filter(None, (of.vararg, of.kwarg)))]


def assigned(node: ast.AST) -> Iterator[str]:
    """Names that code binds in its own scope: not those of functions or comprehensions in it, but of their `:=`."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.FunctionDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name
            case ast.ExceptHandler(name=str(name)):
                yield name
        if isinstance(child, _COMPREHENSIONS):
            yield from (one.target.id for one in ast.walk(child) if isinstance(one, ast.NamedExpr))
        elif not isinstance(child, _SCOPES):
            yield from assigned(child)


def yields(node: ast.AST) -> bool:
    """Whether a function is a generator."""
    return any(
        isinstance(child, (ast.Yield, ast.YieldFrom)) or (not isinstance(child, _SCOPES) and yields(child))
        for child in ast.iter_child_nodes(node)
    )


class Scope:
    """The names of one function, or of one comprehension, within those around it."""

    def __init__(self, names: Iterable[str], around: "Scope | None" = None, *, is_function: bool = True) -> None:
        self.names, self._around, self._is_function = list(dict.fromkeys(names)), around, is_function
        self.temporaries: list[str] = []
        self.functions: dict[str, Signature] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.names or (self._around is not None and name in self._around)

    def function(self, name: str) -> Signature | None:
        """The arguments of a function that is defined here under that name."""
        if name in self.names or self._around is None:
            return self.functions.get(name)
        return self._around.function(name)

    def temporary(self) -> str:
        """A fresh name for a value that is used twice, of the function itself."""
        if self._around is not None and not self._is_function:
            return self._around.temporary()
        self.temporaries.append(f"$t{len(self.temporaries)}")
        return self.temporaries[-1]
