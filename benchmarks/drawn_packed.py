"""Networks drawn by chance as binary workbooks, of NodeXL, as members of groups, and beside other networks."""

from __future__ import annotations

import io
import random
import struct
import zipfile

from benchmarks.drawn_networks import Drawn, Files, kept, member_rows, table, tie_rows

Sheet = tuple[str, list[list[str | float]]]


def _sheets(network: Drawn, luck: random.Random) -> list[Sheet]:
    """The list of members and that of ties, in any order, with strengths as numbers."""
    ties: list[list[str | float]] = [list(row) for row in tie_rows(network, luck)]
    for row in ties[1:]:
        row[2] = float(row[2])
    members: list[list[str | float]] = [list(row) for row in member_rows(network, luck)]
    return luck.sample([("Elements", members), ("Connections", ties)], 2)


# Workbooks of before 2007: records in a stream, the stream in sectors of a container.

_SECTOR, _FEWEST = 512, 4096
"""Bytes of a sector; shorter streams would be kept in another way."""
_FREE, _LAST, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _old_sheet(rows: list[list[str | float]]) -> bytes:
    cells = b""
    for down, row in enumerate(rows):
        for right, cell in enumerate(row):
            at = struct.pack("<HHH", down, right, 0)
            if isinstance(cell, float):
                cells += _record(0x203, at + struct.pack("<d", cell))
            else:
                cells += _record(0x204, at + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
    return _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + _record(0x0A)


def _container(stream: bytes) -> bytes:
    stream = stream.ljust(_FEWEST, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    chain = [_TABLE, _LAST, *range(3, sectors + 2), _LAST]
    chain += [_FREE] * (_SECTOR // 4 - len(chain))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, _FEWEST, _LAST, 0, _LAST, 0)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    entries = b""
    for name, kind, child, start, size in (("Root Entry", 5, 1, _LAST, 0), ("Workbook", 2, _FREE, 2, len(stream))):
        written = (name + "\0").encode("utf-16-le")
        entries += written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, _FREE, _FREE, child)
        entries += bytes(36) + struct.pack("<IQ", start, size)
    filled = stream.ljust(sectors * _SECTOR, b"\0")
    return head + struct.pack(f"<{_SECTOR // 4}I", *chain) + entries.ljust(_SECTOR, b"\0") + filled


def as_old_workbook(network: Drawn, luck: random.Random) -> Files:
    """A workbook of before 2007 (xls)."""
    sheets = [(name.encode("utf-16-le"), _old_sheet(rows)) for name, rows in _sheets(network, luck)]
    begin, end = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)), _record(0x0A)
    place = len(begin) + sum(4 + 8 + len(name) for name, _ in sheets) + len(end)
    listed = b""
    for name, sheet in sheets:
        listed += _record(0x85, struct.pack("<IBBBB", place, 0, 0, len(name) // 2, 1) + name)
        place += len(sheet)
    return {"members": _container(begin + listed + end + b"".join(sheet for _, sheet in sheets))}


# Binary workbooks of today: their records have kind and length in seven bits a byte.


def _binary(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(content)
    return head + bytes([length & 0x7F | 0x80, length >> 7] if length > 127 else [length]) + content


def _text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def _binary_sheet(rows: list[list[str | float]]) -> bytes:
    cells = b""
    for down, row in enumerate(rows):
        cells += _binary(0, struct.pack("<IIH", down, 0, 300) + bytes(7))
        for right, cell in enumerate(row):
            at = struct.pack("<II", right, 0)
            number = isinstance(cell, float)
            cells += _binary(5 if number else 6, at + (struct.pack("<d", cell) if number else _text(str(cell))))
    size = struct.pack("<4I", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    return _binary(129) + _binary(148, size) + _binary(145) + cells + _binary(146) + _binary(130)


def as_binary_workbook(network: Drawn, luck: random.Random) -> Files:
    """A binary workbook (xlsb)."""
    sheets = list(enumerate(_sheets(network, luck), 1))
    listed = b"".join(
        _binary(156, struct.pack("<II", 0, number) + _text(f"rId{number}") + _text(name))
        for number, (name, _) in sheets
    )
    related = "".join(f'<Relationship Id="rId{number}" Target="worksheets/sheet{number}.bin"/>' for number, _ in sheets)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", luck.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", _binary(131) + _binary(143) + listed + _binary(144) + _binary(132))
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{related}</Relationships>",
        )
        for number, (_, rows) in sheets:
            archive.writestr(f"xl/worksheets/sheet{number}.bin", _binary_sheet(rows))
    return {"members": made.getvalue()}


def as_nodexl(network: Drawn, luck: random.Random) -> Files:
    """A workbook of NodeXL, whose headers stand below headings of their own."""
    from openpyxl.workbook.workbook import Workbook

    edges: list[list[object]] = [["", "", "Visual Properties"], ["Vertex 1", "Vertex 2", "Color", "Edge Weight"]]
    edges += [[one, other, "", strength] for one, other, strength in network.ties]
    vertices: list[list[object]] = [["", "Visual Properties"], ["Vertex", "Color", "Sector"]]
    vertices += [[name, "", topic] for name, topic in zip(network.names, network.topics, strict=True)]
    book = Workbook()
    book.remove(book.worksheets[0])
    others: list[tuple[str, list[list[object]]]] = [
        ("Groups", [["Group", "Vertex Color"]]),
        ("Group Vertices", [["Group", "Vertex"], ["G1", "Alpha"]]),
    ]
    for title, rows in [("Edges", edges), ("Vertices", vertices), *others[: luck.choice((1, 2))]]:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return {"members": data.getvalue()}


# Texts that hold more than one network of members.


def as_lgl(network: Drawn, luck: random.Random) -> Files:
    """LGL: a name, and below it a line for each of its partners; names have no blanks."""
    firsts = luck.sample(network.names, len(network.names))
    firsts.sort(key=lambda name: name != network.ties[0][0])
    lines = []
    for name in firsts:
        lines += [f"# {name}", *(f"{other} {strength!r}" for one, other, strength in network.ties if one == name)]
    return {"members": kept("\n".join(lines), luck)}


def as_groups(network: Drawn, luck: random.Random) -> Files:
    """A group for each tie, to which its ends belong: as a table, in Pajek or in DL."""
    size, groups = len(network.names), [f"group {number}" for number in range(len(network.ties))]
    cells = [["1" if name in tie[:2] else "0" for tie in network.ties] for name in network.names]
    kind = luck.choice(("table", "Pajek", "DL"))
    if kind == "table":
        rows = [["", *groups], *([name, *row] for name, row in zip(network.names, cells, strict=True))]
        return {"members": table(rows, luck, shuffled=False)}
    if kind == "Pajek":
        lines = [f"*Vertices {size + len(groups)} {size}"]
        lines += [f'{number} "{name}"' for number, name in enumerate([*network.names, *groups], 1)]
        lines += ["*Edges"]
        lines += [
            f"{down} {size + right}"
            for down, row in enumerate(cells, 1)
            for right, cell in enumerate(row, 1)
            if cell == "1"
        ]
        return {"members": kept("\n".join(lines), luck)}
    lines = [f"dl nr={size} nc={len(groups)}", "row labels:", *(f'"{name}"' for name in network.names)]
    lines += ["column labels:", *(f'"{group}"' for group in groups), "data:", *map(" ".join, cells)]
    return {"members": kept("\n".join(lines), luck)}


def as_pajek_project(network: Drawn, luck: random.Random) -> Files:
    """Pajek's file of several networks and partitions; the first network is meant."""
    size = len(network.names)
    vertices = [f"*Vertices {size}", *(f'{number} "{name}"' for number, name in enumerate(network.names, 1))]
    number = {name: place for place, name in enumerate(network.names, 1)}
    meant = [
        *vertices,
        "*Edges",
        *(f"{number[one]} {number[other]} {strength!r}" for one, other, strength in network.ties),
    ]
    partition = ["*Partition kinds", f"*Vertices {size}", *(str(luck.randint(1, 3)) for _ in network.names)]
    vector = ["*Vector age", f"*Vertices {size}", *(f"{luck.random():.3f}" for _ in network.names)]
    second = ["*Network later", *vertices, "*Edges", "1 2 1"]
    parts = luck.sample([partition, vector, second], luck.randint(1, 3))
    return {"members": kept("\n".join(sum(parts, ["*Network meant", *meant])), luck)}


def as_dl_matrices(network: Drawn, luck: random.Random) -> Files:
    """DL with two matrices, of which the one called trust is meant."""
    size, found = len(network.names), network.found
    trust = [" ".join(f"{found.get(frozenset((a, b)), 0):g}" for b in network.names) for a in network.names]
    other = [" ".join(luck.choice("01") for _ in network.names) for _ in network.names]
    matrices = [("trust", trust), ("conflict", other)]
    luck.shuffle(matrices)
    lines = [f"dl n={size} nm=2 format=fullmatrix", "labels:", *(f'"{name}"' for name in network.names)]
    lines += ["level labels:", *(name for name, _ in matrices), "data:"]
    return {"members": kept("\n".join(sum((rows for _, rows in matrices), lines)), luck)}
