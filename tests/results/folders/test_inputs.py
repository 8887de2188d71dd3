"""The scenarios of a run stay in its folder, with everything they read."""

from pathlib import Path

import pytest

import scenarios
from results.folders.inputs import read_input, write_inputs


@pytest.mark.parametrize("name", scenarios.names())
def test_a_scenario_of_the_library_comes_back_as_it_was(tmp_path: Path, name: str) -> None:
    scenario = scenarios.load(name, ["grants.per_call=3"], posterior=None)
    write_inputs(tmp_path / "inputs", [scenario])

    again = read_input(tmp_path, name)

    assert scenarios.to_dict(again) == scenarios.to_dict(scenario)


def test_a_real_network_comes_back_after_its_files_are_gone(tmp_path: Path) -> None:
    file = scenarios.found(tmp_path / "mine", None, None)
    members, ties = tmp_path / "mine" / "members.csv", tmp_path / "mine" / "ties.csv"
    names = [line.partition(",")[0] for line in members.read_text().splitlines()[1:]]
    ties.write_text(f"from,to,strength\n{names[0]},{names[1]},0.5\n")
    scenario = scenarios.load(file, [f"members.ties={ties}"], posterior=None)
    assert scenario.roster is not None
    assert scenario.roster.ties
    write_inputs(tmp_path / "run" / "inputs", [scenario])
    members.unlink()
    ties.unlink()

    again = read_input(tmp_path / "run", scenario.name)

    assert scenarios.fingerprint(again) == scenarios.fingerprint(scenario)


def test_plans_for_members_come_back_from_a_run_folder(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text(
        "name,interests,joins,leaves,id\nAda,x,,9,\nBea,x,,,b1\nCyd,x,,,\nDan,x,4,,\n", encoding="utf-8"
    )
    (tmp_path / "introductions.csv").write_text("month,from,to\n5,Bea,Dan\n", encoding="utf-8")
    files = [f"members.{key}={tmp_path / name}.csv" for key, name in (("file", "members"), ("introductions",) * 2)]
    asked = scenarios.load("salex", [*files, "members.without=Cyd from 12"], posterior=None)
    write_inputs(tmp_path / "run", [asked])
    for name in ("members", "introductions"):
        (tmp_path / f"{name}.csv").unlink()
    again = scenarios.load(tmp_path / "run" / "salex.toml", posterior=None)
    assert again.roster == asked.roster
    assert scenarios.fingerprint(again) == scenarios.fingerprint(asked)
