"""How far work is, in lines: for logs, which nobody watches and everybody reads, and for schedulers, as JSON."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from results.words.duration import duration

EVERY = 30.0
"""Seconds between two lines, at the least."""
RARER = 0.02
"""Share of the time so far that passes between two lines, where that is longer: a day of work fills no log."""

Also = Callable[[], Mapping[str, int]]
"""What else is known of the work: points, of_points, failed."""


@dataclass(frozen=True)
class HowFar:
    """How far it is.

    Attributes:
        done: how much is finished (count).
        total: of how much; None where nobody knows.
        what: it is called.
        seconds: since it began.
        also: what else is known: points, of_points, failed.
    """

    done: int
    total: int | None
    what: str
    seconds: float
    also: Mapping[str, int] = field(default_factory=dict)

    @property
    def left(self) -> float | None:
        """Seconds that the rest will take at the pace so far; None where nobody can tell."""
        if not self.total or not self.done:
            return None
        return self.seconds / self.done * max(0, self.total - self.done)

    @property
    def line(self) -> str:
        """In words: `300 of 1,200 networks (25 %); 3 of 12 points, 1 failed; about 40 s left`."""
        of = f" of {self.total:,}" if self.total else ""
        parts = [f"{self.done:,}{of} {self.what}{f' ({100 * self.done / self.total:.0f} %)' if self.total else ''}"]
        if "points" in self.also:
            failed = self.also.get("failed", 0)
            told = f"{self.also['points']:,} of {self.also['of_points']:,} points kept"
            parts.append(f"{told}, {failed:,} failed" if failed else told)
        if self.left:
            parts.append(f"about {duration(self.left)} left")
        elif self.left == 0:
            parts.append(f"took {duration(self.seconds)}")
        return "; ".join(parts)

    @property
    def document(self) -> dict[str, int | float | str | None]:
        """As JSON values. Keys named here stay; further keys may come."""
        left = self.left
        return {
            "event": "progress",
            "what": self.what,
            "done": self.done,
            "of": self.total,
            **self.also,
            "seconds": round(self.seconds, 1),
            "seconds_left": None if left is None else round(left, 1),
        }


@contextmanager
def in_lines(
    total: int | None,
    what: str,
    write: Callable[[str], object],
    *,
    also: Also = dict,
    as_json: bool = False,
    to_the_end: bool = False,
    clock: Callable[[], float] = monotonic,
) -> Iterator[Callable[[int], None]]:
    """Give what is to be called with how many more are finished; now and then a line says how far it is.

    Nobody is at work beside the work: a line is written when something is finished, EVERY seconds after the one before.

    Args:
        total: of how much; None where nobody knows.
        what: it is called.
        write: takes a line.
        also: says what else is known.
        as_json: whether a line is a JSON document.
        to_the_end: whether there is a last line even of work that took no time.
        clock: seconds.
    """
    lock, begin = Lock(), clock()
    done, seen, told = 0, begin, 0

    def tell(now: float) -> None:
        nonlocal seen, told
        seen, told = now, done
        known = HowFar(done, None if total is None else max(total, done), what, now - begin, also())
        write(json.dumps(known.document) if as_json else known.line)

    def advance(finished: int) -> None:
        nonlocal done
        with lock:
            done += finished
            now = clock()
            if now - seen >= max(EVERY, RARER * (now - begin)):
                tell(now)

    yield advance
    if to_the_end or seen > begin:  # of work that fails, whoever failed says more
        tell(clock())
