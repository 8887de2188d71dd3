"""What `check` prints for people: the answer in sentences, patterns and assumptions as tables, what the words mean."""

from collections.abc import Sequence
from math import isinf, isnan

from results.necessity import Necessity
from results.tables import Table
from results.verdicts import Verdict, tally
from scenarios.observed import Measured

RULE = (
    "contradicted: 95 of 100 virtual studies lie outside the observed interval, on one side. supported: at least half "
    "land inside, and neither interval is as wide as the question. undecided: everything else."
)
ASSUMED = (
    "An assumption is supported where what was observed is at least 3 times less likely without it, by more than luck; "
    "contradicted where it is 3 times likelier without it; else undecided: the facts do without it, or cannot tell."
)
ON_OTHERS = "What was found on {} is carried over to organizations by assumption."


def answer(verdicts: Sequence[Verdict], assumptions: Sequence[Necessity]) -> list[str]:
    """The answer in plain sentences."""
    lines = []
    if verdicts:
        found = tally(verdicts)
        lines.append(
            f"Observed: {_count(len(verdicts), 'pattern')}. Supporting the model: {found['supported']}; contradicting "
            f"it: {found['contradicted']}; leaving it undecided: {found['undecided']}."
        )
        missed = [one.id for one in verdicts if one.verdict == "contradicted"]
        if missed:
            lines.append(f"Missed: {', '.join(missed)}.")
    if assumptions:
        by_word = {
            word: [one.id for one in assumptions if one.verdict == word] for word in ("supported", "contradicted")
        }
        needed, better = by_word["supported"], by_word["contradicted"]
        lines.append(
            f"Assumptions switched off: {len(assumptions)}. Needed by what happened: {len(needed)}"
            + (f" ({', '.join(needed)})" if needed else "")
            + f"; better left out: {len(better)}"
            + (f" ({', '.join(better)})" if better else "")
            + f"; left open: {len(assumptions) - len(needed) - len(better)}."
        )
    return lines


def pattern_table(verdicts: Sequence[Verdict]) -> Table:
    """A row a pattern: observed, predicted, how many virtual studies land in the observed interval, verdict."""
    rows = tuple(
        (one.id, _observed(one.observed), _predicted(one), f"{round(100 * one.inside)} in 100", one.verdict)
        for one in verdicts
    )
    header = ("pattern", "observed", "predicted", "inside", "verdict")
    return Table("Predicted against happened", header, rows, frozenset({3}))


def reasons(verdicts: Sequence[Verdict]) -> list[str]:
    """Why patterns are not supported, a line each."""
    told = [f"{one.id} is {one.verdict}: {one.why}." for one in verdicts if one.verdict != "supported"]
    return ["", *told] if told else []


def assumption_table(assumptions: Sequence[Necessity]) -> Table:
    """A row an assumption, what speaks most for it first; those that nothing depends on are left out."""
    told = sorted((one for one in assumptions if any(e.moved for e in one.effects)), key=lambda one: -one.gain)
    rows = tuple((one.id, f"{one.gain:+.1f} ± {2 * one.error:.1f}", one.verdict, one.why) for one in told)
    header = ("assumption", "log score", "verdict", "why")
    return Table("Each assumption switched off in turn", header, rows, frozenset({1}))


def untold(assumptions: Sequence[Necessity]) -> str:
    """The assumptions on which nothing that was observed depends."""
    names = [one.id for one in assumptions if not any(effect.moved for effect in one.effects)]
    return f"Nothing that was observed depends on: {', '.join(names)}." if names else ""


def notes(verdicts: Sequence[Verdict], assumptions: Sequence[Necessity]) -> list[str]:
    """What has to be said below the tables."""
    others = sorted({one.about for one in verdicts if one.about not in ("organizations", "coalitions")})
    return [
        untold(assumptions),
        RULE if verdicts else "",
        ASSUMED if assumptions else "",
        ON_OTHERS.format(" and ".join(others)) if others else "",
    ]


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _observed(observed: Measured) -> str:
    if observed.value is None:
        if observed.low is None:
            return f"below {observed.high:.3g}"
        return f"above {observed.low:.3g}" if observed.high is None else f"{observed.low:.3g} to {observed.high:.3g}"
    return f"{observed.value:.3g} {_span(observed.low, observed.high)}"


def _predicted(one: Verdict) -> str:
    if isnan(one.predicted):
        return "nothing to count"
    return f"{_number(one.predicted)} {_span(one.predicted_low, one.predicted_high)}"


def _span(low: float | None, high: float | None) -> str:
    return f"({'-' if low is None else _number(low)} to {'-' if high is None else _number(high)})"


def _number(value: float) -> str:
    return "more" if isinf(value) and value > 0 else f"{value:.3g}"
