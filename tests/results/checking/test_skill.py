"""Skill: above 0 for the truth, below 0 where nothing was foreseen, and said with an interval that holds."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from results.checking.skill import NOTHING, Margin, pair_skill
from results.checking.statistic_skill import StatisticSkill, pooled_skill, statistic_skill
from results.estimates.scores import brier_score, energy_score
from results.studies.baselines import BASELINES, Seen, chances

MEMBERS = 40


def symmetric(values: NDArray[np.float64]) -> NDArray[np.float64]:
    upper = np.triu(values, 1)
    return upper + upper.T


def history(seed: int) -> tuple[Seen, NDArray[np.float64]]:
    """Two waves whose pairs change by a chance that no rule knows; and that chance."""
    luck = np.random.default_rng(seed)
    before = symmetric(luck.random((MEMBERS, MEMBERS))) > 0.85
    np.fill_diagonal(before, False)
    chance = symmetric(luck.beta(0.4, 0.8, (MEMBERS, MEMBERS)))
    draw = symmetric(luck.random((MEMBERS, MEMBERS)))
    now = (draw < chance) & ~np.eye(MEMBERS, dtype=np.bool_)
    asked = np.triu(np.ones((MEMBERS, MEMBERS), np.bool_), 1)
    return Seen(before, now, asked, np.abs(luck.normal(size=(MEMBERS, 3))), luck.integers(0, 2, MEMBERS)), chance


def counted(chance: NDArray[np.float64], networks: int, seed: int = 1) -> NDArray[np.float64]:
    """The chance as so many networks would show it."""
    return symmetric(np.random.default_rng(seed).binomial(networks, chance) / networks)


def numbers(one: Margin) -> list[float]:
    return [one.value, one.low, one.high]


def test_who_knows_the_chances_is_better_than_every_rule() -> None:
    seen, chance = history(1)
    found = pair_skill(12, seen, counted(chance, 200), 200)
    assert all(found.margins[name].better and found.log_margins[name].better for name in BASELINES)
    assert not found.worse
    assert not found.worse_than_nothing
    assert found.model.auc > max(found.rules[name].auc for name in BASELINES)
    assert found.model.auc_forming > 0.7
    assert found.model.auc_ending > 0.7
    assert found.pairs == MEMBERS * (MEMBERS - 1) // 2


def test_who_is_sure_of_the_wrong_pairs_is_worse_and_it_is_said() -> None:
    seen, _ = history(2)
    same = replace(seen, now=seen.before)
    wrong = np.random.default_rng(3).permutation(np.triu(seen.before, 1).ravel()).reshape(MEMBERS, MEMBERS)
    found = pair_skill(12, same, symmetric(wrong.astype(np.float64)), 200)
    assert found.best == NOTHING
    assert found.worse
    assert found.worse_than_nothing
    assert found.skill.high == -np.inf, "nothing is better than a rule that makes no mistake"


def test_a_rule_has_no_skill_against_itself() -> None:
    seen, _ = history(4)
    found = pair_skill(12, seen, chances("rates", seen), 10**9)
    assert numbers(found.margins["rates"]) == pytest.approx([0, 0, 0], abs=1e-6)
    assert found.rules["rates"].auc_forming == pytest.approx(0.5)


def test_scores_are_those_of_the_pairs_asked() -> None:
    seen, chance = history(5)
    few = replace(seen, asked=seen.asked & (np.arange(MEMBERS) < 10))
    found = pair_skill(12, few, chance, 1000)
    own = brier_score(chance[few.asked], few.now[few.asked], 1000).mean()
    rates = brier_score(chances("rates", few)[few.asked], few.now[few.asked]).mean()
    assert found.model.brier == pytest.approx(own)
    assert found.margins["rates"].value == pytest.approx(1 - own / rates)
    assert sum(one.events for one in found.curve) == found.pairs == 45


def test_intervals_of_skill_are_of_the_members_and_repeat() -> None:
    seen, chance = history(6)
    found = pair_skill(12, seen, chance, 500, seed=3)
    again = pair_skill(12, seen, chance, 500, seed=3)
    other = pair_skill(12, seen, chance, 500, seed=4)
    assert found.margins == again.margins
    assert found.margins["rates"] != other.margins["rates"]
    for one in found.margins.values():
        assert one.low < one.value < one.high


@pytest.mark.parametrize(("histories", "least"), [(12, 9), pytest.param(48, 41, marks=pytest.mark.slow)])
def test_intervals_hold_the_skill_about_as_often_as_they_say(histories: int, least: int) -> None:
    """Of histories of one kind 95 % of the intervals hold the skill that their mean scores come to.

    Fewer than 9 of 12 do with chance .002, fewer than 41 of 48 with .003.
    """
    found = [pair_skill(12, *history(seed), 10**6, seed=seed) for seed in range(100, 100 + histories)]
    mean = 1 - np.mean([one.model.brier for one in found]) / np.mean([one.rules["rates"].brier for one in found])
    held = sum(one.margins["rates"].low <= mean <= one.margins["rates"].high for one in found)
    assert held >= least
    assert all(one.margins["rates"].high - one.margins["rates"].low < 0.5 for one in found)


# Statistics.


def normal(middle: float, wide: float, seed: int, count: int = 400) -> NDArray[np.float64]:
    return np.random.default_rng(seed).normal(middle, wide, (count, 1))


def one_statistic(name: str, model: float, rule: float, observed: float = 0.0) -> StatisticSkill:
    rules = {NOTHING: np.array([[rule]]), "rates": normal(rule, 1.0, 2)}
    return statistic_skill(12, name, name, np.array([observed]), normal(model, 1.0, 1), rules)


def test_a_statistic_is_scored_by_the_energy_score() -> None:
    luck = np.random.default_rng(1)
    observed, simulated = luck.normal(size=3), luck.normal(size=(50, 3))
    found = statistic_skill(12, "trust", "trust", observed, simulated, {NOTHING: observed[None] + 1.0})
    assert found.score == energy_score(simulated, observed)
    assert found.rules[NOTHING] == pytest.approx(np.sqrt(3))
    assert found.skill == pytest.approx(1 - found.score / np.sqrt(3))


def test_a_rule_that_was_exactly_right_cannot_be_beaten() -> None:
    found = one_statistic("ties", model=0.0, rule=0.0)
    assert found.best == NOTHING
    assert found.skill == -np.inf
    assert found.against("rates") == pytest.approx(0.0, abs=0.3)


def test_skill_over_statistics_weighs_each_the_same_whatever_its_unit() -> None:
    good, bad = one_statistic("ties", 0.0, 5.0), one_statistic("trust", 3.0, 0.1)
    in_hundreds = replace(bad, score=100 * bad.score, rules={name: 100 * one for name, one in bad.rules.items()})
    found, rescaled = pooled_skill([good, bad]), pooled_skill([good, in_hundreds])
    assert found is not None
    assert rescaled is not None
    assert numbers(found.margins[NOTHING]) == pytest.approx(numbers(rescaled.margins[NOTHING]))
    assert found.margins[NOTHING].low < found.margins[NOTHING].value < found.margins[NOTHING].high


def test_skill_over_statistics_says_better_and_worse() -> None:
    better = pooled_skill([one_statistic(name, 0.1, 3.0 + number) for number, name in enumerate("abcdef")])
    worse = pooled_skill([one_statistic(name, 3.0 + number, 0.1) for number, name in enumerate("abcdef")])
    assert better is not None
    assert worse is not None
    assert better.skill.better
    assert not better.worse_than_nothing
    assert worse.worse
    assert worse.worse_than_nothing


def test_nothing_is_pooled_where_nobody_is_wrong() -> None:
    right = StatisticSkill(12, "ties", "ties", 0.0, {NOTHING: 0.0})
    assert pooled_skill([right]) is None
