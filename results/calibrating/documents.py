"""What `calibrate` prints and keeps: the posterior as a file, as JSON with its types, and as a table."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from results.calibrating.bank.documents import BankDocument
from results.calibrating.emulated_score import Asked
from results.calibrating.posterior_summary import Calibration, Free, Generation, Marginal, Word
from results.calibrating.recovery import Recovery
from results.calibrating.survey_plan import Information
from results.folders.parquet import Columns
from results.studies.learned_sources import about_line
from results.words.document import KeyName
from results.words.schema import Count, Folder, Number
from results.words.table import Table
from scenarios import Posterior
from scenarios.observed.study import Observed

MOST_SAID = 12
"""Parameters of which each gets a sentence of its own."""
FreeDocument = Annotated[
    dict[KeyName, Annotated[list[float], Field(min_length=2, max_length=2)]],
    Field(min_length=1, description="parameters to be learned, with the ends of the range before"),
]


class LearningDocument(TypedDict):
    """What was asked of the parameters."""

    free: FreeDocument
    particles: Count
    networks: Count
    generations_at_most: Count
    seed: Count
    method: Annotated[NotRequired[Literal["bank"]], Field(description="left out where it is abc-smc")]
    draws: Annotated[NotRequired[Count], Field(description="sets of parameters in the bank")]
    recover: NotRequired[Count]
    emulate: Annotated[NotRequired[bool], Field(description="whether an emulator of the likelihood answers for some")]


class EmulatedDocument(TypedDict):
    """How sets of parameters were answered."""

    run: Annotated[Count, Field(description="by running networks")]
    ruled_out: Annotated[Count, Field(description="by an emulator, as implausible")]
    known: Annotated[Count, Field(description="by an emulator that knew their likelihood closely")]


class MarginalDocument(TypedDict):
    """One parameter, before and after."""

    key: KeyName
    unit: str
    prior_low: Number
    prior_high: Number
    mean: Number
    low: Number
    high: Number
    contraction: Number
    word: Word
    sentence: str


class GenerationDocument(TypedDict):
    """One generation of sets of parameters."""

    number: Count
    temperature: Number
    scored: Count
    effective: Number


class CalibrateDocument(LearningDocument):
    """What `calibrate --json` prints."""

    emulated: Annotated[NotRequired[EmulatedDocument], Field(description="with --emulate")]
    studies: list[str]
    finished: bool
    parameters: list[MarginalDocument]
    generations: list[GenerationDocument]
    bank: NotRequired[BankDocument]
    posterior: Annotated[NotRequired[str], Field(description="the file that --posterior takes")]
    run_folder: NotRequired[Folder]


class CoverageDocument(TypedDict):
    """How often the interval of one parameter held the truth."""

    key: KeyName
    coverage: Number
    holds: bool


class RecoverDocument(LearningDocument):
    """What `calibrate --recover --json` prints."""

    data_sets: Count
    wanted: Number
    by_luck_low: Number
    by_luck_high: Number
    parameters: list[CoverageDocument]
    run_folder: NotRequired[Folder]


class LearnableDocument(TypedDict):
    """How much narrower one parameter could become."""

    key: KeyName
    contraction: Number
    word: Word


class SurveyDocument(TypedDict):
    """The survey that is planned, where one is."""

    waves: NotRequired[list[Count]]
    members: NotRequired[Count]


class PlanDocument(SurveyDocument):
    """What `calibrate --plan --json` prints."""

    free: FreeDocument
    seed: Count
    parameters: list[LearnableDocument]


def free_document(free: Sequence[Free]) -> dict[str, list[float]]:
    """Parameters to be learned, each with the ends of its range before."""
    return {one.key: [one.low, one.high] for one in free}


def posterior_of(found: Calibration, studies: Sequence[Observed], name: str) -> Posterior:
    """The posterior that every command accepts; particles in the order of their weight, the heaviest first."""
    order = np.argsort(-found.weights, kind="stable")
    about = about_line([study.name for study in studies], len(found.weights))
    return Posterior(
        tuple(one.key for one in found.free), found.values[order], found.weights[order], name=name, about=about
    )


def calibration_document(found: Calibration, studies: Sequence[Observed], asked: LearningDocument) -> CalibrateDocument:
    """What `calibrate --json` prints."""
    document: CalibrateDocument = {
        "free": asked["free"],
        "particles": asked["particles"],
        "networks": asked["networks"],
        "generations_at_most": asked["generations_at_most"],
        "seed": asked["seed"],
        "studies": [study.name for study in studies],
        "finished": found.finished,
        "parameters": [_marginal(one) for one in found.marginals],
        "generations": [_generation(one) for one in found.generations],
    }
    _add_bank(document, asked)
    return document


def _generation(one: Generation) -> GenerationDocument:
    return {
        "number": one.number,
        "temperature": one.temperature,
        "scored": one.scored,
        "effective": one.effective,
    }


def _marginal(one: Marginal) -> MarginalDocument:
    return {
        "key": one.key,
        "unit": one.unit,
        "prior_low": one.prior_low,
        "prior_high": one.prior_high,
        "mean": one.mean,
        "low": one.quantile(0.05),
        "high": one.quantile(0.95),
        "contraction": one.contraction,
        "word": one.word,
        "sentence": one.sentence,
    }


def _add_bank(document: LearningDocument, asked: LearningDocument) -> None:
    """Say how it was learned, where that was from a bank."""
    if "method" in asked and "draws" in asked:
        document["method"], document["draws"] = asked["method"], asked["draws"]


def calibration_sentences(found: Calibration) -> list[str]:
    """What was learned of each parameter; of very many only those that the facts inform, and how many they do not."""
    if len(found.free) <= MOST_SAID:
        return [one.sentence for one in found.marginals]
    told = [one.sentence for one in found.marginals if one.word != "not informed"]
    left = len(found.free) - len(told)
    return [*told, f"{left} of {len(found.free)} parameters are not informed by the facts."]


def emulated_document(asked: Asked) -> EmulatedDocument:
    """The same as JSON values."""
    return {"run": asked.run, "ruled_out": asked.ruled_out, "known": asked.known}


def emulated_sentence(asked: Asked) -> str:
    """For how many sets of parameters an emulator answered."""
    every = asked.run + asked.ruled_out + asked.known
    return (
        f"Of {every:,} sets of parameters, networks were run for {asked.run:,}; an emulator of the likelihood ruled "
        f"out {asked.ruled_out:,} and knew {asked.known:,} closely enough."
    )


def calibration_table(found: Calibration) -> Table:
    """A row a parameter: before, after, and whether what happened has informed it."""
    rows = tuple(
        (
            one.key,
            f"{one.prior_low:g} to {one.prior_high:g}",
            f"{one.mean:.3g}",
            f"{one.quantile(0.05):.3g} to {one.quantile(0.95):.3g}",
            f"{round(100 * max(0.0, one.contraction))} %",
            one.word,
        )
        for one in found.marginals
    )
    header = ("parameter", "before", "mean", "90 % interval", "narrower by", "")
    return Table("The parameters, before and after", header, rows, frozenset({2, 4}))


def recovery_document(found: Recovery, asked: LearningDocument) -> RecoverDocument:
    """What `calibrate --recover --json` prints."""
    low, high = found.by_luck
    document: RecoverDocument = {
        "free": asked["free"],
        "particles": asked["particles"],
        "networks": asked["networks"],
        "generations_at_most": asked["generations_at_most"],
        "seed": asked["seed"],
        "recover": asked["recover"],
        "data_sets": len(found.truth),
        "wanted": 0.9,
        "by_luck_low": low,
        "by_luck_high": high,
        "parameters": [
            {"key": key, "coverage": share, "holds": low <= share <= high}
            for key, share in zip(found.keys, found.coverage, strict=True)
        ],
    }
    _add_bank(document, asked)
    return document


def recovery_table(found: Recovery) -> Table:
    """A row a parameter: how often its 90 % interval held the truth."""
    low, high = found.by_luck
    sets = len(found.truth)
    rows = tuple(
        (
            key,
            f"{round(share * sets)} of {sets}",
            f"{round(low * sets)} to {round(high * sets)}",
            "as it should" if low <= share <= high else "too often" if share > high else "too rarely",
        )
        for key, share in zip(found.keys, found.coverage, strict=True)
    )
    header = ("parameter", "90 % interval includes the truth", "expected", "")
    return Table("Known parameters, found again", header, rows, frozenset({1, 2}))


def recovery_columns(found: Recovery) -> Columns:
    """A row for each data set and parameter: truth, interval, rank; no type has such rows, but arrays of them."""
    sets, parameters = found.truth.shape
    return {
        "data_set": np.repeat(np.arange(sets, dtype=np.int64), parameters),
        "key": list(found.keys) * sets,
        "truth": found.truth.ravel(),
        "low": found.low.ravel(),
        "high": found.high.ravel(),
        "rank": found.ranks.ravel(),
    }


def particle_columns(found: Calibration) -> Columns:
    """A row a particle."""
    columns: dict[str, Any] = {one.key: found.values[:, place].copy() for place, one in enumerate(found.free)}
    return {**columns, "weight": found.weights}


def plan_document(
    found: Sequence[Information], free: Sequence[Free], seed: int, survey: SurveyDocument
) -> PlanDocument:
    """What `calibrate --plan --json` prints."""
    return {
        "free": free_document(free),
        "seed": seed,
        **survey,
        "parameters": [{"key": one.key, "contraction": one.contraction, "word": one.word} for one in found],
    }


def plan_table(found: Sequence[Information]) -> Table:
    """A row a parameter: how much narrower a survey could make what is known of it."""
    rows = tuple((one.key, f"{round(100 * one.contraction)} %", one.could) for one in found)
    return Table("What could be learned", ("parameter", "narrower by", ""), rows, frozenset({1}))
