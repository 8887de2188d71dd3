"""Which format a file is of, by what it contains; how its name ends decides nothing."""

import re
from pathlib import Path

from scenarios.files import gml, pajek, ucinet_dl
from scenarios.files.bytes import read_bytes
from scenarios.files.decoding import decoded
from scenarios.files.delimited import read_delimited
from scenarios.files.faults import ScenarioError
from scenarios.files.gexf import read_gexf
from scenarios.files.graphml import read_graphml
from scenarios.files.json_network import read_json
from scenarios.files.network_file import Grid, NetworkFile
from scenarios.files.workbook import MARK, read_workbook
from scenarios.files.xml_text import local_name, parsed

Contents = NetworkFile | list[Grid]
_XML = {"graphml": read_graphml, "gexf": read_gexf}
_GRAPHS = ((gml.START, gml.read_gml), (pajek.START, pajek.read_pajek), (ucinet_dl.START, ucinet_dl.read_dl))
_DOT = re.compile(r"\s*(strict\s+)?(di)?graph\b[^\n]*\{", re.IGNORECASE)


def read_contents(path: Path) -> Contents:
    """All that a file holds: a network, or sheets of which it is yet to be settled what they mean.

    Raises:
        ScenarioError: if it cannot be read, or is of no format that is known here; the message says which way out.
    """
    label = path.name
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
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        what = "a PDF" if data.startswith(b"%PDF") else "an Excel file of before 2007, or one with a password"
        raise ScenarioError(f"{label} is {what}; save the table as xlsx without a password, or as CSV")
    if data.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return _of_xml(data, label)
    if data.startswith(MARK):
        return read_workbook(data, label)
    text, notes = decoded(data, label)
    if text.lstrip()[:1] in ("{", "["):
        return read_json(text, label)
    for start, read in _GRAPHS:
        if start.match(text):
            return read(text, label)
    if _DOT.match(text):
        raise ScenarioError(f"{label} is a graph of Graphviz; save it as GraphML, or as a list of ties")
    return [read_delimited(text, label, notes)]


def _of_xml(data: bytes, label: str) -> NetworkFile:
    root = parsed(data, label)
    kind = local_name(root)
    if kind in _XML:
        return _XML[kind](root, label)
    raise ScenarioError(f"{label} is no GraphML, and no other network: it begins with <{kind}>; save it as GraphML")
