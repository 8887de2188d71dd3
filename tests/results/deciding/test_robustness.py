"""Plans over futures agree with hand computation, and what is said to be worth knowing is."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

import scenarios
from cli import main
from results.commands.json_schemas import BY_COMMAND
from results.deciding.robustness import NoFutureError, Robustness, Threshold, futures_of, judge
from results.deciding.words import MOST_ROWS, answer, group_table, notes, worth_sentence, worth_table
from results.deciding.worth_knowing import worth_knowing
from results.estimates.response import Response
from results.words.varying import UNCERTAIN
from scenarios import KEYS
from scenarios.designs.design import Design
from scenarios.designs.factors import Factor
from scenarios.designs.futures import Futures

jsonschema = pytest.importorskip("jsonschema")
PLANS = ("salex", "sparc", "renewal")


def futures_with(**columns: NDArray[np.float64]) -> Futures:
    """Futures in which these keys take values along 0 to 1."""
    shares = np.array(list(columns.values()), dtype=np.float64).T
    factors = tuple(Factor(key.replace("__", "."), 0.0, 1.0) for key in columns)
    return Futures("made-up", "Made up", factors, shares)


def response_of(values: Any, outcome: str = "collaboration_rate", futures: Futures | None = None) -> Response:
    """A response of plans x futures, or plans x futures x replicates."""
    values = np.asarray(values, dtype=np.float64)
    values = values[..., None] if values.ndim == 2 else values
    plans, count, replicates = values.shape
    every = futures or futures_with(funder__weight=np.linspace(0, 1, count))
    design = every.design([scenarios.load(name, posterior=None) for name in PLANS[:plans]])
    return Response(design, outcome, values.transpose(1, 0, 2).reshape(-1, replicates))


def judged(values: Any, outcome: str = "collaboration_rate", threshold: Threshold | None = None) -> Robustness:
    return judge(response_of(values, outcome), threshold)


BY_HAND = [[0.5, 0.9, 0.7, 0.1], [0.6, 0.4, 0.7, 0.3]]


def test_futures_of_a_posterior_or_with_weights_are_not_said_to_be_of_unknown_likelihood() -> None:
    futures = futures_with(funder__weight=np.linspace(0, 1, 4))
    said = " ".join(notes(judged(BY_HAND), futures, replicates=1, seed=1))
    assert "All futures count alike" not in said
    assert "as often as it says" in said
    assert "as often as its weight does" in said


def test_regret_is_what_a_hand_finds() -> None:
    found = judged(BY_HAND)
    np.testing.assert_allclose(found.regrets, [[0.1, 0.0, 0.0, 0.2], [0.0, 0.5, 0.0, 0.0]])
    first, second = found.standings
    assert first.regret.mean == pytest.approx(0.075)
    assert second.regret.mean == pytest.approx(0.125)
    assert (first.most_regret, second.most_regret) == pytest.approx((0.2, 0.5))
    assert first.best == pytest.approx(1.5 / 4), "a tie is shared"
    assert second.best == pytest.approx(2.5 / 4)
    assert first.average.mean == pytest.approx(0.55)
    assert (first.worst, first.worst_tenth) == (0.1, 0.1)
    assert found.plans[found.chosen] == "salex"


def test_of_costs_less_is_better() -> None:
    found = judged(BY_HAND, "total_cost")
    np.testing.assert_allclose(found.regrets, [[0.0, 0.5, 0.0, 0.0], [0.1, 0.0, 0.0, 0.2]])
    assert found.plans[found.chosen] == "sparc"
    assert found.standing("salex").worst == 0.9


def test_the_worst_tenth_is_the_mean_of_the_worst_tenth() -> None:
    values = np.random.default_rng(4).random((2, 95))
    found = judged(values)
    assert found.standing("salex").worst_tenth == pytest.approx(np.sort(values[0])[:10].mean())


@pytest.mark.parametrize(
    ("threshold", "met"),
    [(Threshold(0.5, "at least"), 3), (Threshold(0.5, "at most"), 2), (Threshold(2, "at least"), 0)],
)
def test_a_threshold_is_met_in_a_share_of_the_futures(threshold: Threshold, met: int) -> None:
    meets = judged(BY_HAND, threshold=threshold).standing("salex").meets
    assert meets is not None
    assert meets.mean == met / 4
    assert 0 <= meets.low <= meets.mean <= meets.high <= 1


def test_a_future_without_a_value_of_some_plan_is_left_out() -> None:
    found = judged([[0.5, np.nan, 0.7], [0.6, 0.4, 0.7]])
    assert (found.left_out, found.futures.tolist()) == (1, [0, 2])
    with pytest.raises(NoFutureError, match="no future in which all plans have a value of collaboration_rate"):
        judged([[np.nan, 0.1], [0.2, np.nan]])


def test_only_futures_are_judged() -> None:
    design = Design(
        "lhs", (Factor("funder.weight", 0.0, 1.0),), (scenarios.load("salex", posterior=None),), np.zeros((1, 1)), 1, 1
    )
    with pytest.raises(ValueError, match="this is a lhs"):
        judge(Response(design, "collaboration_rate", np.zeros((1, 1))))


def test_luck_is_the_interval_of_a_difference_in_one_future() -> None:
    luck = np.random.default_rng(9)
    noise = luck.normal(0, 0.1, (1, 40, 100))
    found = judged(np.concatenate([noise * 0, noise]))
    assert found.luck == pytest.approx(1.984 * 0.1 / 10, rel=0.1)


def test_knowing_what_decides_is_worth_what_it_decides() -> None:
    """One plan gains 1 in the lower third of a parameter, the other in the rest: to know it is worth a third of 1."""
    share = (np.arange(180) + 0.5) / 180  # nine parts of twenty futures, of which three are the lower third
    other = np.random.default_rng(2).permutation(share)
    futures = futures_with(funder__weight=share, network__flexibility=other)
    low = share < 1 / 3
    response = response_of(np.array([~low, low], dtype=np.float64), futures=futures)
    known = worth_knowing(judge(response), futures_of(response.design))
    assert known.everything == pytest.approx(1 / 3)
    first, second = known.keys
    assert (first.key, first.is_clear) == ("funder.weight", True)
    assert (first.worth, first.changes) == pytest.approx((1 / 3, 1 / 3))
    assert not second.is_clear
    assert second.worth < 0.05
    assert "funder.weight" in worth_sentence(known, "collaboration_rate", futures)


def test_a_group_decides_by_its_keys_together_and_its_worth_has_an_error() -> None:
    """One plan gains x + y - 1, x and y even: to know both is worth E[max(0, x + y - 1)] = 1/6, one alone 1/8.

    The standard error of the mean of 200 such gains is .016, and a regression that is straight loses nothing here.
    """
    luck = np.random.default_rng(4)
    one, two, other = luck.random((3, 200))
    futures = futures_with(behaviour__initiative=one, behaviour__yes_base=two, behaviour__decay=other)
    response = response_of([np.full(200, 0.5), one + two - 0.5 + 0.05 * luck.standard_normal(200)], futures=futures)
    known = worth_knowing(judge(response), futures_of(response.design))
    search, trust = known.groups
    assert (search.group, search.keys, search.is_clear) == ("search", 2, True)
    assert abs(search.worth - 1 / 6) < 2.5 * max(search.error, 0.016)
    assert 0.005 < search.error < 0.04
    assert (trust.group, trust.is_clear) == ("trust", False)
    assert {one.key for one in known.keys if one.is_clear} == {"behaviour.initiative", "behaviour.yes_base"}
    assert all(abs(one.worth - 1 / 8) < 3 * one.error + 0.02 for one in known.keys if one.is_clear)
    table = group_table(known, "collaboration_rate")
    assert table is not None
    assert table.rows[0][0] == "how partners are found (2 keys)"


def test_what_decides_is_found_among_many_and_the_table_lists_the_first_of_them() -> None:
    """One of sixty parameters decides; all others are luck, and not as much of it as would hide the one."""
    share = (np.arange(90) + 0.5) / 90
    luck = np.random.default_rng(6)
    keys = [key for key, known in KEYS.items() if key.startswith("behaviour.") and known.kind == "float"][:60]
    shares = {key.replace(".", "__"): luck.permutation(share) for key in keys}
    low = shares["behaviour__initiative"] < 1 / 3
    response = response_of(np.array([~low, low], dtype=np.float64), futures=futures_with(**shares))
    known = worth_knowing(judge(response), futures_of(response.design))
    assert len(known.keys) == 60
    assert [one.key for one in known.keys if one.is_clear] == ["behaviour.initiative"]
    table = worth_table(known, "collaboration_rate")
    assert table is not None
    assert [row[0] for row in table.rows] == [one.key for one in known.keys[:MOST_ROWS]]
    assert f"the {MOST_ROWS} of 60 worth most" in table.title


@pytest.mark.parametrize(("tables", "at_most"), [(12, 2), pytest.param(50, 6, marks=pytest.mark.slow)])
def test_what_decides_nothing_is_seldom_called_clear(tables: int, at_most: int) -> None:
    """Tables of pure luck, two parameters each: by rule 1 in 20 tables names one.

    3 of 12 come once in 50 times, 7 of 50 once in 60. Chances that are by rule evenly spread between 0 and 1 have a
    mean of a half; one of 24 is 0.059 off, one of 100 is 0.029: 2.5 times that is what luck may do.
    """
    share = (np.arange(60) + 0.5) / 60
    named, chances = 0, []
    for seed in range(tables):
        luck = np.random.default_rng(seed)
        futures = futures_with(funder__weight=luck.permutation(share), network__flexibility=luck.permutation(share))
        response = response_of(luck.normal(size=(2, 60)), futures=futures)
        known = worth_knowing(judge(response), futures_of(response.design)).keys
        named += any(one.is_clear for one in known)
        chances += [one.p for one in known]
    assert named <= at_most
    assert np.mean(chances) == pytest.approx(0.5, abs=2.5 * np.sqrt(1 / 12 / len(chances)))


def test_to_know_the_future_is_worth_the_regret_of_the_choice() -> None:
    response = response_of(np.random.default_rng(3).random((3, 50)))
    found = judge(response)
    known = worth_knowing(found, futures_of(response.design))
    assert known.everything == pytest.approx(found.standing(known.chosen).regret.mean)
    assert all(one.worth <= known.everything for one in known.keys)


def test_the_answer_names_the_choice_and_the_rest() -> None:
    futures = futures_with(funder__weight=np.linspace(0, 1, 4))
    text = " ".join(answer(judge(response_of(BY_HAND, futures=futures), Threshold(0.5, "at least")), futures))
    assert "salex is the best on average" in text
    assert "sparc is not clearly different on average" in text
    assert "At least 50 % is met in 3 of 4 futures with salex (30 to 95 %)" in text


def test_a_plan_is_called_best_only_with_what_it_costs_beside_it() -> None:
    futures = futures_with(funder__weight=np.linspace(0, 1, 4))
    best, other = judge(response_of(BY_HAND, futures=futures)), [[1e6, 1.1e6, 1e6, 1.1e6], [4e5, 5e5, 4e5, 5e5]]
    lead, rest = answer(best, futures, judge(response_of(other, "total_cost", futures)))
    assert "1,050 ± " in lead, "thousand USD"
    assert "thousand USD in the whole run" in lead
    assert "costs 600 thousand USD less in the whole run" in rest
    alike = [other[0], other[0]]
    assert "costs as much" in answer(best, futures, judge(response_of(alike, "total_cost", futures)))[1]
    unclear = [other[0], [3e6, 0, 0, 1.4e6]]
    assert "may cost more or less" in answer(best, futures, judge(response_of(unclear, "total_cost", futures)))[1]


def test_what_is_concluded_from_what_varies_says_how_little_that_is() -> None:
    """One plan is the best in every future: no word that this holds whatever comes of what was fixed."""
    futures = futures_with(behaviour__initiative=np.linspace(0, 1, 9), behaviour__yes_base=np.linspace(0, 1, 9))
    best = judge(response_of([[0.6] * 9, [0.4] * 9], futures=futures))
    known = worth_knowing(best, futures_of(response_of([[0.6] * 9, [0.4] * 9], futures=futures).design))
    assert known.everything == 0
    for sentence in (answer(best, futures)[0], worth_sentence(known, "collaboration_rate", futures)):
        assert f"2 of {len(UNCERTAIN)} uncertain parameters" in sentence
        for word in ("whatever", "needs to be found out", "nothing to regret"):
            assert word not in sentence


OVER = ("--over", "funder", "--futures", "6", "--replicates", "4", "--no-figures")


def ask(*words: str) -> Any:
    return CliRunner().invoke(main, list(words))


def test_the_command_says_what_the_library_says(tmp_path: Path) -> None:
    run = tmp_path / "run"
    result = ask("compare", *PLANS[:2], *OVER, "--at-least", "0.6", "--json", "--out", str(run))
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    jsonschema.validate(found, BY_COMMAND["compare --over"])
    assert found["futures"]["count"] == 6
    (robust,) = found["robustness"]
    assert {one["scenario"] for one in robust["plans"]} == set(PLANS[:2])
    assert "total_cost" in {one["outcome"] for one in found["differences"]}
    open_in_salex = set(scenarios.shipped_posterior().keys) - {"behaviour.renewal_chance"}
    assert set(found["parameters"]["between"]) >= open_in_salex
    assert found["parameters"]["varying"] == len(found["parameters"]["between"])
    mean = found["scenarios"]["sparc"]["collaboration_rate"]["mean"]
    difference = next(one for one in found["differences"] if one["outcome"] == "collaboration_rate")
    assert difference["mean"] == pytest.approx(mean - found["scenarios"]["salex"]["collaboration_rate"]["mean"])
    again = ask("compare", *PLANS[:2], *OVER, "--at-least", "0.6", "--json", "--out", str(run))
    assert again.stdout == result.stdout
    verified = ask("verify", str(run), "--json")
    assert verified.exit_code == 0, verified.stdout
    assert json.loads(verified.stdout)["rows"] == 2 * 6 * 4


def test_a_point_of_a_future_is_the_scenario_with_its_values(tmp_path: Path) -> None:
    """The same network as `legato run` gives with the future's values set by hand."""
    result = ask("compare", *PLANS[:2], "--over", str(one_future(tmp_path)), "--fixed", "--replicates", "5", "--json",
                 "--out", str(tmp_path / "over"), "--no-figures")  # fmt: skip
    assert result.exit_code == 0, result.stderr
    over = json.loads(result.stdout)
    result = ask("run", "sparc", "--set", "closing.month=14", "--fixed", "--replicates", "5", "--json", "--out",
                 str(tmp_path / "alone"), "--no-figures")  # fmt: skip
    alone = json.loads(result.stdout)
    assert over["scenarios"]["sparc"]["collaborations"]["mean"] == alone["outcomes"]["collaborations"]["mean"]


def one_future(folder: Path) -> Path:
    (folder / "one.csv").write_text("closing.month\n14\n", encoding="utf-8")
    return folder / "one.csv"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--over", "fundr"), "did you mean 'funder'"),
        (("--over", "funder", "--at-least", "60"), "did you mean 0.6?"),
        (("--over", "funder", "--at-least", "0.6", "--at-most", "0.7"), "two thresholds"),
        (("--over", "funder", "--outcome", "rate"), "no outcome is called 'rate'"),
        (("--over", "funder", "--precision", "0.01"), "with --over give --replicates"),
        (("--over", "posterior", "--fixed"), "leave --fixed out"),
        (("--futures", "9"), "--futures belongs to --over"),
        (("--cluster", "tcp://x:1"), "--cluster belongs to --over"),
        (("--over", "funder", "--at-least", "nan"), "nan"),
    ],
)
def test_wrong_use_is_said_plainly(words: tuple[str, ...], message: str) -> None:
    result = ask("compare", *PLANS[:2], *words)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
