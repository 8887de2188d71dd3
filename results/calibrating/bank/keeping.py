"""The bank in its folder: draws in blocks, each a Parquet file with a line in the journal; a stop costs a block.

Draw and luck of a block are its number's alone: whatever stops the work, whoever goes on, and however many draws are
asked for later, the bytes are the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from results.calibrating.bank.prior_draws import from_unit, unit_draw
from results.calibrating.bank.sources import Source
from results.calibrating.posterior_summary import Free
from results.folders.files import write
from results.folders.journal import Journal
from results.folders.parquet import Columns, columns_of, read_table, write_parquet
from scenarios import ScenarioError
from simulation.running.threads import in_order, processors

BLOCK = 20
"""Draws in a block: some seconds of work."""
ATTEMPTS = 64
"""Times that a draw whose values cannot stand together is drawn again."""
BLOCKS = "blocks"
DRAW, NETWORK = "draw", "network"

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Bank:
    """Draws from the priors, and what was simulated with each.

    Attributes:
        free: the parameters.
        values: of the draws, float[draws, parameters].
        counted: name of a source -> what its networks counted, float[draws, networks, columns].
        sources: what was simulated.
    """

    free: tuple[Free, ...]
    values: Values
    counted: Mapping[str, Values]
    sources: tuple[Source, ...]

    @property
    def draws(self) -> int:
        """How many there are."""
        return len(self.values)


def fill(
    folder: Path,
    free: Sequence[Free],
    sources: Sequence[Source],
    *,
    draws: int,
    networks: int,
    seed: int,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda _draws: None,
    said: Callable[[str], None] = lambda _fault: None,
) -> Bank:
    """The bank of a folder with at least so many draws: those that are there are read, the others simulated.

    Args:
        folder: of the bank; nobody else may be writing there.
        free: parameters with their priors.
        sources: what is simulated with each draw.
        draws: wanted; whole blocks are made.
        networks: simulated of each source, a draw.
        seed: of the draws and of the luck.
        workers: threads.
        progress: hears of draws, as they are simulated or found.
        said: hears of files that are not as they were written; they are made again.
    """
    journal = Journal(folder)
    there = {entry["block"] for entry in journal.recall({"block": int})}
    for fault in journal.faults:
        said(fault)
    wanted = range(-(-draws // BLOCK))
    progress(min(draws, BLOCK * sum(number in there for number in wanted)))
    missing = [number for number in wanted if number not in there]
    work = partial(simulate_block, free, sources, networks=networks, seed=seed)
    for number, block in zip(missing, in_order(work, missing, workers or processors()), strict=True):
        name = _file(number)
        write(folder / name, partial(write_parquet, block))
        journal.note({"block": number}, name)
        progress(BLOCK)
    return read(folder, free, sources, draws=draws, networks=networks)


def read(folder: Path, free: Sequence[Free], sources: Sequence[Source], *, draws: int, networks: int) -> Bank:
    """The first draws of a bank that is there."""
    blocks = [columns_of(read_table(folder / _file(number))) for number in range(-(-draws // BLOCK))]

    def column(name: str) -> Values:
        return np.concatenate([np.asarray(block[name], dtype=np.float64) for block in blocks]).reshape(-1, networks)

    values = np.stack([column(one.key)[:draws, 0] for one in free], axis=1)
    counted = {source.name: np.stack([column(name)[:draws] for name in source.columns], axis=2) for source in sources}
    return Bank(tuple(free), values, counted, tuple(sources))


def simulate_block(
    free: Sequence[Free], sources: Sequence[Source], number: int, *, networks: int, seed: int
) -> Columns:
    """The draws of a block and what their networks counted: a row a network."""
    draws = range(number * BLOCK, (number + 1) * BLOCK)
    made = [simulate_draw(free, sources, draw, networks=networks, seed=seed) for draw in draws]
    values = np.repeat(np.stack([one for one, _ in made]), networks, axis=0)
    counted = np.concatenate([one for _, one in made])
    names = [name for source in sources for name in source.columns]
    return {
        DRAW: np.repeat(np.array(draws, dtype=np.int64), networks),
        NETWORK: np.tile(np.arange(networks, dtype=np.int64), BLOCK),
        **{one.key: values[:, place].copy() for place, one in enumerate(free)},
        **{name: counted[:, place].copy() for place, name in enumerate(names)},
    }


def simulate_draw(
    free: Sequence[Free], sources: Sequence[Source], number: int, *, networks: int, seed: int
) -> tuple[Values, Values]:
    """Values of a draw, float[parameters], and what its networks counted, float[networks, columns of all sources]."""
    for values in _attempts(free, number, seed):
        believed = believed_of(free, values)
        try:
            return values, np.concatenate([one.simulate(believed, number, networks) for one in sources], axis=1)
        except ScenarioError as error:
            refused = error
    raise ScenarioError(f"none of {ATTEMPTS} sets of parameters could be run; the last one: {refused}")


def believed_of(free: Sequence[Free], values: Values) -> dict[str, float]:
    """Values by key, whole where the parameters are."""
    return {one.key: one.value(float(value)) for one, value in zip(free, values, strict=True)}


def _attempts(free: Sequence[Free], number: int, seed: int) -> Iterator[Values]:
    for attempt in range(ATTEMPTS):
        yield from_unit(free, unit_draw(free, number, seed=seed, attempt=attempt))


def _file(number: int) -> str:
    return f"{BLOCKS}/{number:06d}.parquet"
