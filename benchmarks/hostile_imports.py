"""Files made to do harm to whoever reads lists of members: bombs, entities, sheets without end, nesting, long lines."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping

from benchmarks.drawn_networks import as_workbook, drawn


def _packed(parts: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def _workbook(luck: random.Random, old: bytes, new: bytes) -> bytes:
    """A good workbook with something else in each of its sheets."""
    made = as_workbook(drawn(luck), luck)["members"]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return _packed({name: part.replace(old, new) if "sheet" in name else part for name, part in parts.items()})


def zip_bomb(luck: random.Random) -> bytes:
    """A sheet that unpacks to hundreds of times its size."""
    filler = luck.choice((b" ", b"<row/>", b"<row><c><v>1</v></c></row>"))
    size = luck.choice((*[2**17] * 150, *[2**20] * 40, 300 * 2**20))
    return _workbook(luck, b"</sheetData>", filler * (size // len(filler)) + b"</sheetData>")


def entities(luck: random.Random) -> bytes:
    """Entities that grow without end, or that read another file, in graphs and in workbooks."""
    deep = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(luck.choice((3, 9))))
    inside = luck.choice((f'<!ENTITY a0 "ha">{deep}', '<!ENTITY a3 SYSTEM "file:///etc/passwd">',
                          '<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;'))  # fmt: skip
    head = f"<?xml version='1.0'?><!DOCTYPE g [{inside}]>"
    kind = luck.choice(("graphml", "gexf", "xlsx"))
    if kind == "xlsx":
        return _workbook(luck, b"<worksheet", f"<!DOCTYPE g [{inside}]><worksheet".encode())
    body = f'<{kind}><graph><node id="a"/><node id="&a3;"/></graph></{kind}>'
    return (head + body).encode(luck.choice(("utf-8", "utf-16")))


def endless_sheet(luck: random.Random) -> bytes:
    """A cell far outside of the table, or a dimension that nobody has."""
    far = luck.choice((b"XFD1048576", b"ZZZZZZ9", b"A99999999999", b"AAAA1048577", b"A0"))
    cell = b'<row r="1048576"><c r="' + far + b'"><v>1</v></c></row></sheetData>'
    with_cell = _workbook(luck, b"</sheetData>", cell)
    return luck.choice((with_cell, _workbook(luck, b"<sheetData", b'<dimension ref="A1:XFD1048576"/><sheetData')))


def formulas(luck: random.Random) -> bytes:
    """Cells with formulas, of which nothing was ever computed."""
    said = luck.choice((b"1+1", b"HYPERLINK(1)", b"cmd|' /C calc'!A0", b"A1"))
    return _workbook(luck, b"</sheetData>", b"<row><c><f>" + said + b"</f></c></row></sheetData>")


def nesting(luck: random.Random) -> bytes:
    """Brackets in brackets."""
    depth = luck.choice((60, 5_000, 200_000))
    opened, closed = luck.choice(
        ((b"graph [ a ", b"]"), (b'{"elements":', b"}"), (b"[", b"]"), (b"<graphml><graph><node id='a'>", b""))
    )
    step = {b"graph [ a ": b"[ a ", b"[": b"["}.get(opened, opened)
    return opened + step * depth + b"1" + closed * (depth if luck.random() < 0.5 else 0)


def long_lines(luck: random.Random) -> bytes:
    """What regular expressions might stumble over, and what has as many columns as others have rows."""
    number = luck.choice((1_000, 30_000, 300_000))
    part = luck.choice(
        (b"#", b"%", b" ", b"\t", b"a ", b'"', b";", b",", b"1,", b"a:1;", b":1", b"*", b"dl ", b"'", b"\\", b"(",
         b"[a] ", b"&#", b"version a\n", b"-", b"=", b"\xe2\x80\x8b", b"1 ", b"\n", b"a,b\n", b"x" * 40 + b",")
    )  # fmt: skip
    before = luck.choice(
        (b"", b"name,interests\nA,", b"from,to\nA,", b"*Vertices 2\n1 ", b"dl n=2\nlabels:\n", b"graph [ a ")
    )
    return before + part * number


def huge_numbers(luck: random.Random) -> bytes:
    """Numbers that promise more than there is, or that no float can hold."""
    number = luck.choice(("9" * 5_000, "1e999", "-1", "0", "999999999", "1e-400", "nan", "inf", "\u0663"))
    text = luck.choice(
        ("*Vertices {}\n1 A\n2 B\n", "dl n={}\nlabels:\nA,B\ndata:\n0 1\n1 0\n", "from,to,weight\nA,B,{}\nB,C,1\n",
         "graph [ node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 weight {} ] ]",
         '{{"nodes":[{{"id":1}},{{"id":2}}],"links":[{{"source":1,"target":2,"value":{}}}]}}')
    )  # fmt: skip
    return text.format(number).encode()


ATTACKS: tuple[Callable[[random.Random], bytes], ...] = (
    zip_bomb, entities, endless_sheet, formulas, nesting, long_lines, huge_numbers,
)  # fmt: skip
TOKENS = (
    *(
        b'"',
        b"[",
        b"]",
        b",",
        b";",
        b"\n",
        b"\r",
        b"0",
        b"-1",
        b"1e999",
        b"nan",
        b"\xef\xbb\xbf",
        b"\x00",
        b"{",
        b"<a>",
    ),
    *(
        b"null",
        b"9" * 30,
        b"=",
        b"\xff\xfe",
        b"*",
        b" ",
        b"\xe2\x80\x8b",
        b'r="ZZZZ9999999"',
        b"'",
        b"&",
        b"&#0;",
        b"|",
    ),
    *(
        b"\t",
        b"#",
        b"%",
        b"<node id='x'/>",
        b"</graph>",
        b"type",
        b"id",
        b"from",
        b"name",
        b"\xc3\xa4",
        b"\xe4",
        b"\x85",
    ),
)


def changed(data: bytes, luck: random.Random, other: bytes) -> bytes:
    """Bytes with some changed, taken out, repeated or put in; of a workbook one of its parts, or the archive itself."""
    if data[:2] == b"PK" and luck.random() < 0.8:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts = {name: archive.read(name) for name in archive.namelist()}
        except (zipfile.BadZipFile, ValueError):
            return data
        name = luck.choice(sorted(parts))
        return _packed({**parts, name: changed(b" " + parts[name], luck, other)[1:]})
    found = bytearray(data)
    for _ in range(luck.choice((1, 1, 2, 4, 8))):
        at = luck.randrange(len(found) + 1)
        to = min(len(found), at + luck.randrange(60))
        kind = luck.randrange(6)
        if kind == 0 and found:
            found[min(at, len(found) - 1)] = luck.randrange(256)
        elif kind == 1:
            del found[at:to]
        elif kind == 2:
            found[at:at] = found[at:to] * luck.choice((1, 2, 50))
        elif kind == 3:
            start = luck.randrange(len(other) + 1)
            found[at:at] = other[start : start + luck.randrange(200)]
        else:
            found[at:at] = luck.choice(TOKENS)
    return bytes(found)
