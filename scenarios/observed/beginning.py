"""A scenario that begins at a wave of a survey, with the members and the ties of that wave."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.files.faults import shown
from scenarios.observed.latent_ties import latent_ties
from scenarios.observed.waves import Waves, WavesError
from scenarios.reading import reading
from scenarios.reading.roster import same
from scenarios.schema.keys import value_of
from scenarios.schema.roster import Roster
from scenarios.schema.scenario import Scenario
from scenarios.schema.whole_numbers import whole_number


@dataclass(frozen=True, eq=False)
class Begun:
    """A scenario that begins at a wave.

    Attributes:
        scenario: month 0 is that of the wave.
        members: numbers in the survey's roster of the scenario's members: those who were members then, int[members].
        habits: of naming, of all members of the roster, float[members]: what each adds to its log-odds.
    """

    scenario: Scenario
    members: NDArray[np.int64]
    habits: NDArray[np.float64]


def at_first_wave(scenario: Scenario, waves: Waves, imputation: int = 0, seed: int = 1) -> Scenario:
    """The scenario with the surveyed members, begun at the first wave; see `at_wave`."""
    return at_wave(scenario, waves, 0, imputation, seed).scenario


def at_wave(scenario: Scenario, waves: Waves, wave: int, imputation: int = 0, seed: int = 1) -> Begun:
    """The scenario with the members of a wave, begun there; the wave's ties are its ties from before.

    Month 0 is the wave's month. The calendar moves with it: grant calls keep their rhythm, a closing and a shift of the
    funder keep their dates; a shift that has come already holds from month 1, a closing that has been announced already
    is announced in month 1. The run is lengthened to reach the last wave.

    What no survey of ties tells begins as at a founding: engagement, shared practice, who collaborates with whom, the
    round of convenings (the first in month 1) and the move from building relations to making evidence.

    Args:
        scenario: whose levers and behaviour are taken; its own members are not.
        waves: the surveys.
        wave: at which to begin; not the last one.
        imputation: number of the imputation, 0 or more. Ties that the wave does not tell for certain are drawn: those
            of pairs of which nobody told anything, so that non-response is not taken for isolation, and where reports
            may be in error, all of them. Where there is nothing to draw, every number gives the same.
        seed: of the imputations.

    Raises:
        WavesError: if the network closes before the wave.
        ScenarioError: if the scenario does not go with the roster, as where it weighs another number of topics.
        ValueError: if imputation or seed are no whole numbers, or out of range.
    """
    imputation, seed = whole_number("imputation", imputation), whole_number("seed", seed, high=None)
    begun, last = waves.months[wave], waves.months[-1] - waves.months[wave]
    closing, shift = scenario.closing_month - begun, scenario.shift_month - begun
    if scenario.closes and closing < 1:
        which = "the first wave" if wave == 0 else f"wave {wave + 1}"
        raise WavesError(
            f"closing.month is {scenario.closing_month}, but {which} is in month {begun}: a network that begins "
            "at it must close after it; set closing.month later, or leave it out"
        )
    drawn = latent_ties(waves, wave, imputation, seed)
    members = np.flatnonzero(waves.there[wave])
    if scenario.members.without or scenario.members.introductions or scenario.members.groups:
        raise WavesError(
            "members.without, members.introductions and members.groups plan for the members of the scenario, but a "
            "network that begins at a survey has those of the survey; leave them out"
        )
    if scenario.network.today:
        raise WavesError(
            f"network.today is {scenario.network.today}, but a network that begins at a survey begins with its ties; "
            "leave network.today and the files of today out"
        )
    roster = of_members(waves.roster, members, drawn.strength)
    roster = replace(roster, contacts=_contacts_since(scenario, waves.roster, roster, begun))
    first, every = scenario.grants.first, scenario.grants.every
    most = min(scenario.members.interests_most, len(roster.topics))
    changes: dict[str, Any] = {
        "members.file": "",
        "members.ties": "",
        "members.contacts": "",
        "network.members": len(roster.names),
        "network.topics": len(roster.topics),
        "network.regions": len(roster.regions),
        "members.champions": int(roster.champion.sum()),
        # Only later joiners are drawn; they cannot have more interests than there are topics.
        "members.interests_most": most,
        "members.interests_fewest": min(scenario.members.interests_fewest, most),
        "grants.first": first - begun if first > begun else every - (begun - first) % every,
    }
    if scenario.closes:
        changes |= {"closing.month": closing, "closing.notice": min(scenario.closing.notice, closing - 1)}
    if scenario.closes and scenario.closing.wind_down_months is not None:
        changes["closing.wind_down_months"] = min(scenario.closing.wind_down_months, closing)
    if scenario.facilitation.cancelled:
        changes["facilitation.cancelled"] = max(scenario.facilitation.cancelled - begun, 0)
    if scenario.shift_month:
        changes["funder.shift.month"] = max(shift, 1)
    if scenario.network.months is not None:
        changes["network.months"] = max(scenario.network.months - begun, last, closing, 1)
    shifted = reading.replace(scenario, changes)
    if shifted.last_month < last:
        shifted = reading.replace(shifted, {"network.months": last})
    said = "estimate: the surveyed members, and the calendar from the wave on"
    moved = {key: said for key in changes if value_of(shifted, key) != value_of(scenario, key)}
    shifted = shifted.model_copy(update={"sources": scenario.sources | moved})
    return Begun(shifted.with_roster(roster), members, drawn.habits)


def _contacts_since(
    scenario: Scenario, everybody: Roster, roster: Roster, begun: int
) -> tuple[tuple[int, int, int], ...]:
    """The scenario's measured contacts after a wave, counted from it, of those who were members in it.

    Raises:
        WavesError: if somebody who met is no member of the survey at all.
    """
    if scenario.roster is None or not scenario.roster.contacts:
        return ()
    names = [same(name) for name in scenario.roster.names]
    known = {same(name) for name in everybody.names}
    met = {member for _, *pair in scenario.roster.contacts for member in pair}
    if strange := sorted(scenario.roster.names[member] for member in met if names[member] not in known):
        raise WavesError(
            f"members.contacts has {', '.join(map(shown, strange[:5]))}{' and others' if len(strange) > 5 else ''}, "
            "who are not in the survey's members.csv: add them there, or leave their contacts out"
        )
    numbers = {same(name): number for number, name in enumerate(roster.names)}
    found = []
    for month, one, other in scenario.roster.contacts:
        pair = sorted(numbers.get(names[member], -1) for member in (one, other))
        if month > begun and pair[0] >= 0:
            found.append((month - begun, pair[0], pair[1]))
    return tuple(sorted(found))


def of_members(roster: Roster, members: NDArray[np.int64], strength: NDArray[np.float64]) -> Roster:
    """The roster of these members alone, with their ties.

    Args:
        roster: of all.
        members: their numbers in it.
        strength: of the ties of all, float[all, all].
    """
    among = strength[np.ix_(members, members)]
    one, other = np.nonzero(np.triu(among > 0, 1))
    ties = tuple(zip(one.tolist(), other.tolist(), among[one, other].tolist(), strict=True))
    if len(members) == len(roster.names):
        return replace(roster, ties=ties)
    return replace(roster.of(members), ties=ties)
