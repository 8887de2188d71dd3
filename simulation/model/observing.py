"""Outcomes of one's own in the reference model: the network as `network_state` has it, and what is counted of it."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from simulation.network_state import Collaborations, Members, NetworkState, Ties
from simulation.own_outcomes.loading import OutcomeValueError, observer_of, out_of_range
from simulation.rules import BEFORE, is_open

if TYPE_CHECKING:
    from scenarios.schema.own_outcomes import OwnOutcomes
    from simulation.model.network import CollaborationNetwork


class Observing:
    """Asks outcomes of one's own at the end of every month.

    Attributes:
        carried: what they gave last, and the place of the one that was asked last, float[functions + 1].
    """

    def __init__(self, network: CollaborationNetwork, own: OwnOutcomes) -> None:
        self.network = network
        self._own = own
        self._observer = observer_of(own, for_engine=False)
        self.carried = self._observer.carried

    def of_month(self) -> list[float]:
        """The month that has just ended: those that are counted by the month, in order.

        Raises:
            OutcomeValueError: if one of them fails, or is out of its range.
        """
        state = state_of(self.network)
        try:
            is_good = int(self._observer.function(state, self.carried)) >= 1
            value = float(self.carried[int(self.carried[-1])])
        except Exception as error:  # whatever the function of a file raises; the engine hears no more than that it did
            raise self._wrong(state.month, inf) from error
        if not is_good:
            raise self._wrong(state.month, value)
        monthly = len(self.network.outcomes.own_monthly)
        return [float(value) for value in self.carried[:monthly]]

    def _wrong(self, month: int, value: float) -> OutcomeValueError:
        return out_of_range(self._own, int(self.carried[-1]), month, self.network.luck.replicate, value)


def state_of(network: CollaborationNetwork) -> NetworkState:
    """The network at the end of a month."""
    members, stock = network.organizations, network.stocktaking
    ties = [network.ties[pair] for pair in sorted(network.ties)]
    rows = {(tie.one, tie.other): row for row, tie in enumerate(ties)}
    works = [network.collaborations[pair] for pair in sorted(network.collaborations)]
    return NetworkState(
        month=network.month,
        is_open=is_open(network.month, network.funder.closing),
        members=Members(
            np.array([m.present for m in members], np.bool_),
            np.array([m.joined for m in members], np.int64),
            np.array([m.engagement for m in members], np.float64),
            np.array([m.need for m in members], np.float64),
            np.array([m.interests for m in members], np.float64),
            np.array([m.region for m in members], np.int64),
            np.array([m.activity for m in members], np.float64),
            np.array([m.capacity for m in members], np.int64),
            np.array([m.funded for m in members], np.int64),
            np.array([m.unfunded for m in members], np.int64),
            np.array([m.applications for m in members], np.int64),
            np.array([m.ever_collaborated for m in members], np.bool_),
            np.array([m.practice for m in members], np.float64),
            np.array([m.taken_up for m in members], np.int64),
            np.array([m.took_up_from_others for m in members], np.bool_),
            np.array([m.champion for m in members], np.bool_),
            np.array([m.leads for m in members], np.bool_),
        ),
        ties=Ties(
            np.array([t.one for t in ties], np.int64),
            np.array([t.other for t in ties], np.int64),
            np.array([t.trust for t in ties], np.float64),
            np.array([t.overlap for t in ties], np.float64),
            np.array([t.met for t in ties], np.int64),
            np.array([t.origin == BEFORE for t in ties], np.bool_),
            np.array([t.facilitated for t in ties], np.bool_),
            np.array([(t.one, t.other) in network.collaborations for t in ties], np.bool_),
        ),
        collaborations=Collaborations(
            np.array([c.one for c in works], np.int64),
            np.array([c.other for c in works], np.int64),
            np.array([rows[c.one, c.other] for c in works], np.int64),
            np.array([c.start for c in works], np.int64),
            np.array([max(c.grant_end - 1, 0) for c in works], np.int64),
        ),
        agenda=np.array(network.agenda, np.float64),
        collaborations_formed=stock.formed,
        evidence=stock.evidence,
        translations=stock.translated,
        cost=float(network.funder.spent),
        members_cost=float(stock.members_spent + network.funder.spent_by_members),
    )
