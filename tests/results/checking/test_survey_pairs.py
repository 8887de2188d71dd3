"""Pairs and members by name in the folder of a check: chances counted in the simulated networks, and what happened."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from results.commands.check import Check, CheckAnswer
from results.estimates.predicted_pairs import collaborating
from results.estimates.scores import auc
from results.studies.choosing_studies import studies_of
from results.studies.surveys import read_surveys
from scenarios.observed.beginning import at_wave
from simulation import historian

ROOT = Path(__file__).resolve().parents[3]
SURVEY = ROOT / "docs" / "examples" / "survey"
NETWORKS = 6


def checked(out: Path, workers: int) -> CheckAnswer:
    asked = Check(
        SURVEY, replicates=NETWORKS, assumptions=False, figures=False, posterior=None, workers=workers, out=out
    )
    return asked.answer()


def records(answer: CheckAnswer, table: str) -> list[dict[str, Any]]:
    columns = answer.to_frame(table).to_dict("list")
    return [dict(zip(map(str, columns), row, strict=True)) for row in zip(*columns.values(), strict=True)]


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> CheckAnswer:
    return checked(tmp_path_factory.mktemp("checked") / "run", 1)


def test_each_pair_has_its_share_of_the_networks_and_what_the_survey_found(answer: CheckAnswer) -> None:
    """The networks are told again here, one by one, from their histories."""
    (survey,) = read_surveys(studies_of(SURVEY, ()))
    names, last = survey.waves.roster.names, 12
    members = len(names)
    begins = [at_wave(survey.study.scenario, survey.waves, 0, number).scenario for number in range(NETWORKS)]
    histories = [historian(one, seed=1, months=[last])(number) for number, one in enumerate(begins)]
    working = np.mean([collaborating(one, last, members) for one in histories], axis=0)
    trust = np.zeros((members, members))
    for one in histories:
        found = one.ties[last]
        inside = found.other < members
        trust[found.one[inside], found.other[inside]] += found.trust[inside] / NETWORKS
    rows = records(answer, "pairs")
    assert len(rows) == members * (members - 1) // 2
    assert {(row["study"], row["from_month"], row["month"]) for row in rows} == {("survey", 0, last)}
    for row in rows:
        pair = names.index(row["one"]), names.index(row["other"])
        assert row["collaborating"] == pytest.approx(working[pair], abs=1e-12)
        assert row["trust"] == pytest.approx(trust[pair], abs=1e-12)
        np.testing.assert_array_equal([row["before"], row["now"]], survey.waves.strength[(slice(None), *pair)])
        assert row["observed"] == survey.waves.observed[(1, *pair)]
    assert {row["observed"] for row in rows} == {True, False}
    assert 0 < working.mean() < 1


def test_the_scores_can_be_worked_out_again_from_the_table(answer: CheckAnswer) -> None:
    (wave,) = answer.check.fits[0].skill
    assert wave.pairs is not None
    scored = [row for row in records(answer, "pairs") if row["scored"]]
    chances, happened = (np.array([row[name] for row in scored]) for name in ("reported", "tied_now"))
    assert len(scored) == wave.pairs.pairs
    assert auc(chances, happened) == pytest.approx(wave.pairs.model.auc)
    assert 0 < happened.mean() < 1


def test_what_a_member_has_is_what_its_pairs_have(answer: CheckAnswer) -> None:
    pairs = records(answer, "pairs")
    for row in records(answer, "members"):
        mine = [pair for pair in pairs if row["member"] in (pair["one"], pair["other"])]
        for its, of_pair in (("ties", "tied"), ("reported_ties", "reported"), ("collaborations", "collaborating")):
            assert row[its] == pytest.approx(sum(pair[of_pair] for pair in mine))
        assert row["collaborating"] <= row["collaborations"] + 1e-12
        assert 1 - row["ties"] <= row["alone"] + 1e-12
    (ties,) = (row for row in records(answer, "fit") if row["statistic"] == "ties")
    assert ties["simulated"] == pytest.approx(sum(pair["reported"] for pair in pairs if pair["observed"]))


def test_the_tables_are_the_same_whatever_the_threads(answer: CheckAnswer, tmp_path: Path) -> None:
    again = checked(tmp_path / "again", 3)
    for name in ("pairs.parquet", "members.parquet"):
        assert (again.folder / name).read_bytes() == (answer.folder / name).read_bytes()
