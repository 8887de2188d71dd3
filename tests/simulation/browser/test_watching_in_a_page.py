"""One network, month by month, as a page is told it: what the compiled engine tells, and what the Mesa model does."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import scenarios
from scenarios import Scenario
from simulation import CollaborationNetwork, rules
from simulation.engine.run import Engine
from simulation.model.portrait import snapshot
from simulation.model.reference import let_go
from simulation.running.chronicle import KINDS
from tests.simulation.browser.networks import networks
from tests.simulation.browser.pages import Watch, needs_module, needs_node, watched_in_node

pytestmark = [needs_module, needs_node]
COLUMNS = ("month", "kind", "one", "other", "trust")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Watch]:
    return networks(tmp_path_factory.mktemp("networks"))


@pytest.fixture(scope="module")
def told(asked: list[Watch]) -> list[dict[str, Any]]:
    return watched_in_node(asked)


def changed(one: Watch) -> Scenario:
    return scenarios.replace(one.scenario, dict(one.changes)) if one.changes else one.scenario


def test_a_page_is_told_the_events_of_the_compiled_engine(asked: list[Watch], told: list[dict[str, Any]]) -> None:
    for one, answer in zip(asked, told, strict=True):
        scenario = changed(one)
        months = range(scenario.network.today, scenario.last_month + 1)
        expected = Engine(scenario, one.seed).watch(one.replicate, months)
        assert len(expected.events) > 500
        columns = np.stack([expected.events[name].astype(float) for name in COLUMNS], axis=1)
        np.testing.assert_array_equal(answer["events"][:, :4], columns[:, :4], err_msg=scenario.name)
        np.testing.assert_allclose(answer["events"], columns, rtol=1e-12, atol=1e-12, err_msg=scenario.name)
        np.testing.assert_allclose(answer["values"], expected.values, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(answer["course"], expected.course.ravel(), rtol=1e-12, atol=1e-12)


def rows_of(events: NDArray[np.float64], month: int, kind: int) -> NDArray[np.float64]:
    """One, other and trust of the events of a kind in a month, in order of their members."""
    chosen = events[(events[:, 0] == month) & (events[:, 1] == kind)][:, 2:]
    return np.array(chosen[np.lexsort((chosen[:, 1], chosen[:, 0]))], np.float64)


def test_a_page_is_told_what_the_mesa_model_does(asked: list[Watch], told: list[dict[str, Any]]) -> None:
    for one, answer in zip(asked, told, strict=True):
        network = CollaborationNetwork(changed(one), seed=one.seed, replicate=one.replicate)
        while True:
            assert_month(network, answer)
            if network.month == network.settings.last_month:
                break
            network.step()
        happened = answer["events"][np.isin(answer["events"][:, 1], tuple(KINDS)), :4].astype(int)
        assert sorted(network.chronicle) == sorted(map(tuple, happened.tolist()))
        plan = {
            "first": network.settings.network.today,
            "last": network.settings.last_month,
            "announcement": network.settings.announcement_month,
            "shift": network.settings.shift_month,
            "capstone": network.settings.closing.capstone,
        }
        assert answer["plan"] == plan
        let_go(network)


def assert_month(network: CollaborationNetwork, answer: dict[str, Any]) -> None:
    shot, events = snapshot(network), answer["events"]
    ties = [(tie.one, tie.other, tie.trust) for tie in shot.ties]
    np.testing.assert_allclose(rows_of(events, shot.month, rules.STANDS), np.reshape(ties, (-1, 3)), rtol=1e-12)
    work = [(tie.one, tie.other, tie.funded) for tie in shot.ties if tie.collaborating]
    np.testing.assert_array_equal(rows_of(events, shot.month, rules.COLLABORATES), np.reshape(work, (-1, 3)))
    members = list(zip(network.in_rows, shot.members, strict=True))
    for kind, present in ((rules.PRESENT, True), (rules.LEFT, False)):
        told = rows_of(events, shot.month, kind)[:, 0].tolist()
        assert told == [member.row for member, seen in members if seen.present == present]
    assert len(rows_of(events, shot.month, rules.OPEN)) == network.is_open
    who = {member["row"]: member for member in answer["members"]}
    roster = network.settings.roster
    for member, seen in members:
        same = who[member.row]
        assert (same["topic"], same["region"], same["champion"]) == (member.main_topic, member.region, seen.champion)
        assert same["founder"] == (member.number < network.settings.network.members)
        if roster:
            assert roster.topics[same["topic"]] == seen.topic


def test_a_network_of_more_members_than_wanted_is_not_told(asked: list[Watch], told: list[dict[str, Any]]) -> None:
    """Joiners are counted as they came, and not as they could have come at the most."""
    whole = told[1]
    came = len(np.unique(whole["events"][np.isin(whole["events"][:, 1], (rules.PRESENT, rules.LEFT)), 2]))
    assert 22 < came < len(whole["members"])
    refused, wanted = watched_in_node([asked[1]._replace(most=came - 1), asked[1]._replace(most=came)])
    assert refused == {"tooMany": came}
    assert len(wanted["events"]) == len(whole["events"])


def test_the_networks_that_are_watched_have_what_the_tests_are_about(told: list[dict[str, Any]]) -> None:
    for kind in (*KINDS, rules.STANDS, rules.ATTENDED, rules.PRESENT, rules.LEFT, rules.COLLABORATES, rules.OPEN):
        assert any((answer["events"][:, 1] == kind).any() for answer in told), KINDS.get(kind, kind)
    assert {one["champion"] for answer in told for one in answer["members"]} == {True, False}
    assert any(not one["founder"] for answer in told for one in answer["members"])
    assert any(answer["plan"]["first"] > 0 for answer in told)
    sizes = [len(answer["events"]) for answer in told]
    assert min(sizes) < 2**12 < max(sizes), "no network needs more room than a page makes at first"
