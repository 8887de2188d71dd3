"""Workbooks of before 2007 (xls) and binary ones (xlsb): the same cells as of any other, and as little harm."""

import base64
import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from scenarios import ScenarioError
from scenarios.files import workbook_old
from scenarios.files.workbook_binary import is_torn
from scenarios.files.workbook_old import packed_again
from scenarios.reading.foreign_tables import Choices
from scenarios.reading.own_or_foreign import ReadMembers, read_members

XLS = (
    "eNrtWE1oE0EUfrPZ/Nrmp6ZCK5RQsNXai3gRpI2ttEXQUm1BEUE3zZKEpruy2R70oNWaoyB4UrwUevFS9eIPetCbB6GiB0EQEj32JCh4SLO+eT"
    "upieaQgA1W9lvmzds37+3MznvzZnbfrkUKy4+6i/AbhsEFZcsPnioZw+Kv3IQB2y2Ls5Xah8VysK3g96EjPW543v7Gy33I/V0ECR7Kr5ACfMZy"
    "Di7CpK6psRZilMagMD6GISZj7ElwD0sQumhcHURnie4k+oB0XxA9QpKbRIdQt8DOwlp8cuCQiOMzUi+1BZEyeEI2H0lyADrhNY/jq7eYreuGES"
    "OjZP/Nhh65DVYAPTehaqqhZAsQRReuwHcrBvCtslZfxhx5a+UMUP6jVu6tI78tyQCLYF1gPBDzmFX7ZTuVjmXVeVUzc3kM73U3l+2Ao7qmqbNm"
    "RtdyJUihwM7H2HpcSahZtJxRUrkQwEg2qRqxY1rOzJgLpoqStKpkzfThWFpfyGW0FKbq0ZKhx6ZLSQweIUT7cUOfx2Uwo6PCtGmoWspMB3g3lC"
    "bCNWminRZPG9IkhIiP0BIK4+hL97++O5GYip8nySJtDfYGsoe/MVhwjVugcZBaXES57gDR/USv01N3E99NNIovi3XfVKdgxpdI5wa19mE/Bwnv"
    "4/1V/F7k8+snn/bkv8T3Ib86UbwcXf0QX4ZenMAk2vNrCQbZILt7h+NZvFIzkWo+Ee36I+34pLAYuyV2yRBsQIDYCFH7js8OE/qsjj4jfUnoM9"
    "J3CX2pjr5E+rLQt2efh8mw1AGPeSMmwV9ohQ+lTU9uVx+66vrQU+ND7+adhHe+Ko+6GvAon7crUoC2swguYeEvqOcvBw4cOHDgwIGDLQETBzd+"
    "bJPtbwk68HjFf50NLGXnN8l/i1Og42XiZ+kYaFgbcKmp+NkFblZ5FmvQpvK/kOM09m7AHCRoHHNNxy8e7Fn1+zRsGP57S6jZ/svNjHOL+/8JnB"
    "8UNg=="
)
"""Written with xlwt: Elements with two members and their tags, Connections with a tie of 0.25."""
FAR = (
    "eNq7cF7wwcKNUg8Z0IAdAzPDv/+cDGxIYoxAzAnjCDAA5f//BzFhNAcQ/x8FQwpwcgAjko2VYTfvGXZQHILi+yEDE8MGloNAkoHhERDHMBQw+O"
    "XnpSrQETiB3ZDICHKDLZBkZJgDFOFjkAS7SghMJoNJYTC5HqxyD5h0AIv0gklboNoHjFEM5+39tCygqTiCSQksx8cAMnc7WM8tsIghgyjDCVAq"
    "rp/ACFHLyuBYlJmYMzgl5Fh4GJYwAOPNPTUvtSgx5wGDCDAClzB8/a/AwPAFllMPKIyK01eckQEo/gNVnB2L+GQmFgaGBob/CeAE3srAzbCVGS"
    "TDzOCWWPQHmrJBGKgsLzE3FRj7FVygQhicaQVQMi0vODHzAMkUBn4wWxCsVQBYLP9Z+fGSb1KAfTxYpAFcUEOKc1WQCxj+MzSCdAA18yEV9SBC"
    "C6xDG0w2gU2VBrOlwKQIMCECabUAUSjDrRmspgUsqwa0xxgMLturI7E1gOzW14E75Fof22sC2evcH1aJrLtuv5BBCVi9pAD1g2Azgw6jDuOsmS"
    "Cw0x5GM0Kz/l0wKYlRDHAwCUDd/x/qEX6GvwxcYKYgmASpAFdXjKgqQHWYINjfdkxCDNtAhgELEgTgYhgFo2AUjIJRMApGwSgYBaNgyANGaA+D"
    "GdLLALbjId0Jdui4zl8g/jc6TDJsQRBDPhCWADumrgx5QLqIoZKk9CPGwMoIM4uRSD2w8UIQCAfaXsSQzZAEdkc2yekX2B1kRPYP0RoFqJeFSL"
    "X/HynupLH9AKaRv7I="
)
"""Written with xlwt: a name in the first cell, and something in the last that a sheet of that time has."""


def read(folder: Path, data: bytes, **choices: Any) -> ReadMembers:
    (folder / "network").write_bytes(data)
    return read_members(folder / "network", None, Choices(**choices))


def unpacked(text: str) -> bytes:
    return zlib.decompress(base64.b64decode(text))


def record(kind: int, content: bytes = b"") -> bytes:
    """A record of a binary workbook; its kind and its length in seven bits a byte."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(content)
    return head + bytes([length & 0x7F | 0x80, length >> 7] if length > 127 else [length]) + content


def records_of(data: bytes) -> list[tuple[int, int, int]]:
    """Records of a workbook of before 2007 whose sectors follow on each other: their kind, place and length."""
    begin = data.index(b"\x09\x08\x10\x00")
    _, stream = workbook_old._stream(data)
    return [(kind, begin + place, length) for kind, place, length in workbook_old._records(stream)]


def text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def binary_workbook(rows: list[list[str]], first_row: int = 0, related: str = "rId1") -> bytes:
    cells = b"".join(
        record(0, struct.pack("<IIH", first_row + number, 0, 300) + bytes(7))
        + b"".join(record(6, struct.pack("<II", column, 0) + text(cell)) for column, cell in enumerate(row))
        for number, row in enumerate(rows)
    )
    size = struct.pack("<4I", 0, first_row + len(rows) - 1, 0, len(rows[0]) - 1)
    sheet = record(129) + record(148, size) + record(145) + cells + record(146) + record(130)
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + text("rId1") + text("Members"))
    made = io.BytesIO()
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book + record(144) + record(132))
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="{related}" Target="worksheets/sheet1.bin"/>'
            "</Relationships>",
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return made.getvalue()


def test_members_and_ties_of_a_workbook_of_before_2007(tmp_path: Path) -> None:
    roster = read(tmp_path, unpacked(XLS)).roster
    assert roster.names == ("Alder Institute", "B\u00fcro S\u00fcd")
    assert roster.topics == ("health", "housing")
    assert roster.ties == ((0, 1, 0.25),)


def test_members_of_a_binary_workbook(tmp_path: Path) -> None:
    found = read(tmp_path, binary_workbook([["Organisation", "Sector"], ["Alder", "health"], ["Birch", "housing"]]))
    assert found.roster.names == ("Alder", "Birch")
    assert found.roster.topics == ("health", "housing")


@pytest.mark.parametrize("data", [unpacked(FAR), binary_workbook([["Organisation"] * 16, ["A"] * 16], 1_000_000)])
def test_a_sheet_whose_last_cell_is_far_away_is_refused_before_room_is_made_for_it(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="more than 5,000,000 cells"):
        read(tmp_path, data)


def test_nothing_is_printed_beside_the_refusal_of_a_damaged_workbook(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ScenarioError, match="damaged one"):
        read(tmp_path, binary_workbook([["Organisation"], ["A"], ["B"]], related="rId2"))
    assert not "".join(capfd.readouterr())


@pytest.mark.parametrize("data", [unpacked(XLS), binary_workbook([["Organisation"], ["A"], ["B"]])])
def test_what_is_torn_is_refused_or_read_as_far_as_it_is_whole(data: bytes, tmp_path: Path) -> None:
    whole = read(tmp_path, data).roster
    refused = 0
    for cut in range(8, len(data), len(data) // 40):
        try:
            assert read(tmp_path, data[:cut]).roster == whole
        except ScenarioError:
            refused += 1
    assert refused > 30


LAST, MORE, FIRST, ENTRIES = 0xFFFFFFFE, 68, 76, 48
"""What ends a list of sectors, and where in the head of a container stands the first sector of some of its parts."""


@pytest.mark.parametrize(
    ("at", "number", "said"),
    [
        (MORE, 1, "go in a circle|cut off"),  # a list of further tables that is the table of contents
        (MORE, 0x00FFFFFF, "cut off"),
        (FIRST, 0x00FFFFFF, "cut off"),
        (ENTRIES, LAST, "no cells"),
    ],
)
def test_a_container_that_leads_nowhere_is_refused_before_room_is_made(
    at: int, number: int, said: str, tmp_path: Path
) -> None:
    data = bytearray(unpacked(XLS))
    struct.pack_into("<I", data, at, number)
    with pytest.raises(ScenarioError, match=said):
        read(tmp_path, bytes(data))


def test_texts_that_are_promised_are_counted_before_room_is_made(tmp_path: Path) -> None:
    data = unpacked(XLS)
    place = next(place for kind, place, _ in records_of(data) if kind == 0xFC)
    promising = data[: place + 4] + b"\xff\xff\xff\x7f" + data[place + 8 :]
    with pytest.raises(ScenarioError, match="more texts than it has bytes"):
        read(tmp_path, promising)


def test_the_size_that_a_sheet_says_it_has_counts_for_nothing(tmp_path: Path) -> None:
    data = bytearray(unpacked(XLS))
    for kind, place, length in records_of(bytes(data)):
        if kind == 0x200:
            data[place : place + length] = b"\xff\xff\xff\x7f" * (length // 4) + bytes(length % 4)
    assert read(tmp_path, bytes(data)).roster == read(tmp_path, unpacked(XLS)).roster


@pytest.mark.parametrize("kind", [159, 615, 617])
def test_what_a_part_of_a_binary_workbook_promises_is_counted(kind: int) -> None:
    assert is_torn(record(kind, b"\xff\xff\xff\x7f" * 2))
    assert not is_torn(record(kind, b"\1\0\0\0" * 2))


def test_a_row_or_a_cell_that_is_cut_short_is_refused() -> None:
    """Its reader would take the rest from the record before: another place, or another number."""
    row, cell = struct.pack("<IIH", 0, 0, 300) + bytes(7), struct.pack("<IId", 0, 0, 0.5)
    assert not is_torn(record(0, row) + record(5, cell))
    assert is_torn(record(0, row) + record(5, cell[:-1]))
    assert is_torn(record(0) + record(5, cell))


@pytest.mark.parametrize(
    ("size", "name"), [(5_000, "Book"), (70_000, "Workbook"), (7_200_000, "Workbook"), (8_000_000, "WorkBook")]
)
def test_a_stream_of_any_size_is_found_again_in_its_container_under_its_name(size: int, name: str) -> None:
    """Readers take texts of a Book otherwise than those of a Workbook."""
    stream = b"".join(struct.pack("<HHI", 0, 4, number) for number in range(size // 8))
    again, area = packed_again(workbook_old._container(name, stream), "x")
    assert workbook_old._stream(again) == (name.capitalize(), stream)
    assert area == 0
