"""A scenario as plain data of JSON, from which a page makes it again with `Scenario.of`."""

from collections.abc import Mapping
from typing import Any

from scenarios import KEYS, Scenario, value_of
from scenarios.schema.roster import Roster
from scenarios.schema.settings import Settings


def plain_settings(settings: Settings) -> dict[str, Any]:
    """Dotted key -> value."""
    return {key: value_of(settings, key) for key in KEYS}


def plain_scenario(scenario: Scenario) -> dict[str, Any]:
    """The same of a scenario, and what it is called, says and was given; of its members, what rules read."""
    return {
        **plain_settings(scenario),
        "name": scenario.name,
        "title": scenario.title,
        "question": scenario.question,
        "sources": dict(scenario.sources),
        "observed": [
            {"outcome": one.outcome, "month": one.month, "measured": vars(one.measured), "source": one.source}
            for one in scenario.observed
        ],
        "roster": None if scenario.roster is None else _plain_roster(scenario.roster),
        "posterior": None if scenario.posterior is None else {"name": scenario.posterior.name},
    }


def _plain_roster(roster: Roster) -> Mapping[str, Any]:
    standing = roster.standing
    return {
        **{key: getattr(roster, key) for key in ("names", "contacts", "introductions", "joins", "leaves")},
        "standing": None if standing is None else {"notes": standing.notes, "waiting": [[]] * len(standing.waiting)},
    }
