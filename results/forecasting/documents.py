"""What `forecast` and `score` print with `--json`; the types give their schemas."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

from results.forecasting.scoring import LEGATO, Scored
from results.words.document import finite
from results.words.schema import Count, Number


class ForecastDocument(TypedDict):
    """A forecast that was written."""

    file: str
    sha256: Annotated[str, Field(description="the seal: SHA-256 of all else that stands in the file")]
    forecast: Annotated[dict[str, Any], Field(description="what stands in the file")]


class ForecasterDocument(TypedDict):
    """How somebody who predicted an outcome did."""

    who: str
    score: Number
    skill_of_legato: Annotated[Number, Field(description="1 - Legato's score / this one's; null for Legato itself")]
    log_score: Annotated[Number, Field(description="of the count of those asked, or of pairs; null otherwise")]
    auc: Annotated[Number, Field(description="of pairs; null otherwise")]


class ScoredDocument(TypedDict):
    """An outcome whose fact is known."""

    name: str
    value: Number
    of: Annotated[Count | None, Field(description="how many were asked, where the value is a share of them")]
    score: str
    low: Annotated[Number, Field(description="lower end of Legato's 90 % interval; null for yes or no")]
    high: Number
    inside: bool | None
    chance: Annotated[Number, Field(description="Legato's chance of yes; null for a number")]
    best_baseline: str | None
    forecasters: list[ForecasterDocument]


class ScoreDocument(TypedDict):
    """A forecast, scored."""

    file: str
    sha256: str
    title: str
    made: str
    scored: Annotated[str, Field(description="the date")]
    outcomes: list[ScoredDocument]
    open: Annotated[list[str], Field(description="outcomes without a fact")]
    facts_from: str
    result: Annotated[str, Field(description="the file that holds this result")]


def scored_documents(scored: Sequence[Scored]) -> list[ScoredDocument]:
    """Each outcome."""
    return [
        {
            "name": one.name,
            "value": one.fact.value,
            "of": one.fact.of,
            "score": one.rule,
            "low": None if one.interval is None else one.interval[0],
            "high": None if one.interval is None else one.interval[1],
            "inside": one.inside,
            "chance": one.chance,
            "best_baseline": one.best,
            "forecasters": [
                {
                    "who": who,
                    "score": score,
                    "skill_of_legato": None if who == LEGATO else finite(one.against(who)),
                    "log_score": one.log_scores.get(who),
                    "auc": finite(one.aucs.get(who)),
                }
                for who, score in one.scores.items()
            ],
        }
        for one in scored
    ]
