"""A decision of a member's class that is a rule of one's own: `yes_chance = by_rule(my_function)`.

The class then decides as MemberOrganization does, with that one rule in the place of the shipped one. So it runs in the
reference as it is, and compiled as any rule of one's own (`subclassed`).
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from types import FunctionType, MappingProxyType, MethodType, SimpleNamespace
from typing import Any

from scenarios.files.faults import ScenarioError, near_miss, refusal
from simulation import rules
from simulation.model.member import MemberOrganization
from simulation.own_rules.replaceable import REPLACEABLE, parameters, signature

DECIDES: Mapping[str, str] = MappingProxyType({
    "load": "load",
    "room": "room",
    "need_now": "need_now",
    "stranger_chance": "stranger_chance",
    "yes_chance": "yes_chance",
    "considers_leaving": "leaves",
    "drifts_away": "drift_hazard",
})  # fmt: skip
"""Method or property of a member -> the rule that it asks, which nobody else in the model asks (a test sees to it)."""


def by_rule(function: Callable[..., Any]) -> Any:
    """A decision of a member, in a class of one's own, taken by this rule.

    Args:
        function: what a file of rules would have, with the arguments of the shipped rule: those of `rules.yes_chance`
            where it is assigned to `yes_chance`, of `rules.leaves` where to `considers_leaving`; see `DECIDES`.
    """
    return DecidedByRule(function)


class DecidedByRule:
    """What `by_rule` makes: the method of MemberOrganization, with another rule.

    Attributes:
        function: the rule.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self._owner, self._method = "", ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner, self._method = owner.__name__, name

    @property
    def rule(self) -> str:
        """Name of the rule that it replaces.

        Raises:
            ScenarioError: if no rule decides what it was assigned to, or it takes other arguments.
        """
        name, known = self._method, ", ".join(DECIDES)
        if name not in DECIDES:
            fault = f"{name} is no decision that one rule takes; allowed are {known}{near_miss(name, DECIDES)}"
            raise ScenarioError(refusal(f"member class '{self._owner}'", [fault]))
        code = getattr(plain_of(self.function), "__code__", None)
        given = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount] if code is not None else ()
        if given != parameters(DECIDES[name]):
            fault = f"{name}: its rule takes ({', '.join(given)}); allowed is {signature(DECIDES[name])}"
            raise ScenarioError(refusal(f"member class '{self._owner}'", [fault]))
        return DECIDES[name]

    def __get__(self, member: MemberOrganization | None, _owner: type | None = None) -> Any:
        if member is None:
            return self
        decides = MethodType(self._decides, member)
        return decides() if isinstance(vars(MemberOrganization)[self._method], property) else decides

    @cached_property
    def _decides(self) -> FunctionType:
        """The shipped method, in whose sight this rule stands where the shipped one would."""
        rule = self.rule
        shipped = plain_of(vars(MemberOrganization)[self._method])
        seen = {**shipped.__globals__, "rules": SimpleNamespace(**{**vars(rules), rule: self._within_range(rule)})}
        return FunctionType(
            shipped.__code__, seen, shipped.__name__, shipped.__defaults__, shipped.__closure__
        )  # fmt: skip

    def _within_range(self, rule: str) -> Callable[..., Any]:
        allowed, function = REPLACEABLE[rule], self.function

        def asked(*given: Any) -> Any:
            value = function(*given)
            if not allowed.low <= value <= allowed.high:
                raise ValueError(f"{self._owner}: {rule} gave {value!r}; allowed is {allowed}")
            return value

        return asked


def plain_of(method: Any) -> Any:
    """The function of a method, a property, or a compiled function."""
    method = method.fget if isinstance(method, property) else method
    return getattr(method, "py_func", method)
