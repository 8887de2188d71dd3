"""What is between two member organizations: a tie, and perhaps a collaboration."""

from dataclasses import dataclass

from simulation.rules import BEFORE, is_facilitated

ORIGINS = {0: "convening", 1: "group", 2: "introduction", 3: "contact", 4: "work", 5: "application", BEFORE: "prior"}


@dataclass(slots=True)
class Tie:
    """An undirected tie between members `one` < `other`; it exists once they have met, until it is forgotten.

    Attributes:
        one: number of the first member.
        other: number of the second.
        overlap: of their interests, in [0, 1].
        origin: kind of encounter that it began with.
        met: month in which it began.
        trust: in [0, 1].
        last_contact: month of the last encounter.
        event_only: whether they have met at convenings only.
        strong: whether trust stood above `rules.STRONG` when the month began.
        fading: how fast it decays, compared with an average tie.
    """

    one: int
    other: int
    overlap: float
    origin: int
    met: int
    trust: float = 0.0
    last_contact: int = 0
    event_only: bool = False
    strong: bool = False
    fading: float = 1.0

    @property
    def facilitated(self) -> bool:
        """Whether the two first met through facilitation."""
        return is_facilitated(self.origin)


@dataclass(slots=True)
class Collaboration:
    """Joint work of members `one` < `other`.

    Attributes:
        one: number of the first partner.
        other: number of the second.
        start: first month.
        grant_end: first month after its grant; 0 without one.
        ended: first month in which it was over; 0 while it goes on.
        active_at_closing: whether it was active at the end of the network's last month.
    """

    one: int
    other: int
    start: int
    grant_end: int = 0
    ended: int = 0
    active_at_closing: bool = False

    def funded(self, month: int) -> bool:
        """Whether a grant pays for it in `month`."""
        return month < self.grant_end


@dataclass(slots=True)
class Application:
    """A pair that agreed while a call was open; `willing_anyway`: they would have agreed without the grant in sight.

    `month` is that in which they applied.
    """

    one: int
    other: int
    alignment: float
    willing_anyway: bool
    month: int = 0
