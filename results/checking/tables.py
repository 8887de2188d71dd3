"""The tables that `check` keeps: patterns and virtual studies, statistics and networks of surveys, assumptions."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from results.checking.check import Check
from results.checking.necessity import Necessity
from results.checking.statistic_fit import StatisticFit
from results.checking.survey_fit import Fit
from results.checking.verdicts import Verdict
from results.folders.parquet import Columns, fields_as_columns


def pattern_columns(verdicts: Sequence[Verdict]) -> Columns:
    """A row a pattern: what was observed, predicted and found; missing and open ends are missing.

    Columns are called as the fields of a verdict are, but for what was observed, and what could not be computed.
    """
    words = ("id", "study", "text", "statistic", "about", "unit", "counted_in", "source", "verdict", "why")
    numbers = ("predicted", "predicted_low", "predicted_high", "inside", "score", "by_chance")
    columns: dict[str, Any] = {**fields_as_columns(Verdict, verdicts, words)}
    for name in ("value", "low", "high"):
        ends = (getattr(one.observed, name) for one in verdicts)
        columns[f"observed_{name}" if name != "value" else "observed"] = _numbers(ends)
    columns |= fields_as_columns(Verdict, verdicts, numbers)
    columns["not_computed"] = np.array([one.uncomputed for one in verdicts], dtype=np.int64)
    return columns


def draw_columns(check: Check) -> Columns:
    """A row a virtual study: study, pattern, particle, and what it found."""
    sizes = [one.draws.shape for one in check.predictions]
    return {
        "study": [
            one.study for one, size in zip(check.predictions, sizes, strict=True) for _ in range(size[0] * size[1])
        ],
        "pattern": [
            one.pattern.id for one, size in zip(check.predictions, sizes, strict=True) for _ in range(size[0] * size[1])
        ],
        "particle": np.concatenate(
            [np.repeat(np.arange(size[0], dtype=np.int64), size[1]) for size in sizes] or [np.empty(0, np.int64)]
        ),
        "found": np.concatenate([one.draws.ravel() for one in check.predictions] or [np.empty(0)]),
    }


def fit_columns(fits: Sequence[Fit], studies: Sequence[str]) -> Columns:
    """A row for each component of each statistic of a survey: observed, simulated, p.

    Args:
        fits: of surveys.
        studies: their names.
    """
    rows = _components(fits, studies)
    low, high = (_numbers(one.spread[end, place] for _, one, place in rows) for end in (0, 1))
    return {
        "study": [study for study, _, _ in rows],
        "month": np.array([one.wave_month for _, one, _ in rows], dtype=np.int64),
        "from_month": np.array([one.begun_month for _, one, _ in rows], dtype=np.int64),
        "statistic": [one.name for _, one, _ in rows],
        "component": [one.components[place] for _, one, place in rows],
        "observed": _numbers(one.observed[place] for _, one, place in rows),
        "simulated": _numbers(one.simulated[:, place].mean() for _, one, place in rows),
        "simulated_low": low,
        "simulated_high": high,
        "p": _numbers(one.p for _, one, _ in rows),
        "adjusted": _numbers(one.adjusted for _, one, _ in rows),
        "power": _numbers(one.power for _, one, _ in rows),
        "verdict": [one.verdict for _, one, _ in rows],
        "judged": np.array([bool(one.varies[place]) for _, one, place in rows], dtype=np.bool_),
    }


def _components(fits: Sequence[Fit], studies: Sequence[str]) -> list[tuple[str, StatisticFit, int]]:
    """Study, statistic and place of each component of each statistic."""
    return [
        (study, one, place)
        for study, fit in zip(studies, fits, strict=True)
        for one in (*fit.statistics, *fit.from_first)
        for place in range(len(one.components))
    ]


def survey_draw_columns(fits: Sequence[Fit], studies: Sequence[str]) -> Columns:
    """A row for each component of each simulated network of a survey: what it came to.

    Args:
        fits: of surveys.
        studies: their names.
    """
    rows = _components(fits, studies)
    sizes = [len(one.simulated) for _, one, _ in rows]
    repeated = [row for row, size in zip(rows, sizes, strict=True) for _ in range(size)]
    return {
        "study": [study for study, _, _ in repeated],
        "month": np.repeat(np.array([one.wave_month for _, one, _ in rows], dtype=np.int64), sizes),
        "from_month": np.repeat(np.array([one.begun_month for _, one, _ in rows], dtype=np.int64), sizes),
        "statistic": [one.name for _, one, _ in repeated],
        "component": [one.components[place] for _, one, place in repeated],
        "network": np.concatenate([np.arange(size, dtype=np.int64) for size in sizes]),
        "found": np.concatenate([one.simulated[:, place] for _, one, place in rows]),
    }


def assumption_columns(assumptions: Sequence[Necessity]) -> Columns:
    """A row for each assumption and pattern that it moved."""
    rows = [(one, effect) for one in assumptions for effect in one.effects if effect.moved]
    return {
        "assumption": [one.id for one, _ in rows],
        "verdict": [one.verdict for one, _ in rows],
        "pattern": [effect.id for _, effect in rows],
        "with_it": _numbers(effect.with_it for _, effect in rows),
        "without": _numbers(effect.without for _, effect in rows),
        "gain": _numbers(effect.gain for _, effect in rows),
        "error": _numbers(effect.error for _, effect in rows),
        "not_asked": [effect.unasked for _, effect in rows],
        "noticed_by": [one.noticing.statistic if one.noticing else None for one, _ in rows],
        "power": _numbers(one.noticing.power if one.noticing else None for one, _ in rows),
    }


def _numbers(values: Any) -> Any:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
