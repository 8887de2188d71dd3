"""What a run takes in memory, and whether it fits: better refused before it starts than stopped in the middle."""

from collections.abc import Iterator
from pathlib import Path

import psutil

from scenarios import Scenario
from simulation.engine.arrays import KNOWN_MEMBER, MEMBER, TIE
from simulation.founding import members_ever
from simulation.own_outcomes.catalogue import outcomes_of

BYTES_A_MEMBER = MEMBER.itemsize + 224
"""A member's record, and its share of the lists and of what is drawn at the founding."""
BYTES_A_TIE = TIE.itemsize + 5 * KNOWN_MEMBER.itemsize + 24
"""A tie's record, its two places in the pool of whom members know (with room to grow), and its place in the lists."""
NO_LIMIT = 2**60
"""Bytes from which a limit of control groups (version 1) means that there is none."""
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
    return workers * state + replicates * len(outcomes_of(scenario.outcomes).names) * 8


def bytes_free() -> int | None:
    """Memory that could be had now, in bytes, on this machine and in this container; None where nobody tells."""
    known = [free for free in (_free_on_the_machine(), free_in_the_container()) if free is not None]
    return min(known, default=None)


def free_in_the_container(root: Path = Path("/")) -> int | None:
    """What control groups leave of the memory, in bytes; None where they set no limit.

    Containers, batch systems and services limit memory by them: version 2 in one tree, version 1 in one of its own for
    memory. A process lies in a group of a group, and each may have a limit. What a group keeps of files that nobody
    uses is given back when it is needed, and counts as free.

    Args:
        root: folder that holds `proc` and `sys`.
    """
    left = [free for group in _groups(root) if (free := _left_in(group)) is not None]
    return min(left, default=None)


def _groups(root: Path) -> Iterator[Path]:
    """Folders of the groups that this process is in, from its own outward."""
    try:
        lines = (root / "proc/self/cgroup").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, name = line.split(":", 2) if line.count(":") >= 2 else ("", "none", "")
        if controllers and "memory" not in controllers.split(","):
            continue
        top = root / "sys/fs/cgroup" / ("memory" if controllers else "")
        own = top.joinpath(*(part for part in name.split("/") if part not in ("", "..")))
        yield own
        yield from (group for group in own.parents if group == top or top in group.parents)


def _left_in(group: Path) -> int | None:
    """What is left of a group's memory, in bytes; None where it has no limit, or is not seen from in here."""
    for limit, used, unused in (
        ("memory.max", "memory.current", "inactive_file"),
        ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    ):
        try:
            most = int((group / limit).read_text(encoding="ascii"))
            taken = int((group / used).read_text(encoding="ascii"))
        except (OSError, ValueError):  # "max" is no limit
            continue
        if most >= NO_LIMIT:
            continue
        return max(0, most - max(0, taken - _told(group / "memory.stat", unused)))
    return None


def _told(file: Path, name: str) -> int:
    """A number out of a file with a name and a number on each line; 0 where it does not say."""
    try:
        told = dict(line.split() for line in file.read_text(encoding="ascii").splitlines())
        return int(told.get(name, 0))
    except (OSError, ValueError):
        return 0


def _free_on_the_machine() -> int | None:
    """What the system could give without putting anything aside. It knows nothing of control groups."""
    try:
        return int(psutil.virtual_memory().available)
    except (OSError, RuntimeError, ValueError):  # no /proc, or one that is not as it should be
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
