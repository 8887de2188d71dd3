"""What a funder reads: sentences rounded to their uncertainty, and tables that hide no trade."""

from dataclasses import replace
from math import nan

import numpy as np
import pytest

import scenarios
from results import tables, wording
from results.comparison import Comparison, Difference, compare, estimates
from results.precision import Precision
from simulation.ensemble import Ensemble
from simulation.outcomes import MONTHLY_NAMES, NAMES, Scale

SALEX = scenarios.load("salex", posterior=None)
WAVE = np.array([-0.1, -0.05, 0.05, 0.1] * 25)


def ensemble(name: str, replicates: int = 100, **means: float) -> Ensemble:
    """Replicates in which every outcome named swings round its mean by a tenth of it, in step with the others."""
    values = np.zeros((replicates, len(NAMES)))
    for outcome, mean in means.items():
        values[:, NAMES.index(outcome)] = mean * (1 + WAVE[:replicates])
    months = np.zeros((2, len(MONTHLY_NAMES)))
    return Ensemble(
        scenarios.replace(SALEX, {"name": name}), 1, 0, values, months, np.zeros((replicates, *months.shape))
    )


def compared(ours: dict[str, float], base: dict[str, float], replicates: int = 100) -> Comparison:
    return compare([ensemble("base", replicates, **base), ensemble("ours", replicates, **ours)], "base")


def difference(mean: float, low: float, high: float, outcome: str = "collaboration_rate") -> Difference:
    return Difference("ours", outcome, mean, low, high, 0.3, 2.0, 340 if low < 0 < high else 0, 100)


@pytest.mark.parametrize(
    ("value", "scale", "shown"),
    [
        (0.773, "share", "77"), (0.004, "share", "0"), (-0.0001, "share", "0"), (1.0, "share", "100"),
        (0.653, "level", "0.65"), (12.34, "count", "12.3"), (1234.5, "count", "1,234"),
        (1_234_567.0, "usd", "1,235"), (24_300.0, "usd", "24.3"), (-0.12, "index", "-0.12"), (nan, "share", "-"),
    ],
)  # fmt: skip
def test_a_number_has_no_more_digits_than_a_meeting_bears(value: float, scale: Scale, shown: str) -> None:
    assert wording.number(value, scale) == shown


@pytest.mark.parametrize(
    ("mean", "half", "scale", "shown"),
    [
        (0.77, 0.02, "share", "77 ± 2"), (0.77, 0.001, "share", "77 ± <1"), (0.77, 0.0, "share", "77 ± 0"),
        (0.65, 0.004, "level", "0.65 ± <0.01"), (45.31, 2.12, "count", "45.3 ± 2.1"),
        (453.1, 21.2, "count", "453 ± 21"),
        (954_000.0, 12_300.0, "usd", "954 ± 12"), (0.77, nan, "share", "77"), (nan, nan, "share", "-"),
    ],
)  # fmt: skip
def test_a_mean_stands_with_half_its_interval(mean: float, half: float, scale: Scale, shown: str) -> None:
    assert wording.with_half(mean, mean - half, mean + half, scale) == shown


def test_a_small_but_clear_change_is_not_rounded_away() -> None:
    assert wording.with_half(0.011, 0.002, 0.02, "share", change=True) == "+1.1 ± 0.9"
    assert wording.with_half(-0.09, -0.11, -0.07, "share", change=True) == "-9 ± 2"


def test_the_answer_begins_with_how_many_fewer_collaborate() -> None:
    text = wording.answer(
        compared({"collaboration_rate": 0.67}, {"collaboration_rate": 0.77}), "ours", "Without grants"
    )

    # By hand: every difference is -0.1 (1 + wave); sd of the wave 0.0795, half 1.984 * 0.00795 / 10 = 0.0016.
    assert text.startswith("Without grants (ours): about 10 in 100 fewer members ever collaborate than in base ")
    assert "(67 instead of 77 in 100); in all 100 networks with the same luck the rate is lower." in text


def test_an_interval_that_straddles_nothing_is_no_finding() -> None:
    one = difference(0.01, -0.02, 0.04)

    assert wording.change(one) == "no clear difference: about 340 more replicates would settle it"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-0.11, -0.08, "8 to 11 in 100 fewer"),
        (0.002, 0.02, "0.2 to 2.0 in 100 more"),
        (0.0001, 0.02, "up to 2.0 in 100 more"),
    ],
)
def test_a_clear_difference_never_reads_as_none(low: float, high: float, words: str) -> None:
    base = compared({"collaboration_rate": 0.6}, {"collaboration_rate": 0.7})
    one = difference((low + high) / 2, low, high)
    text = wording.answer(Comparison("base", 1, 100, base.estimates, (one, *base.differences[1:])), "ours", "Ours")

    assert text.startswith(f"Ours: {words} members ever collaborate than in base")


def test_each_scale_has_its_own_words() -> None:
    said = {outcome: wording.change(difference(-2, -3, -1, outcome)) for outcome in ("cost", "engagement", "evidence")}

    assert said == {"cost": "cheaper", "engagement": "lower", "evidence": "fewer"}
    assert wording.change(difference(0, 0, 0)) == "exactly the same"
    assert wording.change(difference(nan, nan, nan)) == "cannot be compared: missing in one of them"
    assert wording.change(replace(difference(0.1, nan, nan), replicates=1)) == "one network alone cannot tell"
    assert wording.change(replace(difference(0.1, nan, nan), replicates=2)) == "so few networks cannot tell"


def test_a_higher_rate_that_is_paid_for_by_survival_is_said_in_a_sentence() -> None:
    better, worse = {"collaboration_rate": 0.8, "surviving": 4.0, "active_at_closing": 10.0}, {
        "collaboration_rate": 0.7, "surviving": 8.0, "active_at_closing": 10.0,
    }  # fmt: skip
    # In step, the ratios are the same in every replicate, so the interval has no width; the sign is what matters here.
    (sentence,) = wording.trade_offs(compared(better, worse))

    assert sentence.startswith("Mind the trade in ours: by the time of closing more members have collaborated")
    assert "but fewer of the collaborations then active live on a year later (about 40 in 100 fewer)" in sentence


def test_no_trade_is_invented_where_both_go_the_same_way() -> None:
    better = {"collaboration_rate": 0.8, "legacy_rate": 0.7}
    assert not wording.trade_offs(compared(better, {"collaboration_rate": 0.7, "legacy_rate": 0.6}))
    assert not wording.trade_offs(compared(better, {"collaboration_rate": 0.7, "legacy_rate": 0.7}))


def test_the_notes_say_what_is_a_prediction_and_what_salex_did() -> None:
    text = " ".join(wording.notes([ensemble("salex")], None))

    assert "17 of 22" in text
    assert "57 to 90" in text
    assert "is a prediction: no study measured it" in text
    assert "17 of 22" not in " ".join(wording.notes([ensemble("sparc")], None))


def test_the_notes_own_up_to_one_network_and_to_a_precision_not_reached() -> None:
    assert "One network has no interval" in wording.notes([ensemble("x", 1)], None)[0]
    text = " ".join(wording.notes([ensemble("x")], Precision("trust", 0.001, 0.02, 100_000, 40_000_000)))
    assert "the widest interval of trust is 0.02, not 0.001; it would take about 40,000,000 replicates." in text


def test_the_headline_table_is_cut_to_the_width_and_loses_no_scenario() -> None:
    many = compare([ensemble(f"s{number}", collaboration_rate=0.5) for number in range(7)], "s0")
    for width in (60, 80, 200):
        cut = tables.headline_tables(many, width)
        assert [name for table in cut for name in table.header[1:]] == [f"s{number}" for number in range(7)]
        assert all(len(row) == len(table.header) for table in cut for row in table.rows)
        assert all(30 + 15 * (len(table.header) - 1) <= width for table in cut)


def test_every_headline_outcome_has_its_row() -> None:
    pair = compared({"collaboration_rate": 0.6}, {"collaboration_rate": 0.7})

    labels = [row[0] for row in tables.headline_tables(pair, 80)[0].rows]
    assert labels == [wording.label(name) for name in tables.HEADLINES]
    assert [row[0] for row in tables.difference_tables(pair)[0].rows] == labels


def test_the_run_table_shows_the_spread_of_single_networks() -> None:
    rows = {row[0]: row for row in tables.run_table(estimates(ensemble("x", collaboration_rate=0.5))).rows}

    assert rows["members that ever formed a collaboration (%)"][1:] == ("50 ± 1", "45 to 55")
    alone = {row[0]: row for row in tables.run_table(estimates(ensemble("x", 1, collaboration_rate=0.5))).rows}
    assert alone["members that ever formed a collaboration (%)"][1:] == ("45", "-")


def test_show_has_a_row_for_every_value_and_its_source_below() -> None:
    rows = [vars(row) for row in scenarios.rows(SALEX)]

    table = tables.show_table(rows)
    assert len(table.rows) == len(rows) > 50
    assert ("closing.month", "25", "month", "lever", '1 to 1200, or "never"') in table.rows
    text = "\n".join(tables.show_lines(rows, sources=True))
    assert all(row["key"] in text for row in rows)
    assert text.count("assumption") + text.count("estimate") >= len(rows)
