"""Tables of the documentation that come from the schema and the register, so that they stay up to date.

A page holds them between two comments, `<!-- table NAME -->` and `<!-- end -->`; `tools/write-tables` fills them in.
"""

import ast
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from scenarios import ASSUMPTIONS, KEYS, Key
from scenarios.schema.assumptions import STANDINGS
from simulation.own_rules.described import arguments, meaning
from simulation.own_rules.replaceable import REPLACEABLE, WHY_NOT

ROOT = Path(__file__).resolve().parents[1]
_TABLE = re.compile(r"(<!-- table (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(page: str) -> str:
    """A page with its tables made again."""
    return _TABLE.sub(lambda found: f"{found[1]}\n{TABLES[found[2]]()}\n{found[3]}", page)


def value(one: Any) -> str:
    """A value as a page writes it."""
    if one is None:
        return "left out"
    if isinstance(one, bool):
        return "yes" if one else "no"
    if isinstance(one, (int, float)):
        return str(int(one)) if float(one).is_integer() else str(one)
    return str(one) or "empty"


def worth_trying(key: Key) -> str:
    """The range worth trying, its prior."""
    return " to ".join(map(value, key.prior)) if key.prior else "-"


def table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def parameters() -> str:
    """Every number of the schema."""
    rows = [
        (f"`{key.key}`", value(key.default), key.unit, key.role, worth_trying(key))
        for key in KEYS.values()
        if key.kind in ("int", "float")
    ]
    return table(("key", "default", "unit", "role", "range"), rows)


def estimates() -> str:
    """Every default that somebody has estimated from data, and from which."""
    rows = [
        (f"`{key.key}`", value(key.default), key.unit, key.source.removeprefix("estimate:").strip())
        for key in KEYS.values()
        if key.source.startswith("estimate:")
    ]
    return table(("key", "default", "unit", "estimated from"), rows)


def guesses() -> str:
    """How many defaults of each table are assumptions, and how many of these are levers."""
    rows = []
    for name in dict.fromkeys(key.key.partition(".")[0] for key in KEYS.values()):
        some = [key for key in KEYS.values() if key.key.partition(".")[0] == name]
        assumed = [key for key in some if key.source.startswith("assumption:")]
        open_ones = [key for key in assumed if key.role == "uncertainty"]
        rows.append(
            (f"`{name}`", str(len(some)), str(len(some) - len(assumed)), str(len(assumed)), str(len(open_ones)))
        )
    return table(("table", "values", "estimates", "assumptions", "uncertainties among these"), rows)


def assumptions() -> str:
    """Every mechanism: what carries it, what switches it off, what is known of it."""
    rows = [
        (
            f"`{one.id}`",
            one.title,
            one.mechanism,
            ", ".join(f"`{key} = {value(off)}`" for key, off in one.off.items()),
            one.standing,
            one.evidence,
        )
        for one in ASSUMPTIONS
    ]
    return table(("id", "claim", "what the model does", "switched off with", "support", "evidence"), rows)


def lessons() -> str:
    """Where each mechanism comes from: what designers say, or the field found."""
    return table(("claim", "lesson it comes from", "parameters"), [
        (one.title, one.lesson, ", ".join(f"`{key}`" for key in one.parameters)) for one in ASSUMPTIONS
    ])  # fmt: skip


def standing() -> str:
    """Of how many mechanisms how much is known."""
    every = [one.standing for one in ASSUMPTIONS]
    rows = [(standing, words, str(every.count(standing))) for standing, words in STANDINGS.items()]
    return table(("support", "meaning", "mechanisms"), rows)


def rules_to_replace() -> str:
    """Every rule that a file of one's own may replace: what it decides, what it has to give, what it is given."""
    rows = [
        (
            f"`{rule}`",
            meaning(rule),
            str(gives),
            "; ".join(f"`{name}` {text.rstrip('.')}" for name, text in arguments(rule).items()),
        )
        for rule, gives in REPLACEABLE.items()
    ]
    return table(("rule", "what it decides", "gives", "its arguments, in order"), rows)


def other_rules() -> str:
    """Every rule that no file may replace, and why."""
    rows = [
        (", ".join(f"`{rule}`" for rule, why in WHY_NOT.items() if why == reason), reason)
        for reason in dict.fromkeys(WHY_NOT.values())
    ]
    return table(("rules", "why they stay"), rows)


def code_map() -> str:
    """Every module, room by room, with the first sentence of its docstring; a room with what it is for."""
    rows: list[tuple[str, ...]] = []
    for top in ("scenarios", "simulation", "results", "terminal"):
        for folder in sorted({file.parent for file in (ROOT / top).rglob("*.py")}):
            for file in sorted(folder.glob("*.py"), key=lambda file: (file.name != "__init__.py", file.name)):
                first = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
                place = str(file.relative_to(ROOT))
                is_room = file.name == "__init__.py"
                name = f"**`{place.removesuffix('__init__.py')}`**" if is_room else f"`{place}`"
                rows.append((name, first.replace("\n", " ")))
    return table(("file", "what it holds"), rows)


TABLES: Mapping[str, Callable[[], str]] = {
    one.__name__: one
    for one in (
        parameters, estimates, guesses, assumptions, lessons, standing, rules_to_replace, other_rules, code_map,
    )
}  # fmt: skip
"""Name in a page's comment -> what makes it."""
