"""Distributions of factors: held to scipy.stats, cut where a key ends, and fair to whole numbers."""

import json
from importlib import import_module
from typing import Any

import numpy as np
import pytest

import scenarios
from scenarios import ScenarioError
from scenarios.designs.design import plan
from scenarios.designs.factors import Factor, factor_of
from scenarios.designs.fresh_points import fresh
from scenarios.designs.reading_factors import read_factors

stats: Any = import_module("scipy.stats")
SALEX = scenarios.load("salex", posterior=None)
RATE, MEMBERS, TIES = "facilitation.group_rate", "facilitation.encounters", "network.prior_ties"
SHARES = np.linspace(0.001, 0.999, 97)


def factor(text: str) -> Factor:
    (one,) = read_factors([text], spread=True)
    return one


def refused(text: str, **more: Any) -> str:
    with pytest.raises(ScenarioError) as error:
        read_factors([text], **{"spread": True, **more})
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        (f"{RATE}=normal(4,0.5)", stats.norm(4, 0.5)),
        (f"{RATE}=normal(1, 2)", stats.truncnorm(-0.5, 4.5, 1, 2)),
        (f"{RATE}=normal(4,2,3,6)", stats.truncnorm(-0.5, 1, 4, 2)),
        (f"{RATE}=lognormal(2,0.2)", stats.lognorm(0.2, scale=2)),
        (f"{MEMBERS}=triangular(0,2,8)", stats.triang(0.25, 0, 8)),
        (f"{MEMBERS}=triangular(0,0,8)", stats.triang(0, 0, 8)),
        (f"{MEMBERS}=triangular(2,8,8)", stats.triang(1, 2, 6)),
        (f"{MEMBERS}=loguniform(1,20)", stats.loguniform(1, 20)),
        (f"{TIES}=beta(2,5,10,40)", stats.beta(2, 5, 10, 30)),
    ],
)
def test_a_share_is_a_share_of_the_probability(text: str, truth: Any) -> None:
    """scipy.stats has the same quantiles, but for what is cut 8 standard deviations away."""
    one = factor(text)
    assert [one.value(share) for share in SHARES] == pytest.approx(truth.ppf(SHARES), rel=1e-6)
    assert one.low is not None
    assert one.high is not None
    assert one.low <= one.value(0.0) <= one.value(1.0) <= one.high


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("grants.per_call=normal(4,1)", lambda k: stats.norm(4, 1).cdf(k + 0.5) - stats.norm(4, 1).cdf(k - 0.5)),
        ("grants.per_call=beta(1,1,0,8)", lambda _k: 1 / 9),
        (
            "grants.per_call=loguniform(1,100)",
            lambda k: stats.loguniform(0.5, 100.5).cdf(k + 0.5) - stats.loguniform(0.5, 100.5).cdf(k - 0.5),
        ),
    ],
)
def test_each_whole_number_gets_what_lies_less_than_a_half_from_it(text: str, truth: Any) -> None:
    """Of 20,000 even shares, each number gets its probability to one in 20,000; both ends get a whole step."""
    one = factor(text)
    values, counts = np.unique([one.value((place + 0.5) / 20_000) for place in range(20_000)], return_counts=True)
    assert all(type(one.value(share)) is int for share in (0.0, 0.3, 1.0))
    inside = truth(np.arange(0, 200)) if "beta" not in text else np.full(9, 1 / 9)
    expected = np.asarray(inside)[values.astype(int)]
    assert counts / 20_000 == pytest.approx(expected / np.sum(inside[inside > 1e-9]), abs=1.1e-4)


def test_levels_may_be_likelier_than_others() -> None:
    one = factor("closing.month=discrete(12:0.2,never:0.5,24:0.3)")
    drawn = [one.value((place + 0.5) / 1000) for place in range(1000)]
    assert (drawn.count(12), drawn.count("never"), drawn.count(24)) == (200, 500, 300)
    assert one.value(1.0) == 24
    assert [factor("closing.capstone=discrete(true:0.9,false:0.1)").value(share) for share in (0.89, 0.91)] == [
        True,
        False,
    ]


def test_a_factor_comes_back_from_a_manifest() -> None:
    for text in (
        f"{RATE}=normal(4,2,3,6)",
        "grants.per_call=triangular(0,2,8)",
        "closing.month=discrete(12:0.2,never:0.8)",
    ):
        one = factor(text)
        again = factor_of(json.loads(json.dumps(one.describe())))
        assert [again.value(share) for share in SHARES] == [one.value(share) for share in SHARES]
        assert again == one


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("normall(4,1)", "no distribution is called normall; did you mean normal?"),
        ("gamma(4,1)", "there are normal(MEAN,SD), lognormal(MEDIAN,SD_OF_LOG)"),
        ("normal(4)", "1 number; write normal(MEAN,SD)"),
        ("normal(4,x)", '"x" is not a number'),
        ("normal(4,0)", "SD is 0; allowed is above 0"),
        ("normal(400,1)", "0 % of it lies within what is allowed"),
        ("normal(4,1,-1,3)", f"{RATE} is -1.0: allowed is 0 to 10"),
        ("normal(4,1,5,3)", "the first has to be below the second"),
        ("triangular(0,9,8)", "allowed is LOW <= MODE <= HIGH"),
        ("loguniform(0,8)", "allowed is 0 < LOW < HIGH"),
        ("beta(0,1,2,3)", "have to be above 0"),
        ("beta(1e300,12,1,8)", "too large, too small or too far apart"),
        ("discrete(0:0.2,4:0.7)", "sum to 0.9; they have to sum to 1"),
        ("discrete(0:0.2,400:0.8)", f"{RATE} is 400"),
        ("discrete(0,4)", "write discrete(A:0.2,B:0.8)"),
        ("discrete(0:-0.2,4:1.2)", 'the probability of "0" is "-0.2"; allowed is above 0, to 1'),
        ("discrete(4:1)", "varied over one value"),
    ],
)
def test_what_is_no_distribution_is_refused_with_what_is(text: str, words: str) -> None:
    assert words in refused(f"{RATE}={text}")


def test_a_distribution_has_no_place_where_a_lever_is_chosen_and_an_effect_is_of_a_whole_range() -> None:
    assert "a distribution has no place here" in refused(f"{RATE}=normal(4,1)", spread=False)
    assert "have to be whole numbers" in refused("grants.per_call=triangular(0.5,2,8)")
    assert "write closing.capstone=discrete" in refused("closing.capstone=normal(0,1)")
    with pytest.raises(ScenarioError, match=r"takes no distribution.*--design sobol"):
        plan(SALEX, [f"{RATE}=normal(4,1)", TIES], kind="morris")


def test_a_grid_takes_the_middles_of_equally_likely_parts() -> None:
    design = plan(SALEX, [f"{RATE}=normal(4,1)"])
    expected = stats.norm(4, 1).ppf([0.1, 0.3, 0.5, 0.7, 0.9])
    assert [design.values(point)[RATE] for point in range(len(design))] == pytest.approx(expected, rel=1e-4)
    whole = plan(SALEX, ["grants.per_call=normal(4,0.3)"])
    assert [whole.values(point)["grants.per_call"] for point in range(len(whole))] == [4], "each value once"


def test_a_latin_hypercube_is_even_in_probability() -> None:
    design = plan(
        SALEX, [f"{RATE}=lognormal(2,0.3)", "grants.per_call=discrete(0:0.25,4:0.75)"], kind="lhs", points=200
    )
    values = [design.values(point) for point in range(200)]
    # A hypercube has a point in each of 200 equally likely parts, so its distribution is off by 1/200 at the most.
    assert stats.kstest([one[RATE] for one in values], stats.lognorm(0.3, scale=2).cdf).statistic <= 1 / 200
    assert [one["grants.per_call"] for one in values].count(4) == 150
    others = fresh(design, 50, 7)
    assert (
        stats.kstest([others.values(point)[RATE] for point in range(50)], stats.lognorm(0.3, scale=2).cdf).statistic
        <= 1 / 50
    )
