"""What a survey could have noticed: the share of networks without an assumption that its statistics would reject."""

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest

import scenarios
from results.checking.documents import assumption_document
from results.checking.necessity import Necessity, Noticing, from_finding, judge_assumption, to_finding
from results.checking.noticing import noticing, power_against
from results.checking.skill_words import unnoticed
from results.checking.statistic_fit import StatisticFit
from results.checking.survey_fit import Fit

NETWORKS = 400
FACILITATION, DECAY = scenarios.ASSUMPTIONS[0], scenarios.ASSUMPTIONS[1]


def statistic(name: str, middle: float, seed: int, names: tuple[str, ...] = ("value",)) -> StatisticFit:
    simulated = np.random.default_rng(seed).normal(middle, 1.0, (NETWORKS, len(names)))
    varies = np.ones(len(names), np.bool_)
    made = {
        "wave_month": 12, "name": name, "label": name, "components": names, "observed": np.zeros(len(names)),
        "simulated": simulated, "varies": varies, "distance": 0.0, "p": 1.0, "adjusted": 1.0, "power": 0.0,
    }  # fmt: skip
    if "begun_month" in StatisticFit.__dataclass_fields__:
        made["begun_month"] = 0
    return StatisticFit(**made)  # type: ignore[arg-type]


def fitted(*found: StatisticFit) -> Fit:
    return Fit("x", 1, NETWORKS, 1, (0, 12), False, found)


def test_the_power_against_a_shifted_normal_is_known() -> None:
    """A shift of three: .85 of the networks lie more than 1.96 away. The error: .018 of 400, .01 of where 5 % begin."""
    power = power_against(statistic("ties", 0.0, 1), statistic("ties", 3.0, 2))
    assert power == pytest.approx(0.851, abs=4 * sqrt(0.018**2 + 0.02**2))


def test_nothing_is_noticed_where_nothing_changes() -> None:
    assert power_against(statistic("ties", 0.0, 1), statistic("ties", 0.0, 2)) < 0.12


def test_only_components_of_both_are_compared() -> None:
    """The degrees that are looked at are chosen by the networks, so they may differ."""
    here = statistic("degrees", 0.0, 1, ("2", "3", "4"))
    there = statistic("degrees", 4.0, 2, ("3", "4", "5"))
    assert power_against(here, there) > 0.9
    assert power_against(here, statistic("degrees", 4.0, 2, ("7", "8"))) == 0.0


def test_a_component_without_spread_notices_nothing() -> None:
    here = replace(statistic("ties", 0.0, 1), varies=np.array([False]))
    assert power_against(here, statistic("ties", 9.0, 2)) == 0.0
    assert noticing("mine", fitted(here), fitted(statistic("ties", 9.0, 2))) == Noticing("mine", "", 0.0)


def test_the_best_statistic_is_kept_and_said() -> None:
    with_it = fitted(statistic("ties", 0.0, 1), statistic("trust", 0.0, 2))
    without = fitted(statistic("ties", 0.5, 3), statistic("trust", 4.0, 4))
    found = noticing("mine", with_it, without)
    assert (found.statistic, found.could) == ("trust-month-12", True)
    assert found.power > 0.9
    blind = noticing("mine", with_it, fitted(statistic("ties", 0.1, 3), statistic("trust", 0.1, 4)))
    assert not blind.could


def judged(noticed: Noticing | None) -> Necessity:
    return judge_assumption(FACILITATION, [], noticed)


def test_what_could_not_be_noticed_is_said_and_kept() -> None:
    seen, blind = judged(Noticing("mine", "ties-month-12", 0.93)), judged(Noticing("mine", "ties-month-12", 0.2))
    other = replace(blind, id=DECAY.id)
    told = " ".join(unnoticed([seen, other]))
    assert f"{FACILITATION.id} (by ties-month-12, 93 %)" in told
    assert "This survey could not have noticed" in told
    assert told.endswith(f"{DECAY.id}.")
    assert unnoticed([judged(None)]) == []
    assert from_finding(to_finding(seen)) == seen
    assert from_finding(to_finding(judged(None))) == judged(None)
    document = assumption_document(other)
    assert document["could_notice"] is False
    assert document["power"] == 0.2
    assert document["noticed_by"] == "ties-month-12"
    assert assumption_document(judged(None))["could_notice"] is None
