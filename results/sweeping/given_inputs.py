"""What a finished run folder holds for a sensitivity analysis: inputs and outcomes at every point.

In a sweep, a point is a point of its design. In `compare --over` it is a future. In `run` and `compare` it is a set of
parameters, that of a pair of replicates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from results.estimates.response import Response, linearized
from results.folders.inputs import read_input
from results.folders.manifest import FolderError, Manifest, read_manifest
from results.folders.parquet import read_table
from results.sweeping.so_far import SoFar, read_so_far
from results.sweeping.sweep_folder import is_swept, read_sweep
from scenarios import Scenario, ScenarioError
from scenarios.designs.design import Design
from scenarios.designs.futures import POSTERIOR, read_futures
from scenarios.schema.posterior import IN_A_ROW
from simulation.outcomes import Outcomes, outcome_named
from simulation.own_outcomes.catalogue import outcomes_of

Values = NDArray[np.float64]
TAKES = "the folder of a sweep, of compare, with --over or without, or of run"
OF_REPLICATES = ("run", "compare")
IN_PART = ("sequence", "lhs", "points", "grid")
"""Designs of which a part can be analysed, with what that part is good for: those of a scheme need all their points."""


@dataclass(frozen=True, eq=False)
class Given:
    """One outcome at every point.

    Attributes:
        outcome: its name.
        of: the plan, or the plan less the baseline, in words; "" where there is one only.
        values: float[points, networks]; nan where missing.
    """

    outcome: str
    of: str
    values: Values


@dataclass(frozen=True, eq=False)
class RunPoints:
    """A finished run folder, read.

    Attributes:
        path: the folder.
        manifest: of it.
        bases: the scenarios.
        design: the points; of kind "futures" where plans are tried in each.
        same_luck: whether a network has the same luck at every point.
        left_out: keys that vary in some plans only.
        so_far: of a sweep that is not finished, the points that are there.
    """

    path: Path
    manifest: Manifest
    bases: tuple[Scenario, ...]
    design: Design
    same_luck: bool
    left_out: tuple[str, ...] = ()
    so_far: SoFar | None = None
    _kept: dict[str, Response] = field(default_factory=dict)

    @property
    def outcomes(self) -> Outcomes:
        """The catalogue of its outcomes."""
        return outcomes_of(self.bases[0].outcomes)

    @property
    def called(self) -> str:
        """Its folder's name: where that lies is nobody's business whom a page is handed to."""
        return self.path.resolve().name

    @property
    def seed(self) -> int:
        """Of its luck."""
        return int(self.manifest.inputs["seed"])

    @property
    def plans(self) -> tuple[str, ...]:
        """The plans that are tried at every point; () where there is no choice among them."""
        is_choice = self.design.kind == "futures" and len(self.bases) > 1
        return tuple(base.name for base in self.bases) if is_choice else ()

    @property
    def baseline(self) -> str:
        """The plan that others are compared with."""
        return str(self.manifest.inputs.get("baseline") or self.bases[0].name)

    @property
    def inputs(self) -> Design:
        """The points, by what varies between them."""
        if self.design.kind != "futures":
            return self.design
        one = self.design
        return Design("futures", one.factors[1:], one.bases[:1], one.shares[:: len(self.bases), 1:], one.size, 0)

    def response(self, outcome: str) -> Response:
        """An outcome at every point of the design."""
        outcome = self.outcomes.called(outcome)
        if outcome not in self._kept:
            try:
                self._kept[outcome] = self._read(outcome)
            except (OSError, KeyError, ValueError) as error:
                if isinstance(error, FolderError):
                    raise
                raise FolderError(f"{self.path} cannot be read: {error}") from None
        return self._kept[outcome]

    def _read(self, outcome: str) -> Response:
        if self.so_far is not None:
            return self.so_far.response(outcome)
        if is_swept(self.manifest.inputs):
            return read_sweep(self.path).response(outcome)
        return self._of_replicates(outcome)

    def given(self, outcome: str) -> tuple[Given, ...]:
        """What is analysed of an outcome: the baseline's, and of each other plan the difference from it."""
        outcome = self.outcomes.called(outcome)
        values = self.response(outcome).values
        if self.design.kind != "futures":
            return (Given(outcome, "", values),)
        each = values.reshape(-1, len(self.bases), values.shape[1])
        names = [base.name for base in self.bases]
        base = names.index(self.baseline)
        others = [place for place in range(len(names)) if place != base]
        found = [Given(outcome, names[base] if others else "", each[:, base])]
        return (*found, *(
            Given(outcome, f"{names[place]} less {names[base]}", each[:, place] - each[:, base]) for place in others
        ))  # fmt: skip

    def _of_replicates(self, outcome: str) -> Response:
        """From the tables of replicates: each at the point of its set of parameters."""
        over = outcome_named(outcome).over
        points = self.design.size
        filled = []
        for base in self.bases:
            table = read_table(self.path / "outcomes" / f"{base.name}.parquet", ["replicate", *(over or (outcome,))])
            replicate = table.column("replicate").to_numpy()
            at, turn = (
                (replicate // IN_A_ROW) % points,
                replicate % IN_A_ROW + IN_A_ROW * (replicate // IN_A_ROW // points),
            )
            columns = []
            for name in over or (outcome,):
                values = np.full((int(turn.max()) + 1, points), np.nan)
                values[turn, at] = table.column(name).to_numpy(zero_copy_only=False)
                columns.append(values)
            filled.append(linearized(*columns)[0] if over else columns[0])
        deep = max(len(one) for one in filled)
        stacked = np.full((points, len(self.bases), deep), np.nan)
        for place, one in enumerate(filled):
            stacked[:, place, : len(one)] = one.T
        return Response(self.design, outcome, stacked.reshape(points * len(self.bases), deep))


def read_points(path: Path) -> RunPoints:
    """A finished run folder, or what is there of a sweep whose points may be read in part.

    Raises:
        FolderError: if it is none, is not finished, or nothing varies in it.
    """
    manifest = read_manifest(path)
    inputs = manifest.inputs
    if not is_swept(inputs) and (manifest.command not in OF_REPLICATES or "given" in inputs):
        raise FolderError(f"{path} holds a {manifest.command}; sensitivity takes {TAKES}")
    if not manifest.finished and is_swept(inputs) and inputs["design"]["kind"] in IN_PART:
        so_far = read_so_far(path)
        return RunPoints(path, manifest, so_far.design.bases, so_far.design, same_luck=True, so_far=so_far)
    if not manifest.finished:
        raise FolderError(f"{path} is not finished; go on with the command that began it: {manifest.line}")
    if is_swept(inputs):
        design = read_sweep(path).campaign.design
        return RunPoints(path, manifest, design.bases, design, same_luck=True)
    try:
        bases = tuple(read_input(path, name) for name in inputs["scenarios"])
        design, settled = _particles(path, bases)
    except (ScenarioError, OSError) as error:
        raise FolderError(f"{path}: {error}") from None
    return RunPoints(path, manifest, bases, design, same_luck=False, left_out=settled)


def _particles(path: Path, bases: Sequence[Scenario]) -> tuple[Design, tuple[str, ...]]:
    """Sets of parameters as futures, in the order in which replicates live with them."""
    first = bases[0].posterior
    if any(base.posterior is None for base in bases) or first is None:
        raise FolderError(f"parameters are fixed in {path}, so that nothing varies there; run it without --fixed")
    files = [read_table(path / "outcomes" / f"{base.name}.parquet", ["replicate"]) for base in bases]
    last = max(int(file.column("replicate").to_numpy().max()) for file in files)
    count = min(last // IN_A_ROW + 1, len(first.draws))
    futures = read_futures(POSTERIOR, bases, count=count)
    return futures.design(bases), futures.settled


def numbers_of(design: Design, there: NDArray[np.bool_]) -> tuple[tuple[str, ...], Values, tuple[str, ...]]:
    """Inputs that vary over the points that are there, as numbers or codes of levels; and those that do not vary.

    Returns:
        Keys that vary; float[points that are there, keys]; keys that do not vary.
    """
    keys, columns, still = [], [], []
    for place, factor in enumerate(design.factors):
        values = [factor.value(share) for share in design.shares[there, place].tolist()]
        if not factor.is_numeric:
            code = {level: number for number, level in enumerate(factor.levels)}
            values = [code[value] for value in values]
        column = np.array(values, dtype=np.float64)
        if column.size and np.ptp(column) > 0:
            keys.append(factor.key)
            columns.append(column)
        else:
            still.append(factor.key)
    return tuple(keys), np.column_stack(columns) if columns else np.zeros((int(there.sum()), 0)), tuple(still)


def luck_left(values: Values, same_luck: bool) -> tuple[float, float] | None:
    """Luck in the differences between points' means, and in those between single networks (shares of variance).

    None with one network at each point, or where nothing differs.
    """
    there = np.isfinite(values)
    apart = values
    if same_luck:  # what a network's luck does everywhere
        known = np.where(there, values, 0.0)
        apart = values - known.sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    count = there.sum(axis=1)
    twice = count > 1
    if not twice.any():
        return None
    known = np.where(there, apart, 0.0)
    means = known.sum(axis=1) / np.maximum(count, 1)
    freedom = float(np.sum(count[twice] - 1))
    if same_luck:
        freedom *= max(1, len(values) - 1) / len(values)
    within = float(np.sum(np.where(there, apart - means[:, None], 0.0)[twice] ** 2)) / freedom
    between = float(np.var(means[count > 0], ddof=1)) if np.sum(count > 0) > 1 else 0.0
    if between <= 0:
        return None
    of_means = within * float(np.mean(1 / count[count > 0]))
    parameters = max(between - of_means, 0.0)
    single = within / (within + parameters) if within + parameters > 0 else 0.0
    return min(1.0, of_means / between), single
