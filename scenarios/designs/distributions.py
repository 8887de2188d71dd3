"""Distributions of what is varied: `normal(4,1)`, `triangular(0,2,8)`, cut at what a key allows.

A share of the way, 0 to 1, is a share of the probability: at a share of 0.9 stands the value that 90 % lie below. Of
whole numbers each gets what lies less than a half from it; where a distribution has ends of its own, so do they.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, floor, inf, isfinite, log, sqrt
from typing import NamedTuple

from scenarios.files.faults import near_miss, shown
from scenarios.schema.keys import Key

LEAST_INSIDE = 0.01
"""Share of a distribution that has to lie within what a key allows."""
WORTH_SAYING = 1e-6
"""Share that is cut off, from which on it is said."""
WRITTEN = re.compile(r"\s*([A-Za-z_]\w*)\s*\((.*)\)\s*", re.DOTALL)

Curve = Callable[[float], float]


class _Curves(NamedTuple):
    """Of a distribution: the share below a value, and the value that a share lies below."""

    below: Curve
    quantile: Curve


@dataclass(frozen=True)
class Family:
    """One kind of distribution.

    Attributes:
        numbers: what its numbers are called, in their order.
        curves: made of them; of whole numbers with ends that are moved out by a half.
        has_ends: whether the first and the last number, or the last two, are ends of its own.
        fault: what is wrong with some numbers; "" where nothing is.
    """

    numbers: tuple[str, ...]
    curves: Callable[[Sequence[float], float], _Curves]
    ends: Callable[[Sequence[float]], tuple[float, float]]
    fault: Callable[[Sequence[float]], str]


@dataclass(frozen=True)
class Distribution:
    """How likely the values of a factor are.

    Attributes:
        name: of its family.
        numbers: of it, and perhaps a lowest and a highest value at which it is cut.
        low: lowest value that may come.
        high: highest value that may come.
        whole: whether only whole numbers may.
    """

    name: str
    numbers: tuple[float, ...]
    low: float
    high: float
    whole: bool

    def __str__(self) -> str:
        return f"{self.name}({','.join(f'{number:.12g}' for number in self.numbers)})"

    @cached_property
    def _curves(self) -> _Curves:
        family = FAMILIES[self.name]
        return family.curves(self.numbers[: len(family.numbers)], self._half)

    @property
    def _half(self) -> float:
        return 0.5 if self.whole else 0.0

    @cached_property
    def cut(self) -> tuple[float, float]:
        """Shares of the probability that lie below and above what may come."""
        below = self._curves.below
        return below(self.low - self._half), 1 - below(self.high + self._half)

    def value(self, share: float) -> float:
        """The value at a share of the probability within what may come."""
        below, above = self.cut
        found = self._curves.quantile(below + share * (1 - above - below))
        found = min(max(found, self.low), self.high)
        return floor(found + 0.5) if self.whole else float(f"{found:.12g}")


def _normal(numbers: Sequence[float], _half: float) -> _Curves:
    from scipy.special import ndtr, ndtri

    mean, spread = numbers
    return _Curves(lambda at: float(ndtr((at - mean) / spread)), lambda share: mean + spread * float(ndtri(share)))


def _lognormal(numbers: Sequence[float], half: float) -> _Curves:
    median, spread = numbers
    logs = _normal((log(median), spread), half)
    return _Curves(
        lambda at: logs.below(log(at)) if at > 0 else 0.0,
        lambda share: exp(min(logs.quantile(share), 700.0)),
    )


def _triangular(numbers: Sequence[float], half: float) -> _Curves:
    low, mode, high = numbers[0] - half, numbers[1], numbers[2] + half
    wide, rise, fall = high - low, mode - low, high - mode

    def below(at: float) -> float:
        if at <= low or at >= high:
            return float(at >= high)
        return (at - low) ** 2 / (wide * rise) if at < mode else 1 - (high - at) ** 2 / (wide * fall)

    def quantile(share: float) -> float:
        if share < rise / wide:
            return low + sqrt(share * wide * rise)
        return high - sqrt(max(1 - share, 0.0) * wide * fall)

    return _Curves(below, quantile)


def _loguniform(numbers: Sequence[float], half: float) -> _Curves:
    low, high = log(numbers[0] - half), log(numbers[1] + half)
    return _Curves(
        lambda at: min(max((log(at) - low) / (high - low), 0.0), 1.0) if at > 0 else 0.0,
        lambda share: exp(low + share * (high - low)),
    )


def _beta(numbers: Sequence[float], half: float) -> _Curves:
    from scipy.special import betainc, betaincinv

    a, b, low, wide = numbers[0], numbers[1], numbers[2] - half, numbers[3] - numbers[2] + 2 * half
    return _Curves(
        lambda at: float(betainc(a, b, min(max((at - low) / wide, 0.0), 1.0))),
        lambda share: low + wide * float(betaincinv(a, b, share)),
    )


def _endless(_numbers: Sequence[float]) -> tuple[float, float]:
    return -inf, inf


FAMILIES: Mapping[str, Family] = {
    "normal": Family(
        ("MEAN", "SD"), _normal, _endless, lambda of: "" if of[1] > 0 else f"SD is {of[1]:g}; allowed is above 0"
    ),
    "lognormal": Family(
        ("MEDIAN", "SD_OF_LOG"), _lognormal, _endless,
        lambda of: "" if min(of) > 0 else "MEDIAN and SD_OF_LOG have to be above 0",
    ),
    "triangular": Family(
        ("LOW", "MODE", "HIGH"), _triangular, lambda of: (of[0], of[2]),
        lambda of: "" if of[0] <= of[1] <= of[2] != of[0] else "allowed is LOW <= MODE <= HIGH, and LOW below HIGH",
    ),
    "loguniform": Family(
        ("LOW", "HIGH"), _loguniform, lambda of: (of[0], of[1]),
        lambda of: "" if 0 < of[0] < of[1] else "allowed is 0 < LOW < HIGH",
    ),
    "beta": Family(
        ("A", "B", "LOW", "HIGH"), _beta, lambda of: (of[2], of[3]),
        lambda of: "" if min(of[:2]) > 0 and of[2] < of[3] else "A and B have to be above 0, and LOW below HIGH",
    ),
}  # fmt: skip
"""Name -> family."""
DISCRETE = "discrete"
FORMS = (*(f"{name}({','.join(one.numbers)})" for name, one in FAMILIES.items()), f"{DISCRETE}(A:0.2,B:0.8)")


class DistributionError(Exception):
    """What is wrong with a distribution that was written."""


def read_distribution(known: Key, text: str) -> Distribution:
    """A distribution of the values of a key, as it is written: `normal(4,1)`, or `normal(4,1,0,8)`, cut at 0 and 8.

    Raises:
        DistributionError: with what is wrong, and what is allowed.
    """
    found = WRITTEN.fullmatch(text)
    assert found is not None
    name, inside = found[1], found[2]
    family = FAMILIES.get(name)
    if family is None:
        hint = near_miss(name, [*FAMILIES, DISCRETE]) or f"; there are {', '.join(FORMS)}"
        raise DistributionError(f"no distribution is called {name}{hint}")
    form = f"{name}({','.join(family.numbers)})"
    numbers = tuple(_number(part, form) for part in inside.split(","))
    count = len(family.numbers)
    if len(numbers) not in (count, count + 2):
        raise DistributionError(
            f"{len(numbers)} number{'s' if len(numbers) != 1 else ''}; write {form}, and LOWEST,HIGHEST behind them to "
            "cut it there"
        )
    if fault := family.fault(numbers):
        raise DistributionError(f"{fault}, in {form}")
    return _within(known, name, numbers, family)


def _number(part: str, form: str) -> float:
    try:
        number = float(part)
    except ValueError:
        number = inf
    if not isfinite(number):
        raise DistributionError(f"{shown(part.strip())} is not a number; write {form}")
    return number


def _can_be_drawn(found: Distribution) -> bool:
    """Whether its values are numbers that rise with their share: those of numbers far from 1 may not be."""
    values = [found.value(share) for share in (0.0, 1e-9, 0.01, 0.25, 0.5, 0.75, 0.99, 1 - 1e-9, 1.0)]
    return all(map(isfinite, values)) and values == sorted(values)


def _within(known: Key, name: str, numbers: tuple[float, ...], family: Family) -> Distribution:
    """It, cut at what the key allows and at what was asked for."""
    whole = known.kind == "int"
    low = -inf if known.low is None else float(known.low)
    high = inf if known.high is None else float(known.high)
    if len(numbers) > len(family.numbers):
        lowest, highest = numbers[-2:]
        for end in (lowest, highest):
            if fault := known.fault(int(end) if whole and end.is_integer() else end):
                raise DistributionError(fault)
        if not lowest < highest:
            raise DistributionError(f"it is cut at {lowest:g} and {highest:g}; the first has to be below the second")
        low, high = max(low, lowest), min(high, highest)
    first, last = family.ends(numbers)
    if whole and not all(end.is_integer() for end in (first, last) if isfinite(end)):
        raise DistributionError(
            f"its ends, {first:g} and {last:g}, have to be whole numbers; allowed is {known.allowed}"
        )
    found = Distribution(name, numbers, max(low, first), min(high, last), whole)
    try:
        inside = 1 - sum(found.cut) if found.low < found.high else 0.0
        if inside >= LEAST_INSIDE and not _can_be_drawn(found):
            raise OverflowError
    except (ArithmeticError, ValueError):
        raise DistributionError(
            f"its numbers are too large, too small or too far apart; allowed is {known.allowed}"
        ) from None
    if not inside >= LEAST_INSIDE:
        raise DistributionError(
            f"{100 * max(inside, 0.0):.2g} % of it lies within what is allowed; {LEAST_INSIDE:.0%} or more has to; "
            f"allowed is {known.allowed}"
        )
    return found
