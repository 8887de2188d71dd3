"""Whether the folder of a sweep holds what the model gives: rows run again, and the tables that are made of them."""

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from results.folders.examination import Examination, must_be_named, run_again, same_scenarios
from results.folders.journal import JOURNAL
from results.folders.parquet import read_table
from results.sweeping.block_tables import factor_columns
from results.sweeping.sweep_folder import BLOCKS, POINTS, SHARES, SweepFolder, inputs_of, read_sweep
from scenarios.designs.design import Design
from simulation.running.campaign import Failure, PointBlock


def verify_sweep(check: Examination, sample: int | None) -> None:
    """Hold a folder of points against its journal, and run some of its rows again.

    Args:
        check: the folder.
        sample: rows to run again, chosen at random; None runs all of them.

    Raises:
        UnnamedRulesError: if it has rules of its own that nobody has named; else each point would fail for it.
        UnnamedOutcomesError: if it has such outcomes.
    """
    folder = read_sweep(check.path)
    campaign, found = folder.campaign, check.found
    for base in campaign.design.bases:
        must_be_named(base)
    check.journal_faults(folder.faults)
    found.files = len(folder.blocks)
    if json.loads(json.dumps(inputs_of(campaign)["design"])) != check.manifest.inputs["design"]:
        check.fault(f"{check.path / SHARES} is not the design of the manifest")
    same_scenarios(check, campaign.design.bases)
    there = sorted(folder.blocks)
    missing = campaign.blocks - len(there)
    if missing and not folder.faults and check.manifest.finished:
        check.fault(
            f"{check.path / JOURNAL} names {len(there):,} of {campaign.blocks:,} blocks, though the manifest says that "
            "all were finished"
        )
    elif missing and not folder.faults:
        found.notes.append(f"{missing:,} of {campaign.blocks:,} blocks have not been run yet.")
    found.of = folder.networks
    if sample is None:
        done = [block for block in range(campaign.blocks) if block not in folder.blocks]
        for fresh in campaign.run(done=done, progress=check.progress):
            _same_block(check, campaign.outcomes.names, folder.block(fresh.number), fresh)
            _same_values(check, campaign.design, check.path / BLOCKS / f"block-{fresh.number:05d}.parquet")
            found.rows += fresh.values.shape[0] * fresh.values.shape[1]
    if not missing:
        _same_points(check, folder)
    if sample is None:
        return
    points = [point for block in there for point in campaign.points_of(block)]
    rows = check.choose(found.of, sample)
    kept: PointBlock | None = None
    for row in rows.tolist():
        point, replicate = points[row // campaign.replicates], row % campaign.replicates
        number = point // campaign.points_a_block
        if kept is None or kept.number != number:
            kept = folder.block(number)
        _same_row(check, folder, kept, point, replicate)
        found.rows += 1
        check.progress(1)


def _same_row(check: Examination, folder: SweepFolder, kept: PointBlock, point: int, replicate: int) -> None:
    campaign = folder.campaign
    failure = kept.failures.get(point)
    try:
        scenario = campaign.design.scenario(point)
        fresh = run_again(scenario, campaign.seed, replicate, campaign.engine)
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        if failure is None:
            check.fault(f"point {point}, replicate {replicate} is stored, but fails: {told}")
        elif failure.error != told:
            check.fault(f"point {point}: {_told(failure)} is stored, the failure {told!r} comes out")
        return
    if failure is None:
        where = f"point {point}, replicate {replicate}"
        check.compare(where, campaign.outcomes.names, kept.values[point - kept.first, replicate], fresh)
    else:
        check.fault(f"point {point} is stored as failed ({failure.error}), but runs")


def _same_block(check: Examination, names: Sequence[str], kept: PointBlock, fresh: PointBlock) -> None:
    for place, point in enumerate(fresh.points):
        old, new = kept.failures.get(point), fresh.failures.get(point)
        if (old and old.error) != (new and new.error):
            check.fault(f"point {point}: {_told(old)} is stored, {_told(new)} comes out")
            continue
        for replicate in range(fresh.values.shape[1]):
            where = f"point {point}, replicate {replicate}"
            check.compare(where, names, kept.values[place, replicate], fresh.values[place, replicate])


def _same_values(check: Examination, design: Design, file: Path) -> None:
    """The values of the factors, which stand beside the outcomes."""
    keys = [factor.key for factor in design.factors]
    table = read_table(file, ["point", *keys])
    for key, column in factor_columns(design, table.column("point").to_pylist()).items():
        if list(column) != table.column(key).to_pylist():
            check.fault(f"{file}: {key} is not what the design gives")


def _told(failure: Failure | None) -> str:
    return "a result" if failure is None else f"the failure {failure.error!r}"


def _same_points(check: Examination, folder: SweepFolder) -> None:
    """The table of points, made once more from the blocks."""
    from importlib.metadata import version

    if not check.manifest.finished:
        return
    if check.on_another or check.manifest.versions.get("pyarrow") != version("pyarrow"):
        other = "kind of processor" if check.on_another else "version of pyarrow"
        check.found.notes.append(f"{POINTS} was written with another {other}, and is not compared.")
        return
    if not (check.path / POINTS).is_file():
        check.fault(f"{check.path / POINTS} is missing")
        return
    again = BytesIO()
    folder.write_points(again)
    check.found.files += 1
    if again.getvalue() != (check.path / POINTS).read_bytes():
        check.fault(f"{check.path / POINTS} is not what the blocks give")
