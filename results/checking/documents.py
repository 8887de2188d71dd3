"""What `check` prints with `--json`."""

from collections.abc import Sequence
from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from results.checking.check import Check
from results.checking.necessity import Necessity
from results.checking.pattern_skill import PatternSkill
from results.checking.skill_documents import WaveSkillDocument, skill_documents
from results.checking.verdicts import Verdict, Word, interval_score, tally
from results.words.document import ParametersDocument, finite
from results.words.schema import Count, Folder, Number
from scenarios.observed.study import Observed


class PatternDocument(TypedDict):
    """A pattern: what was observed, what is predicted, and the verdict."""

    id: str
    study: NotRequired[str]
    text: NotRequired[str]
    observed: Number
    low: Number
    high: Number
    predicted: Number
    predicted_low: Number
    predicted_high: Number
    verdict: Word
    why: NotRequired[str]
    inside: NotRequired[Number]
    by_chance: NotRequired[Number]
    random_within: Annotated[
        NotRequired[Number], Field(description="share of random answers that lie within the prediction")
    ]
    virtual_studies: NotRequired[Count]
    not_computed: NotRequired[Count]
    not_computed_why: NotRequired[str | None]
    log_score: NotRequired[Number]
    interval_score: NotRequired[Number]
    skill: Annotated[
        NotRequired[Number],
        Field(description="1 - the model's score / that of `skill_against`; null where neither is told"),
    ]
    skill_low: NotRequired[Number]
    skill_high: NotRequired[Number]
    skill_against: Annotated[NotRequired[str | None], Field(description="pooled arms, or random answers")]
    skill_score: Annotated[NotRequired[str | None], Field(description="by which it is scored: crps or log")]
    statistic: NotRequired[str]
    judged: Annotated[
        NotRequired[bool], Field(description="false where it could not be judged; the verdict is then undecided")
    ]
    about: NotRequired[str]
    unit: Annotated[
        NotRequired[str | None], Field(description="what was observed one by one; null where the study does not say")
    ]
    counted_in: Annotated[NotRequired[str | None], Field(description="what the model counts one by one to answer it")]
    source: NotRequired[str]


EffectDocument = TypedDict(
    "EffectDocument",
    {
        "pattern": str,
        "with": Number,
        "without": Number,
        "gain": Number,
        "error": Number,
        "not_asked": NotRequired[str | None],
    },
)
"""What a pattern loses without an assumption. Functional, for `with` is a word of Python's."""


class AssumptionDocument(TypedDict):
    """An assumption: whether what was observed needs it."""

    id: str
    title: NotRequired[str]
    verdict: Word
    why: str
    gain: NotRequired[Number]
    error: NotRequired[Number]
    effects: NotRequired[list[EffectDocument]]
    noticed_by: Annotated[
        NotRequired[str | None],
        Field(description="the statistic of a survey that would best notice that the assumption is switched off"),
    ]
    noticing_survey: NotRequired[str | None]
    power: Annotated[
        NotRequired[Number], Field(description="share of the networks simulated without it that this statistic notices")
    ]
    could_notice: Annotated[
        NotRequired[bool | None], Field(description="false where no survey could have noticed; null without surveys")
    ]


class VerdictsDocument(TypedDict):
    """How many patterns have each verdict."""

    supported: Count
    contradicted: Count
    undecided: Count


class UncertainSettingDocument(TypedDict):
    """A setting of a study that is not known exactly: each set of parameters draws it."""

    study: str
    key: str
    low: Number
    high: Number
    scale: Annotated[str, Field(description="linear: drawn evenly; log: evenly on a logarithmic scale")]


class CheckDocument(TypedDict):
    """What `check --json` prints."""

    seed: NotRequired[Count]
    networks: NotRequired[Count]
    parameters: NotRequired[ParametersDocument]
    uncertain_settings: NotRequired[list[UncertainSettingDocument]]
    verdicts: NotRequired[VerdictsDocument]
    patterns: list[PatternDocument]
    assumptions: list[AssumptionDocument]
    skill: Annotated[
        NotRequired[list[WaveSkillDocument]], Field(description="of each wave of each survey, against simple rules")
    ]
    run_folder: NotRequired[Folder]


def check_document(
    check: Check, seed: int, networks: int, parameters: ParametersDocument, studies: Sequence[Observed] = ()
) -> CheckDocument:
    """Every pattern and every assumption, with its verdict."""
    skills = {(one.study, one.id): one for one in check.skills}
    return {
        "seed": seed,
        "networks": networks,
        "parameters": parameters,
        "uncertain_settings": [
            {"study": study.name, "key": one.key, "low": one.low, "high": one.high, "scale": one.scale}
            for study in studies
            for one in study.uncertain
        ],
        "verdicts": _counts(check),
        "patterns": [_pattern(one, skills.get((one.study, one.id))) for one in check.verdicts],
        "assumptions": [assumption_document(one) for one in check.assumptions],
        "skill": skill_documents(check.fits, check.surveys),
    }


def _counts(check: Check) -> VerdictsDocument:
    found = tally(check.verdicts)
    return {
        "supported": found["supported"],
        "contradicted": found["contradicted"],
        "undecided": found["undecided"],
    }


def _pattern(one: Verdict, skill: PatternSkill | None) -> PatternDocument:
    return {
        "id": one.id,
        "study": one.study,
        "text": one.text,
        "observed": one.observed.value,
        "low": one.observed.low,
        "high": one.observed.high,
        "predicted": finite(one.predicted),
        "predicted_low": finite(one.predicted_low),
        "predicted_high": finite(one.predicted_high),
        "verdict": one.verdict,
        "why": one.why,
        "inside": one.inside,
        "by_chance": one.by_chance,
        "random_within": None if one.random_within is None else finite(one.random_within),
        "virtual_studies": one.studies,
        "not_computed": one.uncomputed,
        "not_computed_why": one.uncomputed_why or None,
        "log_score": one.score,
        "interval_score": interval_score(one),
        "skill": finite(skill.margin.value) if skill else None,
        "skill_low": finite(skill.margin.low) if skill else None,
        "skill_high": finite(skill.margin.high) if skill else None,
        "skill_against": skill.reference if skill else None,
        "skill_score": skill.score_name if skill else None,
        "statistic": one.statistic,
        "judged": one.judged,
        "about": one.about,
        "unit": one.unit or None,
        "counted_in": one.counted_in or None,
        "source": one.source,
    }


def assumption_document(one: Necessity) -> AssumptionDocument:
    """One assumption, with its verdict."""
    return {
        "id": one.id,
        "title": one.title,
        "verdict": one.verdict,
        "why": one.why,
        "gain": one.gain,
        "error": one.error,
        "effects": [
            {
                "pattern": effect.id,
                "with": finite(effect.with_it),
                "without": finite(effect.without),
                "gain": effect.gain,
                "error": effect.error,
                "not_asked": effect.unasked or None,
            }
            for effect in one.effects
            if effect.moved
        ],
        "noticed_by": one.noticing.statistic or None if one.noticing else None,
        "noticing_survey": one.noticing.survey if one.noticing else None,
        "power": one.noticing.power if one.noticing else None,
        "could_notice": one.noticing.could if one.noticing else None,
    }
