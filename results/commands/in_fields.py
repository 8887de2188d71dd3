"""What a sentence calls `--replicates 250` is `replicates=250` in a notebook.

A sentence names what can be asked once, as the command line has it: two dashes mark it. Where a notebook shows the
sentence, each is put as the field of the request. What begins with `legato` is a command, and stays one.
"""

import re
from dataclasses import replace

from results.words.narrative import Block, Said
from results.words.table import Table

FIELDS = {
    "all": "everything",
    "alternative": "alternatives",
    "as": "form",
    "assume": "assumed",
    "bar": "bars",
    "from": "settings",
    "lever": "levers",
    "map": "mapped",
    "member": "names",
    "outcomes": "settings",
    "part": "parts",
    "precision-for": "watched",
    "recover": "data_sets",
    "region": "regions",
    "relation": "relations",
    "rules": "settings",
    "set": "settings",
    "topic": "topics",
    "type": "types",
    "value": "worth",
    "without": "settings",
}
"""Option -> field, where they are not called the same."""
WHOLE = {
    "fixed": "posterior=None",
    "plan": "plan()",
    "preview": "preview()",
    "recover": "Recover(data_sets=20)",
    "hold-out": "hold_out=True",
    "emulate": "emulate=True",
    "retry-failed": "retry_failed=True",
    "no-assumptions": "assumptions=False",
    "no-figures": "figures=False",
}
"""Option that stands without a value -> what asks for the same."""

_COMMAND_OR_OPTION = re.compile(
    r"(?P<command>\blegato [a-z].*?(?=[;`)]|\. |$))"
    r"|(?<![\w-])--(?P<name>[a-z][a-z-]*)(?:[ =](?P<value>(?!--|[a-z]+\b(?![./=]))[^\s;:)]*[^\s;:).,]))?"
)
"""A value is never a word in small letters alone: that is the next one of the sentence."""


def in_fields(text: str) -> str:
    """A sentence with every option put as a field."""
    return _COMMAND_OR_OPTION.sub(_in_field, text)


def said_in_fields(said: Said) -> Said:
    """What is said, for a notebook; tables stay as they are."""
    return replace(
        said,
        answer=tuple(map(in_fields, said.answer)),
        body=tuple(map(block_in_fields, said.body)),
        notes=tuple(map(in_fields, said.notes)),
    )


def block_in_fields(block: Block) -> Block:
    """A block, for a notebook; a table stays as it is."""
    return block if isinstance(block, Table) else tuple(map(in_fields, block))


def _in_field(found: re.Match[str]) -> str:
    if found["command"]:
        return found["command"]
    name, value = found["name"], found["value"]
    if value is None and name in WHOLE:
        return WHOLE[name]
    field = FIELDS.get(name, name.replace("-", "_"))
    if value is None:
        return field
    return f"{field}={value}" if re.fullmatch(r"-?\d+(\.\d+)?", value) else f'{field}="{value}"'
