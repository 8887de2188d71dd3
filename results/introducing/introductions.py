"""Whom to introduce: all pairs looked at roughly, the most promising closely."""

from collections.abc import Callable

from results.introducing.documents import Found
from results.introducing.ranking import rank
from results.introducing.screening import screen
from scenarios import Scenario
from simulation.own_outcomes.catalogue import outcomes_of

MORE = 5
"""Pairs or groups that are looked at closely beyond those that are asked for: the rough look errs."""


def introductions(
    scenario: Scenario,
    *,
    top: int,
    size: int,
    outcome: str,
    introduced: int,
    month: int,
    seed: int,
    networks: int,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda _networks: None,
) -> Found:
    """The best introductions.

    Args:
        scenario: with members by name.
        top: how many are wanted (count).
        size: members that are introduced to each other at a time, 2 to 5.
        outcome: a monthly one, to which they are to add.
        introduced: month of the introductions.
        month: at whose end the outcome counts.
        seed: of the luck.
        networks: simulated with each that is looked at closely, and without (count).
        workers: threads.
        progress: hears of networks as they are run.
    """
    outcome = outcomes_of(scenario.outcomes).called(outcome)
    screened = screen(
        scenario, introduced=introduced, month=month, seed=(seed + 1) % 2**32, workers=workers, progress=progress
    )
    pairs = screened.candidates()
    groups = pairs[: top + MORE] if size == 2 else screened.groups(size, top + MORE)
    ranked = rank(
        scenario, groups, screened, outcome=outcome, introduced=introduced, month=month, seed=seed, networks=networks,
        workers=workers, progress=progress,
    )  # fmt: skip
    return Found(
        scenario, outcome, introduced, month, ranked[:top], len(pairs), screened.networks, networks, seed
    )  # fmt: skip
