"""The delta-ODD of a scenario in words, and as a JSON document."""

from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

from results.words.document import KeyName, finite
from results.words.table import word
from scenarios.designs.delta_odd import DEFAULTS, ELEMENTS, Changed, Delta, State, Touched
from scenarios.schema.assumptions import STANDINGS, Standing
from scenarios.schema.keys import KEYS


class ChangedDocument(TypedDict):
    """A value that is another one."""

    key: KeyName
    before: Any
    after: Any
    unit: str
    element: Annotated[int, Field(ge=min(ELEMENTS), le=max(ELEMENTS))]
    text: str
    source: str


class TouchedDocument(TypedDict):
    """A mechanism that is switched on or off, or has other values."""

    id: str
    title: str
    state: State
    keys: Annotated[list[KeyName], Field(min_length=1)]
    standing: Standing


class DeltaDocument(TypedDict):
    """What `show --odd --json` prints."""

    scenario: str
    base: Annotated[str | None, Field(description="what it extends; null: the defaults")]
    question: str
    base_question: str | None
    changed: list[ChangedDocument]
    mechanisms: list[TouchedDocument]
    unchanged: list[str]


def delta_lines(found: Delta) -> list[str]:
    """Element by element what differs; what does not is named once, at the end."""
    base = found.base if found.base == DEFAULTS else f"'{found.base}'"
    lines = [f"Delta-ODD of '{found.scenario.name}' against {base}: what it changes in the model's description."]
    for number, name in ELEMENTS.items():
        if name in found.unchanged:
            continue
        lines += ["", f"{number}. {name}"]
        if number == 1:
            lines.append(f"  Question: {found.scenario.question}")
            lines += [f"  Instead of: {found.base_question}"] if found.base_question else []
        for one in found.of(number):
            lines += _value_lines(one)
    if found.touched:
        lines += ["", "Mechanisms affected"]
        for touch in found.touched:
            lines += _mechanism_lines(touch)
    return [*lines, "", _rest(found)]


def _value_lines(one: Changed) -> list[str]:
    key = KEYS[one.key]
    unit = f" {key.unit}" if key.unit and key.kind in ("int", "float") and key.unit != "1" else ""
    return [f"  {one.key}: {word(one.before)} -> {word(one.after)}{unit}", f"      {key.text}", f"      {one.source}"]


def _mechanism_lines(touch: Touched) -> list[str]:
    one = touch.assumption
    return [
        f"  {one.title} ({one.id}): {touch.state}, through {', '.join(touch.keys)}",
        f"      {one.mechanism}",
        f"      {STANDINGS[one.standing]}: {one.evidence}",
    ]


def _rest(found: Delta) -> str:
    elements = ", ".join(f"{number}. {name}" for number, name in ELEMENTS.items() if name in found.unchanged)
    same = f"Unchanged: {elements or 'no element'}; and every mechanism not listed. docs/odd.md has the whole model."
    return same if found.changed else f"No value differs. {same}"


def delta_document(found: Delta) -> DeltaDocument:
    """What a scenario changes, without the sentences."""
    return {
        "scenario": found.scenario.name,
        "base": None if found.base == DEFAULTS else found.base,
        "question": found.scenario.question,
        "base_question": found.base_question or None,
        "changed": [
            {
                "key": one.key,
                "before": finite(one.before),
                "after": finite(one.after),
                "unit": KEYS[one.key].unit,
                "element": one.element,
                "text": KEYS[one.key].text,
                "source": one.source,
            }
            for one in found.changed
        ],
        "mechanisms": [
            {
                "id": one.assumption.id,
                "title": one.assumption.title,
                "state": one.state,
                "keys": list(one.keys),
                "standing": one.assumption.standing,
            }
            for one in found.touched
        ],
        "unchanged": list(found.unchanged),
    }
