"""Months that follow from others, each a plain function of numbers: `Settings` calls them, and so does compiled code.

A month that never comes is 0, and a number that nobody has given is NOT_GIVEN.
"""

NOT_GIVEN = -1
NEVER_CLOSES = 60
"""Months simulated of a network that never closes, where nobody says how many."""


def announcement_month(closing: int, notice: int) -> int:
    """Month in which the closing is announced; 0 if the network never closes."""
    return closing - notice if closing > 0 else 0


def wind_down_month(closing: int, notice: int, months: int) -> int:
    """First month at the wind-down level, the one after the last month if there is none before it.

    Args:
        closing: last month as planned; 0 for never.
        notice: months ahead that the closing is announced.
        months: of winding down; NOT_GIVEN where they begin with the notice.

    Returns:
        The month; 0 if the network never closes.
    """
    if closing == 0:
        return 0
    return closing + 1 - (notice if months == NOT_GIVEN else months)


def can_be_renewed(closing: int, champions: int, renewal_months: int, renewal_chance: float) -> bool:
    """Whether champions could win an extension."""
    return closing > 0 and champions != 0 and renewal_months != 0 and renewal_chance != 0.0


def last_month(months: int, closing: int, renewal: int, follow_up: int) -> int:
    """The last month simulated.

    Args:
        months: how many are asked for; NOT_GIVEN where that follows from the rest.
        closing: last month as planned; 0 for never.
        renewal: months that can be won; 0 where none can.
        follow_up: months simulated after the closing.
    """
    if months != NOT_GIVEN:
        return months
    return closing + renewal + follow_up if closing > 0 else NEVER_CLOSES


def reporting_month(closing: int, last: int) -> int:
    """The month whose state is reported: the planned closing, or the last month of a network that goes on."""
    return closing if closing > 0 else last


def members_ever(founders: int, joining: float, closing: int, renewal: int, last: int) -> int:
    """How many organizations can be members at the most: the founders, and all that could join while it lives.

    Args:
        founders: members at the start.
        joining: of further ones (1/month).
        closing: last month as planned; 0 for never.
        renewal: months that can be won; 0 where none can.
        last: last month simulated.
    """
    months = min(last, closing + renewal) if closing > 0 else last
    return founders + months * (int(joining) + (1 if joining % 1 > 0 else 0))
