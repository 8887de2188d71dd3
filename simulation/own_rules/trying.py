"""Tries rules of one's own before they are run: each is compiled, and asked in a small network of the reference.

Compiled code tells little of what went wrong. So each rule is compiled by itself first, for the words of a fault; then
one network of SALEX is simulated with the rules as plain Python, where a fault can be said with the values that the
rule was given. What passes can still give a wrong number elsewhere: compiled code checks every call, and stops the run.
"""

import inspect
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from math import isfinite
from numbers import Real
from os import PathLike
from textwrap import dedent
from typing import Any

import scenarios
from scenarios.files.faults import ScenarioError, refusal
from scenarios.schema.own_files import own_file
from scenarios.schema.own_rules import OwnRules
from simulation.own_files import own_functions
from simulation.own_rules.loading import Again, name_them
from simulation.own_rules.replaceable import REPLACEABLE, YES_OR_NO, plain
from simulation.own_rules.rule_file import check_text, read_rules, replaced

TRIED = "salex"
"""Scenario whose first network rules are tried in: all rules are asked there but those of several funders."""
MOST_LINES = 3
HEAD = "import math\nfrom math import exp, log, sqrt\nimport numpy as np\nfrom simulation import rules"
"""What functions that are given one by one may use, beside what Python has."""


def named_rules(path: str | PathLike[str]) -> OwnRules:
    """The rules of a file that somebody names: read, tried, and from then on run where a scenario carries them.

    Raises:
        ScenarioError: with everything that is wrong with them.
    """
    rules = read_rules(path)
    check_rules(rules)
    name_them(rules)
    return rules


def rules_of(given: OwnRules | str | PathLike[str] | Mapping[str, Callable[..., Any]] | None) -> OwnRules | None:
    """Rules as a call names them: a file, functions by the name of the rule that each replaces, or rules read before.

    Functions are taken as their source says: what they use beside their arguments is math, numpy as np, exp, log, sqrt,
    `simulation.rules` as rules, each other, and plain numbers with a name.

    Raises:
        ScenarioError: with everything that is wrong with them.
    """
    if given is None:
        return None
    if isinstance(given, OwnRules):
        rules = given
    elif isinstance(given, Mapping):
        rules = own_file(
            OwnRules, "functions.py", "\n\n".join([HEAD, *(source_of(name, one) for name, one in given.items())])
        )
    else:
        return named_rules(given)
    check_rules(rules)
    name_them(rules)
    return rules


def source_of(name: str, function: Callable[..., Any]) -> str:
    """The source of a function as a rule of this name, below the plain numbers that it uses by name.

    Raises:
        ScenarioError: if its source cannot be found.
    """
    try:
        text = dedent(inspect.getsource(function))
    except (OSError, TypeError):
        raise ScenarioError(
            refusal(f"the rule '{name}'", ["its source cannot be found; write it into a file, and name the file"])
        ) from None
    known = inspect.getclosurevars(function)
    numbers = {one: n for one, n in {**known.globals, **known.nonlocals}.items() if type(n) in (int, float, bool)}
    lines = [f"{one} = {n!r}\n" for one, n in numbers.items()]
    return "".join([*lines, *["\n\n" if lines else ""], re.sub(r"^def \w+\(", f"def {name}(", text, count=1)])


@lru_cache(maxsize=8)
def check_rules(rules: OwnRules) -> None:
    """See that rules compile, and give what they have to in a network.

    Raises:
        ScenarioError: with what is wrong, the rule, and its line.
    """
    check_text(rules)
    if faults := [*_that_do_not_compile(rules)]:
        raise ScenarioError(refusal(f"rules '{rules.name}'", faults))
    asked = Again(rules, uncompiled=True, watch=_watched)
    reference = asked.module("simulation.model.reference")
    try:
        reference.run_replicate(scenarios.load(TRIED, posterior=None), 1, 0)
    except _WrongError as error:
        raise ScenarioError(refusal(f"rules '{rules.name}'", [str(error)])) from None


class _WrongError(Exception):
    """A rule gave what it must not, or failed."""


def _watched(rules: OwnRules, name: str, own: Any, _make: Callable[..., Any]) -> Any:
    """The rule as Python, which says what it was given where it gives what it must not."""
    what = REPLACEABLE[name]
    line = _line_of(own)

    def watched(*given: Any) -> Any:
        try:
            value = own(*given)
        except Exception as error:
            at = _line_in(error, rules.name) or line
            raise _WrongError(
                f"line {at}: {name} failed: {type(error).__name__}: {error}; {_given(own, given)}"
            ) from None
        wrong = not isinstance(value, Real) if what is not YES_OR_NO else not isinstance(value, (bool, int))
        if wrong or not (isfinite(float(value)) and what.low <= value <= what.high):
            raise _WrongError(f"line {line}: {name} gave {value!r}; allowed is {what}; {_given(own, given)}")
        return value

    return watched


def _given(own: Any, given: tuple[Any, ...]) -> str:
    pairs = zip(inspect.signature(own).parameters, given, strict=True)
    return "it was asked with " + ", ".join(f"{name}={_short(value)}" for name, value in pairs)


def _short(value: Any) -> str:
    return f"{float(value):.4g}" if isinstance(value, float) else str(value)


def _line_of(own: Any) -> int:
    return int(own.__code__.co_firstlineno)


def _line_in(error: Exception, name: str) -> int | None:
    """The last line of the file that an error came through."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
    return lines[-1] if lines else None


def _that_do_not_compile(rules: OwnRules) -> Iterator[str]:
    """What the compiler says of each rule that it cannot compile, or that gives what is no number."""
    import numba
    from numba.core.errors import NumbaError

    from simulation.compiling import small

    kinds = {int: numba.int64, float: numba.float64, bool: numba.boolean}
    own = own_functions(rules, small)
    for name in replaced(rules):
        declared = inspect.signature(plain(name))
        types = tuple(kinds[one.annotation] for one in declared.parameters.values())
        line = _line_of(own[name].py_func)
        try:
            own[name].compile(types)
        except NumbaError as error:
            at, said = compiler_said(str(error), rules.name)
            yield f"line {at or line}: {name} cannot be compiled: {said}"
            continue
        except Exception as error:
            yield f"line {line}: {name} cannot be compiled: {type(error).__name__}: {error}"
            continue
        gives = own[name].overloads[types].signature.return_type
        if not isinstance(gives, (numba.types.Number, numba.types.Boolean)):
            yield f"line {line}: {name} gives {gives}; allowed is {REPLACEABLE[name]}"


def compiler_said(message: str, name: str) -> tuple[int | None, str]:
    """The line, and the first sentence that says something, of what the compiler says at length."""
    place = re.findall(rf'File "{re.escape(name)}", line (\d+)', message)
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", one).strip() for one in message.splitlines()]
    told = [
        one
        for one in lines
        if one and not one.startswith(("Failed in", "File ", "During:", "^", "def ", "<source", "[", "-"))
    ]
    said = "; ".join(told[:MOST_LINES]) or "the compiler does not say why"
    return (int(place[-1]) if place else None), f"{said} (allowed is what numba compiles without Python objects)"
