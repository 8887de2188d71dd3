"""Rounding: parts add up as printed, and a range fits the two levels it comes from."""

from math import isnan, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from results.words.rounding import MORE_DIGITS, adding_up, fitting, off_zero, rounded

AMOUNTS = st.floats(-5_000, 5_000, allow_nan=False)
PLACES = st.integers(0, 2)


def test_parts_that_nearest_rounding_would_leave_one_short_add_up() -> None:
    assert adding_up([33.3, 33.3, 33.4], 100.0) == [33, 33, 34]
    assert adding_up([1.4, 1.4, 1.4], 4.2) == [2, 1, 1], "the nearest are 1, 1, 1: a unit is missing"
    assert adding_up([-1.4, -1.4, -1.4], -4.2) == [-1, -1, -2]
    assert adding_up([0.14, 0.14, 0.0], 0.28, 1) == [0.2, 0.1, 0.0]


def test_parts_of_something_else_are_rounded_one_by_one() -> None:
    assert adding_up([1.4, 1.4], 10.0) == [1, 1]
    missing = adding_up([1.4, nan], 10.0)
    assert missing[0] == 1
    assert isnan(missing[1])


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(AMOUNTS | st.just(0.0), min_size=1, max_size=8), PLACES)
def test_parts_add_up_to_the_whole_and_none_is_off_by_a_unit(parts: list[float], places: int) -> None:
    whole = sum(parts)
    found = adding_up(parts, whole, places)

    assert round(sum(found), 6) == pytest.approx(rounded(whole, places), abs=1e-6)
    for part, shown in zip(parts, found, strict=True):
        assert abs(shown - part) < 10.0**-places + 1e-9
        assert part != 0 or shown == 0
        assert rounded(shown, places) == shown


def test_a_range_gets_a_digit_more_where_the_levels_would_differ_by_another_middle() -> None:
    found = fitting(-15.2, -3.2, 72.4, 81.6)

    # To whole points 3 to 15 has the middle 9, and 82 less 72 is 10.
    assert (found.low, found.high, found.ours, found.theirs) == (-15.2, -3.2, 72.4, 81.6)
    plain = fitting(-15.2, -3.2, 72.6, 81.8)
    assert (plain.low, plain.high, plain.ours, plain.theirs, plain.places) == (-15, -3, 73, 82, 0)


def test_a_range_off_zero_does_not_read_as_none() -> None:
    found = fitting(-0.13, -0.03, 9.37, 9.45, 1)
    assert (found.low, found.high, found.ours, found.theirs) == (-0.13, -0.03, 9.37, 9.45)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.floats(-100, 2_000), st.floats(-100, 2_000), st.floats(0, 200), PLACES)
def test_a_range_and_its_levels_fit(ours: float, theirs: float, half: float, places: int) -> None:
    found = fitting(ours - theirs - half, ours - theirs + half, ours, theirs, places)

    assert abs((found.low + found.high) / 2 - (found.ours - found.theirs)) <= 0.5 * 10.0**-found.places + 1e-9
    assert places <= found.places <= places + MORE_DIGITS + 1
    for shown, is_said in ((found.low, ours - theirs - half), (found.high, ours - theirs + half)):
        assert abs(shown - is_said) <= 0.5 * 10.0**-found.places + 1e-9
    assert abs(found.theirs - theirs) <= 0.5 * 10.0**-found.places + 1e-9
    assert abs(found.ours - ours) <= 1.5 * 10.0**-found.places + 1e-9, "a level gives way in its last digit at most"


def test_a_wide_range_that_nearly_reaches_zero_is_up_to_its_far_end() -> None:
    """0.04 to 3.53 percentage points, 67.72 instead of 65.94, stood on the page."""
    found = fitting(0.04, 3.53, 67.72, 65.94)
    assert (found.low, found.high, found.ours, found.theirs, found.places) == (0, 4, 68, 66, 0)
    narrow = fitting(0.04, 0.9, 66.4, 65.93)
    assert (narrow.low, narrow.high, narrow.places) == (0.0, 0.9, 1), "of one unit or two a digit more is known"


def test_levels_that_the_range_is_not_of_are_left_as_they_are() -> None:
    found = fitting(-15.0, -3.0, 50.0, 81.6)
    assert (found.ours, found.theirs, found.places) == (50, 82, 0)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.floats(0.01, 100), st.floats(0, 0.99), PLACES)
def test_a_change_off_zero_reads_as_one(mean: float, share: float, places: int) -> None:
    half = mean * share
    digits = off_zero(mean, half, places)
    assert digits == places + MORE_DIGITS or rounded(mean, digits) > rounded(half, digits)
    assert off_zero(1.04, 0.98, 1) == 2
    assert off_zero(1.7, 0.9, 0) == 0
    assert off_zero(1.785, 1.745, 0) == 1, "+1.8 ± 1.7 reads as one; nobody knows hundredths of so wide an interval"
    assert off_zero(-9.0, 6.0, 0) == 0


def test_no_more_than_one_digit_is_added_that_nobody_knows() -> None:
    """9.475, 5.830 and -3.645 with half intervals of 2 and more stood on the page."""
    found = fitting(-5.9421, -1.3479, 5.8295, 9.4745, 1)
    assert found.places <= 2
    assert (found.low + found.high) / 2 == pytest.approx(
        found.ours - found.theirs, abs=0.5 * 10.0**-found.places + 1e-9
    )
