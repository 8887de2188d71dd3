"""The ties that stood at a wave, drawn from what both sides reported of them: a survey is not the network."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from scenarios.observed.reporting import STRONG_BY_MISTAKE
from scenarios.observed.waves import Waves

_HABITS = np.linspace(-3.0, 3.0, 25)
"""Habits that are weighed, in standard deviations."""
_OTHER_LEVEL = 0.1
"""Of those who name a tie the share that tells it as stronger or weaker than it is; ours."""
_STRENGTHS = 5
"""Strengths that are told apart where a survey takes any."""
_ROUNDS = 8
"""Times that the shares of pairs alike that are tied, and the chances of the pairs, are found from each other."""
_RIDGE = 1.0
"""Weight of a coefficient of 0, in pairs."""


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

    Else a pair is tied with the chance that Bayes' rule gives it: by how often pairs like it are tied, and by how
    likely each side's report is with a tie of each strength and without one. Pairs are alike by how much interests
    overlap, by region, by how often both are named by others, and by what was reported of them in earlier waves. The
    strength of a tie that was named is the mean of what was reported of it; one that nobody named is as strong as ties
    that are forgotten. Habits come first, each by its member's reports, weighed by what the others say of the same
    pairs.

    Args:
        waves: the surveys.
        wave: which of them; nothing that was told in later ones is used.
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
        told = _told(waves, wave)
        habits = told.drawn_habits(luck)
        found = np.where(pairs, told.drawn_ties(habits, luck), 0.0)
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


@dataclass(frozen=True, eq=False)
class _Told:
    """What a wave says of each pair, and what that says of the tie."""

    waves: Waves
    wave: int

    @cached_property
    def told(self) -> NDArray[np.float64]:
        """Reports on the survey's scale, float[from, to]."""
        return self.waves.on_scale(self.waves.told[self.wave])

    @cached_property
    def asked(self) -> NDArray[np.bool_]:
        """Who told something of whom, bool[from, to]."""
        return np.isfinite(self.told) & ~np.eye(len(self.told), dtype=np.bool_)

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """The reports that stand for themselves, bool[from, to]: of two that are one, the first."""
        return np.triu(self.asked) if self.waves.reporting.together else self.asked

    @cached_property
    def named(self) -> NDArray[np.bool_]:
        """Who named whom, bool[from, to]."""
        return self.asked & (self.told >= self.waves.tied_from)

    @cached_property
    def strengths(self) -> NDArray[np.float64]:
        """Strengths that a tie may have, ascending: the levels that count, or some of those that were reported."""
        if self.waves.levels is not None:
            return np.unique([level for level in self.waves.levels if level >= self.waves.tied_from])
        told = self.told[self.named]
        return np.unique(np.quantile(told, np.linspace(0.1, 0.9, _STRENGTHS))) if len(told) else np.array([1.0])

    @cached_property
    def nearest(self) -> NDArray[np.int64]:
        """Which of the strengths each report is nearest to, int[from, to]."""
        return np.asarray(np.abs(np.nan_to_num(self.told)[..., None] - self.strengths).argmin(axis=-1))

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """Shares of the ties that have each strength, float[strengths]: weak ones are more than are named."""
        nobody = np.zeros(1)
        chance = [self._chance(strength, nobody)[0] for strength in self.strengths]
        counts = np.bincount(self.nearest[self.named], minlength=len(self.strengths)) + 0.5
        found = counts / np.array(chance)
        return np.asarray(found / found.sum())

    def _chance(self, strength: float, habits: NDArray[np.float64]) -> NDArray[np.float64]:
        """Chance that each member names a tie of a strength, float[members]."""
        return self.waves.reporting.chance(np.full((len(habits), 1), strength), habits, self.waves.tied_from)[:, 0]

    def likelihoods(self, habits: NDArray[np.float64]) -> NDArray[np.float64]:
        """How likely each report is without a tie, then with one of each strength, float[1 + strengths, from, to]."""
        levels = len(self.strengths)
        found = np.ones((1 + levels, *self.told.shape))
        mistaken = self._chance(0.0, habits)[:, None]
        strong = (self.nearest > 0) & self.waves.is_graded
        found[0] = np.where(self.named, mistaken * np.where(strong, STRONG_BY_MISTAKE, 1.0), 1 - mistaken)
        for place, strength in enumerate(self.strengths):
            chance = self._chance(float(strength), habits)[:, None]
            right = 1.0 if levels == 1 else np.where(
                self.nearest == place, 1 - _OTHER_LEVEL, _OTHER_LEVEL / (levels - 1)
            )  # fmt: skip
            found[1 + place] = np.where(self.named, chance * right, 1 - chance)
        return np.where(self.counted, found, 1.0)

    @cached_property
    def prior(self) -> NDArray[np.float64]:
        """How likely each pair is tied by how often pairs like it are, float[members, members], symmetric.

        Shares and chances are found from each other: a logistic regression of the chances on what pairs are alike by.
        """
        members = len(self.told)
        one, other = np.triu_indices(members, 1)
        likely = self.likelihoods(np.zeros(members))
        both = likely * np.swapaxes(likely, 1, 2)
        by_tie, by_none = np.einsum("s,smn->mn", self.shares, both[1:])[one, other], both[0][one, other]
        likeness = self._likeness(one, other)
        share = float(np.clip(self.named[self.asked].mean() if self.asked.any() else 0.0, 0.01, 0.99))
        weights = np.zeros(likeness.shape[1])
        weights[0] = np.log(share / (1 - share))
        for _ in range(_ROUNDS):
            chance = 1 / (1 + np.exp(-likeness @ weights))
            tied = chance * by_tie / (chance * by_tie + (1 - chance) * by_none)
            slope = likeness.T @ (tied - chance) - np.r_[0.0, np.full(len(weights) - 1, _RIDGE)] * weights
            bend = (likeness.T * (chance * (1 - chance))) @ likeness + np.diag(
                np.r_[1e-6, np.full(len(weights) - 1, _RIDGE)]
            )
            weights = weights + np.linalg.solve(bend, slope)
        found = np.zeros((members, members))
        found[one, other] = np.clip(1 / (1 + np.exp(-likeness @ weights)), 1e-4, 1 - 1e-4)
        return found + found.T

    def _likeness(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
        """What pairs are alike by, float[pairs, kinds]: 1, overlap, region, how often named, earlier reports."""
        roster = self.waves.roster
        overlap = (roster.interests[one] * roster.interests[other]).sum(axis=1)
        same = (roster.region[one] == roster.region[other]).astype(np.float64)
        received, asked = self.named.sum(axis=0, dtype=np.float64), self.asked.sum(axis=0, dtype=np.float64)
        # By others than the two themselves.
        pair = np.stack([self.named[one, other] + 0.0, self.named[other, one] + 0.0])
        told = np.stack([self.asked[one, other] + 0.0, self.asked[other, one] + 0.0])
        mean = received.sum() / max(asked.sum(), 1.0)
        popular = [
            (received[who] - pair[side] + 2 * mean) / (asked[who] - told[side] + 2)
            for who, side in ((other, 0), (one, 1))
        ]
        often = np.log(np.maximum(popular[0] * popular[1], 1e-6))
        features = np.stack([overlap, same, often, *(said[one, other] for said in self._earlier())], axis=1)
        spread = features.std(axis=0)
        features = (features - features.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
        return np.concatenate([np.ones((len(one), 1)), features], axis=1)

    def _earlier(self) -> list[NDArray[np.float64]]:
        """Share of reports that named each pair in the wave before, then in all before; float[members, members] each.

        Where a pair was reported on by nobody, it is the mean of all pairs. Before the first wave there is neither.
        """
        named = [_Told(self.waves, wave) for wave in range(self.wave)]
        return [_share_named(some) for some in (named[-1:], named[:-1]) if some]

    def drawn_habits(self, luck: np.random.Generator) -> NDArray[np.float64]:
        """A habit for each member, drawn by its reports and by what the others say of the same pairs."""
        members, spread = len(self.told), self.waves.reporting.habit
        if not spread:
            return np.zeros(members)
        theirs = np.swapaxes(self.likelihoods(np.zeros(members)), 1, 2)
        weights = np.concatenate([(1 - self.prior)[None], self.prior[None] * self.shares[:, None, None]]) * theirs
        weights /= weights.sum(axis=0)
        tried = _HABITS * spread
        density = np.empty((len(tried), members))
        for row, habit in enumerate(tried):
            likely = (weights * self.likelihoods(np.full(members, habit))).sum(axis=0)
            density[row] = np.log(np.maximum(likely, 1e-300)).sum(axis=1, where=self.asked)
        density += -0.5 * _HABITS[:, None] ** 2
        density = np.exp(density - density.max(axis=0))
        cumulated = np.cumsum(density / density.sum(axis=0), axis=0)
        drawn = (luck.random(members)[None, :] > cumulated).sum(axis=0)
        return np.asarray(tried[np.minimum(drawn, len(tried) - 1)])

    def chances(self, habits: NDArray[np.float64]) -> NDArray[np.float64]:
        """How likely each pair has no tie, then one of each strength, float[1 + strengths, members, members]."""
        likely = self.likelihoods(habits)
        prior = np.concatenate([(1 - self.prior)[None], self.prior[None] * self.shares[:, None, None]])
        found = prior * likely * np.swapaxes(likely, 1, 2)
        return np.asarray(found / found.sum(axis=0))

    def drawn_ties(self, habits: NDArray[np.float64], luck: np.random.Generator) -> NDArray[np.float64]:
        """Strengths above the diagonal, drawn by Bayes' rule."""
        cumulated = np.cumsum(self.chances(habits), axis=0)
        drawn = (luck.random(self.told.shape)[None] > cumulated).sum(axis=0)
        strength = np.concatenate([[0.0], self.strengths])[np.minimum(drawn, len(self.strengths))]
        reported = np.where(self.named, self.told, 0.0)
        many = self.named.astype(np.int64) + self.named.T
        mean = self.waves.on_scale((reported + reported.T) / np.maximum(many, 1))
        return np.triu(np.where((strength > 0) & (many > 0), mean, strength), 1)


def _share_named(told: Sequence[_Told]) -> NDArray[np.float64]:
    named = np.sum([one.named + one.named.T + 0.0 for one in told], axis=0)
    asked = np.sum([one.asked + one.asked.T + 0.0 for one in told], axis=0)
    return np.asarray(np.where(asked > 0, named / np.maximum(asked, 1.0), named.sum() / max(asked.sum(), 1.0)))


@lru_cache(maxsize=4)
def _told(waves: Waves, wave: int) -> _Told:
    """What a wave says, worked out once for all that is drawn from it."""
    return _Told(waves, wave)
