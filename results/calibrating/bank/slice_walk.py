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
Chains = NDArray[np.int64]
"""Numbers of some of them."""
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
    start: Values | None = None,
    progress: Callable[[int], None] = lambda _steps: None,
) -> Walk:
    """Let the chains walk.

    A chain whose step has ended begins its next one without waiting for the others: so the likelihood is asked of all
    chains at once, and not again and again of the few that need many tries.

    Args:
        log_likelihood: of states, float[states, dimensions] -> float[states].
        dimensions: of a state; each coordinate is standard normal beforehand (count).
        chains: particles wanted (count).
        steps: of each chain (count).
        seed: of the walk.
        stands: which states are part of the prior at all, float[states, dimensions] -> bool[states].
        start: where chains begin, float[chains, dimensions], under the whole likelihood at once; draws from the prior,
            and warming up, where it is left out.
        progress: hears of steps, as the slowest chain has taken them.
    """
    luck = np.random.default_rng([seed, dimensions, chains])
    states = luck.standard_normal((chains, dimensions)) if start is None else start.copy()
    logs = np.where(stands(states), log_likelihood(states), -np.inf)
    warming = max(1, round(WARMING * steps)) if start is None else 0
    half, middle = warming + (steps - warming) // 2, states.copy()
    taken, turns, told = np.zeros(chains, np.int64), _Turns.of(states.shape), 0
    beginning = walking = np.arange(chains)
    while len(walking):
        strength = np.minimum(1.0, ((taken + 1) / max(warming, 1)) ** 2)
        turns.begin(beginning, strength[beginning] * logs[beginning], luck)
        tried = turns.tried(walking, states)
        tried_logs = log_likelihood(tried)
        accepted = strength[walking] * tried_logs > turns.height[walking]
        accepted[accepted] = stands(tried[accepted])
        states[walking[accepted]], logs[walking[accepted]] = tried[accepted], tried_logs[accepted]
        stays = turns.narrow(walking[~accepted], luck)
        beginning = np.sort(np.concatenate([walking[accepted], stays]))
        taken[beginning] += 1
        at_half = beginning[taken[beginning] == half]
        middle[at_half] = states[at_half]
        beginning = beginning[taken[beginning] < steps]
        walking = np.flatnonzero(taken < steps)
        progress(int(taken.min()) - told)
        told = int(taken.min())
    return Walk(states, logs, *_settling(middle, states))


@dataclass(frozen=True, eq=False)
class _Turns:
    """What each chain tries: the draw it turns towards, the height to be reached, the angle and what is left of it."""

    towards: Values
    height: Values
    angle: Values
    low: Values
    high: Values

    @classmethod
    def of(cls, shape: tuple[int, ...]) -> "_Turns":
        return cls(np.empty(shape), *(np.empty(shape[0]) for _ in range(4)))

    def begin(self, chains: Chains, logs: Values, luck: np.random.Generator) -> None:
        """A new turn of some chains."""
        self.towards[chains] = luck.standard_normal((len(chains), self.towards.shape[1]))
        self.height[chains] = logs + np.log(luck.random(len(chains)))
        self.angle[chains] = luck.uniform(0, 2 * np.pi, len(chains))
        self.low[chains], self.high[chains] = self.angle[chains] - 2 * np.pi, self.angle[chains]

    def tried(self, chains: Chains, states: Values) -> Values:
        """Where some chains would come to."""
        turn = self.angle[chains, None]
        return np.asarray(states[chains] * np.cos(turn) + self.towards[chains] * np.sin(turn))

    def narrow(self, chains: Chains, luck: np.random.Generator) -> Chains:
        """Try a smaller turn of some chains; those that can turn no less, and stay where they are, are returned."""
        below = self.angle[chains] < 0
        self.low[chains[below]] = self.angle[chains[below]]
        self.high[chains[~below]] = self.angle[chains[~below]]
        self.angle[chains] = luck.uniform(self.low[chains], self.high[chains])
        return chains[self.high[chains] - self.low[chains] <= SMALLEST]


def _settling(middle: Values, states: Values) -> tuple[float, float]:
    one, other = middle - middle.mean(axis=0), states - states.mean(axis=0)
    size = np.sqrt(np.sum(one**2, axis=0) * np.sum(other**2, axis=0))
    remembered = np.sum(one * other, axis=0) / np.maximum(size, 1e-300)
    error = np.sqrt((one.var(axis=0) + other.var(axis=0)) / len(states))
    moved = np.abs(states.mean(axis=0) - middle.mean(axis=0)) / np.maximum(error, 1e-300)
    return float(remembered.max()), float(moved.max())
