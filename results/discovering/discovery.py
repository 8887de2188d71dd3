"""Scenario discovery: in which region of levers and uncertainties a plan fails, and whether it does so on fresh points.

Source: Bryant & Lempert (2010), Technological Forecasting & Social Change 77, doi:10.1016/j.techfore.2009.08.002, for
the question, coverage and density. The search is PRIM's; see `box_in` for what is ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf
from typing import Literal

import numpy as np

from results.discovering.boxes import Axis, Box, Flags, Limit, axes_of, information, joined, quasi_p, within
from results.discovering.prim import trajectory
from results.estimates.response import Response
from results.words.differences import MOSTLY
from scenarios.files.faults import RefusedError
from scenarios.schema.measured import wilson

FEWEST = 10
"""Points that fail, and that do not, below which there is no region to be found."""
LEAST = 20
"""Points of a box at the least."""
PEEL, PEEL_HALF = 0.05, 0.1
"""Shares peeled off in a step, of all points and of those that an earlier cut has left."""
SIGNIFICANT = 0.05
"""Quasi-p from which a limit goes: what it adds might be chance."""
DENSE = 0.75
"""Density that a box should have where nobody says: it fails there in three of four."""
MOST_SEARCHED = 4000
"""Points that the search looks at; of more, so many are drawn. Counts are always of all."""


class NothingToFindError(RefusedError, ValueError):
    """Too few points fail, or too few do not."""


@dataclass(frozen=True)
class Failure:
    """What counts as failing.

    Attributes:
        outcome: by which.
        value: in its own unit.
        side: "below" or "above" it.
    """

    outcome: str
    value: float
    side: Literal["below", "above"]


@dataclass(frozen=True)
class Share:
    """A share of points with its 95 % Wilson interval.

    Attributes:
        count: of them.
        of: points.
    """

    count: int
    of: int

    @property
    def mean(self) -> float:
        """The share; nan of none."""
        return self.count / self.of if self.of else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Its interval; from 0 to 1 of none."""
        return wilson(self.count, self.of) if self.of else (0.0, 1.0)


@dataclass(frozen=True)
class Held:
    """How a box does on a set of points.

    Attributes:
        density: of the points in it, those that fail.
        coverage: of the points that fail, those in it.
        elsewhere: of the points outside, those that fail.
    """

    density: Share
    coverage: Share
    elsewhere: Share


@dataclass(frozen=True)
class Region:
    """A box that was found.

    Attributes:
        box: its limits, the one first that tells most.
        quasi_p: of each limit, of its two sides the greater.
        found: on the points that it was found on.
        fresh: on points that nobody had looked at; None until they are run.
    """

    box: Box
    quasi_p: tuple[float, ...]
    found: Held
    fresh: Held | None = None


@dataclass(frozen=True, eq=False)
class Discovery:
    """Where a plan fails.

    Attributes:
        failure: what counts as failing.
        response: the outcome at every point.
        axes: the factors.
        regions: boxes, the first found first; a later one is of what earlier ones leave.
        failing: of all points that have a value, those that fail.
        unsure: points whose 95 % interval holds the value, so that it is open on which side they are (count).
        by_luck: of these, those where luck makes most of the interval, so that more replicates would tell (count).
        searched: points that the search looked at (count).
        fresh: of the fresh points, those that fail; None until they are run.
        together: in all regions together: found, and on fresh points.
    """

    failure: Failure
    response: Response
    axes: tuple[Axis, ...]
    regions: tuple[Region, ...]
    failing: Share
    unsure: int
    searched: int
    by_luck: int
    fresh: Share | None = None


def discover(response: Response, failure: Failure, *, most: int = 3, dense: float = DENSE, seed: int = 1) -> Discovery:
    """Find the boxes in which a plan fails.

    Args:
        response: the outcome at every point of a design.
        failure: what counts as failing.
        most: boxes at the most.
        dense: share of a box's points that should fail; a first box may have less where none has as much.
        seed: of the choice of points where there are more than the search looks at.

    Raises:
        NothingToFindError: if fewer than FEWEST points fail, or fewer do not, with where the values lie.
    """
    there = ~np.isnan(response.mean)
    fails = _failing(response, failure)
    _check(response, failure, fails, there)
    axes = axes_of(response.design)
    left = _looked_at(there, seed)
    regions: list[Region] = []
    for number in range(most):
        box = box_in(_at(axes, left), fails[left], dense)
        if box is None:
            break
        inside = within(box, axes)
        share = Share(int((inside & left & fails).sum()), int((inside & left).sum()))
        if number and share.mean < dense:
            break
        here = _at(axes, left)
        doubts = tuple(
            max(quasi_p(box, side, here, fails[left]) for side in limit.parts()) for limit in box
        )  # of what earlier boxes leave, as it was found
        regions.append(Region(box, doubts, _held(box, axes, fails, there)))
        left &= ~inside
        if fails[left].sum() < FEWEST:
            break
    with np.errstate(invalid="ignore"):
        unsure = np.abs(response.mean - failure.value) <= response.half
        by_luck = int((unsure & (response.luck_share >= MOSTLY)).sum())
    failing, searched = Share(int(fails.sum()), int(there.sum())), min(int(there.sum()), MOST_SEARCHED)
    return Discovery(failure, response, axes, tuple(regions), failing, int(unsure.sum()), searched, by_luck)


def held_to(found: Discovery, fresh: Response) -> Discovery:
    """The same boxes on points that they were not found on.

    Args:
        found: what `discover` found.
        fresh: the same outcome at fresh points of the same factors.
    """
    there, fails = ~np.isnan(fresh.mean), _failing(fresh, found.failure)
    axes = axes_of(fresh.design)
    regions = tuple(
        Region(one.box, one.quasi_p, one.found, _held(one.box, axes, fails, there)) for one in found.regions
    )
    return Discovery(
        found.failure, found.response, found.axes, regions, found.failing, found.unsure, found.searched,
        found.by_luck,
        Share(int(fails.sum()), int(there.sum())),
    )  # fmt: skip


def box_in(axes: Sequence[Axis], fails: Flags, dense: float) -> Box | None:
    """The box that says most of what fails; None where no box says anything.

    PRIM is greedy: where several regions fail, each hides the limits of the others, and peeling may stop before it has
    told them apart, or cut all of them down to a corner. So it is also begun in each half of each factor, and at each
    level of one without order. Of all boxes on all ways that are dense enough the one is taken whose `information` is
    greatest, and where none is, of all; then limits go, one by one, that chance might have made (quasi-p), or without
    which it says no less.
    """
    best: tuple[bool, float, Box] | None = None
    for start in _starts(axes, fails):
        inside = within(start, axes)
        if inside.sum() < LEAST:
            continue
        ways = (("original", PEEL), ("lenient1", PEEL)) if not start else (("original", PEEL_HALF),)
        for objective, peel in ways:
            for way in trajectory(_at(axes, inside), fails[inside], peel=peel, least=LEAST, objective=objective):
                box = _readable(joined([*start, *way]), axes)
                held = within(box, axes)
                if held.sum() < LEAST:
                    continue
                rank = bool(fails[held].mean() >= dense), information(held, fails)
                if best is None or rank > best[:2]:
                    best = *rank, box
    if best is None:
        return None
    box = _simplified(best[2], axes, fails, dense if best[0] else 0.0)
    return _by_weight(box, axes, fails) if box else None


def _starts(axes: Sequence[Axis], fails: Flags) -> list[Box]:
    starts: list[Box] = [()]
    for axis in axes:
        key = axis.factor.key
        if not axis.is_ordered:
            starts += [(Limit(key, places=frozenset({place})),) for place in range(len(axis.levels))]
            continue
        middle = float(np.median(axis.along))
        starts += [(Limit(key, high=middle),), (Limit(key, low=middle),)]
    return [start for start in starts if fails[within(start, axes)].any()]


def _readable(box: Box, axes: Sequence[Axis]) -> Box:
    """With limits that can be read; those at the end of an axis are none."""
    named = {axis.factor.key: axis for axis in axes}
    limits = []
    for limit in box:
        axis = named[limit.key]
        if limit.places is not None:
            limits.append(limit)
            continue
        low, high = axis.rounded(limit.low, upper=False), axis.rounded(limit.high, upper=True)
        low = -np.inf if low <= axis.ends[0] else low
        high = np.inf if high >= axis.ends[1] else high
        if not (isinf(low) and isinf(high)):
            limits.append(Limit(limit.key, low, high))
    return tuple(limits)


def _simplified(box: Box, axes: Sequence[Axis], fails: Flags, dense: float) -> Box:
    """Without the sides that chance might have made, or without which it says no less; the least needed goes first.

    What chance has not made goes only as long as the box stays dense enough.
    """
    while box:
        sides = [side for limit in box for side in limit.parts()]
        now = information(within(box, axes), fails)
        without = [joined([one for one in sides if one != side]) for side in sides]
        is_dense = [bool(fails[within(one, axes)].mean() >= dense) for one in without]
        told = [information(within(one, axes), fails) for one in without]
        doubts = [quasi_p(box, side, axes, fails) for side in sides]
        idle = [
            place for place, one in enumerate(told) if doubts[place] >= SIGNIFICANT or (one >= now and is_dense[place])
        ]
        if not idle:
            return box
        box = without[max(idle, key=lambda place: told[place])]
    return box


def _by_weight(box: Box, axes: Sequence[Axis], fails: Flags) -> Box:
    """The limit first without which the box would say least."""

    def told_without(limit: Limit) -> float:
        return information(within([one for one in box if one != limit], axes), fails)

    return tuple(sorted(box, key=told_without))


def _held(box: Box, axes: Sequence[Axis], fails: Flags, there: Flags) -> Held:
    inside = within(box, axes) & there
    outside = there & ~inside
    return Held(
        Share(int((inside & fails).sum()), int(inside.sum())),
        Share(int((inside & fails).sum()), int(fails.sum())),
        Share(int((outside & fails).sum()), int(outside.sum())),
    )


def _failing(response: Response, failure: Failure) -> Flags:
    with np.errstate(invalid="ignore"):
        fails: Flags = response.mean < failure.value if failure.side == "below" else response.mean > failure.value
    return fails


def _looked_at(there: Flags, seed: int) -> Flags:
    """The points that the search looks at: all that have a value, or MOST_SEARCHED of them."""
    known = np.flatnonzero(there)
    if len(known) <= MOST_SEARCHED:
        return there.copy()
    chosen = np.zeros(len(there), dtype=bool)
    chosen[np.random.default_rng(seed).choice(known, MOST_SEARCHED, replace=False)] = True
    return chosen


def _at(axes: Sequence[Axis], points: Flags) -> tuple[Axis, ...]:
    return tuple(Axis(axis.factor, axis.levels, axis.along[points]) for axis in axes)


def _check(response: Response, failure: Failure, fails: Flags, there: Flags) -> None:
    from results.words.numbers import label, number
    from simulation.outcomes import outcome_named

    failing, points = int(fails.sum()), int(there.sum())
    if failing >= FEWEST and points - failing >= FEWEST:
        return
    if points == 0:
        raise NothingToFindError(f"no point has a value of {label(failure.outcome)}")
    values = response.mean[there]
    low, middle, high = (float(np.quantile(values, share)) for share in (0.1, 0.5, 0.9))
    scale = outcome_named(failure.outcome).scale
    raise NothingToFindError(
        f"--{failure.side} {failure.value:g}: {label(failure.outcome)} is {failure.side} it at {failing:,} of "
        f"{points:,} points; there is a region to be found where {FEWEST} or more are, and {FEWEST} or more are not. "
        f"The middle 80 % of points lie between {low:.3g} and {high:.3g} ({number(low, scale)} to "
        f"{number(high, scale)} as tables have it), half of them below {middle:.3g}"
    )
