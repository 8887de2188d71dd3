"""One scenario with some of its values moved, against another, by the engine of this computer."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import scenarios
import simulation
from results.comparing.choosing_scenarios import apart, load, name_of
from results.estimates.comparison import compare
from results.estimates.middle import course_ends
from results.exploring.explored import EXPLORED, PINNED, Asked, Explored, Variant, called, file_of, titled
from results.words.numbers import scaled
from scenarios import Scenario
from scenarios.reading.layers import FILES
from scenarios.reading.one_currency import in_one_currency
from scenarios.reading.posterior_file import posterior_of
from simulation.outcomes import MONTHLY
from simulation.running.ensemble import Ensemble

Months = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Course:
    """One monthly outcome of one scenario, in the unit in which it is shown, index 0 the founding.

    Attributes:
        mean: over all replicates, float[months + 1].
        low: lower end of the middle 90 % of single networks, float[months + 1].
        high: its upper end.
    """

    mean: Months
    low: Months
    high: Months


def scenarios_of(asked: Asked) -> tuple[Scenario, Scenario]:
    """What is explored, and the baseline, under different names, and in the currency of the first.

    Raises:
        ScenarioError: with every fault, as `legato run --set` says it.
    """
    base = _scenario(asked, asked.baseline, PINNED)
    this = _scenario(asked, asked.this, EXPLORED, not_called=base.name)
    this, base = in_one_currency([this, base])
    return this, base


def _scenario(asked: Asked, variant: Variant, ending: str, not_called: str = "") -> Scenario:
    moved = [f"{key}={value}" for key, value in variant.moved]
    found = load(variant.given, asked.settings, posterior_of(asked.posterior), moved)
    name = called(found.name, variant.moved, ending, not_called)
    return found if name == found.name else scenarios.replace(
        found, {"name": name, "title": titled(found.title, variant.moved)}
    )  # fmt: skip


def explore(asked: Asked) -> Explored:
    """Ask the engine for this and for the baseline, with the same luck.

    Raises:
        ScenarioError: with every fault of the two.
        MemoryError: if they cannot fit, with the estimate.
    """
    this, base = scenarios_of(asked)
    given = as_given(asked.this.given), as_given(asked.baseline.given)
    names = name_of(asked.this.given), name_of(asked.baseline.given)
    rules = ("" if this.rules is None else this.rules.name, "" if base.rules is None else base.rules.name)
    found = compare(_networks(asked, base, this), base.name)
    return Explored(asked, this, base, given, names, found, rules, this.rules == base.rules)


def as_given(given: str) -> Scenario:
    """The scenario as its file has it, before any setting."""
    source, _ = apart(given)
    return scenarios.load(str(source))


def courses_for(found: Explored) -> dict[str, dict[str, Course]]:
    """Every monthly outcome of both, by name of the scenario."""
    return {one.scenario.name: courses_of(one) for one in _networks(found.asked, found.this, found.base)}


def courses_of(ensemble: Ensemble) -> dict[str, Course]:
    """Every monthly outcome in the unit in which it is shown, with the middle 90 % of the kept replicates."""
    ends, found = course_ends(ensemble.kept_months), {}
    for column, outcome in enumerate(MONTHLY):
        factor = scaled(1.0, outcome.scale)
        mean, low, high = (factor * one[:, column] for one in (ensemble.mean_months, *ends))
        found[outcome.name] = Course(mean, low, high)
    return found


def _networks(asked: Asked, *of: Scenario) -> list[Ensemble]:
    """The networks of each scenario; those that differ in nothing but what they are called are simulated once."""
    made: dict[str, Ensemble] = {}
    found = []
    for one in of:
        same = scenarios.fingerprint(one)
        if same not in made:
            made[same] = simulation.run(one, seed=asked.seed, replicates=asked.replicates)
        found.append(replace(made[same], scenario=one))
    return found


def saved(scenario: Scenario) -> tuple[str, str]:
    """A scenario as a file: its name, and a text that loads back to the same scenario, wherever it is put."""
    files = {key: str(Path(path).resolve()) for key in FILES if (path := scenarios.value_of(scenario, key))}
    return file_of(scenario.name), scenarios.to_toml(scenario, files)
