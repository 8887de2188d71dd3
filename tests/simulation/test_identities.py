"""Luck belongs to members, not to rows: names carry it, whoever comes or goes, wherever they stand in their file."""

from pathlib import Path
from random import Random

import numpy as np
import pytest
from scipy import stats

import scenarios
import simulation
from scenarios import RosterError, Scenario
from simulation import draws
from simulation.founding import found, members_ever
from simulation.identities import WORDS, identities, in_order, words_of
from simulation.model.network import CollaborationNetwork
from simulation.outcomes import NAMES
from simulation.running.chronicle import historian

NAMED = [f"{name} {number}" for number in range(7) for name in ("Zebra", "alder", "Birch", "Oak")]
TOPICS = ("water", "health", "literacy")
ROWS = [f"{name},{TOPICS[k % 3]};{TOPICS[(k + 1) % 3]},r{k % 4}" for k, name in enumerate(NAMED)]


def network(
    home: Path, rows: list[str], changes: tuple[str, ...] = (), header: str = "name,interests,region"
) -> Scenario:
    home.mkdir(parents=True, exist_ok=True)
    (home / "members.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return scenarios.load("salex", [f"members.file={home / 'members.csv'}", *changes], posterior=None)


def values(scenario: Scenario, replicates: int = 8) -> np.ndarray:
    return simulation.run(scenario, seed=1, replicates=replicates, workers=1).values


def test_the_order_of_rows_changes_no_number(tmp_path: Path) -> None:
    shuffled = ROWS.copy()
    Random(1).shuffle(shuffled)
    kept = values(network(tmp_path / "a", ROWS, ("network.joining=0.3",)))
    for place, rows in enumerate((ROWS[::-1], shuffled)):
        moved = network(tmp_path / str(place), rows, ("network.joining=0.3",))
        assert values(moved).tobytes() == kept.tobytes()


@pytest.mark.parametrize("row", [0, 13, 27])
def test_whoever_is_left_out_the_others_keep_their_luck(row: int, tmp_path: Path) -> None:
    """By rows, replicates without the first member correlated by .2 to .4 with those of all."""
    rest = [line for place, line in enumerate(ROWS) if place != row]
    column = NAMES.index("collaborations_formed")
    everybody, others = (
        values(network(tmp_path / name, rows), 80)[:, column] for name, rows in (("all", ROWS), ("rest", rest))
    )
    assert np.corrcoef(everybody, others)[0, 1] > 0.65, "four standard errors below the .8 of longer runs"


def test_both_twins_tell_the_same_by_rows(tmp_path: Path) -> None:
    asked = network(tmp_path, ROWS, ("network.joining=0.4", "funder.priorities=[5,1,0]", "funder.weight=0.8"))
    told = historian(asked, seed=3)(2)
    model = CollaborationNetwork(asked, seed=3, replicate=2)
    model.run()
    columns = (told.chronicle.month, told.chronicle.kind, told.chronicle.one, told.chronicle.other)
    assert sorted(model.chronicle) == sorted(zip(*(column.tolist() for column in columns), strict=True))
    assert {month: came.tolist() for month, came in told.attended.items()} == model.attended
    assert [one.row for one in model.in_rows] == list(range(len(model.organizations)))
    assert asked.roster is not None
    founding = found(asked, 3, 2)
    for member in model.in_rows[: len(ROWS)]:
        topics = {model.settings.roster.topics[t] for t in np.flatnonzero(member.interests)}  # type: ignore[union-attr]
        assert topics == {asked.roster.topics[t] for t in np.flatnonzero(asked.roster.interests[member.row])}
        assert founding.engagement[member.row] == model.founding.engagement[member.number]
        assert founding.region[member.row] == asked.roster.region[member.row]


def test_priorities_stay_with_their_topics(tmp_path: Path) -> None:
    ordered = in_order(network(tmp_path, ROWS, ("funder.priorities=[5,1,0]",))).scenario
    assert ordered.roster is not None
    assert dict(zip(ordered.roster.topics, ordered.funder.priorities, strict=True)) == {
        "water": 5,
        "health": 1,
        "literacy": 0,
    }


def test_an_id_keeps_the_luck_of_a_member_that_is_renamed(tmp_path: Path) -> None:
    before = network(tmp_path / "a", ROWS)
    renamed = [f"{row.replace('Oak 3', 'Quercus')},{'Oak 3' if 'Oak 3' in row else ''}" for row in ROWS]
    after = network(tmp_path / "b", renamed, header="name,interests,region,id")
    assert after.roster is not None
    assert "Quercus" in after.roster.names
    assert values(after).tobytes() == values(before).tobytes()


def test_two_members_with_one_id_are_refused_with_their_names_and_lines(tmp_path: Path) -> None:
    rows = ["Ada,x,A1", "Bea,x,B2", "Cyd,x,a1", "B2,x,"]
    with pytest.raises(scenarios.ScenarioError) as refused:
        network(tmp_path, rows, header="name,interests,id")
    assert 'members.csv, line 4: id of "Cyd" is "a1", as the id of "Ada" in line 2' in str(refused.value)
    assert 'members.csv, line 5: "B2" has no id' in str(refused.value)
    assert '"Bea" in line 3' in str(refused.value)
    assert issubclass(RosterError, scenarios.ScenarioError)


def test_drawn_members_go_by_their_numbers() -> None:
    who = identities(scenarios.load("joint-learning-network", posterior=None), 30)
    assert who.words.tolist() == who.by_mark.tolist() == list(range(30))
    assert not len(who.marks)


def test_words_are_made_of_the_text_alone_and_never_twice_the_same() -> None:
    texts = [f"member {k}" for k in range(3000)]
    words = words_of(texts, WORDS)
    assert len(set(words.tolist())) == 3000
    assert words[0] < WORDS
    assert words_of(texts[7:8], WORDS)[0] == words[7]
    assert sorted(words_of(texts[:60], 64).tolist()) != sorted(words[:60].tolist())
    assert len(set(words_of(texts[:60], 64).tolist())) == 60, "two that make one word: the later takes its next"


def uniforms(count: int) -> np.ndarray:
    return np.array([draws.draw(1, 0, 100, 0, k, 0)[0] for k in range(count)])


def pointed(chances: np.ndarray, members: int, without: int = -1) -> np.ndarray:
    marks = draws.marks_of(words_of([f"member {k}" for k in range(members)], WORDS))
    listed = np.array([number for number in np.argsort(marks) if number != without])
    return np.array([draws.preferred(chance, listed, members, marks) for chance in chances])


@pytest.mark.parametrize("members", [2, 42, 600])
def test_everybody_is_as_likely_to_be_ranked_first(members: int) -> None:
    found_ = pointed(uniforms(20_000), members)
    counts = np.bincount(found_[found_ >= 0], minlength=members)
    assert stats.chisquare(counts).pvalue > 1e-4


@pytest.mark.parametrize("members", [42, 600])
def test_only_draws_that_found_a_member_change_when_it_goes(members: int) -> None:
    chances = uniforms(4000)
    before, after = pointed(chances, members), pointed(chances, members, without=5)
    moved = before != after
    assert np.isin(before[moved], [5, -1] if members > draws.RANKED else [5]).all() or moved.mean() < 4 / members
    assert (after != 5).all()
    assert moved.mean() < 4 / members


def test_nobody_is_found_who_has_not_come_yet() -> None:
    marks = draws.marks_of(np.arange(9))
    listed = np.argsort(marks)
    assert {draws.preferred(chance, listed, 4, marks) for chance in uniforms(300)} == {0, 1, 2, 3}
    assert draws.preferred(0.3, listed, 0, marks) == -1


def test_luck_asked_by_numbers_is_that_of_words() -> None:
    luck = draws.Luck(7, 3)
    named = luck.of([50, 60, 70], [8, 9])
    assert named.pair(draws.YES, 4, 0, 2) == luck.pair(draws.YES, 4, 50, 70)
    assert named.pair(draws.CONTACT, 4, 1, 1) == luck.pair(draws.CONTACT, 4, 60, 1), "there the other is no member"
    assert named.pair(draws.GROUP_ATTENDANCE, 4, 1, 1) == luck.pair(draws.GROUP_ATTENDANCE, 4, 60, 9)
    assert named.one(draws.SESSION, 4, 1) == luck.one(draws.SESSION, 4, 9)
    assert named.one(draws.AWARDS, 4) == luck.one(draws.AWARDS, 4)
    taken_up, by_word = draws.UPTAKE + draws.KINDS * 0, draws.UPTAKE + draws.KINDS * 50
    assert named.pair(taken_up, 4, 1, 2) == luck.pair(by_word, 4, 60, 70)


def test_later_joiners_keep_their_luck_when_a_member_of_the_roster_goes(tmp_path: Path) -> None:
    with_all, without = (network(tmp_path / str(n), ROWS[n:], ("network.joining=1.0",)) for n in (0, 1))
    first = found(with_all, 1, 0).engagement[len(ROWS) :]
    assert first.tolist() == found(without, 1, 0).engagement[len(ROWS) - 1 :].tolist()
    assert len(first) == members_ever(with_all) - len(ROWS) > 20
