"""How members report their ties, learned from surveys in which both sides were asked: who names whom, and wrongly whom.

A pair is tied or not, wave after wave, and each side reports it by itself. Two reports a wave, and two waves, tell what
stands from what is said: a tie that both named before, and one names now, was more likely forgotten than lost.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.observed.reporting import Reporting
from scenarios.observed.waves import Waves

_NAMED, _MISTAKEN = (4.0, 2.0), (1.0, 40.0)
"""Beta priors of the two chances, ours: most ties are named, few strangers. They weigh as much as 6 and 41 reports."""
_ROUNDS, _CLOSE = 500, 1e-7
_EDGE = 1e-3


@dataclass(frozen=True, eq=False)
class _Pairs:
    """What was said of each pair by the one and by the other, int[waves, pairs]: -1 where nothing was."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]


def learn_reporting(waves: Waves, so_many: int | None = None) -> Reporting:
    """Reporting as the waves tell it, by the greatest posterior density.

    A hidden Markov chain of each pair, tied or not, with the same chances for all pairs to be tied at first, to become
    tied and to lose the tie between two waves, and two reports of it in each wave, independent of each other. What
    members differ in is the spread in how many they name beyond what the other sides' reports let expect; how naming
    rises with the strength is told by the strengths that the other sides report.

    Args:
        waves: the surveys.
        so_many: of them, from the first on, are looked at; None: all.

    Source:
        Baum, Petrie, Soules & Weiss 1970, Annals of Mathematical Statistics 41(1), for the estimation. Two reports of a
        tie: De Bacco et al. 2023, as in `Reporting`. The priors are ours.
    """
    told = waves.on_scale(waves.told[:so_many])
    members = told.shape[1]
    asked = np.isfinite(told) & ~np.eye(members, dtype=np.bool_)
    named = np.where(asked, (told >= waves.tied_from).astype(np.int64), -1)
    first, second = np.triu_indices(members, 1)
    pairs = _Pairs(named[:, first, second], named[:, second, first])
    chance, mistaken, tied = _learned(pairs)
    weak, strong = _by_strength(waves, told, asked, chance)
    habit = _spread(named, tied, chance, mistaken)
    return Reporting(_round(weak), _round(strong), _round(habit), _round(mistaken))


def _round(value: float) -> float:
    """To six digits: the last ones of a sum of thousands differ by processor."""
    return float(f"{value:.6g}")


def _learned(pairs: _Pairs) -> tuple[float, float, NDArray[np.float64]]:
    """Chance to name a tie, chance to name none, and how likely each pair is tied in each wave, float[waves, pairs]."""
    waves = len(pairs.one)
    named, mistaken = 0.8, 0.02
    begin, win, lose = 0.2, np.full(waves - 1, 0.1), np.full(waves - 1, 0.2)
    tied = np.zeros(pairs.one.shape)
    for _ in range(_ROUNDS):
        tied, moved = _expected(pairs, named, mistaken, begin, win, lose)
        says = [(side >= 0, side == 1) for side in (pairs.one, pairs.other)]
        with_tie = sum(float((tied * asked).sum()) for asked, _ in says)
        without = sum(float(((1 - tied) * asked).sum()) for asked, _ in says)
        right = sum(float((tied * yes).sum()) for _, yes in says)
        wrong = sum(float(((1 - tied) * yes).sum()) for _, yes in says)
        new_named = (right + _NAMED[0] - 1) / (with_tie + sum(_NAMED) - 2)
        new_mistaken = (wrong + _MISTAKEN[0] - 1) / (without + sum(_MISTAKEN) - 2)
        step = abs(new_named - named) + abs(new_mistaken - mistaken)
        named, mistaken = (min(max(one, _EDGE), 1 - _EDGE) for one in (new_named, new_mistaken))
        begin = float(np.clip(tied[0].mean(), _EDGE, 1 - _EDGE))
        steps = moved.sum(axis=3)
        win, lose = (
            np.clip(steps[:, state, 1 - state] / np.maximum(steps[:, state].sum(axis=1), _EDGE), _EDGE, 1 - _EDGE)
            for state in (0, 1)
        )
        if step < _CLOSE:
            break
    return named, mistaken, tied


def _expected(
    pairs: _Pairs, named: float, mistaken: float, begin: float, win: NDArray[np.float64], lose: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How likely each pair is tied, float[waves, pairs], and takes each step, float[waves - 1, 2, 2, pairs]."""
    waves, count = pairs.one.shape
    likely = np.ones((waves, 2, count))
    for side in (pairs.one, pairs.other):
        for state, chance in ((0, mistaken), (1, named)):
            likely[:, state] *= np.where(side < 0, 1.0, np.where(side == 1, chance, 1 - chance))
    step = np.array([[[1 - w, w], [x, 1 - x]] for w, x in zip(win, lose, strict=True)]).reshape(waves - 1, 2, 2)
    forward, backward = np.empty((waves, 2, count)), np.ones((waves, 2, count))
    forward[0] = np.array([1 - begin, begin])[:, None] * likely[0]
    forward[0] /= forward[0].sum(axis=0)
    for wave in range(1, waves):
        forward[wave] = np.einsum("ij,ip->jp", step[wave - 1], forward[wave - 1]) * likely[wave]
        forward[wave] /= forward[wave].sum(axis=0)
    for wave in range(waves - 2, -1, -1):
        backward[wave] = np.einsum("ij,jp->ip", step[wave], likely[wave + 1] * backward[wave + 1])
        backward[wave] /= backward[wave].sum(axis=0)
    stands = forward * backward
    stands /= stands.sum(axis=1, keepdims=True)
    moved = forward[:-1, :, None] * step[..., None] * (likely[1:] * backward[1:])[:, None]
    moved /= np.maximum(moved.sum(axis=(1, 2), keepdims=True), 1e-300)
    return stands[:, 1], moved


def _by_strength(
    waves: Waves, told: NDArray[np.float64], asked: NDArray[np.bool_], chance: float
) -> tuple[float, float]:
    """Chance to name the weakest tie that counts, and the strongest: a line through what the other sides report.

    Where strengths do not differ, both are the chance for all ties.
    """
    back = np.swapaxes(told, 1, 2)
    both = asked & np.swapaxes(asked, 1, 2) & (back >= waves.tied_from)
    strength = (back[both] - waves.tied_from) / max(1 - waves.tied_from, 1e-6)
    yes = (told[both] >= waves.tied_from).astype(np.float64)
    if len(np.unique(strength)) < 3 or len(yes) < 30:
        return chance, chance
    slope = float(np.cov(strength, yes)[0, 1] / np.var(strength, ddof=1))
    middle = float(strength.mean())
    weak, strong = (float(np.clip(chance + slope * (at - middle), 0.05, 0.999)) for at in (0.0, 1.0))
    return weak, strong


def _spread(
    named: NDArray[np.int64],
    tied: NDArray[np.float64],
    chance: float,
    mistaken: float,
) -> float:
    """Standard deviation of members' habits, on the log-odds, by moments.

    A member's number of names differs from what the other sides' reports let expect, by luck and by its habit.
    """
    waves, members = named.shape[:2]
    share = tied.mean(axis=1)
    off, variance, slope = np.zeros(members), np.zeros(members), np.zeros(members)
    for wave in range(waves):
        theirs = named[wave].T
        with_tie = np.where(theirs < 0, 1.0, np.where(theirs == 1, chance, 1 - chance)) * share[wave]
        without = np.where(theirs < 0, 1.0, np.where(theirs == 1, mistaken, 1 - mistaken)) * (1 - share[wave])
        weight = with_tie / (with_tie + without)
        expected = weight * chance + (1 - weight) * mistaken
        asked = (named[wave] >= 0) & (theirs >= 0)
        off += ((named[wave] == 1) - expected).sum(axis=1, where=asked)
        variance += (expected * (1 - expected)).sum(axis=1, where=asked)
        slope += (weight * chance * (1 - chance) + (1 - weight) * mistaken * (1 - mistaken)).sum(axis=1, where=asked)
    away, by_luck, by_habit = float((off**2).sum()), float(variance.sum()), float((slope**2).sum())
    return float(np.sqrt(max(0.0, away - by_luck) / by_habit)) if by_habit > 0 else 0.0
