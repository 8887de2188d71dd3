"""Functions that are not translated, each with the line on which that is said."""

import datetime
from typing import Any


class Plain:
    """Neither dataclass nor table."""

    def __init__(self, a: int) -> None:
        self.a = a


def of_another_module() -> Any:
    return datetime.date(2026, 1, 1)  # said here


def with_a_context(path: Any) -> None:
    with path:  # said here
        pass


def that_changes_outer_names() -> None:
    found = 1

    def inner() -> None:
        nonlocal found  # said here
        found = 2

    inner()


def of_a_builtin() -> Any:
    return sorted(globals())  # said here


def of_a_class() -> Any:
    return Plain(1)


def of_a_method(text: str) -> str:
    return text.swapcase()  # said here


def with_an_unknown_argument() -> Any:
    return sorted([1], wanted=1)  # type: ignore[call-overload]  # said here


def with_too_many_arguments() -> Any:
    return of_a_method("a", "b")  # type: ignore[call-arg]  # said here


def with_a_conversion(text: str) -> str:
    return f"{text!a}"  # said here


def of_a_function_taken_along() -> Any:
    return list(map(max, [[1, 2]]))  # said here


def with_named_ones(a: int, **others: int) -> Any:
    return with_named_ones(**{"a": a, **others})  # said here
