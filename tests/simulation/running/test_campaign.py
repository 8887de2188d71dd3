"""A campaign: the points of a design, run anywhere, in any order, to the same numbers."""

import gc
import time
import weakref
from collections.abc import Iterator, Mapping
from threading import Event, Lock, active_count
from typing import Any

import numpy as np
import pytest

import scenarios
import simulation
from results.estimates.comparison import estimate
from results.sweeping.block_tables import point_columns
from scenarios import Scenario
from scenarios.designs.design import Design, plan
from simulation.outcomes import NAMES
from simulation.running import campaign as module
from simulation.running import ensemble
from simulation.running.campaign import Campaign, Order, PointBlock, PointResult, ThreadWorkers

TINY = scenarios.replace(
    scenarios.load("salex", posterior=None),
    {"name": "tiny", "network.members": 8, "closing.month": 8, "closing.notice": 2, "closing.follow_up": 12},
)
VARIED = ("grants.per_call=0:3:1", "facilitation.intensity=0.2:1:0.4", "closing.capstone")
CONTRADICTORY = ("members.interests_most=1:3", "members.interests_fewest=1:3")


@pytest.fixture
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three or four points of TINY with 5 replicates make a block."""
    monkeypatch.setattr(module, "BLOCK_WORK", 3_000)


def blocks_of(campaign: Campaign, workers: int = 2, **asked: Any) -> dict[int, PointBlock]:
    return {block.number: block for block in campaign.run(ThreadWorkers(workers), **asked)}


def same(one: Mapping[int, PointBlock], other: Mapping[int, PointBlock]) -> bool:
    return one.keys() == other.keys() and all(
        one[number].values.tobytes() == other[number].values.tobytes()
        and one[number].failures == other[number].failures
        and one[number].first == other[number].first
        for number in one
    )


@pytest.mark.usefixtures("_small_blocks")
def test_a_points_rows_are_those_of_its_scenario_run_alone() -> None:
    campaign = Campaign(plan(TINY, VARIED), replicates=5, seed=3)
    assert campaign.blocks > 3

    for block in campaign.run():
        for place, point in enumerate(block.points):
            alone = simulation.run(campaign.design.scenario(point), seed=3, replicates=5)
            assert block.values[place].tobytes() == alone.values.tobytes()


@pytest.mark.usefixtures("_small_blocks")
def test_blocks_cover_every_point_once_in_order() -> None:
    campaign = Campaign(plan(TINY, VARIED), replicates=5)
    points = [point for block in range(campaign.blocks) for point in campaign.points_of(block)]
    assert points == list(range(24))


@pytest.mark.usefixtures("_small_blocks")
@pytest.mark.parametrize("workers", [1, 2, 5])
def test_any_number_of_threads_gives_the_same_bytes(workers: int) -> None:
    campaign = Campaign(plan(TINY, VARIED), replicates=5)
    assert same(blocks_of(campaign, workers), blocks_of(campaign))


@pytest.mark.usefixtures("_small_blocks")
def test_blocks_that_are_done_are_not_run_again() -> None:
    campaign = Campaign(plan(TINY, VARIED), replicates=5)
    whole = blocks_of(campaign)

    rest = blocks_of(campaign, done={0, 2})

    assert rest.keys() == whole.keys() - {0, 2}
    assert same({0: whole[0], 2: whole[2], **rest}, whole)


def test_the_size_of_blocks_changes_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    design = plan(TINY, VARIED)
    whole = np.concatenate([block.values for block in Campaign(design, replicates=5).run()])
    for work in (1, 1_000, 50_000):
        monkeypatch.setattr(module, "BLOCK_WORK", work)
        cut = sorted(Campaign(design, replicates=5).run(), key=lambda block: block.number)
        assert np.concatenate([block.values for block in cut]).tobytes() == whole.tobytes()


def test_where_blocks_end_does_not_depend_on_who_runs_them() -> None:
    """A second of work or more, and never more than MOST_BLOCKS files."""
    salex = Campaign(
        plan(scenarios.load("salex", posterior=None), ["grants.per_call=0:4", "facilitation.intensity"], kind="lhs"),
        100,
    )
    assert 3_000_000 <= salex.work * salex.points_a_block < 3_000_000 + salex.work

    many = plan(TINY, ["facilitation.intensity=0:1"], kind="lhs", points=200_000)
    assert Campaign(many, 1).blocks <= module.MOST_BLOCKS


def test_the_mesa_model_gives_the_same_to_nine_digits() -> None:
    design = plan(TINY, ["grants.per_call=0,3"])
    compiled, mesa = (next(Campaign(design, 3, engine=engine).run()) for engine in ("compiled", "mesa"))
    np.testing.assert_allclose(mesa.values, compiled.values, rtol=1e-9)


def test_the_luck_is_the_same_at_every_point() -> None:
    """A factor that nothing depends on, before the closing, changes no outcome of the reporting month."""
    design = plan(TINY, ["closing.follow_up=12:14"])
    (block,) = Campaign(design, 4).run()
    column = NAMES.index("collaboration_rate")
    assert (block.values[:, :, column] == block.values[0, :, column]).all()


def test_a_contradictory_point_fails_and_the_others_are_whole() -> None:
    (block,) = Campaign(plan(TINY, CONTRADICTORY), 3).run()

    assert sorted(block.failures) == [1, 2, 5]
    failure = block.failures[1]
    assert failure.error.startswith("ScenarioError: ")
    assert "members.interests_fewest is 2" in failure.error
    assert failure.traceback.splitlines()[0].startswith("simulation/running/campaign.py:")
    assert " in " in failure.traceback
    assert not any(line.startswith("/") for line in failure.traceback.splitlines()), "no machine's paths"
    failed = np.isin(np.arange(9), [1, 2, 5])
    assert np.isnan(block.values[failed]).all()
    assert not np.isnan(block.values[~failed][:, :, 0]).any()


def test_an_error_in_the_engine_fails_its_point_only(monkeypatch: pytest.MonkeyPatch) -> None:
    runner = ensemble.block_runner

    def broken(scenario: Scenario, *about: Any) -> Any:
        if scenario.grants.per_call == 2:
            raise ZeroDivisionError("of a rule")
        return runner(scenario, *about)

    monkeypatch.setattr(module, "block_runner", broken)
    (block,) = Campaign(plan(TINY, ["grants.per_call=0:3:1"]), 3).run()
    assert {point: failure.error for point, failure in block.failures.items()} == {2: "ZeroDivisionError: of a rule"}


def test_a_point_that_would_not_fit_fails_with_the_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulation.running.memory.bytes_free", lambda: 1_000)
    (block,) = Campaign(plan(TINY, ["grants.per_call=0,3"]), 3).run()
    assert all("Ask for fewer replicates" in failure.error for failure in block.failures.values())


@pytest.mark.parametrize("replicates", [1, 2, 9])
def test_a_points_estimates_are_those_of_one_scenario_alone(replicates: int) -> None:
    """Ratios, missing outcomes and a single replicate among them; `comparison` adds exactly, this one after another."""
    design = plan(TINY, ["grants.per_call=0,3", "facilitation.intensity=0,0.6", "closing.month=8,never"])
    (block,) = Campaign(design, replicates).run()
    columns = point_columns(design, block)

    missing = 0
    for point in block.points:
        alone = simulation.run(design.scenario(point), replicates=replicates)
        for name in NAMES:
            expected = estimate(alone, name)
            found = [columns[f"{name}{end}"][point] for end in ("", "_low", "_high")]
            wanted = [expected.mean, expected.low, expected.high]
            np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-9, err_msg=f"{name} at {point}")  # type: ignore[arg-type]
            missing += np.isnan(expected.mean)
    assert missing, "some outcomes are missing somewhere, or this would prove less than it says"


@pytest.mark.slow
@pytest.mark.usefixtures("_small_blocks")
def test_a_campaign_holds_a_few_blocks_however_long_it_is() -> None:
    campaign = Campaign(plan(TINY, ["facilitation.intensity=0:1"], kind="lhs", points=200), 5)
    alive: list[weakref.ref[PointBlock]] = []
    most = 0
    gc.collect()
    gc.freeze()  # what was there before need not be looked through at every block
    try:
        for block in campaign.run(ThreadWorkers(2)):
            alive.append(weakref.ref(block))
            gc.collect()
            most = max(most, sum(one() is not None for one in alive))
    finally:
        gc.unfreeze()
    assert len(alive) > 30
    assert most <= 2


@pytest.mark.usefixtures("_small_blocks")
def test_a_campaign_that_is_left_stops_its_threads() -> None:
    before = active_count()
    blocks: Iterator[PointBlock] = iter(Campaign(plan(TINY, VARIED), 5).run(ThreadWorkers(3)))
    next(blocks)
    blocks.close()  # type: ignore[attr-defined]
    assert active_count() == before


def test_an_interruption_gives_up_the_points_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """A point may take hours, with very many replicates; Ctrl-C waits for a piece of it only."""
    begun, pressed, pieces = Event(), Event(), []

    def slow(*_words: Any) -> Any:
        def run_block(*_more: Any) -> None:
            pieces.append(1)
            begun.set()
            pressed.wait(300)
            time.sleep(0.01)

        return run_block

    monkeypatch.setattr(module, "block_runner", slow)
    monkeypatch.setattr(module, "block_size", lambda _scenario: 1)
    campaign = Campaign(plan(TINY, VARIED), 1200)

    def orders() -> Iterator[tuple[int, Order]]:
        for point in range(4):
            yield point, campaign.order([point])
        assert begun.wait(300)
        pressed.set()
        raise KeyboardInterrupt

    before = active_count()
    with pytest.raises(KeyboardInterrupt):
        list(ThreadWorkers(2).run(orders()))
    assert 0 < len(pieces) < campaign.replicates, "not even one point was finished"
    assert active_count() == before


class Watched(np.ndarray[Any, Any]):
    """Outcomes of a point whose end can be seen."""

    __hash__ = object.__hash__  # type: ignore[assignment]


@pytest.mark.usefixtures("_small_blocks")
def test_workers_wait_for_who_keeps_blocks_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk slower than the processors must not fill the memory."""
    alive: weakref.WeakSet[Any] = weakref.WeakSet()
    lock, run_points = Lock(), module.run_points

    def watched(order: Order, stop: Event | None = None) -> dict[int, PointResult]:
        found = {point: np.asarray(values).view(Watched) for point, values in run_points(order, stop).items()}
        with lock:
            for values in found.values():
                alive.add(values)
        return dict(found)

    monkeypatch.setattr(module, "run_points", watched)
    campaign = Campaign(plan(TINY, ["facilitation.intensity=0:1"], kind="lhs", points=200), 5)
    most = 0
    for _ in campaign.run(ThreadWorkers(2)):
        time.sleep(0.01)
        with lock:
            most = max(most, len(alive))
    assert most <= 7 * campaign.points_a_block, "five with the threads, one just taken, one being kept; of fifty"
    assert campaign.blocks > 30


def test_progress_hears_of_every_network() -> None:
    heard: list[int] = []
    campaign = Campaign(plan(TINY, VARIED), 5)
    list(campaign.run(progress=heard.append))
    assert sum(heard) == campaign.networks == 24 * 5


@pytest.mark.parametrize(("replicates", "seed"), [(0, 1), (5, -1), (5, 2**32)])
def test_replicates_and_seeds_out_of_range_are_refused(replicates: int, seed: int) -> None:
    with pytest.raises(ValueError, match="allowed"):
        Campaign(plan(TINY, VARIED), replicates, seed)


def test_a_campaign_of_contradictions_alone_still_ends() -> None:
    design: Design = plan(TINY, ["members.interests_fewest=4,5"])
    (block,) = Campaign(design, 2).run()
    assert sorted(block.failures) == [0, 1]
