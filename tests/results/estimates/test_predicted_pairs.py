"""Counts of pairs and members, from histories written by hand."""

import numpy as np
import pytest

import scenarios
from results.estimates.predicted_pairs import Collaborating, PairCounter, Standing, collaborating, pairs_at_work
from simulation import Chronicle, History, Ties
from simulation.rules import APPLICATION, ENDED, FUNDED, UNFUNDED

SALEX = scenarios.load("salex", posterior=None)
NOTHING = np.empty((0, 0))


def history(*events: tuple[int, int, int, int]) -> History:
    """Of events: month, kind, one, other."""
    columns = [np.array(column, dtype=np.int64) for column in zip(*events, strict=True)]
    return History(Chronicle(SALEX, 1, 0, *columns), NOTHING, NOTHING, {})


def ties(*written: tuple[int, int, float]) -> Ties:
    one, other, trust = zip(*written, strict=True) if written else ((), (), ())
    return Ties(np.array(one, np.int64), np.array(other, np.int64), np.array(trust, np.float64))


def working(*pairs: tuple[int, int]) -> Collaborating:
    return Collaborating(*np.array(pairs, np.int64).reshape(-1, 2).T)


TOLD = history(
    (1, UNFUNDED, 0, 1),
    (2, APPLICATION, 1, 2),
    (2, FUNDED, 1, 2),
    (3, ENDED, 0, 1),
    (5, UNFUNDED, 0, 1),
    (5, ENDED, 1, 2),
)


@pytest.mark.parametrize(
    ("month", "pairs"), [(0, []), (1, [(0, 1)]), (2, [(0, 1), (1, 2)]), (3, [(1, 2)]), (4, [(1, 2)]), (5, [(0, 1)])]
)
def test_two_collaborate_from_the_month_they_begin_to_the_one_before_they_end(
    month: int, pairs: list[tuple[int, int]]
) -> None:
    found = pairs_at_work(TOLD, month)
    assert list(zip(found.one.tolist(), found.other.tolist(), strict=True)) == pairs
    square = collaborating(TOLD, month, 2)
    assert square.shape == (2, 2)
    assert square[0, 1] == square[1, 0] == ((0, 1) in pairs)


def test_networks_add_up_pair_by_pair_and_member_by_member() -> None:
    """Two networks of four: 0-1 and 1-2 are tied and 0-1 works in the first, 1-2 is tied in the second."""
    counter = PairCounter(4)
    counter.add(Standing(ties((0, 1, 0.5), (1, 2, 0.25)), working((0, 1))))
    counter.add(Standing(ties((1, 2, 0.75)), working()))
    found = counter.counted()
    assert found.networks == 2
    assert found.tied.tolist() == [[0, 1, 0, 0], [1, 0, 2, 0], [0, 2, 0, 0], [0, 0, 0, 0]]
    assert found.working.tolist() == [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert found.trust.tolist() == [[0, 0.5, 0, 0], [0.5, 0, 1.0, 0], [0, 1.0, 0, 0], [0, 0, 0, 0]]
    assert found.active.tolist() == [1, 1, 0, 0]
    assert found.alone.tolist() == [1, 0, 0, 2]
