"""Fitting the rival: on other networks, and on earlier waves of a survey; never on the wave that it is scored on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from results.studies.baselines import logistic_of
from results.studies.rival import COVARIATES, Gap, Rival, covariates_of, tied_after

COUNTS_AS = 1000.0
"""Pairs that a network counts as when several are fitted together, whatever its size and its number of waves."""
SPREAD = 1.0
"""Standard deviation of a coefficient around what is assumed beforehand, and of a network's own constant around that of
all networks: the mild ridge."""
UNKNOWING = Rival((-3.0, *(0.0,) * 5, 1.0), (-3.0, *(0.0,) * 6), "nothing")
"""What is assumed before any network was seen: a tie ends in two years, as many form, and nothing else matters."""
CONSTANTS = 3.0
"""Standard deviation of the two constants before any network was seen."""
_FEWEST = 1e-9
"""No chance is taken as smaller, so that one impossible change does not decide everything."""


def fit_rival(networks: Mapping[str, Sequence[Gap]]) -> Rival:
    """The rival fitted on networks, each of which counts the same; by maximum likelihood with a mild ridge.

    Each network has constants of its own, which differ from those of all by chance. Otherwise all that sets one network
    apart from the next would be put down to its facilitation.

    Args:
        networks: name -> pairs of its waves.
    """
    pairs = {name: sum(int(gap.seen.asked.sum()) for gap in mine) for name, mine in networks.items()}
    parts = [
        _part(gap, COUNTS_AS / max(pairs[name], 1), own)
        for own, (name, mine) in enumerate(networks.items())
        for gap in mine
    ]
    return _fitted(parts, len(networks), UNKNOWING, CONSTANTS, ", ".join(networks))


def fitted_further(rival: Rival, earlier: Sequence[Gap]) -> Rival:
    """The rival fitted on earlier waves of a survey, held to what it was before by the same ridge.

    What the earlier waves say nothing about, such as facilitation that never changed, stays as it was.
    """
    if not earlier:
        return rival
    source = f"{rival.source}; then {len(earlier)} earlier pair{'s' * (len(earlier) > 1)} of waves of this survey"
    again = _fitted([_part(gap, 1.0, None) for gap in earlier], 0, rival, SPREAD, source)
    return replace(again, weight=rival.weight)


class _Part(NamedTuple):
    """A pair of waves to fit on: covariates, what was and is, its weight, and the number of its network, if any."""

    gap: Gap
    known: NDArray[np.float64]
    tied: NDArray[np.bool_]
    now: NDArray[np.bool_]
    weight: float
    own: int | None


def _part(gap: Gap, weight: float, own: int | None) -> _Part:
    asked = gap.seen.asked
    return _Part(gap, covariates_of(gap), gap.seen.before[asked], gap.seen.now[asked], weight, own)


def _fitted(parts: Sequence[_Part], networks: int, prior: Rival, constants: float, source: str) -> Rival:
    """The most likely coefficients, given the prior; each network's own two constants stand below those of all."""
    half = len(COVARIATES)
    middle = np.concatenate([prior.forming, prior.ending, np.zeros(2 * networks)])
    spread = np.concatenate([np.tile([constants, *(SPREAD,) * (half - 1)], 2), np.full(2 * networks, SPREAD)])

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        away = (values - middle) / spread
        total, slope = float(away @ away) / 2, away / spread
        for gap, known, tied, now, weight, own in parts:
            at = slice(0, 0) if own is None else slice(2 * (half + own), 2 * (half + own) + 2)
            shift = np.zeros(2) if own is None else values[at]
            forms = logistic_of(known @ values[:half] + shift[0])
            ends = logistic_of(known @ values[half : 2 * half] + shift[1])
            chance, by_forms, by_ends = _with_slopes(gap, forms, ends, tied)
            given = np.clip(np.where(now, chance, 1 - chance), _FEWEST, 1.0)
            total -= weight * float(np.log(given).sum())
            push = weight * np.where(now, 1.0, -1.0) / given
            by_odds = push * by_forms * forms * (1 - forms), push * by_ends * ends * (1 - ends)
            slope[:half] -= known.T @ by_odds[0]
            slope[half : 2 * half] -= known.T @ by_odds[1]
            if own is not None:
                slope[at] -= [by_odds[0].sum(), by_odds[1].sum()]
        return total, slope

    from scipy.optimize import minimize  # here, not above: it takes a third of a second to import

    options = {"maxiter": 500, "ftol": 1e-12}
    found = minimize(loss, middle, jac=True, method="L-BFGS-B", options=options).x  # type: ignore[no-untyped-call]
    return Rival(tuple(found[:half].tolist()), tuple(found[half : 2 * half].tolist()), source)


def _with_slopes(
    gap: Gap, forms: NDArray[np.float64], ends: NDArray[np.float64], tied: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """`tied_after`, and its derivatives by the two monthly chances."""
    if gap.lasting:
        chance = tied_after(gap.months, forms, np.zeros_like(ends), tied)
        by_forms = np.where(tied, 0.0, gap.months * (1 - forms) ** (gap.months - 1))
        return chance, by_forms, np.zeros_like(ends)
    both = np.maximum(forms + ends, 1e-300)
    share, left = forms / both, (1 - both) ** gap.months
    fades = gap.months * (1 - both) ** (gap.months - 1)
    held = np.where(tied, -(1 - share), share) * fades
    by_forms = ends / both**2 * (1 - left) + held
    by_ends = -forms / both**2 * (1 - left) + held
    return tied_after(gap.months, forms, ends, tied), by_forms, by_ends
