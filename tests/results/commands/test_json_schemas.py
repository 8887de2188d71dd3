"""Schemas come out of the documents' types: whole in themselves, and further keys may come."""

from typing import Annotated, NotRequired

import jsonschema
import pytest
from pydantic import Field
from typing_extensions import TypedDict

from results.commands.json_schemas import BY_COMMAND
from results.words.schema import Count, Keys, Number, schema_of


class Inner(TypedDict):
    """What is inside."""

    title: Number


class Outer(TypedDict):
    """What is outside."""

    inner: Annotated[Inner, Field(description="said here")]
    many: dict[str, Inner]
    maybe: Inner | None
    keys: NotRequired[Keys]
    count: NotRequired[Count]


OUTER = {
    "type": "object",
    "description": "What is outside.",
    "required": ["inner", "many", "maybe"],
    "properties": {
        "inner": {
            "type": "object",
            "description": "said here",
            "required": ["title"],
            "properties": {"title": {"type": ["number", "null"]}},
        },
        "many": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "description": "What is inside.",
                "required": ["title"],
                "properties": {"title": {"type": ["number", "null"]}},
            },
        },
        "maybe": {
            "type": ["object", "null"],
            "description": "What is inside.",
            "required": ["title"],
            "properties": {"title": {"type": ["number", "null"]}},
        },
        "keys": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "count": {"type": "integer", "minimum": 0},
    },
}


def test_a_type_gives_its_schema_without_references_or_titles() -> None:
    assert schema_of(Outer) == OUTER, "a key called title is a key"


@pytest.mark.parametrize(
    ("document", "is_one"),
    [
        ({"inner": {"title": None}, "many": {"a": {"title": 1}}, "maybe": None, "further": 1}, True),
        ({"inner": {"title": None}, "many": {}}, False),
        ({"inner": {"title": "x"}, "many": {}, "maybe": None}, False),
        ({"inner": {"title": 1}, "many": {}, "maybe": None, "keys": []}, False),
        ({"inner": {"title": 1}, "many": {}, "maybe": None, "count": -1}, False),
    ],
)
def test_a_schema_tells_a_document_from_what_is_none(document: object, is_one: bool) -> None:
    assert jsonschema.Draft202012Validator(schema_of(Outer)).is_valid(document) == is_one


@pytest.mark.parametrize("command", BY_COMMAND)
def test_every_schema_is_one_and_lets_further_keys_come(command: str) -> None:
    schema = BY_COMMAND[command]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"
    assert schema.get("additionalProperties", True) is True
    assert set(schema["required"]) <= set(schema["properties"])
    assert "$ref" not in str(schema)
