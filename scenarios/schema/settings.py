"""The settings of a scenario: its tables of levers and uncertainties, and the months that follow from them."""

from scenarios.schema.behaviour import Behaviour
from scenarios.schema.fields import Table
from scenarios.schema.tables import NEVER, Closing, Costs, Facilitation, Funder, Grants, Members, Network


class Settings(Table):
    """All that is decided or assumed about a network. A `Scenario` adds a question, and where each value comes from."""

    network: Network = Network()
    members: Members = Members()
    facilitation: Facilitation = Facilitation()
    grants: Grants = Grants()
    funder: Funder = Funder()
    closing: Closing = Closing()
    behaviour: Behaviour = Behaviour()
    costs: Costs = Costs()

    @property
    def closes(self) -> bool:
        """Whether the network closes at all."""
        return self.closing.month != NEVER

    @property
    def closing_month(self) -> int:
        """Last month of the network's life as planned; 0 if it never closes."""
        return self.closing.month if isinstance(self.closing.month, int) else 0

    def convenes(self, month: int) -> bool:
        """Whether a convening is due in a month, held or cancelled, where the network lives that long."""
        capstone = self.closing.capstone and month == self.closing_month
        due = 1 <= month <= self.last_month and (month - 1) % self.facilitation.convening_every == 0
        open_then = not self.closes or month <= self.closing_month or self.can_be_renewed
        return self.facilitation.intensity > 0 and open_then and (due or capstone)

    @property
    def shift_month(self) -> int:
        """First month under the shifted priorities; 0 if they never shift."""
        return self.funder.shift.month if isinstance(self.funder.shift.month, int) else 0

    @property
    def announcement_month(self) -> int:
        """Month in which the closing is announced; 0 if the network never closes."""
        return self.closing_month - self.closing.notice if self.closes else 0

    @property
    def wind_down_month(self) -> int:
        """First month at the wind-down level, the one after the last month if there is none before it.

        0 if the network never closes.
        """
        months = self.closing.wind_down_months
        return self.closing_month + 1 - (self.closing.notice if months is None else months) if self.closes else 0

    @property
    def can_be_renewed(self) -> bool:
        """Whether champions could win an extension."""
        return bool(
            self.closes and self.members.champions and self.closing.renewal_months and self.behaviour.renewal_chance
        )

    @property
    def last_month(self) -> int:
        """The last month simulated."""
        if self.network.months is not None:
            return self.network.months
        if not self.closes:
            return 60
        return self.closing_month + (self.closing.renewal_months if self.can_be_renewed else 0) + self.closing.follow_up

    @property
    def reporting_month(self) -> int:
        """The month whose state is reported: the planned closing, or the last month of a network that goes on."""
        return self.closing_month if self.closes else self.last_month

    @property
    def call_months(self) -> tuple[int, ...]:
        """Months in which grants are awarded while the network lives as planned."""
        if not self.grants.per_call:
            return ()
        return tuple(range(self.grants.first, self.reporting_month + 1, self.grants.every))
