"""Python's own names that translated code may use; `runtime/` has each under the same name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Signature:
    """The arguments of a function, in the order in which JavaScript takes them: `star` as one list, then `only`.

    Attributes:
        names: given by place or by name.
        star: whether any number more are given by place.
        only: given by name alone.
        values: whether any others may be given by name, as one dict at the end.
    """

    names: tuple[str, ...] = ()
    star: bool = False
    only: tuple[str, ...] = ()
    values: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether arguments by place are one by one what it takes."""
        return not self.star


BY_PLACE = Signature(("1", "2", "3", "4"))
"""What no argument is given to by name."""

BUILTINS: Mapping[str, Signature] = dict.fromkeys(
    (
        *("abs", "all", "any", "bool", "filter", "float", "frozenset", "getattr", "hasattr", "int", "iter", "len"),
        *("list", "next", "range", "repr", "reversed", "round", "set", "str", "tuple", "vars"),
    ),
    BY_PLACE,
) | {
    "dict": Signature(("source",), values=True),
    "enumerate": Signature(("iterable", "start")),
    "map": Signature(("function",), star=True),
    "max": Signature(star=True, only=("key", "default")),
    "min": Signature(star=True, only=("key", "default")),
    "sorted": Signature(("iterable",), only=("key", "reverse")),
    "sum": Signature(("iterable", "start")),
    "zip": Signature(star=True, only=("strict",)),
}

OUTSIDE: Mapping[str, Mapping[str, Signature | None]] = {
    "dataclasses": {"replace": Signature(("record",), values=True)},
    "decimal": {"Decimal": BY_PLACE, "ROUND_FLOOR": None},
    "functools": {"cache": BY_PLACE},
    "itertools": {"chain": Signature(star=True), "pairwise": BY_PLACE},
    "json": {"dumps": Signature(("value",), only=("ensure_ascii",))},
    "math": {
        **dict.fromkeys(("ceil", "floor", "isfinite", "isnan", "sqrt"), BY_PLACE),
        **dict.fromkeys(("inf", "nan")),
    },
    "operator": {"attrgetter": BY_PLACE},
    "types": {"MappingProxyType": BY_PLACE},
}
"""Module -> name -> its arguments; None where it is no function."""

METHODS: Mapping[str, Signature] = {
    "format": Signature(star=True, values=True),
    "split": Signature(("sep", "maxsplit")),
    "sort": Signature((), only=("key", "reverse")),
}
"""Methods of text and lists that take arguments by name, or any number."""

KINDS = ("bool", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple")
"""Types that `isinstance` and `match` know without a class of their own."""

OF_PLAIN = frozenset(name for kind in (str, list, tuple, float, int) for name in dir(kind) if not name.startswith("_"))
"""Methods that text, lists or numbers may have."""

RUNTIME = Path(__file__).with_name("runtime")
THERE = frozenset(re.findall(r"^  (\w+): \(", (RUNTIME / "methods.js").read_text(encoding="utf-8"), re.MULTILINE))
"""Those of them that are translated."""
MAY_BE_METHODS = OF_PLAIN.union(name for kind in (dict, set) for name in dir(kind) if not name.startswith("_"))
"""The same, and those of dicts and sets."""

_RESERVED = """
arguments await case catch const debugger default delete do enum eval export extends function implements instanceof
interface let new null package private protected public static super switch this throw typeof undefined var void
"""
RESERVED = frozenset(_RESERVED.split())
"""Words of JavaScript that Python takes for names."""
