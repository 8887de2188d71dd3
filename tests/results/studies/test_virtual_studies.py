"""Virtual replications of studies: who wins, whose luck, and what a study of several networks would find."""

from functools import partial
from typing import Any

import numpy as np
import pytest

import scenarios
from results.studies.virtual_studies import InForce, Prediction, Replication, changes, may_be_at_work, predict, sides
from scenarios import Scenario
from scenarios.observed.groups import Arm, Exposure
from scenarios.observed.study import Measured, Observed, Pattern
from simulation import run

BASE = scenarios.load("salex", ["network.members=12", "network.months=30", "closing.month=never"], posterior=None)
FORMED = "collaborations_formed"


def ask(outcome: str = FORMED, *months: int, id: str = "one", **how: Any) -> Pattern:
    how = {"clock": "start", "statistic": "value", "arms": (), **how}
    return Pattern(id, "", outcome, months, observed=Measured(None, 0.0, None), source="x", about="x", **how)


def study(
    *patterns: Pattern, scenario: Scenario = BASE, settled: tuple[str, ...] = (), name: str = "made up"
) -> Observed:
    return Observed(name, "", scenario, frozenset(settled), patterns)


def values(replication: Replication, believed: Any = None, off: Any = None, replicates: int = 5) -> Any:
    """Numerators of the first pattern, float[networks, sides]."""
    return replication.counts(believed or {}, range(replicates), off or {})["one"][:, :, 0]


def of_run(changed: dict[str, Any], outcome: str = FORMED, seed: int = 1, replicates: int = 5) -> Any:
    return run(scenarios.replace(BASE, changed), seed=seed, replicates=replicates)[outcome]


# Who wins.


def test_a_replication_is_the_scenario_of_the_study_network_by_network() -> None:
    np.testing.assert_array_equal(values(Replication(study(ask())))[:, 0], of_run({}))
    np.testing.assert_array_equal(values(Replication(study(ask()), seed=8))[:, 0], of_run({}, seed=8))


def test_what_is_believed_is_in_force_unless_the_study_settles_it() -> None:
    believed = {"facilitation.intensity": 0.1, "behaviour.initiative": 0.05}
    np.testing.assert_array_equal(values(Replication(study(ask())), believed)[:, 0], of_run(believed))
    settled = Replication(study(ask(), settled=("facilitation.intensity",)))
    np.testing.assert_array_equal(values(settled, believed)[:, 0], of_run({"behaviour.initiative": 0.05}))


def test_what_a_study_settles_settles_what_it_bounds() -> None:
    """A need far from the middle leaves little room for its spread, and few topics leave room for few interests."""
    believed = {"members.need": 0.5, "members.need_spread": 0.45, "members.capacity": 4, "behaviour.initiative": 0.3}
    in_arms = Replication(study(ask(arms=(Arm("low", {"members.need": 0.4}), Arm("as it is")), statistic="ratio")))
    for settings, _ in in_arms.runs:
        made = in_arms.scenario(settings, believed, {})
        assert made.members.need == settings.get("members.need", BASE.members.need)
        assert made.members.need_spread == BASE.members.need_spread, "alike in both arms"
        assert (made.members.capacity, made.behaviour.initiative) == (4, 0.3)
    settled = Replication(study(ask(), settled=("members.capacity_step",)))
    assert settled.scenario({}, believed, {}).members.capacity == BASE.members.capacity
    assert settled.scenario({}, believed, {}).members.need_spread == 0.45
    few = Replication(study(ask(), scenario=scenarios.replace(BASE, {"network.topics": 3})))
    wide, narrow = ({"members.interests_fewest": 2, "members.interests_most": most} for most in (4, 3))
    assert few.scenario({}, wide, {}).members == BASE.members
    assert few.scenario({}, narrow, {}).members.interests_fewest == 2


def test_an_arm_wins_over_what_is_believed_in_that_arm_alone() -> None:
    arms = (Arm("none", {"grants.per_call": 0}), Arm("as it is"))
    found = values(Replication(study(ask(statistic="ratio", arms=arms))), {"grants.per_call": 9})
    np.testing.assert_array_equal(found[:, 0], of_run({"grants.per_call": 0}))
    np.testing.assert_array_equal(found[:, 1], of_run({"grants.per_call": 9}))
    assert (found[:, 0] != found[:, 1]).any()


def test_what_is_switched_off_wins_over_the_arm_the_belief_and_the_study() -> None:
    arms = (Arm("much", {"facilitation.intensity": 1.0}), Arm("as it is"))
    replication = Replication(study(ask(statistic="ratio", arms=arms), settled=("facilitation.intensity",)))
    off = {"facilitation.intensity": 0.0}
    found = values(replication, {"facilitation.intensity": 0.5}, off)
    np.testing.assert_array_equal(found[:, 0], of_run(off))
    np.testing.assert_array_equal(found[:, 1], of_run(off))


def test_a_run_lasts_as_long_when_renewal_is_switched_off() -> None:
    """Without renewal a scenario ends a year earlier; what was observed in that year would be asked beyond the end."""
    salex = scenarios.load("salex", posterior=None)
    asked = ask("active_rate", salex.last_month)
    replication = Replication(study(asked, scenario=salex))
    off = {"behaviour.renewal_chance": 0.0}
    assert scenarios.replace(salex, off).last_month < salex.last_month
    assert replication.counts({}, range(3), off)["one"].shape == (3, 1, 2)
    assert replication.scenario({}, {}, off).last_month == salex.last_month
    assert replication.scenario({"network.months": 99}, {}, off).last_month == 99


def test_structure_in_two_months_is_that_of_networks_that_end_then() -> None:
    asked = ask("betweenness_centralization", 6, 24, statistic="difference")
    found = values(Replication(study(asked)))
    for side, month in ((0, 24), (1, 6)):
        ended = of_run({"network.months": month}, "betweenness_centralization")
        np.testing.assert_allclose(found[:, side], ended, rtol=1e-12)


def test_two_months_are_two_sides_the_later_one_first() -> None:
    assert [side.month for side in sides(ask(FORMED, 6, 24, statistic="ratio"))] == [24, 6]
    found = values(Replication(study(ask(FORMED, 6, 24, statistic="ratio"))))
    course = run(BASE, seed=1, replicates=5).course(FORMED)
    np.testing.assert_array_equal(found, course[:, [24, 6]])


def test_tied_pairs_are_compared_between_two_months() -> None:
    asked = ask("tied", 3, 20, statistic="ratio", tied_from=0.3)
    both = Replication(study(asked)).counts({}, range(4), {})["one"]
    for side, month in ((0, 20), (1, 3)):
        single = Replication(study(ask("tied", month, tied_from=0.3))).counts({}, range(4), {})["one"]
        np.testing.assert_array_equal(both[:, side], single[:, 0])
    assert (both[:, 0, 0] != both[:, 1, 0]).any()


def test_patterns_of_one_study_do_not_disturb_each_other() -> None:
    patterns = (
        ask("tied", 4, id="tied"),
        ask(FORMED, id="formed", statistic="ratio", arms=(Arm("a", {"grants.per_call": 0}), Arm("b"))),
        ask("applied", 1, 9, id="applied", statistic="ratio", arms=(Arm("a", pairs=Exposure(region="same")), Arm("b"))),
        ask("transitivity", 9, id="transitivity"),
        ask(FORMED, 12, id="in a month"),
    )
    together = Replication(study(*patterns)).counts({}, range(3), {})
    assert together.keys() == {one.id for one in patterns}
    for one in patterns:
        np.testing.assert_array_equal(together[one.id], Replication(study(one)).counts({}, range(3), {})[one.id])


@pytest.mark.parametrize(
    ("off", "changed"),
    [
        ({"facilitation.intensity": 0.0}, True),
        ({"facilitation.intensity": BASE.facilitation.intensity}, False),
        ({"grants.per_call": BASE.grants.per_call, "facilitation.intensity": 0.0}, True),
        ({"facilitation.intensity": 7.0}, False),  # cannot be
    ],
)
def test_switching_off_what_is_off_changes_nothing(off: dict[str, Any], changed: bool) -> None:
    assert changes(BASE, off) is changed


def test_a_study_is_changed_by_what_is_at_work_in_an_arm_or_believed() -> None:
    plain = scenarios.replace(BASE, {"closing.handover": False, "network.prior_ties": 0.0})
    arms = (Arm("with", {"closing.handover": True}), Arm("without"))
    asked = [study(ask(statistic="ratio", arms=arms), scenario=plain)]
    assert InForce(asked, [{}], (), 1).touched({"closing.handover": False}) == asked
    assert InForce(asked, [{}], (), 1).touched({"network.prior_ties": 0.0}) == []
    assert InForce(asked, [{}, {"network.prior_ties": 2.0}], (), 1).touched({"network.prior_ties": 0.0}) == asked


# Whose luck.

BELIEVED = [{"behaviour.initiative": 0.1}, {"behaviour.initiative": 0.3}, {"behaviour.initiative": 0.1}]
TWO = [study(ask(), name="a"), study(ask(FORMED, 12), ask("tied", 3, id="two"), name="b")]


@pytest.mark.parametrize("workers", [2, 5])
@pytest.mark.parametrize("common", [False, True])
def test_the_same_numbers_come_whatever_the_workers(workers: int, common: bool) -> None:
    alone = predict(TWO, BELIEVED, networks=3, seed=4, common=common, workers=1)
    many = predict(TWO, BELIEVED, networks=3, seed=4, common=common, workers=workers)
    assert [(one.study, one.pattern.id) for one in alone] == [("a", "one"), ("b", "one"), ("b", "two")]
    for one, other in zip(alone, many, strict=True):
        assert (one.study, one.pattern) == (other.study, other.pattern)
        np.testing.assert_array_equal(one.counts, other.counts)


def test_particles_with_common_luck_differ_by_their_parameters_alone() -> None:
    (own,) = predict(TWO[:1], BELIEVED, networks=4)
    (common,) = predict(TWO[:1], BELIEVED, networks=4, common=True)
    assert own.counts.shape == common.counts.shape == (3, 4, 1, 2)
    np.testing.assert_array_equal(common.counts[0], common.counts[2])
    assert (own.counts[0] != own.counts[2]).any(), "the same parameters, other networks"
    np.testing.assert_array_equal(own.counts[0], common.counts[0])
    assert (common.counts[0] != common.counts[1]).any()


def test_each_particle_has_networks_of_its_own() -> None:
    (own,) = predict(TWO[:1], BELIEVED, networks=4)
    whole = of_run({"behaviour.initiative": 0.1}, replicates=12)
    np.testing.assert_array_equal(own.counts[0, :, 0, 0], whole[:4])
    np.testing.assert_array_equal(own.counts[2, :, 0, 0], whole[8:])


def test_switching_off_keeps_the_luck() -> None:
    (plain,) = predict(TWO[:1], [{}], networks=4)
    (off,) = predict(TWO[:1], [{}], networks=4, off={"facilitation.intensity": 0.0})
    np.testing.assert_array_equal(plain.counts[0, :, 0, 0], of_run({}, replicates=4))
    np.testing.assert_array_equal(off.counts[0, :, 0, 0], of_run({"facilitation.intensity": 0.0}, replicates=4))


@pytest.mark.parametrize("id", ["facilitation", "convenings", "grants-pull", "closed-hazard", "translation"])
def test_where_an_assumption_has_nothing_to_do_the_same_is_counted_without_it(id: str) -> None:
    """One arm without facilitation and grants, one that closes: what is taken from before is what would be run."""
    (assumption,) = (one for one in scenarios.ASSUMPTIONS if one.id == id)
    arms = (
        Arm("plain"), Arm("bare", {"facilitation.intensity": 0.0, "grants.per_call": 0}),
        Arm("closed", {"facilitation.intensity": 0.0, "closing.month": 12}),
    )  # fmt: skip
    asked = [study(ask(FORMED, 28, statistic="interior", arms=arms))]
    base = predict(asked, BELIEVED, networks=3)
    in_force = InForce(asked, BELIEVED, base, 1)
    quick, whole = (
        predict(asked, BELIEVED, networks=3, off=assumption.off, without=without)[0].counts
        for without in (partial(in_force.without, assumption), lambda _study, _particle: ())
    )
    np.testing.assert_array_equal(quick, whole)
    runs = in_force.without(assumption, asked[0], 0)
    assert any(run.scenario is None for run in runs) == (id != "translation"), "some is spared"


def test_what_a_posterior_varies_may_give_an_assumption_something_to_do() -> None:
    """Nothing closes in the scenario, whatever varies; contact is off in it, but not with each particle."""
    by_id = {one.id: one for one in scenarios.ASSUMPTIONS}
    silent = scenarios.replace(BASE, {"behaviour.contact_rate": 0.0})
    vary = scenarios.Posterior(
        ("behaviour.contact_rate", "behaviour.closed_hazard"), np.array([[0.0, 2.0], [0.3, 3.0]]), np.full(2, 0.5)
    )
    for scenario, contact in ((silent, False), (silent.with_posterior(vary), True)):
        assert may_be_at_work(by_id["keeping-in-touch"], scenario) is contact
        assert not may_be_at_work(by_id["closed-hazard"], scenario)


def test_progress_hears_of_every_particle_of_every_study() -> None:
    heard: list[int] = []
    predict(TWO, BELIEVED, networks=1, progress=heard.append)
    assert heard == [1] * 6


# Studies of several networks.


def made_up(networks: int, numerators: Any, denominators: Any, statistic: str = "value") -> Prediction:
    counts = np.stack([np.asarray(numerators, float), np.asarray(denominators, float)], axis=-1)
    return Prediction(ask("applied", 1, 9, statistic=statistic, networks=networks), "made up", counts)


def test_a_study_of_one_network_is_each_network_by_itself() -> None:
    prediction = made_up(1, [[[1], [3]], [[2], [0]]], [[[4], [4]], [[4], [0]]])
    np.testing.assert_array_equal(prediction.draws, [[0.25, 0.75], [0.5, np.nan]])


def test_resampled_studies_keep_the_mean_and_spread_less_the_more_networks() -> None:
    luck = np.random.default_rng(3)
    share = luck.uniform(0.2, 0.6, (4, 500, 1))
    ones = np.ones_like(share)
    spread = {}
    for networks in (1, 9, 36):
        draws = made_up(networks, share, ones).draws
        assert draws.shape == (4, 500)
        # each particle's mean within 4 standard errors of its networks' mean
        np.testing.assert_allclose(
            draws.mean(axis=1), share.mean(axis=(1, 2)), atol=4 * 0.116 / np.sqrt(500 * networks)
        )
        spread[networks] = draws.std(axis=1).mean()
    assert spread[9] == pytest.approx(spread[1] / 3, rel=0.1)
    assert spread[36] == pytest.approx(spread[1] / 6, rel=0.1)


def test_studies_are_made_of_the_networks_of_their_own_particle() -> None:
    prediction = made_up(5, [[[1]] * 6, [[3]] * 6], [[[4]] * 6, [[4]] * 6])
    np.testing.assert_array_equal(prediction.draws, [[0.25] * 6, [0.75] * 6])


def test_networks_are_added_up_before_anything_is_divided() -> None:
    """A large network counts for more than a small one, and one in which nothing could be counted for nothing."""
    prediction = made_up(1, [[[1], [90], [0]]], [[[2], [100], [0]]])
    np.testing.assert_allclose(prediction.pooled, [91 / 102])
    draws = made_up(400, [[[1], [90], [0]]], [[[2], [100], [0]]]).draws
    np.testing.assert_allclose(draws, 91 / 102, atol=0.01)


def test_sides_of_a_study_are_of_the_same_networks() -> None:
    numerators = np.arange(1.0, 41.0).reshape(1, 20, 2)
    numerators[:, :, 1] = 2 * numerators[:, :, 0]
    draws = made_up(7, numerators, np.ones_like(numerators), "ratio").draws
    np.testing.assert_allclose(draws, 0.5)


def test_resampling_has_the_same_luck_for_the_same_pattern_of_the_same_study() -> None:
    share = np.random.default_rng(1).uniform(size=(2, 30, 1))
    one, other = made_up(5, share, np.ones_like(share)), made_up(5, share, np.ones_like(share))
    np.testing.assert_array_equal(one.draws, other.draws)
    elsewhere = Prediction(one.pattern, "elsewhere", one.counts)
    assert (elsewhere.draws != one.draws).any()
