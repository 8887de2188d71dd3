"""The catalogue of a run with outcomes of one's own."""

from functools import lru_cache

from scenarios.schema.own_outcomes import OwnOutcomes
from simulation.outcomes import SHIPPED, Outcomes
from simulation.own_outcomes.outcome_file import Defined, defined


@lru_cache(maxsize=16)
def outcomes_of(own: OwnOutcomes | None) -> Outcomes:
    """The outcomes of runs with these of one's own; only read, nothing of them is run.

    Raises:
        ScenarioError: if their file cannot be read as one of outcomes.
    """
    if own is None:
        return SHIPPED
    functions = functions_of(own)
    monthly = tuple(one.outcome for one in functions if one.at == "closing")
    last = tuple(one.outcome for one in functions if one.at == "end")
    ratios = tuple(one.outcome for one in defined(own) if one.outcome.over is not None)
    return Outcomes(monthly, (*last, *ratios))


@lru_cache(maxsize=16)
def functions_of(own: OwnOutcomes) -> tuple[Defined, ...]:
    """Those that are functions, in the order in which they are asked: first those that have a course."""
    functions = [one for one in defined(own) if one.outcome.over is None]
    return tuple(sorted(functions, key=lambda one: one.at == "end"))
