"""`legato track` of a network as it stands: the forecast goes on from there."""

from pathlib import Path

import numpy as np
import pytest

import results
import scenarios
from results.commands.track import TrackAnswer
from results.tracking.from_today import tempered
from scenarios.files.faults import RequestError

NOW, LAST = 9, 25
ASKED = "collaboration_rate@25>=0.6"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("today") / "state"
    results.Export("salex", form="state", month=NOW, replicate=4, posterior=None, out=folder).answer()
    return folder


def track(home: Path, out: Path, **asked: object) -> TrackAnswer:
    plan = scenarios.load(home / "salex-today.toml")
    what = {"target": ASKED, "replicates": 200, "figures": False, "out": out} | asked
    return results.Track(plan, home / "collaborations.csv", **what).answer()  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def answer(home: Path, tmp_path_factory: pytest.TempPathFactory) -> TrackAnswer:
    later = scenarios.replace(
        scenarios.load(home / "salex-today.toml"), {"name": "sooner", "closing.month": 18, "closing.notice": 3}
    )
    return track(home, tmp_path_factory.mktemp("run") / "track", alternatives=[later])


def test_it_goes_on_from_what_has_happened(home: Path, answer: TrackAnswer) -> None:
    """No network has fewer collaborations formed than today, and in a month none has formed more than a few."""
    found = answer.outlook
    today = len((home / "collaborations.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert found.progress.now == NOW
    assert answer.document["from_today"]
    formed = found.of("collaborations_formed", NOW + 1)
    assert today <= formed.now[0] <= formed.now[-1] <= today + 6
    before = found.of("collaborations_formed", LAST).before
    now = found.of("collaborations_formed", LAST).now
    assert now[-1] - now[0] < before[-1] - before[0]


def test_sooner_or_later_is_known_from_today_on(answer: TrackAnswer) -> None:
    found = answer.outlook
    assert [one.month for one in found.later] == sorted(one.month for one in found.later)
    assert all(one.known >= found.known for one in found.later)
    (sooner,) = found.alternatives
    assert sooner.change[0] < 0, "who closes sooner has less, on average"


def test_the_folder_is_confirmed(answer: TrackAnswer) -> None:
    assert results.Verify(answer.folder, everything=True).answer().is_good


def test_files_of_today_and_what_was_observed_are_of_one_month(home: Path, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"month: 8, but .*month|month: 10, but network.today is 9"):
        track(home, tmp_path / "run", month=10)
    later = tmp_path / "observed.csv"
    later.write_text("month,outcome,value\n11,collaborations,3\n", encoding="utf-8")
    plan = scenarios.load(home / "salex-today.toml")
    with pytest.raises(RequestError, match=r"tells of month 11, but network.today is 9"):
        results.Track(plan, later, out=tmp_path / "later").answer()
    with pytest.raises(RequestError, match=r"network.today is 0 in 'salex', but 9 in 'salex-today'"):
        track(home, tmp_path / "other", alternatives=["salex"])


def test_weights_are_flattened_until_enough_sets_are_left() -> None:
    counts = np.full(400, 2)
    weights = np.zeros(400)
    weights[:20] = 1.0
    few = tempered(weights, counts)
    assert 99.9 < few.sum() ** 2 / (few**2).sum() < 100.2
    assert few[:20].min() > few[20:].max()
    even = np.linspace(0.5, 1.0, 400)
    np.testing.assert_allclose(tempered(even, counts), even)
    counts[200:] = 0
    assert not tempered(even, counts)[200:].any(), "a set that no network lives with has no weight"
