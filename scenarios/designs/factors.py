"""A factor: one key of a scenario that a design varies, over a range or over levels; or which scenario it is."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import floor, fsum
from typing import Any

from scenarios.designs.distributions import Distribution, read_distribution
from scenarios.files.currencies import USD
from scenarios.files.faults import ScenarioError
from scenarios.schema.keys import PRICES, key_named
from scenarios.schema.scenario import Scenario

SCENARIO = "scenario"
"""Name of the factor that tells scenarios apart."""
STEPS = 5
"""Levels of a grid over a range for which no step is given."""
MOST_LEVELS = 100_000


@dataclass(frozen=True)
class Factor:
    """What is varied.

    Attributes:
        key: dotted key, or "scenario".
        low: lower end of a range, in the key's unit; None where there are levels.
        high: its upper end.
        levels: the values themselves, in the order in which they were given; empty where there is a range.
        whole: whether a range holds whole numbers only.
        distribution: of a range, how likely its values are; None where all are equally likely.
        weights: of levels, how likely each is, summing to 1; empty where all are equally likely.
        stops_short: what is to be said of a range whose steps do not reach its end; "" where they do.
        of_schema: whether the range is the one that the schema names, of prices in USD.
    """

    key: str
    low: float | None = None
    high: float | None = None
    levels: tuple[Any, ...] = ()
    whole: bool = False
    distribution: Distribution | None = None
    weights: tuple[float, ...] = ()
    stops_short: str = field(default="", compare=False)
    of_schema: bool = field(default=False, compare=False)

    @property
    def is_numeric(self) -> bool:
        """Whether its values have an order and a distance, so that a curve may be drawn over them."""
        return not self.levels or all(_is_number(level) for level in self.levels)

    @property
    def text(self) -> str:
        """What it is, in the field's words."""
        known = key_named(self.key)
        return known.text if known else "the scenario"

    @property
    def unit(self) -> str:
        """Unit of its values; "" where there is none."""
        known = key_named(self.key)
        return known.unit if known else ""

    def value(self, share: float) -> Any:
        """The value at a share of the way, 0 to 1: of the range evenly, of levels each an equal part.

        Of a distribution it is a share of the probability.
        """
        if self.weights:
            return self.levels[bisect_right(self._until, share, hi=len(self.levels) - 1)]
        if self.levels:
            return self.levels[_part(share, len(self.levels))]
        if self.distribution is not None:
            value = self.distribution.value(share)
            return int(value) if self.whole else value
        assert self.low is not None
        assert self.high is not None
        if self.whole:
            return int(self.low) + _part(share, int(self.high) - int(self.low) + 1)
        if share in (0.0, 1.0):  # an end is what was written, all its digits
            return float(self.high if share else self.low)
        # Twelve digits: 0.1 + 0.25 x 0.8 is 0.3 to whoever reads the table, and to whoever filters it.
        rounded = float(f"{self.low + float(share) * (self.high - self.low):.12g}")
        return min(max(rounded, self.low), self.high)

    def steps(self) -> tuple[float, ...]:
        """Shares of the way at which a grid takes its values: each level, or STEPS even ones of a range.

        Of a distribution they are the middles of STEPS equally likely parts, each value once.
        """
        if self.weights:
            before = (0.0, *self._until)
            return tuple((low + high) / 2 for low, high in zip(before, self._until, strict=False))
        if self.distribution is not None:
            middles = {self.value((place + 0.5) / STEPS): (place + 0.5) / STEPS for place in range(STEPS)}
            return tuple(middles.values())
        if self.levels or self.whole:
            count = len(self.levels) or int((self.high or 0) - (self.low or 0)) + 1
            wanted = count if self.levels else min(STEPS, count)
            if wanted == count:
                return tuple((place + 0.5) / count for place in range(count))
            places = [round(place * (count - 1) / (wanted - 1)) for place in range(wanted)]
            return tuple((place + 0.5) / count for place in places)
        return tuple(place / (STEPS - 1) for place in range(STEPS))

    def describe(self) -> dict[str, Any]:
        """The factor as plain data, for manifests and documents."""
        if self.levels:
            levels = [list(one) if isinstance(one, tuple) else one for one in self.levels]
            return {"key": self.key, "levels": levels, **({"weights": list(self.weights)} if self.weights else {})}
        spread = {} if self.distribution is None else {"distribution": str(self.distribution)}
        return {"key": self.key, "low": self.low, "high": self.high, "whole": self.whole, **spread}

    @property
    def is_even(self) -> bool:
        """Whether all its values are equally likely."""
        return self.distribution is None and not self.weights

    @cached_property
    def _until(self) -> tuple[float, ...]:
        """Shares of the probability up to each level."""
        total = fsum(self.weights)
        return tuple(fsum(self.weights[: place + 1]) / total for place in range(len(self.weights)))


def factor_of(plain: Mapping[str, Any]) -> Factor:
    """A factor from how manifests describe it."""
    if "levels" in plain:
        return Factor(plain["key"], levels=tuple(plain["levels"]), weights=tuple(plain.get("weights", ())))
    known, text = key_named(plain["key"]), plain.get("distribution")
    spread = None if text is None or known is None else read_distribution(known, text)
    return Factor(plain["key"], plain["low"], plain["high"], whole=plain["whole"], distribution=spread)


def priced(factors: Iterable[Factor], scenario: Scenario) -> Iterator[Factor]:
    """Factors with ranges of prices that nobody has written in the scenario's currency.

    Raises:
        ScenarioError: if nothing converts them.
    """
    costs = scenario.costs
    for one in factors:
        if not (one.of_schema and one.key in PRICES) or costs.currency == USD:
            yield one
        elif costs.rate is None:
            raise ScenarioError(
                f"{one.key} has a range to try in USD alone, and {scenario.name} is in {costs.currency}; write what to "
                f"try: {one.key}=LOW:HIGH, or give costs.rate"
            )
        else:
            low, high = (end * costs.rate for end in (one.low or 0.0, one.high or 0.0))
            yield replace(one, low=low, high=high)


def _part(share: float, parts: int) -> int:
    """Which of so many equal parts a share falls into. Rounded first: a third of the way, three times, is one."""
    return min(parts - 1, floor(round(share * parts, 9)))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
