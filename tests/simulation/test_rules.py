"""The rules between organizations, each by hand, at its limits, and in its direction.

Sources of truth: the formula in each docstring, worked out by hand here; Lane et al. 2021 for the interior optimum of
common interests; brute force for call windows; the law of the exponential race.
"""

from itertools import pairwise
from math import e, exp, inf, isclose, log, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scenarios
from simulation import rules

# Seeded as the model is; a first call may take seconds to compile.
settings.register_profile("seeded", deadline=None, derandomize=True, database=None)
settings.load_profile("seeded")

LEVEL = st.floats(0, 1)
MONTHS = st.integers(0, 60)


def rising(values: list[float]) -> bool:
    return all(one < other for one, other in pairwise(values))


def falling(values: list[float]) -> bool:
    return rising(values[::-1])


def steps(count: int = 11) -> list[float]:
    return [step / (count - 1) for step in range(count)]


# --- The funder acts


@pytest.mark.parametrize(
    ("month", "closing", "is_open"),
    [(1, 0, True), (1200, 0, True), (24, 25, True), (25, 25, True), (26, 25, False), (0, 25, True)],
)
def test_a_network_lives_through_its_last_month_or_for_ever(month: int, closing: int, is_open: bool) -> None:
    assert rules.is_open(month, closing) is is_open


@pytest.mark.parametrize(
    ("month", "first", "winds_down"),
    [(18, 20, False), (19, 20, False), (20, 20, True), (21, 20, True), (1, 1, True), (5, 0, False)],
)
def test_winding_down_goes_on_from_its_first_month(month: int, first: int, winds_down: bool) -> None:
    assert rules.is_winding_down(month, first) is winds_down


@pytest.mark.parametrize(
    ("month", "closing", "winding", "shift", "level"),
    [
        (9, 25, 0, 10, 1.0),
        (10, 25, 0, 10, 0.5),
        (10, 25, 0, 0, 1.0),
        (19, 25, 20, 0, 1.0),
        (20, 25, 20, 0, 0.6),
        (25, 25, 20, 0, 0.6),
        (25, 25, 20, 10, 0.3),
        (26, 25, 20, 10, 0.0),
        (26, 25, 0, 0, 0.0),
        (600, 0, 0, 10, 0.5),
        (1, 25, 0, 1, 0.5),
    ],
)
def test_the_level_in_force_by_table(month: int, closing: int, winding: int, shift: int, level: float) -> None:
    found = rules.level_in_force(month, closing, winding, shift, 0.5, 0.6)
    assert found == pytest.approx(level, rel=1e-15)


@given(MONTHS, st.integers(0, 60), st.integers(1, 20), st.integers(1, 14), st.integers(1, 20))
def test_calls_are_open_in_the_months_that_brute_force_finds(
    month: int, closing: int, first: int, every: int, window: int
) -> None:
    calls = [call for call in range(first, 200, every) if closing == 0 or call <= closing]
    open_now = [call for call in calls if call - window < month <= call]

    # Where windows overlap the earliest call comes first: whoever agrees now applies for the next award.
    assert rules.call_open(month, closing, first, every, window) == min(open_now, default=0)


def test_a_call_of_three_months_by_hand() -> None:
    found = [rules.call_open(month, 20, 6, 6, 3) for month in range(1, 26)]
    assert found == [0, 0, 0, 6, 6, 6, 0, 0, 0, 12, 12, 12, 0, 0, 0, 18, 18, 18, 0, 0, 0, 0, 0, 0, 0]


def test_the_shock_of_the_announcement_is_softened_by_notice() -> None:
    assert rules.notice_shock(0, 0.5, 3.0) == 0.5
    assert rules.notice_shock(3, 0.5, 3.0) == 0.25
    assert rules.notice_shock(6, 0.5, 3.0) == pytest.approx(0.5 / 3)
    assert rules.notice_shock(0, 0.0, 3.0) == 0.0
    assert falling([rules.notice_shock(notice, 0.5, 3.0) for notice in range(25)])


@pytest.mark.parametrize(
    ("champions", "chance", "wins"), [(0, 1.0, 0.0), (1, 0.3, 0.3), (2, 0.3, 0.51), (3, 0.5, 0.875)]
)
def test_pleas_of_champions_add_up_as_independent_tries(champions: int, chance: float, wins: float) -> None:
    assert not rules.plea_succeeds(champions, chance, wins + 1e-12)
    assert rules.plea_succeeds(champions, chance, max(1e-300, wins - 1e-12)) is (wins > 0)


# --- The agenda


@st.composite
def weightings(draw: st.DrawFn, count: int = 5) -> Any:
    drawn = draw(st.lists(st.sampled_from([0.0, 0.1, 0.5, 1.0, 3.0]), min_size=count, max_size=count))
    return np.array(drawn)


@given(weightings())
def test_a_unit_weighting_has_length_one_and_the_same_proportions(weights: Any) -> None:
    found = rules.unit(weights)

    assert sqrt(sum(found * found)) == pytest.approx(1.0, rel=1e-14)
    if weights.any():
        assert found * sqrt(sum(weights**2)) == pytest.approx(weights)
    else:
        assert found == pytest.approx(np.full(5, 1 / sqrt(5)))


def test_common_interests_by_hand() -> None:
    one, two = np.array([1.0, 0.0]), np.array([0.6, 0.8])
    assert rules.overlap(one, two) == 0.6
    assert rules.overlap(one, np.array([0.0, 1.0])) == 0.0
    assert rules.overlap(two, two) == pytest.approx(1.0)


@given(weightings(), weightings())
def test_common_interests_are_mutual_and_stay_a_level(one: Any, other: Any) -> None:
    one, other = rules.unit(one), rules.unit(other)
    assert rules.overlap(one, other) == rules.overlap(other, one)
    assert 0.0 <= rules.overlap(one, other) <= 1.0, "rounding above 1 would make trust overshoot"


def test_rounding_never_lifts_common_interests_above_one() -> None:
    # Lengths of (0.1, 0.1, ...) round up for some numbers of topics.
    alike = [rules.unit(np.full(topics, 0.1)) for topics in range(1, 65)]
    assert max(rules.overlap(one, one) for one in alike) == 1.0
    assert max(float(sum(one * one)) for one in alike) > 1.0, "the case that the limit is for"


def test_the_agenda_goes_from_the_members_demand_to_the_funders_priorities() -> None:
    demand, priorities = np.array([3.0, 0.0]), np.array([[0.0, 7.0]])
    assert rules.agenda(demand, priorities, np.array([0.0])) == pytest.approx([1.0, 0.0])
    assert rules.agenda(demand, priorities, np.array([1.0])) == pytest.approx([0.0, 1.0])
    assert rules.agenda(demand, priorities, np.array([0.5])) == pytest.approx([sqrt(0.5), sqrt(0.5)])
    # 3/4 of the one and 1/4 of the other, over the length sqrt(10)/4.
    assert rules.agenda(demand, priorities, np.array([0.25])) == pytest.approx([3 / sqrt(10), 1 / sqrt(10)])


def test_several_funders_weigh_the_agenda_each_by_its_weight() -> None:
    demand, both = np.array([1.0, 0.0, 0.0]), np.array([[0.0, 2.0, 0.0], [0.0, 0.0, 5.0]])
    # 1/2 of the demand, 3/10 and 1/5 of the priorities, over their length.
    length = sqrt(0.5**2 + 0.3**2 + 0.2**2)
    agenda = rules.agenda(demand, both, np.array([0.3, 0.2]))
    assert agenda == pytest.approx([0.5 / length, 0.3 / length, 0.2 / length])
    assert rules.agenda(demand, both, np.array([0.0, 0.0])) == pytest.approx(demand)


def test_a_taper_goes_down_in_equal_steps_to_nothing_after_the_exit() -> None:
    steps = np.array([rules.even_step(place, 3) for place in range(3)])
    assert steps.tolist() == [3 / 4, 2 / 4, 1 / 4]
    paid = [rules.share_in_force(month, 0.8, 1, 18, steps) for month in range(14, 21)]
    assert paid == pytest.approx([0.8, 0.8, 0.6, 0.4, 0.2, 0.0, 0.0])
    assert [rules.share_in_force(month, 0.8, 1, 18, NO_TAPER) for month in (18, 19)] == [0.8, 0.0]
    assert rules.share_in_force(1200, 0.8, 1, 0, steps) == 0.8, "it stays"


def test_a_taper_that_is_listed_leaves_its_last_share_in_the_month_of_the_exit() -> None:
    listed = np.array([1.0, 0.6, 0.6, 0.0])
    paid = [rules.share_in_force(month, 0.5, 1, 9, listed) for month in range(5, 11)]
    assert paid == [0.5, 0.5, 0.3, 0.3, 0.0, 0.0]


def test_a_funder_pays_nothing_before_it_comes() -> None:
    assert [rules.share_in_force(month, 0.5, 4, 0, NO_TAPER) for month in (1, 3, 4, 50)] == [0.0, 0.0, 0.5, 0.5]
    whole_time = [rules.share_in_force(month, 0.5, 4, 5, np.array([0.8, 0.4])) for month in range(3, 7)]
    assert whole_time == [0.0, 0.4, 0.2, 0.0]


NO_TAPER = np.empty(0)


def test_an_exit_is_announced_once_and_not_where_the_network_closes_by_then() -> None:
    assert [month for month in range(1, 40) if rules.announces_exit(month, 18, 6, 0)] == [12]
    assert rules.announces_exit(12, 18, 6, 19)
    assert not rules.announces_exit(12, 18, 6, 18)
    assert not rules.announces_exit(0, 0, 0, 0), "it stays"


def test_flexibility_saves_a_share_of_the_relevance_that_a_shift_took() -> None:
    assert rules.relevance(0.2, 0.8, 0.0) == 0.2
    assert rules.relevance(0.2, 0.8, 0.5) == pytest.approx(0.5)
    assert rules.relevance(0.2, 0.8, 1.0) == pytest.approx(0.8)
    assert rules.relevance(0.8, 0.2, 1.0) == 0.8, "a shift toward a member costs it nothing"


# --- The facilitator convenes, members meet


@pytest.mark.parametrize(
    ("representative", "month", "fit"),
    [
        (rules.EXECUTIVE, 0, 1.0),
        (rules.EXECUTIVE, 6, 0.8),
        (rules.EXECUTIVE, 12, 0.6),
        (rules.EXECUTIVE, 50, 0.6),
        (rules.RESEARCH, 0, 0.6),
        (rules.RESEARCH, 3, 0.7),
        (rules.RESEARCH, 12, 1.0),
        (rules.PARTNERSHIP, 0, 0.8),
        (rules.PARTNERSHIP, 40, 0.8),
    ],
)
def test_executives_fit_the_early_months_and_researchers_the_later_ones(
    representative: int, month: int, fit: float
) -> None:
    assert rules.fit(representative, month, 12, 0.4, 0.0) == pytest.approx(fit)
    assert rules.fit(representative, month, 12, 0.4, 1.0) == 1.0
    assert rules.fit(representative, month, 12, 0.4, 0.5) == pytest.approx(1 - (1 - fit) / 2)
    assert rules.fit(representative, month, 12, 0.0, 0.0) == 1.0


def test_what_is_left_of_the_lack_of_fit_shrinks_by_rate_and_flexibility() -> None:
    assert rules.adapted_after(0.2, 0.15, 0.0) == 0.2
    assert rules.adapted_after(0.0, 0.15, 1.0) == 0.15
    assert rules.adapted_after(0.2, 0.5, 0.5) == pytest.approx(0.4)
    assert rules.adapted_after(1.0, 0.5, 0.5) == 1.0


def test_a_groups_sessions_follow_facilitation_and_the_agenda() -> None:
    # Half a session a month, full facilitation, an even agenda of 8 topics.
    assert rules.session_chance(0.5, 1.0, 1 / 8, 8) == pytest.approx(1 - exp(-0.5))
    assert rules.session_chance(0.5, 0.4, 1 / 4, 8) == pytest.approx(1 - exp(-0.4))
    for off in ((0.0, 1.0, 0.5), (0.5, 0.0, 0.5), (0.5, 1.0, 0.0)):
        assert rules.session_chance(*off, 8) == 0.0
    assert rising([rules.session_chance(0.5, intensity, 1 / 8, 8) for intensity in steps()])


def test_leaders_bring_the_agenda_closer_as_far_as_members_decide() -> None:
    assert rules.led_relevance(0.6, 0.5, 0.0, 4) == pytest.approx(0.6 + 0.5 * (1 - 1 / e) * 0.4)
    assert rules.led_relevance(0.6, 0.5, 0.4, 4) == pytest.approx(0.6 + 0.5 * 0.6 * (1 - 1 / e) * 0.4)
    assert rules.led_relevance(0.6, 0.5, 1.0, 9) == rules.led_relevance(0.6, 0.5, 0.0, 0) == 0.6
    assert rules.led_relevance(0.6, 0.0, 0.0, 9) == 0.6
    assert rising([rules.led_relevance(0.3, 1.0, 0.0, leaders) for leaders in range(30)])
    assert rules.led_relevance(0.3, 1.0, 0.0, 1000) == 1.0


def test_leaders_carry_a_part_of_what_the_backbone_cannot_do() -> None:
    assert rules.carried_work(0.6, 0.05, 5) == pytest.approx(0.6 + 0.4 * (1 - exp(-0.25)))
    assert rules.carried_work(0.6, 0.0, 5) == rules.carried_work(0.6, 0.05, 0) == 0.6
    assert rules.carried_work(1.0, 1.0, 9) == 1.0
    assert rules.carried_work(0.3, 1.0, 1000) == 1.0, "never above a full backbone"


def test_staff_time_is_shared_by_what_is_planned() -> None:
    """SALEX plans 4 sessions and 5.94 introductions a month, and a convening each quarter."""
    efforts: Any = {"session_effort": 0.1, "introduction_effort": 0.05, "convening_every": 3, "convening_effort": 0.9}
    assert rules.work_share(4.0, introductions=5.94, **efforts) == 1.0, "0.4 + 0.297 + 0.3 of a month fit into it"
    assert rules.work_share(8.0, introductions=5.94, **efforts) == pytest.approx(1 / (0.8 + 0.297 + 0.3))
    assert rules.work_share(0.0, introductions=40.0, **efforts) == pytest.approx(1 / (2.0 + 0.3))
    assert rules.work_share(0.0, introductions=0.0, **efforts) == 1.0, "time that is left over gains nothing"
    assert rules.work_share(1e6, 0.0, 1e6, 0.0, 1, 0.0) == 1.0


def test_the_facilitator_introduces_those_with_much_in_common_and_little_trust() -> None:
    assert rules.introduction_score(0.8, 0.25) == pytest.approx(0.6)
    assert rules.introduction_score(0.0, 0.0) == 0.0
    assert rules.introduction_score(1.0, 1.0) == 0.0


def test_an_encounter_adds_a_share_of_the_trust_that_is_missing() -> None:
    assert rules.trust_after(0.0, 0.4, 1.0) == 0.4
    assert rules.trust_after(0.0, 0.4, 0.0) == 0.2
    assert rules.trust_after(0.5, 0.4, 0.5) == pytest.approx(0.5 + 0.4 * 0.75 * 0.5)
    assert rules.trust_after(0.3, 0.0, 1.0) == 0.3
    assert rules.trust_after(1.0, 0.4, 1.0) == 1.0


@given(LEVEL, LEVEL, LEVEL)
def test_trust_and_practice_stay_levels_and_never_fall_by_meeting(level: float, gain: float, common: float) -> None:
    assert level <= rules.trust_after(level, gain, common) <= 1.0 + 1e-15
    assert level <= rules.practice_after(level, gain, common) <= 1.0 + 1e-15


def test_practice_grows_with_trust() -> None:
    assert rules.practice_after(0.0, 0.08, 1.0) == 0.08
    assert rules.practice_after(0.5, 0.2, 0.5) == pytest.approx(0.55)
    assert rules.practice_after(0.5, 0.2, 0.0) == 0.5


def test_a_race_by_hand_and_who_never_arrives() -> None:
    assert rules.race(1 / e, 2.0) == pytest.approx(0.5)
    assert rules.race(0.5, 0.0) == inf
    assert rules.race(0.5, -1.0) == inf
    assert falling([rules.race(0.5, weight) for weight in (0.1, 0.5, 1.0, 4.0)])


def test_a_race_chooses_in_proportion_to_weight() -> None:
    """The first of independent exponentials of rates w is i with chance w_i / sum(w)."""
    weights, races = (1.0, 2.0, 5.0), 4000
    luck = np.random.default_rng(3).random((races, 3))
    won = np.zeros(3)
    for lots in luck.tolist():
        won[int(np.argmin([rules.race(lot, weight) for lot, weight in zip(lots, weights, strict=True)]))] += 1

    shares = np.array(weights) / sum(weights)
    # 4 standard errors: 0.021 to 0.031; weights squared or equal would be off by 0.09 and more.
    assert np.all(abs(won / races - shares) < 4 * np.sqrt(shares * (1 - shares) / races))


def test_awards_go_by_alignment_in_the_stated_proportion_and_by_lot_at_focus_zero() -> None:
    assert rules.award_weight(0.7, 0.0) == 1.0
    assert rules.award_weight(0.5, 6.0) == pytest.approx(e**3)
    assert rules.award_weight(0.9, 6.0) / rules.award_weight(0.4, 6.0) == pytest.approx(e**3)


# --- Members look for partners


def test_capacity_and_load_are_counted_in_collaborations() -> None:
    assert [rules.capacity(3, 1, size) for size in (rules.SMALL, rules.MEDIUM, rules.LARGE)] == [2, 3, 4]
    assert [rules.capacity(3, 0, size) for size in (rules.SMALL, rules.MEDIUM, rules.LARGE)] == [3, 3, 3]
    assert rules.load(2, 3, 0.5) == 3.5
    assert rules.load(2, 3, 0.0) == 2.0
    assert rules.load(0, 3, 1.0) == 3.0


def test_engaged_members_look_for_partners_and_less_so_once_the_network_has_closed() -> None:
    assert rules.search_chance(0.4, 0.5, True, 0.3) == 0.2
    assert rules.search_chance(0.4, 0.5, False, 0.3) == pytest.approx(0.06)
    assert rules.search_chance(0.4, 0.5, False, 0.0) == 0.0
    assert rules.search_chance(0.4, 0.0, True, 0.3) == 0.0


def test_trust_steers_whom_a_member_asks() -> None:
    assert rules.trust_weight(0.5, 2.0) == 0.25
    assert rules.trust_weight(0.5, 0.0) == rules.trust_weight(0.9, 0.0) == 1.0


def test_some_common_ground_does_most() -> None:
    assert rules.common_interest(0.0) == 0.0
    assert rules.common_interest(1.0) == 1.0
    assert rules.common_interest(0.25) == pytest.approx((1 - 1 / e) / (1 - e**-4))
    values = [rules.common_interest(common) for common in steps()]
    assert rising(values)
    assert falling([other - one for one, other in pairwise(values)]), "each further bit is worth less"


def test_rivals_are_needy_and_alike() -> None:
    assert rules.rivalry(1.0, 1.0, 1.0) == 1.0
    assert rules.rivalry(0.5, 0.4, 0.5) == pytest.approx(0.2 / 16)
    for off in ((0.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, 0.0)):
        assert rules.rivalry(*off) == 0.0


def test_more_grants_pull_more_and_among_more_members_less() -> None:
    assert rules.grant_pull(0.0, 22) == 0.0
    assert rules.grant_pull(2.64, 22) == pytest.approx(1 - 1 / e)
    assert rules.grant_pull(6.0, 100) == pytest.approx(1 - exp(-0.5))
    assert rising([rules.grant_pull(grants, 22) for grants in range(10)])
    assert falling([rules.grant_pull(4, members) for members in (10, 22, 60, 200)])


def effects(size: float, months: int, elasticity: float) -> rules.GrantEffects:
    """What such a grant does, where the reference grant does this."""
    return rules.grant_effects(size, months, elasticity, load=0.6, need_met=0.5, evidence=2.0, hazard=0.1)


def test_the_reference_grant_is_the_one_that_a_scenario_has_by_default() -> None:
    assert scenarios.KEYS["grants.size"].default == rules.GRANT_SIZE
    assert scenarios.KEYS["grants.months"].default == rules.GRANT_MONTHS


@pytest.mark.parametrize(("size", "months", "elasticity"), [(50_000.0, 12, 0.7), (9e8, 240, 0.0), (0.0, 1, 0.0)])
def test_the_reference_grant_and_any_without_elasticity_do_what_behaviour_says(
    size: float, months: int, elasticity: float
) -> None:
    assert effects(size, months, elasticity) == (0.6, 0.5, 2.0, 0.1, 1.0), "to the last bit"


def test_a_grant_does_more_with_more_money_a_month() -> None:
    twice, half = effects(100_000.0, 12, 1.0), effects(50_000.0, 24, 1.0)
    assert twice == pytest.approx((0.2, 1.0, 3.0, 0.01, 2.0))
    assert half == pytest.approx((0.8, 0.25, 1.5, sqrt(0.1), 1.0)), "thinner; the call pulls by the whole grant"
    assert effects(100_000.0, 24, 0.5) == pytest.approx((0.6, 0.5, 2.0, 0.1, sqrt(2.0)))


def test_what_a_grant_does_has_ends() -> None:
    assert effects(1e9, 1, 3.0)[:4] == pytest.approx((0.2, 1.0, 3.0, 0.01)), "at most twice the reference grant"
    assert effects(0.0, 12, 1.0) == (1.0, 0.0, 1.0, 1.0, 0.0), "no money, no effect"


def test_a_grant_meets_a_share_of_the_need_and_further_ones_no_more() -> None:
    assert rules.need_now(0.8, 0, 0.5) == 0.8
    assert rules.need_now(0.8, 1, 0.5) == rules.need_now(0.8, 3, 0.5) == 0.4
    assert rules.need_now(0.8, 1, 1.0) == 0.0
    assert rules.need_now(0.8, 1, 0.0) == 0.8


YES = {
    "trust": 0.4,
    "common": 0.5,
    "need": 0.8,
    "others_need": 0.5,
    "carried": 1.5,
    "pull": 0.6,
    "alignment": 0.7,
    "base": -3.0,
    "b_trust": 5.0,
    "b_interest": 1.5,
    "b_grant": 4.0,
    "b_rivalry": 8.0,
    "relief": 0.6,
    "b_load": 0.4,
}


def yes(**changes: float) -> float:
    return rules.yes_chance(*(YES | changes).values())


def log_odds(chance: float) -> float:
    return log(chance / (1 - chance))


def test_saying_yes_by_hand() -> None:
    interest = (1 - e**-2) / (1 - e**-4)
    odds = -3.0 + 5.0 * 0.4 + 1.5 * interest + 4.0 * 0.6 * 0.8 * 0.7
    odds -= 8.0 * (0.8 * 0.5 / 16) * (1 - 0.36) + 0.4 * 1.5

    assert yes() == pytest.approx(1 / (1 + exp(-odds)), rel=1e-13)


@pytest.mark.parametrize(
    ("term", "zero", "odds"),
    [
        ("b_trust", {"trust": 0.0}, 5.0 * 0.4),
        ("b_interest", {"common": 0.0, "b_rivalry": 0.0}, 1.5 * (1 - e**-2) / (1 - e**-4)),
        ("b_grant", {"alignment": 0.0}, 4.0 * 0.6 * 0.8 * 0.7),
        ("b_rivalry", {"others_need": 0.0}, -8.0 * 0.025 * 0.64),
        ("b_load", {"carried": 0.0}, -0.4 * 1.5),
    ],
)
def test_a_weight_of_zero_switches_its_term_off(term: str, zero: dict[str, float], odds: float) -> None:
    kept = {name: value for name, value in zero.items() if name.startswith("b_")}
    assert yes(**{term: 0.0}, **kept) == pytest.approx(yes(**zero), rel=1e-13)
    assert log_odds(yes(**kept)) - log_odds(yes(**{term: 0.0}, **kept)) == pytest.approx(odds)


def test_relief_of_rivalry_needs_a_call() -> None:
    assert yes(pull=0.0, relief=1.0) == yes(pull=0.0, relief=0.0)
    assert log_odds(yes(relief=1.0)) - log_odds(yes(relief=0.0)) == pytest.approx(8.0 * 0.025 * 0.6)


def test_a_call_pulls_the_needy_more() -> None:
    def pulled(need: float) -> float:
        return log_odds(yes(need=need, b_rivalry=0.0)) - log_odds(yes(need=need, b_rivalry=0.0, pull=0.0))

    assert pulled(0.0) == 0.0
    assert pulled(0.8) == pytest.approx(2 * pulled(0.4))


def test_common_interests_have_an_interior_optimum_among_needy_rivals_only() -> None:
    """Lane et al. 2021, SMJ 42(6): some common interest helps, the very same field keeps apart."""
    needy = [yes(common=common, need=1.0, others_need=1.0, pull=0.0) for common in steps(101)]
    best = int(np.argmax(needy))

    assert 20 <= best <= 70
    assert needy[100] < needy[0] < needy[best]
    assert rising([yes(common=common, others_need=0.0) for common in steps()]), "without rivalry more is better"


@given(
    st.tuples(LEVEL, LEVEL, LEVEL, LEVEL, st.floats(0, 200), LEVEL, LEVEL, st.floats(-20, 20)), st.floats(0, 50), LEVEL
)
def test_saying_yes_is_a_chance_over_the_full_ranges(
    state: tuple[float, float, float, float, float, float, float, float], rivalry: float, relief: float
) -> None:
    assert 0.0 <= rules.yes_chance(*state, 30.0, 30.0, 30.0, rivalry, relief, 10.0) <= 1.0


def test_a_member_that_carries_too_much_says_no_without_an_overflow() -> None:
    assert yes(carried=1000.0, b_load=10.0) == pytest.approx(0.0, abs=1e-300)


def test_the_alignment_of_a_pair_is_the_mean_of_its_members() -> None:
    assert rules.pair_alignment(0.2, 0.6) == pytest.approx(0.4)


@given(carried=st.floats(0, 50), limit=st.integers(1, 20))
def test_a_hard_limit_leaves_all_the_room_or_none(carried: float, limit: int) -> None:
    assert rules.room(carried, limit, 0.0) == (1.0 if carried < limit else 0.0)


@given(softness=st.floats(0.01, 20), limit=st.integers(1, 20))
def test_room_is_half_just_below_a_soft_limit_and_falls_evenly_around_it(softness: float, limit: int) -> None:
    assert isclose(rules.room(limit - 0.5, limit, softness), 0.5)
    before, after = (rules.room(limit - 0.5 + side, limit, softness) for side in (-0.3, 0.3))
    assert isclose(before + after, 1.0)
    assert before > after


@given(chance=LEVEL, in_view=st.floats(1, 500), breadth=st.floats(0, 3))
def test_search_widens_with_the_partners_in_view(chance: float, in_view: float, breadth: float) -> None:
    assert isclose(rules.widened(chance, 1.0, breadth), chance, abs_tol=1e-12)
    assert isclose(rules.widened(chance, in_view, 0.0), chance, abs_tol=1e-12)
    assert rules.widened(chance, in_view, breadth) >= chance - 1e-12
    assert rules.widened(chance, 0.0, breadth) == rules.widened(chance, 1.0, breadth)


def test_at_full_breadth_each_partner_in_view_is_asked_as_if_it_were_the_only_one() -> None:
    """Of eight of equal trust each is chosen in an eighth of the searches, which are eight times as many."""
    assert isclose(rules.widened(0.001, 8.0, 1.0) / 8, 0.001, rel_tol=0.004)


def test_a_limit_that_is_hardly_soft_is_the_hard_one_for_whole_numbers() -> None:
    for carried in range(6):
        assert isclose(rules.room(carried, 3, 0.01), rules.room(carried, 3, 0.0), abs_tol=1e-9)
    assert 0.0 <= rules.room(1e9, 1, 1e-300) < 1e-300


# --- Collaborations work, and end


def test_a_grant_multiplies_evidence_up_to_certainty() -> None:
    assert rules.evidence_chance(0.08, False, 2.0) == 0.08
    assert rules.evidence_chance(0.08, True, 2.0) == 0.16
    assert rules.evidence_chance(0.8, True, 2.0) == 1.0
    assert rules.evidence_chance(0.0, True, 2.0) == 0.0


END = {
    "trust": 0.5,
    "engagement": 0.35,
    "funded": False,
    "grant_ends": False,
    "base": 0.09,
    "kappa": 2.0,
    "disengagement": 2.0,
    "funded_factor": 0.1,
    "grant_end": 0.8,
    "closing_factor": 1.0,
}


def hazard(**changes: float) -> float:
    return rules.end_hazard(*(END | changes).values())  # type: ignore[arg-type]


def test_the_hazard_of_a_collaboration_by_hand() -> None:
    ordinary = 0.09 * exp(-1.0) * exp(0.5)
    assert hazard() == pytest.approx(ordinary)
    assert hazard(funded=True) == pytest.approx(0.1 * ordinary)
    assert hazard(grant_ends=True) == pytest.approx(ordinary + 0.8 * exp(-1.0))
    assert hazard(closing_factor=1.2) == pytest.approx(1.2 * ordinary)
    assert hazard(closing_factor=1.2, grant_ends=True) == pytest.approx(1.2 * ordinary + 0.8 * exp(-1.0))


def test_the_hazard_has_a_value_that_switches_each_part_off() -> None:
    assert hazard(kappa=0.0) == pytest.approx(0.09 * exp(0.5))
    assert hazard(disengagement=0.0) == hazard(engagement=0.6) == pytest.approx(0.09 * exp(-1.0))
    assert hazard(funded=True, funded_factor=1.0) == hazard()
    assert hazard(grant_ends=True, grant_end=0.0) == hazard()
    assert hazard(base=0.0) == 0.0


def test_trust_and_engagement_protect_a_collaboration() -> None:
    assert falling([hazard(trust=trust) for trust in steps()])
    assert falling([hazard(trust=trust, grant_ends=True, base=0.0) for trust in steps()])
    assert falling([hazard(engagement=engagement) for engagement in steps()])


def test_closing_raises_the_hazard_and_capstone_and_handover_lower_it_again() -> None:
    def factor(closed: bool, capstone: bool, handover: bool) -> float:
        return rules.closing_hazard_factor(closed, 2.0, capstone, 0.4, handover, 0.3)

    assert factor(False, True, True) == factor(False, False, False) == 1.0
    assert factor(True, False, False) == 2.0
    assert factor(True, True, False) == pytest.approx(1.2)
    assert factor(True, False, True) == pytest.approx(1.4)
    assert factor(True, True, True) == pytest.approx(0.84)


@pytest.mark.parametrize("parts", [2, 30])
def test_cutting_a_month_into_parts_changes_no_chance(parts: int) -> None:
    assert rules.chance_of(0.0) == 0.0
    assert isclose(1 - (1 - rules.chance_of(0.3 / parts)) ** parts, rules.chance_of(0.3), rel_tol=1e-12)
    assert rules.chance_of(0.3) == pytest.approx(1 - exp(-0.3))


@pytest.mark.parametrize(
    ("funded", "had_grant", "is_held", "unpaid"),
    [
        (False, False, True, False),  # members have always paid for it themselves
        (True, True, True, False),
        (True, True, False, False),
        (False, True, True, True),
        (False, True, False, True),
        (False, False, False, True),
    ],
)
def test_work_is_unpaid_once_its_grant_or_its_network_has_ended(
    funded: bool, had_grant: bool, is_held: bool, unpaid: bool
) -> None:
    assert rules.is_unpaid(funded, had_grant, is_held) is unpaid


@given(need=LEVEL, hazard=st.floats(0, 5), distance=st.floats(1, 20))
def test_unpaid_work_ends_the_sooner_the_needier_and_the_farther(need: float, hazard: float, distance: float) -> None:
    near, far = (rules.unpaid_hazard(need, same, hazard, distance) for same in (True, False))
    assert near == hazard * need
    assert isclose(far, hazard * need * distance)
    assert rules.unpaid_hazard(0.0, False, hazard, distance) == 0.0


@given(fading=st.floats(0.001, 5), months=st.integers(0, 500))
def test_half_is_left_after_a_half_life(fading: float, months: int) -> None:
    assert rules.faded(0, fading) == rules.faded(months, 0.0) == 1.0
    assert isclose(rules.faded(months, fading), 0.5 ** (months / (log(2) / fading)), abs_tol=1e-300)


def test_the_disengaged_drift_away_first() -> None:
    hazards = [rules.drift_hazard(0.06, engagement) for engagement in steps()]
    assert hazards[0] == 0.06
    assert falling(hazards)
    assert hazards[-1] == 0.0


def test_a_steward_of_twenty_without_plan_or_champions_comes_at_the_base_chance() -> None:
    assert isclose(rules.steward_chance(20, 0, False, 0.3, 1.0, 0.5, 1.5), 0.3)


def test_plan_champions_and_size_multiply_the_odds_of_a_steward() -> None:
    """Odds 1/4 at .2; a plan makes them e times as high, three champions e^1.5 times, forty members half as high."""
    chance = rules.steward_chance(40, 3, True, 0.2, 1.0, 0.5, 1.0)
    assert isclose(chance / (1 - chance), 0.25 * exp(1.0 + 1.5) / 2)


def test_the_ends_of_stewardship() -> None:
    assert rules.steward_chance(20, 1000, True, 0.0, 10.0, 10.0, 0.0) == 0.0
    assert rules.steward_chance(2000, 0, False, 1.0, 0.0, 0.0, 10.0) == 1.0
    assert rules.steward_chance(0, 0, True, 1.0, 10.0, 10.0, 10.0) == 0.0, "nobody is left"
    assert rules.steward_chance(1, 5000, True, 0.5, 10.0, 10.0, 10.0) == 1.0
    assert 0.0 <= rules.steward_chance(10_000, 0, False, 1e-9, 0.0, 0.0, 10.0) < 1e-30


# --- Engagement moves


def test_what_is_saturating_rises_ever_less() -> None:
    assert rules.saturating(0, 3.0) == 0.0
    assert rules.saturating(3, 3.0) == pytest.approx(1 - 1 / e)
    values = [rules.saturating(count, 3.0) for count in range(10)]
    assert rising(values)
    assert values[-1] < 1.0


def test_flexibility_spreads_the_burden_of_leadership_evenly() -> None:
    assert rules.leadership_share(True, 5, 20, 0.0) == 1.0
    assert rules.leadership_share(False, 5, 20, 0.0) == 0.0
    assert rules.leadership_share(True, 5, 20, 1.0) == rules.leadership_share(False, 5, 20, 1.0) == 0.25
    assert rules.leadership_share(True, 5, 20, 0.5) == 0.625
    assert rules.leadership_share(False, 5, 20, 0.5) == 0.125


@given(st.integers(0, 20), st.integers(1, 40), LEVEL)
def test_flexibility_neither_adds_to_the_burden_nor_takes_from_it(
    leaders: int, members: int, flexibility: float
) -> None:
    leaders = min(leaders, members)
    shares = [rules.leadership_share(number < leaders, leaders, members, flexibility) for number in range(members)]
    assert sum(shares) == pytest.approx(leaders)


def test_more_leaders_than_members_carry_no_more_than_everything() -> None:
    assert rules.leadership_share(False, 9, 3, 1.0) == 1.0
    assert rules.leadership_share(True, 9, 0, 1.0) == 1.0
    assert rules.leadership_share(False, 9, 0, 1.0) == 0.0
    assert rules.leadership_share(False, 9, 1, 0.5) == 0.5


def test_membership_is_worth_what_it_gives_less_what_it_burdens() -> None:
    assert rules.engagement_target(0.3, 0.1, 0.05, 0.2, 0.02, 0.0, 0.0, 0.0) == pytest.approx(0.67)
    assert rules.engagement_target(0.3, 0.1, 0.05, 0.2, 0.02, 0.04, 0.01, 0.0) == pytest.approx(0.62)
    assert rules.engagement_target(0.3, 0.1, 0.05, 0.2, 0.02, 0.04, 0.01, 0.12) == pytest.approx(0.5)
    assert rules.engagement_target(0.9, 0.3, 0.3, 0.3, 0.1, 0.0, 0.0, 0.0) == 1.0
    assert rules.engagement_target(0.0, 0.0, 0.0, 0.0, 0.0, 0.2, 0.2, 0.0) == 0.0


def test_a_level_moves_a_share_of_the_way() -> None:
    assert rules.moved(0.5, 0.9, 0.0) == 0.5
    assert rules.moved(0.5, 0.9, 1.0) == pytest.approx(0.9)
    assert rules.moved(0.5, 0.9, 0.25) == pytest.approx(0.6)
    assert rules.moved(0.5, 0.1, 0.25) == pytest.approx(0.4)


@given(LEVEL, LEVEL, LEVEL)
def test_a_level_stays_a_level(level: float, target: float, rate: float) -> None:
    assert -1e-15 <= rules.moved(level, target, rate) <= 1.0 + 1e-15


@pytest.mark.parametrize(
    ("patience_spent", "own_luck", "low_luck", "leaves"),
    [
        (False, 0.004, 0.9, True),
        (False, 0.005, 0.0, False),
        (False, 0.9, 0.05, False),
        (True, 0.9, 0.05, True),
        (True, 0.9, 0.1, False),
        (True, 0.004, 0.9, True),
    ],
)
def test_a_member_leaves_for_its_own_reasons_or_once_its_patience_is_spent(
    patience_spent: bool, own_luck: float, low_luck: float, leaves: bool
) -> None:
    assert rules.leaves(patience_spent, 0.005, own_luck, 0.1, low_luck) is leaves


# --- Trust decays


def factor(age: int = 0, shared: int = 0, event_only: bool = False, **changes: float) -> float:
    numbers = {"decay": 0.02, "embedding": 0.6, "ageing": 0.01, "event_decay": 6.0} | changes
    return rules.decay_factor(age, shared, event_only, *numbers.values())


def test_decay_by_hand() -> None:
    assert factor() == 0.98
    assert factor(age=100) == pytest.approx(0.99)
    assert factor(shared=2) == pytest.approx(1 - 0.02 * 0.7)
    assert factor(shared=4) == factor(shared=9) == pytest.approx(1 - 0.02 * 0.4)
    assert factor(event_only=True) == pytest.approx(0.88)
    assert factor(100, 2, True) == pytest.approx(1 - 6 * 0.02 * 0.7 / 2)


def test_decay_has_a_value_that_switches_each_part_off() -> None:
    assert factor(30, 2, True, decay=0.0) == 1.0
    assert factor(shared=4, embedding=0.0) == factor()
    assert factor(age=50, ageing=0.0) == factor()
    assert factor(event_only=True, event_decay=1.0) == factor()


def test_old_and_embedded_ties_decay_less() -> None:
    """Burt 2002, Social Networks 24."""
    assert rising([factor(age=age) for age in range(0, 100, 10)])
    assert rising([factor(shared=shared) for shared in range(5)])


@given(st.tuples(MONTHS, st.integers(0, 40), st.booleans()), st.tuples(LEVEL, LEVEL, LEVEL, st.floats(1, 50)))
def test_decay_never_makes_trust_negative_nor_lets_it_grow(
    tie: tuple[int, int, bool], behaviour: tuple[float, float, float, float]
) -> None:
    assert 0.0 <= rules.decay_factor(*tie, *behaviour) <= 1.0


def test_what_happens_between_two_has_a_number_of_its_own() -> None:
    """Chronicle, tables and films tell them apart by it; no number of a network depends on which it is."""
    kinds = [
        rules.CONVENING, rules.GROUP, rules.INTRODUCTION, rules.CONTACT, rules.WORK, rules.APPLICATION, rules.BEFORE,
        rules.FUNDED, rules.UNFUNDED, rules.ENDED, rules.OUTPUT, rules.LOST, rules.STANDS,
    ]  # fmt: skip
    assert kinds == list(range(13))
    assert [rules.SMALL, rules.MEDIUM, rules.LARGE] == [0, 1, 2]
    assert [rules.EXECUTIVE, rules.RESEARCH, rules.PARTNERSHIP] == [0, 1, 2]


# --- What is sure without an exponential, a logarithm or a power


@given(st.floats(1e-15, 1.0, exclude_max=True), LEVEL, LEVEL, st.floats(0, 2))
def test_who_surely_loses_a_race_does_not_win_it(chance: float, weight: float, share: float, best: float) -> None:
    if rules.surely_loses(chance, weight, best):
        assert rules.race(chance, weight) >= best
        assert rules.race(chance, weight * share) >= best, "a smaller weight is slower"


def test_most_losers_of_a_race_are_sure() -> None:
    best = rules.race(0.9, 0.5)
    assert sum(rules.surely_loses(chance, 0.5, best) for chance in steps(100)[1:-1]) >= 88
    assert not rules.surely_loses(0.5, 0.5, inf)


@given(st.floats(1e-15, 1.0, exclude_max=True), st.floats(0, 5))
def test_what_happens_is_what_the_chance_of_its_hazard_says(luck: float, hazard: float) -> None:
    assert rules.happens(luck, hazard) == (luck < rules.chance_of(hazard))


@given(LEVEL, LEVEL, st.integers(0, 30), st.floats(0, 3))
def test_who_surely_does_not_look_does_not(luck: float, chance: float, in_view: int, breadth: float) -> None:
    if not rules.looks(luck, chance, rules.times_wider(in_view, breadth)):
        assert luck >= rules.widened(chance, in_view, breadth)


@given(LEVEL, st.floats(0, 10))
def test_no_weight_of_trust_is_above_its_bound(trust: float, power: float) -> None:
    assert rules.trust_weight(trust, power) <= rules.most_trust_weight(trust, power) * (1 + 1e-15)


@given(LEVEL, st.integers(0, 6), LEVEL, st.floats(0, 10), LEVEL)
def test_no_hazard_of_a_lapse_is_above_its_bound(
    trust: float, shared: int, lapse: float, protection: float, embedding: float
) -> None:
    most = rules.most_lapse_hazard(trust, shared, lapse, protection, embedding)
    hazard = rules.lapse_hazard(trust, shared, lapse, protection, embedding)
    assert rules.chance_of(hazard) <= most
    assert hazard <= most
