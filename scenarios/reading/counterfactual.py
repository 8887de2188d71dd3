"""Whether a scenario under overrides is still the network that was observed, or one that never was.

What was observed is of the network as somebody decided it. Another *lever* makes another network, so the observation
goes. Another *uncertainty* is another belief about the same network, so it stays; and so it does where only the
simulation looks on for longer or shorter, as long as it reaches the month of the observation.
"""

from collections.abc import Mapping
from typing import Any

from scenarios.schema.keys import CURRENCY, KEYS, PRICES, RATE, value_of
from scenarios.schema.observation import Observation
from scenarios.schema.scenario import Scenario

CLOSE = 1e-9
"""Relative difference within which two prices are worth as much."""
HORIZON = ("network.months", "closing.follow_up")
"""Levers that say how long the simulation looks on, and change nothing of the network."""
BOOKS = (CURRENCY, RATE, "costs.staff")
"""Levers that say what amounts are in, and how many people a backbone is: the same network in other books."""


def still_observed(
    observed: tuple[Observation, ...], before: Mapping[str, Any], scenario: Scenario
) -> tuple[Observation, ...]:
    """What was observed and still is of the network.

    Args:
        observed: of the network before.
        before: its values by dotted key; a key that is missing has its default.
        scenario: after.
    """
    if not observed or decided_otherwise(before, scenario):
        return ()
    return tuple(one for one in observed if one.month is None or one.month <= scenario.last_month)


def decided_otherwise(before: Mapping[str, Any], scenario: Scenario) -> tuple[str, ...]:
    """Levers that have another value than before."""
    return tuple(
        name
        for name, key in KEYS.items()
        if key.role == "lever" and name not in HORIZON and name not in BOOKS and not _is_alike(name, before, scenario)
    )


def _is_alike(name: str, before: Mapping[str, Any], scenario: Scenario) -> bool:
    """Whether a lever has the value that it had; a price in another currency has it if it is worth as much."""
    was, now = before.get(name, KEYS[name].default), value_of(scenario, name)
    rate_before, rate = before.get(RATE) or 1.0, scenario.costs.per_usd
    if name not in PRICES or rate_before == rate:
        return bool(was == now)
    return bool(abs(was / rate_before - now / rate) <= CLOSE * abs(now / rate))


def lost(before: Scenario, scenario: Scenario) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Outcomes whose observation is no longer one of the network, and the levers that make it another; see below."""
    gone = tuple(one.outcome for one in before.observed if one not in scenario.observed)
    return gone, decided_otherwise({name: value_of(before, name) for name in KEYS}, scenario) if gone else ()


def no_longer_observed(before: Scenario, scenario: Scenario) -> str:
    """Why what was observed of a network is not said of it under overrides, in a sentence; "" where nothing went.

    Args:
        before: the network as its file has it.
        scenario: under overrides.
    """
    gone, levers = lost(before, scenario)
    if not gone:
        return ""
    if levers:
        why = f"it is of the network as its file has it, and this one has another {' and another '.join(levers)}"
    else:
        why = f"only {scenario.last_month} months are simulated"
    return f"{before.name}: what was observed ({', '.join(gone)}) is left out: {why}."
