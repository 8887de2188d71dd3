"""What the JSON documents of all commands have in common: plain values, missing ones null, never NaN."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

from results.words.varying import UNCERTAIN, between_points
from scenarios import Posterior, Scenario
from scenarios.designs.design import Design

Document = dict[str, Any]


def parameters_document(scenarios: Sequence[Scenario], replicates: int) -> Document:
    """How uncertain the parameters are in so many replicates: the posterior, its particles, and keys that vary."""
    return _parameters([one.posterior for one in scenarios if one.posterior is not None], replicates)


def posterior_document(posterior: Posterior | None, replicates: int) -> Document:
    """The same of one posterior, or of fixed values."""
    return _parameters([] if posterior is None else [posterior], replicates)


def _parameters(posteriors: Sequence[Posterior], replicates: int) -> Document:
    keys = list(dict.fromkeys(key for one in posteriors for key in one.keys))
    return {
        "posterior": posteriors[0].name if posteriors else None,
        "particles": len(posteriors[0]) if posteriors else 0,
        "particles_used": posteriors[0].in_use(replicates) if posteriors else 0,
        "keys": keys,
        "varying": len(UNCERTAIN.intersection(keys)),
        "uncertain": len(UNCERTAIN),
    }


def finite(value: Any) -> Any:
    """The value as JSON has it: null for nan and what is infinite."""
    return None if isinstance(value, float) and not isfinite(value) else value


def design_parameters(design: Design, replicates: int) -> Document:
    """The same of a design, with so many replicates of each point; `between`: what differs from point to point."""
    between = between_points(design)
    found = parameters_document(design.bases, replicates)
    return {**found, "between": list(between), "varying": len(UNCERTAIN.intersection([*between, *found["keys"]]))}
