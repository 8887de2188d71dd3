"""Calls: arguments by place and by name, as JavaScript takes them, and the few functions that are no plain call."""

import ast
from collections.abc import Sequence

from results.exploring.javascript.data import text
from results.exploring.javascript.expressions import Expressions
from results.exploring.javascript.names import BY_PLACE, KINDS, METHODS, OF_PLAIN, THERE, Signature
from results.exploring.javascript.scopes import Scope, assigned, own_names, plain
from results.exploring.javascript.sources import Definition, signature_of


class Calls(Expressions):
    """Writes calls and lambdas."""

    def _call(self, node: ast.Call) -> str:
        match node:
            case ast.Call(func=ast.Name(id="isinstance"), args=[value, kinds]) if "isinstance" not in self.scope:
                return f"$.isinstance({self.write(value)}, {', '.join(self.kinds(kinds))})"
            case ast.Call(func=ast.Attribute(value=of, attr=name)) if self.bound(node.func) is None:
                return self._method(node, of, name)
        if isinstance(node.func, ast.Call):
            return f"{self.write(node.func)}({self.arguments(node, BY_PLACE)})"
        if not isinstance(node.func, (ast.Name, ast.Attribute)):
            raise self.fault(node, "a call of this cannot be translated")
        signature = self.signature(node.func)
        bound = self.bound(node.func)
        if signature is None and bound is None and isinstance(node.func, ast.Name) and node.func.id not in self.scope:
            raise self.fault(node, f"the function {node.func.id} is not translated")
        made = "new " if isinstance(bound, Definition) and isinstance(bound.node, ast.ClassDef) else ""
        return f"{made}{self.written(node.func)}({self.arguments(node, signature or BY_PLACE)})"

    def _method(self, node: ast.Call, of: ast.expr, name: str) -> str:
        self.mention(name)
        if name in OF_PLAIN - THERE and not any(one.name == name for one in self.module.methods):
            raise self.fault(node, f"the method {name} is not translated")
        if name in OF_PLAIN:
            rest = self.arguments(node, METHODS.get(name, BY_PLACE))
            return f"$.call({self.write(of)}, {text(name)}{', ' if rest else ''}{rest})"
        named = any(one.arg is not None for one in node.keywords)
        signature = self._signature_of_method(node, name) if named else BY_PLACE
        return f"{self.write(of)}.{name}({self.arguments(node, signature)})"

    def _signature_of_method(self, node: ast.Call, name: str) -> Signature:
        """Of the methods of that name, which must all take the same: whose it is, is not known here."""
        found = {signature_of(one, method=True) for one in self.module.methods if one.name == name}
        if len(found) != 1:
            raise self.fault(node, f"arguments by name of {name}(), of which {len(found)} kinds are known here")
        return found.pop()

    def arguments(self, node: ast.Call, signature: Signature) -> str:
        """The arguments of a call in the order of a signature."""
        first, more = node.args[: len(signature.names)], node.args[len(signature.names) :]
        is_spread = any(isinstance(one, ast.Starred) for one in first)
        if is_spread and (signature.star or signature.values or node.keywords):
            raise self.fault(node, "*arguments with others after them cannot be translated")
        if more and not signature.star:
            raise self.fault(node, "so many arguments cannot be translated")
        given = list(map(self.write, first))
        by_name = {one.arg: self.write(one.value) for one in node.keywords if one.arg is not None}
        given += [by_name.pop(name, "undefined") for name in signature.names[len(given) :]]
        given += [f"[{self.each(more)}]"] if signature.star else []
        given += [by_name.pop(name, "undefined") for name in signature.only]
        if "undefined" in given and any(one.arg is None for one in node.keywords):
            raise self.fault(node, "** that may hold what else is to be given cannot be translated")
        if signature.values:
            pairs = (
                f"...{self.write(one.value)}.items()" if one.arg is None else f"[{text(one.arg)}, {by_name[one.arg]}]"
                for one in node.keywords
                if one.arg is None or one.arg in by_name
            )
            given.append(f"$.dict([{', '.join(pairs)}])")
        elif by_name or any(one.arg is None for one in node.keywords):
            raise self.fault(node, f"the arguments {', '.join(by_name) or '**'} cannot be translated")
        while given and given[-1] == "undefined":
            given.pop()
        return ", ".join(given)

    def kinds(self, node: ast.expr) -> Sequence[str]:
        """Types that something may be of: those of Python by their name."""
        match node:
            case ast.Tuple(elts=parts):
                return [kind for part in parts for kind in self.kinds(part)]
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return [*self.kinds(left), *self.kinds(right)]
            case ast.Name(id=name) if name in KINDS and name not in self.scope:
                return [text(name)]
        if not isinstance(bound := self.bound(node), Definition) or not isinstance(bound.node, ast.ClassDef):
            raise self.fault(node, f"{ast.unparse(node)} is no class that is known here")
        return [self.write(node)]

    def _lambda(self, node: ast.Lambda) -> str:
        around, self.scope = self.scope, Scope([*own_names(node.args), *assigned(node)], self.scope)
        body = self.write(node.body)
        declared = [*(plain(one) for one in assigned(node)), *self.scope.temporaries]
        said = f"({self.parameters(node.args)}) => "
        self.scope = around
        return f"{said}{{ let {', '.join(declared)}; return {body} }}" if declared else said + self._body(body)

    def parameters(self, of: ast.arguments, *, method: bool = False) -> str:
        """The parameters of a function, in the order of `Signature`."""
        names = [*of.posonlyargs, *of.args]
        defaults: list[ast.expr | None] = [None] * (len(names) - len(of.defaults)) + list(of.defaults)
        every = list(zip(names, defaults, strict=True))[1 if method else 0 :]
        every += [(of.vararg, None)] if of.vararg else []
        every += list(zip(of.kwonlyargs, of.kw_defaults, strict=True))
        for default in filter(None, (default for _, default in every)):
            if any(isinstance(one, ast.Name) and one.id in own_names(of) for one in ast.walk(default)):
                raise self.fault(default, "a default that is called as an argument is, cannot be translated")
        said = [plain(one.arg) + ("" if default is None else f" = {self.write(default)}") for one, default in every]
        return ", ".join([*said, *([f"{plain(of.kwarg.arg)} = $.dict()"] if of.kwarg else [])])
