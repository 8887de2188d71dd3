"""A recorded run of files that `legato new` may be given: drawn, damaged, and made to do harm.

    python -m benchmarks.fuzz_imports [FILES [SEED]]      make fuzz-imports

Four in ten are networks drawn by chance and written in one of the formats, in a style that means the same: other order,
encoding, separators, quotation, line breaks, empty lines and columns. What is read must be that network, its members,
topics and ties with their strengths. Half are such files with bytes or parts changed, one in ten is made to do harm:
each has to be read as some network, or refused in words, within SECONDS and within MEMORY. Two processes read them; one
that does not answer is killed, and its file is a fault.
"""

from __future__ import annotations

import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from benchmarks.drawn_formats import BARE, FORMATS, SAID, UNWEIGHED, drawn_for
from benchmarks.drawn_networks import Drawn, Files
from benchmarks.fuzz import HangError
from benchmarks.hostile_imports import ATTACKS, changed

SECONDS, KILLED_AFTER = 15, 120
"""Of processor time, after which a file has not been answered; and of any time, after which its reader is killed."""
MEMORY = 4 * 2**30
PROCESSES = 2
BATCH = 2_500
"""Files that a process reads before another takes its place."""


def made(number: int) -> tuple[str, str, Files, Drawn | None]:
    """The file with a number: its kind, its format, its content, and what it says, if that is known."""
    luck = random.Random(number)
    kind = luck.choices(("drawn", "changed", "harm"), (40, 50, 10))[0]
    if kind == "harm":
        attack = luck.choice(ATTACKS)
        return kind, attack.__name__, {"members": attack(luck)}, None
    form = luck.choice(list(FORMATS))
    network = drawn_for(form, luck)
    files = FORMATS[form](network, luck)
    if kind == "drawn":
        return kind, form, files, network
    another = luck.choice(list(FORMATS))
    other = FORMATS[another](drawn_for(another, luck), luck)["members"]
    touched = luck.choice(list(files))
    return kind, form, {**files, touched: changed(files[touched], luck, other)}, None


def answered(folder: Path, files: Files, form: str, said: Drawn | None) -> str:
    """What became of a file: read or refused; an AssertionError says what is wrong."""
    from scenarios.files.faults import RefusedError
    from scenarios.reading.foreign_tables import Choices
    from scenarios.reading.own_or_foreign import read_members

    for name in ("members", "ties"):
        (folder / name).unlink(missing_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    try:
        ties = folder / "ties" if "ties" in files else None
        read = read_members(folder / "members", ties, Choices(**SAID.get(form, {})))  # type: ignore[arg-type]
    except RefusedError as refusal:
        if said is not None or not str(refusal).strip():
            raise AssertionError(f"refused: {refusal}") from None
        return "refused"
    roster = read.roster
    assert len(set(roster.names)) == len(roster.names) >= 2
    assert all(name.strip() for name in roster.names)
    assert all(0 < trust <= 1 and one != other for one, other, trust in roster.ties or ())
    if said is not None:
        _check_same(roster, form, said)
    return "read"


def _check_same(roster: object, form: str, said: Drawn) -> None:
    """What is read is what was drawn; where strengths go up to less than 1 they stay as they are."""
    names, topics = roster.names, roster.topics  # type: ignore[attr-defined]
    assert sorted(names) == sorted(said.names), f"members are {names}, not {said.names}"
    ties = {frozenset((names[a], names[b])): trust for a, b, trust in roster.ties or ()}  # type: ignore[attr-defined]
    expected = dict.fromkeys(said.found, 1.0) if form in UNWEIGHED else said.found
    assert ties == expected, f"ties are {ties}, not {expected}"
    if form in BARE:
        return
    interests = roster.interests  # type: ignore[attr-defined]
    found = {
        name: [topics[t] for t, weight in enumerate(row) if weight] for name, row in zip(names, interests, strict=True)
    }
    assert found == {name: [topic] for name, topic in zip(said.names, said.topics, strict=True)}, f"topics are {found}"


def _ring(_number: int, _frame: object) -> None:
    raise HangError(f"not answered in {SECONDS} seconds of processor time")


def work(first: int, last: int, folder: Path) -> None:
    """Read the files from one number to another; what becomes of each is written down before the next begins."""
    signal.signal(signal.SIGPROF, _ring)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with (folder / "record").open("a", encoding="utf-8", buffering=1) as record:
        for number in range(first, last):
            kind, form, files, said = made(number)
            record.write(f"{number}\t{kind}\t{form}\t")
            record.flush()
            try:
                signal.setitimer(signal.ITIMER_PROF, SECONDS, 1)
                became = answered(folder, files, form, said)
            except BaseException as error:
                became = "WRONG"
                lines = traceback.format_exception(error)
                (folder / f"wrong-{number}").write_text(f"{kind}, {form}\n{''.join(lines[-3:])}\n{files!r}"[:20_000])
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            record.write(f"{became}\n")


def run(files: int, seed: int, home: Path) -> tuple[Counter[tuple[str, str, str]], list[str]]:
    """All files, shared out among processes: (kind, format, what became of it) -> how many, and what was wrong."""
    batches = [(one, min(one + BATCH, seed + files)) for one in range(seed, seed + files, BATCH)][::-1]
    running: dict[subprocess.Popen[bytes], tuple[Path, int, int]] = {}
    rows: list[list[str]] = []
    while batches or running:
        while batches and len(running) < PROCESSES:
            first, last = batches.pop()
            folder = home / f"from-{first}"
            folder.mkdir()
            line = [sys.executable, "-m", "benchmarks.fuzz_imports", "--work", str(first), str(last), str(folder)]
            running[subprocess.Popen(line)] = folder, first, last
        time.sleep(0.2)
        for process, (folder, first, last) in list(running.items()):
            record = folder / "record"
            waits = time.time() - (record if record.is_file() else folder).stat().st_mtime
            if process.poll() is None and waits < KILLED_AFTER:
                continue
            process.kill()
            process.wait()
            del running[process]
            lines = record.read_text(encoding="utf-8").splitlines() if record.is_file() else []
            told = [row.split("\t") for row in lines]
            told = told or [[str(first), "made", "in vain", ""]]
            for row in told:
                rows.append(row if row[3] else [*row[:3], "KILLED"])
            reached = int(told[-1][0]) + 1
            if reached < last:
                batches.append((reached, last))
    wrong = [file.read_text() for file in sorted(home.glob("*/wrong-*"))]
    wrong += [f"{row[0]}: no answer, killed ({row[1]}, {row[2]})" for row in rows if row[3] == "KILLED"]
    return Counter((row[1], row[2], row[3]) for row in rows), wrong


def main(files: int, seed: int) -> int:
    """Try so many files; print the table."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        became, wrong = run(files, seed, Path(home))
    print("| kind | format | files | read | refused | wrong |\n| --- | --- | --- | --- | --- | --- |")
    for kind, form in sorted({(kind, form) for kind, form, _ in became}):
        counts = {word: became[kind, form, word] for word in ("read", "refused", "WRONG", "KILLED")}
        bad = counts["WRONG"] + counts["KILLED"]
        print(f"| {kind} | {form} | {sum(counts.values()):,} | {counts['read']:,} | {counts['refused']:,} | {bad} |")
    for said in wrong[:30]:
        print(f"    {said[:3000]}", file=sys.stderr)
    print(f"{became.total():,} files in {(time.monotonic() - begun) / 60:.1f} minutes, {len(wrong)} answered wrongly.")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
