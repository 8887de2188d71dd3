"""Deciding again in plain words: the rule, how often each answer applies, and what looking is worth."""

from collections.abc import Sequence

from results.exiting.again import Again
from results.exiting.changes_told import change_in_full, is_better, is_probably_better, sure_told
from results.exiting.choosing import Exits
from results.exiting.seen_rule import Leaf, Rule, Split, leaves
from results.exiting.telling import parts_of, told_shortly
from results.words.counts import percent
from simulation.outcomes import outcome_named

ASKED = {
    "collaborations": ("fewer than {} collaborations are active", "{} collaborations or more are active"),
    "active_rate": ("fewer than {} % of the members collaborate", "{} % of the members or more collaborate"),
    "evidence": ("fewer than {} pieces of evidence have appeared", "{} pieces of evidence or more have appeared"),
    "retention": ("fewer than {} % of the members are still in", "{} % of the members or more are still in"),
    "engagement": ("engagement is below {} of 1", "engagement is {} of 1 or more"),
    "trust": ("trust in ties is below {} of 1", "trust in ties is {} of 1 or more"),
    "new_relationships": (
        "members have fewer than {} new relationships each", "members have {} new relationships or more each",
    ),
}  # fmt: skip
"""What is seen -> how a rule says that it is below a number, and that it is not."""


def again_lines(again: Again | None, found: Exits) -> list[str]:
    """What to do in the month in which one decides again, and what that is worth."""
    if again is None:
        return [
            f"Deciding again at the end of month {found.question.again}: no two plans that keep the budget differ only "
            "after it, so nothing can be chosen then."
        ]
    when = f"Deciding again at the end of month {again.month}"
    if not again.is_told:
        return [
            f"{when}, among {again.open} plans that can still be chosen then: nothing that can be seen of the network "
            f"would change the choice, so looking is worth nothing. Stay with: {told_shortly(again.fixed)}."
        ]
    outcome = outcome_named(found.question.outcomes[0]).label
    gain = f"{change_in_full(again.gain)} in {outcome}, {sure_told(again.gain)}"
    against = f"against the best plan fixed now, {gain}."
    if is_better(again.gain):
        verdict = f"{when} pays: {against}"
    elif is_probably_better(again.gain):
        verdict = f"{when} may pay, but that is not sure: {against}"
    else:
        verdict = f"{when} gains nothing that can be told: {against} The plan may as well be fixed now."
    lines = [
        f"{verdict} The best rule among {again.open} plans that can still be chosen then: {rule_told(again)}.",
        _apart(again),
    ]
    limit = found.limit
    if again.cost > limit:
        lines.append(
            f"By this rule the rest costs {again.cost / 1000:,.0f} thousand USD on average, more than the "
            f"{limit / 1000:,.0f} that it may cost."
        )
    return lines


def rule_told(again: Again) -> str:
    """The rule in words, with how often each answer applies; what all of its plans share is said once."""
    plans = [again.plans[place] for place in leaves(again.rule)]
    shared = [part for part in parts_of(plans[0]) if all(part in parts_of(one) for one in plans)]
    own = [", ".join(part for part in parts_of(one) if part not in shared) for one in plans]
    conditions = conditions_told(again.rule)
    each = [
        f"{condition} ({percent(share)} of networks), {plan}"
        for condition, share, plan in zip(conditions, again.applies, own, strict=True)
    ]
    return f"{', '.join(shared)} in any case; {'; '.join(each)}" if shared else "; ".join(each)


def conditions_told(rule: Rule, path: Sequence[str] = ()) -> list[str]:
    """When each of its answers applies, from below."""
    if isinstance(rule, Leaf):
        return ["otherwise" if list(path) == ["otherwise"] else f"if {' and '.join(path)}"]
    below, other = conditions_of(rule)
    if not path and isinstance(rule.otherwise, Leaf):
        other = "otherwise"
    return [*conditions_told(rule.below, [*path, below]), *conditions_told(rule.otherwise, [*path, other])]


def conditions_of(rule: Split) -> tuple[str, str]:
    """What the rule asks, either way: "fewer than 9 collaborations are active", "9 collaborations or more are"."""
    scale = outcome_named(rule.outcome).scale
    shown = f"{100 * rule.threshold:.0f}" if scale == "share" else f"{rule.threshold:g}"
    below, other = ASKED[rule.outcome]
    return below.format(shown), other.format(shown)


def _apart(again: Again) -> str:
    """What looking is worth by itself, and what it costs to leave the plan open until then."""
    looking = f"By the rule one gains {change_in_full(again.looking)} over the best of these plans without looking"
    if again.waiting.mean == again.waiting.low == again.waiting.high == 0:
        return f"{looking}; the best plan of all is one of these, so waiting costs nothing."
    return f"{looking}; that one against the best plan of all: {change_in_full(again.waiting)}."
