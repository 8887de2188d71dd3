"""How numbers of ties are scored by member: known answers."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.real_members import by_member, ties_of
from results.checking.skill import pair_skill
from results.studies.baselines import Seen
from results.studies.rival import RIVAL


def test_ties_are_counted_for_both_ends_and_only_where_asked() -> None:
    asked = np.zeros((3, 3), np.bool_)
    asked[0, 1] = asked[1, 2] = True
    chance = np.array([[9, 0.5, 0.7], [0.5, 9, 0.25], [0.7, 0.25, 9]])
    assert ties_of(chance, asked).tolist() == [0.5, 0.75, 0.25]


def test_who_knows_what_comes_makes_no_error() -> None:
    luck = np.random.default_rng(5)
    tied = [np.triu(luck.random((12, 12)) < 0.4, 1) for _ in range(2)]
    before, now = (one | one.T for one in tied)
    asked = np.triu(np.ones((12, 12), np.bool_), 1)
    seen = Seen(before, now, asked, np.ones((12, 1)), np.zeros(12, np.int64))
    pairs = pair_skill(1, seen, now.astype(float), 100, seed=1)
    found = by_member(replace(pairs, given={RIVAL: before.astype(float)}))
    assert found[2] == pytest.approx(1)
    assert found[5] == 0
    assert found[8] == 1, "who loses most is known"
    assert found[1] == pytest.approx(found[0]), "a rival that says nothing changes is no better than saying so"
    assert found[3] == found[4] > 0
    assert found[7] == 0.5, "and tells nobody who loses"
