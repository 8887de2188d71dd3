"""What `track` prints with `--json`, and what it keeps as a table; the types give their schema."""

from dataclasses import asdict
from typing import Annotated, Any, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from results.folders.parquet import Columns
from results.tracking.outlook import LEVELS, Alternative, Chance, Month, Outlook
from results.words.document import ParametersDocument, parameters_document
from results.words.schema import Count, Folder, Number


class ObservationDocument(TypedDict):
    """What was observed of an outcome at the end of a month."""

    outcome: str
    month: Count
    value: Number
    of: Annotated[Count | None, Field(description="members that it is the share of, where not all were asked")]
    error: Annotated[Number, Field(description="standard error; 0 where it is exact")]


class MonthDocument(TypedDict):
    """An outcome in a month to come: quantiles, at the document's `levels`."""

    outcome: str
    month: Count
    before: Annotated[list[Number], Field(description="by the plan alone")]
    now: Annotated[list[Number], Field(description="given what was observed")]


class ChanceDocument(TypedDict):
    """How likely the target is reached."""

    before: Annotated[Number, Field(description="by the plan alone")]
    now: Annotated[Number, Field(description="given what was observed")]
    low: Annotated[Number, Field(description="of the 95 % interval of `now`, as so many networks know it")]
    high: Number
    networks: Annotated[Count, Field(description="of equal weight, that it rests on")]


class TargetDocument(TypedDict):
    """What is to be reached."""

    outcome: str
    month: Count
    at_least: bool
    value: Number
    chance: ChanceDocument


class AlternativeDocument(TypedDict):
    """Another course from now on."""

    scenario: str
    forecast: MonthDocument
    chance: ChanceDocument | None
    change: Annotated[
        dict[str, Number],
        Field(description="of the outcome beside the plan, in the same networks: mean, low, high; 90 %"),
    ]


class SignDocument(TypedDict):
    """An indicator of today that predicts whether the target is reached."""

    outcome: str
    month: Count
    mark: Number
    more_is_better: bool
    chance_above: Annotated[Number, Field(description="share on the good side of the mark that reaches the target")]
    chance_below: Annotated[Number, Field(description="the same on the other side")]
    auc: Number
    observed: Annotated[Number, Field(description="its value today; null where it was not observed")]


class ToMeasureDocument(TypedDict):
    """What to measure next."""

    outcome: str
    tells: Annotated[Number, Field(description="share of what is still open that it would tell")]


class LaterDocument(TypedDict):
    """A month in which one will know more."""

    month: Count
    known: Annotated[Number, Field(description="share of what will come that can be known then")]


class StrangeDocument(TypedDict):
    """An observation that hardly any simulated network comes to."""

    observation: ObservationDocument
    low: Annotated[Number, Field(description="5 % quantile of the simulated")]
    high: Annotated[Number, Field(description="95 % quantile")]
    p: Number


class TrackDocument(TypedDict):
    """What `track --json` prints."""

    scenario: str
    now: Annotated[Count, Field(description="last month of which anything was observed")]
    from_today: Annotated[bool, Field(description="whether the forecast goes on from the network as it stands")]
    observed: list[ObservationDocument]
    outcome: Annotated[str, Field(description="that is looked at first")]
    month: Annotated[Count, Field(description="that is looked at")]
    target: TargetDocument | None
    levels: Annotated[list[Number], Field(description="of the quantiles")]
    forecast: Annotated[list[MonthDocument], Field(description="in the month that is looked at")]
    known: Annotated[Number, Field(description="share of what will come that was observed already tells")]
    alternatives: list[AlternativeDocument]
    signs: list[SignDocument]
    measure: list[ToMeasureDocument]
    later: list[LaterDocument]
    strange: list[StrangeDocument]
    remarks: list[str]
    seed: Count
    replicates: Count
    parameters: ParametersDocument
    run_folder: NotRequired[Folder]


def track_document(found: Outlook, seed: int) -> TrackDocument:
    """The outlook, but for its folder."""
    chance = found.chance
    target: TargetDocument | None = None
    if found.target is not None and chance is not None:
        target = {
            "outcome": found.target.outcome,
            "month": found.target.month,
            "at_least": found.target.at_least,
            "value": found.target.value,
            "chance": _chance(chance),
        }
    return {
        "scenario": found.scenario.name,
        "now": found.progress.now,
        "from_today": found.from_today,
        "observed": [_observation(one.describe()) for one in found.progress.observed],
        "outcome": found.outcome,
        "month": found.month,
        "target": target,
        "levels": list(LEVELS),
        "forecast": [_month(found.of(outcome, found.month)) for outcome in found.outcomes],
        "known": found.known,
        "alternatives": [_alternative(one) for one in found.alternatives],
        "signs": [asdict(one) for one in found.signs],  # type: ignore[misc]
        "measure": [asdict(one) for one in found.measure],  # type: ignore[misc]
        "later": [asdict(one) for one in found.later],  # type: ignore[misc]
        "strange": [
            {"observation": _observation(one.observation.describe()), "low": one.low, "high": one.high, "p": one.p}
            for one in found.strange
        ],
        "remarks": list(found.progress.remarks),
        "seed": seed,
        "replicates": found.networks,
        "parameters": parameters_document([found.scenario], found.networks),
    }


def _observation(described: dict[str, Any]) -> ObservationDocument:
    return described  # type: ignore[return-value]


def _month(one: Month) -> MonthDocument:
    return {"outcome": one.outcome, "month": one.month, "before": list(one.before), "now": list(one.now)}


def _chance(one: Chance) -> ChanceDocument:
    return asdict(one)  # type: ignore[return-value]


def _alternative(one: Alternative) -> AlternativeDocument:
    mean, low, high = one.change
    return {
        "scenario": one.scenario,
        "forecast": _month(one.month),
        "chance": None if one.chance is None else _chance(one.chance),
        "change": {"mean": mean, "low": low, "high": high},
    }


def outlook_columns(found: Outlook) -> Columns:
    """A row for each outcome and month to come: quantiles by the plan alone, and given what was observed."""
    rows = [(found.scenario.name, one) for one in found.months]
    rows += [(one.scenario, one.month) for one in found.alternatives]
    names = [f"p{round(100 * level):02d}" for level in LEVELS]
    return {
        "scenario": [scenario for scenario, _ in rows],
        "outcome": [one.outcome for _, one in rows],
        "month": np.array([one.month for _, one in rows], np.int64),
        **{f"before_{name}": np.array([one.before[place] for _, one in rows]) for place, name in enumerate(names)},
        **{name: np.array([one.now[place] for _, one in rows]) for place, name in enumerate(names)},
    }
