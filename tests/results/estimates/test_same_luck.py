"""Comparing networks that are not alike: in what they differ is said, and the same luck only where it is."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.text import Text

import scenarios
from results.comparing import words as compare_words
from results.estimates.comparison import compare
from results.estimates.same_luck import have_same_members, same_luck
from results.figures.comparing.forest import difference_figures
from results.sweeping.words import shared_luck
from results.words.unlike import unlike
from scenarios.designs.design import plan
from simulation.outcomes import MONTHLY_NAMES, NAMES
from simulation.running.ensemble import Ensemble

SALEX = scenarios.load("salex", posterior=None)
LUCK = "with the same luck"


def other(**changes: Any) -> scenarios.Scenario:
    return scenarios.replace(SALEX, {"name": "other", **{key.replace("__", "."): one for key, one in changes.items()}})


def ensemble(scenario: scenarios.Scenario, rate: float) -> Ensemble:
    values = np.zeros((40, len(NAMES)))
    values[:, NAMES.index("collaboration_rate")] = rate + 0.02 * np.sin(np.arange(40) * (1 + 10 * rate))
    months = np.zeros((scenario.last_month + 1, len(MONTHLY_NAMES)))
    return Ensemble(scenario, 1, 0, values, months, np.zeros((2, *months.shape)))


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        (
            {"network__members": 30},
            ["Networks differ in their members (salex 22, other 30)", "only for members that both"],
        ),
        ({"network__joining": 0.5}, ["salex 22, other 22 and 0.5 per month"]),
        ({"network__months": 50}, ["different lengths (salex 61 months, other 50 months)", "such as its cost"]),
        ({"closing__month": 30}, ["salex month 25, its closing, other month 30, its closing", "lengths (salex 61"]),
        ({"closing__month": "never"}, ["other month 60, its last, as it goes on"]),
        ({"grants__per_call": 0}, []),
    ],
)
def test_networks_of_other_size_or_length_are_said_to_be(changes: dict[str, Any], parts: list[str]) -> None:
    sentences = " ".join(unlike([SALEX, other(**changes)]))
    assert all(part in sentences for part in parts)
    assert bool(sentences) is bool(parts)


def test_other_members_from_a_file_have_other_luck(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text("name,interests\n" + "".join(f"M{i},x\n" for i in range(22)))
    named = other(members__file=str(tmp_path / "members.csv"))
    assert named.network.members == 22
    assert not have_same_members(SALEX, named)
    assert "other 22 from a file" in " ".join(unlike([SALEX, named]))


@pytest.mark.parametrize("members", [22, 30])
def test_the_same_luck_is_said_only_where_both_have_the_same_members(members: int) -> None:
    runs = [ensemble(SALEX, 0.6), ensemble(other(network__members=members), 0.5)]
    found = compare(runs, "salex")
    said = compare_words.answer(found, "other", "Other") + compare_words.pairing(found)
    figures = difference_figures(found.differences, "salex")
    caption = " ".join(text.get_text() for figure in figures for text in figure.findobj(Text))

    assert "in all 40 networks" in said or "of 40 networks" in said
    assert (LUCK in said) is (members == 22)
    assert (LUCK in " ".join(caption.split())) is (members == 22)


def test_points_that_differ_in_members_are_not_said_to_share_all_luck() -> None:
    assert "has the same luck" in shared_luck(plan(SALEX, ["grants.per_call=0,4"]))
    for varied in ("network.members=22,30", "network.joining=0,1", "scenario=salex,sparc"):
        assert "only for members that all of them have" in shared_luck(plan(SALEX, [varied]))
    assert same_luck(["grants.per_call"]) == "the same luck"
    assert same_luck(["network.members"]) != "the same luck"
