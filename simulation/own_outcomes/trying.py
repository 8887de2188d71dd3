"""Tries outcomes of one's own before they are counted: each is compiled, and asked in a network of the reference.

Compiled code tells little of what went wrong. So each function is compiled by itself first, for the words of a fault;
then one network of SALEX is simulated, and each is asked as plain Python at the end of every month. What passes can
still give a wrong number elsewhere: compiled code checks every value, and stops the run.
"""

import ast
import inspect
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from numbers import Real
from os import PathLike
from textwrap import dedent
from typing import Any

import numpy as np

import scenarios
from scenarios.files.faults import ScenarioError, refusal
from scenarios.schema.own_files import own_file
from scenarios.schema.own_outcomes import OwnOutcomes
from simulation.own_files import own_functions
from simulation.own_outcomes.catalogue import functions_of
from simulation.own_outcomes.loading import _SAMPLE, name_them, range_of
from simulation.own_outcomes.outcome_file import defined, read_outcomes
from simulation.own_rules.loading import with_rules
from simulation.own_rules.rule_file import never_the_same
from simulation.own_rules.trying import compiler_said

TRIED = "salex"
"""Scenario whose first network outcomes are tried in."""
HEAD = (
    "import math\nfrom math import exp, log, sqrt\nimport numpy as np\nimport simulation\n"
    "from simulation import NetworkState, outcome, ratio"
)
"""What functions that are given one by one may use, beside what Python has."""
Given = OwnOutcomes | str | PathLike[str] | Sequence[Callable[..., Any]] | Callable[..., Any]


def named_outcomes(path: str | PathLike[str]) -> OwnOutcomes:
    """The outcomes of a file that somebody names: read, tried, and from then on counted where a scenario carries them.

    Raises:
        ScenarioError: with everything that is wrong with them.
    """
    return _tried(read_outcomes(path))


def named(given: Given) -> OwnOutcomes:
    """Outcomes as a call names them: a file, functions with `@outcome`, or outcomes that were read before.

    Functions are taken as their source says: what they use beside their arguments is math, numpy as np, exp, log, sqrt,
    and each other.

    Raises:
        ScenarioError: with everything that is wrong with them.
    """
    if isinstance(given, OwnOutcomes):
        return _tried(given)
    if callable(given):
        given = [given]
    if isinstance(given, Sequence) and not isinstance(given, str):
        return _tried(own_file(OwnOutcomes, "functions.py", "\n\n".join([HEAD, *map(_source, given)]) + "\n"))
    return named_outcomes(given)


def _tried(outcomes: OwnOutcomes) -> OwnOutcomes:
    check_outcomes(outcomes)
    name_them(outcomes)
    return outcomes


def _source(function: Callable[..., Any]) -> str:
    try:
        return dedent(inspect.getsource(function)).strip()
    except (OSError, TypeError):
        name = getattr(function, "__name__", repr(function))
        fault = "its source cannot be found; write it into a file, and name the file"
        raise _refused(f"the outcome '{name}'", fault) from None


def _refused(what: str, *faults: str) -> ScenarioError:
    return ScenarioError(refusal(what, list(faults)))


@lru_cache(maxsize=16)
def check_outcomes(outcomes: OwnOutcomes) -> None:
    """See that outcomes compile, and give what they have to in a network.

    Raises:
        ScenarioError: with what is wrong, the outcome, and its line.
    """
    defined(outcomes)
    if faults_of_text := list(never_the_same(ast.parse(outcomes.text))):
        raise _refused(f"outcomes '{outcomes.name}'", *faults_of_text)
    faults = dict(_that_do_not_compile(outcomes))
    faults = {**dict(_that_fail(outcomes)), **faults}
    if faults:
        raise _refused(f"outcomes '{outcomes.name}'", *faults.values())


def _that_do_not_compile(outcomes: OwnOutcomes) -> Iterator[tuple[str, str]]:
    """What the compiler says of each function that it cannot compile, or that gives what is no number, by name."""
    import numba
    from numba.core.errors import NumbaError

    from simulation.compiling import checking

    try:
        own = own_functions(outcomes, checking)
    except Exception as error:
        yield "", f"it cannot be loaded: {type(error).__name__}: {error}"
        return
    state = numba.typeof(_SAMPLE[0])
    for one in functions_of(outcomes):
        name = one.outcome.name
        given = (state, numba.float64) if one.carries else (state,)
        try:
            own[name].compile(given)
        except NumbaError as error:
            at, said = compiler_said(str(error), outcomes.name)
            yield name, f"line {at or one.line}: {name} cannot be compiled: {said}"
            continue
        except Exception as error:
            yield name, f"line {one.line}: {name} cannot be compiled: {type(error).__name__}: {error}"
            continue
        gives = own[name].overloads[given].signature.return_type
        if not isinstance(gives, (numba.types.Integer, numba.types.Float, numba.types.Boolean)):
            yield name, f"line {one.line}: {name} gives {_short(gives)}; allowed is {range_of(one.outcome.scale)[2]}"


def _that_fail(outcomes: OwnOutcomes) -> Iterator[tuple[str, str]]:
    """What goes wrong in a network, of each the first month only, by name."""
    network_module = with_rules(None, "simulation.model.network")
    state_of = with_rules(None, "simulation.model.observing").state_of

    try:
        own = own_functions(outcomes, lambda function: function)
    except Exception:
        return  # said before
    network = network_module.CollaborationNetwork(scenarios.load(TRIED, posterior=None))
    carried: dict[str, Any] = {one.outcome.name: one.start for one in functions_of(outcomes)}
    failed: dict[str, str] = {}
    while True:
        state = state_of(network)
        for part in (state, state.members, state.ties, state.collaborations):
            for array in part:
                if isinstance(array, np.ndarray):
                    array.setflags(write=False)  # else a change of one outcome's would be what the next one sees
        for one in functions_of(outcomes):
            name = one.outcome.name
            if name not in failed:
                fault = _fault_of(one, own[name], state, carried, outcomes.name)
                if fault:
                    failed[name] = f"line {fault[0]}: {name} {fault[1]} in month {network.month} of {TRIED}"
        if not network.running:
            break
        network.step()
    yield from failed.items()


def _fault_of(one: Any, function: Any, state: Any, carried: dict[str, Any], file: str) -> tuple[int, str] | None:
    name, (low, high, allowed) = one.outcome.name, range_of(one.outcome.scale)
    before: Mapping[str, Any] = dict(carried)
    try:
        value = function(state, before[name]) if one.carries else function(state)
    except Exception as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
        return (lines[-1] if lines else one.line) or one.line, f"failed: {type(error).__name__}: {error};"
    if isinstance(value, Real) and low <= float(value) <= high:
        carried[name] = float(value)
        return None
    shown = f"{float(value):.6g}" if isinstance(value, Real) else f"what is no number ({type(value).__name__})"
    return one.line, f"gave {shown}, where allowed is {allowed},"


def _short(kind: Any) -> str:
    """A type as the compiler calls it, without what it consists of."""
    return str(kind).partition("(")[0]
