"""An explanation in plain words and a table, rounded to what is known of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from results.estimates.comparison import Estimate
from results.explaining.documents import share
from results.explaining.explanation import Effect, Explanation, Interaction, Part
from results.words.horizon import counted_until
from results.words.likelihood import EITHER, SCALE, chance_words, direction, likelihood
from results.words.notes import INTERVAL, ONE, OPEN, PREDICTION
from results.words.numbers import and_half, digits, scaled, with_half
from results.words.numbers import subject as subject_numbers
from results.words.numbers import unit as unit_numbers
from results.words.rounding import adding_up, fitting, off_zero, rounded
from results.words.shares import moving_base, numbers
from results.words.table import Table, word
from results.words.varying import few_behind, parameters
from scenarios import Scenario
from scenarios.files.listing import counted, listed
from simulation.outcomes import Scale, outcome_named

NAMED = 3
"""Parts that the sentence names; the table has all."""
PARTS = (
    "A part is the average effect of a change over all orders in which the changes could be made (Shapley value). "
    "The parts add up to the difference, also as rounded here."
)
NO_SHARE = "So how much of it each change makes is open, too."
_PLURALS = {"surviving": "collaborations that survive closing by a year"}
"""Labels that would not go on after "fewer"."""
_WORDS: dict[Scale, tuple[str, str]] = {
    "share": ("lower", "higher"),
    "count": ("fewer", "more"),
    "level": ("lower", "higher"),
    "index": ("lower", "higher"),
    "usd": ("less", "more"),
}
_SHOWN = 28
"""Characters of a value, at the most."""


@dataclass(frozen=True)
class _Shown:
    """An explanation in the unit in which it is shown, rounded so that parts add up and the levels differ by the whole.

    Attributes:
        whole: the difference.
        parts: of it, in their order.
        after: average of the scenario.
        before: average of the baseline.
        places: digits after the point of all of them.
    """

    whole: float
    parts: list[float]
    after: float
    before: float
    places: int


def _shown(found: Explanation) -> _Shown:
    scale, whole = outcome_named(found.outcome).scale, found.difference
    mean, half = scaled(whole.mean, scale), scaled((whole.high - whole.low) / 2, scale)
    places = digits(max(abs(found.after), abs(found.before)), scale, (whole.high - whole.low) / 2)
    if whole.is_clear:
        places = off_zero(mean, half, places)
    levels = fitting(mean, mean, scaled(found.after, scale), scaled(found.before, scale), places)
    parts = adding_up([scaled(part.effect.mean, scale) for part in found.parts], mean, levels.places)
    return _Shown(rounded(mean, levels.places), parts, levels.ours, levels.theirs, levels.places)


def answer(found: Explanation, base: Scenario, scenario: Scenario) -> str:
    """What makes the difference, in a sentence or two."""
    difference, scale, shown = found.difference, outcome_named(found.outcome).scale, _shown(found)
    ends = f"{shown.after:,.{shown.places}f} instead of {shown.before:,.{shown.places}f}{_unit(scale)}"
    if scale == "share":
        ends = f"{shown.after:,.{shown.places}f} % instead of {shown.before:,.{shown.places}f} %"
    title = subject_numbers(scenario.title, scenario.name)
    if difference.mean == 0 and all(part.effect.mean == 0 for part in found.parts):
        return f"{title}: {_label(found)} exactly the same as in {base.name} ({ends}), whichever changes are made."
    if not difference.is_clear:
        clear = [place for place, part in enumerate(found.parts) if part.effect.is_clear]
        head = f"{title}: {_open(found, base, ends)}."
        if clear:
            return f"{head} Some changes clearly matter: {_listed(clear[:NAMED], found, shown)}."
        return head if len(found.parts) == 1 else f"{head} {NO_SHARE}"
    size = _size(shown.whole, difference, scale, shown.places)
    way = "lower" if difference.mean < 0 else "higher"
    subject = f"{_label(found)} is {size}{_points(scale)} {way}"
    if scale == "share":
        subject = f"the share of {subject}"
    elif scale == "count":
        subject = f"{size} {_WORDS[scale][difference.mean > 0]} {_label(found)}"
    named_first = list(range(min(NAMED, len(found.parts))))
    return f"{title}: {subject} than in {base.name} ({ends}). Of that, {_listed(named_first, found, shown)}."


def _open(found: Explanation, base: Scenario, ends: str) -> str:
    """A difference whose size is open: how sure its direction is."""
    difference, scale = found.difference, outcome_named(found.outcome).scale
    if not likelihood(difference.chance_higher):
        return f"compared with {base.name}, {_label(found)} {EITHER} ({ends} on average)"
    of = {"share": "the share of ", "count": "the number of "}.get(scale, "")
    what = f"{of}{_label(found).removeprefix('number of ')}"
    return (
        f"{what} is {direction(difference.chance_higher)} than in {base.name} "
        f"({chance_words(difference.chance_higher)}), but by how much is open ({ends} on average)"
    )


def in_number(found: Explanation, ours: Mapping[str, Estimate], theirs: Mapping[str, Estimate]) -> str:
    """What a share with a moving base is of, in number, in both scenarios; "" of other outcomes."""
    pairs = numbers(ours, theirs, found.outcome)
    return f"In number: {pairs}." if pairs else ""


def part_table(found: Explanation) -> Table:
    """A row for each part, the largest first, then the whole."""
    scale, shown, whole = outcome_named(found.outcome).scale, _shown(found), found.difference
    shares = [share(part, found) for part in found.parts]
    percent = adding_up([100 * one for one in shares if one is not None], 100.0)
    rows = []
    for place, part in enumerate(found.parts):
        effect = part.effect
        rows.append(
            (
                named(part.keys),
                moved(part),
                f"{percent[place]:.0f} %" if whole.is_clear and effect.is_clear else "-",
                and_half(shown.parts[place], effect.low, effect.high, scale, shown.places, sign=True),
                _in_words(effect, found),
            )
        )
    size = and_half(shown.whole, whole.low, whole.high, scale, shown.places, sign=True)
    portion_of_all = "100 %" if whole.is_clear else "-"
    rows.append(("all together", f"{found.baseline} -> {found.scenario}", portion_of_all, size, _change(whole, scale)))
    unit = unit_numbers(found.outcome)
    header = ("change", "from -> to", "share", f"part ({unit})" if unit else "part", "in words")
    return Table(
        f"What makes the difference in {outcome_named(found.outcome).label}", header, tuple(rows), frozenset({2, 3})
    )


def not_separable(found: Explanation) -> list[str]:
    """What changes together, and which two changes interact."""
    lines = [
        f"{listed(part.keys)} change together: "
        + (
            "they belong to one roster."
            if "members.file" in part.keys or "members.ties" in part.keys
            else "some without the others would contradict the scenario."
        )
        for part in found.parts
        if len(part.keys) > 1
    ]
    if found.orders:
        return [
            *lines,
            f"Sampled over {found.orders:,} orders of making the {len(found.parts)} changes: ± includes the error of "
            "sampling, and --orders takes more. Interactions between changes are not examined.",
        ]
    if found.interactions:
        lines.append(_interaction(found.interactions, outcome_named(found.outcome).scale))
    return lines


def notes(found: Explanation, scenarios: Sequence[Scenario], seed: int) -> list[str]:
    """What parts and intervals mean, and how many networks they come from."""
    is_open = any(one.posterior is not None for one in scenarios)
    lines = [PARTS]
    lines.append(ONE if found.replicates < 2 else OPEN if is_open else INTERVAL)
    if found.replicates > 1:
        lines += filter(None, [SCALE, few_behind(scenarios, found.replicates + found.missing)])
    lines += [parameters(scenarios, found.replicates + found.missing), PREDICTION]
    lines += filter(None, [moving_base(found.outcome), counted_until(scenarios)])
    if found.missing:
        lines.append(
            f"{found.missing:,} networks are left out: {outcome_named(found.outcome).label} is missing in a mixture."
        )
    lines.append(
        f"{counted(found.replicates, 'network')} of each of {found.mixtures:,} mixtures of the two, seed {seed}."
    )
    return lines


def named(keys: Sequence[str]) -> str:
    """Keys that change together, as one: `closing.month + closing.notice`."""
    return " + ".join(keys)


def moved(part: Part) -> str:
    """From which values to which: `6 -> 0`."""
    sides = []
    for values, opened in ((part.change.before, part.change.was_open), (part.change.after, part.change.is_open)):
        words = [_value(value, is_open) for value, is_open in zip(values, opened, strict=True)]
        sides.append(", ".join(words))
    return " -> ".join(sides)


def _value(value: object, is_open: bool) -> str:
    text = word(value)
    text = text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."
    return f"{text} (uncertain)" if is_open else text


def _listed(places: Sequence[int], found: Explanation, shown: _Shown) -> str:
    """`closing.notice (6 -> 0) accounts for 2 and closing.capstone offsets 1`, and what the rest amounts to."""
    scale = outcome_named(found.outcome).scale
    said = []
    for place in places:
        part, effect = found.parts[place], found.parts[place].effect
        name, plural = f"{named(part.keys)} ({moved(part)})", len(part.keys) > 1
        size = _size(shown.parts[place], effect, scale, shown.places)
        if not effect.is_clear:
            said.append(
                f"{name} {'have' if plural else 'has'} no {'' if effect.low == effect.high == 0 else 'clear '}part"
            )
        elif not found.difference.is_clear:
            said.append(f"{name}, {size}{_points(scale)} {_WORDS[scale][effect.mean > 0]}")
        elif (effect.mean > 0) != (found.difference.mean > 0):
            said.append(f"{name} {'offset' if plural else 'offsets'} {size}")
        else:
            said.append(f"{name} {'account' if plural else 'accounts'} for {size}")
    rest = [part for place, part in enumerate(shown.parts) if place not in places]
    if rest and found.difference.is_clear:
        left = rounded(sum(rest), shown.places)
        verb = "offset" if left and (left > 0) != (found.difference.mean > 0) else "account for"
        said.append(f"the other {len(rest)} together {verb} {abs(left):,.{shown.places}f}")
    return listed(said)


def _interaction(interactions: Sequence[Interaction], scale: Scale) -> str:
    clear = [one for one in interactions if one.effect.is_clear]
    if not clear:
        return (
            "The two changes do not clearly interact." if len(interactions) == 1 else "No two changes clearly interact."
        )
    one = clear[0]
    way = _WORDS[scale][one.effect.mean > 0]
    effect = one.effect
    size = with_half(effect.mean, effect.low, effect.high, scale, change=True).lstrip("+-")
    return (
        f"{named(one.one)} and {named(one.other)} interact: together they give {size}{_points(scale)} {way} than "
        "their two separate effects add up to. Their parts share that."
    )


def _in_words(effect: Effect, found: Explanation) -> str:
    scale, whole = outcome_named(found.outcome).scale, found.difference
    if effect.is_clear and whole.is_clear and (effect.mean > 0) != (whole.mean > 0):
        return f"{_change(effect, scale)}: offsets part of the whole"
    return _change(effect, scale)


def _change(effect: Effect, scale: Scale) -> str:
    if effect.low == effect.high == 0:
        return "no effect"
    if effect.low != effect.low:  # nan
        return "so few networks cannot tell"
    return direction(effect.chance_higher, *_WORDS[scale])


def _size(shown: float, effect: Effect, scale: Scale, places: int) -> str:
    """`14 ± 1`, without a sign."""
    return and_half(abs(shown), effect.low, effect.high, scale, places)


def _unit(scale: Scale) -> str:
    return " thousand USD" if scale == "usd" else ""


def _points(scale: Scale) -> str:
    return " percentage points" if scale == "share" else _unit(scale)


def _label(found: Explanation) -> str:
    return _PLURALS.get(found.outcome, outcome_named(found.outcome).label)
