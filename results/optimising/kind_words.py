"""Kinds of plans in words: what each does without, and how much it takes of the rest."""

from collections.abc import Mapping
from typing import Any

from results.optimising.final import Finalist, Group, Optimum
from results.optimising.kinds import NOTHING, Kind, Kinds, can_be_nothing, parts_of
from results.optimising.objective import label_of
from results.optimising.plan_words import behind, level, settings, span_of
from results.words.table import word
from scenarios.designs.factors import Factor
from scenarios.files.listing import listed

WITHOUT: Mapping[str, str] = {
    "closing.capstone": "a capstone event",
    "closing.handover": "a handover plan",
    "closing.notice": "notice",
    "closing.wind_down": "facilitation and grants while winding down",
    "closing.wind_down_months": "winding down",
    "facilitation.group_rate": "challenge groups",
    "facilitation.intensity": "facilitation",
    "facilitation.introductions": "introductions",
    "funder.notice": "notice by the funder",
    "funder.taper": "a taper",
    "funder.weight": "the funder's priorities in the agenda",
    "grants.per_call": "grants",
    "grants.size": "grants",
    "members.champions": "champions",
    "members.replacement": "members' own money",
    "network.joining": "members that join later",
    "network.leaders": "a leadership group",
}
"""What a plan does without whose lever is at nothing, for "with" and "without"."""


def kind_words(kinds: Kinds, kind: Kind) -> str:
    """What a kind is: `without grants, facilitation.intensity 0.667 to 1`."""
    said = [_part(lever, part) for lever, part in zip(kinds.levers, kind, strict=True)]
    return ", ".join(said)


def of_kind(found: Optimum, one: Finalist) -> str:
    """The kind of a plan, said as one, or its ranges would be taken for the plan's: `of the kind grants 1 to 3`."""
    return f"of the kind {kind_words(found.kinds, found.kinds.of(one.report.values))}"


def does_without(found: Optimum, one: Finalist) -> str:
    """What a plan does without, of what tells kinds apart: "without grants"; "" where it has some of all."""
    kind = found.kinds.of(one.report.values)
    names = [
        WITHOUT.get(lever.key, lever.key)
        for lever, part in zip(found.kinds.levers, kind, strict=True)
        if part == NOTHING
    ]
    return f"without {listed(names, 'or')}" if names else ""


def _part(lever: Factor, part: int) -> str:
    if part == NOTHING:
        return f"without {WITHOUT.get(lever.key, lever.key)}"
    if lever.is_numeric:
        low, high = (word(_rounded(end)) for end in parts_of(lever)[part])
        return f"{lever.key} {low}" if low == high else f"{lever.key} {low} to {high}"
    return f"{lever.key}={word(lever.levels[part])}" if part < len(lever.levels) else f"{lever.key} as planned"


def _rounded(end: Any) -> Any:
    """A third of a range ends at a number with many digits, of which three say enough."""
    return float(f"{end:.3g}") if isinstance(end, float) else end


def told_apart(found: Optimum) -> str:
    """By which levers kinds are told apart."""
    keys = listed(list(found.kinds.keys))
    how = "as asked" if found.question.kinds else "on which the cost depends most"
    return (
        f"Kinds of plans are told apart by {keys} ({how}): none of it, or the low, middle or high third of what was "
        "allowed. The final has the best of each kind; where no difference is clear, those of one kind share a row."
    )


def with_and_without(found: Optimum) -> list[str]:
    """Of each lever that tells kinds apart and may be at nothing: the best with it, and the best without it."""
    lines = []
    for place, lever in enumerate(found.kinds.levers):
        if not can_be_nothing(lever):
            continue
        without = found.groups[0].kind[place] == NOTHING
        other = best_other(found, place)
        ours, theirs = ("without", "with") if without else ("with", "without")
        name = WITHOUT.get(lever.key, lever.key)
        if other is None:
            lines.append(f"The best use is {ours} {name}; none {theirs} {name} was found within the budget.")
            continue
        (less, *_) = other.differences
        lines.append(
            f"The best use is {ours} {name}. Best {theirs} {name}: {settings(other)}; {label_of(less.outcome)} "
            f"{level(other, less.outcome)}, {behind(less)}."
        )
    return lines


def best_other(found: Optimum, place: int) -> Finalist | None:
    """The best finalist that differs from the winner in whether a lever is at nothing; None if there is none."""
    ours = found.groups[0].kind[place] == NOTHING
    return next((group.best for group in found.groups if (group.kind[place] == NOTHING) != ours), None)


def shown_groups(found: Optimum) -> list[Group]:
    """What has a row: the groups of finalists, and the plan, by itself if it is over the budget."""
    if any(found.planned in group.members for group in found.groups):
        return list(found.groups)
    return [*found.groups, Group(found.kinds.of(found.planned.report.values), (found.planned,))]


def group_name(name: str, group: Group) -> str:
    """What a row is called that stands for several: by its best, and how many are like it."""
    more = len(group.members) - 1
    return f"{name} and {more} more" if more else name


def values_of(group: Group, key: str) -> str:
    """What a group has of a lever: one value, or from the least to the greatest."""
    return span_of([one.report.values[key] for one in group.members])


def kinds_like_the_best(found: Optimum) -> str:
    """How many kinds there are in the final, and how many of them hold a plan that is as good as the best."""
    alike = {one.number for one in found.alike}
    kinds = list(dict.fromkeys(group.kind for group in found.groups))
    good = {group.kind for group in found.groups if any(one.number in alike for one in group.members)}
    if len(kinds) == 1:
        return "The final has one kind of plan only."
    return (
        f"Of the {len(kinds)} kinds of plans in the final, {len(good)} {'has' if len(good) == 1 else 'have'} one that "
        "is not clearly behind."
    )
