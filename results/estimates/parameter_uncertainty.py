"""How far unknown parameters move a mean: what a regression on them explains, and what it does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from results.estimates.quantiles import f_tail, ratio_of_kummers
from results.estimates.sums import sum_rows
from scenarios import Posterior, Scenario

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]
Groups = NDArray[np.int64]
"""Of each replicate, a number that those with the same parameters share."""

ENOUGH_FOR_SQUARES = 10
"""Replicates for each key from which on their squares are in the regression. Ours, by the coverage it gives."""
CLEAR = 0.01
"""How rarely luck alone makes a lack of fit that is taken for real. Ours, likewise."""
_SAME = 1e-8
"""Share of a column that must be left beside the others; less is rounding, and the column says nothing new."""
_FAR = 400.0
"""Where the series of `noncentrality` are as good as their limit, and would soon overflow."""


@dataclass(frozen=True, eq=False)
class Unknown:
    """What replicates live with.

    Attributes:
        groups: those with the same parameters share a number, from 0, int[replicates].
        values: what varies of their parameters, standardized, float[groups, keys].
    """

    groups: Groups
    values: Values


class Carried(NamedTuple):
    """Variances of the means of some cells, each float[cells], in the cells' unit squared; see `carried`.

    Attributes:
        between: sigma_p^2, that parameters give what is true; mildly too great where there is little to tell it by.
        caution: how much of it is owed to that, and goes as replicates are added.
        of_mean: v, of the mean itself.
    """

    between: Values
    caution: Values
    of_mean: Values


class Basis(NamedTuple):
    """The regression for one choice of replicates: columns of length 1 that are at right angles, weighted by sizes.

    Attributes:
        columns: float[groups, columns]; of groups without a replicate 0.
        left: trace of the groups' part that the columns leave over: what a lack of fit of 1 adds to its sum of squares.
    """

    columns: Values
    left: float


def unknown_of(scenarios: Sequence[Scenario], first: int, replicates: int) -> Unknown | None:
    """What replicates of all these scenarios live with; None where none carries a posterior."""
    posteriors = tuple(one.posterior for one in scenarios if one.posterior is not None)
    return _unknown(posteriors, first, replicates) if posteriors else None


@lru_cache(maxsize=16)
def _unknown(posteriors: tuple[Posterior, ...], first: int, replicates: int) -> Unknown:
    particles = np.array([one.particles_of(first, replicates) for one in posteriors])
    groups = groups_of(particles)
    lived = [one.values[of] for one, of in zip(posteriors, particles[:, one_of_each(groups)], strict=True)]
    return Unknown(groups, standardized(np.concatenate(lived, axis=1)))


def groups_of(particles: Groups) -> Groups:
    """A number for each replicate that those share which live with the same particle of every scenario, in their order.

    Args:
        particles: of each scenario, int[scenarios, replicates].
    """
    groups = np.zeros(particles.shape[1], dtype=np.int64)
    for own in particles:
        both = groups * (own.max() + 1) + own
        groups = np.searchsorted(distinct(both), both)
    return groups


def distinct(numbers: Groups) -> Groups:
    """Each number once, in their order."""
    return np.unique(numbers)


def one_of_each(groups: Groups) -> Groups:
    """A replicate of each group, int[groups]."""
    found = np.empty(groups.max() + 1, dtype=np.int64)
    found[groups] = np.arange(len(groups))
    return found


def standardized(lived: Values) -> Values:
    """Values of groups with a mean of 0 and a standard deviation of 1, without those that do not vary or come again.

    Args:
        lived: what each group lives with, of one scenario after the other, float[groups, keys].
    """
    found, count = np.empty(lived.shape), 0
    for values in lived.T:
        apart = values - sum_rows(values) / len(values)
        spread = np.sqrt(sum_rows(apart**2) / len(values))
        if spread > _SAME * np.abs(values).max():
            found[:, count] = apart / spread
            count += 1
    varying = found[:, :count]
    return varying[:, come_first(varying)]  # scenarios of one posterior have the same, which counts once


def come_first(columns: Values) -> Flags:
    """Which columns are the first that hold what they hold, bool[columns]."""
    seen: dict[bytes, int] = {}
    places = [seen.setdefault(one.tobytes(), place) for place, one in enumerate(columns.T)]
    first: Flags = np.arange(len(places)) == np.array(places, dtype=np.int64)
    return first


def carried(apart: Values, there: Flags, unknown: Unknown) -> Carried:
    """What is not known of means: of parameters, and of luck.

    Value j of particle i is mean + parameters_i + luck_ij: a one-way layout of a particles with n_i values, N in all,
    whose sum of squares falls into parts that are at right angles,

        S  what a regression on the particles' values explains, with q columns: the keys, standardized, and their
           squares where there are 10 replicates for each key
        L  the rest between particles, their lack of fit, with a - 1 - q degrees of freedom
        W  within particles, with N - a

    Parameters few in number that act smoothly are all in S, with q degrees of freedom instead of a - 1, so that much
    less luck is mistaken for them. By luck, S / noise is a noncentral chi-square with q degrees of freedom and the
    noncentrality lambda = n. sigma_s^2 / noise, where n. = N - sum n_i^2 / N. Its best guess, S / noise - q, is below
    0 half of the time where parameters do little, and 0 would pretend to know that they do nothing. So lambda is the
    mean of what the likelihood leaves open, all sigma_s alike likely beforehand; see `noncentrality`.

        noise = (L + W) / (N - 1 - q)      luck = noise      sigma_r^2 = 0

    unless the lack of fit is clear: F = (L / (a - 1 - q)) / (W / (N - a)) so great that luck makes it once in a hundred
    times. Then what is left of particles is random, and noise for the columns:

        noise = L / (a - 1 - q)      luck = W / (N - a)      sigma_r^2 = (L - (a - 1 - q) luck) / trace

    with trace what sigma_r^2 = 1 adds to L. Together, and for the mean over all N values,

        sigma_p^2 = lambda noise / n. + sigma_r^2          v = sigma_p^2 sum n_i^2 / N^2 + luck / N

    Without a column (q = 0), or where no particle has two values and nothing tells luck from parameters (W of no
    degree of freedom is luck of 0), it is the layout alone:

        sigma_p^2 = max(0, (MSB - luck) (a - 1) / n.)       MSB = (S + L) / (a - 1)       luck = W / (N - a)

    and v the variance of N independent values, over N, where that is 0.

    Args:
        apart: distances from the mean of each cell, 0 where missing, float[replicates, cells].
        there: which are not missing, bool[replicates, cells].
        unknown: what the replicates live with.

    Source:
        Searle, Casella & McCulloch (1992), Variance Components, doi:10.1002/9780470316856, chapters 3 and 5: the
        layout, n., and fitting what is fixed before what is random. Iman & Conover (1980), Communications in
        Statistics A9(17), 1749-1842: the variance that uncertain inputs give an output, by
        regression on them. Ours: squares, when they come in, when a lack of fit counts, and caution near 0; chosen by
        the coverage in docs/uncertainty.md.
    """
    between, caution, of_mean = np.zeros(apart.shape[1]), np.zeros(apart.shape[1]), np.zeros(apart.shape[1])
    for cells in alike(there):
        some = there[:, cells[0]]
        if some.sum() > 1:
            found = in_parts(apart[some][:, cells], unknown.groups[some], basis_of(unknown, some))
            between[cells], caution[cells], of_mean[cells] = found
    return Carried(between, caution, of_mean)


def in_parts(apart: Values, groups: Groups, basis: Basis) -> tuple[Values, Values, Values]:
    """The three variances of `carried`, of cells that have the same replicates."""
    sizes = np.bincount(groups, minlength=len(basis.columns)).astype(np.float64)
    totals = np.empty((len(sizes), apart.shape[1]))
    for cell in range(apart.shape[1]):
        totals[:, cell] = np.bincount(groups, weights=apart[:, cell], minlength=len(sizes))
    means = totals / np.maximum(sizes, 1.0)[:, np.newaxis]
    count, a, q = len(groups), int((sizes > 0).sum()), basis.columns.shape[1]
    squares = float(sum_rows(sizes**2))
    even = count - squares / count
    between, within = sum_rows(totals * means), sum_rows((apart - means[groups]) ** 2)
    pooled = (between + within) / (count - 1)
    zero = np.zeros_like(between)
    if a < 2:
        return zero, zero, pooled / count
    luck = within / (count - a) if count > a else zero
    if q == 0 or count == a:
        parameters = np.maximum(between - (a - 1) * luck, 0.0) / even
        return (
            parameters,
            zero,
            np.where(parameters > 0, parameters * squares / count**2 + luck / count, pooled / count),
        )
    explained = np.minimum(squares_along(basis.columns, totals), between)
    left, free = between - explained, a - 1 - q
    noise, rough, pure = (left + within) / (count - 1 - q), zero, luck
    luck = noise
    if free > 0:
        clear = f_tail(left / free, pure, free, count - a) < CLEAR
        rough = np.where(clear, (left - free * pure) / max(basis.left, 1e-300), 0.0)
        noise, luck = np.where(clear, left / free, noise), np.where(clear, pure, luck)
    sure = np.where(noise > 0, explained / np.where(noise > 0, noise, 1.0), np.inf)
    smooth = np.where(noise > 0, noise * noncentrality(np.where(noise > 0, sure, 0.0), q), explained)
    parameters = smooth / even + rough
    plain = np.maximum(explained - q * noise, 0.0) / even + rough
    return parameters, np.maximum(parameters - plain, 0.0), parameters * squares / count**2 + luck / count


def smoothed(apart: Values, there: Flags, unknown: Unknown) -> Values:
    """What the regression of `carried` lets expect of each replicate, by its parameters, float[replicates, cells].

    Args:
        apart: distances from the mean of each cell, 0 where missing, float[replicates, cells].
        there: which are not missing, bool[replicates, cells].
        unknown: what the replicates live with.
    """
    found = np.zeros_like(apart)
    for cells in alike(there):
        some = there[:, cells[0]]
        if not some.any():
            continue
        groups, basis = unknown.groups[some], basis_of(unknown, some)
        whole = np.zeros((len(some), len(cells)))
        whole[some] = projections(basis.columns[groups], apart[some][:, cells])
        found[:, cells] = whole
    return found


def squares_along(columns: Values, values: Values) -> Values:
    """Sum of squares of the values along columns that are at right angles, float[cells].

    Args:
        columns: float[rows, columns].
        values: float[rows, cells].
    """
    found = np.zeros(values.shape[1])
    for column in columns.T:
        found = found + sum_rows(column[:, np.newaxis] * values) ** 2
    return found


def projections(columns: Values, values: Values) -> Values:
    """The part of the values along columns that are at right angles, float[rows, cells]; see `squares_along`."""
    found = np.zeros_like(values)
    for column in columns.T:
        along = column[:, np.newaxis]
        found += along * sum_rows(along * values)
    return found


def projection(columns: Values, values: Values) -> Values:
    """The same of one cell, float[rows]."""
    return sum_rows((columns * sum_rows(columns * values[:, np.newaxis])).T)


def alike(there: Flags) -> list[NDArray[np.int64]]:
    """Cells by the replicates that they have: numbers of those that have the same."""
    if there.shape[1] == 1:
        return [np.zeros(1, dtype=np.int64)]
    masks, of = np.unique(np.packbits(there, axis=0), axis=1, return_inverse=True)
    return [np.flatnonzero(of.reshape(-1) == mask) for mask in range(masks.shape[1])]


def noncentrality(found: Values, freedom: int) -> Values:
    """The noncentrality of a chi-square that came out as `found`: the mean of its likelihood, all roots alike likely.

    With b = freedom / 2 and z = found / 2, the likelihood of lambda is a mixture over j of Poisson(j; lambda / 2), each
    weighing z^j / Gamma(b + j). Over d sqrt(lambda) it becomes one of gamma densities, whose mean is

        lambda = M(3/2, b, z) / M(1/2, b, z)

    with Kummer's function M; it is 1 where found is 0, and found - freedom + 2 where found is great.

    Source:
        Saxena & Alam (1982), Annals of Statistics 10(3), doi:10.1214/aos/1176345892: max(0, found - freedom), which
        is nearer on average than the greatest likelihood. Ours: the mean instead, for caution, and the prior, flat in
        the root of lambda, which is how many standard errors of luck parameters carry the mean.
    """
    near = ratio_of_kummers(freedom / 2, np.minimum(found, _FAR) / 2)
    return np.where(found < _FAR, near, found - freedom + 2)


def basis_of(unknown: Unknown, there: Flags) -> Basis:
    """The regression over the replicates that are there; kept for the next outcome that has the same."""
    return _kept_basis(unknown, there.tobytes())


@lru_cache(maxsize=64)
def _kept_basis(unknown: Unknown, there: bytes) -> Basis:
    return regression(unknown.groups[np.frombuffer(there, dtype=np.bool_)], unknown.values)


def regression(groups: Groups, values: Values) -> Basis:
    """Columns of the regression on the values of these replicates' groups.

    Gram and Schmidt, twice for each column, in an order of additions that is the same on every processor, where a
    library's own least squares is not. A column that says nothing new is left out.
    """
    sizes = np.bincount(groups, minlength=len(values)).astype(np.float64)
    wanted = values
    if len(groups) >= ENOUGH_FOR_SQUARES * values.shape[1]:
        wanted = np.concatenate((values, values**2), axis=1)
    most = int((sizes > 0).sum())
    root = np.sqrt(sizes)
    found, count = np.empty((len(values), max(most, 1))), 1
    found[:, 0] = root / np.sqrt(len(groups))
    for column in (wanted * root[:, np.newaxis]).T:
        if count >= most:
            break
        columns, left = found[:, :count], column
        for _ in range(2):
            left = left - projection(columns, left)
        length, whole = np.sqrt(sum_rows(left**2)), np.sqrt(sum_rows(column**2))
        if length > _SAME * whole:
            found[:, count] = left / length
            count += 1
    columns = found[:, :count]
    over = len(groups) - float(sum_rows(sizes * sum_rows((columns**2).T)))
    return Basis((columns / np.maximum(root, 1.0)[:, np.newaxis])[:, 1:], over)
