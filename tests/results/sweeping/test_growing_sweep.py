"""A sweep over a sequence: stopped anywhere, and asked for more later, it is what it would have been at once."""

import json
from pathlib import Path
from typing import Any

import pytest

import scenarios
from results.folders.manifest import FolderError
from results.sweeping.sweep_folder import open_sweep, read_sweep
from scenarios.designs.design import plan
from simulation.running import campaign as module
from simulation.running.campaign import Campaign, Order
from tests.shared import ask, document, points_with_two_grants_fail

SMALL = {"network.members": 8, "closing.month": 8, "closing.notice": 2, "closing.follow_up": 12}
SALEX = scenarios.replace(scenarios.load("salex", posterior=None), SMALL)
SET = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
ASKED = ["sweep", "salex", *SET, "--fixed", "--no-figures", "--replicates", "4", "--design", "sequence",
         "--vary", "facilitation.intensity=0:1", "--vary", "grants.per_call=0:4"]  # fmt: skip


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "BLOCK_WORK", 3_000)


def campaign(points: int, **more: Any) -> Campaign:
    asked = {"kind": "sequence", **more}
    vary = ["facilitation.intensity=0:1", "grants.per_call=0:4"]
    return Campaign(plan(SALEX, vary, points=points, **asked), replicates=4)


def complete(path: str, points: int, **more: Any) -> None:
    with open_sweep(path, campaign(points, **more)) as sweep:
        sweep.complete()


def kept(folder: str) -> dict[str, bytes]:
    """All of it but when it was written, and by whom."""
    there = [path for path in Path(folder).rglob("*") if path.is_file()]
    return {
        str(one.relative_to(folder)): one.read_bytes() for one in there if one.name not in ("manifest.json", ".lock")
    }


def test_a_sequence_that_grew_is_to_the_byte_what_it_is_at_once() -> None:
    assert campaign(40).points_a_block > 1
    assert campaign(40).points_a_block == campaign(7).points_a_block
    complete("at-once", 40)
    for points in (7, 16, 40):
        complete("grown", points)
        found = read_sweep("grown")
        assert (len(found.campaign.design), len(found.blocks)) == (points, found.campaign.blocks)
    assert kept("grown") == kept("at-once")


def test_only_what_is_new_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    complete("grown", 16)
    size, run = campaign(40).points_a_block, list[int]()
    real = module.run_points

    def noted(order: Order, stop: Any = None) -> Any:
        run.extend(order.points)
        return real(order, stop)

    monkeypatch.setattr(module, "run_points", noted)
    complete("grown", 40)
    assert sorted(run) == list(range(16 // size * size, 40)), "from the first block that was not full"


def test_what_is_another_sequence_or_less_of_it_is_refused() -> None:
    complete("grown", 16)
    before = kept("grown")
    for other in (campaign(40, seed=2), campaign(8), campaign(40, kind="lhs"),
                  campaign(40, where=["facilitation.intensity < 0.5"])):  # fmt: skip
        with pytest.raises(FolderError, match="holds a run with other inputs"):
            open_sweep("grown", other)
    assert kept("grown") == before


def test_the_command_goes_on_with_more_points_and_says_so() -> None:
    document(*ASKED, "--points", "10", "--out", "made")
    assert document("sweep --plan", *ASKED[1:], "--points", "30", "--out", "made")["plan"]["kept"] > 0
    grown = ask(*ASKED, "--points", "30", "--out", "made")
    assert grown.exit_code == 0
    assert "made goes on: 10 points were asked for, and now 30." in grown.stderr
    assert "Over 30 points" in grown.stdout
    assert ask("verify", "made").exit_code == 0
    assert ask("reproduce", "made", "--out", "again").exit_code == 0
    less = ask(*ASKED, "--points", "20", "--out", "made")
    assert less.exit_code == 2
    assert "design.points: 30 there, 20 now" in less.stderr


def test_points_that_failed_fail_again_or_are_mended_whether_it_grew_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as failing:
        points_with_two_grants_fail(failing)
        first = ask(*ASKED, "--points", "16", "--out", "made")
        assert first.exit_code == 1
        assert ask(*ASKED, "--points", "24", "--out", "made").exit_code == 1
        so_far = json.loads(ask("sweep", "made", "--json").stdout)
        assert so_far["failed"] > 0
        assert [row["point"] for row in so_far["rows"] if row["error"]]
    mended = ask(*ASKED, "--points", "24", "--out", "made", "--retry-failed")
    assert mended.exit_code == 0, mended.stderr
    assert ask(*ASKED, "--points", "24", "--out", "at-once").exit_code == 0
    assert kept("made")["points.parquet"] == kept("at-once")["points.parquet"]


def test_a_power_cut_while_it_grows_loses_nothing() -> None:
    """The manifest speaks of 40 points already, and the table of shares still of 16."""
    complete("grown", 16)
    shares = Path("grown/shares.parquet").read_bytes()
    open_sweep("grown", campaign(40)).folder.release()
    Path("grown/shares.parquet").write_bytes(shares)
    with pytest.raises(FolderError, match=r"has 16 points, and the manifest 40: .*ask for them again"):
        read_sweep("grown")
    complete("grown", 40)
    complete("at-once", 40)
    assert kept("grown") == kept("at-once")
