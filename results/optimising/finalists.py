"""Which candidates of the search come into the final."""

import numpy as np

from results.estimates.comparison import Difference, difference
from results.optimising.search import Candidate, Question

FINALISTS = 12
"""Candidates that come into the final, besides the scenario as it is."""
BEST = 4
"""Of these, so many by rank alone; the others are spread out over what cannot be told from the best."""


def chosen_for_the_final(asked: Question, feasible: list[Candidate]) -> list[Candidate]:
    """The best by rank, and others that the search cannot tell from the best, as far apart as they come.

    Of several outcomes, those that no other is better than in everything, spread over what they trade off.

    Args:
        asked: the question.
        feasible: candidates of the search that keep the budget.
    """
    first = asked.outcomes[0]
    ranked = sorted(feasible, key=lambda one: (-one.worth(first), one.number))
    if len(asked.outcomes) > 1:
        front = [one for one in ranked if not any(is_better(asked, other, one) for other in ranked)]
        if len(front) <= FINALISTS:
            return front
        if len(asked.outcomes) > 2:
            return _spread(asked, front)
        places = [round(place * (len(front) - 1) / (FINALISTS - 1)) for place in range(FINALISTS)]
        return [front[place] for place in places]
    chosen, rest = ranked[:BEST], ranked[BEST:]
    near = [one for one in rest if not lead(ranked[0], one, first, "search").is_clear]
    while near and len(chosen) < FINALISTS:
        farthest = max(near, key=lambda one: (min(_apart(asked, one, other) for other in chosen), -one.number))
        chosen.append(farthest)
        near.remove(farthest)
    chosen += [one for one in rest if one not in chosen][: FINALISTS - len(chosen)]
    return chosen


def _apart(asked: Question, one: Candidate, other: Candidate) -> float:
    """How different two splits are: the sum over levers of the share of the range that lies between them."""
    apart = 0.0
    for lever in asked.levers:
        mine, yours = one.values[lever.key], other.values[lever.key]
        ends = [level for level in (lever.levels or (lever.low, lever.high)) if isinstance(level, (int, float))]
        if lever.is_numeric and all(isinstance(value, (int, float)) for value in (mine, yours)):
            apart += abs(mine - yours) / (max(ends) - min(ends))
        else:
            apart += float(mine != yours)
    return apart


def _spread(asked: Question, front: list[Candidate]) -> list[Candidate]:
    """Of a front, the best in each outcome; then, one by one, what lies farthest from all that are taken."""
    worths = np.array([[one.worth(outcome) for outcome in asked.outcomes] for one in front])
    reach = np.ptp(worths, axis=0)
    places = worths / np.where(reach > 0, reach, 1.0)
    taken = list(dict.fromkeys(int(place) for place in np.argmax(worths, axis=0)))
    near = np.min([np.abs(places - places[one]).sum(axis=1) for one in taken], axis=0)
    while len(taken) < FINALISTS:
        taken.append(int(np.argmax(near)))
        near = np.minimum(near, np.abs(places - places[taken[-1]]).sum(axis=1))
    return [front[one] for one in sorted(taken)]


def is_better(asked: Question, one: Candidate, other: Candidate) -> bool:
    """Whether one is as good in everything, and better in something."""
    mine, yours = ([some.worth(outcome) for outcome in asked.outcomes] for some in (one, other))
    return all(a >= b for a, b in zip(mine, yours, strict=True)) and mine != yours


def lead(one: Candidate, other: Candidate, outcome: str, name: str, several: int = 1) -> Difference:
    """By how much one is ahead of another in an outcome, paired by replicate; see `comparison.difference`."""
    assert one.ensemble is not None
    assert other.ensemble is not None
    return difference(one.ensemble, other.ensemble, outcome, scenario=name, several=several)
