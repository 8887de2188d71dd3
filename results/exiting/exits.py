"""Everything that `exit` finds, together: the best plans, what each element is worth, and deciding again."""

from dataclasses import dataclass

from results.comparing.finding_out import Shares, shares_of
from results.deciding.worth_knowing import Information
from results.exiting.again import Again, decided_again
from results.exiting.choosing import Exits, best_exits
from results.exiting.elements import Element, elements
from results.exiting.knowing import known_before
from results.exiting.question import Evaluate, Question


@dataclass(frozen=True, eq=False)
class Found:
    """What was found.

    Attributes:
        exits: the best plans.
        elements: what each element is worth by itself.
        again: deciding again; None where nobody asked, or nothing is left to choose from.
        shares: by outcome, what groups of uncertain keys make of the difference between the best plan and the one as
            planned; none where they are the same, or parameters are fixed.
        known: what it would be worth to know a parameter before choosing; None where that cannot be said.
    """

    exits: Exits
    elements: tuple[Element, ...]
    again: Again | None
    shares: Shares
    known: Information | None = None


def find(asked: Question, evaluate: Evaluate) -> Found:
    """Try all plans, and say what comes of it.

    Raises:
        NothingFeasibleError: if no plan keeps the budget, with the cheapest.
    """
    exits = best_exits(asked, evaluate)
    again = decided_again(exits, evaluate) if asked.again is not None else None
    shares: Shares = {}
    if exits.winner.plan.number != 0:
        shares = shares_of(exits.winner.report.ensemble, exits.planned.report.ensemble)
    asked_for = {outcome: shares[outcome] for outcome in asked.outcomes if outcome in shares}
    parts = elements(asked, exits.tried)
    return Found(exits, parts, again, asked_for, known_before(exits, parts))
