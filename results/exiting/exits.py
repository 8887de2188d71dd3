"""Everything that `exit` finds, together: the best plans, what each element is worth, and deciding again."""

from dataclasses import dataclass

from results.exiting.again import Again, decided_again
from results.exiting.choosing import Exits, best_exits
from results.exiting.elements import Element, elements
from results.exiting.question import Evaluate, Question


@dataclass(frozen=True, eq=False)
class Found:
    """What was found.

    Attributes:
        exits: the best plans.
        elements: what each element is worth by itself.
        again: deciding again; None where nobody asked, or nothing is left to choose from.
    """

    exits: Exits
    elements: tuple[Element, ...]
    again: Again | None


def find(asked: Question, evaluate: Evaluate) -> Found:
    """Try all plans, and say what comes of it.

    Raises:
        NothingFeasibleError: if no plan keeps the budget, with the cheapest.
    """
    exits = best_exits(asked, evaluate)
    again = decided_again(exits, evaluate) if asked.again is not None else None
    return Found(exits, elements(asked, exits.tried), again)
