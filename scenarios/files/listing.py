"""Lists and counts as English writes them: `a, b and c`, `1 network`, `1,200 networks`."""

from collections.abc import Sequence


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words one after the other, with `last` before the last of them; "" of none."""
    *before, final = words or [""]
    return f"{', '.join(before)} {last} {final}" if before else final


def counted(number: int, noun: str) -> str:
    """A number of things whose plural ends in s."""
    return f"{number:,} {plural(number, noun)}"


def plural(number: int, noun: str) -> str:
    """The noun alone, as it stands after that number."""
    return noun if number == 1 else f"{noun}s"
