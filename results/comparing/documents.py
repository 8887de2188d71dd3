"""The JSON documents of `run`, `compare`, `scenarios` and `show`. `json_schemas` describes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from results.estimates.comparison import Comparison, Estimate
from results.estimates.precision import Precision
from results.words.document import Document, finite, parameters_document
from scenarios import Scenario, observed_of


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
