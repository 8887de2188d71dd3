"""What whoever asks puts on a brief: it is there, it is text, and what is no logo is refused."""

import json
import shutil
import struct
import zlib
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import results
from results import FolderError
from results.exploring.run_page import report_page
from results.pages.brief import brief_of
from results.pages.html import page
from results.pages.logo import ROOM, LogoError, logo_of
from results.words.heading import PLAIN, Heading
from scenarios.files.faults import RequestError

OURS = 4
"""Scripts of a report that computes: what it is about, the engine, what runs, and who says that it cannot."""
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def picture(size: tuple[int, int] = (40, 30), form: str = "PNG") -> bytes:
    packed, words = BytesIO(), PngInfo()
    words.add_text("Comment", "<script>alert(1)</script>")
    image = Image.new("RGB", size, (200, 30, 30))
    image.save(packed, form, pnginfo=words)  # of a JPEG it is nothing
    return packed.getvalue()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with a heading in which everything is hostile."""
    folder = tmp_path_factory.mktemp("heading")
    (folder / "logo.png").write_bytes(picture())
    asked: dict[str, Any] = {
        "title": HOSTILE,
        "subtitle": HOSTILE,
        "author": HOSTILE,
        "logo": folder / "logo.png",
        "currency": "<i>",
    }
    results.Run("salex", replicates=3, posterior=None, figures=False, out=folder / "run", **asked).answer()
    return folder / "run"


def test_a_hostile_heading_is_text(run: Path) -> None:
    written = (run / "report.html").read_text(encoding="utf-8")
    assert HOSTILE not in written
    assert written.count("<script") == written.count("</script>") == OURS
    html = page(brief_of(run))
    assert "<script" not in html
    assert "<i>" not in html
    assert html.count("&lt;script&gt;") == 4, "title twice, subtitle, author"
    assert html.count("<img ") == 1
    assert '<img class="logo" src="data:image/png;base64,' in html
    assert "thousand &lt;i&gt;" in html or "k &lt;i&gt;" in html


def test_the_folder_keeps_it_and_another_one_replaces_what_it_says(run: Path) -> None:
    kept = brief_of(run).heading
    assert (kept.title, kept.currency) == (HOSTILE, "<i>")
    assert report_page(run, brief_of(run)) == (run / "report.html").read_bytes()
    assert brief_of(run, Heading(title="Ours")).title == "Ours"
    assert "heading" not in json.loads((run / "said.json").read_text(encoding="utf-8"))["body"]


def test_amounts_take_the_currency_and_sources_do_not(run: Path) -> None:
    brief = brief_of(run, Heading(currency="CHF"))
    html = page(brief)
    assert "(k CHF)" in html
    assert "(k USD)" not in html
    assert "Nothing was converted" in html
    assert "converted" not in page(brief_of(run, PLAIN))


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_logo_is_drawn_again_and_made_smaller(form: str, tmp_path: Path) -> None:
    (tmp_path / "logo").write_bytes(picture((2400, 400), form) + b"<script>alert(1)</script>")
    drawn = logo_of(tmp_path / "logo")
    assert b"script" not in drawn
    assert Image.open(BytesIO(drawn)).size == (ROOM[0], 100)
    assert logo_of(tmp_path / "logo") == drawn


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that says it is as wide and as high."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    packed = b"".join(struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts)
    return b"\x89PNG\r\n\x1a\n" + packed


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "neither a PNG nor a JPEG"),
        (b"", "neither a PNG nor a JPEG"),
        (bomb(40_000), "exceeds limit"),
        (bomb(6_000), "6,000 by 6,000 points"),
        (picture()[:60], "cannot be read as a picture"),
        (b"\0" * 5_000_001, "5,000,001 bytes"),
    ],
    ids=["svg", "empty", "bomb", "wide", "cut", "large"],
)
def test_what_is_no_logo_is_refused_before_anything_is_run(content: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(LogoError, match=why):
        logo_of(tmp_path / "logo.png")
    with pytest.raises(RequestError, match="allowed is a PNG or a JPEG"):
        results.Run("salex", logo=tmp_path / "logo.png", out=tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_folder_of_somebody_else_brings_no_picture_that_is_none(run: Path, tmp_path: Path) -> None:
    other = tmp_path / "run"
    shutil.copytree(run, other)
    kept = json.loads((other / "said.json").read_text(encoding="utf-8"))
    for logo in (b"<svg onload=alert(1)>", bomb(6_000)):
        kept["heading"]["logo"] = b64encode(logo).decode()
        (other / "said.json").write_text(json.dumps(kept), encoding="utf-8")
        with pytest.raises(FolderError, match="its logo"):
            brief_of(other)


@pytest.mark.parametrize("asked", [{"title": "x" * 201}, {"author": "two\nlines"}, {"currency": "Swiss francs."}])
def test_what_does_not_fit_on_a_line_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(RequestError, match="allowed is a line of at most"):
        results.Run("salex", **asked)
