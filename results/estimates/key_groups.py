"""Groups of uncertain keys that somebody could find out about together: facilitation, trust, search and so on.

A key goes with its table, or, in the table of behaviour, by the beginning of its name. A key of behaviour that no
beginning fits goes with the one before it: the schema keeps relatives together.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from scenarios import KEYS

Group = Literal[
    "members", "facilitation", "trust", "search", "working", "evidence", "engagement", "closing", "costs"
]  # fmt: skip
GROUPS: tuple[Group, ...] = get_args(Group)
IN_WORDS: Mapping[Group, str] = {
    "members": "who the members are",
    "facilitation": "what facilitation does",
    "trust": "how trust grows and fades",
    "search": "how partners are found",
    "working": "how collaborations end",
    "evidence": "how evidence spreads",
    "engagement": "what keeps members engaged",
    "closing": "what closing does",
    "costs": "prices",
}
"""What somebody would find out."""
_TABLES: Mapping[str, Group] = {
    "network": "members", "members": "members", "facilitation": "facilitation", "funder": "facilitation",
    "grants": "search", "closing": "closing", "costs": "costs",
}  # fmt: skip
_BEGINNINGS: Mapping[str, Group] = {
    **dict.fromkeys(
        ("trust_power", "initiative", "yes_", "rivalry", "award", "need_met", "grant_strength", "cold"), "search"
    ),
    **dict.fromkeys(
        ("trust_", "contact", "friend", "own_region", "decay", "embedding", "ageing", "event_", "lapse"), "trust"
    ),
    **dict.fromkeys(("funded_evidence", "evidence", "uptake", "practice", "translation"), "evidence"),
    **dict.fromkeys(("funded_", "end_", "grant_end", "unpaid"), "working"),
    **dict.fromkeys(
        ("closed", "capstone", "handover", "notice", "champion", "renewal", "steward", "drift"), "closing"
    ),
    **dict.fromkeys(
        ("engagement", "leadership", "heavy_hand", "fundraising", "fit_", "relational", "leave", "attrition"),
        "engagement",
    ),
}  # fmt: skip
"""The first beginning that fits decides."""


def group_of(key: str) -> Group:
    """The group of a key."""
    return _GROUP_OF[key]


def _grouped() -> dict[str, Group]:
    found: dict[str, Group] = {}
    last: Group = "trust"
    for key in KEYS:
        table, _, name = key.partition(".")
        if table != "behaviour":
            found[key] = _TABLES.get(table, "members")
            continue
        last = next((group for start, group in _BEGINNINGS.items() if name.startswith(start)), last)
        found[key] = last
    return found


_GROUP_OF = _grouped()
