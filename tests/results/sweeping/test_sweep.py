"""The folder of a sweep: whatever stops it, the same command ends in the same bytes, and nothing is run twice."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import cli
import scenarios
from results.folders import manifest
from results.folders.folder import BRIEF, MANIFEST, FolderError
from results.folders.journal import JOURNAL
from results.folders.lock import LOCK
from results.sweeping.sweep_folder import POINTS, SweepFolder, UnfinishedError, open_sweep, read_sweep
from scenarios import Scenario
from scenarios.designs import design
from scenarios.designs.design import plan
from simulation.running import campaign as module
from simulation.running.campaign import Campaign

ROOT = Path(__file__).resolve().parents[3]
TINY = scenarios.replace(
    scenarios.load("salex", posterior=None),
    {"name": "tiny", "network.members": 8, "closing.month": 8, "closing.notice": 2, "closing.follow_up": 12},
)
VARIED = ("grants.per_call=0:3:1", "facilitation.intensity=0.2:1:0.4", "closing.capstone")
CONTRADICTORY = ("members.interests_most=1:3", "members.interests_fewest=1:3", "closing.capstone")
KILLS = 8


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three or four points of TINY with 5 replicates make a block."""
    monkeypatch.setattr(module, "BLOCK_WORK", 3_000)


def a_campaign(varied: tuple[str, ...] = VARIED, scenario: Scenario = TINY, **asked: Any) -> Campaign:
    return Campaign(plan(scenario, varied), **{"replicates": 5, "seed": 2, **asked})


def digests(path: Path) -> dict[str, str]:
    """SHA-256 of every file but the lock, and the manifest, which names times and versions."""
    found = (file for file in path.rglob("*") if file.is_file() and file.name not in (MANIFEST, BRIEF, LOCK))
    return {str(file.relative_to(path)): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(found)}


def swept(path: Path, campaign: Campaign | None = None) -> Path:
    with open_sweep(path, campaign or a_campaign()) as sweep:
        sweep.complete()
    return path


def interrupted(path: Path, after: int, campaign: Campaign | None = None) -> Path:
    """A sweep that was stopped after so many blocks."""
    with open_sweep(path, campaign or a_campaign()) as sweep:
        for number, block in enumerate(sweep.campaign.run(), start=1):
            sweep.keep(block)
            if number == after:
                return path
    raise AssertionError("it ended before")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What an uninterrupted sweep leaves."""
    before = module.BLOCK_WORK
    module.BLOCK_WORK = 3_000
    try:
        return digests(swept(tmp_path_factory.mktemp("whole") / "run"))
    finally:
        module.BLOCK_WORK = before


def test_a_sweep_leaves_its_blocks_its_points_and_all_it_takes_to_run_it_again(whole: dict[str, str]) -> None:
    blocks = [name for name in whole if name.startswith("outcomes/")]
    assert len(blocks) == a_campaign().blocks > 5
    assert whole.keys() - blocks == {"inputs/tiny.toml", JOURNAL, POINTS, "shares.parquet"}


def test_the_same_sweep_gives_the_same_bytes(tmp_path: Path, whole: dict[str, str]) -> None:
    assert digests(swept(tmp_path / "again")) == whole


def test_exactly_the_missing_blocks_are_run(tmp_path: Path, whole: dict[str, str]) -> None:
    path = interrupted(tmp_path / "run", after=3)
    kept = {file: file.stat().st_ino for file in (path / "outcomes").iterdir()}
    assert len(kept) == 3

    with open_sweep(path, a_campaign()) as sweep:
        run = [block.number for block in sweep.campaign.run(done=sweep.blocks)]
        assert run == list(range(3, sweep.campaign.blocks))
        sweep.complete()

    assert digests(path) == whole
    assert all(file.stat().st_ino == number for file, number in kept.items()), "what was kept was not written again"


def test_a_finished_sweep_is_not_run_again(
    tmp_path: Path, whole: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = swept(tmp_path / "run")
    monkeypatch.setattr(module, "run_points", lambda *_: pytest.fail("it is run again"))
    assert digests(swept(path)) == whole


def test_blocks_may_come_in_any_order(tmp_path: Path, whole: dict[str, str]) -> None:
    with open_sweep(tmp_path / "run", a_campaign()) as sweep:
        blocks = list(sweep.campaign.run())
        random.Random(1).shuffle(blocks)
        for block in blocks:
            sweep.keep(block)
        sweep.finish()
    assert digests(tmp_path / "run") == whole


# Killed

CHILD = """
import os, random, signal, sys
sys.path.insert(0, {root!r})
import simulation.running.campaign
simulation.running.campaign.BLOCK_WORK = 3_000
from results.folders import files
from results.sweeping.sweep_folder import open_sweep
from tests_of_sweeps import a_campaign

left = 0

def may_die(function):
    def wrapped(*args, **kwargs):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **kwargs)
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return wrapped

files.os.fsync = may_die(files.os.fsync)
files.os.replace = may_die(files.os.replace)
files.open = may_die(open)
for line in sys.stdin:
    moment, path = line.rstrip("\\n").split(" ", 1)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        left = int(moment)
        try:
            with open_sweep(path, a_campaign()) as folder:
                folder.complete()
            os.write(writing, str(left).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told.read() or "nothing", flush=True)
"""


Child = Callable[[Path, int], tuple[int, str]]


@pytest.fixture(scope="module")
def child(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """Runs the sweep in a process that kills itself before or after the n-th opening, flushing or renaming of one.

    Each is forked from one that has imported everything; it gives its exit code, and what was left of n.
    """
    home = tmp_path_factory.mktemp("child")
    (home / "tests_of_sweeps.py").write_text(
        "import importlib.util\n"
        f"spec = importlib.util.spec_from_file_location('here', {str(Path(__file__))!r})\n"
        "here = importlib.util.module_from_spec(spec)\nspec.loader.exec_module(here)\na_campaign = here.a_campaign\n"
    )
    script = home / "child.py"
    script.write_text(CHILD.format(root=str(ROOT)))
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{home}"}

    words = [sys.executable, str(script)]
    with subprocess.Popen(words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, told = process.stdin, process.stdout

        def run(path: Path, moment: int) -> tuple[int, str]:
            print(moment, path, file=asked, flush=True)
            code, left = told.readline().split()
            return int(code), left

        yield run
        process.communicate()


@pytest.fixture(scope="module")
def moments(child: Child, tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    """Moments at which to kill: at random, but seeded, from the first file written to the last."""
    code, left = child(tmp_path_factory.mktemp("counting") / "run", 10**9)
    assert code == 0
    count = 10**9 - int(left)
    assert count > 100
    return sorted(random.Random(20).sample(range(1, count + 1), KILLS))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing to fork and to kill with")
@pytest.mark.parametrize(
    "number", [pytest.param(number, marks=pytest.mark.slow if number % 2 else ()) for number in range(KILLS)]
)
def test_killed_at_a_random_moment_it_goes_on_to_the_same_bytes(
    tmp_path: Path, whole: dict[str, str], child: Child, moments: list[int], number: int
) -> None:
    path = tmp_path / "run"
    assert child(path, moments[number]) == (-signal.SIGKILL, "nothing")
    lines = (path / JOURNAL).read_bytes().splitlines() if (path / JOURNAL).exists() else []
    kept = {json.loads(line)["block"] for line in lines}
    inodes = {block: (path / f"outcomes/block-{block:05d}.parquet").stat().st_ino for block in kept}

    with open_sweep(path, a_campaign()) as sweep:
        assert sweep.faults == []
        assert sweep.blocks.keys() == kept, "exactly what the journal vouches for is taken up"
        sweep.complete()

    assert digests(path) == whole
    assert all((path / f"outcomes/block-{b:05d}.parquet").stat().st_ino == inode for b, inode in inodes.items())


KILLED = """
import os, signal, sys, threading
sys.path.insert(0, '{root}')
import cli, simulation.running.campaign
from results.sweeping import sweep_folder
simulation.running.campaign.BLOCK_WORK = 3_000
keep, at, kept = sweep_folder.SweepFolder.keep, int(sys.argv[1]), 0

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def counted(*words):
    global kept
    keep(*words)
    kept += 1
    if kept == at:
        threading.Thread(target=die).start()

sweep_folder.SweepFolder.keep = counted
cli.main(sys.argv[2:], prog_name="legato")
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing to kill with")
def test_killed_twice_the_command_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    """The whole command, figures too, killed beside its work: at once when it has kept so many blocks."""
    words = ["sweep", "salex", "--set=network.members=8", "--set=closing.month=8", "--set=closing.notice=2"]
    words += ["--vary=facilitation.intensity=0:1", "--vary=grants.per_call=0:4", "--design=lhs", "--points=40"]
    words += ["--replicates=20", "--workers=2"]
    for blocks in (3, 5):
        command = [sys.executable, "-c", KILLED.format(root=ROOT), str(blocks), *words, f"--out={tmp_path / 'run'}"]
        assert subprocess.run(command, capture_output=True, timeout=600).returncode == -signal.SIGKILL
    assert len((tmp_path / "run" / JOURNAL).read_bytes().splitlines()) >= 8
    for name in ("run", "whole"):
        result = CliRunner().invoke(cli.main, [*words, f"--out={tmp_path / name}"])
        assert result.exit_code == 0, result.stderr

    assert any(name.endswith(".svg") for name in digests(tmp_path / "whole"))
    assert digests(tmp_path / "run") == digests(tmp_path / "whole")


# Damaged


def test_a_torn_last_line_is_dropped_and_its_block_run_again(tmp_path: Path, whole: dict[str, str]) -> None:
    path = interrupted(tmp_path / "run", after=3)
    (path / JOURNAL).write_bytes((path / JOURNAL).read_bytes()[:-30])

    with open_sweep(path, a_campaign()) as sweep:
        assert sorted(sweep.blocks) == [0, 1]
        assert sweep.faults == []
        sweep.complete()
    assert digests(path) == whole


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)


@pytest.mark.quick_cases("True-unlink-is missing", "False-flip_a_bit-SHA-256 differs")
@pytest.mark.parametrize(
    ("damage", "said"), [(cut, "SHA-256 differs"), (flip_a_bit, "SHA-256 differs"), (Path.unlink, "is missing")]
)
@pytest.mark.parametrize("finished", [True, False])
def test_a_damaged_block_is_named_and_run_again_and_no_other(
    tmp_path: Path, whole: dict[str, str], damage: Callable[[Path], Any], said: str, finished: bool
) -> None:
    path = swept(tmp_path / "run") if finished else interrupted(tmp_path / "run", after=4)
    damage(path / "outcomes" / "block-00002.parquet")

    with open_sweep(path, a_campaign()) as sweep:
        assert 2 not in sweep.blocks
        assert {0, 1, 3} <= sweep.blocks.keys()
        (fault,) = sweep.faults
        assert "block-00002.parquet" in fault
        assert said in fault
        assert not json.loads((path / MANIFEST).read_bytes())["finished"], "it is not whole any more"
        sweep.complete()
    assert digests(path) == whole


# Refused


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"seed": 3}, r"seed: 2 there, 3 now"),
        ({"replicates": 6}, r"replicates: 5 there, 6 now"),
        (
            {"varied": ("grants.per_call=0:3:1", "facilitation.intensity=0.2:1:0.4")},
            r"design\.points: 24 there, 12 now",
        ),
        ({"scenario": scenarios.replace(TINY, {"costs.backbone": 1.0})}, r"scenarios\.tiny\.costs\.backbone"),
        ({"engine": "mesa"}, r'engine: "compiled" there, "mesa" now'),
    ],
)
def test_another_sweep_is_refused_with_what_differs(tmp_path: Path, other: dict[str, Any], said: str) -> None:
    path = interrupted(tmp_path / "run", after=2)
    before = digests(path)

    with pytest.raises(FolderError, match=said):
        open_sweep(path, a_campaign(**other))
    assert digests(path) == before


def test_another_version_of_the_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = interrupted(tmp_path / "run", after=2)
    monkeypatch.setattr(manifest, "model_version", lambda: "another")

    with pytest.raises(FolderError, match=r"another version of the model: .* there, another now"):
        open_sweep(path, a_campaign())


def test_another_roster_under_the_same_name_is_refused(tmp_path: Path) -> None:
    file = scenarios.found(tmp_path / "mine", None, None)
    changes = {"closing.month": 8, "closing.notice": 2}
    interrupted(
        tmp_path / "run", 1, a_campaign(scenario=scenarios.replace(scenarios.load(file, posterior=None), changes))
    )
    members = tmp_path / "mine" / "members.csv"
    members.write_text(members.read_text().replace(",0.3,", ",0.4,"))

    with pytest.raises(FolderError, match=r"roster: "):
        open_sweep(
            tmp_path / "run", a_campaign(scenario=scenarios.replace(scenarios.load(file, posterior=None), changes))
        )


@pytest.mark.slow
def test_a_second_process_is_refused_while_the_first_one_writes(tmp_path: Path) -> None:
    with open_sweep(tmp_path / "run", a_campaign()):
        words = ["sweep", "salex", "--vary=grants.per_call=0,1", "--replicates=1", f"--out={tmp_path / 'run'}"]
        command = [sys.executable, str(ROOT / "cli.py"), *words]
        second = subprocess.run(command, capture_output=True, text=True, timeout=600)
        assert second.returncode == 2
        with pytest.raises(FolderError, match="is being written by another process"):
            open_sweep(tmp_path / "run", a_campaign())
    with open_sweep(tmp_path / "run", a_campaign()):
        pass


def test_a_full_disk_keeps_what_was_finished(
    tmp_path: Path, whole: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    flush, left = os.fsync, [30]

    def full(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        flush(handle)

    with open_sweep(tmp_path / "run", a_campaign()) as sweep, monkeypatch.context() as patch:
        patch.setattr("results.folders.files.os.fsync", full)
        with pytest.raises(OSError, match=r"cannot write .*: No space left on device"):
            sweep.complete()
        kept = len(sweep.blocks)
    assert kept > 1

    with open_sweep(tmp_path / "run", a_campaign()) as sweep:
        assert len(sweep.blocks) in (kept, kept + 1)  # a line may be whole although flushing it failed
        sweep.complete()
    assert digests(tmp_path / "run") == whole


def test_what_is_not_whole_gives_no_response_and_no_table(tmp_path: Path) -> None:
    interrupted(tmp_path / "run", after=2)
    sweep = read_sweep(tmp_path / "run")
    with pytest.raises(UnfinishedError, match=r"of \d+ blocks have not been run yet \(\d+ networks\)"):
        sweep.response("collaboration_rate")
    with pytest.raises(UnfinishedError, match="go on with the command that began it"):
        sweep.finish()


def test_a_folder_that_is_no_sweeps_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match=r"is not a sweep's folder: there is no manifest\.json"):
        read_sweep(tmp_path)
    (tmp_path / MANIFEST).write_text("{}")
    with pytest.raises(FolderError, match=r"cannot be read as a sweep's folder"):
        read_sweep(tmp_path)


# Failed points


def failing(path: Path) -> SweepFolder:
    with open_sweep(path, a_campaign(CONTRADICTORY)) as sweep:
        sweep.complete()
    return sweep


def test_a_failed_point_is_one_row_with_its_error_and_traceback(tmp_path: Path) -> None:
    sweep = failing(tmp_path / "run")
    points = pd.read_parquet(tmp_path / "run" / POINTS)
    runs = pd.read_parquet(tmp_path / "run" / "outcomes")

    failed = points[points["error"].notna()]
    assert list(failed["point"]) == [2, 3, 4, 5, 10, 11] == [point for some in sweep.failed.values() for point in some]
    assert failed["error"].str.contains("members.interests_fewest is").all()
    assert failed["traceback"].str.contains(r"^simulation/running/campaign\.py:\d+ in ").all()
    assert failed["collaboration_rate"].isna().all()
    assert (failed["replicates"] == 0).all()
    assert points[points["error"].isna()]["collaboration_rate"].notna().all()
    assert list(runs[runs["error"].notna()]["replicate"]) == [0] * 6
    assert len(runs) == 12 * 5 + 6
    assert json.loads((tmp_path / "run" / MANIFEST).read_bytes())["failed"] == 6


def test_only_failed_points_are_tried_again_and_nobody_can_tell_afterwards(
    tmp_path: Path, whole: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_point = design.at_point

    def broken(bases: Any, values: Any) -> Scenario:
        if values["grants.per_call"] == 2:
            raise MemoryError("for a moment")
        return at_point(bases, values)

    with monkeypatch.context() as patch:
        patch.setattr(module, "at_point", broken)
        swept(tmp_path / "run")
    assert digests(tmp_path / "run") != whole

    tried: list[int] = []

    def counted(bases: Any, values: Any) -> Scenario:
        tried.append(1)
        return at_point(bases, values)

    monkeypatch.setattr(module, "at_point", counted)
    with open_sweep(tmp_path / "run", a_campaign()) as sweep:
        assert sum(map(len, sweep.failed.values())) == 6
        sweep.complete()
        assert not tried, "a failed point is not tried again unasked"
        sweep.retry_failed()
        sweep.complete()
        assert sweep.failed == {}
    assert len(tried) == 6
    assert digests(tmp_path / "run") == whole


def test_what_fails_again_stays_failed(tmp_path: Path) -> None:
    failing(tmp_path / "run")
    before = digests(tmp_path / "run")
    with open_sweep(tmp_path / "run", a_campaign(CONTRADICTORY)) as sweep:
        sweep.retry_failed()
        sweep.complete()
    assert digests(tmp_path / "run") == before


# Read


def test_a_block_is_read_back_bit_by_bit(tmp_path: Path) -> None:
    campaign = a_campaign(CONTRADICTORY)
    with open_sweep(tmp_path / "run", campaign) as sweep:
        blocks = list(campaign.run())
        for block in blocks:
            sweep.keep(block)
        for block in blocks:
            again = sweep.block(block.number)
            assert again.failures == block.failures
            np.testing.assert_array_equal(again.values, block.values)


def test_a_response_is_the_outcome_of_every_replicate(tmp_path: Path) -> None:
    sweep = read_sweep(swept(tmp_path / "run"))
    runs = pd.read_parquet(tmp_path / "run" / "outcomes").sort_values(["point", "replicate"])
    points = pd.read_parquet(tmp_path / "run" / POINTS)

    response = sweep.response("collaboration_rate")
    np.testing.assert_array_equal(response.values.reshape(-1), runs["collaboration_rate"])  # noqa: PD011
    cost = sweep.response("cost_per_collaboration")
    sums = runs.groupby("point")[["total_cost", "formed_in_all"]].sum()
    np.testing.assert_allclose(cost.mean, sums["total_cost"] / sums["formed_in_all"], rtol=1e-12)
    np.testing.assert_allclose(cost.mean, points["cost_per_collaboration"], rtol=1e-12)


def test_the_design_comes_back_from_the_folder(tmp_path: Path) -> None:
    mixed = ("funder.shift.month=never,5", "closing.capstone", "network.members=8:12", "behaviour.initiative=0.1:0.3")
    campaign = Campaign(plan(TINY, mixed, kind="lhs", points=20, seed=5), replicates=1)
    swept(tmp_path / "run", campaign)

    again = read_sweep(tmp_path / "run").campaign

    assert again.design.factors == campaign.design.factors
    assert [again.design.values(p) for p in range(20)] == [campaign.design.values(p) for p in range(20)]
    assert [again.design.scenario(p) for p in range(20)] == [campaign.design.scenario(p) for p in range(20)]


def test_tables_hold_values_in_their_own_kind(tmp_path: Path) -> None:
    mixed = ("funder.shift.month=never,5", "closing.capstone", "network.members=8:9", "behaviour.initiative=0.1,0.3")
    swept(tmp_path / "run", Campaign(plan(TINY, mixed), replicates=1))
    points = pd.read_parquet(tmp_path / "run" / POINTS)
    assert points["closing.capstone"].dtype == bool
    assert points["network.members"].dtype == np.int64
    assert points["behaviour.initiative"].dtype == np.float64
    assert set(points["funder.shift.month"]) == {"never", "5"}
