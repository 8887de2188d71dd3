"""Luck: a pure function of the identity of an event, pinned to the published vectors of its generator.

Source of truth: the known-answer vectors of Random123 (Salmon et al. 2011, doi:10.1145/2063384.2063405), and a second
implementation of Philox4x32-10 below, written from the paper with Python's own integers.
"""

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simulation import draws
from simulation.draws import Luck, draw, philox, slot, uniform, whole

# Seeded as the model is; a first call may take seconds to compile.
settings.register_profile("seeded", deadline=None, derandomize=True, database=None)
settings.load_profile("seeded")

WORD = st.integers(0, 2**32 - 1)
IDENTITY = st.tuples(WORD, WORD, WORD, WORD, WORD, WORD)
TOP = 2**32 - 1


def philox_by_the_paper(counter: tuple[int, ...], key: tuple[int, ...]) -> tuple[int, ...]:
    """Philox4x32-10 as figure 2 of the paper draws it: two words are multiplied, all are permuted, ten times."""
    right_0, left_1, right_2, left_3 = counter
    for bumped in range(10):
        key_0 = (key[0] + bumped * 0x9E3779B9) % 2**32
        key_1 = (key[1] + bumped * 0xBB67AE85) % 2**32
        high_0, low_0 = divmod(0xD2511F53 * right_0, 2**32)
        high_1, low_1 = divmod(0xCD9E8D57 * right_2, 2**32)
        right_0, left_1, right_2, left_3 = high_1 ^ left_1 ^ key_0, low_1, high_0 ^ left_3 ^ key_1, low_0
    return right_0, left_1, right_2, left_3


def uniforms(count: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Both uniforms of many events that differ in member, other, month and replicate as those of a run do."""
    return np.array(
        [
            draw(7, event % 5, draws.CONVENING, event // 5 % 10, event // 50 % 20, event // 1000)
            for event in range(count)
        ]
    )


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((TOP, TOP, TOP, TOP), (TOP, TOP), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_published_answers(
    counter: tuple[int, ...], key: tuple[int, ...], words: tuple[int, ...]
) -> None:
    c0, c1, c2, c3 = (np.uint64(word) for word in counter)
    k0, k1 = (np.uint64(word) for word in key)

    assert tuple(int(word) for word in philox(c0, c1, c2, c3, k0, k1)) == words
    assert philox_by_the_paper(counter, key) == words, "the second implementation is held to the same answers"


@given(IDENTITY)
def test_a_draw_is_philox_of_its_identity(identity: tuple[int, int, int, int, int, int]) -> None:
    seed, replicate, kind, month, member, other = identity

    w0, w1, w2, w3 = philox_by_the_paper((member, other, month, kind), (seed, replicate))

    def from_words(high: int, low: int) -> Fraction:
        return (Fraction(high * 2**20 + low // 2**12) + Fraction(1, 2)) / 2**52

    # As fractions, hence exactly: 53 bits hold each of these numbers.
    assert tuple(map(Fraction, draw(*identity))) == (from_words(w0, w1), from_words(w2, w3))


@pytest.mark.parametrize(
    ("high", "low", "value"), [(0, 0, 2.0**-53), (TOP, TOP, 1 - 2.0**-53), (2**31, 0, 0.5 + 2.0**-53)]
)
def test_uniforms_lie_strictly_inside_the_unit_interval_whatever_the_words(high: int, low: int, value: float) -> None:
    assert uniform(np.uint64(high), np.uint64(low)) == value
    assert 0.0 < value < 1.0


@given(IDENTITY, st.integers(0, 5), WORD)
def test_every_word_of_the_identity_matters(identity: tuple[int, ...], word: int, value: int) -> None:
    changed = list(identity)
    changed[word] = value if value != identity[word] else value ^ 1

    # Philox is a bijection of the counter; by chance, 2^-104 of the draws that differ in the key agree all the same.
    assert draw(*changed) != draw(*identity)


def test_words_do_not_stand_in_for_each_other() -> None:
    swapped = {draw(*identity) for identity in [(1, 2, 3, 4, 5, 6), (2, 1, 3, 4, 5, 6), (1, 2, 4, 3, 5, 6)]}
    swapped |= {draw(*identity) for identity in [(1, 2, 3, 5, 4, 6), (1, 2, 3, 4, 6, 5)]}

    assert len(swapped) == 5


def test_the_kinds_of_event_are_told_apart_and_leave_room_for_a_third_party() -> None:
    kinds = [value for name, value in vars(draws).items() if name.isupper() and isinstance(value, int)]
    kinds = [kind for kind in kinds if kind not in (draws.KINDS, draws.ATTEMPTS, draws.MOST, draws.RANKED)]

    assert len(kinds) == len(set(kinds)) >= 33
    assert min(kinds) > 0
    assert max(kinds) < draws.KINDS
    assert max(kinds) + draws.KINDS * (2**24 - 1) < 2**32


@given(IDENTITY)
@settings(max_examples=20)
def test_luck_is_the_same_function(identity: tuple[int, int, int, int, int, int]) -> None:
    seed, replicate, *event = identity
    luck = Luck(seed, replicate)

    assert luck.pair(*event) == draw(*identity)
    assert luck.one(*event) == draw(*identity)[0]


@pytest.mark.parametrize("wrong", [(2**32, 0), (-1, 0), (0, 2**32), (0, -1)])
def test_luck_refuses_what_does_not_fit_a_word_of_the_key(wrong: tuple[int, int]) -> None:
    name, value = ("seed", wrong[0]) if wrong[0] else ("replicate", wrong[1])
    with pytest.raises(ValueError, match=f"^{name} is {value}; allowed is 0 to 4294967295$"):
        Luck(*wrong)


def test_luck_takes_the_largest_words_of_the_key() -> None:
    assert Luck(2**32 - 1, 2**32 - 1).one(draws.PLEA, 1) == draw(2**32 - 1, 2**32 - 1, draws.PLEA, 1, 0, 0)[0]


def test_luck_leaves_out_the_words_that_an_event_does_not_have() -> None:
    assert Luck(3, 4).pair(draws.PLEA, 9) == draw(3, 4, draws.PLEA, 9, 0, 0)
    assert Luck(3, 4).one(draws.PLEA, 9) == draw(3, 4, draws.PLEA, 9, 0, 0)[0]
    assert Luck(3, 4).one(draws.SEARCH, 9, 8) == draw(3, 4, draws.SEARCH, 9, 8, 0)[0]


@pytest.mark.parametrize("which", [0, 1])
def test_each_uniform_is_uniform(which: int) -> None:
    """Kolmogorov-Smirnov over 5,000 events at 0.1 %: a share of 3 % too many in any stretch would be found."""
    assert stats.kstest(uniforms(5000)[:, which], "uniform").pvalue > 0.001


def test_the_two_uniforms_of_an_event_are_independent() -> None:
    """Chi-square over 8 x 8 cells at 0.1 %; at 5,000 events a correlation of 0.1 gives a p-value below 1e-6."""
    pairs = uniforms(5000)
    table = np.histogram2d(pairs[:, 0], pairs[:, 1], bins=8, range=[[0, 1], [0, 1]])[0]

    assert stats.chisquare(table.ravel()).pvalue > 0.001
    assert abs(stats.pearsonr(pairs[:, 0], pairs[:, 1]).statistic) < 4 / sqrt(5000)


@pytest.mark.parametrize("word", range(6))
def test_neighbouring_identities_have_unrelated_luck(word: int) -> None:
    def luck(event: int, step: int) -> float:
        identity = [event] * 6
        identity[word] += step
        return draw(*identity)[0]

    here, beside = [[luck(event, step) for event in range(2000)] for step in (0, 1)]

    # 4 standard errors of a correlation of 0; the same luck would give 1.
    assert abs(stats.pearsonr(here, beside).statistic) < 4 / sqrt(2000)


@given(st.floats(0, 1, exclude_min=True, exclude_max=True), st.integers(1, 10_000))
def test_a_slot_lies_among_the_next_power_of_two(chance: float, places: int) -> None:
    room = 1 << (places - 1).bit_length()

    assert 0 <= slot(chance, places) < room
    assert slot(chance, places) == int(Fraction(chance) * room)


@given(st.floats(0, 1, exclude_min=True, exclude_max=True), st.integers(1, 12))
def test_a_slot_stays_until_the_set_doubles(chance: float, power: int) -> None:
    kept = {slot(chance, places) for places in (2 ** (power - 1) + 1, 3 * 2**power // 4 + 1, 2**power)}

    assert len(kept) == 1
    assert slot(chance, 2**power + 1) in (2 * min(kept), 2 * min(kept) + 1)


@pytest.mark.parametrize("amount", [0.0, 0.25, 1.0, 1.35, 7.5])
def test_whole_numbers_are_right_on_average_and_next_to_the_amount(amount: float) -> None:
    found = [whole(amount, (step + 0.5) / 1000) for step in range(1000)]

    assert np.mean(found) == pytest.approx(amount, abs=0.5 / 1000)
    assert set(found) <= {int(amount), int(np.ceil(amount))}
