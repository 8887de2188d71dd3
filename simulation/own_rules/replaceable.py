"""Which rules a file may replace, what each of them has to give, and which may not be replaced, and why."""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from types import MappingProxyType
from typing import Any

from simulation import rules


@dataclass(frozen=True)
class Range:
    """What a rule gives.

    Attributes:
        what: in a word.
        low: that is the least it may be.
        high: that is the most.
    """

    what: str
    low: float
    high: float

    def __str__(self) -> str:
        if self.what == "yes or no":
            return "True or False"
        return f"a {self.what}: {self.low:g} or more" if self.high == inf else f"a {self.what}: {self.low:g} to 1"


CHANCE, LEVEL = Range("chance", 0.0, 1.0), Range("level", 0.0, 1.0)
HAZARD, WEIGHT = Range("hazard", 0.0, inf), Range("weight", 0.0, inf)
FACTOR, NUMBER, COUNT = Range("factor", 0.0, inf), Range("number", 0.0, inf), Range("whole number", 0.0, inf)
YES_OR_NO = Range("yes or no", 0.0, 1.0)

REPLACEABLE: Mapping[str, Range] = MappingProxyType({
    "more_often": CHANCE,
    "stranger_chance": CHANCE,
    "notice_shock": LEVEL,
    "plea_succeeds": YES_OR_NO,
    "relevance": LEVEL,
    "led_relevance": LEVEL,
    "fit": LEVEL,
    "adapted_after": LEVEL,
    "carried_work": LEVEL,
    "work_share": LEVEL,
    "session_chance": CHANCE,
    "introduction_score": WEIGHT,
    "trust_after": LEVEL,
    "practice_after": LEVEL,
    "capacity": COUNT,
    "load": NUMBER,
    "room": LEVEL,
    "search_chance": CHANCE,
    "widened": CHANCE,
    "trust_weight": WEIGHT,
    "common_interest": LEVEL,
    "rivalry": LEVEL,
    "grant_pull": LEVEL,
    "need_now": LEVEL,
    "yes_chance": CHANCE,
    "pair_alignment": LEVEL,
    "award_weight": WEIGHT,
    "evidence_chance": CHANCE,
    "end_hazard": HAZARD,
    "closing_hazard_factor": FACTOR,
    "faded": LEVEL,
    "drift_hazard": HAZARD,
    "steward_chance": CHANCE,
    "unpaid_hazard": HAZARD,
    "saturating": LEVEL,
    "leadership_share": LEVEL,
    "engagement_target": LEVEL,
    "moved": LEVEL,
    "leaves": YES_OR_NO,
    "monthly_chance": CHANCE,
    "trust_kept": LEVEL,
    "unprotected": LEVEL,
    "decay_factor": LEVEL,
    "lapse_hazard": HAZARD,
})  # fmt: skip
"""Rule that may be replaced -> what it has to give."""

_BOUND = "it only spares the engine work, and follows from the rule that it is a bound of; replace that one"
_SEVERAL = "it gives several numbers at a time; set the keys that it works with, such as behaviour.funded_load"
_LUCK = "it turns luck into what happens, and is no decision of anybody"
_KEYS = "the scenario's keys say it; set them"
_COUNTS = "it says what is counted, which would change what an outcome means"
WHY_NOT: Mapping[str, str] = MappingProxyType({
    **dict.fromkeys(("most_trust_weight", "most_lapse_hazard", "times_wider", "looks", "surely_loses"), _BOUND),
    "grant_effects": _SEVERAL,
    **dict.fromkeys(("normal_quantile", "lognormal", "race", "chance_of", "happens"), _LUCK),
    **dict.fromkeys(("is_facilitated", "is_unpaid", "has_survived", "is_alive", "overlap", "unit"), _COUNTS),
    **dict.fromkeys(
        ("is_open", "is_winding_down", "level_in_force", "even_step", "share_in_force", "announces_exit", "call_open",
         "agenda"),
        _KEYS,
    ),
})  # fmt: skip
"""Rule that may not be replaced -> why."""

NEEDS_NO_BOUND: Mapping[str, str] = MappingProxyType({
    "lapse_hazard": "most_lapse_hazard",
    "trust_weight": "most_trust_weight",
})  # fmt: skip
"""Rule -> the bound that saves the engine work, and says nothing of another rule: it is infinite then."""


SHORTCUTS: Mapping[str, str] = MappingProxyType({
    name: f"{name.upper()}_IS_SHIPPED" for name in ("room", "stranger_chance", "trust_weight", "widened")
})  # fmt: skip
"""Rule -> the constant of `rules` that tells the engine whether it may take the shortcut that it knows for it."""


def plain(rule: str) -> Any:
    """A shipped rule as Python wrote it, uncompiled."""
    found = getattr(rules, rule)
    return getattr(found, "py_func", found)


def parameters(rule: str) -> tuple[str, ...]:
    """Names of a rule's arguments, in order."""
    return tuple(inspect.signature(plain(rule)).parameters)


def signature(rule: str) -> str:
    """How a rule is declared: `yes_chance(trust: float, ...) -> float`."""
    return f"{rule}{inspect.signature(plain(rule))}".replace("numpy.ndarray[Any, numpy.dtype[numpy.float64]]", "floats")
