"""How large a sheet of a binary workbook (xlsb) is, before anybody makes room for all of its cells."""

_ROW, _CELLS = 0, range(1, 12)
_AT = 4  # bytes of a row's or a column's number, with which its record begins


def area_of_binary(content: bytes) -> int:
    """Cells of the rectangle around what is in a sheet, counted from its records; what is torn ends the count.

    A record is its kind and its length, in seven bits a byte, and then its content.
    """
    place = row = last_row = last_column = 0
    size = len(content)
    while place < size:
        kind, place = _number(content, place, 2)
        length, place = _number(content, place, 4)
        if kind == _ROW and length >= _AT:
            row = int.from_bytes(content[place : place + _AT], "little")
        elif kind in _CELLS and length >= _AT:
            last_row = max(last_row, row + 1)
            last_column = max(last_column, int.from_bytes(content[place : place + _AT], "little") + 1)
        place += length
    return last_row * last_column


def _number(content: bytes, place: int, longest: int) -> tuple[int, int]:
    """A number in seven bits a byte, the lowest first, and where it ends."""
    number = 0
    for shift, byte in enumerate(content[place : place + longest]):
        number |= (byte & 0x7F) << (7 * shift)
        place += 1
        if byte < 0x80:
            break
    return number, place
