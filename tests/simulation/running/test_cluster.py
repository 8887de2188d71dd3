"""A campaign on a cluster: the same bytes as on one machine, also when part of it dies.

A real scheduler and real workers, each a process of its own.
"""

import hashlib
import importlib
import pickle
import signal
import socket
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import cli
import scenarios
from benchmarks.local_cluster import WAIT, LocalCluster
from results.folders.folder import BRIEF, MANIFEST
from results.folders.lock import LOCK
from results.sweeping.sweep_folder import open_sweep
from scenarios import Scenario
from scenarios.designs.design import plan
from scenarios.files.faults import MissingExtraError
from simulation.model_code import model_version
from simulation.outcomes import NAMES
from simulation.own_rules.loading import _NAMED
from simulation.own_rules.trying import named_rules, rules_of
from simulation.running import campaign as module
from simulation.running import cluster
from simulation.running.campaign import Campaign
from simulation.running.cluster import ClusterError, ClusterWorkers
from tests.simulation.browser.pages import HALF

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing to kill with"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:distributed"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # a client whose scheduler died
]

TINY = scenarios.replace(
    scenarios.load("salex", posterior=None),
    {"name": "tiny", "network.members": 8, "closing.month": 8, "closing.notice": 2, "closing.follow_up": 12},
)
VARIED = ("facilitation.intensity=0:1", "grants.per_call=0:3")


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two points of TINY with 40 replicates make a block: some milliseconds of work, and a score of tasks."""
    monkeypatch.setattr(module, "BLOCK_WORK", 10_000)


def a_campaign() -> Campaign:
    campaign = Campaign(plan(TINY, VARIED, kind="lhs", points=40), replicates=40, seed=3)
    assert campaign.blocks >= 20
    return campaign


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], LocalCluster]]:
    started: list[LocalCluster] = []

    def one() -> LocalCluster:
        started.append(LocalCluster(tmp_path))
        return started[-1].wait()

    try:
        yield one
    finally:
        for each in started:
            each.kill()


def digests(path: Path) -> dict[str, str]:
    found = (file for file in path.rglob("*") if file.is_file() and file.name not in (MANIFEST, BRIEF, LOCK))
    return {str(file.relative_to(path)): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(found)}


@pytest.fixture
def here(tmp_path: Path) -> dict[str, str]:
    """What threads on this machine make of it."""
    with open_sweep(tmp_path / "here", a_campaign()) as sweep:
        sweep.complete()
    return digests(tmp_path / "here")


def until(claim: Callable[[], bool]) -> None:
    """Wait until the scheduler says so; five minutes only end what would never come."""
    for _ in range(6000):
        if claim():
            return
        time.sleep(0.05)
    pytest.fail("it never came")


def closed_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{free.getsockname()[1]}"


def test_a_worker_killed_in_the_middle_failed_points_and_other_versions(
    tmp_path: Path, here: dict[str, str], start: Callable[[], LocalCluster], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One cluster for four questions: starting one takes longer than all of them."""
    there = start()
    with open_sweep(tmp_path / "there", a_campaign()) as sweep:
        for number, block in enumerate(sweep.campaign.run(ClusterWorkers(there.address)), start=1):
            sweep.keep(block)
            if number == 3:
                there.workers[0].kill()
        sweep.finish()
    assert there.workers[0].wait(timeout=WAIT) == -signal.SIGKILL
    assert digests(tmp_path / "there") == here

    contradictory = Campaign(plan(TINY, ["members.interests_most=1:3", "members.interests_fewest=1:3"]), 2)
    far, near = list(contradictory.run(ClusterWorkers(there.address))), list(contradictory.run())
    assert [block.failures for block in far] == [block.failures for block in near]
    assert any(block.failures for block in far)

    ruled = Campaign(plan(ruled_in_a_file_that_is_gone(tmp_path), ["grants.per_call=0:3:3"]), 2, engine="mesa")
    far, near = list(ruled.run(ClusterWorkers(there.address))), list(ruled.run())
    assert [hashlib.sha256(block.values.tobytes()).hexdigest() for block in far] == [
        hashlib.sha256(block.values.tobytes()).hexdigest() for block in near
    ]
    assert not any(block.failures for block in far)
    assert all(block.values[:, :, NAMES.index("collaborations_formed")].max() == 0 for block in far)

    monkeypatch.setattr(cluster, "model_version", lambda: "another")
    with pytest.raises(ClusterError, match=r"a worker runs version \w+ of the model, this is another"):
        list(a_campaign().run(ClusterWorkers(there.address)))


def ruled_in_a_file_that_is_gone(folder: Path) -> Scenario:
    """With rules of a file that was named here, where nobody ever has room for work: workers have it by its text."""
    file = folder / "never.py"
    file.write_text("def load(unfunded, funded, funded_load):\n    return 1000.0\n", encoding="utf-8")
    mine = TINY.with_rules(named_rules(file))
    file.unlink()
    return mine


def test_an_order_that_was_sent_carries_the_text_of_its_rules(tmp_path: Path) -> None:
    """Where nobody has named them: whoever sent the order has."""
    ruled = ruled_in_a_file_that_is_gone(tmp_path)
    order = Campaign(plan(ruled, ["grants.per_call=0:3:3"]), 1, engine="mesa").order([0])
    sent = pickle.loads(pickle.dumps(order))
    assert sent.bases["tiny"].rules == ruled.rules
    assert ruled.rules is not None
    _NAMED.discard(ruled.rules.sha256)
    results, _ = cluster.run_order(sent, model_version())
    assert isinstance(results[0], np.ndarray)
    assert results[0][0, NAMES.index("collaborations_formed")] == 0


@pytest.mark.slow
def test_a_sweep_with_rules_on_a_cluster_has_the_bytes_of_one_here(
    tmp_path: Path, start: Callable[[], LocalCluster]
) -> None:
    """Compiled: the workers compile it, or take it from the cache that they share with this machine."""
    campaign = Campaign(plan(TINY.with_rules(rules_of(HALF)), ["grants.per_call=0:3:1"]), 40)
    there = start()
    for where, workers in (("near", None), ("far", ClusterWorkers(there.address))):
        with open_sweep(tmp_path / where, campaign) as sweep:
            sweep.complete(workers)
    assert digests(tmp_path / "far") == digests(tmp_path / "near")


@pytest.mark.slow
def test_what_dead_workers_had_finished_and_not_handed_over_is_run_again(
    tmp_path: Path, here: dict[str, str], start: Callable[[], LocalCluster]
) -> None:
    """Their results are lost, which is not to say that the scheduler is."""
    there = start()
    with open_sweep(tmp_path / "there", a_campaign()) as sweep:
        for number, block in enumerate(sweep.campaign.run(ClusterWorkers(there.address)), start=1):
            sweep.keep(block)
            if number == 3:
                connect: Any = importlib.import_module("distributed").Client
                with connect(there.address, set_as_default=False) as asked:
                    until(lambda: not any(asked.processing().values()))  # what was handed out is finished, and waits
                    for worker in there.workers:
                        worker.kill()
                    until(lambda: not asked.processing())  # and the scheduler has noticed
                there.workers.append(there.another_worker())
        sweep.finish()
    assert digests(tmp_path / "there") == here


@pytest.mark.slow
def test_what_a_killed_scheduler_leaves_is_completed_here_to_the_same_bytes(
    tmp_path: Path, here: dict[str, str], start: Callable[[], LocalCluster]
) -> None:
    there, kept = start(), 0
    with open_sweep(tmp_path / "there", a_campaign()) as sweep:
        with pytest.raises(ClusterError, match=r"went away|does not answer|broke off"):  # noqa: PT012
            for block in sweep.campaign.run(ClusterWorkers(there.address)):
                sweep.keep(block)
                kept += 1
                if kept == 3:
                    there.scheduler.kill()
        assert 3 <= kept < sweep.campaign.blocks
    with open_sweep(tmp_path / "there", a_campaign()) as sweep:
        assert len(sweep.blocks) == kept
        sweep.complete()
    assert digests(tmp_path / "there") == here


def _commands(there: Path) -> list[list[str]]:
    """Every command that runs points, small; the last searches the folder of the first in `there`."""
    small = ["--set=network.members=8", "--set=closing.follow_up=0", "--replicates=20"]
    vary = ["--vary=grants.per_call=0:3:1", "--vary=facilitation.intensity=0:1"]
    found = [["sweep", "salex", *vary, *small, "--design=lhs", "--points=40"]]
    found.append(["compare", "salex", "light-facilitation", "--over=exit", "--futures=4", *small])
    levers = ["--budget=2000000", "--lever=facilitation.intensity", "--trials=4", "--final=20"]
    if find_spec("optuna"):
        found.append(["optimise", "salex", *levers, *small])
    if find_spec("ema_workbench"):
        found.append(["discover", str(there / "sweep"), "--below=0.72", "--boxes=1", "--points=30"])
    return found


@pytest.mark.slow
def test_every_command_that_runs_points_does_so_on_a_cluster(tmp_path: Path, start: Callable[[], LocalCluster]) -> None:
    there = start()
    for words in _commands(tmp_path / "near"):
        for where, how in (("near", []), ("far", [f"--cluster={there.address}"])):
            result = CliRunner().invoke(
                cli.main, [*words, *how, "--no-figures", f"--out={tmp_path / where / words[0]}"]
            )
            assert result.exit_code == 0, result.stderr
        assert digests(tmp_path / "far" / words[0]) == digests(tmp_path / "near" / words[0]), words[0]


def test_no_scheduler_at_the_address_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "SECONDS_TO_CONNECT", 2)
    words = ["sweep", "salex", "--vary=grants.per_call=0,3", "--replicates=2", "--no-figures"]
    result = CliRunner().invoke(cli.main, [*words, f"--cluster={closed_port()}", f"--out={tmp_path / 'run'}"])
    assert result.exit_code == 1
    assert "no scheduler answers at tcp://127.0.0.1:" in result.stderr
    assert "dask scheduler" in result.stderr


@pytest.mark.slow
def test_a_cluster_without_workers_is_waited_for_and_said(
    start: Callable[[], LocalCluster], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    there = start()
    for worker in there.workers:
        worker.kill()
        worker.wait(timeout=WAIT)
    told: list[str] = []

    def tell(text: str) -> None:
        told.append(text)
        there.workers.append(there.another_worker())

    assert len(list(a_campaign().run(ClusterWorkers(there.address, tell)))) == a_campaign().blocks
    (said,) = told
    assert there.address in said
    assert "no workers yet" in said


def test_without_the_extra_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda _name: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'legato-networks\[cluster\]'"):
        list(a_campaign().run(ClusterWorkers("tcp://127.0.0.1:1")))
    result = CliRunner().invoke(cli.main, ["sweep", "salex", "--vary=grants.per_call=0,3", "--cluster=tcp://x:1"])
    assert result.exit_code == 2
    assert "pip install" in result.stderr


def test_threads_here_and_workers_there_are_not_both_asked_for() -> None:
    words = ["sweep", "salex", "--vary=grants.per_call=0,3", "--cluster=tcp://x:1", "--workers=2"]
    result = CliRunner().invoke(cli.main, words)
    assert result.exit_code == 2
    assert "leave one out" in result.stderr
