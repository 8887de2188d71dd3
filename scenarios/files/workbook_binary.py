"""Binary workbooks (xlsb): how large a sheet is, and what else it promises, before anybody makes room for it.

A record is its kind and its length, in seven bits a byte, and then its content.
"""

from collections.abc import Iterator

_ROW, _AT = 0, 4  # bytes of a row's or a column's number, with which its record begins
_SHORTEST = {_ROW: 17, 1: 8, 2: 12, 3: 9, 4: 9, 5: 16, 6: 12, 7: 12, 8: 12, 9: 16, 10: 9, 11: 9}
"""Bytes that rows and cells of each kind have at least: for shorter ones the reader would take what stood before."""
_LISTS = {159: 4, 615: 0, 617: 0}
"""Records that say how many texts, or ways to show a number, follow -> where in them."""


def area_of_binary(content: bytes) -> int:
    """Cells of the rectangle around what is in a sheet, counted from its records; what is torn ends the count."""
    row = last_row = last_column = 0
    for kind, place, _ in _records(content):
        if kind == _ROW:
            row = int.from_bytes(content[place : place + _AT], "little")
        elif kind in _SHORTEST:
            last_row = max(last_row, row + 1)
            last_column = max(last_column, int.from_bytes(content[place : place + _AT], "little") + 1)
    return last_row * last_column


def is_torn(content: bytes) -> bool:
    """Whether a part has more texts, or ways to show a number, by its own words than bytes, or a cell cut short."""
    for kind, place, length in _records(content):
        if length < _SHORTEST.get(kind, 0):
            return True
        at = place + _LISTS.get(kind, 0)
        if kind in _LISTS and int.from_bytes(content[at : at + 4], "little") > len(content):
            return True
    return False


def _records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind of each record, where its content begins, and how long it is."""
    place = 0
    while place < len(content):
        kind, place = _number(content, place, 2)
        length, place = _number(content, place, 4)
        yield kind, place, length
        place += length


def _number(content: bytes, place: int, longest: int) -> tuple[int, int]:
    """A number in seven bits a byte, the lowest first, and where it ends."""
    number = 0
    for shift, byte in enumerate(content[place : place + longest]):
        number |= (byte & 0x7F) << (7 * shift)
        place += 1
        if byte < 0x80:
            break
    return number, place
