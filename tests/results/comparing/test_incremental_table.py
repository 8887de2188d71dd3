"""The table of what money buys: counted to one month, in words a funder reads, with nothing where nothing is known."""

from dataclasses import replace

from results.comparing.incremental_documents import incremental_blocks, incremental_document
from results.estimates.incremental import Incremental
from results.words.table import Table

BOUGHT = Incremental(
    "other", "year after", "evidence", "funder", -5e5, -14.0, 36_000.0, 31_000.0, 46_000.0, "saved", 300
)
NAN = float("nan")


def table_of(*found: Incremental) -> Table:
    (table,) = (block for block in incremental_blocks(found) if isinstance(block, Table))
    return table


def cells(*found: Incremental) -> list[str]:
    return [" ".join(row) for row in table_of(*found).rows]


def test_a_row_says_what_each_one_fewer_saves_in_thousands() -> None:
    both = replace(BOUGHT, payer="funder and members", ratio=4_600.0, low=3_800.0, high=6_300.0)
    table = table_of(BOUGHT, both)
    ((scenario, effect, funder, all_of_them),) = table.rows
    assert (scenario, effect) == ("other", "piece of evidence")
    assert funder == "saves 36 (31 to 46)"
    assert all_of_them == "saves 4.6 (3.8 to 6.3)"


def test_an_unclear_difference_has_no_ratio_but_a_word() -> None:
    unclear = replace(BOUGHT, verdict="cost unclear", ratio=-8e3, low=-2e4, high=8e3)
    none = replace(BOUGHT, payer="funder and members", verdict="worse", ratio=NAN, low=NAN, high=NAN)
    (row,) = cells(unclear, none)
    assert "no clear difference in cost" in row
    assert "costs more, yields less" in row
    assert "8" not in row


def test_networks_that_go_on_are_counted_to_the_last_month() -> None:
    missing = replace(BOUGHT, verdict="missing", ratio=NAN)
    end = [
        replace(BOUGHT, horizon="end", payer=payer, effect="months_worked")
        for payer in ("funder", "funder and members")
    ]
    table = table_of(missing, *end)
    assert "the last month simulated" in table.title
    assert [row[1] for row in table.rows] == ["month of collaboration"]


def test_there_is_no_table_where_nothing_can_be_said() -> None:
    assert incremental_blocks([replace(BOUGHT, verdict="same effect")]) == ()
    assert incremental_document(replace(BOUGHT, ratio=NAN))["ratio"] is None


def test_effects_that_may_be_none_share_one_line_and_have_no_row() -> None:
    unclear = [
        replace(BOUGHT, effect=effect, payer=payer, verdict="effect unclear", ratio=NAN)
        for effect in ("surviving", "translation")
        for payer in ("funder", "funder and members")
    ]
    both = [BOUGHT, replace(BOUGHT, payer="funder and members")]
    table, line = incremental_blocks([*both, *unclear])
    assert isinstance(table, Table)
    assert [row[1] for row in table.rows] == ["piece of evidence"]
    assert "other (survivor of a year and translation at scale)" in str(line)
    assert "has no upper end" in str(line)
    assert "No cost per unit" not in str(line), "the verdict gives one for the same: so much or far more"

    (alone,) = incremental_blocks(unclear)
    assert not isinstance(alone, Table), "a table of rows that say nothing says nothing"
