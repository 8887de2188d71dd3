"""Functions that are not translated, each with the line on which that is said."""

import datetime
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Checked:
    """A record that looks at its values."""

    a: int

    def __post_init__(self) -> None:  # said here
        assert self.a


@dataclass(frozen=True)
class Many:
    """A record whose method takes any number."""

    def all(self, *some: int) -> int:  # said here
        """Their sum."""
        return sum(some)


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


def of_a_record_that_checks() -> Any:
    return Checked(1)


def of_a_method_with_any_number() -> Any:
    return Many().all(1)


def with_a_default_of_its_name(n: int) -> Any:
    return [lambda n=n: n]  # said here


def with_spread_arguments_before_others(some: list[int]) -> Any:
    return sorted(*some, reverse=True)  # type: ignore[call-overload]  # said here


def of_any_fault() -> Any:
    try:
        return 1 / 0
    except:  # noqa: E722  # said here
        return 0


def of_kinds_in_a_name(value: Any) -> bool:
    kinds = (int, str)
    return isinstance(value, kinds)  # said here
