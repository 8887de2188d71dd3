"""What a funder reads: sentences rounded to their uncertainty, and tables that hide no trade."""

import re
from dataclasses import replace
from decimal import Decimal
from math import nan
from statistics import NormalDist

import numpy as np
import pytest

import scenarios
from results.comparing import words as compare_words
from results.comparing.fitted_cells import average_cell, change_cell
from results.comparing.tables import (
    CORE,
    difference_tables,
    headline_tables,
    money_table,
    run_table,
    show_lines,
    show_tables,
)
from results.comparing.words import notes, run_answer, run_money
from results.estimates.comparison import Comparison, Difference, Estimate, compare, estimates
from results.estimates.precision import Precision
from results.words.differences import change
from results.words.headlines import HEADLINES
from results.words.horizon import counted_until_each, horizon
from results.words.numbers import label, with_half
from results.words.numbers import number as number_numbers
from simulation.outcomes import MONTHLY_NAMES, NAMES, OUTCOMES, Scale, outcome_named
from simulation.running.ensemble import Ensemble

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
    """With a chance by hand: the normal one of an interval that reaches 1.96 standard errors to either side."""
    se = (high - low) / 3.92
    chance = NormalDist().cdf(mean / se) if se > 0 else None
    more = 340 if low < 0 < high else 0
    return Difference(
        "ours", outcome, mean, low, high, 0.3, 2.0, more, 100, level=0.5, chance_higher=chance, luck_share=1.0
    )


@pytest.mark.parametrize(
    ("value", "scale", "shown"),
    [
        (0.773, "share", "77"), (0.004, "share", "0"), (-0.0001, "share", "0"), (1.0, "share", "100"),
        (0.653, "level", "0.65"), (12.34, "count", "12.3"), (1234.5, "count", "1,234"),
        (1_234_567.0, "usd", "1,235"), (24_300.0, "usd", "24.3"), (-0.12, "index", "-0.12"), (nan, "share", "-"),
    ],
)  # fmt: skip
def test_a_number_has_no_more_digits_than_a_meeting_bears(value: float, scale: Scale, shown: str) -> None:
    assert number_numbers(value, scale) == shown


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
    assert with_half(mean, mean - half, mean + half, scale) == shown


def test_a_small_but_clear_change_is_not_rounded_away() -> None:
    assert with_half(0.011, 0.002, 0.02, "share", change=True) == "+1.1 ± 0.9"
    assert with_half(-0.09, -0.11, -0.07, "share", change=True) == "-9 ± 2"


def test_the_answer_begins_with_how_many_fewer_collaborate() -> None:
    text = compare_words.answer(
        compared({"collaboration_rate": 0.67}, {"collaboration_rate": 0.77}), "ours", "Without grants"
    )

    # By hand: every difference is -0.1 (1 + wave); sd of the wave 0.0795, half 1.984 * 0.00795 / 10 = 0.0016.
    assert text.startswith("Without grants (ours): the share of members that ever collaborate is ")
    assert "almost certainly lower than in base, by about 10 percentage points (67 % instead of 77 %)" in text
    assert "lower in all 100 networks with the same luck." in text


def test_an_interval_that_straddles_nothing_is_no_finding() -> None:
    """Its direction is said with how sure it is: 0.01 is 0.65 standard errors off 0, a chance of 74 %."""
    one = difference(0.01, -0.02, 0.04)

    assert re.search(r"^probably higher: .*\b340 more replicates", change(one))
    assert change(difference(0.001, -0.029, 0.031)).startswith("could go either way")


def test_replicates_are_offered_only_where_luck_makes_the_interval() -> None:
    """Of what parameters leave open no replicate says anything."""
    one = difference(0.01, -0.02, 0.04)

    assert "more replicates" in change(replace(one, luck_share=0.6))
    assert change(replace(one, luck_share=0.4)) == "probably higher"
    assert change(replace(one, luck_share=0.6, more_replicates=15_000)) == "probably higher"
    assert "15,000 more replicates" in change(replace(one, luck_share=1.0, more_replicates=15_000))
    assert change(replace(one, replicates=5)) == "probably higher", "from so few no number can be told"


def test_a_difference_that_prints_as_nothing_is_practically_none() -> None:
    assert change(difference(0.0001, -0.001, 0.0012)) == "practically the same"
    assert change(difference(0.001, 0.0001, 0.0019)) != "practically the same", "it is small, but there"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-0.11, -0.08, "almost certainly lower than in base, by 8 to 11 percentage points"),
        (0.002, 0.02, "almost certainly higher than in base, by 0.2 to 2.0 percentage points"),
        (0.0001, 0.02, "very probably higher than in base, by up to 2.0 percentage points"),
    ],
)
def test_a_clear_difference_never_reads_as_none(low: float, high: float, words: str) -> None:
    base = compared({"collaboration_rate": 0.6}, {"collaboration_rate": 0.7})
    one = replace(difference((low + high) / 2, low, high), baseline_level=0.7, level=0.7 + (low + high) / 2)
    text = compare_words.answer(
        Comparison("base", 1, 100, base.estimates, (one, *base.differences[1:])), "ours", "Ours"
    )

    assert text.startswith(f"Ours: the share of members that ever collaborate is {words}")


def test_each_scale_has_its_own_words() -> None:
    said = {outcome: change(difference(-2, -3, -1, outcome)) for outcome in ("cost", "engagement", "evidence")}

    sure = "almost certainly"
    assert said == {"cost": f"{sure} lower", "engagement": f"{sure} lower", "evidence": f"{sure} fewer"}
    assert change(difference(0, 0, 0)) == "exactly the same"
    assert change(difference(nan, nan, nan)) == "cannot be compared: missing in one of them"
    assert change(replace(difference(0.1, nan, nan), replicates=1)) == "one network alone cannot tell"
    assert change(replace(difference(0.1, nan, nan), replicates=2)) == "so few networks cannot tell"


def test_a_higher_rate_that_is_paid_for_by_survival_is_said_in_a_sentence() -> None:
    better, worse = {"collaboration_rate": 0.8, "surviving": 4.0, "active_at_closing": 10.0}, {
        "collaboration_rate": 0.7, "surviving": 8.0, "active_at_closing": 10.0,
    }  # fmt: skip
    # In step, the ratios are the same in every replicate, so the interval has no width; the sign is what matters here.
    (sentence,) = compare_words.trade_offs(compared(better, worse))

    assert sentence.startswith("Note the trade-off in ours: ")
    assert "collaborated by closing is about 10 percentage points higher" in sentence
    assert "survive a year is about 40 percentage points lower (40 % instead of 80 %)" in sentence
    assert "fewer survive: 4.0 of 10.0 on average instead of 8.0 of 10.0" in sentence


def test_a_higher_share_of_fewer_is_said_to_be_fewer() -> None:
    """As in graceful-closing: a larger share of the collaborations survives, and fewer of them do."""
    ours = {"collaboration_rate": 0.7, "surviving": 13.5, "active_at_closing": 15.0}
    base = {"collaboration_rate": 0.8, "surviving": 14.4, "active_at_closing": 18.0}

    (sentence,) = compare_words.trade_offs(compared(ours, base))

    assert "survive a year is about 10 percentage points higher (90 % instead of 80 %)" in sentence
    assert "but fewer survive: 13.5 of 15.0 on average instead of 14.4 of 18.0" in sentence
    assert "trade" not in sentence, "nothing is gained that the share seems to show"


@pytest.mark.parametrize("shown", [HEADLINES, CORE], ids=["headlines", "core"])
def test_a_share_with_a_moving_base_stands_beside_its_number_and_a_ratio_beside_what_it_divides(
    shown: tuple[str, ...],
) -> None:
    assert shown[shown.index("survival") + 1] == "surviving"
    assert {"formed_in_all", "total_cost"} <= set(shown)


def test_networks_of_different_size_are_told_in_share_and_number() -> None:
    small, large = (
        scenarios.replace(SALEX, {"name": name, "network.members": members})
        for name, members in (("base", 20), ("ours", 60))
    )
    pair = compared({"collaboration_rate": 0.5}, {"collaboration_rate": 0.75})

    assert "base 75 % of 20, 15.0 on average; ours 50 % of 60, 30.0 on average" in compare_words.sizes(
        pair, [small, large]
    )
    assert compare_words.sizes(pair, [small, scenarios.replace(small, {"name": "ours"})]) == ""
    joined = scenarios.replace(small, {"name": "ours", "network.joining": 0.5})
    assert "ours 50 % of all that have joined (20 at the start)" in compare_words.sizes(pair, [small, joined])


def test_cost_and_evidence_are_always_in_the_answer() -> None:
    swing = np.where(np.arange(100) % 2 == 0, 1.0, -1.0)
    ours, base = (ensemble(name, collaboration_rate=0.5, total_cost=1e6, evidence=9.0) for name in ("ours", "base"))
    ours.values[:, NAMES.index("total_cost")] += 50_000 * swing
    ours.values[:, NAMES.index("evidence")] += swing

    text = compare_words.answer(compare([base, ours], "base"), "ours", "Ours")

    # By hand: the swing has a standard deviation of 1.005, half an interval is 1.984 x 1.005 / 10 = 0.2 of it.
    assert "Its cost in the whole run could go either way (1,000 thousand USD on average in both" in text
    assert "from 10 thousand USD less to 10 more" in text
    assert "Evidence could go either way (9.0 pieces on average in both)" in text
    half = compared({"evidence": 4.5, "total_cost": 5e5}, {"evidence": 9.0, "total_cost": 1e6})
    assert "4.4 to 4.6 fewer pieces of evidence (4.5 instead of 9.0 on average)" in compare_words.answer(
        half, "ours", "Ours"
    )
    alone = compared({"evidence": 4.5, "total_cost": 5e5}, {"evidence": 9.0, "total_cost": 1e6}, replicates=1)
    text = compare_words.answer(alone, "ours", "Ours")
    assert "pieces of evidence in this one pair of networks" in text
    assert "It costs 450 instead of 900 thousand USD in the whole run, in this one pair" in text


def test_the_parts_of_the_cost_add_up_as_printed() -> None:
    parts = {
        "cost_backbone": 531_400.0, "cost_convenings": 341_400.0, "cost_introductions": 177_400.0,
        "cost_grants": 44_400.0, "cost_ending": 11_300.0,
    }  # fmt: skip
    found = estimates(ensemble("x", 100, total_cost=sum(parts.values()), **parts))

    rows = money_table({"x": found}, [2024]).rows
    whole, *each = (float(row[1].split(" ± ")[0].replace(",", "")) for row in rows)
    percent = [int(text) for text in re.findall(r"(\d+) %", run_money(found, SALEX))]

    assert whole == 1106
    assert sum(each) == whole
    assert sum(percent) == 100


def test_the_run_table_has_one_total() -> None:
    rows = [row[0] for row in run_table(estimates(ensemble("x", cost=1.214e6, total_cost=1.231e6))).rows]

    (total,) = (row for row in rows if row.startswith("cost to the funder"))
    assert "whole run" in total


def test_cost_per_collaboration_names_its_horizon_and_divides_what_stands_beside_it() -> None:
    pair = compared({"total_cost": 1.1e6, "formed_in_all": 25.0, "collaborations_formed": 20.0}, {"total_cost": 1e6})
    column = {row[0]: row[2] for row in headline_tables(pair, 130)[0].rows}

    assert column["collaborations formed in the whole run"].startswith("25")
    assert column["cost to the funder in the whole run (k USD)"].startswith("1,100")
    assert column["cost per collaboration formed in the whole run (k USD)"].startswith("44"), "1,100 / 25"
    assert "whole run ends with month 61" in horizon([SALEX])
    assert "month 25, the planned closing" in horizon([SALEX])


def test_no_month_is_named_where_it_differs_between_what_is_varied() -> None:
    """Members that collaborated by month 6 and by month 24 are no numbers of month 25."""
    assert "month 25, the planned closing" in counted_until_each([SALEX], ["grants.per_call"], "points")
    for key in ("closing.month", "network.months"):
        told = counted_until_each([SALEX], ["grants.per_call", key], "points")
        assert "25" not in told
        assert "may differ between points" in told


def test_the_range_of_networks_is_called_what_it_is() -> None:
    """Of 201 networks 10 lie outside of the middle 95 %: luck carries single ones further."""
    values = np.linspace(0, 1, 201)
    low, high = (float(np.quantile(values, share)) for share in (0.025, 0.975))
    spread = Estimate(0.5, 0.45, 0.55, low, high, 201)
    told = run_answer(spread, SALEX)
    assert (values < spread.spread_low).sum() == 5
    assert "middle 95 % of networks range from 2 to 98 %" in told


def test_no_trade_is_invented_where_both_go_the_same_way() -> None:
    better = {"collaboration_rate": 0.8, "legacy_rate": 0.7}
    assert not compare_words.trade_offs(compared(better, {"collaboration_rate": 0.7, "legacy_rate": 0.6}))
    assert not compare_words.trade_offs(compared(better, {"collaboration_rate": 0.7, "legacy_rate": 0.7}))


def test_the_notes_say_what_is_a_prediction_and_what_salex_did() -> None:
    text = " ".join(notes([ensemble("salex")], None))

    assert "17 of 22" in text
    assert "57 to 90" in text
    assert "is a prediction: no study has measured it" in text


def test_the_notes_own_up_to_one_network_and_to_a_precision_not_reached() -> None:
    assert "One network has no interval" in notes([ensemble("x", 1)], None)[0]
    text = " ".join(notes([ensemble("x")], Precision("trust", 0.001, 0.02, 100_000, 40_000_000)))
    assert "the widest interval of trust is 0.02 wide, not 0.001; it would take about 40,000,000 replicates." in text


def test_the_headline_table_is_cut_to_the_width_and_loses_no_scenario() -> None:
    many = compare([ensemble(f"s{number}", collaboration_rate=0.5) for number in range(7)], "s0")
    for width in (60, 80, 200):
        cut = headline_tables(many, width)
        assert [name for table in cut for name in table.header[1:]] == [f"s{number}" for number in range(7)]
        assert all(len(row) == len(table.header) for table in cut for row in table.rows)
        assert all(30 + 15 * (len(table.header) - 1) <= width for table in cut)


def test_every_headline_outcome_has_its_row() -> None:
    pair = compared({"collaboration_rate": 0.6}, {"collaboration_rate": 0.7})

    labels = [row[0] for row in headline_tables(pair, 80)[0].rows]
    assert labels == [label(name) for name in HEADLINES]
    assert [row[0] for row in difference_tables(pair)[0].rows] == labels


def test_the_run_table_shows_the_spread_of_single_networks() -> None:
    rows = {row[0]: row for row in run_table(estimates(ensemble("x", collaboration_rate=0.5))).rows}

    assert rows["members that ever formed a collaboration (%)"][1:] == ("50 ± 1", "45 to 55")
    alone = {row[0]: row for row in run_table(estimates(ensemble("x", 1, collaboration_rate=0.5))).rows}
    assert alone["members that ever formed a collaboration (%)"][1:] == ("45", "-")


def test_show_has_a_row_for_every_value_and_its_source_below() -> None:
    rows = [vars(row) for row in scenarios.rows(SALEX)]

    (table,) = show_tables(rows)
    assert len(table.rows) == len(rows) > 50
    assert ("closing.month", "25", "month", "lever", '1 to 1200, or "never"') in table.rows
    text = "\n".join(show_lines(rows, sources=True))
    assert all(row["key"] in text for row in rows)
    assert text.count("assumption") + text.count("estimate") >= len(rows)


def test_two_averages_and_their_difference_in_one_row_fit() -> None:
    """81.6 less 72.4 is 9.2, but 82 less 72 is not 9: a digit more is shown."""
    pair = compared({"collaboration_rate": 0.724}, {"collaboration_rate": 0.816})

    averages = [average_cell(pair, name, "collaboration_rate") for name in ("base", "ours")]
    cells = [*averages, change_cell(pair.difference("ours", "collaboration_rate"), pair)]

    assert [float(cell.split(" ± ")[0]) for cell in cells] == [81.6, 72.4, -9.2]


def _shown(cell: str) -> Decimal:
    return Decimal(cell.partition(" ± ")[0].replace(",", ""))


@pytest.mark.parametrize("seed", range(4))
def test_a_difference_fits_the_averages_above_it(seed: int) -> None:
    """81.6 against 80.4 would read 82, 80 and -1. No number is off by a whole unit of its last place for it."""
    drawn = np.random.default_rng(seed)
    shares = [name for name in HEADLINES if outcome_named(name).scale == "share" and outcome_named(name).over is None]
    some = [ensemble(name, **dict(zip(shares, drawn.uniform(0.2, 0.8, len(shares)), strict=True))) for name in "abcd"]
    for many in (2, 4):
        both = compare(some[:many], "a")
        (averages,) = headline_tables(both, 200)
        level = {row[0]: dict(zip("abcd", row[1:], strict=False)) for row in averages.rows}
        off = [
            name
            for name, table in zip(both.compared, difference_tables(both), strict=True)
            for row in table.rows
            if row[1] != "-" and _shown(row[1]) != _shown(level[row[0]][name]) - _shown(level[row[0]]["a"])
        ]
        assert not off
        for outcome in shares:
            for name, one in both.estimates.items():
                cell = _shown(level[label(outcome)][name])
                unit = Decimal(1).scaleb(int(cell.as_tuple().exponent))
                assert abs(Decimal(100 * one[outcome].mean) - cell) < unit
                assert unit >= Decimal("0.1"), "an interval of 2 points bears no more"


def test_levels_that_are_printed_alike_are_said_once() -> None:
    """It said "9.5 instead of 9.5"."""
    base, ours = (
        ensemble(name, collaboration_rate=0.8, legacy_rate=0.7, evidence=9.5, total_cost=1_100_000.0)
        for name in ("base", "ours")
    )
    sign = np.where(np.arange(100) // 4 % 2, 1.0, -1.0)
    ours.values[:, NAMES.index("evidence")] += 0.01 * sign
    ours.values[:, NAMES.index("legacy_rate")] += 0.001 * sign
    said = compare_words.answer(compare([base, ours], "base"), "ours", "Ours")

    assert "Evidence is practically the same (9.5 pieces on average in both)." in said
    assert "the share of members that collaborate is practically the same (70 % on average in both)." in said


def test_an_average_cost_says_wherever_it_stands_up_to_when_it_counts() -> None:
    """Tables, figures, workbook and the page with levers take the label; longer watching lowers the average."""
    averages = [one.name for one in OUTCOMES if one.scale == "usd" and one.over is not None]
    assert averages
    base, ours = (ensemble(name, total_cost=1e6, formed_in_all=10.0, surviving=5.0) for name in ("base", "ours"))
    both = compare([base, ours], "base")
    for name in averages:
        assert "the whole run" in label(name)
        assert outcome_named(name).over[0] == "total_cost"  # type: ignore[index]
    rows = [row[0] for table in (*headline_tables(both, 200), *difference_tables(both)) for row in table.rows]
    said = [row for row in rows if "cost" in row]
    assert len(said) > len(averages)
    assert all("the whole run" in row for row in said)
