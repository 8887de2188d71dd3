"""The page on what money buys states the numbers that its commands give."""

import re
from pathlib import Path

import pytest

import results
from results.commands.compare import CompareAnswer

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "what-money-buys.md").read_text(encoding="utf-8")
FACILITATION = "no-catalytic-funding: facilitation.intensity=1, facilitation."
PLANS = ("salex", f"{FACILITATION}convening_every=2", f"{FACILITATION}introductions=3.2")
ROWS = {
    "cost to the funder, thousand USD": ("cost_year_after", 1e-3),
    "months of collaboration": ("months_worked_year_after", 1.0),
    "collaborations that survive a year": ("surviving", 1.0),
    "pieces of evidence": ("evidence_year_after", 1.0),
    "translations at scale": ("translation_year_after", 1.0),
}
"""Row of the table -> outcome, and what it is multiplied by."""


def cells(row: str) -> list[str]:
    found = re.findall(rf"^\| {re.escape(row)} \|(.*)\|$", PAGE, re.MULTILINE)[0]
    return [cell.strip() for cell in found.split("|")]


def numbers(cell: str) -> list[tuple[float, float]]:
    """Each number of a cell, and half of its last digit."""
    found = re.findall(r"\d[\d,]*(?:\.(\d+))?", cell)
    texts = re.findall(r"\d[\d,]*(?:\.\d+)?", cell)
    return [(float(text.replace(",", "")), 0.5 / 10 ** len(places)) for text, places in zip(texts, found, strict=True)]


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> CompareAnswer:
    asked = ["no-catalytic-funding", *PLANS]
    return results.Compare(asked, figures=False, out=tmp_path_factory.mktemp("run") / "run").answer()


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS)
def test_the_table_of_what_each_use_of_the_money_adds(answer: CompareAnswer, row: str) -> None:
    outcome, factor = ROWS[row]
    for name, cell in zip(answer.comparison.compared, cells(row), strict=True):
        one = answer.comparison.difference(name, outcome)
        (mean, near), (half, far) = numbers(cell)
        assert abs(one.mean * factor - mean) <= near * 1.001
        assert abs((one.high - one.low) / 2 * factor - half) <= far * 1.001


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "effect"),
    [
        ("a month of collaboration costs, thousand USD", "months_worked"),
        ("a survivor costs, thousand USD", "surviving"),
        ("a piece of evidence costs, thousand USD", "evidence"),
    ],
)
def test_the_prices_and_where_they_have_no_end(answer: CompareAnswer, row: str, effect: str) -> None:
    for name, cell in zip(answer.comparison.compared, cells(row), strict=True):
        (one,) = (
            one for one in answer.money.bought
            if (one.scenario, one.horizon, one.effect, one.payer) == (name, "year after", effect, "funder")
        )  # fmt: skip
        assert one.joint is not None
        ends = one.joint.ends_of_price()
        shown = numbers(cell)
        assert abs(one.joint.price / 1000 - shown[0][0]) <= shown[0][1] * 1.001
        assert ("no upper end" in cell) == (ends[1] == float("inf"))
        if len(shown) == 3 and ends[1] < 1e6:
            assert abs(ends[0] / 1000 - shown[1][0]) <= shown[1][1] * 1.001
            assert abs(ends[1] / 1000 - shown[2][0]) <= shown[2][1] * 1.001


@pytest.mark.slow
def test_all_three_cost_the_same_to_one_part_in_a_hundred(answer: CompareAnswer) -> None:
    costs = [answer.comparison.estimates[name]["total_cost"].mean for name in answer.comparison.compared]
    assert max(costs) <= 1.01 * min(costs)
