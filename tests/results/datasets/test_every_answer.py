"""Every answer gives data frames and a dataset whose columns say what they mean; a run folder gives the same again."""

from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import results
from results.commands.answer import Answer
from results.commands.statement import Statement
from results.datasets.frames import ANSWER
from results.folders.manifest import FolderError
from tests.answers import MADE, answer
from tests.shared import needs

QUICK = [
    f"{name}Answer"
    for name in ("Run", "Compare", "Sweep", "Given", "Portfolio", "Members", "Check", "Describe", "Show")
]
NO_ROWS = ("ExploreAnswer",)
"""Answers that say no more than where a file is."""
FOLDERS = ["RunAnswer", "CompareAnswer", "CheckAnswer", "PortfolioAnswer"]
"""Answers whose document is kept in their folder."""


@pytest.fixture(scope="module", autouse=True)
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    answer.cache_clear()
    with chdir(tmp_path_factory.mktemp("answers")):
        yield
    answer.cache_clear()


def below(kind: type[Any]) -> set[str]:
    """Names of all classes of answers that commands give."""
    return {name for one in kind.__subclasses__() for name in ({one.__name__} | below(one)) - {"DesignAnswer"}}


def test_every_class_of_an_answer_is_looked_at() -> None:
    import results.commands.json_schemas  # loads every command

    for name in dir(results):
        getattr(results, name)
    assert below(Answer) | below(Statement) == set(MADE)


@pytest.mark.quick_cases(*QUICK)
@pytest.mark.parametrize("name", MADE)
def test_an_answer_gives_frames_whose_columns_are_documented(name: str) -> None:
    found = answer(name)
    assert type(found).__name__ == name
    frames = found.frames()
    assert len(frames) or name in NO_ROWS
    for table in frames:
        frame = frames[table]
        assert len(frame.columns) == len(set(frame.columns))
        unknown = [column for column, one in frame.attrs["columns"].items() if not (one["unit"] and one["meaning"])]
        assert table.startswith(ANSWER) or unknown == [], f"columns.py does not know {table}: {unknown}"
        assert {"source", "fingerprint"} <= frame.attrs.keys()


@needs("xarray")
@pytest.mark.quick_cases(*QUICK)
@pytest.mark.parametrize("name", MADE)
def test_an_answer_gives_a_dataset_that_holds_every_number(name: str) -> None:
    found = answer(name)
    frames, dataset = found.frames(), found.to_xarray()
    held = {table: [one for one in dataset.data_vars.values() if one.attrs["table"] == table] for table in frames}
    for table in frames:
        frame = frames[table]
        numbers = frame.select_dtypes("number")
        for variable in held[table]:
            column = str(variable.name).removeprefix(f"{table}_".replace("/", "_").replace(".", "_").replace("-", "_"))
            if column in numbers and variable.dtype.kind == "f":
                there = variable.to_numpy()
                wanted = np.sort(numbers[column].dropna().to_numpy(dtype=float))
                assert np.array_equal(np.sort(there[~np.isnan(there)]), wanted), (table, column)
    assert all("units" in one.attrs for one in dataset.variables.values() if not str(one.dims).endswith("_row',)"))


@needs("xarray")
def test_networks_have_dimensions_and_units() -> None:
    dataset = answer("CompareAnswer").to_xarray()
    rate = dataset["collaboration_rate"]
    assert rate.dims == ("scenario", "replicate")
    assert (rate.attrs["units"], dataset["total_cost"].attrs["units"]) == ("1", "USD")
    assert dataset["months_mean"].dims == ("scenario", "month", "outcome")
    ensemble = answer("CompareAnswer").ensembles[1]
    assert np.array_equal(rate.sel(scenario=ensemble.scenario.name), ensemble["collaboration_rate"])
    month = dataset["months_mean"].sel(scenario=ensemble.scenario.name, outcome="trust")
    assert np.array_equal(month, ensemble.mean_months[:, ensemble_place("trust")])
    assert dataset.attrs["fingerprint"]


def ensemble_place(outcome: str) -> int:
    from simulation.outcomes import MONTHLY_NAMES

    return MONTHLY_NAMES.index(outcome)


@needs("xarray")
def test_points_of_a_sweep_have_their_factors_as_coordinates() -> None:
    found = answer("SweepAnswer")
    dataset, points = found.to_xarray(["outcomes", "points", "shares"]), found.to_frame("points")
    assert dataset["collaboration_rate"].dims == ("point", "replicate")
    intensity = dataset["facilitation.intensity"]
    assert intensity.dims == ("point",)
    assert np.array_equal(intensity, points["facilitation.intensity"].to_numpy())
    mean = dataset["collaboration_rate"].mean("replicate").to_numpy()
    assert mean == pytest.approx(dataset["points_collaboration_rate"])


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_gives_the_frames_of_its_answer_without_running(name: str) -> None:
    found = answer(name)
    ours, theirs = found.frames(), results.open_run(found.folder).frames()
    assert list(ours) == list(theirs)
    for table in ours:
        pd.testing.assert_frame_equal(ours[table], theirs[table])
        assert ours[table].attrs == theirs[table].attrs


@needs("xarray")
def test_a_dataset_can_be_kept_as_netcdf(tmp_path: Path) -> None:
    import xarray

    dataset = results.open_run(answer("CompareAnswer").folder).to_xarray()
    dataset.to_netcdf(tmp_path / "run.nc", engine="h5netcdf")
    with xarray.open_dataset(tmp_path / "run.nc", engine="h5netcdf") as again:
        assert np.array_equal(again["collaboration_rate"], dataset["collaboration_rate"])
        assert again.attrs["fingerprint"] == dataset.attrs["fingerprint"]


def test_without_xarray_the_way_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(ImportError, match=r"legato-networks\[exchange\]"):
        answer("LibraryAnswer").to_xarray()


def test_what_is_no_run_folder_or_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match=r"there is no manifest\.json"):
        results.open_run(tmp_path)
    with pytest.raises(KeyError, match="there is no table 'outcome'; there are members, months, outcomes"):
        answer("RunAnswer").frames()["outcome"]


def test_the_main_table_of_every_answer_is_there() -> None:
    assert len(answer("RunAnswer").to_frame()) == 6
    assert answer("CompareAnswer").to_frame("outcomes")["scenario"].nunique() == 2
