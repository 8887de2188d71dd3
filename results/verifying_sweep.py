"""Whether the folder of a sweep holds what the model gives: rows run again, and the tables that are made of them."""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import simulation
from results.columns import columns_of, read_table
from results.journal import JOURNAL
from results.robust_documents import future_columns
from results.robustness import judge
from results.shards import factor_columns
from results.sweep import BLOCKS, POINTS, SHARES, SweepFolder, inputs_of, read_sweep
from results.verification import Examination
from scenarios import Scenario, to_dict
from scenarios.design import Design
from simulation.campaign import Failure, PointBlock
from simulation.outcomes import NAMES

FUTURES = "futures.parquet"


def verify_sweep(check: Examination, sample: int | None) -> None:
    """Hold a folder of points against its journal, and run some of its rows again.

    Args:
        check: the folder.
        sample: rows to run again, chosen at random; None runs all of them.
    """
    folder = read_sweep(check.path)
    campaign, found = folder.campaign, check.found
    check.journal_faults(folder.faults)
    found.files = len(folder.blocks)
    if json.loads(json.dumps(inputs_of(campaign)["design"])) != check.noted["inputs"]["design"]:
        check.fault(f"{check.path / SHARES} is not the design of the manifest")
    same_scenarios(check, campaign.design.bases)
    there = sorted(folder.blocks)
    missing = campaign.blocks - len(there)
    if missing and not folder.faults and check.noted.get("finished"):
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
            _same_block(check, folder.block(fresh.number), fresh)
            _same_values(check, campaign.design, check.path / BLOCKS / f"block-{fresh.number:05d}.parquet")
            found.rows += fresh.values.shape[0] * fresh.values.shape[1]
    if not missing:
        _same_points(check, folder)
        if "over" in check.noted["inputs"]:
            _same_futures(check, folder)
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
        check.compare(where, NAMES, kept.values[point - kept.first, replicate], fresh)
    else:
        check.fault(f"point {point} is stored as failed ({failure.error}), but runs")


def _same_block(check: Examination, kept: PointBlock, fresh: PointBlock) -> None:
    for place, point in enumerate(fresh.points):
        old, new = kept.failures.get(point), fresh.failures.get(point)
        if (old and old.error) != (new and new.error):
            check.fault(f"point {point}: {_told(old)} is stored, {_told(new)} comes out")
            continue
        for replicate in range(fresh.values.shape[1]):
            where = f"point {point}, replicate {replicate}"
            check.compare(where, NAMES, kept.values[place, replicate], fresh.values[place, replicate])


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

    if not check.noted.get("finished"):
        return
    if check.on_another or check.noted["versions"].get("pyarrow") != version("pyarrow"):
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


def _same_futures(check: Examination, folder: SweepFolder) -> None:
    """The table of `compare --over`, made once more from the blocks."""
    if not check.noted.get("finished"):
        return
    try:
        stored = columns_of(read_table(check.path / FUTURES))
        outcomes = [str(outcome) for outcome in dict.fromkeys(stored["outcome"])]
        judged = {outcome: judge(folder.response(outcome)) for outcome in outcomes}
    except (OSError, ValueError, KeyError) as error:
        check.fault(f"{check.path / FUTURES} cannot be read ({error})")
        return
    check.found.files += 1
    check.same_columns(FUTURES, stored, future_columns(judged))


def run_again(scenario: Scenario, seed: int, replicate: int, engine: Any) -> NDArray[np.float64]:
    """The outcomes of one network, run again."""
    one = simulation.run(scenario, seed=seed, replicates=1, first=replicate, engine=engine, workers=1)
    values: NDArray[np.float64] = one.values[0]
    return values


def same_scenarios(check: Examination, scenarios: Sequence[Scenario]) -> None:
    """What `inputs/` holds is what the manifest says was run."""
    for scenario in scenarios:
        noted = check.noted["inputs"]["scenarios"][scenario.name]
        if _values(noted) != _values(json.loads(json.dumps(to_dict(scenario)))):
            check.fault(f"{check.path / 'inputs' / scenario.name}.toml is not the scenario of the manifest")


def _values(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that can change a result: no texts, no names of files."""
    members = {key: value for key, value in plain["members"].items() if key not in ("file", "ties")}
    return {**{key: plain[key] for key in plain if key not in ("title", "question", "sources")}, "members": members}
