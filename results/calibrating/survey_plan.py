"""Before a survey is made: which parameters it could inform at all.

Parameters are drawn from their priors, a network is run with each set, and asked what the survey would ask. How much of
each parameter could be read off the answers is then found by a regression with squares, on networks that it was not
fitted to: the share R2 of its variance that they explain leaves a standard deviation of sqrt(1 - R2) of the prior's.
It is a lower bound: a calibration may read more out of the answers than a regression does.

Source:
    Fearnhead & Prangle 2012, Constructing summary statistics for approximate Bayesian computation, J. R. Stat. Soc. B
    74(3): regression on simulated data as a summary of what they say about a parameter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from results.calibrating.posterior_summary import Free, Word, word_of
from results.studies.studied_network import Network
from results.studies.virtual_studies import predict
from scenarios import Scenario, replace
from scenarios.observed.study import Observed
from simulation import History, historian, structure
from simulation.outcomes import MONTHLY_NAMES
from simulation.running.threads import in_order, processors

SETS = 1_000
"""Sets of parameters that are tried, one network each."""
FOLDS = 5
ASKED = ("collaboration_rate", "active_rate", "new_relationships", "engagement", "retention", "uptake", "practice")
"""Outcomes that members could be asked for in a wave, beside their ties."""
BANDS = (0.1, 0.25, 0.5, 0.75)


@dataclass(frozen=True)
class Information:
    """What could be learned of one parameter.

    Attributes:
        key: dotted.
        contraction: share of the prior's standard deviation that would be gone, 0 to 1.
    """

    key: str
    contraction: float

    @property
    def word(self) -> Word:
        """Whether it could be informed."""
        return word_of(self.contraction)

    @property
    def could(self) -> str:
        """The same as what could be."""
        return {
            "informed": "could be informed",
            "barely informed": "could barely be informed",
            "not informed": "could not be informed at all",
        }[self.word]


def plan_survey(
    scenario: Scenario,
    free: Sequence[Free],
    waves: Sequence[int],
    *,
    seed: int = 1,
    sets: int = SETS,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda _sets: None,
) -> tuple[Information, ...]:
    """What a survey of all members in some months could say of the parameters.

    Args:
        scenario: the network that is to be surveyed.
        free: parameters, with their priors.
        waves: months in which it is.
        seed: of parameters and luck.
        sets: networks tried, each with other parameters.
        workers: threads.
        progress: hears of networks as they are run.
    """
    drawn = draws(free, sets, seed)

    def answers(number: int) -> NDArray[np.float64]:
        settings = {one.key: one.value(drawn[number, place]) for place, one in enumerate(free)}
        tell = historian(replace(scenario, settings), seed=seed, months=sorted(set(waves)))
        return wave_answers(tell(number), waves)

    rows = []
    for row in in_order(answers, range(sets), workers or processors()):
        rows.append(row)
        progress(1)
    return _read_off(free, drawn, np.stack(rows))


def plan_studies(
    studies: Sequence[Observed],
    free: Sequence[Free],
    *,
    networks: int,
    seed: int = 1,
    sets: int = SETS,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda _sets: None,
) -> tuple[Information, ...]:
    """What the patterns of some studies, each found once, could say of the parameters."""
    drawn = draws(free, sets, seed)
    believed = [{one.key: one.value(row[place]) for place, one in enumerate(free)} for row in drawn]
    found = predict(studies, believed, networks=networks, seed=seed, workers=workers, progress=progress)
    return _read_off(free, drawn, np.stack([one.draws[:, 0] for one in found], axis=1))


def draws(free: Sequence[Free], sets: int, seed: int) -> NDArray[np.float64]:
    """Sets of parameters, a Latin hypercube over the priors, float[sets, parameters]."""
    from scipy.stats import qmc

    unit = qmc.LatinHypercube(len(free), rng=np.random.default_rng([seed, len(free)])).random(sets)
    low = np.array([one.low for one in free])
    high = np.array([one.high for one in free])
    return np.asarray(low + unit * (high - low))


def wave_answers(history: History, waves: Sequence[int]) -> NDArray[np.float64]:
    """What a survey of all members says, a row of numbers: for each wave ties, trust, structure, and what was asked."""
    network = Network(history)
    found: list[float] = []
    before: set[tuple[int, int]] | None = None
    for month in waves:
        ties = history.ties[month]
        strong = ties.trust >= BANDS[0]
        pairs = np.stack([ties.one[strong], ties.other[strong]], axis=1)
        start, known = structure.neighbours(pairs, network.size)
        now = set(map(tuple, pairs.tolist()))
        trust = ties.trust[strong]
        found += [
            len(pairs),
            float(trust.mean()) if len(trust) else 0.0,
            *(float(np.mean(trust >= band)) if len(trust) else 0.0 for band in BANDS[1:]),
            structure.transitivity(start, known),
            structure.degree_centralization(start),
            float(np.mean(network.overlap[pairs[:, 0], pairs[:, 1]])) if len(pairs) else 0.0,
            len(now & before) / max(1, len(now | before)) if before is not None else 0.0,
            *(history.course[month, MONTHLY_NAMES.index(outcome)] for outcome in ASKED),
        ]
        before = now
    return np.nan_to_num(np.array(found, dtype=np.float64))


def _read_off(
    free: Sequence[Free], drawn: NDArray[np.float64], answers: NDArray[np.float64]
) -> tuple[Information, ...]:
    answers = np.nan_to_num(np.where(np.isfinite(answers), answers, np.nan))
    return tuple(
        Information(one.key, 1 - sqrt(1 - explained(answers, drawn[:, place]))) for place, one in enumerate(free)
    )


def explained(answers: NDArray[np.float64], wanted: NDArray[np.float64]) -> float:
    """Share of the variance of `wanted` that a ridge regression on answers and their squares explains, 0 to 1.

    Each fifth of the rows is predicted from the other four.

    Args:
        answers: float[rows, answers].
        wanted: float[rows].
    """
    spread = answers.std(axis=0)
    scaled = (answers - answers.mean(axis=0))[:, spread > 0] / spread[spread > 0]
    terms = np.concatenate([np.ones((len(wanted), 1)), scaled, scaled**2], axis=1)
    left = 0.0
    for fold in range(FOLDS):
        out = np.arange(len(wanted)) % FOLDS == fold
        known, target = terms[~out], wanted[~out]
        ridge = np.eye(terms.shape[1])
        ridge[0, 0] = 0.0
        weights = np.linalg.solve(known.T @ known + ridge, known.T @ target)
        left += float(np.sum((wanted[out] - terms[out] @ weights) ** 2))
    return min(1.0, max(0.0, 1 - left / float(np.sum((wanted - wanted.mean()) ** 2))))
