"""The run folder of a sweep: every finished block is stored before the next is reported, and nothing is run twice.

outcomes/block-00000.parquet ...   a row per point and replicate
points.parquet                     a row per point: means and intervals, once all is there
shares.parquet                     the design: how far along each factor every point lies
inputs/, manifest.json, journal.jsonl, figures/
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from results.estimates.parameter_uncertainty import unknown_of
from results.estimates.response import Response, linearized, ratio_at_own_parameters
from results.folders.files import write
from results.folders.folder import Folder, claim
from results.folders.inputs import read_input
from results.folders.journal import Journal
from results.folders.manifest import FolderError, read_manifest
from results.folders.parquet import ROWS, Columns, content_hash, read_table, write_parquet, write_parts
from results.sweeping.block_tables import point_columns, read_block, read_outcomes_of, run_columns
from scenarios import ScenarioError, to_dict
from scenarios.designs.binding import binding_of
from scenarios.designs.design import Design
from scenarios.designs.factors import factor_of
from simulation.outcomes import outcome_named
from simulation.running.campaign import Campaign, PointBlock, PointResult, Workers, block_of

SWEEP = "sweep"
"""The command that runs a design for its own sake; others run one for what they ask of it."""
BLOCKS = "outcomes"
POINTS = "points.parquet"
SHARES = "shares.parquet"
_LINE = {"block": int, "first": int, "points": int, "failed": list, "content": str}
"""What the journal says of a block besides its file."""


class UnfinishedError(FolderError):
    """A sweep that has not run all its points."""


@dataclass(frozen=True, eq=False)
class SweepFolder:
    """The folder of a sweep, a context that nobody else may write in.

    Attributes:
        folder: claimed.
        campaign: what is run.
        blocks: finished blocks by their number, as the journal has them.
        faults: what was wrong with what an earlier attempt kept, in words; those blocks are run again.
    """

    folder: Folder
    campaign: Campaign
    blocks: dict[int, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.folder.path

    @property
    def faults(self) -> list[str]:
        """What should be said of an earlier attempt, in words."""
        return self.folder.faults

    @property
    def networks(self) -> int:
        """Networks that are kept (count)."""
        return sum(len(self.campaign.points_of(block)) for block in self.blocks) * self.campaign.replicates

    @property
    def failed(self) -> dict[int, list[int]]:
        """Points that failed: number of the block -> numbers of the points."""
        return {block: list(about["failed"]) for block, about in sorted(self.blocks.items()) if about["failed"]}

    def __enter__(self) -> "SweepFolder":
        return self

    def __exit__(self, *_error: object) -> None:
        self.folder.release()

    def complete(
        self, workers: Workers | None = None, progress: Callable[[int], None] = lambda _networks: None
    ) -> None:
        """Run what is missing, keep each block as it is finished, and write the table of points.

        Args:
            workers: who does it; as many threads as there are processors if left out.
            progress: hears of networks as they are finished.
        """
        with closing(self.campaign.run(workers, done=self.blocks, progress=progress)) as blocks:
            for block in blocks:  # closed at once where keeping fails: the workers need not go on
                self.keep(block)
        self.finish()

    def retry_failed(
        self, workers: Workers | None = None, progress: Callable[[int], None] = lambda _networks: None
    ) -> None:
        """Run the points that failed once more, and no other; then `finish` it again.

        Args:
            workers: who does it; as many threads as there are processors if left out.
            progress: hears of networks as they are finished.
        """
        with closing(self.campaign.run_points(self.failed.items(), workers, progress=progress)) as renewed:
            for number, results in renewed:
                self.keep_again(number, results)

    def keep(self, block: PointBlock) -> None:
        """Write a finished block to the disk, then its line in the journal."""
        columns, name = run_columns(self.campaign.design, block), _file_of(block.number)
        write(self.path / name, partial(write_parquet, columns))
        about = {
            "block": block.number,
            "first": block.first,
            "points": len(block.points),
            "failed": sorted(block.failures),
            "content": content_hash(columns),
        }
        Journal(self.path).note(about, name)
        self.blocks[block.number] = about

    def keep_again(self, number: int, results: Mapping[int, PointResult]) -> None:
        """Put new results of some points into a block that is kept."""
        self.folder.note(finished=False)
        old = self.block(number)
        renewed = block_of(number, results, self.campaign.replicates, self.campaign.outcomes)
        values = old.values.copy()
        values[np.array(sorted(results)) - old.first] = renewed.values
        failures = {point: failure for point, failure in old.failures.items() if point not in results}
        self.keep(PointBlock(number, old.first, values, {**failures, **renewed.failures}))

    def block(self, number: int) -> PointBlock:
        """A kept block."""
        campaign = self.campaign
        file = self.path / _file_of(number)
        return read_block(file, number, campaign.points_of(number), campaign.replicates, campaign.outcomes)

    def failures(self) -> Iterator[tuple[int, str]]:
        """Every failed point, with its error."""
        for number in self.failed:
            for point, failure in self.block(number).failures.items():
                yield point, failure.error

    def response(self, outcome: str) -> Response:
        """One outcome at every point, from what is kept.

        Raises:
            UnfinishedError: if blocks are missing, with the count.
        """
        self._must_be_whole()
        return self.response_of(outcome, range(self.campaign.blocks))

    def response_of(self, outcome: str, blocks: Iterable[int]) -> Response:
        """One outcome at the points of some blocks, in the order of the blocks."""
        outcome = self.campaign.outcomes.called(outcome)
        campaign, over = self.campaign, outcome_named(outcome).over
        names = over or (outcome,)
        parts = []
        for number in blocks:
            points = campaign.points_of(number)
            parts.append(read_outcomes_of(self.path / _file_of(number), points, campaign.replicates, names))
        values = np.concatenate(parts, axis=1)
        if over is None:
            return Response(campaign.design, outcome, values[0])
        above, below = values[0].T, values[1].T
        own = ratio_at_own_parameters(above, below, unknown_of(campaign.design.bases, 0, campaign.replicates))
        one = linearized(above, below)[0].T
        return Response(campaign.design, outcome, one, None if own is None else own.T)

    def finish(self) -> None:
        """Write the table of points, put the journal in order; then the manifest says that the sweep is finished.

        Raises:
            UnfinishedError: if blocks are missing, with the count.
        """
        self._must_be_whole()
        write(self.path / POINTS, self.write_points)
        ordered = [(self.blocks[number], _file_of(number)) for number in sorted(self.blocks)]
        Journal(self.path).rewrite(ordered)
        content = hashlib.sha256("".join(about["content"] for about, _ in ordered).encode()).hexdigest()
        failed = sum(len(about["failed"]) for about, _ in ordered)
        self.folder.note(finished=True, failed=failed, content=content)

    def write_points(self, file: BinaryIO) -> None:
        """The table of points, made from the blocks."""
        write_parts(self._point_parts(), file)

    def _point_parts(self) -> Iterator[Columns]:
        """The table of points, some tens of thousands of rows at a time, however many there are."""
        waiting: list[Columns] = []
        rows = 0
        for number in range(self.campaign.blocks):
            waiting.append(point_columns(self.campaign.design, self.block(number)))
            rows += len(self.campaign.points_of(number))
            if rows >= ROWS or number == self.campaign.blocks - 1:
                yield _stacked(waiting)
                waiting, rows = [], 0

    def _must_be_whole(self) -> None:
        missing = self.campaign.blocks - len(self.blocks)
        if missing:
            raise UnfinishedError(
                f"{self.path}: {missing:,} of {self.campaign.blocks:,} blocks have not been run yet "
                f"({self.campaign.networks - self.networks:,} networks); go on with the command that began it"
            )


def open_sweep(
    path: Path | str | None,
    campaign: Campaign,
    command_line: Sequence[str] = (),
    *,
    command: str = SWEEP,
    more: Mapping[str, Any] | None = None,
) -> SweepFolder:
    """Open the folder of a sweep; with the same inputs an interrupted one goes on, and of a finished one all is there.

    Args:
        path: where; None is `runs/<when>-sweep-<scenario>/`.
        campaign: what is to be run.
        command_line: as it was typed, for the manifest.
        command: which command runs the design.
        more: what else its results depend on, JSON values by name.

    Raises:
        FolderError: if it holds another run, or something else, is in use, or cannot be written.
    """
    design = campaign.design
    path = None if path is None else Path(path)
    inputs = {**inputs_of(campaign, command), **(more or {})}
    folder = claim(path, inputs, command_line, design.bases, partial(goes_on, campaign, inputs))
    try:
        if folder.before is not None and (there := folder.before.inputs["design"]["points"]) < len(design):
            folder.faults.append(f"{folder.path} goes on: {there:,} points were asked for, and now {len(design):,}.")
        columns: dict[str, Any] = {"point": np.arange(len(design), dtype=np.int64)}
        columns |= {factor.key: design.shares[:, place] for place, factor in enumerate(design.factors)}
        write(folder.path / SHARES, partial(write_parquet, columns))
        opened = SweepFolder(folder, campaign)
        _recall(opened)
        if len(opened.blocks) < campaign.blocks:
            folder.note(finished=False)
    except OSError as error:
        folder.release()
        raise FolderError(f"{folder.path} cannot be used as the sweep's folder: {error}") from None
    return opened


def read_sweep(path: Path | str) -> SweepFolder:
    """The folder of a sweep to be read, by whoever wants to check or analyse it; somebody else may be writing it.

    Raises:
        FolderError: if it is not a sweep's folder, or cannot be read.
    """
    path = Path(path)
    try:
        manifest = read_manifest(path, "sweep")
        inputs = manifest.inputs
        if not is_swept(inputs):
            raise FolderError(f"{path} holds a {manifest.command}, not a sweep")
        opened = SweepFolder(Folder(path, inputs, manifest.command_line, manifest), campaign_of(path, inputs))
        _recall(opened, mend=False)
    except FolderError:
        raise
    except FileNotFoundError as error:
        raise FolderError(f"{path} is not a sweep's folder: there is no {Path(str(error.filename)).name}") from None
    except (OSError, ValueError, KeyError, TypeError, ScenarioError) as error:
        raise FolderError(f"{path} cannot be read as a sweep's folder ({error})") from None
    return opened


def campaign_of(path: Path, inputs: Mapping[str, Any]) -> Campaign:
    """The campaign of a folder, from its manifest's inputs, its scenarios and its table of shares."""
    factors = tuple(factor_of(one) for one in inputs["design"]["factors"])
    table = read_table(path / SHARES)
    if len(table) != inputs["design"]["points"]:
        raise FolderError(
            f"{path / SHARES} has {len(table):,} points, and the manifest {inputs['design']['points']:,}: more points "
            "were just asked for, or that failed; try again, or ask for them again"
        )
    shares = np.column_stack([table.column(factor.key).to_numpy() for factor in factors])
    design = Design(
        inputs["design"]["kind"],
        factors,
        tuple(read_input(path, name) for name in inputs["scenarios"]),
        shares,
        inputs["design"]["size"],
        inputs["design"]["seed"],
        binding_of(inputs["design"]),
    )
    return Campaign(design, inputs["replicates"], inputs["seed"], inputs["engine"])


def is_swept(inputs: Mapping[str, Any]) -> bool:
    """Whether the inputs in a manifest are those of a design that was run, by whatever command."""
    return "design" in inputs


def inputs_of(campaign: Campaign, command: str = SWEEP) -> dict[str, Any]:
    """Everything that the results of a sweep depend on, as JSON values."""
    design = campaign.design
    return {
        "command": command,
        "engine": campaign.engine,
        "seed": campaign.seed,
        "replicates": campaign.replicates,
        "design": {
            "kind": design.kind,
            "points": len(design),
            "size": design.size,
            "seed": design.seed,
            "factors": [factor.describe() for factor in design.factors],
            **design.binding.describe(),
            "shares": _hash_of(design.shares),
        },
        "scenarios": {scenario.name: to_dict(scenario) for scenario in design.bases},
    }


def goes_on(campaign: Campaign, inputs: Mapping[str, Any], there: Mapping[str, Any]) -> bool:
    """Whether a run that is there is the same one with fewer points of its sequence.

    Args:
        campaign: what is to be run.
        inputs: of it.
        there: the inputs of the run that is there.
    """
    design = campaign.design
    if design.kind != "sequence" or not is_swept(there):
        return False
    count = there["design"].get("points")
    if not isinstance(count, int) or not 0 < count < len(design):
        return False
    first = {"points": count, "size": count, "shares": _hash_of(design.shares[:count])}
    wanted: Any = json.loads(json.dumps({**inputs, "design": {**inputs["design"], **first}}))
    return bool(wanted == there)


def _hash_of(shares: Any) -> str:
    return hashlib.sha256(np.ascontiguousarray(shares, dtype="<f8").tobytes()).hexdigest()


def _recall(opened: SweepFolder, *, mend: bool = True) -> None:
    journal, campaign = Journal(opened.path), opened.campaign
    for entry in journal.recall(_LINE, mend=mend):
        number = entry["block"]
        is_one = entry["file"] == _file_of(number) and 0 <= number < campaign.blocks
        if is_one and entry["points"] == len(campaign.points_of(number)):  # of a sequence that grew, the last is longer
            opened.blocks[number] = {key: entry[key] for key in _LINE}
    opened.faults.extend(journal.faults)


def _file_of(block: int) -> str:
    return f"{BLOCKS}/block-{block:05d}.parquet"


def _stacked(parts: Sequence[Columns]) -> Columns:
    stacked: dict[str, Any] = {}
    for name, column in parts[0].items():
        columns: list[Any] = [part[name] for part in parts]
        stacked[name] = (
            np.concatenate(columns) if isinstance(column, np.ndarray) else [word for some in columns for word in some]
        )
    return stacked
