"""What rules that may be replaced decide, and what they are given: read off the rules themselves, for people."""

import inspect
import re

from simulation.own_rules.replaceable import parameters, plain


def arguments(rule: str) -> dict[str, str]:
    """What each argument of a rule is, in order, as the rule says it."""
    said = re.split(r"^Args:\n", inspect.getdoc(plain(rule)) or "", maxsplit=1, flags=re.MULTILINE)[-1]
    found = re.findall(r"^    (\w+): (.*(?:\n        .*)*)", said, re.MULTILINE)
    return {name: re.sub(r"\s+", " ", text) for name, text in found if name in parameters(rule)}


def meaning(rule: str) -> str:
    """What a rule decides, in a sentence or two."""
    return (inspect.getdoc(plain(rule)) or "").partition("\n\n")[0].replace("\n", " ")
