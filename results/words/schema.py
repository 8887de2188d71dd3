"""The JSON Schema (2020-12) of a document, out of its type: keys, kinds and descriptions stand once, at its fields.

A document's type is a TypedDict, and what makes the document is checked against it. `NotRequired` are keys on which
nobody may count. Further keys may come.
"""

from typing import Annotated, Any

from pydantic import Field, TypeAdapter

Schema = dict[str, Any]
Number = float | None
"""Missing where it cannot be told."""
Count = Annotated[int, Field(ge=0)]
Folder = Annotated[str, Field(description="the folder that holds everything about this run")]
Keys = Annotated[list[str], Field(min_length=1)]


def schema_of(document: Any) -> Schema:
    """The schema of a document of that type, whole in itself."""
    made = TypeAdapter(document).json_schema()
    plain: Schema = _plain(made, made.pop("$defs", {}))
    return plain


def _plain(part: Any, parts: Schema) -> Any:
    """Without references and titles; what may be null is of two types."""
    if isinstance(part, list):
        return [_plain(one, parts) for one in part]
    if not isinstance(part, dict):
        return part
    if reference := part.get("$ref"):
        own = {key: value for key, value in part.items() if key != "$ref"}
        return _plain({**parts[reference.rpartition("/")[2]], **own}, parts)
    names = part.get("properties", {})
    made = {key: _plain(value, parts) for key, value in part.items() if key != "title" or not isinstance(value, str)}
    if "properties" in made:
        made["properties"] = {name: _plain(value, parts) for name, value in names.items()}
    if (choices := made.get("anyOf")) and len(choices) == 2 and choices[1] == {"type": "null"} and "type" in choices[0]:
        own = {key: value for key, value in made.items() if key != "anyOf"}
        said = {"enum": [*choices[0]["enum"], None]} if "enum" in choices[0] else {}
        return {**choices[0], **said, **own, "type": [choices[0]["type"], "null"]}
    return made
