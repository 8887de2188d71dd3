"""What a study would find, as a function of the parameters: mean, spread by luck, and how wrong the function is.

The expected counts of one network are regressed on the parameters, and the pattern's statistic is made of them, on its
scale: the statistic of very many networks. A study of n networks differs from that by luck. To first order its
deviation is the mean over its networks of an influence, the derivative of the statistic by the expected counts times
what the network counts beyond them; the influences of networks of one draw differ by luck alone, and their variance is
regressed too. What the left-out draws are missed by beyond their luck is the error of the regression.

Source:
    Wood 2010, Nature 466 (synthetic likelihood); Hampel 1974, J. Am. Stat. Assoc. 69 (influence); Kennedy & O'Hagan
    2001, JRSS B 63(3) (emulation). Ours: that counts are emulated, not ratios, which single networks often cannot tell.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from results.calibrating.bank.keeping import Bank
from results.calibrating.bank.prior_draws import centred
from results.calibrating.bank.regression import Regression, fit
from results.calibrating.bank.sources import OfPatterns, Source
from results.studies.measures import rate, statistic
from scenarios.observed.study import Pattern

STEP = 1e-4
"""Relative step of the derivatives."""
LEAST = 1e-9

Values = NDArray[np.float64]
Statistics = Callable[[Values], Values]
"""Expected counts, float[rows, columns] -> the statistics on their scale, float[rows, statistics]."""


@dataclass(frozen=True, eq=False)
class Moments:
    """Of some sets of parameters: what very many networks come to, and the luck of one.

    Attributes:
        middle: float[sets, statistics], on the scale of each.
        luck: variance of one network, float[sets, statistics].
    """

    middle: Values
    luck: Values


@dataclass(frozen=True, eq=False)
class Emulator:
    """One source's statistics as functions of the parameters.

    Attributes:
        source: which.
        places: of the bank's parameters that matter to it.
        counts: regression of the expected counts.
        spread: regression of the variances.
        statistics: made of the counts.
        together: correlation of the statistics by luck, float[statistics, statistics].
        error: variance of the regression's own error, float[statistics].
        explained: share of the variance of left-out draws that is predicted, beyond luck, float[statistics].
    """

    source: Source
    places: tuple[int, ...]
    counts: Regression
    spread: Regression
    statistics: Statistics
    together: Values
    error: Values
    explained: Values

    def moments(self, inputs: Values) -> Moments:
        """What it says of some sets of parameters, float[sets, its inputs], from -1 to 1."""
        middle = self.statistics(self.counts.predict(inputs))
        return Moments(middle, np.maximum(self.spread.predict(inputs), LEAST))


def inputs_of(bank: Bank, source: Source, places: Sequence[int]) -> Values:
    """What a source's emulator is trained on: the parameters that matter, then its unsure settings."""
    mine = centred(bank.free, bank.values)[:, list(places)]
    unsure = np.array([source.unsure_at(number) for number in range(bank.draws)]).reshape(bank.draws, -1)
    return np.concatenate([mine, unsure], axis=1)


def emulate(bank: Bank, source: Source, *, seed: int) -> Emulator:
    """Train the emulator of one source on the bank.

    Args:
        bank: with two networks or more a draw.
        source: one of the bank's.
        seed: of the regressions.

    Raises:
        MissingExtraError: if scikit-learn is not installed.
    """
    places = tuple(place for place, one in enumerate(bank.free) if one.key not in source.settled)
    counted = np.nan_to_num(bank.counted[source.name])
    inputs, networks = inputs_of(bank, source, places), counted.shape[1]
    counts, left_out = fit(inputs, counted.mean(axis=1), seed=seed)
    made = statistics_of(source)
    influence = np.einsum("dsc,dnc->dns", _slopes(made, left_out), counted - left_out[:, None])
    missed, within = influence.mean(axis=1), influence.var(axis=1, ddof=1)
    most = np.quantile(within, 0.99, axis=0) * 4 + LEAST  # a ratio over next to nothing must not rule the regression
    spread, luck = fit(inputs, np.minimum(within, most), seed=seed + 100, members=2)
    luck = np.maximum(luck, LEAST)
    error = _beyond_luck(missed, luck / networks)
    return Emulator(
        source, places, counts, spread, made, _together(influence, luck), error, _explained(made(left_out), error)
    )


def statistics_of(source: Source) -> Statistics:
    """What is made of the expected counts of a source."""
    if not isinstance(source, OfPatterns):
        return lambda counts: counts
    patterns, ends = source.patterns, _ends(source)

    def made(counts: Values) -> Values:
        each = [scaled_statistic(one, counts[:, first:last]) for one, (first, last) in zip(patterns, ends, strict=True)]
        return np.stack(each, axis=1)

    return made


def scaled_statistic(pattern: Pattern, counts: Values) -> Values:
    """A pattern's statistic on its scale, of expected counts, float[rows]; finite always."""
    pairs = counts.reshape(len(counts), -1, 2)
    each = rate(pattern, np.maximum(pairs[..., 0], LEAST * np.maximum(pairs[..., 1], LEAST)), pairs[..., 1] + LEAST)
    if pattern.statistic == "odds_ratio" or pattern.outcome in ("ending", "network_ending"):
        each = np.clip(each, LEAST, 1 - LEAST)
    found = statistic(pattern, each)
    if pattern.is_ratio:
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.log(found)
    return np.clip(np.nan_to_num(found), -1e6, 1e6)


def _ends(source: OfPatterns) -> list[tuple[int, int]]:
    widths = [len([name for name in source.columns if name.split("/", 1)[1].rsplit("/", 2)[0] == one.id])
              for one in source.patterns]  # fmt: skip
    ends = np.cumsum([0, *widths]).tolist()
    return list(pairwise(ends))


def _slopes(made: Statistics, counts: Values) -> Values:
    """Derivatives of the statistics by the counts, float[draws, statistics, columns]."""
    found = []
    for place in range(counts.shape[1]):
        step = np.maximum(STEP * np.abs(counts[:, place]), 1e-12)
        up, down = counts.copy(), counts.copy()
        up[:, place] += step
        down[:, place] -= step
        found.append((made(up) - made(down)) / (2 * step[:, None]))
    return np.stack(found, axis=2)


def _beyond_luck(missed: Values, luck: Values) -> Values:
    """Variance of the regression's error: that of what is missed less that of luck; draws of little luck count most.

    Source:
        DerSimonian & Laird 1986, Controlled Clinical Trials 7(3), for a variance beyond known ones; weights ours.
    """
    found = np.median(luck, axis=0)
    for _ in range(5):
        weight = 1 / np.square(luck + found + LEAST)
        capped = np.minimum(np.square(missed), 25 * (luck + found))  # one draw far out is one draw
        found = np.maximum(np.sum(weight * (capped - luck), axis=0) / weight.sum(axis=0), LEAST)
    return np.asarray(found)


def _together(influence: Values, luck: Values) -> Values:
    """Correlation of the statistics by luck."""
    apart = (influence - influence.mean(axis=1, keepdims=True)) / np.sqrt(luck)[:, None]
    apart = np.clip(apart, -5, 5).reshape(-1, influence.shape[2])
    products = apart.T @ apart
    size = np.sqrt(np.maximum(np.diag(products), LEAST))
    found = 0.98 * products / np.outer(size, size)  # so that it can be inverted
    np.fill_diagonal(found, 1.0)
    return np.asarray(found)


def _explained(predicted: Values, error: Values) -> Values:
    whole = predicted.var(axis=0) + error
    return np.asarray(1 - error / np.maximum(whole, LEAST))
