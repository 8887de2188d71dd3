"""What is said of members by name, in plain sentences, and how far it can be trusted."""

from collections.abc import Sequence

from results.comparing.pair_words import pairs_drawn
from results.members.estimates import Changes, MemberEstimates
from results.members.measures import MEASURES
from results.members.tables import (
    SHOWN,
    SHOWN_CHANGES,
    SHOWN_PAIRS,
    change_table,
    dependence_table,
    member_table,
    pair_table,
    sure,
)
from results.words.counts import percent
from results.words.likelihood import EITHER, SCALE
from results.words.narrative import Said, said
from results.words.notes import INTERVAL, ONE, OPEN
from results.words.numbers import number, subject, with_half
from results.words.table import Table
from results.words.unlike import unlike
from results.words.varying import few_behind, parameters
from scenarios import Scenario
from scenarios.files.faults import printable
from scenarios.files.listing import counted, listed

TRUST = (
    "How far to trust it: in surveys of real networks Legato told which pairs would be tied about as well as the best "
    "simple rule, such as counting partners in common, and better than saying that nothing changes where something "
    "did; it was not better than the best rule (docs/real-networks.md). Which members collaborate, leave or depend on "
    "others has not been tested on any real network: take it as a question to ask them, not as a forecast. With a "
    "survey of your own, `legato check` says how good it is for your members."
)
"""The caveat below every answer about members; in JSON too."""
_NAMED = 3
_MOST_CLEAR = 6


def members_said(
    found: Sequence[MemberEstimates], changes: Sequence[Changes], wanted: Sequence[int], *, whole_page: bool = False
) -> Said:
    """What becomes of the members of the first scenario, and what the others change for whom.

    Args:
        found: the estimates of each scenario, the baseline first.
        changes: of each of the others.
        wanted: members of the baseline that are asked for; everybody if empty.
        whole_page: whether there is room for all members.
    """
    base, scenarios = found[0], [one.fates.scenario for one in found]
    names = [base.names[one] for one in wanted]
    titles = {one.name: one.title for one in scenarios}
    answer = [_changed(one, titles[one.scenario]) for one in changes]
    answer += [_chances(base), _clear(base), _leaving(base), _dependence(base), _pairs(base)]
    most = (None, 40, 40) if whole_page else (SHOWN, 8, SHOWN_PAIRS)
    body: list[Table | None] = [
        *(change_table(one, names, None if whole_page else SHOWN_CHANGES) for one in changes),
        member_table(base, wanted, most[0]),
        dependence_table(base, wanted, most[1]),
        pair_table(base, wanted, most[2]),
    ]
    return said(answer, [one for one in body if one is not None], _notes(found, changes, scenarios))


def _chances(base: MemberEstimates) -> str:
    order = base.ranked("collaborated")
    level = base.level["collaborated"].mean
    first, last = order[:_NAMED], order[-_NAMED:][::-1]
    title = subject(base.fates.scenario.title, base.fates.scenario.name)
    average = percent(float(level.mean()))
    line = f"{title}: the chance that a member has collaborated by the end of month {base.fates.month}"
    if len(order) <= 2 * _NAMED:
        return f"{line}: {listed([_with(base, one, level[one]) for one in order])}."
    return (
        f"{line} is {average} on average. Likeliest: {listed([_with(base, one, level[one]) for one in first])}; "
        f"least likely: {listed([_with(base, one, level[one]) for one in last])}."
    )


def _with(base: MemberEstimates, one: int, share: float) -> str:
    return f"{printable(base.names[one])} ({percent(float(share))})"


def _clear(base: MemberEstimates) -> str:
    """Who collaborates more, and less, than the average member by the whole interval."""
    parts = []
    for word, clear in _clearly(base, "collaborated").items():
        if clear:
            parts.append(f"{word} likely: {_points(base, 'collaborated', clear)}")
    return f"Compared with the average member, clearly {'; clearly '.join(parts)}." if parts else ""


def _leaving(base: MemberEstimates) -> str:
    level = base.level["left"].mean
    if not level.any():
        return f"Nobody leaves by the end of month {base.fates.month} in any network."
    clear = _clearly(base, "left")["more"]
    line = f"The chance that a member has left by then is {percent(float(level.mean()))} on average"
    if not clear:
        return f"{line}; nobody is clearly more at risk than the average member."
    return f"{line}; clearly more at risk: {_points(base, 'left', clear)}."


def _clearly(base: MemberEstimates, measure: str) -> dict[str, list[int]]:
    apart = base.apart[measure]
    order = base.ranked(measure)
    return {
        "more": [one for one in order if apart.low[one] > 0],
        "less": [one for one in order[::-1] if apart.high[one] < 0],
    }


def _points(base: MemberEstimates, measure: str, members: Sequence[int]) -> str:
    apart = base.apart[measure]
    names = [
        f"{printable(base.names[one])} ({number(float(apart.mean[one]), 'share', sign=True)} points)"
        for one in members[:_MOST_CLEAR]
    ]
    more = len(members) - _MOST_CLEAR
    return listed([*names, *([f"{more} more"] if more > 0 else [])])


def _dependence(base: MemberEstimates) -> str:
    (first, *_) = base.ranked("depend_on_it")
    often = float(base.level["depend_on_it"].mean[first])
    others = [printable(base.names[other]) for other, _ in base.depending_on(first)[:_NAMED]]
    if not others:
        return ""
    return (
        f"Most depend on {printable(base.names[first])}: if it left, {often:.1f} members on average would collaborate "
        f"with nobody, most often {listed(others, 'or')}."
    )


def _pairs(base: MemberEstimates) -> str:
    one, other = base.fates.pairs
    pairs = [
        f"{printable(base.names[one[pair]])} and {printable(base.names[other[pair]])} "
        f"({percent(float(base.pairs.mean[pair]))})"
        for pair in base.likeliest[:_NAMED]
    ]
    if not pairs:
        return f"No two collaborate at the end of month {base.fates.month} in any network."
    return f"Likeliest to collaborate then: {'; '.join(pairs)}."


def _changed(found: Changes, title: str) -> str:
    """Who loses and who gains by a plan."""
    words = [sure(found, "collaborated", one) for one in range(len(found.names))]
    lose, gain = (
        [one for one in order if words[one].endswith(way) and not words[one].startswith("probably")]
        for order, way in ((found.ranked("collaborated"), "lower"), (found.ranked("collaborated")[::-1], "higher"))
    )
    line = f"{subject(title, found.scenario)}, compared with {found.baseline}: "
    if not lose and not gain:
        if all(word == "the same" for word in words):
            return f"{line}it changes nothing for any member's chance to collaborate."
        return f"{line}for no member is it clear whether it collaborates more or less."
    parts = []
    for members, what in ((lose, "lower"), (gain, "higher")):
        if members:
            some = [_change_of(found, one) for one in members[:_NAMED]]
            most = "most" if len(members) > _NAMED else "namely"
            parts.append(
                f"{counted(len(members), 'member')} very probably or almost certainly "
                f"{'has' if len(members) == 1 else 'have'} a {what} chance to collaborate, {most} {listed(some)}"
            )
    open_ones = sum(word == EITHER or word.startswith("probably") for word in words)
    rest = f"; for {open_ones} of {len(words)} it is open" if open_ones else ""
    return f"{line}{'; '.join(parts)}{rest}."


def _change_of(found: Changes, one: int) -> str:
    values = found.change["collaborated"]
    return f"{printable(found.names[one])} ({with_half(*values.ends(one), 'share', change=True)} points)"


def _notes(found: Sequence[MemberEstimates], changes: Sequence[Changes], scenarios: Sequence[Scenario]) -> list[str]:
    base = found[0].fates
    networks = base.networks
    is_open = any(one.posterior is not None for one in scenarios)
    lines = [
        f"Each of {counted(networks, 'network')} has the same members. "
        + " ".join(f"{one.label.removesuffix(' (%)').capitalize()}: {one.means}." for one in MEASURES),
        ONE if networks < 2 else OPEN if is_open else INTERVAL,
        few_behind(scenarios, networks),
        parameters(scenarios, networks),
        "What is not known of the parameters moves all members together. So how a member differs from the average "
        "member is usually known better than its chance itself; of 100 members, 5 seem different by luck alone.",
    ]
    if changes:
        lines += ["Changes are taken network by network, with the same luck.", SCALE, *unlike(scenarios)]
        for one in changes:
            apart = [f"{printable(name)} only in {one.scenario}" for name in one.only_here]
            apart += [f"{printable(name)} only in {one.baseline}" for name in one.only_there]
            if apart:
                lines.append(f"Not compared, since one of the two has them not: {listed(apart)}.")
    lines += pairs_drawn(base.scenario)
    return [*lines, TRUST]
