"""The page that computes: levers, stale answers, refused values."""

from results.words.plural import Catalogue

WORDS: Catalogue = {
    "live.title": "Move a lever",
    "live.title.paper": "The answer for the levers as they stand",
    "live.how": (
        "Move a lever, and the engine of Legato works out in this page what it changes, network by network, with the "
        "same luck. Nothing is sent anywhere."
    ),
    "live.no_script": "Scripts are switched off in this browser, so nothing can be tried here.",
    "live.cannot": (
        "This browser cannot run the page's program, so nothing can be tried here. What stands here stays as it was "
        "when the page was made; a browser of 2023 or later can compute."
    ),
    "live.opening": "The engine is being started.",
    "live.computing": "Computing. What stands below is the answer for the levers as they stood before.",
    "live.answered": "{networks} networks of each, computed in this page in {seconds} s.",
    "live.too_many": (
        "The network could grow to {members} members, for which a browser takes too long: allowed in this page is at "
        "most {most}. On the command line there is no such limit."
    ),
    "live.link.unknown": "The link asks for what this page does not know, which was left out: {parts}.",
    "live.first.collaboration_rate": (
        "{mean} % of members ever collaborate on average; in a single network it may be {low} to {high} %."
    ),
    "live.first.legacy_rate": (
        "{mean} % of members still collaborate a year after the closing on average; in a single network it may be "
        "{low} to {high} %."
    ),
    "live.first.total_cost": (
        "It costs the funder {mean} thousand {currency} on average; in a single network it may be {low} to {high}."
    ),
    "live.trust.studies": (
        "{unstudied} of the {all} assumptions that this involves have no study behind them: the view of where the "
        "answer comes from names them."
    ),
    "live.moved": "set on this page, without a source",
    "live.levers": "Levers",
    "live.skip": "Skip the levers",
    "live.plan": "Scenario",
    "live.compared_with": "Compared with",
    "live.pin": "Use this as the baseline",
    "live.reset": "Reset all levers",
    "live.settings": "Simulation settings",
    "live.networks": "Networks of each scenario",
    "live.seed": "Random seed",
    "live.fixed": "Fix all parameters: intervals then leave out the uncertainty about them",
    "live.views": "Views",
    "live.tab.answer": "What it changes",
    "live.tab.network": "The network, month by month",
    "live.tab.origins": "Where the answer comes from",
    "live.save": "Save or send",
    "live.save.plan": "This scenario (TOML)",
    "live.save.baseline": "Its baseline (TOML)",
    "live.save.numbers": "The differences (CSV)",
    "live.save.curves": "The curves (CSV)",
    "live.save.picture": "The curves (PNG)",
    "live.save.print": "Print, or save as PDF",
    "live.save.link": "Copy a link to this",
    "live.saved": "Saved as {file}.",
    "live.saved.members": "Saved as {file}. It reads its members from {members}, which must lie beside it.",
    "live.link.copied": (
        "The link is copied. It opens this file with the levers as they stand; whoever gets it needs this file, too."
    ),
    "live.link.here": "The address of this page now holds the levers as they stand.",
    "live.key.baseline": ", the baseline",
    "live.key.note": "lines: averages of {networks} networks; bars at their ends: the middle 90 % of single networks",
    "live.key.observed": "; diamond: observed in the baseline, with its interval",
    "live.sight.collaboration_rate": "ever collaborate (%)",
    "live.sight.legacy_rate": "a year after closing (%)",
    "live.sight.evidence": "pieces of evidence",
    "live.sight.total_cost": "cost (k {currency})",
    "live.differences": "Differences",
    "live.outcome": "outcome",
    "live.difference": "difference",
    "live.in_words": "in words",
    "live.baseline": "baseline",
    "live.this": "this",
    "live.third_chart": "Third chart",
    "live.axis.share": "%",
    "live.axis.level": "0 to 1",
    "live.axis.count": "count",
    "live.axis.usd": "thousand {currency}",
    "live.axis.index": "index",
    "live.chart": "{label}, month by month: {said}",
    "live.chart.month": "in month {month} {stands}",
    "live.chart.stands": "{value} in {plan}",
    "live.chart.observed": "observed in {plan}: {found}",
    "live.axis_months": "months since the network began",
    "live.closing": "closing",
    "live.baseline_closes": "baseline closes",
    "live.this_closes": "this closes",
    "live.lever.facilitation.intensity": "Facilitation",
    "live.lever.grants.per_call": "Grants per call",
    "live.lever.funder.shift.month": "Funder's shift, month",
    "live.lever.closing.month": "Closing, month",
    "live.lever.closing.notice": "Notice of closing",
    "live.lever.closing.capstone": "Capstone event",
    "live.lever.closing.handover": "Handover plan",
    "live.lever.members.champions": "Champions",
    "live.lever.funder.weight": "Funder's weight in the agenda",
    "live.group.network": "The network",
    "live.group.members": "The members",
    "live.group.facilitation": "Facilitation",
    "live.group.grants": "Grants",
    "live.group.funder": "The funder",
    "live.group.closing": "The closing",
    "live.put_back": "put back",
    "live.put_back_lever": "Put back: {lever}",
    "live.put_back_to": "Put back to {value}",
    "live.number_of": "{lever}, number",
    "live.yes": "yes",
    "live.no": "no",
    "live.word.never": "never",
    "live.word.left out": "left out",
    "live.differs": "What differs from {baseline}",
    "live.differs.nothing": "Nothing yet: move a lever, or choose another scenario.",
    "live.assumptions": "Assumptions that this involves",
    "live.assumptions.none": "None.",
    "live.mechanism": "In the model: {mechanism}.",
    "live.evidence": "Evidence: {evidence}.",
    "live.repeat": "How to repeat it",
    "live.repeat.files": "Save {files} first; then this command gives the same numbers:",
    "live.repeat.command": "This command gives the same numbers:",
}
