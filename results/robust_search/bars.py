"""Bars: what an outcome has to come to in a future for a plan to be good enough there, as somebody writes them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.estimates.bounds import limits
from scenarios import Scenario, ScenarioError
from scenarios.files.amounts import AmountError, amount
from scenarios.files.faults import near_miss, refusal, shown
from scenarios.reading.roster import finite_number
from simulation.outcomes import outcome_named
from simulation.own_outcomes.catalogue import outcomes_of

FORM = 'OUTCOME>=VALUE or OUTCOME<=VALUE, such as "collaboration_rate>=0.6", in double quotes'
_WRITTEN = re.compile(r"\s*([\w.-]*)\s*(>=|<=)\s*(.*?)\s*(%?)\s*")


@dataclass(frozen=True)
class Bar:
    """What is good enough.

    Attributes:
        outcome: by which.
        at_least: whether the value is the least that will do, or the most.
        value: in the outcome's unit.
    """

    outcome: str
    at_least: bool
    value: float

    def met(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Where it is; a missing value does not meet it."""
        with np.errstate(invalid="ignore"):
            met: NDArray[np.bool_] = values >= self.value if self.at_least else values <= self.value
        return met

    def short_by(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """How much is lacking, 0 where it is met."""
        short: NDArray[np.float64] = np.maximum(self.value - values if self.at_least else values - self.value, 0.0)
        return short

    @property
    def written(self) -> str:
        """As it is asked for."""
        return f"{self.outcome}{'>=' if self.at_least else '<='}{self.value:.15g}"


def read_bars(written: Sequence[str], scenario: Scenario) -> tuple[Bar, ...]:
    """The bars that are meant.

    Args:
        written: texts OUTCOME>=VALUE; a share as 0.6 or 60%, money as people write it.
        scenario: in whose currency money is, and whose outcomes are counted.

    Raises:
        ScenarioError: with everything that is wrong with any of them.
    """
    faults: list[str] = []
    bars: dict[tuple[str, bool], Bar] = {}
    for text in written:
        try:
            bar = _read(text, scenario)
        except (_FaultError, AmountError) as fault:
            faults.append(str(fault))
            continue
        if (before := bars.get((bar.outcome, bar.at_least))) is not None:
            faults.append(f"{before.written} and {bar.written} are two bars on the same side; give one")
        bars[bar.outcome, bar.at_least] = bar
    for (outcome, at_least), bar in bars.items():
        other = bars.get((outcome, not at_least))
        if at_least and other is not None and other.value < bar.value:
            faults.append(f"{bar.written} and {other.written} cannot both hold")
    if faults:
        raise ScenarioError(refusal("--bar", faults))
    return tuple(bars.values())


class _FaultError(ValueError):
    pass


def _read(text: str, scenario: Scenario) -> Bar:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise _FaultError(f"{shown(text)} is no bar; write {FORM}")
    name, side, number, percent = found.groups()
    known = outcomes_of(scenario.outcomes)
    name = known.called(name)
    if name not in known:
        hint = near_miss(name, known.names) or f"; write {FORM}"
        raise _FaultError(f"{shown(name)} is not an outcome{hint}")
    value: float | None
    if outcome_named(name).scale == "usd" and not percent:
        value = amount(number, scenario.costs.currency, scenario.costs.rate)
    else:
        value = finite_number(number)
    if value is None or (percent and outcome_named(name).scale not in ("share", "level")):
        raise _FaultError(f"{shown(text)}: {shown(number + percent)} is no value of {name}; write {FORM}")
    value = value / 100 if percent else value
    low, high = limits(name)
    if not low <= value <= high:
        hint = f"; did you mean {value / 100:g}?" if high == 1 and 1 < value <= 100 else ""
        ends = f"from {low:g} to {high:g}" if high < float("inf") else f"{low:g} or more"
        raise _FaultError(f"{shown(text)}: {name} is {ends}{hint}")
    if value == (low if side == ">=" else high):
        raise _FaultError(f"{shown(text)}: every plan meets that in every future; give a bar that can be missed")
    return Bar(name, side == ">=", value)
