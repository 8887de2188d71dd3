"""A method of a member's class as the rule that it says in other words, where it uses nothing but what a rule is given.

`MemberOrganization.yes_chance` asks one rule, with what the member knows: `self.load` is its argument `carried`. So a
method that overrides it, and reads only what stands there, is a rule: each of these expressions is replaced by the
argument, and `super().yes_chance(partner, pull)` by the shipped rule. What else it reads is what the engine lacks.
"""

import ast
import builtins
import inspect
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from textwrap import dedent
from typing import Any

import numpy as np

from simulation import rules
from simulation.model.member import MemberOrganization
from simulation.own_rules.replaceable import parameters
from simulation.subclassing.by_rule import DECIDES, plain_of

SEEN: Mapping[str, Any] = {"math": math, "np": np, "rules": rules, "exp": math.exp, "log": math.log, "sqrt": math.sqrt}
"""What a rule may use beside its arguments, by the names that the head of a text of rules gives it."""


class NoRuleError(Exception):
    """The method is more than a rule; the message says why, as the end of a sentence that begins with its name."""


def method_as_rule(kind: type[MemberOrganization], method: str, given: Any) -> tuple[str, dict[str, float]]:
    """The text of the rule that a method says, and the plain numbers that it uses by name.

    Args:
        kind: the class that has it.
        method: its name, one of `DECIDES`.
        given: the method, or the property.

    Raises:
        NoRuleError: if it is none.
    """
    rule, asked = DECIDES[method], _asked(method)
    if asked is None:
        raise NoRuleError(f"does more than ask the rule {rule}: `{method} = by_rule(...)` takes the rule alone")
    function = plain_of(given)
    written = _written(function)
    names = [one.arg for one in written.args.args]
    if len(names) != len(asked.names) or written.args.vararg or written.args.kwarg or written.args.kwonlyargs:
        raise NoRuleError(f"takes ({', '.join(names)}); the one that it overrides takes ({', '.join(asked.names)})")
    own = dict(zip(names, asked.names, strict=True))
    body = _Translated(kind, method, own, asked.arguments, rule).body(written.body)
    numbers = _numbers(function, body, rule)
    made = ast.parse(f"def {rule}({', '.join(parameters(rule))}):\n    pass\n")
    assert isinstance(made.body[0], ast.FunctionDef)
    made.body[0].body = body
    return ast.unparse(ast.fix_missing_locations(made)), numbers


class _Asked:
    """How MemberOrganization asks a rule: the method's arguments, and expressions by the argument of the rule."""

    def __init__(self, names: Sequence[str], arguments: Mapping[str, str]) -> None:
        self.names = names
        self.arguments = arguments


@cache
def _asked(method: str) -> _Asked | None:
    """None where the method does more than that."""
    written = _written(plain_of(vars(MemberOrganization)[method]))
    *before, last = [one for one in written.body if not _is_text(one)]
    meant: dict[str, ast.expr] = {}
    for statement in before:
        if not isinstance(statement, ast.Assign) or any(isinstance(one, ast.Attribute) for one in statement.targets):
            return None
        meant |= {name: _in_full(value, meant) for name, value in _pairs(statement)}
    asks = last.value if isinstance(last, ast.Return) else None
    if not isinstance(asks, ast.Call) or ast.unparse(asks.func) != f"rules.{DECIDES[method]}":
        return None
    names = parameters(DECIDES[method])
    arguments = {ast.dump(_in_full(value, meant)): name for name, value in zip(names, asks.args, strict=True)}
    return _Asked([one.arg for one in written.args.args], arguments) if len(arguments) == len(names) else None


class _Translated(ast.NodeTransformer):
    """Puts the arguments of a rule where a method reads what they are."""

    def __init__(
        self,
        kind: type[MemberOrganization],
        method: str,
        own: Mapping[str, str],
        arguments: Mapping[str, str],
        rule: str,
    ) -> None:
        self._kind, self._method, self._own, self._arguments = kind, method, own, arguments
        self._rule, self._asks = rule, f"rules.{rule}({', '.join(parameters(rule))})"
        self._is_property = isinstance(vars(MemberOrganization)[method], property)
        self._meant: dict[str, ast.expr] = {}
        self._locals: set[str] = set()

    def body(self, statements: Sequence[ast.stmt]) -> list[ast.stmt]:
        """What is left of the method."""
        stored = [
            one.id
            for statement in statements
            for one in ast.walk(statement)
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
        ]
        self._locals = set(stored)
        if again := self._locals & self._own.keys():
            raise NoRuleError(f"assigns its argument {min(again)} again")
        found: list[ast.stmt] = []
        for statement in statements:
            if _is_text(statement):
                continue
            if isinstance(statement, ast.Assign) and all(stored.count(name) == 1 for name, _ in _pairs(statement)):
                pairs = [(name, self._translated(value)) for name, value in _pairs(statement)]
                if any(self._lacks([value]) for _, value in pairs):  # what it is may be an argument where it is used
                    self._meant |= {
                        name: _in_full(self._renamed(value), self._meant) for name, value in _pairs(statement)
                    }
                    continue
            found.append(self._translated(statement))
        if lacking := list(dict.fromkeys(self._lacks(found))):
            raise NoRuleError(
                f"reads {', '.join(lacking)}, which the rule {self._rule} is not given (it is given "
                f"{', '.join(parameters(self._rule))})"
            )
        if not found:
            raise NoRuleError("returns nothing")
        return found

    def _renamed(self, node: Any) -> Any:
        """The same, with the names that MemberOrganization gives the arguments."""
        return _Renamed(self._own).visit(_copy(node))

    def _translated(self, node: Any) -> Any:
        return self.visit(_in_full(self._renamed(node), self._meant))

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.expr):
            if (name := self._arguments.get(ast.dump(node))) is not None:
                return ast.Name(name, ast.Load())
            if self._is_shipped(node):
                return ast.parse(self._asks, mode="eval").body
            if (number := self._constant(node)) is not None:
                return ast.Constant(number)
        if isinstance(node, ast.Name) and node.id in self._locals:
            return ast.Name(f"its_{node.id}", node.ctx)  # a rule may have an argument of that name
        return super().visit(node)

    def _is_shipped(self, node: ast.expr) -> bool:
        """Whether it asks the method that is overridden the very same."""
        said = ast.unparse(node)
        if self._is_property:
            return said == f"super().{self._method}"
        given = ", ".join([*self._own.values()][1:])
        return said == f"super().{self._method}({given})"

    def _constant(self, node: ast.expr) -> float | None:
        """A number that the class has by name."""
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            found = inspect.getattr_static(self._kind, node.attr, None)
            return found if type(found) in (int, float, bool) else None
        return None

    def _lacks(self, nodes: Sequence[ast.AST]) -> Iterator[str]:
        """What is read of the member, its network or a partner, as it is written."""
        theirs = {*self._own.values()} - {*self._arguments.values()}
        for node in nodes:
            yield from _outermost(node, theirs)


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self._names.get(node.id, node.id), node.ctx)


class _InFull(ast.NodeTransformer):
    def __init__(self, meant: Mapping[str, ast.expr]) -> None:
        self._meant = meant

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._meant[node.id] if isinstance(node.ctx, ast.Load) and node.id in self._meant else node


def _in_full(node: Any, meant: Mapping[str, ast.expr]) -> Any:
    """The same, with what names mean in their place."""
    return _InFull(meant).visit(_copy(node))


def _copy(node: Any) -> Any:
    text = ast.unparse(node)
    return ast.parse(text, mode="eval").body if isinstance(node, ast.expr) else ast.parse(text).body[0]


def _outermost(node: ast.AST, names: set[str]) -> Iterator[str]:
    """The longest dotted names and calls of `super()` that begin with one of these."""
    first: ast.AST = node
    while isinstance(first, ast.Attribute):
        first = first.value
    if isinstance(first, ast.Name) and first.id in names:
        yield ast.unparse(node)
        return
    if isinstance(first, ast.Call) and ast.unparse(first.func) == "super":
        yield ast.unparse(node)
        return
    for child in ast.iter_child_nodes(node):
        yield from _outermost(child, names)


def _pairs(statement: ast.Assign) -> list[tuple[str, ast.expr]]:
    """Names and what each is assigned, where that can be told."""
    target, value = statement.targets[0], statement.value
    if len(statement.targets) == 1 and isinstance(target, ast.Name):
        return [(target.id, value)]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        return [(n.id, v) for n, v in zip(target.elts, value.elts, strict=True) if isinstance(n, ast.Name)]
    return []


def _numbers(function: Any, body: Sequence[ast.stmt], rule: str) -> dict[str, float]:
    """Plain numbers that a body uses by a name of its module.

    Raises:
        NoRuleError: if it uses what is neither that, nor there for every rule.
    """
    known = inspect.getclosurevars(function)
    outside = {**known.globals, **known.nonlocals}
    numbers: dict[str, float] = {}
    unknown = []
    for node in (one for statement in body for one in ast.walk(statement)):
        if isinstance(node, ast.Name) and node.id not in parameters(rule) and not node.id.startswith("its_"):
            value: Any = outside.get(node.id, SEEN.get(node.id))
            if isinstance(value, (int, float)):
                numbers[node.id] = value
            elif value is not SEEN.get(node.id, ...) and (node.id in outside or not hasattr(builtins, node.id)):
                unknown.append(node.id)
    if unknown:
        raise NoRuleError(f"uses {', '.join(dict.fromkeys(unknown))}, which no rule can; numbers with a name it can")
    return numbers


def _written(function: Any) -> ast.FunctionDef:
    try:
        statement = ast.parse(dedent(inspect.getsource(function))).body[0]
    except (OSError, TypeError, SyntaxError):
        raise NoRuleError("has no source that can be read") from None
    if not isinstance(statement, ast.FunctionDef):
        raise NoRuleError("is no plain function")
    return statement


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
