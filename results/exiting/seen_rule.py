"""A rule that chooses a plan by what is seen: one question, or two after each other.

What each plan is worth to a network is expected by least squares from what is seen of it; the rule is the small tree
that gains most of what is so expected.

Source:
    Longstaff & Schwartz 2001, Valuing American options by simulation, Review of Financial Studies 14(1),
    doi:10.1093/rfs/14.1.113: what it is worth to go on, by least squares over simulated courses. Athey & Wager 2021,
    Policy learning with observational data, Econometrica 89(1), doi:10.3982/ECTA15732: small trees that choose. Ours:
    the two together, so that the rule can be said in a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.estimates.parameter_uncertainty import Values
from results.estimates.sums import exact_mean, sum_rows
from results.exiting.least_squares import fitted
from simulation.outcomes import MONTHLY_NAMES, outcome_named

SEEN = ("collaborations", "active_rate", "evidence", "retention", "engagement", "trust", "new_relationships")
"""What can be seen of a network: counted, or asked in a short survey."""
PARTS = 10
"""Equal parts into which thresholds cut the networks."""
FEWEST = 0.05
"""Share of the networks that an answer must apply to, at the least."""
FOLDS = 5
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Leaf:
    """Choose a plan.

    Attributes:
        place: of the plan among those that may be chosen.
    """

    place: int


@dataclass(frozen=True)
class Split:
    """Ask what is seen, and go on by the answer.

    Attributes:
        outcome: that is looked at.
        threshold: in the outcome's unit.
        below: what to do where it is below that.
        otherwise: what to do where it is not.
    """

    outcome: str
    threshold: float
    below: "Rule"
    otherwise: "Rule"


Rule = Leaf | Split


def features(seen: Values) -> Values:
    """What is seen of each network, float[replicates, SEEN]."""
    return seen[:, [MONTHLY_NAMES.index(name) for name in SEEN]]


def places(rule: Rule, looked_at: Values) -> Numbers:
    """Place of the plan that the rule chooses for each network, int[replicates]."""
    if isinstance(rule, Leaf):
        return np.full(len(looked_at), rule.place, dtype=np.int64)
    below = looked_at[:, SEEN.index(rule.outcome)] < rule.threshold
    return np.where(below, places(rule.below, looked_at), places(rule.otherwise, looked_at))


def leaves(rule: Rule) -> tuple[int, ...]:
    """Places of the plans that it may choose, from below."""
    return (rule.place,) if isinstance(rule, Leaf) else (*leaves(rule.below), *leaves(rule.otherwise))


def expected(looked_at: Values, worths: Values, of: Values) -> Values:
    """What each plan is worth to networks by what is seen of them, float[len(of), plans].

    Args:
        looked_at: of the networks that are learned from, float[replicates, SEEN].
        worths: of each plan to them, more is better, float[replicates, plans].
        of: the same as `looked_at` of the networks that are asked about.
    """
    middle = sum_rows(looked_at) / len(looked_at)
    spread = np.sqrt(sum_rows((looked_at - middle) ** 2) / len(looked_at))
    safe = np.where(spread > 0, spread, 1.0)

    def columns(some: Values) -> Values:
        z = (some - middle) / safe * (spread > 0)
        return np.concatenate((np.ones((len(some), 1)), z, z**2), axis=1)

    found = fitted(columns(looked_at), worths)
    whole = np.zeros((len(of), worths.shape[1]))
    for column, row in zip(columns(of).T, found, strict=True):  # in their order: a product of matrices has none
        whole = whole + column[:, np.newaxis] * row
    return whole


def best_rule(looked_at: Values, worths: Values, depth: int) -> Rule:
    """The tree of so many questions after each other that gains most, by what is expected.

    Args:
        looked_at: float[replicates, SEEN].
        worths: of each plan, as expected, float[replicates, plans].
        depth: questions after each other; 0 chooses one plan for all.
    """
    return _best(looked_at, worths, depth, max(1, int(FEWEST * len(looked_at))))[0]


def _best(looked_at: Values, worths: Values, depth: int, fewest: int) -> tuple[Rule, float]:
    whole = sum_rows(worths)
    best: tuple[Rule, float] = (Leaf(int(np.argmax(whole))), float(whole.max()))
    if depth == 0 or len(worths) < 2 * fewest:
        return best
    for place, outcome in enumerate(SEEN):
        order = np.argsort(looked_at[:, place], kind="stable")
        values, sums = looked_at[order, place], np.cumsum(worths[order], axis=0)
        thresholds = np.array(_thresholds(values, outcome))
        counts = np.searchsorted(values, thresholds)
        wide = np.minimum(counts, len(values) - counts) >= fewest
        thresholds, counts = thresholds[wide], counts[wide]
        if not len(counts):
            continue
        found = (
            _one_question(outcome, thresholds, sums[counts - 1], sums[-1])
            if depth == 1
            else _two_questions(outcome, thresholds, counts, looked_at[order], worths[order], fewest)
        )
        if found is not None and found[1] > best[1] + 1e-9 * abs(best[1]):
            best = found
    return best


def _one_question(outcome: str, thresholds: Values, below: Values, whole: Values) -> tuple[Rule, float] | None:
    """The best threshold, by the sums of what each plan is worth below each of them, float[thresholds, plans]."""
    otherwise = whole - below
    gained = below.max(axis=1) + otherwise.max(axis=1)
    place = int(np.argmax(gained))
    one, other = int(np.argmax(below[place])), int(np.argmax(otherwise[place]))
    if one == other:
        return None
    return Split(outcome, float(thresholds[place]), Leaf(one), Leaf(other)), float(gained[place])


def _two_questions(
    outcome: str, thresholds: Values, counts: Numbers, looked_at: Values, worths: Values, fewest: int
) -> tuple[Rule, float] | None:
    """The best threshold with a further question on either side, of networks in their order."""
    best: tuple[Rule, float] | None = None
    for threshold, count in zip(thresholds.tolist(), counts.tolist(), strict=True):
        one, gained = _best(looked_at[:count], worths[:count], 1, fewest)
        other, more = _best(looked_at[count:], worths[count:], 1, fewest)
        if one != other and (best is None or gained + more > best[1]):
            best = Split(outcome, threshold, one, other), gained + more
    return best


def _thresholds(values: Values, outcome: str) -> list[float]:
    """Round numbers near the ends of equal parts of values that are in their order."""
    places = {"count": 0 if outcome != "new_relationships" else 1}.get(outcome_named(outcome).scale, 2)
    ends = [float(values[part * len(values) // PARTS]) for part in range(1, PARTS)]
    step = 10.0**-places
    rounded = {round(float(np.ceil(end / step - 1e-9)) * step, places) for end in ends}
    rounded |= {round(one + step, places) for one in rounded} if places == 0 else set()
    return sorted(rounded)


def cross_fitted(looked_at: Values, worths: Values, depth: int | None) -> Values:
    """What a rule gives each network that was learned from all others, float[replicates].

    Args:
        looked_at: float[replicates, SEEN].
        worths: of each plan to them, float[replicates, plans].
        depth: of the rule's tree; None for the plan that is worth most as expected, network by network.
    """
    found = np.zeros(len(worths))
    folds = np.arange(len(worths)) % FOLDS
    for fold in range(FOLDS):
        out, others = folds == fold, folds != fold
        learned = looked_at[others], worths[others]
        if depth is None:
            chosen = np.argmax(expected(*learned, looked_at[out]), axis=1)
        else:
            rule = best_rule(learned[0], expected(*learned, learned[0]), depth)
            chosen = places(rule, looked_at[out])
        found[out] = worths[out][np.arange(int(out.sum())), chosen]
    return found


def rule_of(looked_at: Values, worths: Values) -> Rule:
    """The rule that is told: one question, or two where that gains more by what was left out of the learning.

    Two are asked only where what they gain is more than twice its error.
    """
    one, two = (cross_fitted(looked_at, worths, depth) for depth in (1, 2))
    apart = two - one
    error = np.sqrt(max(0.0, exact_mean(apart**2) - exact_mean(apart) ** 2) / len(apart))
    depth = 2 if exact_mean(apart) > 2 * error else 1
    return best_rule(looked_at, expected(looked_at, worths, looked_at), depth)


def most_chosen(looked_at: Values, worths: Values, most: int) -> list[int]:
    """Places of the plans that are best as expected for most networks, some at the most."""
    chosen = np.bincount(np.argmax(expected(looked_at, worths, looked_at), axis=1), minlength=worths.shape[1])
    order: Sequence[int] = np.argsort(-chosen, kind="stable").tolist()
    return [place for place in order if chosen[place] >= FEWEST * len(worths)][:most]
