"""A sweep that is running or was stopped can be read: what is whole of it, and what that is good for."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import sleep
from typing import Any

import jsonschema
import numpy as np
import pytest

import cli
import results
import scenarios
from results.commands.json_schemas import BY_COMMAND
from results.folders.journal import JOURNAL
from results.folders.manifest import FolderError
from results.sweeping.so_far import read_so_far
from results.sweeping.sweep_folder import open_sweep
from scenarios.designs.design import plan
from scenarios.files.faults import RequestError
from simulation.running import campaign as module
from simulation.running.campaign import Campaign
from terminal.interruption import farewell
from tests.shared import ask

SMALL = {"network.members": 8, "closing.month": 8, "closing.notice": 2, "closing.follow_up": 12}
SALEX = scenarios.replace(scenarios.load("salex", posterior=None), SMALL)
VARY = ["facilitation.intensity=0.2:1:0.2", "grants.per_call=0:4:1"]
RANGES = ["facilitation.intensity=0.2:1", "grants.per_call=0:4"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "BLOCK_WORK", 3_000)


def begun(kind: Any, blocks: list[int], points: int | None = 30) -> Campaign:
    """A sweep in `made`, of which some blocks are finished; nobody writes there any more."""
    vary = VARY if kind == "grid" else RANGES
    campaign = Campaign(plan(SALEX, vary, kind=kind, points=None if kind == "grid" else points), replicates=4)
    with open_sweep("made", campaign) as sweep:
        for block in campaign.run(done=[one for one in range(campaign.blocks) if one not in blocks]):
            sweep.keep(block)
    return campaign


def files() -> dict[str, tuple[bytes, int]]:
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in Path("made").rglob("*") if path.is_file()
    }


def test_what_is_whole_is_read_and_nothing_is_changed() -> None:
    campaign = begun("lhs", [0, 2])
    with open(Path("made", JOURNAL), "ab") as journal:
        journal.write(b'{"block": 1, "fir')  # another process is writing it
    Path("made/outcomes/.block-00001.parquet.partial").write_bytes(b"PAR1")
    before = files()

    found = read_so_far("made")

    points = [*campaign.points_of(0), *campaign.points_of(2)]
    assert (found.points.tolist(), found.of, found.is_whole) == (points, 30, False)
    assert np.array_equal(found.design.shares, campaign.design.shares[points])
    values = found.response("trust").values
    for place, point in enumerate(points):
        networks = results.Run(campaign.design.scenario(point), replicates=4, figures=False, out=f"run-{point}")
        if place in (0, len(points) - 1):
            frame = networks.answer().to_frame("outcomes")
            assert values[place].tolist() == frame["trust"].tolist()
    assert files() == before


def test_of_a_sequence_the_points_without_a_gap_are_a_design_by_themselves() -> None:
    campaign = begun("sequence", [0, 1, 3])
    found = read_so_far("made")
    count = len(campaign.points_of(0)) + len(campaign.points_of(1))
    assert (found.points.tolist(), found.design.kind, found.design.size) == (list(range(count)), "sequence", count)
    assert "design by themselves" in found.order


@pytest.mark.parametrize(
    ("kind", "words"),
    [("lhs", "as chance would"), ("grid", "a whole part of it is missing"), ("morris", "need all of them")],
)
def test_what_a_part_is_good_for_depends_on_its_order(kind: str, words: str) -> None:
    begun(kind, [0])
    found = json.loads(ask("sweep", "made", "--json").stdout)
    jsonschema.Draft202012Validator(BY_COMMAND["sweep RUN"]).validate(found)
    assert words in found["so_far"]["order"]
    assert found["so_far"]["points"] < found["so_far"]["of"]
    assert found["points"] == found["so_far"]["points"] == len(found["rows"])
    told = ask("sweep", "made")
    assert (told.exit_code, told.stderr) == (0, "")
    assert f"{found['so_far']['points']} of {found['so_far']['of']} points so far" in " ".join(told.stdout.split())


def test_while_it_runs_it_is_read_without_its_lock_and_drawn_elsewhere() -> None:
    campaign = Campaign(plan(SALEX, RANGES, kind="sequence", points=30), replicates=4)
    with open_sweep("made", campaign) as sweep:
        with pytest.raises(FolderError, match="no block of points is finished yet"):
            read_so_far("made")
        for block in islice(campaign.run(), 2):
            sweep.keep(block)
        before = files()
        told = ask("sweep", "made", "--out", "drawn", "--outcome", "trust")
        assert told.exit_code == 0
        assert "Figures: drawn" in told.stdout
        assert {"effects-trust.svg", "heat-map-trust.png"} <= {path.name for path in Path("drawn").iterdir()}
        assert files() == before
        sweep.complete()  # whoever writes it is not disturbed
    assert "All 30 points are there." in ask("sweep", "made").stdout


def test_given_data_of_a_part_are_analysed_and_said_to_be_a_part() -> None:
    begun("sequence", list(range(20)), points=100)
    so_far = len(read_so_far("made").points)
    told = ask("sensitivity", "made", "--no-figures", "--out", "analysed")
    assert told.exit_code == 0, told.stderr
    assert f"{so_far} of 100 points so far. The first points of a sequence" in " ".join(told.stdout.split())
    assert ask("verify", "analysed").exit_code == 0
    begun("sequence", list(range(22)), points=100)
    later = ask("verify", "analysed")
    assert later.exit_code == 1
    assert "has others by now" in " ".join(later.stdout.split())


def test_of_a_part_of_a_grid_it_is_said_that_a_whole_part_is_missing() -> None:
    campaign = Campaign(plan(SALEX, ["facilitation.intensity=0.2:1:0.1", "grants.per_call=0:8:1"]), replicates=4)
    with open_sweep("made", campaign) as sweep:
        for block in islice(campaign.run(), campaign.blocks // 2):
            sweep.keep(block)
    told = ask("sensitivity", "made", "--no-figures")
    assert told.exit_code == 0, told.stderr
    assert "a whole part of it is missing" in " ".join(told.stdout.split())


def test_what_cannot_be_read_in_part_and_what_is_settled_is_refused() -> None:
    begun("morris", [0])
    told = ask("sensitivity", "made").stderr
    assert "have not been run yet" in told
    assert "legato sweep made" in told
    for more in (["--vary", "grants.per_call"], ["--points", "9"], ["--plan"]):
        refused = ask("sweep", "made", *more)
        assert refused.exit_code == 2
        assert f"leave {more[0]} out" in " ".join(refused.stderr.split())
    assert "name another one" in ask("sweep", "made", "--out", "made").stderr
    with pytest.raises(RequestError, match="so_far"):
        results.Sweep("made").answer()
    with pytest.raises(RequestError, match="name its folder"):
        results.Sweep("salex", vary=RANGES).so_far()
    assert results.Sweep("made", outcomes="trust").so_far().responses["trust"].design.kind == "points"


@pytest.fixture
def running(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that sweeps, which has finished a block or two."""
    words = [sys.executable, cli.__file__, "sweep", "salex", "--design", "sequence", "--points", "4000", "--fixed"]
    words += ["--replicates", "40", "--workers", "1", "--out", "made", "--vary", RANGES[0], "--vary", RANGES[1]]
    process = subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        journal = tmp_path / "made" / JOURNAL
        while process.poll() is None and not (journal.exists() and journal.read_bytes().count(b"\n") >= 2):
            sleep(0.1)
        assert process.poll() is None, "it has to be running still"
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_a_process_that_runs_and_is_killed_is_read_before_and_after(
    running: "subprocess.Popen[bytes]", monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.undo()  # blocks are as large as the process makes them
    folder = tmp_path / "made"
    first = read_so_far(folder)
    assert 0 < len(first.points) < 4000
    assert np.isfinite(first.response("trust").values).all()
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    after = read_so_far(folder)
    assert len(after.points) >= len(first.points)
    assert ask("sweep", str(folder)).exit_code == 0


def test_who_stops_a_sweep_is_told_how_to_go_on_and_how_to_read_it() -> None:
    told = farewell(["legato", "sweep", "salex"], Path("runs/a b"), 40, 100).splitlines()
    assert told[0].endswith("To go on: legato sweep salex --out 'runs/a b'")
    assert told[1].endswith("legato sweep 'runs/a b'")
    assert len(farewell(["legato", "run", "salex"], Path("runs/a"), 40, 100).splitlines()) == 1
