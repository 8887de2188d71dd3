"""Which change makes how much of a difference: the Shapley value, mixtures of scenarios, and the words for it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace as with_fields
from itertools import pairwise, permutations
from math import sqrt
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner, Result
from matplotlib.figure import Figure

import cli
import scenarios
import simulation
from results.commands.json_schemas import BY_COMMAND
from results.comparing.choosing_scenarios import choose
from results.comparing.inquiry import Inquiry
from results.estimates.comparison import difference
from results.estimates.parameter_uncertainty import Values
from results.estimates.shapley import Game, coalition, coalitions_along, interaction, marginals, orders, shapley
from results.explaining import explanation as explaining
from results.explaining.explanation import MissingError, Question, explain, question
from results.figures.explaining.explanation import explanation_figure, steps
from results.folders.parquet import read_table
from results.verifying.verify import verify
from scenarios import Mixtures, Scenario, ScenarioError, load, mixtures_of, replace
from scenarios.schema.contradictions import TOGETHER, contradictions
from simulation.compiling import must_compile
from simulation.outcomes import NAMES
from simulation.running import ensemble
from simulation.running.ensemble import Ensemble
from tests.steady import BEHAVIOUR, options

SMALL = {"network.members": 8, "closing.month": 8, "closing.notice": 2, "closing.follow_up": 13}
SET = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
FEW = [*SET, "--replicates", "6", "--no-figures"]
NEEDY = ["salex", "needy-rivals", "--fixed", *options(BEHAVIOUR), "--no-figures"]
"""Three changes, one of them of two keys; and nobody doubts what they do."""
SHIPPED = scenarios.shipped_posterior()


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    """The model is compiled before anybody listens to what is said of it."""
    if must_compile():
        simulation.run(load("salex", posterior=None), replicates=1)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def game(value: Callable[[frozenset[int]], float], players: int) -> Game:
    """A game of sets, as one of whole numbers."""
    table = {
        made: np.array([value(frozenset(one for one in range(players) if made >> one & 1))])
        for made in range(1 << players)
    }
    return table.__getitem__


def ten_players() -> Game:
    """A game of 10 players with single, pairwise and threefold terms, at random with seed 5."""
    luck = np.random.default_rng(5)
    single, pair, three = luck.normal(size=10), luck.normal(size=(10, 10)), luck.normal(size=(10, 10, 10))

    def value(made: int) -> Values:
        there = np.array([made >> one & 1 for one in range(10)], dtype=np.float64)
        return np.array([single @ there + there @ pair @ there / 4 + np.einsum("ijk,i,j,k", three, *[there] * 3) / 20])

    return {made: value(made) for made in range(1 << 10)}.__getitem__


# --- The Shapley value -------------------------------------------------------------------------------------------


def test_in_an_additive_game_each_gets_what_it_brings() -> None:
    brings = [3.0, -1.0, 0.0, 2.5]
    found = shapley(game(lambda made: sum(brings[one] for one in made), 4), 4)
    assert found[:, 0] == pytest.approx(brings, abs=1e-14)


def test_in_the_glove_game_the_scarce_glove_gets_two_thirds() -> None:
    """Osborne & Rubinstein (1994), A Course in Game Theory: one left glove, two right ones; a pair is worth 1."""
    found = shapley(game(lambda made: float(0 in made and bool(made & {1, 2})), 3), 3)
    assert found[:, 0] == pytest.approx([2 / 3, 1 / 6, 1 / 6], abs=1e-15)


def test_in_a_majority_game_all_have_the_same_power() -> None:
    found = shapley(game(lambda made: float(len(made) > 2), 5), 5)
    assert found[:, 0] == pytest.approx([1 / 5] * 5, abs=1e-15)


def test_weighted_votes_have_the_power_of_shapley_and_shubik() -> None:
    """Shapley & Shubik (1954), doi:10.2307/1951053: weights 2, 1, 1 with 3 to win have power 2/3, 1/6, 1/6."""
    weights = [2, 1, 1]
    found = shapley(game(lambda made: float(sum(weights[one] for one in made) >= 3), 3), 3)
    assert found[:, 0] == pytest.approx([2 / 3, 1 / 6, 1 / 6], abs=1e-15)


def test_who_changes_nothing_gets_nothing_and_symmetric_players_get_the_same() -> None:
    found = shapley(game(lambda made: float(len(made - {3})) ** 2 + 7 * (0 in made), 4), 4)
    assert found[3, 0] == 0
    assert found[1, 0] == found[2, 0] != found[0, 0]


def test_parts_of_a_sum_of_games_are_sums_of_parts() -> None:
    one, other = game(lambda made: float(len(made)) ** 3, 4), game(lambda made: float(2 in made) * len(made), 4)
    both = shapley(lambda made: 2 * one(made) + other(made), 4)
    np.testing.assert_allclose(both, 2 * shapley(one, 4) + shapley(other, 4), atol=1e-13)


def test_the_value_is_the_mean_over_all_orders_of_joining() -> None:
    value = game(lambda made: (1.0 + sum(made)) ** 2 * (1 in made) - len(made), 4)
    found = marginals(value, list(permutations(range(4)))).mean(axis=0)
    np.testing.assert_allclose(found, shapley(value, 4), atol=1e-12)


def test_parts_add_up_to_the_whole_exactly_and_sampled() -> None:
    value = ten_players()
    whole = float(value(1023)[0] - value(0)[0])
    assert shapley(value, 10).sum() == pytest.approx(whole, abs=1e-12)
    added = marginals(value, orders(10, 20, seed=3))
    assert added.sum(axis=1)[:, 0] == pytest.approx(np.full(20, whole), abs=1e-12)
    assert added.mean(axis=0).sum() == pytest.approx(whole, abs=1e-12)


def test_sampled_orders_come_near_the_exact_value_as_their_spread_says() -> None:
    """400 pairs of 10 players: each part within 4 standard errors of the pairs, which a bias of 0.2 would exceed."""
    value = ten_players()
    exact, added = shapley(value, 10)[:, 0], marginals(value, orders(10, 800, seed=1))[:, :, 0]
    pairs = added.reshape(400, 2, 10).mean(axis=1)
    error = pairs.std(axis=0, ddof=1) / sqrt(400)
    assert (np.abs(pairs.mean(axis=0) - exact) < 4 * error + 1e-12).all()
    assert error.max() < 0.05


def test_antithetic_pairs_are_backwards_and_seeded_and_settle_pairwise_games_alone() -> None:
    some = orders(7, 8, seed=2)
    assert some == orders(7, 8, seed=2) != orders(7, 8, seed=3)
    assert all(one == other[::-1] for one, other in zip(some[::2], some[1::2], strict=True))
    value = game(lambda made: float(len(made)) ** 2, 7)  # single and pairwise terms only
    np.testing.assert_allclose(marginals(value, some[:2]).mean(axis=0), shapley(value, 7), atol=1e-12)


@pytest.mark.parametrize("count", [2, 5])
def test_orders_that_make_no_two_pairs_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"orders is {count}: allowed is an even number from 4"):
        orders(9, count, seed=1)


def test_coalitions_along_an_order_grow_by_one() -> None:
    assert coalitions_along((2, 0, 1)) == [0, 4, 5, 7]
    assert coalition([0, 2]) == 5


def test_interaction_is_none_in_an_additive_game_and_all_of_a_product() -> None:
    additive = game(lambda made: float(sum(made)), 3)
    assert interaction(additive, 3, 0, 1)[0] == 0
    product = game(lambda made: 5.0 * ({0, 1} <= made), 3)
    assert interaction(product, 3, 0, 1)[0] == pytest.approx(5, abs=1e-14)
    assert interaction(product, 3, 0, 2)[0] == 0


def test_interaction_of_unanimity_is_shared_by_pairs_as_grabisch_and_roubens_have_it() -> None:
    """The game that is 1 if all of T are there: I_ij = 1 / (|T| - 1) for i, j in T, Grabisch & Roubens (1999)."""
    value = game(lambda made: float({0, 1, 2} <= made), 4)
    assert interaction(value, 4, 0, 1)[0] == pytest.approx(1 / 2, abs=1e-15)
    assert interaction(value, 4, 0, 3)[0] == 0


# --- Mixtures ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("other", [name for name in scenarios.names() if name != "salex"])
def test_all_changes_together_make_the_other_scenario(other: str) -> None:
    base, scenario = load("salex", posterior=SHIPPED), load(other, posterior=SHIPPED)
    mixtures = mixtures_of(base, scenario)
    changes = {key: scenarios.value_of(scenario, key) for one in mixtures.changes for key in one.keys}
    made = replace(base, changes)
    assert {key: scenarios.value_of(made, key) for key in scenarios.KEYS} == {
        key: scenarios.value_of(scenario, key) for key in scenarios.KEYS
    }
    assert mixtures.mixture(0) is base
    assert mixtures.mixture(mixtures.whole) is scenario


def test_keys_that_can_change_alone_are_changes_by_themselves() -> None:
    mixtures = mixtures_of(load("salex", posterior=None), load("abrupt-closing", posterior=None))
    assert [change.keys for change in mixtures.changes] == [("closing.notice",), ("closing.capstone",)]
    first = mixtures.changes[0]
    assert (first.before, first.after) == ((6,), (0,))
    assert [mixtures.mixture(made).name for made in range(4)] == [
        "salex", "salex+closing.notice", "salex+closing.capstone", "abrupt-closing",
    ]  # fmt: skip


def test_keys_that_would_contradict_each_other_change_together_and_others_do_not() -> None:
    base = load("salex", posterior=None)
    changed = {"closing.month": 5, "closing.notice": 2, "grants.per_call": 2, "closing.capstone": False}
    found = mixtures_of(base, replace(base, {"name": "short", **changed}))
    assert [change.keys for change in found.changes] == [
        ("grants.per_call",), ("closing.month", "closing.notice"), ("closing.capstone",),
    ]  # fmt: skip


def test_of_three_keys_only_the_two_that_need_each_other_are_joined() -> None:
    """interests_most 1 needs interests_fewest 1; fewer topics need neither, since 3 interests are possible of 4."""
    base = replace(load("salex", posterior=None), {"members.interests_fewest": 2, "members.interests_most": 3})
    changed = {"members.interests_fewest": 1, "members.interests_most": 1, "network.topics": 4}
    found = mixtures_of(base, replace(base, {"name": "narrow", **changed}))
    assert [change.keys for change in found.changes] == [
        ("network.topics",), ("members.interests_fewest", "members.interests_most"),
    ]  # fmt: skip


def test_more_than_two_are_joined_where_it_takes_more() -> None:
    base = replace(load("salex", posterior=None), {"members.interests_fewest": 6, "members.interests_most": 8})
    changed = {"members.interests_fewest": 1, "members.interests_most": 2, "network.topics": 3}
    found = mixtures_of(base, replace(base, {"name": "narrow", **changed}))
    assert [len(change.keys) for change in found.changes] == [3]


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["one change", "every one"])
@pytest.mark.parametrize("other", ["needy-rivals", "joint-learning-network", "sparc", "funder-shift-rigid"])
@pytest.mark.parametrize("base", ["graceful-closing", "needy-rivals", "renewal"])
def test_the_mixtures_of_the_library_are_scenarios(base: str, other: str, every: bool) -> None:
    """Every mixture; or, to be quick, one change alone and all but one.

    Keys that contradict each other unless they change together do so in one of these, if they are two or three.
    """
    if base == other:
        pytest.skip("one scenario")
    mixtures = mixtures_of(load(base, posterior=SHIPPED), load(other, posterior=SHIPPED))
    alone = [1 << change for change in range(len(mixtures.changes))]
    few = {0, mixtures.whole, *alone, *(mixtures.whole - change for change in alone)}
    made = [mixtures.mixture(number) for number in (range(mixtures.whole + 1) if every else sorted(few))]
    assert not [fault for one in made for fault in contradictions(one)]
    assert len({one.name for one in made}) == len(made)


def test_every_contradiction_rests_on_keys_of_one_set() -> None:
    """Else a contradictory mixture could go unseen. Each contradiction is made to happen by a value of its own."""
    salex = load("salex", posterior=None)
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("network", {"months": 10}), ("closing", {"notice": 60}), ("members", {"interests_fewest": 8}),
        ("members", {"interests_most": 99}), ("members", {"need_spread": 0.9}), ("members", {"engagement_spread": 0.9}),
        ("members", {"capacity_step": 99}), ("members", {"ties": "ties.csv"}), ("funder", {"priorities": (1.0,)}),
        ("closing", {"follow_up": 1200}),
    ]  # fmt: skip
    found = []
    for table, fields in wrong:
        bad = salex.model_copy(update={table: getattr(salex, table).model_copy(update=fields)})
        found += list(contradictions(bad))
    shifted = salex.funder.shift.model_copy(update={"month": 600})
    found += list(
        contradictions(salex.model_copy(update={"funder": salex.funder.model_copy(update={"shift": shifted})}))
    )
    assert len(found) >= 11
    for fault in found:
        assert any(set(fault.keys) <= set(together) for together in TOGETHER), fault.text


def test_members_from_files_are_one_change(tmp_path: Path) -> None:
    rows = ["name,interests,region", "A,x;y,1", "B,y,1", "C,x,2", "D,y,2", "E,x,1"]
    (tmp_path / "members.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    base = load("salex", posterior=None)
    scenario = replace(base, {"name": "ours", "members.file": "members.csv", "grants.per_call": 1})
    for one, other in ((base, scenario), (scenario, base)):
        found = mixtures_of(one, other)
        rosters = [change.keys for change in found.changes if "members.file" in change.keys]
        assert len(found.changes) == 2
        assert {"members.file", "network.members", "network.topics"} <= set(rosters[0])
        assert [found.mixture(made).roster is None for made in (0, found.whole)] == [one is base, other is base]


def test_a_key_that_one_settles_and_the_other_leaves_open_is_a_change() -> None:
    key = SHIPPED.keys[0]
    base = load("salex", posterior=SHIPPED)
    value = scenarios.value_of(base, key)
    known = load("salex", [f"{key}={value}"], SHIPPED)
    for one, other in ((base, known), (known, base)):
        found = mixtures_of(one, other)
        assert [change.keys for change in found.changes] == [(key,)]
        (change,) = found.changes
        assert (change.before, change.was_open[0]) == (change.after, not change.is_open[0])


def test_what_is_open_in_a_mixture_is_that_of_the_side_each_key_comes_from() -> None:
    key = SHIPPED.keys[0]
    base = load("salex", posterior=SHIPPED)
    scenario = load("abrupt-closing", [f"{key}={scenarios.value_of(base, key)}"], SHIPPED)
    mixtures = mixtures_of(base, scenario)
    place = [change.keys for change in mixtures.changes].index((key,))
    for made in range(1, mixtures.whole):
        posterior = mixtures.mixture(made).posterior
        assert posterior is not None
        assert (key in posterior.keys) == (not made >> place & 1)


def test_two_scenarios_of_one_name_are_refused_and_never_explained_by_0(tmp_path: Path) -> None:
    # Both names come from the files' stems; networks are kept by name, so one would stand for both.
    salex = load("salex", posterior=None)
    without = replace(salex, {"grants.per_call": 0})
    with pytest.raises(ScenarioError, match=r"2 scenarios are called 'salex' .* name of its own"):
        question(salex, without, "collaboration_rate")
    with pytest.raises(ScenarioError, match="2 scenarios are called 'salex'"):
        Inquiry("compare", (salex, without), "salex", 1, 2)

    files = [tmp_path / folder / "mine.toml" for folder in ("one", "two")]
    for file, one in zip(files, (salex, without), strict=True):
        file.parent.mkdir()
        file.write_text(scenarios.to_toml(one), encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        choose([str(file) for file in files], [], None)
    assert all(str(file) in str(refused.value) for file in files)


def test_scenarios_alike_or_of_different_posteriors_cannot_be_mixed() -> None:
    salex = load("salex", posterior=None)
    with pytest.raises(ScenarioError, match="salex and again do not differ in any value"):
        mixtures_of(salex, replace(salex, {"name": "again"}))
    other = with_fields(SHIPPED, weights=np.r_[SHIPPED.weights[:2].sum(), 0.0, SHIPPED.weights[2:]])
    with pytest.raises(ScenarioError, match="carry different posteriors"):
        mixtures_of(load("salex", posterior=SHIPPED), load("sparc", posterior=other))


def test_names_that_would_be_too_long_are_numbers() -> None:
    base = load("salex", posterior=None)
    changed = {key: 0.3 for key in scenarios.KEYS if key.startswith("behaviour.") and scenarios.KEYS[key].high == 1}
    mixtures = mixtures_of(base, replace(base, {"name": "other", **dict(list(changed.items())[:8])}))
    assert mixtures.mixture(5).name == "salex+1+3"


# --- Explanations ------------------------------------------------------------------------------------------------


def run_all(asked: Question, replicates: int, seed: int = 1) -> dict[str, Ensemble]:
    return {one.name: simulation.run(one, seed=seed, replicates=replicates) for one in asked.scenarios.values()}


def made_up(asked: Question, value: Callable[[int], Values], outcome: str = "modularity_topic") -> dict[str, Ensemble]:
    """Ensembles in which an outcome is as a game has it, float[replicates]."""
    runs = {}
    for number, scenario in asked.scenarios.items():
        some = value(number)
        values = np.zeros((len(some), len(NAMES)))
        values[:, NAMES.index(outcome)] = some
        runs[scenario.name] = Ensemble(scenario, 1, 0, values, np.zeros((1, 1)), np.zeros((0, 1, 1)))
    return runs


@pytest.fixture(scope="module")
def four_changes() -> Mixtures:
    base = load("salex", posterior=None)
    changed = {"grants.per_call": 1, "closing.notice": 1, "facilitation.intensity": 0.2, "network.flexibility": 0.1}
    return mixtures_of(base, replace(base, {"name": "four", **changed}))


@pytest.mark.quick_cases("collaboration_rate", "cost_per_collaboration")
@pytest.mark.parametrize("outcome", ["collaboration_rate", "survival", "cost_per_collaboration", "total_cost"])
def test_parts_add_up_to_the_difference_of_compare(outcome: str) -> None:
    base, scenario = (load(name, posterior=SHIPPED) for name in ("salex", "needy-rivals"))
    asked = question(base, scenario, outcome)
    runs = run_all(asked, 30)
    found = explain(asked, runs)
    compared = difference(runs["needy-rivals"], runs["salex"], outcome, scenario="needy-rivals")
    scale = max(1.0, abs(found.before), abs(found.after))
    assert sum(part.effect.mean for part in found.parts) == pytest.approx(found.difference.mean, abs=1e-12 * scale)
    told = found.difference.mean, found.difference.low, found.difference.high
    assert told == pytest.approx((compared.mean, compared.low, compared.high), abs=1e-12 * scale)
    assert found.missing == 0


def test_parts_of_sampled_orders_add_up_too(four_changes: Mixtures) -> None:
    asked = Question(four_changes, "collaboration_rate", orders(4, 6, seed=4))
    found = explain(asked, run_all(asked, 20))
    assert found.orders == 6
    assert not found.is_exact
    assert found.interactions == ()
    assert sum(part.effect.mean for part in found.parts) == pytest.approx(found.difference.mean, abs=1e-12)


def test_beyond_eight_changes_orders_are_sampled_and_only_their_mixtures_are_asked_for() -> None:
    base = load("salex", posterior=None)
    changed = {
        "network.members": 12, "facilitation.intensity": 0.3, "facilitation.convening_every": 2, "grants.per_call": 2,
        "grants.every": 4, "grants.size": 30_000.0, "funder.weight": 0.7, "closing.notice": 2, "closing.handover": True,
    }  # fmt: skip
    scenario = replace(base, {"name": "other", **changed})
    asked = question(base, scenario, "collaboration_rate", orders=4)
    assert len(asked.orders) == 4
    assert len(asked.scenarios) <= 2 + 4 * 8
    assert len(question(base, replace(scenario, {"closing.handover": False}), "collaboration_rate").scenarios) == 256


def test_a_part_is_the_shapley_value_of_each_replicate(four_changes: Mixtures) -> None:
    asked = Question(four_changes, "collaboration_rate")
    runs = run_all(asked, 12)
    found = {part.keys: part.effect for part in explain(asked, runs).parts}
    for replicate in range(0, 12, 5):
        alone = {
            name: Ensemble(one.scenario, 1, 0, one.values[[replicate] * 2], one.sum_months, one.kept_months)
            for name, one in runs.items()
        }
        one_by_one = shapley(
            lambda made, alone=alone: alone[asked.scenarios[made].name]["collaboration_rate"],  # type: ignore[misc]
            4,
        )
        told = {part.keys: part.effect.mean for part in explain(asked, alone).parts}
        for place, change in enumerate(four_changes.changes):
            assert told[change.keys] == pytest.approx(one_by_one[place, 0], abs=1e-14)
    assert len(found) == 4


def test_a_change_that_does_nothing_has_no_part_and_no_interval(four_changes: Mixtures) -> None:
    """Luck common to all mixtures drops out: paired by replicate, a part has the spread of its own effect only."""
    luck = np.random.default_rng(3).normal(size=40) * 100
    asked = Question(four_changes, "modularity_topic")
    found = explain(asked, made_up(asked, lambda made: luck + 2.0 * (made & 1)))
    effects = {part.keys: part.effect for part in found.parts}
    first, *others = (effects[change.keys] for change in four_changes.changes)
    assert (first.mean, first.low, first.high) == pytest.approx((2, 2, 2), abs=1e-12)
    assert all(abs(end) < 1e-12 for one in others for end in (one.mean, one.low, one.high))
    assert found.parts[0].keys == four_changes.changes[0].keys, "the largest comes first"


def test_replicates_without_the_outcome_in_any_mixture_are_left_out_of_all(four_changes: Mixtures) -> None:
    asked = Question(four_changes, "modularity_topic")

    def value(made: int) -> Values:
        some = np.arange(10.0) + (made & 1)
        some[made % 5] = np.nan
        return some

    found = explain(asked, made_up(asked, value))
    assert (found.replicates, found.missing) == (5, 5)
    assert found.difference.mean == pytest.approx(1, abs=1e-12)


def test_an_outcome_that_a_mixture_never_has_cannot_be_split() -> None:
    asked = question(load("salex", posterior=None), load("joint-learning-network", posterior=None), "legacy_rate")
    nothing = np.full(4, np.nan)
    runs = made_up(asked, lambda made: nothing if made == asked.mixtures.whole else np.ones(4), "legacy_rate")
    with pytest.raises(MissingError, match="legacy_rate is missing in joint-learning-network"):
        explain(asked, runs)


@pytest.mark.quick_cases("False-60")
@pytest.mark.parametrize(
    ("sampled", "trials"),
    [(False, 60), (True, 60), *(pytest.param(*many, marks=pytest.mark.slow) for many in ((False, 300), (True, 300)))],
)
def test_intervals_hold_the_truth_as_often_as_they_say(four_changes: Mixtures, sampled: bool, trials: int) -> None:
    """Trials of 30 replicates, seed 8: a game of pairs and threes, normal luck, part by luck of the mixture.

    Exact: 95 of 100 to within 3.3 standard errors of correlated trials of 4 parts: 91 to 99 with 300, 86 or more with
    60. Sampled over 12 orders it may hold more often, for luck is in both halves, but not less. Power: without what
    sampling leaves open, it would hold in fewer than 80 of 100.
    """
    least, most = 0.95 - 3.3 * sqrt(0.95 * 0.05 / trials), 0.95 + 3.3 * sqrt(0.95 * 0.05 / trials)
    luck = np.random.default_rng(8)
    true = np.array(
        [float(made.bit_count() ** 3) / 8 + (made & 5 == 5) * 3 - (made & 3 == 2) * 4 for made in range(16)]
    )
    parts = shapley(lambda made: true[[made]], 4)[:, 0]
    held, without = np.zeros(4), np.zeros(4)
    for trial in range(trials):
        asked = Question(four_changes, "modularity_topic", orders(4, 12, seed=trial) if sampled else ())
        common, own = luck.normal(size=30) * 3, luck.normal(size=(16, 30)) * 0.5
        found = explain(asked, made_up(asked, lambda made, a=common, b=own: true[made] + a + b[made]))  # type: ignore[misc]
        by_keys = {part.keys: part for part in found.parts}
        for place, change in enumerate(four_changes.changes):
            effect, more = by_keys[change.keys].effect, by_keys[change.keys].by_sampling
            held[place] += effect.low <= parts[place] <= effect.high
            half = sqrt(max(0.0, ((effect.high - effect.low) / 2) ** 2 - more**2))
            without[place] += abs(effect.mean - parts[place]) <= half
    shares = held / trials
    assert (shares > least).all(), shares
    if sampled:
        assert without.mean() / trials < 0.8
    else:
        assert (shares < most).all(), shares


def test_intervals_of_all_pairs_hold_at_a_time_with_few_replicates(four_changes: Mixtures) -> None:
    """Nothing acts on anything: with 4 replicates all 6 pairs' intervals hold 0 in 95 of 100 trials or more.

    Bonferroni's inequality is exact in that direction, so 300 trials may fall short of 95 by 3.3 standard errors: 91.
    Power: with Student's interval of one pair, widened as normal quantiles have it, 265 of the 300 hold.
    """
    luck = np.random.default_rng(6)
    asked, trials, held = Question(four_changes, "modularity_topic"), 300, 0
    for _ in range(trials):
        own = luck.normal(size=(16, 4))
        found = explain(asked, made_up(asked, lambda made, own=own: made.bit_count() + own[made]))  # type: ignore[misc]
        assert len(found.interactions) == 6
        held += all(one.effect.low <= 0 <= one.effect.high for one in found.interactions)
    assert held / trials > 0.91


# --- The command -------------------------------------------------------------------------------------------------


def ask(*words: str) -> Result:
    return CliRunner().invoke(cli.main, list(words))


def document(*words: str) -> Any:
    """The JSON document of the command, held against its schema."""
    result = ask("explain", *words, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    jsonschema.Draft202012Validator(BY_COMMAND["explain"]).validate(found)
    return found


def test_the_document_has_what_was_promised() -> None:
    later = [word.replace("closing.month=8", "closing.month=14") for word in FEW]
    found = document("salex", "graceful-closing", *later, "--out", "run")
    del found["run_folder"]
    assert json.loads(Path("run/explain.json").read_text(encoding="utf-8")) == found
    assert (found["baseline"], found["scenario"], found["outcome"]) == (
        "salex", "graceful-closing", "collaboration_rate",
    )  # fmt: skip
    assert {"mean", "low", "high"} == found["difference"].keys()
    assert sum(part["mean"] for part in found["parts"]) == pytest.approx(found["difference"]["mean"], abs=1e-12)
    assert (found["exact"], found["orders"], found["replicates"], found["seed"]) == (True, 0, 6, 1)
    assert found["parameters"]["posterior"] == "shipped"


def test_a_table_and_a_sentence_name_every_change() -> None:
    result = ask("explain", *NEEDY, "--replicates", "40")
    assert result.exit_code == 0, result.stderr
    text = " ".join(result.stdout.split())
    assert "Alike and in need (needy-rivals): the share of members that ever formed a collaboration is " in text
    assert "percentage points lower than in salex" in text
    assert "members.need and members.need_spread change together: some without the others would" in text
    for change in ("members.interests_most 3 -> 1", "network.topics 8 -> 3", "all together salex -> needy-rivals"):
        assert change in text
    assert "40 networks of each of 8 mixtures of the two, seed 1." in text


@pytest.mark.slow
def test_every_outcome_can_be_told(four_changes: Mixtures) -> None:
    from results.explaining.words import answer, not_separable, notes, part_table

    asked = Question(four_changes, "survival")
    runs = run_all(asked, 20)
    both = four_changes.base, four_changes.scenario
    for outcome in NAMES:
        found = explain(with_fields(asked, outcome=outcome), runs)
        assert answer(found, *both).endswith(".")
        *parts, whole = [row[3].split(" ± ")[0] for row in part_table(found).rows]
        assert len(parts) == 4
        if found.difference.is_clear:  # parts and shares add up as they are printed
            printed = [float(part.replace(",", "")) for part in (*parts, whole)]
            assert sum(printed[:-1]) == pytest.approx(printed[-1], abs=1e-9), outcome
            shares = [row[2] for row in part_table(found).rows[:-1]]
            clear = [part.effect.is_clear for part in found.parts]
            assert [one != "-" for one in shares] == clear, "no percent beside an effect that may be none"
            if all(clear):
                assert sum(int(one.removesuffix(" %")) for one in shares) == 100, outcome
        assert all(not_separable(found))
        assert all(notes(found, both, 1))
        assert "nan" not in answer(found, *both) + str(part_table(found).rows)


def test_one_network_has_parts_but_no_intervals() -> None:
    found = document("salex", "abrupt-closing", *FEW[:-3], "--replicates", "1", "--no-figures")
    assert found["difference"]["low"] is None
    assert found["parts"][0]["mean"] is not None


@pytest.mark.slow
def test_an_interrupted_run_goes_on_to_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [*NEEDY, "--replicates", "30", "--workers", "1"]
    whole = document(*words, "--out", "whole")
    real, calls = simulation.run, []

    def stopped(scenario: Scenario, **more: Any) -> Ensemble:
        calls.append(scenario.name)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return real(scenario, **more)

    monkeypatch.setattr(simulation, "run", stopped)
    assert ask("explain", *words, "--out", "stopped").exit_code == 130
    monkeypatch.setattr(simulation, "run", real)
    again: list[str] = []
    block_runner = ensemble.block_runner

    def counted(scenario: Scenario, seed: int, engine: Any) -> Any:
        run = block_runner(scenario, seed, engine)

        def noted(*about: Any) -> Any:
            again.append(scenario.name)
            return run(*about)

        return noted

    monkeypatch.setattr(ensemble, "block_runner", counted)
    resumed = document(*words, "--out", "stopped")
    assert set(again).isdisjoint(calls[:4]), "what was finished is not run again"
    assert {**resumed, "run_folder": ""} == {**whole, "run_folder": ""}
    for name in ("parts.parquet", "outcomes/salex+network.topics.parquet"):
        assert Path("whole", name).read_bytes() == Path("stopped", name).read_bytes()
    assert ask("explain", *words, "--outcome", "survival", "--out", "whole").exit_code == 2


@pytest.mark.quick_cases("20")
@pytest.mark.parametrize("sample", [20, None])
def test_a_folder_is_verified_mixtures_and_parts_too(sample: int | None) -> None:
    document(*NEEDY, "--replicates", "10", "--out", "run")
    found = verify(Path("run"), sample)
    assert found.holds, found.faults
    assert found.of == 80
    table = read_table(Path("run/parts.parquet"))
    columns = {name: table.column(name).to_pylist() for name in table.column_names}
    columns["mean"][0] += 1e-3
    from results.folders.parquet import write_parquet

    with Path("run/parts.parquet").open("wb") as file:
        write_parquet(
            {k: v if isinstance(v[0], str) else np.array(v, dtype=np.float64) for k, v in columns.items()}, file
        )
    assert verify(Path("run"), None).holds is False


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["salex"], "explain takes two scenarios, the baseline first, found 1"),
        (["salex", "sparc", "renewal"], "found 3; compare takes more"),
        (["salex", "salex"], "'salex' is given twice"),
        (["salex", "sparcs"], "did you mean 'sparc'?"),
        (["salex", "sparc", "--outcome", "survivals"], "no outcome is called 'survivals'; did you mean survival?"),
        (["salex", "no-facilitation", "--set", "facilitation.intensity=0.5"], "do not differ in any value"),
        (["salex", "sparc", "--fixed", "--posterior", "shipped"], "leave one of them out"),
        (
            ["salex", "salex: closing.month=never", "--fixed", "--outcome", "legacy_rate", "--replicates", "2"],
            "is missing in",
        ),
    ],
)
def test_wrong_use_is_refused_in_words(words: Iterable[str], said: str) -> None:
    result = ask("explain", *words)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_odd_orders_are_refused_where_orders_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explaining, "MOST_EXACT", 1)
    result = ask("explain", "salex", "abrupt-closing", "--orders", "5")
    assert result.exit_code == 2
    assert "orders is 5: allowed is an even number" in result.stderr


def test_sampled_orders_are_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explaining, "MOST_EXACT", 2)
    words = [*NEEDY, "--replicates", "10", "--orders", "4"]
    assert "Sampled over 4 orders of making the 3 changes" in ask("explain", *words).stdout
    found = document(*words, "--out", "run")
    assert (found["exact"], found["orders"]) == (False, 4)
    assert verify(Path("run"), None).holds


# --- The picture -------------------------------------------------------------------------------------------------


def test_the_waterfall_goes_from_the_baseline_to_the_scenario(four_changes: Mixtures) -> None:
    asked = Question(four_changes, "collaboration_rate")
    found = explain(asked, run_all(asked, 20))
    rows = steps(found)
    assert [rows[0].name, rows[-1].name] == ["salex", "four"]
    assert all(one.end == pytest.approx(other.start, abs=1e-10) for one, other in pairwise(rows))
    assert rows[-1].end == pytest.approx(100 * found.after, abs=1e-10)
    figure = explanation_figure(found)
    assert isinstance(figure, Figure)
    (axes,) = [one for one in figure.axes if one.get_label() == "waterfall"]
    assert len([bar for bar in axes.patches if bar.get_label() != ""]) >= 4


def test_the_figures_are_drawn_and_the_same_again() -> None:
    for folder in ("one", "two"):
        assert ask("explain", "salex", "abrupt-closing", *SET, "--replicates", "4", "--out", folder).exit_code == 0
    for name in ("explanation.svg", "explanation.png"):
        assert Path("one/figures", name).read_bytes() == Path("two/figures", name).read_bytes()
