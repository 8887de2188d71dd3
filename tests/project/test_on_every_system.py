"""Windows is not POSIX: commands to be typed again, names that files get, a port that is taken."""

import shlex
from pathlib import Path

import pytest

import scenarios
from scenarios import ScenarioError
from scenarios.files.on_every_system import typed, unfit_as_name

LINE = ["legato", "run", "my network.toml", "--set", "grants.per_call=2"]


def test_a_command_is_typed_as_the_shell_of_the_system_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {}
    for system in ("posix", "nt"):
        with monkeypatch.context() as there:
            there.setattr("os.name", system)
            said[system] = typed(LINE), typed(["legato", "verify", r"runs\mine"])
    assert shlex.split(said["posix"][0]) == LINE
    assert said["nt"] == ('legato run "my network.toml" --set grants.per_call=2', r"legato verify runs\mine"), (
        "no quotes round a backslash"
    )


@pytest.mark.parametrize("name", ["salex", "salex-grants.per_call=2", "salex+a+b", "組織", "my network", "auxiliary"])
def test_usual_names_are_names_of_files_everywhere(name: str) -> None:
    assert unfit_as_name(name) == ""


@pytest.mark.parametrize(
    "name", ["", " ", "a/b", r"a\b", "../a", "a:b", "what?", "a\n", "a.", "a ", "..", "con", "NUL", "Aux.1"]
)
def test_a_name_that_some_system_cannot_give_a_file_is_refused_in_python(name: str) -> None:
    assert unfit_as_name(name)
    with pytest.raises(ScenarioError, match="files are named by it"):
        scenarios.replace(scenarios.load("salex", posterior=None), {"name": name})


def test_the_scenarios_that_ship_are_named_so() -> None:
    assert [unfit_as_name(name) for name in scenarios.names()] == [""] * len(scenarios.names())


def test_files_that_ship_differ_by_more_than_capitals() -> None:
    root = Path(__file__).resolve().parents[2]
    for package in ("results", "scenarios", "simulation", "terminal"):
        files = [str(file).casefold() for file in (root / package).rglob("*")]
        assert len(set(files)) == len(files)
