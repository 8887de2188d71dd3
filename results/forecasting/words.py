"""What `forecast` and `score` say."""

from collections.abc import Mapping, Sequence
from math import isinf
from typing import Any

import numpy as np

from results.forecasting.predicting import LEVELS
from results.forecasting.scoring import INNER, LEGATO, Scored
from results.words.counts import percent
from results.words.numbers import number, span, unit
from results.words.table import Table
from simulation.outcomes import outcome_named


def forecast_table(outcomes: Sequence[Mapping[str, Any]]) -> Table:
    """A row for each outcome: what Legato predicts, and what the baselines do."""
    rows = tuple((one["name"], *(_said(one, who) for who in (LEGATO, *_others(outcomes)))) for one in outcomes)
    header = ("outcome@month", "Legato (90 %)", *_others(outcomes))
    return Table("Forecast", header, rows)


def _others(outcomes: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(who for one in outcomes for who in one["forecasts"] if who != LEGATO))


def _said(one: Mapping[str, Any], who: str) -> str:
    said = one["forecasts"].get(who)
    if said is None:
        return "-"
    if "chances" in said:
        return f"{sum(said['chances']):.0f} ties"
    if "chance" in said:
        return f"{percent(said['chance'])} yes"
    if said["quantiles"] is None:
        return "-"
    low, middle, high = np.interp((INNER[0], 0.5, INNER[1]), LEVELS, said["quantiles"]).tolist()
    scale = one["scale"]
    return f"{number(middle, scale)} ({span(low, high, scale)})"


def score_sentences(scored: Sequence[Scored], open_ones: Sequence[str]) -> list[str]:
    """How the forecast did, an outcome a sentence, in plain words."""
    told = [_sentence(one) for one in scored]
    if open_ones:
        told.append(f"Not scored, as no fact was given: {', '.join(open_ones)}.")
    return told


def _sentence(one: Scored) -> str:
    name, at, month = one.name.partition("@")
    if one.rule == "pairs":
        aucs = ", ".join(f"{'Legato' if who == LEGATO else who} {value:.2f}" for who, value in one.aucs.items())
        what = f"Which pairs are tied in month {month} ({one.fact.of} pairs)."
        meant = "A pair that is tied got a higher chance than one that is not (.5: a coin)"
        return f"{what} {meant}: {aucs}. {_compared(one)}"
    outcome = outcome_named(name)
    when = f" in month {month}" if at else ""
    if one.chance is not None:
        happened = "it happened" if one.fact.value else "it did not happen"
        what = f"{outcome.label}{when}: Legato gave it a chance of {percent(one.chance)}, and {happened}."
    else:
        assert one.interval is not None
        counted = f" ({round(one.fact.value * one.fact.of)} of {one.fact.of})" if one.fact.of else ""
        where = "inside" if one.inside else "outside"
        what = (
            f"{outcome.label}{when}: {number(one.fact.value, outcome.scale)}{unit_of(name)}{counted} happened, {where} "
            f"the predicted 90 % interval of {span(*one.interval, outcome.scale)}{unit_of(name)}."
        )
    return f"{what[0].upper()}{what[1:]} {_compared(one)}"


def unit_of(outcome: str) -> str:
    """The unit in which an outcome is shown, after a blank; "" if it has none."""
    return f" {shown}" if (shown := unit(outcome)) else ""


def _compared(one: Scored) -> str:
    """How Legato did beside its baselines."""
    if one.best is None:
        return "There is no baseline to compare it with."
    better = [who for who in one.scores if who != LEGATO and one.scores[who] < one.scores[LEGATO]]
    if better:
        return f"These baselines predicted it better than Legato: {', '.join(better)}."
    if one.scores[one.best] == one.scores[LEGATO]:
        return f'Legato predicted it as well as the best baseline, "{one.best}".'
    return f'Legato predicted it better than every baseline; the best of them was "{one.best}".'


def score_table(scored: Sequence[Scored]) -> Table:
    """A row for each outcome and who predicted it."""
    rows = [
        (one.name, "Legato" if who == LEGATO else who, "CRPS" if one.rule == "crps" else "Brier",
         f"{score:.4g}", "" if who == LEGATO else _skill(one.against(who)),
         f"{one.log_scores[who]:.3f}" if who in one.log_scores else "")
        for one in scored
        for who, score in one.scores.items()
    ]  # fmt: skip
    header = ("outcome@month", "who", "score", "value", "skill of Legato", "log score")
    return Table("Scores", header, tuple(rows), frozenset({3, 4, 5}))


def _skill(value: float) -> str:
    return "no end" if isinf(value) else f"{value:.2f}"
