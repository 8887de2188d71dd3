"""What it means. Third stop of the flow: scenarios -> simulation -> results -> cli.

Takes Ensembles, gives back estimates, paired differences, run folders, pictures and sentences. Imports `scenarios` and
`simulation`; knows nothing of terminals. Names are loaded when they are first used, for `legato --help` must not wait.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from results.comparing.inquiry import Inquiry
    from results.comparing.run_folder import RunFolder, open_folder, read_outcomes
    from results.estimates.comparison import Comparison, Difference, Estimate, compare, estimates
    from results.estimates.precision import Precision, PrecisionError, run_to_precision
    from results.estimates.response import Response
    from results.folders.files import WriteError
    from results.folders.folder import FolderError
    from results.sweeping.sweep_folder import SweepFolder, open_sweep, read_sweep

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
    "comparing.inquiry": ("Inquiry",),
    "comparing.run_folder": ("RunFolder", "open_folder", "read_outcomes"),
    "estimates.comparison": ("Comparison", "Difference", "Estimate", "compare", "estimates"),
    "estimates.precision": ("Precision", "PrecisionError", "run_to_precision"),
    "estimates.response": ("Response",),
    "folders.files": ("WriteError",),
    "folders.folder": ("FolderError",),
    "sweeping.sweep_folder": ("SweepFolder", "open_sweep", "read_sweep"),
}


def __getattr__(name: str) -> Any:
    for home, nouns in _HOMES.items():
        if name in nouns:
            return getattr(import_module(f"results.{home}"), name)
    raise AttributeError(f"module 'results' has no attribute '{name}'")
