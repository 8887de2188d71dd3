"""What the rules of a page with levers know of its plans, as plain data."""

from collections.abc import Mapping
from typing import Any

from results.exploring.javascript.plain_values import plain_scenario
from results.exploring.page_data import Plan
from scenarios import Scenario, value_of
from scenarios.reading.layers import FILES
from scenarios.schema.contradictions import INTERESTS
from scenarios.schema.posterior import Posterior


def facts_of(plan: Plan, short: Mapping[str, str]) -> dict[str, Any]:
    """What a page knows of a plan, as plain data; `short` has what it says for each path of a file."""
    posterior, before = plan.scenario.posterior, plan.as_given
    bounds = () if posterior is None else (posterior.values[:, posterior.keys.index(key)] for key in _bounds(posterior))
    return {
        "given": plan.given,
        "flat": plain_scenario(plan.scenario) | _files(plan.scenario, short),
        "as_given": None if before is None else plain_scenario(before) | _files(before, short) | {"posterior": None},
        "rules": "" if plan.scenario.rules is None else plan.scenario.rules.name,
        "most_interests": max((float(one.max()) for one in bounds), default=0.0),
    }


def _files(scenario: Scenario, short: Mapping[str, str]) -> dict[str, str]:
    return {key: short[path] for key in FILES if (path := value_of(scenario, key))}


def _bounds(posterior: Posterior) -> list[str]:
    return [key for key in INTERESTS if key in posterior.keys]
