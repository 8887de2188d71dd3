"""What `calibrate --method bank` says beyond a posterior: its emulators, studies left out, and how studies differ."""

from collections.abc import Sequence
from typing import Annotated, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from results.calibrating.bank.between_studies import Between, OwnPosterior
from results.calibrating.bank.emulator import Emulator
from results.calibrating.bank.left_out import PredictedStudy
from results.calibrating.bank.sources import OfPatterns
from results.calibrating.range_likelihood import VALUES
from results.folders.parquet import Columns, fields_as_columns
from results.words.document import KeyName
from results.words.schema import Count, Number
from results.words.table import Table

EXPLAINED = 0.5
"""Share of the variance between draws below which an emulator is rough."""
WORST = 3
"""Rough ones that are named (count)."""
MOST = 10_000
"""A prediction beyond it is not quoted, nor one below 1 by so many."""


class EmulatedDocument(TypedDict):
    """How well one finding is predicted by a function of the parameters instead of by networks."""

    study: str
    finding: str
    explained: Annotated[Number, Field(description="share of the variance between draws that the function predicts")]
    error: Annotated[Number, Field(description="its own standard deviation, on the finding's scale")]


class PredictedStudyDocument(TypedDict):
    """A finding, and what was predicted of it by what the other studies say."""

    study: str
    finding: str
    value: Number | None
    low: Number | None
    high: Number | None
    predicted_low: Number
    predicted: Number
    predicted_high: Number
    holds: bool


class BetweenDocument(TypedDict):
    """One parameter, study by study."""

    key: KeyName
    studies: Count
    common: Number
    between: Annotated[Number, Field(description="spread between studies, in standard deviations of the prior")]
    chance: Number
    differs: bool


class BankDocument(TypedDict):
    """What is learned from a bank besides the parameters."""

    draws: Count
    effective: Annotated[Number, Field(description="independent draws that the particles are worth")]
    emulated: list[EmulatedDocument]
    left_out: Annotated[
        NotRequired[list[PredictedStudyDocument]], Field(description="each study predicted from the others")
    ]
    between_studies: NotRequired[list[BetweenDocument]]


def bank_document(
    draws: int,
    effective: float,
    emulators: Sequence[Emulator],
    predicted: Sequence[PredictedStudy],
    apart: Sequence[Between],
) -> BankDocument:
    """What is learned from a bank besides the parameters."""
    return {
        "draws": draws,
        "effective": effective,
        "emulated": [
            {"study": one.source.name, "finding": name, "explained": float(explained), "error": float(np.sqrt(error))}
            for one in emulators
            for name, explained, error in zip(findings_named(one), one.explained, one.error, strict=True)
        ],
        "left_out": [
            {
                "study": one.study, "finding": one.finding, "value": one.value, "low": one.low, "high": one.high,
                "predicted_low": one.predicted_low, "predicted": one.predicted, "predicted_high": one.predicted_high,
                "holds": one.holds,
            }
            for one in predicted
        ],
        "between_studies": [
            {
                "key": one.key, "studies": one.studies, "common": one.common, "between": one.between,
                "chance": one.chance, "differs": one.differs,
            }
            for one in apart
        ],
    }  # fmt: skip


def findings_named(one: Emulator) -> list[str]:
    """The statistics of an emulator by name."""
    source = one.source
    if isinstance(source, OfPatterns):
        return [pattern.id for pattern in source.patterns]
    return [name.removeprefix(f"{source.name}/") for name in source.columns]


def left_out_table(predicted: Sequence[PredictedStudy]) -> Table:
    """A row a finding: what was found, what the others predict, and whether it lies inside."""
    rows = tuple(
        (
            one.study,
            one.finding,
            _observed(one),
            _short(one.predicted),
            f"{_short(one.predicted_low)} to {_short(one.predicted_high)}",
            "inside" if one.holds else "outside",
        )
        for one in predicted
    )
    header = ("study", "finding", "found", "predicted without it", "90 % interval", "")
    return Table("Each study, predicted from the others", header, rows, frozenset({3}))


def _short(value: float) -> str:
    """A number as it is read; of a ratio that could be anything no power of ten is quoted."""
    if abs(value) > MOST:
        return f"above {MOST:,}" if value > 0 else f"below {-MOST:,}"
    return "0" if abs(value) < 1 / MOST else f"{value:.3g}"


def _observed(one: PredictedStudy) -> str:
    if one.value is not None:
        return f"{one.value:.3g}"
    if one.low is None or one.high is None:
        return f"above {one.low:g}" if one.high is None else f"below {one.high:g}"
    return f"{one.low:g} to {one.high:g}"


def emulators_sentence(emulators: Sequence[Emulator]) -> str:
    """Of how many findings the bank says little, and which are the worst; empty where there are none."""
    all_ = [
        (float(share), f"{one.source.name} ({name})")
        for one in emulators
        for name, share in zip(findings_named(one), one.explained, strict=True)
        if not name.endswith(VALUES)
    ]
    rough = sorted(one for one in all_ if one[0] < EXPLAINED)
    if not rough:
        return ""
    worst = ", ".join(f"{name} {share:.0%}" for share, name in rough[:WORST]).replace("%", " %")
    return (
        f"Of {len(rough)} of {len(all_)} findings less than half is known of what parameters do to them, so they say "
        f"little yet, and are predicted with wide intervals. Least is known of {worst}. More --draws help."
    )


def left_out_sentence(predicted: Sequence[PredictedStudy]) -> str:
    """How many of the findings lie where the other studies predict them."""
    inside = sum(one.holds for one in predicted)
    outside = ", ".join(f"{one.study} ({one.finding})" for one in predicted if not one.holds)
    said = f"{inside} of {len(predicted)} findings lie in the 90 % interval that is predicted without their study"
    return f"{said}; outside: {outside}." if outside else f"{said}."


def between_sentence(apart: Sequence[Between]) -> str:
    """Which parameters are not the same in all networks."""
    asked = sum(one.studies > 1 for one in apart)
    differ = [one.key for one in apart if one.differs]
    if not asked:
        return "No parameter is informed by two studies by themselves, so nothing says whether networks differ in it."
    said = f"Of {asked} parameters that two studies or more inform by themselves,"
    if not differ:
        return f"{said} none differs between studies by more than chance."
    return f"{said} {', '.join(differ)} {'differs' if len(differ) == 1 else 'differ'} by more than chance."


def left_out_columns(predicted: Sequence[PredictedStudy]) -> Columns:
    """A row a finding."""
    names = ("study", "finding", "value", "low", "high", "predicted_low", "predicted", "predicted_high", "holds")
    return fields_as_columns(PredictedStudy, predicted, names)


def between_columns(apart: Sequence[Between], own: Sequence[OwnPosterior]) -> Columns:
    """A row a parameter: what is common, how far studies differ; then of each study its mean and spread by itself.

    The latter are on the scale on which the prior is standard normal.
    """
    columns = dict(fields_as_columns(Between, apart, ("key", "studies", "common", "between", "chance", "differs")))
    for one in own:
        columns[f"{one.study}/mean"] = one.mean
        columns[f"{one.study}/sd"] = np.sqrt(one.variance)
    return columns
