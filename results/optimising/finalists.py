"""Which candidates of the search come into the final."""

import numpy as np

from results.estimates.comparison import Difference, difference, difference_of
from results.estimates.parameter_uncertainty import unknown_of
from results.estimates.same_luck import have_same_members
from results.optimising.kinds import NOTHING, Kind, Kinds
from results.optimising.objective import NET, counted_for
from results.optimising.search import Candidate, Question

FINALISTS = 12
"""Candidates that come into the final, besides the scenario as it is."""
BEST = 4
"""Of these, so many by rank alone."""
MOST_KINDS = 8
"""Kinds of which the best comes into the final; the other places are for a second one of each."""


def chosen_for_the_final(asked: Question, feasible: list[Candidate], kinds: Kinds) -> list[Candidate]:
    """The best of each kind, the best of all, a second one of each kind, then what cannot be told from the best.

    The kind of the best comes first; then, of each lever that tells kinds apart, the best without it and the best with
    it; then the others by rank. The second of a kind is the one farthest from its best, of those that the search cannot
    tell from it. Of several outcomes, those that no other is better than in everything, spread over what they trade
    off.

    Args:
        asked: the question.
        feasible: candidates of the search that keep the budget.
        kinds: how plans are told apart in kind.
    """
    first = asked.outcomes[0]
    ranked = sorted(feasible, key=lambda one: (-one.worth(first), one.number))
    if len(asked.outcomes) > 1:
        return _of_the_front(asked, ranked)
    of_kind: dict[Kind, list[Candidate]] = {}
    for one in ranked:
        of_kind.setdefault(kinds.of(one.values), []).append(one)
    wanted = [next(iter(of_kind)), *_with_and_without(list(of_kind)), *of_kind]
    shown = [of_kind[kind] for kind in list(dict.fromkeys(wanted))[:MOST_KINDS]]
    chosen = [some[0] for some in shown]
    # The best of the search is partly the luckiest: the next ones are tried as well, of whatever kind.
    chosen += [one for one in ranked[:BEST] if one not in chosen]
    for some in shown:
        near = [one for one in some if one not in chosen and not lead(some[0], one, first, "search").is_clear]
        if near and len(chosen) < FINALISTS:
            chosen.append(max(near, key=lambda one: (_apart(asked, one, some[0]), -one.number)))
    rest = [one for one in ranked if one not in chosen]
    near = [one for one in rest if not lead(ranked[0], one, first, "search").is_clear]
    while near and len(chosen) < FINALISTS:
        farthest = max(near, key=lambda one: (min(_apart(asked, one, other) for other in chosen), -one.number))
        chosen.append(farthest)
        near.remove(farthest)
    chosen += [one for one in rest if one not in chosen][: FINALISTS - len(chosen)]
    return chosen


def _with_and_without(ranked: list[Kind]) -> list[Kind]:
    """Of each lever that can be at nothing, the best kind in which it is, and the best in which it is not."""
    found = []
    for place in range(len(ranked[0])):
        for nothing in (True, False):
            found += [kind for kind in ranked if (kind[place] == NOTHING) == nothing][:1]
    return sorted(dict.fromkeys(found), key=ranked.index)


def _of_the_front(asked: Question, ranked: list[Candidate]) -> list[Candidate]:
    front = [one for one in ranked if not any(is_better(asked, other, one) for other in ranked)]
    if len(front) <= FINALISTS:
        return front
    if len(asked.outcomes) > 2:
        return _spread(asked, front)
    places = [round(place * (len(front) - 1) / (FINALISTS - 1)) for place in range(FINALISTS)]
    return [front[place] for place in places]


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
    if outcome != NET:
        return difference(one.ensemble, other.ensemble, outcome, scenario=name, several=several)
    both = [counted_for(some.ensemble, NET, some.worths) for some in (one, other) if some.ensemble is not None]
    unknown = unknown_of([one.ensemble.scenario, other.ensemble.scenario], one.ensemble.first, one.ensemble.replicates)
    same = have_same_members(one.ensemble.scenario, other.ensemble.scenario)
    return difference_of(both[0], both[1], unknown, NET, scenario=name, same_members=same, several=several)
