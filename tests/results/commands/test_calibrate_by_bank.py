"""Learning from a bank as the command line and a notebook ask for it."""

import json
from pathlib import Path

import pytest

import scenarios
from results.commands.calibrate import Calibrate, CalibrateAnswer, Recover
from results.commands.verify import Verify
from scenarios.files.faults import RequestError
from tests.shared import needs

pytestmark = needs("sklearn")

SURVEY = Path(__file__).resolve().parents[3] / "docs" / "examples" / "survey"
FREE = ["members", "behaviour.initiative", "behaviour.trust_convening"]
STUDIES = """\
title = "Two findings"
scenario = "salex"
source = "nobody"
[setting]
network.members = 8
[[pattern]]
id = "rate"
outcome = "collaboration_rate"
month = 6
observed = { successes = 3, of = 8 }
[[pattern]]
id = "density"
outcome = "tie_density"
month = 6
observed = { value = 0.4, low = 0.3, high = 0.5 }
"""


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> CalibrateAnswer:
    home = tmp_path_factory.mktemp("learned")
    (home / "mine.toml").write_text(STUDIES)
    asked = Calibrate(
        home / "mine.toml", free=FREE, method="bank", draws=80, particles=40, out=home / "out", figures=False, workers=1
    )
    return asked.answer()


def test_the_posterior_is_one_that_commands_take(learned: CalibrateAnswer) -> None:
    document = json.loads(json.dumps(learned.document))
    assert document["method"] == "bank"
    assert document["draws"] == document["bank"]["draws"] == 80
    assert {one["finding"] for one in document["bank"]["emulated"]} == {"rate", "density"}
    read = scenarios.read_posterior(document["posterior"])
    assert len(read) == 40
    assert read == learned.posterior
    assert set(read.keys) >= {"behaviour.initiative", "members.capacity_step"}
    column = {key: read.values[:, place] for place, key in enumerate(read.keys)}
    assert (column["members.capacity_step"] < column["members.capacity"]).all(), "values that can stand together"
    assert Verify(learned.folder).answer().verification.holds
    assert Verify(learned.folder / "bank").answer().verification.holds


@pytest.mark.slow
def test_another_calibration_by_the_same_bank_ends_in_the_same_particles(
    learned: CalibrateAnswer, tmp_path: Path
) -> None:
    study, bank = learned.folder.parent / "mine.toml", learned.folder / "bank"
    before = {one.name: one.stat().st_mtime_ns for one in (bank / "blocks").iterdir()}
    again = Calibrate(
        study, free=FREE, method="bank", draws=80, particles=40, bank=bank, out=tmp_path / "again", figures=False
    ).answer()
    assert again.posterior == learned.posterior
    assert {one.name: one.stat().st_mtime_ns for one in (bank / "blocks").iterdir()} == before
    assert not (tmp_path / "again" / "bank").exists()


def test_known_parameters_are_learned_from_the_same_bank(learned: CalibrateAnswer, tmp_path: Path) -> None:
    study, bank = learned.folder.parent / "mine.toml", learned.folder / "bank"
    found = Recover(
        study, free=FREE, method="bank", draws=80, particles=20, data_sets=2, bank=bank, out=tmp_path / "a",
        figures=False,
    ).answer()  # fmt: skip
    assert found.recovery.truth.shape == (2, len(learned.posterior.keys))
    assert (found.recovery.low < found.recovery.high).all()


@pytest.mark.slow
def test_a_survey_is_learned_from_and_no_study_can_be_left_out(tmp_path: Path) -> None:
    found = Calibrate(
        SURVEY, free=["behaviour.decay", "behaviour.trust_convening"], method="bank", draws=60, particles=20,
        out=tmp_path / "out", figures=False,
    ).answer()  # fmt: skip
    assert "none could be left out" in str(found)
    assert {one["finding"].split("/")[0] for one in found.document["bank"]["emulated"]} > {"ties", "trust"}


def test_a_bank_without_the_method_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError) as refused:
        Calibrate("search-costs", free=FREE, bank=tmp_path / "b", out=tmp_path / "a").answer()
    assert refused.value.field == "bank"
    assert not (tmp_path / "a").exists()
