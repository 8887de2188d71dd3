"""Learning from several sources: what they have in common, what each has of its own, how exact a survey is."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import ndtri

from results.calibrating.bank.emulator import Emulator, Moments
from results.calibrating.bank.learning import Learner
from results.calibrating.bank.sources import OfPatterns, OfSurvey, sources_of
from results.calibrating.bank.standing import Standing
from results.calibrating.bank.study_likelihood import Finding, spread_of
from results.calibrating.posterior_summary import free_parameters
from results.calibrating.range_likelihood import SHARE
from results.studies.choosing_studies import studies_of
from results.studies.surveys import read_surveys
from scenarios import ScenarioError
from scenarios.schema.posterior import of_one_network

SURVEY = Path(__file__).parents[3] / "docs" / "examples" / "survey"
FREE = free_parameters(["behaviour.yes_base", "members.need"])
NOTHING: Any = None


class _Need(Emulator):
    """What is found is the members' need, on the scale on which its prior is standard normal."""

    def moments(self, inputs: NDArray[np.float64]) -> Moments:
        middle = ndtri((inputs[:, 1:2] + 1) / 2)
        return Moments(middle, np.full(middle.shape, 1e-12))


def of_need(name: str) -> Emulator:
    (source,) = sources_of(studies_of(name, ()), (), 1)
    assert isinstance(source, OfPatterns)
    known = replace(source, study=replace(source.study, uncertain=()))
    return _Need(known, (0, 1), NOTHING, NOTHING, NOTHING, np.eye(1), np.zeros(1), np.ones(1))


def test_what_describes_one_network_is_known_by_its_key() -> None:
    assert of_one_network("members.need")
    assert of_one_network("network.prior_ties")
    assert not of_one_network("members.activity_spread"), "how unequal members are may be alike everywhere"
    assert not of_one_network("behaviour.decay")


def test_each_study_has_members_of_its_own_and_says_nothing_of_those_of_others() -> None:
    """Two studies measure the need of their members exactly, as 1 and as -1: both are believed.

    Were the need one for both, each would lie near 0. It stays as it was for a network that is to come: of 400 standard
    normal draws the mean has the standard error .05, the standard deviation .035; four of them each.
    """
    learner = Learner(FREE, (of_need("salex"), of_need("co-location")), Standing(FREE, ()), 0.0)
    assert learner.dimensions == len(FREE) + 2
    found = {name: (Finding(0, 1, value, 0.05, -np.inf, np.inf, None),)
             for name, value in (("salex", 1.0), ("co-location", -1.0))}  # fmt: skip
    walk = learner.walk(found, chains=400, steps=80, seed=1)
    inputs = learner.inputs(walk.states, ("salex", "co-location"))
    for name, value in (("salex", 1.0), ("co-location", -1.0)):
        assert ndtri((inputs[name][:, 1] + 1) / 2).mean() == pytest.approx(value, abs=0.05)
    to_come = ndtri((learner.values(walk.states)[:, 1] - FREE[1].low) / (FREE[1].high - FREE[1].low))
    assert to_come.mean() == pytest.approx(0, abs=0.2)
    assert to_come.std() == pytest.approx(1, abs=0.14)


def test_what_a_study_settles_settles_what_it_bounds() -> None:
    """As in its replications and in surveys: a value that bounds another leaves that as it is, whoever sets it."""
    (source,) = sources_of(studies_of("co-location", ()), (), 1)
    assert isinstance(source, OfPatterns)
    both = {"members.need", "members.need_spread"}
    assert both.isdisjoint(source.settled)
    settled = replace(source, study=replace(source.study, settled=source.study.settled | {"members.need"}))
    assert settled.settled == source.settled | both
    pattern = source.study.patterns[0]
    arms = tuple(replace(arm, settings={**arm.settings, "members.need": 0.5}) for arm in pattern.arms)
    in_arms = replace(source, study=replace(source.study, patterns=(replace(pattern, arms=arms),)))
    assert in_arms.settled == settled.settled


def test_statistics_of_a_survey_are_off_by_a_discrepancy_as_patterns_are() -> None:
    moments = Moments(np.array([[50.0], [200.0]]), np.zeros((2, 1)))
    one = Finding(0, 1, 60.0, 1.0, -np.inf, np.inf, None, endless=True)
    exact = of_need("salex")
    assert np.sqrt(spread_of(exact, moments, one, 1.0)[1]) == pytest.approx([5.0, 20.0]), "a tenth of a count of ties"
    share = replace(one, endless=False)
    assert np.sqrt(spread_of(exact, moments, share, 1.0)[1]) == pytest.approx([SHARE, SHARE])


def test_several_studies_are_read_together_and_none_twice() -> None:
    found = studies_of(["salex", SURVEY], ())
    assert [one.name for one in found] == ["salex", "survey"]
    with pytest.raises(ScenarioError, match="salex holds a study 'salex', which is given already"):
        studies_of(["evidence", "salex"], ())
    with pytest.raises(ScenarioError, match=r"(?s)salexx.*did you mean 'co-location'"):
        studies_of(["salexx", "co-locaton"], ())
    with pytest.raises(ScenarioError, match="no study is given"):
        studies_of([], ())


def test_a_survey_is_simulated_although_its_members_settle_what_is_free_elsewhere() -> None:
    """Interests and needs are those of its members, and its first ties those of its first wave: nothing is drawn."""
    surveys = read_surveys(studies_of(SURVEY, ()))
    (source,) = sources_of((), surveys, 1)
    assert isinstance(source, OfSurvey)
    believed = {"members.need": 0.7, "members.interests_most": 1, "network.prior_ties": 2.0, "behaviour.decay": 0.03}
    (scenario,) = source.scenarios(believed, 0)
    assert scenario.behaviour.decay == 0.03
    assert {"members.need", "members.interests_most", "network.prior_ties"} <= source.settled
    assert "members.activity_spread" not in source.settled, "a survey without activity leaves it open"
    assert source.simulate(believed, 0, 2).shape == (2, len(source.columns))
