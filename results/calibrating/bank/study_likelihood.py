"""How likely a study's findings are together, by an emulator instead of networks, for many sets of parameters at once.

As in `likelihood` and `range_likelihood`, but for three things. What is found differs from the emulator's middle by
luck of one study, by the emulator's own error, and by the discrepancy of the model, which values have here as ranges
have. Findings of one study share their networks, so their luck goes together. And luck is normal on the pattern's
scale, with the beta-binomial for counts of something.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.calibrating.bank.emulator import Emulator, Moments
from results.calibrating.bank.sources import OfPatterns, OfSurvey
from results.calibrating.range_likelihood import (
    SHARE,
    VALUES,
    asks_for_values,
    discrepancy_of,
    log_between,
    range_on_scale,
)
from results.calibrating.survey_likelihood import TIES, observed_singles, singles_named
from results.studies.scales import observed_normal
from scenarios.observed.study import Pattern

NODES = 15
"""Of the integral over the discrepancy, where networks have to reach a mark."""

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Finding:
    """What was found, on the scale of its statistic.

    Attributes:
        place: of the statistic among the emulator's.
        networks: in one study (count).
        value: found; None where only a range was.
        error: standard deviation of the finding itself.
        low: end of the range, where there is one.
        high: its other end.
        pattern: it is of; None for a statistic of a survey.
        behind: place of the values behind a share of networks; None elsewhere.
        endless: of a statistic of a survey: whether it has no greatest value, as a count of ties has none.
    """

    place: int
    networks: int
    value: float | None
    error: float
    low: float
    high: float
    pattern: Pattern | None
    behind: int | None = None
    endless: bool = False

    @property
    def is_count(self) -> bool:
        """Whether so many of so many were counted."""
        return self.pattern is not None and self.pattern.observed.of is not None and self.pattern.statistic == "value"


def findings_of(emulator: Emulator) -> tuple[Finding, ...]:
    """What was found in the study of an emulator."""
    source = emulator.source
    if isinstance(source, OfSurvey):
        observed, one_tie = observed_singles(source.surveyed.waves)
        return tuple(
            Finding(place, 1, float(value), float(error), -np.inf, np.inf, None, endless=name.startswith(TIES))
            for place, (name, value, error) in enumerate(
                zip(singles_named(source.surveyed.waves), observed, one_tie, strict=True)
            )
        )
    return patterns_found(source, source.study.patterns)


def patterns_found(source: OfPatterns, patterns: Sequence[Pattern]) -> tuple[Finding, ...]:
    """What was found of patterns of a source, which may say something else than the source's own."""
    places = {one.id: place for place, one in enumerate(source.patterns)}
    return tuple(
        _finding(one, places[one.id], places.get(one.id + VALUES) if asks_for_values(one) else None) for one in patterns
    )


def _finding(pattern: Pattern, place: int, behind: int | None) -> Finding:
    observed = pattern.observed
    if observed.successes is not None and observed.of is not None and pattern.statistic == "value":
        return Finding(place, pattern.networks, observed.successes / observed.of, 0.0, -np.inf, np.inf, pattern)
    if observed.value is None or observed.low is None or observed.high is None:
        return Finding(place, pattern.networks, None, 0.0, *range_on_scale(pattern), pattern, behind)
    return Finding(place, pattern.networks, *observed_normal(pattern, observed), -np.inf, np.inf, pattern)


def study_likelihood(
    emulator: Emulator, findings: Sequence[Finding], *, discrepancy: float = 1.0
) -> Callable[[Values], Values]:
    """Log likelihood of what a study found, of inputs of its emulator, float[sets, inputs] -> float[sets].

    Args:
        emulator: of the study.
        findings: of it.
        discrepancy: times the usual one.
    """
    counted = [one for one in findings if one.is_count]
    reached = [one for one in findings if one.behind is not None]
    normal = [one for one in findings if not one.is_count and one.behind is None]

    def found(inputs: Values) -> Values:
        moments = emulator.moments(inputs)
        logs = np.zeros(len(inputs))
        for one in counted:
            logs += _of_a_count(one, *spread_of(emulator, moments, one, discrepancy))
        for one in reached:
            logs += _of_networks(one, emulator, moments, discrepancy)
        if normal:
            logs += _together(normal, emulator, moments, discrepancy)
        return np.maximum(np.nan_to_num(logs, nan=-1e6), -1e6)

    return found


def spread_of(emulator: Emulator, moments: Moments, one: Finding, discrepancy: float = 1.0) -> tuple[Values, Values]:
    """Middle of what a study finds, float[sets], and its variance but for the finding's own error."""
    middle = moments.middle[:, one.place]
    return middle, _luck(moments, one) + emulator.error[one.place] + _discrepancy(one, middle, discrepancy) ** 2


def _luck(moments: Moments, one: Finding) -> Values:
    return np.asarray(moments.luck[:, one.place] / one.networks)


def _discrepancy(one: Finding, middle: Values, times: float) -> Values:
    if one.pattern is None:
        return np.asarray(times * SHARE * (np.abs(middle) if one.endless else np.ones(len(middle))))
    return np.asarray(times * discrepancy_of(one.pattern, np.abs(middle)))


def _together(findings: Sequence[Finding], emulator: Emulator, moments: Moments, discrepancy: float) -> Values:
    """Values are normal together; ranges follow, each given the values."""
    places = [one.place for one in findings]
    luck = np.sqrt(np.stack([_luck(moments, one) for one in findings], axis=1))
    whole = luck[:, :, None] * luck[:, None, :] * emulator.together[np.ix_(places, places)]
    middle = moments.middle[:, places]
    for place, one in enumerate(findings):
        own = emulator.error[one.place] + _discrepancy(one, middle[:, place], discrepancy) ** 2 + one.error**2
        whole[:, place, place] += own
    known = [place for place, one in enumerate(findings) if one.value is not None]
    logs = np.zeros(len(middle))
    away = solved = None
    if known:
        away = np.array([findings[place].value for place in known], dtype=np.float64) - middle[:, known]
        inside = whole[:, known][:, :, known]
        solved = np.linalg.solve(inside, away[..., None])[..., 0]
        _, size = np.linalg.slogdet(inside)
        logs -= 0.5 * (np.sum(away * solved, axis=1) + size + len(known) * np.log(2 * np.pi))
    for place, one in enumerate(findings):
        if one.value is None:
            shift, variance = np.zeros(len(middle)), whole[:, place, place]
            if known and solved is not None:
                across = whole[:, place][:, known]
                shift = np.sum(across * solved, axis=1)
                inside = whole[:, known][:, :, known]
                variance = variance - np.sum(across * np.linalg.solve(inside, across[..., None])[..., 0], axis=1)
            spread = np.sqrt(np.maximum(variance, 1e-12))
            logs += log_between((one.low - middle[:, place] - shift) / spread,
                                (one.high - middle[:, place] - shift) / spread)  # fmt: skip
    return logs


def _of_a_count(one: Finding, middle: Values, variance: Values) -> Values:
    """The beta-binomial with the study's mean and variance; the binomial where it varies no more."""
    from scipy.special import betaln, gammaln

    assert one.pattern is not None
    assert one.pattern.observed.of is not None
    of, successes = one.pattern.observed.of, one.pattern.observed.successes or 0
    mean = np.clip(middle, 0.5 / (of + 1), 1 - 0.5 / (of + 1))
    ways = gammaln(of + 1) - gammaln(successes + 1) - gammaln(of - successes + 1)
    excess = np.clip((variance * of / (mean * (1 - mean)) - 1) / max(of - 1, 1), 1e-9, 0.999)
    a, b = mean * (1 - excess) / excess, (1 - mean) * (1 - excess) / excess
    return np.asarray(ways + betaln(successes + a, of - successes + b) - betaln(a, b))


def _of_networks(one: Finding, emulator: Emulator, moments: Moments, discrepancy: float) -> Values:
    """Chance that a share of the study's networks reaches the mark and lies in the range.

    The discrepancy moves every network nearer to the mark or farther from it, in units of what networks differ by.
    """
    from scipy.special import bdtr, ndtr, ndtri

    assert one.pattern is not None
    assert one.behind is not None
    share = np.clip(moments.middle[:, one.place], 1e-6, 1 - 1e-6)
    size = discrepancy * float(discrepancy_of(one.pattern, np.array([one.pattern.at_least or 0.0]))[0])
    apart = np.sqrt(moments.luck[:, one.behind])
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    error = np.sqrt(size**2 + emulator.error[one.behind])
    moved = np.clip(ndtr(ndtri(share)[:, None] + nodes * error / apart[:, None]), 1e-12, 1 - 1e-12)
    most = np.floor(min(one.high, 1.0) * one.networks + 1e-9)
    fewest = np.ceil(max(one.low, 0.0) * one.networks - 1e-9)
    inside = bdtr(most, one.networks, moved) - (bdtr(fewest - 1, one.networks, moved) if fewest > 0 else 0.0)
    return np.asarray(np.log(np.maximum(inside @ (weights / weights.sum()), 1e-300)))
