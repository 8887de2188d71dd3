"""Formats that are known but not read, each with the way out."""

import re

_BYTES = (
    (b"%PDF", "a PDF; save the table that it was made from as xlsx or CSV"),
    (b"\x1f\x8b", "packed with gzip; unpack it first (data of R: write the table with write.csv)"),
    (b"RDX", "data of R; write the table with write.csv"),
    (b"$FL", "data of SPSS; save the table as xlsx or CSV"),
    (b"7z\xbc\xaf", "an archive; unpack it first"),
    (b"Rar!", "an archive; unpack it first"),
    (b"SQLite format 3", "a database; export its tables of members and ties as CSV"),
)
_TEXTS = (
    (
        re.compile(r"\s*((//|#)[^\n]*\n\s*)*(strict\s+)?(di)?graph\b[^\n{\[]*\{", re.IGNORECASE),
        "a graph of Graphviz; turn it into GML with `gv2gml file.dot > file.gml`, which comes with Graphviz",
    ),
    (
        re.compile(r"\s*\*(node|tie) (data|properties)\b", re.IGNORECASE),
        "a VNA file of NetDraw; save it from NetDraw or UCINET as a Pajek network (.net)",
    ),
    (re.compile(r"(#[^\n]*\n){0,20}LEDA\.GRAPH\b"), "a graph of LEDA; save it as GraphML or GML"),
    (re.compile(r"\(tlp\b"), "a graph of Tulip; export it as GEXF or GML"),
)
_PAGE = re.compile(rb"\s*(<!doctype\s+html|<html|<table)", re.IGNORECASE)


def not_read(data: bytes) -> str:
    """What it is, and the way out; "" if its first bytes are of nothing that is known as not read."""
    return next((words for mark, words in _BYTES if data.startswith(mark)), "")


def not_read_text(text: str) -> str:
    """The same of a text."""
    return next((words for start, words in _TEXTS if start.match(text)), "")


def not_read_xml(data: bytes) -> str:
    """The same of what begins with an angle bracket."""
    if _PAGE.match(data):
        return "a page of HTML; open it with Excel or LibreOffice and save the table as xlsx or CSV"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in data[:5_000]:
        return "a table of Excel as XML; save it as xlsx or CSV"
    return ""
