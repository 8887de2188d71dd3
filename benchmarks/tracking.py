"""How good `legato track` is where the truth is known: networks of the model, observed as real ones are.

    python -m benchmarks.tracking            some minutes; prints the table of docs/tracking.md

Networks are simulated with other luck than those that a forecast is made of. Of each some months are observed: by 15
of its 22 members the collaboration rate, and the number of active collaborations, each of which goes unnoticed where
neither of the two has answered. Then month 25 is forecast, and the network's own month 25 is looked at.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence

import numpy as np

import scenarios
import simulation
from results.estimates.conditioning import Conditioning
from results.tracking.looking import evened
from simulation.running.ensemble import Ensemble

ASKED, MEMBERS, MONTH = 15, 22, 25
UNSEEN = ((MEMBERS - ASKED) / MEMBERS) ** 2
"""Chance that neither of two has answered, about."""
MONTHS = ((3,), (6,), (9,), (3, 6, 9), (15,), (3, 6, 9, 12, 15))
OUTCOMES = ("collaboration_rate", "active_rate", "collaborations")
BINS = 5


def looked_at(ensemble: Ensemble, months: Sequence[int], luck: np.random.Generator) -> np.ndarray:
    """What is observed of each network, float[networks, observations]."""
    columns = []
    for month in months:
        yes = np.rint(ensemble.course("collaboration_rate")[:, month] * MEMBERS).astype(int)
        columns.append(evened("collaboration_rate", luck.hypergeometric(yes, MEMBERS - yes, ASKED) / ASKED))
        active = ensemble.course("collaborations")[:, month].astype(int)
        columns.append(evened("collaborations", luck.binomial(active, 1 - UNSEEN).astype(float)))
    return np.stack(columns, axis=1)


def rows(networks: int, cases: int) -> Iterator[str]:
    """A line of the table for each choice of months and outcome."""
    scenario = scenarios.load("salex")
    plan = simulation.run(scenario, seed=1, replicates=networks)
    real = simulation.run(scenario, seed=2, replicates=cases)
    for months in MONTHS:
        seen, looks = (looked_at(one, months, np.random.default_rng(seed)) for one, seed in ((plan, 3), (real, 4)))
        for outcome in OUTCOMES:
            future, truth = (evened(outcome, one.course(outcome)[:, MONTH]) for one in (plan, real))
            mark = float(np.median(plan.course(outcome)[:, MONTH]))
            low, high = np.quantile(future, (0.05, 0.95))
            inside, wide, chances = [], [], []
            for look, came in zip(looks, truth, strict=True):
                given = Conditioning(seen, look).given(future)
                ends = given.quantiles((0.05, 0.95))
                inside.append(ends[0] - 1e-9 <= came <= ends[1] + 1e-9)
                wide.append((ends[1] - ends[0]) / (high - low))
                chances.append(given.share(given.values >= evened(outcome, np.array(mark)) - 1e-9))
            reached = real.course(outcome)[:, MONTH] >= mark
            yield (
                f"| {', '.join(map(str, months))} | {outcome} | {100 * np.mean(inside):.0f} | {np.mean(wide):.2f} | "
                f"{reliability(np.array(chances), reached)} |"
            )


def reliability(chances: np.ndarray, reached: np.ndarray) -> str:
    """Chance that was said -> share that came to pass, in a few bins, with how many there were."""
    told = []
    place = np.minimum((chances * BINS).astype(int), BINS - 1)
    for one in range(BINS):
        mine = place == one
        if mine.sum() >= 10:
            told.append(f"{100 * chances[mine].mean():.0f}: {100 * reached[mine].mean():.0f} ({mine.sum()})")
    return "; ".join(told)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", type=int, default=1000, help="that a forecast is made of")
    parser.add_argument("--cases", type=int, default=500, help="networks that are observed and forecast")
    asked = parser.parse_args(arguments)
    print("| months observed | outcome in month 25 | inside 90 % (of 100) | width beside the plan's | "
          "chance said: came to pass (cases) |")  # fmt: skip
    print("| --- | --- | --: | --: | --- |")
    for row in rows(asked.networks, asked.cases):
        print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
