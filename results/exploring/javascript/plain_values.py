"""A scenario as plain data of JSON, from which a page makes it again with `Scenario.of`."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from results.exploring.javascript.stand_ins import Members, Today
from scenarios import KEYS, Posterior, Roster, Scenario, value_of
from scenarios.reading.posterior_file import is_shipped
from scenarios.schema.funders import CoFunder
from scenarios.schema.keys import OTHERS
from scenarios.schema.settings import Settings


def plain_settings(settings: Settings) -> dict[str, Any]:
    """Dotted key -> value."""
    return {key: plain_funders(value) if key == OTHERS else value for key, value in _values(settings)}


def _values(settings: Settings) -> list[tuple[str, Any]]:
    return [(key, value_of(settings, key)) for key in KEYS]


def plain_funders(others: Iterable[CoFunder]) -> list[dict[str, Any]]:
    """Funders after the first, as their record is made again."""
    return [dict(vars(one)) for one in others]


def plain_scenario(scenario: Scenario) -> dict[str, Any]:
    """The same of a scenario, with what it is called, says and was given, as far as rules and sentences ask for it."""
    return {
        **plain_settings(scenario),
        "name": scenario.name,
        "title": scenario.title,
        "question": scenario.question,
        "sources": dict(scenario.sources),
        "observed": [{**vars(one), "measured": vars(one.measured)} for one in scenario.observed],
        "roster": None if scenario.roster is None else plain_members(scenario.roster),
        "posterior": None if scenario.posterior is None else plain_particles(scenario.posterior),
    }


def plain_members(roster: Roster) -> dict[str, Any]:
    """Members as `Members` has them."""
    standing, parts = roster.standing, [one.name for one in fields(Members) if one.name != "standing"]
    today = None if standing is None else {one.name: getattr(standing, one.name) for one in fields(Today)}
    return {part: getattr(roster, part) for part in parts} | {"standing": today}


def plain_particles(posterior: Posterior) -> dict[str, Any]:
    """A posterior as `Particles` has it."""
    return {
        "name": posterior.name,
        "keys": posterior.keys,
        "particles": len(posterior),
        "draws": posterior.draws.tolist(),
        "shipped": is_shipped(posterior),
    }
