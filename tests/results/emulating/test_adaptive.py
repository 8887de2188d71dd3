"""`legato sweep --design adaptive`: rounds of points, the same whatever stops it, and what they say of the space."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from results.emulating import adding
from results.emulating.adding import Rounds, coding_of, numbers_at
from results.emulating.toward import Toward, read_toward
from results.sweeping.sweep_folder import read_sweep
from scenarios.designs.reading_factors import read_factors
from scenarios.files.faults import RequestError
from tests.shared import ask, document, needs

pytestmark = needs("sklearn")
ADDED = "results.emulating.adaptive_folder.added"
ASKED = [
    "salex", "--vary", "facilitation.intensity=0.1:1", "--vary", "behaviour.yes_base", "--vary",
    "closing.capstone=true,false", "--vary", "closing.notice=0:6", "--design", "adaptive", "--points", "24",
    "--toward", "collaboration_rate >= 0.3", "--fixed", "--replicates", "3", "--set", "network.members=8", "--set",
    "network.months=8", "--set", "closing.month=7", "--where", "closing.notice < 4", "--no-figures",
]  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("adaptive") / "whole"
    return folder, document("sweep", *ASKED, "--out", str(folder))


def test_it_says_what_is_known_of_the_space(whole: Any) -> None:
    folder, found = whole
    told = found["adaptive"]
    assert told["rounds"] == [20, 1, 1, 1, 1]
    assert told["outcome"] == "collaboration_rate"
    assert 0 <= told["met"] <= 1
    assert 0 <= told["unsure"] <= 1
    assert found["points"] == 24
    design = read_sweep(folder).campaign.design
    values = [tuple(design.values(point).values()) for point in range(24)]
    assert len(set(values)) == 24, "no point comes twice: with the same luck it would say nothing new"
    assert all(design.values(point)["closing.notice"] < 4 for point in range(24)), "constraints hold in all rounds"
    assert not (folder / "rounds").exists()


def test_verify_chooses_the_points_again(whole: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, _ = whole
    found = document("verify", str(folder))
    assert found["faults"] == []
    assert "5 rounds of points follow from what came out before each." in found["notes"]
    rightly = adding.added
    monkeypatch.setattr(ADDED, lambda *asked: rightly(*asked)[::-1] / 2)
    wrong = ask("verify", str(folder))
    assert wrong.exit_code == 1
    assert "points 20 to 20 are not those that follow" in wrong.stdout


@pytest.mark.parametrize("stops", [0, 2])
def test_whatever_stops_it_the_same_command_ends_in_the_same_bytes(
    whole: Any, stops: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped before any round was chosen, or after two; a round that was begun and not finished is gone on with."""
    folder, _ = whole
    rightly, calls = adding.added, []

    def added(*asked: Any) -> Any:
        calls.append(1)
        if len(calls) > stops:
            raise KeyboardInterrupt
        return rightly(*asked)

    monkeypatch.setattr(ADDED, added)
    stopped = ask("sweep", *ASKED, "--out", str(tmp_path / "one"))
    assert stopped.exit_code != 0
    rounds = sorted((tmp_path / "one" / "rounds").iterdir())
    assert len(rounds) == stops + 1
    if stops:
        shutil.rmtree(rounds[-1] / "outcomes")
        (rounds[-1] / "journal.jsonl").unlink()
    monkeypatch.setattr(ADDED, rightly)
    assert ask("sweep", *ASKED, "--out", str(tmp_path / "one")).exit_code == 0
    for name in ("points.parquet", "shares.parquet", "journal.jsonl", "outcomes/block-00000.parquet"):
        assert (tmp_path / "one" / name).read_bytes() == (folder / name).read_bytes(), name


def test_a_finished_one_is_read_and_another_question_is_refused(whole: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, found = whole
    monkeypatch.setattr(ADDED, lambda *_asked: pytest.fail("nothing is left to choose"))
    assert document("sweep", *ASKED, "--out", str(folder))["adaptive"] == found["adaptive"]
    other = ask("sweep", *[word.replace("0.3", "0.4") for word in ASKED], "--out", str(folder))
    assert other.exit_code == 2
    assert "adaptive.value: 0.3 there, 0.4 now" in other.stderr


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"--toward": "collaboration_rat >= 0.3"}, "did you mean collaboration_rate?"),
        ({"--toward": "collaboration_rate = 0.3"}, "write OUTCOME >= VALUE or OUTCOME <= VALUE"),
        ({"--toward": "collaboration_rate >= much"}, '"much" is not a number'),
        ({"--toward": "collaboration_rate >= 60"}, "did you mean 0.6?"),
        ({"--design": "lhs"}, "it belongs to --design adaptive"),
        ({"--points": "12"}, "an adaptive design has more than 20"),
        ({"--points": "2000"}, "an adaptive design has 1,000 at the most"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, str], said: str, tmp_path: Path) -> None:
    words = list(ASKED)
    for option, value in changes.items():
        words[words.index(option) + 1] = value
    found = ask("sweep", *words, "--out", str(tmp_path / "none"))
    assert found.exit_code == 2
    assert said in found.stderr
    assert not (tmp_path / "none").exists()


def test_a_table_is_refused_and_correlated_inputs_stay_correlated(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("behaviour.initiative,behaviour.decay\n0.1,0.01\n0.2,0.02\n")
    refused = ask("sweep", *ASKED, "--table", str(rows), "--out", str(tmp_path / "none"))
    assert refused.exit_code == 2
    assert "--table does not go with --design adaptive" in refused.stderr
    words = [*ASKED, "--correlate", "facilitation.intensity,behaviour.yes_base=0.9"]
    document("sweep", *words, "--out", str(tmp_path / "one"))
    shares = read_sweep(tmp_path / "one").campaign.design.shares
    assert np.corrcoef(shares[:, 0], shares[:, 1])[0, 1] > 0.6
    assert document("verify", str(tmp_path / "one"))["faults"] == []


def test_its_page_says_what_it_knows_nothing_of(whole: Any, tmp_path: Path) -> None:
    found = ask("emulate", str(whole[0]), "--no-figures", "--out", str(tmp_path / "emulated"))
    assert found.exit_code == 0
    page = (tmp_path / "emulated" / "surfaces.html").read_text()
    assert "by --where (closing.notice &lt; 4): what the page shows there is guessed" in page


def test_it_is_reproduced_from_its_folder_with_all_points_chosen_again(whole: Any, tmp_path: Path) -> None:
    found = document("reproduce", str(whole[0]), "--out", str(tmp_path / "again"))
    assert found["reproduced"] is True
    assert (tmp_path / "again" / "shares.parquet").read_bytes() == (whole[0] / "shares.parquet").read_bytes()


def test_failed_points_are_not_run_again(whole: Any) -> None:
    found = ask("sweep", *ASKED, "--out", str(whole[0]), "--retry-failed")
    assert found.exit_code == 2
    assert "follow from those before" in found.stderr


def test_rounds_add_up() -> None:
    for points in (21, 30, 90, 300, 1000):
        for factors in (1, 5, 18):
            sizes = Rounds.of(points, factors).sizes
            assert sum(sizes) == points
            assert min(sizes) > 0
            assert len(sizes) <= 11
            assert sizes[0] <= max(20, points // 2)


def test_a_threshold_is_read() -> None:
    assert read_toward(" cost<=2e6 ") == Toward("cost", 2e6, "<=")
    assert read_toward("collaboration_rate>0.5") == Toward("collaboration_rate", 0.5, ">=")
    with pytest.raises(RequestError, match="finite"):
        read_toward("cost >= inf")


def test_inputs_reach_from_0_to_1_over_their_whole_ranges() -> None:
    factors = read_factors(["grants.per_call=0:8", "facilitation.intensity=0.2:1", "closing.capstone=true,false"])
    columns = coding_of(factors).columns(numbers_at(factors, np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [0.5] * 3])))
    assert columns[0].tolist() == [0.0, 0.0, 0.0]
    assert columns[1].tolist() == [1.0, 1.0, 1.0]
    assert columns[2].tolist() == pytest.approx([0.5, 0.5, 1.0])
