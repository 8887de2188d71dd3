"""Activity: some members reach out and are reached more than others, by the law that is promised, in both twins."""

from math import sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

import scenarios
import simulation
from scenarios import Scenario, ScenarioError
from simulation import historian, rules
from simulation.founding import found
from tests.shared import PLAIN

ALIKE = {"members.activity_spread": 0.0}
QUIET = {
    **{key: off for key, off in PLAIN.items() if key not in ALIKE},  # a roster may settle activity
    "facilitation.intensity": 0.0,
    "behaviour.initiative": 0.0,
    "behaviour.attrition": 0.0,
    "behaviour.leave_chance": 0.0,
    "grants.per_call": 0,
    "closing.month": "never",
}


def with_activity(folder: Path, column: list[str], **more: Any) -> Scenario:
    """Members of one region with the same interest; `column` is what stands under activity, a member each.

    Whose activity the column leaves open has that of all, unless `more` says otherwise.
    """
    rows = [f"m{number},x,{written}" for number, written in enumerate(column)]
    (folder / "members.csv").write_text("\n".join(["name,interests,activity", *rows, ""]), encoding="utf-8")
    keys = {"members.file": str(folder / "members.csv"), **QUIET, **({} if all(column) else ALIKE), **more}
    return scenarios.load("salex", [f"{key}={value}" for key, value in keys.items()], posterior=None)


@pytest.mark.parametrize("chance", [2.0**-53, 1e-12, 0.003, 0.074, 0.076, 0.3, 0.6, 0.93, 1 - 1e-6, 1 - 2.0**-53])
def test_the_quantile_is_that_of_the_standard_normal(chance: float) -> None:
    assert rules.normal_quantile(chance) == pytest.approx(NormalDist().inv_cdf(chance), rel=2e-7)


@pytest.mark.parametrize("spread", [0.3, 0.8, 1.5])
def test_the_lognormal_factor_has_mean_one_and_the_spread_asked_for(spread: float) -> None:
    factors = [rules.lognormal((place + 0.5) / 200_000, spread) for place in range(200_000)]
    assert np.mean(factors) == pytest.approx(1.0, rel=2e-3)
    assert np.std(np.log(factors)) == pytest.approx(spread, rel=1e-3)
    assert rules.lognormal(0.9, 0.0) == 1.0


def test_a_chance_is_multiplied_by_activity_up_to_one() -> None:
    assert rules.more_often(0.2, 3.0) == pytest.approx(0.6)
    assert rules.more_often(0.2, 30.0) == 1.0


def test_drawn_activity_is_the_rule_s_and_a_roster_s_number_wins(tmp_path: Path) -> None:
    drawn = found(with_activity(tmp_path, ["", "", "", ""], **{"members.activity_spread": 0.9}), 4, 7).activity
    assert len(set(drawn.tolist())) == 4
    mixed = found(with_activity(tmp_path, ["", "2.5", "", "0.1"], **{"members.activity_spread": 0.9}), 4, 7).activity
    assert mixed.tolist() == [drawn[0], 2.5, drawn[2], 0.1]
    assert found(with_activity(tmp_path, ["", "2.5", "", "0.1"]), 4, 7).activity.tolist() == [1.0, 2.5, 1.0, 0.1]


@pytest.mark.parametrize("written", ["0", "-1", "nan", "much", "2000000"])
def test_an_activity_that_is_no_positive_number_is_refused_in_its_line(tmp_path: Path, written: str) -> None:
    with pytest.raises(ScenarioError, match=r"line 3.*activity is .*allowed is a number above 0"):
        with_activity(tmp_path, ["1", written])


def test_a_spread_is_refused_where_the_roster_gives_everybody_s_activity(tmp_path: Path) -> None:
    settled, open_to_luck = with_activity(tmp_path, ["1", "2"]), {"members.activity_spread": 0.5}
    with pytest.raises(ScenarioError, match=r"members\.activity_spread is set, but members\.csv settles it"):
        scenarios.replace(settled, open_to_luck)
    assert scenarios.replace(with_activity(tmp_path, ["1", ""]), open_to_luck).members.activity_spread == 0.5


def test_members_who_are_all_alike_are_the_network_without_activity(tmp_path: Path) -> None:
    keys = {"behaviour.contact_rate": 0.3, "network.prior_ties": 2}
    one, other = (
        simulation.run(with_activity(tmp_path, [written] * 6, **keys), seed=3, replicates=5) for written in ("1", "")
    )
    assert one.values.tobytes() == other.values.tobytes()


def test_strangers_are_met_in_proportion_to_the_activity_of_both(tmp_path: Path) -> None:
    """All ties are lost each month, so everybody is a stranger: a pair meets c a_i a_j (1/(S - a_i) + 1/(S - a_j))."""
    activity, rate, months, replicates = [4.0, 2.0, 1.0, 1.0, 0.5, 0.5], 0.02, 400, 10
    apart: dict[str, float] = {
        "behaviour.friend_of_friend": 0,
        "behaviour.decay": 1,
        "behaviour.ageing": 0,
        "behaviour.embedding": 0,
    }
    apart |= {"behaviour.contact_rate": rate, "network.months": months}
    asked = with_activity(tmp_path, [str(one) for one in activity], **apart)
    told = historian(asked, seed=1, months=[months])
    counts = np.zeros((6, 6))
    for replicate in range(replicates):
        met = told(replicate).chronicle.of(rules.CONTACT)
        np.add.at(counts, (met.one, met.other), 1)
    a, whole = np.array(activity), sum(activity)
    for one in range(6):
        for other in range(one + 1, 6):
            chance = rate * a[one] * a[other] * (1 / (whole - a[one]) + 1 / (whole - a[other]))
            expected = replicates * months * chance
            assert abs(counts[one, other] - expected) < 4.0 * sqrt(expected), (one, other)


def test_earlier_ties_go_to_the_active(tmp_path: Path) -> None:
    """Of 60 members one has activity 5: it draws 5 times as many, and is drawn in proportion; few pairs come twice."""
    members, active, each, replicates = 60, 5.0, 0.5, 400
    asked = with_activity(tmp_path, [str(active), *["1"] * (members - 1)], **{"network.prior_ties": each})
    degrees = [np.count_nonzero(found(asked, 1, replicate).ties == 0) for replicate in range(replicates)]
    expected = each / 2 * (active + (members - 1) * active / (members - 2 + active))
    assert np.mean(degrees) == pytest.approx(expected, abs=0.05 + 4.0 * float(np.std(degrees)) / sqrt(replicates))


def test_degrees_are_less_alike_where_members_differ_in_activity() -> None:
    """On paired replicates, without a facilitator: the variance of the numbers of ties rises in nearly all."""
    asked = scenarios.load(
        "salex", [f"{key}={value}" for key, value in {**QUIET, **ALIKE, "network.months": 36, "network.members": 30,
                                                     "behaviour.contact_rate": 0.3}.items()], posterior=None
    )  # fmt: skip
    differing = scenarios.replace(asked, {"members.activity_spread": 1.0})
    higher = 0
    for replicate in range(20):
        spread = []
        for scenario in (asked, differing):
            ties = historian(scenario, seed=1, months=[36])(replicate).ties[36]
            spread.append(np.var(np.bincount(np.concatenate([ties.one, ties.other]), minlength=30)))
        higher += spread[1] > spread[0]
    assert higher >= 16, "by chance alone once in 170 times"


def test_both_twins_agree(tmp_path: Path) -> None:
    keys = {
        "members.activity_spread": 1.2,
        "network.prior_ties": 2,
        "behaviour.contact_rate": 0.4,
        "network.joining": 0.3,
    }
    drawn = scenarios.load("salex", [f"{key}={value}" for key, value in keys.items()], posterior=None)
    keys = {"behaviour.contact_rate": 0.5, "behaviour.initiative": 0.4, "network.months": 30, "network.prior_ties": 1}
    named = with_activity(tmp_path, ["3", "", "0.2", "1", "1", "1.5"], **keys)
    for scenario in (drawn, named):
        compiled, mesa = (
            simulation.run(scenario, seed=2, replicates=2, engine=engine) for engine in ("compiled", "mesa")
        )
        np.testing.assert_allclose(compiled.values, mesa.values, rtol=1e-12, equal_nan=True)
