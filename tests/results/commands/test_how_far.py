"""How far work is, in lines: for logs and schedulers, now and then, and never by the clock of the machine."""

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from results.commands.how_far import EVERY, HowFar, in_lines
from results.commands.notebook import Notebook
from tests.shared import ask

SMALL = {"network.members": 8, "closing.month": 8, "closing.notice": 2, "closing.follow_up": 12}
SET = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
SWEEP = ["sweep", "salex", *SET, "--fixed", "--no-figures", "--replicates", "4", "--vary", "grants.per_call=0:2:1"]


def clock(step: float) -> Callable[[], float]:
    """Each look at it finds it so many seconds later."""
    ticks = count()
    return lambda: next(ticks) * step


def lines(total: int | None, steps: int, seconds: float, **more: Any) -> list[str]:
    """What is written of so many steps, one every so many seconds."""
    said: list[str] = []
    with in_lines(total, "networks", said.append, clock=clock(seconds), **more) as advance:
        for _ in range(steps):
            advance(10)
    return said


def test_work_that_is_done_soon_is_not_spoken_of() -> None:
    assert lines(50, 5, EVERY / 10) == []


def test_a_line_says_how_much_is_done_and_how_long_the_rest_will_take() -> None:
    said = lines(100, 10, EVERY)
    for line, done, left in (
        (said[0], "10 of 100 networks (10 %)", "4.5 min"),
        (said[4], "50 of 100 networks", "2.5 min"),
    ):
        assert line.startswith(done)
        assert f"{left} left" in line
    assert "100 of 100 networks (100 %)" in said[-1]
    assert "left" not in said[-1]


def test_lines_grow_rarer_so_that_a_day_fills_no_log() -> None:
    """A line every second would be 86,400 of them, one every 30 seconds 2,880; each 2 % of the time, a few hundred."""
    said = lines(864_000, 86_400, 1.0)
    assert 200 < len(said) < 400


def test_what_is_known_of_points_is_said_too() -> None:
    known = HowFar(300, 1200, "networks", 60.0, {"points": 3, "of_points": 12, "failed": 1})
    for words in ("300 of 1,200 networks (25 %)", "3 of 12 points", "1 failed", "3.0 min left"):
        assert words in known.line
    assert known.document == {
        "event": "progress", "what": "networks", "done": 300, "of": 1200, "points": 3, "of_points": 12, "failed": 1,
        "seconds": 60.0, "seconds_left": 180.0,
    }  # fmt: skip
    assert HowFar(7, None, "sets of parameters", 5.0).line == "7 sets of parameters"
    assert HowFar(0, 10, "networks", 5.0).left is None


def test_more_than_was_thought_is_no_more_than_all() -> None:
    assert lines(15, 2, EVERY)[-1].startswith("20 of 20 networks (100 %)")


def test_who_asks_for_lines_gets_one_at_the_end_of_any_work() -> None:
    assert lines(10, 1, 0.001, to_the_end=True)[-1].startswith("10 of 10 networks")
    (last,) = lines(10, 1, 0.001, to_the_end=True, as_json=True)
    assert json.loads(last)["done"] == 10


def test_work_that_fails_has_no_last_line() -> None:
    said: list[str] = []

    def fails() -> None:
        with in_lines(3, "networks", said.append, to_the_end=True):
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert said == []


@pytest.fixture
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_elsewhere")
def test_a_command_tells_a_scheduler_in_json_on_standard_error() -> None:
    told = ask(*SWEEP, "--progress", "json", "--json", "--out", "made")
    assert told.exit_code == 0
    assert json.loads(told.stdout)["points"] == 3
    last = json.loads(told.stderr.splitlines()[-1])
    assert {key: last[key] for key in ("event", "what", "done", "of", "points", "of_points", "failed")} == {
        "event": "progress", "what": "networks", "done": 12, "of": 12, "points": 3, "of_points": 3, "failed": 0,
    }  # fmt: skip
    by_environment = ask(*SWEEP, LEGATO_PROGRESS="lines")
    assert "12 of 12 networks (100 %); 3 of 3 points kept" in by_environment.stderr
    assert ask(*SWEEP, "--progress", "off").stderr == ""
    refused = ask(*SWEEP, "--progress", "line")
    assert (refused.exit_code, "did you mean lines?" in refused.stderr) == (2, True)
    assert ask("sensitivity", "made", "--progress", "off").stderr.count("leave --progress out") == 0


@pytest.mark.usefixtures("_elsewhere")
def test_a_script_gets_lines_where_it_asks_for_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Notebook(clock(60.0)).progress(20) as advance:
        advance(10)
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("LEGATO_PROGRESS", "lines")
    with Notebook(clock(60.0)).progress(20) as advance:
        advance(10)
        advance(10)
    first, *_, last = capsys.readouterr().err.splitlines()
    assert "10 of 20 networks (50 %)" in first
    assert "20 of 20 networks (100 %)" in last
