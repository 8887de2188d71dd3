"""Reads a file of rules: what it may hold, looked at before anything of it is run.

A file of rules is a program, and runs with the rights of whoever runs it. It is loaded only where it is named on a
command line or in a call, never because a scenario's file says so (SECURITY.md).
"""

import ast
from collections.abc import Iterator
from os import PathLike, fspath
from pathlib import Path

from scenarios.files.faults import ScenarioError, near_miss, refusal
from scenarios.schema.own_files import own_file_read
from scenarios.schema.own_rules import OwnRules
from simulation.own_rules.replaceable import REPLACEABLE, WHY_NOT, parameters, signature

LARGEST = 1_000_000
IMPORTS = ("math", "numpy", "simulation", "simulation.rules", "typing")
"""What a file of rules may import: compiled code knows nothing else."""


def read_rules(path: str | PathLike[str]) -> OwnRules:
    """What a file holds, checked as far as that goes without running it.

    Raises:
        ScenarioError: with everything that is wrong with it, each with its line, and what is allowed.
    """
    name = fspath(path)
    if not name.endswith(".py"):
        raise ScenarioError(refusal(f"rules '{name}'", ["its name does not end in .py: rules are functions in Python"]))
    try:
        if Path(name).is_fifo():  # opening it would wait for somebody to write
            raise OSError("it is a pipe; allowed is a file")
        with Path(name).open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ScenarioError(refusal(f"rules '{name}'", [f"it cannot be read: {why}"])) from None
    if len(content) > LARGEST:
        raise ScenarioError(refusal(f"rules '{name}'", [f"it has more than the {LARGEST:,} bytes that are allowed"]))
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ScenarioError(refusal(f"rules '{name}'", [f"it is no UTF-8 at byte {error.start}"])) from None
    rules = own_file_read(OwnRules, Path(name).name, text)
    check_text(rules)
    return rules


def check_text(rules: OwnRules) -> None:
    """Look at the text of rules.

    Raises:
        ScenarioError: with everything that is wrong with it.
    """
    try:
        tree = ast.parse(rules.text)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        said = getattr(error, "msg", str(error))
        raise ScenarioError(refusal(f"rules '{rules.name}'", [f"{_line(line)}{said}"])) from None
    faults = [fault for statement in tree.body for fault in _faults(statement)]
    faults += never_the_same(tree)
    names = [one.name for one in tree.body if isinstance(one, ast.FunctionDef)]
    faults += [f"{name} is defined twice; keep one" for name in dict.fromkeys(names) if names.count(name) > 1]
    if not faults and not any(name in REPLACEABLE for name in names):
        faults.append(f"it replaces no rule; those that can be are {', '.join(REPLACEABLE)}")
    if faults:
        raise ScenarioError(refusal(f"rules '{rules.name}'", faults))


def never_the_same(tree: ast.Module) -> Iterator[str]:
    """What would make a run unlike itself when it is made again, or write into what a command prints."""
    for node in ast.walk(tree):
        if (isinstance(node, ast.Attribute) and node.attr == "random" and isinstance(node.value, ast.Name)) or (
            isinstance(node, ast.ImportFrom) and any(one.name == "random" for one in node.names)
        ):
            line = _line(node.lineno)
            yield f"{line}it draws random numbers of numpy's; allowed is what follows from the arguments alone"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "input"):
            yield f"{_line(node.lineno)}it calls {node.func.id}, which is in the way of what a command prints"


def replaced(rules: OwnRules) -> tuple[str, ...]:
    """Names of the rules that a file replaces, in its order."""
    tree = ast.parse(rules.text)
    return tuple(one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name in REPLACEABLE)


def _faults(statement: ast.stmt) -> Iterator[str]:
    """What is wrong with a statement that stands by itself in the file."""
    line = _line(statement.lineno)
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return  # a docstring
    if isinstance(statement, ast.Import):
        modules = [one.name for one in statement.names]
    elif isinstance(statement, ast.ImportFrom):
        modules = [statement.module or "."]
    else:
        modules = []
    for module in modules:
        if module not in IMPORTS:
            yield f"{line}it imports {module}; allowed are {', '.join(IMPORTS)}"
    if modules:
        return
    if _is_of_outcomes(statement):
        return  # the same file may define outcomes, which `own_outcomes` reads
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        if statement.value is not None and any(isinstance(one, ast.Call) for one in ast.walk(statement.value)):
            yield f"{line}a value that stands beside the rules calls something; allowed are plain numbers"
        return
    if not isinstance(statement, ast.FunctionDef):
        yield f"{line}allowed are functions, plain numbers with a name, and imports of {', '.join(IMPORTS)}"
        return
    yield from _faults_of_function(statement, line)


def _is_of_outcomes(statement: ast.stmt) -> bool:
    """Whether it is a function with `@outcome(...)`, or `name = ratio(...)`."""
    called = statement.decorator_list if isinstance(statement, ast.FunctionDef) else [getattr(statement, "value", None)]
    names = [one.func.id for one in called if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)]
    return names == ["outcome" if isinstance(statement, ast.FunctionDef) else "ratio"]


def _faults_of_function(function: ast.FunctionDef, line: str) -> Iterator[str]:
    name, given = function.name, function.args
    if function.decorator_list:
        yield f"{line}{name} has a decorator; leave it out: rules are compiled as they are"
    if name.startswith("_"):
        return  # a helper of the rules
    if name in WHY_NOT:
        yield f"{line}{name} cannot be replaced: {WHY_NOT[name]}"
        return
    if name not in REPLACEABLE:
        hint = near_miss(name, REPLACEABLE) or "; begin its name with _ if it only helps the others"
        yield f"{line}{name} is no rule that can be replaced{hint}"
        return
    written = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    if given.vararg or given.kwarg or given.defaults or given.kw_defaults or tuple(written) != parameters(name):
        yield f"{line}{name}({', '.join(written)}) has another signature; allowed is {signature(name)}"


def _line(number: int | None) -> str:
    return f"line {number}: " if number else ""
