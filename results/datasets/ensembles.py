"""Ensembles as one Dataset: every network by itself, its outcomes and its months, before anything is summed up."""

from typing import TYPE_CHECKING, Any

import numpy as np

from results.datasets.columns import column_of
from results.datasets.dataset import extra
from simulation.outcomes import SHIPPED, Outcomes
from simulation.running.ensemble import Ensemble

if TYPE_CHECKING:
    import xarray as xr


def ensembles_to_xarray(*ensembles: Ensemble) -> "xr.Dataset":
    """Networks of scenarios as one xarray Dataset.

    Each outcome of a run is a variable, [scenario, replicate]; `monthly` is what each network came to in each month,
    [scenario, replicate, month, outcome]; nan where there is none. The course of the first thousand networks is kept:
    with more, the dimension of these is called `kept`, and its coordinate is their number. A run folder keeps no months
    of single networks, so this is there as long as its ensembles are: those of `simulation.run`, or of an answer.

    Args:
        ensembles: one or more, of scenarios with different names.

    Raises:
        ExtraError: if xarray is not installed.
        ValueError: if there is none, or two have the same name.
    """
    xarray = extra("xarray", "exchange")
    names = [one.scenario.name for one in ensembles]
    if not names or len(set(names)) < len(names):
        raise ValueError(f"ensembles of {', '.join(names) or 'no scenario'}; allowed are one or more, each of another")
    first = min(one.first for one in ensembles)
    ends = [max(one.first + count(one) for one in ensembles) - first for count in (_all, _kept)]
    catalogues: list[Outcomes] = [getattr(one, "outcomes", SHIPPED) for one in ensembles]
    outcomes = list(dict.fromkeys(name for one in catalogues for name in one.names))
    monthly = list(dict.fromkeys(name for one in catalogues for name in one.monthly_names))
    kept = "replicate" if ends[0] == ends[1] else "kept"
    months = max(one.scenario.last_month for one in ensembles) + 1
    values = {name: np.full((len(names), ends[0]), np.nan) for name in outcomes}
    courses = np.full((len(names), ends[1], months, len(monthly)), np.nan)
    for place, (one, catalogue) in enumerate(zip(ensembles, catalogues, strict=True)):
        begin = one.first - first
        for name in catalogue.names:
            values[name][place, begin : begin + one.replicates] = one[name]
        for column, name in enumerate(catalogue.monthly_names):
            course = one.kept_months[:, :, column]
            courses[place, begin : begin + len(course), : course.shape[1], monthly.index(name)] = course
    currency = ensembles[0].scenario.costs.currency
    found: dict[str, Any] = {
        name: (("scenario", "replicate"), column, _attributes(name, currency)) for name, column in values.items()
    }
    about = {"description": "what each network came to at the end of each month", "units": "of the outcome"}
    found["monthly"] = (("scenario", kept, "month", "outcome"), courses, about)
    numbers = {"replicate": first + np.arange(ends[0]), kept: first + np.arange(ends[1])}
    return xarray.Dataset(
        found,
        {"scenario": names, **numbers, "month": np.arange(months), "outcome": monthly},
        {"seeds": [one.seed for one in ensembles], "currency": currency},
    )


def _all(one: Ensemble) -> int:
    return one.replicates


def _kept(one: Ensemble) -> int:
    return len(one.kept_months)


def _attributes(name: str, currency: str) -> dict[str, str]:
    unit, meaning = column_of("outcomes", name, currency=currency)
    return {"units": unit, "long_name": name.replace("_", " "), "description": meaning}
