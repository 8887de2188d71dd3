"""Cash flow as a picture: bars as high as what is paid, intervals around them, plans side by side, no text cut off."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

import scenarios
import simulation
from results.estimates.cash_flow import COST, CashFlow, cash_flow
from results.figures.comparing.cash_flow import cash_flow_figures
from results.words.currency import amounts_in
from scenarios import load
from tests.figure_texts import assert_nothing_is_cut_off_or_overlaps, said


def flow(changes: Mapping[str, Any] | None = None) -> CashFlow:
    asked = scenarios.replace(load("salex"), dict(changes or {}))
    return cash_flow(simulation.run(asked, seed=2, replicates=6, workers=1, ledger=True))


def panels(figure: Figure) -> list[Any]:
    return [axes for axes in figure.axes if str(axes.get_label()).startswith("cash-flow")]


def test_a_bar_is_as_high_as_what_is_paid_and_its_line_is_the_interval() -> None:
    found = flow()
    (figure,) = cash_flow_figures([found])
    (axes,) = panels(figure)
    tops: dict[float, float] = {}
    for bar in axes.patches:
        middle = round(bar.get_x() + bar.get_width() / 2)
        tops[middle] = max(tops.get(middle, 0.0), bar.get_y() + bar.get_height())
    for place, year in enumerate(found.years[: len(tops)]):
        assert tops[place] == pytest.approx(found.flow(year, COST).mean / 1000)
    first = found.flow(1, COST)
    np.testing.assert_allclose(axes.lines[0].get_ydata(), [first.low / 1000, first.high / 1000])


@pytest.mark.parametrize("count", [1, 2, 4, 11])
def test_plans_stand_side_by_side_and_nothing_is_cut_off(count: int) -> None:
    names = [f"a-plan-with-a-rather-long-name-of-its-own-{number}" for number in range(count)]
    one = flow()
    flows = [CashFlow(one.scenario.model_copy(update={"name": name}), one.flows) for name in names]
    figures = cash_flow_figures(flows)
    assert sum(len(panels(figure)) for figure in figures) == count
    for figure in figures:
        assert_nothing_is_cut_off_or_overlaps(figure)


def test_financial_years_and_the_currency_stand_on_it() -> None:
    with amounts_in("KES"):
        (figure,) = cash_flow_figures([flow({"costs.begins": "2026-09", "costs.financial_year": "April"})])
    assert "26/27" in said(figure)
    assert "financial year" in said(figure)
    assert "thousand KES" in said(figure)
    assert_nothing_is_cut_off_or_overlaps(figure)


def test_a_network_that_costs_nothing_has_no_picture() -> None:
    free = dict.fromkeys(("costs.backbone", "costs.attendance", "costs.session", "costs.introduction"), 0.0)
    free |= {"costs.capstone": 0.0, "costs.handover": 0.0, "grants.per_call": 0}
    assert cash_flow_figures([flow(free)]) == []
