"""How far an interval reaches."""

from functools import cache

import numpy as np
from numpy.typing import NDArray


@cache
def t_quantile(freedom: int, several: int = 1) -> float:
    """How many standard errors a 95 % interval reaches to either side, with so many degrees of freedom (1 or more).

    Args:
        freedom: degrees of freedom (count).
        several: intervals of which all are to hold in 95 of 100 cases (count).

    Source:
        Student's t; its quantile at 1 - 0.025 / several as scipy.special computes it. Several: Bonferroni's
        inequality, which holds however they depend on each other.
    """
    from scipy.special import stdtrit  # here, not above: it takes a third of a second to import

    return float(stdtrit(freedom, 1 - 0.025 / several))


def t_below(values: NDArray[np.float64], freedom: int) -> NDArray[np.float64]:
    """How likely a t is below each of these values, with so many degrees of freedom.

    Source:
        Student's t, as scipy.special computes it.
    """
    from scipy.special import stdtr

    return np.asarray(stdtr(freedom, values), dtype=np.float64)


def binomial_band(trials: int, chance: float) -> tuple[float, float]:
    """Shares of successes between which 95 % of such series of trials end.

    Source:
        The binomial distribution, as scipy.special computes it; the least count up to which 2.5 and 97.5 % lie.
    """
    from scipy.special import bdtr

    up_to = bdtr(np.arange(trials + 1), trials, chance)
    low, high = (int(np.searchsorted(up_to, end)) / trials for end in (0.025, 0.975))
    return low, high


def ratio_of_kummers(b: float, z: NDArray[np.float64]) -> NDArray[np.float64]:
    """M(3/2, b, z) / M(1/2, b, z), with Kummer's function M.

    Source:
        Kummer's function as scipy.special computes it.
    """
    from scipy.special import hyp1f1

    ratio: NDArray[np.float64] = hyp1f1(1.5, b, z) / hyp1f1(0.5, b, z)
    return ratio


def f_tail(
    above: NDArray[np.float64], below: NDArray[np.float64], freedom: int, freedom_below: int
) -> NDArray[np.float64]:
    """How rarely a ratio of two mean squares of the same variance is as great as above / below; 1 for 0 over 0.

    Source:
        Fisher's F, as scipy.special computes it.
    """
    from scipy.special import fdtrc

    ratio = np.divide(above, below, out=np.where(above > 0, np.inf, 0.0), where=below > 0)
    return np.asarray(fdtrc(freedom, freedom_below, ratio), dtype=np.float64)
