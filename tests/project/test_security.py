"""Files are data: what could make them code is not in the code."""

import ast
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main

ROOT = Path(__file__).resolve().parents[2]
CODE = [ROOT / "cli.py"] + [
    file for name in ("terminal", "scenarios", "simulation", "results") for file in (ROOT / name).rglob("*.py")
]
NEVER_IMPORTED = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "yaml"}
NEVER_CALLED = {"eval", "exec", "system", "popen"}
MAY_RUN = {f"simulation/{file}.py": {"exec"} for file in ("own_files", "own_rules/loading", "own_outcomes/loading")}
"""The files that run what they read: rules and outcomes of one's own, where somebody names their file."""


def names_of(tree: ast.AST) -> tuple[set[str], set[str]]:
    """What is imported, and what is called by name or as an attribute."""
    imported: set[str] = set()
    called: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.partition(".")[0])
        elif isinstance(node, ast.Call):
            called.add(node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", ""))
            for word in node.keywords:
                if word.arg in ("allow_pickle", "shell") and getattr(word.value, "value", None) is True:
                    called.add(word.arg)
    return imported, called


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_file_of_ours_can_run_what_it_reads(file: Path) -> None:
    imported, called = names_of(ast.parse(file.read_text(encoding="utf-8")))
    assert imported & NEVER_IMPORTED == set()
    allowed = MAY_RUN.get(file.relative_to(ROOT).as_posix(), set())
    assert called & ((NEVER_CALLED - allowed) | {"allow_pickle", "shell"}) == set()


def test_the_search_would_find_them() -> None:
    tree = ast.parse("import pickle\nfrom yaml import load\neval('1')\nos.system('x')\nnp.load(f, allow_pickle=True)\n")
    imported, called = names_of(tree)
    assert imported >= {"pickle", "yaml"}
    assert called >= {"eval", "system", "allow_pickle"}


def test_no_command_listens_to_the_network() -> None:
    """The page with levers is a file: nothing of ours serves anything."""
    imported = set().union(*(names_of(ast.parse(file.read_text(encoding="utf-8")))[0] for file in CODE))
    assert not imported & {"socket", "socketserver", "http.server", "uvicorn", "aiohttp"}


@pytest.mark.parametrize("text", ["__import__('os').system('touch {0}')", "$(touch {0})", "`touch {0}`", "{{{{7*7}}}}"])
def test_a_text_that_would_be_code_elsewhere_stays_a_text(text: str, tmp_path: Path) -> None:
    done = tmp_path / "done"
    hostile = text.format(done)
    file = tmp_path / "mine.toml"
    file.write_text(f'extends = "salex"\ntitle = {json.dumps(hostile)}\nquestion = {json.dumps(hostile + "?")}\n')
    words = ["run", str(file), "--replicates", "4", "--no-figures", "--out", str(tmp_path / "out")]
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 0, told.output
    assert not done.exists()
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "{{7*7}}" in page if "7*7" in text else "touch" in page
    assert "49?" not in page
