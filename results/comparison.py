"""The former place of `results.estimates.comparison`: what is imported from here stays importable."""

from results.estimates.comparison import (
    Comparison,
    Difference,
    Estimate,
    at_own_parameters,
    compare,
    difference,
    estimate,
    estimates,
    linearized,
    present_in,
    telling_in,
)

__all__ = [
    "Comparison",
    "Difference",
    "Estimate",
    "at_own_parameters",
    "compare",
    "difference",
    "estimate",
    "estimates",
    "linearized",
    "present_in",
    "telling_in",
]
