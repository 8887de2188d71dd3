"""The words for how sure a direction is: one scale, with its thresholds, for every output."""

import pytest

from results.words.likelihood import DIRECTION_WORDS, EITHER, SCALE, direction, direction_word, likelihood


@pytest.mark.parametrize(
    ("chance", "word"),
    [
        (0.5, EITHER), (0.659, EITHER), (0.66, "probably higher"), (0.899, "probably higher"),
        (0.9, "very probably higher"), (0.99, "almost certainly higher"), (1.0, "almost certainly higher"),
        (0.33, "probably lower"), (0.1, "very probably lower"), (0.0, "almost certainly lower"),
    ],
)  # fmt: skip
def test_a_chance_has_the_word_of_its_level(chance: float, word: str) -> None:
    assert direction(chance) == word
    assert direction_word(chance) == word
    assert word in DIRECTION_WORDS


def test_a_surer_direction_never_has_a_weaker_word() -> None:
    places = [DIRECTION_WORDS.index(direction_word(number / 1000) or EITHER) for number in range(1001)]
    assert places == sorted(places)
    assert set(places) == set(range(len(DIRECTION_WORDS)))


def test_an_outcome_brings_its_own_words() -> None:
    assert direction(0.03, "fewer", "more") == "very probably fewer"


def test_where_nothing_is_known_nothing_is_said_of_chances() -> None:
    assert likelihood(None) == ""
    assert direction_word(None) is None


def test_the_note_names_every_level() -> None:
    for said in ("almost certainly", "99 %", "very probably", "90 %", "probably", "66 %", EITHER):
        assert said in SCALE
