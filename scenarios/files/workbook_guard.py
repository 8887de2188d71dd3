"""Workbooks that can do no harm: unpacked within limits, without entities, packed again for whoever reads the cells.

Nothing is taken from what an archive says of its own size: what is read here is what is handed on.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from scenarios.files.faults import ScenarioError, shown
from scenarios.files.workbook_binary import area_of_binary, is_torn
from scenarios.files.workbook_old import packed_again

ZIPPED = b"PK\x03\x04"
MOST_UNPACKED = 256 * 2**20
MOST_PARTS = 2_000
MOST_CELLS = 5_000_000
"""Cells of all sheets, each sheet as the rectangle around what is in it: a million members with five columns."""
_SHEET = re.compile(r"(xl/worksheets/[^/]+\.xml|content\.xml)", re.IGNORECASE)
_READ = re.compile(
    r"(\[Content_Types\]\.xml|_rels/.*|xl/(?!media|drawings|charts|embeddings|vba|printerSettings).*"
    r"|content\.xml|mimetype|META-INF/manifest\.xml|styles\.xml)",
    re.IGNORECASE,
)
"""The parts that hold cells; pictures and macros are not even unpacked."""
_LONGEST_COLUMN = 3  # letters; there is no column after XFD
_REFERENCE = re.compile(r"([A-Z]+)([0-9]{1,9})")
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_CELL = (b"<c ", b"<c>", b"<c/", b"<c\t", b"<c\n", b"<c\r")
_UNUSUAL = (re.compile(rb"<[^\s<>/]*:[cf][\s/>]"), re.compile(rb"<f[\s/>]"), re.compile(rb"t\s*=\s*[\"']e[\"']"))
"""What asks for a closer look: names with a prefix, formulas, errors."""


def too_large(label: str) -> str:
    """What is said of a workbook with sheets that no list of members needs."""
    return (
        f"{label} has sheets of more than {MOST_CELLS:,} cells; delete what lies far outside of the table, or save it "
        "as CSV"
    )


@dataclass
class Checked:
    """A workbook that was unpacked within limits.

    Attributes:
        archive: the same workbook, packed by us.
        uncomputed: cells with a formula whose value was never stored.
        errors: cells that hold an error, such as #N/A.
    """

    archive: io.BytesIO
    uncomputed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def checked(data: bytes, label: str) -> Checked:
    """The workbook, once nothing in it is too large or refers to anything outside.

    Raises:
        ScenarioError: if it is not one, or has what no list of members needs.
    """
    if not data.startswith(ZIPPED):
        old, area = packed_again(data, label)
        if area > MOST_CELLS:
            raise ScenarioError(too_large(label))
        return Checked(io.BytesIO(old))
    made = Checked(io.BytesIO())
    unpacked = cells = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made.archive, "w") as again:
            parts = archive.infolist()
            if not any(_READ.fullmatch(part.filename) for part in parts):
                some = ", ".join(shown(part.filename) for part in parts[:3] if not part.is_dir()) or "nothing"
                raise ScenarioError(f"{label} is an archive that holds {some}; unpack it, and give one of its files")
            is_binary = any(part.filename.casefold() == "xl/workbook.bin" for part in parts)
            if len(parts) > MOST_PARTS or len({part.filename for part in parts}) < len(parts):
                raise ScenarioError(f"{label} is no workbook: it has {len(parts)} parts, or one of them twice")
            for part in parts:
                if part.is_dir() or not _READ.fullmatch(part.filename):
                    continue
                if part.flag_bits & 1:
                    raise ScenarioError(f"{label} has a password; save it without")
                with archive.open(part) as stream:
                    content = stream.read(MOST_UNPACKED - unpacked + 1)
                unpacked += len(content)
                if unpacked > MOST_UNPACKED:
                    raise ScenarioError(
                        f"{label} unpacks to more than {MOST_UNPACKED >> 20} MB, which no list of members needs; save "
                        "its two sheets alone, or as CSV"
                    )
                if part.filename.casefold().endswith((".xml", ".rels")):
                    sheet = _Sheet(label, made)
                    sheet.read(content, is_sheet=bool(_SHEET.fullmatch(part.filename)))
                    cells += sheet.area
                elif is_binary and part.filename.casefold().endswith(".bin"):
                    cells += area_of_binary(content)
                    if is_torn(content):
                        raise ScenarioError(f"{label} is a damaged workbook: {part.filename} is torn")
                if cells > MOST_CELLS:
                    raise ScenarioError(too_large(label))
                again.writestr(part.filename, content)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        if isinstance(error, ScenarioError):
            raise
        raise ScenarioError(f"{label} is a damaged workbook: {error}") from None
    except Exception as error:  # zlib, lzma and bz2 have errors of their own
        if type(error).__module__ not in ("zlib", "_lzma", "lzma"):
            raise
        raise ScenarioError(f"{label} is a damaged workbook: {error}") from None
    made.archive.seek(0)
    return made


class _Sheet:
    """Goes once through a part: refuses entities, and measures the rectangle around what is in a sheet."""

    def __init__(self, label: str, made: Checked) -> None:
        self.label, self.made = label, made
        self.area = 0
        self._start()

    def _start(self) -> None:
        self.row = self.column = self.last_row = self.last_column = 0
        self.repeated_rows = self.repeated = 1
        self.reference = ""
        self.is_filled = self.has_formula = self.in_cell = self.in_value = False

    def read(self, content: bytes, *, is_sheet: bool) -> None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse
        within = _room_of_plain(content) if is_sheet else 0
        if is_sheet and within is None:
            parser.StartElementHandler = self._begin
            parser.EndElementHandler = self._end
            parser.CharacterDataHandler = self._text
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise ScenarioError(f"{self.label} is a damaged workbook: {error}") from None
        self._close()
        self.area += within or 0

    def _refuse(self, *_: object) -> None:
        raise ScenarioError(
            f"{self.label} has a DOCTYPE, which workbooks do not need and which may read other files; save it again "
            "with your own program"
        )

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "row":
            self.row, self.column = _number(attributes.get("r"), self.row + 1), 0
        elif kind == "c":
            self.reference = attributes.get("r", "").upper()
            place = _REFERENCE.fullmatch(self.reference)
            if self.reference and not place:
                where = shown(self.reference)
                raise ScenarioError(f"{self.label} is a damaged workbook: a cell stands at {where}")
            self.column = _column(place[1]) if place else self.column + 1
            self.row = int(place[2]) if place else self.row
            self.is_filled = self.has_formula = False
            if attributes.get("t") == "e":
                self.made.errors.append(self.reference)
        elif kind in ("v", "t"):
            self.in_value = True
        elif kind == "f":
            self.has_formula = True
        elif kind == "table":
            self._close()
        elif kind == "table-row":
            self.row += self.repeated_rows
            self.repeated_rows = _number(attributes.get("table:number-rows-repeated"), 1)
            self.column, self.repeated = 0, 1
        elif kind in ("table-cell", "covered-table-cell"):
            self.column += self.repeated
            self.repeated = _number(attributes.get("table:number-columns-repeated"), 1)
            self.is_filled = "office:value-type" in attributes or "office:value" in attributes
            self.has_formula, self.in_cell = "table:formula" in attributes, True
        elif kind == "p" and self.in_cell:
            self.is_filled = True

    def _end(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        if kind in ("v", "t"):
            self.in_value = False
        elif kind == "c":
            self._leave(1, 1)
        elif kind in ("table-cell", "covered-table-cell"):
            self.in_cell = False
            self._leave(self.repeated_rows, self.repeated)

    def _text(self, text: str) -> None:
        self.is_filled = self.is_filled or (self.in_value and bool(text.strip()))

    def _leave(self, rows: int, columns: int) -> None:
        if self.has_formula and not self.is_filled:
            self.made.uncomputed.append(self.reference or f"row {self.row}")
        if self.is_filled:
            self.last_row = max(self.last_row, self.row + rows - 1)
            self.last_column = max(self.last_column, self.column + columns - 1)

    def _close(self) -> None:
        """Add the rectangle of a sheet, from the corner on: that is what is kept in memory."""
        if self.last_row:
            self.area += self.last_row * self.last_column
        area = self.area
        self._start()
        self.area = area


def _room_of_plain(content: bytes) -> int | None:
    """Cells of the rectangle around all of a sheet, filled or not; None if that is too large or takes a closer look.

    A tag cannot stand within another one or in a text: an XML parser, which reads the sheet as well, refuses that.
    """
    if b"<!" in content or b"\0" in content or content.find(b"<?", 1) > 0:
        return None
    if any(pattern.search(content) for pattern in _UNUSUAL):
        return None
    places = _PLAIN_CELL.findall(content)
    if len(places) != sum(map(content.count, _CELL)) or not places:
        return None
    columns = {letters for letters, _ in places}
    room = max(int(row) for _, row in places) * max(_column(letters.decode()) for letters in columns)
    return room if room <= MOST_CELLS else None


def _number(text: str | None, otherwise: int) -> int:
    if not text or not text.isdecimal():
        return otherwise
    return int(text) if len(text) < 12 else 1 << 40


def _column(letters: str) -> int:
    if len(letters) > _LONGEST_COLUMN:  # nobody knows what its reader makes of it
        return 1 << 30
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
