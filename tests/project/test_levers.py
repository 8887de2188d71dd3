"""`make levers`: what a key does is measured against what the scenario has, and what does nothing has a reason."""

from pathlib import Path

import numpy as np
import pytest

import scenarios
from benchmarks.lever_effects import SETTINGS, Measured, grid, keys_worth_trying, mechanism_on, standardized
from benchmarks.levers import BEGIN, END, LEAD, WHY, table
from scenarios import KEYS
from scenarios.reading.idle_values import without_effect

ROOT = Path(__file__).resolve().parents[2]
SALEX = scenarios.load(LEAD, posterior=None)
PAGE = (ROOT / "docs" / "levers.md").read_text(encoding="utf-8")


def test_an_effect_is_in_standard_deviations_and_paired() -> None:
    plain = np.array([1.0, 2.0, 3.0])
    effect, error = standardized(plain + 2.0, plain)
    assert effect == pytest.approx(2.0)
    assert error == pytest.approx(0.0), "the difference is the same in every replicate"
    assert standardized(plain, plain) == (0.0, 0.0)
    assert standardized(np.array([1.0, np.nan, 5.0]), plain)[0] == pytest.approx(1.0 / np.sqrt((8.0 + 1.0) / 2))


def test_reasons_and_settings_are_about_keys_that_exist() -> None:
    assert set(WHY) <= set(KEYS)
    assert {key for setting in SETTINGS.values() for key in setting} | set(SETTINGS) <= set(KEYS)
    for key, setting in SETTINGS.items():
        scenarios.replace(SALEX, setting)
        assert key not in setting


def test_every_lever_and_parameter_is_tried_where_the_scenario_stands() -> None:
    tried = {key.key for key in keys_worth_trying()}
    assert {"grants.size", "closing.capstone", "funder.priorities", "behaviour.leave_below"} <= tried
    for name in tried:
        own = scenarios.value_of(SALEX, name)
        values = grid(KEYS[name], own, 7)
        assert own in values
        assert len(values) == len(set(values)) > 1


def test_a_mechanism_that_is_off_is_switched_on_but_not_the_key_itself() -> None:
    assert mechanism_on(SALEX, "network.prior_trust") == {"network.prior_ties": 1.5}
    assert mechanism_on(SALEX, "network.prior_ties") == {}
    assert mechanism_on(SALEX, "behaviour.decay") == {}


def test_what_cannot_act_is_measured_as_nothing_and_tabled_with_its_reason() -> None:
    runs = Measured(LEAD, 3)
    key = "network.prior_trust"
    plain, drawn = runs.curve(KEYS[key], {}, 2), runs.curve(KEYS[key], mechanism_on(SALEX, key), 2)
    assert plain is not None
    assert drawn is not None
    assert plain.moves == ()
    assert plain.largest[0] == 0.0
    assert drawn.moves
    text = table({key: plain}, {key: drawn}, {key: (0.0, "", "")})
    assert text.count("\n") == 3
    for part in (f"`{key}`", "nothing moves", "network.prior_ties = 1.5", without_effect(SALEX)[key]):
        assert part in text


def test_the_page_has_a_reason_for_every_key_that_does_next_to_nothing() -> None:
    rows = PAGE.partition(BEGIN)[2].partition(END)[0].strip().splitlines()[2:]
    assert len(rows) > 10
    for row in rows:
        _, key, *_, why, _, _ = (cell.strip() for cell in row.split("|"))
        assert key.strip("`") in KEYS
        assert why not in ("", "-"), f"{key}: say why, in benchmarks/levers.py"
    for name in ("behaviour.leave_below", "behaviour.leave_patience", "behaviour.translation_chance"):
        assert f"`{name}`" in PAGE
