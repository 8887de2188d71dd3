"""Where everything lies in the memory of the estimates in a page, and what each number of an answer is called."""

from dataclasses import fields
from typing import Any

from results.browser.entrance import COMPARE, COURSES
from results.estimates.comparison import Difference, Estimate
from results.estimates.pairs import Compared, Estimated
from results.words.numbers import scaled
from simulation.outcomes import MONTHLY, NAMES

_OPTIONAL = [field.name for field in fields(Difference) if "None" in str(field.type)]


def layout() -> dict[str, Any]:
    """The order in which places are handed over, outcomes, and the numbers of each.

    Python has None for some numbers where there is nothing to say, and nan for others: `optional` names the former.
    """
    assert tuple(field.name for field in fields(Estimate)) == Estimated._fields
    return {
        "compare": list(COMPARE),
        "courses": list(COURSES),
        "outcomes": list(NAMES),
        "monthly": [outcome.name for outcome in MONTHLY],
        "factors": [scaled(1.0, outcome.scale) for outcome in MONTHLY],
        "estimate": list(Estimated._fields),
        "difference": list(Compared._fields),
        "optional": _OPTIONAL,
    }
