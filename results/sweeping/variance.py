"""Where the variance of an outcome comes from: parameters, luck, or luck that acts differently as they differ."""

from dataclasses import dataclass
from math import ceil, exp, log, nan, sqrt

import numpy as np
from numpy.typing import NDArray

from results.estimates.quantiles import t_quantile
from results.estimates.response import Response
from scenarios.designs.design import Design

Values = NDArray[np.float64]
WANTED_LEFT = 0.1
"""Luck that may be left in the differences between points before a ranking is doubted (share). Ours."""
SAME = 1e-12
"""Values are the same where they differ by no more than this, relative to the greatest: the rounding of a mean."""
_NAMES = ("parameters", "luck", "both")


class NoSplitError(ValueError):
    """A response whose variance cannot be split; the message says why."""


@dataclass(frozen=True)
class Share:
    """A part of the variance of a single network's outcome.

    Attributes:
        share: of the whole (0 to 1).
        low: lower end of its 95 % interval; nan where there is none.
        high: its upper end.
    """

    share: float
    low: float = nan
    high: float = nan


@dataclass(frozen=True)
class Split:
    """The variance of a single network's outcome, split in three.

    Attributes:
        variance: of the outcome of one network with parameters and luck of its own, in the outcome's unit squared.
        parameters: what the parameters do whatever the luck.
        luck: what luck does whatever the parameters.
        both: luck that acts differently at different parameters. Whatever does not add up is in it.
        left: luck that is left in the differences between the points' means (share of their variance, 0 to 1).
        enough: replicates that would bring `left` down to WANTED_LEFT (count); None where the points differ no more
            than luck alone makes them, so that no number can be told.
        floored: names of the shares that came out below 0 and are given as 0: too small for so few points and
            replicates to see.
        points: points behind it (count).
        replicates: replicates at each of them (count).
        varies: whether other parameters vary over the replicates, which are counted as luck then.
    """

    variance: float
    parameters: Share
    luck: Share
    both: Share
    left: float
    enough: int | None
    floored: tuple[str, ...]
    points: int
    replicates: int
    varies: bool = False

    @property
    def variance_left(self) -> float:
        """Variance of the luck that is left in a point's mean, beyond what is common to all points."""
        return self.both.share * self.variance / self.replicates

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence where the replicates are too few for the points to be told apart: `left` above WANTED_LEFT."""
        if self.left <= WANTED_LEFT:
            return ()
        by = "luck and the parameters that vary at each point make" if self.varies else "luck makes"
        luck = f"{by} up {self.left * 100:.0f} % of the differences between points"
        if self.enough is None:
            alone = "these alone make" if self.varies else "luck alone makes"
            return (f"{luck}: they differ no more than {alone} them; more replicates may show a difference",)
        return (f"{luck}; {_about(self.enough):,} replicates would bring it under {WANTED_LEFT * 100:.0f} %",)


def split(response: Response) -> Split:
    """Split the variance of a single network's outcome into parameters, luck, and both together.

    Every point lives through the same luck, so points x and replicates r are crossed, once each:

        Y[x, r] = mean + a[x] + b[r] + c[x, r]

    and with P points and R replicates the mean squares of rows, columns and rest give

        var(c) = MS_rest,  var(a) = (MS_points - MS_rest) / R,  var(b) = (MS_replicates - MS_rest) / P

    each at least 0, as shares of their sum. b is the same at every point, so it leaves differences between points
    alone; c / R does not, and is MS_rest / MS_points of the variance of the points' means.

    Of a Sobol' design only the base points count, for they alone are a sample of the whole space; the points between
    them share all but one of their values. Points of a grid or of trajectories are no sample: there the shares hold
    for these points, and have no interval.

    The interval is a jackknife over points and over replicates, their variances added, on the logit scale where the
    share lies inside 0 to 1 whichever is left out, with t of the smaller of the two counts. The variance of "both" is
    counted twice in it, and points of a sequence are more even than a sample: it is wide rather than narrow.

    Raises:
        NoSplitError: without a second replicate or point, with a missing value, or without any variance.
        ValueError: if the values do not belong to the design.

    Source:
        Searle, Casella & McCulloch (1992), Variance Components, chapter 4, doi:10.1002/9780470316856: the estimators
        from mean squares. Ours: the interval. Over 400 to 1,000 simulated layouts each of 32 to 512 points and 5 to
        200 replicates it held the truth in 91 to 100 %.
    """
    check_shape(response)
    points = base_points(response.design)
    values = response.values[points]
    count, replicates = values.shape
    if replicates < 2:
        raise NoSplitError(f"it takes 2 or more replicates at each point; found {replicates}")
    if count < 2:
        raise NoSplitError(f"it takes 2 or more points; found {count}")
    missing = int(np.sum(~np.isfinite(values)))
    if missing:
        raise NoSplitError(f"it takes every replicate at each point; {missing:,} of {values.size:,} have no value")
    if is_same(values):
        raise NoSplitError("the outcome is the same in every network")

    layout = _Layout(values)
    raw = layout.raw
    parts = np.maximum(raw, 0.0)
    parameters, luck, both = _intervals(parts / parts.sum(), layout, response.design)
    effect, rest = float(raw[0]), float(raw[2])
    between = effect * replicates + rest  # mean square of points; nothing where all points have one mean
    return Split(
        variance=float(parts.sum()),
        parameters=parameters,
        luck=luck,
        both=both,
        left=0.0 if rest == 0 else min(1.0, rest / between) if between > 0 else 1.0,
        enough=max(2, ceil(rest / effect * (1 / WANTED_LEFT - 1))) if effect > 0 else None,
        floored=tuple(name for name, part in zip(_NAMES, raw.tolist(), strict=True) if part < 0),
        points=count,
        replicates=replicates,
        varies=any(base.posterior is not None for base in response.design.bases),
    )


def check_shape(response: Response) -> None:
    """Refuse values that do not belong to the design.

    Raises:
        ValueError: if there is not one row for each point, or the points are not the whole scheme.
    """
    design, values = response.design, response.values
    if values.ndim != 2 or len(values) != len(design):
        raise ValueError(
            f"values of '{response.outcome}' have shape {values.shape}; expected a row for each of the "
            f"{len(design):,} points of the design and a column for each replicate"
        )
    each = {"sobol": 2 * len(design.factors) + 2, "morris": len(design.factors) + 1}.get(design.kind, 1)
    if len(design) != design.size * each or design.shares.shape[1] != len(design.factors):
        raise ValueError(
            f"the design has shares of shape {design.shares.shape}; expected {design.size * each:,} points of "
            f"{len(design.factors)} factors: {design.made_of}"
        )


def base_points(design: Design) -> NDArray[np.int64]:
    """Points that stand for the whole space, int[base points].

    Of a Sobol' design the first and the last of each block, which SALib writes in the order A, A with one value of
    B each, B with one value of A each, B; of any other design all of them.
    """
    every = np.arange(len(design), dtype=np.int64)
    each = 2 * len(design.factors) + 2
    is_base = (every % each == 0) | (every % each == each - 1) | (design.kind != "sobol")
    return np.flatnonzero(is_base)


def is_same(values: Values) -> bool:
    """Whether they differ by no more than rounding."""
    return bool(np.ptp(values) <= SAME * np.max(np.abs(values)))


class _Layout:
    """Effects of rows, columns and rest in a two-way layout without repetition.

    Attributes:
        raw: variances of parameters, luck and both, float[3]; below 0 where there are too few to see them.
    """

    def __init__(self, values: Values) -> None:
        self.shape = values.shape
        rows, columns = values.mean(axis=1), values.mean(axis=0)
        whole = float(values.mean())
        self.rows, self.columns = rows - whole, columns - whole
        self.rest = values - whole - self.rows[:, None] - self.columns
        raw = _variances(*(np.sum(part**2) for part in (self.rows, self.columns, self.rest)), *self.shape)
        self.raw = np.where(np.abs(raw) > (SAME * np.max(np.abs(values))) ** 2, raw, 0.0)  # rounding is not luck

    def without_each_row(self) -> Values:
        """`raw` with one point left out, float[3, points]. Exact, without a second pass over the values."""
        rows, columns, rest = _left_out(self.rows, self.columns, self.rest)
        return _variances(rows, columns, rest, self.shape[0] - 1, self.shape[1])

    def without_each_column(self) -> Values:
        """`raw` with one replicate left out, float[3, replicates]."""
        columns, rows, rest = _left_out(self.columns, self.rows, self.rest.T)
        return _variances(rows, columns, rest, self.shape[0], self.shape[1] - 1)


def _left_out(rows: Values, columns: Values, rest: Values) -> tuple[Values, ...]:
    """Sums of squares of rows, columns and rest once each row is left out, float[rows] each."""
    count = len(rows)
    squares = np.sum(rest**2, axis=1)
    left_out = (
        np.sum(rows**2) - count / (count - 1) * rows**2,
        np.sum(columns**2) - 2 / (count - 1) * (rest @ columns) + squares / (count - 1) ** 2,
        np.sum(squares) - count / (count - 1) * squares,
    )
    return tuple(np.maximum(some, 0.0) for some in left_out)  # rounding may carry them below


def _variances(rows: Values, columns: Values, rest: Values, points: int, replicates: int) -> Values:
    """Variances from sums of squares of effects: float[3], or float[3, left out]."""
    both = rest / ((points - 1) * (replicates - 1))
    return np.stack([rows / (points - 1) - both / replicates, columns / (replicates - 1) - both / points, both])


def _intervals(shares: Values, layout: _Layout, design: Design) -> list[Share]:
    if min(layout.shape) < 3 or design.kind not in ("sobol", "lhs", "sequence"):
        return [Share(float(share)) for share in shares]
    reach = t_quantile(min(layout.shape) - 1)
    left_out = [_shares(raw) for raw in (layout.without_each_row(), layout.without_each_column())]
    found = []
    for place, share in enumerate(shares.tolist()):
        sets = [some[place] for some in left_out]
        if all(bool(np.all((some > 0) & (some < 1))) for some in [*sets, np.array([share])]):
            centre = _logit(share)
            half = reach * _standard_error([np.array([_logit(one) for one in some.tolist()]) for some in sets])
            low, high = (1 / (1 + exp(-end)) for end in (centre - half, centre + half))
        else:
            half = reach * _standard_error(sets)
            low, high = max(0.0, share - half), min(1.0, share + half)
        found.append(Share(share, low, high))
    return found


def _shares(raw: Values) -> Values:
    """Of the sum of those above 0; all 0 where there is none. May be below 0, so that an interval can reach 0."""
    whole = np.maximum(raw, 0.0).sum(axis=0)
    return np.where(whole > 0, raw / np.where(whole > 0, whole, 1.0), 0.0)


def _logit(share: float) -> float:
    return log(share / (1 - share))  # math's, as numpy's differs by processor


def _standard_error(sets: list[Values]) -> float:
    return sqrt(sum((len(some) - 1) * float(np.var(some)) for some in sets))


def _about(count: int) -> int:
    """Rounded up to two digits: no more is known of it."""
    digits: int = 10 ** max(0, len(str(count)) - 2)
    return -(-count // digits) * digits
