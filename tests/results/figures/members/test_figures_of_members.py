"""Members by name, drawn: every name in its place, and who loses most on top."""

import numpy as np
import pytest

from results.estimates.many_intervals import many_intervals
from results.figures.members.changes import MOST_ROWS, change_figure
from results.figures.members.network import members_figures
from results.members.estimates import Changes, estimates_of
from results.members.fates import Fates
from results.members.measures import MEASURES
from scenarios import load
from scenarios.schema.roster import Roster
from tests.figure_texts import assert_nothing_is_cut_off_or_overlaps, said

NETWORKS = 12


def named(members: int) -> Roster:
    """So many members with long names, of three topics and two regions."""
    interests = np.eye(3)[np.arange(members) % 3]
    return Roster(
        tuple(f"Organization of the northern schools {number}" for number in range(members)),
        ("literacy", "numeracy", "teachers"), ("North", "South"), interests, np.arange(members) % 2,
        np.ones(members, np.int64), np.full(members, 0.5), np.zeros(members, np.bool_), np.zeros(members), (),
    )  # fmt: skip


def made_up(members: int) -> Fates:
    """Fates by luck alone: nothing is simulated."""
    luck = np.random.default_rng(members)
    scenario = load("salex", posterior=None).with_roster(named(members))
    pairs = members * (members - 1) // 2
    values = {one.name: luck.integers(0, 2, (NETWORKS, members)).astype(np.float64) for one in MEASURES}
    return Fates(
        scenario, 1, 36, values, luck.random((NETWORKS, pairs)) < 0.1, luck.integers(0, NETWORKS, pairs),
        np.zeros((members, members), np.int64),
    )  # fmt: skip


@pytest.mark.parametrize("members", [9, 60])
def test_the_network_has_its_names(members: int) -> None:
    (figure,) = members_figures(estimates_of(made_up(members)))
    assert_nothing_is_cut_off_or_overlaps(figure)
    assert "month 36" in said(figure)


def test_a_cloud_is_not_drawn() -> None:
    assert members_figures(estimates_of(made_up(301))) == []


@pytest.mark.parametrize("members", [2, 42, 80])
def test_who_loses_most_stands_on_top(members: int) -> None:
    luck = np.random.default_rng(5)
    values = luck.integers(-1, 2, (NETWORKS, members)).astype(np.float64)
    change = {one.name: many_intervals(values, least=-1.0, most=1.0) for one in MEASURES}
    names = named(members).names
    chance = {one.name: np.full(members, 0.5) for one in MEASURES}
    figure = change_figure(Changes("plan", "mine", names, change, chance, (), (), True))
    assert_nothing_is_cut_off_or_overlaps(figure)
    assert ("that lose most" in said(figure)) == (members > MOST_ROWS)
    (axes,) = [one for one in figure.axes if one.get_label() == "changes"]
    dots = [float(np.asarray(line.get_xdata())[0]) for line in axes.lines if line.get_marker() == "o"]
    assert dots == sorted(dots)
    assert len(dots) == min(members, MOST_ROWS)


def test_one_network_is_drawn_without_intervals() -> None:
    alone = many_intervals(np.array([[1.0, -1.0]]), least=-1.0, most=1.0)
    change = {one.name: alone for one in MEASURES}
    chance = {one.name: np.full(2, np.nan) for one in MEASURES}
    assert_nothing_is_cut_off_or_overlaps(
        change_figure(Changes("plan", "mine", ("A", "B"), change, chance, (), (), True))
    )
