"""Python's data as JavaScript text that makes the same data."""

import dataclasses
import json
import math
from collections.abc import Callable, Mapping, Set
from typing import Any

_NAMELESS = (str, int, float, bool, tuple, list, type(None))


class NotDataError(TypeError):
    """A value that is no plain data: it holds a function, an array, or anything else that is not translated."""


def text(value: str) -> str:
    """A text; it may stand within the script of a page."""
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/").replace("<!--", "<\\!--")


def number(value: float) -> str:
    """A number; a float that is whole stays one."""
    if isinstance(value, int):
        return str(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return f"$.float({value!r})" if value.is_integer() else repr(value)


def data(value: Any, class_of: Callable[[type], str], known: Callable[[Any], str | None] = lambda _: None) -> str:
    """Any plain data.

    Args:
        value: the data.
        class_of: what a class of records is called in JavaScript; NotDataError of one that is not translated.
        known: what a dict or a record is called that has a name already; None of one that has none.
    """

    def each(some: Any) -> str:
        return ", ".join(data(one, class_of, known) for one in some)

    if type(value) not in _NAMELESS and (name := known(value)) is not None:
        return name
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number(value)
        case str():
            return text(value) if type(value) is str else f"new {class_of(type(value))}({each(value.__getnewargs__())})"
        case tuple() if hasattr(value, "_fields"):
            return f"new {class_of(type(value))}({each(value)})"
        case tuple():
            return f"$.tuple([{each(value)}])"
        case list():
            return f"[{each(value)}]"
        case Set():
            return f"$.set([{each(sorted(value, key=repr))}])"
        case Mapping():
            return f"$.dict([{', '.join(f'[{each(pair)}]' for pair in value.items())}])"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = (getattr(value, field.name) for field in dataclasses.fields(value))
        return f"new {class_of(type(value))}({each(fields)})"
    raise NotDataError(f"{type(value).__name__} is no plain data")
