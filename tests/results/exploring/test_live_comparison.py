"""What the page with levers says is what `legato compare` says."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

import scenarios
import simulation
from cli import main
from results.exploring.explored import Asked, Variant
from results.exploring.levers import levers, moves, value
from results.exploring.live_comparison import courses_of, explore, saved, scenarios_of
from results.exploring.provenance import origins
from scenarios import KEYS
from scenarios.schema.assumptions import ASSUMPTIONS, STANDINGS

SALEX = Variant("salex")
FEW = 12
ROOT = Path(__file__).resolve().parents[3]


def asked(*moved: tuple[str, str], **how: Any) -> Asked:
    return Asked(Variant("salex", moved), SALEX, replicates=FEW, **how)


@pytest.mark.parametrize("posterior", ["shipped", None], ids=["posterior", "fixed"])
def test_the_saved_scenario_compared_gives_the_numbers_that_were_shown(posterior: str | None, tmp_path: Path) -> None:
    found = explore(asked(("grants.per_call", "1"), ("closing.notice", "2"), posterior=posterior, seed=7))
    name, text = saved(found.this)
    (tmp_path / name).write_text(text, encoding="utf-8")

    line = origins(found).command.replace(name, str(tmp_path / name)).split()
    assert line[0] == "legato"
    assert ("--fixed" in line) == (posterior is None)
    run = CliRunner().invoke(main, [*line[1:], "--json", "--no-figures", "--out", str(tmp_path / "run")])

    assert run.exit_code == 0, run.output
    document = json.loads(run.stdout)
    shown = {one.outcome: one for one in found.comparison.differences}
    assert len(document["differences"]) == len(shown)
    for one in document["differences"]:
        mean, low = (
            None if np.isnan(number) else number for number in (shown[one["outcome"]].mean, shown[one["outcome"]].low)
        )
        assert (one["mean"], one["low"]) == (mean, low), one["outcome"]


def test_a_saved_scenario_loads_back_to_the_same(tmp_path: Path) -> None:
    this, _ = scenarios_of(asked(("closing.month", "never"), ("funder.shift.month", "9"), ("network.joining", "0.5")))
    name, text = saved(this)
    (tmp_path / name).write_text(text, encoding="utf-8")
    again = scenarios.load(tmp_path / name, (), scenarios.shipped_posterior())
    assert again.name == this.name == "salex-explored"
    assert scenarios.fingerprint(again) == scenarios.fingerprint(this)


def test_a_saved_scenario_with_members_from_a_file_finds_them_from_anywhere(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text("name,interests,region\nA,x,r\nB,y,r\nC,x;y,s\n", encoding="utf-8")
    file = scenarios.found(tmp_path / "mine", tmp_path / "members.csv", None)
    this, _ = scenarios_of(Asked(Variant(str(file), (("grants.per_call", "1"),)), SALEX, replicates=2))
    name, text = saved(this)
    (elsewhere := tmp_path / "elsewhere").mkdir()
    (elsewhere / name).write_text(text, encoding="utf-8")
    assert scenarios.load(elsewhere / name, posterior=None).roster == this.roster
    assert "network.members" not in {lever.key for lever in levers(this)}, "the roster settles how many there are"


def test_courses_are_the_means_and_the_middle_90_percent_month_by_month() -> None:
    ensemble = simulation.run(scenarios.load("salex", posterior=None), replicates=40)
    course = courses_of(ensemble)["active_rate"]
    single = 100 * ensemble.course("active_rate")
    np.testing.assert_allclose(course.mean, single.mean(axis=0))
    np.testing.assert_allclose([course.low, course.high], np.percentile(single, [5, 95], axis=0))
    assert courses_of(ensemble)["cost"].mean[-1] == pytest.approx(ensemble["total_cost"].mean() / 1000)


def test_where_nothing_was_moved_nothing_differs_and_it_says_so() -> None:
    found = explore(asked())
    assert found.changes == ()
    (sentence,) = found.sentences
    assert sentence.startswith("Nothing differs from salex")
    assert all(one.mean == 0 or np.isnan(one.mean) for one in found.comparison.differences)


def test_an_answer_remembered_under_another_name_keeps_its_numbers() -> None:
    first = explore(asked(("grants.per_call", "2")))
    pinned = explore(Asked(SALEX, Variant("salex", (("grants.per_call", "2"),)), replicates=FEW))
    assert pinned.base.name == "salex-pinned"
    there, back = (one.comparison.differences[0].mean for one in (first, pinned))
    assert there == -back != 0


def test_origins_name_each_change_its_source_and_the_assumptions_it_goes_through() -> None:
    told = origins(explore(asked(("facilitation.intensity", "0"))))
    (changed,) = told.changed
    assert (changed.key, changed.base, changed.this) == ("facilitation.intensity", "0.6", "0")
    assert changed.this_source == "set on this page, without a source"
    (facilitation,) = (one for one in told.concerned if one.id == "facilitation")
    assert not facilitation.studied, "no randomized estimate of a facilitator compared with none"
    assert facilitation.known == STANDINGS["no study"]
    assert told.files == ("salex-explored.toml",)
    assert told.command == f"legato compare salex salex-explored.toml --replicates {FEW} --seed 1"


EARLIER = asked(("closing.month", "13"))
"""SALEX closes 12 months earlier."""


def test_an_earlier_closing_goes_through_all_that_happens_at_and_after_it() -> None:
    told = {one.id: one for one in origins(explore(EARLIER)).concerned}
    at_closing = {"notice", "wind-down", "champions", "closed-initiative", "closed-hazard", "capstone"}
    ended_by_it = {"facilitation", "convenings", "challenge-groups", "introductions", "grants-pull", "relevance"}
    assert at_closing | ended_by_it <= told.keys()
    assert not {"trust-choice", "decay", "rivalry", "common-interests"} & told.keys(), "these do not know of a closing"
    assert not {"joining", "prior-ties", "handover"} & told.keys(), "not in SALEX"
    assert all("closing.month" in one.keys for one in told.values())
    for name in ("wind-down", "capstone"):
        assert (told[name].standing, told[name].studied) == ("designers say so", False), "no study, no green badge"


def test_each_assumption_that_an_answer_goes_through_does_move_it() -> None:
    """Switched off in both, it changes the difference that an earlier closing makes, in some network and outcome."""
    found = explore(EARLIER)

    def apart(off: Mapping[str, Any]) -> NDArray[np.float64]:
        this, base = (
            simulation.run(scenarios.replace(one, off), replicates=FEW).values for one in (found.this, found.base)
        )
        return this - base

    off = {one.id: dict(one.off) for one in ASSUMPTIONS}
    usual = apart({})
    for one in origins(found).concerned:
        changed = apart(off[one.id])
        assert not np.array_equal(changed, usual, equal_nan=True), one.id


def test_origins_of_library_scenarios_need_no_file() -> None:
    told = origins(explore(Asked(Variant("abrupt-closing"), SALEX, 3, FEW, None, ("grants.per_call=2",))))
    assert told.files == ()
    asked_again = ["--replicates", str(FEW), "--seed", "3", "--fixed", "--set", "grants.per_call=2"]
    assert told.command.split() == ["legato", "compare", "salex", "abrupt-closing", *asked_again]


# Levers


@pytest.mark.parametrize("name", scenarios.names())
def test_every_lever_begins_where_the_scenario_stands_and_may_stand_at_both_its_ends(name: str) -> None:
    at = scenarios.load(name, posterior=None)
    every = levers(at)
    assert len({lever.key for lever in every}) == len(every) > 20
    assert moves({lever.key: value(at, lever) for lever in every}, at) == ()
    for lever in every:
        if lever.kind != "yes":
            whole = lever.kind == "whole"
            ends = [int(end) if whole else end for end in (lever.low, lever.high, lever.least, lever.most)]
            assert [KEYS[lever.key].fault(end) for end in ends] == [None] * 4
            here = value(at, lever)
            assert isinstance(here, str) or lever.low <= here <= lever.high


def test_a_move_is_written_as_set_takes_it() -> None:
    at = scenarios.load("salex", posterior=None)
    moved = moves(
        {"closing.capstone": False, "closing.month": "never", "grants.per_call": 2.0, "facilitation.intensity": 0.25},
        at,
    )
    assert dict(moved) == {
        "facilitation.intensity": "0.25",
        "grants.per_call": "2",
        "closing.month": "never",
        "closing.capstone": "false",
    }


def test_no_uncertainty_can_be_moved_but_the_funders_shift() -> None:
    at = scenarios.load("salex", posterior=None)
    assert moves({"behaviour.yes_base": 1.0, "members.need": 0.1}, at) == ()
    assert moves({"funder.shift.month": 9}, at) == (("funder.shift.month", "9"),)


def test_a_moved_scenario_is_never_called_as_the_baseline_is(tmp_path: Path) -> None:
    # The file has the very name that a moved salex gets: both would be kept under it, and nothing would differ.
    file = tmp_path / "salex-explored.toml"
    file.write_text(scenarios.to_toml(scenarios.load("salex", posterior=None)), encoding="utf-8")
    asked = Asked(Variant("salex", (("grants.per_call", "0"),)), Variant(str(file)), replicates=FEW, posterior=None)
    this, base = scenarios_of(asked)
    assert this.name != base.name
    assert explore(asked).comparison.difference(this.name, "cost").mean < 0


# The command


def test_a_scenario_that_is_not_there_is_refused_before_anything_is_started() -> None:
    run = CliRunner().invoke(main, ["explore", "salx", "--no-browser"])
    assert run.exit_code == 2
    assert "no scenario is called 'salx'; did you mean 'salex'?" in run.output


def test_a_price_is_moved_in_the_scenarios_currency() -> None:
    """Ranges worth trying are in dollars; at 130 for one, a grant of 20,000 to 100,000 is one of 2.6 to 13 million."""
    asked = scenarios.load("salex", ["costs.currency=KES", "costs.rate=130"])
    (size,) = (one for one in levers(asked) if one.key == "grants.size")
    assert (size.unit, size.high) == ("KES", 13_000_000)
    assert size.step >= 10_000
