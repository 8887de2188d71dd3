"""Who met whom, as measured: in both twins, as a contact in its month, and nothing else."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios
import simulation
from scenarios import Scenario, ScenarioError
from simulation import historian, rules
from tests.shared import PLAIN

MEMBERS = "name,interests\nAda,x\nBea,x\nCyd,y\nDan,y\n"
CONTACTS = "month,from,to\n3,Bea,Ada\n3,Cyd,Dan\n5,Ada,Bea\n5,Bea,Ada\n"
QUIET = {
    **PLAIN,
    "facilitation.intensity": 0.0,
    "behaviour.contact_rate": 0.0,
    "behaviour.initiative": 0.0,
    "grants.per_call": 0,
    "closing.month": "never",
    "network.months": 8,
}


def scenario(folder: Path, contacts: str = CONTACTS, **more: Any) -> Scenario:
    (folder / "members.csv").write_text(MEMBERS, encoding="utf-8")
    (folder / "contacts.csv").write_text(contacts, encoding="utf-8")
    (folder / "ties.csv").write_text("from,to,strength\n", encoding="utf-8")
    keys = {f"members.{key}": str(folder / f"{file}.csv") for key, file in
            (("file", "members"), ("ties", "ties"), ("contacts", "contacts"))}  # fmt: skip
    overrides = [f"{key}={value}" for key, value in {**keys, **QUIET, **more}.items()]
    return scenarios.load("salex", overrides, posterior=None)


def test_two_who_are_known_to_have_met_meet_in_that_month_as_often_as_they_did(tmp_path: Path) -> None:
    """Trust by hand: one contact in month 3; then decay, and two contacts in month 5, in the rules' own steps."""
    asked = scenario(tmp_path)
    history = historian(asked, seed=1, months=[2, 3, 5])(0)
    assert not len(history.ties[2].one)
    assert list(zip(history.ties[3].one, history.ties[3].other, strict=True)) == [(0, 1), (2, 3)]
    told = history.chronicle.of(rules.CONTACT)
    met = list(zip(told.month.tolist(), told.one.tolist(), told.other.tolist(), strict=True))
    assert met == [(3, 0, 1), (3, 2, 3), (5, 0, 1), (5, 0, 1)]
    trust = {month: dict(zip(history.ties[month].one, history.ties[month].trust, strict=True)) for month in (3, 5)}
    assert trust[5][0] > trust[3][0] > trust[5][2], "met again, and not"
    gain = asked.behaviour.trust_contact
    assert trust[3][0] <= gain
    assert trust[3][0] == pytest.approx(trust[3][2])


def test_both_twins_agree(tmp_path: Path) -> None:
    busy = scenario(
        tmp_path, CONTACTS, **{"facilitation.intensity": 0.8, "behaviour.contact_rate": 0.2, "grants.per_call": 2}
    )
    compiled, mesa = (simulation.run(busy, seed=2, replicates=2, engine=engine) for engine in ("compiled", "mesa"))
    np.testing.assert_allclose(compiled.values, mesa.values, rtol=1e-12, equal_nan=True)
    without = scenarios.replace(busy, {"members.contacts": ""})
    assert not np.array_equal(simulation.run(without, seed=2, replicates=2).values, compiled.values, equal_nan=True)


def test_who_has_left_meets_nobody(tmp_path: Path) -> None:
    """Members leave almost surely in the first month, so nobody is left to meet."""
    gone = scenario(tmp_path, CONTACTS, **{"behaviour.leave_chance": 1.0, "behaviour.leave_below": 1.0,
                                 "behaviour.leave_patience": 1, "members.engagement": 0.0,
                                 "members.engagement_spread": 0.0})  # fmt: skip
    told = historian(gone, seed=1, months=[])(0).chronicle.of(rules.CONTACT)
    assert not len(told.month)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("0,Ada,Bea", r"contacts\.csv, line 6: month is .0.: allowed is a whole number from 1 to"),
        ("2,Ada,Ada", r"contacts\.csv, line 6: .Ada. meets itself"),
        ("2,Ada,Beo", r"contacts\.csv, line 6: to is .Beo.*Bea"),
    ],
)
def test_a_contact_that_cannot_be_is_refused_by_line(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        scenario(tmp_path, CONTACTS + row + "\n")


def test_contacts_need_members() -> None:
    with pytest.raises(ScenarioError, match=r"contacts need members; set members\.file too"):
        scenarios.load("salex", ["members.contacts=contacts.csv"], posterior=None)


def test_a_run_folder_keeps_them(tmp_path: Path) -> None:
    from results.folders.inputs import read_input, write_inputs

    asked = scenario(tmp_path)
    write_inputs(tmp_path / "run" / "inputs", [asked])
    kept = read_input(tmp_path / "run", asked.name)
    assert kept.roster == asked.roster
    assert kept.roster is not None
    assert len(kept.roster.contacts) == 4
