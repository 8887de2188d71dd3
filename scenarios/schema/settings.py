"""The settings of a scenario: its tables of levers and uncertainties, and the months that follow from them."""

from scenarios.schema import months
from scenarios.schema.behaviour import Behaviour
from scenarios.schema.fields import Table
from scenarios.schema.funders import CoFunder
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
    def exit_month(self) -> int:
        """Last month in which the first funder pays; 0 if it stays until the network closes."""
        return self.funder.exit if isinstance(self.funder.exit, int) else 0

    @property
    def funders(self) -> tuple[CoFunder, ...]:
        """All who pay, the first one first."""
        one, shift = self.funder, self.funder.shift
        first = CoFunder(
            one.name, one.backbone, one.grants, one.weight, one.priorities, one.entry, one.exit, one.notice, one.taper,
            shift.month, shift.facilitation, shift.grants, shift.priorities,
        )  # fmt: skip
        return (first, *one.others)

    @property
    def announcement_month(self) -> int:
        """Month in which the closing is announced; 0 if the network never closes."""
        return months.announcement_month(self.closing_month, self.closing.notice)

    @property
    def wind_down_month(self) -> int:
        """First month at the wind-down level, as `months.wind_down_month` gives it."""
        return months.wind_down_month(
            self.closing_month, self.closing.notice, _or_not_given(self.closing.wind_down_months)
        )

    @property
    def can_be_renewed(self) -> bool:
        """Whether champions could win an extension."""
        return months.can_be_renewed(
            self.closing_month, self.members.champions, self.closing.renewal_months, self.behaviour.renewal_chance
        )

    @property
    def renewal_months(self) -> int:
        """Months that champions could win; 0 if they cannot."""
        return self.closing.renewal_months if self.can_be_renewed else 0

    @property
    def last_month(self) -> int:
        """The last month simulated."""
        given = _or_not_given(self.network.months)
        return months.last_month(given, self.closing_month, self.renewal_months, self.closing.follow_up)

    @property
    def reporting_month(self) -> int:
        """The month whose state is reported: the planned closing, or the last month of a network that goes on."""
        return months.reporting_month(self.closing_month, self.last_month)

    @property
    def call_months(self) -> tuple[int, ...]:
        """Months in which grants are awarded while the network lives as planned."""
        if not self.grants.per_call:
            return ()
        return tuple(range(self.grants.first, self.reporting_month + 1, self.grants.every))


def _or_not_given(value: int | None) -> int:
    return months.NOT_GIVEN if value is None else value
