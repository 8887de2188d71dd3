"""What a forecast says: for each outcome the distribution that Legato predicts, and those of simple baselines."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.forecasting.asked import OF_MEMBERS, Asked
from results.forecasting.facts import Fact
from simulation.outcomes import MONTHLY_NAMES
from simulation.running.ensemble import KEPT, Ensemble

LEVELS = tuple(round(level / 200, 3) for level in range(1, 200))
"""Of the quantiles that stand in a forecast: .005, .010, ..., .995."""
MOST = KEPT
"""Networks behind a forecast, at the most: of so many the months are kept."""
SAID = {
    "legato": "Legato",
    "random answers": "random answers: every share is as likely as any other",
    "nothing changes": "nothing changes from month {now} on, as simulated",
    "given": "given with the forecast",
}
"""Who predicts -> what that means."""
_DIGITS = 6
"""Significant digits of what is written: more than anybody observes, and the same on every machine."""


def predicted(ensemble: Ensemble, asked: Sequence[Asked], now: int, given: Mapping[str, Fact]) -> list[dict[str, Any]]:
    """What stands in a forecast of each outcome.

    Args:
        ensemble: the simulated networks.
        asked: what is predicted.
        now: month from which on the baseline says that nothing changes.
        given: outcome, as it is written -> what a baseline of one's own says: a count of so many, or a value.
    """
    return [_one(ensemble, one, now, given.get(one.name)) for one in asked]


def _one(ensemble: Ensemble, asked: Asked, now: int, given: Fact | None) -> dict[str, Any]:
    values = _values(ensemble, asked, asked.month)
    missing = int(np.count_nonzero(np.isnan(values)))
    others: dict[str, dict[str, Any]] = {}
    if asked.yes_or_no:
        others["random answers"] = {"chance": 0.5}
    elif asked.outcome.scale in ("share", "level"):
        others["random answers"] = _spread(np.array(LEVELS))
    if asked.month is not None:
        others["nothing changes"] = _said(_values(ensemble, asked, now), asked)
    if given is not None:
        others["given"] = _given(given, asked)
    return {
        "name": asked.name,
        "outcome": asked.outcome.name,
        "month": asked.month,
        "means": asked.outcome.meaning,
        "scale": asked.outcome.scale,
        "members": ensemble.scenario.network.members if asked.outcome.name in OF_MEMBERS else None,
        "score": "brier" if asked.yes_or_no else "crps",
        "networks": ensemble.replicates - missing,
        "missing": missing,
        "forecasts": {"legato": _said(values, asked), **others},
    }


def _values(ensemble: Ensemble, asked: Asked, month: int | None) -> NDArray[np.float64]:
    if month is None:
        return ensemble[asked.outcome.name]
    return ensemble.kept_months[:, month, MONTHLY_NAMES.index(asked.outcome.name)]


def _said(values: NDArray[np.float64], asked: Asked) -> dict[str, Any]:
    there = values[~np.isnan(values)]
    if asked.yes_or_no:
        # Half a network on either side: so many networks do not make anything certain.
        return {"chance": _rounded((float(there.sum()) + 0.5) / (len(there) + 1))}
    if not len(there):
        return {"quantiles": None}
    return _spread(np.quantile(there, LEVELS))


def _given(one: Fact, asked: Asked) -> dict[str, Any]:
    if asked.yes_or_no:
        return {"chance": one.value}
    if one.of is None:
        return _spread(np.full(len(LEVELS), one.value))
    from scipy.special import betaincinv  # here, not above: it takes a third of a second to import

    successes = one.value * one.of
    quantiles = betaincinv(successes + 0.5, one.of - successes + 0.5, np.array(LEVELS))
    return _spread(quantiles)


def _spread(quantiles: NDArray[np.float64]) -> dict[str, Any]:
    return {"quantiles": [_rounded(float(one)) for one in quantiles]}


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}") + 0.0
