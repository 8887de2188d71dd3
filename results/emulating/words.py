"""Emulators in words and tables: how well they predict, how far to trust them, what each input does."""

from collections.abc import Sequence
from math import isnan

from results.emulating.trained import ROUGHLY, Trained, Trust
from results.sweeping.given_inputs import RunPoints
from results.words.numbers import digits, label, number, scaled
from results.words.table import Table, word
from scenarios.designs.factors import Factor
from scenarios.files.listing import counted, listed
from simulation.outcomes import outcome_named

MOST_ROWS = 12
"""Inputs in a table (count); the document has all."""
TRUSTED: dict[Trust, str] = {"well": "yes", "roughly": "roughly", "not": "no"}
READ = (
    "Held out: each tenth of the points is predicted by an emulator that has not seen it. What is explained can be no "
    "more than what is not luck. An emulator says nothing beyond the ranges of its points."
)
SHARED = (
    "Luck and parameters that all points share move a whole surface up or down; intervals of a surface leave that out."
)


def emulator_answer(one: Trained) -> str:
    """How well it predicts, and how far to trust it."""
    what = f"{label(one.outcome)}{f' ({one.of})' if one.of else ''}"
    checked = one.checked
    if checked is None:
        return f"There is no emulator of {what}: {one.why_not}."
    of = f", of {_percent(checked.possible)} that are not luck" if checked.luck is not None else ""
    luck = checked.missed_by_luck
    alone = "" if luck is None else f"; luck alone would make that {miss(one, luck)}"
    return (
        f"The emulator ({checked.emulator.kind}) of {what} explains {_percent(checked.explained)} of the variance of "
        f"{len(checked.simulated):,} held-out points{of}. It misses them by {miss(one, checked.missed)} (root mean "
        f"square){alone}. {verdict(one)}"
    )


def verdict(one: Trained) -> str:
    """How far to trust it, and what would help."""
    checked = one.checked
    if checked is None:
        return f"There is none: {one.why_not}."
    then = (
        f" Its intervals are too narrow: only {_percent(checked.covered)} of held-out points lie within those of 90 %."
        if one.is_overconfident
        else f" Its 90 % intervals hold {_percent(checked.covered)} of held-out points."
    )
    if checked.luck is not None and checked.explained > checked.possible + 0.03:
        then += (
            " It explains more than what is not luck: points have the same networks, whose luck goes on smoothly from "
            "point to point, and some of it was learned. More networks a point would tell it apart."
        )
    if one.trust == "well":
        return f"Within the ranges of its points it can be trusted.{then}"
    if one.trust == "roughly":
        return f"It can be trusted roughly: it shows where to look, not what comes out.{then}"
    if checked.luck is not None and checked.possible < ROUGHLY:
        return f"Do not trust it: most of what differs between points is luck. More networks a point would help.{then}"
    return f"Do not trust it: it explains too little. More points, or fewer inputs, would help.{then}"


def emulators_table(found: Sequence[Trained]) -> Table:
    """A row for each emulator."""
    rows = []
    for one in found:
        checked = one.checked
        name = f"{one.outcome}{f', {one.of}' if one.of else ''}"
        if checked is None:
            rows.append((name, "none", f"{len(one.values):,}", "-", "-", "-", "-", "-", "no"))
            continue
        luck = checked.missed_by_luck
        rows.append(
            (
                name,
                checked.emulator.kind,
                f"{len(one.values):,}",
                f"{100 * checked.explained:.0f}",
                "-" if luck is None else f"{100 * checked.possible:.0f}",
                fine(one, checked.missed),
                "-" if luck is None else fine(one, luck),
                f"{100 * checked.covered:.0f}",
                TRUSTED[one.trust],
            )
        )
    header = (
        "outcome", "emulator", "points", "explained (%)", "not luck (%)", "misses by", "luck alone",
        "within 90 % (%)", "trust it",
    )  # fmt: skip
    return Table("Checked on held-out points", header, tuple(rows), frozenset(range(2, 8)))


def effects_table(one: Trained) -> Table | None:
    """What each input does to what was learned; None where there is no emulator to trust."""
    if one.checked is None or one.trust == "not":
        return None
    first, total = one.strength.tolist()
    of = f", {one.of}" if one.of else ""
    what = label(one.outcome)
    rows = tuple(
        (
            one.inputs[place].key,
            f"{100 * max(first[place], 0):.0f}",
            f"{100 * total[place]:.0f}",
            usual_word(one, place),
        )
        for place in one.strongest[:MOST_ROWS]
    )
    return Table(
        f"{what[0].upper()}{what[1:]}{of}: what each input does to the emulator (% of its variance)",
        ("input", "alone", "including interactions", "elsewhere held at"),
        rows,
        frozenset({1, 2}),
    )


def emulator_notes(run: RunPoints, found: Sequence[Trained]) -> list[str]:
    """What the numbers mean, and what is not in them."""
    many = f"{len(run.inputs):,} {'sets of parameters' if run.design.kind == 'futures' else 'points'}"
    lines = [READ, f"Nothing was simulated: {many} of {run.called}, seed {run.seed}."]
    levels = [(one, one.level) for one in found if one.level is not None]
    if levels:
        each = listed([f"{label(one.outcome)} {fine(one, half)}" for one, half in levels])
        lines.append(f"{SHARED} Half a 95 % interval: {each}.")
    missing = max(one.missing for one in found)
    if missing:
        lines.append(f"Points without a value, left out: {missing:,} of {len(run.inputs):,}.")
    if still := dict.fromkeys(key for one in found for key in one.still):
        lines.append(f"Not varied here: {listed(list(still))}.")
    if run.left_out:
        lines.append(f"Left out, for they vary in some plans only: {listed(list(run.left_out))}.")
    if any(one.checked is not None and one.networks == 1 for one in found):
        lines.append("With one network a point, luck cannot be told apart from what the emulator misses.")
    return lines


def usual_word(one: Trained, place: int) -> str:
    """The value at which an input stands where it is not looked at."""
    return value_word(one.inputs[place], one.usual[place])


def value_word(factor: Factor, value: float) -> str:
    """A value of an input, given as a number or the code of a level."""
    return word(value) if factor.is_numeric else word(factor.levels[int(value)])


def fine(one: Trained, value: float) -> str:
    """A miss in the unit in which the outcome is shown, with two digits."""
    if isnan(value):
        return "-"
    scale = outcome_named(one.outcome).scale
    shown = abs(scaled(value, scale))
    places = digits(value, scale) if shown >= 10 else 1 if shown >= 1 else 2
    return number(value, scale, places)


def miss(one: Trained, value: float) -> str:
    """The same with its unit, for a sentence."""
    unit = {"share": " percentage points", "usd": " k USD"}.get(outcome_named(one.outcome).scale, "")
    return f"{fine(one, value)}{unit}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def inputs_word(one: Trained) -> str:
    """How many inputs it has."""
    return counted(len(one.inputs), "input")
