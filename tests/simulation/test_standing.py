"""A network that goes on from how it stands today, in both twins."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import scenarios
import simulation
from scenarios import Scenario
from simulation import rules
from simulation.model.network import CollaborationNetwork
from simulation.outcomes import MONTHLY_NAMES, NAMES
from simulation.running.chronicle import historian
from simulation.standing import (
    Parameters,
    StandingArrays,
    engagement_seen,
    months_worked,
    pieces_on_their_way,
    standing_arrays,
    trust_of_history,
)

TODAY = 9
HOW = ("", "convening", "introduction")
PLAN = ("closing.month=25", "grants.per_call=2", "grants.window=3")


def standing(home: Path, count: int, *changes: str) -> Scenario:
    """A network as people have it in their files: some strengths known, some events, a few that came and went."""
    comes, goes = {3: 4, 5: 14}, {1: 7, 2: 12}
    rows = [
        f"m{(k * 37) % count},t{k % 3};t{(k + 1) % 3},r{k % 4},{comes.get(k, '')},{goes.get(k, '')},"
        f"{'' if k % 3 or k == 5 else f'0.{k % 7 + 2}'},{'' if k == 5 else k % 3},{'yes' if k % 4 == 0 else ''}"
        for k in range(count)
    ]
    write(home, "members", "name,interests,region,joins,leaves,engagement,uptake,uptake_from_others", rows)
    name = [row.split(",")[0] for row in rows]
    pairs = sorted({tuple(sorted((k, (k * 7 + 3) % count))) for k in range(count)} - {(k, k) for k in range(count)})
    ties = [
        f"{name[a]},{name[b]}," + ("0.3,," if 5 in (a, b) else f"{('', '0.4', '0.05')[k % 3]},{k % 7 + 1},{HOW[k % 3]}")
        for k, (a, b) in enumerate(pairs)
    ]
    write(home, "ties", "from,to,strength,month,origin", ties)
    works = [
        f"{name[0]},{name[4]},3,14,", f"{name[0]},{name[6]},2,,5", f"{name[1]},{name[6]},4,,",
        f"{name[7]},{name[8]},8,9,",
        f"{name[3]},{name[9]},6,7,", f"{name[9]},{name[10]},3,9,9",
    ]  # fmt: skip
    waiting = [f"{name[6]},{name[8]},,,,8,yes", f"{name[11]},{name[12]},,,,9,", f"{name[0]},{name[9]},,,,9,no"]
    rows = [f"{work},," for work in works] + waiting
    write(home, "collaborations", "from,to,began,funded_until,ended,applied,anyway", rows)
    came = [f"kickoff,1,{name[k]}" for k in range(0, count, 2) if k not in (3, 5)]
    came += [f"forum,7,{name[k]}" for k in range(3, count, 3) if k not in (5,)] + ["webinar,8,nobody"]
    write(home, "attendance", "event,month,member", came)
    held = [f"{name[0]},Ada,0,executive", f"{name[0]},Ben,6,research", f"{name[4]},Cleo,5,"]
    write(home, "representatives", "member,representative,since,kind", held)
    write(home, "so_far", "outcome,value", ["cost,150000", "evidence,4", "translation,1"])
    write(home, "introductions", "month,from,to", [f"2,{name[0]},{name[4]}", f"11,{name[0]},{name[6]}"])
    files = {"members.file": "members"} | {
        f"members.{one}": one for one in ("ties", "collaborations", "attendance", "representatives", "introductions")
    } | {"network.so_far": "so_far"}  # fmt: skip
    said = [f"{key}={home / file}.csv" for key, file in files.items()]
    return scenarios.load("salex", [*said, f"network.today={TODAY}", *PLAN, *changes], posterior=None)


def write(home: Path, file: str, header: str, rows: list[str]) -> None:
    (home / f"{file}.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


@pytest.mark.parametrize("count", [14, 70])
def test_both_twins_go_on_from_today(count: int, tmp_path: Path) -> None:
    asked = standing(tmp_path, count, "closing.renewal_months=6", "behaviour.renewal_chance=1")
    for replicate in (0, 1):
        mesa = simulation.run(asked, seed=2, first=replicate, replicates=1, engine="mesa")
        twin = simulation.run(asked, seed=2, first=replicate, replicates=1, workers=1)
        np.testing.assert_allclose(twin.sum_months, mesa.sum_months, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(twin.values, mesa.values, rtol=1e-12, atol=1e-12, err_msg=str(NAMES))
        assert np.isnan(twin.sum_months[:TODAY]).all()
        assert np.isfinite(twin.sum_months[TODAY:]).all()
    told, model = historian(asked, seed=2)(1), CollaborationNetwork(asked, seed=2, replicate=1)
    model.run()
    columns = (told.chronicle.month, told.chronicle.kind, told.chronicle.one, told.chronicle.other)
    assert sorted(model.chronicle) == sorted(zip(*(column.tolist() for column in columns), strict=True))


def test_the_order_of_members_in_their_file_changes_no_byte(tmp_path: Path) -> None:
    asked = standing(tmp_path, 14)
    before = simulation.run(asked, seed=2, replicates=4, workers=1)
    head, *rows = (tmp_path / "members.csv").read_text(encoding="utf-8").splitlines()
    write(tmp_path, "members", head, rows[::-1])
    after = simulation.run(scenarios.replace(asked, {"members.file": asked.members.file}), seed=2, replicates=4)
    assert after.values.tobytes() == before.values.tobytes()
    assert after.sum_months.tobytes() == before.sum_months.tobytes()


def test_today_is_what_the_files_say(tmp_path: Path) -> None:
    """Counted by hand from the tables above."""
    asked = standing(tmp_path, 14)
    today = dict(zip(MONTHLY_NAMES, simulation.run(asked, replicates=1).sum_months[TODAY].tolist(), strict=True))
    members = 13  # one joins later
    assert today["collaborations_formed"] == 6
    assert today["collaborations"] == 4
    assert today["collaboration_rate"] == pytest.approx(9 / members)
    assert today["months_worked"] == 7 + 3 + 6 + 2 + 4 + 6
    assert today["retention"] == pytest.approx(12 / members)
    assert (today["cost"], today["evidence"], today["translation"]) == (150_000, 4, 1)


PARAMETERS = Parameters(
    engagement=0.6, engagement_rate=0.0, relational_months=12, fit_gap=0.0, fit_rate=0.1, flexibility=0.5,
    prior_trust=0.5, trust_convening=0.1, trust_group=0.2, trust_introduction=0.3, trust_contact=0.4, trust_work=0.5,
    trust_application=0.6, decay=0.2, decay_spread=0.0, embedding=0.5, ageing=0.0, event_decay=2.0, evidence_rate=1.0,
    evidence_lag=3, funded_evidence=1.0,
)  # fmt: skip


def known(**columns: Sequence[Sequence[int]]) -> StandingArrays:
    """What is known of two members and one tie; what is left out is known to be nothing."""
    empty = standing_arrays(None)
    of_members = {"engagement": [-1.0, -1.0], "since": [0, 0], "kind": [0, 0]}
    of_tie = {"met": [3], "origin": [rules.CONTACT], "events_only": [False]}
    tables = {name: np.array(column, getattr(empty, name).dtype) for name, column in (of_members | of_tie).items()}
    return empty._replace(**tables | {name: np.array(rows, np.int64) for name, rows in columns.items()})


def test_engagement_is_what_attendance_says_worked_out_on_paper() -> None:
    came = [[month, 0, int(month != 4)] for month in (2, 4, 6, 8)]
    seen = [engagement_seen(known(attended=came), PARAMETERS, 9, 0, 0, 0.1, lot) for lot in (0.5, 1.0)]
    assert seen[0] == pytest.approx((2 * 0.6 + 3) / (2 + 4))
    assert seen[1] == pytest.approx(0.7 + np.sqrt(3 * 0.7 * 0.3 / 7))
    assert engagement_seen(known(attended=came), PARAMETERS, 9, 1, 0, 0.1, 0.5) == 0.1, "nobody invited it: as drawn"
    asked = known(attended=came)._replace(engagement=np.array([0.25, 0.0]))
    assert [engagement_seen(asked, PARAMETERS, 9, member, 0, 0.1, 0.5) for member in (0, 1)] == [0.25, 0.0]
    rate, missed = PARAMETERS._replace(engagement_rate=0.5), {}
    for absent in (2, 8):
        came = [[month, 0, int(month != absent)] for month in (2, 4, 6, 8)]
        missed[absent] = engagement_seen(known(attended=came), rate, 9, 0, 0, 0.1, 0.5)
    assert missed[2] > missed[8] + 0.1, "what came last counts most"


def test_trust_is_what_the_history_of_a_tie_comes_to_worked_out_on_paper() -> None:
    def trust(known: StandingArrays, today: int) -> float:
        return float(trust_of_history(known, PARAMETERS, today, 0, 0, 1, 1.0, 1.0))

    assert trust(known(), 3) == pytest.approx(0.4 * 0.8)
    assert trust(known(), 5) == pytest.approx(0.4 * 0.8**3)
    introduced = known(meetings=[[4, 0, rules.INTRODUCTION]])
    assert trust(introduced, 4) == pytest.approx((0.32 + 0.3 * 0.68) * 0.8)
    worked = known(works=[[4, 0, 1, 0, 0]])
    assert trust(worked, 4) == pytest.approx((0.32 + 0.5 * 0.68) * 0.8)
    over = known(works=[[4, 0, 1, 0, 4]])
    assert trust(over, 5) == pytest.approx(trust(worked, 4) * 0.8)
    before = known()._replace(origin=np.array([rules.BEFORE]), met=np.array([0]))
    assert trust(before, 2) == pytest.approx(0.5 * 0.8**2)
    assert trust(known(), 60) == rules.FORGOTTEN, "a tie that stands is not forgotten"


def test_evidence_on_its_way_is_that_of_the_last_months() -> None:
    works = np.array([[2, 0, 1, 0, 8], [9, 0, 1, 12, 0]])
    words = np.array([5, 9])
    pieces = pieces_on_their_way(works, PARAMETERS, 9, words, 1, 0)
    assert pieces[:, 0].tolist() == [7 + 3, 8 + 3, 9 + 3], "months 7 to 9 of work, each appears after the lag"
    assert months_worked(works, 9) == 6 + 1
