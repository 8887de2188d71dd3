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
    from results.response import Response
    from results.store import FolderError, RunFolder, WriteError, open_folder, read_outcomes
    from results.sweep import SweepFolder, open_sweep, read_sweep

__all__ = [
    "Comparison",
    "Difference",
    "Estimate",
    "FolderError",
    "Inquiry",
    "Precision",
    "PrecisionError",
    "Response",
    "RunFolder",
    "SweepFolder",
    "WriteError",
    "compare",
    "estimates",
    "open_folder",
    "open_sweep",
    "read_outcomes",
    "read_sweep",
    "run_to_precision",
]

_HOMES = {
    "comparison": ("Comparison", "Difference", "Estimate", "compare", "estimates"),
    "inquiry": ("Inquiry",),
    "precision": ("Precision", "PrecisionError", "run_to_precision"),
    "response": ("Response",),
    "sweep": ("SweepFolder", "open_sweep", "read_sweep"),
    "store": ("FolderError", "RunFolder", "WriteError", "open_folder", "read_outcomes"),
}


def __getattr__(name: str) -> Any:
    for home, nouns in _HOMES.items():
        if name in nouns:
            return getattr(import_module(f"results.{home}"), name)
    raise AttributeError(f"module 'results' has no attribute '{name}'")
