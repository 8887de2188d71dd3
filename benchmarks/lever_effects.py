"""What each lever and each uncertain parameter does over its range, one key at a time, on paired replicates."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

import scenarios
import simulation
from scenarios import ASSUMPTIONS, KEYS, Key, Scenario, ScenarioError
from simulation import Ensemble
from simulation.outcomes import NAMES

SEED = 1
OUTCOMES = (
    "collaboration_rate", "active_rate", "engagement", "retention", "evidence", "translation", "legacy_rate",
    "survival", "cost",
)  # fmt: skip
"""The main outcomes; the monthly ones are read at the closing."""
STEPS = 7
"""Values of a key that is drawn as a curve."""

SETTINGS: dict[str, dict[str, Any]] = {
    "funder.shift.month": {"funder.shift.facilitation": 0.5, "funder.shift.grants": 0.5},
    "funder.shift.facilitation": {"funder.shift.month": 12},
    "funder.shift.grants": {"funder.shift.month": 12},
    "funder.shift.priorities": {"funder.shift.month": 12},
    "costs.handover": {"closing.handover": True},
    "behaviour.handover_cut": {"closing.handover": True},
    "behaviour.grant_strength": {"grants.size": 100_000.0},
    "behaviour.leave_patience": {"behaviour.leave_below": 0.55},
    "behaviour.leave_chance": {"behaviour.leave_below": 0.55},
    "behaviour.translation_chance": {"behaviour.translation_lag": 6},
    "behaviour.champion_engaged": {"members.champions": 8, "behaviour.renewal_chance": 0.1},
}
"""What else has to be so before a key can do anything, where no register of mechanisms says it."""


@dataclass(frozen=True, eq=False)
class Curve:
    """What a key does over its range.

    Attributes:
        key: which.
        setting: what else was changed so that it can act.
        values: tried, in order; the one that the scenario has is among them.
        labels: the same in words.
        own: place of the scenario's own value.
        effects: mean paired difference from the own value (standard deviations), float[values, OUTCOMES].
        errors: their standard errors.
        money: cost to the closing against that at the own value (ratio), float[values].
        moves: outcomes of any kind that differ in any replicate.
    """

    key: Key
    setting: Mapping[str, Any]
    values: tuple[Any, ...]
    labels: tuple[str, ...]
    own: int
    effects: NDArray[np.float64]
    errors: NDArray[np.float64]
    money: NDArray[np.float64]
    moves: tuple[str, ...]

    @property
    def largest(self) -> tuple[float, str]:
        """The largest effect, and on which outcome."""
        size = np.nan_to_num(np.abs(self.effects))
        place = int(np.argmax(size.max(axis=0)))
        return float(size.max()), OUTCOMES[place]


def grid(key: Key, own: Any, steps: int) -> list[Any]:
    """Values over the range of a key, with the one that a scenario has."""
    if key.kind == "bool":
        return [False, True]
    if key.kind == "weights":
        topics = KEYS["network.topics"].default
        return [(), (1.0,) * 2 + (0.0,) * (topics - 2)]
    assert key.prior is not None
    low, high = key.prior
    spaced = np.linspace(low, high, steps)
    values: set[Any] = {round(float(one)) for one in spaced} if key.kind == "int" else {float(one) for one in spaced}
    if isinstance(own, (int, float)):
        near = [one for one in values if abs(one - own) < (high - low) * 1e-9]
        values = (values - set(near)) | {type(own)(own)}
    return ([own] if not isinstance(own, (int, float)) else []) + sorted(values)


def label(value: Any) -> str:
    """A value on an axis."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "two topics" if value else "all alike"
    if value is None:
        return "left out"
    return f"{value:g}" if isinstance(value, float) else f"{value}"


def mechanism_on(scenario: Scenario, key: str) -> dict[str, Any]:
    """What switches the mechanisms of a key on that are off in a scenario, at the middle of their ranges."""
    on: dict[str, Any] = dict(SETTINGS.get(key, {}))
    at = {name: scenarios.value_of(scenario, name) for name in KEYS}
    for one in ASSUMPTIONS:
        if key in one.parameters and not one.is_at_work(at):
            for other in one.off:
                prior = KEYS[other].prior
                if other != key and prior and KEYS[other].kind in ("int", "float"):
                    middle = (prior[0] + prior[1]) / 2
                    on[other] = round(middle) if KEYS[other].kind == "int" else middle
    return on


class Measured:
    """Ensembles of one scenario with changes, each run once."""

    def __init__(self, name: str, replicates: int) -> None:
        self.scenario = scenarios.load(name, posterior=None)
        self.replicates = replicates
        self._run = cache(self._runs)

    def at(self, changes: Mapping[str, Any]) -> Ensemble | None:
        """The ensemble; None where the changes contradict the rest of the scenario."""
        return self._run(tuple(sorted(changes.items())))

    def _runs(self, changes: tuple[tuple[str, Any], ...]) -> Ensemble | None:
        try:
            return simulation.run(
                scenarios.replace(self.scenario, dict(changes)), seed=SEED, replicates=self.replicates
            )
        except ScenarioError:
            return None

    def curve(self, key: Key, setting: Mapping[str, Any], steps: int) -> Curve | None:
        """What a key does over its range; None where fewer than two values can stand."""
        plain = self.at(setting)
        if plain is None:
            return None
        own = scenarios.value_of(plain.scenario, key.key)
        tried = [(value, self.at({**setting, key.key: value})) for value in grid(key, own, steps)]
        there = [(value, found) for value, found in tried if found is not None]
        if len(there) < 2:
            return None
        place = next(number for number, (value, _) in enumerate(there) if value == own)
        pairs = [[standardized(found[name], plain[name]) for name in OUTCOMES] for _, found in there]
        both = np.array(pairs)
        money = np.array([found["cost"].mean() / max(plain["cost"].mean(), 1e-12) for _, found in there])
        moves = [
            name for name in NAMES
            if any(not np.array_equal(found[name], plain[name], equal_nan=True) for _, found in there)
        ]  # fmt: skip
        values = tuple(value for value, _ in there)
        return Curve(
            key, setting, values, tuple(map(label, values)), place, both[..., 0], both[..., 1], money, tuple(moves)
        )


def standardized(found: NDArray[np.float64], plain: NDArray[np.float64]) -> tuple[float, float]:
    """Mean paired difference and its standard error, in standard deviations between replicates."""
    difference = (found - plain)[~np.isnan(found - plain)]
    if len(difference) < 2:
        return 0.0, 0.0
    spread = float(np.sqrt((np.nanvar(found, ddof=1) + np.nanvar(plain, ddof=1)) / 2))
    if spread == 0.0:
        return float(np.sign(difference.mean())) * 9.9 * bool(difference.any()), 0.0
    return float(difference.mean()) / spread, float(difference.std(ddof=1)) / np.sqrt(len(difference)) / spread


def keys_worth_trying() -> list[Key]:
    """Every lever and every uncertain key that has a range, or a few values; not files, not the length of the run."""
    left_out = ("members.file", "members.ties", "members.contacts", "costs.price_year", "network.months")
    return [
        key for name, key in KEYS.items()
        if name not in left_out and (key.prior is not None or key.kind in ("weights", "bool"))
    ]  # fmt: skip
