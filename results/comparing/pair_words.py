"""Who with whom, in words and short tables: in how many of 100 networks, and how far to trust it."""

from collections.abc import Sequence
from math import sqrt

from results.comparing.pairs import PairsOfRun
from results.words.counts import of_hundred
from results.words.sentence import told
from results.words.table import Table
from scenarios import Scenario


def pair_blocks(found: PairsOfRun) -> list[Table | Sequence[str]]:
    """The pairs most likely to collaborate that do not yet, and the members most likely to be without a tie.

    Nothing where every network draws its own members: `pair_notes` says why.
    """
    return [_likely(found), _lonely(found)] if found.of_same_members else []


def _likely(found: PairsOfRun) -> Table | Sequence[str]:
    first, month = found.months[0], found.months[-1]
    counts, now = found.predicted[month], found.predicted[first]
    several = len(found.months) > 1
    if not found.likely:
        if several:
            return [told("pairs.none.new", first=str(first), month=str(month), count=found.networks)]
        return [told("pairs.none", month=str(month), count=found.networks)]
    rows = []
    for pair in found.likely:
        shares = [counts.working[pair], counts.tied[pair], *([now.working[pair]] if several else [])]
        rows.append((told("pairs.names", pair=tuple(found.names[one] for one in pair)), *_hundredths(found, shares)))
    title = told("pairs.likely", month=str(month))
    if several:
        title = told("pairs.likely.new", month=str(month), first=str(first))
    before = (told("pairs.before", month=str(first)),) if several else ()
    header = ("", told("pairs.collaborate"), told("pairs.know"), *before)
    return Table(title, header, tuple(rows), frozenset({1, 2, 3}))


def _lonely(found: PairsOfRun) -> Table | Sequence[str]:
    month = found.months[-1]
    counts = found.predicted[month]
    if not found.lonely:
        return [told("pairs.lonely.none", month=str(month))]
    rows = tuple(
        (
            found.names[one],
            *_hundredths(found, [counts.alone[one], counts.active[one]]),
            f"{counts.tied[one].sum() / found.networks:.1f}",
        )
        for one in found.lonely
    )
    header = ("", *(told(f"pairs.{what}") for what in ("alone", "collaborates", "ties")))
    return Table(told("pairs.lonely", month=str(month)), header, rows, frozenset({1, 2, 3}))


def _hundredths(found: PairsOfRun, counts: Sequence[int]) -> list[str]:
    return [of_hundred(int(count) / found.networks) for count in counts]


def pair_notes(found: PairsOfRun) -> list[str]:
    """What these chances are, how sure they are, and what they cannot tell."""
    roster, luck = found.scenario.roster, round(98 / sqrt(found.networks))  # half of a 95 % interval, in points
    lines: list[str] = [
        told("pairs.note.chance", count=found.networks, points=max(1, luck)),
        told("pairs.note.prediction"),
    ]
    if roster is None:
        lines.append(told("pairs.note.drawn"))
    return [*lines, *pairs_drawn(found.scenario)]


def pairs_drawn(scenario: Scenario) -> list[str]:
    """What of members by name is drawn all the same, so that it tells nobody apart; a sentence each."""
    lines: list[str] = []
    if scenario.roster is not None and scenario.roster.ties is None:
        lines.append(told("pairs.note.ties"))
    if scenario.roster is not None and scenario.network.joining:
        lines.append(told("pairs.note.joining"))
    return lines
