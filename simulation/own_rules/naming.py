"""Names a file of rules among changes of values: `rules=mine.py` stands where a key would."""

from collections.abc import Sequence

from scenarios.files.faults import ScenarioError
from scenarios.schema.own_rules import OwnRules

RULES = "rules"
"""What stands in the place of a key."""


def rules_apart(changes: Sequence[str]) -> tuple[OwnRules | None, list[str]]:
    """The rules that changes name, if any, read and tried; and the changes of values.

    Args:
        changes: "KEY=VALUE" texts.

    Raises:
        ScenarioError: if two files are named, or the rules cannot be used.
    """
    files = [text.partition("=")[2].strip() for text in changes if _key(text) == RULES]
    if len(files) > 1:
        raise ScenarioError(f"rules are named {len(files)} times ({', '.join(files)}); name one file")
    others = [text for text in changes if _key(text) != RULES]
    if not files:
        return None, others
    from simulation.own_rules.trying import named_rules  # here, not above: numba takes a second

    return named_rules(files[0]), others


def _key(text: str) -> str:
    return text.partition("=")[0].strip()
