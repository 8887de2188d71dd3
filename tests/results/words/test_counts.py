"""Every count that a command says is one of networks, or futures, that were run: found again from the tables it left.

The tests read what was said (said.json) and recompute each count from outcomes/*.parquet by code of their own.
"""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import cli
import scenarios
from results.estimates.comparison import difference
from results.words.counts import higher_lower_equal
from simulation.outcomes import MONTHLY_NAMES, NAMES, outcome_named
from simulation.running.ensemble import Ensemble
from tests.steady import STEADY, options

LEVERS = {
    "facilitation.intensity": (0.2, 1.0), "grants.per_call": (0, 8), "network.members": (6, 24),
    "closing.month": (14, 30), "closing.notice": (0, 6), "behaviour.initiative": (0.1, 0.4),
}  # fmt: skip
LABELS = {f"{outcome_named(name).label} (%)": name for name in NAMES} | {
    outcome_named(name).label: name for name in NAMES
}
LABELS |= {f"{outcome_named(name).label} ({unit})": name for name in NAMES for unit in ("k USD", "0 to 1", "index")}
COUNTED = re.compile(
    r"(higher|lower|equal) in (\d+) of (\d+) networks with the same luck, (\w+) in (\d+), (\w+) in (\d+)"
)
ALL = re.compile(r"(higher|lower|equal) in all (\d+) networks with the same luck")


def ask(*words: str) -> None:
    result = CliRunner().invoke(cli.main, [*words, "--no-figures"], catch_exceptions=False)
    assert result.exit_code == 0, result.output


def said(folder: Path) -> Any:
    return json.loads((folder / "said.json").read_text(encoding="utf-8"))


def counts(ours: pd.Series, theirs: pd.Series) -> dict[str, int]:
    """Pairs in which ours is higher, equal and lower, of those in which both are there."""
    there = ours.notna() & theirs.notna()
    ours, theirs = ours[there], theirs[there]
    return {"higher": int((ours > theirs).sum()), "equal": int((ours == theirs).sum()),
            "lower": int((ours < theirs).sum())}  # fmt: skip


def scenario_file(folder: Path, name: str, luck: np.random.Generator) -> Path:
    """Salex with three values of its own."""
    chosen = luck.choice(list(LEVERS), 3, replace=False)
    tables: dict[str, list[str]] = {}
    for key in map(str, chosen):
        (low, high), (table, _, field) = LEVERS[key], key.partition(".")
        drawn = float(luck.uniform(low, high))
        value = round(drawn) if isinstance(low, int) else round(drawn, 3)
        tables.setdefault(table, []).append(f"{field} = {value}")
    lines = ['extends = "salex"', f'title = "{name}"', 'question = "What then?"']
    for table, fields in tables.items():
        lines += [f"[{table}]", *fields]
    file = folder / f"{name}.toml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.mark.quick_cases("0")
@pytest.mark.parametrize("seed", range(4))
def test_every_count_of_a_comparison_is_one_of_the_networks_run(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    luck = np.random.default_rng(seed)
    files = [scenario_file(tmp_path, name, luck) for name in ("one", "two")]
    folder, replicates = tmp_path / "run", int(luck.integers(5, 40))
    ask("compare", "salex", *map(str, files), "--replicates", str(replicates), "--out", str(folder))
    outcomes = {name: pd.read_parquet(folder / "outcomes" / f"{name}.parquet") for name in ("salex", "one", "two")}
    found = said(folder)

    checked = 0
    for name in ("one", "two"):
        (line,) = [line for line in found["answer"] if line.startswith(f"{name}: ")]
        truth = counts(outcomes[name]["collaboration_rate"], outcomes["salex"]["collaboration_rate"])
        if match := COUNTED.search(line):
            first, count, whole, second, other, third, last = match.groups()
            assert {first: int(count), second: int(other), third: int(last)} == truth
            assert int(whole) == replicates
            checked += 1
        elif match := ALL.search(line):
            assert truth[match[1]] == int(match[2]) == replicates
            checked += 1
        (table,) = [
            one for one in found["body"] if isinstance(one, dict) and one["title"].startswith(f"{name} compared with")
        ]
        assert table["header"][2:5] == ["higher", "equal", "lower"]
        for row in table["rows"]:
            outcome = LABELS[row[0]]
            truth = counts(outcomes[name][outcome], outcomes["salex"][outcome])
            shown = dict(zip(("higher", "equal", "lower"), row[2:5], strict=True))
            assert shown == {key: f"{count:,}" if any(truth.values()) else "-" for key, count in truth.items()}
    assert checked, "no answer counted anything"
    assert f"{replicates} networks of each scenario" in " ".join(found["notes"])
    document = json.loads((folder / "comparison.json").read_bytes())
    for one in document["differences"]:
        truth = counts(outcomes[one["scenario"]][one["outcome"]], outcomes["salex"][one["outcome"]])
        assert {key: one[key] for key in truth} == truth
        if (whole_count := sum(truth.values())) > 0:
            assert one["probability_greater"] == (truth["higher"] + truth["equal"] / 2) / whole_count
    assert not re.search(r"(in|of) 100\b", json.dumps(found))


NOBODY_GAINS = {
    "behaviour.yes_grant": 0.0, "behaviour.rivalry_relief": 0.0, "behaviour.funded_load": 1.0,
    "behaviour.funded_hazard": 1.0, "behaviour.grant_end_hazard": 3.0,
}  # fmt: skip
"""Grants that do so little that in some futures they are worse than none."""


def test_counts_over_futures_are_of_the_futures_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "run"
    plans = ["salex", "no-catalytic-funding"]
    ask("compare", *plans, "--over", "funder", "--futures", "14", "--replicates", "3", "--at-least", "0.5",
        "--out", str(folder), "--fixed", *options(STEADY | NOBODY_GAINS))  # fmt: skip
    rows = pd.read_parquet(folder / "outcomes")
    means = rows.groupby("point")["collaboration_rate"].mean().to_numpy().reshape(-1, len(plans))
    text = " ".join(said(folder)["answer"])

    best = means.argmax(axis=1)
    alone = [int(((best == number) & (np.ptp(means, axis=1) > 0)).sum()) for number in range(2)]
    assert min(alone) > 0
    assert f"{alone[0]} of 14 futures" in text
    assert f"{alone[1]} of 14 futures" in text
    for number, plan in enumerate(plans):
        assert f"{int((means[:, number] >= 0.5).sum())} of 14 futures with {plan}" in text
    assert not re.search(r"(in|of) 100\b", json.dumps(said(folder)))


@pytest.mark.slow
def test_counts_of_failing_points_are_of_the_points_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ema_workbench")
    monkeypatch.chdir(tmp_path)
    vary = ["--vary", "facilitation.intensity=0.1:1", "--vary", "grants.per_call=0:8"]
    ask("sweep", "salex", *vary, "--design", "lhs", "--points", "60", "--replicates", "2", "--out", "swept")
    swept = pd.read_parquet("swept/outcomes").groupby("point")["collaboration_rate"].mean()
    below = float(swept.median())
    ask("discover", "swept", "--below", repr(below), "--points", "20", "--boxes", "1", "--out", "found")
    found_again = pd.read_parquet("found/outcomes").groupby("point")["collaboration_rate"].mean()
    failing = [swept < below, found_again < below]
    found = said(Path("found"))
    text = " ".join([*found["answer"], *found["notes"]])

    assert f"in {int(failing[0].sum())} of 60 points" in text
    assert f"On 20 fresh points, {int(failing[1].sum())} of 20 (" in text
    if held := re.search(r"in (\d+) of (\d+) points with .*: these are (\d+) of the (\d+) that fail", text):
        assert held[1] == held[3], "those in the region that fail are the ones it covers"
        assert int(held[4]) == int(failing[0].sum())
    assert not re.search(r"(in|of) 100\b", json.dumps(found))


def test_ties_are_not_counted_as_half() -> None:
    """The funder's case: most networks come out alike, and no sentence may call half of these higher."""
    rates_of = ([0.8] * 34 + [0.5] * 9 + [0.7] * 57, [0.7] * 100)
    columns = []
    for rates in rates_of:
        values = np.zeros((100, len(NAMES)))
        values[:, NAMES.index("collaboration_rate")] = rates
        months = np.zeros((2, len(MONTHLY_NAMES)))
        columns.append(Ensemble(scenarios.load("salex"), 1, 0, values, months, np.zeros((100, *months.shape))))

    ours, base = columns
    one = difference(ours, base, "collaboration_rate", scenario="ours")

    assert (one.higher, one.equal, one.lower) == (34, 57, 9)
    assert one.probability_greater == pytest.approx(0.625), "as it was"
    assert re.search(r"higher in 34 of 100 .*lower in 9\b.*equal in 57\b", higher_lower_equal(one))
