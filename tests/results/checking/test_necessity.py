"""Which assumptions the facts need: the rule on made-up predictions, its error by simulation, and on the model."""

import re
from math import log, sqrt
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import scenarios
from results.checking.check import check_assumptions, check_patterns
from results.checking.necessity import NOTABLE, Effect, Necessity, effect, judge_assumption
from results.studies.landing import landed, log_score
from results.studies.virtual_studies import Prediction
from scenarios import ASSUMPTIONS
from scenarios.observed.groups import Arm
from scenarios.observed.study import Measured, Observed, Pattern
from tests.steady import BEHAVIOUR

SOME = ASSUMPTIONS[0]
BY_ID = {one.id: one for one in ASSUMPTIONS}


def ask(low: float | None, high: float | None, *, id: str = "one", networks: int = 1, **how: Any) -> Pattern:
    how = {"outcome": "collaboration_rate", "months": (), "clock": "start", "statistic": "value", "arms": (), **how}
    return Pattern(
        id, "", observed=Measured(None, low, high), source="x", about="x", networks=networks, span=(0.0, 1.0), **how
    )


def drawn(pattern: Pattern, draws: Any) -> Prediction:
    """A prediction of which every network finds exactly these values, in a single set of parameters."""
    values = np.atleast_2d(np.asarray(draws, dtype=np.float64))
    counts = np.stack([values, np.ones_like(values)], axis=-1)[:, :, None, :]
    return Prediction(pattern, "made up", counts)


def shares(inside_on: int, inside_off: int, studies: int = 100) -> Effect:
    """The effect where so many of the studies land inside with the assumption, and so many without."""
    pattern = ask(0.5, 1.0)
    with_it = [0.75] * inside_on + [0.25] * (studies - inside_on)
    without = [0.25] * (studies - inside_off) + [0.75] * inside_off
    return effect(drawn(pattern, with_it), drawn(pattern, without))


def judged(*effects: Effect) -> Necessity:
    return judge_assumption(SOME, effects)


# The rule.


def test_facts_that_are_met_only_with_the_assumption_need_it() -> None:
    found = judged(shares(90, 10))
    assert found.gain == pytest.approx(log(90.5 / 10.5))
    assert (found.verdict, found.short) == ("supported", "needed")
    assert re.search(r"need it .*\b0\.75 with it, 0\.25 without", found.why)
    assert (found.id, found.title) == (SOME.id, SOME.title)


def test_facts_that_are_met_better_without_it_contradict_it() -> None:
    found = judged(shares(10, 90))
    assert (found.verdict, found.short) == ("contradicted", "fits better without")
    assert found.why.startswith("the facts fit better without it")


def test_facts_that_are_met_as_well_without_it_do_without() -> None:
    found = judged(shares(60, 59, 2000))
    assert found.verdict == "undecided"
    same = [0.75] * 700 + [0.25] * 300
    pattern = ask(0.5, 1.0)
    found = judged(effect(drawn(pattern, same), drawn(pattern, [0.8, *same[1:]])))
    assert found.short == "not needed"
    assert found.why.startswith("not needed")


def test_facts_in_which_nothing_changes_cannot_tell() -> None:
    found = judged(shares(100, 100))
    assert not found.effects[0].moved
    assert (found.verdict, found.short, found.gain) == ("undecided", "cannot tell", 0.0)
    assert "nothing observed depends on it" in found.why
    assert judged().why == found.why


def test_a_difference_that_luck_explains_cannot_tell() -> None:
    found = judged(shares(6, 1, 8))
    assert found.gain > NOTABLE
    assert (found.verdict, found.short) == ("undecided", "cannot tell")
    assert found.why.startswith("cannot tell: the fit changes by no more than luck")


def test_less_than_three_times_as_likely_is_not_notable_however_sure() -> None:
    found = judged(shares(8_000, 3_000, 10_000))
    assert 10 * found.error < found.gain < NOTABLE
    assert found.verdict == "undecided"


def test_gains_of_patterns_add_up_and_their_errors_add_in_squares() -> None:
    one, other = shares(90, 45), shares(80, 40)
    found = judged(one, other)
    assert found.gain == pytest.approx(one.gain + other.gain)
    assert found.error == pytest.approx(sqrt(one.error**2 + other.error**2))
    assert found.verdict == "supported", "two patterns that each make it twice as likely"
    assert judged(one).verdict == "undecided"


def test_a_pattern_that_is_missed_either_way_adds_no_gain_and_no_doubt() -> None:
    missed = shares(0, 0)
    assert (missed.gain, missed.error) == (0.0, 0.0)
    pattern = ask(0.5, 1.0)
    moved = effect(drawn(pattern, [0.1] * 50), drawn(pattern, [0.2] * 50))
    assert moved.moved
    assert (moved.gain, moved.error) == (0.0, 0.0)


def test_a_pattern_that_only_is_met_with_it_is_known_to_a_factor_of_e() -> None:
    assert shares(100, 0).error == pytest.approx(1.0)
    assert shares(100, 0).gain == pytest.approx(log(100.5 / 0.5))


def test_studies_that_cannot_tell_do_not_move_by_staying_so() -> None:
    pattern = ask(0.5, 1.0)
    values = [np.nan, 0.75, 0.25]
    assert not effect(drawn(pattern, values), drawn(pattern, values)).moved
    nothing = effect(drawn(pattern, [np.nan] * 3), drawn(pattern, values))
    assert nothing.moved
    assert np.isnan(nothing.with_it)


# The error.


def _repeated(
    luck: np.random.Generator, studies: int, share: tuple[float, float], together: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Studies that land with such chances with and without; `together` of them live through the same luck."""
    one, other = luck.random(studies), luck.random(studies)
    other = np.where(luck.random(studies) < together, one, other)
    return one < share[0], other < share[1]


@pytest.mark.parametrize("share", [(0.5, 0.5), (0.8, 0.2), (0.3, 0.1)])
@pytest.mark.parametrize("together", [0.0, 0.9])
def test_the_error_is_that_of_a_bootstrap(share: tuple[float, float], together: float) -> None:
    luck = np.random.default_rng(5)
    on, off = _repeated(luck, 200, share, together)
    pattern = ask(0.5, 1.0)
    stated = effect(drawn(pattern, np.where(on, 0.75, 0.25)), drawn(pattern, np.where(off, 0.75, 0.25))).error
    again = luck.integers(0, 200, (4000, 200))
    gains = np.log((on[again].sum(axis=1) + 0.5) / 201) - np.log((off[again].sum(axis=1) + 0.5) / 201)
    assert stated == pytest.approx(gains.std(), rel=0.12), "4000 bootstraps know it to 1 in 100"


def test_studies_of_many_networks_do_not_claim_to_know_more_than_their_networks() -> None:
    """100 networks make 5 studies of 20: their means are drawn again and again from the same 100.

    Source of truth: the whole experiment repeated 300 times.
    """
    luck = np.random.default_rng(6)
    pattern = ask(0.5, 1.0, networks=20)
    gains, errors = [], []
    for _ in range(300):
        on = drawn(pattern, luck.uniform(0.0, 1.04, 100))
        off = drawn(pattern, luck.uniform(0.0, 0.90, 100))
        found = effect(on, off)
        gains.append(found.gain)
        errors.append(found.error)
    assert np.median(errors) > 0.9 * np.std(gains)
    assert np.median(errors) < 3.0 * np.std(gains), "nor so much less that nothing could be found"


def test_the_gain_is_the_difference_of_log_scores() -> None:
    pattern = ask(0.5, 1.0)
    on, off = np.linspace(0, 1, 41), np.linspace(0.3, 1, 41)
    found = effect(drawn(pattern, on), drawn(pattern, off))
    assert found.gain == log_score(landed(pattern, on)) - log_score(landed(pattern, off))
    assert (found.with_it, found.without) == pytest.approx((0.5, 0.65))


# On the model.

FACILITATED = scenarios.load(
    "salex",
    [
        "network.members=14",
        "closing.month=never",
        "network.months=18",
        "facilitation.intensity=1.0",
        *(f"{key}={value}" for key, value in BEHAVIOUR.items()),
    ],
    posterior=None,
)


def study(*patterns: Pattern, **changes: Any) -> Observed:
    return Observed("made up", "", scenarios.replace(FACILITATED, changes), frozenset(changes), patterns)


def necessity(one: Observed, *ids: str, networks: int = 60) -> dict[str, Necessity]:
    check = check_patterns([one], [{}], networks=networks, seed=2)
    assumptions = [BY_ID[id] for id in ids]
    found = check_assumptions([one], [{}], check.predictions, networks=networks, seed=2, assumptions=assumptions)
    return {each.id: each for each in found}


def test_a_facilitated_network_in_which_most_collaborate_needs_facilitation() -> None:
    found = necessity(study(ask(0.6, 1.0)), "facilitation", "handover", "translation")
    assert found["facilitation"].verdict == "supported"
    assert found["facilitation"].effects[0].without < 0.5 < found["facilitation"].effects[0].with_it
    for id in ("handover", "translation"):  # nothing closes; what is translated comes after whatever was observed
        assert found[id].verdict == "undecided"
        assert found[id].why.startswith("cannot tell")


def test_a_network_in_which_nobody_collaborated_contradicts_facilitation() -> None:
    found = necessity(study(ask(0.0, 0.3)), "facilitation")
    assert found["facilitation"].verdict == "contradicted"


def test_what_is_at_work_in_one_arm_only_is_switched_off_too() -> None:
    arms = (Arm("with", {"facilitation.intensity": 1.0}), Arm("without", {}))
    one = ask(0.0, None, statistic="difference", arms=arms)
    found = necessity(study(one, **{"facilitation.intensity": 0.0}), "facilitation")["facilitation"]
    assert len(found.effects) == 1
    assert found.effects[0].with_it > 0.0
    assert found.effects[0].without == 0.0, "off wins over the arm"
    assert found.verdict == "supported"


def test_what_is_off_already_is_not_asked() -> None:
    found = necessity(study(ask(0.0, 1.0), **{"facilitation.intensity": 0.0}), "facilitation")["facilitation"]
    assert found.effects == ()
    assert found.why.startswith("cannot tell")


def test_known_verdicts_are_taken() -> None:
    one = study(ask(0.6, 1.0))
    kept = judge_assumption(BY_ID["facilitation"], [shares(1, 2)])
    found = list(
        check_assumptions(
            [one],
            [{}],
            (),  # nothing is predicted: all is known
            networks=2,
            known={"facilitation": kept},
            assumptions=[BY_ID["facilitation"]],
        )
    )
    assert found == [kept]
