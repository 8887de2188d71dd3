"""Comparisons as they may come out, drawn at random: clear, open, the same, missing, of few networks."""

from math import nan
from typing import Any

import numpy as np

from results.estimates.comparison import Comparison, Difference, Estimate
from simulation.outcomes import NAMES, outcome_named

PLANS = ("salex", "early closing", "no-grants", "more")
_SIZES = {"share": 1.0, "level": 1.0, "count": 400.0, "usd": 3e6, "index": 1.0}


def drawn_comparison(rng: np.random.Generator, plans: int = 3) -> Comparison:
    """A comparison of so many plans, the first of which is the baseline."""
    names = PLANS[:plans]
    replicates = int(rng.choice([1, 2, 12, 200]))
    levels = {name: {outcome: _level(outcome, rng) for outcome in NAMES} for name in names}
    if rng.random() < 0.3:
        levels = {
            name: {outcome: 1e-3 * one + levels[names[0]][outcome] for outcome, one in every.items()}
            for name, every in levels.items()
        }
    estimates = {
        name: {outcome: _estimate(one, outcome, replicates, rng) for outcome, one in every.items()}
        for name, every in levels.items()
    }
    differences = tuple(
        drawn_difference(name, outcome, levels[name][outcome], levels[names[0]][outcome], replicates, rng)
        for name in names[1:]
        for outcome in NAMES
    )
    return Comparison(names[0], int(rng.integers(9)), replicates, estimates, differences)


def _level(outcome: str, rng: np.random.Generator) -> float:
    size = _SIZES[outcome_named(outcome).scale] * float(rng.choice([1, 1, 0.1, 1e-3]))
    return float(rng.choice([0.0, size, *(size * rng.random(8)), round(size * rng.random(), 3)]))


def _estimate(mean: float, outcome: str, replicates: int, rng: np.random.Generator) -> Estimate:
    if rng.random() < 0.05:
        return Estimate(nan, nan, nan, nan, nan, 0, replicates)
    half = nan if replicates < 2 else abs(mean) * float(rng.choice([0.0, 0.01, 0.3]))
    most = 1.0 if outcome_named(outcome).scale in ("share", "level") else 1e12
    return Estimate(mean, max(mean - half, 0.0), min(mean + half, most), mean * 0.5, mean * 1.5, replicates)


def drawn_difference(
    name: str, outcome: str, ours: float, theirs: float, replicates: int, rng: np.random.Generator
) -> Difference:
    """Of two levels; some are missing, some exactly the same."""
    if rng.random() < 0.1:
        ours = theirs
    mean = ours - theirs
    half = (
        nan
        if replicates < 2
        else float(rng.choice([0.0 if mean == 0 else 0.1, 0.5, 0.9, 1.0, 2.5])) * (abs(mean) or 0.01)
    )
    counts = [int(one) for one in rng.multinomial(replicates, rng.dirichlet([0.3, 0.3, 0.3]))]
    chance = None if replicates < 2 else float(rng.choice([0, 0.5, 0.66, 0.9, 0.995, 1, *rng.random(4)]))
    if rng.random() < 0.05:
        mean, half, chance, ours = nan, nan, None, nan
    known: dict[str, Any] = {
        "probability_greater": None,
        "variance_ratio": None if rng.random() < 0.3 else float(rng.uniform(0.5, 40)),
        "more_replicates": None if rng.random() < 0.3 else int(rng.choice([0, 3, 77, 1234, 98_765, 5_000_000])),
        "luck_share": None if rng.random() < 0.5 else float(rng.choice([1.0, *rng.random(3)])),
    }
    return Difference(
        name, outcome, mean, mean - half, mean + half, replicates=replicates, missing=int(rng.choice([0, 0, 3])),
        higher=counts[0], equal=counts[1], lower=counts[2], level=ours, baseline_level=theirs,
        same_members=bool(rng.random() < 0.7), chance_higher=chance, **known,
    )  # fmt: skip
