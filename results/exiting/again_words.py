"""Deciding again in plain words: the rule, how often each answer applies, and what looking is worth."""

from collections.abc import Sequence

from results.estimates.comparison import Difference
from results.exiting.again import Again
from results.exiting.choosing import Exits, way_better
from results.exiting.seen_rule import Leaf, Rule, Split, leaves
from results.exiting.telling import parts_of, told_shortly
from results.words.counts import percent
from results.words.likelihood import likelihood
from results.words.numbers import label, with_half
from simulation.outcomes import BY_NAME

BELOW = {
    "collaborations": "fewer than {} collaborations are active",
    "active_rate": "fewer than {} % of the members collaborate",
    "evidence": "fewer than {} pieces of evidence have appeared",
    "retention": "fewer than {} % of the members are still in",
    "engagement": "engagement is below {} (0 to 1)",
    "trust": "trust in ties is below {} (0 to 1)",
    "new_relationships": "members have fewer than {} new relationships each",
}
"""What is seen -> how a rule asks for it."""


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
    outcome = found.question.outcomes[0]
    lines = [
        f"{when}, among {again.open} plans that can still be chosen then: {rule_told(again)}.",
        f"Choosing by this rule instead of fixing the best of these plans: {_change(again.looking)} in "
        f"{label(outcome)}, which {_sure(again.looking)}. {_against_the_best(again)}",
    ]
    if not again.gain.is_clear:
        lines.append("So looking again cannot be told from no gain: the plan may as well be fixed now.")
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
    conditions = _conditions(again.rule, [])
    each = [
        f"{condition} ({percent(share)} of networks), {plan}"
        for condition, share, plan in zip(conditions, again.applies, own, strict=True)
    ]
    return f"{', '.join(shared)} in any case; {'; '.join(each)}" if shared else "; ".join(each)


def _conditions(rule: Rule, path: Sequence[str]) -> list[str]:
    """When each of its answers applies, from below."""
    if isinstance(rule, Leaf):
        return ["otherwise" if list(path) == ["otherwise"] else f"if {' and '.join(path)}"]
    below = condition_told(rule)
    other = f"not {below}" if path or isinstance(rule.otherwise, Split) else "otherwise"
    return [*_conditions(rule.below, [*path, below]), *_conditions(rule.otherwise, [*path, other])]


def condition_told(rule: Split) -> str:
    """What the rule asks: "fewer than 9 collaborations are active"."""
    scale = BY_NAME[rule.outcome].scale
    shown = f"{100 * rule.threshold:.0f}" if scale == "share" else f"{rule.threshold:g}"
    return BELOW[rule.outcome].format(shown)


def _against_the_best(again: Again) -> str:
    against = f"Against the best plan of all, fixed now: {_change(again.gain)}, which {_sure(again.gain)}"
    if again.waiting.mean == again.waiting.low == again.waiting.high == 0:
        return f"{against}; the best plan of all is one of these, so waiting costs nothing."
    return f"{against}; waiting without looking would make {_change(again.waiting)} of that."


def _sure(one: Difference) -> str:
    chance = way_better(one.outcome, one)
    if chance is None or not likelihood(chance):
        return "could go either way"
    return f"is {likelihood(chance)} {'better' if chance > 0.5 else 'worse'}"


def _change(one: Difference) -> str:
    return with_half(one.mean, one.low, one.high, BY_NAME[one.outcome].scale, change=True)
