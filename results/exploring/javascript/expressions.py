"""Expressions of Python as expressions of JavaScript: containers, comprehensions, operators, comparisons."""

import ast
from collections.abc import Callable, Sequence

from results.exploring.javascript.data import number
from results.exploring.javascript.scopes import Scope, plain, targets
from results.exploring.javascript.writing import Writer

OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.FloorDiv: "floordiv", ast.Mod: "mod",
    ast.Pow: "pow", ast.BitOr: "or_", ast.BitAnd: "and_",
    ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge",
}  # fmt: skip
CLAIMS = ("$.all(", "$.any(", "$.bool(", "$.isnan(", "$.isfinite(", "$.isinstance(", "$.contains(", "$.eq(")
"""What begins so is true or false."""


class Expressions(Writer):
    """Writes expressions."""

    # Containers.

    def _tuple(self, node: ast.Tuple) -> str:
        return f"$.tuple([{self.each(node.elts)}])"

    def _list(self, node: ast.List) -> str:
        return f"[{self.each(node.elts)}]"

    def _set(self, node: ast.Set) -> str:
        return f"$.set([{self.each(node.elts)}])"

    def _starred(self, node: ast.Starred) -> str:
        return f"...{self.write(node.value)}"

    def _dict(self, node: ast.Dict) -> str:
        pairs = (
            f"...{self.write(value)}.items()" if key is None else f"[{self.write(key)}, {self.write(value)}]"
            for key, value in zip(node.keys, node.values, strict=True)
        )
        return f"$.dict([{', '.join(pairs)}])"

    def _subscript(self, node: ast.Subscript) -> str:
        of = self.write(node.value)
        if isinstance(node.slice, ast.Slice):
            ends = (node.slice.lower, node.slice.upper, node.slice.step)
            return f"$.slice({', '.join([of, *('null' if end is None else self.write(end) for end in ends)])})"
        return f"$.item({of}, {self.write(node.slice)})"

    def _generatorexp(self, node: ast.GeneratorExp) -> str:
        return self._each_of(node.generators, lambda: self.write(node.elt))

    def _listcomp(self, node: ast.ListComp) -> str:
        return f"$.list({self._each_of(node.generators, lambda: self.write(node.elt))})"

    def _setcomp(self, node: ast.SetComp) -> str:
        return f"$.set({self._each_of(node.generators, lambda: self.write(node.elt))})"

    def _dictcomp(self, node: ast.DictComp) -> str:
        pair = self._each_of(node.generators, lambda: f"[{self.write(node.key)}, {self.write(node.value)}]")
        return f"$.dict({pair})"

    def _each_of(self, loops: Sequence[ast.comprehension], element: Callable[[], str]) -> str:
        """A generator of what `element` writes once the names of the loops are known; the first source is taken now."""
        source, around, code = self.write(loops[0].iter), self.scope, ""
        for loop in loops:
            over = "$source" if loop is loops[0] else self.write(loop.iter)
            self.scope = Scope(targets(loop.target), self.scope, is_function=False)
            code += f"for (const {self.target(loop.target)} of {over}) "
            code += "".join(f"if ({self.truth(condition)}) " for condition in loop.ifs)
        code += f"yield {element()}"
        self.scope = around
        return f"(function* ($source) {{ {code} }})({source})"

    def target(self, node: ast.expr) -> str:
        """What is assigned to, as a pattern."""
        match node:
            case ast.Name(id=name):
                return plain(name)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                if any(isinstance(one, ast.Starred) for one in parts[:-1]):
                    raise self.fault(node, "* anywhere but at the end of a target cannot be translated here")
                return f"[{', '.join(map(self.target, parts))}]"
            case ast.Starred(value=value):
                return f"...{self.target(value)}"
        raise self.fault(node, "such a target cannot be translated")

    # Operators.

    def truth(self, node: ast.expr) -> str:
        """A condition, as Python takes it: nothing that is empty, and no 0, is true."""
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return f"!{self._closed(self.truth(operand))}"
            case ast.BoolOp(op=op, values=values):
                sign = " && " if isinstance(op, ast.And) else " || "
                return f"({sign.join(map(self.truth, values))})"
        said = self.write(node)
        is_claim = isinstance(node, ast.Compare) or said in ("true", "false") or said.startswith(CLAIMS)
        return said if is_claim else f"$.truth({said})"

    def _closed(self, said: str) -> str:
        return said if said.startswith(("$.", "(")) and " " not in said.partition("(")[0] else f"({said})"

    def _boolop(self, node: ast.BoolOp) -> str:
        name = "and" if isinstance(node.op, ast.And) else "or"
        first, *others = map(self.write, node.values)
        for other in others:
            first = f"$.{name}({first}, () => {self._body(other)})"
        return first

    @staticmethod
    def _body(said: str) -> str:
        return f"({said})" if said.startswith("{") else said

    def _unaryop(self, node: ast.UnaryOp) -> str:
        match node:
            case ast.UnaryOp(op=ast.Not()):
                return self.truth(node)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)) if value:
                return number(-value)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"$.neg({self.write(operand)})"
        raise self.fault(node, f"{type(node.op).__name__} cannot be translated")

    def _binop(self, node: ast.BinOp) -> str:
        return self.operation(node, node.op, self.write(node.left), self.write(node.right))

    def operation(self, node: ast.AST, operator: ast.operator | ast.cmpop, left: str, right: str) -> str:
        """Two operands with an operator between them."""
        if type(operator) not in OPERATORS:
            raise self.fault(node, f"the operator {type(operator).__name__} cannot be translated")
        return f"$.{OPERATORS[type(operator)]}({left}, {right})"

    def _compare(self, node: ast.Compare) -> str:
        said, left = [], node.left
        first = self.write(left)
        for place, (operator, right) in enumerate(zip(node.ops, node.comparators, strict=True)):
            second = again = self.write(right)
            if place + 1 < len(node.ops) and not isinstance(right, (ast.Name, ast.Constant)):
                again = self.scope.temporary()
                second = f"({again} = {second})"
            said.append(self._comparison(node, operator, first, second))
            first = again
        return said[0] if len(said) == 1 else f"({' && '.join(said)})"

    def _comparison(self, node: ast.Compare, operator: ast.cmpop, left: str, right: str) -> str:
        match operator:
            case ast.Is() | ast.IsNot():
                sign = "==" if isinstance(operator, ast.Is) else "!="
                return f"({left} {sign if right == 'null' else f'{sign}='} {right})"
            case ast.Eq() | ast.NotEq():
                return f"{'' if isinstance(operator, ast.Eq) else '!'}$.eq({left}, {right})"
            case ast.In() | ast.NotIn():
                return f"{'' if isinstance(operator, ast.In) else '!'}$.contains({right}, {left})"
        return self.operation(node, operator, left, right)

    def _ifexp(self, node: ast.IfExp) -> str:
        return f"({self.truth(node.test)} ? {self.write(node.body)} : {self.write(node.orelse)})"

    def _namedexpr(self, node: ast.NamedExpr) -> str:
        return f"({plain(node.target.id)} = {self.write(node.value)})"

    def _yield(self, node: ast.Yield) -> str:
        return f"(yield {'null' if node.value is None else self.write(node.value)})"

    def _yieldfrom(self, node: ast.YieldFrom) -> str:
        return f"(yield* {self.write(node.value)})"
