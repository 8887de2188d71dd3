"""How far an interval reaches."""

from functools import cache


@cache
def t_quantile(freedom: int) -> float:
    """How many standard errors a 95 % interval reaches to either side, with so many degrees of freedom (1 or more).

    Source:
        Student's t; the 97.5 % quantile as scipy.special computes it.
    """
    from scipy.special import stdtrit  # here, not above: it takes a third of a second to import

    return float(stdtrit(freedom, 0.975))
