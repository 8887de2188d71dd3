"""Workbooks of before 2007 (xls) that can do no harm: their cells are taken out, measured, and packed again.

A container is cut into sectors; a table says which sector follows on which. In it lies a stream of records: what kind,
how long, and the content. Whoever reads the cells next takes numbers in a file for promises, and makes room for them.
"""

import struct
from collections.abc import Iterator

from scenarios.files.faults import ScenarioError

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR, _SHORTEST, _SMALL = 512, 4096, 64
"""Bytes of a sector as it is packed here; streams below are kept in small sectors of their own, of so many bytes."""
_FREE, _LAST, _IS_TABLE, _IS_LIST = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
_STREAMS = ("workbook", "book")
_BEGIN, _STRINGS, _SIZE, _SEVERAL = 0x809, 0xFC, 0x200, (0xBD, 0xBE)
_CELLS = (0x06, 0x206, 0x406, 0x201, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6, *_SEVERAL)


class _TornError(Exception):
    """A container, or a record in it, that is not whole."""


def packed_again(data: bytes, label: str) -> tuple[bytes, int]:
    """The workbook in a container of our own, and how many cells the rectangles around its sheets have.

    Raises:
        ScenarioError: if there is no workbook in it, or it is damaged.
    """
    try:
        name, stream = _stream(data)
        return _container(name, _without_promises(stream)), _area(stream)
    except (_TornError, struct.error, IndexError) as error:
        reason = f" ({error})" if isinstance(error, _TornError) else ""
        raise ScenarioError(
            f"{label} is no workbook of Excel, or one with a password, or a damaged one{reason}; save the table as "
            "xlsx without a password, or as CSV"
        ) from None


def _stream(data: bytes) -> tuple[str, bytes]:
    """The stream with the cells, and its name: by which readers know how texts are written in it."""
    size = 1 << struct.unpack_from("<H", data, 30)[0] if data[30:32] in (b"\x09\x00", b"\x0c\x00") else 0
    if not data.startswith(MARK) or not size:
        raise _TornError("its first bytes are damaged")
    first_of_entries, _, _, first_of_small, _, first_of_more = struct.unpack_from("<6I", data, 48)

    def sector(number: int) -> bytes:
        place = (number + 1) * size
        if place >= len(data):
            raise _TornError("a part of it is cut off")
        return data[place : place + size]

    tables = list(struct.unpack_from("<109I", data, 76))
    seen = set()
    while first_of_more < _IS_LIST:
        if first_of_more in seen:
            raise _TornError("its parts go in a circle")
        seen.add(first_of_more)
        *more, first_of_more = struct.unpack(f"<{size // 4}I", sector(first_of_more))
        tables += more
    tables = [number for number in tables if number < _IS_LIST]
    if len({*tables}) < len(tables):
        raise _TornError("its parts go in a circle")
    follows = [after for number in tables for after in struct.unpack(f"<{size // 4}I", sector(number))]
    entries = b"".join(sector(number) for number in _chain(follows, first_of_entries))
    found: tuple[str, tuple[int, int]] | None = None
    root = (_LAST, 0)
    for place in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, place + 64)[0]
        name = entries[place : place + min(length, 64)].decode("utf-16-le", "replace").rstrip("\0")
        where = struct.unpack_from("<II", entries, place + 116)
        if entries[place + 66] == 5:
            root = where
        elif name.casefold() in _STREAMS and (found is None or name.casefold() == _STREAMS[0]):
            found = name.casefold().capitalize(), where
    if found is None:
        raise _TornError("it holds no cells")
    called, (start, length) = found
    if length > len(data):
        raise _TornError("a part of it is cut off")
    if length >= _SHORTEST:
        return called, _whole(b"".join(sector(number) for number in _chain(follows, start)), length)
    small = b"".join(sector(number) for number in _chain(follows, root[0]))
    after = [one for n in _chain(follows, first_of_small) for one in struct.unpack(f"<{size // 4}I", sector(n))]
    parts = (small[_SMALL * number : _SMALL * (number + 1)] for number in _chain(after, start))
    return called, _whole(b"".join(parts), length)


def _whole(stream: bytes, length: int) -> bytes:
    if len(stream) < length:
        raise _TornError("a part of it is cut off")
    return stream[:length]


def _chain(follows: list[int], number: int) -> Iterator[int]:
    """The sectors that follow on each other, from one on."""
    for _ in range(len(follows) + 1):
        if number >= _IS_LIST:
            return
        yield number
        number = follows[number]
    raise _TornError("its parts go in a circle")


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind of each record, where its content begins, and how long it is."""
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if place + 4 + length > len(stream):
            raise _TornError("a record of it is cut off")
        yield kind, place + 4, length
        place += 4 + length


def _area(stream: bytes) -> int:
    """Cells of the rectangles around what is in each sheet."""
    area = last_row = last_column = 0
    for kind, place, length in _records(stream):
        if kind == _BEGIN:
            area, last_row, last_column = area + last_row * last_column, 0, 0
        elif kind in _CELLS and length >= 6:
            row, column = struct.unpack_from("<HH", stream, place)
            if kind in _SEVERAL:
                column = max(column, struct.unpack_from("<H", stream, place + length - 2)[0])
            last_row, last_column = max(last_row, row + 1), max(last_column, column + 1)
    return area + last_row * last_column


def _without_promises(stream: bytes) -> bytes:
    """The stream without the size that each sheet says it has, once the number of its texts is possible."""
    made = bytearray(stream)
    for kind, place, length in _records(stream):
        if kind == _SIZE:
            made[place : place + length] = bytes(length)
        elif kind == _STRINGS and (length < 8 or struct.unpack_from("<I", stream, place + 4)[0] > len(stream)):
            raise _TornError("it says that it has more texts than it has bytes")
    return bytes(made)


def _container(called: str, stream: bytes) -> bytes:
    stream = stream.ljust(_SHORTEST, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    tables = 1
    while tables * (_SECTOR // 4) < tables + 1 + sectors + _lists(tables):
        tables += 1
    lists = _lists(tables)
    begin = tables + lists + 1
    follows = [_IS_TABLE] * tables + [_IS_LIST] * lists + [_LAST, *range(begin + 1, begin + sectors), _LAST]
    follows += [_FREE] * (tables * (_SECTOR // 4) - len(follows))
    where = list(range(tables))
    head = MARK + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, tables, begin - 1, 0, _SHORTEST, _LAST, 0, tables if lists else _LAST, lists)
    head += struct.pack("<109I", *(where[:109] + [_FREE] * (109 - len(where[:109]))))
    more = b""
    for number in range(lists):
        part = where[109 + 127 * number : 109 + 127 * (number + 1)]
        after = tables + number + 1 if number + 1 < lists else _LAST
        more += struct.pack("<128I", *part, *[_FREE] * (127 - len(part)), after)
    entries = b""
    for name, kind, child, start, size in (("Root Entry", 5, 1, _LAST, 0), (called, 2, _FREE, begin, len(stream))):
        written = f"{name}\0".encode("utf-16-le")
        entries += written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, _FREE, _FREE, child)
        entries += bytes(36) + struct.pack("<IQ", start, size)
    table = struct.pack(f"<{len(follows)}I", *follows)
    return head + table + more + entries.ljust(_SECTOR, b"\0") + stream.ljust(sectors * _SECTOR, b"\0")


def _lists(tables: int) -> int:
    """Sectors that list further tables: the head has room for 109."""
    return max(0, -(-(tables - 109) // 127))
