"""Names, values and texts of Python as JavaScript: what every other construct is written with."""

import ast
from collections.abc import Callable, Sequence

from results.exploring.javascript.data import number, text
from results.exploring.javascript.faults import UntranslatableError
from results.exploring.javascript.names import BUILTINS, MAY_BE_METHODS, OUTSIDE, Signature
from results.exploring.javascript.scopes import Scope, plain
from results.exploring.javascript.sources import Bound, Definition, Outside, Source, signature_of


def fields_of(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass or a NamedTuple, in order."""
    return tuple(getattr(kind, "__dataclass_fields__", getattr(kind, "_fields", ())))


class Writer:
    """Writes the code of one function.

    Attributes:
        module: that the function stands in.
        reach: what a definition is called in JavaScript; it is then translated too.
        mention: called with each attribute that is named.
        scope: the names of the function.
    """

    def __init__(
        self, module: Source, reach: Callable[[Definition], str], mention: Callable[[str], None], scope: Scope
    ) -> None:
        self.module, self.reach, self.mention, self.scope = module, reach, mention, scope

    def fault(self, node: ast.AST, what: str) -> UntranslatableError:
        """That `node` is outside of the subset."""
        return UntranslatableError(self.module.path, node, what)

    def write(self, node: ast.expr) -> str:
        """One expression."""
        signature = self.signature(node) if isinstance(node, (ast.Name, ast.Attribute)) else None
        if signature is not None and not signature.is_plain:
            raise self.fault(node, f"{ast.unparse(node)} with its many arguments can only be called")
        return self.written(node)

    def written(self, node: ast.expr) -> str:
        """The same, also of a function that can only be called."""
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise self.fault(node, f"{type(node).__name__} cannot be translated")
        return str(method(node))

    def each(self, nodes: Sequence[ast.expr]) -> str:
        """Several, one after the other; `*some` among them."""
        return ", ".join(map(self.write, nodes))

    # Names and values.

    def bound(self, node: ast.expr) -> Bound | None:
        """What a name, or a name of a module, stands for; None for what is local, or a builtin."""
        match node:
            case ast.Name(id=name) if name not in self.scope:
                return self.module.bound(name)
            case ast.Attribute(value=ast.Name() as value, attr=attr) if isinstance(of := self.bound(value), Source):
                return of.bound(attr)
            case ast.Attribute(value=ast.Name() as value, attr=attr) if isinstance(of := self.bound(value), Outside):
                return Outside(of.module, attr)
        return None

    def signature(self, node: ast.expr) -> Signature | None:
        """The arguments of a function that is known by its name; None of any other."""
        match self.bound(node):
            case Outside(module, name):
                return OUTSIDE.get(module, {}).get(name)
            case Definition(node=ast.FunctionDef() as function):
                return signature_of(function)
            case Definition(node=ast.ClassDef(body=body)) as made:
                new = next((one for one in body if isinstance(one, ast.FunctionDef) and one.name == "__new__"), None)
                return Signature(fields_of(made.value)) if new is None else signature_of(new, method=True)
        match node:
            case ast.Name(id=name):
                return self.scope.function(name) if name in self.scope else BUILTINS.get(name)
        return None

    def _known(self, node: ast.expr) -> str | None:
        match self.bound(node):
            case Definition() as found:
                return self.reach(found)
            case Outside(module, name):
                if name in OUTSIDE.get(module, {}):
                    return f"$.{name}"
                raise self.fault(node, f"{module}.{name} is not translated")
            case Source() as module:
                raise self.fault(node, f"the module {module.name} is no value")
        return None

    def _name(self, node: ast.Name) -> str:
        if node.id in self.scope:
            return plain(node.id)
        if (known := self._known(node)) is not None:
            return known
        if node.id in BUILTINS:
            return f"$.{node.id}"
        raise self.fault(node, f"the name {node.id} is not translated")

    def _attribute(self, node: ast.Attribute) -> str:
        if (known := self._known(node)) is not None:
            return known
        of = node.value
        if isinstance(of, ast.Name) and of.id in BUILTINS and of.id not in self.scope and node.attr != "fromkeys":
            raise self.fault(node, f"{of.id}.{node.attr} is not translated")
        self.mention(node.attr)
        may_be_method = node.attr in MAY_BE_METHODS or any(one.name == node.attr for one in self.module.methods)
        if may_be_method:  # which is taken along here, not called
            return f"$.method({self.write(of)}, {text(node.attr)})"
        return f"{self.write(of)}.{node.attr}"

    def _constant(self, node: ast.Constant) -> str:
        match node.value:
            case None:
                return "null"
            case bool() as value:
                return "true" if value else "false"
            case int() | float() as value:
                return number(value)
            case str() as value:
                return text(value)
        raise self.fault(node, f"{type(node.value).__name__} cannot be translated")

    def _joinedstr(self, node: ast.JoinedStr) -> str:
        match node.values:
            case [ast.Constant(value=str(words))]:
                return text(words)
        return f"$.f`{''.join(map(self._part, node.values))}`"

    def _part(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(value=str(words)):
                return text(words)[1:-1].replace('\\"', '"').replace("`", "\\`").replace("${", "\\${")
            case ast.FormattedValue(value=value, conversion=conversion, format_spec=spec):
                shown = self.write(value)
                if conversion == ord("r"):
                    shown = f"$.repr({shown})"
                elif conversion != -1:
                    raise self.fault(node, f"the conversion !{chr(conversion)} cannot be translated")
                return f"${{{shown}}}" if spec is None else f"${{$.format({shown}, {self.write(spec)})}}"
        raise self.fault(node, f"{type(node).__name__} in a text cannot be translated")
