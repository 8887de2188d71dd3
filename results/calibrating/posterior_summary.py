"""What is learned of parameters: priors, the particles of a posterior, and what that says of each, in plain words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scenarios import KEYS, ScenarioError
from scenarios.schema.keys import TABLES
from scenarios.schema.posterior import why_not

Word = Literal["informed", "barely informed", "not informed"]

ALL = "all"
"""Stands for every uncertain key that has a range worth trying."""
INFORMED, BARELY = 0.5, 0.15
"""Shares of the prior's standard deviation that must be gone for a parameter to count as informed, or barely."""
_SQUARE_OF_12 = sqrt(12.0)


@dataclass(frozen=True)
class Free:
    """A parameter to be learned.

    Attributes:
        key: dotted.
        low: lower end of its prior, which is flat.
        high: upper end.
        whole: whether only whole numbers are allowed.
    """

    key: str
    low: float
    high: float
    whole: bool = False

    def value(self, drawn: float) -> float | int:
        """The value that a drawn number stands for."""
        return round(drawn) if self.whole else float(drawn)


@dataclass(frozen=True)
class Generation:
    """How a generation went: temperature of its acceptance (1 is the posterior), particles scored, effective size."""

    number: int
    temperature: float
    scored: int
    effective: float


@dataclass(frozen=True, eq=False)
class Calibration:
    """Draws from the posterior.

    Attributes:
        free: the parameters.
        values: float[particles, parameters].
        weights: of the particles, float[particles]; they sum to 1.
        generations: how it came about.
        finished: whether the last generation has temperature 1; else the posterior is wider than it should be.
    """

    free: tuple[Free, ...]
    values: NDArray[np.float64]
    weights: NDArray[np.float64]
    generations: tuple[Generation, ...]
    finished: bool

    def marginal(self, key: str) -> "Marginal":
        """The posterior of one parameter."""
        place = [one.key for one in self.free].index(key)
        return Marginal(self.free[place], self.values[:, place], self.weights)

    @property
    def marginals(self) -> tuple["Marginal", ...]:
        """The posteriors of all parameters."""
        return tuple(self.marginal(one.key) for one in self.free)


@dataclass(frozen=True, eq=False)
class Marginal:
    """Prior and posterior of one parameter.

    Attributes:
        free: the parameter, with its prior.
        values: posterior draws, float[particles].
        weights: float[particles].
    """

    free: Free
    values: NDArray[np.float64]
    weights: NDArray[np.float64]

    @property
    def key(self) -> str:
        """Dotted key."""
        return self.free.key

    @property
    def label(self) -> str:
        """What it is, in the field's words."""
        return KEYS[self.key].text if self.key in KEYS else self.key

    @property
    def unit(self) -> str:
        """Its unit."""
        return KEYS[self.key].unit if self.key in KEYS else "1"

    @property
    def default(self) -> float | None:
        """The value where nobody says anything."""
        return float(KEYS[self.key].default) if self.key in KEYS else None

    @property
    def prior_low(self) -> float:
        """Lower end of the prior."""
        return self.free.low

    @property
    def prior_high(self) -> float:
        """Upper end of the prior."""
        return self.free.high

    @property
    def mean(self) -> float:
        """Posterior mean."""
        return float(np.sum(self.values * self.weights))

    @property
    def sd(self) -> float:
        """Posterior standard deviation."""
        return sqrt(max(0.0, float(np.sum((self.values - self.mean) ** 2 * self.weights))))

    def quantile(self, share: float) -> float:
        """The value below which `share` of the posterior lies."""
        return weighted_quantile(self.values, self.weights, share)

    @property
    def contraction(self) -> float:
        """Share of the prior's standard deviation that is gone; below 0 where the posterior is wider."""
        return 1 - self.sd / ((self.free.high - self.free.low) / _SQUARE_OF_12)

    @property
    def word(self) -> Word:
        """Whether what happened has informed it."""
        return word_of(self.contraction)

    @property
    def sentence(self) -> str:
        """What was learned, in plain words."""
        low, high = self.quantile(0.05), self.quantile(0.95)
        said = f"{low:.3g} to {high:.3g} (90 % interval), from {self.free.low:g} to {self.free.high:g} before"
        if self.word == "informed":
            return f"{self.key} is informed by the facts: {said}."
        if self.word == "barely informed":
            return f"{self.key} is barely informed by the facts: {said}."
        return f"{self.key} is not informed by the facts: every value from {low:.3g} to {high:.3g} fits."


def word_of(contraction: float) -> Word:
    """Whether a parameter is informed, by the share of its prior's standard deviation that is gone."""
    if contraction >= INFORMED:
        return "informed"
    return "barely informed" if contraction >= BARELY else "not informed"


def weighted_quantile(values: NDArray[np.float64], weights: NDArray[np.float64], share: float) -> float:
    """The value below which one more draw lies with the chance `share`, as far as these few can tell.

    Of n draws that weigh the same, the k-th stands at k / (n + 1), for that is the chance that another lies below it;
    of others, n is their effective number (Kish). Plain quantiles of few draws make intervals that are too narrow.

    Source:
        Hyndman & Fan 1996, The American Statistician 50(4), definition 6.
    """
    order = np.argsort(values, kind="stable")
    each = weights[order] / weights.sum()
    effective = 1 / float(np.sum(np.square(each)))
    middle = np.cumsum(each) - each / 2
    return float(np.interp(share, (effective * middle + 0.5) / (effective + 1), values[order]))


def free_parameters(keys: Sequence[str]) -> tuple[Free, ...]:
    """Parameters to be learned, with their priors.

    Args:
        keys: "KEY", whose prior is the range that `legato show` names as worth trying, or "KEY=LOW:HIGH"; "all", every
            uncertain key with such a range, or the name of a table, such as "behaviour", those of it. A key that is
            also named by itself has the range that it is given there.

    Raises:
        ScenarioError: with every fault.
    """
    faults: list[str] = []
    found: dict[str, Free] = {}
    named = {written.partition("=")[0].strip() for written in keys}
    for written in chain.from_iterable(_spelled_out(one, named) for one in keys):
        key, equals, span = (part.strip() for part in written.partition("="))
        fault = _fault(key, found)
        if fault:
            faults.append(f"--free {written}: {fault}")
            continue
        about = KEYS[key]
        low, high = about.prior or (about.low, about.high)
        if equals:
            ends = _ends(span)
            if (
                ends is None
                or about.fault(about.default.__class__(ends[0]))
                or about.fault(about.default.__class__(ends[1]))
            ):
                faults.append(f"--free {written}: allowed is {key}=LOW:HIGH with LOW < HIGH, within {about.allowed}")
                continue
            low, high = ends
        found[key] = Free(key, float(low), float(high), about.kind == "int")  # type: ignore[arg-type]
    if not keys:
        faults.append("name at least one parameter to be learned: --free behaviour.initiative")
    if faults:
        raise ScenarioError("\n".join(faults))
    return tuple(found.values())


def _spelled_out(written: str, named: Collection[str]) -> list[str]:
    """The keys that "all" or a table stands for, but for those that are named by themselves; else what is written."""
    if written != ALL and written not in TABLES:
        return [written]
    meant = [key for key in KEYS if is_learnable(key) and written in (ALL, key.rpartition(".")[0])]
    return [key for key in meant if key not in named] if meant else [written]


def is_learnable(key: str) -> bool:
    """Whether a key is an uncertain number with a range worth trying."""
    return why_not(key) is None and KEYS[key].prior is not None


def _ends(span: str) -> tuple[float, float] | None:
    low, colon, high = span.partition(":")
    try:
        ends = float(low), float(high)
    except ValueError:
        return None
    return ends if colon and ends[0] < ends[1] and all(np.isfinite(ends)) else None


def _fault(key: str, found: Mapping[str, Free]) -> str | None:
    if key in found:
        return "it is named twice"
    if fault := why_not(key):
        return fault
    return None if KEYS[key].prior is not None else f"{key} has no range to learn from; give it one: {key}=LOW:HIGH"
