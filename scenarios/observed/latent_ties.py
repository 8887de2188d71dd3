"""The ties that stood at a wave, drawn from what both sides reported of them: a survey is not the network."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.observed.reporting import STRONG_BY_MISTAKE, tie_of
from scenarios.observed.waves import Waves

_HABITS = np.linspace(-3.0, 3.0, 25)
"""Habits that are weighed, in standard deviations."""


@dataclass(frozen=True, eq=False)
class Latent:
    """One network that may have stood at a wave.

    Attributes:
        strength: of each tie, float[members, members], symmetric; 0 where there is none, or one of the two was absent.
        habits: what each member adds to its log-odds of naming, float[members].
    """

    strength: NDArray[np.float64]
    habits: NDArray[np.float64]


def latent_ties(waves: Waves, wave: int, imputation: int, seed: int) -> Latent:
    """Draw the true ties of a wave, and the habits of those who reported them.

    Where reports are exact, ties are as reported; pairs of which nobody told anything draw the strength of a pair of
    which somebody did, unconnected ones among them.

    Else a pair is tied with the chance that Bayes' rule gives it: by the share of all pairs that are tied, and by how
    likely each side's report is with a tie and without one. Its strength is the mean of what was reported of it; a tie
    that nobody named has the strength of some tie that was named. Habits come first, each by its member's reports
    weighed by what the others say of the same pairs.

    Args:
        waves: the surveys.
        wave: which of them; nothing that was told in others is used.
        imputation: number of the imputation; each is drawn by itself.
        seed: of the imputations.
    """
    members = len(waves.roster.names)
    luck = np.random.default_rng([seed, imputation, wave] if wave else [seed, imputation])
    there = waves.there[wave]
    pairs = np.triu(there[:, None] & there[None, :], 1)
    if waves.reporting.is_exact:
        found, habits = _as_reported(waves, wave, pairs, luck), np.zeros(members)
    else:
        habits = _drawn_habits(waves, wave, luck)
        found = _drawn_ties(waves, wave, pairs, habits, luck)
    return Latent(found + found.T, habits)


def _as_reported(waves: Waves, wave: int, pairs: NDArray[np.bool_], luck: np.random.Generator) -> NDArray[np.float64]:
    """Strengths above the diagonal, those of unobserved pairs drawn from the observed."""
    strength = waves.begun_at(wave)[pairs]
    missing = np.isnan(strength)
    if missing.any():
        strength[missing] = luck.choice(strength[~missing], int(missing.sum())) if not missing.all() else 0.0
    found = np.zeros(pairs.shape)
    found[pairs] = strength
    return found


def tied_share(waves: Waves, wave: int) -> float:
    """Share of the pairs that are truly tied at a wave: named by so many, of whom some are named by mistake."""
    named, mistaken = _typical(waves), waves.reporting.mistaken
    told = waves.on_scale(waves.told[wave])
    asked = np.isfinite(told) & ~np.eye(len(told), dtype=np.bool_)
    share = float((told[asked] >= waves.tied_from).mean()) if asked.any() else 0.0
    return float(np.clip((share - mistaken) / max(named - mistaken, 1e-6), 1e-4, 1 - 1e-4))


def _typical(waves: Waves) -> float:
    """Chance that a tie is named, for a member without a habit, at the mean of the strengths that were reported."""
    told = waves.on_scale(waves.told)
    ties = told[np.isfinite(told) & (told >= waves.tied_from)]
    strength = np.full((1, 1), ties.mean() if len(ties) else 1.0)
    return float(waves.reporting.chance(strength, np.zeros(1), waves.tied_from)[0, 0])


def _likelihoods(
    waves: Waves, wave: int, habits: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How likely each report is with a tie and without one, float[..., from, to]; 1 where nothing was told.

    Args:
        waves: the surveys.
        wave: which of them.
        habits: float[..., members].
    """
    told = waves.on_scale(waves.told[wave])
    named = told >= waves.tied_from
    # Both sides speak of one tie: its strength is what was reported of it, or that of any other.
    reported = np.where(named, told, np.nan)
    both = tie_of(reported, "mean")
    np.fill_diagonal(both, np.nan)
    ties = reported[np.isfinite(reported)]
    strength = np.where(np.isnan(both), ties.mean() if len(ties) else 1.0, both)
    tied = waves.reporting.chance(strength, habits, waves.tied_from)
    untied = waves.reporting.chance(np.zeros_like(strength), habits, waves.tied_from)
    silent = np.isnan(told) | np.eye(len(told), dtype=np.bool_)
    with_tie, without = (np.where(named, chance, 1 - chance) for chance in (tied, untied))
    if waves.is_graded:
        strong = told > waves.weakest
        share = float(strong.sum() / max(named.sum(), 1))
        with_tie = np.where(named, with_tie * np.where(strong, share, 1 - share), with_tie)
        without = np.where(strong, without * STRONG_BY_MISTAKE, without)
    return np.where(silent, 1.0, with_tie), np.where(silent, 1.0, without)


def _drawn_habits(waves: Waves, wave: int, luck: np.random.Generator) -> NDArray[np.float64]:
    """A habit for each member, drawn by its reports: those on the pairs of which the other side told something."""
    members, spread = len(waves.roster.names), waves.reporting.habit
    if not spread:
        return np.zeros(members)
    share = tied_share(waves, wave)
    with_tie, without = _likelihoods(waves, wave, np.zeros(members))
    # What the others say of the pair, not what this member says of it itself.
    chance = share * with_tie.T / (share * with_tie.T + (1 - share) * without.T)
    tried = _HABITS * spread
    weight = np.empty((len(tried), members))
    for row, habit in enumerate(tried):
        by_tie, by_none = _likelihoods(waves, wave, np.full(members, habit))
        weight[row] = np.log(np.maximum(chance * by_tie + (1 - chance) * by_none, 1e-300)).sum(axis=1)
    weight += -0.5 * _HABITS[:, None] ** 2
    weight = np.exp(weight - weight.max(axis=0))
    cumulated = np.cumsum(weight / weight.sum(axis=0), axis=0)
    drawn = (luck.random(members)[None, :] > cumulated).sum(axis=0)
    return np.asarray(tried[np.minimum(drawn, len(tried) - 1)])


def _drawn_ties(
    waves: Waves, wave: int, pairs: NDArray[np.bool_], habits: NDArray[np.float64], luck: np.random.Generator
) -> NDArray[np.float64]:
    """Strengths above the diagonal, drawn by Bayes' rule."""
    share = tied_share(waves, wave)
    with_tie, without = _likelihoods(waves, wave, habits)
    for_tie, against = share * with_tie * with_tie.T, (1 - share) * without * without.T
    total = for_tie + against
    chance = np.where(total > 0, for_tie / np.where(total > 0, total, 1.0), share)
    told = waves.on_scale(waves.told[wave])
    reported = np.where(told >= waves.tied_from, told, np.nan)
    ties = reported[np.isfinite(reported)]
    found = np.zeros(pairs.shape)
    tied = pairs & (luck.random(pairs.shape) < chance)
    one, other = np.nonzero(tied)
    sides = np.stack([reported[one, other], reported[other, one]])
    named = np.isfinite(sides)
    mean = np.where(named, sides, 0.0).sum(axis=0) / np.maximum(named.sum(axis=0), 1)
    some = luck.choice(ties, len(one)) if len(ties) else np.ones(len(one))
    found[one, other] = np.where(named.any(axis=0), waves.on_scale(mean), some)
    return found
