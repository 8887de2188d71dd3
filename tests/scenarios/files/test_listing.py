"""Lists and counts as English writes them."""

import pytest

from scenarios.files.listing import counted, listed, plural


@pytest.mark.parametrize(
    ("words", "last", "said"),
    [
        ([], "and", ""),
        (["a"], "and", "a"),
        (["a", "b"], "and", "a and b"),
        (("a", "b", "c"), "and", "a, b and c"),
        (["a", "b", "c"], "or", "a, b or c"),
    ],
)
def test_the_last_of_a_list_is_set_off(words: list[str], last: str, said: str) -> None:
    assert listed(words, last) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 networks"), (1, "1 network"), (2, "2 networks"), (1200, "1,200 networks")]
)
def test_only_one_is_one(number: int, said: str) -> None:
    assert counted(number, "network") == said
    assert plural(number, "network") == said.split()[1]
