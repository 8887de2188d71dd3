"""Futures: every plan is tried in the same ones, values stay what they are, and each fault of a file is named."""

from pathlib import Path

import numpy as np
import pytest

import scenarios
from results.comparing.choosing_scenarios import choose
from scenarios import Scenario, ScenarioError
from scenarios.designs.futures import USUAL, Futures, names, read_futures, titles

PLANS = ("salex", "no-catalytic-funding")


def test_a_title_names_no_more_than_is_varied(plans: tuple[Scenario, ...]) -> None:
    """No future of the funder's moves a priority; only a scenario that plans to shift them does."""
    found = read_futures("funder", plans, count=4)
    assert not any("priorities" in factor.key for factor in found.factors)
    assert "priorities" not in found.title
    first, *_, last = (level for level in found.factors[0].levels if level != "never")
    assert f"months {first} to {last}" in found.title


@pytest.fixture(scope="module")
def plans() -> tuple[Scenario, ...]:
    return choose(PLANS, [], scenarios.shipped_posterior())


def fixed() -> tuple[Scenario, ...]:
    return choose(PLANS, [], None)


def written(folder: Path, text: str, name: str = "mine.toml") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_every_plan_lives_through_every_future(plans: tuple[Scenario, ...]) -> None:
    futures = read_futures("funder", plans, count=7)
    design = futures.design(plans)
    assert (len(futures), len(design)) == (7, 14)
    for future in range(7):
        first, second = design.values(2 * future), design.values(2 * future + 1)
        assert (first.pop("scenario"), second.pop("scenario")) == PLANS
        assert first == second


def test_a_future_has_the_parameters_of_one_particle_to_the_last_digit(plans: tuple[Scenario, ...]) -> None:
    posterior = scenarios.shipped_posterior().without({"behaviour.renewal_chance"})  # which both plans settle
    assert posterior is not None
    design = read_futures("posterior", plans, count=20).design(plans)
    for future in range(20):
        values = design.values(2 * future)
        del values["scenario"]
        assert values == posterior.settings(int(posterior.draws[future]))
        assert design.scenario(2 * future).posterior is None


def test_there_are_no_more_futures_of_a_posterior_than_differ(plans: tuple[Scenario, ...]) -> None:
    assert len(read_futures("posterior", plans, count=100_000)) == len(scenarios.shipped_posterior().draws)


def test_what_a_plan_settles_does_not_vary() -> None:
    plans = choose(PLANS, ["behaviour.yes_base=-2.5"], scenarios.shipped_posterior())
    futures = read_futures("posterior", plans)
    assert "behaviour.yes_base" not in {factor.key for factor in futures.factors}
    own = (plans[0], scenarios.load("salex", (), scenarios.shipped_posterior()))
    futures = read_futures("posterior", (own[0], scenarios.replace(own[1], {"name": "other"})))
    assert futures.settled == ("behaviour.yes_base",)


def test_ranges_are_spread_evenly_and_words_come_as_often_as_months(plans: tuple[Scenario, ...]) -> None:
    futures = read_futures("funder", plans)
    assert len(futures) == USUAL
    design = futures.design(plans)
    months = [design.values(point)["funder.shift.month"] for point in range(0, len(design), 2)]
    assert {months.count(month) for month in ("never", 6, 9, 12, 15, 18, 21)} <= {28, 29}
    grants = sorted(design.values(point)["funder.shift.grants"] for point in range(0, len(design), 2))
    assert np.abs(np.array(grants) - (np.arange(USUAL) + 0.5) / USUAL).max() <= 0.5 / USUAL + 1e-12


def test_fixed_parameters_leave_only_what_the_file_says() -> None:
    futures = read_futures("exit", fixed())
    assert [factor.key for factor in futures.factors] == ["closing.month"]


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    text = "# Three futures\nfunder.shift.month,funder.shift.grants\nnever,1\n9,0.25\n12,0\n"
    futures = read_futures(written(tmp_path, text, "three.csv"), fixed())
    design = futures.design(fixed())
    assert futures.title == "Three futures"
    assert [design.values(point)["funder.shift.month"] for point in (0, 2, 4)] == ["never", 9, 12]
    assert [design.values(point)["funder.shift.grants"] for point in (0, 2, 4)] == [1.0, 0.25, 0.0]


def test_rows_come_as_often_as_they_weigh(tmp_path: Path) -> None:
    rows = "\n".join(f"{month},{weight}" for month, weight in ((13, 6), (14, 2), (15, 0), (16, 0), (17, 0)))
    futures = read_futures(written(tmp_path, f"closing.month,weight\n{rows}\n", "w.csv"), fixed())
    design = futures.design(fixed())
    months = [design.values(point)["closing.month"] for point in range(0, len(design), 2)]
    assert sorted(months) == [13, 13, 13, 13, 14]


def test_those_that_ship_have_a_title_and_can_be_read(plans: tuple[Scenario, ...]) -> None:
    assert set(titles()) == set(names()) >= {"funder", "exit"}
    for name in names():
        found = read_futures(name, plans, count=10)
        assert isinstance(found, Futures)
        assert found.title == titles()[name]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("[vary]\n'closing.month' = '5:1'", ["LOW must be below HIGH"]),
        ("[vary]\n'closing.mont' = '5:9'", ["closing.mont", "did you mean closing.month"]),
        ("[varied]\n'closing.month' = '5:9'", ["varied is not known", "vary is missing"]),
        ("title = 3\n[vary]\n'closing.month' = '5:9'", ["title is 3: allowed is text"]),
        ("title = 'x'", ["vary is missing"]),
        ("vary = 3", ["vary is missing"]),
        ("[vary]\n'grants.size' = 7", ["grants.size is varied over one value"]),
        ("[vary]\n'closing.month' = [9, 'soon']", ["closing.month", "soon"]),
        ("[vary", ["it is not TOML"]),
    ],
)
def test_every_fault_of_a_file_is_named(tmp_path: Path, text: str, faults: list[str]) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_futures(written(tmp_path, text), fixed())
    for fault in faults[:1] if "varied" in text else faults:
        assert fault in str(caught.value)
    assert "mine.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("closing.month\n0.5\n", "line 2: closing.month is 0.5"),
        ("closing.month,weight\n13,-1\n", 'line 2: weight is "-1": allowed is 0 or more'),
        ("closing.month,weight\n13,0\n", "the weights sum to 0"),
        ("weight\n1\n", "no column names a key"),
        ("closing.mont\n13\n", "did you mean closing.month"),
        ("funder.priorities\n1\n", "is a list, which a cell cannot hold"),
        ("closing.month\n", "has 0 futures: allowed is 1 to 100,000"),
        ("", "is empty"),
    ],
)
def test_every_fault_of_a_table_is_named(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(ScenarioError, match="cannot be used") as caught:
        read_futures(written(tmp_path, text, "mine.csv"), fixed())
    assert fault in str(caught.value)


def test_unknown_futures_have_a_near_miss_and_fixed_ones_a_way_out() -> None:
    with pytest.raises(ScenarioError, match="no futures are called \"fundr\"; did you mean 'funder'"):
        read_futures("fundr", fixed())
    with pytest.raises(ScenarioError, match="leave --fixed out"):
        read_futures("posterior", fixed())


def test_futures_may_be_drawn_from_distributions(tmp_path: Path) -> None:
    path = tmp_path / "late.toml"
    path.write_text(
        '[vary]\n"funder.shift.month" = "triangular(6,13,24)"\n"closing.capstone" = "discrete(true:0.75,false:0.25)"\n'
    )
    futures = read_futures(str(path), [scenarios.load("salex", posterior=None)], count=40)
    months, capstones = (
        [factor.value(share) for share in futures.shares[:, place]] for place, factor in enumerate(futures.factors)
    )
    assert (min(months) >= 6, max(months) <= 24) == (True, True)
    assert abs(sum(months) / 40 - 43 / 3) < 0.3, "the mean of a triangle is the mean of its corners"
    assert capstones.count(True) == 30
