"""Whom to introduce, in plain words and a table."""

from collections.abc import Iterator

from results.introducing.documents import Found
from results.introducing.ranking import Introduction
from results.words.counts import percent
from results.words.numbers import number
from results.words.table import Table
from results.words.varying import parameters
from scenarios.files.listing import counted, listed
from simulation.outcomes import outcome_named

SAID = 3
"""Introductions that are put into a sentence; the table has all."""
HARDLY = 0.05


def answer(found: Found) -> list[str]:
    """What to do."""
    worth = [one for one in found.ranked if one.worth_it]
    if not worth:
        return [
            f"No introduction can be told from one that adds nothing: of the {counted(found.candidates, 'pair')} of "
            f"members that do not know each other, the {len(found.ranked)} most promising were looked at in "
            f"{found.networks:,} networks each."
        ]
    first = [
        f"Of the {len(found.ranked)} most promising introductions, {len(worth)} "
        f"{'adds' if len(worth) == 1 else 'add'} to {outcome_named(found.outcome).label} by month {found.month}."
    ]
    return [*first, *(sentence(found, one) for one in worth[:SAID])]


def sentence(found: Found, one: Introduction) -> str:
    """One introduction: who, why, and what it adds."""
    names = found.names(one)
    neither = "neither knows" if len(names) == 2 else "they do not know"
    other = "the other" if len(names) == 2 else "each other"
    anyway = "" if one.know < HARDLY else f" (in {percent(one.know)} of networks they meet without it)"
    shared = found.shared(one)
    both = "both work" if len(names) == 2 else "all work"
    topics = f"{both} on {listed(list(shared[:3]))}" if shared else "they share no topic that all of them work on"
    return f"{listed(list(names))}: {neither} {other}{anyway}, {topics}; {_adds(found, one)}."


def introduction_table(found: Found) -> Table:
    """All that were looked at closely."""
    rows = tuple(
        (
            listed(list(found.names(one))),
            ", ".join(found.shared(one)) or "-",
            _value(found, one.adds),
            f"{_value(found, one.low)} to {_value(found, one.high)}",
            "yes" if one.worth_it else "cannot tell",
        )
        for one in found.ranked
    )
    header = ("introduce", "common topics", "adds", "95 %", "worth it")
    what = outcome_named(found.outcome).label
    title = f"Introduced in month {found.introduced}: what it adds to {what}, month {found.month}"
    return Table(title, header, rows, frozenset({2}))


def notes(found: Found) -> Iterator[str]:
    """What the numbers mean, and how sure they are."""
    yield (
        f"All {counted(found.candidates, 'pair')} that do not know each other were looked at roughly, in "
        f"{found.screened:,} networks; the most promising then in {found.networks:,} networks each, with the same luck "
        "with and without the introduction, and other luck than before."
    )
    yield (
        "What it adds is an average over luck and parameters; the interval says how well so many networks know it. One "
        "network will differ by far more. Of the introductions that are called worth it, one in ten may not be."
    )
    yield (
        "Each introduction is looked at alone: several together may add less than their sum. How well Legato knows who "
        "will work with whom: docs/real-networks.md."
    )
    yield parameters([found.scenario], found.networks)


def _adds(found: Found, one: Introduction) -> str:
    label = outcome_named(found.outcome).label
    return f"{_value(found, one.adds)} {label} ({_value(found, one.low)} to {_value(found, one.high)})"


def _value(found: Found, value: float) -> str:
    """A change small beside the outcome itself: with two digits after the point more than usual."""
    scale = outcome_named(found.outcome).scale
    return number(value, scale, 2 if scale in ("count", "level") else 1, sign=True)
