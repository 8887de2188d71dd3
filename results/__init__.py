"""What it means. Third stop of the flow: scenarios -> simulation -> results -> cli.

Takes Ensembles, gives back estimates, paired differences, run folders, pictures and sentences. Imports `scenarios` and
`simulation`; knows nothing of terminals. Names are loaded when they are first used, for `legato --help` must not wait.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from results.comparison import Comparison, Difference, Estimate, compare, estimates
    from results.inquiry import Inquiry
    from results.precision import Precision, PrecisionError, run_to_precision
    from results.store import FolderError, RunFolder, WriteError, open_folder, read_outcomes

__all__ = [
    "Comparison",
    "Difference",
    "Estimate",
    "FolderError",
    "Inquiry",
    "Precision",
    "PrecisionError",
    "RunFolder",
    "WriteError",
    "compare",
    "estimates",
    "open_folder",
    "read_outcomes",
    "run_to_precision",
]

_HOMES = {
    "comparison": ("Comparison", "Difference", "Estimate", "compare", "estimates"),
    "inquiry": ("Inquiry",),
    "precision": ("Precision", "PrecisionError", "run_to_precision"),
    "store": ("FolderError", "RunFolder", "WriteError", "open_folder", "read_outcomes"),
}


def __getattr__(name: str) -> Any:
    for home, nouns in _HOMES.items():
        if name in nouns:
            return getattr(import_module(f"results.{home}"), name)
    raise AttributeError(f"module 'results' has no attribute '{name}'")
