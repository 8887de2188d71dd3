"""Sentences name what can be asked as options; in a notebook they are the fields of a request."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import cli
import results
from results.commands.in_fields import FIELDS, WHOLE, in_fields, said_in_fields
from results.words.narrative import said


@pytest.mark.parametrize(
    ("sentence", "in_a_notebook"),
    [
        ("--fixed fixes these 3 too.", "posterior=None fixes these 3 too."),
        ("it takes 250 (--replicates 250).", "it takes 250 (replicates=250)."),
        ("Ask for more --generations.", "Ask for more generations."),
        ("watch another outcome (--precision-for)", "watch another outcome (watched)"),
        ("add: --retry-failed --out runs/a", 'add: retry_failed=True out="runs/a"'),
        ("add --recover 20 to it", "add data_sets=20 to it"),
        ("both in --set and in --lever; leave one out", "both in settings and in levers; leave one out"),
        ("name it: --free behaviour.initiative", 'name it: free="behaviour.initiative"'),
        ("Try: legato calibrate evidence --waves 6,18", "Try: legato calibrate evidence --waves 6,18"),
        ("a range -- and a well-known one", "a range -- and a well-known one"),
    ],
)  # fmt: skip
def test_an_option_is_put_as_its_field(sentence: str, in_a_notebook: str) -> None:
    assert in_fields(sentence) == in_a_notebook


WITHOUT_A_FIELD = {*WHOLE, "json", "sources", "odd", "port", "browser", "no-browser", "outcome", "progress"}
"""Options that are asked for otherwise, that only a terminal has, or that are called by two names of fields."""


def test_every_option_has_a_field() -> None:
    known = {field.name for kind in vars_of_results() for field in fields(kind)}
    for command in cli.main.commands.values():
        for option in command.params:
            for written in (*option.opts, *option.secondary_opts):
                name = written.removeprefix("--")
                if written.startswith("--") and name not in WITHOUT_A_FIELD:
                    assert FIELDS.get(name, name.replace("-", "_")) in known, written


def vars_of_results() -> list[Any]:
    found = [getattr(results, name) for name in dir(results)]
    return [one for one in found if hasattr(one, "LIMITS") or one in (results.New, results.Report, results.Show)]


def test_what_a_notebook_shows_names_no_option(tmp_path: Path) -> None:
    found = results.Run("salex", settings=["network.members=6"], replicates=4, figures=False, out=tmp_path).answer()
    assert "--fixed" in " ".join(found.said.notes), "the terminal says it so"
    for shown in (str(found), found._repr_html_()):
        assert "posterior=None" in shown
        assert "--" not in shown


def test_tables_stay_as_they_are() -> None:
    assert said_in_fields(said(["--fixed"], [["--seed 1"]], [])).body == (("seed=1",),)
