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
