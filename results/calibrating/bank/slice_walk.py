"""Draws from a posterior whose prior is normal: many chains side by side, by elliptical slice sampling.

Each step of a chain turns its state towards a fresh draw from the prior, as far as the likelihood lets it: nothing is
tuned, and the number of parameters does not matter where the facts inform few of them. Chains begin at draws from the
prior, hear of the likelihood little by little, and the last state of each is one particle: particles owe each other
nothing.

Source:
    Murray, Adams & MacKay 2010, Elliptical slice sampling, AISTATS 9. Ours: the warming up, and what is asked before
    chains count as settled.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WARMING = 0.4
"""Share of the steps in which the likelihood comes in, from nothing to all of it."""
SMALLEST = 1e-6
"""Angle at which a chain stays where it is."""
REMEMBERED = 0.2
"""Correlation of chains with where they were in the middle of the walk, above which they have not settled."""
MOVED = 4.5
"""Standard errors by which the mean of a coordinate may still move in the second half; of a hundred, one in a thousand
times by luck."""

Values = NDArray[np.float64]
Stands = Callable[[Values], NDArray[np.bool_]]


@dataclass(frozen=True, eq=False)
class Walk:
    """Where the chains ended.

    Attributes:
        states: float[chains, dimensions].
        likelihood: log likelihood of each, float[chains].
        remembered: greatest correlation of a coordinate with itself between the middle and the end of what follows the
            warming up.
        moved: greatest move of a mean between the two (standard errors).
    """

    states: Values
    likelihood: Values
    remembered: float
    moved: float

    @property
    def settled(self) -> bool:
        """Whether the chains have forgotten where they were, and their means have come to rest."""
        return self.remembered < REMEMBERED and self.moved < MOVED

    @property
    def effective(self) -> float:
        """Independent draws that the states are worth (count): one a chain, less where chains have not moved on."""
        return len(self.states) * max(0.0, 1 - self.remembered**2)


def walk(
    log_likelihood: Callable[[Values], Values],
    dimensions: int,
    *,
    chains: int,
    steps: int,
    seed: int,
    stands: Stands = lambda states: np.ones(len(states), np.bool_),
    progress: Callable[[int], None] = lambda _steps: None,
) -> Walk:
    """Let the chains walk.

    Args:
        log_likelihood: of states, float[states, dimensions] -> float[states].
        dimensions: of a state; each coordinate is standard normal beforehand (count).
        chains: particles wanted (count).
        steps: of each chain (count).
        seed: of the walk.
        stands: which states are part of the prior at all, float[states, dimensions] -> bool[states].
        progress: hears of steps.
    """
    luck = np.random.default_rng([seed, dimensions, chains])
    states = luck.standard_normal((chains, dimensions))
    logs = np.where(stands(states), log_likelihood(states), -np.inf)
    warming = max(1, round(WARMING * steps))
    middle = states
    for step in range(steps):
        strength = min(1.0, ((step + 1) / warming) ** 2)
        states, logs = _turned(log_likelihood, stands, states, logs, strength, luck)
        if step == warming + (steps - warming) // 2:
            middle = states
        progress(1)
    return Walk(states, logs, *_settling(middle, states))


def _turned(
    log_likelihood: Callable[[Values], Values],
    stands: Stands,
    states: Values,
    logs: Values,
    strength: float,
    luck: np.random.Generator,
) -> tuple[Values, Values]:
    """One step of every chain."""
    towards = luck.standard_normal(states.shape)
    height = strength * logs + np.log(luck.random(len(states)))
    angle = luck.uniform(0, 2 * np.pi, len(states))
    low, high = angle - 2 * np.pi, angle.copy()
    found, found_logs = states.copy(), logs.copy()
    open_ = np.arange(len(states))
    while len(open_):
        turn = angle[open_, None]
        tried = states[open_] * np.cos(turn) + towards[open_] * np.sin(turn)
        tried_logs = log_likelihood(tried)
        accepted = strength * tried_logs > height[open_]
        accepted[accepted] = stands(tried[accepted])
        found[open_[accepted]], found_logs[open_[accepted]] = tried[accepted], tried_logs[accepted]
        open_ = open_[~accepted]
        below = angle[open_] < 0
        low[open_[below]], high[open_[~below]] = angle[open_[below]], angle[open_[~below]]
        angle[open_] = luck.uniform(low[open_], high[open_])
        open_ = open_[high[open_] - low[open_] > SMALLEST]
    return found, found_logs


def _settling(middle: Values, states: Values) -> tuple[float, float]:
    one, other = middle - middle.mean(axis=0), states - states.mean(axis=0)
    size = np.sqrt(np.sum(one**2, axis=0) * np.sum(other**2, axis=0))
    remembered = np.sum(one * other, axis=0) / np.maximum(size, 1e-300)
    error = np.sqrt((one.var(axis=0) + other.var(axis=0)) / len(states))
    moved = np.abs(states.mean(axis=0) - middle.mean(axis=0)) / np.maximum(error, 1e-300)
    return float(remembered.max()), float(moved.max())
