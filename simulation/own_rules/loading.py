"""The model loaded once more with other rules: both twins, as they are, on rules of one's own.

Every module that knows the rules is loaded a second time under a name of its own (`simulation.engine.run@<mark>`), and
finds these rules where the shipped ones would be. So nothing in the model asks which rules are in force, and a rule of
one's own is compiled into the engine as the shipped one is, and costs no more. What is compiled is kept, as that of the
shipped model is; the mark, from the hash of the file, tells one from the other.
"""

import builtins
import importlib
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from threading import RLock
from types import ModuleType
from typing import Any

from scenarios.files.faults import FailedError, RefusedError
from scenarios.schema.own_files import mark_of
from scenarios.schema.own_rules import OwnRules
from simulation.model_code import RUNS, file_of
from simulation.own_files import own_functions
from simulation.own_rules.replaceable import NEEDS_NO_BOUND, REPLACEABLE, SHORTCUTS, YES_OR_NO, parameters
from simulation.own_rules.rule_file import check_text, replaced

RULES, COMPILING = "simulation.rules", "simulation.compiling"
AGAIN = tuple(
    one
    for one in RUNS
    if one.startswith(("simulation.engine.", "simulation.model."))
    or one in (RULES, "simulation.founding", "simulation.funding", "simulation.standing")
)
"""Modules that know the rules, and run the model; a test holds this to what they import."""
_ONE_AT_A_TIME = RLock()
_NAMED: set[str] = set()
"""Hashes of the files of rules that somebody has named in this process: no other is run."""
_PACKAGES = ("simulation", "simulation.engine", "simulation.model")


class RuleValueError(FailedError, ValueError):
    """A rule of one's own gave what it must not; the message says which rule, and what is allowed."""


class UnnamedRulesError(RefusedError, ValueError):
    """Rules that came with something else, such as a run folder, and that nobody has named: they are not run."""


def name_them(rules: OwnRules) -> None:
    """Say that these rules were named by whoever runs this process, and may be run."""
    _NAMED.add(rules.sha256)


def with_rules(rules: OwnRules | None, module: str) -> ModuleType:
    """A module of the model, with these rules, or the shipped ones where there are none of one's own.

    Raises:
        ScenarioError: if the file of rules cannot be used.
    """
    return importlib.import_module(module) if rules is None else loaded(rules).module(module)


def must_compile_with(rules: OwnRules | None, *, observed: bool = False) -> bool:
    """Whether the engine with these rules, or with the shipped ones, is not in its cache yet; see `must_compile`."""
    from simulation.compiling import must_compile

    return must_compile(mark_of(rules), observed=observed)


def loaded(rules: OwnRules) -> "Again":
    """The model with these rules, compiled at the first call of each function.

    Raises:
        UnnamedRulesError: if nobody has named them.
        ScenarioError: if they cannot be used.
    """
    if rules.sha256 not in _NAMED:
        raise UnnamedRulesError(
            f"what was asked for is simulated with rules of somebody's own ({rules.name}, SHA-256 {rules.sha256}): a "
            "program, which runs only where its file is named; read it, then name it with --rules FILE"
        )
    with _ONE_AT_A_TIME:
        return _loaded(rules)


@lru_cache(maxsize=8)
def _loaded(rules: OwnRules) -> "Again":
    check_text(rules)
    return Again(rules)


class Again:
    """The modules of the model once more.

    Attributes:
        rules: that stand in the place of shipped ones.
    """

    def __init__(self, rules: OwnRules, *, uncompiled: bool = False, watch: "Watch | None" = None) -> None:
        """Load nothing yet.

        Args:
            rules: of one's own.
            uncompiled: whether everything stays Python; for a look at what rules are asked, and what they give.
            watch: makes of a rule of one's own one that looks at what it gives; compiled checks if left out.
        """
        self.rules = rules
        self._uncompiled = uncompiled
        self._watch = watch or _checked
        self._modules: dict[str, ModuleType] = {}
        self._lock = RLock()
        self._builtins = {**vars(builtins), "__import__": self._import}

    def module(self, name: str) -> ModuleType:
        """One of the modules, loaded if need be; by one thread at a time, so that nobody sees a half of it."""
        with self._lock:
            return self._loaded(name)

    def _loaded(self, name: str) -> ModuleType:
        if name not in self._modules:
            marked = f"{name}@{mark_of(self.rules)}{'-uncompiled' if self._uncompiled else ''}"
            spec = spec_from_file_location(marked, file_of(name))
            assert spec is not None
            assert spec.loader is not None
            module = self._modules[name] = sys.modules[marked] = module_from_spec(spec)
            module.__dict__["__builtins__"] = self._builtins
            spec.loader.exec_module(module)
            _take_records(module, importlib.import_module(name))
            if name == RULES:
                self._replace(module)
        return self._modules[name]

    def _replace(self, module: ModuleType) -> None:
        """Put the rules of one's own where the shipped ones are."""
        if not self._uncompiled:
            self._share(module)
        own = own_functions(self.rules, self._small)
        for name in replaced(self.rules):
            setattr(module, name, self._watch(self.rules, name, own[name], self._small))
            if name in SHORTCUTS:
                setattr(module, SHORTCUTS[name], False)
            if name in NEEDS_NO_BOUND:
                setattr(module, NEEDS_NO_BOUND[name], self._small(_without_end(name)))

    def _share(self, module: ModuleType) -> None:
        """Take the shipped rules that ask none of those replaced as they are: they need not be compiled once more."""
        shipped = importlib.import_module(RULES)
        changed = {*replaced(self.rules), *(NEEDS_NO_BOUND.get(name, name) for name in replaced(self.rules))}
        asks = {name: set(one.py_func.__code__.co_names) for name, one in vars(shipped).items() if _is_compiled(one)}
        while more := {name for name, asked in asks.items() if asked & changed} - changed:
            changed |= more
        for name in asks.keys() - changed:
            setattr(module, name, getattr(shipped, name))

    @property
    def _small(self) -> Callable[..., Any]:
        if self._uncompiled:
            return _as_it_is
        from simulation.compiling import small

        return small

    def _import(
        self,
        name: str,
        globals_: Mapping[str, Any] | None = None,
        locals_: Mapping[str, Any] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        """What `import` does in these modules: it gives each other, and all else as it is."""
        if fromlist and name in AGAIN:
            return self.module(name)
        if fromlist and name in _PACKAGES:
            return types.SimpleNamespace(**{one: self._of(name, one) for one in fromlist})
        if fromlist and name == COMPILING and self._uncompiled:
            return _UNCOMPILED
        return __import__(name, globals_, locals_, fromlist or (), level)

    def _of(self, package: str, name: str) -> Any:
        whole = f"{package}.{name}"
        if whole in AGAIN:
            return self.module(whole)
        found = importlib.import_module(package)
        return getattr(found, name) if hasattr(found, name) else importlib.import_module(whole)


def _take_records(module: ModuleType, shipped: ModuleType) -> None:
    """Let a module loaded again have the records of the shipped one: they hold numbers, and know no rules.

    Two kinds of records that look alike are one to what numba asks first of an argument: of the second it would ask
    everything, at every call. With a posterior that took as long as simulating.
    """
    for name, one in list(vars(module).items()):
        if isinstance(one, type) and issubclass(one, tuple) and one.__module__ == module.__name__:
            setattr(module, name, getattr(shipped, name))


Watch = Callable[[OwnRules, str, Any, Callable[..., Any]], Any]
"""Rules, a rule, its function, what makes functions -> a function that looks at what the rule gives."""


def _checked(rules: OwnRules, name: str, own: Any, make: Callable[..., Any]) -> Any:
    """The rule, held to its range at every call: two comparisons, which cost hardly anything.

    NaN is within no range, and so is refused as well.
    """
    what = REPLACEABLE[name]
    message = f"{rules.name}: {name} gave what it must not; allowed is {what}"
    given = ", ".join(parameters(name))
    test = (
        ""
        if what is YES_OR_NO
        else f"    if not ({what.low!r} <= value <= {_most(what.high)!r}):\n        raise Wrong(message)\n"
    )
    text = f"def {name}({given}):\n    value = own({given})\n{test}    return value\n"
    space = {"__name__": f"own_rules@{mark_of(rules)}", "own": own, "Wrong": RuleValueError, "message": message}
    exec(text, space)
    return make(space[name])


def _most(high: float) -> float:
    return min(high, sys.float_info.max)


def _without_end(name: str) -> Any:
    given = ", ".join(parameters(name))
    space: dict[str, Any] = {"__name__": "own_rules", "inf": float("inf")}
    exec(f"def most({given}):\n    return inf\n", space)
    return space["most"]


def _is_compiled(one: Any) -> bool:
    return hasattr(one, "py_func")


def _as_it_is(function: Any) -> Any:
    return function


_UNCOMPILED = types.SimpleNamespace(
    compiled=_as_it_is, small=_as_it_is, internal=_as_it_is, woven=_as_it_is, entrance=_as_it_is, borrowed=_as_it_is
)
"""What `simulation.compiling` is where nothing is compiled."""
