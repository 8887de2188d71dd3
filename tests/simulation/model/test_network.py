"""The reference model as Mesa's users meet it: agents, data collection, subclasses, portraits, seeds."""

import gc
import inspect
import multiprocessing
import weakref
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Any

import mesa
import numpy as np
import pytest

import scenarios
from simulation import CollaborationNetwork, MemberOrganization, portray, run
from simulation.model.portrait import snapshot
from simulation.model.reference import let_go, run_replicate
from simulation.outcomes import MONTHLY_NAMES
from tests.shared import USUAL

SALEX = scenarios.replace(scenarios.load("salex", posterior=None), USUAL)
ORIGINS = ("convening", "group", "introduction", "contact", "work", "application", "prior")
SHORT = scenarios.replace(SALEX, {"network.months": 8, "closing.month": "never", "closing.notice": 0})


def test_members_are_the_models_agents() -> None:
    network = CollaborationNetwork(SHORT, seed=1)

    assert isinstance(network, mesa.Model)
    assert list(network.agents) == network.organizations
    assert len(network.agents.select(lambda member: member.champion)) == SHORT.members.champions
    assert set(network.agents_by_type) == {MemberOrganization}
    assert network.agents.get("number") == list(range(22))


def test_before_the_first_month_nothing_is_in_force() -> None:
    network = CollaborationNetwork(SALEX)

    assert (network.month, network.is_open, network.facilitation, network.call, network.pull) == (0, True, 0.0, 0, 0.0)
    assert not network.agenda.any()
    assert not network.collaborations
    assert not network.applications
    assert network.present_count == 22
    assert (network.luck.seed, network.luck.replicate) == (1, 0), "as `run` does when not told otherwise"
    assert (network.funder.spent, network.funder.announced, network.funder.closing) == (0.0, 0, 25)


def test_joiners_become_agents_too() -> None:
    network = CollaborationNetwork(scenarios.replace(SHORT, {"network.joining": 1.0}))
    network.run()
    assert len(network.agents) == 30


def test_the_data_collector_has_the_outcomes_of_every_month_from_the_founding_on() -> None:
    # Where a tie is forgotten the twins add up trust in another order, which is the same but for the last bit.
    lasting = scenarios.replace(SHORT, {"behaviour.lapse": 0.0, "behaviour.decay": 0.0})
    network = CollaborationNetwork(lasting, seed=1, replicate=2)
    network.run()

    frame = network.datacollector.get_model_vars_dataframe()
    assert tuple(frame.columns) == MONTHLY_NAMES
    assert np.array_equal(frame.to_numpy(float), np.array(network.stock))
    assert len(frame) == 9
    assert np.array_equal(frame.to_numpy(float), run(lasting, seed=1, first=2, replicates=1).sum_months)


def test_run_takes_the_steps_that_are_left() -> None:
    stepped, ran = CollaborationNetwork(SHORT), CollaborationNetwork(SHORT)
    for _ in range(8):
        stepped.step()
    ran.step()
    ran.run()

    assert stepped.month == ran.month == 8
    assert stepped.stock == ran.stock


def test_a_subclass_that_always_says_yes_collaborates_more() -> None:
    class Agreeable(MemberOrganization):
        def yes_chance(self, partner: MemberOrganization, pull: float) -> float:  # noqa: ARG002
            return 1.0

    formed = []
    for kind in (MemberOrganization, Agreeable):
        network = CollaborationNetwork(SHORT, member_class=kind)
        network.run()
        assert {type(member) for member in network.agents} == {kind}
        formed.append(network.stock[-1][MONTHLY_NAMES.index("collaborations_formed")])
    assert formed[1] > formed[0] + 5


@pytest.mark.parametrize(
    ("decision", "value", "outcome"),
    [
        ("attends", False, "tie_density"),
        ("joins_session", False, "trust"),
        ("friend_of_friend", None, "tie_density"),
        ("stranger", None, "tie_density"),
        ("choose_partner", None, "collaborations_formed"),
        ("says_yes_to", False, "collaborations_formed"),
        ("considers_leaving", True, "retention"),
        ("moves_engagement", None, "engagement"),
        ("looks_for_partner", None, "collaborations_formed"),
        ("contacts_somebody", None, "tie_density"),
    ],
)
def test_each_decision_can_be_overridden_by_itself(decision: str, value: Any, outcome: str) -> None:
    def decided(*_: Any) -> Any:
        return value

    other = type("Other", (MemberOrganization,), {decision: decided})
    asked = scenarios.replace(SHORT, {"behaviour.contact_rate": 0.3})
    ends = []
    for kind in (MemberOrganization, other):
        network = CollaborationNetwork(asked, seed=1, member_class=kind)
        network.run()
        ends.append(network.stock[-1][MONTHLY_NAMES.index(outcome)])
    assert ends[1] < ends[0]


@pytest.mark.quick_cases("1.0")
@pytest.mark.parametrize("joining", [0.0, 1.0])
def test_finished_replicates_are_let_go(joining: float) -> None:
    asked = scenarios.replace(SHORT, {"network.joining": joining})
    ids: Any = getattr(mesa.Agent, "_ids", {})
    gc.collect()
    before = len(ids)
    for replicate in range(3):
        run_replicate(asked, 1, replicate)
    portray(asked, months=[2])
    assert len(ids) == before

    network = CollaborationNetwork(SHORT)
    alive = weakref.ref(network)
    let_go(network)
    del network
    gc.collect()
    assert alive() is None


def test_a_replicate_reports_its_values_in_the_order_of_the_outcomes() -> None:
    values, months = run_replicate(SALEX, 1, 0)
    network = CollaborationNetwork(SALEX, seed=1, replicate=0)
    for _ in range(25):
        network.step()
    assert values[: len(MONTHLY_NAMES)].tolist() == network.stock[25]
    assert months[:26].tolist() == network.stock
    assert months.shape == (SALEX.last_month + 1, len(MONTHLY_NAMES))


def test_a_portrait_shows_the_months_asked_for_in_their_order() -> None:
    later, founding = portray(SHORT, seed=1, replicate=3, months=[6, 0])
    network = CollaborationNetwork(SHORT, seed=1, replicate=3)
    assert founding == snapshot(network)
    for _ in range(6):
        network.step()
    assert later == snapshot(network)

    assert (later.scenario, later.seed, later.replicate, later.month) == ("salex", 1, 3, 6)
    assert [member.name for member in later.members[:2]] == ["member 1", "member 2"]
    assert [member.engagement for member in later.members] == [member.engagement for member in network.organizations]
    assert [member.need for member in later.members] == [member.need for member in network.organizations]
    assert {(tie.one, tie.other) for tie in later.ties} == set(network.ties)
    assert {(t.one, t.other) for t in later.ties if t.collaborating} == set(network.collaborations)
    assert [(tie.one, tie.other) for tie in later.ties] == sorted(network.ties)
    for tie in later.ties:
        mine = network.ties[tie.one, tie.other]
        assert (tie.trust, tie.overlap) == (mine.trust, mine.overlap)
        assert (
            tie.origin == ("convening", "group", "introduction", "contact", "work", "application", "prior")[mine.origin]
        )
    assert portray(SHORT, months=[]) == ()


def test_a_portrait_tells_funded_collaborations_from_others() -> None:
    asked = scenarios.replace(SALEX, {"behaviour.yes_base": 3.0})
    network = CollaborationNetwork(asked, seed=1)
    for _ in range(7):
        network.step()
    funded = {pair for pair, one in network.collaborations.items() if one.grant_end > 7}
    shown = portray(asked, seed=1, months=[7])[0].ties
    assert {(tie.one, tie.other) for tie in shown if tie.funded} == funded
    assert 0 < len(funded) < sum(tie.collaborating for tie in shown)


def test_a_portrait_names_members_topics_and_regions_as_the_roster_does(tmp_path: Any) -> None:
    asked = scenarios.load(scenarios.found(tmp_path / "mine"), posterior=None)
    shown = portray(asked, months=[1])[0]
    assert asked.roster is not None
    assert [member.name for member in shown.members] == list(asked.roster.names)
    assert (shown.members[0].topic, shown.members[0].region, shown.members[0].size) == ("literacy", "Europe", "large")
    assert [member.champion for member in shown.members] == asked.roster.champion.tolist()
    assert [member.need for member in shown.members] == asked.roster.need.tolist()


def test_ties_from_a_file_are_those_that_the_network_begins_with(tmp_path: Any) -> None:
    members, ties = tmp_path / "members.csv", tmp_path / "ties.csv"
    members.write_text("name,interests\nA,x\nB,x;y\nC,y\n", encoding="utf-8")
    ties.write_text("from,to,strength\nC,A,0.4\nA,B,0.7\n", encoding="utf-8")
    network = CollaborationNetwork(scenarios.load(scenarios.found(tmp_path / "mine", members, ties), posterior=None))

    assert {pair: tie.trust for pair, tie in network.ties.items()} == {(0, 2): 0.4, (0, 1): 0.7}
    assert network.ties[0, 1].overlap == pytest.approx(np.sqrt(0.5))


@pytest.mark.parametrize("month", [-1, 9])
def test_a_portrait_outside_the_run_is_refused(month: int) -> None:
    with pytest.raises(ValueError, match=f"month is {month}; allowed is 0 to 8"):
        portray(SHORT, months=[0, month])


@pytest.mark.parametrize("seed", [0, 2**32 - 1])
def test_the_smallest_and_the_largest_seed_run(seed: int) -> None:
    network = CollaborationNetwork(SHORT, seed=seed, replicate=seed)
    network.run()
    assert 0.0 < network.stock[-1][MONTHLY_NAMES.index("engagement")] < 1.0


@pytest.mark.parametrize(
    "wrong",
    [
        {"seed": 2**32},
        {"seed": -1},
        {"replicate": 2**32},
        {"replicate": -1},
    ],
)
def test_a_network_refuses_seeds_that_do_not_fit_a_word(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"allowed is 0 to 4294967295"):
        CollaborationNetwork(SHORT, **wrong)


def test_a_network_that_has_ended_is_not_running_and_takes_no_more_steps() -> None:
    network = CollaborationNetwork(SHORT)
    assert network.running
    network.run_model()  # Mesa's own: it steps while `running`
    assert (network.month, network.running) == (SHORT.last_month, False)
    with pytest.raises(RuntimeError, match=r"the run of 'salex' ended with month 8; network\.months"):
        network.step()
    assert network.month == 8


def test_a_scenario_is_one_value_and_no_list_of_values() -> None:
    """Mesa's `batch_run` would take it apart, and try its fields one by one."""
    for one in (SHORT, SHORT.network):
        assert not isinstance(one, Iterable)
        with pytest.raises(TypeError, match="not iterable"):
            iter(one)  # type: ignore[call-overload]


@pytest.fixture
def batchrunner() -> Iterator[Any]:
    """Mesa's; importing or using it changes how this whole process starts others."""
    if find_spec("mesa.batchrunner") is None:
        pytest.skip("this Mesa has no batch_run, as 4.0.0a0")
    before = multiprocessing.get_start_method(allow_none=True)
    from mesa import batchrunner

    yield batchrunner
    multiprocessing.set_start_method(before, force=True)


def test_batch_run_gives_each_iteration_a_luck_of_its_own_and_says_which(batchrunner: Any) -> None:
    """Mesa passes seed=None for every iteration (3.5), or what it is told to (3.3)."""
    start: Any = {"display_progress": False}
    asked: Any = {"settings": SHORT}
    passes_seeds = "rng" in inspect.signature(batchrunner.batch_run).parameters
    batch_run = batchrunner.batch_run
    rows = batch_run(
        CollaborationNetwork,
        asked if passes_seeds else {**asked, "seed": None},
        **start,
        **({"rng": [None] * 3} if passes_seeds else {"iterations": 3}),
    )
    seeds = [row["seed"] for row in rows]
    assert [row["iteration"] for row in rows] == [0, 1, 2]
    assert len(set(seeds)) == 3
    for row in rows:
        again = CollaborationNetwork(SHORT, seed=row["seed"])
        again.run()
        assert row["trust"] == again.stock[int(row["Step"])][MONTHLY_NAMES.index("trust")]

    rows = batch_run(
        CollaborationNetwork,
        asked if passes_seeds else {**asked, "seed": [1, 2]},
        **start,
        **({"rng": [1, 2]} if passes_seeds else {}),
    )
    assert [row["seed"] for row in rows] == [1, 2]
