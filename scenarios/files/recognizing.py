"""Which format a file is of, by what it contains; how its name ends decides nothing."""

from collections.abc import Callable
from pathlib import Path

from scenarios.files import gml, lgl, pajek, ucinet_dl
from scenarios.files.bytes import read_bytes
from scenarios.files.decoding import decoded
from scenarios.files.delimited import read_delimited
from scenarios.files.faults import ScenarioError
from scenarios.files.gexf import read_gexf
from scenarios.files.graphml import read_graphml
from scenarios.files.json_network import read_json
from scenarios.files.network_file import Grid, NetworkFile
from scenarios.files.not_read import not_read, not_read_text, not_read_xml
from scenarios.files.parts_wanted import PartsWanted
from scenarios.files.workbook import MARKS, read_workbook
from scenarios.files.xml_text import local_name, parsed

Contents = NetworkFile | list[Grid]
_XML = {"graphml": read_graphml, "gexf": read_gexf}


def _dl(text: str, label: str, _wanted: PartsWanted) -> NetworkFile:
    return ucinet_dl.read_dl(text, label)


def _lgl(text: str, label: str, _wanted: PartsWanted) -> NetworkFile:
    return lgl.read_lgl(text, label)


_GRAPHS: tuple[tuple[Callable[[str], object], Callable[[str, str, PartsWanted], NetworkFile]], ...] = (
    (gml.START.match, gml.read_gml),
    (pajek.is_pajek, pajek.read_pajek),
    (ucinet_dl.START.match, _dl),
    (lgl.is_lgl, _lgl),
)
"""What tells a format of text by its beginning, and who reads it."""


def read_contents(path: Path, wanted: PartsWanted | None = None) -> Contents:
    """All that a file holds: a network, or sheets of which it is yet to be settled what they mean.

    Raises:
        ScenarioError: if it cannot be read, or is of no format that is known here; the message says which way out.
    """
    label = path.name
    wanted = wanted or PartsWanted()
    try:
        data = read_bytes(path)
    except FileNotFoundError:
        raise ScenarioError(f"{label}: there is no such file ({path})") from None
    except IsADirectoryError:
        raise ScenarioError(f"{label} is a folder, not a file ({path})") from None
    except (OSError, ValueError) as error:
        raise ScenarioError(f"{label} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if not data.strip():
        raise ScenarioError(f"{label} is empty")
    if words := not_read(data):
        raise ScenarioError(f"{label} is {words}")
    if data.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return _of_xml(data, label, wanted)
    if data.startswith(MARKS):
        return read_workbook(data, label, wanted)
    text, notes = decoded(data, label)
    if text.lstrip()[:1] in ("{", "["):
        found = read_json(text, label)
    elif read := next((read for tells, read in _GRAPHS if tells(text)), None):
        found = read(text, label, wanted)
    elif words := not_read_text(text):
        raise ScenarioError(f"{label} is {words}")
    else:
        return [read_delimited(text, label, notes)]
    found.notes[:0] = notes
    return found


def _of_xml(data: bytes, label: str, wanted: PartsWanted) -> NetworkFile:
    if words := not_read_xml(data):
        raise ScenarioError(f"{label} is {words}")
    root = parsed(data, label)
    kind = local_name(root)
    if kind in _XML:
        return _XML[kind](root, label, wanted)
    raise ScenarioError(f"{label} is no GraphML, and no other network: it begins with <{kind}>; save it as GraphML")
