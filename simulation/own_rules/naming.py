"""Names a file of rules among changes of values: `rules=mine.py` stands where a key would."""

from collections.abc import Sequence

from scenarios.schema.own_rules import OwnRules
from simulation.own_files import named_apart

RULES = OwnRules.KIND
"""What stands in the place of a key."""


def rules_apart(changes: Sequence[str]) -> tuple[OwnRules | None, list[str]]:
    """The rules that changes name, if any, read and tried; and the other changes.

    Args:
        changes: "KEY=VALUE" texts.

    Raises:
        ScenarioError: if two files are named, or the rules cannot be used.
    """
    file, others = named_apart(changes, OwnRules)
    if file is None:
        return None, others
    from simulation.own_rules.trying import named_rules  # here, not above: numba takes a second

    return named_rules(file), others
