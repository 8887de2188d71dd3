"""Members and ties of many networks as tables: by name, with units in the file, the same in Python and on the disk."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pyarrow import parquet

import results
import scenarios
from scenarios.files.faults import RequestError
from tests.answers import SURVEY
from tests.shared import ask

SHORT: dict[str, Any] = {"network.members": 8, "closing.month": 8, "closing.notice": 2, "network.months": 12}


def test_files_and_frames_say_the_same_and_what_columns_mean(tmp_path: Path) -> None:
    written = results.Export(
        "salex", form="agents", replicates=3, settings=SHORT, posterior=None, out=tmp_path
    ).answer()
    assert (written.document["replicates"], written.document["months"]) == (3, [0, 12])
    scenario = scenarios.replace(scenarios.load("salex", posterior=None), SHORT)
    frames = results.agent_frames(scenario, replicates=3)
    for name in frames:
        file = tmp_path / f"{name}.parquet"
        pd.testing.assert_frame_equal(pd.read_parquet(file), pd.DataFrame(frames[name]), check_dtype=False)
        for field in parquet.read_schema(file):  # type: ignore[no-untyped-call]
            said = {key.decode(): value.decode() for key, value in field.metadata.items()}
            assert said == frames[name].attrs["columns"][field.name]
            assert said["unit"]
            assert said["meaning"]
    agents = frames["agents"]
    assert len(agents) == 3 * 13 * 8
    assert agents["member"].nunique() == 8
    assert not agents.duplicated(["replicate", "month", "member"]).any()


def test_rows_are_of_the_networks_that_run_simulates(tmp_path: Path) -> None:
    ran = results.Run("salex", settings=SHORT, replicates=4, out=tmp_path / "run", figures=False).answer()
    told = ask("export", str(tmp_path / "run"), "--as", "agents", "--replicates", "4", "--out", str(tmp_path), "--json")
    assert json.loads(told.stdout)["replicates"] == 4
    ends = pd.read_parquet(tmp_path / "agents.parquet").query("month == 8").groupby("replicate")
    rate = ends["has_collaborated"].mean().to_numpy()
    assert np.array_equal(rate, ran.ensemble["collaboration_rate"])


def test_members_of_a_roster_have_their_names(tmp_path: Path) -> None:
    new = results.New(tmp_path / "own", members=SURVEY / "members.csv", ties=None).answer()
    out = tmp_path / "told"
    results.Export(str(new.scenario), form="agents", month=6, out=out, posterior=None).answer()
    names = pd.read_csv(SURVEY / "members.csv")["name"]
    assert set(pd.read_parquet(out / "agents.parquet")["member"]) == set(names)
    ties = pd.read_parquet(out / "agent-ties.parquet")
    place = {name: number for number, name in enumerate(names)}
    assert (ties["one"].map(place) < ties["other"].map(place)).all()
    assert set(ties["month"]) == {6}


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="several networks are written by form agents only"):
        results.Export("salex", replicates=3, out=tmp_path).answer()
    with pytest.raises(RequestError, match="month: 99; allowed is 0 to"):
        results.Export("salex", form="agents", month=99, out=tmp_path).answer()
    (tmp_path / "agents.parquet").touch()
    with pytest.raises(RequestError, match="nothing is overwritten"):
        results.Export("salex", form="agents", out=tmp_path).answer()
