"""How members report their ties, learned from surveys in which both sides were asked: who names whom, and wrongly whom.

A pair is tied or not, wave after wave, and each side reports it by itself. Two reports a wave, and two waves, tell what
stands from what is said: a tie that both named before, and one names now, was more likely forgotten than lost. Where
the data hold one report of each pair, a third wave tells: a tie that is back was more likely forgotten than lost.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.observed.reporting import EXACT, STRONG_BY_MISTAKE, Reporting
from scenarios.observed.waves import Waves

_NAMED, _MISTAKEN = (4.0, 2.0), (1.0, 40.0)
"""Beta priors of the two chances, ours: most ties are named, few strangers. They weigh as much as 6 and 41 reports."""
_ROUNDS, _CLOSE = 500, 1e-7
_EDGE = 1e-3
WAVES_TOLD_ONCE = 3
"""Waves that it takes at least where the data hold one report of each pair (count)."""

_NOT_ASKED, _STRONG = -1, 2
"""What one side said of a pair: nothing, or 0 for no tie, 1 for one of the weakest that count, 2 for a stronger one."""


@dataclass(frozen=True, eq=False)
class _Pairs:
    """What was said of each pair by the one and by the other, int[waves, pairs]."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Learned:
    """The chances that explain best what was said.

    Attributes:
        named: chance that a pair is named: without a tie, with one of the weakest that count, with a stronger one.
        by_others: how likely a pair has each of these in a wave, by all that was said of it but what the one said in
            that wave, and but what the other did; each float[waves, 3, pairs].
    """

    named: NDArray[np.float64]
    by_others: tuple[NDArray[np.float64], NDArray[np.float64]]


def learn_reporting(waves: Waves, so_many: int | None = None) -> Reporting:
    """Reporting as the waves tell it, by the greatest posterior density.

    A hidden Markov chain of each pair, wave by wave without a tie, with a weak or with a stronger one, alike for all
    pairs, and two reports of it in each wave, independent of each other given the tie; some who name a tie tell it as
    stronger or weaker than it is. What members differ in is the spread in how many they name beyond what all others
    said lets expect.

    Where both sides of every pair say the same always, they are one report. Three waves at least then tell errors from
    change, since those come and go by chance; with fewer, reports are taken as exact.

    Args:
        waves: the surveys.
        so_many: of them, from the first on, are looked at; None: all.

    Source:
        Baum, Petrie, Soules & Weiss 1970, Annals of Mathematical Statistics 41(1), for the estimation. Two reports of a
        tie: De Bacco et al. 2023, as in `Reporting`. The priors are ours.
    """
    told = waves.on_scale(waves.told[:so_many])
    asked = np.isfinite(told) & ~np.eye(told.shape[1], dtype=np.bool_)
    strong = told > waves.weakest if waves.is_graded else np.zeros_like(asked)
    said = np.where(asked, np.where(strong, _STRONG, told >= waves.tied_from), _NOT_ASKED).astype(np.int64)
    first, second = np.triu_indices(told.shape[1], 1)
    one, other = said[:, first, second], said[:, second, first]
    if waves.told_once:
        if len(told) < WAVES_TOLD_ONCE:
            return EXACT
        other = np.full_like(other, _NOT_ASKED)
    learned = _learned(_Pairs(one, other))
    expected = np.zeros(told.shape)  # chance to name, by all that others said
    expected[:, first, second], expected[:, second, first] = (
        np.einsum("s,wsp->wp", learned.named, one) for one in learned.by_others
    )
    moves = np.zeros(told.shape)  # how fast that rises with the log-odds of naming
    by_habit = learned.named * (1 - learned.named)
    moves[:, first, second], moves[:, second, first] = (
        np.einsum("s,wsp->wp", by_habit, one) for one in learned.by_others
    )
    mistaken, weak, strong = learned.named.tolist()
    strongest = weak
    if waves.is_graded and (said == _STRONG).any():
        share = (float(told[said == _STRONG].mean()) - waves.weakest) / (1 - waves.weakest)
        strongest = min(max(weak + (strong - weak) / share, 0.05), 1 - _EDGE)
    habit = 0.0 if waves.told_once else _spread(said, expected, moves)
    return Reporting(_round(weak), _round(strongest), _round(habit), _round(mistaken), waves.told_once)


def _round(value: float) -> float:
    """To six digits: the last ones of a sum of thousands differ by processor."""
    return float(f"{value:.6g}")


def _learned(pairs: _Pairs) -> _Learned:
    """By expectation and maximization."""
    waves = len(pairs.one)
    sides = (pairs.one, pairs.other)
    named, wrong_level = np.array([0.02, 0.75, 0.85]), 0.1
    graded = any((side == _STRONG).any() for side in sides)
    begin = np.array([0.8, 0.1, 0.1]) if graded else np.array([0.8, 0.2, 0.0])
    step = np.full((waves - 1, 3, 3), 0.1) + 0.7 * np.eye(3)
    if not graded:
        step[:, :, 2], step[:, 2] = 0.0, np.eye(3)[2]
    step /= step.sum(axis=2, keepdims=True)
    prior = np.array([_MISTAKEN, _NAMED, _NAMED])
    for _ in range(_ROUNDS):
        likely = [_likely(side, named, wrong_level) for side in sides]
        stands, moved = _expected(likely[0] * likely[1], begin, step)
        asked, yes, other_level, level = np.zeros(3), np.zeros(3), 0.0, 0.0
        for side in sides:
            asked += (stands * (side >= 0)[:, None]).sum(axis=(0, 2))
            yes += (stands * (side > 0)[:, None]).sum(axis=(0, 2))
            other_level += float((stands[:, 1] * (side == 2) + stands[:, 2] * (side == 1)).sum())
            level += float((stands[:, 1:] * (side > 0)[:, None]).sum())
        before = named
        named = np.clip((yes + prior[:, 0] - 1) / (asked + prior.sum(axis=1) - 2), _EDGE, 1 - _EDGE)
        wrong_level = float(np.clip(other_level / max(level, _EDGE), _EDGE, 0.5))
        begin = stands[0].sum(axis=1) / stands[0].sum()
        step = moved / np.maximum(moved.sum(axis=2, keepdims=True), 1e-300)
        if np.abs(named - before).sum() < _CLOSE:
            break
    likely = [_likely(side, named, wrong_level) for side in sides]
    stands, _ = _expected(likely[0] * likely[1], begin, step)
    without_own = [stands / own for own in likely]
    one, other = (found / found.sum(axis=1, keepdims=True) for found in without_own)
    return _Learned(named, (one, other))


def _likely(side: NDArray[np.int64], named: NDArray[np.float64], wrong_level: float) -> NDArray[np.float64]:
    """How likely what one side said is without a tie, with a weak and with a stronger one, float[waves, 3, pairs]."""
    strong = np.array([STRONG_BY_MISTAKE, wrong_level, 1 - wrong_level])
    said = np.stack([np.ones(3), 1 - named, named * (1 - strong), named * strong])
    return np.swapaxes(said[side + 1], 1, 2)


def _expected(
    likely: NDArray[np.float64], begin: NDArray[np.float64], step: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How likely each pair is in each state, float[waves, 3, pairs], and how many take each step.

    Args:
        likely: what was said, in each state, float[waves, 3, pairs].
        begin: share of the pairs in each state at first, float[3].
        step: chances from each state to each other, float[waves - 1, 3, 3].
    """
    waves = len(likely)
    forward, backward = np.empty(likely.shape), np.ones(likely.shape)
    forward[0] = begin[:, None] * likely[0]
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
    return stands, moved.sum(axis=3)


def _spread(said: NDArray[np.int64], expected: NDArray[np.float64], moves: NDArray[np.float64]) -> float:
    """Standard deviation of members' habits, on the log-odds, by moments; at most 2.

    A member's number of names differs from what everything else that was said lets expect, by luck and by its habit.

    Args:
        said: of each by each, int[waves, from, to].
        expected: chance to name, float[waves, from, to].
        moves: how fast it rises with the log-odds of naming, the same shape.
    """
    asked = said >= 0
    off = ((said > 0) - expected).sum(axis=(0, 2), where=asked)
    by_luck = (expected * (1 - expected)).sum(axis=(0, 2), where=asked)
    by_habit = float((moves.sum(axis=(0, 2), where=asked) ** 2).sum())
    total = float((off**2).sum() - by_luck.sum())
    return min(2.0, float(np.sqrt(max(0.0, total) / by_habit))) if by_habit > 0 else 0.0
