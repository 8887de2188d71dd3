"""Three outcomes and more: a known front is found, and what is traded is told."""

import json
import re
import warnings
from collections.abc import Mapping
from math import cos, pi, sin
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
from click.testing import CliRunner

from cli import main
from results.commands.json_schemas import BY_COMMAND
from results.figures.optimising.trade_offs import trade_off_figure
from results.optimising.final import optimise
from results.optimising.finalists import FINALISTS
from results.optimising.search import search
from results.optimising.words import answer, said_of
from simulation.outcomes import outcome_named
from tests.known_optimum import INTENSITY, Worth, closed_form, question

SHARES = (INTENSITY, "closing.wind_down", "network.flexibility", "funder.weight", "members.replacement")
THREE = ("evidence", "translation", "collaborations")


def dtlz2(values: Mapping[str, Any]) -> tuple[float, float, float]:
    """Three outcomes whose front is the part of the unit sphere below 0; Deb et al. 2002, turned to be maximized."""
    first, second, *rest = (float(values[key]) for key in SHARES)
    far = 1 + sum((one - 0.5) ** 2 for one in rest)
    a, b = first * pi / 2, second * pi / 2
    return -far * cos(a) * cos(b), -far * cos(a) * sin(b), -far * sin(a)


def _outcome(place: int) -> Worth:
    return lambda values: dtlz2(values)[place]


MODEL = closed_form(
    {
        **{name: _outcome(place) for place, name in enumerate(THREE)},
        "total_cost": lambda values: sum(float(values[key]) for key in SHARES),
    }
)


def test_the_known_front_of_three_outcomes_is_come_near_within_the_budget() -> None:
    asked = question(
        3.0, *(f"{key}=0:1" for key in SHARES), outcomes=THREE, trials=200, replicates=2, final=2, seed=2
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tried = [one for one in search(asked, MODEL) if one.is_feasible(asked)]
    points = np.array([[one.mean(name) for name in THREE] for one in tried])
    corners = np.random.default_rng(1).random((4000, 3)) * 1.1  # of the box, the part that is worse than some point
    covered = (-points[:, np.newaxis] <= corners).all(axis=2).any(axis=0).mean()
    # The whole front covers 61 % but for the budget. Of 8 seeds chance covers 36 to 39 %, TPE 25 to 37, this 40 to 46.
    assert covered > 0.41


def test_the_final_has_the_best_in_each_outcome_and_says_what_they_give_up() -> None:
    asked = question(5.0, *(f"{key}=0:1" for key in SHARES), outcomes=THREE, trials=80, replicates=2, final=3)
    found = optimise(asked, MODEL)
    assert len(found.finalists) <= FINALISTS + 1
    for name in THREE:
        best = max(one.mean(name) for one in found.candidates if one.is_feasible(asked))
        assert max(one.report.mean(name) for one in found.front) == best
    said = answer(found)
    assert any("With 3 outcomes there is no single best" in line for line in said)
    assert sum(line.startswith("Best in ") for line in said) == 2
    assert re.search(r"Compared with the use named first: .*; .*; ", " ".join(said))
    assert [one.title for one in said_of(found).body][:3] == [  # type: ignore[union-attr]
        "Plans of each kind, with fresh luck", "What they achieve", "The winner's lead",
    ]  # fmt: skip


def test_outcomes_that_do_not_conflict_are_said_not_to() -> None:
    model = closed_form({**dict.fromkeys(THREE, lambda values: float(values[INTENSITY])), "total_cost": lambda _: 1.0})
    asked = question(5.0, f"{INTENSITY}=0:1:0.1", outcomes=THREE, trials=20, replicates=2, final=3)
    assert "nothing has to be traded" in answer(optimise(asked, model))[-1]


def test_any_number_of_outcomes_may_be_asked_for(tmp_path: Path) -> None:
    outcomes = ("collaboration_rate", "evidence", "surviving", "total_cost", "trust")
    words = [word for one in outcomes for word in ("--outcome", one)]
    done = CliRunner().invoke(main, [
        "optimise", "salex", "--budget", "2m", "--lever", f"{INTENSITY}=0:1", "--lever", "grants.per_call=0:8", *words,
        "--trials", "12", "--replicates", "3", "--final", "4", "--fixed", "--json", "--no-figures",
        "--out", str(tmp_path / "run"),
    ])  # fmt: skip
    assert done.exit_code == 0, done.output
    assert done.stderr == ""
    document = json.loads(done.stdout)
    jsonschema.Draft202012Validator(BY_COMMAND["optimise"]).validate(document)
    assert document["outcomes"] == list(outcomes)
    assert len(document["finalists"][1]["winner_less_this"]) == len(outcomes)


def test_the_picture_has_a_line_for_each_outcome_and_a_path_for_each_use() -> None:
    asked = question(5.0, *(f"{key}=0:1" for key in SHARES), outcomes=THREE, trials=30, replicates=2, final=3)
    found = optimise(asked, MODEL)
    texts = " ".join(text.get_text() for text in trade_off_figure(found).axes[0].texts)
    for name in THREE:
        assert outcome_named(name).label in texts
    paths = [line for line in trade_off_figure(found).axes[0].lines if np.size(line.get_xdata()) == len(THREE)]
    assert len(paths) == len(found.front) + 1, "and the plan"
