"""Networks of one scenario as sentences need them: how many, with which luck; what came of them is not in it."""

from dataclasses import dataclass

from scenarios import Scenario


@dataclass(frozen=True, eq=False)
class Networks:
    """Replicates of a scenario.

    Attributes:
        scenario: what was simulated.
        seed: of the luck.
        replicates: networks (count).
    """

    scenario: Scenario
    seed: int
    replicates: int
