"""A score that is not always run: an emulator of it rules out what is implausible, and answers where it is sure.

The log likelihood of a set of parameters is learned by a Gaussian process, first from a Latin hypercube over the prior,
then from every set that is run after all. What even its optimistic end puts far below the best score seen is ruled out
without running any network; the process's mean is its score, far down. Where the process knows the likelihood closely,
its mean is the score as well. All others are run. As the walk asks one by one, in the same order for the same seed, the
same questions are answered in the same way.

Source:
    Wilkinson 2014, Accelerating ABC methods using Gaussian processes, AISTATS, PMLR 33, arXiv:1401.1436 (a Gaussian
    process of the log likelihood that rules out, in waves); Craig, Goldstein, Seheult & Smith 1997, in Case Studies in
    Bayesian Statistics 3 (history matching). Ours: the scale, and that it answers where it is sure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from results.calibrating.posterior_summary import Free
from results.emulators.process import Process, fit_process
from scenarios.files.faults import MissingExtraError

Values = NDArray[np.float64]
FIRST, A_PARAMETER = 30, 10
"""Sets run before the walk: so many at the least, so many for each parameter. Ours."""
FAR = 10.0
"""Log likelihood below the best beyond which a set is ruled out: less than 1 in 20,000 of being accepted."""
WIDE = 3.0
"""Standard errors of the optimistic end, as is usual in history matching (Pukelsheim 1994)."""
CLOSE = 0.2
"""Standard error of the log likelihood from which on the emulator answers: a factor of 1.2. Ours."""
SCALE = 5.0
"""Log likelihood below the best where the scale that is learned turns from even to logarithmic."""
AGAIN = 1.3
"""Lengths are learned again when there are that many times as many sets."""
TAKEN_IN = 5
"""Sets run after which the process takes them in."""
MOST = 600
"""Sets beyond which the process takes in no more."""


@dataclass
class Asked:
    """How the sets were answered (counts).

    Attributes:
        run: networks were run.
        ruled_out: implausible.
        known: the emulator was sure.
    """

    run: int = 0
    ruled_out: int = 0
    known: int = 0


def check_emulators() -> None:
    """See that scikit-learn is installed, before anything is run.

    Raises:
        MissingExtraError: if not.
    """
    from importlib.util import find_spec

    if find_spec("sklearn") is None:
        raise MissingExtraError("calibrate --emulate", "scikit-learn", "emulate")


class EmulatedScore:
    """Scores sets of parameters, running as few as it takes."""

    def __init__(
        self,
        free: Sequence[Free],
        score: Callable[[Mapping[str, float]], float],
        *,
        seed: int,
        first: int | None = None,
    ) -> None:
        """Run the first sets.

        Args:
            free: the parameters.
            score: runs networks.
            seed: of the first sets.
            first: how many; what is usual if left out.

        Raises:
            MissingExtraError: if scikit-learn is not installed.
        """
        from scipy.stats import qmc

        self.free, self.score, self.seed = tuple(free), score, seed
        self.asked = Asked()
        self._places: list[Values] = []
        self._scores: list[float] = []
        self._process: Process | None = None
        self._best = -np.inf
        self._learned_from = self._taken_in = 0
        count = max(FIRST, A_PARAMETER * len(self.free)) if first is None else first
        for place in qmc.LatinHypercube(len(self.free), rng=np.random.default_rng(seed)).random(count):
            self._run({one.key: one.value(one.low + share * (one.high - one.low))
                       for one, share in zip(self.free, place.tolist(), strict=True)})  # fmt: skip

    def __call__(self, particle: Mapping[str, float]) -> float:
        """The score of one set of parameters."""
        process = self._known()
        if process is None:
            return self._run(particle)
        mean, error = (float(one[0]) for one in process.predict_with_error(self._place(particle)[None]))
        rough = process.spread * float(np.sqrt(process.rough))
        middle = self._unscaled(mean)
        if self._unscaled(mean + WIDE * float(np.hypot(error, rough))) < self._best - FAR:
            self.asked.ruled_out += 1
            return middle
        if error * (SCALE + max(self._best - middle, 0.0)) < CLOSE:
            self.asked.known += 1
            return middle
        return self._run(particle)

    def _run(self, particle: Mapping[str, float]) -> float:
        found = self.score(particle)
        self.asked.run += 1
        if len(self._scores) < MOST:
            self._places.append(self._place(particle))
            self._scores.append(found)
        return found

    def _place(self, particle: Mapping[str, float]) -> Values:
        return np.array([(particle[one.key] - one.low) / (one.high - one.low) for one in self.free])

    def _known(self) -> Process | None:
        """The process, which takes in sets a few at a time; None where nothing is likely at all."""
        count = len(self._scores)
        if self._process is None or count >= self._taken_in + TAKEN_IN or (count == MOST and self._taken_in < MOST):
            scores = np.array(self._scores)
            finite = np.isfinite(scores)
            if finite.sum() < FIRST // 2:
                return None
            self._best = float(scores[finite].max())
            scaled = -np.log1p((self._best - np.where(finite, scores, scores[finite].min())) / SCALE)
            points = np.array(self._places)
            again = self._process is None or count >= ceil(AGAIN * self._learned_from)
            before = None if again else self._process
            self._process = fit_process(points, scaled, seed=self.seed, like=before, learned_from=200)
            self._learned_from = count if again else self._learned_from
            self._taken_in = count
        return self._process

    def _unscaled(self, scaled: float) -> float:
        """A log likelihood out of the scale that is learned."""
        return self._best - SCALE * float(np.expm1(-scaled))
