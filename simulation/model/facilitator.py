"""The facilitator: the backbone organization that brings members together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation import draws, rules

if TYPE_CHECKING:
    from simulation.model.member import MemberOrganization
    from simulation.model.network import CollaborationNetwork


class Facilitator:
    """Convenes, runs challenge groups, introduces. All of it scales with the intensity in force.

    Attributes:
        work: intensity at which the month's plan is carried out: more than the one in force where leaders carry a part
            of it, less where there is not the time for all of it.
    """

    def __init__(self, network: CollaborationNetwork) -> None:
        self.network = network
        self.work = 0.0

    def acts(self) -> None:
        """A month's facilitation; nothing without intensity."""
        network, closing = self.network, self.network.settings.closing
        if not network.is_open:
            return
        capstone = closing.capstone and network.month == network.funder.closing
        if capstone:
            network.funder.pays(rules.FOR_ENDING, network.settings.costs.capstone)
        if closing.handover and network.month == network.funder.closing:
            network.funder.pays(rules.FOR_ENDING, network.settings.costs.handover)
        if network.facilitation <= 0.0:
            return
        per_leader = network.settings.behaviour.leadership_work
        carried = rules.carried_work(network.facilitation, per_leader, network.leaders_present)
        self.work = carried * self.share_of_plan()
        if capstone or self.is_due:
            self.convenes()
        self.runs_challenge_groups()
        self.introduces()

    def share_of_plan(self) -> float:
        """Share of its plan that it has staff time for."""
        network, plan = self.network, self.network.settings.facilitation
        return rules.work_share(
            plan.group_rate * network.settings.network.topics,
            plan.session_effort,
            plan.introductions * network.present_count,
            plan.introduction_effort,
            plan.convening_every,
            plan.convening_effort,
        )

    @property
    def is_due(self) -> bool:
        """Whether a convening is due this month by the calendar."""
        return (self.network.month - 1) % self.network.settings.facilitation.convening_every == 0

    def lets_members_convene(self) -> None:
        """After the closing, under a steward: members go on convening by themselves, and the funder pays nothing."""
        self.work = self.network.facilitation
        if self.is_due and self.work > 0.0:
            self.convenes()

    def convenes(self) -> None:
        """A convening: all members are invited; those who attend meet some of the others, whoever they are.

        Of one that is cancelled only who would have attended is kept.
        """
        network, facilitation = self.network, self.network.settings.facilitation
        lots = {m.number: network.luck.pair(draws.ATTENDANCE, network.month, m.number) for m in network.in_order}
        attending = {m.number for m in network.in_order if m.attends(lots[m.number][0])}
        network.attended[network.month] = sorted(network.row_of(number) for number in attending)
        if network.month == facilitation.cancelled:
            return
        if network.is_open:
            network.funder.pays(rules.FOR_CONVENINGS, network.settings.costs.attendance * len(attending))
        network.stocktaking.members_spent += network.settings.costs.member_attendance * len(attending)
        # Each attending member looks for half of its encounters; in the other half it is found.
        sought = 0.5 * facilitation.encounters * self.work / facilitation.reference
        for member in network.in_order:
            if member.number in attending:
                for encounter in range(draws.whole(sought, lots[member.number][1])):
                    other = network.find(draws.CONVENING, member.number, encounter, network.everybody, member.is_not)
                    if other is not None and other.number in attending:
                        network.meet(member, other, rules.CONVENING)

    def runs_challenge_groups(self) -> None:
        """A topic's group meets the more often the more the agenda is about it; its members work in small groups."""
        network, settings = self.network, self.network.settings
        whole_agenda = float(network.agenda.sum())
        for topic in range(settings.network.topics):
            chance = rules.session_chance(
                settings.facilitation.group_rate,
                self.work,
                float(network.agenda[topic]) / whole_agenda,
                settings.network.topics,
            )
            if network.luck.one(draws.SESSION, network.month, topic) < chance:
                network.funder.pays(rules.FOR_CONVENINGS, settings.costs.session)
                self.holds_session(topic)

    def holds_session(self, topic: int) -> None:
        """One session of a topic's challenge group, for those who take part in it."""
        network = self.network
        group = [m for m in network.in_order if m.parts[topic] > 0.0]
        lots = {m.number: network.luck.pair(draws.GROUP_ATTENDANCE, network.month, m.number, topic) for m in group}
        there = {m.number for m in group if m.joins_session(topic, lots[m.number][0])}
        sought = 0.5 * network.settings.facilitation.group_encounters
        for member in group:
            if member.number in there:
                for encounter in range(draws.whole(sought, lots[member.number][1])):
                    place = network.topic_word(topic) * draws.ATTEMPTS + encounter
                    other = network.find(
                        draws.GROUP, member.number, place, network.members_of_topic(topic), member.is_not
                    )
                    if other is not None and other.number in there:
                        network.meet(member, other, rules.GROUP)

    def introduces(self) -> None:
        """Introductions: among a handful, the one that a member has most in common with and trusts least so far."""
        network, settings = self.network, self.network.settings
        rate = settings.facilitation.introductions * self.work
        for member in network.in_order:
            fraction = network.luck.one(draws.INTRODUCTION, network.month, member.number)
            for introduction in range(draws.whole(rate, fraction)):
                network.funder.pays(rules.FOR_INTRODUCTIONS, settings.costs.introduction)
                other = self.match_for(member, introduction)
                if other is not None:
                    network.meet(member, other, rules.INTRODUCTION)

    def introduces_as_planned(self) -> None:
        """Introductions that stand in a plan, of members that are there, while the network is open."""
        network = self.network
        for month, one, other in network.settings.roster.introductions if network.settings.roster else ():
            if network.is_open and month == network.month and network.are_there(one, other):
                network.funder.pays(rules.FOR_INTRODUCTIONS, network.settings.costs.introduction)
                network.meet(network.organizations[one], network.organizations[other], rules.INTRODUCTION)

    def match_for(self, member: MemberOrganization, introduction: int) -> MemberOrganization | None:
        """Whom to introduce to a member; nobody if none of the handful has anything in common with it."""
        network = self.network
        best, chosen = 0.0, None
        for candidate in range(rules.CANDIDATES):
            place = introduction * rules.CANDIDATES + candidate
            other = network.find(draws.CANDIDATE, member.number, place, network.everybody, member.is_not)
            if other is not None:
                tie = member.known.get(other.number)
                common = tie.overlap if tie else rules.overlap(member.interests, other.interests)
                score = rules.introduction_score(common, tie.trust if tie else 0.0)
                if score > best:
                    best, chosen = score, other
        return chosen
