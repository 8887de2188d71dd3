"""Whom to introduce: a tournament of all pairs, the closer look, and the ranking; against truths that are known."""

import json
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

import results
import scenarios
import simulation
from cli import main
from results.commands.json_schemas import BY_COMMAND
from results.introducing.planned import Group, with_introductions
from results.introducing.ranking import Gained, Look, discoveries, gains_of
from results.introducing.screening import Screened, rounds_of, screen
from results.studies.survey_networks import until
from results.verifying.verify import verify
from scenarios import Scenario
from scenarios.files.faults import RequestError

QUIET = '[facilitation]\nintensity = 0.0\n[grants]\nper_call = 0\n[closing]\nmonth = "never"\n[network]\nmonths = 18\n'


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two worlds: eight organizations on reading, eight on health, and nobody knows anybody."""
    folder = tmp_path_factory.mktemp("two-worlds")
    rows = [f"R{number},reading" for number in range(8)] + [f"H{number},health" for number in range(8)]
    (folder / "members.csv").write_text("name,interests\n" + "\n".join(rows) + "\n", encoding="utf-8")
    text = f'extends = "salex"\ntitle = "Two worlds"\n[members]\nfile = "members.csv"\n{QUIET}'
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return folder / "mine.toml"


@pytest.fixture(scope="module")
def mine(file: Path) -> Scenario:
    return scenarios.load(file, posterior=None)


@pytest.mark.parametrize("members", [2, 3, 6, 7, 22])
def test_in_a_tournament_each_pair_meets_once_and_nobody_twice_in_a_round(members: int) -> None:
    rounds = list(rounds_of(members))
    met = [pair for one in rounds for pair in one]
    assert sorted(met) == list(combinations(range(members), 2))
    for one in rounds:
        inside = [member for pair in one for member in pair]
        assert len(inside) == len(set(inside))


def test_an_introduction_is_in_the_plan_and_changes_nothing_before_it(mine: Scenario) -> None:
    planned = with_introductions(mine, [(0, 3, 5)], 4)
    assert planned.roster is not None
    assert planned.roster.introductions == ((4, 0, 3), (4, 0, 5), (4, 3, 5))
    base, then = (simulation.run(one, seed=3, replicates=20) for one in (mine, planned))
    assert np.array_equal(base.kept_months[:, :4], then.kept_months[:, :4])
    assert not np.array_equal(base.kept_months[:, 4], then.kept_months[:, 4])


def test_a_shorter_run_is_the_same_up_to_its_end(mine: Scenario) -> None:
    whole, part = (simulation.run(one, seed=3, replicates=10) for one in (mine, until(mine, 9)))
    assert np.array_equal(whole.kept_months[:, :10], part.kept_months[:, :10])


@pytest.fixture(scope="module")
def screened(mine: Scenario) -> Screened:
    return screen(mine, introduced=1, month=18, seed=5)


def test_pairs_with_the_same_interest_gain_more_than_others(screened: Screened) -> None:
    """By the rules they agree more easily: of 120 pairs 56 share their topic, and the best 20 are nearly all of them.

    By lot, 17 or more of 20 would come once in ten thousand times (hypergeometric).
    """
    best = screened.candidates()[:20]
    assert sum((one < 8) == (other < 8) for one, other in best) >= 17
    assert screened.overlap[0, 1] == 1
    assert screened.overlap[0, 8] == 0


def test_a_group_is_of_strangers_and_no_two_are_the_same(screened: Screened) -> None:
    groups = screened.groups(4, 6)
    assert len(groups) == len(set(groups)) == 6
    assert all(len(set(group)) == 4 and list(group) == sorted(group) for group in groups)
    assert all(screened.know[one, other] < 0.5 for group in groups for one, other in combinations(group, 2))


def test_who_knows_each_other_is_no_candidate(screened: Screened) -> None:
    know = np.zeros_like(screened.know)
    one, other = screened.candidates()[0]
    know[one, other] = know[other, one] = 1.0
    known = Screened(screened.gain, know, screened.work, screened.overlap, screened.networks)
    assert (one, other) not in known.candidates()
    assert len(known.candidates()) == len(screened.candidates()) - 1


def world(gains: Sequence[float], networks: int, seed: int) -> list[Gained]:
    """What a closer look would bring: own gains that come or not, and a rest that is luck around -.1 for all."""
    luck = np.random.default_rng(seed)
    found = []
    for gain in gains:
        own = (luck.random(networks) < gain).astype(float)
        found.append(Gained(own - 0.1 + luck.normal(0, 1, networks), own))
    return found


def test_intervals_hold_the_truth_and_are_narrower_than_each_by_itself() -> None:
    """Of 60 x 15 intervals of 95 %, which share their rest, 90 to 99 of 100 hold it: 80 would fail nearly always."""
    truths = np.linspace(0.05, 0.4, 15)
    inside, wide = [], []
    for seed in range(60):
        gained = world(truths.tolist(), 400, seed)
        for gain, truth in zip(gains_of(gained), truths, strict=True):
            inside.append(gain.low <= truth - 0.1 <= gain.high)
            wide.append(gain.high - gain.low)
    assert 0.90 <= np.mean(inside) <= 0.99
    assert np.mean(wide) < 0.75 * 2 * 1.96 / 20, "less than the standard error of 1 / sqrt(400) alone would give"


def test_rests_that_truly_differ_are_not_drawn_together() -> None:
    luck = np.random.default_rng(1)
    gained = [Gained(rest + luck.normal(0, 0.1, 400), np.zeros(400)) for rest in (0.0, 1.0, 2.0)]
    assert [gain.adds for gain in gains_of(gained)] == pytest.approx([0, 1, 2], abs=0.03)


def test_one_alone_is_the_plain_mean() -> None:
    (one,) = world([0.3], 200, 7)
    (gain,) = gains_of([one])
    assert gain.adds == pytest.approx(one.whole.mean())


def test_discoveries_are_those_of_benjamini_and_hochberg() -> None:
    """By hand, at .1 of five: .01 <= .02, .03 <= .04, .06 <= .06, .09 > .08, .6 > .1; the third lets in the others."""
    assert discoveries([0.6, 0.03, 0.06, 0.01, 0.09]).tolist() == [False, True, True, True, False]
    assert not discoveries([0.5, 0.4]).any()
    assert discoveries([0.1]).all()


def test_the_closer_look_counts_what_the_networks_come_to(mine: Scenario) -> None:
    """The same by whole ensembles."""
    groups: list[Group] = [(0, 1), (2, 3, 4)]
    gained = Look(mine, "collaborations_formed", 1, 18, 3, 30).all(groups)
    base = simulation.run(mine, seed=3, replicates=30).course("collaborations_formed")[:, 18]
    for group, one in zip(groups, gained, strict=True):
        then = simulation.run(with_introductions(mine, [group], 1), seed=3, replicates=30)
        assert np.array_equal(one.whole, then.course("collaborations_formed")[:, 18] - base)


def test_the_command_answers_and_its_folder_is_verified(file: Path, tmp_path: Path) -> None:
    words = [
        "introduce",
        str(file),
        "--top",
        "3",
        "--replicates",
        "60",
        "--fixed",
        "--out",
        str(tmp_path / "run"),
        "--json",
    ]
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    jsonschema.Draft202012Validator(BY_COMMAND["introduce"]).validate(document)
    assert len(document["introductions"]) == 3
    adds = [one["adds"] for one in document["introductions"]]
    assert adds == sorted(adds, reverse=True)
    assert all(set(one["topics"]) <= {"reading", "health"} for one in document["introductions"])
    assert verify(tmp_path / "run", 100).faults == []
    kept = json.loads((tmp_path / "run" / "introduce.json").read_text(encoding="utf-8"))
    assert kept["introductions"] == document["introductions"]


def test_what_cannot_be_asked_is_refused(file: Path) -> None:
    with pytest.raises(RequestError, match=r"no members by name.*legato new"):
        results.Introduce("salex").answer()
    with pytest.raises(RequestError, match="said of a whole run"):
        results.Introduce(file, outcome="survival").answer()
    with pytest.raises(RequestError, match="did you mean"):
        results.Introduce(file, outcome="colaborations").answer()
    with pytest.raises(RequestError, match="allowed is from 9"):
        results.Introduce(file, introduced=9, month=5).answer()
    with pytest.raises(RequestError, match="size"):
        results.Introduce(file, size=7)
