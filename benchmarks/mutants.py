"""Mutation testing: one change to the code at a time, and whether a test notices.

    python -m benchmarks.mutants [SHARE [MODULE...]]      make mutants

Mutants are Cosmic Ray's (its operators, one place each). Its own way of running them begins a new process for each,
with all of our imports and compiling; here a process that has imported everything forks for each mutant, without
compiling (NUMBA_DISABLE_JIT), imports the changed module anew and runs the tests of that module. What these let live,
of the modules that make numbers, is then held to the numbers of eleven networks, small and then larger, as
tests/test_baseline.py holds those of the library. Decorators, annotations and docstrings are left as they are.
"""

from __future__ import annotations

import os

os.environ["NUMBA_DISABLE_JIT"] = "1"

import ast
import importlib.abc
import importlib.util
import io
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 60
OURS = ("simulation", "results", "terminal", "cli")
TESTS: Mapping[str, tuple[str, ...]] = {
    "simulation/rules.py": ("simulation/test_rules.py", "simulation/model/test_limits.py"),
    "simulation/draws.py": ("simulation/test_draws.py",),
    "simulation/engine/run.py": (),
    "simulation/engine/meeting.py": (),
    "simulation/engine/working.py": (),
    "results/estimates/comparison.py": ("results/estimates/test_comparison.py", "results/comparing/test_tables.py"),
    "results/comparing/run_folder.py": ("results/folders/test_run_folder.py", "results/folders/test_blocks.py"),
    "results/folders/block_files.py": ("results/folders/test_blocks.py", "results/folders/test_run_folder.py"),
    "results/folders/journal.py": (
        "results/folders/test_run_folder.py",
        "results/folders/test_blocks.py",
        "results/sweeping/test_sweep.py",
    ),
    "results/sweeping/block_tables.py": ("results/sweeping/test_sweep.py",),
}
"""Module -> the files of tests that are its own; the engine's are the numbers of the Mesa model."""
NOT_RUN = "not killed_at_a_random and not killed_twice and not processes and not figures"
"""Tests that begin processes would run the module as it stands in the file."""
OPERATORS = re.compile(
    r"ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Add|Div_Mul|FloorDiv_Mul|Mod_FloorDiv|Pow_Mul|RShift_LShift|"
    r"LShift_RShift|BitOr_BitAnd|BitAnd_BitOr|BitXor_BitOr)|"
    r"ReplaceComparisonOperator_(Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Eq_NotEq|NotEq_Eq|Is_IsNot|IsNot_Is|Lt_Gt|GtE_Lt)|"
    r"ReplaceUnaryOperator_(USub_UAdd|Delete_Not|Delete_USub)|AddNot|Replace(True|False|And|Or|Break|Continue)With.*|"
    r"NumberReplacer|ZeroIterationForLoop"
)
"""Cosmic Ray's operators that are used: of twelve that could stand for a plus, one."""
PULLED = {"funder.priorities": (1, 0, 0, 0, 0, 0, 0, 2), "funder.shift.priorities": (0, 3, 1, 0, 0, 0, 0, 0)}
POSTERIOR = "with the shipped posterior"
SMALL: tuple[tuple[str, dict[str, Any]], ...] = (
    ("salex", {}),
    ("salex", {"closing.capstone": True, "closing.handover": True, "network.prior_ties": 2.0}),
    ("salex", {"closing.month": "never", "network.joining": 1.5, "facilitation.introductions": 1.0}),
    (
        "salex",
        {"funder.shift.month": 9, "funder.shift.grants": 0.5, "funder.shift.facilitation": 0.3, "closing.notice": 3},
    ),
    ("champions", {"members.champions": 6, "behaviour.renewal_chance": 0.9, "closing.renewal_months": 6}),
    ("salex", {"grants.per_call": 9, "grants.every": 3, "members.capacity": 1, "members.capacity_step": 0}),
    ("needy-rivals", {}),
    ("renewal", {}),
    ("salex", {"behaviour.initiative": 0.0, "grants.per_call": 0}),
    ("salex", {"funder.shift.month": 4, "funder.shift.grants": 0.5, "grants.per_call": 1, "grants.every": 3, **PULLED}),
    ("salex", {POSTERIOR: True}),
)
SIZES = ((7, 14), (22, 34))
"""Members and months: most mutants are found out in the small networks, and few need the large ones."""


class Mutant(NamedTuple):
    """One change: where, which line it makes, and the whole module with it."""

    module: str
    line: int
    change: str
    source: str


def mutants_of(module: str) -> Iterator[Mutant]:
    """Every change that the operators make to the body of a module's functions and to its constants."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    source = (ROOT / module).read_text(encoding="utf-8")
    left = _left_alone(source)
    lines = source.splitlines()
    for name in operator_names():
        if not OPERATORS.fullmatch(name.rpartition("/")[2]):
            continue
        operator = get_operator(name)()
        places = [start for node in ast_nodes(get_ast(source)) for start, _ in operator.mutation_positions(node)]
        for number, (line, column) in enumerate(places):
            if any(begin <= (line, column) < end for begin, end in left):
                continue
            changed = mutate_code(source, get_operator(name)(), number)
            if changed is None or changed == source:
                continue
            now = changed.splitlines()
            where = next(at for at, (old, new) in enumerate(zip(lines, now, strict=False)) if old != new)
            yield Mutant(module, line, f"{lines[where].strip()}  ->  {now[where].strip()}", changed)


def _left_alone(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """From where to where stand decorators and annotations."""
    found: list[ast.expr] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found += node.decorator_list
        if isinstance(node, ast.FunctionDef) and node.returns:
            found.append(node.returns)
        if isinstance(node, (ast.arg, ast.AnnAssign)) and node.annotation:
            found.append(node.annotation)
    return [((one.lineno, one.col_offset), (one.end_lineno or 0, one.end_col_offset or 0)) for one in found]


class Changed(SourceFileLoader, importlib.abc.MetaPathFinder):  # type: ignore[misc]  # both have `source_to_code`
    """Finds one module with another source than that in its file."""

    def __init__(self, mutant: Mutant) -> None:
        self.module = mutant.module.removesuffix(".py").replace("/", ".")
        self.source = mutant.source
        super().__init__(self.module, str(ROOT / mutant.module))

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:  # noqa: ARG002
        """Ours, if it is the one."""
        return importlib.util.spec_from_loader(name, self) if name == self.module else None

    def get_code(self, name: str) -> CodeType:  # noqa: ARG002
        """Compiled from the changed source."""
        return compile(self.source, self.path, "exec")


def numbers() -> Iterator[list[float]]:
    """Outcomes and courses of small networks, then of larger ones, by the engine, network by network."""
    for members, months in SIZES:
        yield from _numbers(members, months)


def _numbers(members: int, months: int) -> Iterator[list[float]]:
    import scenarios
    import simulation

    for seed, (name, changes) in enumerate(SMALL):
        said = {key: value for key, value in changes.items() if key != POSTERIOR}
        scenario = scenarios.replace(scenarios.load(name, posterior=None), {"network.members": members, **said})
        closing = months * 2 // 3
        ends = {"closing.month": closing, "closing.notice": 3, "closing.follow_up": months - closing}
        scenario = scenarios.replace(scenario, ends if scenario.closes else {"network.months": months})
        if POSTERIOR in changes:
            scenario = scenario.with_posterior(scenarios.shipped_posterior())
        ensemble = simulation.run(scenario, seed=seed, replicates=4 if POSTERIOR in changes else 2, workers=1)
        yield [*ensemble.values.ravel().tolist(), *ensemble.sum_months.ravel().tolist()]


def verdict(mutant: Mutant, expected: list[list[float]]) -> str:
    """How a mutant ends, in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = "survived"
        try:
            os.close(reading)
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
            code = _tried(mutant, expected)
        except BaseException as error:  # the mutant cannot even be imported
            code = f"killed by {type(error).__name__}"
        os.write(writing, code.encode())
        os._exit(0)
    os.close(writing)
    ending = _waited(child)
    with os.fdopen(reading, "rb") as said:
        return ending or said.read().decode() or "killed: it ended the process"


def _waited(child: int) -> str:
    """Wait for a process; what its end is where it does not come to one by itself."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if os.waitpid(child, os.WNOHANG) != (0, 0):
            return ""
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "killed: it never ends"


def _tried(mutant: Mutant, expected: list[list[float]]) -> str:
    import numpy as np
    import pytest

    for name in [one for one in sys.modules if one.partition(".")[0] in OURS]:
        del sys.modules[name]
    sys.meta_path.insert(0, Changed(mutant))
    makes_numbers = mutant.module.startswith("simulation/")
    if tests := TESTS[mutant.module]:
        files = [str(ROOT / "tests" / file) for file in tests]
        with tempfile.TemporaryDirectory() as home:
            options = [
                "-x",
                "-q",
                "--assert=plain",
                "-p",
                "no:cacheprovider",
                "-p",
                "no:xdist",
                "-m",
                "slow or not slow",
                f"--basetemp={home}/t",
                "-k",
                NOT_RUN,
            ]
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                if pytest.main([*options, *files]):
                    return "killed by a test"
    if makes_numbers:
        for mine, theirs in zip(numbers(), expected, strict=True):
            if len(mine) != len(theirs) or not np.allclose(mine, theirs, rtol=1e-12, atol=1e-12, equal_nan=True):
                return "killed by a number"
    return "survived"


def main(share: float, wanted: Sequence[str]) -> int:
    """Try a share of all mutants, drawn at random with a fixed seed; print the table and who survived."""
    from hypothesis import Phase, settings

    settings.register_profile("mutants", phases=(Phase.explicit, Phase.generate), database=None, derandomize=True)
    settings.load_profile("mutants")
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    import pytest  # noqa: F401

    import cli  # noqa: F401
    import simulation  # noqa: F401

    expected = list(numbers())
    print("| module | mutants | tried | killed by a test | by a number | by an error or without end | survived |")
    print("| --- | --- | --- | --- | --- | --- | --- |", flush=True)
    lives: list[str] = []
    for module in TESTS:
        if wanted and module not in wanted:
            continue
        every = list(mutants_of(module))
        drawn = sorted(random.Random(module).sample(range(len(every)), max(1, round(share * len(every)))))
        ends: Counter[str] = Counter()
        for number in drawn:
            end = verdict(every[number], expected)
            ends[end if end in ("killed by a test", "killed by a number", "survived") else "else"] += 1
            if end == "survived":
                lives.append(f"{module}:{every[number].line}: {every[number].change}")
                print(lives[-1], file=sys.stderr, flush=True)
        cells = [
            f"`{module}`",
            len(every),
            len(drawn),
            *(ends[what] for what in ("killed by a test", "killed by a number", "else", "survived")),
        ]
        print(f"| {' | '.join(map(str, cells))} |", flush=True)
    for life in lives:
        print(f"    {life}")
    return 0


if __name__ == "__main__":
    if sys.argv[1:] == ["numbers"]:  # the small networks alone, for coverage
        sys.exit(0 if list(_numbers(*SIZES[0])) else 1)
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0, sys.argv[2:]))
