"""Functions that use everything of the subset, most of it where Python and JavaScript differ."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from itertools import chain, pairwise
from math import ceil, floor, inf, isfinite, isnan, nan, sqrt
from typing import Any, NamedTuple

from scenarios.files.faults import FailedError

TABLE = {"a": (1, 2.0), "b": (3, 0.5), ("c", 1): [True, None, "</script>`${x}`\\"], 2: {"deep": ["x"]}}
NUMBERS = (0, 1, -1, 7, -7, 0.0, -0.0, 1.0, -2.5, 0.5, 1.5, 2.5, 1e16, 123456.789, 1e-7, inf, nan, True)


class Pair(NamedTuple):
    """Two things; a field is called as a method of tuples is."""

    count: int  # type: ignore[assignment]
    index: str = "none"  # type: ignore[assignment]

    @property
    def both(self) -> str:
        """A property of a tuple."""
        return f"{self.index}{self.count}"


@dataclass(frozen=True, eq=False)
class Own:
    """A record that equals nothing but itself, and counts as empty where it is."""

    parts: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.parts)


@dataclass(frozen=True)
class Thing:
    """A record with defaults, and names that JavaScript keeps for itself."""

    default: float
    new: tuple[int, ...] = ()
    parts: dict[str, int] = field(default_factory=dict)

    @property
    def size(self) -> float:
        """A property."""
        return self.default * 2

    def plus(self, other: float, *, times: int = 1) -> "Thing":
        """A method."""
        return replace(self, default=self.default + other * times)


def arithmetic(a: Any, b: Any) -> list[Any]:
    found = [a + b, a - b, a * b, -a, abs(a), a == b, a != b, a < b, a <= b, not a, a or b, a and b, a is None]
    if b and isfinite(a) and isfinite(b):
        found += [a / b, a // b, a % b, floor(a), ceil(a), int(a), round(a)]
    found += [
        float(a),
        bool(a),
        min(a, b),
        max(a, b),
        isnan(a),
        str(a),
        repr(b),
        isinstance(a, int),
        isinstance(a, float),
    ]
    return found


def powers(a: float, k: int) -> list[Any]:
    return [10**k if k >= 0 else None, 10.0**k, a**2, sqrt(abs(a)), round(a, k)]


def formats(a: float, k: int, text: str) -> list[str]:
    return [
        f"{a}|{a!r}|{text}|{text!r}|{k}", f"{a:g}|{a:.3g}|{a:,.6g}|{a:,.4g}", f"{a:.{abs(k)}f}|{a:,.0f}|{a:+.1f}|{a:%}",
        f"{a:.1%}|{k:,}|{k:d}|{k:05d}|{k:>6}|{text:<8}|{text:>8}|{text:^9}|{text:.3}", f"{a:,}" if isfinite(a) else "",
        f"{text} {{{a:.2f}}} {k}",
    ]  # fmt: skip


def texts(text: str) -> list[Any]:
    first, *rest = text.split() or [""]
    *before, last = text.split("a")
    return [
        text.upper(), text.strip(), text.strip("a "), text.partition("a"),
        text.rpartition("a"), text.replace("a", "b", 1),
        text.removeprefix("a"), text.removesuffix("a"), text.startswith(("a", "b")), "a" in text, len(text), text[:2],
        text[-2:], text[::-1], text[1:3], first, rest, before, last, list(text), sorted(text), text * 2, text.isdigit(),
        text.split("a", 1), "-".join(c for c in text if c != "a"), text < "b", text.capitalize(), text.count("a"),
        text.find("a"), text.isalnum(), text.isprintable(), str(text) == text, text or None,
    ]  # fmt: skip


def containers(some: Sequence[Any]) -> list[Any]:
    each = list(some)
    each += [1, 1.0, True, "1", (1, 2)]
    keys = {key: place for place, key in enumerate(each)}
    keys.setdefault((1, 2), 99)
    keys |= {"z": 1}
    del keys["z"]
    nested: dict[str, list[int]] = {}
    for place, one in enumerate(some, start=1):
        nested.setdefault(str(one)[:1], []).append(place)
    (a, b), *others = [(1, 2), 3, 4]
    deep = [(x, y) for x in range(3) for y in range(x) if x + y != 2]
    return [
        keys, nested, list(keys.items()), keys.get("none", 5), a,
        b, others, deep, [*some, *others], (*some, 1), {**keys, 1: "one"},
        {x % 3 for x in range(7)} == {0, 1, 2}, dict.fromkeys("aba", 0),
        dict(zip("ab", (1, 2), strict=True)), sum([0.1] * 5),
        sum(x for x in (1, 2)), list(pairwise("abc")),
        list(chain("ab", [1])), any(some), all(some), (1, 2) < (1, 3), [1] == [1.0],
        max(["bb", "a"], key=len, default=None), min((), default=3), sorted([3, 1, 2], reverse=True), each.index(1),
        list(map(str, [1, 2.0])), list(filter(None, [0, "", 3])),
        next(iter([4])), next((x for x in some if x is some), "end"), each[-1], each[1:2],
        tuple(range(5, 0, -2)), list(reversed([1, 2])), len({1}), some in [some], 0 < len(each) <= 100,
        sorted([("b", 1), ("a", 2)], key=lambda pair: (-pair[1], pair[0])),
        set("ab").isdisjoint("cd"), list(zip(some, each)),  # noqa: B905
    ]  # fmt: skip


def equal(a: Any, b: Any) -> list[bool]:
    again: list[Any] = []
    found = [a]
    grown = found
    grown += [b]
    again = again + found
    return [
        a == b,
        a != b,
        a in (b, 1),
        len(found) == 2,
        found == again,
    ]


def counted(most: int) -> Iterator[int]:
    """A generator with everything that goes on in loops."""
    k = 0
    while True:
        k += 1
        if k % 2:
            continue
        if k > most:
            break
        yield k
    yield from (k * n for n in range(3))


def matched(value: Any) -> str:
    match value:
        case None:
            return "none"
        case True | False:
            return "yes or no"
        case int() if value > 5:
            return "large"
        case int() | float():
            return f"number {value}"
        case "a" | "b":
            return "letter"
        case str(text):
            return text
        case Pair(count, index="x"):
            return f"pair {count}"
        case Pair():
            return "another pair"
        case Thing(default, new=(first, second)):
            return f"{default} {first} {second}"
        case (one, two):
            return f"two: {one}, {two}"
        case tuple():
            return "tuple"
        case _:
            return "else"


def tried(key: Any) -> str:
    try:
        if key == "fail":
            raise FailedError(f"{key} failed")
        if key == "zero":
            return str(1 / 0)
        if key == "zip":
            return str(list(zip([1], [1, 2], strict=True)))
        return str(TABLE[key])
    except ValueError:
        return "not equally long"
    except ArithmeticError:
        return "infinite"
    except LookupError as fault:
        return f"no {key}: {fault}"
    except Exception:
        return "failed"


def records(k: int) -> list[Any]:
    thing = Thing(1.0, (k,))
    later = [partly(n, k) for n in range(3)]
    counts = {"seen": 0}

    def inner(word: str, *rest: int, last: int = 3) -> str:
        counts["seen"] += 1
        return f"{word}{sum(rest)}{last}"

    pair = Pair(k)
    return [
        thing, thing.plus(2), thing.plus(0.5, times=2).size, thing == Thing(1, (k,)), pair, pair.both, pair[1],
        pair.count, pair == (k, "none"), [f(1) for f in later], inner("a"), inner("b", 1, 2, last=k), counts, len(pair),
        list(map(thing.plus, [1, 2])), sorted([3, 1], key=[3, 1].index),
        any((found := n) > 1 for n in range(4)), found, twice(k),
        keyword(1, b=2), keyword(b=3, a=4), keyword(1, b=2, **{"d": 2}, c=3), {"x": Pair(1)}["x"].count, not pair,
        [bool(Own()), bool(Own((1,))), len(Own((1, 2))), Own() == Own(), len({Own(), Own()}), {Own(): 1} == {}],
    ]  # fmt: skip


def partly(n: int, k: int) -> Callable[[int], int]:
    return lambda x: x + n + k


@cache
def twice(k: int) -> int:
    return k * 2


def keyword(a: int, *, b: int = 0, **others: int) -> str:
    return f"{a} {b} {others}"


def decimals(a: float, b: float) -> list[Any]:
    """Without the sign of a zero, which is not kept."""
    one, other = Decimal(a), Decimal(f"{b:.3f}")
    each = [one + other, one * other, -one, abs(one) / Decimal(3), (one / (other or Decimal(1))).scaleb(2)]
    each += [one / Decimal(k) * Decimal(k) - one for k in (3, 7, -11)]  # what 28 digits leave
    return [[float(value) + 0.0 for value in each], one < other, one == other, int(one)]


def constants() -> list[Any]:
    return [TABLE, NUMBERS, -1, 1e300, 0.1, 1_000_000.0, "\n\t'\"\u2028\x00é😀"]
