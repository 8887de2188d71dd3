"""Who holds the network once its funder has closed it: a steward, or nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation import draws, rules

if TYPE_CHECKING:
    from simulation.model.network import CollaborationNetwork


class Stewardship:
    """At the closing somebody takes the network over, or nobody; a steward gives up one day.

    Attributes:
        lasts: whether a steward holds the network this month.
        months_unheld: months since somebody last held it; 0 while it is open or has a steward.
    """

    def __init__(self, network: CollaborationNetwork) -> None:
        self.network = network
        self.lasts = False
        self.months_unheld = 0

    @property
    def fading(self) -> float:
        """What is left of initiative and of what membership is worth; 1 while somebody holds the network."""
        return rules.faded(self.months_unheld, self.network.settings.behaviour.fading)

    def acts(self) -> None:
        """A month's stewardship; nothing while the network is open."""
        network, b = self.network, self.network.settings.behaviour
        if network.is_open:
            return
        since = network.month - network.funder.closing
        if since == 1:
            self.lasts = self._begins()
        elif self.lasts:
            # Keyed by the months since the closing: an earlier or later one meets with the same luck.
            self.lasts = network.luck.one(draws.STEWARD_ENDS, since) >= rules.chance_of(b.steward_end)
        if self.lasts:
            network.facilitation = b.steward_intensity
            network.facilitator.lets_members_convene()
        else:
            self.months_unheld += 1

    def _begins(self) -> bool:
        network, b = self.network, self.network.settings.behaviour
        chance = rules.steward_chance(
            network.present_count,
            network.funder.engaged_champions,
            network.settings.closing.handover,
            b.steward_chance,
            b.steward_handover,
            b.steward_champion,
            b.steward_size,
        )
        return chance > 0.0 and network.luck.one(draws.STEWARD, 0) < chance
