"""Whether a bank holds what the model gives: some of its draws simulated again."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from results.calibrating.bank.keeping import BLOCK, BLOCKS, read, simulate_draw
from results.calibrating.bank.sources import sources_of
from results.calibrating.posterior_summary import Free
from results.folders.examination import Examination
from results.folders.journal import Journal
from results.studies.kept_studies import studies_of
from results.studies.surveys import Surveyed
from scenarios import KEYS
from scenarios.observed.study import Observed

SPARED = 10
"""One draw in so many of the sample is run again: it is all studies, with some networks each."""


def verify_bank_folder(check: Examination, sample: int | None) -> None:
    """The folder of a bank by itself."""
    verify_bank(check, check.path, *studies_of(check), sample)


def verify_bank(
    check: Examination, folder: Path, studies: Sequence[Observed], surveys: Sequence[Surveyed], sample: int | None
) -> None:
    """Hold the blocks of a bank against its journal, and simulate some draws again.

    Args:
        check: the folder under examination.
        folder: of the bank: the same, or one inside it.
        studies: with patterns.
        surveys: of the studies.
        sample: see SPARED; None does all.
    """
    if not (folder / BLOCKS).is_dir():
        check.found.notes.append("Its bank is in another folder: to check the draws, verify that one.")
        return
    inputs = check.manifest.inputs
    free = tuple(Free(key, low, high, KEYS[key].kind == "int") for key, (low, high) in inputs["free"].items())
    journal = Journal(folder)
    blocks = sorted(entry["block"] for entry in journal.recall({"block": int}, mend=False))
    check.found.files += len(blocks)
    for fault in journal.faults:
        check.fault(fault)
    if blocks != list(range(len(blocks))):
        check.fault(f"{folder / BLOCKS} does not hold every block up to its last")
        return
    sources, networks = sources_of(studies, surveys, inputs["seed"]), inputs["networks"]
    bank = read(folder, free, sources, draws=BLOCK * len(blocks), networks=networks)
    check.found.of += bank.draws
    names = [name for source in sources for name in source.columns]
    chosen = range(bank.draws) if sample is None else check.choose(bank.draws, max(1, sample // SPARED)).tolist()
    for draw in chosen:
        values, counted = simulate_draw(free, sources, draw, networks=networks, seed=inputs["seed"])
        check.compare(f"draw {draw}", [one.key for one in free], bank.values[draw], values)
        kept = np.concatenate([bank.counted[source.name][draw] for source in sources], axis=1)
        for network in range(networks):
            check.compare(f"draw {draw}, network {network}", names, kept[network], counted[network])
        check.found.rows += 1
        check.progress(1)
