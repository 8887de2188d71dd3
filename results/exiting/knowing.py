"""Which uncertain parameters matter for the choice: what it would be worth to know one before a plan is chosen.

Only those are looked at through which the elements of an exit act, as the register of assumptions has them. A set of
parameters is a future: each plan is worth what its networks with that set come to on average.
"""

from collections.abc import Sequence
from math import nan

import numpy as np

from results.deciding.robustness import Robustness
from results.deciding.worth_knowing import Information, worth_knowing
from results.estimates.comparison import counted
from results.estimates.pairs import linearized, present
from results.estimates.parameter_uncertainty import Flags, Groups, Values, groups_of
from results.exiting.choosing import Exits
from results.exiting.elements import Element, grounds
from results.optimising.objective import sign
from scenarios import KEYS
from scenarios.designs.design import Design
from scenarios.designs.factors import Factor
from simulation.running.ensemble import Ensemble

FEWEST = 60
"""Sets of parameters from which on something can be said: a dozen in each part of a range."""


def known_before(exits: Exits, elements: Sequence[Element]) -> Information | None:
    """What it would be worth to know each parameter that the elements act through.

    None where parameters are fixed, none of these vary, only one plan is left, or the sets are too few.
    """
    asked, outcome = exits.question, exits.question.outcomes[0]
    posterior = asked.scenario.posterior
    if posterior is None or len(exits.finalists) < 2:
        return None
    through = dict.fromkeys(key for one in grounds(elements) for key in one.parameters)
    keys = [key for key in through if key in posterior.keys]
    particles = posterior.particles_of(0, asked.final)
    groups = groups_of(particles[np.newaxis])
    values = [_of_sets(one.report.ensemble, outcome, groups) for one in exits.finalists]
    there: Flags = np.logical_and.reduce([np.isfinite(one) for one in values])
    if not keys or there.sum() < FEWEST:
        return None
    sets = np.zeros(len(there), dtype=np.int64)
    sets[groups] = particles
    lived = posterior.values[sets][:, [posterior.keys.index(key) for key in keys]]
    varying = [place for place in range(len(keys)) if np.ptp(lived[:, place]) > 0]
    low, high = lived.min(axis=0), lived.max(axis=0)
    factors = tuple(
        Factor(keys[place], float(low[place]), float(high[place]), whole=KEYS[keys[place]].kind == "int")
        for place in varying
    )
    shares = ((lived - low) / np.where(high > low, high - low, 1.0))[:, varying]
    futures = Design("futures", factors, (asked.scenario,), shares, len(shares), asked.seed)
    found = Robustness(
        outcome=outcome,
        plans=tuple(f"{one.plan.number}" for one in exits.finalists),
        futures=np.flatnonzero(there).astype(np.int64),
        left_out=int((~there).sum()),
        values=np.array(values)[:, there],
        less_is_better=sign(outcome) < 0,
        threshold=None,
        luck=nan,
    )
    return worth_knowing(found, futures, seed=asked.seed)


def _of_sets(ensemble: Ensemble, outcome: str, groups: Groups) -> Values:
    """Mean of an outcome over the networks of each set of parameters, float[sets]; nan where none has it."""
    one = counted(ensemble, outcome)
    kept = present(one)
    values = linearized(one, kept)
    size = int(groups.max()) + 1
    if not values.size:
        return np.full(size, nan)
    counts = np.bincount(groups[kept], minlength=size)
    sums = np.bincount(groups[kept], weights=values, minlength=size)
    means: Values = np.where(counts > 0, sums / np.maximum(counts, 1), nan)
    return means
