"""A network that goes on from how it stands today, in both twins."""

from pathlib import Path

import numpy as np
import pytest

import scenarios
import simulation
from scenarios import Scenario
from simulation.model.network import CollaborationNetwork
from simulation.outcomes import NAMES
from simulation.running.chronicle import historian

TODAY = 9
HOW = ("", "convening", "introduction")
PLAN = ("closing.month=25", "grants.per_call=2")


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
    write(home, "collaborations", "from,to,began,funded_until,ended", works)
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
