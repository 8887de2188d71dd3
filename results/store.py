"""The former place of run folders: what is imported from here stays importable."""

from results.comparing.run_folder import RunFolder, open_folder, read_outcomes
from results.folders.files import WriteError
from results.folders.folder import MANIFEST, FolderError
from results.sweeping.so_far import SoFar, read_so_far
from results.sweeping.sweep_folder import SweepFolder, open_sweep, read_sweep

__all__ = [
    "MANIFEST",
    "FolderError",
    "RunFolder",
    "SoFar",
    "SweepFolder",
    "WriteError",
    "open_folder",
    "open_sweep",
    "read_outcomes",
    "read_so_far",
    "read_sweep",
]
