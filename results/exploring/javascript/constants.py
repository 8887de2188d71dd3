"""Values of modules: as the imported module has them, else, where they hold functions, from their source."""

import ast
from collections.abc import Callable
from typing import Any

from results.exploring.javascript.data import NotDataError, data
from results.exploring.javascript.sources import ROOMS, Definition, source
from results.exploring.javascript.statements import Statements


class Constants:
    """Those that are translated so far, in the order in which they can be made.

    What calls functions to be made, as texts do that are said at once, is made when it is first asked for: a page may
    settle its language before that.
    """

    def __init__(self, reach: Callable[[Definition], str]) -> None:
        self._reach = reach
        self.lines: list[str] = []

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
            said = data(value, class_of, known)
        except NotDataError:
            said, declared = writer.write(definition.node), writer.scope.temporaries
            said = f"{{ let {', '.join(declared)}; return {said} }}" if declared else said
            kinds.add(str)
        is_made_later = any(issubclass(kind, str) for kind in kinds)
        space, _, last = name.rpartition(".")
        self.lines.append(f"$.later({space}, '{last}', () => {said})" if is_made_later else f"{name} = {said}")

    def class_of(self, kind: type) -> str:
        """What a class is called in JavaScript; NotDataError of one that is not ours."""
        is_ours = kind.__module__.partition(".")[0] in ROOMS
        found = source(kind.__module__).bound(kind.__qualname__) if is_ours else None
        if not isinstance(found, Definition):
            raise NotDataError(f"{kind.__qualname__} is not translated")
        return self._reach(found)
