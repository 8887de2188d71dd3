"""Luck belongs to events: what happens to one member, or later, or in another order, leaves other luck as it was."""

from typing import Any

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation import CollaborationNetwork, MemberOrganization
from simulation.draws import Luck
from simulation.founding import found as founded
from simulation.founding import members_ever
from simulation.rules import CONVENING
from tests.shared import USUAL

SALEX = scenarios.replace(scenarios.load("salex", posterior=None), USUAL)
CONVENING_ONLY = scenarios.replace(
    SALEX,
    {"facilitation.group_rate": 0.0, "facilitation.introductions": 0.0, "behaviour.contact_rate": 0.0}
    | {"behaviour.initiative": 0.0, "network.prior_ties": 1.0},
)
MEMBER = 7


class OtherLuck(Luck):
    """The luck of one member is that of another replicate."""

    def pair(self, kind: int, month: int, member: int = 0, other: int = 0) -> tuple[float, float]:
        """As always, but for the one member."""
        if member == MEMBER:
            return Luck(self.seed, self.replicate + 1000).pair(kind, month, member, other)
        return super().pair(kind, month, member, other)

    def one(self, kind: int, month: int, member: int = 0, other: int = 0) -> float:
        """The first of the two."""
        return self.pair(kind, month, member, other)[0]


class Noted(MemberOrganization):
    """Remembers whether it came to the last convening."""

    came = False

    def attends(self, luck: float) -> bool:
        """As always, and remembered."""
        self.came = super().attends(luck)
        return self.came


def without(network: CollaborationNetwork, number: int) -> CollaborationNetwork:
    network.organizations[number].present = False
    network.present_count -= 1
    return network


def among_others(network: CollaborationNetwork) -> dict[tuple[int, int], float]:
    """Trust in the ties that do not involve the member, and that the convening began."""
    return {pair: tie.trust for pair, tie in network.ties.items() if MEMBER not in pair and tie.origin == CONVENING}


def attendance(network: CollaborationNetwork) -> list[Any]:
    return [member.came for member in network.organizations if isinstance(member, Noted) and member.number != MEMBER]


@pytest.mark.parametrize("replicate", range(5))
def test_anothers_luck_changes_neither_who_attends_nor_whom_the_others_meet(replicate: int) -> None:
    plain = CollaborationNetwork(CONVENING_ONLY, seed=1, replicate=replicate, member_class=Noted)
    other = CollaborationNetwork(CONVENING_ONLY, luck=OtherLuck(1, replicate), member_class=Noted)
    plain.step()
    other.step()

    assert attendance(plain) == attendance(other)
    assert len(among_others(plain)) > 5
    assert among_others(plain) == pytest.approx(among_others(other), rel=1e-14)


def test_anothers_luck_changes_what_happens_to_it() -> None:
    """Else the test above would pass without checking anything."""
    changed = 0
    for replicate in range(5):
        plain = CollaborationNetwork(CONVENING_ONLY, seed=1, replicate=replicate)
        other = CollaborationNetwork(CONVENING_ONLY, luck=OtherLuck(1, replicate))
        plain.step()
        other.step()
        changed += plain.organizations[MEMBER].known.keys() != other.organizations[MEMBER].known.keys()
    assert changed >= 3


@pytest.mark.parametrize("replicate", range(5))
def test_a_missing_member_takes_no_encounter_from_the_others(replicate: int) -> None:
    plain = CollaborationNetwork(CONVENING_ONLY, seed=1, replicate=replicate, member_class=Noted)
    other = without(CollaborationNetwork(CONVENING_ONLY, seed=1, replicate=replicate, member_class=Noted), MEMBER)
    plain.step()
    other.step()

    assert attendance(plain) == attendance(other)
    assert not any(tie.origin == CONVENING for tie in other.organizations[MEMBER].known.values())
    # Whoever would have looked for the missing one finds somebody else: ties are added, none is lost.
    assert among_others(plain).keys() <= among_others(other).keys()
    assert len(among_others(other)) <= len(among_others(plain)) + 8


class Backwards(CollaborationNetwork):
    """Keeps its members the other way round, and their ties too."""

    def present_members(self) -> list[MemberOrganization]:
        """The last one first."""
        return super().present_members()[::-1]

    def members_look_for_partners(self) -> None:
        """As always, with all that is between members turned round."""
        for member in self.organizations:
            member.known = dict(reversed(member.known.items()))
        self.ties = dict(reversed(self.ties.items()))
        self.collaborations = dict(reversed(self.collaborations.items()))
        self.applications = dict(reversed(self.applications.items()))
        super().members_look_for_partners()


def course(kind: type[CollaborationNetwork], scenario: Scenario, replicate: int) -> Any:
    network = kind(scenario, seed=1, replicate=replicate)
    network.run()
    return np.array(network.stock)


@pytest.mark.parametrize("replicate", range(3))
def test_the_order_in_which_members_and_ties_are_kept_does_not_matter(replicate: int) -> None:
    asked = scenarios.replace(SALEX, {"behaviour.attrition": 0.0, "behaviour.leave_chance": 0.0})
    # Sums run in another order, hence not to the last digit.
    assert course(Backwards, asked, replicate) == pytest.approx(
        course(CollaborationNetwork, asked, replicate), abs=1e-9
    )


def test_nor_does_it_matter_when_members_leave() -> None:
    asked = scenarios.replace(SALEX, {"behaviour.attrition": 0.05, "network.flexibility": 1.0})
    for replicate in range(3):
        forth, back = course(CollaborationNetwork, asked, replicate), course(Backwards, asked, replicate)
        assert back == pytest.approx(forth, abs=1e-9)


@pytest.mark.quick_cases("changes0-9", "changes2-18", "changes4-37", "changes7-25")
@pytest.mark.parametrize(
    ("changes", "alike"),
    [
        ({"funder.shift.month": 10, "funder.shift.facilitation": 0.1}, 9),
        ({"funder.shift.month": 10, "funder.shift.priorities": (1.0,) + (0.0,) * 7}, 9),
        ({"closing.month": 35}, 18),
        ({"closing.notice": 3}, 18),
        ({"closing.follow_up": 12}, 37),
        ({"closing.capstone": False}, 24),
        ({"closing.handover": True}, 24),
        ({"behaviour.closed_hazard": 9.0}, 25),
        ({"grants.months": 2}, 7),
        ({"behaviour.evidence_lag": 12}, 9),
    ],
)
def test_scenarios_that_differ_only_later_are_the_same_until_then(changes: dict[str, Any], alike: int) -> None:
    # Without renewal, which would decide how long a run lasts; the first grants are awarded in month 6.
    base = scenarios.replace(SALEX, {"members.champions": 0})
    one = np.concatenate([course(CollaborationNetwork, base, replicate)[:38] for replicate in range(3)], axis=1)
    other = [course(CollaborationNetwork, scenarios.replace(base, changes), replicate)[:38] for replicate in range(3)]
    different = np.flatnonzero((one != np.concatenate(other, axis=1)).any(axis=1))

    assert alike < 37 or not different.size
    assert not different.size or alike < different[0] <= alike + 6


def test_a_longer_follow_up_changes_nothing_before_it_where_members_join() -> None:
    base = scenarios.replace(SALEX, {"members.champions": 0, "network.joining": 1.0})
    longer = scenarios.replace(base, {"closing.follow_up": 60})
    assert members_ever(base) == members_ever(longer) == 22 + 25
    assert np.array_equal(course(CollaborationNetwork, base, 0)[:49], course(CollaborationNetwork, longer, 0)[:49])


def test_who_a_member_is_does_not_depend_on_how_many_others_there_are() -> None:
    few = founded(scenarios.replace(SALEX, {"network.members": 22}), 1, 3)
    many = founded(scenarios.replace(SALEX, {"network.members": 30}), 1, 3)

    for name in ("interests", "region", "size", "need", "engagement", "representative"):
        assert len(getattr(many, name)) == 30
        assert np.array_equal(getattr(few, name), getattr(many, name)[:22]), name


def test_one_more_ask_for_priorities_changes_no_makeup() -> None:
    one = founded(SALEX, 1, 3)
    other = founded(scenarios.replace(SALEX, {"members.need": 0.3, "network.regions": 2}), 1, 3)

    assert np.array_equal(one.interests, other.interests)
    assert np.array_equal(one.size, other.size)
    assert one.need - other.need == pytest.approx(0.2)


def test_the_founding_is_drawn_as_the_scenario_says() -> None:
    """Shares over 4,000 members; 4 standard errors of a share of 1/3 are 0.03."""
    asked = scenarios.replace(
        SALEX, {"network.members": 4000, "members.interests_fewest": 2, "members.interests_most": 4}
    )
    members = founded(asked, 1, 0)
    counts = (members.interests > 0).sum(axis=1)

    assert [np.mean(counts == count) for count in (2, 3, 4)] == pytest.approx([1 / 3] * 3, abs=0.03)
    assert np.mean(members.interests > 0, axis=0) == pytest.approx(np.full(8, 3 / 8), abs=0.031)
    assert (members.interests**2).sum(axis=1) == pytest.approx(np.ones(4000))
    largest = np.array([row[row > 0].max() / row[row > 0].min() for row in members.interests])
    assert 1.6 < largest.max() <= 2.0, "weights lie between a half and one"
    assert [np.mean(members.region == region) for region in range(6)] == pytest.approx([1 / 6] * 6, abs=0.024)
    assert [np.mean(members.size == size) for size in range(3)] == pytest.approx([1 / 3] * 3, abs=0.03)
    assert [np.mean(members.representative == kind) for kind in range(3)] == pytest.approx([1 / 3] * 3, abs=0.03)
    assert np.mean(members.need) == pytest.approx(0.5, abs=4 * 0.6 / np.sqrt(12 * 4000))
    assert 0.2 <= members.need.min() < 0.21 < 0.79 < members.need.max() <= 0.8
    assert np.mean(members.engagement) == pytest.approx(0.65, abs=4 * 0.3 / np.sqrt(12 * 4000))
    assert 0.5 <= members.engagement.min() < 0.51 < 0.79 < members.engagement.max() <= 0.8
    assert (members.champion.sum(), members.leader.sum()) == (2, 5)


@pytest.mark.parametrize("per_member", [0.5, 2.0, 3.7])
def test_members_bring_as_many_ties_as_the_scenario_says(per_member: float) -> None:
    asked = scenarios.replace(SALEX, {"network.members": 4000, "network.prior_ties": per_member})
    ties = founded(asked, 1, 0).ties

    # Of half a tie more or less for each at most; among 4,000 hardly any pair is drawn twice.
    assert 2 * len(ties) / 4000 == pytest.approx(per_member, abs=2 * 4 * 0.5 / np.sqrt(4000))
    assert (ties[:, 0] < ties[:, 1]).all()
    assert ties.min() >= 0
    assert ties.max() < 4000


def test_two_members_may_both_bring_the_same_tie() -> None:
    """Each draws its half of 0.2 ties by itself: none in 0.64, one in 0.32, both in 0.04; a tie drawn twice is one."""
    asked = scenarios.replace(
        SALEX, {"network.members": 2, "network.prior_ties": 0.4, "members.champions": 0, "network.leaders": 0}
    )
    drawn = [len(founded(asked, 1, replicate).ties) for replicate in range(300)]

    assert set(drawn) == {0, 1, 2}
    assert [drawn.count(count) / 300 for count in range(3)] == pytest.approx(
        [0.64, 0.32, 0.04], abs=4 * 0.48 / np.sqrt(300)
    )
    assert len(CollaborationNetwork(asked, seed=1, replicate=drawn.index(2)).ties) == 1


def test_replicates_and_seeds_are_different_networks() -> None:
    def interests(seed: int, replicate: int) -> bytes:
        return founded(SALEX, seed, replicate).interests.tobytes()

    assert len({interests(1, 0), interests(1, 1), interests(2, 0), interests(2, 1)}) == 4
    assert interests(1, 0) == interests(1, 0)
