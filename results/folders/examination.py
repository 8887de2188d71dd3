"""What a check of a run folder looks at, and what it finds."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import simulation
from results.folders.inputs import read_input
from results.folders.journal import JOURNAL
from results.folders.manifest import FolderError, Manifest
from results.folders.parquet import Columns, columns_of, content_hash, read_table
from scenarios import Scenario, ScenarioError, to_dict
from scenarios.reading.layers import FILES

CLOSE = 1e-12
"""How near numbers of another kind of processor must be, relative to their size."""
MOST_FAULTS = 20
Progress = Callable[[int], None]


@dataclass
class Verification:
    """What was checked, and what was found.

    Attributes:
        files: checked against the journal (count).
        rows: run again (count).
        of: rows that there are (count).
        close: rows that are the same to 12 digits only, on another kind of processor (count).
        faults: what is not as it should be, in words, a line each.
        notes: what was not checked, in words.
    """

    files: int = 0
    rows: int = 0
    of: int = 0
    close: int = 0
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


@dataclass(frozen=True)
class Examination:
    """A run folder under examination.

    Attributes:
        path: of the folder.
        manifest: of the folder.
        found: what was found so far.
        on_another: whether it was made on another kind of processor.
        seed: of the choice of rows.
        progress: hears of rows as they are run.
    """

    path: Path
    manifest: Manifest
    found: Verification
    on_another: bool
    seed: int
    progress: Progress

    def choose(self, count: int, sample: int) -> NDArray[np.int64]:
        """So many numbers below `count` at random, in order."""
        luck = np.random.default_rng(self.seed)
        return np.sort(luck.choice(count, size=min(sample, count), replace=False)).astype(np.int64)

    def compare(self, where: str, names: Sequence[str], stored: NDArray[Any], fresh: NDArray[Any]) -> None:
        """Hold a row against what came out, name by name."""
        stored, fresh = stored.astype(np.float64), fresh.astype(np.float64)
        same = (stored == fresh) | (np.isnan(stored) & np.isnan(fresh))
        if same.all():
            return
        if self.on_another and np.allclose(stored, fresh, rtol=CLOSE, atol=CLOSE, equal_nan=True):
            self.found.close += 1
            return
        for place in np.flatnonzero(~same).tolist():
            old, new = float(stored[place]), float(fresh[place])
            self.fault(f"{where}, {names[place]}: {old!r} is stored, {new!r} comes out")

    def same_columns(self, name: str, stored: Columns, fresh: Columns) -> None:
        """Hold a table against what it should be, row by row, numbers and words."""
        keys = list(fresh)
        if list(stored) != keys or any(len(stored[key]) != len(fresh[key]) for key in keys):
            self.fault(f"{name} has other columns or rows than come out")
            return
        numbers = [key for key in keys if isinstance(fresh[key], np.ndarray)]
        for row in range(len(fresh[keys[0]])):
            old, new = (np.array([table[key][row] for key in numbers], dtype=np.float64) for table in (stored, fresh))
            self.compare(f"{name}, row {row}", numbers, old, new)
        for key in keys:
            if key not in numbers and list(stored[key]) != list(fresh[key]):
                self.fault(f"{name}: {key} is not what comes out")

    def same_hash(self, name: str, wanted: str) -> Columns | None:
        """Hold a table against the hash that the manifest has; its columns, or None where it cannot be read."""
        self.found.files += 1
        try:
            columns = columns_of(read_table(self.path / name))
        except (OSError, ValueError) as error:
            self.fault(f"{self.path / name} cannot be read: {error}")
            return None
        if content_hash(columns) != wanted:
            self.fault(f"{self.path / name} is not as the manifest has it")
        return columns

    def tables_as_noted(self) -> dict[str, Columns]:
        """Every table that the manifest names, compared with its hash: the columns of those that can be read."""
        columns = {name: self.same_hash(name, wanted) for name, wanted in (self.manifest.tables or {}).items()}
        return {name: found for name, found in columns.items() if found is not None}

    def fault(self, text: str) -> None:
        """Note what is not as it should be; of very many, the first."""
        if len(self.found.faults) < MOST_FAULTS:
            self.found.faults.append(text)
        elif len(self.found.faults) == MOST_FAULTS:
            self.found.faults.append("and more")

    def journal_faults(self, faults: Sequence[str]) -> None:
        """Note what is wrong with the journal and its files; here nothing is run again for it."""
        for fault in faults:
            self.fault(fault.removesuffix("; it is run again").removesuffix("; what it names is run again"))


def must_be_named(scenario: Scenario) -> None:
    """See that somebody has named the rules and outcomes of one's own that a scenario of a folder has.

    Raises:
        UnnamedRulesError: if nobody has.
        UnnamedOutcomesError: if nobody has.
    """
    from simulation.own_outcomes.loading import observer_of
    from simulation.own_rules.loading import loaded

    if scenario.rules is not None:
        loaded(scenario.rules)
    if scenario.outcomes is not None:
        observer_of(scenario.outcomes, for_engine=False)


def same_table(check: Examination, name: str, fresh: Columns) -> None:
    """Hold a table of the folder against what it should be."""
    try:
        stored = columns_of(read_table(check.path / name))
    except (OSError, ValueError) as error:  # differences stand in no journal
        check.fault(f"{check.path / name} cannot be read ({error})")
        return
    check.same_columns(name, stored, fresh)


def stored_columns(file: Path) -> dict[str, Any]:
    """The columns of a table, as arrays."""
    from pyarrow import parquet

    table = parquet.read_table(file)  # type: ignore[no-untyped-call]
    return {name: table.column(name).to_numpy() for name in table.column_names}


def kept_scenario(path: Path, name: str) -> Scenario:
    """A scenario as it stands in the folder's `inputs/`.

    Raises:
        FolderError: if it cannot be read.
    """
    try:
        return read_input(path, name)
    except ScenarioError as error:
        raise FolderError(f"{path}: {error}") from None


def same_tables_as_noted(check: Examination, whole: Collection[str], is_torn: bool, sample: int | None) -> None:
    """Tables that the manifest names: what is made of the rows by its hash, the rows by standing in the journal.

    Args:
        check: the folder.
        whole: files that the journal vouches for.
        is_torn: whether the journal has faults, which have been told.
        sample: None where what is made of the rows is made once more instead.
    """
    for name, wanted in (check.manifest.tables or {}).items():
        if name.startswith(("outcomes/", "months/")):
            if name not in whole and not is_torn:
                check.fault(f"{check.path / JOURNAL} does not name {name}, though the manifest does")
        elif sample is not None:
            check.same_hash(name, wanted)


def run_again(scenario: Scenario, seed: int, replicate: int, engine: Any) -> NDArray[np.float64]:
    """The outcomes of one network, run again."""
    one = simulation.run(scenario, seed=seed, replicates=1, first=replicate, engine=engine, workers=1)
    values: NDArray[np.float64] = one.values[0]
    return values


def same_scenarios(check: Examination, scenarios: Sequence[Scenario]) -> None:
    """What `inputs/` holds is what the manifest says was run."""
    for scenario in scenarios:
        noted = check.manifest.inputs["scenarios"][scenario.name]
        if values_of(noted) != values_of(json.loads(json.dumps(to_dict(scenario)))):
            check.fault(f"{check.path / 'inputs' / scenario.name}.toml is not the scenario of the manifest")


def values_of(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that can change a result: no texts, no names of files."""
    values = {key: plain[key] for key in plain if key not in ("title", "question", "sources")}
    for table in {key.partition(".")[0] for key in FILES}:
        values[table] = {key: value for key, value in plain[table].items() if f"{table}.{key}" not in FILES}
    return values
