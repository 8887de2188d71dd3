"""The rules and sentences that a page with levers runs: which of Legato's own Python it is given as JavaScript."""

from collections.abc import Mapping, Sequence

from results.exploring.javascript.translation import translated

ROOTS: Mapping[str, Sequence[str]] = {
    "results.exploring.explored": (
        "Asked", "Variant", "Explored.*", "called", "titled", "with_sources", "file_of", "EXPLORED", "PINNED",
    ),
    "results.exploring.levers": ("levers", "moves", "value"),
    "results.exploring.charts": ("charts", "in_words", "FIRST", "THIRD"),
    "results.exploring.provenance": ("origins",),
    "results.exploring.saving": ("saved",),
    "results.estimates.comparison": ("Comparison", "Estimate", "Difference"),
    "results.estimates.same_luck": ("have_same_members",),
    "results.words.language": ("Language",),
    "results.words.plan_names": ("title_of",),
    "results.words.plural": ("Plural",),
    "results.words.sentence": ("Sentence", "Speaker.say", "Speaker.whole", "named"),
    "scenarios.reading.counterfactual": ("still_observed",),
    "scenarios.schema.contradictions": ("contradictions", "decided_with"),
    "scenarios.schema.keys": ("KEYS", "value_of"),
    "scenarios.schema.scenario": ("Scenario", "Scenario.posterior", "Scenario.roster"),
}  # fmt: skip
"""Module -> what the page calls; what these call comes with them."""


def rules_script() -> str:
    """JavaScript that defines `legato`; the same for every page."""
    return translated(ROOTS)
