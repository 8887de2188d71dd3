"""The brief for the programs people work in: the same answer, the same bytes, and nothing hostile comes to life."""

import json
import shutil
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl.reader.excel import load_workbook
from PIL import Image

import results
from cli import main
from results.pages import pdf
from results.pages.brief import brief_of
from results.pages.pdf import NoBrowserError, PrintError, as_pdf
from results.words.decision import Decision
from results.words.sentence import Speaker
from scenarios.files.faults import MissingExtraError, RequestError

HOSTILE = '=HYPERLINK("http://evil.example","SALEX") <script>alert(1)</script>'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6 3"><path d="M0 0h6v3z" style="fill: #000000"/></svg>'
OFFICE = ("docx", "pptx", "xlsx")
SAY = Speaker()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison of plans whose names and titles are hostile, with a logo."""
    folder = tmp_path_factory.mktemp("forms")
    Image.new("RGB", (300, 80), (10, 80, 120)).save(folder / "logo.png")
    text = f'extends = "salex"\ntitle = {json.dumps(HOSTILE)}\nquestion = "=1+1?"\n[grants]\nper_call = 0\n'
    (folder / "=plan.toml").write_text(text, encoding="utf-8")
    results.Compare(
        ["salex", folder / "=plan.toml"], replicates=8, posterior=None, figures=False, out=folder / "run",
        author="=1+1", logo=folder / "logo.png",
    ).answer()  # fmt: skip
    (folder / "run" / "figures").mkdir()  # one is enough, and need not be drawn
    Image.new("RGB", (600, 300), "white").save(folder / "run" / "figures" / "collaboration-rate.png")
    (folder / "run" / "figures" / "collaboration-rate.svg").write_text(SVG, encoding="utf-8")
    return folder / "run"


@pytest.fixture(scope="module")
def decision(run: Path) -> Decision:
    decided = brief_of(run).decision
    assert decided is not None
    return decided


def made(run: Path, form: str) -> bytes:
    return results.Report(run, form=form).answer().brief.read_bytes()


@cache
def once(run: Path, form: str) -> bytes:
    """The same for tests that only read it."""
    return made(run, form)


@pytest.mark.parametrize("form", OFFICE)
def test_the_same_folder_gives_the_same_bytes_and_none_of_the_clock(run: Path, form: str) -> None:
    first = once(run, form)
    assert made(run, form) == first
    with zipfile.ZipFile(BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
        assert core.count("2000-01-01T00:00:00Z") == 2
        names = parts.namelist()
    assert not [name for name in names if "vbaProject" in name or "externalLink" in name or "embeddings" in name]


@pytest.mark.parametrize("form", OFFICE)
def test_nothing_leads_outside(run: Path, form: str) -> None:
    with zipfile.ZipFile(BytesIO(once(run, form))) as parts:
        relations = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".rels")]
    assert relations
    assert all('TargetMode="External"' not in relation for relation in relations)


def test_a_document_has_the_verdict_its_tables_and_figures_with_their_vectors(run: Path, decision: Decision) -> None:
    docx = pytest.importorskip("docx")
    packed = once(run, "docx")
    document = docx.Document(BytesIO(packed))
    lines = [line.text for line in document.paragraphs]
    assert SAY.whole(decision.verdict) in lines
    assert all(SAY.whole(reason) in lines for reason in decision.reasons)
    plans = document.tables[0]
    assert [cell.text for cell in plans.column_cells(0)][1:] == [
        f"{plan.rank}  {SAY.whole(plan.label)}" for plan in decision.plans
    ]
    breaks = [line.text for line in document.paragraphs if line.paragraph_format.page_break_before]
    assert breaks == ["What each plan asks", "The numbers"]
    logo, *figures = document.inline_shapes
    assert logo.height < figures[0].height
    assert all(shape._inline.docPr.get("descr") for shape in figures)
    with zipfile.ZipFile(BytesIO(packed)) as parts:
        vectors = [name for name in parts.namelist() if name.endswith(".svg")]
        assert len(vectors) == len(figures) == 2
        assert parts.read("word/document.xml").count(b"svgBlip") >= len(vectors)
        assert not any(b"<script" in parts.read(name) for name in vectors)


def test_a_presentation_is_one_slide_with_a_table_and_a_figure_of_shapes(run: Path, decision: Decision) -> None:
    pptx = pytest.importorskip("pptx")
    (slide,) = pptx.Presentation(BytesIO(once(run, "pptx"))).slides
    words = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert SAY.whole(decision.verdict) in words
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    assert len(table.rows) == len(decision.plans) + 1
    names = [shape.name for shape in slide.shapes]
    marks = [mark for panel in decision.chart.panels for mark in panel.marks]
    assert names.count("interval") == len(marks) > 0
    room = pptx.util.Cm(33.867), pptx.util.Cm(19.05)
    for shape in slide.shapes:
        assert shape.left >= 0
        assert shape.left + shape.width <= room[0], shape.name
        assert shape.top + shape.height <= room[1], shape.name


def test_a_workbook_has_numbers_as_numbers_and_every_text_as_text(run: Path, decision: Decision) -> None:
    book = load_workbook(BytesIO(once(run, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"], "no formula"
    hostile = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")]
    assert len(hostile) >= 3, "the author, the question, and the names of the plan"
    assert {(cell.data_type, cell.number_format) for cell in hostile} == {("s", "@")}
    header, *rows = list(book["plans"].iter_rows(values_only=True))
    for row, plan in zip(rows, decision.plans, strict=True):
        named = dict(zip(header, row, strict=True))
        assert named["scenario"] == plan.name
        for one in plan.cells:
            assert named[one.outcome] == pytest.approx(one.value, rel=1e-14)
            if one.difference is not None:
                assert named[f"{one.outcome}: difference"] == pytest.approx(one.difference, rel=1e-14)
    assert book.sheetnames[0] == "decision"
    assert "differences" in book.sheetnames
    kept = json.loads((run / "comparison.json").read_text(encoding="utf-8"))
    assert book["differences"].max_row == len(kept["differences"]) + 1


needs_browser = pytest.mark.skipif(not any(map(shutil.which, pdf.NAMES)), reason="no browser that prints")


@pytest.mark.slow
@needs_browser
def test_a_pdf_has_no_date_and_no_script_and_is_tagged(run: Path) -> None:
    printed = made(run, "pdf")
    assert printed.startswith(b"%PDF-")
    assert printed.count(b"Date (D:20000101000000") == 2
    assert b"/JavaScript" not in printed
    assert b"/StructTreeRoot" in printed


@pytest.mark.slow
@needs_browser
def test_a_pdf_is_the_same_twice(run: Path) -> None:
    assert made(run, "pdf") == made(run, "pdf")


class Browser:
    """Prints what it is given, with the clock's date; or nothing."""

    def __init__(self, prints: bool) -> None:
        self.prints, self.stderr, self.returncode = prints, "out of paper", 3
        self.options: list[str] = []

    def __call__(self, words: list[str], **_how: object) -> "Browser":  # noqa: D102
        self.options = words
        (target,) = (word.partition("=")[2] for word in words if word.startswith("--print-to-pdf="))
        if self.prints:
            Path(target).write_bytes(b"%PDF /CreationDate (D:20261129123456+00'00') /ModDate (D:20261129123456Z)")
        return self


def test_what_a_browser_prints_loses_its_dates_and_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(prints=True)
    monkeypatch.setattr(pdf, "_browser", lambda: "browser")
    monkeypatch.setattr("subprocess.run", browser)
    assert as_pdf("<p>words</p>").count(b"(D:20000101000000") == 2
    assert browser.options[-1].startswith("file:///")
    assert {"--disable-extensions", "--disable-background-networking", "--disable-sync"} <= {*browser.options}
    assert any(option.startswith("--user-data-dir=") for option in browser.options), "nobody's own profile"
    monkeypatch.setattr("subprocess.run", Browser(prints=False))
    with pytest.raises(PrintError, match="out of paper"):
        as_pdf("<p>words</p>")


def test_without_a_browser_a_pdf_is_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "PLACES", ())
    with pytest.raises(NoBrowserError, match=r"Chromium, Google Chrome or Microsoft Edge.*report\.html"):
        as_pdf("<p>words</p>")


@pytest.mark.parametrize(("form", "package"), [("docx", "docx"), ("pptx", "pptx")])
def test_without_its_package_a_form_names_what_installs_it(
    run: Path, form: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(MissingExtraError, match=r"legato-networks\[report\]"):
        made(run, form)


def test_a_form_is_asked_for_or_read_off_the_file(run: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["report", str(run), "--out", str(tmp_path / "our.xlsx"), "--json"])
    assert json.loads(done.stdout) == {"report": str(tmp_path / "our.xlsx"), "run_folder": str(run)}
    before = (tmp_path / "our.xlsx").read_bytes()
    for asked, why in (
        ({"out": tmp_path / "our.xlsx"}, "there already"),
        ({"out": tmp_path / "our.doc"}, "did you mean docx"),
        ({"out": tmp_path / "our.docx", "form": "pdf"}, "is no pdf"),
    ):
        with pytest.raises(RequestError, match=why):
            results.Report(run, **asked).answer()
    assert (tmp_path / "our.xlsx").read_bytes() == before
    assert not (tmp_path / "our.docx").exists()


def test_a_report_with_another_head_leaves_what_the_folder_keeps(run: Path, tmp_path: Path) -> None:
    kept = (run / "said.json").read_bytes()
    results.Report(run, title="For the board", out=tmp_path / "board.html").answer()
    html = (tmp_path / "board.html").read_text(encoding="utf-8")
    assert "<h1>For the board</h1>" in html
    assert "by =1+1" in html, "the author, as kept"
    assert (run / "said.json").read_bytes() == kept


def test_a_run_that_begins_again_has_no_report_of_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "run"
    ask = results.Run("salex", replicates=3, posterior=None, figures=False, out=out)
    ask.answer()
    made(out, "xlsx")

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("results.comparing.inquiry.Inquiry.simulate", stopped)
    with pytest.raises(KeyboardInterrupt):
        ask.answer()
    assert not list(out.glob("report.*"))
