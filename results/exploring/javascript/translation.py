"""Modules of Python as one text of JavaScript: what is asked for, and all that it calls."""

import ast
from collections.abc import Iterable, Mapping

from results.exploring.javascript.classes import Made
from results.exploring.javascript.constants import Constants
from results.exploring.javascript.faults import UntranslatableError
from results.exploring.javascript.names import RUNTIME
from results.exploring.javascript.scopes import Scope, yields
from results.exploring.javascript.sources import Definition, source
from results.exploring.javascript.stand_ins import STAND_INS
from results.exploring.javascript.statements import Statements


def translated(roots: Mapping[str, Iterable[str]]) -> str:
    """JavaScript that defines `legato`: a namespace for each module by its dotted name, and Python's own as `python`.

    Functions are called as in Python, by place: what may only be given by name follows in its order, and `undefined`
    takes the default; `*arguments` are one array. What they give is data as Python has it; `legato.python.plain` makes
    plain arrays, objects and numbers of it, and `legato.python.made(kind, plain)` the other way round.

    Args:
        roots: module -> names in it: functions, values, classes. `Class.method` translates a method of a class as well,
            `Class.*` all of them; else those that are named in what is translated.

    Raises:
        UntranslatableError: something is outside of the subset.
    """
    every = Translation()
    for module, names in roots.items():
        for name in names:
            every.ask(module, name)
    return every.text()


_BEGINNING = "const legato = (() => {\n'use strict'\nconst $ = {}, legato = { python: $ }"
_END = "return legato\n})()\n"


class Translation:
    """What is translated so far."""

    def __init__(self) -> None:
        self._aliases: dict[str, str] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._functions: list[str] = []
        self._classes: dict[str, Made] = {}
        self._constants = Constants(self.reach)
        self._mentioned: set[str] = set()
        self._whole: set[str] = set()

    def ask(self, module: str, name: str) -> None:
        """Translate a name of a module, and all that it needs."""
        first, _, method = name.partition(".")
        found = source(module).bound(first)
        if not isinstance(found, Definition):
            raise UntranslatableError(source(module).path, ast.Pass(), f"{first} is not defined")
        said = self.reach(found)
        if method == "*":
            self._whole.add(said)
        elif method:
            self._mentioned.add(method)
        self._reach_methods()

    def reach(self, definition: Definition) -> str:
        """What a definition is called; it is translated if it has not been."""
        definition = self._standing_in(definition)
        module, name = definition.module.name, definition.name
        if (module, name) not in self._names:
            self._names[module, name] = f"{self._alias(module)}.{name}"
            self._translate(definition, self._names[module, name])
        return self._names[module, name]

    @staticmethod
    def _standing_in(definition: Definition) -> Definition:
        """What is translated instead, where something is."""
        is_made = isinstance(definition.node, (ast.FunctionDef, ast.ClassDef))
        stand_in = STAND_INS.get(definition.value) if is_made else None
        found = None if stand_in is None else source(stand_in.__module__).bound(stand_in.__name__)
        return found if isinstance(found, Definition) else definition

    def text(self) -> str:
        """All of it."""
        runtime = "".join(path.read_text(encoding="utf-8") for path in sorted(RUNTIME.glob("*.js")))
        spaces = [f"const {alias} = legato['{name}'] = {{}}" for name, alias in self._aliases.items()]
        classes = [one.text() for one in self._classes.values()]
        parts = [runtime, *spaces, *self._functions, *classes, *self._constants.lines]
        return "\n".join([_BEGINNING, *parts, _END])

    def _alias(self, module: str) -> str:
        if module not in self._aliases:
            parts = module.split(".")
            every = (f"${'_'.join(parts[-some:])}" for some in range(1, len(parts) + 1))
            self._aliases[module] = next(one for one in every if one not in self._aliases.values())
        return self._aliases[module]

    def _writer(self, definition: Definition) -> Statements:
        return Statements(definition.module, self.reach, self._mentioned.add, Scope(()))

    def _translate(self, definition: Definition, name: str) -> None:
        writer = self._writer(definition)
        match definition.node:
            case ast.FunctionDef() as node:
                self._functions.append(f"{name} = function{'*' if yields(node) else ''} {writer.function(node)}")
            case ast.ClassDef():
                made = Made(definition, name, writer, self._constants.class_of)
                self._classes[name] = made
            case ast.expr():
                self._constants.translate(definition, name, writer)

    def _reach_methods(self) -> None:
        """Translate methods until none is named that has not been."""
        while [
            name
            for name, one in list(self._classes.items())
            if one.translate(set(self._mentioned), all_of_it=name in self._whole)
        ]:
            pass
