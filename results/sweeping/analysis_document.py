"""The sensitivity analysis of one outcome as JSON, with its type: what matters for it, and how much is luck."""

from typing import NotRequired

from typing_extensions import TypedDict

from results.sweeping.sensitivity import Effect, ElementaryEffects, Index, Interaction, Sensitivity, SobolIndices
from results.sweeping.variance import Share, Split
from results.words.document import FactorName, finite
from results.words.schema import Count, Number


class ShareDocument(TypedDict):
    """A share of the variance, and its interval."""

    share: Number
    low: Number
    high: Number


class SplitDocument(TypedDict):
    """Where the variance of a single network's outcome comes from."""

    variance: Number
    parameters: ShareDocument
    luck: ShareDocument
    both: ShareDocument
    left: Number
    enough: Count | None
    floored: list[str]
    points: Count
    replicates: Count


class IndexDocument(TypedDict):
    """Sobol' indices of one factor."""

    key: FactorName
    first: Number
    first_low: Number
    first_high: Number
    total: Number
    total_low: Number
    total_high: Number


class InteractionDocument(TypedDict):
    """What two factors do together."""

    one: FactorName
    other: FactorName
    second: Number
    low: Number
    high: Number


class EffectDocument(TypedDict):
    """Elementary effects of one factor."""

    key: FactorName
    mu: Number
    mu_star: Number
    mu_star_low: Number
    mu_star_high: Number
    sigma: Number
    luck: Number


class AnalysisDocument(TypedDict):
    """What matters for one outcome: by Sobol' indices and interactions, or by elementary effects."""

    variance: Number
    size: Count
    ranking: list[FactorName]
    split: SplitDocument | None
    notes: list[str]
    indices: NotRequired[list[IndexDocument]]
    interactions: NotRequired[list[InteractionDocument]]
    effects: NotRequired[list[EffectDocument]]


def analysis_document(one: Sensitivity) -> AnalysisDocument:
    """By Sobol' indices and interactions, or by elementary effects."""
    document: AnalysisDocument = {
        "variance": finite(one.variance),
        "size": one.size,
        "ranking": list(one.ranking),
        "split": None if one.split is None else _split(one.split),
        "notes": list(one.notes),
    }
    if isinstance(one, SobolIndices):
        document["indices"] = [_index(index) for index in one.indices]
        document["interactions"] = [_interaction(interaction) for interaction in one.interactions]
    if isinstance(one, ElementaryEffects):
        document["effects"] = [_effect(effect) for effect in one.effects]
    return document


def _split(one: Split) -> SplitDocument:
    return {
        "variance": finite(one.variance),
        "parameters": _share(one.parameters),
        "luck": _share(one.luck),
        "both": _share(one.both),
        "left": finite(one.left),
        "enough": one.enough,
        "floored": list(one.floored),
        "points": one.points,
        "replicates": one.replicates,
    }


def _share(one: Share) -> ShareDocument:
    return {"share": finite(one.share), "low": finite(one.low), "high": finite(one.high)}


def _index(one: Index) -> IndexDocument:
    return {
        "key": one.key,
        "first": finite(one.first),
        "first_low": finite(one.first_low),
        "first_high": finite(one.first_high),
        "total": finite(one.total),
        "total_low": finite(one.total_low),
        "total_high": finite(one.total_high),
    }


def _interaction(one: Interaction) -> InteractionDocument:
    return {
        "one": one.one,
        "other": one.other,
        "second": finite(one.second),
        "low": finite(one.low),
        "high": finite(one.high),
    }


def _effect(one: Effect) -> EffectDocument:
    return {
        "key": one.key,
        "mu": finite(one.mu),
        "mu_star": finite(one.mu_star),
        "mu_star_low": finite(one.mu_star_low),
        "mu_star_high": finite(one.mu_star_high),
        "sigma": finite(one.sigma),
        "luck": finite(one.luck),
    }
