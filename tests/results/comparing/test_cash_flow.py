"""Cash flow: years add up to the outcomes, lines to totals as printed, funders to the whole; folders are held to it."""

import csv
import json
import random
import shutil
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

import results
import scenarios
import simulation
from results.comparing.cash_flow_documents import FILE
from results.comparing.cash_flow_words import cash_flow_blocks, cash_flow_table, years_block, years_table
from results.estimates.cash_flow import (
    COST,
    FUNDERS,
    IN_PLACE_OF,
    MEMBERS,
    NOBODY,
    OWN_SPENDING,
    STAFF,
    CashFlow,
    cash_flow,
    shares_of_funders,
)
from results.estimates.comparison import estimate
from results.words.currency import amounts_in
from results.words.rounding import adding_up, adds_up, table_adding_up
from results.words.table import Table
from scenarios import load
from scenarios.schema.funders import CoFunder
from simulation.ledger import periods_of
from simulation.outcomes import COST_PARTS
from simulation.running.ensemble import Ensemble
from tests.shared import ask, document

B = CoFunder("B", backbone=0.25, grants=0.5, exit=14, taper=2)
SHARED: dict[str, Any] = {"funder.name": "A", "funder.others": (B,), "members.replacement": 0.4}


def ran(name: str = "salex", changes: dict[str, Any] | None = None, replicates: int = 40) -> Ensemble:
    asked = scenarios.replace(load(name), changes or {})
    return simulation.run(asked, seed=5, replicates=replicates, workers=1, ledger=True)


@pytest.fixture(scope="module")
def shared() -> Ensemble:
    return ran(changes=SHARED)


@pytest.mark.parametrize("name", ["salex", "renewal"])
def test_the_whole_run_has_the_average_and_the_interval_of_the_outcome(name: str) -> None:
    ensemble = ran(name)
    found = cash_flow(ensemble)
    for line, outcome in (*((part, part) for part in COST_PARTS), (COST, "total_cost")):
        one, wanted = found.flow(0, line), estimate(ensemble, outcome)
        assert (one.mean, one.low, one.high) == pytest.approx((wanted.mean, wanted.low, wanted.high), rel=1e-9)
        assert sum(found.flow(year, line).mean for year in found.years) == pytest.approx(one.mean, rel=1e-9)
    assert found.flow(0, OWN_SPENDING, MEMBERS).mean == pytest.approx(ensemble["members_cost_in_all"].mean())


def test_funders_pay_together_what_all_pay_and_each_its_share(shared: Ensemble) -> None:
    found = cash_flow(shared)
    assert found.funders == ("A", "B")
    for year in (*found.years, 0):
        whole = found.flow(year, COST).mean
        assert found.flow(year, COST, "A").mean + found.flow(year, COST, "B").mean == pytest.approx(whole)
    assert found.flow(2, COST, "B").mean > 0
    assert found.flow(3, COST, "B").mean == 0, "it left in month 14, and a capstone is paid by who is still there"
    assert found.flow(0, IN_PLACE_OF, MEMBERS).mean > 0


def test_shares_are_those_of_the_month() -> None:
    """B pays a quarter in full, two thirds of it in month 13 and a third in month 14; A always pays three quarters."""
    asked = scenarios.replace(load("salex", posterior=None), SHARED)
    periods = periods_of(asked)
    of_b = {one.first: share[0, 1] for one, share in zip(periods, shares_of_funders(asked, periods), strict=True)}
    expected = {1: 0.25, 13: (0.25 * 2 / 3) / (0.75 + 0.25 * 2 / 3), 14: (0.25 / 3) / (0.75 + 0.25 / 3), 15: 0.0}
    for month, share in expected.items():
        assert of_b[month] == pytest.approx(share)


def test_staff_time_is_the_intensity_times_the_people() -> None:
    found = cash_flow(ran(changes={"facilitation.intensity": 0.5, "costs.staff": 4.0, "closing.wind_down": 1.0}))
    one = found.flow(1, STAFF, NOBODY)
    assert (one.mean, one.low, one.high) == pytest.approx((24.0, 24.0, 24.0))


def test_financial_years_are_cut_where_they_begin() -> None:
    """Month 1 is September 2026 and years begin in April: 7 months of 2026/27, then twelve, then the rest."""
    dates = {"costs.begins": "2026-09", "costs.financial_year": "April", "costs.staff": 1.0}
    found = cash_flow(ran(changes=dates, replicates=4))
    assert found.years[:3] == (2026, 2027, 2028)
    assert [(found.flow(year, COST).first, found.flow(year, COST).last) for year in found.years[:3]] == [
        (1, 7), (8, 19), (20, 31)
    ]  # fmt: skip
    assert found.flow(2026, STAFF, NOBODY).mean == pytest.approx(7 * 0.6)
    assert cash_flow_table(found).header[1:3] == ("2026/27", "2027/28")
    by_network = cash_flow(ran(replicates=4))
    assert found.flow(0, COST).mean == pytest.approx(by_network.flow(0, COST).mean, rel=1e-12)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("costs.begins=2026", "allowed is a month of a year, such as 2026-09"),
        ("costs.begins=2026-13", "allowed is a month of a year"),
        ("costs.financial_year=13", "allowed is a month, 1 to 12 or its name"),
        ("costs.financial_year=Aprl", "did you mean April?"),
    ],
)
def test_a_date_that_is_none_is_refused(change: str, why: str) -> None:
    with pytest.raises(scenarios.ScenarioError) as refused:
        load("salex", [change])
    assert why in str(refused.value)
    assert load("salex", ["costs.begins=2026-09", "costs.financial_year=4"]).costs.financial_year == "04"


def test_plans_that_count_in_other_years_are_not_put_side_by_side() -> None:
    dated = cash_flow(ran(changes={"costs.begins": "2026-09"}, replicates=4))
    said = years_block([dated, cash_flow(ran(replicates=4))])
    assert isinstance(said, tuple)
    assert "other financial years" in said[0]
    assert isinstance(years_block([dated, dated]), Table)


def _numbers(table: Table) -> list[list[int]]:
    return [[int(cell.split()[0].replace(",", "")) for cell in row[1:]] for row in table.rows]


@pytest.mark.parametrize("name", ["salex", "taper", "abrupt-closing", "sparc"])
def test_the_table_adds_up_as_printed_or_says_so(name: str) -> None:
    found = cash_flow(ran(name))
    blocks = cash_flow_blocks(found)
    table = blocks[0]
    assert isinstance(table, Table)
    rows = _numbers(table)
    lines = [row[0] for row in table.rows]
    total = rows[lines.index("cost to the funder")]
    parts = rows[: lines.index("cost to the funder")]
    if not any("rounded one by one" in line for block in blocks[1:] if isinstance(block, tuple) for line in block):
        assert [sum(column) for column in zip(*parts, strict=True)] == total
    assert all(sum(row[:-1]) == row[-1] for row in rows)


def test_several_funders_stand_below_the_whole_and_add_up_to_it(shared: Ensemble) -> None:
    table = cash_flow_table(cash_flow(shared))
    rows = dict(zip((row[0] for row in table.rows), _numbers(table), strict=True))
    each = zip(rows["of which A"], rows["of which B"], strict=True)
    assert [one + other for one, other in each] == rows["cost to the funder"]
    assert "members in place of funders" in rows


def test_the_table_of_plans_has_a_line_each_in_their_currency(shared: Ensemble) -> None:
    with amounts_in("KES"):
        table = years_table([cash_flow(shared), cash_flow(ran("abrupt-closing"))])
    assert "thousand KES" in table.title
    assert [row[0] for row in table.rows] == ["salex", "abrupt-closing"]
    assert all(sum(row[:-1]) == row[-1] for row in _numbers(table))


def test_cells_are_rounded_so_that_lines_and_columns_add_up() -> None:
    """Random tables of money: where all cells hold something a way is always found; each is off by less than one."""
    luck = random.Random(4)
    for _ in range(200):
        high, wide = luck.randint(1, 6), luck.randint(1, 6)
        cells = [[luck.uniform(0.01, 400) for _ in range(wide)] for _ in range(high)]
        whole = sum(map(sum, cells))
        rows = adding_up([sum(line) for line in cells], whole)
        columns = adding_up([sum(line[place] for line in cells) for place in range(wide)], whole)
        found = table_adding_up(cells, rows, columns)
        pairs = zip(chain.from_iterable(found), chain.from_iterable(cells), strict=True)
        near = all(abs(one - real) < 1.001 for one, real in pairs)
        assert near
        assert adds_up(found, rows, columns)


def test_nothing_in_a_cell_stays_nothing() -> None:
    assert table_adding_up([[0.5, 0.0], [0.5, 0.0]], [1, 0], [1, 0]) == [[1, 0], [0, 0]]


def test_without_a_ledger_there_is_no_cash_flow() -> None:
    with pytest.raises(ValueError, match="run it with ledger=True"):
        cash_flow(simulation.run(load("salex", posterior=None), replicates=2))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("cash") / "run"
    euros = ["--set", "costs.currency=EUR", "--set", "costs.rate=0.92"]
    told = document("compare", "salex", "taper", *euros, "--replicates", "6", "--no-figures", "--out", str(here))
    assert told["currency"] == "EUR"
    assert {one["unit"] for one in _rows(here)} == {"EUR", "person-months"}
    assert set(told["cash_flow"]) == {"salex", "taper"}
    return here


def _rows(folder: Path) -> list[dict[str, str]]:
    with (folder / FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_run_folder_has_it_and_is_confirmed(folder: Path) -> None:
    assert ask("verify", str(folder), "--sample", "1").exit_code == 0
    assert ask("verify", str(folder), "--all").exit_code == 0
    said = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    titles = [one["title"] for one in (*said["body"], *said["more"]) if isinstance(one, dict)]
    assert "What the funder pays in each year (thousand EUR, prices of 2024)" in titles
    assert "Cash flow of taper (thousand EUR, prices of 2024)" in titles


@pytest.mark.parametrize("fault", ["another number", "a line less", "no file", "another document"])
def test_a_cash_flow_that_somebody_changed_is_found(fault: str, folder: Path, tmp_path: Path) -> None:
    changed = tmp_path / "run"
    shutil.copytree(folder, changed)
    file = changed / FILE
    lines = file.read_text(encoding="utf-8").splitlines()
    if fault == "another number":
        cells = lines[1].split(",")
        lines[1] = ",".join([*cells[:8], repr(float(cells[8]) + 1), *cells[9:]])
    if fault == "another document":
        kept = json.loads((changed / "comparison.json").read_text(encoding="utf-8"))
        kept["cash_flow"]["salex"][0]["mean"] += 1
        (changed / "comparison.json").write_text(json.dumps(kept), encoding="utf-8")
    file.write_text("\n".join(lines[:-1] if fault == "a line less" else lines) + "\n", encoding="utf-8")
    if fault == "no file":
        file.unlink()
    said = ask("verify", str(changed), "--sample", "1")
    assert said.exit_code == 1
    assert FILE in " ".join((said.stdout + said.stderr).split())


def test_a_notebook_has_it_too(tmp_path: Path) -> None:
    answer = results.Run("salex", replicates=4, figures=False, out=tmp_path / "run").answer()
    assert isinstance(answer.cash_flow, CashFlow)
    assert answer.cash_flow.flow(0, COST, FUNDERS).mean == pytest.approx(answer.ensemble["total_cost"].mean())
