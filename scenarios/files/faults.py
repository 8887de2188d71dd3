"""Bad input: every fault at once, each with key, value, what is allowed and the near miss."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

MOST_SHOWN = 200
_LONGEST = 60
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
"""Characters that only a terminal heeds; blanks and line breaks are none of them."""


class RefusedError(Exception):
    """What is asked cannot be done as it is asked; nothing was begun. A command then ends with exit code 2."""


class FailedError(Exception):
    """What was asked was in order, but the work failed. A command then ends with exit code 1."""


class RequestError(RefusedError, ValueError):
    """One thing that is asked cannot be.

    Attributes:
        field: which one, as the request calls it; the command line has an option of that name.
        text: what was found, and what is allowed.
    """

    def __init__(self, field: str, text: str) -> None:
        self.field, self.text = field, text
        super().__init__(f"{field}: {text}")


class ScenarioError(RefusedError, ValueError):
    """Something cannot be used as a scenario; the message says everything that is wrong with it, and the way out."""

    def __init__(self, message: str) -> None:
        super().__init__("\n".join(printable(line) for line in message.split("\n")))

    @property
    def faults(self) -> tuple[str, ...]:
        """The faults one by one, without the line that names the file."""
        first, *others = str(self).splitlines()
        return tuple(line.strip() for line in others) or (first,)


class MissingExtraError(RefusedError, ImportError):
    """A package that is not installed with the core; the message names the command that installs it."""

    def __init__(self, what: str, package: str, extra: str) -> None:
        super().__init__(f"{what} needs {package}, which is not installed: pip install 'legato-networks[{extra}]'")


def refusal(subject: str, faults: Sequence[str]) -> str:
    """The message about `subject` with one line per fault; of very many, the first MOST_SHOWN and how many more."""
    lines = [f"{subject} cannot be used:", *(f"  {fault}" for fault in faults[:MOST_SHOWN])]
    if len(faults) > MOST_SHOWN:
        lines.append(f"  and {len(faults) - MOST_SHOWN} more")
    return "\n".join(lines)


def near_miss(word: str, known: Iterable[str], quote: str = "") -> str:
    """`; did you mean X?` where something known is close, else nothing."""
    close = get_close_matches(word[:100], list(known), n=1, cutoff=0.6)
    return f"; did you mean {quote}{close[0]}{quote}?" if close else ""


def printable(text: str) -> str:
    """The text with escapes for whatever would move a terminal's cursor, change its colours or hide what it shows."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def control(text: str) -> str:
    """The first character of a text that only a terminal would heed, as it is to be named; "" if there is none."""
    found = CONTROL.search(text)
    return f"the control character {found[0]!r}, which no terminal should get" if found else ""


def shown(value: Any) -> str:
    """A found value on one line, as a file would write it, cut where it is long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= 10**_LONGEST:
        return "a whole number of more than 60 digits"
    if isinstance(value, str):
        text, quote = printable(value[: _LONGEST + 1]), '"'
        if quote in text:
            text, quote = (text, "'") if "'" not in text else (text.replace('"', '\\"'), quote)
        return f"{quote}{text if len(value) <= _LONGEST else text[:_LONGEST] + '...'}{quote}"
    if isinstance(value, (list, tuple)):
        text = "[" + ", ".join(shown(item) for item in value[:65]) + "]"
    elif isinstance(value, dict):
        text = "a table"
    elif value is None:
        text = "left out"
    else:
        text = str(value)
    return text if len(text) <= 2 * _LONGEST else text[: 2 * _LONGEST] + "..."
