"""What a sweep has found so far: the blocks that are whole, read beside whoever is writing the others.

Nothing is locked, and nothing in the folder is changed. A block counts once its line stands in the journal, which is
after it was whole on the disk.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from results.estimates.response import Response
from results.folders.manifest import FolderError, read_manifest
from results.sweeping.sweep_folder import SWEEP, SweepFolder, is_swept, read_sweep
from scenarios.designs.binding import FREE
from scenarios.designs.design import Design

ORDERS = {
    "sequence": "The first points of a sequence are a design by themselves, so what they say may be read as it is.",
    "lhs": "The points of a Latin hypercube come in no order: these cover the space as chance would, less evenly than "
    "all will.",
    "points": "Points are run in the order of their table: what comes later there is missing.",
    "grid": "A grid is run in its order, in which the first factor changes last, so a whole part of it is missing: "
    "read this as what that part says. --design sequence has an order that is safe to stop.",
}
"""Kind of a design -> what a part of it is good for."""
OF_A_SCHEME = (
    "The points of this design belong together: its indices or effects need all of them, and until then these are "
    "points like any others."
)


@dataclass(frozen=True, eq=False)
class SoFar:
    """The points of a sweep that are there.

    Attributes:
        folder: of the sweep.
        blocks: numbers of the blocks that are read; of a sequence those without a gap before them.
    """

    folder: SweepFolder
    blocks: tuple[int, ...]

    @cached_property
    def points(self) -> NDArray[np.int64]:
        """Numbers of the points, int[points]."""
        found = [np.array(self.folder.campaign.points_of(block), dtype=np.int64) for block in self.blocks]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)

    @property
    def of(self) -> int:
        """Points in all (count)."""
        return len(self.folder.campaign.design)

    @property
    def is_whole(self) -> bool:
        """Whether all points are there."""
        return len(self.points) == self.of

    @property
    def networks(self) -> int:
        """Networks at these points (count)."""
        return len(self.points) * self.folder.campaign.replicates

    @property
    def order(self) -> str:
        """What these points are good for, given the order in which they were run; "" where all are there."""
        return "" if self.is_whole else ORDERS.get(self.folder.campaign.design.kind, OF_A_SCHEME)

    @cached_property
    def design(self) -> Design:
        """These points. Of a scheme that is not whole they are points like any others."""
        whole = self.folder.campaign.design
        if self.is_whole:
            return whole
        part = replace(whole, shares=whole.shares[self.points], size=len(self.points))
        if whole.kind in ("sequence", "lhs"):
            return part
        return replace(part, kind="points", binding=FREE)  # how many points are left out is not known of a part

    def response(self, outcome: str) -> Response:
        """An outcome at these points."""
        return replace(self.folder.response_of(outcome, self.blocks), design=self.design)

    def failures(self) -> Iterator[tuple[int, str]]:
        """Which of these points failed, by their place among them, with their errors."""
        place = {int(point): number for number, point in enumerate(self.points)}
        for point, error in self.folder.failures():
            if point in place:
                yield place[point], error


def read_so_far(path: Path | str) -> SoFar:
    """What is there of a sweep, which may be running or may have been stopped.

    Raises:
        FolderError: if it is not a sweep's folder, or no point is finished yet.
    """
    inputs = read_manifest(Path(path), "sweep").inputs
    if "adaptive" in inputs and not is_swept(inputs):
        raise FolderError(
            f"{path} is an adaptive sweep that is still choosing points; its rounds are sweeps by themselves: "
            f"legato sweep {Path(path) / 'rounds' / 'round-00'}"
        )
    folder = read_sweep(path)
    command = str(folder.folder.inputs["command"])
    if command != SWEEP:
        raise FolderError(f"{path} holds a {command}, not a sweep")
    there = sorted(folder.blocks)
    if folder.campaign.design.kind == "sequence":
        there = [number for place, number in enumerate(there) if place == number]
    if not there:
        raise FolderError(f"{path}: no block of points is finished yet; try again in a moment")
    return SoFar(folder, tuple(there))
