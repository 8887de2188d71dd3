"""Student's t, Fisher's F and Kummer's function for a page, where there is no scipy.

Python asks scipy (`results.estimates.quantiles`); a page cannot, so that its module has these. They are held against
scipy's over all that occurs, to a relative difference of 1e-10; what differs is seldom more than 1e-13.

Source:
    Abramowitz & Stegun (1964), Handbook of Mathematical Functions, 26.5 (t and F as incomplete beta functions), 13.1.2
    (Kummer's series). Press, Teukolsky, Vetterling & Flannery (2007), Numerical Recipes, 6.4: the continued fraction,
    by Lentz's method.
"""

from math import exp, inf, isnan, lgamma, log, pi

_SMALL = 1e-300
"""Stands for 0 below a fraction."""
_SAME = 1e-16
"""Relative change that changes nothing any more."""
_MOST = 100_000
"""Steps at the most; the continued fraction takes about the root of the greater argument."""
_NEWTONS = 200
"""Steps of Newton's method at the most; it takes about ten."""


def t_above(value: float, freedom: int) -> float:
    """How likely a t with so many degrees of freedom is above a value."""
    square = value * value
    if square == inf:
        return 0.0 if value > 0 else 1.0
    tail = 0.5 * beta_below(freedom / (freedom + square), square / (freedom + square), freedom / 2, 0.5)
    return tail if value >= 0 else 1.0 - tail


def t_reaching(freedom: int, tail: float) -> float:
    """The value above which a t is with a chance of `tail`, at most 1/2.

    By Newton's method, from below: the chance falls and bends upward there, so that no step goes too far.
    """
    log_height = lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - 0.5 * log(freedom * pi)
    value = 0.0
    for _ in range(_NEWTONS):
        density = exp(log_height - (freedom + 1) / 2 * log(1.0 + value * value / freedom))
        step = (t_above(value, freedom) - tail) / density
        value += step
        if abs(step) <= 1e-14 * value:  # after which one more step is less than rounding
            break
    return value


def f_above(ratio: float, freedom: int, freedom_below: int) -> float:
    """How likely a ratio of mean squares with so many degrees of freedom is above this one."""
    if isnan(ratio) or ratio <= 0:
        return ratio if isnan(ratio) else 1.0
    if ratio == inf:
        return 0.0
    above, below = freedom * ratio, float(freedom_below)
    return beta_below(below / (below + above), above / (below + above), freedom_below / 2, freedom / 2)


def beta_below(x: float, rest: float, a: float, b: float) -> float:
    """The regularized incomplete beta function I_x(a, b), with rest = 1 - x, which subtraction would blur."""
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    front = exp(a * log(x) + b * log(rest) + lgamma(a + b) - lgamma(a) - lgamma(b))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1.0 - front * _fraction(rest, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function."""
    above, below = 1.0, 1.0 - (a + b) * x / (a + 1)
    below = 1.0 / (below if abs(below) > _SMALL else _SMALL)
    value = below
    for m in range(1, _MOST):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for part in (even, odd):
            below, above = 1.0 + part * below, 1.0 + part / above
            below = 1.0 / (below if abs(below) > _SMALL else _SMALL)
            above = above if abs(above) > _SMALL else _SMALL
            value *= below * above
        if abs(below * above - 1.0) <= _SAME * 10:
            break
    return value


def kummer(a: float, b: float, z: float) -> float:
    """Kummer's function M(a, b, z) of positive arguments: its series, of which every term is positive."""
    total, term = 1.0, 1.0
    for n in range(_MOST):
        term *= (a + n) / (b + n) * z / (n + 1)
        total += term
        if term <= _SAME * total and n > z:
            break
    return total
