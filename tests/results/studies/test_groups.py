"""Groups of pairs and of members, counted by hand in small made-up networks.

Source of truth: the docstrings of `scenarios.observed.groups` and `scenarios.observed.study`.
"""

from typing import Any

import numpy as np
import pytest

import scenarios
from results.studies.measures import counts, rate, statistic
from results.studies.studied_network import Network
from results.studies.virtual_studies import Side, sides
from scenarios import Scenario
from scenarios.observed.groups import Arm, Exposure, MemberGroup
from scenarios.observed.study import Measured, Pattern
from simulation import Chronicle, History, Ties, historian, rules, run
from simulation.outcomes import MONTHLY_NAMES, NAMES

Event = tuple[int, int, int, int]  # month, kind, one, other

FOUR = scenarios.load(
    "salex",
    ["network.members=4", "network.months=60", "closing.month=never", "grants.months=6", "members.champions=1"],
    posterior=None,
)


def made_up(*events: Event, scenario: Scenario = FOUR, ties: dict[int, Ties] | None = None) -> Network:
    """A network in which this happened, and nothing else."""
    columns: Any = np.array(sorted(events, key=lambda event: event[0]), dtype=np.int64).reshape(-1, 4).T
    course = np.zeros((scenario.last_month + 1, len(MONTHLY_NAMES)))
    return Network(History(Chronicle(scenario, 1, 0, *columns), np.full(len(NAMES), np.nan), course, ties or {}))


def ask(outcome: str, *months: int, **how: Any) -> Pattern:
    clock = "grant_end" if outcome in ("going_on", "ending", "funded_again") else "start"
    how = {"statistic": "value", "arms": (), "clock": clock, **how}
    return Pattern("one", "", outcome, months, observed=Measured(None, 0.0, None), source="x", about="x", **how)


def count(network: Network, pattern: Pattern, arm: Arm | None = None, month: int | None = None) -> tuple[int, int]:
    numerator, denominator = counts(pattern, arm or Arm(), month, network)
    return int(numerator), int(denominator)


def of(**pairs: Any) -> Arm:
    return Arm(pairs=Exposure(**pairs))


# How often two had met.

MET = made_up(
    (0, rules.BEFORE, 0, 1),
    (2, rules.CONVENING, 0, 2),
    (2, rules.CONVENING, 0, 2),  # a second encounter at the same event
    (2, rules.CONVENING, 0, 3),
    (2, rules.GROUP, 0, 3),  # another kind of meeting, in the same month
    (5, rules.CONVENING, 0, 2),
    (9, rules.CONVENING, 1, 2),
    *((12, rules.APPLICATION, 0, other) for other in (1, 2, 3)),
)
APPLIED = ask("applied", 12, 12)


@pytest.mark.parametrize(
    ("group", "counted"),
    [
        ({"meetings": (0, 0)}, (1, 3)),  # 0-1, who knew each other but never met; 1-3, 2-3
        ({"meetings": (1, 1)}, (0, 1)),  # 1-2
        ({"meetings": (2, None)}, (2, 2)),  # 0-2 in two months, 0-3 in two ways
        ({"meetings": (1, 1), "by": 2}, (1, 1)),  # 0-2: two encounters in one month are one meeting
        ({"meetings": (0, 1), "by": 2}, (2, 5)),
        ({"meetings": (1, 1), "met": "convening"}, (1, 2)),  # 0-3 and 1-2
        ({"meetings": (2, None), "met": "convening"}, (1, 1)),
        ({"met_only": "convening"}, (1, 2)),  # 0-2 and 1-2; 0-3 also met in a group
        ({"met_only": "group"}, (0, 0)),
        ({"met_only": "facilitated"}, (2, 3)),
        ({"met_only": "convening", "by": 1}, (0, 0)),
        ({"tie_before": True}, (1, 1)),
        ({"tie_before": False}, (2, 5)),
        ({"tie_before": False, "meetings": (0, 0)}, (0, 2)),
    ],
)
def test_pairs_go_by_how_often_and_how_they_had_met(group: dict[str, Any], counted: tuple[int, int]) -> None:
    assert count(MET, APPLIED, of(**group)) == counted


def test_meetings_after_the_month_do_not_count_and_nothing_is_no_meeting() -> None:
    assert count(made_up(), APPLIED, of(meetings=(0, 0))) == (0, 6)
    assert count(MET, APPLIED, of(meetings=(0, 0), by=1)) == (3, 6)


# What becomes of grants, by group.

GRANTED = made_up(
    (0, rules.BEFORE, 0, 1),
    (1, rules.CONVENING, 0, 2),
    (3, rules.FUNDED, 0, 1),  # over in 9, goes on
    (3, rules.FUNDED, 0, 2),  # over in 9, ends in 14
    (3, rules.FUNDED, 2, 3),  # over in 9, ends with it
    (9, rules.ENDED, 2, 3),
    (14, rules.ENDED, 0, 2),
    (20, rules.FUNDED, 2, 3),  # once more, 11 months after its first grant; over in 26
    (30, rules.CONVENING, 2, 3),
)


def test_collaborations_with_a_grant_go_by_groups_of_pairs() -> None:
    assert count(GRANTED, ask("going_on", 6)) == (2, 4)
    assert count(GRANTED, ask("going_on", 6), of(tie_before=True)) == (1, 1)
    assert count(GRANTED, ask("going_on", 6), of(tie_before=False)) == (1, 3)
    assert count(GRANTED, ask("ending", 0, 12), of(tie_before=False)) == (1, 2)


def test_how_two_had_met_is_asked_for_the_month_in_which_their_grant_began() -> None:
    assert count(GRANTED, ask("going_on", 6), of(met="convening")) == (0, 1), "2-3 met only after theirs had ended"
    assert count(GRANTED, ask("going_on", 6), of(met="convening", by=30)) == (1, 3)


def test_funded_again_asks_pairs_after_their_first_grant() -> None:
    assert count(GRANTED, ask("funded_again", 11)) == (1, 3)
    assert count(GRANTED, ask("funded_again", 10)) == (0, 3)
    assert count(GRANTED, ask("funded_again", 51)) == (1, 3), "9 and 51 is the last month"
    assert count(GRANTED, ask("funded_again", 52)) == (0, 0)
    assert count(GRANTED, ask("funded_again", 11), of(tie_before=True)) == (0, 1)


def test_a_pair_with_another_grant_running_is_not_asked_whether_it_is_funded_again() -> None:
    network = made_up((1, rules.FUNDED, 0, 1), (4, rules.ENDED, 0, 1), (5, rules.FUNDED, 0, 1))
    assert count(network, ask("funded_again", 12)) == (0, 0)


# Members by a property.

JOINING = scenarios.replace(FOUR, {"network.joining": 0.4, "network.members": 9})


def test_members_collaborate_by_a_property_of_theirs() -> None:
    network = made_up((3, rules.UNFUNDED, 0, 1), (8, rules.ENDED, 0, 1), (9, rules.UNFUNDED, 1, 2))
    at_work, began = ask("members_collaborating", 9), ask("members_collaborated", 1, 9)
    assert count(network, at_work) == (2, 4)
    assert count(network, began) == (3, 4)
    assert count(network, ask("members_collaborated", 4, 8)) == (0, 4)
    properties: dict[str, tuple[Any, ...]] = {
        "champion": (True, False),
        "size": ("small", "medium", "large"),
        "need": ((0.0, 0.49), (0.49, 1.0)),
        "region": tuple(range(1, FOUR.network.regions + 1)),
    }
    for property, values in properties.items():
        found = [count(network, began, Arm(members=MemberGroup(**{property: value}))) for value in values]
        assert np.sum(found, axis=0).tolist() == [3, 4], f"everybody is in one group by {property}"
    assert count(network, began, Arm(members=MemberGroup(champion=True)))[1] == 1
    assert count(network, began, Arm(members=MemberGroup(joined_later=True))) == (0, 0)


def test_all_members_together_are_the_share_that_the_simulation_gives() -> None:
    ensemble, tell = run(JOINING, seed=4, replicates=3), historian(JOINING, seed=4)
    for replicate in range(3):
        network = Network(tell(replicate))
        for month in (1, 6, 20, 60):
            for outcome, months, simulated in (
                ("members_collaborating", (month,), "active_rate"),
                ("members_collaborated", (1, month), "collaboration_rate"),
            ):
                numerator, denominator = count(network, ask(outcome, *months))
                assert numerator / denominator == pytest.approx(ensemble.course(simulated)[replicate, month])
        later = Arm(members=MemberGroup(joined_later=True))
        founders = Arm(members=MemberGroup(joined_later=False))
        assert count(network, ask("members_collaborating", 60), founders)[1] == 9
        assert count(network, ask("members_collaborating", 60), later)[1] == network.joined(60) - 9 > 0


def test_who_has_joined_is_known_before_anybody_collaborates() -> None:
    """In month 1 nobody may have begun yet: joiners are drawn again, as the density of ties tells."""
    busy = scenarios.replace(JOINING, {"network.joining": 3.0, "behaviour.initiative": 0.0})
    network = Network(historian(busy, seed=4, months=[8])(0))
    density = float(network.history.course[8, MONTHLY_NAMES.index("tie_density")])
    size = network.joined(8)
    assert len(network.history.ties[8].one) / (size * (size - 1) / 2) == pytest.approx(density)
    assert size == 9 + 8 * 3


# Networks as wholes.


@pytest.mark.parametrize(
    ("collaborations", "alive"),
    [
        ([], 0),
        ([(0, 1)], 0),
        ([(0, 1), (2, 3)], 0),  # four members, but no three of them together
        ([(0, 1), (1, 2)], 1),
        ([(0, 3), (1, 3)], 1),
    ],
)
def test_a_network_is_alive_while_three_members_are_connected(
    collaborations: list[tuple[int, int]], alive: int
) -> None:
    network = made_up(*((5, rules.UNFUNDED, one, other) for one, other in collaborations))
    assert count(network, ask("network_alive", 5)) == (alive, 1)
    assert count(network, ask("network_alive", 4)) == (0, 1)


def test_a_network_ends_when_too_few_work_together_and_only_those_alive_before_are_asked() -> None:
    network = made_up((5, rules.UNFUNDED, 0, 1), (5, rules.UNFUNDED, 1, 2), (20, rules.ENDED, 1, 2))
    assert count(network, ask("network_ending", 6, 18)) == (1, 1), "still alive"
    assert count(network, ask("network_ending", 6, 30)) == (0, 1)
    assert count(network, ask("network_ending", 2, 30)) == (0, 0), "not yet alive"
    yearly = rate(ask("network_ending", 6, 30), np.array(1.0), np.array(4.0))
    assert float(yearly) == pytest.approx(0.5), "one of four left after two years: half in each"


# Differences of differences.


def test_a_difference_of_differences_is_that_of_four_sides() -> None:
    pattern = ask("collaborating", 4, 9, statistic="difference_of_differences", arms=(of(), of()))
    assert float(statistic(pattern, np.array([0.9, 0.5, 0.4, 0.3]))) == pytest.approx(0.3)
    assert np.isnan(statistic(pattern, np.array([0.9, 0.5, 0.4, np.nan])))
    assert pattern.null == 0.0


def test_two_arms_in_two_months_are_the_same_pairs_after_and_before() -> None:
    network = made_up(
        (2, rules.CONVENING, 0, 1),
        (2, rules.CONVENING, 0, 2),
        (3, rules.UNFUNDED, 0, 1),
        (3, rules.UNFUNDED, 2, 3),
        (7, rules.UNFUNDED, 0, 2),
        (8, rules.CONVENING, 1, 3),  # met only after the first month: still of those who had not met
    )
    met, not_met = of(met="any"), of(met="none")
    pattern = ask("collaborating", 4, 9, statistic="difference_of_differences", arms=(met, not_met))
    assert sides(pattern) == (Side(met, 9), Side(met, 4), Side(not_met, 9), Side(not_met, 4))
    counted = [count(network, pattern, side.arm, side.month) for side in sides(pattern)]
    assert counted == [(2, 2), (1, 2), (1, 4), (1, 4)]
    sums = np.array(counted, dtype=np.float64)
    assert float(statistic(pattern, rate(pattern, sums[:, 0], sums[:, 1]))) == 0.5


def test_four_arms_of_a_window_are_four_sides() -> None:
    arms = tuple(of(region=region, tie_before=before) for before in (True, False) for region in ("same", "other"))
    pattern = ask("applied", 1, 9, statistic="difference_of_differences", arms=arms)
    assert sides(pattern) == tuple(Side(arm, None) for arm in arms)


# One event, and who came.


def came(*members: int, month: int = 4) -> Network:
    network = made_up((9, rules.UNFUNDED, 0, 1), (9, rules.UNFUNDED, 2, 3))
    network.history.attended[month] = np.array(members, np.int64)  # type: ignore[index]
    return network


def test_pairs_and_members_go_by_who_came_to_an_event() -> None:
    network = came(0, 1, 2)
    began = ask("collaborated", 1, 9)
    assert count(network, began, of(event=4, attended=True)) == (1, 3), "0-1, of those of three"
    assert count(network, began, of(event=4, attended=False)) == (1, 3), "3 did not come"
    members = ask("members_collaborated", 1, 9)
    assert count(network, members, Arm(members=MemberGroup(event=4, attended=True))) == (3, 3)
    assert count(network, members, Arm(members=MemberGroup(event=4, attended=False))) == (1, 1)
    assert count(network, began, of(event=7, attended=True)) == (0, 0), "nobody came in that month"


def test_would_be_attendees_are_those_who_attend_where_the_event_takes_place() -> None:
    settings = {"network.members": 12, "closing.month": "never", "network.months": 8}
    scenario = scenarios.replace(FOUR, settings)
    cancelled = scenarios.replace(scenario, {"facilitation.cancelled": 4})
    attending = of(event=4, attended=True)
    for replicate in range(3):
        held, off = (Network(historian(one, seed=2)(replicate)) for one in (scenario, cancelled))
        np.testing.assert_array_equal(held.came(4), off.came(4))
        pattern = ask("collaborated", 4, 8)
        assert count(held, pattern, attending)[1] == count(off, pattern, attending)[1] > 0
