"""What `legato show` says of texts that have to say something: not just that they are texts."""

import pytest

import scenarios


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("costs.currency", "ISO 4217"),
        ("costs.begins", "YYYY-MM"),
        ("costs.financial_year", "01 to 12"),
        ("members.file", "path of a CSV file"),
        ("members.without", "separated by ;"),
    ],
)
def test_a_text_says_what_is_allowed(key: str, words: str) -> None:
    (row,) = (one for one in scenarios.rows(scenarios.load("salex", posterior=None)) if one.key == key)
    assert words in row.allowed


def test_only_a_name_is_any_text() -> None:
    rows = scenarios.rows(scenarios.load("salex", posterior=None))
    assert [one.key for one in rows if one.allowed == "text"] == ["funder.name"]
