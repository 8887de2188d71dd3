"""What a run takes in memory, and whether it fits: better refused before it starts than stopped in the middle."""

import os

from scenarios import Scenario
from simulation.arrays import KNOWN_MEMBER, MEMBER, TIE
from simulation.founding import members_ever
from simulation.outcomes import NAMES

BYTES_A_MEMBER = MEMBER.itemsize + 200
"""A member's record, and its share of the lists and of what is drawn at the founding."""
BYTES_A_TIE = TIE.itemsize + 5 * KNOWN_MEMBER.itemsize + 24
"""A tie's record, its two places in the pool of whom members know (with room to grow), and its place in the lists."""
SHARE = 0.9
"""Share of the memory now free that a run may ask for."""


def most_ties(scenario: Scenario) -> int:
    """Ties that the network could come to have at the most, from the meetings that the scenario asks for.

    Each meeting is counted as a new tie, in the months before the closing but at most four years: by then a tie that
    is not renewed is forgotten.
    """
    members, f = members_ever(scenario), scenario.facilitation
    months = min(48, scenario.reporting_month)
    meetings = (
        f.encounters * f.intensity / f.reference / f.convening_every
        + min(1.0, f.group_rate * f.intensity) * f.group_encounters * min(3, scenario.members.interests_most)
        + f.introductions * f.intensity
        + scenario.behaviour.contact_rate
    )
    return int(min(members * (members - 1) / 2, members * (scenario.network.prior_ties / 2 + months * meetings / 2)))


def bytes_needed(scenario: Scenario, replicates: int, workers: int) -> int:
    """An upper estimate of the memory that a run takes, in bytes."""
    state = (
        members_ever(scenario) * (BYTES_A_MEMBER + 8 * 2 * scenario.network.topics) + most_ties(scenario) * BYTES_A_TIE
    )
    return workers * state + replicates * len(NAMES) * 8


def bytes_free() -> int | None:
    """Memory that could be had now, in bytes; None where the system does not tell."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            for line in file:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_AVPHYS_PAGES")
    except (OSError, ValueError, AttributeError):
        return None


def check_that_it_fits(scenario: Scenario, replicates: int, workers: int) -> None:
    """Refuse what cannot fit.

    Raises:
        MemoryError: with the estimate, what is free, and what would make it smaller.
    """
    needed, free = bytes_needed(scenario, replicates, workers), bytes_free()
    if free is not None and needed > SHARE * free:
        raise MemoryError(
            f"'{scenario.name}' with {members_ever(scenario):,} members and {replicates:,} replicates may take "
            f"{needed / 1e9:,.1f} GB with {workers} at work at a time; {free / 1e9:,.1f} GB are free. "
            "Ask for fewer replicates, fewer members or fewer workers"
        )
