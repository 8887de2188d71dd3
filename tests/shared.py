"""What several test files ask and break: the command line, and points that fail."""

import json
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

import cli
from results.commands.json_schemas import BY_COMMAND
from scenarios.designs import design
from simulation.running import campaign


def ask(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(cli.main, list(words), env=environment or None)


def document(command: str, *words: str, leaves: int = 0) -> Any:
    """The JSON document of a command, held against its schema."""
    result = ask(*command.split(), *words, "--json")
    assert result.exit_code == leaves, result.stderr
    found = json.loads(result.stdout, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    jsonschema.Draft202012Validator(BY_COMMAND[command]).validate(found)
    return found


def points_with_two_grants_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on they fail as they are run, as for want of memory."""
    at_point = design.at_point

    def broken(bases: Any, values: Any) -> Any:
        if values["grants.per_call"] == 2:
            raise MemoryError("for a moment")
        return at_point(bases, values)

    monkeypatch.setattr(campaign, "at_point", broken)
