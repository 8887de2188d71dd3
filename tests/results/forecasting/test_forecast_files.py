"""A forecast stands in one file, the same bytes for the same question, and nobody changes it without being seen."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import results
from cli import main
from results.commands.json_schemas import BY_COMMAND
from results.forecasting.sealing import ForecastError, as_file, read_forecast, sealed, sha256
from scenarios.files.faults import RequestError

REGISTER = Path(__file__).resolve().parents[3] / "forecasts"
OF = ("collaboration_rate@12", "network_alive@20", "survival", "collaborations@12")
QUICK: dict[str, Any] = {"of": OF, "replicates": 40, "date": "2026-11-28"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("forecasts") / "mine.json"
    results.Forecast("salex", **QUICK, baselines=["collaboration_rate=17:22"], due="2027-12-31", out=file).answer()
    return file


def test_the_same_question_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.json"
    results.Forecast(
        "salex", **QUICK, baselines=["collaboration_rate=17:22"], due="2027-12-31", out=again, workers=1
    ).answer()
    assert again.read_bytes() == made.read_bytes()


def test_it_holds_all_that_it_takes_to_score_it_and_to_make_it_again(made: Path) -> None:
    forecast = read_forecast(made)
    assert (forecast["made"], forecast["due"]) == ("2026-11-28", "2027-12-31")
    assert forecast["posterior"]["sha256"]
    assert forecast["model"]["code"]
    assert "[facilitation]" in forecast["scenario"]["toml"]
    assert [one["name"] for one in forecast["outcomes"]] == list(OF)
    for one in forecast["outcomes"]:
        legato = one["forecasts"]["legato"]
        assert len(legato.get("quantiles", [0] * 199)) == 199
        assert legato.get("quantiles") == sorted(legato["quantiles"]) if "quantiles" in legato else legato["chance"] > 0
    assert set(forecast["outcomes"][0]["forecasts"]) == {"legato", "random answers", "nothing changes", "given"}
    assert forecast["outcomes"][0]["members"] == 22


def changed(made: Path, change: Any, tmp_path: Path) -> Path:
    found = json.loads(made.read_text(encoding="utf-8"))
    change(found)
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(found), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda it: it["outcomes"][0]["forecasts"]["legato"]["quantiles"].reverse(), "outcomes differs"),
        (lambda it: it.update(made="2026-01-01"), "made differs"),
        (lambda it: it.update(note="later"), "note was added"),
        (lambda it: it.pop("question"), "question is missing"),
        (lambda it: it["sha256_of_parts"].update(seed=sha256(2)) or it.update(seed=2), "the seal"),
    ],
)
def test_a_file_that_was_changed_is_refused_with_what_was_changed(
    made: Path, change: Any, words: str, tmp_path: Path
) -> None:
    file = changed(made, change, tmp_path)
    with pytest.raises(ForecastError, match=words):
        read_forecast(file)
    found = CliRunner().invoke(main, ["score", str(file), "--facts", "survival=0.5"])
    assert found.exit_code == 2
    assert not file.with_suffix(".scored.json").exists()


def test_blanks_and_order_are_no_change(made: Path, tmp_path: Path) -> None:
    file = changed(made, lambda it: it.update(seed=it.pop("seed")), tmp_path)
    assert read_forecast(file) == read_forecast(made)


def test_what_is_no_forecast_is_refused(tmp_path: Path) -> None:
    for text in ("not JSON", "{}", "[1]"):
        (tmp_path / "it.json").write_text(text, encoding="utf-8")
        with pytest.raises(ForecastError, match="is no forecast"):
            read_forecast(tmp_path / "it.json")
    with pytest.raises(ForecastError, match="cannot read"):
        read_forecast(tmp_path / "nowhere.json")


def test_another_forecast_is_not_overwritten(made: Path) -> None:
    before = made.read_bytes()
    with pytest.raises(RequestError, match="not overwritten"):
        results.Forecast("salex", **{**QUICK, "date": "2026-11-29"}, out=made).answer()
    assert made.read_bytes() == before


def test_it_is_scored_when_the_facts_come_and_what_is_open_is_said(made: Path, tmp_path: Path) -> None:
    facts = tmp_path / "facts.toml"
    facts.write_text('[facts]\n"network_alive@20" = true\nsurvival = 0.5\n', encoding="utf-8")
    out = tmp_path / "result.json"
    found = results.Score(
        made, facts=["collaboration_rate=17:22", str(facts)], date="2028-01-01", source="a report", out=out
    ).answer()
    text = str(found)
    assert "77 % (17 of 22)" in text
    assert "it happened" in text
    assert "Not scored, as no fact was given: collaborations@12" in text
    kept = json.loads(out.read_text(encoding="utf-8"))
    assert kept == found.document
    assert kept["sha256"] == read_forecast(made)["sha256"]
    assert kept["facts_from"] == "a report"
    (rate, *_) = kept["outcomes"]
    scores = {one["who"]: one["score"] for one in rate["forecasters"]}
    assert rate["best_baseline"] == min((who for who in scores if who != "legato"), key=scores.__getitem__)
    assert all(one["log_score"] > 0 for one in rate["forecasters"])


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ([], "left out"),
        (["collaboration_rat=1"], "did you mean collaboration_rate"),
        (["survival=60"], r"did you mean 0\.6"),
        (["survival=3:2"], "whole numbers"),
        (["survival=high"], "allowed is a number"),
        (["collaborations=3:4"], "no share"),
        (["network_alive=0.5"], "yes or no"),
        (["survival=0.1", "survival=0.2"], "twice"),
        (["nowhere.toml"], "TOML file that is there"),
    ],
)
def test_facts_that_cannot_be_are_refused(made: Path, facts: list[str], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        results.Score(made, facts=facts).answer()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"of": ()}, "left out"),
        ({"of": ["survival@12"]}, "leave the month out"),
        ({"of": ["collaboration_rate@99"]}, "months from 1 to"),
        ({"of": ["collaboration_rat@9"]}, "did you mean collaboration_rate"),
        ({"date": "soon"}, "allowed is a date"),
        ({"due": "2020-01-01"}, "known already"),
        ({"now": 99}, "months from 0 to"),
        ({"baselines": ["evidence=3"]}, "not of 'evidence'"),
    ],
)
def test_what_cannot_be_predicted_is_refused_before_anything_is_run(more: dict[str, Any], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        results.Forecast("salex", **{**QUICK, **more}).answer()


def test_both_commands_print_one_document(tmp_path: Path) -> None:
    runner = CliRunner()
    file = tmp_path / "it.json"
    asked = ["forecast", "salex", "--of", "survival", "--replicates", "40", "--date", "2026-11-28", "--out", str(file)]
    found = runner.invoke(main, [*asked, "--json"])
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["sha256"] == read_forecast(file)["sha256"]
    scored = runner.invoke(main, ["score", str(file), "--facts", "survival=0.5", "--date", "2027-01-01", "--json"])
    assert scored.exit_code == 0, scored.output
    assert json.loads(scored.stdout)["outcomes"][0]["value"] == 0.5
    assert {"forecast", "score"} <= BY_COMMAND.keys()


def test_the_register_has_forecasts() -> None:
    assert list(REGISTER.glob("*.json")), "the test below would pass without checking anything"


@pytest.mark.parametrize("file", sorted(REGISTER.glob("*.json")), ids=lambda file: file.stem)
def test_every_forecast_of_the_register_is_as_it_was_sealed(file: Path) -> None:
    if file.name.endswith(".scored.json"):
        pytest.skip("a result")
    forecast = read_forecast(file)
    assert file.read_bytes() == as_file(forecast), "as `legato forecast` wrote it"
    assert forecast["assumed"], "what is assumed is said"
    assert forecast["due"]
    assert len(forecast["outcomes"]) >= 2
    assert sealed({name: part for name, part in forecast.items() if not name.startswith("sha256")}) == forecast
