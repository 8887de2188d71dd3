"""Sums are the same whoever adds: exact for one number, row after row for many."""

from fractions import Fraction
from math import copysign

import numpy as np
import pytest

from results.estimates.ratios import of_sums
from results.estimates.sums import exact_mean, sum_rows


def test_a_mean_is_the_exact_one_rounded_once_whatever_the_order() -> None:
    values = np.random.default_rng(1).normal(0, [1e-8, 1.0, 1e8], (50, 3)).ravel()
    exact = float(sum(map(Fraction, values.tolist()))) / len(values)
    assert {exact_mean(np.random.default_rng(seed).permutation(values)) for seed in range(20)} == {exact}


@pytest.mark.parametrize("shape", [(9,), (9, 4), (9, 4, 3)])
def test_rows_are_added_one_after_the_other(shape: tuple[int, ...]) -> None:
    values = np.random.default_rng(2).normal(0, 1e6, shape) ** 3
    total = np.zeros(shape[1:])
    for row in values:
        total = total + row
    assert np.array_equal(sum_rows(values), total)


def test_no_rows_are_nothing_and_nothing_has_no_sign() -> None:
    assert np.array_equal(sum_rows(np.empty((0, 3))), np.zeros(3))
    assert copysign(1.0, float(sum_rows(np.array([-0.0, -0.0])))) == 1.0


def test_a_ratio_of_sums_is_missing_where_there_is_nothing_below() -> None:
    ratio, whole = of_sums(np.array([[1.0, 2.0], [2.0, 0.0]]), np.array([[2.0, 0.0], [4.0, 0.0]]))
    assert ratio[0] == 0.5
    assert np.isnan(ratio[1])
    assert whole.tolist() == [6.0, 0.0]
