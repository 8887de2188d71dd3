"""Which plans of a robust search come into the final: robust ones that differ, and what other criteria would take."""

from collections.abc import Sequence

import numpy as np

from results.optimising.kinds import NOTHING, Kind, Kinds
from results.robust_search.asked import Objective, RobustQuestion
from results.robust_search.criteria import Values
from results.robust_search.judging import every_objective, with_shortfall
from results.robust_search.plans import TriedPlan
from results.robust_search.search import Searched

FINALISTS = 12
"""Plans that come into the final, besides the scenario as it is, unless criteria that differ take more."""
MOST = 16
BEST = 3
"""Of these, so many by rank alone: the best of the search is partly the luckiest."""
FRONT = 6
"""Kinds of which the best comes in, or plans of a front."""
MARGIN = 0.03
"""Share of the budget by which the cost of a plan in the search's futures may well be off: where the best spend all of
it, many of them turn out to cost more. Measured on SALEX: 40 of 200 futures are off by 1.4 %, by 4 % without the
correction of `TriedPlan.expected_cost`."""
YARDSTICKS = 2
"""Plans that come in because they are the best in futures in which all others are not: regret is measured from them."""


def chosen_for_the_final(asked: RobustQuestion, found: Searched, kinds: Kinds) -> list[TriedPlan]:
    """The most robust of each kind, or a spread of the front; the next; some with room to the budget; other picks.

    Other picks are what every other criterion would choose, and yardsticks; what places are left go to the next ones.

    Args:
        asked: the question.
        found: what was tried.
        kinds: how plans are told apart in kind.
    """
    feasible = [one for one in found.plans if one.keeps(asked.budget)]
    scores = scores_of(asked, feasible, found, asked.objectives)
    ranked = ranked_by(feasible, scores)
    several = len(asked.objectives) > 1
    chosen = _of_the_front(feasible, scores, ranked) if several else _of_kinds(ranked, kinds)
    chosen += [one for one in ranked[:BEST] if one not in chosen]
    with_room = [one for one in ranked if one.expected_cost <= (1 - MARGIN) * asked.budget]
    chosen += [one for one in with_room[:BEST] if one not in chosen]
    others = [one for one in every_objective(asked) if one not in asked.objectives]
    other_scores = scores_of(asked, feasible, found, others)
    picks = [ranked_by(feasible, other_scores[:, [column]])[0] for column in range(len(others))]
    for one in picks:
        if one not in chosen and len(chosen) < MOST - YARDSTICKS:
            chosen.append(one)
    for _ in range(YARDSTICKS):
        chosen += _yardstick(found, feasible, chosen)
    chosen += [one for one in ranked if one not in chosen][: max(0, FINALISTS - len(chosen))]
    return chosen


def scores_of(
    asked: RobustQuestion, plans: Sequence[TriedPlan], found: Searched, objectives: Sequence[Objective]
) -> Values:
    """Scores in the futures of the search, float[plans, objectives]."""
    rows = [[with_shortfall(asked, one, objective, found.known) for objective in objectives] for one in plans]
    return np.array(rows, dtype=np.float64).reshape(len(plans), len(objectives))


def ranked_by(plans: Sequence[TriedPlan], scores: Values) -> list[TriedPlan]:
    """Plans, the best in the first score first, then in the next; the cheaper one where all are the same."""
    order = sorted(range(len(plans)), key=lambda place: (*(-scores[place]).tolist(), plans[place].cost, place))
    return [plans[place] for place in order]


def dominates(one: Values, other: Values) -> bool:
    """Whether one is as good in every score, and better in some."""
    return bool((one >= other).all() and (one > other).any())


def front_of(scores: Values) -> list[int]:
    """Places of those that no other dominates."""
    return [place for place, own in enumerate(scores) if not any(dominates(other, own) for other in scores)]


def _of_the_front(feasible: Sequence[TriedPlan], scores: Values, ranked: Sequence[TriedPlan]) -> list[TriedPlan]:
    """Of the front, the best in each score; then, one by one, what lies farthest from all that are taken."""
    front = front_of(scores)
    own = scores[front]
    reach = np.ptp(own, axis=0)
    places = own / np.where(reach > 0, reach, 1.0)
    taken = list(dict.fromkeys(int(place) for place in np.argmax(places, axis=0)))
    while len(taken) < min(max(FRONT, scores.shape[1]), len(front)):
        near = np.min([np.abs(places - places[one]).sum(axis=1) for one in taken], axis=0)
        near[taken] = -1.0
        taken.append(int(np.argmax(near)))
    chosen = [feasible[front[place]] for place in taken]
    return sorted(chosen, key=ranked.index)


def _of_kinds(ranked: Sequence[TriedPlan], kinds: Kinds) -> list[TriedPlan]:
    """The best of each kind: that of the best, then with and without each lever that can be at nothing, then others."""
    of_kind: dict[Kind, TriedPlan] = {}
    for one in ranked:
        of_kind.setdefault(kinds.of(one.values), one)
    there = list(of_kind)
    wanted = there[:1]
    for place in range(len(kinds.levers)):
        for nothing in (True, False):
            wanted += [kind for kind in there if (kind[place] == NOTHING) == nothing][:1]
    wanted = sorted(dict.fromkeys(wanted), key=there.index)
    return [of_kind[kind] for kind in list(dict.fromkeys([*wanted, *there]))[:FRONT]]


def _yardstick(found: Searched, feasible: Sequence[TriedPlan], chosen: Sequence[TriedPlan]) -> list[TriedPlan]:
    """The plan that brings the best of the final closest to the best of all; none where nothing is lacking."""
    if not chosen:
        return []
    gained = []
    for one in feasible:
        whole = 0.0
        for outcome, best in found.known.best.items():
            reach = float(np.ptp(best)) or 1.0
            now = np.max([other.gains(outcome) for other in chosen], axis=0)
            whole += float(np.maximum(one.gains(outcome) - now, 0.0).mean()) / reach
        gained.append(whole)
    most = int(np.argmax(gained))
    return [feasible[most]] if gained[most] > 0 else []
