"""A member organization: who it is, and the decisions that are its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import mesa
import numpy as np
from numpy.typing import NDArray

from simulation import draws, rules
from simulation.exact_sum import total
from simulation.model.ties import Tie

if TYPE_CHECKING:
    from simulation.model.network import CollaborationNetwork


class MemberOrganization(mesa.Agent):
    """A member. It attends, meets, asks others to collaborate, says yes or no, and may leave.

    Each method that takes a decision can be overridden on its own; see `docs/subclassing.md`.

    Attributes:
        number: its number, by which it is known here and asks for luck; joiners come after the founders.
        row: where it stands in its roster's file; its number where there is none.
        interests: weight of each topic, of unit length, float[topics].
        parts: how much it takes part in the challenge group of each topic, float[topics].
        region: number of its region.
        size: size class, 0 small to 2 large.
        capacity: collaborations it can carry.
        need: share of its budget to be raised outside, in [0, 1].
        champion: whether it pleads for the network.
        leads: whether it is in the leadership group.
        activity: how much it reaches out and is reached, 1 on average.
        engagement: in [0, 1].
        representative: kind of representative.
        adapted: share of the lack of fit that it has mended.
        present: whether it is in the network.
        joined: month in which it came in, 0 at the founding.
        left: month in which it left; 0 while it is there.
        since: month since which its representative is there.
        known: its ties, by the number of the other.
        unfunded, funded, applications: collaborations and open applications it carries (counts).
    """

    model: CollaborationNetwork

    def __init__(self, model: CollaborationNetwork, number: int) -> None:
        super().__init__(model)
        who = model.founding
        self.number = number
        self.row = model.row_of(number)
        self.interests: NDArray[np.float64] = who.interests[number]
        self.parts: NDArray[np.float64] = model.parts[number]
        self.main_topic = int(np.argmax(self.interests))
        self.region = int(who.region[number])
        self.size = int(who.size[number])
        self.capacity = rules.capacity(model.settings.members.capacity, model.settings.members.capacity_step, self.size)
        self.need = float(who.need[number])
        self.champion = bool(who.champion[number])
        self.leads = bool(who.leader[number])
        self.activity = float(who.activity[number])
        self.representative = int(who.representative[number])
        self.engagement = float(who.engagement[number])
        self.adapted = 0.0
        self.present = True
        self.joined = self.since = model.month
        self.left = 0
        self.known: dict[int, Tie] = {}
        self.unfunded = 0
        self.funded = 0
        self.applications = 0
        self.ever_collaborated = False
        self.practice = 0.0
        self.taken_up = 0
        self.took_up_from_others = False
        self.low_months = 0
        self.relevance = 0.0
        self.alignment = 0.0

    # What it is like just now

    @property
    def fit(self) -> float:
        """How well its representative fits this month's work, in [0, 1]."""
        behaviour = self.model.settings.behaviour
        return rules.fit(
            self.representative, self.model.month, behaviour.relational_months, behaviour.fit_gap, self.adapted
        )

    @property
    def load(self) -> float:
        """What it carries now, in collaborations."""
        return rules.load(self.unfunded, self.funded, self.model.grant.load)

    @property
    def has_spare_capacity(self) -> bool:
        """Whether it can take on one more; an open application counts as a collaboration."""
        return self.room > 0.0

    @property
    def room(self) -> float:
        """What room it has for one more, in [0, 1]; with a hard limit 1 or 0."""
        softness = self.model.settings.behaviour.capacity_softness
        return rules.room(self.load + self.applications, self.capacity, softness)

    @property
    def need_now(self) -> float:
        """Its funding need, less what a grant meets while it lasts."""
        return rules.need_now(self.need, self.funded, self.model.grant.need_met)

    def is_not(self, other: MemberOrganization) -> bool:
        """Whether the other is another organization."""
        return other is not self

    # Its decisions

    def attends(self, luck: float) -> bool:
        """Whether it comes to a convening to which it is invited."""
        return luck < self.engagement * self.fit

    def joins_session(self, topic: int, luck: float) -> bool:
        """Whether it comes to the session of a topic's challenge group."""
        return luck < self.engagement * self.fit * float(self.parts[topic])

    def contacts_somebody(self) -> None:
        """Without facilitation: one it knows, a friend of a friend (triadic closure), or a stranger."""
        model, behaviour = self.model, self.model.settings.behaviour
        contacts, to_friend = model.luck.pair(draws.CONTACT, model.month, self.number)
        if contacts < rules.more_often(behaviour.contact_rate, self.activity):
            if behaviour.contact_known > model.luck.pair(draws.CONTACT, model.month, self.number, 1)[1]:
                other = self.one_to_keep_in_touch_with()
            elif to_friend < behaviour.friend_of_friend:
                other = self.friend_of_friend()
            else:
                other = self.stranger()
            if other is not None:
                model.meet(self, other, rules.CONTACT)

    def one_to_keep_in_touch_with(self) -> MemberOrganization | None:
        """One of those it knows: a race weighted by trust and by their activity."""
        everybody = self.model.organizations
        friends = [(k, tie.trust * everybody[k].activity) for k, tie in self.known.items() if everybody[k].present]
        return self._winner(draws.KEEPING, friends)

    def friend_of_friend(self) -> MemberOrganization | None:
        """Whom a friend points it to: first the friend, then the friend's friend, each by a race.

        Both races are weighted by trust and by the activity of those who run.
        """
        everybody = self.model.organizations
        friends = [(k, tie.trust * everybody[k].activity) for k, tie in self.known.items() if everybody[k].present]
        friend = self._winner(draws.FRIEND, friends)
        if friend is None:
            return None
        return self._winner(
            draws.FRIENDS_FRIEND,
            [
                (k, tie.trust * everybody[k].activity)
                for k, tie in friend.known.items()
                if k != self.number and k not in self.known and everybody[k].present
            ],
        )

    def stranger(self) -> MemberOrganization | None:
        """Somebody it does not know, more likely from its own region."""
        near = self.model.luck.one(draws.CONTACT, self.model.month, self.number, 1)
        return self._find_stranger(draws.STRANGER, near, lambda other: other.number not in self.known)

    def stranger_to_ask(self) -> MemberOrganization | None:
        """Somebody it does not know with spare capacity, found as `stranger` is."""
        near = self.model.luck.one(draws.COLD, self.model.month, self.number, draws.ATTEMPTS)
        return self._find_stranger(
            draws.COLD, near, lambda other: other.number not in self.known and other.has_spare_capacity
        )

    def _find_stranger(
        self, kind: int, near: float, usable: Callable[[MemberOrganization], bool]
    ) -> MemberOrganization | None:
        model = self.model
        others = model.members_of_region(self.region) if near < model.settings.behaviour.own_region else model.everybody
        return model.find(
            kind, self.number, 0, others, lambda other: other is not self and usable(other), self.stranger_chance
        )

    def stranger_chance(self, other: MemberOrganization) -> float:
        """Chance that a stranger who was found is the one it meets; otherwise it looks for another."""
        b = self.model.settings.behaviour
        return rules.stranger_chance(
            other.activity,
            self.model.busiest,
            rules.overlap(self.interests, other.interests),
            b.contact_interest,
            other.region == self.region,
            b.region_odds,
        )

    def looks_for_partner(self) -> None:
        """Perhaps asks somebody it knows, or a stranger; two who say yes apply for an open grant, or start at once."""
        model, b = self.model, self.model.settings.behaviour
        if not self.has_spare_capacity:
            return
        acts, asks_stranger = model.luck.pair(draws.SEARCH, model.month, self.number)
        chance = rules.search_chance(b.initiative, self.engagement, model.is_held, b.closed_initiative)
        chance *= model.stewardship.fading * self.room
        chance = rules.more_often(chance, self.activity)
        if b.search_breadth > 0.0:
            weights = [weight for _, _, weight in self.partners_in_view()]
            chance = rules.widened(chance, total(weights) / max(weights) if any(weights) else 0.0, b.search_breadth)
        if acts >= chance:
            return
        partner = self.stranger_to_ask() if asks_stranger < b.cold_share else self.choose_partner()
        if partner is None:
            return
        one, other = (self, partner) if self.number < partner.number else (partner, self)
        luck = model.luck.pair(draws.YES, model.month, one.number, other.number)
        if one.says_yes_to(other, model.pull, luck[0]) and other.says_yes_to(one, model.pull, luck[1]):
            # The same luck: what changes between the two answers is the grant in sight, nothing else.
            anyway = model.call > 0 and one.says_yes_to(other, 0.0, luck[0]) and other.says_yes_to(one, 0.0, luck[1])
            if partner.number not in self.known:
                model.meet(self, partner, rules.CONTACT)
            if model.call:
                model.apply(one, other, willing_anyway=anyway)
            else:
                model.start_collaboration(one, other)

    def partners_in_view(self) -> list[tuple[MemberOrganization, Tie, float]]:
        """Those that it could ask, the ties with them, and their weights: trust, and the room that they have."""
        model, power = self.model, self.model.settings.behaviour.trust_power
        return [
            (other, tie, rules.trust_weight(tie.trust, power) * other.room)
            for other, tie in ((model.organizations[number], tie) for number, tie in self.known.items())
            if other.present and other.has_spare_capacity and not model.are_busy((tie.one, tie.other))
        ]

    def choose_partner(self) -> MemberOrganization | None:
        """Whom it asks: a race among the members it knows that have spare capacity, weighted by trust."""
        model, best, chosen = self.model, np.inf, None
        for other, tie, weight in self.partners_in_view():
            luck = model.luck.pair(draws.PARTNER, model.month, tie.one, tie.other)
            time = rules.race(luck[0 if self.number == tie.one else 1], weight)
            if time < best:
                best, chosen = time, other
        return chosen

    def says_yes_to(self, partner: MemberOrganization, pull: float, luck: float) -> bool:
        """Whether it agrees to collaborate; `pull` is that of the open call, 0 if none is open."""
        return luck < self.yes_chance(partner, pull)

    def yes_chance(self, partner: MemberOrganization, pull: float) -> float:
        """Chance that it agrees to collaborate: the decision to override first when trying another theory."""
        tie, b = self.known.get(partner.number), self.model.settings.behaviour
        return rules.yes_chance(
            tie.trust if tie else 0.0,
            tie.overlap if tie else rules.overlap(self.interests, partner.interests),
            self.need_now,
            partner.need_now,
            self.load,
            pull,
            rules.pair_alignment(self.alignment, partner.alignment),
            b.yes_base if tie else b.yes_cold,
            b.yes_trust,
            b.yes_interest,
            b.yes_grant,
            b.yes_rivalry,
            b.rivalry_relief,
            b.yes_load,
        )

    def moves_engagement(self) -> None:
        """Engagement goes toward what membership gives, less what it burdens."""
        model, b, network = self.model, self.model.settings.behaviour, self.model.settings.network
        leadership, heavy_hand = 0.0, 0.0
        if model.is_open:
            heavy_hand = b.heavy_hand * model.funder.weight
            share = rules.leadership_share(self.leads, network.leaders, model.present_count, network.flexibility)
            leadership = b.leadership_burden * (1.0 - model.funder.weight) * share
        target = rules.engagement_target(
            b.engagement_base,
            b.engagement_collaborations * rules.saturating(self.unfunded + self.funded, rules.WORTH_OF_PARTNERS),
            b.engagement_facilitation * model.facilitation,
            b.engagement_relevance * self.relevance,
            b.engagement_uptake * rules.saturating(self.taken_up, rules.WORTH_OF_UPTAKE),
            leadership,
            b.fundraising_burden * self.need_now,
            heavy_hand,
        )
        self.engagement = rules.moved(self.engagement, target * model.stewardship.fading, b.engagement_rate)
        self.adapted = rules.adapted_after(self.adapted, b.fit_rate, network.flexibility)

    def considers_leaving(self) -> bool:
        """Whether it leaves the network; its ties and collaborations remain, and fade or end by themselves."""
        b = self.model.settings.behaviour
        self.low_months = self.low_months + 1 if self.engagement < b.leave_below else 0
        own, low = self.model.luck.pair(draws.LEAVING, self.model.month, self.number)
        return rules.leaves(self.low_months >= b.leave_patience, b.attrition, own, b.leave_chance, low)

    def changes_representative(self, representative: int, kept: float) -> None:
        """Somebody new represents it, who has yet to adapt; of the trust in its ties the share `kept` is left."""
        self.representative, self.adapted, self.since = representative, 0.0, self.model.month
        for tie in self.known.values():
            tie.trust *= kept

    def drifts_away(self) -> bool:
        """Whether it leaves a network that nobody holds any longer; its collaborations without a grant end."""
        hazard = rules.drift_hazard(self.model.settings.behaviour.drift, self.engagement)
        return self.model.luck.one(draws.DRIFT, self.model.month, self.number) < rules.chance_of(hazard)

    def _winner(self, kind: int, candidates: list[tuple[int, float]]) -> MemberOrganization | None:
        """The candidate (number, weight) that wins this member's race of `kind`."""
        best, chosen = np.inf, None
        for number, weight in candidates:
            time = rules.race(self.model.luck.one(kind, self.model.month, self.number, number), weight)
            if time < best:
                best, chosen = time, number
        return None if chosen is None else self.model.organizations[chosen]
