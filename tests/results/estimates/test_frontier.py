"""Which plans are worth considering: held against published tables, and where plans are alike."""

from math import isnan

import numpy as np
import pytest

from results.estimates.frontier import Placed, Point, frontier


def placed(*points: tuple[str, float, float]) -> dict[str, Placed]:
    return {one.name: one for one in frontier([Point(*one) for one in points])}


def test_the_guide_of_the_health_economics_resource_center() -> None:
    """Costs, effects and ratios of its example: HERC, US Department of Veterans Affairs, Cost-Effectiveness Analysis.

    A costs more than B and yields less; C is beaten by a mix of B and D.
    """
    found = placed(
        ("E", 55_000, 5), ("D", 35_000, 4), ("C", 25_000, 3), ("B", 10_000, 2), ("A", 12_000, 1.5), ("UC", 5_000, 1)
    )
    assert {name: one.standing for name, one in found.items()} == {
        "UC": "frontier", "B": "frontier", "A": "dominated", "C": "extended", "D": "frontier", "E": "frontier",
    }  # fmt: skip
    assert [found[name].ratio for name in "BDE"] == [5_000, 12_500, 20_000]
    assert (found["A"].by, found["C"].by, found["D"].by) == (("B",), ("B", "D"), ("B",))
    assert isnan(found["UC"].ratio)


def test_screening_for_hiv_of_paltiel_and_others() -> None:
    """Table 4 of Paltiel et al. 2006, Annals of Internal Medicine 145(11), at high risk: five strategies.

    Costs and quality-adjusted life months as published; yearly tests are dominated; ratios in thousands of dollars a
    year: 36, 54 and, as rounded costs give it, 101 (published: 37, 57 and 101 from numbers before rounding).
    """
    found = placed(
        ("status quo", 26_000, 277.25 / 12),
        ("one time", 27_000, 277.57 / 12),
        ("every 5 years", 28_020, 277.78 / 12),
        ("every 3 years", 28_440, 277.83 / 12),
        ("every year", 29_440, 277.76 / 12),
    )
    assert found["every year"].standing == "dominated"
    assert found["every year"].by == ("every 3 years",)
    steps = [found[name].ratio for name in ("one time", "every 5 years", "every 3 years")]
    assert steps == pytest.approx([37_500, 58_286, 100_800], rel=1e-3)


def test_steps_along_the_frontier_cost_more_and_more_and_no_mix_beats_it() -> None:
    """Fifty random clouds of eight plans: no plan, and no mix of two, costs no more and yields more than the line."""
    luck = np.random.default_rng(1)
    for _ in range(50):
        points = [Point(str(n), *luck.uniform(0, 1, 2)) for n in range(8)]
        line = [one for one in frontier(points) if one.standing == "frontier"]
        ratios = [one.ratio for one in line[1:]]
        assert ratios == sorted(ratios)
        costs, effects = [one.cost for one in line], [one.effect for one in line]
        for one in points:
            if one.cost >= costs[0]:
                assert one.effect <= np.interp(one.cost, costs, effects) + 1e-12


def test_two_plans_that_are_alike_are_said_to_be_and_the_first_stays() -> None:
    found = placed(("base", 1.0, 2.0), ("other", 1.0, 2.0))
    assert (found["base"].standing, found["other"].standing, found["other"].by) == ("frontier", "same", ("base",))


def test_of_plans_that_cost_the_same_the_one_that_yields_more_stands() -> None:
    found = placed(("less", 1.0, 2.0), ("more", 1.0, 3.0))
    assert (found["less"].standing, found["less"].by) == ("dominated", ("more",))
    assert isnan(found["more"].ratio)


def test_one_plan_alone_is_the_frontier() -> None:
    assert placed(("alone", 1.0, 0.0))["alone"].standing == "frontier"
    assert frontier([]) == ()
