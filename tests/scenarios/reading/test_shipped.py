"""The shipped scenarios: each asks a question, and says of every value that it sets where it comes from."""

import tomllib
from typing import Any

import pytest

import scenarios
from scenarios import load, names
from scenarios.reading.shipped import path_of
from scenarios.schema.funders import CoFunder

CO_FUNDED: dict[str, Any] = {
    "funder.name": "First funder",
    "funder.backbone": 0.5,
    "funder.grants": 0.5,
    "funder.weight": 0.2,
    "funder.others": (CoFunder("Second funder", 0.5, 0.5, 0.2, (1.0, 1.0) + (0.0,) * 6),),
}
VARIANTS: dict[str, dict[str, Any]] = {
    "no-catalytic-funding": {"grants.per_call": 0},
    "double-catalytic-funding": {"grants.per_call": 8},
    "no-facilitation": {"facilitation.intensity": 0.0},
    "light-facilitation": {"facilitation.intensity": 0.3},
    "full-facilitation": {"facilitation.intensity": 1.0},
    "funder-shift": {"funder.shift.month": 12, "funder.shift.priorities": (1.0, 1.0) + (0.0,) * 6},
    "funder-shift-rigid": {
        "funder.shift.month": 12,
        "funder.shift.priorities": (1.0, 1.0) + (0.0,) * 6,
        "network.flexibility": 0.0,
    },
    "co-funding": CO_FUNDED,
    "funder-exit": {**CO_FUNDED, "funder.exit": 12, "funder.notice": 3},
    "taper": {**CO_FUNDED, "funder.exit": 15, "funder.taper": 6},
    "abrupt-closing": {"closing.notice": 0, "closing.capstone": False},
    "graceful-closing": {"closing.notice": 12, "closing.handover": True},
    "champions": {"members.champions": 6},
    "renewal": {"members.champions": 6, "behaviour.renewal_chance": 0.3},
    "narrow-interests": {"members.interests_most": 1},
    "needy-rivals": {
        "network.topics": 3,
        "members.interests_most": 1,
        "members.need": 0.9,
        "members.need_spread": 0.1,
    },
}


def set_in_file(name: str) -> dict[str, Any]:
    table = tomllib.loads(path_of(name).read_text(encoding="utf-8"))
    for text in ("title", "question", "extends", "observed"):
        table.pop(text, None)

    def walk(inner: dict[str, Any], prefix: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in inner.items():
            found |= walk(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
        return found

    sources = table.pop("sources")
    if isinstance(table.get("funder"), list):
        table["funder"] = {**table["funder"][0], "others": table["funder"][1:]}
    return {"values": walk(table, ""), "sources": sources}


def test_the_library_is_not_empty_and_begins_with_the_lead_case() -> None:
    assert names()[0] == "salex", "the tests below would pass without checking anything"
    assert set(VARIANTS) | {"salex", "sparc", "joint-learning-network"} == set(names())


@pytest.mark.parametrize("name", names())
def test_a_shipped_scenario_loads_under_its_name_and_asks_a_question(name: str) -> None:
    scenario = load(name, posterior=None)
    assert scenario.name == name
    assert scenario.question.endswith("?")
    assert len(scenario.question) > 30


@pytest.mark.parametrize("name", names())
def test_whatever_a_shipped_scenario_sets_has_a_source_of_its_own(name: str) -> None:
    file = set_in_file(name)
    assert file["values"], "a scenario that sets nothing asks nothing"
    assert file["values"].keys() == file["sources"].keys()


@pytest.mark.parametrize("name", names())
def test_only_what_the_table_of_evidence_holds_is_called_an_estimate(name: str) -> None:
    evidence = ("R4D", "docs/evidence.md", "Feinberg", "NORC/ASPE")
    for key, text in set_in_file(name)["sources"].items():
        if text.startswith("estimate:"):
            assert any(source in text for source in evidence), f"{key}: {text}"


@pytest.mark.parametrize("name", names())
def test_no_value_of_a_shipped_scenario_is_without_a_source(name: str) -> None:
    assert not [row.key for row in scenarios.rows(load(name, posterior=None)) if "without a source" in row.source]


@pytest.mark.parametrize(("name", "changes"), VARIANTS.items())
def test_a_variant_differs_from_salex_only_in_what_its_question_says(name: str, changes: dict[str, Any]) -> None:
    salex, variant = load("salex", posterior=None), load(name, posterior=None)
    differing = {
        key: scenarios.value_of(variant, key)
        for key in scenarios.KEYS
        if scenarios.value_of(variant, key) != scenarios.value_of(salex, key)
    }
    assert differing == changes


def test_questions_and_titles_tell_scenarios_apart() -> None:
    summaries = scenarios.summaries()
    assert [one.name for one in summaries] == list(names())
    assert len({one.question for one in summaries}) == len({one.title for one in summaries}) == len(names())


def test_salex_is_the_case_as_published() -> None:
    """Source of truth: R4D's final report page, 2024: 22 members, six continents, November 2022 to December 2024."""
    salex = load("salex", posterior=None)
    november_2022, december_2024 = 2022 * 12 + 11, 2024 * 12 + 12
    assert salex.network.members == 22
    assert salex.closing.month == december_2024 - november_2022 == 25
    assert salex.network.regions == 6
    assert salex.closing.capstone is True
    assert salex.closing.handover is False
    assert salex.network.joining == 0.0
    assert salex.grants.per_call > 0
    assert salex.funder.shift.month == "never"


def test_what_is_not_published_of_salex_is_called_an_assumption() -> None:
    unpublished = (
        "facilitation.intensity",
        "grants.per_call",
        "grants.size",
        "facilitation.convening_every",
        "closing.notice",
    )
    for key in unpublished:
        assert load("salex", posterior=None).sources[key].startswith("assumption:"), key


def test_the_joint_learning_network_never_closes_and_grows() -> None:
    network = load("joint-learning-network", posterior=None)
    assert not network.closes
    assert network.network.joining > 0
    assert network.reporting_month == 180  # 2010 to 2024


def test_the_joint_learning_network_grows_about_as_it_did() -> None:
    """Expected members without disengagement: N' = joining - attrition N; 27 about 2016, 40 in 2024."""
    network = load("joint-learning-network", posterior=None)
    members = float(network.network.members)
    course = [members]
    for _ in range(180):
        members += network.network.joining - network.behaviour.attrition * members
        course.append(members)
    assert course[72] == pytest.approx(27, abs=3)
    assert course[168] == pytest.approx(40, abs=4)


def test_sparc_closed_with_a_meeting_and_a_successor_plan() -> None:
    sparc = load("sparc", posterior=None)
    assert sparc.network.members == 11
    assert sparc.closing.capstone
    assert sparc.closing.handover
    assert sparc.closing_month == (2025 - 2018) * 12 + (3 - 1)  # founded in January 2018, month 0
