"""What the page's own components are given: plain data, made of what `results` says."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from math import isfinite
from typing import Any

import scenarios
from explore.opening import Opening
from explore.sitting import Sitting
from results.comparing.choosing_scenarios import load
from results.exploring.explored import Explored
from results.exploring.film import Film
from results.exploring.levers import groups, levers, value
from results.exploring.live_comparison import Course, Months, courses_for, saved
from results.exploring.provenance import origins
from results.words.numbers import label as label_numbers
from results.words.numbers import scaled
from results.words.numbers import unit as unit_numbers
from results.words.observed import observed_line
from scenarios.schema.observation import Observation
from simulation.outcomes import BY_NAME, MONTHLY

FIRST = ("collaboration_rate", "active_rate")
"""Outcomes whose charts always stand; a third one can be chosen."""


def library_data(opening: Opening) -> list[dict[str, str]]:
    """The scenarios to choose from: the library, and what was named on the command line."""
    found = [{"name": one.name, "title": one.title} for one in scenarios.summaries()]
    for given in dict.fromkeys((opening.scenario, opening.baseline or opening.scenario)):
        if given not in scenarios.names():
            found.append({"name": given, "title": f"{load(given, opening.settings, None).title} ({given})"})
    return found


def lever_data(sitting: Sitting) -> dict[str, Any]:
    """The levers of the scenario chosen, with its own values and those moved."""
    at = sitting.start
    every = [
        {"name": name, "levers": [{**asdict(one), "value": value(at, one)} for one in some]}
        for name, some in groups(levers(at))
    ]
    return {"groups": every, "question": at.question}


def answer_data(found: Explored, n: int) -> dict[str, Any]:
    """Sentences, charts and tables."""
    both, courses = ((found.base, "base"), (found.this, "this")), courses_for(found)
    return {
        "n": n,
        "base": found.base.name,
        "this": found.this.name,
        "replicates": found.asked.replicates,
        "sentences": found.sentences,
        "notes": found.notes,
        "lines": [asdict(line) for line in found.lines()],
        "costs": [asdict(line) for line in found.costs()],
        "first": FIRST,
        "closings": [{"name": one.name, "month": one.closing_month} for one, _ in both if one.closes],
        "outcomes": [
            {
                "outcome": outcome.name,
                "title": outcome.label[:1].upper() + outcome.label[1:],
                "unit": _axis(outcome.name),
                "most": {"share": 100, "level": 1}.get(outcome.scale, 0),
                "lines": [{"role": role, **_course(courses[one.name][outcome.name])} for one, role in both],
                "observed": [_observed(one) for one in found.base.observed if one.outcome == outcome.name],
                "text": _text(found, courses, outcome.name),
            }
            for outcome in MONTHLY
        ],
    }


def origins_data(found: Explored) -> dict[str, Any]:
    """Where it comes from."""
    return {**asdict(origins(found)), "base": found.base.name, "this": found.this.name}


def film_data(played: Film) -> dict[str, Any]:
    """A film."""
    return asdict(played)


def scenario_file(found: Explored, which: str) -> dict[str, str]:
    """The scenario explored, or its baseline, as a file to be saved."""
    name, text = saved(found.base if which == "base" else found.this)
    return {"name": name, "text": text, "kind": "application/toml"}


def _axis(outcome: str) -> str:
    return {"k USD": "thousand USD", "": "count"}.get(unit := unit_numbers(outcome), unit)


def _course(course: Course) -> dict[str, list[float | None]]:
    return {
        name: list(_plain(values))
        for name, values in (("mean", course.mean), ("low", course.low), ("high", course.high))
    }


def _plain(values: Months) -> Iterable[float | None]:
    return (round(one, 4) if isfinite(one) else None for one in values.tolist())


def _observed(one: Observation) -> dict[str, Any]:
    """The mark of what was observed of the baseline, in the unit in which the outcome is shown."""
    scale = BY_NAME[one.outcome].scale
    value, low, high = (
        None if end is None else scaled(end, scale) for end in (one.measured.value, one.measured.low, one.measured.high)
    )
    return {"month": one.month, "value": value, "low": low, "high": high}


def _text(found: Explored, courses: Mapping[str, Mapping[str, Course]], outcome: str) -> str:
    """A chart for someone who does not see it: where both lines stand at the closing, and at the end."""
    label = label_numbers(outcome)
    said = []
    for month in dict.fromkeys((found.base.reporting_month, found.base.last_month)):
        stands = []
        for one in (found.base, found.this):
            mean = courses[one.name][outcome].mean
            if month < len(mean):
                stands.append(f"{mean[month]:,.3g} in {one.name}")
        said.append(f"in month {month} {' and '.join(stands)}")
    said += [
        f"observed in {found.base.name}: {observed_line(one)}" for one in found.base.observed if one.outcome == outcome
    ]
    return f"{label}, month by month: {'; '.join(said)}"
