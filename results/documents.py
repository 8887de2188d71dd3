"""The JSON documents of the commands: plain values, missing ones null, never NaN. `json_schemas` describes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from math import isfinite
from typing import Any

from results.comparison import Comparison, Estimate
from results.precision import Precision
from results.varying import UNCERTAIN, between_points
from scenarios import Posterior, Scenario, observed_of
from scenarios.design import Design

Document = dict[str, Any]


def compare_document(
    comparison: Comparison, precision: Precision | None = None, scenarios: Sequence[Scenario] = ()
) -> Document:
    """What `compare --json` prints; `scenarios` are those compared."""
    return {
        "baseline": comparison.baseline,
        "seed": comparison.seed,
        "replicates": comparison.replicates,
        "scenarios": {name: _estimates(estimates) for name, estimates in comparison.estimates.items()},
        "differences": [_plain(difference) for difference in comparison.differences],
        "parameters": parameters_document(scenarios, comparison.replicates),
        "observed": {one.name: observed_of(one) for one in scenarios if one.observed},
        **_reached(precision),
    }


def run_document(
    scenario: Scenario,
    seed: int,
    replicates: int,
    estimates: Mapping[str, Estimate],
    precision: Precision | None = None,
) -> Document:
    """What `run --json` prints."""
    return {
        "scenario": scenario.name,
        "seed": seed,
        "replicates": replicates,
        "outcomes": _estimates(estimates),
        "parameters": parameters_document([scenario], replicates),
        "observed": observed_of(scenario),
        **_reached(precision),
    }


def parameters_document(scenarios: Sequence[Scenario], replicates: int) -> Document:
    """What is not known of parameters in so many replicates: the posterior, its particles, and keys that vary."""
    return _parameters([one.posterior for one in scenarios if one.posterior is not None], replicates)


def design_parameters(design: Design, replicates: int) -> Document:
    """The same of a design, with so many replicates of each point; `between`: what differs from point to point."""
    between = between_points(design)
    found = parameters_document(design.bases, replicates)
    return {**found, "between": list(between), "varying": len(UNCERTAIN.intersection([*between, *found["keys"]]))}


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


def scenarios_document(library: Iterable[tuple[str, str, str]]) -> Document:
    """What `scenarios --json` prints, from (name, title, question)."""
    return {"scenarios": [dict(zip(("name", "title", "question"), one, strict=True)) for one in library]}


def show_document(scenario: Scenario, rows: Iterable[Mapping[str, Any]]) -> Document:
    """What `show --json` prints; a row is a value with its key, unit, role, range, prior, text and source."""
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "question": scenario.question,
        "values": [_listed(row) for row in rows],
        "observed": observed_of(scenario),
    }


def _estimates(estimates: Mapping[str, Estimate]) -> Document:
    return {outcome: _plain(estimate) for outcome, estimate in estimates.items()}


def _reached(precision: Precision | None) -> Document:
    return {} if precision is None else {"precision": {**_plain(precision), "is_reached": precision.is_reached}}


def _plain(noun: Any) -> Document:
    return {field.name: finite(getattr(noun, field.name)) for field in fields(noun)}


def _listed(row: Mapping[str, Any]) -> Document:
    return {key: list(value) if isinstance(value, tuple) else finite(value) for key, value in row.items()}


def finite(value: Any) -> Any:
    """The value as JSON has it: null for nan and what is infinite."""
    return None if isinstance(value, float) and not isfinite(value) else value
