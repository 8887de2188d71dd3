"""One request for each command, at the top of `results`: the same fields as options, with the same usual values."""

from dataclasses import MISSING, fields
from typing import Any

import click
import pytest

import cli
import results
from results.commands.export import UNSAID

OF_COMMAND: dict[str, list[type[Any]]] = {
    "scenarios": [results.Library],
    "show": [results.Show],
    "run": [results.Run],
    "compare": [results.Compare, results.CompareOver],
    "explain": [results.Explain],
    "sweep": [results.Sweep],
    "sensitivity": [results.Sensitivity],
    "emulate": [results.Emulate],
    "check": [results.Check],
    "calibrate": [results.Calibrate, results.Recover, results.PlanCalibration],
    "discover": [results.Discover],
    "optimise": [results.Optimise, results.OptimiseOver],
    "portfolio": [results.Portfolio],
    "exit": [results.PlanExit],
    "verify": [results.Verify],
    "reproduce": [results.Reproduce],
    "report": [results.Report],
    "explore": [results.Explore],
    "export": [results.Export],
    "describe": [results.Describe],
    "members": [results.Members],
    "new": [results.New],
    "forecast": [results.Forecast],
    "score": [results.Score],
    "track": [results.Track],
    "introduce": [results.Introduce],
}
PAIRS = [(command, one) for command, several in OF_COMMAND.items() for one in several]
OF_THE_TERMINAL = {
    "as_json",
    "fixed",
    "plan_only",
    "preview_only",
    "port",
    "browser",
    "without",
    "leaves_in",
    "rules",
    "own_outcomes",
    "progress",
}
"""Parameters that no request has: how it is printed or shown, and in other words `posterior=None`, `plan()`, and the
setting members.without."""
OTHERWISE = {
    ("compare", "replicates", results.CompareOver),  # fewer, for each of many futures: the terminal leaves it out
    ("optimise", "replicates", results.OptimiseOver),  # the same
    ("optimise", "final", results.OptimiseOver),
    ("calibrate", "data_sets", results.Recover),  # whoever types --recover says how many
}


def params(command: str) -> dict[str, click.Parameter]:
    return {str(one.name): one for one in cli.main.commands[command].params}


def test_every_command_has_a_request_that_dir_shows() -> None:
    assert OF_COMMAND.keys() == cli.main.commands.keys()
    asked = {request.__name__ for several in OF_COMMAND.values() for request in several}
    assert asked <= set(dir(results))
    assert dir(results) == sorted(dir(results))


@pytest.mark.parametrize("command", OF_COMMAND)
def test_a_request_has_the_options_of_its_command_as_fields(command: str) -> None:
    there = {field.name for request in OF_COMMAND[command] for field in fields(request)}
    assert there == params(command).keys() - OF_THE_TERMINAL


@pytest.mark.parametrize(
    ("command", "request_"), [(name, one) for name, several in OF_COMMAND.items() for one in several]
)
def test_what_is_left_out_is_the_same_in_a_notebook(command: str, request_: type[Any]) -> None:
    options = params(command)
    for field in fields(request_):
        if field.default is MISSING or (command, field.name, request_) in OTHERWISE:
            continue
        usual = options[field.name].to_info_dict()["default"]
        if field.name == "posterior":
            # The request decides what is meant; export must know whether it was typed, as a run folder has its own.
            assert usual is None
            assert field.default == (UNSAID if command == "export" else "shipped")
        elif field.default == ():
            assert not usual, field.name
        else:
            assert field.default == (tuple(usual) if isinstance(usual, list) else usual), field.name


@pytest.mark.parametrize("request_", [one for _, one in PAIRS])
def test_every_field_is_documented(request_: type[Any]) -> None:
    lines = [line for base in request_.__mro__ for line in (base.__doc__ or "").splitlines()]
    assert {field.name for field in fields(request_)} <= {line.partition(":")[0].strip() for line in lines}
