"""Studies that test nothing: arms at the same end of what is possible, ratios over nothing, arms without anybody."""

import re
from typing import Any

import numpy as np
import pytest

from results.checking.check import Check
from results.checking.documents import check_document
from results.checking.necessity import effect, judge_assumption, strongest
from results.checking.verdicts import Verdict, judge
from results.checking.words import check_tables, reasons
from results.studies.testable import emptied
from results.studies.virtual_studies import Prediction
from results.words.document import posterior_document
from scenarios import ASSUMPTIONS
from scenarios.observed.groups import Arm, Exposure
from scenarios.observed.study import Measured, Pattern

MET = (Arm("met", pairs=Exposure(met="convening")), Arm("never met", pairs=Exposure(met="none")))


def ask(statistic: Any, low: float | None, high: float | None, **how: Any) -> Pattern:
    how = {"outcome": "applied", "months": (1, 9), "arms": MET, **how}
    return Pattern("one", "", clock="start", statistic=statistic, observed=Measured(None, low, high), source="x",
                   about="x", **how)  # fmt: skip


def counted(pattern: Pattern, *networks: tuple[tuple[float, float], ...]) -> Prediction:
    """A prediction from what networks count: of each arm a numerator and a denominator, each network ten times over."""
    return Prediction(pattern, "made up", np.repeat(np.array(networks, dtype=np.float64), 10, axis=0)[None])


ALL, HALF, NONE, EMPTY = (9.0, 9.0), (4.0, 8.0), (0.0, 9.0), (0.0, 0.0)


@pytest.mark.parametrize("observed", [(-0.1, 0.1), (0.0, None), (None, 0.0), (0.05, 0.3)])
@pytest.mark.parametrize("end", [ALL, NONE])
def test_two_arms_at_the_same_limit_neither_support_nor_contradict(observed: Any, end: Any) -> None:
    found = judge(counted(ask("difference", *observed), (end, end), (end, end), (end, end), (HALF, NONE)))
    assert found.verdict == "undecided"
    assert re.search(r"both arms are at their limit in 30 of 40 networks", found.why)


def test_the_limit_of_counts_is_nothing_at_all_and_of_a_network_the_end_of_its_scale() -> None:
    groups = (Arm("a"), Arm("b"))
    for outcome, value, tested in (("collaborations", 0.0, False), ("collaborations", 1.0, True), ("trust", 1.0, False),
                                   ("homophily_topic", -1.0, False), ("homophily_topic", 0.0, True)):  # fmt: skip
        pattern = ask("difference", 0.0, None, outcome=outcome, months=(), arms=groups)
        found = judge(counted(pattern, ((value, 1.0), (value, 1.0)), ((value, 1.0), (value, 1.0))))
        assert found.verdict == ("contradicted" if tested else "undecided"), (outcome, value)


def test_arms_at_different_limits_are_as_far_apart_as_can_be() -> None:
    found = judge(counted(ask("difference", 0.0, None), (ALL, NONE), (ALL, NONE)))
    assert found.verdict == "supported"


def test_one_arm_at_its_limit_is_compared_with_the_other() -> None:
    assert judge(counted(ask("difference", 0.0, None), (ALL, HALF), (ALL, HALF))).verdict == "supported"
    assert judge(counted(ask("difference", None, 0.0), (ALL, HALF), (ALL, HALF))).verdict == "contradicted"


def test_two_months_at_their_limit_are_called_months() -> None:
    pattern = ask("difference", 0.0, None, outcome="active_rate", months=(6, 24), arms=())
    assert "both months are at their limit" in judge(counted(pattern, (ALL, ALL), (ALL, ALL))).why


# Statistics that cannot be computed.


def document(found: Verdict) -> Any:
    """The JSON of a verdict."""
    return check_document(Check((), (found,)), 1, 40, posterior_document(None, 1))["patterns"][0]


@pytest.mark.parametrize("statistic", ["ratio", "odds_ratio"])
def test_a_ratio_over_an_arm_in_which_nothing_happened_supports_nothing(statistic: str) -> None:
    found = judge(counted(ask(statistic, 3.0, None), (HALF, NONE), (HALF, NONE), (HALF, NONE), (HALF, (1.0, 9.0))))
    assert (found.verdict, found.uncomputed) == ("undecided", 30)
    assert re.search(r'cannot be computed in 30 of 40 networks: .*"never met"', found.why)
    told = document(found)
    assert told["predicted"] is told["predicted_high"] is None
    assert (told["not_computed"], told["not_computed_why"], told["virtual_studies"]) == (30, found.why, 40)
    assert told["inside"] == 0.25, "an infinite ratio lands nowhere"
    (table,) = check_tables([found])
    assert "cannot be computed" in table.rows[0]
    assert "more" not in " ".join(table.rows[0])


def test_an_arm_without_anybody_is_named() -> None:
    found = judge(counted(ask("ratio", 3.0, None), (HALF, EMPTY), (HALF, EMPTY), (HALF, HALF)))
    assert re.search(r'in 20 of 30 networks: .*nothing to count in "never met"', found.why)


def test_odds_of_all_against_none_are_no_number() -> None:
    found = judge(counted(ask("odds_ratio", None, 0.5), (HALF, ALL), (HALF, ALL)))
    assert (found.verdict, found.uncomputed) == ("undecided", 20)
    assert 'all in "never met"' in found.why


def test_few_that_cannot_be_computed_are_said_beside_the_verdict() -> None:
    few = (HALF, (1.0, 9.0))
    found = judge(counted(ask("ratio", 3.0, None), *[few] * 9, (HALF, NONE)))
    assert found.verdict == "supported"
    assert document(found)["not_computed"] == 10
    assert any("cannot be computed in 10 of 100 networks" in line for line in reasons([found]))


# An assumption whose absence leaves an arm empty.


def test_an_arm_that_empties_when_an_assumption_is_switched_off_is_no_evidence() -> None:
    pattern = ask("ratio", 1.0, None)
    for gone in ((EMPTY, HALF), (HALF, EMPTY)):
        found = effect(counted(pattern, (ALL, HALF)), counted(pattern, gone))
        judged = judge_assumption(ASSUMPTIONS[0], [found])
        assert (found.moved, found.gain, found.error) == (True, 0.0, 0.0)
        assert judged.verdict == "undecided"
        assert judged.why.startswith("cannot tell: one cannot be asked: without it nobody is left in")
    assert 'in "never met"' in judged.why


def test_a_way_of_meeting_that_is_switched_off_is_an_arm_without_anybody() -> None:
    """Of those that met the arm is a share of all pairs, so it is never empty: it is 0, and so is the ratio."""
    origins = (
        Arm("at the event", pairs=Exposure(origin="convening")),
        Arm("elsewhere", pairs=Exposure(origin="other")),
    )
    pattern = ask("ratio", 1.0, None, outcome="acquainted", arms=origins)
    without = counted(pattern, (NONE, HALF))
    assert list(emptied(without)) == ['"at the event"']
    assert judge_assumption(ASSUMPTIONS[0], [effect(counted(pattern, (ALL, HALF)), without)]).verdict == "undecided"


def test_an_outcome_that_falls_to_nothing_is_evidence_still() -> None:
    pattern = ask("value", 0.5, 1.0, arms=())
    found = judge_assumption(ASSUMPTIONS[0], [effect(counted(pattern, (ALL,)), counted(pattern, (NONE,)))])
    assert found.verdict == "supported"


def test_arms_in_which_nothing_happens_any_more_are_no_evidence_by_difference_or_by_ratio() -> None:
    for statistic, low in (("difference", 0.0), ("ratio", 1.0)):
        pattern = ask(statistic, low, None)
        found = judge_assumption(
            ASSUMPTIONS[0], [effect(counted(pattern, (ALL, HALF)), counted(pattern, (NONE, NONE)))]
        )
        assert found.verdict == "undecided"
        assert str(found.effects[0].unasked).startswith("without it nothing happens")


def test_an_arm_that_is_empty_in_some_networks_is_compared_in_the_others() -> None:
    pattern = ask("ratio", 1.0, None)
    on = counted(pattern, *[(ALL, HALF)] * 10)
    off = counted(pattern, *[(ALL, HALF)] * 6, *[(ALL, EMPTY)] * 4)
    found = effect(on, off)
    assert found.moved
    assert found.unasked == ""
    assert found.gain == 0.0, "in the six that can be computed nothing changed"


def test_the_reason_argues_for_the_verdict() -> None:
    """Two patterns speak a little for the assumption, and one, the strongest, against it: the sum is for it."""
    pattern, inside, outside = ask("value", 0.5, 1.0, arms=()), ALL, NONE

    def moves(on: int, off: int) -> Any:
        with_it = [(inside,)] * on + [(outside,)] * (20 - on)
        return effect(counted(pattern, *with_it), counted(pattern, *[(inside,)] * off, *[(outside,)] * (20 - off)))

    fors = [moves(20, 6), moves(20, 6)]
    stronger = moves(5, 20)
    assert abs(stronger.gain) > max(one.gain for one in fors)
    effects = [stronger, *fors]
    judged = judge_assumption(ASSUMPTIONS[0], effects)
    assert judged.gain > 0
    assert judged.strongest is not None
    assert judged.strongest.gain > 0
    assert "(one: 1 with it, 0 without)" in judged.why
    assert strongest(effects, -1.0) is stronger
    assert strongest([], 1.0) is None
