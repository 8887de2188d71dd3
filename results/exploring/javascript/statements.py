"""Statements of Python as statements of JavaScript, and functions."""

import ast
import builtins
from collections.abc import Iterator, Sequence

from results.exploring.javascript.data import text
from results.exploring.javascript.patterns import Patterns
from results.exploring.javascript.scopes import Scope, assigned, own_names, plain, yields
from results.exploring.javascript.sources import Definition, signature_of

INDENT = "  "


class Statements(Patterns):
    """Writes functions."""

    def function(self, node: ast.FunctionDef, *, method: bool = False) -> str:
        """A function from its parameters on: `(a, b) { ... }`; of a method, `self` is what it is called on."""
        if any(not isinstance(one, ast.Name) or one.id not in ("property", "cache") for one in node.decorator_list):
            raise self.fault(node, f"the decorators of {node.name} cannot be translated")
        around, names = self.scope, own_names(node.args)
        self.scope = Scope([*names, *assigned(node)], around)
        parameters = self.parameters(node.args, method=method)
        body = list(self._block(node.body))
        fresh = [plain(name) for name in self.scope.names if name not in names] + self.scope.temporaries
        first = [f"const {names[0]} = this"] if method else []
        first += [f"let {', '.join(fresh)}"] if fresh else []
        self.scope = around
        return f"({parameters}) {{\n" + "".join(f"{INDENT}{line}\n" for line in (*first, *body)) + "}"

    def _block(self, nodes: Sequence[ast.stmt]) -> Iterator[str]:
        for node in nodes:
            match node:
                case ast.Pass() | ast.Assert():
                    continue
                case ast.Break() | ast.Continue():
                    yield type(node).__name__.lower()
                    continue
            method = getattr(self, f"_{type(node).__name__.lower()}_lines", None)
            if method is None:
                raise self.fault(node, f"{type(node).__name__} cannot be translated")
            yield from method(node)

    def _inner(self, nodes: Sequence[ast.stmt]) -> Iterator[str]:
        yield from (INDENT + line for line in self._block(nodes))

    def _expr_lines(self, node: ast.Expr) -> Iterator[str]:
        if not isinstance(node.value, ast.Constant):  # a docstring
            said = self.write(node.value)
            yield said[1:-1] if isinstance(node.value, (ast.Yield, ast.YieldFrom)) else said

    def _return_lines(self, node: ast.Return) -> Iterator[str]:
        yield "return null" if node.value is None else f"return {self.write(node.value)}"

    def _raise_lines(self, node: ast.Raise) -> Iterator[str]:
        match node.exc:
            case None:
                yield "throw $fault"
            case ast.Call(func=ast.Name() as kind, args=[said]) | ast.Call(func=ast.Name() as kind, args=[_, said]):
                every = ", ".join(text(one.__name__) for one in self._fault(kind).__mro__)
                yield f"throw $.fault([{every}], {self.write(said)})"
            case _:
                raise self.fault(node, "such a raise cannot be translated")

    def _fault(self, node: ast.expr) -> type:
        """A class of faults, ours or Python's."""
        found = self.bound(node)
        kind = found.value if isinstance(found, Definition) else getattr(builtins, ast.unparse(node), None)
        if not isinstance(kind, type) or not issubclass(kind, BaseException):
            raise self.fault(node, f"{ast.unparse(node)} is no fault that is known here")
        return kind

    def _try_lines(self, node: ast.Try) -> Iterator[str]:
        if node.orelse or node.finalbody:
            raise self.fault(node, "else and finally of try cannot be translated")
        yield "try {"
        yield from self._inner(node.body)
        yield "} catch ($fault) {"
        for handler in node.handlers:
            named = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
            if None in named:
                raise self.fault(handler, "except of everything cannot be translated")
            kinds = [text(self._fault(one).__name__) for one in named if one is not None]
            yield f"{INDENT}if ($.is_fault($fault, {', '.join(kinds)})) {{"
            if handler.name:
                yield f"{INDENT * 2}{plain(handler.name)} = $fault"
            yield from (INDENT + line for line in self._inner(handler.body))
            yield f"{INDENT}}} else"
        yield f"{INDENT}throw $fault"
        yield "}"

    def _functiondef_lines(self, node: ast.FunctionDef) -> Iterator[str]:
        self.scope.functions[node.name] = signature_of(node)
        first, *rest = self.function(node).split("\n")
        yield f"{plain(node.name)} = function{'*' if yields(node) else ''} {first}"
        yield from rest

    def _delete_lines(self, node: ast.Delete) -> Iterator[str]:
        for target in node.targets:
            if not isinstance(target, ast.Subscript) or isinstance(target.slice, ast.Slice):
                raise self.fault(node, "such a del cannot be translated")
            yield f"$.call({self.write(target.value)}, 'pop', {self.write(target.slice)})"

    # Assignments.

    def _assign_lines(self, node: ast.Assign) -> Iterator[str]:
        value = self.write(node.value)
        if len(node.targets) > 1:
            again = self.scope.temporary()
            yield f"{again} = {value}"
            value = again
        for target in node.targets:
            yield self._assignment(target, value)

    def _annassign_lines(self, node: ast.AnnAssign) -> Iterator[str]:
        if node.value is not None:
            yield self._assignment(node.target, self.write(node.value))

    def _augassign_lines(self, node: ast.AugAssign) -> Iterator[str]:
        value = self.write(node.value)
        match node.target, node.op:
            case ast.Name(id=name), ast.Add() | ast.BitOr():
                grown = "extended" if isinstance(node.op, ast.Add) else "updated"
                yield f"{plain(name)} = $.{grown}({plain(name)}, {value})"
            case _:
                read = ast.parse(ast.unparse(node.target), mode="eval").body
                yield self._assignment(node.target, self.operation(node, node.op, self.write(read), value))

    def _assignment(self, target: ast.expr, value: str) -> str:
        match target:
            case ast.Name(id=name):
                return f"{plain(name)} = {value}"
            case ast.Subscript(value=of, slice=key) if not isinstance(key, ast.Slice):
                return f"$.set_item({self.write(of)}, {self.write(key)}, {value})"
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                stars = [place for place, one in enumerate(parts) if isinstance(one, ast.Starred)]
                if stars and stars[0] < len(parts) - 1:
                    names = ", ".join(self.target(one).removeprefix("...") for one in parts)
                    return f";[{names}] = $.around({value}, {stars[0]}, {len(parts) - 1 - stars[0]})"
                return f";{self.target(target)} = {value}"
        raise self.fault(target, "an assignment to this cannot be translated")

    # What is done under a condition, or again.

    def _if_lines(self, node: ast.If) -> Iterator[str]:
        yield f"if ({self.truth(node.test)}) {{"
        yield from self._inner(node.body)
        match node.orelse:
            case [ast.If() as other]:
                first, *rest = self._if_lines(other)
                yield f"}} else {first}"
                yield from rest
                return
            case [_, *_]:
                yield "} else {"
                yield from self._inner(node.orelse)
        yield "}"

    def _for_lines(self, node: ast.For) -> Iterator[str]:
        if node.orelse:
            raise self.fault(node, "else of a loop cannot be translated")
        target = self.target(node.target)
        yield f"for ({target} of {self.write(node.iter)}) {{"
        yield from self._inner(node.body)
        yield "}"

    def _while_lines(self, node: ast.While) -> Iterator[str]:
        if node.orelse:
            raise self.fault(node, "else of a loop cannot be translated")
        yield f"while ({self.truth(node.test)}) {{"
        yield from self._inner(node.body)
        yield "}"

    def _match_lines(self, node: ast.Match) -> Iterator[str]:
        subject = self.scope.temporary()
        yield f"{subject} = {self.write(node.subject)}"
        for place, case in enumerate(node.cases):
            conditions = self.pattern(case.pattern, subject)
            conditions += [] if case.guard is None else [self.truth(case.guard)]
            yield f"{'} else ' if place else ''}if ({' && '.join(conditions) or 'true'}) {{"
            yield from self._inner(case.body)
        yield "}"
