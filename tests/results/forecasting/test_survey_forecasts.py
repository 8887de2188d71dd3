"""The next wave of a survey is predicted pair by pair, by Legato, the rival and both, and scored when it comes."""

import shutil
from pathlib import Path

import pytest

import results
from results.forecasting.sealing import read_forecast
from results.forecasting.survey_pairs import next_wave, surveyed
from scenarios.files.faults import RefusedError, RequestError

SURVEY = Path(__file__).resolve().parents[3] / "docs" / "examples" / "survey"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("survey") / "it.json"
    results.Forecast(SURVEY, of=["tied@24"], replicates=30, date="2026-11-28", out=file).answer()
    return file


@pytest.fixture
def a_year_later(tmp_path: Path) -> Path:
    """The survey with a third wave, which is the second once more."""
    folder = tmp_path / "survey"
    shutil.copytree(SURVEY, folder)
    for name, month in (("ties.csv", 0), ("answered.csv", 1)):
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        rows = [line.split(",") for line in lines[1:]]
        again = [row for row in rows if row[month] == "12"]
        later = [",".join([*row[:month], "24", *row[month + 1 :]]) for row in again]
        (folder / name).write_text("\n".join([*lines, *later]) + "\n", encoding="utf-8")
    return folder


def test_each_pair_has_a_chance_by_each(made: Path) -> None:
    (one,) = read_forecast(made)["outcomes"]
    assert set(one["forecasts"]) == {"legato", "rival", "mixed", "nothing changes"}
    weight = one["weight_of_legato"]
    assert 0 <= weight <= 1
    chances = {who: said["chances"] for who, said in one["forecasts"].items()}
    assert {len(said) for said in chances.values()} == {len(one["pairs"])}
    for legato, rival, mixed in zip(chances["legato"], chances["rival"], chances["mixed"], strict=True):
        assert 0 <= mixed <= 1
        assert mixed == pytest.approx(weight * legato + (1 - weight) * rival, abs=0.01)
    assert set(read_forecast(made)["scenario"]["sha256_of_survey"]) == {"members.csv", "ties.csv"}


def test_it_is_scored_by_the_survey_with_the_later_wave(made: Path, a_year_later: Path, tmp_path: Path) -> None:
    """Nothing changed: who said so makes no mistake."""
    found = results.Score(made, facts=[f"tied@24={a_year_later}"], date="2028-01-01", out=tmp_path / "r.json").answer()
    (one,) = found.scored
    assert one.scores["nothing changes"] == 0
    assert one.best == "nothing changes"
    assert 0.5 < one.aucs["legato"] <= one.aucs["nothing changes"] == 1
    assert "These baselines predicted it better" in str(found)


def test_the_wave_that_is_predicted_is_not_known_yet() -> None:
    waves = surveyed(SURVEY).waves
    later = next_wave(waves, 12)
    assert later.months == (*waves.months, 24)
    assert not (later.strength[-1] > 0).any()


def test_what_cannot_be_is_refused(made: Path, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="after its last wave in month 12"):
        results.Forecast(SURVEY, of=["tied@12"], date="2026-11-28").answer()
    with pytest.raises(RequestError, match="tied@MONTH"):
        results.Forecast(SURVEY, of=["survival"], date="2026-11-28").answer()
    with pytest.raises(RequestError, match="the survey's folder"):
        results.Score(made, facts=["tied=0.5"]).answer()
    with pytest.raises(RefusedError, match="month 24"):
        results.Score(made, facts=[str(SURVEY)], date="2028-01-01", out=tmp_path / "r.json").answer()
