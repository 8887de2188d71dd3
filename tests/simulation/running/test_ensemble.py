"""Ensembles: replicates are numbered, repeatable, and joined without counting a run twice."""

import re
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest

import scenarios
import simulation
from scenarios.designs.design import plan
from scenarios.designs.futures import read_futures
from simulation import CollaborationNetwork, Ensemble, join, run
from simulation.model.reference import run_replicate
from simulation.outcomes import MONTHLY_NAMES, NAMES
from simulation.running import ensemble
from simulation.running.campaign import Campaign
from tests.shared import PLAIN

SHORT = scenarios.replace(
    scenarios.load("salex", posterior=None),
    # Where a tie is forgotten the twins add up trust in another order, which is the same but for the last bit.
    {**PLAIN, "behaviour.decay": 0.0, "network.months": 5, "closing.month": "never", "closing.notice": 0},
)


def same(one: Ensemble, other: Ensemble) -> bool:
    arrays = ("values", "sum_months", "kept_months")
    return all(np.allclose(getattr(one, a), getattr(other, a), rtol=1e-13, equal_nan=True) for a in arrays)


def test_an_ensemble_holds_its_replicates_in_order() -> None:
    found = run(SHORT, seed=4, replicates=3, first=7)

    assert (found.scenario, found.seed, found.first, found.replicates) == (SHORT, 4, 7, 3)
    assert found.values.shape == (3, len(NAMES))
    assert found.kept_months.shape == (3, 6, len(MONTHLY_NAMES))
    for place in range(3):
        values, months = run_replicate(SHORT, 4, 7 + place)
        assert np.array_equal(found.values[place], values, equal_nan=True)
        assert np.array_equal(found.kept_months[place], months)
    assert found.sum_months == pytest.approx(found.kept_months.sum(axis=0))
    assert found.mean_months == pytest.approx(found.kept_months.mean(axis=0))


def test_outcomes_are_asked_for_by_name() -> None:
    found = run(SHORT, replicates=2)
    trust = MONTHLY_NAMES.index("trust")

    assert np.array_equal(found["trust"], found.values[:, NAMES.index("trust")])
    assert np.array_equal(found.course("trust"), found.kept_months[:, :, trust])
    assert np.array_equal(found["trust"], found.course("trust")[:, -1]), "read in the reporting month"
    with pytest.raises(ValueError, match="not in tuple"):
        _ = found["nonsense"]


def test_an_ensemble_stays_as_it_is_and_is_like_no_other() -> None:
    found = run(SHORT, replicates=1)
    with pytest.raises(FrozenInstanceError):
        found.seed = 2  # type: ignore[misc]
    assert found != run(SHORT, replicates=1), "arrays have no single truth to compare by"


def test_progress_counts_every_replicate() -> None:
    told: list[int] = []
    run(SHORT, replicates=4, progress=told.append)
    assert sum(told) == 4


def test_a_run_in_two_parts_is_the_same_run() -> None:
    whole = run(SHORT, seed=2, replicates=5)
    parts = join(run(SHORT, seed=2, replicates=2), run(SHORT, seed=2, replicates=3, first=2))

    assert same(whole, parts)
    assert (parts.first, parts.replicates, parts.scenario, parts.seed) == (0, 5, SHORT, 2)


def test_only_the_first_replicates_keep_their_months(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ensemble.KEPT == 1000
    monkeypatch.setattr(ensemble, "KEPT", 3)

    whole = run(SHORT, replicates=5)
    parts = join(run(SHORT, replicates=2), run(SHORT, replicates=3, first=2))

    assert len(whole.kept_months) == 3
    assert same(whole, parts), "however a run is cut, the same replicates are kept"
    assert len(run(SHORT, replicates=1, first=3).kept_months) == 0
    assert whole.sum_months[-1, 0] >= whole.kept_months[:, -1, 0].sum()


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_out_of_range_is_refused(seed: int) -> None:
    with pytest.raises(ValueError, match=f"^seed is {seed}; allowed is 0 to 4294967295$"):
        run(SHORT, seed=seed, replicates=1)


@pytest.mark.parametrize("wrong", [1.7, 1.0, True, "1", None, np.float64(2), np.bool_(True)])
@pytest.mark.parametrize("name", ["seed", "first", "replicates", "workers"])
def test_what_is_no_whole_number_is_refused(name: str, wrong: Any) -> None:
    if name == "workers" and wrong is None:
        return  # as many as there are processors
    with pytest.raises(ValueError, match=rf"is {re.escape(repr(wrong))}; allowed is a whole number, "):
        run(SHORT, **{"replicates": 1, name: wrong})


@pytest.mark.parametrize("wrong", [1.7, True, "1", -1, 2**32])
@pytest.mark.parametrize("name", ["seed", "replicate"])
def test_every_door_refuses_the_same_numbers(name: str, wrong: Any) -> None:
    """Of one network, of many, of a picture, of a design."""
    doors: list[Callable[[], Any]] = [
        lambda: CollaborationNetwork(SHORT, **{name: wrong}),
        lambda: simulation.chronicle_of(SHORT, **{name: wrong}),
        lambda: simulation.portray(SHORT, months=[1], **{name: wrong}),
    ]
    if name == "seed":
        doors += [
            lambda: Campaign(plan(SHORT, ["facilitation.intensity=0,1"]), replicates=2, seed=wrong),
        ]
    if name == "seed" and wrong != 2**32:  # what is chosen by a seed alone takes larger ones too
        doors += [
            lambda: plan(SHORT, ["facilitation.intensity=0:1"], kind="lhs", points=4, seed=wrong),
            lambda: read_futures("funder", [SHORT], seed=wrong),
        ]
    for door in doors:
        with pytest.raises(ValueError, match=rf"{name} is {re.escape(repr(wrong))}; allowed is "):
            door()


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({"replicates": 0}, "replicates is 0; allowed is 1 to 4294967295"),
        ({"replicates": 1, "first": -1}, "replicate is -1; allowed is 0 to 4294967295"),
        ({"replicates": 1, "workers": 0}, "workers is 0; allowed is 1 to 4294967295"),
        ({"replicates": 2, "first": 2**32 - 1}, "replicates 4294967295 to 4294967296 asked for"),
    ],
)
def test_replicates_out_of_range_are_refused(asked: dict[str, Any], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        run(SHORT, **asked)


def test_the_largest_seed_and_replicate_run() -> None:
    found = run(SHORT, seed=2**32 - 1, replicates=1, first=2**32 - 1)
    assert found.replicates == 1
    assert len(found.kept_months) == 0


def test_what_does_not_follow_is_not_joined() -> None:
    one = run(SHORT, replicates=2)

    with pytest.raises(ValueError, match="replicates 0 on do not follow 0 to 1; pass each run once, in order"):
        join(one, one)
    with pytest.raises(ValueError, match="replicates 3 on do not follow 0 to 1"):
        join(one, run(SHORT, replicates=1, first=3))
    with pytest.raises(ValueError, match="differ in scenario or seed"):
        join(one, run(SHORT, seed=2, replicates=1, first=2))
    longer = scenarios.replace(SHORT, {"grants.per_call": 1})
    with pytest.raises(ValueError, match="ensembles of salex and salex differ in scenario or seed"):
        join(one, run(longer, replicates=1, first=2))
