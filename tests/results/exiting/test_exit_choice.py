"""The best plan, what each element is worth, and deciding again: held against truths in closed form."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest

import scenarios
from results.comparing.choosing_scenarios import choose
from results.estimates.parameter_uncertainty import Values
from results.exiting.again import check_again, decided_again
from results.exiting.again_words import again_lines, conditions_told
from results.exiting.choosing import Exits, best_exits
from results.exiting.documents import gone_documents, inputs_of
from results.exiting.elements import Element, elements
from results.exiting.exits import Found
from results.exiting.grid import grid_of, read_exit_levers
from results.exiting.knowing import known_before
from results.exiting.plans import Plan
from results.exiting.question import Evaluate, Question, Sight
from results.exiting.seen_rule import SEEN, Leaf, Split, expected, places, rule_of
from results.exiting.verify import asked_of
from results.exiting.words import answer, notes
from results.figures.exiting.exits import elements_figure
from results.figures.kit.style import COLOURS, MUTED
from results.optimising.search import Luck, NothingFeasibleError
from scenarios.files.faults import RequestError
from scenarios.schema.keys import value_of
from simulation.outcomes import MONTHLY_NAMES, NAMES

SALEX = scenarios.load("salex", posterior=None)
Worth = Callable[[Plan, Values], Any]
BEFORE = 500_000.0


def question(budget: float | None = None, *, again: int | None = None, **more: Any) -> Question:
    levers = more.pop("levers", ())
    grid = grid_of(SALEX, read_exit_levers(levers), None, more.pop("co_funder", None))
    return Question(SALEX, grid, budget, ("legacy_rate",), again, **more)


def double(worth: Worth, price: Callable[[Plan], float], *, noise: float = 0.0, own: float = 0.0) -> Evaluate:
    """A model in closed form: a coin that falls before anything is seen, shared noise, and noise of each plan's own."""

    def evaluate(plans: Sequence[Plan], luck: Luck) -> list[Sight]:
        shared = np.random.default_rng([luck.seed, 0])
        coin = shared.integers(0, 2, luck.replicates).astype(np.float64)
        common = noise * shared.normal(size=luck.replicates)
        seen = np.zeros((luck.replicates, len(MONTHLY_NAMES)))
        seen[:, MONTHLY_NAMES.index("collaborations")] = 4 + 8 * coin
        seen[:, MONTHLY_NAMES.index("trust")] = shared.normal(0.5, 0.1, luck.replicates)
        found = []
        for plan in plans:
            key = [luck.seed, 1, plan.notice, plan.going_down, plan.steps, plan.capstone, plan.handover]
            values = np.zeros((luck.replicates, len(NAMES)))
            alone = own * np.random.default_rng(key).normal(size=luck.replicates)
            values[:, NAMES.index("legacy_rate")] = worth(plan, coin) + common + alone
            values[:, NAMES.index("total_cost")] = BEFORE + price(plan)
            found.append(Sight(values, np.full(luck.replicates, BEFORE), seen))
        return found

    return evaluate


def additive(plan: Plan, _coin: Values) -> float:
    return (
        0.3 + 0.01 * plan.notice + 0.08 * plan.handover - 0.05 * plan.capstone
        - 0.02 * (plan.shape == "reduced") + 0.03 * (plan.shape == "steps")
    )  # fmt: skip


def priced(plan: Plan) -> float:
    return 100_000.0 + 30_000 * plan.handover + 40_000 * plan.capstone - 5_000 * plan.going_down


@pytest.mark.parametrize("budget", [90_000.0, 100_000.0, 115_000.0, 200_000.0])
def test_the_best_plan_within_the_rest_of_the_budget_is_found(budget: float) -> None:
    """What each plan is worth and costs is known, so the best is too; noise is shared, and takes nothing away."""
    asked = question(budget, replicates=20, final=20)
    best = max((one for one in asked.grid.plans if priced(one) <= budget), key=lambda one: additive(one, np.zeros(0)))
    found = best_exits(asked, double(additive, priced, noise=0.2))
    assert additive(found.winner.plan, np.zeros(0)) == pytest.approx(additive(best, np.zeros(0)))
    assert found.winner.report.cost <= budget
    assert found.dear == sum(priced(one) > budget for one in asked.grid.plans)


def test_without_a_budget_no_plan_costs_more_than_the_one_as_planned() -> None:
    asked = question(replicates=20, final=20)
    found = best_exits(asked, double(additive, priced, noise=0.2))
    assert found.limit == priced(asked.grid.plans[0])
    assert all(one.report.cost <= found.limit for one in found.finalists)


def test_where_nothing_keeps_the_budget_the_cheapest_is_named() -> None:
    asked = question(10_000.0, replicates=20, final=20)
    cheapest = min(priced(one) for one in asked.grid.plans)
    with pytest.raises(NothingFeasibleError, match=f"the cheapest costs {cheapest:,.0f} USD.*steps over 12 months"):
        best_exits(asked, double(additive, priced))


def test_each_element_is_worth_what_it_adds() -> None:
    """Worth is a sum, so the pairs of plans that differ in one element give its summand, whatever the shared noise."""
    asked = question(replicates=30, final=20, co_funder=0.5)
    found = elements(asked, best_exits(asked, double(additive, priced, noise=0.5)).tried)
    worth: dict[str, Callable[[Element], float]] = {
        "notice": lambda one: 0.01 * (one.plan.notice - 6),
        "capstone": lambda _: -0.05,
        "handover": lambda _: 0.08,
        "taper": lambda one: {"full": 0.02, "reduced": 0.0, "steps": 0.05}[one.plan.shape],
        "co-funder": lambda _: 0.0,
    }
    assert {one.name for one in found} == set(worth)
    for one in found:
        assert one.differences[0].mean == pytest.approx(worth[one.name](one), abs=1e-12)
    costs = {one.name: one.cost.mean for one in found}
    assert costs["handover"] == pytest.approx(30_000)
    assert costs["capstone"] == pytest.approx(40_000)


def test_intervals_of_elements_that_do_nothing_hold_zero_for_all_at_once() -> None:
    """Noise alone: in 95 of 100 series no element is told from nothing; of 20 at most 4 (p = 0.997 of a binomial)."""
    wrong = 0
    for seed in range(20):
        asked = question(levers=["closing.notice=3,6", "funder.taper=0"], replicates=20, final=20, seed=seed)
        found = best_exits(asked, double(lambda *_: 0.5, lambda _: 1.0, own=0.1))
        wrong += any(one.is_clear for one in elements(asked, found.tried))
    assert wrong <= 4


def with_coin(plan: Plan, coin: Values) -> Values:
    """A handover is worth 1 where few collaborate, and nothing where many do; without it, 0.6 in any case."""
    return np.where(coin == 0, 1.0, 0.0) if plan.handover else np.full(len(coin), 0.6)


def test_looking_is_worth_what_a_coin_is_worth_that_one_can_see() -> None:
    """Fixed, the best is 0.6; who sees the coin has (1 + 0.6) / 2 = 0.8, so that looking is worth 0.2.

    The gain of a network is 0.4 or 0, so its mean over 400 is off 0.2 by more than 4 x 0.2 / 20 = 0.04 in 1 of 16,000
    cases, and one of two that cannot be told from 0 would be off by 0.2.
    """
    asked = question(1e9, again=18, replicates=100, final=400)
    evaluate = double(with_coin, lambda _: 1.0, noise=0.1, own=0.01)
    exits = best_exits(asked, evaluate)
    again = decided_again(exits, evaluate)
    assert again is not None
    assert isinstance(again.rule, Split)
    assert again.rule.outcome == "collaborations"
    assert 4 < again.rule.threshold <= 12
    few, many = (again.plans[part.place] for part in (again.rule.below, again.rule.otherwise) if isinstance(part, Leaf))
    assert few.handover
    assert not many.handover
    assert again.looking.mean == pytest.approx(0.2, abs=0.04)
    assert again.gain.mean == pytest.approx(0.2, abs=0.04)
    assert again.gain.low < 0.2 < again.gain.high
    assert again.applies == pytest.approx((0.5, 0.5), abs=4 * 0.5 / 20)
    said = " ".join(answer(Found(exits, (), again, {})))
    assert f"fewer than {again.rule.threshold:g} collaborations are active" in said
    assert "a handover" in said or "handover" in said


def test_who_waits_loses_what_only_an_early_announcement_gives() -> None:
    """Told 12 months ahead is worth 0.3 more than 3 ahead: looking gains 0.2 either way, so nobody waits to tell."""

    def worth(plan: Plan, coin: Values) -> Values:
        return with_coin(plan, coin) + 0.3 * (plan.notice == 12)

    asked = question(1e9, again=18, replicates=100, final=400)
    evaluate = double(worth, lambda _: 1.0, noise=0.1, own=0.01)
    again = decided_again(best_exits(asked, evaluate), evaluate)
    assert again is not None
    assert all(one.notice == 12 for one in again.plans)
    assert again.waiting.mean == pytest.approx(0.0, abs=0.01)
    assert again.gain.mean == pytest.approx(0.2, abs=0.04)


def test_where_nothing_that_is_seen_matters_looking_is_worth_nothing() -> None:
    """Noise of each plan's own: on the luck that it learned from a rule looks better, on the luck reported it is not.

    Twelve series; the mean gain is within 4 standard errors of 0, and the intervals hold 0 in ten of them at the least
    (97 of 100 times, if each does in 95).
    """
    gains, errors, held = [], [], 0
    for seed in range(12):
        asked = question(1e9, again=18, levers=["closing.notice=6,12", "funder.taper=0"], seed=seed, replicates=60,
                         final=100)  # fmt: skip
        evaluate = double(lambda *_: 0.5, lambda _: 1.0, own=0.2)
        again = decided_again(best_exits(asked, evaluate), evaluate)
        assert again is not None
        gains.append(again.looking.mean)
        errors.append(0.2 * sqrt(2 / 100))
        held += not again.looking.is_clear
    assert abs(np.mean(gains)) < 4 * np.mean(errors) / sqrt(12)
    assert held >= 10


@pytest.mark.slow
def test_a_rule_flatters_itself_on_what_it_learned_from_and_not_on_fresh_networks() -> None:
    """Four plans of pure noise, 100 networks: the power of the test above."""
    learned: list[float] = []
    fresh: list[float] = []
    for seed in range(4):
        luck = np.random.default_rng(seed)
        looked_at, worths = luck.normal(size=(200, len(SEEN))), luck.normal(size=(200, 4))
        rule = rule_of(looked_at[:100], worths[:100])
        fixed = int(np.argmax(worths[:100].mean(axis=0)))
        for some, gains in ((slice(0, 100), learned), (slice(100, 200), fresh)):
            chosen = worths[some][np.arange(100), places(rule, looked_at[some])]
            gains.append(float(np.mean(chosen - worths[some][:, fixed])))
    error = sqrt(2 / 100) / sqrt(4)
    assert np.mean(learned) > error
    assert abs(np.mean(fresh)) < 4 * error


def test_what_is_expected_is_what_least_squares_of_numpy_expects() -> None:
    luck = np.random.default_rng(5)
    looked_at, worths = luck.normal(size=(80, len(SEEN))), luck.normal(size=(80, 3))
    looked_at[:, 2] = 7.0  # says nothing
    z = (looked_at - looked_at.mean(axis=0)) / np.where(looked_at.std(axis=0) > 0, looked_at.std(axis=0), 1.0)
    columns = np.column_stack([np.ones(80), z, z**2])
    truth = columns @ np.linalg.lstsq(columns, worths, rcond=None)[0]
    assert expected(looked_at, worths, looked_at) == pytest.approx(truth, abs=1e-9)


@pytest.mark.parametrize(("again", "words"), [(12, "allowed is 13 to 24"), (25, "allowed is 13 to 24")])
def test_deciding_again_is_after_the_decision_and_before_the_end(again: int, words: str) -> None:
    with pytest.raises(RequestError, match=words):
        check_again(question(again=again))


def test_where_everything_is_settled_by_then_deciding_again_is_refused() -> None:
    asked = question(again=24, levers=["closing.notice=12", "closing.capstone=true", "closing.handover=false",
                                       "funder.taper=6", "closing.wind_down_months=0"])  # fmt: skip
    with pytest.raises(RequestError, match="nothing can be chosen any more"):
        check_again(asked)


@pytest.mark.parametrize(
    ("chance", "verdict", "sure"),
    [
        (0.95, "month 18 pays:", "very probably better."),
        (0.80, "month 18 may pay, but that is not sure:", "probably better."),
        (0.55, "month 18 gains nothing that can be told:", "could go either way. The plan may as well be fixed now."),
        (0.20, "month 18 gains nothing that can be told:", "probably worse. The plan may as well be fixed now."),
    ],
)
def test_what_is_said_of_deciding_again_is_as_sure_as_its_words(chance: float, verdict: str, sure: str) -> None:
    asked = question(1e9, again=18, replicates=20, final=20)
    evaluate = double(with_coin, lambda _: 1.0, noise=0.1, own=0.01)
    found = best_exits(asked, evaluate)
    again = decided_again(found, evaluate)
    assert again is not None
    assert again.is_told
    first = again_lines(replace(again, gain=replace(again.gain, chance_higher=chance)), found)[0]
    assert f"{verdict} against the best plan fixed now, " in first
    assert sure in first


def test_an_element_has_a_colour_where_the_words_are_sure_of_it() -> None:
    asked = question(1e9, replicates=20, final=20)
    exits = best_exits(asked, double(additive, priced, own=0.02))
    one = elements(asked, exits.tried)[0]
    rows = [
        replace(one, differences=(replace(one.differences[0], low=-1.0, high=1.0, chance_higher=chance),))
        for chance in (0.92, 0.88, 0.12, 0.08)
    ]
    figure = elements_figure(Found(exits, tuple(rows), None, {}))
    panel = next(axes for axes in figure.axes if axes.get_label() == "change")
    colours = [line.get_color() for line in panel.lines if line.get_marker() == "o"]
    assert colours == [COLOURS[2], MUTED, MUTED, COLOURS[1]]
    assert "very probably" in " ".join(answer(Found(exits, tuple(rows[:1]), None, {})))


def test_values_that_no_plan_has_are_noted() -> None:
    grid = grid_of(SALEX, read_exit_levers(["closing.month=10,12,24"]), 12, None)
    asked = Question(SALEX, grid, 1e9, ("legacy_rate",), replicates=5, final=5)
    said = notes(Found(best_exits(asked, double(additive, priced)), (), None, {}))
    gone = [{"key": "closing.month", "value": month, "why": ["late"]} for month in (10, 12)]
    assert gone_documents(grid) == gone
    assert asked_of(json.loads(json.dumps(inputs_of(asked, "compiled"))), SALEX).grid.gone == grid.gone
    for month in (10, 12):
        why = "too late for them in the month of the decision"
        assert f"No plan has closing.month={month}, which was to be tried: {why}." in said


def test_plans_that_cannot_be_told_apart_are_said_to_be_as_good() -> None:
    asked = question(1e9, replicates=30, final=100)
    found: Exits = best_exits(asked, double(lambda *_: 0.5, lambda _: 1.0, own=0.1))
    assert len(found.as_good) >= len(found.finalists) - 2
    assert "Perhaps as good" in " ".join(answer(Found(found, (), None, {})))


def test_a_plan_that_costs_more_than_may_be_spent_is_said_to() -> None:
    asked = question(90_000.0, replicates=20, final=20)
    found = best_exits(asked, double(additive, priced))
    assert "as planned costs more than may be spent" in answer(Found(found, (), None, {}))[0]


def test_what_others_are_to_pay_is_said_to_be_theirs_with_the_best_plan_without_them() -> None:
    asked = question(1e9, replicates=20, final=20, co_funder=0.5)
    found = best_exits(asked, double(lambda plan, coin: additive(plan, coin) + plan.replaced, priced))
    assert found.winner.plan.replaced == 0.5
    said = " ".join(answer(Found(found, (), None, {})))
    assert "for others to decide. Without them the best: tell members in month 13" in said


@pytest.mark.parametrize(
    ("rule", "conditions"),
    [
        (Split("collaborations", 9.0, Leaf(0), Leaf(1)), ["if fewer than 9 collaborations are active", "otherwise"]),
        (
            Split("active_rate", 0.5, Leaf(0), Split("trust", 0.4, Leaf(1), Leaf(0))),
            ["if fewer than 50 % of the members collaborate",
             "if 50 % of the members or more collaborate and trust in ties is below 0.4 of 1",
             "if 50 % of the members or more collaborate and trust in ties is 0.4 of 1 or more"],
        ),
    ],
)  # fmt: skip
def test_a_rule_is_told_answer_by_answer(rule: Split, conditions: list[str]) -> None:
    assert conditions_told(rule) == conditions


def test_a_parameter_is_worth_knowing_that_decides_which_plan_is_best() -> None:
    """A handover is worth 1 where its effect is above the middle and nothing below, else 0.5: to know which is 0.25.

    500 sets of parameters, a dozen parts of the range, of which the one around the middle is split; so 0.25 less half
    a part of 0.5 at the most, and 4 standard errors of 0.25 / sqrt(500) more. No other parameter is told from nothing.
    """
    scenario = scenarios.load("salex")
    posterior = scenario.posterior
    assert posterior is not None
    key = "behaviour.handover_cut"
    cut = posterior.values[posterior.particles_of(0, 1000), posterior.keys.index(key)]
    grid = grid_of(
        scenario, read_exit_levers(["closing.notice=6", "funder.taper=0", "closing.capstone=true"]), None, None
    )
    asked = Question(scenario, grid, 1e9, ("legacy_rate",), replicates=20, final=1000)

    def worth(plan: Plan, coin: Values) -> Values:
        return 1.0 * (cut[: len(coin)] > np.median(cut)) if plan.handover else np.full(len(coin), 0.5)

    exits = best_exits(asked, double(worth, lambda _: 1.0))
    known = known_before(exits, elements(asked, exits.tried))
    assert known is not None
    first, *others = known.keys
    assert first.key == key
    assert first.is_clear
    assert 0.25 - 0.5 / 12 - 0.045 < first.worth < 0.25 + 0.045
    assert not any(one.is_clear for one in others)
    said = " ".join(answer(Found(exits, elements(asked, exits.tried), None, {}, known)))
    assert f"Worth knowing before one chooses: {key}" in said


def test_the_command_that_looks_at_the_best_plan_closer_means_that_plan() -> None:
    asked = question(1e9, replicates=20, final=20, levers=["funder.taper=[0.8,0.5]", "closing.wind_down_months=0"])
    found = best_exits(asked, double(additive, priced))
    line = next(one for one in notes(Found(found, (), None, {})) if "legato compare" in one)
    name = line.partition('"')[2].rstrip('"')
    (meant,) = choose([name], (), None)
    for key, value in found.winner.plan.changes.items():
        assert value_of(meant, key) == value
    assert found.winner.plan.shares == (0.8, 0.5)


def test_where_only_the_plan_itself_has_what_is_planned_other_values_are_compared_with_each_other() -> None:
    asked = question(1e9, replicates=20, final=20, levers=["closing.notice=3,9"])
    found = [one for one in elements(asked, best_exits(asked, double(additive, priced)).tried) if one.name == "notice"]
    three = next(one for one in found if one.plan.notice == 3)
    assert three.pairs > 1
    assert three.other.notice == 9, "more plans tell members nine months ahead, for more is still possible then"
    assert three.differences[0].mean == pytest.approx(0.01 * (3 - 9), abs=1e-12)
