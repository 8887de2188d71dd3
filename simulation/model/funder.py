"""The funders: who pays, whose priorities count in the agenda, and who ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation import draws, funding, rules
from simulation.exact_sum import total
from simulation.outcomes import COST_PARTS

if TYPE_CHECKING:
    from simulation.model.network import CollaborationNetwork


class Funder:
    """Who pays for facilitation and grants, one or several: shifts priorities, leaves, announces the closing, renews.

    Attributes:
        closing: last month of the network's life, 0 if it never closes; a renewal moves it.
        announced: month in which the closing was announced, 0 before.
        spent_before: until a run goes on from what is known of a network, in the scenario's currency.
        paid: by all funders so far for each thing, in the scenario's currency, float[COST_PARTS].
        replaced: by members in place of funders that have left, the same.
        funders: a row each, as `funding` has them.
        priorities: weight of each topic, before shifts, float[funders, topics].
        shifted_priorities: the same after them.
        weight: of all funders in the agenda of the month.
    """

    def __init__(self, network: CollaborationNetwork) -> None:
        self.network = network
        settings = network.settings
        self.closing = settings.closing_month
        self.announced = 0
        self.renewed = False
        self.paid = [0.0] * len(COST_PARTS)
        self.replaced = [0.0] * len(COST_PARTS)
        self.spent_before = 0.0
        self.funders = funding.funders_of(settings)
        self.priorities, self.shifted_priorities = funding.priorities_of(settings)
        self.weight = 0.0
        self.funded = funding.InForce(1.0, 1.0, 1.0, 1.0)

    def acts(self) -> None:
        """Announces the closing and exits, hears the champions, and sets what is in force this month."""
        network, settings = self.network, self.network.settings
        if network.month == settings.announcement_month:
            self._announces_closing()
        self.announces_exits()
        if network.month == settings.closing_month and settings.can_be_renewed:
            self._hears_champions()
        network.is_open = rules.is_open(network.month, self.closing)
        self.funded = funding.in_force(
            network.month,
            self.closing,
            settings.wind_down_month,
            settings.closing.wind_down,
            settings.members.replacement,
            self.funders,
        )
        network.facilitation = settings.facilitation.intensity * self.funded.facilitation
        self.grants = settings.grants.per_call * self.funded.grants
        network.call, network.pull = 0, 0.0
        if self.grants > 0.0 and network.present_count > 0:
            g = settings.grants
            network.call = rules.call_open(network.month, self.closing, g.first, g.every, g.window)
            if network.call:
                network.pull = rules.grant_pull(self.grants * network.grant.appeal, network.present_count)
        self.pays(rules.FOR_BACKBONE, settings.costs.backbone * network.facilitation / 12.0)
        network.stocktaking.backbone_months += network.facilitation
        self.sets_agenda()

    def _announces_closing(self) -> None:
        settings, behaviour = self.network.settings, self.network.settings.behaviour
        self.announced = self.network.month
        shock = rules.notice_shock(settings.closing.notice, behaviour.notice_shock, behaviour.notice_softening)
        for member in self.network.present_members():
            member.engagement *= 1.0 - shock

    def announces_exits(self) -> None:
        """Says of each funder that leaves, in the month of its notice, that it does; members hear it one by one."""
        settings, b = self.network.settings, self.network.settings.behaviour
        month, closing, replaced = self.network.month, settings.closing_month, settings.members.replacement
        for one in range(len(self.funders)):
            shock = funding.exit_shock(month, one, closing, replaced, b.notice_shock, b.notice_softening, self.funders)
            for member in self.network.present_members() if shock > 0.0 else ():
                member.engagement *= 1.0 - shock

    def _hears_champions(self) -> None:
        """In what would be the last month, champions who are still engaged plead; a renewal is won once at most."""
        luck = self.network.luck.one(draws.PLEA, self.network.month)
        if rules.plea_succeeds(self.engaged_champions, self.network.settings.behaviour.renewal_chance, luck):
            self.renewed = True
            self.closing += self.network.settings.closing.renewal_months

    @property
    def engaged_champions(self) -> int:
        """Champions still in the network that are engaged enough to speak up for it (count)."""
        least = self.network.settings.behaviour.champion_engaged
        return sum(member.champion and member.engagement >= least for member in self.network.present_members())

    def sets_agenda(self) -> None:
        """The agenda from the members' interests and the priorities in force, and what it means to each member."""
        network, settings = self.network, self.network.settings
        self.weight = funding.weight_in_force(network.month, self.funders)
        for member in network.present_members():
            member.relevance = member.alignment = 0.0
        if not network.is_open:
            return
        interests = np.zeros(settings.network.topics)
        for member in network.present_members():
            interests += member.interests
        weights = funding.weights_in_force(network.month, self.funders)
        before = rules.agenda(interests, self.priorities, weights)
        network.agenda = before
        if funding.has_shifted(network.month, self.funders):
            now = funding.priorities_in_force(network.month, self.funders, self.priorities, self.shifted_priorities)
            network.agenda = rules.agenda(interests, now, weights)
        leaders = network.leaders_present
        for member in network.present_members():
            member.alignment = rules.overlap(member.interests, network.agenda)
            relevance = rules.relevance(
                member.alignment, rules.overlap(member.interests, before), settings.network.flexibility
            )
            member.relevance = rules.led_relevance(relevance, settings.behaviour.leadership_fit, self.weight, leaders)

    def awards_grants(self) -> None:
        """In the month of a call: a race of the applications by alignment; the losers perhaps go on anyway."""
        network, settings = self.network, self.network.settings
        if network.call not in (0, network.month):
            return
        # Without an open call nobody waits, unless the call was cancelled meanwhile: then all are turned down.
        grants = self.grants if network.call else 0.0
        ranked = sorted(
            (
                rules.race(
                    network.luck.one(draws.AWARD, network.month, application.one, application.other),
                    rules.award_weight(application.alignment, settings.behaviour.award_focus),
                ),
                application.one,
                application.other,
                application.willing_anyway,
            )
            for application in network.withdraw_applications()
        )
        awards = draws.whole(grants, network.luck.one(draws.AWARDS, network.month))
        for place, (_, one, other, willing_anyway) in enumerate(ranked):
            partners = network.organizations[one], network.organizations[other]
            if place < awards:
                self.pays(rules.FOR_GRANTS, settings.grants.size)
                network.start_collaboration(*partners, grant_end=network.month + settings.grants.months)
            elif willing_anyway and all(partner.has_spare_capacity for partner in partners):
                network.start_collaboration(*partners)

    def pays(self, what: int, amount: float) -> None:
        """Spends an amount on one of the things that `rules` names, members a part of it in their place.

        Of the ending members replace nothing.
        """
        share = self.funded.grants_paid if what == rules.FOR_GRANTS else self.funded.facilitation_paid
        share = 1.0 if what == rules.FOR_ENDING else share
        self.paid[what] += amount * share
        self.replaced[what] += amount * (1.0 - share)

    @property
    def spent(self) -> float:
        """By all funders so far on everything, in the scenario's currency."""
        return self.spent_before + total(self.paid)

    @property
    def spent_by_members(self) -> float:
        """By members in place of funders that have left, in the scenario's currency."""
        return total(self.replaced)
