"""What is said of values that are each allowed but cannot stand together."""

from typing import NamedTuple


class Contradiction(NamedTuple):
    """One of them: what it says, and the dotted keys it rests on, so that a faulty value is not blamed twice."""

    text: str
    keys: tuple[str, ...]


LAST_MONTH_KEYS = (
    "network.months",
    "closing.month",
    "closing.renewal_months",
    "closing.follow_up",
    "members.champions",
    "behaviour.renewal_chance",
)
"""Keys that the last month simulated follows from, and the last one in which the network may live."""
