"""The rules and sentences that a page with levers runs: which of Legato's own Python it is given as JavaScript."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from results.exploring.javascript.plain_values import plain_scenario
from results.exploring.javascript.translation import translated
from results.exploring.page_data import Plan
from scenarios.schema.contradictions import INTERESTS
from scenarios.schema.posterior import Posterior

ROOTS: Mapping[str, Sequence[str]] = {
    "results.exploring.explored": (
        "Asked", "Variant", "Explored.*", "called", "titled", "with_sources", "file_of", "EXPLORED", "PINNED",
    ),
    "results.exploring.levers": ("levers", "moves", "value"),
    "results.exploring.charts": ("charts", "in_words", "FIRST", "THIRD"),
    "results.exploring.provenance": ("origins",),
    "results.estimates.comparison": ("Comparison", "Estimate", "Difference"),
    "results.estimates.same_luck": ("have_same_members",),
    "results.words.language": ("Language",),
    "results.words.plan_names": ("title_of",),
    "results.words.plural": ("Plural",),
    "results.words.sentence": ("Sentence", "Speaker.say", "Speaker.whole", "named"),
    "scenarios.reading.counterfactual": ("still_observed",),
    "scenarios.reading.writing": ("to_toml",),
    "scenarios.schema.contradictions": ("contradictions", "decided_with"),
    "scenarios.schema.keys": ("KEYS", "value_of"),
    "scenarios.schema.scenario": ("Scenario", "Scenario.posterior", "Scenario.roster"),
}  # fmt: skip
"""Module -> what the page calls; what these call comes with them."""


@cache
def rules_script() -> str:
    """JavaScript that defines `legato`; the same for every page."""
    return translated(ROOTS)


def facts_of(plan: Plan) -> dict[str, Any]:
    """What a page knows of a plan, as plain data."""
    posterior, before = plan.scenario.posterior, plan.as_given
    bounds = () if posterior is None else (posterior.values[:, posterior.keys.index(key)] for key in _bounds(posterior))
    return {
        "given": plan.given,
        "flat": plain_scenario(plan.scenario),
        "as_given": None if before is None else plain_scenario(before) | {"posterior": None},
        "most_interests": max((float(one.max()) for one in bounds), default=0.0),
    }


def _bounds(posterior: Posterior) -> list[str]:
    return [key for key in INTERESTS if key in posterior.keys]
