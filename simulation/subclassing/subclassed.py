"""A member's class of one's own: compiled where its decisions are rules, else run in the reference, with the reason.

Which of its methods override those of MemberOrganization is looked at; where each is a rule, given by `by_rule` or said
in other words (`method_as_rule`), the engine is compiled with these rules. The first network is simulated both ways: a
class that the engine does not follow to the last value is run in the reference, however it is written.
"""

import inspect
import re
import warnings
from collections.abc import Iterator
from time import perf_counter
from types import FunctionType
from typing import Any

import numpy as np

from scenarios import Scenario
from scenarios.files.faults import ScenarioError
from scenarios.schema.own_files import own_file
from scenarios.schema.own_rules import OwnRules
from simulation.model.member import MemberOrganization
from simulation.model.reference import Reference, run_replicate
from simulation.own_rules.loading import with_rules
from simulation.own_rules.trying import HEAD, rules_of, source_of
from simulation.subclassing.by_rule import DECIDES, DecidedByRule, plain_of
from simulation.subclassing.method_as_rule import NoRuleError, method_as_rule


class NotCompiledWarning(UserWarning):
    """A member's class that is run in the reference: the message says why, and how long that takes."""


def rules_of_class(member_class: type[MemberOrganization]) -> OwnRules:
    """The rules that a member's class consists of; their `text` is a file for `--rules`.

    Raises:
        ScenarioError: if it is more than rules, or they cannot be used, with the reasons.
    """
    rules, why = as_rules(member_class)
    if rules is None:
        raise ScenarioError(f"{member_class.__name__} is no file of rules: {'; '.join(why)}")
    return rules


def as_rules(member_class: type[MemberOrganization]) -> tuple[OwnRules | None, tuple[str, ...]]:
    """The rules that a class consists of, or why it is more than that.

    Raises:
        ScenarioError: if it is no member's class, or a rule that it names cannot be used.
    """
    if not (isinstance(member_class, type) and issubclass(member_class, MemberOrganization)):
        raise ScenarioError(
            f"member_class is {member_class!r}; allowed is a class that extends simulation.MemberOrganization"
        )
    texts: list[str] = []
    numbers: dict[str, float] = {}
    why: list[str] = []
    declared = True
    for name, kind, own in _overriding(member_class):
        if isinstance(own, DecidedByRule):
            texts.append(source_of(own.rule, own.function))
        elif name in DECIDES:
            declared = False
            try:
                _see_that_it_overrides_the_shipped(member_class, kind, name, own)
                text, used = method_as_rule(member_class, name, own)
                if any(numbers.get(one, value) != value for one, value in used.items()):
                    raise NoRuleError("uses a number that has the name of another")
            except NoRuleError as error:
                why.append(f"{name} {error}")
            else:
                numbers |= used
                texts.append(text)
        else:
            why.append(f"{name} {_more_than_a_rule(name, own)}")
    if why or not texts:
        return None, tuple(why)
    named = [f"{name} = {value!r}" for name, value in numbers.items()]
    text = "\n\n".join([f'"""{member_class.__name__}, as rules."""\n\n{HEAD}', *named, *texts])
    try:
        return rules_of(own_file(OwnRules, f"{member_class.__name__}.py", f"{text}\n")), ()
    except ScenarioError as error:
        if declared:
            raise
        return None, (f"as rules it cannot be used: {error}",)


def _overriding(member_class: type[MemberOrganization]) -> Iterator[tuple[str, type, Any]]:
    """What a class has in the place of something of MemberOrganization: the name, the class that has it, and what."""
    seen: set[str] = set()
    for kind in member_class.__mro__[: member_class.__mro__.index(MemberOrganization)]:
        for name, own in vars(kind).items():
            is_there = hasattr(MemberOrganization, name) or isinstance(own, (property, DecidedByRule))
            is_text = name.startswith("__") and not isinstance(own, FunctionType)
            if name not in seen and is_there and not is_text:
                yield name, kind, own
            seen.add(name)


def _see_that_it_overrides_the_shipped(member_class: type, kind: type, name: str, own: Any) -> None:
    """What it means by `super()` is then MemberOrganization."""
    meant = inspect.getclosurevars(plain_of(own)).nonlocals.get("__class__", kind)
    if meant is not kind:
        raise NoRuleError(f"is that of {meant.__name__}, which it does not extend")
    after = member_class.__mro__[member_class.__mro__.index(kind) + 1 :]
    base = next(one for one in after if name in vars(one))
    if base is not MemberOrganization:
        raise NoRuleError(f"overrides that of {base.__name__}, which overrides the shipped one")


def _more_than_a_rule(name: str, own: Any) -> str:
    if name == "__init__":
        return "sets what the engine does not have"
    try:
        text = inspect.getsource(plain_of(own))
    except (OSError, TypeError):
        text = ""
    reads = dict.fromkeys(re.findall(r"\bself(?:\.\w+)+|\bsuper\(\)\.\w+", text))
    return "is no single rule of the model" + (f" (it reads {', '.join(reads)})" if reads else "")


def settle(
    scenario: Scenario, member_class: type[MemberOrganization], seed: int, first: int, replicates: int, engine: str
) -> tuple[Scenario, Reference | None]:
    """How a class is run: the scenario, with the rules of the class where it is compiled; else what runs it, too.

    Warns:
        NotCompiledWarning: where the compiled engine was asked for, and the reference runs.

    Raises:
        ScenarioError: if the class cannot be used, or there are other rules besides.
    """
    if scenario.rules is not None:
        raise ScenarioError(
            f"member_class and rules ({scenario.rules.name}) are both given; allowed is one of them: put the rules "
            "into the class with by_rule"
        )
    rules, why = as_rules(member_class)
    reference = Reference(scenario, seed, member_class)
    if engine != "compiled":
        return scenario, reference
    began = perf_counter()
    wanted = run_replicate(scenario, seed, first, member_class)
    seconds = perf_counter() - began
    if not why:
        ruled = scenario.with_rules(rules)
        compiled = with_rules(rules, "simulation.engine.run").Engine(ruled, seed)
        found = np.full((1, len(wanted[0])), np.nan)
        months = compiled.run_block(first, found, np.empty((0, *wanted[1].shape)))
        if _same(found[0], wanted[0]) and _same(months, wanted[1]):
            return ruled, None
        why = (f"compiled it gives other numbers in network {first}",)
    warnings.warn(
        f"{member_class.__name__} is not compiled: {'; '.join(why)}. So the reference model runs it: one network took "
        f"{seconds:.2g} s, so {replicates:,} take about {_duration(seconds * replicates)}",
        NotCompiledWarning,
        stacklevel=3,
    )
    return scenario, reference


def name_of(member_class: type[MemberOrganization]) -> str:
    """What tells a class from others."""
    return f"{member_class.__module__}.{member_class.__qualname__}"


def _same(one: Any, other: Any) -> bool:
    """To within the last digits, in which the two models may differ."""
    return bool(np.allclose(one, other, rtol=1e-9, atol=1e-9, equal_nan=True))


def _duration(seconds: float) -> str:
    if seconds < 120.0:
        return f"{seconds:.2g} s" if seconds < 10.0 else f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200.0 else f"{seconds / 3600:.0f} hours"
