"""The table of what money buys: counted to one month, in words a funder reads, with nothing where nothing is known."""

from dataclasses import replace

from results.comparing.incremental_documents import incremental_document, incremental_table
from results.estimates.incremental import Incremental

BOUGHT = Incremental(
    "other", "year after", "evidence", "funder", -5e5, -14.0, 36_000.0, 31_000.0, 46_000.0, "saved", 300
)
NAN = float("nan")


def cells(*found: Incremental) -> list[str]:
    table = incremental_table(found)
    assert table is not None
    return [" ".join(row) for row in table.rows]


def test_a_row_says_what_each_one_fewer_saves_in_thousands() -> None:
    both = replace(BOUGHT, payer="funder and members", ratio=4_600.0, low=3_800.0, high=6_300.0)
    table = incremental_table([BOUGHT, both])
    assert table is not None
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
    table = incremental_table([missing, *end])
    assert table is not None
    assert "the last month simulated" in table.title
    assert [row[1] for row in table.rows] == ["month of collaboration"]


def test_there_is_no_table_where_nothing_can_be_said() -> None:
    assert incremental_table([replace(BOUGHT, verdict="same effect")]) is None
    assert incremental_document(replace(BOUGHT, ratio=NAN))["ratio"] is None
