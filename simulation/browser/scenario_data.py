"""A scenario as a page is given it: its values by key, what is not known of them, and the members that a file names.

Everything that depends on names, files or weights is worked out here; a page only puts numbers in their places.
"""

from base64 import b64encode
from typing import Any

import numpy as np

from scenarios import Scenario, check_particles
from scenarios.reading.reading import fixed_by
from scenarios.schema.contradictions import DECIDED_TOGETHER, INTERESTS
from scenarios.schema.funders import plain_value
from scenarios.schema.keys import KEYS, Key, value_of
from scenarios.schema.own_files import mark_of
from scenarios.schema.posterior import IN_A_ROW, Posterior
from scenarios.schema.roster import Roster
from simulation.browser.entrance import ARRAYS
from simulation.engine.numbers import in_number
from simulation.founding import members_ever, roster_arrays
from simulation.funding import others_priorities, rows_as_given, taper_of
from simulation.identities import in_order, roster_words

JOINERS = 2_400
"""Further members that a page can let join those of a roster: their luck goes by words that are worked out here."""


TODAY = "network.today"
"""From when a run goes on is a question of files: a page cannot ask it."""


def scenario_data(scenario: Scenario) -> dict[str, Any]:
    """A scenario for a page, as plain data.

    Raises:
        ScenarioError: if the particles of its posterior contradict it.
    """
    check_particles(scenario)
    ordered = in_order(scenario)
    roster = ordered.scenario.roster
    return {
        "name": scenario.name,
        "title": scenario.title,
        "question": scenario.question,
        "values": {name: plain_value(value_of(scenario, name)) for name in KEYS},
        "named": len(roster.names) if roster is not None and roster.joins else 0,
        "settled": [TODAY, *(fixed_by(roster) if roster is not None else ())],
        "topics": ordered.topics.tolist(),
        "members": ordered.members.tolist(),
        "names": _names_data(scenario.roster, roster) if roster is not None and scenario.roster is not None else None,
        "arrays": _arrays_data(ordered.scenario, roster),
        "posterior": _posterior_data(scenario.posterior) if scenario.posterior is not None else None,
        "rules": mark_of(scenario.rules),
    }


def keys_data() -> dict[str, Any]:
    """What may stand under each key, as plain data."""
    return {name: _key_data(key) for name, key in KEYS.items()}


def _key_data(key: Key) -> dict[str, Any]:
    words = {key.word: in_number(key.word)} if key.word else {}
    return {
        "kind": key.kind,
        "low": key.low,
        "high": key.high,
        "words": words,
        "optional": in_number(None) if key.optional else None,
        "allowed": key.allowed,
    }


def _posterior_data(posterior: Posterior) -> dict[str, Any]:
    """Particles, a row each; which one each replicate lives with, over and over again; what settles what."""
    together = {key: sorted({one for pair in DECIDED_TOGETHER if key in pair for one in pair}) for key in KEYS}
    bounds = [posterior.values[:, posterior.keys.index(key)].max() for key in INTERESTS if key in posterior.keys]
    learned = posterior.values.astype("<f8")
    lived, whole = learned.copy(), [KEYS[key].kind == "int" for key in posterior.keys]
    lived[:, whole] = np.rint(lived[:, whole]) + 0.0  # as `Posterior.settings` has them, which knows no -0
    return {
        "keys": list(posterior.keys),
        "particles": b64encode(lived.tobytes()).decode("ascii"),
        # A calibration can leave fractions under keys that are whole: networks live with the whole, intervals do not.
        "learned": None if np.array_equal(lived, learned) else b64encode(learned.tobytes()).decode("ascii"),
        "of_replicates": posterior.particles_of(0, IN_A_ROW * len(posterior.draws)).tolist(),
        "settles": {key: keys for key, keys in together.items() if keys},
        "narrow": {"key": "network.topics", "below": max(bounds, default=0.0), "settles": list(INTERESTS)},
    }


def _names_data(read: Roster, ordered: Roster) -> dict[str, list[str]]:
    """What members are called, by row of their file; topics and regions, by the numbers that the engine gives them."""
    return {"members": list(read.names), "topics": list(ordered.topics), "regions": list(ordered.regions)}


def _arrays_data(scenario: Scenario, roster: Roster | None) -> dict[str, Any]:
    """Arrays of `entrance.ARRAYS`, flat, that are not empty; `ties` also where they are, but known."""
    given = roster_arrays(scenario)
    before, after = others_priorities(scenario)
    of_funders = {
        "other_funders": rows_as_given(scenario)[1:],
        "other_tapers": np.array([share for one in scenario.funder.others for share in taper_of(one)], np.float64),
        "other_priorities": before,
        "other_shifted_priorities": after,
    }
    arrays = (
        of_funders | given._asdict() | {f"today_{name}": values for name, values in given.standing._asdict().items()}
    )
    if roster is not None:
        joiners = 0 if roster.joins else JOINERS
        arrays["words"], arrays["topic_words"] = roster_words(roster, members_ever(scenario) + joiners)
    data = {name: arrays[name].ravel().tolist() for name in ARRAYS if name in arrays}
    return {name: values for name, values in data.items() if values or (name == "ties" and given.has_ties)}
