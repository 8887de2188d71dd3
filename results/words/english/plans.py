"""What plans are called."""

from results.words.plural import Catalogue

WORDS: Catalogue = {
    "plan.baseline": "{plan} as planned",
    "plan.change": "{what} at {value} instead of {instead}",
    "plan.changes": "with {changes}",
    "plan.with": "{plan} {changes}",
    "plan.others": "one of {count} other plans",
    "plan.rest": "{count} others",
    "plan.more": "{count} more",
    "plan.called": "{plan} ({name})",
    "plan.title": "{plans}?",
}
