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
    """

    def __init__(self, network: CollaborationNetwork) -> None:
        self.network = network
        self.lasts = False

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
