"""What cannot be translated, with its place."""

import ast
from pathlib import Path


class UntranslatableError(Exception):
    """Something outside of the subset: names file, line and construct."""

    def __init__(self, path: Path, node: ast.AST, what: str) -> None:
        line = getattr(node, "lineno", 0)
        super().__init__(f"{path}, line {line}: {what}; see results/exploring/javascript for the subset of Python")
