"""The tests themselves: none waits for the clock, none holds a whole sentence to be equal to another."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
FILES = sorted(TESTS.rglob("*.py"))
CLOCKS = ("monotonic", "perf_counter", "process_time", "time")
HANGS_AT_MOST = "waited in vain"
"""What a safety says that only ends what would never end, minutes later."""


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def compared(tree: ast.AST) -> Iterator[ast.expr]:
    """Either side of every ==."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and any(isinstance(one, ast.Eq) for one in node.ops):
            yield from (node.left, *node.comparators)


def texts(side: ast.AST) -> Iterator[str]:
    """The texts that are written in it, with an x for what is filled in."""
    for node in ast.walk(side):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "x" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def reads_a_clock(node: ast.AST) -> bool:
    return any(
        isinstance(one, ast.Call) and isinstance(one.func, (ast.Attribute, ast.Name)) and _name(one.func) in CLOCKS
        for one in ast.walk(node)
    )


def _name(function: ast.Attribute | ast.Name) -> str:
    return function.attr if isinstance(function, ast.Attribute) else function.id


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(TESTS)))
def test_no_sentence_is_held_equal_to_another(file: Path) -> None:
    """The numbers and the words that must be there are: a better word is no fault."""
    sentences = [text for side in compared(parsed(file)) for text in texts(side) if len(text.split()) > 8]
    assert not sentences


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(TESTS)))
def test_no_claim_is_about_seconds(file: Path) -> None:
    """On a slow machine it would fail although nothing is wrong: order, counts and bytes say what is meant."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Assert) and reads_a_clock(node.test):
            assert node.msg is not None
            assert HANGS_AT_MOST in ast.unparse(node.msg)
