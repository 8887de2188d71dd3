"""What a design promises and does not do: steps that stop short of their end, factors that have no effect at all."""

from collections.abc import Iterator

from scenarios import Scenario, ScenarioError
from scenarios.design import Design
from scenarios.idle import always_without_effect

LOOKED_AT = 200
"""Points of which it is seen whether a factor has any effect there, evenly spread over the design."""


def design_notes(design: Design) -> list[str]:
    """What is to be said of a design's factors before anybody waits for what they do, a sentence each."""
    said = [f"{factor.stops_short}." for factor in design.factors if factor.stops_short]
    keys = [factor.key for factor in design.factors]
    points = min(len(design), LOOKED_AT)
    where = "at any point" if points == len(design) else f"at any of {points} points looked at"
    for key, why in always_without_effect(_points(design, points), keys).items():
        said.append(f"{key} is varied, but has no effect {where}, because {why}.")
    return said


def _points(design: Design, count: int) -> Iterator[Scenario]:
    for place in range(count):
        try:
            yield design.scenario(place * len(design) // count)
        except ScenarioError:  # it fails when it is run, and is told of there
            continue
