"""Factors that go together: rank correlations between them, by a Gaussian copula.

A rank correlation (Spearman's) is about the order of values, so it can be asked of any distributions. A copula is
normal scores of a correlation r = 2 sin(pi rank / 6), made into shares.

Source: Nelsen (2006), An Introduction to Copulas, doi:10.1007/0-387-28678-0, for the relation between r and the rank
correlation; Iman & Conover (1982), Communications in Statistics 11, doi:10.1080/03610918208812265, for the points of a
sample put in another order, so that each factor keeps its own; Higham (2002), IMA Journal of Numerical Analysis 22,
doi:10.1093/imanum/22.3.329, for the nearest correlations that are possible.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import asin, pi, sin

import numpy as np
from numpy.typing import NDArray

from scenarios.designs.factors import Factor
from scenarios.files.faults import ScenarioError, near_miss, refusal, shown

MOST = 0.99
"""Size of a rank correlation, at the most: of what goes together fully, one is enough."""
LEAST_EIGENVALUE = 1e-6
Shares = NDArray[np.float64]
Pair = tuple[str, str, float]
"""Two keys, and their rank correlation."""


@dataclass(frozen=True, eq=False)
class Correlations:
    """Rank correlations between some factors.

    Attributes:
        pairs: as they were asked for.
        columns: of the factors that any pair names.
        scores: float[columns, columns], the correlations of their normal scores.
    """

    pairs: tuple[Pair, ...]
    columns: tuple[int, ...]
    scores: Shares

    def bound(self, free: Shares, *, in_order: bool) -> Shares:
        """Shares that go together, out of shares that do not.

        Args:
            free: float[points, factors], evenly spread.
            in_order: whether a point depends on nothing but itself; else each column keeps its own values, in another
                order.
        """
        from scipy.special import ndtr, ndtri

        columns = list(self.columns)
        some = free[:, columns]
        normal = ndtri(np.clip(some, 1e-12, 1 - 1e-12))
        root = np.linalg.cholesky(self.scores)
        found = free.copy()
        if in_order:
            found[:, columns] = ndtr(normal @ root.T)
            return found
        if len(free) > len(columns) + 1:  # what goes together by chance is taken out first
            normal = normal - normal.mean(axis=0)
            chance = np.linalg.cholesky(np.corrcoef(normal, rowvar=False).reshape(len(columns), -1))
            normal = np.linalg.solve(chance, (normal / normal.std(axis=0)).T).T
        wanted = np.argsort(np.argsort(normal @ root.T, axis=0), axis=0)
        found[:, columns] = np.take_along_axis(np.sort(some, axis=0), wanted, axis=0)
        return found


def read_correlations(written: Iterable[str]) -> tuple[Pair, ...]:
    """Correlations as `--correlate` writes them: "KEY,KEY=0.6".

    Raises:
        ScenarioError: with everything that is wrong with the way they are written.
    """
    pairs, faults = [], []
    for text in written:
        keys, equals, number = text.rpartition("=")
        names = [one.strip() for one in keys.split(",")]
        if not equals or len(names) != 2 or not all(names):
            faults.append(f"{shown(text)}: write KEY,KEY=0.6")
            continue
        try:
            size = float(number)
        except ValueError:
            size = float("nan")
        if not -MOST <= size <= MOST:
            faults.append(
                f"{shown(text)}: {shown(number.strip())} is no rank correlation; allowed is -{MOST} to {MOST}"
            )
        else:
            pairs.append((names[0], names[1], size))
    if faults:
        raise ScenarioError(refusal("--correlate", faults))
    return tuple(pairs)


def correlations_between(
    pairs: Sequence[Pair], factors: Sequence[Factor], together: Sequence[str] = ()
) -> Correlations:
    """Correlations between factors, all of which can hold at a time.

    Args:
        pairs: keys, and their rank correlation.
        factors: of the design.
        together: keys that come from rows of a table.

    Raises:
        ScenarioError: with everything that is wrong.
    """
    place = {factor.key: number for number, factor in enumerate(factors)}
    faults: list[str] = []
    seen: set[frozenset[str]] = set()
    for one, other, size in pairs:
        what = f"{one},{other}={size:g}"
        for key in dict.fromkeys((one, other)):
            if key in together:
                faults.append(f"{what}: {key} comes from the rows of a table, which say what it goes together with")
            elif key not in place:
                faults.append(f"{what}: {key} is not varied{near_miss(key, place) or f'; name it with --vary {key}'}")
            elif not _has_order(factors[place[key]]):
                faults.append(f"{what}: the values of {key} have no order")
        if one == other:
            faults.append(f"{what}: a key is itself; name two")
        if frozenset((one, other)) in seen:
            faults.append(f"{what}: these two are named twice; name them once")
        seen.add(frozenset((one, other)))
    if faults:
        raise ScenarioError(refusal("--correlate", list(dict.fromkeys(faults))))
    named = [key for key in place if any(key in pair[:2] for pair in pairs)]
    scores = _scores(pairs, named)
    if float(np.linalg.eigvalsh(scores).min()) < LEAST_EIGENVALUE:
        raise ScenarioError(refusal("--correlate", [_impossible(pairs, named, scores)]))
    return Correlations(tuple(pairs), tuple(place[key] for key in named), scores)


def _has_order(factor: Factor) -> bool:
    return factor.is_numeric or all(isinstance(level, bool) for level in factor.levels)


def _scores(pairs: Sequence[Pair], keys: Sequence[str]) -> Shares:
    scores = np.eye(len(keys))
    for one, other, size in pairs:
        at = keys.index(one), keys.index(other)
        scores[at] = scores[at[::-1]] = 2 * sin(pi * size / 6)
    return scores


def _impossible(pairs: Sequence[Pair], keys: Sequence[str], scores: Shares) -> str:
    """Why correlations cannot all hold, with the nearest that can."""
    asked = "; ".join(f"{one},{other}={size:g}" for one, other, size in pairs)
    found = _nearest(scores)
    while True:
        near = [
            (keys[one], keys[other], round(6 / pi * asin(found[one, other] / 2), 2))
            for one, other in combinations(range(len(keys)), 2)
        ]
        if float(np.linalg.eigvalsh(_scores(near, keys)).min()) >= LEAST_EIGENVALUE:
            break
        found = 0.99 * found + 0.01 * np.eye(len(keys))
    nearest = "; ".join(f"{one},{other}={size:g}" for one, other, size in near if size)
    return (
        f"no values can have all of these correlations at a time: {asked}. What is not named is 0. The nearest that "
        f"are possible: {nearest}"
    )


def _nearest(scores: Shares, steps: int = 200) -> Shares:
    """The nearest matrix of correlations: made free of negative eigenvalues and given its ones again, in turns."""
    found, correction = scores.copy(), np.zeros_like(scores)
    for _ in range(steps):
        shifted = found - correction
        values, vectors = np.linalg.eigh(shifted)
        positive = (vectors * np.maximum(values, LEAST_EIGENVALUE)) @ vectors.T
        correction = positive - shifted
        found = positive.copy()
        np.fill_diagonal(found, 1.0)
    return found
