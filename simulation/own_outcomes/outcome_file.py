"""Reads a file of outcomes: what it may hold, and what it says of each outcome, without running anything of it.

A file of outcomes is a program, and runs with the rights of whoever runs it. It is loaded only where it is named on a
command line or in a call, never because a scenario's file, or a run folder, holds it (SECURITY.md).
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from os import PathLike, fspath
from pathlib import Path
from typing import Any, get_args

from scenarios.files.faults import ScenarioError, near_miss, refusal
from scenarios.schema.own_files import own_file_read
from scenarios.schema.own_outcomes import OwnOutcomes
from simulation.network_state import Collaborations, Members, NetworkState, Ties
from simulation.outcomes import NAMES, Outcome, Scale, outcome_named

LARGEST = 1_000_000
IMPORTS = ("math", "numpy", "simulation", "simulation.rules", "typing")
"""What a file of outcomes may import: compiled code knows nothing else."""
SCALES: tuple[str, ...] = get_args(Scale)
OUTCOME, RATIO = "outcome", "ratio"
SIGNATURES = (("state",), ("state", "before"))
_TEXTS = ("label", "scale", "unit", "meaning")
_SETTINGS: Mapping[str, tuple[str, ...]] = {OUTCOME: (*_TEXTS, "start", "at"), RATIO: _TEXTS}
_MONTHS = ("closing", "end")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_COLUMNS = (
    "scenario", "replicate", "seed", "month", "outcome", "mean", "p05", "p95", "point", "replicates", "error",
    "traceback", "net",
)  # fmt: skip
"""Columns of tables that outcomes stand in, and what commands have beside outcomes."""
_ENDS = ("_low", "_high")
_FIELDS: Mapping[str, Any] = {"": NetworkState, "members": Members, "ties": Ties, "collaborations": Collaborations}


@dataclass(frozen=True)
class Defined:
    """An outcome as its file says it.

    Attributes:
        outcome: what it is.
        line: of its function, or of its ratio.
        carries: whether its function is given its value of the month before.
        start: what that is in the first month.
        at: "closing" or "end", see `declaring.outcome`.
    """

    outcome: Outcome
    line: int
    carries: bool = False
    start: float = 0.0
    at: str = "closing"


def read_outcomes(path: str | PathLike[str]) -> OwnOutcomes:
    """What a file holds, checked as far as that goes without running it.

    Raises:
        ScenarioError: with everything that is wrong with it, each with its line, and what is allowed.
    """
    name = fspath(path)
    if not name.endswith(".py"):
        raise _refused(name, ["its name does not end in .py: outcomes are functions in Python"])
    try:
        if Path(name).is_fifo():  # opening it would wait for somebody to write
            raise OSError("it is a pipe; allowed is a file")
        with Path(name).open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise _refused(name, [f"it cannot be read: {getattr(error, 'strerror', None) or error}"]) from None
    if len(content) > LARGEST:
        raise _refused(name, [f"it has more than the {LARGEST:,} bytes that are allowed"])
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise _refused(name, [f"it is no UTF-8 at byte {error.start}"]) from None
    outcomes = own_file_read(OwnOutcomes, Path(name).name, text)
    defined(outcomes)
    return outcomes


@lru_cache(maxsize=16)
def defined(outcomes: OwnOutcomes) -> tuple[Defined, ...]:
    """The outcomes of a file, in its order.

    Raises:
        ScenarioError: with everything that is wrong with it.
    """
    try:
        tree = ast.parse(outcomes.text)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        said = getattr(error, "msg", str(error))
        raise _refused(outcomes.name, [f"line {line}: {said}" if line else said]) from None
    faults: list[str] = []
    found: dict[str, Defined] = {}
    names: set[str] = set()
    for statement in tree.body:
        line = statement.lineno
        try:
            one = _defined_by(statement)
        except _FaultError as fault:
            faults += [f"line {line}: {what}" for what in fault.args]
            one = None
        if isinstance(statement, ast.FunctionDef) and statement.name in names:
            faults.append(f"line {line}: {statement.name} is defined twice; keep one")
        elif one is not None and one.outcome.name in names:
            faults.append(f"line {line}: {one.outcome.name} is defined twice; keep one")
        if isinstance(statement, ast.FunctionDef):
            names.add(statement.name)
        if one is not None:
            names.add(one.outcome.name)
            found[one.outcome.name] = one
    called = {outcome_named(name).label: f"the shipped {name}" for name in NAMES}
    for one in found.values():
        faults += [f"line {one.line}: {what}" for what in _faults_of_ratio(one.outcome, found)]
        label, name = one.outcome.label, one.outcome.name
        if label in called:
            faults.append(
                f"line {one.line}: {name} has the label {label!r}, as {called[label]} has; tables need another"
            )
        called.setdefault(label, name)
    if not faults and not found:
        faults.append("it has no outcome: write @outcome(label=..., scale=...) above a function of the state")
    if faults:
        raise _refused(outcomes.name, faults)
    return tuple(found.values())


class _FaultError(Exception):
    """What is wrong with a statement, one or several."""


def _refused(name: str, faults: list[str]) -> ScenarioError:
    return ScenarioError(refusal(f"outcomes '{name}'", faults))


def _defined_by(statement: ast.stmt) -> Defined | None:
    """The outcome that a statement of the file defines; None of others that are allowed."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return None  # a docstring
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        modules = [one.name for one in statement.names]
        modules = modules if isinstance(statement, ast.Import) else [statement.module or "."]
        if wrong := [one for one in modules if one not in IMPORTS]:
            raise _FaultError(f"it imports {', '.join(wrong)}; allowed are {', '.join(IMPORTS)}")
        return None
    if isinstance(statement, ast.Assign) and _calls(statement.value, RATIO):
        return _ratio(statement)
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        if statement.value is not None and any(isinstance(one, ast.Call) for one in ast.walk(statement.value)):
            raise _FaultError("a value beside the outcomes calls something; allowed are plain numbers, and ratio(...)")
        return None
    if isinstance(statement, ast.FunctionDef):
        return _function(statement)
    raise _FaultError(f"allowed are functions, ratios, plain numbers with a name, and imports of {', '.join(IMPORTS)}")


def _function(function: ast.FunctionDef) -> Defined | None:
    faults = list(_unknown_of_state(function))
    if not function.decorator_list:
        if faults:
            raise _FaultError(*faults)
        return None  # a helper of the outcomes
    name, (decorator, *more) = function.name, function.decorator_list
    if more or not _calls(decorator, OUTCOME):
        raise _FaultError(f"{name} has another decorator; allowed is @outcome(label=..., scale=...)")
    assert isinstance(decorator, ast.Call)
    given = function.args
    written = tuple(one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs))
    if given.vararg or given.kwarg or given.defaults or given.kw_defaults or written not in SIGNATURES:
        allowed = " or ".join(f"{name}({', '.join(one)})" for one in SIGNATURES)
        faults.append(f"{name}({', '.join(written)}) has another signature; allowed is {allowed}")
    said: dict[str, Any] = {}
    start, at = 0.0, "closing"
    try:
        settings = _settings(name, decorator, OUTCOME)
        start, at = settings.pop("start", 0.0), settings.pop("at", "closing")
        said = _texts(name, settings, ast.get_docstring(function) or "")
    except _FaultError as fault:
        faults += fault.args
    if isinstance(start, bool) or not isinstance(start, (int, float)):
        faults.append(f"{name}: start is {start!r}; allowed is a number")
    if at not in _MONTHS:
        faults.append(f"{name}: at is {at!r}{near_miss(str(at), _MONTHS)}; allowed is 'closing' or 'end'")
    if "before" not in written and any(one.arg == "start" for one in decorator.keywords):
        faults.append(f"{name}: start is what `before` is in the first month, and it takes no `before`")
    faults += _faults_of_name(name)
    if faults:
        raise _FaultError(*faults)
    return Defined(Outcome(name, headline=True, **said), function.lineno, "before" in written, float(start), at)


def _ratio(statement: ast.Assign) -> Defined:
    (target, *more), call = statement.targets, statement.value
    assert isinstance(call, ast.Call)
    if more or not isinstance(target, ast.Name):
        raise _FaultError("a ratio has one name: NAME = ratio('above', 'below', label=..., scale=...)")
    name = target.id
    over: Any = tuple(one.value if isinstance(one, ast.Constant) else getattr(one, "id", None) for one in call.args)
    faults = list(_faults_of_name(name))
    said: dict[str, Any] = {}
    if len(over) != 2 or not all(isinstance(one, str) for one in over):
        faults.append(f"{name}: a ratio has two outcomes, by name: ratio('above', 'below', label=..., scale=...)")
    try:
        said = _texts(name, _settings(name, call, RATIO), "")
    except _FaultError as fault:
        faults += fault.args
    if faults:
        raise _FaultError(*faults)
    return Defined(Outcome(name, over=over, headline=True, **said), statement.lineno)


def _calls(node: ast.expr, name: str) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    return (isinstance(called, ast.Name) and called.id == name) or (
        isinstance(called, ast.Attribute) and called.attr == name
    )


def _settings(name: str, call: ast.Call, what: str) -> dict[str, Any]:
    """What stands in the brackets, as plain values."""
    allowed, found, faults = _SETTINGS[what], {}, []
    if what == OUTCOME and call.args:
        faults.append(f"{name}: what stands in the brackets of outcome(...) is named, as label='...'")
    for one in call.keywords:
        if one.arg not in allowed:
            hint = near_miss(one.arg or "**", allowed) or f"; allowed: {', '.join(allowed)}"
            faults.append(f"{name}: {what}(...) has no {one.arg or '**'}{hint}")
            continue
        try:
            found[one.arg] = ast.literal_eval(one.value)
        except (ValueError, TypeError, SyntaxError):
            faults.append(f"{name}: {one.arg} is worked out; allowed is a plain value, such as 'share' or 0.5")
    if faults:
        raise _FaultError(*faults)
    return found


def _texts(name: str, settings: Mapping[str, Any], docstring: str) -> dict[str, Any]:
    """Label, scale, unit and meaning."""
    faults = [f"{name}: {one} is {said!r}; allowed is text" for one, said in settings.items() if type(said) is not str]
    faults += [
        f"{name}: {one} has {len(said)} characters; allowed is a line of up to {most}"
        for one, most in (("label", 100), ("unit", 40), ("meaning", 500))
        if isinstance(said := settings.get(one, ""), str) and (len(said) > most or "\n" in said)
    ]
    if not settings.get("label"):
        faults.append(f"{name}: label is missing: what it is called in tables and on axes")
    scale = settings.get("scale")
    if scale not in SCALES:
        found = "missing" if scale is None else repr(scale)
        faults.append(f"{name}: scale is {found}{near_miss(str(scale), SCALES)}; allowed: {', '.join(SCALES)}")
    elif settings.get("unit") and scale in ("share", "usd"):
        faults.append(f"{name}: unit is {settings['unit']!r}, but a scale '{scale}' is shown with a unit of its own")
    if faults:
        raise _FaultError(*faults)
    first = " ".join(docstring.partition("\n\n")[0].split()).removesuffix(".")
    meaning = settings.get("meaning") or first or settings["label"]
    return {"label": settings["label"], "scale": scale, "unit": settings.get("unit", ""), "meaning": meaning}


def _faults_of_name(name: str) -> Iterator[str]:
    if not _NAME.fullmatch(name):
        yield f"{name} is no name of an outcome; allowed are small letters, digits and _, 60 at most, a letter first"
    elif name in NAMES:
        yield f"{name} is a shipped outcome ({outcome_named(name).meaning}); choose another name"
    elif name in _COLUMNS:
        yield f"{name} is a column of the tables that outcomes stand in; choose another name"
    elif name.endswith(_ENDS):
        yield f"{name} ends as the columns of an interval do ({', '.join(_ENDS)}); choose another name"


def _faults_of_ratio(one: Outcome, known: Mapping[str, Defined]) -> Iterator[str]:
    for part in one.over or ():
        if part not in known and part not in NAMES:
            yield f"{one.name}: no outcome is called '{part}'{near_miss(part, (*known, *NAMES))}"
        elif (known[part].outcome if part in known else outcome_named(part)).over is not None:
            yield f"{one.name}: {part} is a ratio itself; name what it is made of"


def _unknown_of_state(function: ast.FunctionDef) -> Iterator[str]:
    """Attributes of `state` that it does not have, and changes of it."""
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute):
            path = _path(node)
            if path and path[0] == "state" and len(path) <= 3:
                holder = ".".join(path[:-1])
                fields = _FIELDS.get(path[1] if len(path) == 3 else "")
                if fields is not None and path[-1] not in fields._fields:
                    hint = near_miss(path[-1], fields._fields) or f"; allowed: {', '.join(fields._fields)}"
                    yield f"{function.name}: {holder} has no {path[-1]}{hint}"
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets if isinstance(node, (ast.Assign, ast.AugAssign)) else ():
            inner = target
            while isinstance(inner, ast.Subscript):
                inner = inner.value
            if isinstance(inner, ast.Attribute) and _path(inner)[:1] == ("state",):
                yield f"{function.name}: it changes {'.'.join(_path(inner))}; an outcome looks at the state only"


def _path(node: ast.expr) -> tuple[str, ...]:
    """`state.members.need` as its words; () of what is no such path."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        before = _path(node.value)
        return (*before, node.attr) if before else ()
    return ()
