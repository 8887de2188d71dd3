"""What of a design is allowed: constraints between keys, such as `closing.notice < closing.month`.

Python's own parser reads them, and what is not listed here is refused. Nothing that is written there is ever run.
"""

import ast
import operator
import re
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isnan
from typing import Any, Literal, NamedTuple

from scenarios.designs.factors import SCENARIO
from scenarios.files.faults import ScenarioError, near_miss, refusal, shown
from scenarios.schema.keys import KEYS, key_named, keys_like
from scenarios.schema.tables import NEVER

MOST_CHARACTERS = 1000
"""Of one constraint."""
ALLOWED = (
    "allowed are keys, numbers, never, true, false, words in quotation marks, + - * /, < <= > >= == != in, "
    "and, or, not, and brackets"
)
_SIGNS = {"\N{LESS-THAN OR EQUAL TO}": "<=", "\N{GREATER-THAN OR EQUAL TO}": ">=", "\N{NOT EQUAL TO}": "!="}
_SIGNS |= {"\N{MINUS SIGN}": "-", "\N{MULTIPLICATION SIGN}": "*", "\N{DIVISION SIGN}": "/"}

Kind = Literal["number", "truth", "word"]
Values = Mapping[str, Any]
_ASKED_ALONE = {"number": "is a number", "truth": "is yes or no", "word": "is a word"}


@dataclass(frozen=True)
class Constraint:
    """Something that has to hold between the values at a point.

    Attributes:
        text: as it was written.
        keys: that it names, "scenario" among them, each once.
    """

    text: str
    keys: tuple[str, ...]
    _read: "_Part"

    def holds(self, values: Values) -> bool:
        """Whether it does, of values by key.

        Raises:
            ScenarioError: if it has no answer there, as where 0 divides or what it names is left out.
        """
        try:
            return bool(self._read.value(values))
        except _NoAnswerError as error:
            at = ", ".join(f"{key} = {shown(values.get(key))}" for key in self.keys)
            raise ScenarioError(refusal(f"--where {shown(self.text)}", [f"{error} at {at}"])) from None


class _Part(NamedTuple):
    """A part of one: what kind of value it has, and how that comes from values by key."""

    kind: Kind
    value: Callable[[Values], Any]


class _NoAnswerError(Exception):
    """A part without a value at some point."""


class _FaultError(Exception):
    """What is wrong with a text, and where; the place counts from 0, None for all of it."""

    def __init__(self, text: str, place: int | None = None) -> None:
        super().__init__(text)
        self.place = place


def read_constraints(written: Iterable[str]) -> tuple[Constraint, ...]:
    """Constraints as `--where` writes them.

    Raises:
        ScenarioError: with the first fault of each that has one, and its place.
    """
    found, faults = [], []
    for text in dict.fromkeys(" ".join(one.split()) for one in written):
        try:
            found.append(_read(text))
        except _FaultError as fault:
            where = "" if fault.place is None else f", at character {fault.place + 1}"
            faults.append(f"{shown(text)}{where}: {fault}")
    if faults:
        raise ScenarioError(refusal("--where", faults))
    return tuple(found)


def _read(text: str) -> Constraint:
    if not text:
        raise _FaultError("it is empty; write what has to hold, such as closing.notice < closing.month")
    if len(text) > MOST_CHARACTERS:
        raise _FaultError(f"it has {len(text):,} characters; allowed is {MOST_CHARACTERS:,}")
    plain = "".join(_SIGNS.get(sign, sign) for sign in text)
    places = [place for place, sign in enumerate(text) for _ in _SIGNS.get(sign, sign)]
    reader = _Reader(plain)
    try:
        part = reader.read()
    except _FaultError as fault:
        if fault.place is not None:
            fault.place = places[min(fault.place, len(places) - 1)]
        raise
    if part.kind != "truth":
        raise _FaultError(f"it {_ASKED_ALONE[part.kind]}, and says nothing that has to hold; compare it: ... <= 12")
    return Constraint(text, tuple(reader.keys), part)


class _Reader:
    """Makes parts out of what Python's parser says of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys: dict[str, None] = {}

    def read(self) -> _Part:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SyntaxWarning)
                tree = ast.parse(self.text, mode="eval")
            return self._part(tree.body)
        except SyntaxError as error:
            raise _FaultError(self._unreadable(), max((error.offset or 1) - 1, 0)) from None
        except (ValueError, MemoryError, RecursionError):
            raise _FaultError("it cannot be read; " + ALLOWED) from None

    def _unreadable(self) -> str:
        if re.search(r"(?<![<>=!])=(?!=)", self.text):
            return "it cannot be read; to say that two are equal, write =="
        if re.search(r"&&|\|\||!(?!=)", self.text):
            return "it cannot be read; write and, or, not as words"
        if re.search(r"<>|=<|=>", self.text):
            return "it cannot be read; write <=, >= or !="
        return f"it cannot be read; {ALLOWED}"

    def _part(self, node: ast.expr) -> _Part:
        match node:
            case ast.BoolOp(op, values):
                return self._joined([self._truth(one) for one in values], all if isinstance(op, ast.And) else any)
            case ast.UnaryOp(ast.Not(), operand):
                part = self._truth(operand)
                return _Part("truth", lambda values: not part.value(values))
            case ast.UnaryOp(ast.USub() | ast.UAdd() as op, operand):
                part = self._number(operand)
                sign = operator.neg if isinstance(op, ast.USub) else operator.pos
                return _Part("number", lambda values: sign(part.value(values)))
            case ast.BinOp(left, ast.Add() | ast.Sub() | ast.Mult() | ast.Div() as op, right):
                return _reckoned(self._number(left), _REAL[type(op)], self._number(right))
            case ast.Compare(left, ops, others):
                return self._comparison([left, *others], ops)
            case ast.Attribute() | ast.Name():
                return self._named(node)
            case ast.Constant(value):
                return self._constant(node, value)
            case _:
                raise _FaultError(f"{self._words(node)} has no place in it; {ALLOWED}", self._place(node))

    def _joined(self, parts: Sequence[_Part], how: Callable[[Iterable[Any]], bool]) -> _Part:
        return _Part("truth", lambda values: how(one.value(values) for one in parts))

    def _comparison(self, nodes: Sequence[ast.expr], ops: Sequence[ast.cmpop]) -> _Part:
        """`a < b <= c` is `a < b and b <= c`."""
        pairs = zip(nodes[:-1], ops, nodes[1:], strict=True)
        parts = [self._pair(left, op, right) for left, op, right in pairs]
        return parts[0] if len(parts) == 1 else self._joined(parts, all)

    def _pair(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> _Part:
        if isinstance(op, (ast.In, ast.NotIn)) and isinstance(right, (ast.Tuple, ast.List, ast.Set)) and right.elts:
            some = self._joined([self._pair(left, ast.Eq(), one) for one in right.elts], any)
            return some if isinstance(op, ast.In) else _Part("truth", lambda values: not some.value(values))
        compared = _COMPARED.get(type(op))
        if compared is None:
            raise _FaultError(f"{self._words(left)} cannot be compared like this; {ALLOWED}", self._place(left))
        one, other = self._part(left), self._part(right)
        if one.kind != other.kind:
            raise _FaultError(
                f"{self._words(left)} {_ASKED_ALONE[one.kind]}, and {self._words(right)} {_ASKED_ALONE[other.kind]}: "
                "they cannot be compared",
                self._place(left),
            )
        if one.kind != "number" and not isinstance(op, (ast.Eq, ast.NotEq)):
            raise _FaultError(
                f"{self._words(left)} {_ASKED_ALONE[one.kind]}, which has no order; compare it by == or !=",
                self._place(left),
            )
        return _Part("truth", lambda values: compared(one.value(values), other.value(values)))

    def _truth(self, node: ast.expr) -> _Part:
        return self._of_kind(node, "truth", "and, or, not go with what holds or not")

    def _number(self, node: ast.expr) -> _Part:
        return self._of_kind(node, "number", "only numbers can be reckoned with")

    def _of_kind(self, node: ast.expr, kind: Kind, why: str) -> _Part:
        part = self._part(node)
        if part.kind != kind:
            raise _FaultError(f"{self._words(node)} {_ASKED_ALONE[part.kind]}; {why}", self._place(node))
        return part

    def _named(self, node: ast.expr) -> _Part:
        name = _dotted(node)
        if name is None:
            raise _FaultError(f"{self._words(node)} has no place in it; {ALLOWED}", self._place(node))
        if name == NEVER:
            return _Part("number", lambda _values: inf)
        if name.lower() in ("true", "false"):
            is_true = name.lower() == "true"
            return _Part("truth", lambda _values: is_true)
        if name == SCENARIO or key_named(name):
            return self._key(name, node)
        hint = near_miss(name, [*keys_like(name), SCENARIO])
        if not hint:
            same = [key for key in KEYS if key.rpartition(".")[2] == name.rpartition(".")[2]]
            hint = f"; did you mean {same[0]}?" if same else ""
        word = f'; if it is a word, write it in quotation marks: "{name}"' if "." not in name and not hint else ""
        raise _FaultError(f"{name} is not a key of a scenario{hint}{word}", self._place(node))

    def _key(self, key: str, node: ast.expr) -> _Part:
        known = key_named(key)
        kind: Kind = "word"
        if known is not None:
            if known.kind in ("weights", "funders"):
                raise _FaultError(f"{key} is a list, which cannot be compared", self._place(node))
            kind = "number" if known.kind in ("int", "float") else "truth" if known.kind == "bool" else "word"
        self.keys[key] = None
        return _Part(kind, _getter(key))

    def _constant(self, node: ast.expr, value: Any) -> _Part:
        if isinstance(value, bool):
            return _Part("truth", lambda _values: value)
        if isinstance(value, (int, float)):
            return _Part("number", lambda _values: value)
        if isinstance(value, str):
            if value == NEVER:
                return _Part("number", lambda _values: inf)
            if " " in value and key_named(value):  # a funder's name may hold blanks
                return self._key(value, node)
            return _Part("word", lambda _values: value)
        raise _FaultError(f"{self._words(node)} has no place in it; {ALLOWED}", self._place(node))

    def _words(self, node: ast.expr) -> str:
        return shown(ast.get_source_segment(self.text, node) or "it")[1:-1]

    def _place(self, node: ast.expr) -> int:
        return len(self.text.encode()[: node.col_offset].decode(errors="ignore"))


_REAL: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARED: Mapping[type, Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def _reckoned(left: _Part, how: Callable[[Any, Any], Any], right: _Part) -> _Part:
    def value(values: Values) -> Any:
        try:
            found = how(left.value(values), right.value(values))
        except (ZeroDivisionError, OverflowError):
            raise _NoAnswerError("it divides by 0, or is too large a number,") from None
        if isnan(found):
            raise _NoAnswerError('it reckons with "never" so that no number comes out; ask for != never first,')
        return found

    return _Part("number", value)


def _getter(key: str) -> Callable[[Values], Any]:
    def value(values: Values) -> Any:
        found = values[key]
        if found is None:
            raise _NoAnswerError(f"{key} is left out, and has no value")
        if isinstance(found, (list, tuple)):
            raise _NoAnswerError(f"{key} is a list, which cannot be compared,")
        return inf if found == NEVER else found

    return value


def _dotted(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value)
        return None if before is None else f"{before}.{node.attr}"
    return None
