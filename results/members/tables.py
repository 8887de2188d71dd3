"""Members by name as tables for people: members, likeliest pairs, who depends on whom, what a plan changes."""

from collections.abc import Sequence
from math import isnan

from results.members.estimates import Changes, MemberEstimates
from results.members.measures import BY_NAME, MEASURES
from results.words.counts import of_hundred
from results.words.likelihood import EITHER, direction
from results.words.numbers import with_half
from results.words.table import Table
from scenarios.files.faults import printable
from scenarios.files.listing import listed

SHOWN, SHOWN_PAIRS, SHOWN_CHANGES = 12, 10, 8
"""Rows in a terminal: members, pairs, and members that a plan changes most to either side."""
IN_SHORT = ("left", "partners", "depend_on_it")
"""Measures that a terminal has room for, beside the chance to collaborate."""
ON_PAGE = ("left", "partners", "joins", "depend_on_it")
"""Those that a page has; the files have all."""
_DEPENDING = 3


def member_table(found: MemberEstimates, wanted: Sequence[int], most: int | None = SHOWN) -> Table:
    """A row for each member, the likeliest to collaborate first; of some that are wanted, these alone."""
    order = [one for one in found.ranked("collaborated") if not wanted or one in wanted]
    shown = order if wanted else order[:most]
    measures = [one for one in MEASURES if one.name in (ON_PAGE if most is None else IN_SHORT)]
    header = ["member", BY_NAME["collaborated"].label, "above average (points)", *(one.label for one in measures)]
    rows = []
    for one in shown:
        cells = [_level(found, "collaborated", one), _apart(found, one)]
        rows.append((printable(found.names[one]), *cells, *(_level(found, measure.name, one) for measure in measures)))
    what = f"Members of {found.fates.scenario.name} at the end of month {found.fates.month}"
    if len(shown) < len(order):
        what += f", the {len(shown)} likeliest to collaborate of {len(order)}"
    return Table(what, tuple(header), tuple(rows), frozenset(range(1, len(header))))


def _level(found: MemberEstimates, measure: str, one: int) -> str:
    values = found.level[measure]
    return with_half(*values.ends(one), BY_NAME[measure].scale)


def _apart(found: MemberEstimates, one: int) -> str:
    values = found.apart["collaborated"]
    return with_half(*values.ends(one), "share", change=True)


def pair_table(found: MemberEstimates, wanted: Sequence[int], most: int = SHOWN_PAIRS) -> Table | None:
    """The likeliest pairs; None where no two collaborate in any network."""
    one, other = found.fates.pairs
    known = found.fates.known_before
    order = [pair for pair in found.likeliest if not wanted or one[pair] in wanted or other[pair] in wanted][:most]
    if not order:
        return None
    rows = []
    for pair in order:
        chance = with_half(*found.pairs.ends(pair), "share")
        cells = [chance, of_hundred(float(found.fates.tied[pair]) / found.fates.networks)]
        cells += [] if known is None else ["yes" if known[pair] else "no"]
        rows.append((f"{printable(found.names[one[pair]])} and {printable(found.names[other[pair]])}", *cells))
    header = (
        "pair",
        "collaborate then (%)",
        "know each other then (%)",
        *(() if known is None else ("know each other now",)),
    )
    return Table("Likeliest pairs", header, tuple(rows), frozenset({1, 2}))


def dependence_table(found: MemberEstimates, wanted: Sequence[int], most: int = SHOWN_PAIRS) -> Table | None:
    """On whom most others depend, and who they are; None where nobody does."""
    order = [one for one in found.ranked("depend_on_it") if not wanted or one in wanted]
    rows = []
    for one in order[:most]:
        others = found.depending_on(one)[:_DEPENDING]
        if others:
            who = [f"{printable(found.names[other])} ({of_hundred(share)})" for other, share in others]
            rows.append((printable(found.names[one]), _level(found, "depend_on_it", one), listed(who)))
    if not rows:
        return None
    header = ("member", "depend on it", "most often (in how many of 100 networks)")
    return Table("Who depends on whom", header, tuple(rows), frozenset({1}))


def change_table(found: Changes, wanted: Sequence[str], most: int | None = SHOWN_CHANGES) -> Table:
    """What a plan changes for whom: those that lose most, and those that gain most, by the chance to collaborate."""
    order = [one for one in found.ranked("collaborated") if not wanted or found.names[one] in wanted]
    cut = most is not None and not wanted and len(order) > 2 * most
    shown = [*order[:most], *order[-(most or 0) :]] if cut else order
    header = ("member", "chance to collaborate (points)", "how sure", "partners", "has left (points)")
    rows = tuple(
        (
            printable(found.names[one]),
            _change(found, "collaborated", one),
            sure(found, "collaborated", one),
            _change(found, "partners", one),
            _change(found, "left", one),
        )
        for one in shown
    )
    title = f"What {found.scenario} changes, compared with {found.baseline}"
    if cut:
        title += f": the {most} that lose most and the {most} that gain most of {len(order)}"
    return Table(title, header, rows, frozenset({1, 3, 4}))


def sure(found: Changes, measure: str, one: int) -> str:
    """How sure the direction of a change is, in words; none of a change that is none."""
    chance = float(found.chance_higher[measure][one])
    if found.change[measure].mean[one] == 0 and found.change[measure].of_mean[one] == 0:
        return "the same"
    return EITHER if isnan(chance) else direction(chance)


def _change(found: Changes, measure: str, one: int) -> str:
    values = found.change[measure]
    return with_half(*values.ends(one), BY_NAME[measure].scale, change=True)
