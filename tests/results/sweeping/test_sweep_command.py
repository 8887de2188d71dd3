"""Sweeps and sensitivity analyses on the command line: what they print, keep and refuse."""

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import scenarios
import simulation
from results.sweeping import planning
from results.sweeping.sweep_folder import read_sweep
from scenarios.designs.design import USUAL
from scenarios.designs.factors import STEPS
from simulation.compiling import must_compile
from simulation.running import campaign as module
from tests.shared import ask, document, points_with_two_grants_fail

SMALL = {"network.members": 8, "closing.month": 8, "closing.notice": 2, "closing.follow_up": 12}
SET = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
PLAIN = [*SET, "--no-figures"]
VARIED = [*PLAIN, "--replicates", "4"]
"""Each network has its own values, as the shipped posterior has them: what that takes is more than the networks."""
FEW = [*VARIED, "--fixed"]
GRANTS = ["--vary", "grants.per_call=0:2:1"]
TWO = [*GRANTS, "--vary", "closing.capstone"]
FACTORS = ["--vary", "grants.per_call=0:3", "--vary", "facilitation.intensity=0:1", "--points", "24"]
CONTRADICTORY = ["--vary", "members.interests_most=1:3:1", "--vary", "members.interests_fewest=1:3:1"]
FAULT = "members.interests_fewest is 2, above members.interests_most = 1"


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    """The model is compiled before anybody listens to what is said of it."""
    if must_compile():
        simulation.run(scenarios.load("salex", posterior=None), replicates=1)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs go where nobody's files are; three or four points make a block, and a trial is short."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "BLOCK_WORK", 3_000)
    monkeypatch.setattr("results.sweeping.planning.SECONDS", 0.02)


def in_a_line(text: str) -> str:
    return " ".join(text.split())


def files_of(folder: str) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def no_more_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing may be simulated."""

    def simulated(*_words: object) -> None:
        pytest.fail("a point is run")

    monkeypatch.setattr(module, "run_points", simulated)


def test_sweep_tells_the_answer_then_tables_then_the_folder() -> None:
    result = ask("sweep", "salex", *VARIED, *TWO)

    assert (result.exit_code, result.stderr) == (0, "")
    told = in_a_line(result.stdout)
    assert told.startswith("Over 6 points: ")
    assert "averaged over all other factors" in told
    assert "Every point" in told
    assert "Every point has the same luck" in told
    folder = re.search(r"^Run folder: (runs/\S+-sweep-salex)$", result.stdout, re.MULTILINE)
    assert folder
    assert {"points.parquet", "manifest.json", "journal.jsonl", "inputs", "outcomes"} <= {
        path.name for path in Path(folder[1]).iterdir()
    }
    assert f"read_parquet('{folder[1]}/points.parquet')" in told


def test_a_sweep_of_many_points_prints_no_row_for_each() -> None:
    few = ask("sweep", "salex", *FEW, "--vary", "grants.per_call=0,2", "--outcome", "trust")
    many = ask("sweep", "salex", *FEW, "--vary", "facilitation.intensity", "--design", "lhs", "--points", "31")

    assert "Every point\n" in few.stdout
    assert "Every point\n" not in many.stdout
    assert "Over 31 points: " in many.stdout


def test_sweep_json_has_a_row_for_every_point() -> None:
    found = document("sweep", "salex", *FEW, *TWO, "--outcome", "trust", "--outcome", "collaboration_rate")

    assert (found["scenarios"], found["design"], found["seed"]) == (["salex"], "grid", 1)
    assert (found["points"], found["replicates"], found["failed"]) == (6, 4, 0)
    assert [row["point"] for row in found["rows"]] == list(range(6))
    assert found["rows"][5]["values"] == {"grants.per_call": 2, "closing.capstone": True}
    for row in found["rows"]:
        assert list(row["outcomes"]) == ["trust", "collaboration_rate"]
        assert row["error"] is None
    assert [(one["outcome"], one["key"]) for one in found["effects"]] == [
        (outcome, key) for outcome in ("trust", "collaboration_rate") for key in ("grants.per_call", "closing.capstone")
    ]
    assert Path(found["run_folder"], "points.parquet").is_file()


def test_a_key_of_a_further_funder_is_a_factor_like_any_other() -> None:
    key = "funder.Second funder.exit"
    found = document("sweep", "co-funding", *FEW, "--vary", f"{key}=12,never")
    assert [row["values"] for row in found["rows"]] == [{key: 12}, {key: "never"}]
    assert [one["key"] for one in found["effects"]] == [key]
    shown = document("show", "co-funding", "--set", f"{key}=12")
    assert {row["key"]: row["value"] for row in shown["values"]}[key] == 12
    misspelt = ask("optimise", "co-funding", "--budget", "1000000", "--lever", "funder.Secnd funder.exit=7:25")
    assert misspelt.exit_code == 2
    assert "no funder is called \"Secnd funder\"; did you mean 'Second funder'?" in misspelt.stderr


def test_a_point_of_a_sweep_is_the_run_of_its_scenario() -> None:
    row = document("sweep", "salex", *FEW, "--fixed", *GRANTS, "--seed", "7")["rows"][2]
    alone = ask("run", "salex", *FEW, "--fixed", "--set", "grants.per_call=2", "--seed", "7", "--json")

    expected = json.loads(alone.stdout)["outcomes"]["collaboration_rate"]
    for end in ("mean", "low", "high"):
        assert row["outcomes"]["collaboration_rate"][end] == pytest.approx(expected[end], rel=1e-12)


def test_one_replicate_gives_null_and_never_nan() -> None:
    found = document("sweep", "salex", *PLAIN, "--replicates", "1", *GRANTS)

    assert found["rows"][0]["outcomes"]["collaboration_rate"]["low"] is None
    assert found["rows"][0]["outcomes"]["collaboration_rate"]["mean"] is not None


@pytest.mark.parametrize("command", ["sweep", "sensitivity"])
def test_a_plan_writes_nothing_and_says_what_it_will_take(command: str, tmp_path: Path) -> None:
    words = ["salex", *FEW, *(TWO if command == "sweep" else FACTORS)]
    told = ask(command, *words, "--plan", "--out", "here")
    found = document(f"{command} --plan", *words, "--out", "here")

    assert (told.exit_code, told.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []
    for word in ("Design: ", "Points: ", "Replicates: ", "Time: ", "Disk: ", "Nothing was run"):
        assert word in told.stdout
    points = 6 if command == "sweep" else 24
    assert found["points"] == found["plan"]["points"] == points
    assert (found["plan"]["networks"], found["plan"]["kept"]) == (points * 4, 0)
    assert found["plan"]["contradictory"] == 0
    assert found["plan"]["bytes_on_disk"] > 0


def test_a_plan_counts_contradictions_and_names_the_first() -> None:
    told = in_a_line(ask("sweep", "salex", *FEW, *CONTRADICTORY, "--plan").stdout)
    found = document("sweep --plan", "salex", *FEW, *CONTRADICTORY)

    assert "Points: 9 (3 x 3); 3 contradict themselves the first: " in told
    assert "It would be refused." in told
    assert FAULT in told
    assert found["plan"]["contradictory"] == 3
    assert FAULT in found["plan"]["first_fault"]


def test_a_plan_of_nothing_but_contradictions_cannot_tell_the_time() -> None:
    impossible = ["--vary", "members.interests_most=1,2", "--vary", "members.interests_fewest=3,4"]
    told = in_a_line(ask("sweep", "salex", *FEW, *impossible, "--plan").stdout)
    found = document("sweep --plan", "salex", *FEW, *impossible)

    assert "Time: cannot be estimated: no point that was tried could be run" in told
    assert found["plan"]["networks_a_second"] in (0, None)


@pytest.mark.quick_cases("with a roster")
@pytest.mark.parametrize("own", [False, True], ids=["of the library", "with a roster"])
def test_a_plan_says_what_a_folder_keeps_already(own: bool, tmp_path: Path) -> None:
    name = str(scenarios.found(tmp_path / "mine", None, None)) if own else "salex"
    little = FEW if not own else ["--set", "closing.month=20", "--replicates", "4", "--no-figures"]
    words = [name, *little, "--vary", "facilitation.intensity=0:1:0.1", "--out", "part"]
    assert ask("sweep", *words).exit_code == 0
    blocks = sorted(Path("part", "outcomes").iterdir())
    blocks[0].unlink()
    kept = read_sweep("part").networks
    assert 0 < kept < 44
    before = files_of("part")

    told, found = ask("sweep", *words, "--plan"), document("sweep --plan", *words)

    assert f"44 networks; {kept} of them are kept already" in in_a_line(told.stdout)
    assert found["plan"]["kept"] == kept
    assert document("sweep --plan", *words, "--seed", "2")["plan"]["kept"] == 0, "what is kept is another sweep's"
    assert files_of("part") == before


def test_several_scenarios_are_a_factor() -> None:
    found = document("sweep", "salex", "abrupt-closing", *FEW, *GRANTS)

    assert found["scenarios"] == ["salex", "abrupt-closing"]
    assert found["vary"][0] == {"key": "scenario", "levels": ["salex", "abrupt-closing"]}
    assert [row["values"]["scenario"] for row in found["rows"]] == ["salex"] * 3 + ["abrupt-closing"] * 3
    alone = document("sweep", "abrupt-closing", *FEW, *GRANTS)
    assert [row["outcomes"] for row in found["rows"][3:]] == [row["outcomes"] for row in alone["rows"]]


def test_several_scenarios_need_no_other_factor() -> None:
    found = document("sweep", "salex", "abrupt-closing", *FEW)

    assert [row["values"] for row in found["rows"]] == [{"scenario": "salex"}, {"scenario": "abrupt-closing"}]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["sweep", "salex", *GRANTS, "--outcome", "trusst"], "no outcome is called 'trusst'.*did you mean trust"),
        (["sweep", "salex", *GRANTS, "--outcome", "zzzz"], "no outcome is called 'zzzz'; allowed: "),
        (["sweep", "salex", "--vary", "grants.percall=0:2"], "grants.percall is not .* did you mean grants.per_call"),
        (["sweep", "salx", *GRANTS], "did you mean 'salex'"),
        (["sweep", "salex", *GRANTS, "--points", "4"], "3; leave the number of points .* or take --design lhs"),
        (["sensitivity", "salex", *GRANTS, "--points", "3"], "3 points are too few for a Sobol' design.* takes 8"),
        (
            ["sensitivity", "salex", *GRANTS, "--points", "3", "--method", "morris"],
            "3 points are too few for a Morris design.* takes 4",
        ),
        (
            ["sweep", "salex", *GRANTS, "--set", "grants.per_call=1"],
            "grants.per_call is both in --set and in --vary; leave one out",
        ),
        (["sweep", "salex", *GRANTS, *GRANTS], "grants.per_call is varied twice"),
        (["sweep", "salex"], "nothing is varied; name what to vary with --vary KEY=LOW:HIGH"),
        (["sensitivity", "salex"], "nothing is varied; name what to vary with --vary KEY=LOW:HIGH"),
        (["sweep", "salex", *GRANTS, "--retry-failed"], "--retry-failed.* needs --out DIR"),
        (["sweep", "salex", *GRANTS, "--retry-failed", "--out", "nowhere"], "--retry-failed.* needs --out DIR"),
        (["sweep", "salex", *GRANTS, "--cluster", "tcp://localhost:1", "--workers", "2"], "leave one out"),
        (["sweep"], "Missing argument"),
        (["sensitivity", "salex", *GRANTS, "--method", "grid"], '--method: "grid"; allowed is sobol or morris'),
        (["sweep", "salex", "sparc", "--vary", "scenario=salex,sparc"], "give them once"),
        (["verify", "nowhere"], "nowhere is not a run's folder"),
    ],
)
def test_wrong_use_leaves_with_2_a_way_out_and_an_empty_stdout(words: list[str], message: str) -> None:
    result = ask(*words)

    assert result.exit_code == 2
    assert re.search(message, in_a_line(result.stderr)), result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert not [path for path in Path().rglob("*.parquet") if path.name != "shares.parquet"], "something was run"


@pytest.mark.quick_cases("sweep")
@pytest.mark.parametrize("command", ["sweep", "sensitivity"])
def test_what_a_plan_knows_to_contradict_itself_is_refused_before_anything_is_run(command: str) -> None:
    """In the grid 3 of 9 points; in the Sobol' design those with fewest > most, which are there too."""
    result = ask(command, "salex", *FEW, *CONTRADICTORY, "--out", "made")

    told = in_a_line(result.stderr)
    assert result.exit_code == 2
    assert not Path("made").exists()
    count = document(f"{command} --plan", "salex", *FEW, *CONTRADICTORY)["plan"]
    assert f"{count['contradictory']} of {count['points']:,} points contradict themselves" in told
    assert re.search(r"members.interests_most = (\d), members.interests_fewest = (\d): .*fewest is \2, above", told)
    assert "--where" in told
    assert ("legato sensitivity RUN" in told) == (command == "sensitivity")
    assert "--retry-failed" not in told


def test_a_comparison_over_futures_that_contradict_its_plans_is_refused() -> None:
    Path("bad.toml").write_text('title = "Bad"\n[vary]\n"members.interests_fewest" = [1, 4]\n', encoding="utf-8")
    result = ask("compare", "salex", "sparc", *SET, "--set", "members.interests_most=2", "--over", "bad.toml")
    told = in_a_line(result.stderr)
    assert result.exit_code == 2, told
    assert "contradict themselves, so nothing was run" in told


@pytest.fixture
def _two_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    points_with_two_grants_fail(monkeypatch)


@pytest.mark.usefixtures("_two_fail")
def test_points_that_fail_leave_with_1_and_are_rows_with_an_error() -> None:
    result = ask("sweep", "salex", *FEW, *TWO, "--json", "--out", "made")

    assert result.exit_code == 1
    assert "2 of 6 points failed; the others are whole" in result.stderr
    assert "point 4: MemoryError: for a moment" in result.stderr
    assert "--retry-failed --out made" in result.stderr
    found = document("sweep", "salex", *FEW, *TWO, "--out", "made", leaves=1)
    assert found == json.loads(result.stdout)
    assert found["failed"] == 2
    for row in found["rows"]:
        fails = row["values"]["grants.per_call"] == 2
        assert (row["error"] is not None) == fails
        if fails:
            assert row["outcomes"] == {"collaboration_rate": {"mean": None, "low": None, "high": None}}
        else:
            assert row["outcomes"]["collaboration_rate"]["mean"] is not None


@pytest.mark.slow
@pytest.mark.usefixtures("_two_fail")
def test_points_that_fail_leave_the_table_to_be_read_and_figures_to_be_seen() -> None:
    result = ask("sweep", "salex", *SET, "--replicates", "4", *TWO, "--out", "made")

    assert result.exit_code == 1
    assert result.stdout.startswith("Over 4 points: ")
    assert "nan" not in result.stdout
    assert result.stdout.endswith("Run folder: made\n")
    assert list(Path("made", "figures").glob("*.svg"))


@pytest.mark.usefixtures("_two_fail")
def test_only_points_that_failed_are_retried(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["sweep", "salex", *FEW, *TWO, "--out", "made"]
    assert ask(*words).exit_code == 1
    run_point, tried = module._run_point, []

    def noted(order: Any, values: Any, stop: Any) -> Any:
        tried.append(tuple(values.values()))
        return run_point(order, values, stop)

    monkeypatch.setattr(module, "_run_point", noted)

    assert ask(*words).exit_code == 1
    assert tried == []
    assert ask(*words, "--retry-failed").exit_code == 1
    assert sorted(tried) == [(2, False), (2, True)]


def test_to_run_contradictions_again_is_not_advised(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a design is too large for all of its points to be looked at."""
    monkeypatch.setattr(planning, "LOOKED_AT", 1)
    result = ask("sweep", "salex", *FEW, *CONTRADICTORY, "--out", "made")
    told = in_a_line(result.stderr)
    assert result.exit_code == 1
    assert "3 of 9 points failed" in told
    assert "3 of them contradict themselves and would fail again" in told
    assert "--retry-failed" not in told


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_the_same_command_on_a_finished_folder_runs_nothing_and_prints_the_same(
    as_json: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["sweep", "salex", *FEW, *TWO, "--out", "made", *as_json]
    first, before = ask(*words), files_of("made")
    no_more_runs(monkeypatch)

    second = ask(*words)

    assert first.exit_code == second.exit_code == 0, second.stderr
    assert second.stdout == first.stdout
    after = files_of("made")
    assert {path for path in before if before[path] != after[path]} <= {
        Path("made/manifest.json"),
        Path("made/report.html"),
    }


def test_an_interrupted_sweep_goes_on_to_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["sweep", "salex", *VARIED, "--vary", "facilitation.intensity=0:1:0.1"]
    assert ask(*words, "--out", "whole").exit_code == 0
    run_points, calls = module.run_points, []

    def interrupted(order: Any, stop: Any = None) -> Any:
        calls.append(order)
        if len(calls) > 2:
            raise KeyboardInterrupt
        return run_points(order, stop)

    with monkeypatch.context() as stopped:
        stopped.setattr(module, "run_points", interrupted)
        assert ask(*words, "--workers", "1", "--out", "part").exit_code == 130
    assert 0 < read_sweep("part").networks < 44

    assert ask(*words, "--out", "part").exit_code == 0
    for path in ("points.parquet", "journal.jsonl", "shares.parquet"):
        assert Path("part", path).read_bytes() == Path("whole", path).read_bytes()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (["--set", "facilitation.intensity=0.15"], r"facilitation\.intensity: \S+ there, 0.15 now"),
        (["--seed", "2"], "seed: 1 there, 2 now"),
        (["--replicates", "5"], "replicates: 4 there, 5 now"),
        (["--vary", "closing.capstone"], "design.points: 3 there, 6 now"),
        (["--engine", "mesa"], 'engine: "compiled" there, "mesa" now'),
    ],
)
def test_another_sweep_in_the_same_folder_is_refused_and_what_differs_is_named(
    changed: list[str], message: str
) -> None:
    words = ["sweep", "salex", *FEW, *GRANTS, "--out", "made"]
    assert ask(*words).exit_code == 0
    before = files_of("made")

    result = ask(*words, *changed)

    assert result.exit_code == 2
    assert re.search(message, result.stderr), result.stderr
    assert "choose another folder with --out" in result.stderr
    assert files_of("made") == before


def test_a_sweep_does_not_go_into_the_folder_of_a_run() -> None:
    assert ask("run", "salex", *FEW, "--out", "made").exit_code == 0

    result = ask("sweep", "salex", *FEW, *GRANTS, "--out", "made")

    assert result.exit_code == 2
    assert 'command: "run" there, "sweep" now' in result.stderr


@pytest.mark.quick_cases("morris")
@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_sensitivity_json_is_as_promised(method: str) -> None:
    found = document("sensitivity", "salex", *FEW, *FACTORS, "--method", method, "--outcome", "trust")

    assert (found["design"], found["points"]) == (method, 24)
    assert list(found["outcomes"]) == ["trust"]
    one = found["outcomes"]["trust"]
    keys = ["grants.per_call", "facilitation.intensity"]
    assert [index["key"] for index in one["indices" if method == "sobol" else "effects"]] == keys
    assert sorted(one["ranking"]) == sorted(keys)
    assert ("interactions" in one) == (method == "sobol")


@pytest.mark.quick_cases("sobol")
@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_sensitivity_of_what_nothing_changes_says_so(method: str) -> None:
    words = ["salex", *FEW, "--vary", "grants.size=1000:2000", "--method", method]
    found = document("sensitivity", *words, "--points", "8")
    told = ask("sensitivity", *words, "--points", "8")

    assert found["outcomes"]["collaboration_rate"]["variance"] == 0
    assert "is the same at every point" in in_a_line(told.stdout)
    assert told.exit_code == 0


@pytest.mark.quick_cases("sobol-share of the variance")
@pytest.mark.parametrize(("method", "title"), [("sobol", "share of the variance"), ("morris", "over its whole range")])
def test_sensitivity_tells_what_matters_then_a_table_then_the_folder(method: str, title: str) -> None:
    result = ask("sensitivity", "salex", *FEW, *FACTORS, "--method", method)

    assert (result.exit_code, result.stderr) == (0, "")
    told = in_a_line(result.stdout)
    assert " matters most for " in told.split(". ")[0]
    assert title in told
    assert "cannot be told apart" in told or "no effect" in told or "too few" in told
    assert re.search(r"^Run folder: runs/\S+-sweep-salex$", result.stdout, re.MULTILINE)


@pytest.mark.quick_cases("sobol")
@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_a_finished_sweep_is_analysed_without_running_anything(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["sensitivity", "salex", *FEW, *FACTORS, "--method", method, "--out", "made", "--json"]
    first = ask(*words)
    swept = ask("sweep", "salex", *FEW, *FACTORS, "--design", method, "--out", "swept")
    assert first.exit_code == swept.exit_code == 0

    def run(*_words: object, **_asked: object) -> None:
        pytest.fail("something is run")

    monkeypatch.setattr("simulation.running.campaign.Campaign.run", run)
    again, other = (ask("sensitivity", name, "--no-figures", "--json") for name in ("made", "swept"))

    assert again.stdout == first.stdout
    assert json.loads(other.stdout) == {**json.loads(first.stdout), "run_folder": "swept"}


def test_a_finished_grid_of_few_points_has_no_sensitivity() -> None:
    assert ask("sweep", "salex", *FEW, *TWO, "--out", "made").exit_code == 0

    result = ask("sensitivity", "made", "--no-figures")

    assert result.exit_code == 1
    assert "6 points have a value; sensitivity of given data takes 30 or more" in in_a_line(result.stderr)
    assert "A sweep with --design lhs --points 200 has enough" in in_a_line(result.stderr)
    assert result.stdout == ""


def test_a_finished_sweep_is_not_varied_again_and_a_run_is_none() -> None:
    assert ask("sweep", "salex", *FEW, *FACTORS, "--design", "morris", "--out", "made").exit_code == 0
    assert ask("run", "salex", *FEW, "--out", "alone").exit_code == 0

    varied, alone = ask("sensitivity", "made", *GRANTS), ask("sensitivity", "alone")

    assert (varied.exit_code, alone.exit_code) == (2, 2)
    assert "leave --vary out" in varied.stderr
    assert "parameters are fixed in alone, so that nothing varies there" in in_a_line(alone.stderr)


def test_an_unfinished_sweep_has_no_sensitivity() -> None:
    assert ask("sweep", "salex", *FEW, *FACTORS, "--design", "morris", "--out", "made").exit_code == 0
    next(Path("made", "outcomes").iterdir()).unlink()

    result = ask("sensitivity", "made", "--no-figures")

    assert result.exit_code == 1
    assert re.search(r"1 of \d+ blocks have not been run yet", result.stderr)
    assert result.stdout == ""


@pytest.mark.quick_cases("morris")
@pytest.mark.usefixtures("_two_fail")
@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_a_failed_point_leaves_no_index_to_print(method: str) -> None:
    factors = ["--vary", "grants.per_call=0:3", "--vary", "facilitation.intensity=0:1", "--points", "24"]
    result = ask("sensitivity", "salex", *FEW, *factors, "--method", method, "--json", "--out", "made")
    failed = sum(len(some) for some in read_sweep("made").failed.values())

    assert failed
    assert result.exit_code == 1
    assert f"{failed} of 24 points {'has' if failed == 1 else 'have'} no value" in result.stderr
    assert "--retry-failed" in result.stderr
    assert "Run folder: made" in result.stderr
    assert result.stdout == ""
    afterwards = ask("sensitivity", "made", "--no-figures")
    assert (afterwards.exit_code, afterwards.stderr) == (1, result.stderr)


@pytest.mark.quick_cases("sobol-SALib.analyze")
@pytest.mark.parametrize("missing", ["SALib.sample", "SALib.analyze"])
@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_without_salib_the_command_that_installs_it_is_named(
    method: str, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(name: str, package: str | None = None) -> Any:
        if name.startswith(missing):
            raise ImportError(name)
        return import_module(name, package)

    monkeypatch.setattr("importlib.import_module", without)
    monkeypatch.setattr("results.sweeping.sensitivity.import_module", without)

    result = ask("sensitivity", "salex", *FEW, *FACTORS, "--method", method)

    assert result.exit_code == 2
    assert "needs SALib" in result.stderr
    assert "pip install 'legato-networks[sensitivity]'" in result.stderr
    assert result.stdout == ""
    assert Path("runs").exists() == (missing == "SALib.analyze"), "a design that cannot be made leaves no folder"


@pytest.mark.quick_cases("words0-heat-map-collaboration_rate.svg")
@pytest.mark.parametrize(
    ("words", "figure"),
    [
        (["sweep", *TWO], "heat-map-collaboration_rate.svg"),
        (["sensitivity", *FACTORS, "--method", "sobol"], "sobol-collaboration_rate.svg"),
        pytest.param(
            ["sensitivity", *FACTORS, "--method", "morris"], "morris-collaboration_rate.svg", marks=pytest.mark.slow
        ),
    ],
)
def test_figures_are_drawn_unless_they_are_not_wanted(words: list[str], figure: str) -> None:
    command, *more = words
    little = [command, "salex", *SET, "--replicates", "4", *more]
    plain = ask(*little, "--no-figures", "--out", "plain")
    drawn = ask(*little, "--out", "drawn")

    assert (plain.exit_code, drawn.exit_code) == (0, 0)
    assert Path("drawn", "figures", figure).is_file()
    assert not Path("plain", "figures").exists()
    assert plain.stdout.replace("plain", "drawn") == drawn.stdout


@pytest.mark.parametrize("words", [["--all"], ["--sample", "5"]])
def test_verify_json_is_as_promised(words: list[str]) -> None:
    assert ask("sweep", "salex", *VARIED, *TWO, "--out", "made").exit_code == 0

    found = document("verify", "made", *words)

    assert found["holds"]
    assert (found["rows"], found["of"]) == (24 if words == ["--all"] else 5, 24)
    assert (found["faults"], found["run_folder"]) == ([], "made")


def test_verify_json_names_faults_and_leaves_with_1() -> None:
    assert ask("sweep", "salex", *FEW, *TWO, "--out", "made").exit_code == 0
    next(Path("made", "outcomes").iterdir()).unlink()

    found = document("verify", "made", leaves=1)

    assert not found["holds"]
    assert found["faults"]


@pytest.mark.parametrize("command", ["sweep", "sensitivity", "verify"])
def test_every_command_says_in_help_what_it_takes(command: str) -> None:
    result = ask(command, "--help")

    assert result.exit_code == 0
    assert "--json" in result.stdout


@pytest.mark.quick_cases("option0")
@pytest.mark.parametrize("option", [["--set", "grants.per_call=1"], ["--seed", "2"], ["--replicates", "9"], ["--plan"]])
def test_what_a_finished_sweep_has_settled_is_not_asked_for_again(option: list[str]) -> None:
    assert ask("sweep", "salex", *FEW, *FACTORS, "--design", "morris", "--out", "made").exit_code == 0

    result = ask("sensitivity", "made", *option)

    assert result.exit_code == 2
    assert f"leave {option[0]} out" in result.stderr


def test_help_names_the_designs_sizes_as_they_are() -> None:
    """Help is written without loading the designs, so its numbers stand there once more."""
    told = in_a_line(ask("sweep", "--help").stdout)

    assert f"grid, what the steps make, {STEPS} per range" in told
    assert f"lhs, {USUAL['lhs']}; sequence, {USUAL['sequence']}; sobol, {USUAL['sobol']} x (2 x factors + 2)" in told
    assert f"morris, {USUAL['morris']} x" in told


def test_points_of_a_table_are_kept_resumed_verified_and_made_again(tmp_path: Path) -> None:
    Path("points.csv").write_text(
        "scenario,grants.per_call,closing.capstone\nsalex,2,true\nsparc,1,false\nsalex,0,true\n"
    )
    asked = ["sweep", "salex", "--design", "points.csv", *FEW, "--out", "made"]
    found = document(*asked)
    assert (found["design"], [row["values"]["scenario"] for row in found["rows"]]) == (
        "points",
        ["salex", "sparc", "salex"],
    )
    before = (tmp_path / "made" / "points.parquet").read_bytes()
    (tmp_path / "made" / "outcomes" / "block-00000.parquet").unlink()
    assert "is missing; it is run again" in ask(*asked).stderr
    assert (tmp_path / "made" / "points.parquet").read_bytes() == before
    Path("points.csv").unlink()
    assert ask("verify", "made").exit_code == 0
    assert ask("reproduce", "made", "--out", "again").exit_code == 0
    Path("points.csv").write_text("grants.per_call,closing.month\n2,nevr\n")
    refused = ask(*asked)
    assert refused.exit_code == 2
    assert 'points.csv, line 2: closing.month is "nevr"' in refused.stderr


def test_constraints_leave_points_out_say_so_and_stand_in_the_manifest() -> None:
    fewest, asked = "members.interests_fewest", ["sweep", "salex", *FEW, *CONTRADICTORY, "--out", "made", "--where"]
    found = document(*asked, f"{fewest} <= members.interests_most")
    assert found["points"] == len(found["rows"]) == 6
    assert found["share_allowed"] == pytest.approx(6 / 9)
    assert any("leaves out 3 of 9 points" in note for note in found["notes"])
    assert {one["basis"] for one in found["effects"]} <= {"balanced", "model"}, "unlike points are not compared"
    assert ask("verify", "made").exit_code == 0
    other = ask(*asked, f"{fewest} < members.interests_most")
    assert other.exit_code == 2
    assert "design.where" in other.stderr
    misspelt = ask("sweep", "salex", *FEW, *GRANTS, "--where", "grants.per_cal > 1")
    assert misspelt.exit_code == 2
    assert "did you mean grants.per_call?" in misspelt.stderr


def test_what_a_table_says_is_not_set_besides() -> None:
    Path("points.csv").write_text("closing.month,closing.notice\n9,1\n10,2\n")
    for more, option in (
        (["--design", "points.csv"], "--design"),
        (["--table", "points.csv", "--design", "lhs"], "--table"),
    ):
        both = ask("sweep", "salex", *FEW, *more)
        assert both.exit_code == 2
        assert f"closing.month is both in --set and in the file of {option}; leave one out" in in_a_line(both.stderr)
    beside = ask("sweep", "salex: closing.month=9", "--fixed", "--design", "points.csv")
    assert "closing.month is both in 'salex: closing.month=9' and in the file of --design" in in_a_line(beside.stderr)
    Path("points.csv").write_text("grants.per_call,weight\n2,1\n3,1\n")
    assert "--table draws rows by weight" in ask("sweep", "salex", *FEW, "--design", "points.csv").stderr
