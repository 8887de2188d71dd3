"""How often 90 % intervals of 60 particles hold the truth where the likelihood is exact: what few particles cost.

A linear model, three parameters with flat priors, six normal observations: no network, no luck in the score. Counts of
data sets whose interval holds the truth, by plain weighted quantiles and by those that calibrations report.
Run: `python -m benchmarks.recovery_exact` (about three minutes).
"""

import numpy as np
from numpy.typing import NDArray

from results.calibrating.abc_smc import Set, calibrate
from results.calibrating.posterior_summary import Free, weighted_quantile

DATA_SETS, PARTICLES, ERROR = 200, 60, 0.25
KEYS = ("a.a", "a.b", "a.c")


def main() -> None:
    """Print both counts."""
    slopes = np.random.default_rng(0).normal(size=(6, 3))
    plain, reported = np.zeros(3, dtype=int), np.zeros(3, dtype=int)
    for number in range(DATA_SETS):
        luck = np.random.default_rng([105, number])
        truth = luck.uniform(size=3)
        seen = slopes @ truth + ERROR * luck.normal(size=6)

        def score(particle: Set, seen: NDArray[np.float64] = seen) -> float:
            missed = (seen - slopes @ np.array([particle[key] for key in KEYS])) / ERROR
            return float(-0.5 * np.sum(missed**2) - 6 * np.log(ERROR) - 3 * np.log(2 * np.pi))

        found = calibrate([Free(key, 0.0, 1.0) for key in KEYS], score, particles=PARTICLES, seed=1000 + number)
        for place, value in enumerate(truth):
            column, order = found.values[:, place], np.argsort(found.values[:, place])
            middles = np.cumsum(found.weights[order]) - found.weights[order] / 2
            lowest, highest = np.interp((0.05, 0.95), middles, column[order])
            plain[place] += lowest <= value <= highest
            low, high = (weighted_quantile(column, found.weights, share) for share in (0.05, 0.95))
            reported[place] += low <= value <= high
    print(f"of {DATA_SETS} data sets: plain quantiles {plain.tolist()}, as reported {reported.tolist()}")


if __name__ == "__main__":
    main()
