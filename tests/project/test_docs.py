"""The pages: their code runs, their keys and files exist, and the ODD says what the code has."""

import ast
import linecache
import os
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import scenarios
import simulation
from scenarios import KEYS, Key
from scenarios.schema.keys import TABLES
from simulation import draws, rules
from simulation.model import stocktaking

ROOT = Path(__file__).resolve().parents[2]
PAGES = [page for page in (*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md"))) if page.is_file()]
ODD, EVIDENCE = ROOT / "docs" / "odd.md", ROOT / "docs" / "evidence.md"

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")
KEY = re.compile(rf"(?<![\w./])(?:{'|'.join({table.partition('.')[0] for table in TABLES})})(?:\.[a-z_]+)+")
QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
FILE = re.compile(r"(?:cli|(?:scenarios|simulation|results|tests)/[\w/]+)\.\w+")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
PARAMETERS = "## Parameters\n"

LONG = ("notebook.md", "sweeps.md", "evidence.md")
"""Pages whose code runs for seconds: as it is printed among the slow tests, else with a few networks."""
FEWER = (
    (r"\b(replicates|final)=\d+", r"\1=2"),
    (r"\bfutures=\d+", "futures=4"),
    (r"\btrials=\d+", "trials=2"),
    (r"\bpoints=96\b", "points=32"),
    (r"\brange\(20\)", "range(2)"),
)
"""How many of what a page asks for -> how many are enough to see that its code runs."""
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
EACH_NUMBER = pytest.mark.parametrize(
    "key", [key for key in KEYS.values() if key.kind in ("int", "float")], ids=lambda key: key.key
)


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def python_blocks(text: str) -> list[str]:
    return [code for language, code in BLOCK.findall(text) if language == "python"]


def modules_shown(text: str) -> dict[str, str]:
    """What a page tells its readers to put into files of Python: "this", the next block, or "it", the one before."""
    blocks = [(found.start(), found[2]) for found in BLOCK.finditer(text) if found[1] == "python"]
    shown = {}
    for told in re.finditer(r"Put (this|it) into `(\w+\.py)`", text):
        after = [code for place, code in blocks if place > told.start()]
        before = [code for place, code in blocks if place < told.start()]
        shown[told[2]] = after[0] if told[1] == "this" else before[-1]
    return shown


def mentioned_keys(text: str) -> set[str]:
    """Dotted keys of a page: in inline code, in blocks, and in the texts that Python blocks quote."""
    parts = [code if language != "python" else " ".join(QUOTED.findall(code)) for language, code in BLOCK.findall(text)]
    parts += INLINE.findall(BLOCK.sub("", text))
    found = {key for part in parts for key in KEY.findall(part)}
    return {key for key in found if not key.endswith((".py", ".toml", ".csv", ".graphml", ".parquet", ".xlsx"))}


def anchors(text: str) -> set[str]:
    """Anchors of the headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def shown(value: Any) -> str:
    if value is None:
        return "left out"
    return str(value) if isinstance(value, str) else str(int(value)) if float(value).is_integer() else str(value)


def parameter_row(key: Key) -> str:
    span = " to ".join(shown(end) for end in key.prior) if key.prior else "-"
    return f"| `{key.key}` | {shown(key.default)} | {key.unit} | {key.role} | {span} |"


def test_the_pages_are_there() -> None:
    names = {page.name for page in PAGES}
    assert {"odd.md", "evidence.md", "subclassing.md", "code-map.md", "CHANGELOG.md", "CONTRIBUTING.md"} <= names
    assert python_blocks(read(EVIDENCE)), "the tests below would pass without running anything"
    assert len(mentioned_keys(read(ODD))) > 80


@pytest.mark.skipif(os.name == "nt", reason="makes a link")
@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            page, marks=pytest.mark.slow if page.name in LONG or page.parts[-2] in ("tutorials", "survey") else ()
        )
        for page in PAGES
        if python_blocks(read(page))
    ],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_the_code_of_a_page_runs_from_top_to_bottom(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_blocks(page, python_blocks(read(page)), tmp_path, monkeypatch)


@pytest.mark.skipif(os.name == "nt", reason="makes a link")
@pytest.mark.quick_cases("evidence.md")
@pytest.mark.parametrize("name", LONG)
def test_the_code_of_a_long_page_runs_with_few_networks(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (page,) = (page for page in PAGES if page.name == name)
    blocks = python_blocks(read(page))
    for many, few in FEWER:
        blocks = [re.sub(many, few, code) for code in blocks]
    assert blocks != python_blocks(read(page)), "nothing to be made fewer: the page is not long"
    run_blocks(page, blocks, tmp_path, monkeypatch)


def run_blocks(page: Path, blocks: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that a page has, one after the other, as a reader would."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    for name, code in modules_shown(read(page)).items():
        (tmp_path / name).write_text(code, encoding="utf-8")
    namespace: dict[str, Any] = {"__name__": page.stem}
    for number, code in enumerate(blocks, start=1):
        name = f"{page.name}, block {number}"
        linecache.cache[name] = len(code), None, code.splitlines(keepends=True), name  # as a notebook says its source
        exec(compile(code, name, "exec"), namespace)


@EACH_PAGE
def test_what_the_code_of_a_page_imports_is_there(page: Path) -> None:
    """Of every page, whether its code is run here, among the slow tests, or not at all."""
    for code in python_blocks(read(page)):
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.ImportFrom) and node.module:
                for name in node.names:
                    whole = f"{node.module}.{name.name}"
                    assert hasattr(import_module(node.module), name.name) or find_spec(whole), whole


@EACH_PAGE
def test_every_key_that_a_page_mentions_exists(page: Path) -> None:
    assert mentioned_keys(read(page)) - KEYS.keys() - set(TABLES) == set()


@EACH_PAGE
def test_every_file_that_a_page_mentions_exists(page: Path) -> None:
    code = INLINE.findall(BLOCK.sub("", read(page)))
    missing = [file for part in code for file in FILE.findall(part) if not (ROOT / file).exists()]
    assert missing == []


@EACH_PAGE
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in (one or other for one, other in LINK.findall(BLOCK.sub("", read(page)))):
        if not re.match(r"[a-z]+:", link):
            path, _, anchor = link.partition("#")
            target = page.parent / path if path else page
            if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(read(target))):
                broken.append(link)
    assert broken == []


@EACH_NUMBER
def test_the_odd_describes_every_number_of_the_schema(key: Key) -> None:
    prose, _, table = read(ODD).partition(PARAMETERS)
    assert f"`{key.key}`" in prose, f"say in docs/odd.md what {key.key} does: {key.text}"
    assert parameter_row(key) in table.splitlines(), f"the table of docs/odd.md needs the row {parameter_row(key)}"


def test_the_table_of_the_odd_has_no_row_that_the_schema_has_not() -> None:
    rows = re.findall(r"^\| `([\w.]+)` \|", read(ODD).partition(PARAMETERS)[2], re.MULTILINE)
    assert rows == [key.key for key in KEYS.values() if key.kind in ("int", "float")]


def test_the_odd_has_the_seven_elements_and_the_eleven_design_concepts() -> None:
    """Source of truth: Grimm et al. 2020, JASSS 23(2) 7."""
    elements = re.findall(r"^## \d\. (.+)$", read(ODD), re.MULTILINE)
    assert elements == [
        "Purpose and patterns",
        "Entities, state variables and scales",
        "Process overview and scheduling",
        "Design concepts",
        "Initialization",
        "Input data",
        "Submodels",
    ]
    concepts = re.findall(r"^\*\*([A-Z][a-z ]+)\.\*\*", read(ODD).split("## 4.")[1].split("## 5.")[0], re.MULTILINE)
    assert concepts == [
        "Basic principles",
        "Emergence",
        "Adaptation",
        "Objectives",
        "Learning",
        "Prediction",
        "Sensing",
        "Interaction",
        "Stochasticity",
        "Collectives",
        "Observation",
    ]


def test_every_submodel_says_its_keys_and_whose_it_is() -> None:
    sections = re.split(r"\n(?=### 7\.)", read(ODD).split("\n### Constants")[0])[1:]
    assert len(sections) == 17
    for section in sections:
        title = section.splitlines()[0]
        assert mentioned_keys(section), title
        assert re.search(r"\bOurs\b|\bours\b", section), title


def test_the_constants_in_the_odd_are_those_of_the_code() -> None:
    said = dict(re.findall(r"^\| `(\w+\.[A-Z]+(?:_[A-Z]+)*)` \| ([\d.]+) \|", read(ODD), re.MULTILINE))
    modules = {"rules": rules, "draws": draws, "stocktaking": stocktaking}
    assert len(said) >= 6
    for name, value in said.items():
        module, _, constant = name.partition(".")
        assert float(value) == getattr(modules[module], constant), name


def test_pages_count_the_mechanisms_as_the_register_does() -> None:
    without = sum(not one.is_studied for one in scenarios.ASSUMPTIONS)
    assert f"{without} of its {len(scenarios.ASSUMPTIONS)} mechanisms have no study" in read(ROOT / "README.md")
    designer = read(ROOT / "docs" / "tutorials" / "designer.md")
    assert f"The model has {len(scenarios.ASSUMPTIONS)} mechanisms" in designer


@pytest.mark.parametrize(
    ("name", "rate", "spread"),
    re.findall(r"^\| ([a-z-]+) \| (\.\d\d) \| (\.\d\d) \|", read(EVIDENCE), re.MULTILINE),
)
def test_the_evidence_page_states_the_rates_that_the_model_gives(name: str, rate: str, spread: str) -> None:
    """25 replicates are a fifth of the spread sure of their mean; four times that, and the rounding of the page."""
    rates = simulation.run(scenarios.load(name, posterior=None), seed=1, replicates=25)["collaboration_rate"]
    assert rates.mean() == pytest.approx(float(rate), abs=4 * float(spread) / 5 + 0.005)


def test_no_page_says_closure_without_saying_which() -> None:
    for page in PAGES:
        text = re.sub(
            r"(?i)triadic[ -]closure|\"closure\"|'closure'|\"from closure to legacy\"", "", BLOCK.sub("", read(page))
        )
        assert not re.search(r"(?i)\bclosure\b", text), (
            f"{page.name}: write triadic closure (ties) or closing (networks)"
        )
