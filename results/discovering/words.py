"""Where a plan fails, in words and as rows of words."""

from collections.abc import Sequence
from math import isinf
from typing import Any

from results.discovering.boxes import Axis, Limit
from results.discovering.discovery import Discovery, Failure, Held, Region, Share
from results.words.counts import percent, percent_range
from results.words.numbers import factor_words
from results.words.numbers import label as label_numbers
from results.words.numbers import number as number_numbers
from results.words.shares import moving_base
from results.words.table import Table, word
from results.words.varying import few_behind_points, of_design
from scenarios.designs.factors import SCENARIO
from scenarios.files.listing import counted, listed
from simulation.outcomes import outcome_named

QUASI = (
    "Quasi-p: how easily chance would make a region as dense without that limit. The search tried many regions, so it "
    "looks better than it is; the fresh points do not."
)
COVERAGE = (
    "Density: share of the points in a region that fail. Coverage: share of all failing points that lie in it. "
    "Intervals are 95 % (Wilson) over points."
)
CASES = "A case is one plan in one future."
ALIKE = "All points count equally, because their likelihood is unknown: ranges are what was asked for, not findings."
BY_WHAT_WAS_ASKED = (
    "Points are as likely as the distributions, correlations and tables that were asked for make them: shares are of "
    "these, and not findings."
)


def answer(found: Discovery) -> list[str]:
    """When it fails, in a few sentences."""
    what, many = failing(found.failure), points_word(found)
    base = f"{_of(found.failing)} {many}"
    if not found.regions:
        return [
            f"{what} in {base}. No region was found where that happens more often than by chance: what is varied does "
            "not show where it fails."
        ]
    return [
        f"{what} in {base}. {_sentence(found.regions[0], found, first=True)}",
        *(_sentence(one, found, first=False) for one in found.regions[1:]),
        *_judgement(found),
    ]


def failing(failure: Failure) -> str:
    """What failing is: "Members that ever collaborate (%) is below 60"."""
    label = label_numbers(failure.outcome)
    amount = number_numbers(failure.value, outcome_named(failure.outcome).scale)
    return f"{label[0].upper()}{label[1:]} is {failure.side} {amount}"


def points_word(found: Discovery) -> str:
    """What a point is called: a future; a case, where several plans are tried in futures; or a point of a design."""
    if found.response.design.kind != "futures":
        return "points"
    return "cases" if len(found.response.design.bases) > 1 else "futures"


def _sentence(one: Region, found: Discovery, *, first: bool) -> str:
    many = points_word(found)
    holds = f"these are {one.found.coverage.count:,} of the {one.found.coverage.of:,} that fail"
    lines = f"{'It fails' if first else 'It also fails'} {answer_of(one, found)}: {holds}."
    if one.fresh is None:
        return lines
    return (
        f"{lines} On fresh {many} it fails there in {_interval(one.fresh.density)}, elsewhere in "
        f"{_of(one.fresh.elsewhere)}."
    )


def answer_of(one: Region, found: Discovery) -> str:
    """How dense a box is, and where it is: "in 81 of 102 points with ..."."""
    return f"in {_all_or(one.found.density)} {points_word(found)} {conditions(one, found.axes)}"


def conditions(one: Region, axes: Sequence[Axis]) -> str:
    """The limits of a box: "with facilitation intensity (facilitation.intensity) below 0.4 and ..."."""
    named = {axis.factor.key: axis for axis in axes}
    return "with " + listed([condition(limit, named[limit.key]) for limit in one.box])


def condition(limit: Limit, axis: Axis) -> str:
    """One limit, with the factor in the field's words."""
    if limit.key == SCENARIO:
        return _levels(limit, axis)
    text = axis.factor.text.partition(";")[0].partition(", or '")[0]
    return f"{text} ({limit.key}) {span(limit, axis)}"


def span(limit: Limit, axis: Axis) -> str:
    """What a limit lets in: "below 0.4", "at most 2", "from 6 to 9", "true"."""
    if limit.places is not None:
        return _levels(limit, axis)
    if not axis.levels and not axis.factor.whole:
        low, high = (f"{end:,.12g}" for end in (limit.low, limit.high))  # all digits: points were counted with them
        if isinf(limit.low):
            return f"of {high} or less"
        return f"of {low} or more" if isinf(limit.high) else f"from {low} to {high}"
    within = _within(limit, axis)
    if len(within) == 1:
        return word(within[0])
    if isinf(limit.low):
        return f"of {word(within[-1])} or less"
    if isinf(limit.high):
        last = f", or {word(within[-1])}" if isinstance(within[-1], str) else ""
        return f"of {word(within[0])} or more{last}"
    return f"from {word(within[0])} to {word(within[-1])}"


def _within(limit: Limit, axis: Axis) -> list[Any]:
    """The levels, or whole numbers, that an ordered limit lets in."""
    low, high = axis.ends
    first, last = max(limit.low, low), min(limit.high, high)
    whole = range(-int(-first // 1), int(last // 1) + 1)
    return [axis.levels[place] for place in whole] if axis.levels else list(whole)


def _levels(limit: Limit, axis: Axis) -> str:
    return listed([word(axis.levels[place]) for place in sorted(limit.places or ())], "or")


def regions_table(found: Discovery) -> Table:
    """Every box: how dense, how much it covers, found and on fresh points."""
    rows = []
    for number, one in enumerate(found.regions, start=1):
        rows.append((f"{number}", *_cells(one.found), *(_cells(one.fresh) if one.fresh else ("-", "-", "-"))))
    header = ("region", "density", "coverage", "elsewhere", "fresh density", "fresh coverage", "fresh elsewhere")
    return Table("Where it fails", header, tuple(rows), frozenset(range(1, 7)))


def _cells(held: Held) -> tuple[str, str, str]:
    return _counted(held.density), _counted(held.coverage), _counted(held.elsewhere)


def _counted(share: Share) -> str:
    """A share with what was counted: `78 % (81 of 104)`."""
    return f"{percent(share.mean)} ({_of(share)})" if share.of else "-"


def limits_table(found: Discovery) -> Table:
    """Every limit, what it is on, and how much of it might be chance."""
    named = {axis.factor.key: axis for axis in found.axes}
    rows = tuple(
        (
            f"{number}",
            limit.key,
            span(limit, named[limit.key]),
            factor_words(named[limit.key].factor),
            _chance(doubt),
        )
        for number, one in enumerate(found.regions, start=1)
        for limit, doubt in zip(one.box, one.quasi_p, strict=True)
    )
    return Table("Their limits", ("region", "key", "limit", "what it is", "quasi-p"), rows, frozenset({4}))


def notes(found: Discovery, replicates: int, seed: int) -> list[str]:
    """What the numbers mean and what is not in them."""
    many = points_word(found)
    lines = [CASES] if many == "cases" else []
    design = found.response.design
    as_asked = design.binding.correlate or design.binding.together or not all(one.is_even for one in design.factors)
    alike = BY_WHAT_WAS_ASKED if as_asked else ALIKE
    lines += [COVERAGE, QUASI, alike] if found.regions else [alike]
    lines += filter(None, [moving_base(found.failure.outcome)])
    if found.unsure:
        lines.append(
            f"At {found.unsure:,} of {found.failing.of:,} {many} the 95 % interval includes the threshold: "
            f"{_what_decides(found)}"
        )
    lines.append(of_design(found.response.design, "a mean", replicates))
    lines += filter(None, [few_behind_points(found.response.design, replicates)])
    missing = len(found.response.design) - found.failing.of
    if missing:
        lines.append(f"{missing:,} {many} are left out: they have no value.")
    if found.searched < found.failing.of:
        lines.append(f"The search looked at {found.searched:,} of them; the counts are of all.")
    if found.fresh is not None:
        fresh = f"On {found.fresh.of:,} fresh {many}, {_interval(found.fresh)} fail"
        lines.append(f"{fresh}; {counted(replicates, 'network')} each, seed {seed}.")
    return lines


def _what_decides(found: Discovery) -> str:
    """Whether luck decides if they fail, which more replicates even out, or what is not known of the parameters."""
    of_parameters = found.unsure - found.by_luck
    if not of_parameters:
        return "luck decides whether they count as failing. More replicates would settle some of them."
    if not found.by_luck:
        return (
            "parameters are uncertain, which leaves open whether they count as failing. Knowing more about the "
            "parameters would settle it, more networks would not."
        )
    return (
        f"at {found.by_luck:,} mostly because of luck, and more replicates would settle some of these; at "
        f"{of_parameters:,} mostly because parameters are uncertain, and only knowing more about them would settle "
        "those."
    )


def _judgement(found: Discovery) -> list[str]:
    """Whether fresh points confirm what was found."""
    lines = []
    for number, one in enumerate(found.regions, start=1):
        if one.fresh is None:
            continue
        which = f"Region {number}" if len(found.regions) > 1 else "The region"
        low, high = one.fresh.density.interval
        if one.fresh.density.of == 0:
            lines.append(f"{which} holds no fresh point, so nothing confirms it.")
        elif low <= one.fresh.elsewhere.mean:
            lines.append(f"{which} is not confirmed: fresh points do not clearly fail more often there than elsewhere.")
        elif high < one.found.density.mean:
            lines.append(
                f"{which} looked worse than it is: fresh points fail less often there than the points it was found on."
            )
    return lines


def _all_or(share: Share) -> str:
    """A share as it was counted: "81 of 102", or "all 43"."""
    return f"all {share.of:,}" if share.count == share.of else _of(share)


def _of(share: Share) -> str:
    return f"{share.count:,} of {share.of:,}"


def _interval(share: Share) -> str:
    if not share.of:
        return "none, as there are none"
    low, high = share.interval
    return f"{_of(share)} ({percent_range(low, high)})"


def _chance(value: float) -> str:
    return "<0.001" if value < 0.001 else f"{value:.3f}"
