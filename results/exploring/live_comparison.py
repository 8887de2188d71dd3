"""One scenario with some of its values moved, against a pinned baseline: what a page with levers shows at once.

The numbers are those of `legato compare` for the same seed and as many replicates.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

import scenarios
import simulation
from results.comparing import words as compare_words
from results.comparing.choosing_scenarios import left_out, load
from results.comparing.fitted_cells import average_cell, change_cell
from results.comparing.words import notes as notes_words
from results.estimates.comparison import Comparison, compare
from results.estimates.same_luck import unlike
from results.words.differences import change as change_words
from results.words.headlines import HEADLINES
from results.words.numbers import label as label_numbers
from results.words.numbers import scaled
from scenarios import Scenario
from scenarios.reading.posterior_file import posterior_of
from simulation.outcomes import MONTHLY
from simulation.running.ensemble import Ensemble

EXPLORED, PINNED = "explored", "pinned"
COSTS = (
    "total_cost",
    "cost_backbone",
    "cost_convenings",
    "cost_introductions",
    "cost_grants",
    "cost_ending",
    "cost_per_collaboration",
    "cost_per_collaboration_month",
    "cost_per_surviving",
)
MOST_NAMED = 3
"""Values that the title of a scenario names, of those that were moved."""
REMEMBERED = 12
"""Ensembles that are kept, so that a baseline, and a lever that is moved back, cost nothing."""

Months = NDArray[np.float64]


@dataclass(frozen=True)
class Variant:
    """A scenario with some values moved.

    Attributes:
        given: a library name, or the path of a file, either with changes ("salex: grants.per_call=2").
        moved: dotted key and value as `--set` takes it, in the order of the schema.
    """

    given: str
    moved: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asked:
    """What is asked: one variant against another, with the same luck.

    Attributes:
        this: what is explored.
        baseline: what it is compared with.
        seed: of the luck.
        replicates: networks of each (count).
        posterior: "shipped", the path of a file, or None for fixed values.
        settings: `--set` texts that hold for both.
    """

    this: Variant
    baseline: Variant
    seed: int = 1
    replicates: int = 200
    posterior: str | None = "shipped"
    settings: tuple[str, ...] = ()

    def scenarios(self) -> tuple[Scenario, Scenario]:
        """This and the baseline, under different names.

        Raises:
            ScenarioError: with every fault, as `legato run --set` says it.
        """
        base = self._scenario(self.baseline, PINNED)
        this = self._scenario(self.this, EXPLORED, not_called=base.name)
        return this, base

    def _scenario(self, variant: Variant, ending: str, not_called: str = "") -> Scenario:
        moved = [f"{key}={value}" for key, value in variant.moved]
        found = load(variant.given, self.settings, posterior_of(self.posterior), moved)
        if not moved and found.name != not_called:
            return found
        name = f"{found.name}-{ending}"
        while name == not_called:  # a file can be called so, too
            name += f"-{ending}"
        return scenarios.replace(found, {"name": name, "title": _by_its_changes(found.title, moved)})


def _by_its_changes(title: str, moved: Sequence[str]) -> str:
    """What a scenario is called: by what it changes, as one is that was typed with its changes beside its name."""
    if not moved:
        return title
    named = [*moved[:MOST_NAMED], *([f"{len(moved) - MOST_NAMED} more"] if len(moved) > MOST_NAMED else [])]
    return f"{title} with {', '.join(named)}"


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


@dataclass(frozen=True)
class Line:
    """One outcome in words: its label with the unit, both averages, the paired difference, and what to make of it."""

    outcome: str
    label: str
    base: str
    this: str
    difference: str
    words: str
    is_clear: bool


@dataclass(frozen=True, eq=False)
class Explored:
    """The answer.

    Attributes:
        asked: the question.
        this: the scenario explored.
        base: the one it is compared with.
        comparison: all estimates and differences.
        courses: scenario -> monthly outcome -> its course.
    """

    asked: Asked
    this: Scenario
    base: Scenario
    comparison: Comparison
    courses: Mapping[str, Mapping[str, Course]]

    @property
    def changes(self) -> tuple[str, ...]:
        """Keys in which the two differ."""
        return tuple(
            key for key in scenarios.KEYS if scenarios.value_of(self.this, key) != scenarios.value_of(self.base, key)
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """The difference in words."""
        if not self.changes:
            return (f"Nothing differs from {self.base.name} yet: move a lever or choose another scenario.",)
        said = compare_words.answer(self.comparison, self.this.name, self.this.title)
        sizes = compare_words.sizes(self.comparison, (self.base, self.this))
        return (said, *filter(None, [sizes]), *compare_words.trade_offs(self.comparison))

    @property
    def notes(self) -> tuple[str, ...]:
        """What the intervals include, and how many networks they come from."""
        both = [_recall(one, self.asked) for one in (self.this, self.base)]
        said = (
            *notes_words(both, None),
            compare_words.pairing(self.comparison),
            compare_words.of_parameters(self.comparison, HEADLINES),
            *unlike((self.base, self.this)),
            *self._left_out(),
        )
        return tuple(note for note in said if note)

    def _left_out(self) -> list[str]:
        """What was observed of networks, and is not of these, in which a lever was moved."""
        variants = self.asked.this, self.asked.baseline
        return list(dict.fromkeys(left_out([one.given for one in variants], (self.this, self.base))))

    def lines(self) -> tuple[Line, ...]:
        """The headline outcomes, side by side."""
        return tuple(self._line(outcome) for outcome in HEADLINES if outcome not in COSTS)

    def costs(self) -> tuple[Line, ...]:
        """What it costs the funder, side by side."""
        return tuple(self._line(outcome) for outcome in COSTS)

    def _line(self, outcome: str) -> Line:
        change = self.comparison.difference(self.this.name, outcome)
        base, this = (average_cell(self.comparison, one.name, outcome) for one in (self.base, self.this))
        size = change_cell(change, self.comparison)
        return Line(outcome, label_numbers(outcome), base, this, size, change_words(change), change.is_clear)


def explore(asked: Asked) -> Explored:
    """Ask the engine for this and for the baseline, with the same luck.

    Raises:
        ScenarioError: with every fault of the two.
        MemoryError: if they cannot fit, with the estimate.
    """
    this, base = asked.scenarios()
    ensembles = {one.name: _recall(one, asked) for one in (base, this)}
    return Explored(
        asked,
        this,
        base,
        compare(ensembles, base.name),
        {name: courses_of(ensemble) for name, ensemble in ensembles.items()},
    )


def courses_of(ensemble: Ensemble) -> dict[str, Course]:
    """Every monthly outcome in the unit in which it is shown, with the middle 90 % of the kept replicates."""
    kept = ensemble.kept_months
    missing = np.isnan(kept)
    known, whole = ~missing.all(axis=0), ~missing.any(axis=0)
    ends = np.full((2, *kept.shape[1:]), np.nan)
    ends[:, whole] = np.percentile(kept[:, whole], [5, 95], axis=0)  # the same, and ten times as fast
    if (some := known & ~whole).any():
        ends[:, some] = np.nanpercentile(kept[:, some], [5, 95], axis=0)
    found = {}
    for column, outcome in enumerate(MONTHLY):
        factor = scaled(1.0, outcome.scale)
        mean, low, high = (factor * one[:, column] for one in (ensemble.mean_months, *ends))
        found[outcome.name] = Course(mean, low, high)
    return found


_REMEMBERED: OrderedDict[tuple[str, int, int], Ensemble] = OrderedDict()
_LOCK = Lock()


def _recall(scenario: Scenario, asked: Asked) -> Ensemble:
    """The ensemble of a scenario, from memory where the same was asked for before, whatever it was called."""
    key = scenarios.fingerprint(scenario), asked.seed, asked.replicates
    with _LOCK:
        found = _REMEMBERED.get(key)
        if found is not None:
            _REMEMBERED.move_to_end(key)
    if found is None:
        found = simulation.run(scenario, seed=asked.seed, replicates=asked.replicates)
        with _LOCK:
            _REMEMBERED[key] = found
            while len(_REMEMBERED) > REMEMBERED:
                _REMEMBERED.popitem(last=False)
    return replace(found, scenario=scenario)


def saved(scenario: Scenario) -> tuple[str, str]:
    """A scenario as a file: its name, and a text that loads back to the same scenario, wherever it is put."""
    files = {
        key: str(Path(path).resolve())
        for key in ("members.file", "members.ties")
        if (path := scenarios.value_of(scenario, key))
    }
    return f"{scenario.name}.toml", scenarios.to_toml(scenario, files)
