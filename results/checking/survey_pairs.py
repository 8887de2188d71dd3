"""Pairs and members by name in each wave of a survey that was predicted: how likely, and what the survey found."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from results.estimates.predicted_pairs import PredictedPairs
from results.folders.parquet import Columns
from results.studies.baselines import seen_in
from results.studies.survey_networks import PredictedWave
from results.studies.surveys import Surveyed
from results.words.pair_tables import below_each_other, member_columns, pair_columns, pairs_among
from scenarios.observed.waves import Waves

Predicted = Mapping[PredictedWave, PredictedPairs]


def survey_pair_columns(surveys: Sequence[Surveyed], predicted: Sequence[Predicted]) -> Columns:
    """A row for each pair of members of the wave that is begun at, of each wave predicted from it.

    After its chances (see `results.words.pair_tables`): the strengths that the survey found in the two waves, missing
    where it observed nothing; whether it counts the two as tied; and whether it observed the pair in the later wave, or
    in both, so that its chance is scored.
    """
    tables = []
    for study, waves, asked, pairs in _each(surveys, predicted):
        members = np.flatnonzero(waves.there[asked.begun])
        one, other = pairs_among(members)
        table = pair_columns(waves.roster.names, pairs, members, reported=True)
        seen = seen_in(waves, asked.wave, asked.begun)
        happened = {
            "before": waves.strength[asked.begun][one, other],
            "now": waves.strength[asked.wave][one, other],
            "tied_before": seen.before[one, other],
            "tied_now": seen.now[one, other],
            "observed": waves.observed[asked.wave][one, other],
            "scored": seen.asked[one, other],
        }
        tables.append({**_when(study, waves, asked, len(one)), **table, **happened})
    return below_each_other(tables)


def survey_member_columns(surveys: Sequence[Surveyed], predicted: Sequence[Predicted]) -> Columns:
    """A row for each member of the wave that is begun at, of each wave predicted from it; and whether it answered."""
    tables = []
    for study, waves, asked, pairs in _each(surveys, predicted):
        members = np.flatnonzero(waves.there[asked.begun])
        table = member_columns(waves.roster.names, pairs, members, reported=True)
        answered = {"answered": waves.answered[asked.wave][members]}
        tables.append({**_when(study, waves, asked, len(members)), **table, **answered})
    return below_each_other(tables)


def _each(
    surveys: Sequence[Surveyed], predicted: Sequence[Predicted]
) -> Iterator[tuple[str, Waves, PredictedWave, PredictedPairs]]:
    for survey, of_survey in zip(surveys, predicted, strict=True):
        for asked in sorted(of_survey, key=lambda one: (one.wave, one.begun)):
            yield survey.study.name, survey.waves, asked, of_survey[asked]


def _when(study: str, waves: Waves, asked: PredictedWave, rows: int) -> Columns:
    return {
        "study": [study] * rows,
        "from_month": np.full(rows, waves.months[asked.begun], dtype=np.int64),
        "month": np.full(rows, waves.months[asked.wave], dtype=np.int64),
    }
