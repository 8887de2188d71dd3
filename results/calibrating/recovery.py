"""Before one trusts a calibration: whether it finds parameters that are known, because the data were made from them.

Each data set is what the studies would have found with parameters drawn from the prior. It is calibrated as the real
one would be. If the calibration is right, its 90 % intervals cover the truth 90 % of the time, and the rank of the
truth among draws from the posterior is any number with the same chance.

Source:
    Talts et al. 2018, Validating Bayesian inference algorithms with simulation-based calibration, arXiv:1804.06788;
    Cook, Gelman & Rubin 2006, J. Comput. Graph. Stat. 15(3).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.calibrating.abc_smc import Score, calibrate, scorer
from results.calibrating.emulated_score import EmulatedScore
from results.calibrating.posterior_summary import Calibration, Free, weighted_quantile
from results.calibrating.survey_likelihood import made_up as surveyed
from results.estimates.quantiles import binomial_band
from results.studies.scales import WIDTH_OF_95, observed_normal, on_scale
from results.studies.surveys import Surveyed
from results.studies.virtual_studies import predict
from scenarios.observed.study import Measured, Observed, Pattern
from scenarios.schema.measured import wilson

RANKED = 99
"""Draws from each posterior that the truth is ranked among: ranks run from 0 to RANKED."""
BEHIND_THE_TRUTH = 50
"""Virtual studies with the true parameters, of which one is drawn to be the data."""
COVERED = 0.9
APART = 1_000_000
"""Number of the first network that data sets are made of: those that particles are run on have other luck."""


@dataclass(frozen=True, eq=False)
class Recovered:
    """One data set made from known parameters, and what its calibration found.

    Attributes:
        truth: float[parameters].
        low: lower ends of the 90 % intervals, float[parameters].
        high: their upper ends.
        ranks: of the truth among RANKED draws, int[parameters].
    """

    truth: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    ranks: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Recovery:
    """What came of all data sets.

    Attributes:
        keys: of the parameters.
        truth: float[data sets, parameters].
        low: float[data sets, parameters].
        high: float[data sets, parameters].
        ranks: int[data sets, parameters], 0 to `draws`.
        draws: from each posterior that the truth is ranked among (count).
    """

    keys: tuple[str, ...]
    truth: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    ranks: NDArray[np.int64]
    draws: int = RANKED

    @property
    def covered(self) -> NDArray[np.bool_]:
        """Which intervals hold the truth, bool[data sets, parameters]."""
        return (self.low <= self.truth) & (self.truth <= self.high)

    @property
    def coverage(self) -> tuple[float, ...]:
        """Share of the data sets whose interval holds the truth, for each parameter."""
        return tuple(float(share) for share in self.covered.mean(axis=0))

    @property
    def by_luck(self) -> tuple[float, float]:
        """Between which shares the coverage lies 95 % of the time if it is truly 90 %."""
        return binomial_band(len(self.truth), COVERED)


def usable(studies: Sequence[Observed]) -> tuple[Observed, ...]:
    """The studies with those patterns alone that have a size: a mere direction tells no parameter from another."""
    kept = (replace(one, patterns=tuple(p for p in one.patterns if _has_size(p))) for one in studies)
    return tuple(one for one in kept if one.patterns)


def _has_size(pattern: Pattern) -> bool:
    observed = pattern.observed
    return observed.successes is not None or None not in (observed.value, observed.low, observed.high)


def recover(
    studies: Sequence[Observed],
    free: Sequence[Free],
    *,
    data_sets: int,
    particles: int,
    networks: int,
    generations: int = 10,
    surveys: Sequence[Surveyed] = (),
    seed: int = 1,
    workers: int | None = None,
    known: Mapping[str, Any] | None = None,
    keep: Callable[[str, Any], None] = lambda _name, _finding: None,
    emulate: bool = False,
) -> Iterator[Recovered]:
    """Make data sets from known parameters and calibrate each; they come one by one.

    Args:
        studies: whose settings, patterns and precision the data sets have.
        free: parameters, drawn from their priors.
        data_sets: how many.
        particles: of each calibration.
        networks: virtual networks a particle.
        generations: of each calibration, at the most.
        surveys: whose first wave and answers the data sets have.
        seed: of everything.
        workers: threads.
        known: findings of an interrupted recovery, by name.
        keep: gets each finding.
        emulate: whether an emulator of the likelihood answers for some sets of parameters.
    """
    asked = usable(studies)
    for number in range(data_sets):
        name = f"data set {number}"
        if known and name in known:
            yield _from_finding(known[name])
            continue
        luck = np.random.default_rng([seed, number])
        truth = {one.key: one.value(luck.uniform(one.low, one.high)) for one in free}
        made = made_up(asked, truth, luck, seed=seed, first=APART * (number + 1), workers=workers)
        asked_of = [surveyed(one, truth, seed=seed, replicate=APART * (number + 1)) for one in surveys]
        own = (seed + 7919 * (number + 1)) % 2**32  # of particles' networks too: else all data sets share their error
        score: Score = scorer(made, networks=networks, seed=own, surveys=asked_of, workers=workers)
        if emulate:
            score = EmulatedScore(free, score, seed=own)
        found = calibrate(free, score, particles=particles, generations=generations, seed=own)
        one = recovered(found, np.array(list(truth.values()), dtype=np.float64))
        keep(name, {"truth": one.truth.tolist(), "low": one.low.tolist(), "high": one.high.tolist(),
                    "ranks": one.ranks.tolist()})  # fmt: skip
        yield one


def _from_finding(kept: Mapping[str, Any]) -> Recovered:
    return Recovered(
        np.array(kept["truth"]), np.array(kept["low"]), np.array(kept["high"]), np.array(kept["ranks"], dtype=np.int64)
    )


def recovered(found: Calibration, truth: NDArray[np.float64]) -> Recovered:
    """Where the truth lies in a posterior."""
    ends = [
        [weighted_quantile(column, found.weights, share) for share in ((1 - COVERED) / 2, (1 + COVERED) / 2)]
        for column in found.values.T
    ]
    shares = np.cumsum(found.weights)
    drawn = np.searchsorted(shares, (np.arange(RANKED) + 0.5) / RANKED * shares[-1], side="right")
    draws = found.values[np.minimum(drawn, len(found.values) - 1)]
    low, high = np.array(ends).T
    return Recovered(truth, low, high, np.count_nonzero(draws < truth, axis=0).astype(np.int64))


def together(free: Sequence[Free], found: Sequence[Recovered]) -> Recovery:
    """All data sets."""
    return Recovery(
        keys=tuple(one.key for one in free),
        truth=np.stack([one.truth for one in found]),
        low=np.stack([one.low for one in found]),
        high=np.stack([one.high for one in found]),
        ranks=np.stack([one.ranks for one in found]),
    )


def made_up(
    studies: Sequence[Observed],
    truth: Mapping[str, float],
    luck: np.random.Generator,
    *,
    seed: int,
    first: int,
    workers: int | None = None,
) -> tuple[Observed, ...]:
    """The studies as they would have come out with known parameters: their own luck, their own error.

    Args:
        studies: with patterns that have a size.
        truth: the parameters.
        luck: of the errors.
        seed: of the networks.
        first: number of the first network.
        workers: threads.
    """
    found = {
        (one.study, one.pattern.id): one
        for one in predict(
            studies, [truth], networks=BEHIND_THE_TRUTH, seed=seed, first=first, common=True, workers=workers
        )
    }
    return tuple(
        replace(
            study,
            patterns=tuple(
                replace(pattern, observed=_made(pattern, found[study.name, pattern.id], luck))
                for pattern in study.patterns
            ),
        )
        for study in studies
    )


def _made(pattern: Pattern, prediction: Any, luck: np.random.Generator) -> Measured:
    observed = pattern.observed
    if observed.of is not None:
        draws = prediction.draws.ravel()
        draws = draws[np.isfinite(draws)]
        share = float(draws[luck.integers(len(draws))]) if len(draws) else 0.0
        successes = round(share * observed.of)
        return Measured(successes / observed.of, *wilson(successes, observed.of), successes, observed.of)
    value, spread = observed_normal(pattern, observed)
    found = on_scale(pattern, prediction.draws.ravel())
    told = found[np.isfinite(found)]
    drawn = luck.normal(float(told[luck.integers(len(told))]) if len(told) else value, spread)
    half = WIDTH_OF_95 / 2 * spread
    back = exp if pattern.is_ratio else float
    return Measured(back(drawn), back(drawn - half), back(drawn + half))
