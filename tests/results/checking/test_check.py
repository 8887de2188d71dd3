"""What happened, checked and learned from on the command line: what is printed, kept and refused."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner, Result

import cli
import scenarios
import simulation
from results.calibrating import abc_smc as calibration
from results.calibrating.likelihood import log_likelihood
from results.checking import check as checking
from results.checking import necessity
from results.checking.learned_words import learned_from
from results.commands.json_schemas import BY_COMMAND
from results.folders.notes import Notes
from results.folders.parquet import columns_of, parquet_bytes, read_table
from results.studies.learned_sources import about_line, sources_of
from scenarios import Posterior
from scenarios.observed.reading import read_observed
from scenarios.reading.posterior_file import read_posterior, shipped_posterior
from simulation.compiling import must_compile
from simulation.outcomes import NAMES
from tests.results.checking import steady_survey
from tests.steady import options, setting

STUDY = """\
title = "Eight members"
scenario = "salex"
source = "nobody: made up for a test"

[setting]
network.members = 8
closing.month = 8
closing.notice = 2
closing.follow_up = 12

[[pattern]]
id = "rate"
text = "six of eight collaborated"
outcome = "collaboration_rate"
month = 8
observed = { successes = 6, of = 8 }

[[pattern]]
id = "trust"
text = "trust in ties was four tenths"
outcome = "trust"
month = 8
observed = { value = 0.4, low = 0.35, high = 0.45 }

[[pattern]]
id = "nobody"
text = "hardly anybody knew anybody"
outcome = "tie_density"
month = 8
observed = { value = 0.05, low = 0.01, high = 0.09 }
"""
FEW = ["--replicates", "20", "--no-figures"]
FREE = ["--free", "behaviour.initiative", "--free", "behaviour.trust_convening"]
QUICK = ["--particles", "12", "--replicates", "4", "--generations", "3", "--no-figures"]


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    """The model is compiled before anybody listens to what is said of it."""
    if must_compile():
        simulation.run(scenarios.load("salex", posterior=None), replicates=1)


@pytest.fixture(autouse=True)
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Runs go where nobody's files are, and a study lies there."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "study.toml").write_text(STUDY)
    return "study.toml"


def ask(*words: str) -> Result:
    return CliRunner().invoke(cli.main, list(words))


def document(command: str, *words: str) -> Any:
    """The JSON document of a command, held against its schema."""
    result = ask(command.split()[0], *words, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    jsonschema.Draft202012Validator(BY_COMMAND[command]).validate(found)
    return found


# Checking.


def test_it_says_what_was_observed_and_predicted_of_each_pattern(study: str) -> None:
    found = document("check", study, *FEW, "--no-assumptions")
    rows = {row["id"]: row for row in found["patterns"]}
    assert set(rows) == {"rate", "trust", "nobody"}
    assert rows["rate"]["observed"] == 0.75
    assert rows["rate"]["predicted_low"] <= rows["rate"]["predicted"] <= rows["rate"]["predicted_high"]
    assert rows["nobody"]["verdict"] == "contradicted"
    assert found["verdicts"]["contradicted"] >= 1
    assert found["assumptions"] == []


def test_it_tells_people_the_same(study: str) -> None:
    Path(study).write_text(STUDY.replace("[setting]\n", "[setting]\n" + setting()))
    told = ask("check", study, *FEW, "--no-assumptions").stdout
    assert "Missed: nobody" in told
    assert "nobody is contradicted: the model predicts more than was observed." in told
    assert "contradicted: 95 % of the virtual studies lie outside" in told  # the rule is stated
    assert "Run folder: runs" in told


LIMITS = """\
title = "Studies in which nothing could go against the model"
scenario = "salex"
source = "nobody: made up for a test"

[setting]
network.members = 14
network.prior_ties = 3.0

[[pattern]]
id = "any-share"
outcome = "active_rate"
month = 9
observed = { value = 0.7, low = 0.05, high = 1.0 }

[[pattern]]
id = "any-difference"
outcome = "active_rate"
month = [6, 9]
statistic = "difference"
observed = { low = -0.9, high = 0.9 }

[[pattern]]
id = "ceiling"
outcome = "active_rate"
month = 25
at_least = 0.05
statistic = "difference"
networks = 20
arms = [{ name = "a", set = { "members.need" = 0.4 } }, { name = "b", set = { "members.need" = 0.6 } }]
observed = { low = 0.0 }

[[pattern]]
id = "infinite"
outcome = "applied"
month = [2, 2]
statistic = "odds_ratio"
arms = [{ name = "met", met = "convening", by = 2 }, { name = "never met", met = "none", by = 2 }]
observed = { value = 8.0, low = 3.0 }
"""


def test_what_nothing_could_go_against_is_undecided_and_says_why(study: str) -> None:
    Path(study).write_text(LIMITS)
    found = document("check", study, *FEW, "--no-assumptions")
    rows = {row["id"]: row for row in found["patterns"]}
    assert {row["verdict"] for row in rows.values()} == {"undecided"}
    assert rows["any-share"]["by_chance"] == pytest.approx(0.95)
    assert rows["any-difference"]["by_chance"] == pytest.approx(0.99, abs=0.01)
    for id in ("any-share", "any-difference"):
        assert "any model would meet it" in rows[id]["why"]
    assert "both arms are at their limit in 20 of 20 virtual studies" in rows["ceiling"]["why"]
    infinite = rows["infinite"]
    assert infinite["predicted"] is None
    assert infinite["not_computed"] > 10
    assert "cannot be computed" in infinite["not_computed_why"]


@pytest.mark.parametrize(("replicates", "sets"), [(20, 10), (100, 40)])
def test_the_particles_that_are_counted_are_those_that_are_used(study: str, replicates: int, sets: int) -> None:
    """A particle that weighs more than others is drawn more than once, and is one particle all the same."""
    weights = np.random.default_rng(1).exponential(size=120)
    values = np.linspace(0.1, 0.4, 120)[:, np.newaxis]
    mine = scenarios.Posterior(("behaviour.initiative",), values, weights / weights.sum())
    Path("mine.csv").write_text(scenarios.write_posterior(mine))
    used = len(set(mine.draws[:sets].tolist()))
    assert 0.9 * sets <= used < len(mine) == 120
    assert sets < 40 or used < sets
    asked = ["check", study, "--replicates", str(replicates), "--no-figures", "--no-assumptions", "--out", "there"]
    asked += ["--posterior", "mine.csv"]
    found = document(*asked)
    assert (found["parameters"]["particles"], found["parameters"]["particles_used"]) == (120, used)
    assert len(set(read_table(Path("there/draws.parquet")).to_pydict()["particle"])) == sets
    page = (Path("there") / "report.html").read_text()
    assert f"{used} of 120 particles" in page
    (asked_of,) = read_observed(study, NAMES)
    for pattern in asked_of.patterns:
        assert pattern.text in page, "what was observed"
        assert pattern.source in page, "and where that was read"


def test_each_assumption_has_a_verdict(study: str, monkeypatch: pytest.MonkeyPatch) -> None:
    few = tuple(one for one in scenarios.ASSUMPTIONS if one.id in ("facilitation", "translation", "joining"))
    monkeypatch.setattr("scenarios.ASSUMPTIONS", few)
    found = document("check", study, *FEW)
    assert [one["id"] for one in found["assumptions"]] == ["facilitation", "translation", "joining"]
    by_id = {one["id"]: one for one in found["assumptions"]}
    assert by_id["translation"]["verdict"] == by_id["joining"]["verdict"] == "undecided"
    assert by_id["translation"]["why"].startswith("cannot tell")
    assert {one["pattern"] for one in by_id["facilitation"]["effects"]} == {"rate", "trust", "nobody"}


def test_the_run_folder_holds_every_draw(study: str) -> None:
    found = document("check", study, *FEW, "--no-assumptions", "--out", "there")
    folder = Path("there")
    assert json.loads((folder / "check.json").read_text())["patterns"] == found["patterns"]
    draws = read_table(folder / "draws.parquet")
    assert draws.num_rows == 3 * 20
    patterns = read_table(folder / "patterns.parquet").to_pydict()
    assert patterns["id"] == ["rate", "trust", "nobody"]
    assert json.loads((folder / "manifest.json").read_text())["finished"]


def test_the_same_question_has_the_same_answer_with_any_threads(study: str) -> None:
    one = ask("check", study, *FEW, "--no-assumptions", "--out", "one", "--workers", "1")
    two = ask("check", study, *FEW, "--no-assumptions", "--out", "two", "--workers", "3")
    assert one.exit_code == two.exit_code == 0
    for name in ("draws.parquet", "patterns.parquet"):
        assert (Path("one") / name).read_bytes() == (Path("two") / name).read_bytes()


def test_parameters_are_varied_unless_they_are_fixed(study: str) -> None:
    open_, fixed = (document("check", study, *FEW, "--no-assumptions", *more) for more in ((), ("--fixed",)))
    assert open_["parameters"]["posterior"] == "shipped"
    assert fixed["parameters"]["posterior"] is None
    assert open_["patterns"] != fixed["patterns"]


def test_facts_that_the_parameters_were_calibrated_on_are_called_so(study: str) -> None:
    """A fit to the facts that it was made for is no test; facts of one's own, or fixed parameters, are one."""
    few = ("--replicates", "4", "--no-figures", "--no-assumptions")
    cases = ((("salex",), True), (("search-costs",), True), (("salex", "--fixed"), False), ((study,), False))
    for asked, is_learned in cases:
        told = " ".join(ask("check", *asked, *few).stdout.split())
        assert (f"were calibrated on facts that include {asked[0]}" in told) is is_learned, asked


def test_a_survey_with_the_name_of_one_that_was_learned_from_is_taken_for_it() -> None:
    """The posterior keeps the names of its surveys and no more, so a name is all there is to go by; and it says so."""
    shipped = shipped_posterior()
    (salex,) = read_observed("salex", NAMES)
    survey = replace(salex, name="nfdi", patterns=())

    assert "nfdi (recognised by name)" in learned_from([survey], shipped)
    assert learned_from([replace(survey, name="ours")], shipped) == ""
    assert learned_from([survey], None) == ""
    assert "recognised by name" not in learned_from([salex], shipped), "a shipped study is known by its content"
    mine = Posterior(shipped.keys, shipped.values, shipped.weights, "mine", about_line(["ours", "theirs"], 600))
    assert sources_of(mine) == ("ours", "theirs")
    assert "ours (recognised by name)" in learned_from([replace(survey, name="ours")], mine)


def test_findings_that_almost_any_answer_would_pass_are_counted() -> None:
    words = ("check", "counterweight", "--replicates", "20", "--no-assumptions", "--no-figures")
    (one,) = document(*words)["patterns"]
    told = " ".join(ask(*words).stdout.split())

    assert one["random_within"] > 0.5, "its prediction is 0 to 1"
    assert ("almost any answer would pass" in told) == (one["verdict"] == "undecided")


def test_a_setting_wins_over_the_study(study: str) -> None:
    Path(study).write_text(STUDY.replace("[setting]\n", "[setting]\n" + setting()))
    found = document("check", study, *FEW, "--no-assumptions", "--set", "facilitation.intensity=0")
    rows = {row["id"]: row for row in found["patterns"]}
    assert rows["rate"]["predicted"] < 0.3
    assert rows["rate"]["verdict"] == "contradicted"


def test_an_interrupted_check_goes_on_where_it_was(study: str, monkeypatch: pytest.MonkeyPatch) -> None:
    few = scenarios.ASSUMPTIONS[:6]
    monkeypatch.setattr("scenarios.ASSUMPTIONS", few)
    asked = ["check", study, *FEW]
    whole = ask(*asked, "--out", "whole")
    assert whole.exit_code == 0, whole.stderr
    judged: list[str] = []
    really = necessity.judge_assumption

    def judging(assumption: scenarios.Assumption, effects: Any, noticed: Any = None) -> Any:
        if len(judged) == 3:
            judged.append("stop")
            raise KeyboardInterrupt
        judged.append(assumption.id)
        return really(assumption, effects, noticed)

    monkeypatch.setattr(checking, "judge_assumption", judging)
    stopped = ask(*asked, "--out", "stopped")
    assert stopped.exit_code == 130
    assert "3 findings are kept in stopped. To go on: legato" in stopped.stderr
    judged.clear()
    judged.append("again")

    def noting(assumption: scenarios.Assumption, effects: Any, noticed: Any = None) -> Any:
        judged.append(assumption.id)
        return really(assumption, effects, noticed)

    monkeypatch.setattr(checking, "judge_assumption", noting)
    again = ask(*asked, "--out", "stopped")
    assert again.exit_code == 0, again.stderr
    assert judged == ["again", *(one.id for one in few[3:])]
    for name in ("check.json", "assumptions.parquet"):
        assert (Path("stopped") / name).read_bytes() == (Path("whole") / name).read_bytes()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check", "serch-costs"], "did you mean 'search-costs'?"),
        (["check", "study.toml", "--set", "grants.percall=3"], "did you mean grants.per_call?"),
        (["check", "study.toml", "--fixed", "--posterior", "shipped"], "leave one of them out"),
        (["calibrate", "study.toml"], "name at least one parameter"),
        (["calibrate", "study.toml", "--free", "behaviour.initiativ"], "did you mean behaviour.initiative?"),
        (["calibrate", "study.toml", *FREE, "--waves", "0,12"], "belong to --plan"),
        (["calibrate", "study.toml", *FREE, "--plan", "--waves", "0,x"], "allowed are months, such as 0,12,24"),
        (["calibrate", "study.toml", *FREE, "--plan", "--waves", "0,900"], "allowed are months from 0 to"),
        (["calibrate", "study.toml", *FREE, "--plan", "--members", "9"], "--members needs --waves"),
        (["calibrate", "evidence", *FREE, "--plan", "--waves", "0,9"], "studies are given; name one"),
        (["calibrate", "handover", *FREE], "nothing that was observed has a size"),
    ],
)
def test_wrong_use_is_said_with_the_way_out(words: list[str], told: str) -> None:
    result = ask(*words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not Path("runs").exists()


def test_a_folder_with_another_study_is_refused(study: str) -> None:
    assert ask("check", study, *FEW, "--no-assumptions", "--out", "there").exit_code == 0
    Path(study).write_text(STUDY.replace("successes = 6", "successes = 5"))
    result = ask("check", study, *FEW, "--no-assumptions", "--out", "there")
    assert result.exit_code == 2
    assert "holds a run with other inputs" in result.stderr


# Learning.


def test_a_posterior_is_written_that_every_command_takes(study: str) -> None:
    found = document("calibrate", study, *FREE, *QUICK, "--out", "learned")
    posterior = read_posterior(found["posterior"])
    assert posterior.keys == ("behaviour.initiative", "behaviour.trust_convening")
    assert len(posterior) == 12
    for row in found["parameters"]:
        assert row["prior_low"] <= row["low"] <= row["mean"] <= row["high"] <= row["prior_high"]
    small = ["--set", "network.members=8", "--replicates", "8", "--no-figures", "--posterior", found["posterior"]]
    for command in (["run", "salex"], ["check", study, "--no-assumptions"]):
        result = ask(*command, *small)
        assert result.exit_code == 0, result.stderr
        assert "uncertain parameters vary (posterior learned, 4 of 12 particles)" in " ".join(result.stdout.split())


@pytest.mark.slow
def test_a_stopped_calibration_goes_on_to_the_same_posterior(study: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ["calibrate", study, *FREE, *QUICK]
    assert ask(*asked, "--out", "whole").exit_code == 0
    scored: list[int] = []
    really = log_likelihood

    def stopping(predictions: Any) -> float:
        scored.append(1)
        if len(scored) == 20:
            raise KeyboardInterrupt
        return really(predictions)

    monkeypatch.setattr(calibration, "log_likelihood", stopping)
    stopped = ask(*asked, "--out", "stopped")
    assert stopped.exit_code == 130
    assert "19 findings are kept in stopped" in stopped.stderr
    before = len(scored)
    again = ask(*asked, "--out", "stopped")
    assert again.exit_code == 0, again.stderr
    assert (Path("stopped") / "posterior.csv").read_text().splitlines()[1:] == (
        Path("whole") / "posterior.csv"
    ).read_text().splitlines()[1:]
    notes = (Path("whole") / "notes.jsonl").read_bytes().count(b"behaviour")
    assert len(scored) - before == notes / 2 - 19  # nothing is scored twice; each note names two parameters


@pytest.mark.slow
def test_recovery_says_how_often_the_truth_is_found(study: str) -> None:
    found = document("calibrate --recover", study, *FREE, *QUICK, "--recover", "3", "--out", "found")
    assert found["data_sets"] == 3
    assert [one["key"] for one in found["parameters"]] == ["behaviour.initiative", "behaviour.trust_convening"]
    rows = read_table(Path("found") / "recovery.parquet").to_pydict()
    assert len(rows["truth"]) == 6
    again = document("calibrate --recover", study, *FREE, *QUICK, "--recover", "3", "--out", "found")
    assert again["parameters"] == found["parameters"]


def test_a_plan_says_what_could_be_learned(study: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("results.calibrating.survey_plan.SETS", 25)
    by_patterns = document("calibrate --plan", study, *FREE, "--plan")
    by_survey = document("calibrate --plan", study, *FREE, "--plan", "--waves", "0,4,8", "--members", "10")
    assert by_survey["members"] == 10
    for found in (by_patterns, by_survey):
        assert all(0 <= one["contraction"] <= 1 for one in found["parameters"])
    assert not Path("runs").exists()
    assert "could" in ask("calibrate", study, *FREE, "--plan").stdout


# Verifying.


@pytest.mark.slow
def test_what_was_kept_is_found_again(study: str) -> None:
    assert ask("check", study, *FEW, "--no-assumptions", "--out", "checked").exit_code == 0
    assert ask("calibrate", study, *FREE, *QUICK, "--out", "learned").exit_code == 0
    assert ask("calibrate", study, *FREE, *QUICK, "--recover", "2", "--out", "recovered").exit_code == 0
    for folder, rows in (("checked", 60), ("learned", 20), ("recovered", 1)):
        result = ask("verify", folder)
        assert result.exit_code == 0, result.stdout + result.stderr
        assert "is confirmed" in result.stdout
        found = json.loads(ask("verify", folder, "--all" if folder != "recovered" else "--sample=1", "--json").stdout)
        assert found["rows"] >= rows
        assert found["faults"] == []


def test_a_changed_draw_is_found(study: str) -> None:
    assert ask("check", study, *FEW, "--no-assumptions", "--out", "checked").exit_code == 0
    columns = columns_of(read_table(Path("checked/draws.parquet")))
    changed = np.array(columns["found"], dtype=np.float64)
    changed[7] += 1e-9
    Path("checked/draws.parquet").write_bytes(parquet_bytes({**columns, "found": changed}))
    found = json.loads(ask("verify", "checked", "--all", "--json").stdout)
    assert not found["holds"]
    assert any("draws.parquet is not as the manifest has it" in fault for fault in found["faults"])
    assert any("virtual study" in fault and "comes out" in fault for fault in found["faults"])


@pytest.mark.slow
def test_a_changed_score_is_found(study: str) -> None:
    assert ask("calibrate", study, *FREE, *QUICK, "--out", "learned").exit_code == 0
    notes = Notes(Path("learned"))
    notes.recall()
    name = next(iter(notes.known))
    notes.note(name, notes.known[name] + 0.5)
    notes.flush()
    found = json.loads(ask("verify", "learned", "--all", "--json").stdout)
    assert [fault for fault in found["faults"] if name in fault]


# Surveys.

SURVEY = str(Path(__file__).resolve().parents[3] / "docs" / "examples" / "survey")
AT_RANDOM = str(Path(__file__).resolve().parents[3] / "docs" / "examples" / "random-survey")


def test_a_survey_is_checked_from_its_folder() -> None:
    """A network that is not SALEX: 30 members, two waves, levels of acquaintance from 0 to 4, 27 and 26 answered."""
    result = ask("check", SURVEY, "--no-assumptions", "--no-figures", "--out", "survey")
    assert result.exit_code == 0, result.stderr
    told = " ".join(result.stdout.split())
    assert "survey looks like a network of the model that starts from the survey of month 0" in told
    assert "Ties that the wave at the start leaves uncertain were drawn, in 20 ways." in told
    rows = read_table(Path("survey/fit.parquet")).to_pydict()
    assert {"ties", "degrees", "transitivity", "distances", "jaccard", "new_ties", "lost_ties", "trust"} <= set(
        rows["statistic"]
    )


def made_by_steady_values() -> str:
    """The invented survey, here, made by a model with `steady_survey.VALUES`; its folder."""
    folder = steady_survey.made(Path.cwd()) / "survey"
    for name in ("survey.toml", "observed.toml"):
        shutil.copy(Path(SURVEY) / name, folder / name)
    return str(folder)


@pytest.mark.slow
def test_ties_at_random_are_contradicted() -> None:
    """Whatever the parameters are, too few ties stay; with fixed ones there are too many new ones, too."""
    for more, least in ([], {"jaccard"}), (["--fixed"], {"jaccard", "new_ties", "lost_ties"}):
        found = document("check", AT_RANDOM, "--no-assumptions", "--no-figures", *more)
        wrong = {row["id"] for row in found["patterns"] if row["verdict"] == "contradicted"}
        assert {f"{name}-month-12" for name in least} <= wrong
    told = ask("check", AT_RANDOM, "--no-assumptions", "--no-figures").stdout
    assert "does not look like a network of the model" in told


@pytest.mark.slow
def test_a_survey_without_a_scenario_is_held_against_the_defaults(tmp_path: Path) -> None:
    folder = tmp_path / "bare"
    folder.mkdir()
    for name in ("members.csv", "ties.csv", "answered.csv"):
        (folder / name).write_bytes((Path(SURVEY) / name).read_bytes())
    result = ask("check", str(folder), "--no-assumptions", "--no-figures")
    assert result.exit_code == 0, result.stderr
    assert "No scenario was named for bare, so defaults are assumed: facilitation of 0.6" in " ".join(
        result.stdout.split()
    )
    (folder / "ties.csv").write_text("month,from,to,level\n0,Nobody,Delta Learning,1\n")
    result = ask("check", str(folder))
    assert result.exit_code == 2
    assert 'ties.csv, line 2: from is "Nobody"' in result.stderr
    assert len(list(Path("runs").iterdir())) == 1  # that of the check that could be made


@pytest.mark.slow
def test_assumptions_are_tried_on_a_survey_and_parameters_learned_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    few = tuple(one for one in scenarios.ASSUMPTIONS if one.id in ("facilitation", "translation"))
    monkeypatch.setattr("scenarios.ASSUMPTIONS", few)
    folder = made_by_steady_values()
    found = document("check", folder, "--fixed", "--no-figures", *options(steady_survey.VALUES))
    by_id = {one["id"]: one for one in found["assumptions"]}
    assert by_id["facilitation"]["verdict"] == "supported"  # without it there would be far fewer new ties
    assert by_id["translation"]["why"].startswith("cannot tell: nothing")
    learned = document("calibrate", SURVEY, "--free", "facilitation.encounters", *QUICK)
    assert learned["parameters"][0]["key"] == "facilitation.encounters"
    recovered = document("calibrate --recover", SURVEY, "--free", "facilitation.encounters", *QUICK, "--recover", "1")
    assert recovered["data_sets"] == 1


def test_a_survey_is_checked_by_as_many_networks_as_asked() -> None:
    asked = ("check", SURVEY, "--no-assumptions", "--no-figures")
    result = ask(*asked, "--replicates", "30", "--out", "few")
    assert result.exit_code == 0, result.stderr
    told = " ".join(result.stdout.split())
    assert "30 networks were simulated" in told
    assert "no p is below 1 in 31" in told
    assert "cannot be judged with 30 networks of the model" in told
    assert "looks like a network" not in told
    draws = read_table(Path("few/survey-draws.parquet")).to_pydict()
    assert set(draws["network"]) == set(range(30))
    refused = ask(*asked, "--replicates", "1")
    assert refused.exit_code == 2
    assert "allowed is 2 or more with a survey" in refused.stderr


@pytest.mark.slow
def test_a_statistic_in_which_no_network_differs_is_said_not_to_be_judged() -> None:
    """The second wave of a survey by a model that never loses ties, with one tie fewer: it contradicts nothing."""
    folder = Path(made_by_steady_values())
    lines = (folder / "ties.csv").read_text().splitlines()
    named = {tuple(line.split(",")[:3]) for line in lines}
    one, other = max((one, other) for _, one, other in named if {("0", one, other), ("0", other, one),
                      ("12", one, other), ("12", other, one)} <= named)  # fmt: skip
    kept = [line for line in lines if line.split(",")[:3] not in (["12", one, other], ["12", other, one])]
    assert len(lines) - len(kept) == 2
    (folder / "ties.csv").write_text("\n".join(kept) + "\n")
    asked = ("check", str(folder), "--fixed", "--no-assumptions", "--no-figures", "--replicates", "200",
             *options(steady_survey.VALUES))  # fmt: skip
    rows = {row["id"]: row for row in document(*asked)["patterns"]}
    lost = rows["lost_ties-month-12"]
    assert (lost["observed"], lost["predicted"], lost["verdict"], lost["judged"]) == (1, 0, "undecided", False)
    assert "reporting errors" in lost["why"]
    assert not [row for row in rows.values() if row["verdict"] == "contradicted"]
    told = " ".join(ask(*asked).stdout.split())
    assert "lost_ties-month-12 is undecided" in told
    assert "none of 9 statistics that are judged contradicts it" in told


def test_only_the_last_wave_is_judged_where_it_is_held_out() -> None:
    told = ask("check", SURVEY, "--no-assumptions", "--no-figures", "--hold-out").stdout
    assert "Held out: only the last wave is judged." in " ".join(told.split())
