"""Whether the folder of a `check` holds what the model gives of its surveys: networks again, then every verdict."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from results.checking.skill_documents import skill_columns
from results.checking.statistic_fit import judge_statistic
from results.checking.survey_fit import fit_of
from results.checking.survey_pairs import survey_member_columns, survey_pair_columns
from results.checking.tables import fit_columns
from results.folders.examination import Examination
from results.folders.parquet import Columns
from results.studies.survey_networks import Judged, judged_statistics, simulate
from results.studies.surveys import Surveyed
from scenarios import Posterior

DRAWS, FIT, SKILL = "survey-draws.parquet", "fit.parquet", "skill.parquet"
PAIRS, MEMBERS = "pairs.parquet", "members.parquet"


def verify_surveys(
    check: Examination,
    surveys: Sequence[Surveyed],
    posterior: Posterior | None,
    tables: dict[str, Columns],
    sample: int | None,
) -> None:
    """Simulate some networks of each survey again, and judge all of them again.

    Args:
        check: the folder.
        surveys: that were checked.
        posterior: what was known of the parameters.
        tables: those that could be read.
        sample: one network in 10 of so many is simulated again, chosen at random; None simulates all of them.
    """
    inputs = check.manifest.inputs
    fits, predicted = [], []
    for one in surveys:
        if missing := [name for name in (DRAWS, FIT, SKILL, PAIRS, MEMBERS) if name not in tables]:
            check.fault(f"{check.path} has no {missing[0]} that can be read")
            return
        judged = judged_statistics(one.waves, inputs["hold_out"])
        kept = [_kept(tables[DRAWS], one, asked) for asked in judged]
        networks = len(kept[0][1])
        if any(values.shape != (networks, len(places)) or not values.size for places, values in kept):
            check.fault(f"{check.path / DRAWS} does not hold every statistic of every network of {one.study.name}")
            continue
        check.found.of += networks
        # All of them at a time, as the check did it: trust adds up to the same in the same order only.
        runs = [range(networks)]
        if sample is not None:
            chosen = check.choose(networks, max(1, sample // 10)).tolist()
            runs = [range(number, number + 1) for number in chosen]
        for numbers in runs:
            fresh = simulate(
                one.scenario(posterior), one.waves, seed=inputs["seed"], networks=len(numbers), first=numbers[0],
                workers=1, hold_out=inputs["hold_out"],
            )  # fmt: skip
            for row, number in enumerate(numbers):
                for asked, (places, values), again in zip(judged, kept, fresh.statistics, strict=True):
                    names = asked.statistic.components(asked.view)
                    where = f"{DRAWS}, {one.study.name}, network {number}, {asked.statistic.name}"
                    check.compare(where, [names[place] for place in places], values[number], again[row, places])
                check.found.rows += 1
                check.progress(1)
            if sample is None:
                predicted.append(fresh.pairs)
        chances = _chances(tables[PAIRS], one, judged)
        found = [
            judge_statistic(asked, values, one.waves, inputs["seed"], cuts=places)
            for asked, (places, values) in zip(judged, kept, strict=True)
        ]
        fits.append(
            fit_of(
                one.scenario(posterior), one.waves, found, seed=inputs["seed"], hold_out=inputs["hold_out"],
                chances=chances,
            )
        )  # fmt: skip
    if len(fits) == len(surveys) and fits:
        studies = [one.study.name for one in surveys]
        check.same_columns(FIT, tables[FIT], fit_columns(fits, studies))
        check.same_columns(SKILL, tables[SKILL], skill_columns(fits, studies))
    if len(predicted) == len(surveys) and predicted:  # where only some networks are simulated, hashes must do
        check.same_columns(PAIRS, tables[PAIRS], survey_pair_columns(surveys, predicted))
        check.same_columns(MEMBERS, tables[MEMBERS], survey_member_columns(surveys, predicted))


def _chances(pairs: Columns, one: Surveyed, judged: Sequence[Judged]) -> dict[int, NDArray[np.float64]]:
    """Wave -> chances of pairs to be tied, predicted from the wave before, float[members, members]; 0 elsewhere."""
    number = {name: place for place, name in enumerate(one.waves.roster.names)}
    mine, month, begun = np.array(pairs["study"]) == one.study.name, pairs["month"], pairs["from_month"]
    first, second = (
        np.array([number.get(str(name), 0) for name in pairs[end]], dtype=np.int64) for end in ("one", "other")
    )
    found = {}
    for wave in dict.fromkeys(asked.wave for asked in judged):
        before, now = one.waves.months[wave - 1 : wave + 1]
        rows = mine & (np.asarray(month) == now) & (np.asarray(begun) == before)
        found[wave] = np.zeros((len(number), len(number)))
        found[wave][first[rows], second[rows]] = np.asarray(pairs["reported"], dtype=np.float64)[rows]
    return found


def _kept(draws: Columns, one: Surveyed, asked: Judged) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """What is kept of a statistic: places of its components, and float[networks, them]."""
    rows = (
        (np.array(draws["study"]) == one.study.name)
        & (np.asarray(draws["month"]) == one.waves.months[asked.wave])
        & (np.asarray(draws["from_month"]) == one.waves.months[asked.begun])
        & (np.array(draws["statistic"]) == asked.statistic.name)
    )
    names = np.array(draws["component"])[rows]
    network, found = (np.asarray(draws[name], dtype=np.float64)[rows] for name in ("network", "found"))
    places = [place for place, name in enumerate(asked.statistic.components(asked.view)) if name in set(names)]
    columns = []
    for place in places:
        mine = names == asked.statistic.components(asked.view)[place]
        columns.append(found[mine][np.argsort(network[mine], kind="stable")])
    if len({len(column) for column in columns}) != 1:
        return np.array(places, dtype=np.int64), np.empty((0, 0))
    return np.array(places, dtype=np.int64), np.stack(columns, axis=1)
