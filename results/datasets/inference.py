"""A posterior for ArviZ: an InferenceData, or from version 1 on a DataTree, with the groups that its functions know.

Particles have weights, draws have none: the group `posterior` is one chain of draws, in which each particle comes as
often as its weight says (`Posterior.draws`); `sample_stats` says which particle each draw is, with its weight.
"""

import warnings
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from results.datasets.dataset import extra
from scenarios.schema.keys import in_currency, key_named
from scenarios.schema.posterior import Posterior

PRIOR_SEED = 20
"""Of the draws from flat priors, of which there are as many as of the posterior."""


class Prior(Protocol):
    """A flat prior of one parameter."""

    @property
    def key(self) -> str:
        """Dotted key."""

    @property
    def low(self) -> float:
        """Its lower end."""

    @property
    def high(self) -> float:
        """Its upper end."""

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are allowed."""


def posterior_to_arviz(posterior: Posterior, priors: Sequence[Prior] = ()) -> Any:
    """A posterior for ArviZ.

    Args:
        posterior: what is known.
        priors: flat ones, of those keys that had any; they become the group `prior`.

    Returns:
        `arviz.InferenceData` with ArviZ 0.x (Python 3.11), `xarray.DataTree` with ArviZ 1.x.

    Raises:
        ExtraError: if ArviZ is not installed.
    """
    xarray = extra("xarray", "exchange")
    draws = posterior.draws
    about = {
        "name": posterior.name,
        "about": posterior.about,
        "fingerprint": posterior.sha256,
        "particles": len(posterior),
        "effective_particles": float(1.0 / np.square(posterior.weights).sum()),
        "created_by": "legato: one chain of particles, each as often as its weight says; no Markov chain, so that its "
        "effective size is effective_particles, and not what an autocorrelation says",
    }
    groups = {
        "posterior": _dataset(
            xarray,
            {key: posterior.values[draws, place] for place, key in enumerate(posterior.keys)},
            about,
            posterior.currency,
        ),
        "sample_stats": _dataset(xarray, {"particle": draws, "weight": posterior.weights[draws]}, {}),
    }
    if priors:
        groups["prior"] = _dataset(xarray, _prior_draws(priors, len(draws)), {"seed": PRIOR_SEED}, posterior.currency)
    return inference_data(groups)


def predictions_to_arviz(predicted: Mapping[str, NDArray[np.float64]], observed: Mapping[str, float]) -> Any:
    """What a posterior predicts, and what was observed, for ArviZ: the groups `posterior_predictive`, `observed_data`.

    Args:
        predicted: finding -> draws, a row a particle and a column a virtual study, float[particles, studies].
        observed: finding -> what was observed.
    """
    xarray = extra("xarray", "exchange")
    draws = {name: values.ravel() for name, values in predicted.items()}
    told = {name: ((), np.float64(value)) for name, value in observed.items()}
    return inference_data(
        {
            "posterior_predictive": _dataset(xarray, draws, {}),
            "observed_data": xarray.Dataset(told),
        }
    )


def inference_data(groups: Mapping[str, Any]) -> Any:
    """Datasets by group as the installed ArviZ has them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=FutureWarning)  # that version 1 will be another, which we know
        arviz = extra("arviz", "exchange")
    tree: Any = extra("xarray", "exchange").DataTree
    kind: Any = getattr(arviz, "InferenceData", tree)  # from version 1 on another name of DataTree
    return tree.from_dict(dict(groups)) if issubclass(kind, tree) else kind(**groups)


def _dataset(xarray: Any, draws: Mapping[str, NDArray[Any]], about: Mapping[str, Any], currency: str = "USD") -> Any:
    """One chain; draws of different length are filled up with nan."""
    most = max(map(len, draws.values()), default=0)
    variables = {}
    for name, values in draws.items():
        whole = values if len(values) == most else np.concatenate([values, np.full(most - len(values), np.nan)])
        variables[name] = (("chain", "draw"), whole[np.newaxis], _attributes(name, currency))
    return xarray.Dataset(variables, {"chain": [0], "draw": np.arange(most)}, about)


def _attributes(name: str, currency: str) -> dict[str, str]:
    key = key_named(name) if "." in name else None
    return {} if key is None else {"units": in_currency(key.unit, currency), "long_name": key.text}


def _prior_draws(priors: Sequence[Prior], count: int) -> dict[str, NDArray[np.float64]]:
    luck = np.random.default_rng(PRIOR_SEED)
    drawn = {one.key: luck.uniform(one.low, one.high, count) for one in priors}
    return {one.key: np.rint(drawn[one.key]) if one.whole else drawn[one.key] for one in priors}
