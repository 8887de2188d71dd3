"""Compiled code is kept in a cache of our own, and never stale: an edited rule is seen at the next run."""

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios
import simulation
from simulation import code_cache, kept_hashes, model_code
from simulation.compiling import compiled
from simulation.engine.run import run_block
from simulation.model_code import APART, ASSIGNS, HOME, RUNS, hash_of
from simulation.outcomes import NAMES

RATE = """
before = dict(os.environ)
import scenarios, simulation
from simulation.compiling import must_compile
found = not must_compile()
rate = simulation.run(scenarios.load("salex", posterior=None), replicates=40, workers=1)["collaboration_rate"].mean()
from simulation.code_cache import folder
print(json.dumps([found, rate, str(folder()), dict(os.environ) == before]))
"""
FOUND = """
from simulation.compiling import must_compile
print(json.dumps(not must_compile()))
"""
SMALL = """
from simulation.founding import _interests
print(json.dumps(_interests(1, 0, 0, 8, 3).sum()))
"""
NUMBA_FIRST = "import numba\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packages, to be edited."""
    for package in ("scenarios", "simulation"):
        shutil.copytree(HOME / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def edit(copy: Path, file: str, old: str, new: str) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def run_copy(copy: Path, code: str, **environment: str) -> Any:
    """What code prints that runs with the packages in `copy`, in a process of its own, compiled without much care."""
    kept = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import json, os\n" + code],
        cwd=copy,
        env={**kept, "PYTHONPATH": str(copy), "XDG_CACHE_HOME": str(copy / "cache"), "NUMBA_OPT": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_the_engine_sees_an_edited_rule_and_is_not_compiled_again_for_a_comment(copy: Path) -> None:
    """The file of a cached function is what numba looks at, not `rules.py`, which that one calls.

    With numba imported first and a cache of its user's own, an edited rule once went unseen: .774 for .007.
    """
    ours = scenarios.load("salex", posterior=None)
    rate = simulation.run(ours, replicates=40, workers=1)["collaboration_rate"].mean()
    kept, users = code_cache.folder(), copy / "users"
    assert kept is not None
    shutil.copytree(kept, copy / "cache" / "legato" / kept.name)
    optimized = {"NUMBA_OPT": os.environ.get("NUMBA_OPT", "3")}
    found, found_rate, _, untouched = run_copy(copy, RATE, **optimized)
    assert (found, found_rate) == (True, rate), "the same code, wherever it lies"
    assert untouched, "the environment is as it was"

    edit(copy, "simulation/rules.py", "def notice_shock(", "# A comment moves every line below it.\ndef notice_shock(")
    edit(copy, "simulation/running/cluster.py", "SECONDS_TO_CONNECT = 15", "SECONDS_TO_CONNECT = 16")
    environment = {"NUMBA_CACHE_DIR": str(users)}
    again = run_copy(copy, NUMBA_FIRST + RATE, **environment, **optimized)
    assert again == [True, rate, str(copy / "cache" / "legato" / kept.name), True]

    edit(copy, "simulation/rules.py", "+ b_trust * trust\n", "- b_trust * trust\n")
    assert run_copy(copy, NUMBA_FIRST + FOUND, **environment, **optimized) is False
    _, changed, _, _ = run_copy(copy, NUMBA_FIRST + RATE, **environment)
    assert changed < rate / 2, "trust now makes members say no"
    assert not users.exists(), "what others cache is theirs"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "users"),
    [
        (NUMBA_FIRST, "users"),
        pytest.param("", "users", marks=pytest.mark.slow),
        pytest.param(NUMBA_FIRST, "", marks=pytest.mark.slow),
    ],
    ids=["both", "a cache named", "numba first"],
)
def test_whoever_comes_first_an_edited_rule_is_seen(copy: Path, first: str, users: str) -> None:
    environment = {"NUMBA_CACHE_DIR": str(copy / users)} if users else {}
    before = run_copy(copy, first + SMALL, **environment)
    edit(copy, "simulation/rules.py", "weights[topic] / sqrt(length)", "2.0 * weights[topic] / sqrt(length)")
    assert run_copy(copy, first + SMALL, **environment) == pytest.approx(2 * before)


@pytest.mark.slow
def test_an_outcome_that_a_twin_does_not_count_is_refused_when_the_program_starts(copy: Path) -> None:
    """Once its column was whatever had stood in the memory: 4e180."""
    cost = '    Outcome("cost", "cost to'
    edit(copy, "simulation/outcomes.py", cost, '    Outcome("joy", "joy", "count", "new"),\n' + cost)
    for twin, called in (("model.reference", "the reference"), ("engine.run", "the compiled engine")):
        refused = run_copy(
            copy,
            f"try:\n    import simulation.{twin}\nexcept RuntimeError as error:\n    print(json.dumps(str(error)))\n",
        )
        assert "does not count joy" in refused
        assert called in refused


def test_every_module_counts_or_is_left_out_for_a_reason() -> None:
    """A new module is named in `simulation/model_code.py`: as one that decides numbers, or with why it does not."""
    listed = [*RUNS, *ASSIGNS, *(module for modules in APART.values() for module in modules)]
    assert len(set(listed)) == len(listed)
    files = [file.relative_to(HOME) for name in ("scenarios", "simulation") for file in (HOME / name).glob("**/*.py")]
    there = {".".join(file.with_suffix("").parts).removesuffix(".__init__") for file in files}
    assert there == set(listed)


def test_whatever_is_compiled_is_among_the_code_that_runs_the_model() -> None:
    """All but the entrance of the engine for pages, which nothing here runs: it is compiled when that is built.

    And but for what tries rules and outcomes of one's own, which compiles nothing of ours.
    """
    others = {HOME / "simulation" / "browser" / "entrance.py"}
    others |= {HOME / "simulation" / room / "trying.py" for room in ("own_rules", "own_outcomes")}
    for file in (HOME / "simulation").rglob("*.py"):
        compiles = "from simulation.compiling import" in file.read_text(encoding="utf-8")
        if compiles and file not in others:
            assert ".".join(file.relative_to(HOME).with_suffix("").parts) in RUNS


def refactored(text: str) -> str:
    return text.replace('"""', '"""Said otherwise. ', 1).replace("\n\n\n", "\n\n\n# Why, not what.\n\n\n")


@pytest.mark.parametrize(
    ("file", "change", "counts"),
    [
        ("simulation/rules.py", refactored, False),
        ("simulation/engine/run.py", refactored, False),
        ("scenarios/schema/posterior.py", refactored, False),
        ("simulation/running/cluster.py", lambda text: text.replace("= 15", "= 16"), False),
        ("simulation/running/threads.py", lambda text: text + "\nMORE = 1\n", False),
        ("simulation/running/memory.py", lambda text: text.replace("0.9", "0.8"), False),
        ("simulation/outcomes.py", lambda text: text.replace("cost to the funder", "what the funder pays"), False),
        (
            "simulation/running/ensemble.py",
            lambda text: text.replace("differ in scenario", "are not of one scenario"),
            False,
        ),
        ("scenarios/schema/tables.py", lambda text: text.replace("how freely members", "how easily members"), False),
        (
            "scenarios/schema/tables.py",
            lambda text: text.replace("in a trial of these", "in one trial of the"),
            False,
        ),
        ("simulation/rules.py", lambda text: text.replace("size / (1.0", "size / (2.0"), True),
        ("simulation/founding.py", lambda text: text.replace("0.5 + 0.5 * size", "0.4 + 0.6 * size"), True),
        ("simulation/compiling.py", lambda text: text.replace("nogil=True", "nogil=True, fastmath=True"), True),
        (
            "simulation/engine/arrays.py",
            lambda text: text.replace('("practice", np.float64)', '("habit", np.float64)'),
            True,
        ),
        ("scenarios/schema/posterior.py", lambda text: text.replace("IN_A_ROW = 2", "IN_A_ROW = 3"), True),
        ("scenarios/schema/posterior.py", lambda text: text.replace("0.6180339887498949", "0.5"), True),
        (
            "scenarios/reading/replicates.py",
            lambda text: text.replace("particle_of(replicate)", "particle_of(0)"),
            True,
        ),
        ("scenarios/schema/months.py", lambda text: text.replace("NEVER_CLOSES = 60", "NEVER_CLOSES = 61"), True),
    ],
)
def test_the_version_of_the_model_is_what_it_does(
    tmp_path: Path, file: str, change: Callable[[str], str], counts: bool
) -> None:
    text = (HOME / file).read_text(encoding="utf-8")
    assert change(text) != text
    module = ".".join(Path(file).with_suffix("").parts)
    (tmp_path / file).parent.mkdir(parents=True)
    hashes = []
    for version in (text, change(text)):
        (tmp_path / file).write_text(version, encoding="utf-8")
        hashes.append(hash_of([module] if module in (*RUNS, *ASSIGNS) else [], tmp_path))
    assert (hashes[0] != hashes[1]) == counts


def test_names_of_outcomes_and_their_order_are_part_of_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = hash_of([])
    monkeypatch.setattr(model_code, "NAMES", NAMES[::-1])
    assert hash_of([]) != before


SNIPPET = """
class One(Two):
    'What.'
    def of(self, *, a: int = 1, **more) -> float:
        text = f"{a:>3} {more!r}" "and" 'so'
        return [x * 1e-3 for x in range(a) if x > 2][0] if a else lambda b: -b
try:
    match = {**{}, 'k': (1, 2.5, None, True)}
except (A, B) as error:
    raise ValueError("no") from None
"""


def test_the_version_is_the_same_with_every_version_of_python() -> None:
    """As Python 3.11, 3.12 and 3.13 had it; their own ways of writing a syntax tree down differ."""
    said = "\0".join(model_code._said_by(ast.parse(SNIPPET)))
    assert hashlib.sha256(said.encode()).hexdigest()[:16] == "2caab6598be9ca0f"


def test_a_hash_is_worked_out_once_for_the_same_content_and_anew_for_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file, made = tmp_path / "rule.py", iter("abcdefgh")
    stamp = (1_000_000_000, 1_000_000_000)

    def hashed(content: str) -> str:
        file.write_text(content)
        os.utime(file, stamp)  # content decides: not when it was saved, nor how long it is
        return kept_hashes.kept_hash([file], lambda: next(made) * kept_hashes.LENGTH)[0]

    assert [hashed(content) for content in ("x = 1", "x = 1", "x = 2", "x = 1")] == ["a", "a", "b", "a"]
    for kept in (tmp_path / "cache" / "legato" / "hashes").iterdir():
        kept.write_text("torn")
    assert [hashed("x = 1"), hashed("x = 1")] == ["c", "c"]
    shutil.rmtree(tmp_path / "cache")
    (tmp_path / "cache").write_text("not a folder")
    assert [hashed("x = 1"), hashed("x = 1")] == ["d", "e"], "nothing can be kept"


def test_a_file_saved_while_its_hash_is_worked_out_is_not_taken_for_what_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "rule.py"
    file.write_text("old")

    def saved_meanwhile() -> str:
        file.write_text("new")
        return "n" * kept_hashes.LENGTH

    kept_hashes.kept_hash([file], saved_meanwhile)
    file.write_text("old")
    assert kept_hashes.kept_hash([file], lambda: "o" * kept_hashes.LENGTH)[0] == "o"


def test_of_hashes_those_worked_out_last_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "rule.py"
    for number in range(kept_hashes.KEPT + 3):
        file.write_text(str(number))
        kept_hashes.kept_hash([file], lambda: "x" * kept_hashes.LENGTH)
    assert len([*(tmp_path / "cache" / "legato" / "hashes").iterdir()]) == kept_hashes.KEPT
    assert kept_hashes.kept_hash([file], lambda: "y" * kept_hashes.LENGTH)[0] == "x"


def test_the_cache_is_named_by_how_numba_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    before = code_cache.cache_name()
    monkeypatch.setattr("numba.config.OPT", 2)
    assert code_cache.cache_name() != before


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache of one's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(code_cache, "folder", code_cache.folder.__wrapped__)
    return tmp_path / "legato"


def test_a_cache_that_cannot_be_written_gives_way_to_a_temporary_one(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[Path] = []
    monkeypatch.setattr("atexit.register", lambda _, place, __: forgotten.append(place))
    elsewhere.write_text("not a folder", encoding="utf-8")
    place = code_cache.folder()
    assert place is not None
    assert place.is_dir()
    assert elsewhere.parent not in place.parents
    assert forgotten == [place], "it goes when the process ends"
    code_cache._forget(place, os.getpid())
    assert not place.exists()


def test_without_a_folder_named_the_cache_lies_where_the_system_keeps_such_things(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = elsewhere / "as-the-system-has-it"
    monkeypatch.setattr(kept_hashes, "user_cache_path", lambda name, **_: theirs / name)
    assert code_cache.folder() == elsewhere / code_cache.cache_name(), "XDG_CACHE_HOME comes first, on every system"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert code_cache.folder() == theirs / "legato" / code_cache.cache_name()


def test_where_no_lock_can_be_shared_compiled_code_is_kept_all_the_same(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows: there a folder is removed only a day after its last use."""
    monkeypatch.setattr(code_cache, "fcntl", None)
    place = code_cache.folder()
    assert place == elsewhere / code_cache.cache_name()
    assert not code_cache._is_held(place)


@pytest.mark.skipif(os.name == "nt", reason="who is at work with a folder is not known there")
def test_old_folders_go_but_not_those_of_late_nor_those_in_use(elsewhere: Path) -> None:
    now = time.time()
    ages = {f"rules-{number}": (number + 2) * code_cache.UNTOUCHED for number in range(code_cache.KEPT + 3)}
    ages["rules-of-late"] = 60.0
    for name, age in ages.items():
        (elsewhere / name).mkdir(parents=True)
        (elsewhere / name / code_cache.HELD).touch()
        os.utime(elsewhere / name, (now - age, now - age))
    (elsewhere / "somebody-elses").mkdir()
    last = f"rules-{code_cache.KEPT + 2}"
    hold = f"import fcntl; file = open({str(elsewhere / last / code_cache.HELD)!r}); fcntl.flock(file, fcntl.LOCK_SH)"
    with subprocess.Popen(
        [sys.executable, "-c", f"{hold}; print(flush=True); input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        place = code_cache.folder()
        other.communicate(b"\n")
    kept = ["rules-of-late", *(f"rules-{number}" for number in range(code_cache.KEPT - 1)), last]
    assert place is not None
    assert {one.name for one in elsewhere.iterdir()} == {*kept, "somebody-elses", place.name}


def _doubled(number: int) -> int:
    return 2 * number


def kept_double(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A small function, kept as the model's are."""
    monkeypatch.setattr(_doubled, "__module__", "simulation.rules")
    return compiled(_doubled)


def test_compiled_code_is_found_again_and_a_torn_file_is_compiled_again(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for torn, is_found in ((None, False), (None, True), ("*.nbi", False), ("*.nbc", False), (None, True)):
        if torn:
            (file,) = elsewhere.rglob(torn)
            file.write_bytes(file.read_bytes()[:40])
        double = kept_double(monkeypatch)
        assert double(21) == 42
        assert bool(double.stats.cache_hits) == is_found
    assert code_cache.keeps("simulation.rules", "_doubled")
    (place,) = elsewhere.iterdir()
    assert place.name == code_cache.cache_name()


@pytest.mark.skipif(os.name == "nt", reason="no locks that several processes share")
def test_of_processes_side_by_side_one_compiles_and_the_others_find_it(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    assert kept_double(monkeypatch)(21) == 42
    (lock,) = elsewhere.rglob(f"*{code_cache.COMPILING}")
    made = {file: file.read_bytes() for file in elsewhere.rglob("*.nb[ci]")}
    for file in made:
        file.unlink()
    with open(lock, "rb") as others:
        fcntl.flock(others, fcntl.LOCK_EX)

        def they_have_done(_seconds: float) -> None:
            for file, content in made.items():
                file.write_bytes(content)
            fcntl.flock(others, fcntl.LOCK_UN)

        monkeypatch.setattr(time, "sleep", they_have_done)
        double = kept_double(monkeypatch)
        assert double(21) == 42
        assert double.stats.cache_hits, "what they made was found"

        for file in made:
            file.unlink()
        fcntl.flock(others, fcntl.LOCK_EX)  # so ours was given back
        monkeypatch.setattr(code_cache, "PATIENCE", 0.0)
        double = kept_double(monkeypatch)
        assert double(21) == 42, "nobody waits for ever"
        assert not double.stats.cache_hits


def test_code_that_was_edited_since_it_was_imported_is_neither_kept_nor_found(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what a notebook compiles of the old code would be taken for the new."""
    assert kept_double(monkeypatch)(21) == 42
    monkeypatch.setattr(model_code, "_STAMPS", ())
    assert not model_code.is_edited(), "saved again as it was"
    monkeypatch.setattr(model_code, "_RUNS_HASH", "of old code")
    assert model_code.is_edited()
    double = kept_double(monkeypatch)
    assert double(21) == 42
    assert not double.stats.cache_hits
    assert not code_cache.keeps("simulation.rules", "_doubled")
    assert elsewhere.is_dir()


def test_code_of_others_is_not_kept_for_nobody_sees_what_it_calls() -> None:
    assert compiled(lambda number: number)._cache.cache_path is None  # type: ignore[attr-defined]


def test_integers_of_numpy_are_taken_and_nothing_is_compiled_again_for_them() -> None:
    block: Any = run_block
    asked = scenarios.replace(scenarios.load("salex", posterior=None), {"closing.month": 8, "closing.follow_up": 0})
    plain = simulation.run(asked, seed=3, first=2, replicates=2, workers=1)
    known = len(block.signatures)
    kinds: list[Any] = [np.int64, np.uint32, np.int8, np.uint64]
    for kind in kinds:
        other = simulation.run(asked, seed=kind(3), first=kind(2), replicates=kind(2), workers=kind(1))
        assert np.array_equal(other.values, plain.values, equal_nan=True)
        assert type(other.seed) is type(other.first) is int
        simulation.chronicle_of(asked, seed=kind(3), replicate=kind(2))
    assert len(block.signatures) == known
