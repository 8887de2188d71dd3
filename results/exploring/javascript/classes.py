"""Dataclasses, NamedTuples and tables of a scenario as classes of JavaScript."""

import ast
import dataclasses
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import NoneType, UnionType
from typing import Any

from pydantic import BaseModel

from results.exploring.javascript.data import text
from results.exploring.javascript.faults import UntranslatableError
from results.exploring.javascript.scopes import Scope, own_names, plain, yields
from results.exploring.javascript.sources import Definition, signature_of
from results.exploring.javascript.statements import INDENT, Statements

ClassOf = Callable[[type], str]
SPECIAL = {"__len__": "$size"}
"""Methods that Python calls by itself -> what the runtime calls them."""
NOT_CALLED = ("__new__", "__getnewargs__", "__hash__")
"""Such methods that have no part in what is translated, or have it in another way."""


class Made:
    """A class while it is translated: its fields at once, each method once somebody names it."""

    def __init__(self, definition: Definition, name: str, writer: Statements, class_of: ClassOf) -> None:
        assert isinstance(definition.node, ast.ClassDef)
        self._node, self._kind, self._name, self._writer = definition.node, definition.value, name, writer
        self._methods = {one.name: one for one in self._node.body if isinstance(one, ast.FunctionDef)}
        self._written: dict[str, str] = {}
        self._first = list(self._beginning(definition, class_of))
        for special in (one for one in self._methods.values() if one.name.startswith("__")):
            if special.name in SPECIAL:
                self._written[special.name] = self._method(special)
            elif special.name not in NOT_CALLED:
                raise writer.fault(special, f"{special.name} cannot be translated")

    def translate(self, names: Collection[str], *, all_of_it: bool = False) -> bool:
        """Translate those of its methods that are named; whether there were any new ones."""
        wanted = (one for one in self._methods if not one.startswith("__") and (all_of_it or one in names))
        new = [one for one in wanted if one not in self._written]
        for name in new:
            self._written[name] = self._method(self._methods[name])
        return bool(new)

    def _method(self, node: ast.FunctionDef) -> str:
        if not signature_of(node).is_plain:
            raise self._writer.fault(node, "a method with *arguments cannot be translated")
        self._writer.scope = Scope(())
        is_property = any(isinstance(one, ast.Name) and one.id == "property" for one in node.decorator_list)
        sign = "get " if is_property or node.name in SPECIAL else "*" if yields(node) else ""
        return f"{sign}{SPECIAL.get(node.name, node.name)}{self._writer.function(node, method=True)}"

    def text(self) -> str:
        """The class as it is so far."""
        lines = [*self._first, *(line for one in self._written.values() for line in one.split("\n"))]
        return "\n".join([f"{self._name} = class extends {self._base} {{", *(INDENT + line for line in lines), "}"])

    def _beginning(self, definition: Definition, class_of: ClassOf) -> Iterator[str]:
        kind, path = self._kind, definition.module.path
        own = [one for one in kind.__bases__ if dataclasses.is_dataclass(one) or getattr(one, "model_fields", None)]
        if issubclass(kind, BaseModel):
            self._base = class_of(own[0]) if own else "$.Table"
            fields = list(kind.model_fields)
            hidden = (f"{name}: {kind_of(_hints(kind).get(name), class_of)}" for name in kind.__private_attributes__)
            yield f"static get hidden() {{ return {{ {', '.join(hidden)} }} }}"
        elif dataclasses.is_dataclass(kind):
            self._base = class_of(own[0]) if own else "$.Record"
            fields = [one.name for one in dataclasses.fields(kind)]
            given = ", ".join(map(self._parameter, fields))
            yield f"constructor({given}) {{ super(); Object.assign(this, {{ {_by_name(fields)} }}) }}"
            if kind.__eq__ is object.__eq__:
                yield "static differs = true"
        elif issubclass(kind, str):
            self._base, fields = "$.Text", []
            yield self._text_constructor(self._methods["__new__"])
        elif issubclass(kind, tuple):
            self._base, fields = "$.NamedTuple", list(getattr(kind, "_fields", ()))
            given = ", ".join(map(self._parameter, fields))
            yield f"constructor({given}) {{ super(); this.push({', '.join(map(plain, fields))}) }}"
            yield from (f"get {name}() {{ return this[{place}] }}" for place, name in enumerate(fields))
        else:
            raise UntranslatableError(path, self._node, f"{kind.__name__} is no dataclass, NamedTuple, text or table")
        yield f"static title = {text(kind.__name__)}"
        hints = _hints(definition.value)
        kinds = {name: kind_of(hints.get(name, Any), class_of) for name in fields}
        yield f"static get kinds() {{ return {{ {', '.join(f'{name}: {said}' for name, said in kinds.items())} }} }}"

    def _text_constructor(self, node: ast.FunctionDef) -> str:
        """Of a text that knows more than its words: `made = super().__new__(cls, words)`, then what it knows."""
        self._writer.scope = Scope(own_names(node.args))
        match [one for one in node.body if not isinstance(one, ast.Expr)]:
            case [ast.Assign(value=ast.Call(args=[_, words])), *known, ast.Return()]:
                said = [f"super({self._writer.write(words)})"]
            case _:
                raise self._writer.fault(node, "such a __new__ cannot be translated")
        for one in known:
            match one:
                case ast.Assign(targets=[ast.Attribute(attr=name)], value=value):
                    said.append(f"this.{name} = {self._writer.write(value)}")
                case _:
                    raise self._writer.fault(one, "such a __new__ cannot be translated")
        return f"constructor({self._writer.parameters(node.args, method=True)}) {{ {'; '.join(said)} }}"

    def _parameter(self, field: str) -> str:
        declared = {ast.unparse(one.target): one.value for one in self._node.body if isinstance(one, ast.AnnAssign)}
        if field not in declared and hasattr(self._kind, field):
            raise self._writer.fault(self._node, f"the inherited default of {field} cannot be translated")
        match declared.get(field):
            case None:
                return plain(field)
            case ast.Call(func=ast.Name(id="field"), keywords=[ast.keyword(arg="default_factory", value=made)]):
                return f"{plain(field)} = ({self._writer.write(made)})()"
            case value:
                return f"{plain(field)} = {self._writer.write(value)}"


def _by_name(fields: Iterable[str]) -> str:
    return ", ".join(name if name == plain(name) else f"{name}: {plain(name)}" for name in fields)


def _hints(kind: type) -> Mapping[str, Any]:
    try:
        return typing.get_type_hints(kind)
    except NameError:  # a name that only a type checker imports
        return {}


def _sequence_of(hint: Any) -> Any:
    """What kind of sequence a hint stands for, if it stands for one with parts."""
    return typing.get_origin(typing.get_args(hint)[0] if typing.get_origin(hint) is typing.Annotated else hint)


def kind_of(hint: Any, class_of: ClassOf) -> str:
    """How plain data from a page becomes what a field holds: floats marked, tuples, dicts and records made."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if hint is float:
        return "'float'"
    if origin is typing.Annotated:
        return kind_of(parts[0], class_of)
    if origin in (typing.Union, UnionType):
        some = [one for one in parts if one is not NoneType]
        if len(some) == 1:
            return kind_of(some[0], class_of)
        lists = [one for one in some if _sequence_of(one) is tuple]
        if len(lists) == 1:
            return f"{{ either: {kind_of(lists[0], class_of)} }}"
        records = [one for one in some if isinstance(one, type) and dataclasses.is_dataclass(one)]
        return f"{{ record: {class_of(records[0])} }}" if len(records) == 1 and list not in some else "null"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"{{ dict: {kind_of(parts[1], class_of)} }}"
    if isinstance(origin, type) and issubclass(origin, Sequence):
        each = ", ".join(kind_of(one, class_of) for one in parts if one is not Ellipsis)
        return f"{{ {'list' if origin is list else 'tuple'}: [{each}] }}"
    if isinstance(hint, type) and (dataclasses.is_dataclass(hint) or issubclass(hint, BaseModel)):
        return class_of(hint)
    return "null"
