"""On track? By the command and from Python: the numbers can be counted again, and what cannot be asked is refused."""

import json
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner, Result

import results
import scenarios
import simulation
from cli import main
from results.commands.json_schemas import BY_COMMAND
from results.folders.files import write
from results.folders.parquet import columns_of, read_table, write_parquet
from results.tracking import words
from results.tracking.looking import observed_as, seen_as
from results.tracking.observation import Observation, Progress
from results.tracking.outlook import Outlook, outlook
from results.tracking.target import read_target
from results.verifying.verify import verify
from scenarios.files.faults import RequestError

OBSERVED = "month,outcome,value,of\n6,collaboration_rate,5,17\n9,collaboration_rate,11,20\n9,collaborations,8,\n"
TARGET = "collaboration_rate@25>=0.7"
LATER = "salex: closing.month=22"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("observed") / "observed.csv"
    path.write_text(OBSERVED, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("track") / "run"
    asked = ["track", "salex", str(file), "--target", TARGET, "--alternative", LATER, "--replicates", "200", "--json"]
    done = ask(*asked, "--out", str(out))
    assert done.exit_code == 0, done.output
    return out


def ask(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.fixture(scope="module")
def document(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "track.json").read_text(encoding="utf-8"))
    return found


def test_the_document_is_as_its_schema_says(document: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(BY_COMMAND["track"]).validate(document)
    assert document["now"] == 9
    chance = document["target"]["chance"]
    assert chance["before"] < chance["low"] <= chance["now"] <= chance["high"]
    (other,) = document["alternatives"]
    assert other["change"]["mean"] < 0
    assert other["chance"]["now"] <= chance["now"]


def test_what_stands_in_the_document_can_be_counted_again(document: dict[str, Any]) -> None:
    """By the plan alone: from the same networks; of a sign: both its shares."""
    ensemble = simulation.run(scenarios.load("salex"), seed=1, replicates=200)
    rate = ensemble.course("collaboration_rate")
    reached = rate[:, 25] >= 0.7
    assert document["target"]["chance"]["before"] == reached.mean()
    for one in document["forecast"]:
        counted = np.quantile(ensemble.course(one["outcome"])[:, 25], document["levels"])
        assert one["before"] == pytest.approx(counted.tolist())
    for sign in document["signs"]:
        values = ensemble.course(sign["outcome"])[:, 9]
        good = values >= sign["mark"] if sign["more_is_better"] else values <= sign["mark"]
        assert sign["chance_above"] == pytest.approx(reached[good].mean())
        assert sign["chance_below"] == pytest.approx(reached[~good].mean())
        assert sign["chance_above"] > sign["chance_below"]


def test_the_table_holds_every_month_to_come(folder: Path) -> None:
    table = columns_of(read_table(folder / "outlook.parquet"))
    mine = [
        (month, low, high)
        for name, outcome, month, low, high in zip(
            *(table[column] for column in ("scenario", "outcome", "month", "p05", "p95")), strict=True
        )
        if (name, outcome) == ("salex", "collaboration_rate")
    ]
    assert [month for month, _, _ in mine] == list(range(10, 62))
    lows = [low for _, low, _ in mine]
    assert lows == sorted(lows), "what has happened so far never gets less"
    assert all(low <= high for _, low, high in mine)


def test_it_is_verified_and_a_changed_number_is_noticed(folder: Path, tmp_path: Path) -> None:
    assert verify(folder, None).faults == []
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    columns: Any = columns_of(read_table(copy / "outlook.parquet"))
    changed = columns["p50"].copy()
    changed[3] += 0.01
    write(copy / "outlook.parquet", partial(write_parquet, {**columns, "p50": changed}))
    assert any("outlook.parquet" in fault for fault in verify(copy, None).faults)


def test_workers_and_figures_change_no_number(file: Path, document: dict[str, Any], tmp_path: Path) -> None:
    asked = results.Track("salex", file, target=TARGET, alternatives=[LATER], replicates=200, workers=1, figures=False,
                          out=tmp_path / "one")  # fmt: skip
    again = asked.answer()
    assert {**again.document} == {**document}
    assert again.to_frame().shape[0] > 100


def test_another_course_must_be_the_plan_until_now(file: Path) -> None:
    with pytest.raises(RequestError, match="before month 9, which is over"):
        results.Track("salex", file, alternatives=["salex: facilitation.intensity=0.2"], replicates=200).answer()


def test_the_alarm_ends_with_exit_code_1_and_an_answer(file: Path, tmp_path: Path) -> None:
    asked = ["track", "salex", str(file), "--replicates", "200", "--no-figures", "--fixed", "--out", str(tmp_path)]
    done = ask(*asked, "--target", "collaboration_rate@25>=1", "--alarm", "0.9")
    assert done.exit_code == 1
    assert "off track" in done.output
    assert "below the alarm" in done.output


def test_an_alarm_without_a_target_is_refused(file: Path) -> None:
    with pytest.raises(RequestError, match=r"alarm: 0\.5, but there is no target"):
        results.Track("salex", file, alarm=0.5).answer()


def test_the_status_is_said_on_the_scale_of_all_answers() -> None:
    said = {chance: words.status(chance) for chance in (0.995, 0.9, 0.66, 0.5, 0.33, 0.05)}
    assert [said[chance].partition(":")[0] for chance in said] == ["on track"] * 3 + ["open"] + ["off track"] * 2
    assert "almost certainly reached" in said[0.995]
    assert "very probably missed" in said[0.05]


def test_without_a_target_it_is_a_forecast(plan: simulation.Ensemble) -> None:
    found = outlook([plan], Progress((Observation("collaboration_rate", 9, 0.5),)), None, 1)
    assert (found.target, found.chance, found.signs) == (None, None, ())
    assert (found.outcome, found.month) == ("collaboration_rate", plan.scenario.reporting_month)
    (sentence,) = words.answer(found)
    assert "given what was observed up to month 9" in sentence


def test_what_no_network_comes_to_is_said(plan: simulation.Ensemble) -> None:
    found = held(plan, Observation("collaborations", 3, 150.0))
    (strange,) = found.strange
    assert strange.high < 150
    assert "hardly knows such a network" in words.answer(found)[-1]


@pytest.fixture(scope="module")
def plan() -> simulation.Ensemble:
    return simulation.run(scenarios.load("salex", posterior=None), seed=1, replicates=200)


def held(plan: simulation.Ensemble, *observed: Observation) -> Outlook:
    target = read_target(TARGET, plan.scenario, max(one.month for one in observed))
    return outlook([plan], Progress(observed), target, 1)


def test_members_asked_by_lot_are_drawn_without_putting_back(plan: simulation.Ensemble) -> None:
    """All asked: what is seen is what is. Half asked: right on average, with the hypergeometric's spread.

    Of 200 networks, the mean of what is seen errs by sqrt(p (1 - p) / 11 x 11 / 21 / 200) = .008 at most; four of them.
    """
    true = plan.course("collaboration_rate")[:, 9]
    whole = seen_as(plan, Progress((Observation("collaboration_rate", 9, 0.5, 22),)), 1)
    assert np.sin(whole[:, 0]) ** 2 == pytest.approx(true)
    half = np.sin(seen_as(plan, Progress((Observation("collaboration_rate", 9, 0.5, 11),)), 1)[:, 0]) ** 2
    assert abs((half - true).mean()) < 0.032
    assert half.std() > true.std()


def test_more_answers_make_it_surer(plan: simulation.Ensemble) -> None:
    """The same share by all members tells more of what will come than by five of them."""
    few = held(plan, Observation("collaboration_rate", 9, 0.6, 5))
    all_of_them = held(plan, Observation("collaboration_rate", 9, 13 / 22))
    assert few.known < all_of_them.known
    now = {"few": few.of("collaboration_rate", 25).now, "all": all_of_them.of("collaboration_rate", 25).now}
    assert now["all"][4] - now["all"][0] <= now["few"][4] - now["few"][0]


def test_a_better_start_makes_a_better_end(plan: simulation.Ensemble) -> None:
    chances = [held(plan, Observation("collaboration_rate", 9, share)).chance for share in (3 / 22, 8 / 22, 14 / 22)]
    now = [one.now for one in chances if one is not None]
    assert now == sorted(now)
    assert now[0] < now[2]


def test_it_is_known_better_the_later_it_is(plan: simulation.Ensemble) -> None:
    found = held(plan, Observation("collaboration_rate", 6, 6 / 22))
    assert found.later[-1].known > found.known
    assert found.later[-1].month == 24


def test_what_is_observed_is_evened_like_the_networks(plan: simulation.Ensemble) -> None:
    one = Observation("collaborations", 9, 9.0)
    assert observed_as(Progress((one,))) == pytest.approx([3.0])
    rows = plan.course("collaborations")[:, 9] == 9
    assert seen_as(plan, Progress((one,)), 1)[rows, 0] == pytest.approx(np.full(rows.sum(), 3.0))
