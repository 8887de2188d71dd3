"""In which futures plans miss their bars: a region found in the futures of the choice, counted in those reported."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.discovering.boxes import Axis, Box, axes_of, within
from results.discovering.discovery import Failure, NothingToFindError, Region, discover
from results.discovering.words import conditions
from results.estimates.response import Response
from results.optimising.plan_words import capital
from results.robust_search.asked import Objective
from results.robust_search.documents import FailingDocument
from results.robust_search.final import RobustFinalist, RobustOptimum
from results.robust_search.judging import met
from results.robust_search.score_words import name_of
from results.robust_search.stages import StageName
from results.words.document import finite
from results.words.table import word
from scenarios.designs.design import Design
from scenarios.designs.factors import Factor
from scenarios.schema.measured import wilson

MOST_PARAMETERS = 8
"""Uncertain parameters that are looked at beside all else that may come: those that go along most with missing."""
ALL_BARS = Objective("satisficing", "")


@dataclass(frozen=True, eq=False)
class Failing:
    """Where a plan misses its bars.

    Attributes:
        plan: which.
        missed: whether it does, in each future of the report.
        region: the first that says anything and that the futures of the report bear out; None where there is none.
        axes: of the region's limits.
        inside: which futures of the report lie in it.
    """

    plan: RobustFinalist
    missed: NDArray[np.bool_]
    region: Region | None
    axes: tuple[Axis, ...]
    inside: NDArray[np.bool_]


def failing(found: RobustOptimum) -> list[Failing]:
    """Of the most robust plan, the best on average and the plan as it is; none without bars.

    Raises:
        MissingExtraError: if EMA Workbench is not installed.
    """
    if not found.question.bars:
        return []
    plans = {one.number: one for one in (found.winner, found.best_on_average, found.planned)}
    return [_of(found, one) for one in plans.values()]


def _of(found: RobustOptimum, plan: RobustFinalist) -> Failing:
    asked = found.question
    held = met(asked, plan.choice, ALL_BARS)
    missed = ~met(asked, plan.report, ALL_BARS)
    base = _futures(found, "choice", found.chosen_in)
    telling = _telling(base, held, {factor.key for factor in asked.futures.factors})
    design = _only(base, telling)
    response = Response(design, asked.bars[0].outcome, held.astype(np.float64)[:, np.newaxis])
    nothing = np.zeros(len(missed), dtype=bool)
    try:
        regions = discover(response, Failure(asked.bars[0].outcome, 0.5, "below"), most=1).regions
    except NothingToFindError:
        regions = ()
    if not regions:
        return Failing(plan, missed, None, (), nothing)
    box = regions[0].box
    # Limits are places on an axis; of a parameter they are values, which other futures have too.
    fresh = _along(axes_of(design), _futures(found, "report", found.reported))
    inside = within(box, fresh)
    if not _is_borne_out(inside, missed):
        return Failing(plan, missed, None, (), nothing)
    return Failing(plan, missed, regions[0], axes_of(design), inside)


def _is_borne_out(inside: NDArray[np.bool_], missed: NDArray[np.bool_]) -> bool:
    """Whether the plan misses its bars clearly more often inside than elsewhere."""
    if not inside.any() or inside.all():
        return False
    low, _ = wilson(int((inside & missed).sum()), int(inside.sum()))
    return low > float(missed[~inside].mean())


def _futures(found: RobustOptimum, stage: StageName, kept: Sequence[int]) -> Design:
    whole = found.question.futures.design(stage, found.question.scenario)
    return Design(whole.kind, whole.factors, whole.bases, whole.shares[list(kept)], len(kept), 0)


def _telling(design: Design, held: NDArray[np.bool_], wanted: set[str]) -> tuple[Factor, ...]:
    """All that may come, and the parameters that go along most with missing the bar."""
    apart = held - held.mean()
    parameters = []
    for place, factor in enumerate(design.factors):
        if factor.key in wanted:
            continue
        shares = design.shares[:, place]
        spread = float(np.sqrt(np.sum((shares - shares.mean()) ** 2) * np.sum(apart**2)))
        along = abs(float(np.sum((shares - shares.mean()) * apart))) / spread if spread > 0 else 0.0
        parameters.append((-round(along, 9), place, factor))
    most = [factor for _, _, factor in sorted(parameters, key=lambda one: one[:2])[:MOST_PARAMETERS]]
    return tuple(factor for factor in design.factors if factor.key in wanted or factor in most)


def _only(design: Design, factors: Sequence[Factor]) -> Design:
    places = [design.factors.index(factor) for factor in factors]
    return Design(design.kind, tuple(factors), design.bases, design.shares[:, places], len(design), 0)


def _along(axes: Sequence[Axis], design: Design) -> tuple[Axis, ...]:
    """Other futures on the same axes: values, or places among the levels that the axes have."""
    found = []
    for axis in axes:
        column = next(place for place, factor in enumerate(design.factors) if factor.key == axis.factor.key)
        factor = design.factors[column]
        values = [factor.value(share) for share in design.shares[:, column].tolist()]
        if axis.levels:
            place = {level: float(number) for number, level in enumerate(axis.levels)}
            along = np.array([place.get(value, np.nan) for value in values])
        else:
            along = np.array(values, dtype=np.float64)
        found.append(Axis(axis.factor, axis.levels, along))
    return tuple(found)


def failing_words(found: RobustOptimum, where: Sequence[Failing]) -> list[str]:
    """Where each plan misses its bars; nothing of one that hardly ever does."""
    what = "its bar" if len(found.question.bars) == 1 else "its bars"
    lines = []
    for one in where:
        count, of = int(one.missed.sum()), len(one.missed)
        name = "The most robust plan" if one.plan.number == found.winner.number else capital(name_of(found, one.plan))
        name = "The plan as it is" if name == "As planned" else name
        if one.region is None:
            if count:
                lines.append(
                    f"{name} misses {what} in {count:,} of {of:,} futures; no region was found that fresh "
                    "futures bear out."
                )
            continue
        inside, hits = int(one.inside.sum()), int((one.inside & one.missed).sum())
        lines.append(
            f"{name} misses {what} in {count:,} of {of:,} futures, {hits:,} of them in futures "
            f"{conditions(one.region, one.axes)}: there it misses in {hits:,} of {inside:,}, elsewhere in "
            f"{count - hits:,} of {of - inside:,}."
        )
    return lines


def failing_documents(where: Sequence[Failing]) -> list[FailingDocument]:
    """The same as JSON."""
    return [
        {
            "candidate": one.plan.number,
            "where": {} if one.region is None else _limits(one.region.box, one.axes),
            "misses": int((one.inside & one.missed).sum()),
            "futures": int(one.inside.sum()),
            "all_misses": int(one.missed.sum()),
        }
        for one in where
    ]


def _limits(box: Box, axes: Sequence[Axis]) -> dict[str, object]:
    named = {axis.factor.key: axis for axis in axes}
    told: dict[str, object] = {}
    for limit in box:
        axis = named[limit.key]
        if limit.places is not None:
            told[limit.key] = {"levels": [word(axis.levels[place]) for place in sorted(limit.places)]}
        elif axis.levels:
            inside = [word(level) for place, level in enumerate(axis.levels) if limit.low <= place <= limit.high]
            told[limit.key] = {"levels": inside}
        else:
            told[limit.key] = {"low": finite(limit.low), "high": finite(limit.high)}
    return told
