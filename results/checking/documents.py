"""What `check` prints with `--json`, and the tables it keeps."""

from collections.abc import Sequence
from typing import Annotated, Any, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from results.checking.check import Check
from results.checking.necessity import Necessity
from results.checking.pattern_skill import PatternSkill
from results.checking.skill_documents import WaveSkillDocument, skill_documents
from results.checking.statistic_fit import StatisticFit
from results.checking.survey_fit import Fit
from results.checking.verdicts import Verdict, Word, interval_score, tally
from results.folders.parquet import Columns, fields_as_columns
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


def pattern_columns(verdicts: Sequence[Verdict]) -> Columns:
    """A row a pattern: what was observed, predicted and found; missing and open ends are missing.

    Columns are called as the fields of a verdict are, but for what was observed, and what could not be computed.
    """
    words = ("id", "study", "text", "statistic", "about", "unit", "counted_in", "source", "verdict", "why")
    numbers = ("predicted", "predicted_low", "predicted_high", "inside", "score", "by_chance")
    columns: dict[str, Any] = {**fields_as_columns(Verdict, verdicts, words)}
    for name in ("value", "low", "high"):
        ends = (getattr(one.observed, name) for one in verdicts)
        columns[f"observed_{name}" if name != "value" else "observed"] = _numbers(ends)
    columns |= fields_as_columns(Verdict, verdicts, numbers)
    columns["not_computed"] = np.array([one.uncomputed for one in verdicts], dtype=np.int64)
    return columns


def draw_columns(check: Check) -> Columns:
    """A row a virtual study: study, pattern, particle, and what it found."""
    sizes = [one.draws.shape for one in check.predictions]
    return {
        "study": [
            one.study for one, size in zip(check.predictions, sizes, strict=True) for _ in range(size[0] * size[1])
        ],
        "pattern": [
            one.pattern.id for one, size in zip(check.predictions, sizes, strict=True) for _ in range(size[0] * size[1])
        ],
        "particle": np.concatenate(
            [np.repeat(np.arange(size[0], dtype=np.int64), size[1]) for size in sizes] or [np.empty(0, np.int64)]
        ),
        "found": np.concatenate([one.draws.ravel() for one in check.predictions] or [np.empty(0)]),
    }


def fit_columns(fits: Sequence[Fit], studies: Sequence[str]) -> Columns:
    """A row for each component of each statistic of a survey: observed, simulated, p.

    Args:
        fits: of surveys.
        studies: their names.
    """
    rows = _components(fits, studies)
    low, high = (_numbers(one.spread[end, place] for _, one, place in rows) for end in (0, 1))
    return {
        "study": [study for study, _, _ in rows],
        "month": np.array([one.wave_month for _, one, _ in rows], dtype=np.int64),
        "from_month": np.array([one.begun_month for _, one, _ in rows], dtype=np.int64),
        "statistic": [one.name for _, one, _ in rows],
        "component": [one.components[place] for _, one, place in rows],
        "observed": _numbers(one.observed[place] for _, one, place in rows),
        "simulated": _numbers(one.simulated[:, place].mean() for _, one, place in rows),
        "simulated_low": low,
        "simulated_high": high,
        "p": _numbers(one.p for _, one, _ in rows),
        "adjusted": _numbers(one.adjusted for _, one, _ in rows),
        "power": _numbers(one.power for _, one, _ in rows),
        "verdict": [one.verdict for _, one, _ in rows],
        "judged": np.array([bool(one.varies[place]) for _, one, place in rows], dtype=np.bool_),
    }


def _components(fits: Sequence[Fit], studies: Sequence[str]) -> list[tuple[str, StatisticFit, int]]:
    """Study, statistic and place of each component of each statistic."""
    return [
        (study, one, place)
        for study, fit in zip(studies, fits, strict=True)
        for one in (*fit.statistics, *fit.from_first)
        for place in range(len(one.components))
    ]


def survey_draw_columns(fits: Sequence[Fit], studies: Sequence[str]) -> Columns:
    """A row for each component of each simulated network of a survey: what it came to.

    Args:
        fits: of surveys.
        studies: their names.
    """
    rows = _components(fits, studies)
    sizes = [len(one.simulated) for _, one, _ in rows]
    repeated = [row for row, size in zip(rows, sizes, strict=True) for _ in range(size)]
    return {
        "study": [study for study, _, _ in repeated],
        "month": np.repeat(np.array([one.wave_month for _, one, _ in rows], dtype=np.int64), sizes),
        "from_month": np.repeat(np.array([one.begun_month for _, one, _ in rows], dtype=np.int64), sizes),
        "statistic": [one.name for _, one, _ in repeated],
        "component": [one.components[place] for _, one, place in repeated],
        "network": np.concatenate([np.arange(size, dtype=np.int64) for size in sizes]),
        "found": np.concatenate([one.simulated[:, place] for _, one, place in rows]),
    }


def assumption_columns(assumptions: Sequence[Necessity]) -> Columns:
    """A row for each assumption and pattern that it moved."""
    rows = [(one, effect) for one in assumptions for effect in one.effects if effect.moved]
    return {
        "assumption": [one.id for one, _ in rows],
        "verdict": [one.verdict for one, _ in rows],
        "pattern": [effect.id for _, effect in rows],
        "with_it": _numbers(effect.with_it for _, effect in rows),
        "without": _numbers(effect.without for _, effect in rows),
        "gain": _numbers(effect.gain for _, effect in rows),
        "error": _numbers(effect.error for _, effect in rows),
        "not_asked": [effect.unasked for _, effect in rows],
        "noticed_by": [one.noticing.statistic if one.noticing else None for one, _ in rows],
        "power": _numbers(one.noticing.power if one.noticing else None for one, _ in rows),
    }


def _numbers(values: Any) -> Any:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
