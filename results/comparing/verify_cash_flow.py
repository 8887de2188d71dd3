"""Whether cash_flow.csv of a run folder is what its numbers give: the document's, and the sums of the outcomes."""

import json
from collections.abc import Mapping, Sequence
from math import isclose, isnan, nan
from typing import Any

from results.comparing.cash_flow_documents import COLUMNS, FILE, cash_flow_csv, read_cash_flow
from results.estimates.cash_flow import COST, FUNDERS, cash_flow
from results.folders.examination import Examination, stored_columns
from scenarios import Scenario
from simulation.outcomes import COST_PARTS
from simulation.running.ensemble import Ensemble

CLOSE = 1e-9
"""How near sums over years must be to the average of the whole run, relative to their size."""
Row = Mapping[str, str]


def verify_cash_flow(check: Examination, scenarios: Sequence[Scenario]) -> None:
    """Hold the CSV against the document of the folder, and its sums against the table of outcomes.

    A folder of an earlier version has neither, which is no fault.
    """
    wanted = _document(check)
    if wanted is None:
        return
    try:
        rows = read_cash_flow(check.path)
    except (OSError, ValueError) as error:
        check.fault(f"{check.path / FILE} cannot be read ({error})")
        return
    check.found.files += 1
    if not rows or tuple(rows[0]) != COLUMNS:
        check.fault(f"{check.path / FILE} has other columns than {', '.join(COLUMNS)}")
        return
    for scenario in scenarios:
        own = [row for row in rows if row["scenario"] == scenario.name]
        _same_numbers(check, scenario.name, own, wanted.get(scenario.name, []))
        _same_sums(check, scenario, own)
    if strangers := {row["scenario"] for row in rows} - {one.name for one in scenarios}:
        check.fault(f"{check.path / FILE} has rows of {', '.join(sorted(strangers))}, which was not run")


def same_cash_flow(check: Examination, ensembles: Sequence[Ensemble]) -> None:
    """Hold the CSV against the same networks run again."""
    if _document(check) is None or not (check.path / FILE).is_file():
        return
    fresh = cash_flow_csv([cash_flow(one) for one in ensembles])
    if (check.path / FILE).read_bytes() != fresh and not check.on_another:
        check.fault(f"{check.path / FILE} is not what comes out")


def _document(check: Examination) -> Mapping[str, list[Mapping[str, Any]]] | None:
    """Cash flow by scenario as the document of the folder has it; None where it has none."""
    for name in ("outcomes.json", "comparison.json"):
        try:
            document = json.loads((check.path / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        found = document.get("cash_flow") if isinstance(document, dict) else None
        if isinstance(found, list):
            return {str(document.get("scenario")): found}
        if isinstance(found, dict):
            return found
    return None


def _same_numbers(check: Examination, name: str, rows: Sequence[Row], wanted: Sequence[Mapping[str, Any]]) -> None:
    told = [(str(one["year"] or ""), one["line"], one["paid_by"] or "") for one in wanted]
    if [(row["year"], row["line"], row["paid_by"]) for row in rows] != told:
        check.fault(f"{check.path / FILE}: years and lines of {name} are not those of the document")
        return
    for row, one in zip(rows, wanted, strict=True):
        for number in ("mean", "low", "high"):
            ours, theirs = _number(row[number]), nan if one[number] is None else float(one[number])
            if ours != theirs and not (isnan(ours) and isnan(theirs)):
                check.fault(f"{check.path / FILE}, {name}, year {row['year'] or 'all'}, {row['line']}, {number}: "
                            f"{row[number]} is stored, {one[number]} is in the document")  # fmt: skip


def _same_sums(check: Examination, scenario: Scenario, rows: Sequence[Row]) -> None:
    """Years add up to the whole run, and that is the average of the outcomes."""
    try:
        table = stored_columns(check.path / f"outcomes/{scenario.name}.parquet")
    except (OSError, ValueError):
        return  # said already
    inputs = check.manifest.inputs
    if "precision" not in inputs and len(table["replicate"]) != inputs["replicates"]:
        return  # a table that is cut off costs something else; running all rows again says so
    means = {part: float(table[part].mean()) for part in COST_PARTS}
    means[COST] = sum(means.values())
    for line, mean in means.items():
        own = [row for row in rows if row["line"] == line and row["paid_by"] == FUNDERS]
        years = sum(_number(row["mean"]) for row in own if row["year"])
        whole = sum(_number(row["mean"]) for row in own if not row["year"])
        for what, found in (("its years", years), ("the whole run", whole)):
            if not isclose(found, mean, rel_tol=CLOSE, abs_tol=1e-6):
                check.fault(
                    f"{check.path / FILE}, {scenario.name}, {line}: {what} come to {found!r}, networks cost {mean!r}"
                )


def _number(written: str) -> float:
    try:
        return float(written) if written else nan
    except ValueError:
        return nan
