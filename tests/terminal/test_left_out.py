"""`--without NAME --from MONTH`: leaves somebody out of every scenario, or compares one with and without."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli


@pytest.fixture
def network(tmp_path: Path) -> Path:
    (tmp_path / "members.csv").write_text("name,interests\nAda,x\nBea,x\nCyd,x;y\nDan,y\n", encoding="utf-8")
    path = tmp_path / "net.toml"
    path.write_text(
        'extends = "salex"\ntitle = "Net"\nquestion = "?"\nmembers.file = "members.csv"\n', encoding="utf-8"
    )
    return path


def legato(*words: object) -> Result:
    return CliRunner().invoke(cli.main, [str(word) for word in words], catch_exceptions=False)


def value(result: Result, key: str) -> object:
    return next(row["value"] for row in json.loads(result.stdout)["values"] if row["key"] == key)


@pytest.mark.parametrize(
    ("words", "said", "members"),
    [
        (["--without", "Ada"], "Ada", 3),
        (["--without", "Ada", "--from", "10"], "Ada from 10", 4),
        (["--without", "Ada", "--without", "Bea", "--from", "4", "--from", "10"], "Ada from 4; Bea from 10", 4),
        (["--from", "4", "--without", "Ada", "--without", "Bea"], "Ada from 4; Bea from 4", 4),
    ],
)
def test_it_is_a_setting_like_any_other(words: list[str], said: str, members: int, network: Path) -> None:
    shown = legato("show", network, *words, "--json")
    assert (value(shown, "members.without"), value(shown, "network.members")) == (said, members)


def test_compare_takes_one_scenario_with_and_without(network: Path, tmp_path: Path) -> None:
    words = ("--replicates", 2, "--fixed", "--no-figures", "--json", "--out", tmp_path / "run")
    document = json.loads(legato("compare", network, "--without", "Ada", "--from", 10, *words).stdout)
    assert list(document["scenarios"]) == ["net", "net-members.without=Ada_from_10"]
    assert document["baseline"] == "net"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", "4"], "--from belongs to --without"),
        (["--without", "Ada", "--from", "0"], "--from: 0; allowed is a whole number from 1 to 1,200"),
        (["--without", "Ada", "--from", "4", "--from", "5"], "found 2 --from for 1 --without"),
        (["--without", "Adda"], 'did you mean "Ada"?'),
        (["--without", "Ada", "--set", "members.without=Bea"], "say the same thing"),
    ],
)
def test_what_makes_no_sense_is_refused(words: list[str], said: str, network: Path) -> None:
    refused = legato("show", network, *words)
    assert refused.exit_code == 2
    assert said in refused.stderr
