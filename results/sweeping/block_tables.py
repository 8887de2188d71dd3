"""Blocks of a campaign as tables: a row per point and replicate, and, made from them, a row per point."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.estimates.bounds import YES_OR_NO, bounded_ends
from results.estimates.parameter_uncertainty import unknown_of
from results.estimates.response import linearized, mean_and_half, ratio_at_own_parameters
from results.folders.parquet import Column, Columns, read_table
from scenarios.designs.design import Design
from scenarios.designs.factors import Factor
from simulation.outcomes import SHIPPED, Outcomes
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.running.campaign import Failure, PointBlock


def run_columns(design: Design, block: PointBlock) -> Columns:
    """A row per replicate of each point: point, replicate, the factors' values, error, traceback, then the outcomes.

    A failed point is one row: replicate 0, its error and traceback, and no outcome.
    """
    each = [1 if point in block.failures else block.values.shape[1] for point in block.points]
    points = np.repeat(np.array(block.points, dtype=np.int64), each)
    replicates = np.concatenate([np.arange(count, dtype=np.int64) for count in each])
    rows = block.values[points - block.first, replicates]
    return {
        "point": points,
        "replicate": replicates,
        **factor_columns(design, points.tolist()),
        **_failure_columns(block, points.tolist()),
        **{name: rows[:, place] for place, name in enumerate(outcomes_of(design.bases[0].outcomes).names)},
    }


def point_columns(design: Design, block: PointBlock) -> Columns:
    """A row per point: point, the factors' values, replicates, error, traceback, mean and interval of each outcome.

    `<outcome>` is the mean over replicates (a ratio: of the sums), `<outcome>_low` and `_high` its 95 % t interval.
    """
    points = list(block.points)
    values = np.moveaxis(block.values, 1, 0)  # float[replicates, points, outcomes]
    unknown = unknown_of(design.bases, 0, len(values))
    mean, half = mean_and_half(values, unknown=unknown)
    known = outcomes_of(design.bases[0].outcomes)
    for place, outcome in enumerate(known.all):
        if outcome.over is not None:
            above, below = (values[:, :, known.names.index(name)] for name in outcome.over)
            own = ratio_at_own_parameters(above, below, unknown)
            mean[:, place], half[:, place] = mean_and_half(*linearized(above, below), unknown, own)
        elif outcome.name in YES_OR_NO:
            mean[:, place], half[:, place] = mean_and_half(values[:, :, place], unknown=unknown, yes_or_no=True)
    counts = [0 if point in block.failures else values.shape[0] for point in points]
    columns: dict[str, Column] = {
        "point": np.array(points, dtype=np.int64),
        **factor_columns(design, points),
        "replicates": np.array(counts, dtype=np.int64),
        **_failure_columns(block, points),
    }
    for place, name in enumerate(known.names):
        columns[name] = mean[:, place]
        ends = bounded_ends(name, mean[:, place], half[:, place])
        columns[f"{name}_low"], columns[f"{name}_high"] = ends
    return columns


def factor_columns(design: Design, points: Sequence[int]) -> dict[str, Column]:
    """Values of the factors at points, a column each; words where levels are not all of one kind."""
    columns = {}
    known: dict[float, Any] = {}
    for place, factor in enumerate(design.factors):
        known.clear()
        values = []
        for share in design.shares[np.asarray(points, dtype=np.int64), place].tolist():
            if share not in known:
                known[share] = factor.value(share)
            values.append(known[share])
        columns[factor.key] = _typed(factor, values)
    return columns


def _typed(factor: Factor, values: list[Any]) -> Column:
    kinds = {type(level) for level in factor.levels} or {int if factor.whole else float}
    if kinds == {bool}:
        return np.array(values, dtype=np.bool_)
    if kinds == {int}:
        return np.array(values, dtype=np.int64)
    if kinds <= {int, float}:
        return np.array(values, dtype=np.float64)
    return ["true" if value is True else "false" if value is False else str(value) for value in values]


def _failure_columns(block: PointBlock, points: Sequence[int]) -> dict[str, Column]:
    failures = [block.failures.get(point) for point in points]
    return {
        "error": [None if failure is None else failure.error for failure in failures],
        "traceback": [None if failure is None else failure.traceback for failure in failures],
    }


def read_block(file: Path, number: int, points: range, replicates: int, outcomes: Outcomes = SHIPPED) -> PointBlock:
    """A block as it was before it was written.

    Args:
        file: of the block.
        number: of the block.
        points: that it holds.
        replicates: at each point.
        outcomes: that it holds.
    """
    table = read_table(file, ["point", "replicate", "error", "traceback", *outcomes.names])
    at = _numbers(table, "point").astype(np.int64) - points.start, _numbers(table, "replicate").astype(np.int64)
    values = np.full((len(points), replicates, len(outcomes.names)), np.nan)
    for place, name in enumerate(outcomes.names):
        values[(*at, place)] = _numbers(table, name)
    failures = {}
    errors = table.column("error")
    if errors.null_count < len(errors):
        words = zip(errors.to_pylist(), table.column("traceback").to_pylist(), strict=True)
        for place, (error, traceback) in zip(at[0].tolist(), words, strict=True):
            if error is not None:
                failures[points.start + place] = Failure(error, traceback)
    return PointBlock(number, points.start, values, failures)


def read_outcomes_of(file: Path, points: range, replicates: int, names: Sequence[str]) -> NDArray[np.float64]:
    """Some outcomes of the points of one block, float[names, points, replicates]; nan where missing."""
    table = read_table(file, ["point", "replicate", *names])
    at = _numbers(table, "point").astype(np.int64) - points.start, _numbers(table, "replicate").astype(np.int64)
    values = np.full((len(names), len(points), replicates), np.nan)
    for place, name in enumerate(names):
        values[(place, *at)] = _numbers(table, name)
    return values


def _numbers(table: Any, name: str) -> NDArray[Any]:
    """A column of numbers, nan where missing; numpy's alone, for pandas need not be waited for."""
    column = table.column(name).combine_chunks()
    numbers: NDArray[Any] = column.to_numpy(zero_copy_only=False)
    return numbers
