"""Who with whom, in words and short tables: in how many of 100 networks, and how far to trust it."""

from collections.abc import Sequence
from math import sqrt

from results.comparing.pairs import PairsOfRun
from results.words.counts import of_hundred
from results.words.table import Table
from scenarios import Scenario
from scenarios.files.listing import counted


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
        yet = f" that mostly do not in month {first}" if several else ""
        return [f"No two members{yet} collaborate in month {month} in any of {counted(found.networks, 'network')}."]
    rows = []
    for pair in found.likely:
        shares = [counts.working[pair], counts.tied[pair], *([now.working[pair]] if several else [])]
        rows.append((" and ".join(found.names[one] for one in pair), *_hundredths(found, shares)))
    yet = f", of pairs that mostly do not in month {first}" if several else ""
    title = f"Most likely to collaborate in month {month}{yet}: in how many of 100 networks"
    before = (f"collaborate in month {first}",) if several else ()
    return Table(title, ("", "collaborate", "know each other", *before), tuple(rows), frozenset({1, 2, 3}))


def _lonely(found: PairsOfRun) -> Table | Sequence[str]:
    month = found.months[-1]
    counts = found.predicted[month]
    if not found.lonely:
        return [f"In month {month} no founding member is without a tie in 1 of 100 networks or more."]
    rows = tuple(
        (
            found.names[one],
            *_hundredths(found, [counts.alone[one], counts.active[one]]),
            f"{counts.tied[one].sum() / found.networks:.1f}",
        )
        for one in found.lonely
    )
    title = f"Most likely to be without any tie in month {month}: in how many of 100 networks"
    return Table(title, ("", "without a tie", "collaborates", "ties on average"), rows, frozenset({1, 2, 3}))


def _hundredths(found: PairsOfRun, counts: Sequence[int]) -> list[str]:
    return [of_hundred(int(count) / found.networks) for count in counts]


def pair_notes(found: PairsOfRun) -> list[str]:
    """What these chances are, how sure they are, and what they cannot tell."""
    roster, luck = found.scenario.roster, round(98 / sqrt(found.networks))  # half of a 95 % interval, in points
    lines = [
        f"A chance for a pair or a member is the share of {counted(found.networks, 'network')} in which it comes true; "
        f"near 50 of 100, luck alone moves it by {max(1, luck)} either way. pairs.parquet has all pairs, "
        "members.parquet all members.",
        "Who works with whom is a prediction of the model. Before you rely on it, survey your network and ask "
        "`legato check` whether the model picks the right pairs.",
    ]
    if roster is None:
        lines.append(
            "The members of this scenario are drawn again for every network: member 3 of one network is another "
            "organization than member 3 of the next, so no list of the likeliest would mean anything. With your own "
            "members there is one: `legato new`."
        )
    return [*lines, *pairs_drawn(found.scenario)]


def pairs_drawn(scenario: Scenario) -> list[str]:
    """What of members by name is drawn all the same, so that it tells nobody apart; a sentence each."""
    lines = []
    if scenario.roster is not None and scenario.roster.ties is None:
        lines.append(
            "Whom members knew before is drawn again for every network. With a list of their ties (members.ties) the "
            "chances would tell pairs apart better."
        )
    if scenario.roster is not None and scenario.network.joining:
        lines.append("The lists are of founding members; who joins later has no name, and no tie before it joins.")
    return lines
