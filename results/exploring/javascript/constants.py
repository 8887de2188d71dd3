"""Values of modules: as the imported module has them, else, where they hold functions, from their source."""

import ast
from collections.abc import Callable
from typing import Any

from results.exploring.javascript.data import NotDataError, data
from results.exploring.javascript.sources import ROOMS, Definition, source
from results.exploring.javascript.statements import Statements


class Constants:
    """Those that are translated so far, in the order in which they can be made.

    Attributes:
        reach: what a definition is called in JavaScript.
    """

    def __init__(self, reach: Callable[[Definition], str]) -> None:
        self._reach = reach
        self._plain: list[str] = []
        self._said: list[str] = []

    @property
    def lines(self) -> list[str]:
        """An assignment for each. What calls functions to be made, as texts do that are said at once, comes last."""
        return [*self._plain, *self._said]

    def translate(self, definition: Definition, name: str, writer: Statements) -> None:
        """One value. A dict or a record in it that has a name of its own is taken by its name."""
        value, named, kinds = definition.value, definition.module.values(), set[type]()
        assert isinstance(definition.node, ast.expr)

        def known(one: Any) -> str | None:
            return self._reach(named[id(one)]) if one is not value and id(one) in named else None

        def class_of(kind: type) -> str:
            kinds.add(kind)
            return self.class_of(kind)

        try:
            line = f"{name} = {data(value, class_of, known)}"
        except NotDataError:
            said, declared = writer.write(definition.node), writer.scope.temporaries
            made = f"(() => {{ let {', '.join(declared)}; return {said} }})()" if declared else said
            self._said.append(f"{name} = {made}")
        else:
            is_said = any(issubclass(kind, str) for kind in kinds)
            (self._said if is_said else self._plain).append(line)

    def class_of(self, kind: type) -> str:
        """What a class is called in JavaScript; NotDataError of one that is not ours."""
        is_ours = kind.__module__.partition(".")[0] in ROOMS
        found = source(kind.__module__).bound(kind.__qualname__) if is_ours else None
        if not isinstance(found, Definition):
            raise NotDataError(f"{kind.__qualname__} is not translated")
        return self._reach(found)
