"""Members that join, leave and are introduced by plan, in both twins."""

from pathlib import Path

import numpy as np
import pytest

import scenarios
import simulation
from scenarios import Scenario
from simulation import rules
from simulation.model.network import CollaborationNetwork
from simulation.outcomes import MONTHLY_NAMES
from simulation.running.chronicle import historian

COUNT = 70
JOINS = {7: 3, 41: 12, 60: 3, 66: 40}
LEAVES = {0: 10, 41: 20, 13: 1}


def planned(home: Path, count: int, *changes: str) -> Scenario:
    rows = [
        f"m{(k * 37) % count},t{k % 3};t{(k + 1) % 3},r{k % 4},{JOINS.get(k, '')},{LEAVES.get(k, '')}"
        for k in range(count)
    ]
    (home / "members.csv").write_text("\n".join(["name,interests,region,joins,leaves", *rows]) + "\n", encoding="utf-8")
    name = [row.split(",")[0] for row in rows]
    pairs = [(k, (k * 7 + 3) % count) for k in range(count)] + [(7, 0)]
    ties = dict.fromkeys(tuple(sorted(pair)) for pair in pairs if pair[0] != pair[1])
    (home / "ties.csv").write_text(
        "from,to,strength\n" + "".join(f"{name[a]},{name[b]},0.{k % 8 + 1}\n" for k, (a, b) in enumerate(ties)),
        encoding="utf-8",
    )
    (home / "introductions.csv").write_text(
        f"month,from,to\n5,{name[1]},{name[7]};{name[2]}\n9,{name[0]},{name[3]}\n30,{name[1]},{name[3]}\n",
        encoding="utf-8",
    )
    files = [f"members.{key}={home / file}.csv" for key, file in
             (("file", "members"), ("ties", "ties"), ("introductions", "introductions"))]  # fmt: skip
    return scenarios.load("salex", [*files, *changes], posterior=None)


@pytest.mark.parametrize("count", [12, COUNT])
def test_both_twins_follow_the_plan(count: int, tmp_path: Path) -> None:
    asked = planned(tmp_path, count, "closing.month=36", "closing.renewal_months=6", "behaviour.renewal_chance=1")
    told = historian(asked, seed=2)(1)
    model = CollaborationNetwork(asked, seed=2, replicate=1)
    model.run()
    np.testing.assert_allclose(told.course, np.array(model.stock), rtol=1e-12, atol=1e-12)
    columns = (told.chronicle.month, told.chronicle.kind, told.chronicle.one, told.chronicle.other)
    assert sorted(model.chronicle) == sorted(zip(*(column.tolist() for column in columns), strict=True))


def test_members_come_and_go_in_their_months(tmp_path: Path) -> None:
    asked = planned(tmp_path, COUNT, "behaviour.attrition=0", "behaviour.leave_chance=0")
    model = CollaborationNetwork(asked, seed=1, replicate=0)
    so_far, present = [], []
    while model.month < 25:
        model.step()
        so_far.append(len(model.organizations))
        present.append(model.present_count)
    assert so_far[1:3] == [COUNT - 4, COUNT - 2]
    assert so_far[10:12] == [COUNT - 2, COUNT - 1]
    assert so_far[-1] == COUNT - 1, "who would join after the closing never comes"
    assert present[0] == COUNT - 5, "who leaves in month 1 is not there in it"
    assert present[8:10] == [COUNT - 3, COUNT - 4]
    assert present[18:20] == [COUNT - 3, COUNT - 4]


def test_a_later_joiner_brings_its_ties_from_before(tmp_path: Path) -> None:
    asked = planned(tmp_path, COUNT)
    told = historian(asked, seed=1)(0).chronicle.of(rules.BEFORE)
    assert asked.roster is not None
    joiner = asked.roster.founders
    assert set(told.month[(told.one == joiner) | (told.other == joiner)]) == {3}
    assert set(told.month[(told.one < joiner) & (told.other < joiner)]) == {0}


def test_introductions_are_made_and_paid_for_while_both_are_there(tmp_path: Path) -> None:
    changes = ["facilitation.introductions=0", "network.prior_ties=0"]
    asked = planned(tmp_path, COUNT, *changes)
    asked = scenarios.replace(asked, {"members.ties": ""})
    made = historian(asked, seed=1)(0).chronicle.of(rules.INTRODUCTION)
    assert sorted(made.month.tolist()) == [5, 5, 5, 9]
    none = scenarios.replace(asked, {"members.introductions": ""})
    cost = MONTHLY_NAMES.index("cost")
    courses = [historian(one, seed=1)(0).course[:6, cost] for one in (asked, none)]
    assert courses[0][4] == courses[1][4]
    extra = courses[0][5] - courses[1][5]
    assert extra == pytest.approx(3 * asked.costs.introduction)


def test_until_somebody_leaves_nothing_differs_and_then_nothing_happens_to_it(tmp_path: Path) -> None:
    asked = planned(tmp_path, COUNT)
    assert asked.roster is not None
    name = asked.roster.names[1]
    left = scenarios.replace(asked, {"members.without": f"{name} from 15"})
    before, after = historian(asked, seed=1)(0), historian(left, seed=1)(0)
    assert before.course[:15].tobytes() == after.course[:15].tobytes()
    assert before.course[15:].tobytes() != after.course[15:].tobytes()
    met = after.chronicle.of(rules.CONVENING, rules.GROUP, rules.INTRODUCTION, rules.CONTACT)
    assert met.month[(met.one == 1) | (met.other == 1)].max() < 15


def test_without_a_member_is_the_network_of_the_others(tmp_path: Path) -> None:
    asked = planned(tmp_path, COUNT)
    rest = scenarios.replace(asked, {"members.without": "m37"})
    lines = (tmp_path / "members.csv").read_text(encoding="utf-8").splitlines()
    for file in ("members.csv", "ties.csv", "introductions.csv"):
        lines = (tmp_path / file).read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if "m37" not in line.replace(";", ",").split(",")]
        (tmp_path / file).write_text("\n".join(kept) + "\n", encoding="utf-8")
    (tmp_path / "introductions.csv").write_text(
        "month,from,to\n"
        + "".join(
            f"{month},{rest.roster.names[one]},{rest.roster.names[other]}\n"  # type: ignore[union-attr]
            for month, one, other in rest.roster.introductions  # type: ignore[union-attr]
        ),
        encoding="utf-8",
    )
    again = scenarios.replace(asked, {"members.file": asked.members.file})
    ours, theirs = (simulation.run(one, seed=1, replicates=3, workers=1).values for one in (rest, again))
    assert ours.tobytes() == theirs.tobytes()


def test_who_sits_in_a_group_by_plan_meets_there_and_nobody_else(tmp_path: Path) -> None:
    changes = ["facilitation.introductions=0", "behaviour.contact_rate=0", "facilitation.encounters=0"]
    changes += ["facilitation.group_rate=5", "behaviour.cold_share=0"]
    asked = planned(tmp_path, 12, *changes)
    assert asked.roster is not None
    names = asked.roster.names
    seats = {topic: {names[number] for number in (1, 4, 7)} for topic in ("t1", "t2")}
    text = "topic,member\n" + "".join(f"{topic},{'; '.join(sorted(who))}\n" for topic, who in seats.items())
    (tmp_path / "groups.csv").write_text(text, encoding="utf-8")
    seated = scenarios.replace(asked, {"members.groups": str(tmp_path / "groups.csv")})
    assert seated.roster is not None
    elsewhere = seated.roster.interests[:, seated.roster.topics.index("t0")] > 0
    outside = {number for number in range(12) if names[number] not in seats["t1"] and not elsewhere[number]}
    assert outside, "somebody is interested in t1 and t2 only, and sits in neither group"
    told = historian(seated, seed=3)(0)
    model = CollaborationNetwork(seated, seed=3, replicate=0)
    model.run()
    np.testing.assert_allclose(told.course, np.array(model.stock), rtol=1e-12, atol=1e-12)
    met = told.chronicle.of(rules.GROUP)
    assert len(met.one) > 20
    assert not outside & {*met.one.tolist(), *met.other.tolist()}
    free = historian(asked, seed=3)(0).chronicle.of(rules.GROUP)
    assert outside & {*free.one.tolist(), *free.other.tolist()}
