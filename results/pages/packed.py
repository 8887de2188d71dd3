"""Files of office programs are archives: the same content in them gives the same bytes, whenever it is packed."""

import datetime
import io
import zipfile

WHEN = datetime.datetime(2000, 1, 1)
"""The date of everything in a file: the clock has no place in what can be made again."""


def without_dates(packed: bytes) -> bytes:
    """The same archive with one date for all its parts."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as parts, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as dated:
        for name in parts.namelist():
            dated.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), parts.read(name), zipfile.ZIP_DEFLATED)
    return again.getvalue()
