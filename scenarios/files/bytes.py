"""The bytes of a file that people write: the one place where such files are opened."""

import errno
import os
from pathlib import Path

MOST_BYTES = 512 * 2**20
"""A million members with long names are a tenth of it; a device that never ends is refused here."""


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """All of a file.

    Raises:
        OSError: if it cannot be read, or is larger than any table of a million rows would be.
        ValueError: if no file can have such a name.
    """
    with Path(path).open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise OSError(errno.EFBIG, f"it is larger than {MOST_BYTES >> 20} MB; allowed is less")
    return data
