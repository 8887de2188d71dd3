"""Real members as a scenario holds them: names, interests, regions, needs, and ties from before."""

import unicodedata
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from scenarios.schema.standing import PRIOR, Standing

SIZES = ("small", "medium", "large")
MOST_TOPICS = 64
MOST_REGIONS = 64
UNKNOWN_TRUST = 0.5
"""Trust at the founding in a tie from before of which nobody has said it: the default of `network.prior_trust`."""


@dataclass(frozen=True, eq=False)
class Roster:
    """Member organizations as their file names them, in file order, those that join later after the founders.

    Here a member's number is its place in this order.

    Attributes:
        names: of the members.
        topics: names of the topics, in order of first appearance.
        regions: names of the regions, in order of first appearance.
        interests: weight of each topic for each member, each row of unit length, float[members, topics].
        region: index into `regions`, int[members].
        size: index into `SIZES`, int[members].
        need: share of the programme budget to be raised outside, float[members].
        champion: bool[members].
        activity: how much it reaches out and is reached, 1 for an average member; 0 if not given, float[members].
        ties: pairs (one, other, trust) from before, one < other; None where no ties file is named.
        contacts: (month, one, other), who met whom in which month, 1 or later, in order; one < other.
        ids: by which members keep their luck whatever they are called; empty where no file gives any.
        joins: month in which each comes in by plan, 0 from the founding on; these come first. Empty where all are
            founders.
        leaves: month in which each leaves by plan, the first without it; 0 where there is no such plan. Empty where
            nobody has one.
        introductions: (month, one, other), whom the facilitator introduces in which month by plan, in order; one <
            other.
        groups: (topic, member), who sits in which topic's challenge group by plan, in order; who sits in that of a
            topic that is not among these, its interests say.
        standing: how members and ties stand today, where a run goes on from there; `ties` are then those of today.
    """

    names: tuple[str, ...]
    topics: tuple[str, ...]
    regions: tuple[str, ...]
    interests: NDArray[np.float64]
    region: NDArray[np.int64]
    size: NDArray[np.int64]
    need: NDArray[np.float64]
    champion: NDArray[np.bool_]
    activity: NDArray[np.float64]
    ties: tuple[tuple[int, int, float], ...] | None = None
    contacts: tuple[tuple[int, int, int], ...] = ()
    ids: tuple[str, ...] = ()
    joins: tuple[int, ...] = ()
    leaves: tuple[int, ...] = ()
    introductions: tuple[tuple[int, int, int], ...] = ()
    groups: tuple[tuple[int, int], ...] = ()
    standing: Standing | None = None

    @property
    def founders(self) -> int:
        """How many are members from the founding on: the first ones."""
        return sum(not month for month in self.joins) if self.joins else len(self.names)

    @property
    def identities(self) -> tuple[str, ...]:
        """What each member's luck goes by: its id, or its name where it has none."""
        return tuple(one or name for one, name in zip(self.ids, self.names, strict=True)) if self.ids else self.names

    def at_founding(self) -> "Roster":
        """The roster as it was at the founding, as far as that is known today.

        Ties are those from before the network that still stand, with the trust of today, or UNKNOWN_TRUST.
        """
        if self.standing is None:
            return self
        origin = self.standing.origin.tolist()
        ties = tuple(
            (one, other, UNKNOWN_TRUST if trust < 0 else trust)
            for (one, other, trust), how in zip(self.ties or (), origin, strict=True)
            if how == PRIOR
        )
        return replace(self, ties=ties, standing=None)

    def of(self, members: NDArray[np.int64]) -> "Roster":
        """The roster of these members alone, in this order, with what it says of them and among them."""
        number = {member: place for place, member in enumerate(members.tolist())}

        def among(met: tuple[tuple[int, int, int], ...]) -> tuple[tuple[int, int, int], ...]:
            found = (
                (month, *sorted((number[one], number[other])))
                for month, one, other in met
                if one in number and other in number
            )
            return tuple(sorted(found))  # type: ignore[arg-type]

        kept = [
            (*sorted((number[one], number[other])), trust, place)
            for place, (one, other, trust) in enumerate(self.ties or ())
            if one in number and other in number
        ]
        kept.sort()
        return replace(
            self,
            names=tuple(self.names[member] for member in members),
            ids=tuple(self.ids[member] for member in members) if self.ids else (),
            joins=tuple(self.joins[member] for member in members) if self.joins else (),
            leaves=tuple(self.leaves[member] for member in members) if self.leaves else (),
            ties=None if self.ties is None else tuple((one, other, trust) for one, other, trust, _ in kept),  # type: ignore[misc]
            standing=None if self.standing is None else self.standing.of(members, [place for *_, place in kept]),  # type: ignore[misc]
            contacts=among(self.contacts),
            introductions=among(self.introductions),
            groups=tuple(sorted((topic, number[one]) for topic, one in self.groups if one in number)),
            interests=self.interests[members],
            region=self.region[members],
            size=self.size[members],
            need=self.need[members],
            champion=self.champion[members],
            activity=self.activity[members],
        )

    def __eq__(self, other: object) -> bool:
        """Equal where everything in them is: scenarios read twice from the same files are equal."""
        if not isinstance(other, Roster):
            return NotImplemented
        pairs = ((getattr(self, one.name), getattr(other, one.name)) for one in fields(self))
        return all(np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b for a, b in pairs)

    def __hash__(self) -> int:
        return hash((self.names, self.topics, self.regions, self.ties, self.contacts, self.joins, self.leaves))


def same(name: str) -> str:
    """What two spellings of one name have in common."""
    return (name if name.isascii() else unicodedata.normalize("NFC", name)).casefold()
