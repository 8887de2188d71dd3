"""The former place of `results.sweeping.variance`: what is imported from here stays importable."""

from results.sweeping.variance import (
    SAME,
    WANTED_LEFT,
    NoSplitError,
    Share,
    Split,
    Values,
    base_points,
    check_shape,
    is_same,
    split,
)

__all__ = [
    "SAME",
    "WANTED_LEFT",
    "NoSplitError",
    "Share",
    "Split",
    "Values",
    "base_points",
    "check_shape",
    "is_same",
    "split",
]
