"""A notebook checks and calibrates as the command line does, and runs with what it has learned."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from results.commands.calibrate import Calibrate, CalibrateAnswer, Recover
from results.commands.check import Check
from results.commands.plan_calibration import PlanCalibration
from results.commands.run import Run
from results.commands.verify import Verify
from scenarios import ScenarioError
from scenarios.files.faults import RequestError
from scenarios.reading.posterior_file import read_posterior

STUDY = "search-costs"
SURVEY = Path(__file__).resolve().parents[3] / "docs" / "examples" / "survey"
FREE = ["behaviour.initiative=0.05:0.4", "behaviour.trust_convening"]
SMALL = {"network.members": "8"}


def printed(*words: str) -> dict[str, object]:
    """The JSON document that the command line prints."""
    told = CliRunner().invoke(cli.main, [*words, "--json"], catch_exceptions=False)
    assert told.exit_code == 0, told.stderr
    document: dict[str, object] = json.loads(told.stdout)
    return document


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> CalibrateAnswer:
    out = tmp_path_factory.mktemp("learned") / "mine"
    return Calibrate(
        STUDY, free=FREE, settings=SMALL, particles=10, replicates=2, generations=1, out=out, figures=False
    ).answer()


def test_a_check_is_the_same_document_and_the_same_tables(tmp_path: Path) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    asked = Check(STUDY, settings=SMALL, replicates=4, assumptions=False, out=here, figures=False)
    checked = asked.answer()
    words = ["--set", "network.members=8", "--replicates", "4", "--no-assumptions", "--no-figures"]
    assert printed("check", STUDY, *words, "--out", str(there)) == {
        **json.loads(json.dumps(checked.document)), "run_folder": str(there),
    }  # fmt: skip
    for name in ("patterns.parquet", "draws.parquet", "said.json", "posterior.csv"):
        assert (there / name).read_bytes() == (here / name).read_bytes()
    assert checked.to_frame()["id"].tolist() == [verdict.id for verdict in checked.check.verdicts]
    assert "<table>" in checked._repr_html_()


def test_a_calibration_is_the_same_document(learned: CalibrateAnswer, tmp_path: Path) -> None:
    free = [word for key in FREE for word in ("--free", key)]
    words = ["--set", "network.members=8", "--particles", "10", "--replicates", "2", "--generations", "1"]
    found = printed("calibrate", STUDY, *free, *words, "--no-figures", "--out", str(tmp_path / "mine"))
    assert found.pop("run_folder") == str(tmp_path / "mine")
    assert found == {
        **json.loads(json.dumps(learned.document)), "posterior": str(tmp_path / "mine" / "posterior.csv"),
    }  # fmt: skip
    assert len(learned.to_frame()) == len(learned.posterior) == 10


def test_what_was_learned_is_taken_as_it_is_or_from_its_file(learned: CalibrateAnswer, tmp_path: Path) -> None:
    file = learned.document["posterior"]
    assert (read_posterior(file).values == learned.posterior.values).all()
    documents = [
        Run("salex", settings=SMALL, posterior=known, replicates=8, out=tmp_path / name, figures=False)
        .answer()
        .document
        for name, known in (("itself", learned.posterior), ("file", file))
    ]
    assert documents[0] == documents[1]
    assert documents[0]["parameters"]["posterior"] == "mine"


def test_recovery_and_plan_answer_too(tmp_path: Path) -> None:
    recovered = Recover(
        STUDY, free=FREE, settings=SMALL, data_sets=2, particles=10, replicates=2, generations=1,
        out=tmp_path / "found", figures=False,
    ).answer()  # fmt: skip
    assert recovered.document["data_sets"] == 2
    assert len(recovered.to_frame()) == 4
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("results.calibrating.survey_plan.SETS", 20)
        planned = PlanCalibration(STUDY, free=FREE, waves=[3, 0], members=10).answer()
    assert planned.document["waves"] == [0, 3]
    assert [one.key for one in planned.information] == ["behaviour.initiative", "behaviour.trust_convening"]
    assert str(planned).startswith("Learning from a survey of all 10 members in months 0, 3:")
    assert "<table>" in planned._repr_html_()
    assert len(repr(planned).splitlines()) == 1


def test_what_is_wrong_is_said_before_anything_is_begun(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="did you mean 'search-costs'"):
        Check("serch-costs", out=tmp_path / "a").answer()
    with pytest.raises(ScenarioError, match=r"did you mean behaviour\.initiative"):
        Calibrate(STUDY, free=["behaviour.initiativ"], out=tmp_path / "a").answer()
    for asked, field in (
        (Check(SURVEY, replicates=1, out=tmp_path / "a"), "replicates"),
        (Calibrate("handover", free=FREE, out=tmp_path / "a"), "observed"),
        (PlanCalibration(STUDY, free=FREE, waves=[900]), "waves"),
        (PlanCalibration(STUDY, free=FREE, members=9), "members"),
    ):
        with pytest.raises(RequestError) as refused:
            asked.answer()
        assert refused.value.field == field
    assert not (tmp_path / "a").exists()


def test_a_setting_that_is_not_known_exactly_is_said_kept_and_drawn_again(tmp_path: Path) -> None:
    study = tmp_path / "mine.toml"
    study.write_text(
        'title = "Mine"\nsource = "a report"\n[setting]\nnetwork.members = 8\n'
        'network.prior_ties = { low = 1, high = 5, scale = "log" }\n'
        '[[pattern]]\nid = "one"\noutcome = "active_rate"\nmonth = 12\nobserved = { low = 0.5 }\n'
    )
    checked = Check(study, posterior=None, replicates=20, assumptions=False, out=tmp_path / "out").answer()
    assert json.loads(json.dumps(checked.document))["uncertain_settings"] == [
        {"study": "mine", "key": "network.prior_ties", "low": 1.0, "high": 5.0, "scale": "log"}
    ]
    assert "mine: network.prior_ties from 1 to 5, evenly on a logarithmic scale" in " ".join(str(checked).split())
    held = Verify(tmp_path / "out").answer()
    assert held.is_good
    overruled = Check(
        study, settings={"network.prior_ties": "2"}, posterior=None, replicates=20, assumptions=False, figures=False,
        out=tmp_path / "other",
    ).answer()  # fmt: skip
    assert overruled.check.predictions[0].study == "mine"
    assert "Not known exactly" not in str(overruled)
    assert json.loads(json.dumps(overruled.document))["uncertain_settings"] == []
