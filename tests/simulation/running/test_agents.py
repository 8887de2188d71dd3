"""What members and ties are like, month by month: both twins say the same, and it adds up to the outcomes."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import results
import scenarios
import simulation
from scenarios import Scenario
from simulation import EngineName, agents
from tests.answers import SURVEY
from tests.simulation.running.test_chronicle import BUSY

ENGINES: tuple[EngineName, ...] = ("compiled", "mesa")


def scenario_of(name: str) -> Scenario:
    return BUSY if name == "busy" else scenarios.load(name, posterior=None)


@pytest.mark.quick_cases("busy")
@pytest.mark.parametrize("name", ["busy", "salex", "sparc", "renewal"])
def test_both_twins_tell_the_same_of_every_member_and_tie(name: str) -> None:
    compiled, mesa = (agents(scenario_of(name), seed=5, engine=engine) for engine in ENGINES)
    for replicate in (0, 3):
        for ours, theirs in zip(of_one(compiled(replicate)), of_one(mesa(replicate)), strict=True):
            assert list(ours) == list(theirs)
            for column, values in ours.items():
                if values.dtype.kind == "f":
                    np.testing.assert_allclose(values, theirs[column], rtol=1e-12, atol=1e-12, err_msg=column)
                else:
                    np.testing.assert_array_equal(values, theirs[column], err_msg=column)


def of_one(told: Any) -> tuple[Any, Any]:
    return told.members, told.ties


def test_members_of_a_roster_and_a_network_that_goes_on_from_today_are_told_alike(tmp_path: Path) -> None:
    mine = scenarios.load(scenarios.found(tmp_path / "mine", SURVEY / "members.csv"), posterior=None)
    results.Export(mine, form="state", month=6, out=tmp_path / "state", posterior=None).answer()
    (today,) = (tmp_path / "state").glob("*-today.toml")
    for scenario in (mine, scenarios.load(today, posterior=None)):
        ours, theirs = (of_one(agents(scenario, months=[7, 9], engine=engine)(1)) for engine in ENGINES)
        for table, other in zip(ours, theirs, strict=True):
            for column, values in table.items():
                np.testing.assert_allclose(
                    values.astype(float), other[column].astype(float), rtol=1e-12, err_msg=column
                )


def test_what_members_do_adds_up_to_the_outcomes_of_the_network() -> None:
    ensemble = simulation.run(BUSY, seed=3, replicates=3)
    tell = agents(BUSY, seed=3)
    for replicate in range(3):
        members, ties = of_one(tell(replicate))
        months = range(BUSY.last_month + 1)
        of_month = {name: [column[members["month"] == month] for month in months] for name, column in members.items()}
        for name, counted in {
            "retention": [one.mean() for one in of_month["present"]],
            "practice": [(one >= BUSY.behaviour.practice_improved).mean() for one in of_month["practice"]],
            "collaborations": [one.sum() / 2 for one in of_month["collaborations"]],
            "active_rate": [(one > 0).mean() for one in of_month["collaborations"]],
            "collaboration_rate": [one.mean() for one in of_month["has_collaborated"]],
            "uptake": [one.mean() for one in of_month["took_up_from_others"]],
            "evidence": [one.sum() / 2 for one in of_month["evidence"]],
            "trust": [ties["trust"][ties["month"] == month].mean() for month in months],
        }.items():
            np.testing.assert_allclose(counted, ensemble.course(name)[replicate], rtol=1e-12, err_msg=name)
        assert (members["workload"] <= members["collaborations"]).all()


def test_months_may_be_chosen_and_say_the_same() -> None:
    every, some = (of_one(agents(BUSY, seed=3, months=months)(1)) for months in (None, [0, 9]))
    for whole, part in zip(every, some, strict=True):
        chosen = np.isin(whole["month"], [0, 9])
        for column in whole:
            np.testing.assert_array_equal(whole[column][chosen], part[column], err_msg=column)


def test_a_month_beyond_the_last_is_refused() -> None:
    with pytest.raises(ValueError, match=f"month is {BUSY.last_month + 1}"):
        agents(BUSY, months=[BUSY.last_month + 1])
