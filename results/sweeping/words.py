"""A sweep and its sensitivity analysis in words and tables, rounded to what is known of them."""

from collections.abc import Sequence
from math import isnan

import numpy as np

from results.estimates.bounds import bounded
from results.estimates.main_effects import MainEffect, is_uneven, left_out, main_effects
from results.estimates.response import Response
from results.estimates.same_luck import change_members, have_same_members
from results.sweeping.design_notes import design_notes
from results.sweeping.effect_words import gaps
from results.sweeping.planning import Contradictory, Plan
from results.sweeping.sensitivity import ElementaryEffects, Sensitivity, SobolIndices
from results.sweeping.variance import Share
from results.words.duration import duration
from results.words.numbers import label, number, with_half
from results.words.rounding import adding_up
from results.words.table import Table, word
from results.words.varying import of_design
from scenarios.designs.design import Design
from scenarios.files.listing import counted
from simulation.outcomes import outcome_named

FEW_POINTS = 30
"""Points up to which each has a row of its own on the terminal."""
MOST_INTERACTIONS = 5
MOST_CONTRADICTIONS = 3
"""Points that contradict themselves and are named."""


def way_out(design: Design) -> str:
    """What to do about points that contradict themselves."""
    where = "--where leaves the others out (closing.notice < closing.month, for example)"
    if design.kind in ("sobol", "morris"):
        return (
            "Choose other ranges; or sweep with --design lhs and --where, which leaves such points out (closing.notice "
            "< closing.month, for example), and analyse that: legato sensitivity RUN"
        )
    return (
        f"Vary values that go together: {where}; or choose other ranges, or write the points you want into a table: "
        "--design points.csv"
    )


def shared_luck(design: Design) -> str:
    """What the intervals of points are, and how much of the differences between points is luck."""
    half = "± is half the 95 % interval of a point's average over networks."
    bases_differ = any(not have_same_members(design.bases[0], base) for base in design.bases)
    if bases_differ or change_members(factor.key for factor in design.factors):
        return f"{half} Points differ in their members: luck is the same only for members that all of them have."
    return f"{half} Every point has the same luck, so points differ because of their values, and hardly by chance."


def sweep_answer(response: Response) -> str:
    """Over which values the outcome ranges, and where its ends are."""
    scale, mean = outcome_named(response.outcome).scale, response.mean
    if np.isnan(mean).all():
        return f"No point has a value of {label(response.outcome)}."
    low, high = int(np.nanargmin(mean)), int(np.nanargmax(mean))
    known = int((~np.isnan(mean)).sum())
    what, many = label(response.outcome), counted(known, "point")
    if mean[low] == mean[high]:
        return f"Over {many}: {what} is {number(mean[low], scale)} everywhere."
    ends = [f"{number(mean[point], scale)} ({at_point(response.design, point)})" for point in (low, high)]
    return f"Over {many}: {what} ranges from {ends[0]} to {ends[1]}."


def at_point(design: Design, point: int) -> str:
    """The values at a point: `grants.per_call = 2, closing.capstone = true`."""
    return ", ".join(f"{key} = {word(value)}" for key, value in design.values(point).items())


def effects_table(response: Response) -> Table:
    """For each factor, where in its range the outcome is lowest and highest, averaged over all else."""
    outcome = response.outcome
    effects = sorted(main_effects(response), key=lambda effect: -effect.reach)
    rows = tuple(_effect_row(effect, outcome) for effect in effects)
    unlike = left_out(response) or is_uneven(response.design)
    over = "other factors as far as points can be compared" if unlike else "all other factors"
    title = f"{_capital(label(outcome))}, averaged over {over}"
    return Table(title, ("factor", "lowest at", "", "highest at", "", "difference"), rows, frozenset({2, 4, 5}))


def _effect_row(effect: MainEffect, outcome: str) -> tuple[str, ...]:
    scale = outcome_named(outcome).scale
    if np.isnan(effect.mean).all():
        return (effect.parts.factor.key, "cannot say" if effect.basis == "none" else "-", "-", "-", "-", "-")
    if effect.reach == 0:
        return (effect.parts.factor.key, "anywhere", number(float(np.nanmax(effect.mean)), scale), "", "", "0")
    cells = [effect.parts.factor.key]
    for part in (int(np.nanargmin(effect.mean)), int(np.nanargmax(effect.mean))):
        cells += [effect.parts.names[part], number(effect.mean[part], scale)]
    return (*cells, number(effect.reach, scale))


def effect_notes(responses: Sequence[Response]) -> list[str]:
    """What effects are computed from where some points have no value, outcome by outcome."""
    lines = []
    for response in responses:
        told = gaps(response, main_effects(response))
        lines += [f"{_capital(label(response.outcome))}: {told[0]}", *told[1:]] if told else []
    return lines


def points_table(responses: Sequence[Response]) -> Table:
    """Every point with its values and its outcomes."""
    design = responses[0].design
    header = ("point", *(factor.key for factor in design.factors), *(label(one.outcome) for one in responses))
    rows = tuple(
        (str(point), *map(word, design.values(point).values()), *(_at(one, point) for one in responses))
        for point in range(len(design))
    )
    return Table("Every point", header, rows, frozenset(range(len(header))))


def _at(response: Response, point: int) -> str:
    mean, half = float(response.mean[point]), float(response.half[point])
    low, high = bounded(response.outcome, mean - half, mean + half)
    return with_half(mean, low, high, outcome_named(response.outcome).scale)


def sobol_table(analysis: SobolIndices) -> Table:
    """First and total index of each factor, the greatest first."""
    named = {index.key: index for index in analysis.indices}
    rows = tuple(
        (key, _share(one.first, one.first_low, one.first_high), _share(one.total, one.total_low, one.total_high))
        for key, one in ((key, named[key]) for key in analysis.ranking)
    )
    header = ("factor", "alone (S1)", "including interactions (ST)")
    return Table(f"{_shares_of(analysis)} (%)", header, rows, frozenset({1, 2}))


def interactions_table(analysis: SobolIndices) -> Table:
    """The strongest second-order indices."""
    strongest = sorted(analysis.interactions, key=lambda one: -one.second)[:MOST_INTERACTIONS]
    rows = tuple((f"{one.one} with {one.other}", _share(one.second, one.low, one.high)) for one in strongest)
    return Table(
        "What pairs of factors add together, beyond each alone (S2, %)", ("factors", "S2"), rows, frozenset({1})
    )


def morris_table(analysis: ElementaryEffects) -> Table:
    """Elementary effects of each factor, the greatest first, in the outcome's unit over the factor's whole range."""
    scale = outcome_named(analysis.outcome).scale
    named = {effect.key: effect for effect in analysis.effects}
    rows = tuple(
        (
            key,
            with_half(one.mu_star, one.mu_star_low, one.mu_star_high, scale),
            number(one.mu, scale, sign=True),
            number(one.sigma, scale),
        )
        for key, one in ((key, named[key]) for key in analysis.ranking)
    )
    title = f"{_capital(label(analysis.outcome))}: effect of each factor over its whole range"
    header = ("factor", "size (mu*)", "direction (mu)", "varies by (sigma)")
    return Table(title, header, rows, frozenset({1, 2, 3}))


def sensitivity_tables(analysis: Sensitivity) -> list[Table]:
    """All tables of an analysis."""
    if isinstance(analysis, SobolIndices):
        tables = [sobol_table(analysis)]
        return [*tables, interactions_table(analysis)] if analysis.interactions else tables
    assert isinstance(analysis, ElementaryEffects)
    return [morris_table(analysis)]


def sensitivity_answer(analysis: Sensitivity, over: int = 0) -> str:
    """What matters most, in a sentence, and how much of the difference between networks is luck.

    Args:
        analysis: of one outcome.
        over: uncertain parameters that vary over the networks of each point, as luck does.
    """
    what = label(analysis.outcome)
    if analysis.variance == 0:
        return f"{_capital(what)} is the same at every point."
    sentences = (f"{analysis.ranking[0]} matters most for {what}.", split_sentence(analysis, over))
    return " ".join(filter(None, (*sentences, _impossible(analysis))))


def _impossible(analysis: Sensitivity) -> str:
    """Why shares of the variance are below 0 or above 100 %, where some are; else ""."""
    if not isinstance(analysis, SobolIndices):
        return ""
    if all(0 <= share <= 1 for one in analysis.indices for share in (one.first, one.total)):
        return ""
    return "Shares below 0 or above 100 % in the table are errors of estimation, which more points reduce."


def split_sentence(analysis: Sensitivity, over: int = 0) -> str:
    """The variance of a single network's outcome, split into the factors and luck, with what varies as luck does."""
    split = analysis.split
    if split is None:
        return ""
    shares = (split.parameters, split.luck, split.both)
    parts = adding_up([100 * one.share for one in shares], 100.0)
    parameters, luck, both = (_percent(part, one) for part, one in zip(parts, shares, strict=True))
    if not over:
        return (
            f"Of the variance between single networks, {parameters} is due to the parameters, {luck} to luck, and "
            f"{both} to luck acting differently as parameters differ."
        )
    others = counted(over, "other uncertain parameter")
    return (
        f"Of the variance between single networks, {parameters} is due to the parameters varied from point to point, "
        f"{luck} to luck together with the {others} that vary, and {both} to these acting differently from point to "
        "point."
    )


def plan_lines(plan: Plan, design: Design) -> list[str]:
    """What a sweep will take, a line each."""
    factors = "; ".join(_varied(design, place) for place in range(len(design.factors)))
    looked = "" if plan.looked_at == plan.points else f" of the {plan.looked_at:,} looked at"
    fault = f"\n            the first: {plan.first_fault}" if plan.first_fault else ""
    contradictory = f"; {plan.contradictory:,}{looked} contradict themselves" if plan.contradictory else ""
    rest = "" if not plan.kept else f"; {plan.kept:,} of them are kept already"
    if plan.networks_a_second:
        threads = counted(plan.workers, "thread")
        speed = f"{plan.networks_a_second:,.0f} networks per second, measured just now"
        time = f"about {duration(plan.seconds)} with {threads} ({speed})"
        disk = f"about {size(plan.bytes_on_disk)} in {counted(plan.blocks, 'file')}"
    else:
        time = disk = "cannot be estimated: no point that was tried could be run"
    return [
        f"Design:     {design.kind}, over {factors}",
        f"Points:     {plan.points:,} ({design.made_of}){contradictory}{fault}",
        f"Replicates: {plan.replicates:,} per point, {plan.networks:,} networks{rest}",
        f"Parameters: {of_design(design, '±', plan.replicates)}",
        f"Time:       {time}",
        f"Disk:       {disk}",
        *(f"Note:       {note}" for note in design_notes(design)),
        "Nothing was run; leave --plan out to run it."
        if not plan.contradictory
        else f"It would be refused. {way_out(design)}",
    ]


def contradictions(found: Contradictory, design: Design) -> str:
    """Why a design is refused: how many of its points contradict themselves, the first of them, and what to do."""
    count, of = len(found.faults), f"{found.looked_at:,}"
    of += " points" if found.looked_at == len(design) else f" points looked at, of {len(design):,},"
    first = "".join(
        f"\n  {at_point(design, point)}: {fault}" for point, fault in list(found.faults.items())[:MOST_CONTRADICTIONS]
    )
    more = f"\n  and {count - MOST_CONTRADICTIONS:,} more" if count > MOST_CONTRADICTIONS else ""
    return f"{count:,} of {of} contradict themselves, so nothing was run:{first}{more}\n{way_out(design)}"


def _varied(design: Design, place: int) -> str:
    factor = design.factors[place]
    if factor.levels:
        shown = [word(level) for level in factor.levels]
        if factor.weights:
            shown = [f"{level}: {weight:g}" for level, weight in zip(shown, factor.weights, strict=True)]
        some = shown if len(shown) <= 8 else [*shown[:3], "...", shown[-1]]
        return f"{factor.key} ({', '.join(some)})"
    if factor.distribution is not None:
        return f"{factor.key} ({factor.distribution})"
    return f"{factor.key} ({word(factor.low)} to {word(factor.high)})"


def size(count: float) -> str:
    """Bytes in the unit that suits them."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "bytes" or count >= 10 else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:,.1f} TB"


def _shares_of(analysis: Sensitivity) -> str:
    return f"{_capital(label(analysis.outcome))}: share of the variance between points"


def _share(value: float, low: float, high: float) -> str:
    return with_half(value, low, high, "share")


def _percent(part: float, share: Share) -> str:
    """A share that is rounded already, in percent, with its interval: `82 % (78 to 86 %)`."""
    middle = f"{part:.0f} %"
    if isnan(share.low):
        return middle
    return f"{middle} ({100 * share.low:.0f} to {100 * share.high:.0f} %)"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
