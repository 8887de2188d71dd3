"""The run folder of an adaptive design: each round is a sweep of its own until all are there; then they are one sweep.

rounds/round-00/ ...   a finished or begun sweep each, with its journal; gone when the whole is kept
points.parquet, ...    then: the folder of a sweep as any other

Whatever stops it, the same request goes on: finished rounds are read, and the next is chosen from them as before.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.emulating.adding import Rounds, Told, added, told
from results.emulating.toward import Toward
from results.folders.examination import Examination
from results.folders.files import write
from results.folders.folder import Folder
from results.folders.manifest import MANIFEST, FolderError, manifest_now, read_manifest
from results.folders.parquet import write_parquet
from results.sweeping.sweep_folder import SHARES, SweepFolder, campaign_of, inputs_of, is_swept, open_sweep, read_sweep
from scenarios.designs.design import Design
from simulation.running.campaign import Campaign, Failure, PointBlock, Workers

Values = NDArray[np.float64]
ROUNDS = "rounds"


@dataclass(frozen=True, eq=False)
class Adaptive:
    """What is asked.

    Attributes:
        first: the first batch of points, with how they are run.
        toward: what points are added for.
        points: in all (count).
    """

    first: Campaign
    toward: Toward
    points: int

    @property
    def rounds(self) -> Rounds:
        """How many points each round has."""
        return Rounds.of(self.points, len(self.first.design.factors))

    @property
    def more(self) -> dict[str, Any]:
        """What the points depend on besides the design, as JSON values."""
        return {
            "adaptive": {
                **self.toward.describe(),
                "rounds": list(self.rounds.sizes),
                "first": inputs_of(self.first)["design"]["shares"],
            }
        }

    @property
    def begun(self) -> dict[str, Any]:
        """Inputs of a folder in which not all points are chosen yet."""
        inputs = inputs_of(self.first)
        about = inputs.pop("design")
        return {**inputs, **self.more, "varied": about["factors"], "design_seed": about["seed"]}

    def whole(self, shares: Values) -> Campaign:
        """All points, once they are chosen."""
        return replace(self.first, design=replace(self.first.design, shares=shares, size=len(shares)))

    def chosen_in(self, path: Path | None) -> Campaign | None:
        """The points of a folder that has chosen all of them for this very question; None where it has not."""
        if path is None or not (path / MANIFEST).is_file():
            return None
        inputs = read_manifest(path).inputs
        if not is_swept(inputs):
            return None
        there = campaign_of(path, inputs)
        expected = {**inputs_of(self.whole(there.design.shares)), **self.more}
        return there if _plain(expected) == inputs else None


def run_rounds(
    asked: Adaptive, folder: Folder, workers: Workers, progress: Callable[[int], None], say: Callable[[int, int], None]
) -> Campaign:
    """Run every round that is missing; then the folder's manifest has all points.

    Args:
        asked: what is asked.
        folder: claimed.
        workers: who does it.
        progress: hears of networks as they are finished.
        say: hears of each round that begins: its number and points.
    """
    design = asked.first.design
    shares, values = np.empty((0, len(design.factors))), np.empty((0, asked.first.replicates))
    for number, first, last in asked.rounds.starts():
        path = round_path(folder.path, number)
        kept = _kept(path, asked)
        if kept is None:
            say(number, last - first)
            kept = design.shares if number == 0 else added(design, shares, values, asked.toward, last - first)
        with open_sweep(path, asked.whole(kept), folder.command_line) as one:
            one.complete(workers, progress)
            values = np.concatenate([values, one.response(asked.toward.outcome).values])
        shares = np.concatenate([shares, kept])
    whole = asked.whole(shares)
    columns: dict[str, Any] = {"point": np.arange(len(shares), dtype=np.int64)}
    columns |= {factor.key: shares[:, place] for place, factor in enumerate(design.factors)}
    write(folder.path / SHARES, partial(write_parquet, columns))
    inputs = _plain({**inputs_of(whole), **asked.more})
    manifest_now(tuple(folder.command_line), inputs, finished=False).write(folder.path)
    return whole


def gather(folder: SweepFolder) -> None:
    """Keep what the rounds hold as the blocks of the whole."""
    there = [read_sweep(path) for path in sorted((folder.path / ROUNDS).glob("round-*"))]
    if sum(len(one.campaign.design) for one in there) != len(folder.campaign.design):
        return
    values, first = [], 0
    failures: dict[int, Failure] = {}
    for one in there:
        for number in range(one.campaign.blocks):
            block = one.block(number)
            values.append(block.values)
            failures |= {first + point: failure for point, failure in block.failures.items()}
        first += len(one.campaign.design)
    rows = np.concatenate(values)
    for number in range(folder.campaign.blocks):
        if number not in folder.blocks:
            points = folder.campaign.points_of(number)
            mine = {point: failures[point] for point in points if point in failures}
            folder.keep(PointBlock(number, points.start, rows[points.start : points.stop], mine))


def forget_rounds(path: Path) -> None:
    """Remove the rounds of a folder that is whole."""
    shutil.rmtree(path / ROUNDS, ignore_errors=True)


def round_path(path: Path, number: int) -> Path:
    """The folder of a round."""
    return path / ROUNDS / f"round-{number:02d}"


def networks_kept(path: Path) -> int:
    """Networks of rounds that are kept (count)."""
    kept = 0
    for one in sorted((path / ROUNDS).glob("round-*")):
        try:
            kept += read_sweep(one).networks
        except FolderError:
            continue
    return kept


def _kept(path: Path, asked: Adaptive) -> Values | None:
    """The points of a round that was begun; None where they have to be chosen."""
    try:
        there = campaign_of(path, read_manifest(path).inputs)
    except (FolderError, OSError, KeyError, ValueError):
        shutil.rmtree(path, ignore_errors=True)  # stopped before it was written
        return None
    same = _plain(inputs_of(asked.whole(there.design.shares))) == read_manifest(path).inputs
    if not same:
        shutil.rmtree(path, ignore_errors=True)
    return there.design.shares if same else None


def _plain(inputs: Mapping[str, Any]) -> Any:
    import json

    return json.loads(json.dumps(inputs))


def asked_of(inputs: Mapping[str, Any]) -> tuple[Toward, Rounds]:
    """What an adaptive design was after, and its rounds, from the inputs of its manifest."""
    about = inputs["adaptive"]
    return Toward(about["outcome"], about["value"], about["side"]), Rounds(tuple(about["rounds"]))


def asked_again(whole: Campaign, inputs: Mapping[str, Any]) -> Adaptive:
    """What a finished adaptive design was asked, from all its points and the inputs of its manifest."""
    toward, rounds = asked_of(inputs)
    count = rounds.sizes[0]
    first = replace(whole.design, shares=whole.design.shares[:count], size=count)
    return Adaptive(replace(whole, design=first), toward, len(whole.design))


def told_by(folder: SweepFolder, asked: Adaptive) -> Told:
    """What a finished adaptive design says of the space."""
    values = folder.response(asked.toward.outcome).values
    return told(folder.campaign.design, values, asked.toward, asked.rounds)


def rounds_of(design: Design, values: Values, rounds: Rounds) -> Iterator[tuple[int, int, Values, Values]]:
    """Each round after the first: its first point, the one after its last, and what was known before it."""
    for number, first, last in rounds.starts():
        if number:
            yield first, last, design.shares[:first], values[:first]


def verify_adaptive(check: Examination) -> None:
    """Whether every round of points is what follows from the rounds before it."""
    toward, rounds = asked_of(check.manifest.inputs)
    if check.on_another:
        check.found.notes.append("Which points were added is not compared: another kind of processor chose them.")
        return
    try:
        folder = read_sweep(check.path)
        design, values = folder.campaign.design, folder.response(toward.outcome).values
    except FolderError as error:
        check.fault(str(error))
        return
    if sum(rounds.sizes) != len(design):
        check.fault(f"{check.path} has {len(design):,} points, and its rounds {sum(rounds.sizes):,}")
        return
    for first, last, shares, known in rounds_of(design, values, rounds):
        if not np.array_equal(added(design, shares, known, toward, last - first), design.shares[first:last]):
            check.fault(f"points {first} to {last - 1} are not those that follow from the points before them")
            return
    check.found.notes.append(f"{len(rounds.sizes)} rounds of points follow from what came out before each.")
