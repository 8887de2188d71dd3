"""What several test files ask and break: the command line, points that fail, networks where nothing goes on, twins."""

import json
from importlib.util import find_spec
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner, Result

import cli
import scenarios
import simulation
from results.commands.json_schemas import BY_COMMAND
from scenarios import ASSUMPTIONS, Scenario
from scenarios.designs import design
from simulation.running import campaign
from tests.steady import STEADY

ONE_PATTERN = """\
title = "Eight members"
scenario = "salex"
source = "nobody: made up for a test"

[setting]
network.members = 8
closing.month = 8
closing.notice = 2
closing.follow_up = 12

[[pattern]]
id = "rate"
text = "six of eight collaborated"
outcome = "collaboration_rate"
month = 8
observed = { successes = 6, of = 8 }
"""
"""A study of one pattern, as a file has it."""
DRAWN_WITHIN: dict[str, tuple[float, float]] = {
    "network.prior_ties": (0, 12),
    "closing.notice": (0, 30),
    "closing.wind_down_months": (0, 25),
    "closing.follow_up": (0, 16),
    "closing.renewal_months": (0, 12),
    "funder.shift.month": (1, 30),
    "funder.entry": (1, 12),
    "funder.exit": (7, 40),
    "funder.notice": (0, 6),
    "funder.taper": (0, 7),
    "grants.per_call": (0, 60),
    "facilitation.introductions": (0, 4),
    "members.interests_fewest": (1, 4),
    "members.interests_most": (1, 6),
    "members.capacity": (1, 20),
}
"""Key -> values within which random scenarios stay where their whole range would take minutes."""


def ask(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(cli.main, list(words), env=environment or None)


def needs(package: str) -> pytest.MarkDecorator:
    """The mark of tests that need an extra's package; unlike `importorskip` it imports nothing to find that out."""
    return pytest.mark.skipif(find_spec(package) is None, reason=f"{package} is not installed")


def document(command: str, *words: str, leaves: int = 0) -> Any:
    """The JSON document of a command, held against its schema."""
    result = ask(*command.split(), *words, "--json")
    assert result.exit_code == leaves, result.stderr
    found = json.loads(result.stdout, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    jsonschema.Draft202012Validator(BY_COMMAND[command]).validate(found)
    return found


def points_with_two_grants_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on they fail as they are run, as for want of memory."""
    at_point = design.at_point

    def broken(bases: Any, values: Any) -> Any:
        if values["grants.per_call"] == 2:
            raise MemoryError("for a moment")
        return at_point(bases, values)

    monkeypatch.setattr(campaign, "at_point", broken)


_ASIDE = (
    *("activity", "keeping-in-touch", "contact-by-interest", "region-odds", "own-region", "cold-channel"),
    *("uneven-decay", "lapsing", "staff-turnover", "soft-capacity", "search-breadth"),
    *("staff-time", "grants-by-their-money", "leadership-fits", "leadership-works", "heavy-hand"),
    *("unpaid-work-ends", "stewardship", "fading", "drift"),
)
_WEAKER = (
    *("costs.session", "behaviour.contact_rate", "behaviour.leave_below"),
    *(f"behaviour.trust_{kind}" for kind in ("convening", "group", "introduction", "contact")),
)
"""Keys that are never off, at the values that stand in `steady`."""
_OFF = {one.id: one.off for one in ASSUMPTIONS}
PLAIN: dict[str, Any] = {
    **{key: off for id in _ASIDE for key, off in _OFF[id].items()},
    **{key: STEADY[key] for key in _WEAKER},
}
"""Mechanisms that blur what others do, all off: a test of one mechanism begins here, whatever the defaults are."""
USUAL: dict[str, Any] = {
    "members.activity_spread": 0.6,
    "facilitation.convening_effort": 1.0,
    "facilitation.session_effort": 0.12,
    "facilitation.introduction_effort": 0.05,
    "costs.session": 500.0,
    "behaviour.trust_convening": 0.25,
    "behaviour.trust_group": 0.25,
    "behaviour.trust_introduction": 0.25,
    "behaviour.trust_contact": 0.15,
    "behaviour.contact_rate": 0.2,
    "behaviour.contact_known": 0.4,
    "behaviour.contact_interest": 2.0,
    "behaviour.region_odds": 3.0,
    "behaviour.cold_share": 0.1,
    "behaviour.search_breadth": 0.5,
    "behaviour.decay_spread": 0.4,
    "behaviour.lapse": 0.1,
    "behaviour.turnover": 0.17,
    "behaviour.grant_strength": 0.5,
    "behaviour.unpaid_hazard": 0.02,
    "behaviour.steward_chance": 0.4,
    "behaviour.fading": 0.04,
    "behaviour.drift": 0.02,
    "behaviour.leadership_fit": 0.25,
    "behaviour.leadership_work": 0.02,
    "behaviour.heavy_hand": 0.15,
    "behaviour.leave_below": 0.4,
}
"""Nearly every mechanism at work: a test of what the whole model does begins here, whatever the defaults are."""
STILL: dict[str, Any] = {
    **PLAIN,
    "facilitation.intensity": 0.0,
    "behaviour.contact_rate": 0.0,
    "behaviour.initiative": 0.0,
    "behaviour.decay": 0.0,
    "grants.per_call": 0,
    "closing.month": "never",
    "network.prior_ties": 4,
    "network.flexibility": 0.0,
}


def still(**more: Any) -> Scenario:
    """Nobody meets anybody: what happens to ties from before is all there is to see."""
    return scenarios.load("salex", [f"{key}={value}" for key, value in {**STILL, **more}.items()], posterior=None)


def twins_agree(asked: Scenario, replicates: int) -> None:
    """The compiled engine and the Mesa model give the same outcomes and the same courses."""
    compiled, mesa = (
        simulation.run(asked, seed=2, replicates=replicates, engine=name) for name in ("compiled", "mesa")
    )
    np.testing.assert_allclose(compiled.values, mesa.values, rtol=1e-12, equal_nan=True)
    np.testing.assert_allclose(compiled.sum_months, mesa.sum_months, rtol=1e-12, atol=1e-12)
