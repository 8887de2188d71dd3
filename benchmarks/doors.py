"""The doors through which files come in: how what stands in one is read, and what the answer has to be.

Whatever stands in a file, the answer is a refusal that names what is wrong, or a network that can be run and whose
numbers are numbers; what was written is what is run.
"""

from __future__ import annotations

import csv
import io
import json
import math
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

import scenarios
import simulation
from benchmarks.hostile import (
    futures,
    graphs,
    override_lists,
    posteriors,
    rosters,
    scenario_files,
    sheets,
    studies,
    surveys,
)  # fmt: skip
from results.comparing.documents import show_document
from scenarios import KEYS, ScenarioError, value_of
from scenarios.designs.futures import read_futures
from scenarios.observed.reading import read_observed
from scenarios.observed.waves import read_waves
from scenarios.reading.layers import flatten
from simulation.outcomes import NAMES

MOST_WORK = 30_000
"""Member-months of what is run to see that it runs; larger networks are read, and left alone."""


Answer = str
"""REFUSED, READ or RUN: what became of an input that was answered as it should be."""


REFUSED, READ, RUN = "refused", "read only", "run"


class Door(NamedTuple):
    """A kind of file that people write.

    Attributes:
        file: what it is called, the first of its folder.
        make: how its content is made: the files of a folder, by name.
        answer: reads the folder and runs what can be run; raises ScenarioError for a refusal and for nothing else.
        command: of the command line that reads the same, without running much; "{}" is the file.
    """

    file: str
    make: st.SearchStrategy[dict[str, bytes]]
    answer: Callable[[Path], Answer]
    command: tuple[str, ...]


def _written(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in flatten(table) if key in KEYS}


def answer_scenario(folder: Path) -> Answer:
    """Read a scenario file; what stands in it is what the scenario has."""
    file = folder / "scenario.toml"
    scenario = scenarios.load(file, posterior=None)
    _check_unchanged(scenario, _written(tomllib.loads(file.read_bytes().decode("utf-8-sig"))))
    return run_small(scenario)


def overrides_of(folder: Path) -> list[str]:
    """The texts behind --set."""
    return (folder / "overrides.txt").read_bytes().decode("utf-8", "replace").split("\x1e")


def answer_overrides(folder: Path) -> Answer:
    """Override values of salex."""
    said = overrides_of(folder)
    scenario = scenarios.load("salex", said, posterior=None)
    parts = [one.partition("=") for one in said]
    _check_unchanged(
        scenario, {key.strip(): scenarios.parse_value(key.strip(), value.strip()) for key, _, value in parts}
    )
    return run_small(scenario)


def _check_unchanged(scenario: scenarios.Scenario, written: Mapping[str, Any]) -> None:
    for key, value in written.items():
        if key in KEYS and KEYS[key].kind != "str":
            has = value_of(scenario, key)
            assert has == (tuple(value) if isinstance(value, list) else value), f"{key} was {value!r}, and is {has!r}"
            assert isinstance(has, bool) == isinstance(value, bool)


def answer_roster(folder: Path) -> Answer:
    """Read a roster; names and needs are those of the file."""
    ties = folder / "ties.csv"
    roster = scenarios.read_roster(folder / "members.csv", ties if ties.is_file() else None)
    assert len(set(roster.names)) == len(roster.names) >= 2
    assert all(0 <= need <= 1 for need in roster.need.tolist())
    text = (folder / "members.csv").read_bytes().decode("utf-8-sig")
    said = {
        " ".join(cell.split())
        for delimiter in ",;\t"
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for cell in row
    }
    assert said.issuperset(roster.names), "a name is not as it was written"
    for one, other, trust in roster.ties or ():
        assert 0 <= one < other < len(roster.names)
        assert 0 < trust <= 1
    changes = {"members.file": str(folder / "members.csv"), **({"members.ties": str(ties)} if ties.is_file() else {})}
    return run_small(scenarios.replace(SALEX, changes))


def answer_foreign(folder: Path) -> Answer:
    """Found a scenario of files from elsewhere, and read it again."""
    members = next(folder / name for name in ("members.graphml", "elements.csv") if (folder / name).is_file())
    ties = folder / "connections.csv"
    scenario = scenarios.found(folder / "founded", members, ties if ties.is_file() else None)
    return run_small(scenarios.load(scenario, posterior=None))


def answer_study(folder: Path) -> Answer:
    """Read what happened."""
    for study in read_observed(folder / "observed.toml", NAMES):
        run_small(study.scenario)
    return READ


def answer_survey(folder: Path) -> Answer:
    """Read a survey in waves."""
    answered = folder / "answered.csv"
    waves = read_waves(folder / "members.csv", folder / "ties.csv", answered if answered.is_file() else None)
    assert len(waves.months) >= 2
    assert not ((waves.strength < 0) | (waves.strength > 1)).any()
    return READ


def answer_posterior(folder: Path) -> Answer:
    """Read a posterior; its numbers are numbers, and those of the file."""
    posterior = scenarios.read_posterior(folder / "posterior.csv")
    assert abs(math.fsum(posterior.weights.tolist()) - 1) < 1e-9
    assert all(math.isfinite(one) for one in posterior.values.ravel().tolist())
    return run_small(SALEX.with_posterior(posterior))


def answer_futures(folder: Path) -> Answer:
    """Read futures, and run the first."""
    read = read_futures(str(folder / "futures.toml"), (SALEX,), count=2)
    design = read.design((SALEX,))
    for point in range(len(design)):
        try:
            run_small(design.scenario(point))
        except ScenarioError:  # a point that contradicts itself is a row with its error
            continue
    return READ


SALEX = scenarios.load("salex", posterior=None)


DOORS: Mapping[str, Door] = {
    "scenario": Door("scenario.toml", scenario_files(), answer_scenario, ("show", "{}", "--json")),
    "overrides": Door("overrides.txt", override_lists(), answer_overrides, ("show", "salex", "--json")),
    "roster": Door("members.csv", rosters(), answer_roster, ("new", "{}-founded", "--members", "{}")),
    "graphml": Door("members.graphml", graphs(), answer_foreign, ("new", "{}-founded", "--members", "{}")),
    "kumu": Door("elements.csv", sheets(), answer_foreign, ("new", "{}-founded", "--members", "{}")),
    "observed": Door("observed.toml", studies(), answer_study, ("calibrate", "{}", "--plan", "--replicates", "2")),
    "survey": Door("ties.csv", surveys(), answer_survey, ("check", "{}/..", "--no-assumptions", "--replicates", "2")),
    "posterior": Door(
        "posterior.csv", posteriors(), answer_posterior, ("run", "salex", "--posterior", "{}", "--replicates", "1")
    ),
    "futures": Door(
        "futures.toml", futures(), answer_futures, ("compare", "salex", "sparc", "--over", "{}", "--futures", "2")
    ),
}
"""Every file that people write, by what it is called."""


def line_of(name: str, folder: Path) -> list[str]:
    """The command line that reads what stands in a folder."""
    line = [word.replace("{}", str(folder / DOORS[name].file)) for word in DOORS[name].command]
    if name == "overrides":
        line += [word for one in overrides_of(folder) for word in ("--set", one)]
    for ties in ("ties.csv", "connections.csv"):
        if line[0] == "new" and (folder / ties).is_file():
            line += ["--ties", str(folder / ties)]
    return line


def run_small(scenario: scenarios.Scenario) -> Answer:
    """Run a network or two, if they are small; every number of theirs has to be one, or missing by its definition."""
    json.dumps(show_document(scenario, scenarios.rows(scenario)), allow_nan=False)
    work = scenario.network.members * scenario.last_month * (1 + scenario.network.joining)
    if work > MOST_WORK:
        return READ
    ensemble = simulation.run(scenario, replicates=2, workers=1)
    for name in NAMES:
        for value in ensemble[name].tolist():
            assert math.isfinite(value) or math.isnan(value), f"{name} is {value}"
    for name in ("collaboration_rate", "total_cost"):
        assert not any(map(math.isnan, ensemble[name].tolist())), f"{name} is missing"
    return RUN


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder with these files."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
