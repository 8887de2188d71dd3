"""The former place of `results.sweeping.sensitivity`: what is imported from here stays importable."""

from results.sweeping.sensitivity import (
    HOPELESS,
    LEAST,
    MOST_DRAWS,
    MOST_LOOKED_AT,
    MOVE,
    RESAMPLES,
    Effect,
    ElementaryEffects,
    IncompleteError,
    Index,
    Interaction,
    KindError,
    Sensitivity,
    SobolIndices,
    morris,
    sobol,
)

__all__ = [
    "HOPELESS",
    "LEAST",
    "MOST_DRAWS",
    "MOST_LOOKED_AT",
    "MOVE",
    "RESAMPLES",
    "Effect",
    "ElementaryEffects",
    "IncompleteError",
    "Index",
    "Interaction",
    "KindError",
    "Sensitivity",
    "SobolIndices",
    "morris",
    "sobol",
]
