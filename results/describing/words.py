"""What is said of a network as it stands, in plain words: no measure without what it means."""

from collections.abc import Sequence
from math import isnan

from results.describing.description import Description
from results.describing.tables import group_tables, member_table, missing_table
from results.describing.whole import FEWEST, WEAK, Whole
from results.words.counts import of_hundred
from results.words.narrative import Said, said
from scenarios.files.faults import printable
from scenarios.files.listing import counted, listed, plural

_NAMED = 3
_MOST_ALONE = 6


def description_said(found: Description, *, whole_page: bool = False) -> Said:
    """The description: answer, tables, and what the measures mean.

    Args:
        found: the description.
        whole_page: whether there is room for every member and everybody who is missing.
    """
    lacking = missing_table(found, 40) if whole_page else missing_table(found)
    members = member_table(found, None) if whole_page else member_table(found)
    tables = [members, *group_tables(found), lacking]
    return said(_answer(found), [one for one in tables if one is not None], _notes(found))


def _answer(found: Description) -> list[str]:
    network, whole = found.network, found.whole
    when = f", in {network.when}" if network.when else ""
    title = f"{printable(network.title)}{when}"
    if whole is None:
        return [
            f"{title}: {counted(len(found.names), 'member')}. Nothing is known of their ties, so nothing can be said "
            "of who is central or alone.",
            *_lacking(found),
        ]
    pairs = "pairs of which it is known" if network.unknown_pairs else "pairs"
    tied = "no" if isnan(whole.density) else of_hundred(whole.density)
    return [
        f"{title}: {counted(whole.members, 'member')} and {counted(whole.ties, 'tie')}; {tied} of 100 {pairs} have a "
        f"tie, and a member has {whole.mean_partners:.1f} partners on average.",
        _cohesion(found, whole),
        _central(found),
        _brokers(found),
        _joints(found),
        _trust(whole),
        _answered(found),
        _changed(found),
        *_lacking(found),
    ]


def _cohesion(found: Description, whole: Whole) -> str:
    """Whether everybody can reach everybody, and who is alone."""
    assert found.positions is not None
    alone = [printable(found.names[one]) for one in found.positions.alone]
    joined = [size for size in whole.parts if size > 1]
    lines = []
    if not joined:
        return "No member has a tie."
    way = f"{whole.steps:.1f} {'step' if whole.steps == 1 else 'steps'} on average, {whole.farthest} at most"
    if len(whole.parts) == 1:
        lines.append(f"All are connected: from any member to any other it takes {way}.")
    elif len(joined) == 1:
        lines.append(f"{joined[0]} members are connected with each other: it takes {way}.")
    else:
        rest = listed([str(size) for size in joined[1 : 1 + _MOST_ALONE]])
        more = " and more" if joined[1 + _MOST_ALONE :] else ""
        lines.append(
            f"It falls into {len(joined)} parts that no tie connects: {joined[0]} members, then {rest}{more}; within "
            f"the largest it takes {way}."
        )
    if alone:
        some = alone[:_MOST_ALONE] + ([f"{len(alone) - _MOST_ALONE} more"] if alone[_MOST_ALONE:] else [])
        silent = {one.member for one in found.missing.silent}.intersection(found.positions.alone)
        unsaid = f"; {len(silent)} of them did not answer" if silent else ""
        lines.append(
            f"{counted(len(alone), 'member')} {'has' if len(alone) == 1 else 'have'} no tie: {listed(some)}{unsaid}."
        )
    return " ".join(lines)


def _central(found: Description) -> str:
    assert found.positions is not None
    first = found.positions.central[:_NAMED]
    names = [f"{printable(found.names[one])} ({found.positions.partners[one]})" for one in first]
    return f"Most partners: {listed(names)}." if first else ""


def _brokers(found: Description) -> str:
    assert found.positions is not None
    first = found.positions.brokers[:_NAMED]
    if not first:
        return ""
    names = [f"{printable(found.names[one])} ({of_hundred(found.positions.between[one])})" for one in first]
    return f"Brokers, by how many of 100 pairs of others have their shortest way through them: {listed(names)}."


def _joints(found: Description) -> str:
    assert found.positions is not None
    first = found.positions.joints[:_NAMED]
    if not first:
        return ""
    names = [f"{printable(found.names[one])} ({found.positions.cut_off[one]})" for one in first]
    others = len(found.positions.joints) - len(first)
    more = f", and {counted(others, 'other')}" if others else ""
    return f"If one of these left, others would be cut off (how many): {listed(names)}{more}."


def _trust(whole: Whole) -> str:
    trust = whole.trust
    if trust is None:
        return ""
    return (
        f"Trust: half of the ties are between {trust.low:.2f} and {trust.high:.2f} on a scale from 0 to 1; "
        f"{counted(trust.weak, 'tie')} of {whole.ties} {'is' if trust.weak == 1 else 'are'} weak (below {WEAK:.2g})."
    )


def _answered(found: Description) -> str:
    answers = found.answers
    if answers is None:
        return ""
    line = f"{answers.answered} of {answers.asked} members answered"
    if not isnan(answers.agreement):
        either = counted(answers.both + answers.one_sided, "tie")
        line += f"; of {either} of which both sides were asked, both report {answers.both}"
    if 2 * answers.answered < answers.asked:
        line += ". With so few answers, who is central tells more of who answered than of the network"
    return f"{line}."


def _changed(found: Description) -> str:
    change = found.network.change
    if change is None:
        return ""
    return (
        f"Since {change.since}: {counted(change.gained, 'new tie')}, {change.lost} ended, {change.stayed} stayed "
        "(pairs that both surveys cover)."
    )


def _lacking(found: Description) -> list[str]:
    lacks = found.missing
    lines = []
    if lacks.topics:
        lines.append(f"No member works on {_some(lacks.topics, 'or')}.")
    if lacks.regions:
        lines.append(f"No member is from {_some(lacks.regions, 'or')}.")
    if lacks.outsiders:
        named = len(lacks.outsiders)
        lines.append(
            f"{named} {plural(named, 'organization')} {'is' if named == 1 else 'are'} named by members and "
            f"{'is' if named == 1 else 'are'} no {plural(named, 'member')}: "
            f"{_some([one.name for one in lacks.outsiders], 'and')}."
        )
    return lines


def _some(names: Sequence[str], last: str) -> str:
    shown = [printable(name) for name in names[:_MOST_ALONE]]
    return listed([*shown, *([f"{len(names) - _MOST_ALONE} more"] if names[_MOST_ALONE:] else [])], last)


def _notes(found: Description) -> list[str]:
    network, whole, answers = found.network, found.whole, found.answers
    lines = []
    if whole is not None:
        lines += [
            "Partners: members with which it has a tie. Within 2 steps: members that it knows, or that a partner of "
            "its knows. Between others: of 100 pairs of other members, how many have their shortest way through it (of "
            "a pair with several such ways, the share that leads through it). Pairs only it joins: pairs of its "
            "partners that do not know each other and have no other partner in common. Would be cut off: members that "
            "could no longer reach the rest if it left.",
        ]
        if whole.trust is None and whole.ties >= FEWEST:
            lines.append("All ties are equally strong here, so nothing is said of trust.")
        if not isnan(whole.closed):
            lines.append(
                f"Of 100 pairs with a partner in common, {of_hundred(whole.closed)} know each other themselves."
            )
    if network.unknown_pairs:
        members = len(found.names)
        lines.append(
            f"Of {network.unknown_pairs:,} of {members * (members - 1) // 2:,} pairs nothing is known, since neither "
            "answered: whoever did not answer may have more partners than are counted here."
        )
    if answers is not None and answers.told_once:
        lines.append("Both sides of every pair report the same, so it looks as if one report had been made of the two.")
    if not network.has_regions:
        lines.append("No regions are given.")
    if len(network.roster.topics) < 2:
        lines.append("All members share one topic, so topics tell nobody apart.")
    if any(one.kind == "topic" for one in found.groups):
        lines.append("A member with several topics counts in each of them.")
    lines.append("This describes what the files say; nothing was simulated.")
    return [*lines, *map(printable, network.notes)]
