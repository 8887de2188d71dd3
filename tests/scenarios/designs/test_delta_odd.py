"""The delta-ODD says what a scenario changes of the model's description, no more and no less."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import scenarios
from cli import main
from results.commands.json_schemas import BY_COMMAND
from scenarios import ASSUMPTIONS, KEYS, value_of
from scenarios.designs.delta_odd import ELEMENTS, element_of

jsonschema = pytest.importorskip("jsonschema")
ODD = (Path(__file__).resolve().parents[3] / "docs" / "odd.md").read_text(encoding="utf-8")


def shown(*words: str) -> str:
    told = CliRunner().invoke(main, ["show", *words], catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return told.output


@pytest.mark.parametrize("name", scenarios.names())
def test_applied_to_what_it_extends_it_gives_the_scenario(name: str) -> None:
    chosen = scenarios.load(name, posterior=None)
    found = scenarios.delta(chosen, name)
    before = {key: one.default for key, one in KEYS.items()}
    if found.base in scenarios.names():
        base = scenarios.load(found.base, posterior=None)
        before = {key: value_of(base, key) for key in KEYS}
    assert before | {one.key: one.after for one in found.changed} == {key: value_of(chosen, key) for key in KEYS}
    assert all(before[one.key] == one.before != one.after for one in found.changed)


def test_a_mechanism_that_is_switched_off_is_said_to_be() -> None:
    found = scenarios.delta(scenarios.load("no-facilitation", posterior=None), "no-facilitation")
    assert found.base == "salex"
    assert {one.assumption.id: one.state for one in found.touched} == {"facilitation": "switched off"}
    assert [one.key for one in found.changed] == ["facilitation.intensity"]


def test_switching_it_on_again_is_the_other_way_round(tmp_path: Path) -> None:
    file = tmp_path / "again.toml"
    file.write_text(
        'title = "Grants again"\nquestion = "And with grants?"\nextends = "no-facilitation"\n'
        '[facilitation]\nintensity = 0.6\n[sources]\n"facilitation.intensity" = "assumption: as in salex"\n'
    )
    text = shown(str(file), "--odd")
    assert "facilitation.intensity: 0 -> 0.6 share of a full backbone" in text
    assert "A neutral facilitator brings organizations together (facilitation): switched on" in text
    assert "assumption: as in salex" in text
    assert "Question: And with grants?" in text


def test_every_mechanism_with_a_changed_parameter_is_touched_and_no_other() -> None:
    name = "funder-shift"
    found = scenarios.delta(scenarios.load(name, posterior=None), name)
    changed = {one.key for one in found.changed}
    assert {one.assumption.id for one in found.touched} == {
        one.id for one in ASSUMPTIONS if changed.intersection(one.parameters)
    }


def test_what_is_set_on_the_command_line_is_part_of_it() -> None:
    text = shown("abrupt-closing", "--odd", "--set", "network.members=40")
    assert "2. Entities, state variables and scales" in text
    assert "network.members: 22 -> 40 organizations" in text
    assert "closing.notice: 6 -> 0 months" in text


def test_a_scenario_that_extends_nothing_is_held_against_the_defaults() -> None:
    text = shown("salex", "--odd")
    assert text.startswith("Delta-ODD of 'salex' against the defaults")


def test_elements_are_those_of_the_page_and_each_key_has_one() -> None:
    for number, name in ELEMENTS.items():
        assert f"\n## {number}. {name}\n" in ODD
    assert {element_of(key) for key in KEYS} == {2, 3, 5, 6, 7}


def test_its_document_is_as_the_schema_says() -> None:
    document = json.loads(shown("renewal", "--odd", "--json"))
    jsonschema.validate(document, BY_COMMAND["show --odd"])
    assert document["base"] == "champions"
    assert {"key", "before", "after", "source"} <= document["changed"][0].keys()
