"""A run folder that keeps what is found, bit by bit: of `check`, `calibrate`, `optimise` and `portfolio`."""

from collections.abc import Iterator
from contextlib import contextmanager

from results.commands.listener import Kept, Listener
from results.studies.findings_folder import FindingsFolder


@contextmanager
def kept_in(folder: FindingsFolder, listener: Listener, what: str) -> Iterator[FindingsFolder]:
    """Hold an open folder while the work is done: where it is stopped, what was found is kept.

    Args:
        folder: opened.
        listener: hears of what is not as it was in it, and whether the work is stopped.
        what: it is that is kept, in the plural.
    """
    for fault in folder.folder.faults:
        listener.say(fault)
    with folder, listener.working(Kept(folder.path, folder.notes.flush, lambda: len(folder.notes.known), what), None):
        yield folder
