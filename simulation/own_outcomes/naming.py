"""Names a file of outcomes among changes of values: `outcomes=mine.py` stands where a key would."""

from collections.abc import Sequence

from scenarios.schema.own_outcomes import OwnOutcomes
from simulation.own_files import named_apart

OUTCOMES = OwnOutcomes.KIND
"""What stands in the place of a key."""
KNOWS_NONE = (
    "knows the shipped outcomes only, so --outcomes would do nothing; those that count outcomes of one's own are run, "
    "compare, explain, introduce, sweep, sensitivity, discover, optimise, portfolio and exit"
)
"""What is said of a command that counts none of one's own."""


def outcomes_apart(changes: Sequence[str]) -> tuple[OwnOutcomes | None, list[str]]:
    """The outcomes that changes name, if any, read and tried; and the other changes.

    Args:
        changes: "KEY=VALUE" texts.

    Raises:
        ScenarioError: if two files are named, or the outcomes cannot be used.
    """
    file, others = named_apart(changes, OwnOutcomes)
    if file is None:
        return None, others
    from simulation.own_outcomes.trying import named_outcomes  # here, not above: numba takes a second

    return named_outcomes(file), others
