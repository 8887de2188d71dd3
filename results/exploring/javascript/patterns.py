"""Patterns of `match` as conditions, which also bind names."""

import ast

from results.exploring.javascript.calls import Calls
from results.exploring.javascript.names import KINDS
from results.exploring.javascript.scopes import plain


class Patterns(Calls):
    """Writes patterns."""

    def pattern(self, node: ast.pattern, subject: str) -> list[str]:
        """What must be true of `subject`, in order; none where anything will do."""
        match node:
            case ast.MatchValue(value=value):
                return [f"$.eq({subject}, {self.write(value)})"]
            case ast.MatchSingleton(value=value):
                return [f"{subject} === {self.write(ast.Constant(value))}"]
            case ast.MatchOr(patterns=some):
                return [f"({' || '.join(' && '.join(self.pattern(one, subject)) or 'true' for one in some)})"]
            case ast.MatchAs(pattern=inner, name=name):
                conditions = [] if inner is None else self.pattern(inner, subject)
                return conditions if name is None else [*conditions, f"({plain(name)} = {subject}, true)"]
            case ast.MatchSequence(patterns=some) if not any(isinstance(one, ast.MatchStar) for one in some):
                conditions = [f"Array.isArray({subject}) && {subject}.length === {len(some)}"]
                parts = (self.pattern(one, f"{subject}[{place}]") for place, one in enumerate(some))
                return conditions + [condition for part in parts for condition in part]
            case ast.MatchClass(cls=cls, patterns=some, kwd_attrs=names, kwd_patterns=named):
                return self._of_class(cls, some, dict(zip(names, named, strict=True)), subject)
        raise self.fault(node, f"the pattern {type(node).__name__} cannot be translated")

    def _of_class(
        self, cls: ast.expr, by_place: list[ast.pattern], by_name: dict[str, ast.pattern], subject: str
    ) -> list[str]:
        conditions = [f"$.isinstance({subject}, {', '.join(self.kinds(cls))})"]
        if isinstance(cls, ast.Name) and cls.id in KINDS:
            return conditions + [said for one in by_place for said in self.pattern(one, subject)]
        signature = self.signature(cls)
        fields = signature.names if signature else ()
        for name, one in (*zip(fields, by_place, strict=False), *by_name.items()):
            self.mention(name)
            conditions += self.pattern(one, f"{subject}.{name}")
        return conditions
