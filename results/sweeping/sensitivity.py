"""Which factors an outcome depends on: Sobol' indices and elementary effects, and whether they can be ranked at all."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations, pairwise
from math import ceil, pi, sqrt
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from results.estimates.response import Response
from results.sweeping.variance import SAME, NoSplitError, Split, base_points, check_shape, is_same, split
from scenarios.designs.design import MORRIS_LEVELS, Design, DesignKind
from scenarios.designs.factors import Factor
from scenarios.files.faults import FailedError, MissingExtraError, RefusedError
from scenarios.files.listing import listed
from scenarios.schema.whole_numbers import whole_number

RESAMPLES = 1000
"""Resamples behind an interval: its width is then off by 2 % (one standard error)."""
MOST_DRAWS = 25_000_000
"""Base points times resamples, which SALib holds several times over; beyond it there are fewer resamples."""
LEAST = {"sobol": 64, "morris": 10}
"""Base points or trajectories below which the intervals themselves are a guess. Ours, after what is usual."""
HOPELESS = 1000
"""From here on it is no use to name how many times as many points would tell two factors apart."""
MOVE = MORRIS_LEVELS / (2 * (MORRIS_LEVELS - 1))
"""How far a Morris trajectory moves a factor (share of the way)."""
MOST_LOOKED_AT = 1000
"""Points without a value that are looked at for contradictions."""
_MORRIS_OPTIONS = {"num_levels": MORRIS_LEVELS, "num_resamples": RESAMPLES}
_MANY = {"sobol": "base points", "morris": "trajectories"}


class KindError(RefusedError, ValueError):
    """A design that this analysis cannot read."""


class IncompleteError(FailedError, ValueError):
    """A response that lacks a value somewhere.

    Attributes:
        points: those without a value.
    """

    def __init__(self, message: str, points: tuple[int, ...]) -> None:
        super().__init__(message)
        self.points = points


@dataclass(frozen=True)
class Index:
    """How much of the variance between points one factor makes. By chance, an estimate may be below 0 or above 1.

    Attributes:
        key: key of the factor.
        first: its part alone, whatever the others are (share of the variance).
        first_low: lower end of its 95 % interval.
        first_high: its upper end.
        total: its part together with all it does with others (share of the variance). Luck left in the means adds to
            it: up to `Split.left` for each factor, also for one without any effect.
        total_low: lower end of its 95 % interval.
        total_high: its upper end.
    """

    key: str
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


@dataclass(frozen=True)
class Interaction:
    """What two factors do together beyond what each does alone.

    Attributes:
        one: key of a factor.
        other: key of another.
        second: their second-order index (share of the variance).
        low: lower end of its 95 % interval.
        high: its upper end.
    """

    one: str
    other: str
    second: float
    low: float
    high: float


@dataclass(frozen=True)
class Effect:
    """What one factor does over its whole range, in the outcome's unit.

    Per whole range of numbers; of levels in the order given, from the first to the last; of levels that are not
    numbers, per change from one to another.

    Attributes:
        key: key of the factor.
        mu: average effect, signed: up and down cancel.
        mu_star: average size of the effect. Luck left in the means adds to it where the effect is small.
        mu_star_low: lower end of its 95 % interval.
        mu_star_high: its upper end.
        sigma: standard deviation of the effect over the space: 0 where it is a straight line without interactions,
            but for levels and whole numbers of a count that 3 divides, whose moves are not equally long.
        luck: mu_star that luck left in the means would give a factor without any effect; 0 where it is not known.
    """

    key: str
    mu: float
    mu_star: float
    mu_star_low: float
    mu_star_high: float
    sigma: float
    luck: float


@dataclass(frozen=True)
class Sensitivity:
    """What an outcome depends on, by either method.

    Attributes:
        outcome: name of the outcome.
        variance: of the points' means, in the outcome's unit squared; of a Sobol' design, of its base points', which
            stand for the whole space. 0 where all of them are the same: then every measure is 0 because there is
            nothing to share out, and a note says so.
        size: base points or trajectories (count).
        resamples: resamples behind the intervals (count).
        split: of a single network's variance; None where it cannot be told.
        no_split: why not; "" where it can.
    """

    kind: ClassVar[DesignKind]
    outcome: str
    variance: float
    size: int
    resamples: int
    split: Split | None
    no_split: str

    @property
    def ranking(self) -> tuple[str, ...]:
        """Keys by total index or mu_star, greatest first; as the design has them where they are equal."""
        return tuple(one.key for one in self._ranked())

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know before ranking factors; empty where points and replicates are enough to rank by.

        Points: fewer than LEAST make the intervals a guess. A factor whose interval reaches 0 has no effect that could
        be seen; one whose interval reaches what luck alone would give, none that could be told from luck. Neighbours
        in the ranking whose intervals overlap cannot be told apart, unless neither has an effect; as intervals narrow
        with the root of the points, it takes (sum of the halves that face each other / distance) squared times as many.

        Replicates: luck left in the differences between points above WANTED_LEFT, or luck that cannot be told.
        """
        many = _MANY[self.kind]
        if self.variance == 0:
            where = f"all {many}" if self.kind == "sobol" else "all points"
            return (f"'{self.outcome}' is the same at {where}: no factor makes a difference",)
        notes = []
        if self.size < LEAST[self.kind]:
            notes.append(
                f"{self.size:,} {many} are too few for the intervals to be relied on; take {LEAST[self.kind]} or more"
            )
        notes += self.split.notes if self.split else [f"how much is luck cannot be told: {self.no_split}"]
        ranked = self._ranked()
        nothing = SAME * ranked[0].value
        unseen = [one.key for one in ranked if one.low <= nothing]
        lucky = [one.key for one in ranked if nothing < one.low <= one.luck]
        for keys, what in ((unseen, "that can be seen"), (lucky, "that can be told from luck")):
            if keys:
                notes.append(f"{listed(keys)} {'has' if len(keys) == 1 else 'have'} no effect {what}")
        for one, other in pairwise(ranked):
            if one.low <= other.high and {one.key, other.key} - {*unseen, *lucky}:
                notes.append(f"{one.key} and {other.key} cannot be told apart{_times(one, other)}")
        return tuple(notes)

    def _ranked(self) -> list["_Reach"]:
        return sorted(self._reaches(), key=lambda one: -one.value)

    def _reaches(self) -> list["_Reach"]:
        raise NotImplementedError


@dataclass(frozen=True)
class SobolIndices(Sensitivity):
    """Sobol' indices of one outcome.

    Attributes:
        indices: one for each factor, as the design has them.
        interactions: one for each pair of factors.
    """

    kind = "sobol"
    indices: tuple[Index, ...]
    interactions: tuple[Interaction, ...]

    def _reaches(self) -> list["_Reach"]:
        luck = self.split.left if self.split else 0.0
        return [_Reach(one.key, one.total, one.total_low, one.total_high, luck) for one in self.indices]


@dataclass(frozen=True)
class ElementaryEffects(Sensitivity):
    """Elementary effects (Morris) of one outcome.

    Attributes:
        effects: one for each factor, as the design has them.
    """

    kind = "morris"
    effects: tuple[Effect, ...]

    def _reaches(self) -> list["_Reach"]:
        return [_Reach(one.key, one.mu_star, one.mu_star_low, one.mu_star_high, one.luck) for one in self.effects]


def sobol(response: Response, *, seed: int = 1, resamples: int = RESAMPLES) -> SobolIndices:
    """Sobol' indices of the outcome's mean at each point.

    Of V, the variance of the mean over the space, factor i makes S_i by itself and T_i with all others; i and j make
    S_ij together beyond S_i + S_j. Without interactions S_i = T_i, and all S_i add up to 1.

    Luck that is left in the means counts as an interaction of everything: with t its share of their variance
    (`Split.left`), S_i is estimated as (1 - t) S_i, and T_i as up to (1 - t) T_i + t.

    Args:
        response: of a design of kind "sobol", with a value at every point.
        seed: of the resamples behind the intervals, 0 or greater.
        resamples: how many, at the most; MOST_DRAWS allows fewer in a very large design.

    Raises:
        KindError: if the design is of another kind.
        IncompleteError: if a point has no value; SALib would answer 0 in silence.
        ValueError: if the values do not belong to the design.
        MissingExtraError: if SALib is not installed.

    Source:
        Saltelli et al. (2010), Computer Physics Communications 181, doi:10.1016/j.cpc.2009.09.018 (first order and
        total), and Saltelli (2002), Computer Physics Communications 145, doi:10.1016/S0010-4655(02)00280-1 (second
        order), as SALib computes them; intervals are 1.96 standard deviations of its bootstrap over base points.
    """
    means, seed = _means(response, "sobol"), whole_number("seed", seed, high=None)
    if resamples < 2:
        raise ValueError(f"resamples is {resamples}; expected 2 or more")
    design = response.design
    keys = [factor.key for factor in design.factors]
    pairs = list(combinations(range(len(keys)), 2))
    draws = min(resamples, max(100, MOST_DRAWS // design.size))
    base = means[base_points(design)]
    if is_same(base):
        variance, found = 0.0, None
    else:
        variance, found = float(np.var(base)), _salib("sobol", design, means, num_resamples=draws, seed=seed)
    parts, why = _split(response)
    return SobolIndices(
        outcome=response.outcome,
        variance=variance,
        size=design.size,
        resamples=draws,
        split=parts,
        no_split=why,
        indices=tuple(
            Index(key, *_interval(found, "S1", place), *_interval(found, "ST", place)) for place, key in enumerate(keys)
        ),
        interactions=tuple(
            Interaction(keys[one], keys[other], *_interval(found, "S2", (one, other))) for one, other in pairs
        ),
    )


def morris(response: Response, *, seed: int = 1) -> ElementaryEffects:
    """Elementary effects of each factor on the outcome's mean, for screening: cheap, and no shares of variance.

    An effect is the change of the outcome when one factor alone moves, by two thirds of its shares, over how far that
    moves the factor itself: two levels move from one to the other whole, so the average is taken per whole range
    actually travelled.

    Args:
        response: of a design of kind "morris", with a value at every point.
        seed: of the resamples behind the intervals, 0 or greater.

    Raises:
        KindError: if the design is of another kind.
        IncompleteError: if a point has no value.
        ValueError: if the values do not belong to the design.
        MissingExtraError: if SALib is not installed.

    Source:
        Morris (1991), Technometrics 33, doi:10.1080/00401706.1991.10484804, and for mu_star Campolongo, Cariboni &
        Saltelli (2007), doi:10.1016/j.envsoft.2006.10.004, as SALib computes them; intervals are 1.96 standard
        deviations of its bootstrap over trajectories. Ours: effects per range travelled, for levels and whole numbers.
    """
    means, seed = _means(response, "morris"), whole_number("seed", seed, high=None)
    design = response.design
    parts, why = _split(response)
    if is_same(means):
        variance, found = 0.0, None
    else:
        variance = float(np.var(means))
        found = _salib("morris", design, means, seed=seed, X=design.shares, **_MORRIS_OPTIONS)
    left = sqrt(parts.variance_left) if parts else 0.0
    effects = []
    for place, factor in enumerate(design.factors):
        travelled = _travelled(factor, design.shares[:, place].reshape(design.size, -1))
        mu, size, half, sigma = (
            float(found[name][place]) * MOVE / travelled if found else 0.0
            for name in ("mu", "mu_star", "mu_star_conf", "sigma")
        )
        # The average size of a difference of two normal numbers of standard deviation s is 2 s / sqrt(pi).
        luck = 2 * left / sqrt(pi) / travelled
        effects.append(Effect(factor.key, mu, size, size - half, size + half, sigma, luck))
    return ElementaryEffects(
        outcome=response.outcome,
        variance=variance,
        size=design.size,
        resamples=RESAMPLES,
        split=parts,
        no_split=why,
        effects=tuple(effects),
    )


class _Reach(NamedTuple):
    """A factor's measure, its interval, and what luck alone would give."""

    key: str
    value: float
    low: float
    high: float
    luck: float


def _times(one: _Reach, other: _Reach) -> str:
    halves, distance = one.value - one.low + other.high - other.value, one.value - other.value
    times = (halves / distance) ** 2 if distance > 0 else HOPELESS
    if times >= HOPELESS:
        return ": too close for points to tell"
    return f"; about {max(2, ceil(times)):,} times as many points would tell"


def _means(response: Response, kind: DesignKind) -> NDArray[np.float64]:
    """Estimate at each point, float[points]: all there, or refused."""
    design = response.design
    if design.kind not in LEAST:
        raise KindError(f"sensitivity needs a design of kind sobol or morris, this one is {design.kind}")
    if design.kind != kind:
        raise KindError(f"this analysis needs a design of kind {kind}, this one is {design.kind}")
    check_shape(response)
    if design.size < 2:
        raise ValueError(f"{design.size} {_MANY[kind]}; sensitivity takes 2 or more")
    means = response.mean
    missing = np.flatnonzero(~np.isfinite(means)).tolist()
    if missing:
        first = ", ".join(str(point) for point in missing[:3])
        raise IncompleteError(
            f"sensitivity of '{response.outcome}' needs every point of the design; {len(missing):,} of {len(design):,} "
            f"points {'has' if len(missing) == 1 else 'have'} no value (the first: {first}); "
            f"{_way_out(design, missing)}",
            tuple(missing),
        )
    return means


def _way_out(design: Design, missing: Sequence[int]) -> str:
    """What helps where points have no value: those that contradict themselves would fail again."""
    wrong = [fault for point in missing[:MOST_LOOKED_AT] if (fault := design.contradiction(point))]
    if wrong:
        return f"{len(wrong):,} of these contradict themselves; vary values that go together: {wrong[0]}"
    return (
        "run points that failed again with --retry-failed, ask for more replicates, or take an outcome that is never "
        "missing"
    )


def _split(response: Response) -> tuple[Split | None, str]:
    try:
        return split(response), ""
    except NoSplitError as reason:
        return None, str(reason)


def _travelled(factor: Factor, shares: NDArray[np.float64]) -> float:
    """How much of its whole range a factor moves at a time, on average (share); 1 where levels have no distance.

    Args:
        factor: of a Morris design.
        shares: its own, float[trajectories, points of each].
    """
    if not factor.is_numeric:
        return 1.0
    if not factor.levels and not factor.whole:
        return MOVE
    steps = [factor.value(share) for share in shares.ravel().tolist()]
    if factor.levels:
        along = np.array([factor.levels.index(step) for step in steps]) / (len(factor.levels) - 1)
    else:
        assert factor.low is not None
        assert factor.high is not None
        along = (np.array(steps) - factor.low) / (factor.high - factor.low)
    # Each trajectory moves each factor once.
    return float(np.abs(np.diff(along.reshape(shares.shape), axis=1)).sum() / len(shares))


def _salib(kind: str, design: Design, means: NDArray[np.float64], *, seed: int, **options: Any) -> Any:
    keys = [factor.key for factor in design.factors]
    problem = {"num_vars": len(keys), "names": keys, "bounds": [[0, 1]] * len(keys)}
    with warnings.catch_warnings():  # of its dependencies, and where a resample happens to hold equal values only
        warnings.simplefilter("ignore")
        try:
            analyze = import_module(f"SALib.analyze.{kind}").analyze
        except ImportError:
            raise MissingExtraError("legato sensitivity", "SALib", "sensitivity") from None
        return analyze(problem, Y=means, seed=seed + 1, **options)  # seed 0 is no seed to SALib


def _interval(found: Any, name: str, place: int | tuple[int, int]) -> tuple[float, float, float]:
    if found is None:
        return 0.0, 0.0, 0.0
    value, half = float(found[name][place]), float(found[f"{name}_conf"][place])
    return value, value - half, value + half
