"""Command lines with something odd in them: every command, every option, values that they allow and do not."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Mapping
from pathlib import Path

import click
from click.testing import CliRunner, Result
from hypothesis import strategies as st

from benchmarks.hostile import NUMBERS, TEXTS, assignments
from cli import main

SMALL: Mapping[str, tuple[str, ...]] = {
    "scenarios": (),
    "show": ("salex",),
    "run": ("salex", "--replicates", "2", "--no-figures", "--out", "run"),
    "compare": ("salex", "sparc", "--replicates", "2", "--no-figures", "--out", "compared"),
    "explain": ("salex", "no-catalytic-funding", "--replicates", "2", "--no-figures", "--out", "explained"),
    "sweep": ("salex", "--vary", "grants.per_call=0,4", "--replicates", "2", "--no-figures", "--out", "swept"),
    "sensitivity": (
        "salex", "--vary", "grants.per_call=0:8", "--vary", "funder.weight", "--method", "morris", "--points", "30",
        "--replicates", "2", "--no-figures", "--out", "weighed",
    ),
    "check": ("search-costs", "--replicates", "4", "--no-assumptions", "--no-figures", "--out", "checked"),
    "calibrate": (
        "search-costs", "--free", "behaviour.yes_base", "--particles", "10", "--replicates", "2", "--generations", "1",
        "--no-figures", "--out", "learned",
    ),
    "discover": ("there/swept", "--below", "0.6", "--points", "20", "--boxes", "1", "--no-figures", "--out", "found"),
    "optimise": (
        "salex", "--budget", "2000000", "--lever", "grants.per_call=0,4", "--trials", "2", "--replicates", "2",
        "--final", "2", "--no-figures", "--out", "best",
    ),
    "portfolio": (
        "salex", "--budget", "2000000", "--lever", "grants.per_call=0,4", "--replicates", "2", "--final", "2",
        "--no-figures", "--out", "split",
    ),
    "exit": (
        "salex", "--lever", "closing.notice=6", "--lever", "funder.taper=0", "--replicates", "20", "--final", "20",
        "--no-figures", "--out", "left",
    ),
    "verify": ("there/run", "--sample", "1"),
    "report": ("there/run",),
    "explore": ("salex", "--replicates", "2", "--no-browser", "--out", "page.html"),
    "export": ("salex", "--out", "exported"),
    "new": ("made",),
}  # fmt: skip
"""Command -> a line of it that is soon done."""
PATHS = (
    "", ".", "..", "/", "there", "there/run", "a b", "größe", "組織", "x" * 300, "there/file",
    "there/file/in", "/dev/null", "/dev/null/x", "/proc/x", "there/circle", "there/link",
    "~", "-", "--", "a\nb", "a\tb",
    "\x1b[31m", "*", "$(id)", "\udcff",
)  # fmt: skip
PAIRS = (
    "grants.per_call", "grants.per_call=", "grants.per_call=0:8", "grants.per_call=8:0", "grants.per_call=0:8:0",
    "grants.per_call=0:8:-1", "grants.per_call=0:1e99", "grants.per_call=nan:1", "funder.weight=0:1:1e-9",
    "funder.weight=0:inf", "funder.weight=,", "funder.weight=0.1,0.1", "scenario=salex,sparc",
    "scenario=salex,", "scenario=",
    "=", ":", "=1:2", "title=a,b", "network.members=2:1000000", "network.months=1:9", "closing.month=1,never",
    "funder.priorities=[1],[2]",
)  # fmt: skip
HEAVY = {"--cluster", "--browser", "--no-browser", "--help", "-h"}
"""What would wait for a network or a browser."""


def _values(option: click.Parameter) -> st.SearchStrategy[str]:
    kind = option.type
    if isinstance(kind, click.Path):
        return st.sampled_from(PATHS)
    if isinstance(kind, (click.IntRange, click.FloatRange)):
        near = [one for one in (kind.min, kind.max) if one is not None]
        small = [
            str(one + step)
            for one in near
            for step in (-1, 0, 1)
            if one + step < 25 or one + step > (kind.max or math.inf)
        ]
        return st.sampled_from((*small, *(one for one in NUMBERS if _is_small(one))))
    if isinstance(kind, click.Choice):
        return st.sampled_from((*kind.choices, "", "Nothing", kind.choices[0].upper()))
    names = (
        "salex",
        "sparc",
        "salx",
        "evidence",
        "posterior",
        "funder",
        "shipped",
        "collaboration_rate",
        "total_cost",
        "there/file",
    )
    return st.one_of(
        st.sampled_from((*names, *PAIRS)), st.sampled_from((*TEXTS, *NUMBERS, *PATHS)), assignments().map("=".join)
    )  # fmt: skip


def _is_small(written: str) -> bool:
    try:
        return abs(float(written)) < 25 or float(written) > 1e7
    except ValueError:
        return True


@st.composite
def command_lines(draw: st.DrawFn, command: str) -> list[str]:
    """A small line of a command, with one to three things added, changed or taken away."""
    line = list(SMALL[command])
    known = main.commands[command].params
    given = [one for one in known if isinstance(one, click.Option) and not HEAVY.intersection(one.opts)]
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.integers(0, 9))
        if kind < 6 and given:
            option = draw(st.sampled_from(given))
            words = [draw(st.sampled_from((*option.opts, *option.secondary_opts)))]
            words += [] if option.is_flag else [draw(_values(option))]
            line += words
        elif kind == 6 and line:
            del line[draw(st.integers(0, len(line) - 1))]
        elif kind == 7 and line:
            line[draw(st.integers(0, len(line) - 1))] = draw(st.sampled_from((*TEXTS, *PATHS, *NUMBERS)))
        elif kind == 8:
            line.insert(
                draw(st.integers(0, len(line))),
                draw(st.sampled_from((*TEXTS, *PATHS, "salex", "--nothing", "-x", "--json"))),
            )
        else:
            line += ["--json"]
    if command == "explore":
        line += ["--port", "99999"]
    return [word.replace("\0", "\\0") for word in line]  # no system hands a NUL to a program


def stage(home: Path) -> None:
    """What the lines take for granted, in the folder that is worked in."""
    there = home / "there"
    there.mkdir()
    (there / "file").write_text("a,b\n1,2\n")
    (there / "circle").symlink_to("circle")
    (there / "link").symlink_to("file")
    vary = "--vary grants.per_call=0:8 --vary funder.weight --design lhs --points 40"
    for line in ("run salex --out there/run", f"sweep salex {vary} --out there/swept"):
        told = CliRunner().invoke(main, [*line.split(), "--replicates", "2", "--no-figures"])
        assert told.exit_code == 0, told.output


def clear(home: Path) -> None:
    """Take away what a line has left."""
    for left in home.iterdir():
        if left.name != "there":
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() and not left.is_symlink() else left.unlink()


def judge(told: Result, line: list[str]) -> str:
    """What is wrong with how a line was answered; "" if it was answered as it should be."""
    text = told.output + told.stderr
    if told.exception is not None and not isinstance(told.exception, SystemExit):
        return f"{type(told.exception).__name__}: {told.exception}"
    if told.exit_code not in allowed(line):
        return f"exit code {told.exit_code}: {text[-200:]}"
    if "Traceback" in text:
        return f"a traceback: {text[-200:]}"
    if told.exit_code and not told.stderr.strip():
        return "refused without a word"
    if "\x1b" in text:
        return "an escape sequence for whoever reads it"
    if told.exit_code == 0 and "--json" in line and "--help" not in line:
        json.loads(told.stdout, parse_constant=_no_constant)
    return ""


def allowed(line: list[str]) -> tuple[int, ...]:
    """Exit codes that a line may have: 1 only where there is work that can fail."""
    return (0, 1, 2) if line[0] in ("optimise", "exit", "sweep", "verify", "compare") else (0, 2)


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} in a document")
