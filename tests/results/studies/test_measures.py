"""What patterns count: against a slow count written from the definitions, and by hand on made-up histories.

Source of truth: the docstrings of `scenarios.observed.study`; plain dictionaries over the events of `chronicle_of`.
"""

from itertools import combinations
from typing import Any

import numpy as np
import pytest

import scenarios
from results.studies.measures import NONE, calendar, counts, months_to_watch, rate, statistic
from results.studies.studied_network import Network
from scenarios import Scenario
from scenarios.observed.groups import Arm, Exposure
from scenarios.observed.study import Measured, Pattern
from simulation import Chronicle, History, Ties, chronicle_of, historian, rules, run
from simulation.founding import found
from simulation.outcomes import FINAL, MONTHLY_NAMES, NAMES, outcome_named

Event = tuple[int, int, int, int]  # month, kind, one, other
Pair = tuple[int, int]

SMALL = scenarios.load(
    "salex",
    ["network.members=14", "network.prior_ties=1.5", "grants.per_call=4", "grants.months=5", "grants.every=4"],
    posterior=None,
)
LONG = scenarios.replace(
    SMALL,
    {
        "network.members": 20,
        "network.months": 60,
        "closing.month": "never",
        "behaviour.evidence_lag": 3,
        "behaviour.evidence_rate": 0.3,
    },
)
QUIET = scenarios.replace(SMALL, {"facilitation.intensity": 0.1, "network.prior_ties": 4.0, "network.members": 12})
SEARCH = scenarios.replace(SMALL, {"behaviour.initiative": 0.02, "network.members": 18, "network.regions": 2})
NETWORKS = pytest.mark.parametrize(
    ("scenario", "replicate"),
    [(one, replicate) for one in (SMALL, LONG, QUIET, SEARCH) for replicate in range(3)],
    ids=[f"{name}-{replicate}" for name in ("small", "long", "quiet", "search") for replicate in range(3)],
)


def ask(outcome: str, *months: int, **how: Any) -> Pattern:
    clock = how.pop("clock", "grant_end" if outcome in ("going_on", "ending") else "start")
    how = {"statistic": "value", "arms": (), **how}
    return Pattern("one", "", outcome, months, clock, observed=Measured(None, 0.0, None), source="x", about="x", **how)


def count(network: Network, pattern: Pattern, **group: Any) -> tuple[int, int]:
    numerator, denominator = counts(pattern, Arm(pairs=Exposure(**group) if group else None), None, network)
    return int(numerator), int(denominator)


# The slow count.

MEETINGS = {
    "convening": {rules.CONVENING},
    "group": {rules.GROUP},
    "introduction": {rules.INTRODUCTION},
    "contact": {rules.CONTACT},
    "facilitated": {rules.CONVENING, rules.GROUP, rules.INTRODUCTION},
    "any": {rules.CONVENING, rules.GROUP, rules.INTRODUCTION, rules.CONTACT},
}
MET = MEETINGS["any"] | {rules.BEFORE}


class Slow:
    """One network as a list of events, asked pair by pair."""

    def __init__(self, scenario: Scenario, seed: int, replicate: int) -> None:
        told = chronicle_of(scenario, seed=seed, replicate=replicate)
        self.scenario = scenario
        self.events: list[Event] = [
            (int(m), int(k), int(a), int(b))
            for m, k, a, b in zip(told.month, told.kind, told.one, told.other, strict=True)
        ]
        self.founding = found(scenario, seed, replicate)
        self.pairs = list(combinations(range(scenario.network.members), 2))
        self.of: dict[Pair, list[Event]] = {pair: [] for pair in self.pairs}
        for event in self.events:
            self.of[event[2], event[3]].append(event)

    def first(self, pair: Pair, kinds: set[int]) -> tuple[int, int] | None:
        """Month and kind of the first such event of a pair."""
        return next(((month, kind) for month, kind, _, _ in self.of[pair] if kind in kinds), None)

    def is_in(self, pair: Pair, first_month: int, **wanted: Any) -> bool:
        """Whether a pair belongs to a group."""
        by = wanted.get("by", first_month)
        for key, value in wanted.items():
            if key == "met":
                kinds = MEETINGS["any" if value == "none" else value]
                had = any(kind in kinds and month <= by for month, kind, _, _ in self.of[pair])
                if had == (value == "none"):
                    return False
            if key in ("origin", "begun"):
                start = self.first(pair, MET)
                if start is None:
                    return False
                if key == "begun" and not value[0] <= start[0] <= value[1]:
                    return False
                if key == "origin" and (
                    start[1] == rules.CONVENING if value == "other" else start[1] not in MEETINGS[value]
                ):
                    return False
            if key == "region":
                one, other = (self.founding.region[member] for member in pair)
                if (one == other) != (value == "same"):
                    return False
            if key == "overlap":
                shared = sum(
                    float(a * b) for a, b in zip(*(self.founding.interests[member] for member in pair), strict=True)
                )
                if not value[0] - 1e-9 <= shared <= value[1] + 1e-9:
                    return False
            if key == "applied":
                had = any(kind == rules.APPLICATION and month <= by for month, kind, _, _ in self.of[pair])
                if had != value:
                    return False
            if key == "won" and any(kind == rules.FUNDED for _, kind, _, _ in self.of[pair]) != value:
                return False
        return True

    def happened(self, first: int, last: int, kinds: set[int], **group: Any) -> tuple[int, int]:
        """Pairs of a group with such an event in the months, and all of them."""
        asked = [pair for pair in self.pairs if self.is_in(pair, first, **group)]
        reached = [
            pair
            for pair in asked
            if any(kind in kinds and first <= month <= last for month, kind, _, _ in self.of[pair])
        ]
        return len(reached), len(asked)

    def acquainted(self, first: int, last: int, **group: Any) -> tuple[int, int]:
        """Pairs that first met in the months, of those without a tie from before."""
        origin = group.pop("origin", None)
        asked = [
            pair
            for pair in self.pairs
            if self.is_in(pair, first, **group) and not any(kind == rules.BEFORE for _, kind, _, _ in self.of[pair])
        ]
        reached = 0
        for pair in asked:
            met = self.first(pair, MEETINGS["any"])
            if met is not None and first <= met[0] <= last:
                reached += origin is None or (
                    met[1] != rules.CONVENING if origin == "other" else met[1] in MEETINGS[origin]
                )
        return reached, len(asked)

    def collaborating(self, month: int, **group: Any) -> tuple[int, int]:
        """Pairs of a group that are at work at the end of a month, and all of them."""
        asked = [pair for pair in self.pairs if self.is_in(pair, month, **group)]
        at_work = 0
        for pair in asked:
            going = False
            for when, kind, _, _ in self.of[pair]:
                if when <= month and kind in (rules.FUNDED, rules.UNFUNDED):
                    going = True
                if when <= month and kind == rules.ENDED:
                    going = False
            at_work += going
        return at_work, len(asked)

    def grants(self) -> list[tuple[int, int | None]]:
        """Of each grant, the month after it, and the month in which its collaboration ended."""
        told = []
        for pair in self.pairs:
            for place, (month, kind, _, _) in enumerate(self.of[pair]):
                if kind == rules.FUNDED:
                    ends = [when for when, what, _, _ in self.of[pair][place:] if what == rules.ENDED]
                    told.append((month + self.scenario.grants.months, ends[0] if ends else None))
        return told

    def going_on(self, after: int) -> tuple[int, int]:
        """Collaborations that go on so many months after their grant, of those that outlived it."""
        out = [
            (over, end)
            for over, end in self.grants()
            if (end is None or end >= over) and over + after <= self.scenario.last_month
        ]
        return sum(end is None or end > over + after for over, end in out), len(out)

    def ending(self, first: int, last: int) -> tuple[int, int]:
        """Those that go on in the later month, of those that did in the earlier one."""
        seen = [(over, end) for over, end in self.grants() if over + last <= self.scenario.last_month]
        early = [(over, end) for over, end in seen if end is None or end > over + first]
        return sum(end is None or end > over + last for over, end in early), len(early)

    def output(self, first: int, last: int, clock: str, **group: Any) -> tuple[int, int]:
        """Pair-years with evidence and in all, year by year."""
        applied = group.pop("applied", None)
        last = last if clock == "application" else min(last, self.scenario.last_month)
        with_evidence, in_all = 0, 0
        for pair in self.pairs:
            papers = [month for month, kind, _, _ in self.of[pair] if kind == rules.OUTPUT]
            application = self.first(pair, {rules.APPLICATION})
            if (not papers and application is None) or not self.is_in(pair, first, **group):
                continue
            begin, end = first, last
            if clock == "application":
                if application is None:
                    continue
                begin, end = application[0] + first, min(application[0] + last, self.scenario.last_month)
            elif applied is True:
                if application is None:
                    continue
                begin = max(first, application[0] + 1)
            elif applied is False and application is not None:
                end = min(last, application[0])
            year = begin
            while year + 11 <= end:
                in_all += 1
                with_evidence += any(year <= paper <= year + 11 for paper in papers)
                year += 12
        return with_evidence, in_all


GROUPS: list[dict[str, Any]] = [
    {},
    {"met": "convening"},
    {"met": "group", "by": 2},
    {"met": "introduction", "by": 12},
    {"met": "contact", "by": 20},
    {"met": "facilitated"},
    {"met": "any", "by": 1},
    {"met": "none"},
    {"met": "none", "by": 9},
    {"origin": "convening"},
    {"origin": "facilitated", "begun": (1, 3)},
    {"origin": "other"},
    {"origin": "contact"},
    {"begun": (0, 0)},
    {"begun": (2, 9)},
    {"region": "same"},
    {"region": "other", "overlap": (0.0, 0.0)},
    {"overlap": (0.3, 0.8)},
    {"overlap": (1.0, 1.0)},
    {"applied": True},
    {"applied": False, "by": 18},
    {"won": True},
    {"won": False, "region": "same"},
]
WINDOWS = [(0, 60), (3, 3), (6, 18)]


@pytest.fixture(scope="module")
def looked_at() -> dict[Any, tuple[Network, Slow]]:
    """Networks by scenario and replicate, each told once."""
    return {}


def both(kept: dict[Any, tuple[Network, Slow]], scenario: Scenario, replicate: int) -> tuple[Network, Slow]:
    key = (id(scenario), replicate)
    if key not in kept:
        network = Network(historian(scenario, seed=9, months=[0, 4, 24])(replicate))
        kept[key] = network, Slow(scenario, 9, replicate)
    return kept[key]


@NETWORKS
def test_what_happened_between_pairs_is_what_a_slow_count_finds(
    scenario: Scenario, replicate: int, looked_at: dict[Any, tuple[Network, Slow]]
) -> None:
    network, slow = both(looked_at, scenario, replicate)
    for group in GROUPS:
        for first, last in WINDOWS:
            found_ = count(network, ask("applied", first, last), **group)
            assert found_ == slow.happened(first, last, {rules.APPLICATION}, **group), (group, first)
            found_ = count(network, ask("collaborated", first, last), **group)
            assert found_ == slow.happened(first, last, {rules.FUNDED, rules.UNFUNDED}, **group), (group, first)
        for month in (0, 5, 14, 30):
            found_ = count(network, ask("collaborating", month), **group)
            assert found_ == slow.collaborating(month, **group), (group, month)


@NETWORKS
def test_who_first_met_is_what_a_slow_count_finds(
    scenario: Scenario, replicate: int, looked_at: dict[Any, tuple[Network, Slow]]
) -> None:
    network, slow = both(looked_at, scenario, replicate)
    for group in GROUPS:
        if group.keys() <= {"origin", "region", "overlap"}:
            for first, last in WINDOWS:
                found_ = count(network, ask("acquainted", first, last), **group)
                assert found_ == slow.acquainted(first, last, **group), (group, first)


@NETWORKS
def test_years_of_output_are_what_a_slow_count_finds(
    scenario: Scenario, replicate: int, looked_at: dict[Any, tuple[Network, Slow]]
) -> None:
    network, slow = both(looked_at, scenario, replicate)
    for group in ({}, {"applied": True}, {"applied": False}, {"won": True}, {"won": False}, {"region": "same"}):
        for first, last in ((1, 60), (0, 35), (4, 30), (13, 24), (1, 11)):
            for clock in ("start", "application"):
                if clock == "application" and "applied" in group:
                    continue
                found_ = count(network, ask("output", first, last, clock=clock), **group)
                assert found_ == slow.output(first, last, clock, **group), (group, first, clock)


@NETWORKS
def test_what_becomes_of_grants_is_what_a_slow_count_finds(
    scenario: Scenario, replicate: int, looked_at: dict[Any, tuple[Network, Slow]]
) -> None:
    network, slow = both(looked_at, scenario, replicate)
    for after in (0, 1, 7, 12, 30):
        assert count(network, ask("going_on", after)) == slow.going_on(after)
        assert count(network, ask("ending", after, after + 6)) == slow.ending(after, after + 6)


@NETWORKS
def test_tied_are_those_whose_trust_reaches_the_threshold(
    scenario: Scenario, replicate: int, looked_at: dict[Any, tuple[Network, Slow]]
) -> None:
    network, slow = both(looked_at, scenario, replicate)
    for month in (0, 4, 24):
        ties = network.history.ties[month]
        trust = {(int(a), int(b)): float(t) for a, b, t in zip(ties.one, ties.other, ties.trust, strict=True)}
        for group in GROUPS:
            asked = [pair for pair in slow.pairs if slow.is_in(pair, month, **group)]
            for threshold in (0.0, 0.1, 0.5):
                reached = sum(trust.get(pair, -1.0) >= threshold for pair in asked)
                assert count(network, ask("tied", month, tied_from=threshold), **group) == (reached, len(asked))


def test_the_slow_count_has_something_to_count(looked_at: dict[Any, tuple[Network, Slow]]) -> None:
    """The tests above would pass without checking anything if nothing happened."""
    _, slow = both(looked_at, LONG, 0)
    for kinds in ({rules.APPLICATION}, {rules.FUNDED}, {rules.ENDED}, {rules.OUTPUT}, *({kind} for kind in MET)):
        assert slow.happened(0, 60, kinds)[0] >= 3
    assert len(slow.grants()) >= 10
    for group in GROUPS:
        assert slow.happened(6, 60, {rules.APPLICATION}, **group)[1] > 0, group


# By hand.

BLANK = scenarios.replace(
    SMALL,
    {
        "network.members": 4,
        "network.months": 40,
        "closing.month": "never",
        "grants.months": 6,
        "network.prior_ties": 0.0,
    },
)


def made_up(
    *events: Event, scenario: Scenario = BLANK, ties: dict[int, list[tuple[int, int, float]]] | None = None
) -> Network:
    columns: Any = np.array(sorted(events, key=lambda event: event[0]), dtype=np.int64).reshape(-1, 4).T
    standing = {
        month: Ties(
            np.array([one for one, _, _ in told], np.int64),
            np.array([other for _, other, _ in told], np.int64),
            np.array([trust for _, _, trust in told], np.float64),
        )
        for month, told in (ties or {}).items()
    }
    chronicle = Chronicle(scenario, 1, 0, *columns)
    course = np.zeros((scenario.last_month + 1, len(MONTHLY_NAMES)))
    return Network(History(chronicle, np.full(len(NAMES), np.nan), course, standing))


def test_a_pair_collaborates_from_the_month_it_begins_until_the_month_before_it_ends() -> None:
    network = made_up((3, rules.UNFUNDED, 0, 1), (8, rules.ENDED, 0, 1), (12, rules.FUNDED, 0, 1))
    at_work = {month: count(network, ask("collaborating", month)) for month in (2, 3, 7, 8, 11, 12, 40)}
    assert at_work == {2: (0, 6), 3: (1, 6), 7: (1, 6), 8: (0, 6), 11: (0, 6), 12: (1, 6), 40: (1, 6)}


def test_a_pair_that_ends_and_begins_in_one_month_collaborates_at_its_end() -> None:
    network = made_up((3, rules.UNFUNDED, 0, 1), (8, rules.ENDED, 0, 1), (8, rules.FUNDED, 0, 1))
    assert count(network, ask("collaborating", 8)) == (1, 6)


def test_a_pair_that_begins_twice_in_a_window_is_one_pair() -> None:
    network = made_up(
        (3, rules.UNFUNDED, 0, 1), (8, rules.ENDED, 0, 1), (9, rules.FUNDED, 0, 1), (9, rules.FUNDED, 2, 3)
    )
    assert count(network, ask("collaborated", 3, 9)) == (2, 6)
    assert count(network, ask("collaborated", 4, 8)) == (0, 6)


@pytest.mark.parametrize(
    ("end", "ran_out", "goes_on"),
    [
        (10, False, False),  # the grant of six months, won in 5, pays for 5 to 10
        (11, True, False),  # it has run out, and the collaboration with it
        (12, True, True),
        (None, True, True),
    ],
)
def test_a_grant_of_six_months_has_run_out_in_the_seventh(end: int | None, ran_out: bool, goes_on: bool) -> None:
    events: list[Event] = [(5, rules.FUNDED, 0, 1)] + ([] if end is None else [(end, rules.ENDED, 0, 1)])
    assert count(made_up(*events), ask("going_on", 0)) == (goes_on, ran_out)


def test_going_on_so_many_months_after_is_asked_at_the_end_of_that_month() -> None:
    network = made_up((5, rules.FUNDED, 0, 1), (23, rules.ENDED, 0, 1))
    assert count(network, ask("going_on", 11)) == (1, 1), "month 22"
    assert count(network, ask("going_on", 12)) == (0, 1), "month 23, in which it ended"


def test_grants_that_cannot_be_followed_long_enough_are_not_asked() -> None:
    network = made_up((5, rules.FUNDED, 0, 1), (29, rules.FUNDED, 2, 3))
    assert count(network, ask("going_on", 5)) == (2, 2), "35 + 5 is the last month"
    assert count(network, ask("going_on", 6)) == (1, 1)


def test_a_second_grant_of_a_pair_has_its_own_end() -> None:
    network = made_up((1, rules.FUNDED, 0, 1), (8, rules.ENDED, 0, 1), (9, rules.FUNDED, 0, 1), (20, rules.ENDED, 0, 1))
    assert [(one.over, one.end) for one in network.grants] == [(7, 8.0), (15, 20.0)]
    assert count(network, ask("going_on", 0)) == (2, 2)
    assert count(network, ask("going_on", 1)) == (1, 2)


def test_ending_asks_those_that_still_went_on_in_the_earlier_month() -> None:
    network = made_up(
        *((1, rules.FUNDED, 0, other) for other in (1, 2, 3)),
        (7, rules.ENDED, 0, 1),  # with its grant
        (19, rules.ENDED, 0, 2),  # a year after
    )
    assert count(network, ask("ending", 0, 12)) == (1, 2)
    share = rate(ask("ending", 0, 12), np.array(1.0), np.array(2.0))
    assert float(share) == 0.5, "one of two within a year"
    assert float(rate(ask("ending", 0, 24), np.array(1.0), np.array(4.0))) == pytest.approx(0.5), "half in each of two"
    assert float(rate(ask("ending", 0, 6), np.array(1.0), np.array(2.0))) == pytest.approx(0.75), "half in half a year"


def test_years_before_and_after_an_application_are_told_apart() -> None:
    network = made_up(
        (5, rules.OUTPUT, 0, 1),
        (12, rules.APPLICATION, 0, 1),
        (12, rules.OUTPUT, 0, 1),  # in the month of the application: before
        (13, rules.OUTPUT, 0, 1),
        (25, rules.OUTPUT, 0, 1),
        (26, rules.OUTPUT, 0, 1),  # twice in the second year after
        (40, rules.OUTPUT, 0, 1),  # in a year that is not whole
        (30, rules.OUTPUT, 2, 3),  # never applied: its third year
    )
    assert count(network, ask("output", 1, 40), applied=True) == (2, 2)
    assert count(network, ask("output", 1, 40), applied=False) == (2, 1 + 3)
    assert count(network, ask("output", 1, 40)) == (1 + 2 + 1, 3 + 3), "on the calendar, whoever applied"


def test_on_the_clock_of_the_application_years_begin_with_it() -> None:
    network = made_up(
        (10, rules.APPLICATION, 0, 1),
        (9, rules.OUTPUT, 0, 1),
        (10, rules.OUTPUT, 0, 1),
        (21, rules.OUTPUT, 0, 1),
        (22, rules.OUTPUT, 0, 1),
        (10, rules.FUNDED, 0, 1),
        (29, rules.APPLICATION, 0, 2),  # one whole year is left
        (30, rules.APPLICATION, 0, 2),  # the first one counts
        (30, rules.APPLICATION, 1, 2),  # no whole year is left
        (5, rules.OUTPUT, 2, 3),  # never applied
    )
    asked = ask("output", 0, 23, clock="application")
    assert count(network, asked) == (2, 3)
    assert count(network, asked, won=True) == (2, 2)
    assert count(network, asked, won=False) == (0, 1)
    assert count(network, ask("output", 12, 23, clock="application")) == (1, 1)


def test_the_threshold_of_tied_is_itself_tied() -> None:
    network = made_up(ties={4: [(0, 1, 0.1), (0, 2, 0.1 - 1e-12), (1, 3, 0.9)]})
    assert count(network, ask("tied", 4)) == (2, 6)
    assert count(network, ask("tied", 4, tied_from=0.95)) == (0, 6)


def test_acquainted_are_those_who_first_met_so_and_then() -> None:
    network = made_up(
        (0, rules.BEFORE, 0, 1),
        (2, rules.CONVENING, 0, 1),  # knew each other before: not asked
        (2, rules.CONVENING, 0, 2),
        (3, rules.GROUP, 0, 2),
        (2, rules.GROUP, 0, 3),
        (2, rules.CONVENING, 0, 3),  # later in the same month
        (4, rules.CONTACT, 1, 2),
        (5, rules.INTRODUCTION, 1, 3),
    )
    assert count(network, ask("acquainted", 1, 3)) == (2, 5)
    assert count(network, ask("acquainted", 1, 3), origin="convening") == (1, 5)
    assert count(network, ask("acquainted", 1, 3), origin="other") == (1, 5)
    assert count(network, ask("acquainted", 1, 5), origin="other") == (3, 5)
    assert count(network, ask("acquainted", 1, 5), origin="facilitated") == (3, 5)
    assert count(network, ask("acquainted", 4, 4), origin="contact") == (1, 5)


def test_a_tie_that_was_forgotten_keeps_how_it_first_began() -> None:
    network = made_up((2, rules.CONVENING, 0, 1), (9, rules.LOST, 0, 1), (12, rules.CONTACT, 0, 1))
    assert count(network, ask("collaborating", 20), origin="convening", begun=(2, 2)) == (0, 1)
    assert count(network, ask("collaborating", 20), origin="contact") == (0, 0)


def test_nothing_happened_is_counted_as_nothing() -> None:
    network = made_up()
    for outcome, months in {"applied": (1, 9), "acquainted": (1, 9), "collaborating": (4,)}.items():
        assert count(network, ask(outcome, *months)) == (0, 6)
    for outcome, months in {"output": (1, 36), "going_on": (0,), "ending": (0, 12)}.items():
        assert count(network, ask(outcome, *months)) == (0, 0)


# Outcomes of a network.


def of_networks(scenario: Scenario, pattern: Pattern, replicates: int = 6) -> Any:
    tell = historian(scenario, seed=3, months=months_to_watch(pattern, None, scenario))
    return np.array([counts(pattern, Arm(), None, Network(tell(replicate))) for replicate in range(replicates)])


def test_a_monthly_outcome_is_read_in_its_month_or_else_when_it_is_reported() -> None:
    ensemble = run(SMALL, seed=3, replicates=6)
    found_ = of_networks(SMALL, ask("active_rate", 12))
    np.testing.assert_array_equal(found_, np.stack([ensemble.course("active_rate")[:, 12], np.ones(6)], axis=1))
    np.testing.assert_array_equal(of_networks(SMALL, ask("active_rate"))[:, 0], ensemble["active_rate"])
    np.testing.assert_array_equal(
        of_networks(SMALL, ask("active_rate", 7, clock="closing"))[:, 0], ensemble.course("active_rate")[:, 25 + 7]
    )


def test_a_ratio_over_networks_is_the_ratio_of_their_sums() -> None:
    ensemble = run(SMALL, seed=3, replicates=6)
    found_ = of_networks(SMALL, ask("survival"))
    np.testing.assert_array_equal(found_, np.stack([ensemble["surviving"], ensemble["active_at_closing"]], axis=1))
    pooled = rate(ask("survival"), *found_.sum(axis=0))
    assert float(pooled) == ensemble["surviving"].sum() / ensemble["active_at_closing"].sum()
    assert float(pooled) != np.nanmean(ensemble["survival"]), "the mean of ratios is another number"


def test_at_least_asks_how_many_networks_reach_it() -> None:
    ensemble = run(SMALL, seed=3, replicates=6)
    level = float(np.median(ensemble["collaboration_rate"]))
    found_ = of_networks(SMALL, ask("collaboration_rate", at_least=level))
    assert found_.sum(axis=0).tolist() == [(ensemble["collaboration_rate"] >= level).sum(), 6]
    found_ = of_networks(SMALL, ask("survival", at_least=0.5))
    told = ensemble["active_at_closing"] > 0
    assert found_.sum(axis=0).tolist() == [(ensemble["survival"][told] >= 0.5).sum(), told.sum()]


def test_what_is_missing_counts_nothing() -> None:
    never = scenarios.replace(SMALL, {"closing.month": "never", "network.months": 12})
    np.testing.assert_array_equal(of_networks(never, ask("legacy_rate")), np.zeros((6, 2)))
    assert NONE.tolist() == [0.0, 0.0], "nobody has written into it"


@pytest.mark.parametrize("month", [1, 6, 18])
def test_structure_in_a_month_is_that_of_a_network_that_ends_then(month: int) -> None:
    growing = scenarios.replace(SMALL, {"network.joining": 0.7, "closing.month": "never", "network.months": 30})
    ended = run(scenarios.replace(growing, {"network.months": month}), seed=3, replicates=6)
    for outcome in FINAL:
        if outcome.scale == "index":
            found_ = of_networks(growing, ask(outcome.name, month))
            told = found_[:, 1] > 0
            np.testing.assert_array_equal(told, ~np.isnan(ended[outcome.name]))
            np.testing.assert_allclose(found_[told, 0], ended[outcome.name][told], rtol=1e-12)


def test_structure_around_a_closing_is_that_of_the_network_that_closes() -> None:
    """A network whose end is announced winds down: one that goes on has another structure in the same month."""
    ensemble = run(SMALL, seed=3, replicates=6)
    for pattern in (ask("transitivity", 25), ask("transitivity", 0, clock="closing"), ask("transitivity")):
        np.testing.assert_array_equal(of_networks(SMALL, pattern)[:, 0], ensemble["transitivity"])
    plain = scenarios.replace(SMALL, {"closing.capstone": False, "behaviour.notice_shock": 0.0})
    later = scenarios.replace(plain, {"closing.month": 27, "closing.notice": 8})  # announced in the same month
    found_ = of_networks(later, ask("transitivity", 25))[:, 0]
    np.testing.assert_allclose(found_, run(plain, seed=3, replicates=6)["transitivity"], rtol=1e-12)


def test_pairs_on_the_clock_of_the_closing_are_asked_from_there() -> None:
    tell = historian(SMALL, seed=3, months=[30])
    network = Network(tell(0))
    for outcome in ("collaborating", "tied"):
        assert count(network, ask(outcome, 5, clock="closing")) == count(network, ask(outcome, 30))
    assert count(network, ask("applied", 0, 9, clock="closing")) == count(network, ask("applied", 25, 34))
    assert calendar(ask("tied", 5, clock="closing"), None, SMALL) == (30,)
    assert months_to_watch(ask("tied", 5, clock="closing"), None, SMALL) == (30,)
    assert months_to_watch(ask("active_rate", 5), None, SMALL) == ()


# What is made of the arms.


@pytest.mark.parametrize(
    ("name", "arms", "value"),
    [
        ("value", [0.3], 0.3),
        ("ratio", [0.6, 0.3], 2.0),
        ("ratio", [0.6, 0.0], np.inf),
        ("ratio", [0.0, 0.0], np.nan),
        ("difference", [0.6, 0.4], 0.2),
        ("difference", [0.6, np.nan], np.nan),
        ("odds_ratio", [0.5, 0.2], 4.0),
        ("odds_ratio", [1.0, 0.2], np.inf),
        ("odds_ratio", [0.2, 1.0], 0.0),
        ("interior", [0.2, 0.6, 0.3], 2.0),
        ("interior", [0.3, 0.6, 0.2], 2.0),
        ("interior", [0.0, 0.6, 0.0], np.inf),
        ("interior", [0.2, 0.6, np.nan], np.nan),
    ],
)
def test_the_statistic_of_arms(name: str, arms: list[float], value: float) -> None:
    found_ = float(statistic(ask("applied", 1, 9, statistic=name), np.array(arms)))
    assert found_ == pytest.approx(value, nan_ok=True)


def test_a_share_of_nothing_is_unknown() -> None:
    assert np.isnan(rate(ask("applied", 1, 9), np.array(0.0), np.array(0.0)))
    assert outcome_named("survival").over == ("surviving", "active_at_closing")
