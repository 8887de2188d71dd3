"""The JSON document of `members`."""

from collections.abc import Sequence
from math import isnan
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from results.estimates.many_intervals import Intervals
from results.members.estimates import Changes, MemberEstimates
from results.members.measures import MEASURES
from results.members.words import TRUST
from results.words.document import ParametersDocument, finite, parameters_document
from results.words.likelihood import DirectionWord, direction_word
from results.words.schema import Count, Number

MOST_PAIRS = 20
"""Likeliest pairs in the document; pairs.parquet has all."""
_MOST_DEPENDING = 5
MeasureName = Literal["collaborated", "collaborating", "left", "partners", "joins", "depend_on_it"]


class MeasureDocument(TypedDict):
    """A mean with its 95 % interval, and the same less the mean of all members."""

    mean: float
    low: Number
    high: Number
    apart: float
    apart_low: Number
    apart_high: Number


class DependingDocument(TypedDict):
    """A member that collaborates with another alone, and in which share of the networks."""

    member: str
    share: float


class NamedMember(TypedDict):
    """A member, and what becomes of it."""

    member: str
    measures: Annotated[
        dict[MeasureName, MeasureDocument],
        Field(description="; ".join(f"{one.name}: {one.means}" for one in MEASURES)),
    ]
    depending: Annotated[list[DependingDocument], Field(description="whose only partner it is, most often first")]


class NamedPair(TypedDict):
    """Two members, and the chance that they collaborate at the end of the month."""

    one: str
    other: str
    collaborating: float
    low: Number
    high: Number
    tied: Annotated[float, Field(description="share of the networks in which they know each other then")]
    tied_before: Annotated[bool | None, Field(description="whether they do as it begins; null where that is drawn")]


class ScenarioMembers(TypedDict):
    """The members of one scenario, and its likeliest pairs."""

    scenario: str
    members: list[NamedMember]
    pairs: list[NamedPair]


class MeasureChange(TypedDict):
    """What a plan changes of one measure."""

    mean: float
    low: Number
    high: Number
    chance_higher: Annotated[float | None, Field(ge=0, le=1)]
    direction: DirectionWord | None


class MemberChange(TypedDict):
    """What a plan changes for one member."""

    member: str
    measures: dict[MeasureName, MeasureChange]


class PlanChanges(TypedDict):
    """What a plan changes for whom; `only_here` and `only_there` are members that one of the two has not."""

    scenario: str
    baseline: str
    members: list[MemberChange]
    only_here: list[str]
    only_there: list[str]


class MembersDocument(TypedDict):
    """What `members --json` prints."""

    baseline: str
    month: Count
    seed: Count
    replicates: Count
    scenarios: Annotated[list[ScenarioMembers], Field(min_length=1)]
    changes: list[PlanChanges]
    parameters: ParametersDocument
    caveat: str


def members_document(found: Sequence[MemberEstimates], changes: Sequence[Changes]) -> MembersDocument:
    """The document of a run, the baseline first."""
    base = found[0].fates
    return {
        "baseline": base.scenario.name,
        "month": base.month,
        "seed": base.seed,
        "replicates": base.networks,
        "scenarios": [_scenario(one) for one in found],
        "changes": [_changes(one) for one in changes],
        "parameters": parameters_document([one.fates.scenario for one in found], base.networks),
        "caveat": TRUST,
    }


def _scenario(found: MemberEstimates) -> ScenarioMembers:
    one, other = found.fates.pairs
    known = found.fates.known_before
    return {
        "scenario": found.fates.scenario.name,
        "members": [
            {
                "member": name,
                "measures": {m.name: _measure(found.level[m.name], found.apart[m.name], number) for m in MEASURES},  # type: ignore[misc]
                "depending": [
                    {"member": found.names[who], "share": share}
                    for who, share in found.depending_on(number)[:_MOST_DEPENDING]
                ],
            }
            for number, name in enumerate(found.names)
        ],
        "pairs": [
            {
                "one": found.names[one[pair]],
                "other": found.names[other[pair]],
                "collaborating": float(found.pairs.mean[pair]),
                "low": finite(float(found.pairs.low[pair])),
                "high": finite(float(found.pairs.high[pair])),
                "tied": float(found.fates.tied[pair]) / found.fates.networks,
                "tied_before": None if known is None else bool(known[pair]),
            }
            for pair in found.likeliest[:MOST_PAIRS]
        ],
    }


def _measure(level: Intervals, apart: Intervals, one: int) -> MeasureDocument:
    return {
        "mean": float(level.mean[one]),
        "low": finite(float(level.low[one])),
        "high": finite(float(level.high[one])),
        "apart": float(apart.mean[one]),
        "apart_low": finite(float(apart.low[one])),
        "apart_high": finite(float(apart.high[one])),
    }


def _changes(found: Changes) -> PlanChanges:
    return {
        "scenario": found.scenario,
        "baseline": found.baseline,
        "members": [
            {"member": name, "measures": {m.name: _change(found, m.name, one) for m in MEASURES}}  # type: ignore[misc]
            for one, name in enumerate(found.names)
        ],
        "only_here": list(found.only_here),
        "only_there": list(found.only_there),
    }


def _change(found: Changes, measure: str, one: int) -> MeasureChange:
    values, chance = found.change[measure], float(found.chance_higher[measure][one])
    known = None if isnan(chance) else chance
    return {
        "mean": float(values.mean[one]),
        "low": finite(float(values.low[one])),
        "high": finite(float(values.high[one])),
        "chance_higher": known,
        "direction": direction_word(known),
    }
