"""What is finished is kept: an interrupted run goes on where it was, and nobody can tell afterwards."""

import json
from collections.abc import Callable
from functools import partial
from math import inf, nan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios
import simulation
from results import store
from results.comparing.inquiry import Inquiry
from results.folders import journal, manifest
from results.folders import kept_blocks as keeping
from results.folders.block_files import read_blocks, read_firsts, write_blocks
from results.folders.files import write
from results.folders.journal import JOURNAL
from results.folders.kept_blocks import Keeper
from simulation import Block
from simulation.outcomes import MONTHLY_NAMES, NAMES
from simulation.running.ensemble import block_size

SALEX = scenarios.load("salex", posterior=None)
SHORT = scenarios.replace(SALEX, {"network.months": 5, "closing.month": "never", "closing.notice": 0})
SIZE = block_size(SHORT)
REPLICATES = 3 * SIZE + 7


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every block by itself, however quickly it was done."""
    monkeypatch.setattr(keeping, "SECONDS", 0.0)


def block(first: int, replicates: int = 3, kept: int = 2) -> Block:
    luck = np.random.default_rng(first)
    values = luck.random((replicates, len(NAMES)))
    values[0, :4] = nan, -0.0, inf, 5e-324
    values[0, 4:5].view(np.uint64)[0] = 0x7FF8_0000_0000_0123  # a nan with something in it
    months = luck.random((kept, 6, len(MONTHLY_NAMES)))
    return Block(first, values, luck.random((6, len(MONTHLY_NAMES))), months)


def bits(one: Block) -> tuple[Any, ...]:
    arrays = one.values, one.sum_months, one.kept_months
    return (one.first, *((array.shape, array.tobytes()) for array in arrays))


def same(one: simulation.Ensemble, other: simulation.Ensemble) -> bool:
    arrays = ("values", "sum_months", "kept_months")
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in arrays)


def recalled(folder: Path) -> Keeper:
    keeper = Keeper(folder)
    keeper.recall()
    return keeper


def work(keeper: Keeper, replicates: int = REPLICATES) -> tuple[simulation.Ensemble, list[int]]:
    """Run SHORT with what is known; the ensemble, and the first replicates of the blocks that had to be run."""
    new: list[int] = []

    def keep(one: Block) -> None:
        keeper.keep("salex", one)
        new.append(one.first)

    known = keeper.known("salex")
    return simulation.run(SHORT, replicates=replicates, known=known, keep=keep), new


@pytest.fixture(scope="module")
def whole() -> simulation.Ensemble:
    return simulation.run(SHORT, replicates=REPLICATES)


@pytest.fixture
def interrupted(tmp_path: Path) -> Path:
    """A folder in which the first three blocks are kept."""
    assert work(Keeper(tmp_path), 3 * SIZE)[1] == [0, SIZE, 2 * SIZE]
    return tmp_path


def test_blocks_are_read_back_bit_by_bit(tmp_path: Path) -> None:
    blocks = [block(0), block(3), block(6, replicates=1, kept=1), block(7, kept=0)]

    write(tmp_path / "some", partial(write_blocks, blocks))

    assert read_firsts(tmp_path / "some") == [0, 3, 6, 7]
    assert [bits(one) for one in read_blocks(tmp_path / "some").values()] == [bits(one) for one in blocks]


def test_the_same_blocks_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write(tmp_path / name, partial(write_blocks, [block(0), block(3)]))

    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_an_interrupted_run_goes_on_and_ends_the_same(interrupted: Path, whole: simulation.Ensemble) -> None:
    keeper = recalled(interrupted)
    assert (keeper.faults, keeper.replicates) == ([], 3 * SIZE)

    resumed, new = work(keeper)

    assert new == [3 * SIZE], "only what was not finished is run"
    assert same(resumed, whole)
    assert work(recalled(interrupted))[1] == [], "and then nothing is left to run"


def test_a_torn_last_line_is_dropped_and_its_blocks_run_again(interrupted: Path, whole: simulation.Ensemble) -> None:
    written = interrupted / JOURNAL
    written.write_bytes(written.read_bytes()[:-20])

    keeper = recalled(interrupted)
    resumed, new = work(keeper)

    assert keeper.faults == [], "a line that was being written is nobody's fault"
    assert new == [2 * SIZE, 3 * SIZE]
    assert same(resumed, whole)
    assert all(json.loads(line) for line in written.read_bytes().splitlines()), "what follows is on lines of its own"


def test_a_journal_of_one_torn_line_is_empty(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_bytes(b'{"scenario": "sal')

    keeper = recalled(tmp_path)
    assert (dict(keeper.known("salex")), keeper.faults) == ({}, [])
    assert (tmp_path / JOURNAL).read_bytes() == b""


def damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "said"), [(damage, "(its SHA-256 differs); it is run again"), (Path.unlink, "is missing; it is run again")]
)
def test_a_damaged_or_missing_file_is_named_and_run_again(
    interrupted: Path, whole: simulation.Ensemble, harm: Callable[[Path], None], said: str
) -> None:
    harm(interrupted / "blocks" / f"salex-{SIZE}.parquet")

    keeper = recalled(interrupted)
    resumed, new = work(keeper)

    (fault,) = keeper.faults
    assert f"salex-{SIZE}.parquet" in fault
    assert fault.endswith(said)
    assert new == [SIZE, 3 * SIZE]
    assert same(resumed, whole)
    assert recalled(interrupted).faults == [], "the file that was run again is the one that counts"


def test_a_line_that_cannot_be_read_is_named_with_its_number(interrupted: Path) -> None:
    written = interrupted / JOURNAL
    lines = written.read_bytes().splitlines(keepends=True)
    written.write_bytes(lines[0] + b"[]\n" + lines[1] + b"\xff\n")

    keeper = recalled(interrupted)

    assert [fault.split(" of ")[0] for fault in keeper.faults] == ["line 2", "line 4"]
    assert sorted(keeper.known("salex")) == [0, SIZE]


def test_a_file_without_its_line_was_not_finished(interrupted: Path) -> None:
    """The machine stopped between the two."""
    written = interrupted / JOURNAL
    written.write_bytes(b"".join(written.read_bytes().splitlines(keepends=True)[:-1]))

    assert sorted(recalled(interrupted).known("salex")) == [0, SIZE]


def test_what_was_finished_within_a_second_is_kept_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "SECONDS", 1.0)
    now = [10.0]
    monkeypatch.setattr(keeping, "monotonic", lambda: now[0])
    keeper = Keeper(tmp_path)

    for first in (0, 3, 6):
        keeper.keep("salex", block(first))
    assert not (tmp_path / "blocks").exists()
    now[0] = 11.0
    keeper.keep("other", block(0))
    keeper.keep("other", block(3))

    files = {file.name: read_firsts(file) for file in (tmp_path / "blocks").iterdir()}
    assert files == {"salex-0.parquet": [0, 3, 6], "other-0.parquet": [0]}
    keeper.flush()
    assert sorted(recalled(tmp_path).known("other")) == [0, 3]
    assert keeper.replicates == recalled(tmp_path).replicates == 15


def test_an_interruption_while_keeping_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_path: Path, _content: bytes) -> None:
        raise KeyboardInterrupt

    keeper = Keeper(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(journal, "append", interrupted)
        with pytest.raises(KeyboardInterrupt):
            keeper.keep("salex", block(0))
    assert keeper.replicates == 0

    keeper.flush()
    assert bits(recalled(tmp_path).known("salex")[0]) == bits(block(0))


def inquiry(**asked: Any) -> Inquiry:
    return Inquiry("run", (SHORT,), "salex", **{"seed": 1, "replicates": 2 * SIZE, **asked})


def begin(folder: Path, asked: Inquiry) -> None:
    """Run, and be interrupted before anything is written."""
    with store.open_folder(folder, asked.inputs, []) as opened:
        asked.simulate(lambda _: None, opened.kept)


def test_a_wanted_precision_goes_on_too(tmp_path: Path) -> None:
    asked = inquiry(replicates=100, precision=0.007)
    begin(tmp_path, asked)

    with store.open_folder(tmp_path, asked.inputs, []) as opened:
        assert opened.kept.replicates > 100, "several batches were run"
        kept = opened.kept.replicates
        (resumed,), reached = asked.simulate(lambda _: None, opened.kept)
        assert opened.kept.replicates == kept, "nothing was run again"
    (anew,), same_reached = asked.simulate(lambda _: None)

    assert reached == same_reached
    assert same(resumed, anew)


def test_a_finished_run_is_written_from_scratch(tmp_path: Path) -> None:
    asked = inquiry()
    with store.open_folder(tmp_path, asked.inputs, []) as opened:
        ensembles, _ = asked.simulate(lambda _: None, opened.kept)
        assert list((tmp_path / "blocks").iterdir())
        opened.finish(ensembles, {})
    assert not (tmp_path / "blocks").exists(), "they stand in the tables"

    with store.open_folder(tmp_path, asked.inputs, []) as opened:
        assert (opened.kept.replicates, opened.kept.faults) == (0, [])
        assert not (tmp_path / JOURNAL).exists()


def test_a_folder_begun_with_another_version_of_the_model_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = inquiry()
    begin(tmp_path, asked)
    monkeypatch.setattr(manifest, "model_version", lambda: "another")

    with pytest.raises(store.FolderError, match=r"begun with another version of the model: .* there, another now"):
        store.open_folder(tmp_path, asked.inputs, [])
    assert list((tmp_path / "blocks").iterdir()), "what was kept stays"


def test_another_kind_of_processor_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = inquiry()
    begin(tmp_path, asked)
    monkeypatch.setattr(manifest, "machine_kind", lambda: "another")

    with store.open_folder(tmp_path, asked.inputs, []) as opened:
        assert opened.kept.replicates == 2 * SIZE
        assert "may not be to the byte" in opened.kept.faults[0]
