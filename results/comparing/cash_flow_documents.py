"""Cash flow as JSON values, and as a CSV that spreadsheets open."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from results.estimates.cash_flow import NOBODY, CashFlow
from results.folders.files import write
from results.words.document import finite
from results.words.schema import Count, Number

FILE = "cash_flow.csv"
COLUMNS = (
    *("scenario", "year", "first_month", "last_month", "line", "paid_by", "unit", "price_year"),
    *("mean", "low", "high"),
)
"""Of the CSV: a row for each line in each year; `year` is empty for the whole run."""
STAFF_UNIT = "person-months"


class FlowDocument(TypedDict):
    """One line in one year."""

    year: Annotated[
        int | None, Field(description="from 1, or that in which a financial year begins; null for the whole run")
    ]
    first_month: Count
    last_month: Count
    line: Annotated[
        str, Field(description="cost_backbone and so on, cost, in_place_of_funders, own_spending, staff_months")
    ]
    paid_by: Annotated[str | None, Field(description="funders together, one by name, members; null of staff time")]
    mean: Annotated[Number, Field(description="in the currency of the document; staff_months in person-months")]
    low: Number
    high: Number


CashFlowDocument = Annotated[list[FlowDocument], Field(description="what each budget line costs in each year")]


def cash_flow_document(found: CashFlow) -> list[FlowDocument]:
    """Every line in every year, as JSON values."""
    return [
        {
            "year": one.year or None,
            "first_month": one.first,
            "last_month": one.last,
            "line": one.line,
            "paid_by": one.paid_by or None,
            "mean": finite(one.mean),
            "low": finite(one.low),
            "high": finite(one.high),
        }
        for one in found.flows
    ]


def cash_flow_csv(flows: Sequence[CashFlow]) -> bytes:
    """The same of all scenarios as a CSV; numbers have all their digits."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for found in flows:
        costs = found.scenario.costs
        for one in found.flows:
            unit, year = (STAFF_UNIT, "") if one.paid_by == NOBODY else (costs.currency, costs.price_year)
            about = (found.scenario.name, one.year or "", one.first, one.last, one.line, one.paid_by, unit, year)
            writer.writerow(
                [*about, *("" if value != value else repr(value) for value in (one.mean, one.low, one.high))]
            )
    return text.getvalue().encode()


def write_cash_flow(folder: Path, flows: Sequence[CashFlow]) -> None:
    """Write the CSV into a run folder."""
    write(folder / FILE, cash_flow_csv(flows))


def read_cash_flow(folder: Path) -> list[Mapping[str, str]]:
    """Rows of the CSV of a run folder."""
    with (folder / FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
