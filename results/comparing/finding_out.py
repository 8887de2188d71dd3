"""What to find out first: which group of uncertain keys makes most of what is unknown of an outcome or a difference."""

from collections.abc import Mapping

import numpy as np

from results.estimates.comparison import linearized, present_in
from results.estimates.group_shares import GroupShare, group_shares
from results.estimates.parameter_uncertainty import Values
from results.words.headlines import headlines
from simulation.running.ensemble import Ensemble

Shares = Mapping[str, tuple[GroupShare, ...]]
"""Outcome -> shares of the groups, the greatest first; outcomes of which nothing can be said are left out."""


def shares_of(ensemble: Ensemble, base: Ensemble | None = None) -> Shares:
    """Shares of the groups in what is not known of a scenario's outcomes, or of their differences from a baseline."""
    posterior = ensemble.scenario.posterior
    if posterior is None:
        return {}
    found = {}
    for outcome in dict.fromkeys(headlines(ensemble.outcomes.names)):
        values = _values(ensemble, outcome)
        if base is not None:
            values = values - _values(base, outcome)
        if shares := group_shares(values, posterior, ensemble.first):
            found[outcome] = shares
    return found


def _values(ensemble: Ensemble, outcome: str) -> Values:
    """Values whose mean is the estimate, nan where a replicate has none, float[replicates]."""
    kept = present_in(ensemble, outcome)
    values, found = linearized(ensemble, outcome, kept), np.full(ensemble.replicates, np.nan)
    if values.size:
        found[kept] = values
    return found
