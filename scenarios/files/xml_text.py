"""XML that can do no harm: a file with a DOCTYPE or with entities is refused.

No format that is read here needs either, and both can be made to read other files, or to grow without end.
"""

import re
from xml.etree import ElementTree

from scenarios.files.faults import ScenarioError

_FORBIDDEN = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def parsed(data: bytes, label: str) -> ElementTree.Element:
    """The root of the file.

    Raises:
        ScenarioError: if it is no XML, or has what is forbidden.
    """
    if found := _FORBIDDEN.search(data.replace(b"\0", b"")):
        raise ScenarioError(
            f"{label} has a {found[1].decode().upper()}, which networks do not need and which may read other files; "
            "save it without"
        )
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ScenarioError(f"{label} is no XML: {error}") from None
    except RecursionError:
        raise ScenarioError(f"{label} is nested too deeply to be a network") from None


def local_name(element: ElementTree.Element) -> str:
    """Name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
