"""Values of a scenario that are each allowed but cannot stand together, each with the way out."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from scenarios.schema.between_funders import between_funders
from scenarios.schema.contradiction import LAST_MONTH_KEYS, Contradiction
from scenarios.schema.fields import LAST_MONTH
from scenarios.schema.funders import key_of
from scenarios.schema.observation import Observation
from scenarios.schema.settings import Settings

_OF_TODAY = ("members.collaborations", "members.attendance", "members.representatives", "network.so_far")

TOGETHER: tuple[tuple[str, ...], ...] = (
    (
        *(*LAST_MONTH_KEYS, "closing.notice", "closing.wind_down_months", "funder.shift.month", "network.today"),
        *("funder.entry", "funder.exit", "funder.notice", "funder.taper", "funder.others"),
    ),
    (
        *("funder.name", "funder.backbone", "funder.grants", "funder.weight", "funder.others"),
        *("funder.entry", "funder.exit"),
    ),
    (
        "members.interests_fewest",
        "members.interests_most",
        "network.topics",
        "members.file",
        "members.ties",
        "members.contacts",
        "members.introductions",
        "members.groups",
        "members.without",
        "funder.priorities",
        "funder.shift.priorities",
        "funder.others",
    ),
    ("network.today", "members.file", "members.ties", *_OF_TODAY),
    ("members.need", "members.need_spread"),
    ("members.engagement", "members.engagement_spread"),
    ("members.capacity", "members.capacity_step"),
)
"""Keys that can contradict each other: each contradiction rests on keys of one of these sets."""


INTERESTS = ("members.interests_fewest", "members.interests_most")
DECIDED_TOGETHER: tuple[tuple[str, ...], ...] = (
    INTERESTS,
    ("members.need", "members.need_spread"),
    ("members.engagement", "members.engagement_spread"),
    ("members.capacity", "members.capacity_step"),
)
"""Uncertain keys of which one bounds the other: who settles one has settled both, so that neither varies any more."""


def decided_with(known: Collection[str], topics: int, interests: Iterable[float]) -> set[str]:
    """Keys that nobody settles but that what is settled bounds.

    Args:
        known: keys that are settled.
        topics: of the network (count).
        interests: numbers of interests that would be tried (counts).
    """
    narrow = INTERESTS if any(count > topics for count in interests) else ()
    return set(narrow).union(*(pair for pair in DECIDED_TOGETHER if not set(pair).isdisjoint(known)))


def contradictions(scenario: Settings, observed: Sequence[Observation] = ()) -> Iterator[Contradiction]:
    """Everything that does not go together: settings each allowed by themselves, and what was observed."""
    yield from _in_time(scenario)
    yield from _today(scenario)
    yield from _among_members(scenario)
    yield from _among_priorities(scenario)
    yield from between_funders(scenario)
    yield from _in_what_was_observed(observed, scenario)


def _in_time(s: Settings) -> Iterator[Contradiction]:
    if s.closes and s.last_month < s.closing_month:
        yield Contradiction(
            f"closing.month is {s.closing_month}, after the last month {s.last_month} (network.months); "
            f"lengthen the run to network.months = {s.closing_month} or more, or leave network.months out",
            LAST_MONTH_KEYS,
        )
    if s.closes and s.announcement_month < 1:
        yield Contradiction(
            f"closing.notice is {s.closing.notice} months but the network closes in month {s.closing_month}; "
            f"allowed is at most {s.closing_month - 1}",
            ("closing.notice", "closing.month"),
        )
    if s.closes and (s.closing.wind_down_months or 0) > s.closing_month:
        yield Contradiction(
            f"closing.wind_down_months is {s.closing.wind_down_months} but the network closes in month "
            f"{s.closing_month}; allowed is at most {s.closing_month}, or leave it out",
            ("closing.wind_down_months", "closing.month"),
        )
    for place, one in enumerate(s.funders):
        if one.shifts_in > s.last_month:
            yield Contradiction(
                f"{key_of(one, place, 'shift.month')} is {one.shift_month}, after the last month {s.last_month}; "
                f'allowed is 1 to {s.last_month}, or "never"',
                ("funder.others" if place else "funder.shift.month", *LAST_MONTH_KEYS),
            )
    if s.last_month > LAST_MONTH:
        yield Contradiction(
            f"the run would last {s.last_month} months (closing.month + closing.renewal_months + closing.follow_up); "
            f"allowed is at most {LAST_MONTH}",
            LAST_MONTH_KEYS,
        )


def _today(s: Settings) -> Iterator[Contradiction]:
    today, keys = s.network.today, ("network.today", *LAST_MONTH_KEYS)
    if today and s.closes and today >= s.closing_month:
        yield Contradiction(
            f"network.today is {today}, but the network closes in month {s.closing_month}; allowed is 0 to "
            f"{s.closing_month - 1}: a run goes on from a network that is still open",
            keys,
        )
    elif today >= s.last_month:
        yield Contradiction(
            f"network.today is {today}, but the last month is {s.last_month}; allowed is 0 to {s.last_month - 1}", keys
        )
    for key, what in (("file", "who the members are"), ("ties", "who knows whom today")):
        if today and not getattr(s.members, key):
            yield Contradiction(
                f"network.today is {today} but members.{key} is empty: say {what}, or leave network.today out",
                ("network.today", f"members.{key}"),
            )
    for key in _OF_TODAY:
        table, _, name = key.partition(".")
        if not today and (file := getattr(getattr(s, table), name)):
            yield Contradiction(
                f'{key} is "{file}" but network.today is 0: say at the end of which month that is known, or leave '
                f"{key} out",
                (key, "network.today"),
            )


def _among_members(s: Settings) -> Iterator[Contradiction]:
    members = s.members
    if members.interests_fewest > members.interests_most:
        yield Contradiction(
            f"members.interests_fewest is {members.interests_fewest}, above members.interests_most = "
            f"{members.interests_most}; lower the first or raise the second",
            ("members.interests_fewest", "members.interests_most"),
        )
    if members.interests_most > s.network.topics and not members.file:
        yield Contradiction(
            f"members.interests_most is {members.interests_most} but there are only {s.network.topics} topics "
            f"(network.topics); allowed is 1 to {s.network.topics}",
            ("members.interests_most", "network.topics", "members.file"),
        )
    for key in ("need", "engagement"):
        mean, spread = getattr(members, key), getattr(members, f"{key}_spread")
        if mean - spread < -1e-12 or mean + spread > 1 + 1e-12:
            yield Contradiction(
                f"members.{key}_spread is {spread:g}, too wide around members.{key} = {mean:g}: values would leave "
                f"0 to 1; allowed is at most {min(mean, 1 - mean):g}",
                (f"members.{key}_spread", f"members.{key}"),
            )
    if members.capacity_step >= members.capacity:
        yield Contradiction(
            f"members.capacity_step is {members.capacity_step}, so small members could carry nothing; "
            f"allowed is 0 to {members.capacity - 1} with members.capacity = {members.capacity}",
            ("members.capacity_step", "members.capacity"),
        )
    for key, need in (
        ("ties", ""),
        ("contacts", ""),
        ("introductions", ""),
        ("groups", ""),
        ("without", "names to leave out "),
    ):
        if (name := getattr(members, key)) and not members.file:
            yield Contradiction(
                f'members.{key} is "{name}" but members.file is empty: {need or key + " "}need members; set '
                "members.file too",
                (f"members.{key}", "members.file"),
            )


def _among_priorities(s: Settings) -> Iterator[Contradiction]:
    for place, one in enumerate(s.funders):
        for name, weights in (("priorities", one.priorities), ("shift.priorities", one.shift_priorities)):
            key, blamed = key_of(one, place, name), "funder.others" if place else f"funder.{name}"
            if weights and len(weights) != s.network.topics:
                yield Contradiction(
                    f"{key} has {len(weights)} weights but there are {s.network.topics} topics (network.topics); "
                    "give one weight a topic, or none",
                    (blamed, "network.topics", "members.file"),
                )
            elif weights and not sum(weights) > 0:
                yield Contradiction(f"{key} has no weight above 0; give at least one topic a weight", (blamed,))


def _in_what_was_observed(observed: Sequence[Observation], s: Settings) -> Iterator[Contradiction]:
    for one in observed:
        if one.month is not None and one.month > s.last_month:
            yield Contradiction(
                f"observed.{one.outcome}.month is {one.month}, after the last month {s.last_month}; "
                f"allowed is 1 to {s.last_month}",
                LAST_MONTH_KEYS,
            )
        if one.is_after_closing and not s.closes:
            yield Contradiction(
                f'observed.{one.outcome} is of a network that has closed, but closing.month is "never"; '
                "give closing.month, or leave it out",
                ("closing.month",),
            )
