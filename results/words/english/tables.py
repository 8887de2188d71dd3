"""Tables of `run` and `compare`: titles, headers, and cells that are words."""

from results.words.plural import Catalogue, plural

WORDS: Catalogue = {
    "table.outcome": "outcome",
    "table.averages": "On average",
    "table.averages.more": "On average, continued",
    "table.differences": "{plan} compared with {baseline}: differences, and numbers of networks",
    "table.difference": "difference",
    "table.words": "in words",
    "table.average": "average",
    "table.spread": "middle 95 % of networks",
    "table.money": "What the money goes to, in prices of {years}",
    "table.key": "key",
    "table.source": "source",
    # What a difference in cost buys
    "buys.closing": (
        "What each one more costs, or each one fewer saves, counted to the planned closing (k {currency}, 95 % "
        "interval)"
    ),
    "buys.year": (
        "What each one more costs, or each one fewer saves, counted to a year after closing (k {currency}, 95 % "
        "interval)"
    ),
    "buys.end": (
        "What each one more costs, or each one fewer saves, counted to the last month simulated (k {currency}, 95 % "
        "interval)"
    ),
    "buys.each": "for each",
    "buys.funder": "the funder",
    "buys.both": "funder and members",
    "buys.months_worked": "month of collaboration",
    "buys.surviving": "survivor of a year",
    "buys.evidence": "piece of evidence",
    "buys.translation": "translation at scale",
    "buys.added": "costs",
    "buys.saved": "saves",
    "buys.better": "costs less, yields more",
    "buys.worse": "costs more, yields less",
    "buys.cost_unclear": "no clear difference in cost",
    "buys.effect_unclear": "no clear difference in yield",
    "buys.same_effect": "yields as much",
    "buys.price": "{what} {middle} ({low} to {high})",
    "buys.untold": (
        "What each one more costs, or each one fewer saves, has no upper end where their number may not differ at all: "
        "{each}."
    ),
    "buys.untold.plan": "{plan} ({things})",
    # Cash flow
    "cash.title": "Cash flow of {plan} (thousand {currency}, prices of {year})",
    "cash.title.years": "What the funder pays in each year (thousand {currency}, prices of {years})",
    "cash.unlike": (
        "What the funder pays is not put side by side year by year, because the plans begin at other dates or count in "
        "other financial years; each has a table of its own in the report."
    ),
    "cash.line": "budget line",
    "cash.plan": "plan",
    "cash.year": "year {year}",
    "cash.later": "later",
    "cash.whole": "whole run",
    "cash.cost": "cost to the funder",
    "cash.of_funder": "of which {funder}",
    "cash.in_place": "members in place of funders",
    "cash.own": "members' own spending",
    "cash.staff": "staff time (person-months)",
    "cash.years": (
        "The first year is months {first} to {last}. Staff time is that of the backbone, which employs {staff} people "
        "where it is fully resourced (costs.staff)."
    ),
    "cash.before": (
        "By the end of month {month} funders had spent {cost} thousand {currency}, and members {own} of their own; "
        "that is in no year."
    ),
    "cash.not_exact": "Numbers are rounded one by one, so that not every line and column adds up as printed.",
    # Which plans are worth considering, and what they are worth
    "frontier.year": (
        "Which plans to consider, whatever each is worth to you, by averages counted to a year after closing "
        "(k {currency})"
    ),
    "frontier.end": (
        "Which plans to consider, whatever each is worth to you, by averages counted to the last month simulated "
        "(k {currency})"
    ),
    "frontier.first": "costs least",
    "frontier.step": "{price} for each beyond {plan}",
    "frontier.dominated": "no: {plan} costs no more and yields as much or more",
    "frontier.extended": "no: a mix of {one} and {other} yields more for the money",
    "frontier.same": "the same as {plan}",
    "worth.year": "With what one is worth to you, counted to a year after closing (k {currency}, 95 % interval)",
    "worth.end": "With what one is worth to you, counted to the last month simulated (k {currency}, 95 % interval)",
    "worth.each": "each",
    "worth.amount": "is worth",
    "worth.net": "net benefit",
    "worth.chance": "chance to be worth it",
    "worth.best": "chance to be the best",
    "worth.range": "{middle} ({low} to {high})",
    # Pairs of members by name
    "pairs.none": plural(
        "No two members collaborate in month {month} in any of {count} network.",
        "No two members collaborate in month {month} in any of {count} networks.",
    ),
    "pairs.none.new": plural(
        "No two members that mostly do not in month {first} collaborate in month {month} in any of {count} network.",
        "No two members that mostly do not in month {first} collaborate in month {month} in any of {count} networks.",
    ),
    "pairs.likely": "Most likely to collaborate in month {month}: in how many of 100 networks",
    "pairs.likely.new": (
        "Most likely to collaborate in month {month}, of pairs that mostly do not in month {first}: in how many of 100 "
        "networks"
    ),
    "pairs.names": "{pair}",
    "pairs.collaborate": "collaborate",
    "pairs.know": "know each other",
    "pairs.before": "collaborate in month {month}",
    "pairs.lonely.none": "In month {month} no founding member is without a tie in 1 of 100 networks or more.",
    "pairs.lonely": "Most likely to be without any tie in month {month}: in how many of 100 networks",
    "pairs.alone": "without a tie",
    "pairs.collaborates": "collaborates",
    "pairs.ties": "ties on average",
    "pairs.note.chance": plural(
        "A chance for a pair or a member is the share of {count} network in which it comes true; near 50 of 100, luck "
        "alone moves it by {points} either way. pairs.parquet has all pairs, members.parquet all members.",
        "A chance for a pair or a member is the share of {count} networks in which it comes true; near 50 of 100, luck "
        "alone moves it by {points} either way. pairs.parquet has all pairs, members.parquet all members.",
    ),
    "pairs.note.prediction": (
        "Who works with whom is a prediction of the model. Before you rely on it, survey your network and ask "
        "`legato check` whether the model picks the right pairs."
    ),
    "pairs.note.drawn": (
        "The members of this scenario are drawn again for every network: member 3 of one network is another "
        "organization than member 3 of the next, so no list of the likeliest would mean anything. With your own "
        "members there is one: `legato new`."
    ),
    "pairs.note.ties": (
        "Whom members knew before is drawn again for every network. With a list of their ties (members.ties) the "
        "chances would tell pairs apart better."
    ),
    "pairs.note.joining": (
        "The lists are of founding members; who joins later has no name, and no tie before it joins."
    ),
    # Titles of briefs that compare nothing
    "title.check": "What was observed, and what the model predicts",
    "title.calibrate": "What the facts say about the parameters",
    "title.discover": "{plans}: where does it fail?",
    "title.optimise": "{plan}: the best use of {budget} {currency}",
    "title.robust": "{plan}: the most robust use of {budget} {currency}",
    "title.portfolio": "{plans}: how to split {budget} {currency}",
    "title.exit": "{plan}: how to leave",
    "title.track": "{plan}: on track in month {month}?",
    "title.members": "{plan}: who collaborates, and who depends on whom?",
    "title.change": "{plan}: what would {others} change?",
    "title.change.members": "{plan}: what would {others} change for whom?",
    "title.any": "{plans}",
    "question.members": "What becomes of each member, by name?",
    "question.explain": "Which change makes how much of the difference?",
    "question.sweep": "How do outcomes change with {varied}?",
    "question.sweep.bases": "Which scenario does best?",
}
