"""The sensitivity of a finished run in words and tables."""

from collections.abc import Sequence

from results.sweeping.design_notes import binding_notes
from results.sweeping.emulator import EmulatedIndex
from results.sweeping.given_analysis import GivenAnalysis
from results.sweeping.given_data import MEASURES, Influence, Measure, Reach
from results.sweeping.given_inputs import RunPoints
from results.words.numbers import label, with_half
from results.words.table import Table
from scenarios.files.listing import counted, listed

MOST_ROWS = 12
"""Inputs in a table (count); the document has all."""
FEWEST_ROWS = 5
"""The same where fewer can be told from luck."""
NAMES: dict[Measure, str] = {
    "delta": "delta", "pawn": "PAWN", "first": "S1 (%)", "lowest": "low", "highest": "high",
}  # fmt: skip
READ = (
    "delta and PAWN say how far knowing an input moves the whole distribution of the outcome (0 to 1); delta smooths "
    "it, and is too low where it has sharp peaks. S1 is the share of the variance that the input makes alone. Low, "
    "high: how far the input's values differ in the quarter of points with the lowest, or highest, outcomes from those "
    "at all others (0 to 1)."
)
SURE = (
    "± is half a 95 % interval. More than luck: the measures in which the input does better than the best of all "
    "inputs does in 19 of 20 shuffles of the outcomes."
)


def given_answer(one: GivenAnalysis) -> str:
    """What matters most, and what luck makes of it."""
    what = f"{label(one.outcome)}{f' ({one.of})' if one.of else ''}"
    if one.why_not:
        return f"Of {what}, nothing can be said: {one.why_not}."
    clear = [influence.key for influence in one.influences if influence.is_clear]
    many = f"{one.points:,} points"
    if not clear:
        inputs = counted(len(one.influences), "input")
        return f"Over {many}, none of {inputs} can be told from luck in {what}.{luck(one)}"
    others = f", then {listed(clear[1:4])}" if clear[1:] else ""
    return f"{clear[0]} matters most for {what}{others} ({many}).{luck(one)}"


def luck(one: GivenAnalysis) -> str:
    """How much of the spread is luck."""
    if one.left is None or one.single is None:
        return " How much of it is luck cannot be told from one network a point."
    corrected = (
        "; S1 is of the rest, and delta and PAWN are smaller than they would be without it" if one.left > 0.01 else ""
    )
    return (
        f" Luck makes {100 * one.single:.0f} % of the differences between single networks, and {100 * one.left:.0f} % "
        f"of those between points{corrected}."
    )


def given_table(one: GivenAnalysis) -> Table:
    """The measures of the inputs that matter most."""
    clear = sum(influence.is_clear for influence in one.influences)
    shown = one.influences[: min(max(clear, FEWEST_ROWS), MOST_ROWS)]
    more = (
        f"; {len(shown)} of {len(one.influences)}, those that matter most" if len(shown) < len(one.influences) else ""
    )
    rows = tuple(map(_row, shown))
    of = f", {one.of}" if one.of else ""
    title = f"{_capital(label(one.outcome))}{of}: what each input does{more}"
    return Table(title, ("input", *NAMES.values(), "more than luck"), rows, frozenset(range(1, 6)))


def emulator_sentence(one: GivenAnalysis) -> str:
    """What an emulator explains, and whether its effects can be said; "" where there is none."""
    found = one.emulated
    if found is None:
        return one.no_emulator
    share = f"{100 * found.explained:.0f} % of the variance of points held out"
    share += f", of {100 * found.possible:.0f} % that are not luck" if found.possible < 0.995 else ""
    of = f" ({one.of})" if one.of else ""
    if not found.is_enough:
        return (
            f"An emulator ({found.kind}) of {label(one.outcome)}{of} explains {share}: too little to tell first and "
            "total effects by. More points, or fewer inputs, would help."
        )
    together = (
        f" Inputs are taken as independent, though two of them go together ({found.together:.2f} in ranks)."
        if found.together > 0.3
        else ""
    )
    return (
        f"First and total effects of {label(one.outcome)}{of} are those of an emulator ({found.kind}), which explains "
        f"{share}.{together}"
    )


def emulator_tables(one: GivenAnalysis) -> list[Table]:
    """First and total effect of the inputs, and of their groups; none where it explains too little."""
    if one.emulated is None or not one.emulated.indices:
        return []
    of = f", {one.of}" if one.of else ""
    found = [("input", one.emulated.indices), ("what somebody could find out", one.emulated.groups)]
    return [
        Table(
            f"{_capital(label(one.outcome))}{of}: effects by the emulator (% of the variance)",
            (name, "alone (S1)", "including interactions (ST)"),
            tuple(_index_row(index) for index in indices[:MOST_ROWS]),
            frozenset({1, 2}),
        )
        for name, indices in found
        if indices
    ]


def _index_row(one: EmulatedIndex) -> tuple[str, str, str]:
    return (
        one.key,
        with_half(one.first, one.first_low, one.first_high, "share"),
        with_half(one.total, one.total_low, one.total_high, "share"),
    )


def _row(one: Influence) -> tuple[str, ...]:
    clear = [NAMES[measure].split(" (")[0] for measure in MEASURES if one.by[measure].is_clear]
    told = "all" if len(clear) == len(MEASURES) else ", ".join(clear) or "none"
    return (one.key, *(_reach(one.by[measure], measure) for measure in MEASURES), told)


def _reach(one: Reach, measure: Measure) -> str:
    times, places = (100, 0) if measure == "first" else (1, 2)
    return f"{times * one.value:.{places}f} ± {times * (one.high - one.low) / 2:.{places}f}"


def given_notes(run: RunPoints, found: Sequence[GivenAnalysis]) -> list[str]:
    """What the numbers mean, and what is not in them."""
    many = f"{len(run.inputs):,} {'sets of parameters' if run.design.kind == 'futures' else 'points'}"
    lines = [READ, SURE, f"Nothing was simulated: {many} of {run.called}, seed {run.seed}."]
    if run.so_far is not None:
        lines.append(f"{len(run.so_far.points):,} of {run.so_far.of:,} points so far. {run.so_far.order}")
    missing = max(one.missing for one in found)
    if missing:
        lines.append(f"Points without a value, left out: {missing:,} of {len(run.inputs):,}.")
    if still := dict.fromkeys(key for one in found for key in one.still):
        lines.append(f"Without an effect that could be seen, for they do not vary here: {listed(list(still))}.")
    if run.left_out:
        lines.append(f"Left out, for they vary in some plans only: {listed(list(run.left_out))}.")
    lines += binding_notes(run.design)
    if run.design.kind == "futures":
        lines.append("Parameters that go together in the posterior share their effect: each has what the others have.")
    elif any(base.posterior is not None for base in run.bases):
        lines.append("Parameters that vary over the networks of each point count as luck here.")
    return lines


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
