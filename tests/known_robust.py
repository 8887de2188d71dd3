"""Stand-ins for the engine over futures, with robust plans that are known, for tests of `optimise --over`."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import scenarios
from results.optimising.search import read_levers
from results.robust_search.asked import RobustQuestion
from results.robust_search.bars import read_bars
from results.robust_search.criteria import CriterionName
from results.robust_search.plans import EvaluateOver, Found, Place
from results.robust_search.stages import futures_asked

X, Y = "facilitation.intensity", "closing.wind_down"
U, V, W = "funder.shift.facilitation", "funder.shift.grants", "members.replacement"
"""Two levers and three unknowns that run from 0 to 1."""
Outcome = Callable[[Mapping[str, Any], Mapping[str, Any]], float]
"""Of a plan in a future."""


def robust_question(
    folder: Path,
    criterion: CriterionName,
    levers: Sequence[str] = (f"{X}=0:1",),
    unknown: Sequence[str] = (U,),
    bars: Sequence[str] = (),
    futures: int = 400,
    **more: Any,
) -> RobustQuestion:
    """What is asked of `salex` with fixed parameters, over futures in which some unknowns run from 0 to 1."""
    file = folder / "unknown.toml"
    file.write_text("[vary]\n" + "".join(f'"{key}" = "0:1"\n' for key in unknown), encoding="utf-8")
    plan = scenarios.load("salex", posterior=None)
    seed = more.setdefault("seed", 1)
    searched = more.setdefault("searched", 100)
    what = futures_asked(str(file), plan, searched, futures, seed)
    outcomes = more.pop("outcomes", ("collaboration_rate",))
    budget = more.pop("budget", 1.0)
    asked_bars = read_bars(bars, plan)
    return RobustQuestion(plan, read_levers(levers), budget, outcomes, asked_bars, criterion, what, **more)


def over_futures(
    asked: RobustQuestion,
    worths: Mapping[str, Outcome],
    *,
    cost: Outcome = lambda _plan, _future: 0.5,
    noise: float = 0.0,
) -> EvaluateOver:
    """A model with a closed form in every future, perhaps with luck that all plans of a future share."""

    def evaluate(wanted: Sequence[Mapping[str, Any]], place: Place) -> list[Found]:
        stage = asked.futures.stages[place.stage]
        settings = [asked.futures.values(place.stage, future) for future in place.futures]
        luck = [noise * np.random.default_rng(stage.seeds[future]).normal() for future in place.futures]
        told = {**worths, "total_cost": cost}
        found: list[Found] = []
        for plan in wanted:
            means = np.array(
                [
                    [told[name](plan, future) + (lucky if name != "total_cost" else 0.0) for name in asked.kept]
                    for future, lucky in zip(settings, luck, strict=True)
                ]
            )
            found.append((np.stack([means, np.zeros_like(means)]), ""))
        return found

    return evaluate
