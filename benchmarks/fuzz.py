"""A recorded run of bad input: so many inputs for every file that people write, and command lines with odd options.

    python -m benchmarks.fuzz [INPUTS [DOOR...]]      make fuzz

Half of what a file gets is made by Hypothesis from what such files hold, half by Atheris (libFuzzer), which changes
bytes and keeps what reaches new lines of `scenarios/`. Each input has 20 seconds. Whatever is not answered as it should
be is printed, and the exit code is then 1.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 20
QUIETLY = settings(
    deadline=None, database=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck)
)  # fmt: skip
OF_REFUSALS = 4
"""One in so many refusals is asked of the command line too."""
LINES = "command lines"
BECAME = "became"
"""File in which a process that is left abruptly says what became of each input."""
OF_LINES = 20
"""One in so many inputs is a command line: they take longer."""


class HangError(Exception):
    """An input has not been answered in time."""


@contextmanager
def in_time(seconds: float = SECONDS) -> Iterator[None]:
    """Whatever takes longer is a fault."""

    def ring(_number: int, _frame: Any) -> None:
        raise HangError(f"not answered in {seconds} seconds")

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # and each second after: a library may swallow the first
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def answered(name: str, folder: Path) -> str:
    """What became of a folder at a door; a refusal of the library is one of the command line too, with exit code 2."""
    from benchmarks.doors import DOORS, REFUSED, line_of
    from benchmarks.hostile_lines import judge
    from cli import main
    from scenarios import ScenarioError

    try:
        return DOORS[name].answer(folder)
    except ScenarioError as error:
        said = str(error)
        assert said.strip(), "refused without a word"
    if zlib.crc32(said.encode()) % OF_REFUSALS:
        return REFUSED
    line = line_of(name, folder)
    told = CliRunner().invoke(main, line)
    assert told.exit_code == 2, f"refused by the library, and {told.exit_code} by the command line"
    said = judge(told, line)
    assert not said, said
    return REFUSED


def by_hypothesis(name: str, inputs: int, home: Path, seed: int) -> tuple[Counter[str], list[str]]:
    """Inputs for a door out of its strategy: what became of them, and what was wrong."""
    from benchmarks.doors import DOORS, write

    became: Counter[str] = Counter()
    wrong: list[str] = []
    folder = home / "input"

    @settings(QUIETLY, max_examples=inputs)
    @given(DOORS[name].make)
    def tried(files: dict[str, bytes]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        write(folder, files)
        try:
            with in_time():
                became[answered(name, folder)] += 1
        except Exception as error:
            became["WRONG"] += 1
            wrong.append(f"{name}: {type(error).__name__}: {error}\n    {files}")

    seeded(seed)(tried)()
    return became, wrong


def by_lines(inputs: int, home: Path, seed: int) -> tuple[Counter[str], list[str]]:
    """Command lines: what became of them, and what was wrong."""
    from benchmarks.hostile_lines import SMALL, clear, command_lines, judge, stage
    from cli import main

    became: Counter[str] = Counter()
    wrong: list[str] = []
    home = home / "lines"
    home.mkdir()
    os.chdir(home)
    stage(home)

    def try_command(command: str) -> None:
        @settings(QUIETLY, max_examples=max(inputs // len(SMALL), 1))
        @given(command_lines(command))
        def tried(words: list[str]) -> None:
            line = [command, *words]
            try:
                with in_time(3 * SECONDS):  # there may be work in it
                    told = CliRunner().invoke(main, line)
                    said = judge(told, line)
            except Exception as error:
                said = f"{type(error).__name__}: {error}"
            became["WRONG" if said else ("run", "failed at work", "refused")[told.exit_code]] += 1
            if said:
                wrong.append(f"{line}: {said}")
            clear(home)

        seeded(seed)(tried)()

    for command in SMALL:
        try_command(command)
    os.chdir(ROOT)
    return became, wrong


def by_atheris(name: str, inputs: int, home: Path, seed: int) -> tuple[Counter[str], list[str]]:
    """Inputs for a door out of a process of its own, in which Atheris watches which lines are reached."""
    corpus = home / f"corpus-{name}"
    corpus.mkdir()
    _seeds(name, corpus)
    became: Counter[str] = Counter()
    wrong: list[str] = []
    left = inputs
    while left > 0:
        line = [
            sys.executable, "-m", "benchmarks.fuzz_bytes", name, str(home / "bytes"), f"-runs={left}", f"-seed={seed}",
            f"-timeout={SECONDS}", "-max_len=4096", "-print_final_stats=1", f"-artifact_prefix={home}/", str(corpus),
        ]  # fmt: skip
        told = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
        done = re.search(r"number_of_executed_units:\s*(\d+)", told.stderr)
        if told.returncode == 0:
            break
        became["WRONG"] += 1
        whole = told.stdout + told.stderr
        wrong.append(f"{name}, by bytes: {whole[whole.find('=== Uncaught') :][:3000]}")
        if not done or len(wrong) > 5:
            break
        left, seed = left - int(done[1]), seed + 1
    if (record := home / BECAME).is_file():
        became.update(record.read_text(encoding="utf-8").split("\n")[:-1])
    return became, wrong


def _seeds(name: str, corpus: Path) -> None:
    """What a door's strategy makes is where the bytes begin."""
    from benchmarks.doors import DOORS

    made: list[bytes] = []

    @settings(
        max_examples=60, deadline=None, database=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck)
    )
    @given(DOORS[name].make)
    def collect(files: dict[str, bytes]) -> None:
        made.append(files[DOORS[name].file])

    seeded(1)(collect)()
    for number, content in enumerate(made):
        (corpus / str(number)).write_bytes(content)


def main(inputs: int, wanted: list[str]) -> int:
    """Try so many inputs, shared out among the doors; print the table."""
    from benchmarks.doors import DOORS
    from results.commands.listener import QUIET, compile_for

    compile_for("compiled", QUIET)
    doors = [name for name in (*DOORS, LINES) if not wanted or name in wanted]
    lines = max(inputs // OF_LINES, 16)
    share = -(-(inputs - (lines if LINES in doors else 0)) // (2 * max(len(doors) - (LINES in doors), 1)))
    print("| what | made by | inputs | refused | run | only read | failed at work | wrong | minutes |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    whole, faults = 0, 0
    with tempfile.TemporaryDirectory() as place:
        ways: dict[str, Callable[..., tuple[Counter[str], list[str]]]] = {
            "Hypothesis": by_hypothesis,
            "Atheris": by_atheris,
        }
        for name in doors:
            for way in ways if name != LINES else ["Hypothesis"]:
                begun = time.monotonic()
                home = Path(place) / f"{name} {way}"
                home.mkdir()
                became, wrong = by_lines(lines, home, 1) if name == LINES else ways[way](name, share, home, 1)
                count = became.total()
                cells = [
                    name,
                    way,
                    f"{count:,}",
                    *(f"{became[word]:,}" for word in ("refused", "run", "read only", "failed at work", "WRONG")),
                ]
                print(f"| {' | '.join(cells)} | {(time.monotonic() - begun) / 60:.1f} |", flush=True)
                for said in wrong[:20]:
                    print(f"    {said}", file=sys.stderr, flush=True)
                whole, faults = whole + count, faults + became["WRONG"]
    print(f"{whole:,} inputs, {faults} answered wrongly.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 120_000, sys.argv[2:]))
