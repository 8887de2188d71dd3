"""Amounts of money as people write them, and those that nobody should guess."""

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.files.amounts import AmountError, amount
from tests.shared import ask


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((text, 1_100_000) for text in ("1100000", "1,100,000", "1 100 000", "1'100'000", "1.100.000", "1_100_000")),
        *((text, 1_100_000) for text in ("1.1m", "1,1 Mio.", "USD 1.1 million", "$1,100,000", "1.1e6")),
        ("1\u202f100\u202f000", 1_100_000),
        ("2.3m", 2_300_000), ("500k", 500_000), ("12 000 USD", 12_000), ("1,100", 1100), ("1.100", 1.1), ("0.5bn", 5e8),
        ("1,100,000.50", 1_100_000.5), ("1.100.000,50", 1_100_000.5), ("-5k", -5000), ("0", 0),
    ],
)  # fmt: skip
def test_it_is_read_as_it_is_meant(text: str, said: float) -> None:
    assert amount(text) == said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("$€5", "more than one currency ($, €)"),
        ("USD 5 EUR", "more than one currency (USD, EUR)"),
        ("€1m", "costs of the scenario are in USD, and nothing is converted"),
        ("1.1m CHF", "costs of the scenario are in USD, and nothing is converted"),
        *((text, "may be read in more than one way") for text in ("1,1", "1,10,000", "1 100 00", "1.1.1", "", "USD")),
    ],
)  # fmt: skip
def test_what_may_mean_several_things_is_refused(text: str, why: str) -> None:
    with pytest.raises(AmountError) as refused:
        amount(text)
    assert why in str(refused.value)
    assert "1,100,000" in str(refused.value) or "write one, or none" in str(refused.value)


@given(st.integers(0, 10**12), st.sampled_from([",", " ", "'", "\u202f", "\u00a0", "\u2019"]))
def test_thousands_in_any_groups_are_the_same_number(number: int, sign: str) -> None:
    assert amount(f"{number:,}".replace(",", sign)) == number


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_number_or_refused(text: str) -> None:
    with suppress(AmountError):
        assert isinstance(amount(text), float)


def test_a_budget_is_refused_with_its_option() -> None:
    for text, why in (
        ("€1m", "nothing is converted"),
        ("0", "allowed is"),
        ("-1m", "allowed is"),
        ("nan", "allowed is"),
    ):
        said = ask("optimise", "salex", "--budget", text, "--lever", "grants.per_call=0,4")
        assert said.exit_code == 2
        assert why in " ".join(said.stderr.split()), text
    assert math.isclose(amount("1.1m"), 1.1e6)
