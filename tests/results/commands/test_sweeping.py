"""A notebook sweeps, analyses, compares over futures and discovers as the command line does."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import cli
from results import FolderError, read_sweep
from results.commands.compare_over import CompareOver, CompareOverAnswer
from results.commands.completing import ContradictionError
from results.commands.discover import Discover, NoFailureError
from results.commands.sensitivity import NotFinishedError, Sensitivity, SensitivityAnswer
from results.commands.sweep import Sweep, SweepAnswer
from results.verifying.verify import verify
from scenarios import ScenarioError, load
from scenarios.designs.factors import Factor
from scenarios.files.faults import FailedError, RefusedError, RequestError
from simulation.running import campaign
from tests.shared import points_with_two_grants_fail

SMALL = {"network.members": "8", "closing.month": "8", "closing.notice": "2", "closing.follow_up": "12"}
SET = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
CHANGED = "salex: grants.per_call=2"
NAMED = "salex-grants.per_call=2"
FACTORS = ("grants.per_call=0:3", "facilitation.intensity=0:1")
LITTLE: dict[str, Any] = {"settings": SMALL, "replicates": 4, "figures": False}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs go where nobody's files are."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> SweepAnswer:
    out = tmp_path_factory.mktemp("swept") / "run"
    return Sweep(["salex", CHANGED], vary="facilitation.intensity=0,0.5,1", out=out, **LITTLE).answer()


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> CompareOverAnswer:
    out = tmp_path_factory.mktemp("over") / "run"
    return CompareOver(["salex", CHANGED], "funder", futures=25, at_least=0.6, out=out, **LITTLE).answer()


def said(*words: object) -> Any:
    """The JSON document of a command, without its folder."""
    printed = CliRunner().invoke(cli.main, [*map(str, words), "--json"])
    assert printed.exit_code == 0, printed.stderr
    document = json.loads(printed.stdout)
    document.pop("run_folder", None)
    return document


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two run folders hold the same, but for what says when and how they were asked for."""

    def kept(folder: Path) -> dict[str, bytes]:
        files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
        return {name: file.read_bytes() for name, file in files.items() if name not in ("manifest.json", "report.html")}

    return kept(one) == kept(other)


def test_a_sweep_is_the_one_of_the_command_line(swept: SweepAnswer) -> None:
    words = ["sweep", "salex", CHANGED, *SET, "--replicates", "4", "--vary", "facilitation.intensity=0,0.5,1"]
    assert said(*words, "--no-figures", "--out", "here") == json.loads(json.dumps(swept.document))
    assert same_bytes(Path("here"), swept.folder)
    assert "points.parquet" in swept.next


def test_a_change_beside_a_name_is_a_level_and_a_file_that_can_be_read_again(swept: SweepAnswer) -> None:
    factor = swept.sweep.campaign.design.factors[0]
    assert factor.levels == ("salex", NAMED)
    assert (swept.folder / "inputs" / f"{NAMED}.toml").is_file()
    salex, changed = read_sweep(swept.folder).campaign.design.bases
    assert (salex.grants.per_call, changed.grants.per_call) == (load("salex").grants.per_call, 2)
    assert verify(swept.folder, None).holds


def test_a_sweep_gives_its_responses_and_its_tables(swept: SweepAnswer) -> None:
    assert list(swept.responses) == ["collaboration_rate"]
    assert swept.tables == ("outcomes", "points", "shares")
    assert len(swept.to_frame()) == 6
    rows = swept.to_frame("outcomes")
    assert rows.groupby("point")["collaboration_rate"].mean().tolist() == pytest.approx(
        swept.responses["collaboration_rate"].mean.tolist()
    )


def test_one_of_anything_may_stand_alone_and_factors_may_be_given() -> None:
    varied = Factor("grants.per_call", levels=(0, 2))
    written = Sweep("salex", vary=["grants.per_call=0,2"], outcomes=["trust"], **LITTLE).answer()
    given = Sweep(load("salex"), vary=varied, outcomes="trust", **LITTLE).answer()
    assert given.document == written.document


def test_a_plan_says_what_the_command_line_says_and_leaves_nothing(
    swept: SweepAnswer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("results.sweeping.planning.SECONDS", 0.02)
    asked = Sweep(["salex", CHANGED], vary="facilitation.intensity=0,0.5,1", **LITTLE)
    plan = asked.plan()
    words = ["sweep", "salex", CHANGED, *SET, "--replicates", "4", "--vary", "facilitation.intensity=0,0.5,1"]
    printed = said(*words, "--plan")
    for document in (printed, plan.document):
        for measured in ("networks_a_second", "seconds", "bytes_on_disk"):
            document["plan"].pop(measured)
    assert printed == json.loads(json.dumps(plan.document))
    assert (plan.plan.points, plan.plan.networks, plan.plan.kept) == (6, 24, 0)
    assert "Nothing was run" in str(plan)
    assert not list(Path().iterdir())
    assert replace(asked, out=swept.folder).plan().plan.kept == 24


@pytest.mark.quick_cases("sobol")
@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_a_sensitivity_is_the_one_of_the_command_line_and_of_the_finished_sweep(method: Any) -> None:
    found = Sensitivity("salex", vary=FACTORS, points=24, method=method, out="made", **LITTLE).answer()
    varied = [word for factor in FACTORS for word in ("--vary", factor)]
    words = ["salex", *SET, *varied, "--points", "24", "--method", method, "--replicates", "4", "--no-figures"]
    assert said("sensitivity", *words, "--out", "here") == json.loads(json.dumps(found.document))
    assert same_bytes(Path("here"), Path("made"))
    assert isinstance(found, SensitivityAnswer)
    assert set(found.analyses["collaboration_rate"].ranking) == {"grants.per_call", "facilitation.intensity"}

    again = Sensitivity("made", figures=False).answer()
    assert again.document == found.document


def test_what_a_finished_sweep_has_settled_is_not_asked_of_it_again(swept: SweepAnswer) -> None:
    for field, value in {"vary": FACTORS, "seed": 2, "posterior": None, "method": "morris"}.items():
        asked = {field: value, "figures": False}
        with pytest.raises(RequestError, match=rf"is a finished sweep.*leave {field} out") as refused:
            Sensitivity(swept.folder, **asked).answer()  # type: ignore[arg-type]
        assert refused.value.field == field
    with pytest.raises(RequestError, match="nothing is left to plan"):
        Sensitivity(swept.folder).plan()
    with pytest.raises(FailedError, match="takes 30 or more"):
        Sensitivity(swept.folder, figures=False).answer()


def test_an_unfinished_sweep_cannot_be_analysed() -> None:
    Sensitivity("salex", vary=FACTORS, points=24, out="made", posterior=None, **LITTLE).answer()
    next(Path("made", "outcomes").iterdir()).unlink()
    with pytest.raises(NotFinishedError, match="have not been run yet"):
        Sensitivity("made", figures=False).answer()


@pytest.mark.slow
def test_a_comparison_over_futures_is_the_one_of_the_command_line(over: CompareOverAnswer) -> None:
    words = ["compare", "salex", CHANGED, "--over", "funder", "--futures", "25", "--at-least", "0.6", *SET]
    document = said(*words, "--replicates", "4", "--no-figures", "--out", "here")
    assert document == json.loads(json.dumps(over.document))
    assert same_bytes(Path("here"), over.folder)
    assert list(document["scenarios"]) == ["salex", NAMED]
    robustness = over.robustness["collaboration_rate"]
    frame = over.to_frame()
    chosen = frame[(frame["outcome"] == "collaboration_rate") & (frame["scenario"] == NAMED)]
    assert chosen["value"].tolist() == robustness.values[1].tolist()
    assert over.information["collaboration_rate"].everything >= 0


def test_in_each_future_there_are_as_many_networks_as_on_the_command_line(over: CompareOverAnswer) -> None:
    """500 of `compare` are not meant where somebody adds --over and no --replicates."""
    found = CompareOver(["salex", CHANGED], "funder", futures=2, settings=SMALL, figures=False).answer()
    printed = said("compare", "salex", CHANGED, "--over", "funder", "--futures", 2, *SET, "--no-figures")
    assert printed["replicates"] == found.document["replicates"] == 100
    assert over.document["replicates"] == 4


@pytest.mark.slow
def test_regions_are_those_of_the_command_line(over: CompareOverAnswer) -> None:
    pytest.importorskip("ema_workbench")
    middle = float(over.robustness["collaboration_rate"].values.mean())
    found = Discover(over.folder, below=middle, boxes=1, points=20, figures=False).answer()
    assert found.folder.parent == Path("runs")
    words = ["discover", over.folder, "--below", repr(middle), "--boxes", 1, "--points", 20, "--no-figures"]
    assert said(*words, "--out", "here") == json.loads(json.dumps(found.document))
    assert same_bytes(Path("here"), found.folder)
    assert found.discovery.failure.value == middle
    assert len(found.to_frame()) == 40, "two plans in 20 fresh futures"


def test_without_a_folder_each_request_makes_a_new_one_in_runs() -> None:
    asked = CompareOver(["salex", "sparc"], "funder", futures=2, **LITTLE)
    first, second = asked.answer(), asked.answer()
    assert first.folder != second.folder
    assert {answer.folder.parent for answer in (first, second)} == {Path("runs")}
    assert same_bytes(first.folder, second.folder)


@pytest.mark.parametrize(
    ("asked", "field", "message"),
    [
        (Sweep("salex", vary=FACTORS, outcomes="trusst"), "outcomes", "did you mean trust"),
        (Sweep("salex", vary=FACTORS, outcomes=()), "outcomes", "name one or more"),
        (Sweep("salex", vary=FACTORS, settings={"grants.per_call": "1"}), "vary", "both in --set and in --vary"),
        (Sweep(CHANGED, vary=FACTORS), "vary", f"grants.per_call is both in '{CHANGED}' and in --vary"),
        (Sweep("salex", vary=FACTORS, retry_failed=True), "retry_failed", "needs --out DIR"),
        (Sweep("salex", vary=FACTORS, workers=2, cluster="tcp://localhost:1"), "workers", "leave one out"),
        (CompareOver(["salex"], "funder"), "scenarios", "two scenarios or more"),
        (CompareOver(["salex", "sparc"], "funder", at_least=0.6, at_most=0.7), "at_least", "two thresholds"),
        (CompareOver(["salex", "sparc"], "funder", at_most=60), "at_most", "did you mean 0.6"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_field(asked: Any, field: str, message: str) -> None:
    with pytest.raises(RequestError, match=message) as refused:
        asked.answer()
    assert refused.value.field == field
    assert not list(Path().iterdir()), "something was begun"


@pytest.mark.parametrize(
    ("more", "field", "message"),
    [
        ({"outcome": "trusst", "below": 0.5}, "outcome", "did you mean trust"),
        ({"below": 60}, "below", "did you mean 0.6"),
    ],
)
def test_what_cannot_be_asked_of_a_run_is_refused_by_its_field(
    more: dict[str, Any], field: str, message: str, over: CompareOverAnswer
) -> None:
    """A run says which outcomes it has, so it is read first."""
    with pytest.raises(RequestError, match=message) as refused:
        Discover(over.folder, out="made", **more).answer()

    assert refused.value.field == field
    assert not Path("made").exists()


@pytest.mark.parametrize(
    ("asked", "kind", "message"),
    [
        (Sweep("salex"), ScenarioError, "nothing is varied"),
        (Sweep("salx", vary=FACTORS), ScenarioError, "did you mean 'salex'"),
        (CompareOver(["salex", "sparc"], "fundr"), ScenarioError, "did you mean 'funder'"),
        (Discover("nowhere", below=0.5), FolderError, "discover takes the folder of"),
        (Discover("nowhere", below=0.5, above=0.6), NoFailureError, "what counts as failing"),
        (
            Sweep("salex", vary=("members.interests_most=1:3:1", "members.interests_fewest=1:3:1"), out="made"),
            ContradictionError,
            "3 of 9 points contradict themselves",
        ),
    ],
)
def test_all_else_that_cannot_be_is_refused_before_anything_is_begun(
    asked: Any, kind: type[RefusedError], message: str
) -> None:
    with pytest.raises(kind, match=message):
        asked.answer()
    assert not list(Path().iterdir()), "something was begun"


def test_points_that_failed_are_told_of_and_can_be_run_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Sweep("salex", vary="grants.per_call=0:2:1", out="made", **LITTLE)
    with monkeypatch.context() as failing:
        points_with_two_grants_fail(failing)
        found = asked.answer()
    for shown in (found.failed, str(found), found._repr_html_()):
        assert "1 of 3 points failed" in shown
        assert "point 2: MemoryError: for a moment" in shown
    assert asked.answer().failed, "nothing is run twice unless somebody says so"
    again = replace(asked, retry_failed=True).answer()
    assert again.failed == ""
    assert again.document == replace(asked, out="whole").answer().document


def test_without_values_there_is_no_sensitivity(monkeypatch: pytest.MonkeyPatch) -> None:
    points_with_two_grants_fail(monkeypatch)
    with pytest.raises(FailedError, match="Run folder: made"):
        Sensitivity("salex", vary=FACTORS, points=24, out="made", posterior=None, **LITTLE).answer()


def test_what_was_interrupted_goes_on_to_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaign, "BLOCK_WORK", 3_000)  # three or four points
    asked = Sweep("salex", vary="facilitation.intensity=0:1:0.1", workers=1, **LITTLE)
    whole = asked.answer()
    run_points, calls = campaign.run_points, []

    def interrupted(order: Any, stop: Any = None) -> Any:
        calls.append(order)
        if len(calls) > 2:
            raise KeyboardInterrupt
        return run_points(order, stop)

    with monkeypatch.context() as stopped:
        stopped.setattr(campaign, "run_points", interrupted)
        with pytest.raises(KeyboardInterrupt):
            replace(asked, out="part").answer()
    assert 0 < read_sweep("part").networks < 44
    replace(asked, out="part").answer()
    assert same_bytes(Path("part"), whole.folder)
