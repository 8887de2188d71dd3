"""What is counted of each member in a simulated network, at the end of a month."""

from dataclasses import dataclass

from simulation.outcomes import Scale


@dataclass(frozen=True)
class Measure:
    """Something that is counted of each member.

    Attributes:
        name: in tables and JSON.
        label: in a table for people.
        means: in a sentence.
        scale: its unit.
    """

    name: str
    label: str
    means: str
    scale: Scale

    @property
    def most(self) -> float:
        """What it can be at most."""
        return 1.0 if self.scale == "share" else float("inf")


MEASURES = (
    Measure("collaborated", "has collaborated (%)", "it has begun a collaboration by then, with whomever", "share"),
    Measure("collaborating", "collaborates then (%)", "it collaborates with somebody at the end of the month", "share"),
    Measure("left", "has left (%)", "it has left the network by then", "share"),
    Measure("partners", "partners", "how many it collaborates with at the end of the month", "count"),
    Measure(
        "joins",
        "pairs only it joins",
        "pairs of these partners that do not collaborate with each other and have no other partner in common",
        "count",
    ),
    Measure(
        "depend_on_it",
        "depend on it",
        "members that collaborate with it alone, and with nobody if it left",
        "count",
    ),
)
"""In the order of the tables."""
BY_NAME = {one.name: one for one in MEASURES}
