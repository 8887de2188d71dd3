"""What rules and sentences ask of members and of a posterior, as records that a page can hold: without their arrays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from results.words.currency import CURRENCY, shown_currency
from scenarios.reading.posterior_file import is_shipped
from scenarios.schema.posterior import IN_A_ROW, Posterior
from scenarios.schema.roster import Roster
from scenarios.schema.standing import Standing
from simulation.outcomes import outcome_named, shipped_outcome


@dataclass(frozen=True)
class Today:
    """What is said of how members stand today; attributes as in `Standing`."""

    notes: tuple[str, ...]
    waiting: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True)
class Members:
    """Who the members are, and what is planned for them; attributes as in `Roster`."""

    names: tuple[str, ...]
    contacts: tuple[tuple[int, int, int], ...]
    joins: tuple[int, ...]
    leaves: tuple[int, ...]
    introductions: tuple[tuple[int, int, int], ...]
    standing: Today | None


@dataclass(frozen=True)
class Particles:
    """How many sets of values a posterior has, and which of them replicates live with.

    Attributes:
        name: of the posterior.
        keys: that it varies.
        particles: how many there are.
        draws: which one each pair of replicates lives with, again and again.
        shipped: whether it is the one that ships.
    """

    name: str
    keys: tuple[str, ...]
    particles: int
    draws: tuple[int, ...]
    shipped: bool

    def __len__(self) -> int:
        return self.particles

    def in_use(self, replicates: int) -> int:
        """How many different particles the first so many replicates live with (count)."""
        return len(set(self.draws[: -(-replicates // IN_A_ROW)]))

    def particle_of(self, replicate: int) -> int:
        """Number of the particle that a replicate lives with."""
        return self.draws[replicate // IN_A_ROW % len(self.draws)]


def says_it_is_shipped(particles: Particles) -> bool:
    """Whether a posterior is the shipped one: whoever wrote the page compared it."""
    return particles.shipped


def in_words_of_the_library() -> str:
    """What sentences are put in English with before the page says them: it has a speaker, who knows the currency."""
    return CURRENCY


STAND_INS: Mapping[Any, type | Callable[..., Any]] = {
    Standing: Today,
    Roster: Members,
    Posterior: Particles,
    is_shipped: says_it_is_shipped,
    shown_currency: in_words_of_the_library,
    outcome_named: shipped_outcome,
}
"""What is translated instead."""
