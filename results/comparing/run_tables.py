"""What a run folder's tables hold, as columns."""

from dataclasses import fields

import numpy as np

from results.estimates.comparison import Comparison, Difference
from results.folders.parquet import Columns, fields_as_columns
from simulation.running.ensemble import Ensemble

_NOT_IN_THE_TABLE = ("higher", "equal", "lower", "level", "baseline_level", "same_members")
"""Fields of a difference that the JSON alone has."""
_IN_THE_TABLE = tuple(field.name for field in fields(Difference) if field.name not in _NOT_IN_THE_TABLE)


def outcome_columns(ensemble: Ensemble) -> Columns:
    """A row per replicate: scenario, replicate, seed, then the outcomes (missing where they are)."""
    return {
        "scenario": [ensemble.scenario.name] * ensemble.replicates,
        "replicate": ensemble.first + np.arange(ensemble.replicates, dtype=np.int64),
        "seed": np.full(ensemble.replicates, ensemble.seed, dtype=np.int64),
        **{name: ensemble[name] for name in ensemble.outcomes.names},
    }


def month_columns(ensemble: Ensemble) -> Columns:
    """A row per month and monthly outcome: scenario, month, outcome, mean, p05, p95.

    The mean is over all replicates, the quantiles over those whose course is kept (the first thousand).
    """
    months = len(ensemble.mean_months)
    low, high = np.quantile(ensemble.kept_months, [0.05, 0.95], axis=0)
    names = ensemble.outcomes.monthly_names
    rows = months * len(names)
    return {
        "scenario": [ensemble.scenario.name] * rows,
        "month": np.repeat(np.arange(months, dtype=np.int64), len(names)),
        "outcome": list(map(str, names)) * months,
        "mean": ensemble.mean_months.reshape(rows),
        "p05": low.reshape(rows),
        "p95": high.reshape(rows),
    }


def difference_columns(comparison: Comparison) -> Columns:
    """A row per scenario and outcome: the difference and its interval, None as missing; counts are in the JSON."""
    return fields_as_columns(Difference, comparison.differences, _IN_THE_TABLE)
