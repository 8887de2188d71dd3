"""A logo as a brief takes it: a small PNG of its own, whatever else the file holds."""

import warnings
from io import BytesIO
from os import PathLike, fspath
from pathlib import Path

from scenarios.files.faults import shown

KINDS = ("PNG", "JPEG")
MOST_BYTES = 5_000_000
MOST_POINTS = 25_000_000
"""Points of a picture (width by height): what is packed into a small file may fill the memory."""
_ALLOWED = f"allowed is a PNG or a JPEG of at most {MOST_BYTES:,} bytes and {MOST_POINTS:,} points"
ROOM = (600, 240)
"""Width and height (points) beyond which a logo is made smaller."""


class LogoError(ValueError):
    """A file that is no logo; the message says what it is and what is allowed."""


def logo_of(path: str | PathLike[str]) -> bytes:
    """The logo in a file, drawn again as a PNG: no words, programs or other pictures of the file come along.

    An SVG is refused: it may hold programs, and Word and PowerPoint show none.

    Raises:
        LogoError: if it cannot be read, is no PNG or JPEG, or is too large.
    """
    name = shown(fspath(path))
    try:
        content = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise LogoError(f"{name} cannot be read ({getattr(error, 'strerror', None) or error}); {_ALLOWED}") from None
    return redrawn(content, name)


def redrawn(content: bytes, name: str) -> bytes:
    """A picture as a PNG with nothing but its points, no larger than a logo is.

    Args:
        content: of its file.
        name: what it is called where it is refused.

    Raises:
        LogoError: as `logo_of` does.
    """
    from PIL import Image, UnidentifiedImageError

    if len(content) > MOST_BYTES:
        raise LogoError(f"{name} has {len(content):,} bytes; {_ALLOWED}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its size, which is looked at here
            with Image.open(BytesIO(content), formats=KINDS) as picture:
                width, height = picture.size
                if width * height > MOST_POINTS:
                    raise LogoError(f"{name} has {width:,} by {height:,} points; {_ALLOWED}")
                drawn = picture.convert("RGBA")
    except UnidentifiedImageError:
        raise LogoError(f"{name} is neither a PNG nor a JPEG; {_ALLOWED}") from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, LogoError):
            raise
        raise LogoError(f"{name} cannot be read as a picture ({error}); {_ALLOWED}") from None
    drawn.thumbnail(ROOM)
    drawn.info.clear()
    packed = BytesIO()
    drawn.save(packed, "PNG")
    return packed.getvalue()
