"""`run --pairs`: chances of pairs and of members, in the very networks that the outcomes are of."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios
from results.commands import run as run_module
from results.commands.new import New
from results.commands.run import Run, RunAnswer
from results.comparing import pairs as module
from results.folders.parquet import columns_of, read_table, write_parquet
from results.verifying.verify import verify
from scenarios.files.faults import RequestError
from tests.shared import ask, document

SMALL = {"network.members": "9", "closing.month": "10", "closing.notice": "2", "closing.follow_up": "12"}
SET = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
MONTHS = (0, 6, 34)
MEMBERS = 9


def asked(out: Path, **changed: Any) -> RunAnswer:
    request: dict[str, Any] = {"settings": SMALL, "replicates": 60, "pairs": MONTHS, "figures": False, "out": out}
    return Run("salex", **{**request, **changed}).answer()


def records(answer: RunAnswer, table: str) -> list[dict[str, Any]]:
    columns = answer.to_frame(table).to_dict("list")
    return [dict(zip(map(str, columns), row, strict=True)) for row in zip(*columns.values(), strict=True)]


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> RunAnswer:
    """Each network with parameters of its own, from the shipped posterior."""
    return asked(tmp_path_factory.mktemp("pairs") / "run", workers=1)


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario with a dozen members by name."""
    home = tmp_path_factory.mktemp("mine")
    New(home / "my-network").answer()
    return home / "my-network" / "my-network.toml"


@pytest.mark.parametrize("month", MONTHS)
def test_chances_add_up_to_the_outcomes_of_the_run(answer: RunAnswer, month: int) -> None:
    members = [row for row in records(answer, "members") if row["month"] == month]
    pairs = [row for row in records(answer, "pairs") if row["month"] == month]
    assert (len(members), len(pairs)) == (MEMBERS, MEMBERS * (MEMBERS - 1) // 2)
    course = {name: answer.ensemble.course(name)[:, month].mean() for name in ("active_rate", "tie_density")}
    assert np.mean([row["collaborating"] for row in members]) == pytest.approx(course["active_rate"], abs=1e-12)
    assert np.mean([row["tied"] for row in pairs]) == pytest.approx(course["tie_density"], abs=1e-12)
    for row in members:
        its = [pair for pair in pairs if row["member"] in (pair["one"], pair["other"])]
        assert row["ties"] == pytest.approx(sum(pair["tied"] for pair in its))
        assert row["collaborations"] == pytest.approx(sum(pair["collaborating"] for pair in its))
    if month:
        assert 0 < course["active_rate"] < 1


def test_whoever_joins_later_is_counted_too(tmp_path: Path) -> None:
    joining = asked(tmp_path / "run", settings={**SMALL, "network.joining": "0.5"}, pairs="8")
    found = sum(row["collaborating"] for row in records(joining, "pairs"))
    assert found == pytest.approx(joining.ensemble.course("collaborations")[:, 8].mean(), abs=1e-12)
    late = [row for row in records(joining, "members") if row["member"] == f"member {MEMBERS + 1}"]
    assert [row["alone"] > 0 for row in late] == [True]


def test_the_tables_are_the_same_whatever_the_threads(answer: RunAnswer, tmp_path: Path) -> None:
    again = asked(tmp_path / "run", workers=3)
    for name in ("pairs.parquet", "members.parquet"):
        assert (again.folder / name).read_bytes() == (answer.folder / name).read_bytes()


def test_without_the_option_nothing_is_another(answer: RunAnswer, tmp_path: Path) -> None:
    plain = asked(tmp_path / "run", pairs="")
    assert plain.pairs is None
    assert set(plain.tables) == {"months/salex", "outcomes/salex"}
    assert plain.document == {key: value for key, value in answer.document.items() if key != "pairs"}
    outcomes = "outcomes/salex.parquet"
    assert (plain.folder / outcomes).read_bytes() == (answer.folder / outcomes).read_bytes()
    assert "pairs" not in json.loads((plain.folder / "manifest.json").read_text())["inputs"]


@pytest.mark.quick_cases("pairs.parquet-20", "members.parquet-None")
@pytest.mark.parametrize("sample", [20, None])
@pytest.mark.parametrize("table", ["pairs.parquet", "members.parquet"])
def test_verify_notices_a_changed_chance(tmp_path: Path, table: str, sample: int | None) -> None:
    folder = asked(tmp_path / "run", replicates=4).folder
    assert verify(folder, sample).holds
    columns = dict(columns_of(read_table(folder / table)))
    changed = np.array(columns["collaborating"], dtype=np.float64)
    changed[-1] += 0.25
    with open(folder / table, "wb") as file:
        write_parquet({**columns, "collaborating": changed}, file)
    assert any(table in fault for fault in verify(folder, sample).faults)


@pytest.mark.parametrize("months", ["35", "-1", "6,x", "1.5"])
def test_a_month_that_is_not_simulated_is_refused_with_what_is_allowed(months: str, tmp_path: Path) -> None:
    result = ask("run", "salex", *SET, "--pairs", months, "--out", str(tmp_path / "run"))
    assert result.exit_code == 2
    assert "--pairs" in result.stderr
    assert ("0,12,24" if "x" in months or "." in months else "from 0 to 34") in " ".join(result.stderr.split())
    assert not (tmp_path / "run").exists()


def test_more_pairs_than_the_memory_should_hold_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 107)
    with pytest.raises(RequestError, match=r"9 members in 3 months make 108 rows of pairs; allowed are 107"):
        asked(tmp_path / "run")
    with pytest.raises(RequestError, match="mesa"):
        asked(tmp_path / "run", engine="mesa")
    assert not (tmp_path / "run").exists()


def test_the_likeliest_are_named_with_their_chances(mine: Path, tmp_path: Path) -> None:
    words = [str(mine), "--pairs", "6,24", "--replicates", "50", "--no-figures"]
    found = document("run", *words, "--out", str(tmp_path / "run"))["pairs"]
    names = scenarios.load(mine, posterior=None).roster
    assert names is not None
    table = columns_of(read_table(tmp_path / "run" / "pairs.parquet"))
    share = {
        (one, other, month): value
        for one, other, month, value in zip(
            *(list(table[key]) for key in ("one", "other", "month", "collaborating")), strict=True
        )
    }
    listed = [(pair["one"], pair["other"]) for pair in found["likely"]]
    chances = [pair["collaborating"] for pair in found["likely"]]
    assert (found["months"], found["month"], found["same_members"]) == ([6, 24], 24, True)
    assert [share[(*pair, 24)] for pair in listed] == chances == sorted(chances, reverse=True)
    assert all(share[(*pair, 6)] < 0.5 for pair in listed)
    others = [value for (one, other, month), value in share.items()
              if month == 24 and (one, other) not in listed and share[one, other, 6] < 0.5]  # fmt: skip
    assert max(others) <= chances[-1]
    told = " ".join(ask("run", *words, "--out", str(tmp_path / "told")).stdout.split())
    assert f"{listed[0][0]} and {listed[0][1]} {100 * chances[0]:.0f} " in told
    assert "50 networks" in told
    assert "prediction of the model" in told


def test_drawn_members_are_not_listed_for_a_name_is_another_one_in_every_network(answer: RunAnswer) -> None:
    found = answer.document["pairs"]
    assert (found["same_members"], found["likely"], found["alone"]) == (False, [], [])
    assert any("drawn again for every network" in note for note in answer.said.notes)
    assert len(answer.said.body) == 3, "the outcomes, the cash flow and what it takes to read it"


def test_where_nobody_collaborates_yet_it_is_said(mine: Path, tmp_path: Path) -> None:
    found = Run(mine, pairs=[0], replicates=4, figures=False, out=tmp_path / "run").answer()
    assert found.pairs is not None
    assert found.pairs.likely == ()
    assert any("No two members collaborate in month 0 in any of 4 networks" in str(block) for block in found.said.body)


def test_a_run_that_was_stopped_while_pairs_were_counted_ends_in_the_same_bytes(
    answer: RunAnswer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_asked: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as until:
        until.setattr(run_module, "count_pairs", stopped)
        with pytest.raises(KeyboardInterrupt):
            asked(tmp_path / "run")
    assert json.loads((tmp_path / "run" / "manifest.json").read_text())["finished"] is False
    again = asked(tmp_path / "run")
    for name in ("pairs.parquet", "members.parquet", "outcomes/salex.parquet"):
        assert (again.folder / name).read_bytes() == (answer.folder / name).read_bytes()
