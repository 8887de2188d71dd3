"""The studies that ship: every row of the table of evidence, honest about its sources, and free of fitted behaviour.

Source of truth: the table "Patterns to check against" of the project's notes on evidence, read from the papers.
"""

import re
import tomllib

import pytest

import scenarios
from results.studies.virtual_studies import Replication
from scenarios import KEYS
from scenarios.observed.reading import EVIDENCE, read_observed, studies
from scenarios.observed.study import Observed, Pattern
from scenarios.reading.layers import MARKS
from simulation.outcomes import NAMES, is_outcome, outcome_named

STUDIES = {name: read_observed(name, NAMES)[0] for name in studies()}
PATTERNS = {one.id: one for study in STUDIES.values() for one in study.patterns}
NAMED = pytest.mark.parametrize("study", STUDIES.values(), ids=STUDIES.keys())
EACH = pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())

ROWS = {
    "salex-2024": ("R4D", "organizations"),
    "search-costs": ("Boudreau", "individuals"),
    "co-location-memory": ("Catalini", "individuals"),
    "co-location-separation": ("Catalini", "individuals"),
    "shared-interests-interior": ("Lane", "individuals"),
    "taking-part": ("Davies", "individuals"),
    "winning-early": ("Davies", "individuals"),
    "winning-late": ("Davies", "individuals"),
    "after-grant": ("Feinberg", "coalitions"),
    "after-grant-years": ("Feinberg", "coalitions"),
    "after-grant-four-years": ("Feinberg", "coalitions"),
    "planning-helps": ("Feinberg", "coalitions"),
    "counterweight": ("European Court of Auditors", "large networks"),
    "ties-rise": ("PMC3867274", "organizations"),
    "less-central": ("PMC3867274", "organizations"),
    "easy-come": ("Giese", "individuals"),
    "easy-go": ("Giese", "individuals"),
    "bioregio-during": ("Graf", "organizations"),
    "bioregio-after": ("Graf", "organizations"),
    "labex": ("Carayol", "individuals"),
    "referrals": ("Cai, Lin", "organizations"),
    "new-partners-fade": ("Aschhoff", "organizations"),
    "h2020-again": ("CORDIS", "organizations"),
    "h2020-again-at-home": ("CORDIS", "organizations"),
}
"""Pattern -> who wrote of it, and who it was found on."""

OWN_BEHAVIOUR = {
    "taking-part": {"behaviour.evidence_lag"},
    "search-costs": {
        "behaviour.fit_gap",
        "behaviour.engagement_rate",
        "behaviour.trust_convening",
        "behaviour.event_decay",
    },
}
"""Behaviour that the design of a study settles: papers appear late; all that were drawn into a room came."""

OBSERVED: dict[str, tuple[float | None, float | None, float | None]] = {
    "search-costs": (1.75, 1.3, 2.5),
    "after-grant-years": (0.055, 0.03, 0.08),
    "easy-come": (None, 1.0, None),
    "easy-go": (None, None, 1.0),
    "less-central": (None, None, 0.0),
    "ties-rise": (None, 0.0, None),
    "planning-helps": (None, 0.0, None),
    "winning-late": (None, 0.0, None),
    "shared-interests-interior": (None, 1.0, None),
    "counterweight": (None, 0.0, 0.5),
    "bioregio-during": (None, 1.0, None),
    "bioregio-after": (1.0, 0.8, 1.3),
    "labex": (1.3, 1.0, 1.6),
    "referrals": (None, 0.0, None),
    "new-partners-fade": (None, None, 1.0),
    "h2020-again": (0.079, 0.05, 0.12),
}
"""Pattern -> value, low and high that the notes name."""


def test_each_row_of_the_table_is_a_pattern_and_no_pattern_is_from_elsewhere() -> None:
    assert PATTERNS.keys() == ROWS.keys()
    assert len(PATTERNS) == sum(len(study.patterns) for study in STUDIES.values()), "ids are unique over all studies"


@EACH
def test_a_pattern_says_who_wrote_of_it_and_who_it_was_found_on(pattern: Pattern) -> None:
    author, about = ROWS[pattern.id]
    assert author in pattern.source
    assert re.search(r"\b(19|20)\d\d\b|PMC\d+", pattern.source), "a year, or the number of the paper"
    assert pattern.about == about
    assert pattern.text


@pytest.mark.parametrize("id", OBSERVED)
def test_what_was_observed_is_what_the_notes_say(id: str) -> None:
    observed = PATTERNS[id].observed
    assert (observed.value, observed.low, observed.high) == OBSERVED[id]


@pytest.mark.parametrize(
    ("id", "successes", "of"),
    [("salex-2024", 17, 22), ("after-grant", 99, 110), ("after-grant-four-years", 73, 110)],
)
def test_counts_are_those_that_were_published(id: str, successes: int, of: int) -> None:
    observed = PATTERNS[id].observed
    assert (observed.successes, observed.of) == (successes, of)


def test_published_shares_fit_their_counts() -> None:
    assert round(100 * 17 / 22) == 77, "77 % of 22"
    salex = PATTERNS["salex-2024"].observed
    assert (round(salex.low or 0, 2), round(salex.high or 0, 2)) == (0.57, 0.90)
    assert pytest.approx(0.9) == 99 / 110, "90 % of 110"
    assert pytest.approx(2 / 3, abs=0.005) == 73 / 110, "about two thirds of 110"


def test_the_ratio_of_search_costs_is_that_of_its_shares() -> None:
    assert PATTERNS["search-costs"].observed.value == pytest.approx(0.28 / 0.16)


def test_the_ratio_of_one_country_is_that_of_the_shares() -> None:
    assert PATTERNS["h2020-again-at-home"].observed.value == pytest.approx(15.7 / 6.7, abs=0.005)


def test_coalitions_are_read_as_networks_of_the_size_of_their_boards() -> None:
    for id in ("after-grant", "after-grant-years", "after-grant-four-years", "planning-helps"):
        assert (PATTERNS[id].unit, PATTERNS[id].counted_in, PATTERNS[id].networks) == ("network", "network", 110)
    for name in ("after-the-grant", "handover"):
        (size,) = STUDIES[name].uncertain
        assert (size.key, size.low, size.high) == ("network.members", 15.0, 20.0)


@EACH
def test_every_pattern_says_what_was_observed_one_by_one(pattern: Pattern) -> None:
    assert pattern.unit is not None


def test_co_location_and_taking_part_have_their_values_inside() -> None:
    assert PATTERNS["co-location-memory"].observed.value == 3.5
    assert PATTERNS["taking-part"].observed.value == 0.138
    for id in ("co-location-memory", "taking-part"):
        observed = PATTERNS[id].observed
        assert observed.low is not None
        assert observed.holds(observed.value or 0.0)
        assert not observed.holds(PATTERNS[id].null or 0.0), "no difference is outside"


def test_every_pattern_stands_in_the_documented_table_with_whom_it_is_about() -> None:
    page = (EVIDENCE.parent.parent / "docs" / "checking.md").read_text()
    table = page.partition("## What the shipped evidence says")[2].partition("\n###")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[:1] == "|"]
    assert {row[0]: row[1] for row in rows[2:]} == {id: about for id, (_, about) in ROWS.items()}
    verdicts = [row[4].strip("*").partition(":")[0] for row in rows[2:]]
    assert set(verdicts) <= {"supported", "contradicted", "undecided"}
    supported, undecided = (verdicts.count(word) for word in ("supported", "undecided"))
    trace = (EVIDENCE.parent.parent / "docs" / "trace.md").read_text()
    assert f"{supported} patterns support the model, {undecided} leave it open" in trace


@NAMED
def test_every_key_of_a_setting_says_where_it_comes_from(study: Observed) -> None:
    table = tomllib.loads((EVIDENCE / f"{study.name}.toml").read_text())
    said = {key for key, text in table.get("sources", {}).items() if text.startswith(MARKS)}
    assert said == study.settled
    for key in study.settled:
        assert study.scenario.sources[key] == table["sources"][key]


@NAMED
def test_no_study_brings_its_own_behaviour(study: Observed) -> None:
    """What is uncertain of behaviour must be one and the same in all studies, or each could be fitted by itself."""
    keys = set(study.settled).union(*(arm.settings for one in study.patterns for arm in one.arms))
    own = {key for key in keys if key.startswith("behaviour.")}
    assert own == OWN_BEHAVIOUR.get(study.name, set())
    shipped = scenarios.load("salex", posterior=None).behaviour
    back = {key.removeprefix("behaviour."): getattr(shipped, key.removeprefix("behaviour.")) for key in own}
    assert study.scenario.behaviour.model_copy(update=back) == shipped


def test_a_session_in_a_room_is_worth_no_more_than_one_of_a_challenge_group_but_in_its_range() -> None:
    group, room = KEYS["behaviour.trust_group"], STUDIES["search-costs"].scenario.behaviour.trust_convening
    assert group.prior is not None
    assert group.prior[0] <= room <= group.default


@NAMED
def test_a_study_says_what_it_is_in_a_comment_and_a_title(study: Observed) -> None:
    assert (EVIDENCE / f"{study.name}.toml").read_text().startswith("# ")
    assert study.title != study.scenario.title


@EACH
def test_a_month_is_given_only_where_the_outcome_has_one(pattern: Pattern) -> None:
    if is_outcome(pattern.outcome) and outcome_named(pattern.outcome).over:
        assert not pattern.months, "said of a whole run"


@NAMED
def test_every_study_can_be_replicated(study: Observed) -> None:
    counts = Replication(study).counts({}, range(1), {})
    assert counts.keys() == {one.id for one in study.patterns}
