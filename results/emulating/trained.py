"""Emulators trained on the points of a finished run: one for each outcome, of each plan or difference."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from results.emulators.coding import Coding, coded
from results.emulators.effects import draws, effects
from results.emulators.held_out import LEAST_POINTS, WIDE, Checked, fit_and_check
from results.emulators.noise import noise_of
from results.estimates.parameter_uncertainty import unknown_of
from results.estimates.response import mean_and_half
from results.sweeping.given_inputs import Given, RunPoints, numbers_of
from scenarios.designs.factors import SCENARIO, Factor
from scenarios.files.faults import FailedError
from scenarios.schema.keys import value_of

Values = NDArray[np.float64]
Trust = Literal["well", "roughly", "not"]
WELL, ROUGHLY = 0.8, 0.5
"""Share of what can be explained at held-out points, from which on an emulator is to be trusted, or roughly. Ours."""
STEPS = 41
"""Values of a range at which a surface is told."""


class TooLittleError(FailedError, ValueError):
    """A run from which no emulator can be learned."""


@dataclass(frozen=True, eq=False)
class Trained:
    """An emulator of one outcome, checked; or why there is none.

    Attributes:
        outcome: its name.
        of: which plan, in words; "" where there is one only.
        inputs: that vary, in the order of the design.
        still: keys that do not vary.
        values: of the inputs at each point that has a value, numbers or codes of levels, float[points, inputs].
        points: their numbers in the design.
        missing: points without a value (count).
        networks: at each point, at the most (count).
        coding: how inputs become columns.
        checked: the emulator, and what it said of held-out points; None where there is none.
        why_not: why there is none; "" where there is one.
        usual: value of each input that is not looked at: that of the scenario, or the middle one.
        level: half the 95 % interval by which luck and parameters, the same at all points, move all of the surface;
            None where nobody can tell.
        seed: of everything drawn.
    """

    outcome: str
    of: str
    inputs: tuple[Factor, ...]
    still: tuple[str, ...]
    values: Values
    points: NDArray[np.int64]
    missing: int
    networks: int
    coding: Coding
    checked: Checked | None
    why_not: str
    usual: tuple[float, ...]
    level: float | None
    seed: int

    def predict(self, places: ArrayLike) -> tuple[Values, Values]:
        """Mean and standard error at some places, given as numbers or codes of levels, float[places, inputs]."""
        assert self.checked is not None
        rows = np.asarray(places, dtype=np.float64)
        return self.checked.emulator.predict_with_error(self.coding.columns(rows))

    @property
    def trust(self) -> Trust:
        """How far to trust it."""
        if self.checked is None or self.checked.possible <= 0:
            return "not"
        share = self.checked.explained / self.checked.possible
        return "well" if share >= WELL else "roughly" if share >= ROUGHLY else "not"

    @property
    def is_overconfident(self) -> bool:
        """Whether fewer held-out points lie within their 90 % intervals than chance would allow (1 in 200)."""
        if self.checked is None:
            return False
        return self.checked.covered < 0.9 - 2.576 * float(np.sqrt(0.9 * 0.1 / len(self.checked.simulated)))

    @cached_property
    def strength(self) -> Values:
        """First and total effect of each input on what was learned, float[2, inputs]."""
        ranges = [not one.levels and not one.whole for one in self.inputs]
        drawn = draws(self.values, ranges, self.seed)
        checked = self.checked
        assert checked is not None
        sets = [[place] for place in range(len(self.inputs))]
        return effects(lambda some: checked.emulator.predict(self.coding.columns(some)), drawn, sets)

    @cached_property
    def strongest(self) -> tuple[int, ...]:
        """Places of the inputs, the greatest total effect first."""
        total = self.strength[1]
        return tuple(sorted(range(len(self.inputs)), key=lambda place: (-round(float(total[place]), 9), place)))

    def steps(self, place: int) -> Values:
        """Values of an input at which a surface is told: levels, whole numbers, or even steps of a range."""
        one, column = self.inputs[place], self.values[:, place]
        if one.levels and len(one.levels) <= STEPS:
            return np.unique(column) if one.is_numeric else np.arange(len(one.levels), dtype=np.float64)
        low, high = float(column.min()), float(column.max())
        if one.whole and high - low < STEPS:
            return np.arange(low, high + 1)
        steps = np.linspace(low, high, STEPS)
        return np.unique(np.round(steps)) if one.whole else steps

    def surface(self) -> dict[str, Any]:
        """The outcome over the two strongest inputs, the others at their usual values; columns of a table."""
        first, second = (*self.strongest, -1)[:2]
        across = self.steps(first)
        up = self.steps(second) if second >= 0 else np.zeros(1)
        one, other = (axis.ravel() for axis in np.meshgrid(across, up))
        places = np.tile(np.array(self.usual), (len(one), 1))
        places[:, first] = one
        if second >= 0:
            places[:, second] = other
        mean, error = self.predict(places)
        return {
            "across": [self.inputs[first].key] * len(one),
            "up": [self.inputs[second].key if second >= 0 else ""] * len(one),
            "across_value": one,
            "up_value": other,
            "predicted": mean,
            "low": mean - WIDE * error,
            "high": mean + WIDE * error,
        }


def train(run: RunPoints, outcomes: Sequence[str]) -> tuple[Trained, ...]:
    """An emulator of every outcome, of the baseline and of each difference from it.

    Raises:
        TooLittleError: if there is none at all.
        MissingExtraError: if scikit-learn is not installed.
    """
    found = tuple(trained(run, given) for outcome in outcomes for given in run.given(outcome))
    if all(one.checked is None for one in found):
        raise TooLittleError(f"{run.path}: {'; '.join(dict.fromkeys(one.why_not for one in found))}")
    return found


def trained(run: RunPoints, given: Given) -> Trained:
    """The emulator of one outcome; see `train`."""
    design = run.inputs
    there: NDArray[np.bool_] = np.asarray(np.isfinite(given.values).any(axis=1))
    keys, numbers, still = numbers_of(design, there)
    inputs = tuple(factor for factor in design.factors if factor.key in keys)
    levels = [() if factor.is_numeric else factor.levels for factor in inputs]
    values, count = given.values[there], int(there.sum())
    coding = coded(keys, numbers, levels) if keys and count else Coding(())
    checked, why_not = None, ""
    if count < LEAST_POINTS:
        why_not = (
            f"{given.outcome} has a value at {count:,} point{'' if count == 1 else 's'}; an emulator takes "
            f"{LEAST_POINTS} or more. A sweep with --design lhs --points 200 has enough"
        )
    elif not keys:
        why_not = f"no input varies over the {count:,} points that have a value"
    else:
        means = np.nanmean(values, axis=1)
        if float(np.ptp(means)) <= 1e-12 * max(1.0, float(np.abs(means).max())):
            why_not = f"{given.outcome} is the same at all {count:,} points"
        else:
            noise = noise_of(values, same_luck=run.same_luck)
            checked = fit_and_check(coding.columns(numbers), means, noise, seed=run.seed)
    return Trained(
        given.outcome, given.of, inputs, still, numbers, np.flatnonzero(there), int(np.sum(~there)),
        int(given.values.shape[1]), coding, checked, why_not, tuple(_usual(run, inputs, numbers)), _level(run, given),
        run.seed,
    )  # fmt: skip


def _usual(run: RunPoints, inputs: Sequence[Factor], numbers: Values) -> Iterator[float]:
    """Value of each input where nobody looks: what the scenario has, if it is among what was tried; else the middle."""
    for place, factor in enumerate(inputs):
        column = numbers[:, place]
        own = None
        if run.design.kind != "futures" and factor.key != SCENARIO and len(run.bases) == 1:
            own = value_of(run.bases[0], factor.key)
        if not factor.is_numeric:
            yield (
                float(factor.levels.index(own))
                if own in factor.levels
                else float(Counter(column.tolist()).most_common(1)[0][0])
            )
        elif isinstance(own, (int, float)) and column.min() <= own <= column.max():
            yield float(own)
        else:
            yield float(np.quantile(column, 0.5, method="nearest"))


def _level(run: RunPoints, given: Given) -> float | None:
    """By how much what all points share may move all of them: half a 95 % interval of the mean over points."""
    values = given.values[np.isfinite(given.values).all(axis=1)]
    if not run.same_luck or len(values) < 2 or values.shape[1] < 2:
        return None
    bases = run.design.bases if run.design.kind != "futures" else ()
    unknown = unknown_of(bases, 0, values.shape[1]) if bases else None
    half = mean_and_half(values.mean(axis=0)[:, None], unknown=unknown)[1]
    return float(half[0]) if np.isfinite(half[0]) else None
