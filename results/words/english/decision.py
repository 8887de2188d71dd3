"""Page one of a comparison: verdict, reasons, table, figure, how far to trust it."""

from results.words.plural import Catalogue, plural

WORDS: Catalogue = {
    # What plans are judged by
    "goal.collaboration_rate": "broad collaboration",
    "goal.legacy_rate": "lasting collaboration",
    "goal.evidence": "evidence",
    "goal.total_cost": "money",
    "topic.collaboration_rate": "Members that ever collaborate",
    "topic.legacy_rate": "Collaborating a year after closing",
    "topic.total_cost": "Cost to the funder",
    "about.collaboration_rate": "Broad collaboration (members that ever collaborate)",
    "about.legacy_rate": "Lasting collaboration (members collaborating a year after closing)",
    "about.evidence": "Evidence",
    "about.total_cost": "Money (cost to the funder)",
    # The verdict
    "verdict.keep_if": "Keep {plan} if {goals} matters most",
    "verdict.choose_if": "choose {plans} if {goals} matters most",
    "verdict.several": "{first}; {others}.",
    "verdict.then": "{first}; {rest}",
    "verdict.one": "{first}.",
    "verdict.keep": "Keep {plan}: nothing that was looked at speaks for a change.",
    "verdict.choose": "Choose {plan}: it is ahead in all that was looked at.",
    "verdict.either": "Choose {plans}: they are ahead in all that was looked at, and which of them is better is open.",
    "verdict.open": "The numbers do not decide: no plan is even probably ahead by much in anything that was looked at.",
    "verdict.few": "So few networks do not decide: simulate more of them to see which plan is ahead.",
    # Why
    "reason.sole": "{topic}: {plan} is {sure} ahead with {level}; next comes {next} with {next_level}.",
    "reason.sole.usd": "{topic}: {plan} is {sure} the cheapest with {level}; next comes {next} with {next_level}.",
    "reason.other": "{topic}: {plan} is {sure} ahead with {level}, {change} than {baseline}.",
    "reason.other.usd": "{topic}: {plan} is {sure} the cheapest with {level}, {change} than {baseline}.",
    "reason.small": (
        "{topic}: {plan} is {sure} ahead, but by so little that it decides nothing: {level}, {change} than {baseline}."
    ),
    "reason.small.usd": (
        "{topic}: {plan} is {sure} the cheapest, but by so little that it decides nothing: {level}, {change} than "
        "{baseline}."
    ),
    "reason.alike": "{topic}: {plans} are practically the same ({level}), and {sure} ahead of the rest.",
    "reason.alike.usd": "{topic}: {plans} cost practically the same ({level}), and {sure} less than the rest.",
    "reason.shared": "{topic}: {plans} are {sure} ahead of the rest; which of them is further ahead is open.",
    "reason.shared.usd": "{topic}: {plans} are {sure} cheaper than the rest; which of them is the cheapest is open.",
    "reason.same": "{topic}: practically the same in all ({level}).",
    "reason.level": "{topic}: open; {level} on average in all.",
    "reason.open": "{topic}: open; on average from {low} ({lowest}) to {high} ({highest}).",
    # The table
    "column.plan": "plan",
    "column.collaboration_rate": "members that ever collaborate",
    "column.legacy_rate": "collaborating a year after closing",
    "column.total_cost": "cost to the funder (thousand {currency})",
    "column.sure": "how sure the rank is",
    "table.title": "Plans, ranked by {by}",
    "by.collaboration_rate": "members that ever collaborate",
    "by.legacy_rate": "members that collaborate a year after closing",
    "table.more": plural("1 more plan is in the numbers.", "{count} more plans are in the numbers."),
    "rank.next": "{sure} ahead of the next",
    "rank.open": "could swap with the next",
    "rank.same": "practically the same as the next",
    "rank.unknown": "not known",
    "rank.last": "",
    "rank.off": "not ranked: it has no such number",
    # The figure
    "figure.title": "What each plan changes, compared with {baseline}",
    "figure.caption": (
        "Dots: difference from {baseline} on average. Lines: where that average lies (95 %), with luck and the "
        "parameters that vary. A single network can differ by far more."
    ),
    "figure.few": "Dots: difference from {baseline}. So few networks have no intervals.",
    "panel.share": "{topic} (percentage points)",
    "panel.usd": "{topic} (thousand {currency})",
    "panel.zero": "0 is {baseline}",
    "panel.words": "{title}: {marks}.",
    "panel.mark": "{mean} ({low} to {high})",
    "panel.dot": "{mean}",
    # How far to trust it
    "trust.levels": (
        "Use this to compare plans, not to forecast: the level itself is hardly known. In {plan}, {mean} % of members "
        "ever collaborate on average; it may be {low} to {high} %."
    ),
    "trust.observed": "In the real network it was {value} %.",
    "trust.clock": (
        "Members that ever collaborate, and evidence, are counted to month {month}; the cost is that of the whole run, "
        "to month {last}."
    ),
    "trust.words": (
        "Probably is a chance of {probably} % or more, very probably {very} %, almost certainly {almost} %, if the "
        "rules of the model are right."
    ),
    "trust.studies": "{unstudied} of the {all} active mechanisms, the rules of the model, have no study behind them.",
    "trust.prediction": "No study has measured the effect of {keys}: what stands here is a prediction.",
    "trust.closing.notice": "notice before a closing",
    "trust.facilitation.intensity": "the amount of facilitation",
}
