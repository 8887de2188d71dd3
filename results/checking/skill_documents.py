"""Skill in what `check` prints with `--json`, and in the tables it keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from math import nan
from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from results.checking.pattern_skill import PatternSkill
from results.checking.skill import Margin, PairScores, PairSkill
from results.checking.stacking import Stacked
from results.checking.statistic_skill import PooledSkill
from results.checking.survey_fit import Fit
from results.checking.survey_skill import WaveSkill
from results.folders.parquet import Columns, fields_as_columns
from results.studies.baselines import TOLD_THE_TOTALS
from results.studies.rival import COVARIATES, RIVAL
from results.words.document import finite
from results.words.schema import Count, Number


class RuleDocument(TypedDict):
    """A simple rule, and the model's skill against it; null where the rule makes no mistake."""

    rule: str
    told_the_totals: Annotated[bool, Field(description="whether it knows how many ties formed and ended")]
    skill: Number
    low: Number
    high: Number
    brier: NotRequired[Number]
    log: NotRequired[Number]
    auc: NotRequired[Number]
    auc_forming: NotRequired[Number]
    auc_ending: NotRequired[Number]
    statistics: NotRequired[Count]


class BinDocument(TypedDict):
    """Pairs that were given about the same chance, and the share of them that are tied."""

    low: Number
    high: Number
    pairs: Count
    mean_chance: Number
    happened: Number


class SkillDocument(TypedDict):
    """Skill over pairs, or over statistics, of a wave."""

    best: Annotated[str, Field(description="the rule that is hardest to beat")]
    skill: Number
    low: Number
    high: Number
    worse: bool
    worse_than_nothing: Annotated[bool, Field(description="worse than saying that nothing changes")]
    rules: list[RuleDocument]
    pairs: NotRequired[Count]
    brier: NotRequired[Number]
    log: NotRequired[Number]
    auc: NotRequired[Number]
    auc_forming: NotRequired[Number]
    auc_ending: NotRequired[Number]
    calibration: NotRequired[list[BinDocument]]


class MarginDocument(TypedDict):
    """Skill, 1 - score / the other's, with its 95 % interval; null where the other makes no mistake."""

    skill: Number
    low: Number
    high: Number


class RivalDocument(TypedDict):
    """The rival, a simple statistical model of ties, as it was fitted for this wave."""

    better: Annotated[
        Literal["legato", "rival"] | None,
        Field(description="who predicts better which pairs are tied, by the whole interval; null: neither clearly"),
    ]
    fitted_on: str
    forming: Annotated[dict[str, float], Field(description="coefficients of the monthly log odds to form a tie")]
    ending: Annotated[dict[str, float], Field(description="coefficients of the monthly log odds to end a tie")]


class StackDocument(TypedDict):
    """Legato's and the rival's chances of pairs, mixed."""

    weight: Annotated[Number, Field(description="of Legato, 0 to 1")]
    earlier_waves: Annotated[Count, Field(description="by which the weight was chosen; 0: by other networks")]
    brier: Number
    log: Number
    auc: Number
    over_legato: Annotated[MarginDocument, Field(description="by the log score")]
    over_rival: Annotated[MarginDocument, Field(description="by the log score")]


class WaveSkillDocument(TypedDict):
    """How much better than simple rules a wave is predicted."""

    study: str
    month: Count
    from_month: Count
    pairs: SkillDocument | None
    statistics: SkillDocument | None
    rival: RivalDocument
    stack: StackDocument | None


def skill_documents(fits: Sequence[Fit], studies: Sequence[str]) -> list[WaveSkillDocument]:
    """Each wave of each survey."""
    return [
        {
            "study": study,
            "month": wave.month,
            "from_month": wave.from_month,
            "pairs": None if wave.pairs is None else _pairs(wave.pairs),
            "statistics": None if wave.pooled is None else _together(wave.pooled),
            "rival": _rival(wave),
            "stack": None if wave.stack is None else _stack(wave.stack),
        }
        for study, fit in zip(studies, fits, strict=True)
        for wave in fit.skill
    ]


def _rival(wave: WaveSkill) -> RivalDocument:
    margin = wave.pairs.margins[RIVAL] if wave.pairs is not None else None
    worse, better = (margin.worse, margin.better) if margin is not None else (False, False)
    return {
        "better": "rival" if worse else "legato" if better else None,
        "fitted_on": wave.rival.source,
        "forming": dict(zip(COVARIATES, wave.rival.forming, strict=True)),
        "ending": dict(zip(COVARIATES, wave.rival.ending, strict=True)),
    }


def _stack(one: Stacked) -> StackDocument:
    return {
        "weight": one.weight,
        "earlier_waves": one.waves,
        "brier": finite(one.scores.brier),
        "log": finite(one.scores.log),
        "auc": finite(one.scores.auc),
        "over_legato": _margin(one.over_legato),
        "over_rival": _margin(one.over_rival),
    }


def _margin(one: Margin) -> MarginDocument:
    return {"skill": finite(one.value), "low": finite(one.low), "high": finite(one.high)}


def _pairs(one: PairSkill) -> SkillDocument:
    rules: list[RuleDocument] = [
        {**_rule(name, one.margins[name]), **_scores(scores)}  # type: ignore[typeddict-item]
        for name, scores in one.rules.items()
    ]
    curve: list[BinDocument] = [
        {
            "low": part.low,
            "high": part.high,
            "pairs": part.events,
            "mean_chance": finite(part.mean_chance),
            "happened": finite(part.happened),
        }
        for part in one.curve
    ]
    more: Any = {"pairs": one.pairs, **_scores(one.model), "calibration": curve}
    return {**_best(one, rules), **more}


def _together(one: PooledSkill) -> SkillDocument:
    rules: list[RuleDocument] = [
        {**_rule(name, margin), "statistics": one.counts[name]}  # type: ignore[typeddict-item]
        for name, margin in one.margins.items()
    ]
    return _best(one, rules)


def _best(one: PairSkill | PooledSkill, rules: list[RuleDocument]) -> SkillDocument:
    skill = one.skill
    return {
        "best": one.best,
        "skill": finite(skill.value),
        "low": finite(skill.low),
        "high": finite(skill.high),
        "worse": one.worse,
        "worse_than_nothing": one.worse_than_nothing,
        "rules": rules,
    }


def _rule(name: str, margin: Margin) -> dict[str, Any]:
    return {
        "rule": name,
        "told_the_totals": name in TOLD_THE_TOTALS,
        "skill": finite(margin.value),
        "low": finite(margin.low),
        "high": finite(margin.high),
    }


def _scores(scores: PairScores) -> Mapping[str, Any]:
    return {one.name: finite(getattr(scores, one.name)) for one in fields(scores)}


@dataclass(frozen=True)
class SkillRow:
    """A row of skill.parquet: a score of a wave, the model's and a rule's.

    Attributes:
        study: the survey.
        month: of the wave.
        from_month: of the wave that it is predicted from.
        of: "pairs", a statistic, or "all statistics".
        score: brier, log, auc, auc_forming, auc_ending; energy (of one number the CRPS); pooled.
        rule: its name.
        model: the model's score; missing where scores are pooled.
        by_rule: the rule's.
        skill: 1 - the one / the other; missing for an AUC.
        low: lower end of its 95 % interval; missing for a single statistic.
        high: its upper end.
    """

    study: str
    month: int
    from_month: int
    of: str
    score: str
    rule: str
    model: float
    by_rule: float
    skill: float = nan
    low: float = nan
    high: float = nan


def skill_columns(fits: Sequence[Fit], studies: Sequence[str]) -> Columns:
    """A row for each score of each wave against each rule."""
    rows = [
        row for study, fit in zip(studies, fits, strict=True) for wave in fit.skill for row in _rows_of(study, wave)
    ]
    return fields_as_columns(SkillRow, rows, [one.name for one in fields(SkillRow)])


def _rows_of(study: str, wave: WaveSkill) -> list[SkillRow]:
    at = (study, wave.month, wave.from_month)
    rows = []
    if (pairs := wave.pairs) is not None:
        for rule, scores in pairs.rules.items():
            for margins, score in ((pairs.margins, "brier"), (pairs.log_margins, "log")):
                mine, theirs = getattr(pairs.model, score), getattr(scores, score)
                rows.append(SkillRow(*at, "pairs", score, rule, mine, theirs, *_ends(margins[rule])))
            rows += [
                SkillRow(*at, "pairs", score, rule, getattr(pairs.model, score), getattr(scores, score))
                for score in ("auc", "auc_forming", "auc_ending")
            ]
    for one in wave.statistics:
        rows += [
            SkillRow(*at, one.name, "energy", rule, one.score, by_rule, one.against(rule))
            for rule, by_rule in one.rules.items()
        ]
    if (pooled := wave.pooled) is not None:
        rows += [
            SkillRow(*at, "all statistics", "pooled", rule, nan, nan, *_ends(margin))
            for rule, margin in pooled.margins.items()
        ]
    return rows


def _ends(margin: Margin) -> tuple[float, float, float]:
    return margin.value, margin.low, margin.high


@dataclass(frozen=True)
class PatternSkillRow:
    """A row of pattern-skill.parquet.

    Attributes:
        study: name of the study.
        pattern: id of the pattern.
        score: crps or log.
        reference: pooled arms, or random answers.
        model: the model's score.
        by_reference: the reference's.
        skill: 1 - the one / the other.
        low: lower end of its 95 % interval.
        high: its upper end.
    """

    study: str
    pattern: str
    score: str
    reference: str
    model: float
    by_reference: float
    skill: float
    low: float
    high: float


def pattern_skill_columns(found: Sequence[PatternSkill]) -> Columns:
    """A row for each pattern that has skill."""
    rows = [
        PatternSkillRow(
            one.study, one.id, one.score_name, one.reference, one.score, one.reference_score, *_ends(one.margin)
        )
        for one in found
    ]
    return fields_as_columns(PatternSkillRow, rows, [one.name for one in fields(PatternSkillRow)])
