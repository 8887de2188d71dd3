"""All that a page with levers says of two scenarios, and page one of the brief, said in a page as Python says it."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios
from results.comparing import decision as decisions
from results.comparing.judging import GOALS, Judge, leads, ranking
from results.estimates.same_luck import have_same_members, same_luck
from results.exploring import levers, provenance
from results.exploring.explored import Asked, Explored, Variant, called, titled, with_sources
from results.exploring.javascript.plain_values import plain_particles
from results.exploring.javascript.stand_ins import Particles
from results.words import differences, horizon, plan_names, sentence, table
from results.words.languages_there import language
from results.words.unlike import unlike
from scenarios import ASSUMPTIONS, KEYS, Scenario, value_of
from scenarios.files import listing
from tests.results.exploring.javascript.drawn_comparison import drawn_comparison, drawn_difference
from tests.results.exploring.javascript.test_values_of_a_scenario import drawn_scenarios
from tests.results.exploring.javascript.twins import Call, assert_same, drawn_value, in_node, needs_node, script
from tests.shared import needs
from tests.simulation.test_standing import standing


def renamed(scenario: Scenario, name: str) -> Scenario:
    return scenario.model_copy(update={"name": name, "title": name.title()})


@needs_node
def test_levers_and_what_was_moved_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "today").mkdir()
    rng = np.random.default_rng(8)
    some = [*drawn_scenarios(10, 9), standing(tmp_path / "today", 14), scenarios.load("salex")]
    calls: list[Call] = [(levers.levers, one) for one in some]
    calls += [(levers.value, one, lever) for one in some for lever in levers.levers(one)]
    for one in some:
        keys = rng.choice(list(KEYS), size=40, replace=False).tolist()
        calls.append((levers.moves, {key: drawn_value(key, rng) for key in keys}, one))
        calls.append((levers.moves, {key: value_of(one, key) for key in keys}, one))
    calls += [(levers.groups, levers.levers(some[0]))]
    assert_same(calls)


@needs_node
def test_scenarios_are_told_apart_in_the_same_words(tmp_path: Path) -> None:
    (tmp_path / "today").mkdir()
    some = [*drawn_scenarios(30, 10), standing(tmp_path / "today", 14), *map(scenarios.load, scenarios.names()[:5])]
    pairs = list(pairwise(some))
    calls: list[Call] = [(have_same_members, *pair) for pair in pairs]
    calls += [(function, pair) for pair in pairs for function in (unlike, horizon.horizon)]
    calls += [(same_luck, ["network.members"]), (same_luck, [])]
    calls += [
        (horizon.counted_until_each, pair, [key], "points") for pair in pairs[:3] for key in ("closing.month", "x")
    ]
    calls += [(table.word, value_of(one, key)) for one in some[:2] for key in KEYS]
    calls += [(plan_names.plan_names, some[k : k + 3], some[k].name) for k in range(0, 30, 3)]
    calls += [(listing.listed, ["a", "b", "c"][:k], "or") for k in range(4)]
    calls += [(listing.counted, number, "network") for number in (0, 1, 2, 12_345)]
    assert_same(calls)


@needs_node
def test_assumptions_are_at_work_and_touched_alike() -> None:
    some = [{key: value_of(one, key) for key in KEYS} for one in drawn_scenarios(20, 11)]
    calls: list[Call] = [(at_work, values) for values in some]
    calls += [(touched, [key]) for key in KEYS]
    assert_same(calls)


def at_work(values: dict[str, Any]) -> list[str]:
    return [one.id for one in ASSUMPTIONS if one.is_at_work(values)]


def touched(keys: list[str]) -> list[tuple[str, ...]]:
    return [one.touched_by(keys) for one in ASSUMPTIONS]


@needs_node
@pytest.mark.parametrize("count", [4, pytest.param(60, marks=pytest.mark.slow)])
def test_a_page_with_levers_says_what_python_says(count: int, tmp_path: Path) -> None:
    rng = np.random.default_rng(12)
    (tmp_path / "today").mkdir()
    some = [*drawn_scenarios(count, 13), standing(tmp_path / "today", 14), scenarios.load("salex")]
    calls: list[Call] = []
    for this, base in zip(some[1:], some, strict=False):
        comparison = drawn_comparison(rng, 2)
        name, other = comparison.compared[0], comparison.baseline
        given = (renamed(this, name), renamed(base, other))
        if rng.random() < 0.2:
            given = (renamed(base, name), renamed(base, other))
        asked = Asked(Variant("", (("grants.per_call", "2"),)), Variant("salex"), 3, int(rng.choice([1, 12, 200])),
                      str(rng.choice(["shipped", "my posterior.csv"])))  # fmt: skip
        ruled = ("mine.py", "") if rng.random() < 0.3 else ("", "")
        found = Explored(asked, *given, (this, base), (name, other), comparison, ruled, ruled[0] == ruled[1])
        calls += [(function, found) for function in (said_of, provenance.origins)]
    assert_same(calls)
    moved = [("grants.per_call", "2"), ("closing.month", "never"), ("network.topics", "3"), ("network.today", "0")]
    texts: list[Call] = [(titled, "SALEX", moved[:k]) for k in range(5)]
    texts += [(called, "salex", moved[:1], "explored", ""), (called, "salex", [], "pinned", "salex")]
    assert_same([*texts, (with_sources, {"closing.month": "estimate: x"}, dict(moved))])


def said_of(found: Explored) -> list[Any]:
    return [found.changes, found.sentences, found.notes, found.lines(), found.costs()]


@pytest.mark.parametrize("replicates", [1, 2, 3, 199, 200, 201, 100_000])
def test_particles_of_a_page_are_those_of_the_posterior(replicates: int) -> None:
    shipped = scenarios.shipped_posterior()
    particles = Particles(**plain_particles(shipped))
    assert len(particles) == len(shipped)
    assert particles.in_use(replicates) == shipped.in_use(replicates)
    assert particles.particle_of(replicates) == shipped.particle_of(replicates)


@needs_node
@needs("babel")
def test_what_is_said_is_said_again_in_another_language_as_python_says_it() -> None:
    rng, german = np.random.default_rng(16), sentence.Speaker(language("de"))
    some = [renamed(one, name) for one, name in zip(drawn_scenarios(2, 17), ("early closing", "salex"), strict=True)]
    calls: list[Call] = []
    for _ in range(6):
        comparison = drawn_comparison(rng, 2)
        asked = Asked(Variant(""), Variant("salex"))
        found = Explored(asked, some[0], some[1], (some[0], some[1]), ("x", "salex"), comparison)
        calls.append((said_in, german, found))
    assert any("Netzwerk" in text for text in assert_same(calls))
    settled = f"legato['results.words.sentence']._ENGLISH = {script(german)}"
    roots = {"results.words.differences": ["SAME"], "results.words.language": ["Language"]}
    (same,) = in_node(roots, [f"({settled}, legato['results.words.differences'].SAME)"])
    assert same == repr(german.say(differences.SAME)), "a page that settles its language first is told everything in it"


def said_in(speaker: sentence.Speaker, found: Explored) -> list[str]:
    return [speaker.say(one) for one in (*found.sentences, *found.notes)]


@needs_node
@pytest.mark.parametrize("count", [6, pytest.param(100, marks=pytest.mark.slow)])
def test_page_one_of_a_brief_is_said_again_in_the_same_words(count: int) -> None:
    rng = np.random.default_rng(14)
    some = drawn_scenarios(count + 4, 15)
    calls: list[Call] = []
    for k in range(count):
        comparison = drawn_comparison(rng, 2 + k % 3)
        names = list(comparison.estimates)
        plans = [renamed(one, name) for one, name in zip(some[k:], names, strict=False)]
        pairs = {
            (one, other, outcome): drawn_difference(one, outcome, float(rng.random()), 0.5, comparison.replicates, rng)
            for one in names[1:]
            for other in names[1:]
            for outcome in GOALS
            if one < other
        }
        calls += [(said_in_english, comparison, plans, pairs), (judged, comparison, pairs)]
        calls += [(ranking, comparison, outcome) for outcome in GOALS]
    assert_same(calls)


def judged(comparison: Any, pairs: Any) -> Any:
    return leads(Judge(comparison, pairs))


def said_in_english(comparison: Any, plans: list[Scenario], pairs: Any) -> Any:
    found = decisions.decision(comparison, plans, pairs)
    speaker = sentence.Speaker()
    said = [speaker.whole(found.title), speaker.whole(found.verdict), *(speaker.whole(one) for one in found.reasons)]
    said += [speaker.say(cell.change) for plan in found.plans for cell in plan.cells]
    return [*said, *(speaker.whole(one) for one in found.trust), found]
