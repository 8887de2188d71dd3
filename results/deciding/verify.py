"""Whether the folder of `compare --over` holds what its networks give; the networks themselves are those of a sweep."""

from results.deciding.documents import future_columns
from results.deciding.robustness import judge
from results.folders.examination import Examination
from results.folders.parquet import columns_of, read_table
from results.sweeping.sweep_folder import read_sweep

FUTURES = "futures.parquet"


def verify_futures(check: Examination) -> None:
    """The table of `compare --over`, made again from the blocks of a finished folder."""
    if not check.manifest.finished:
        return
    folder = read_sweep(check.path)
    try:
        stored = columns_of(read_table(check.path / FUTURES))
        outcomes = [str(outcome) for outcome in dict.fromkeys(stored["outcome"])]
        judged = {outcome: judge(folder.response(outcome)) for outcome in outcomes}
    except (OSError, ValueError, KeyError) as error:
        check.fault(f"{check.path / FUTURES} cannot be read ({error})")
        return
    check.found.files += 1
    check.same_columns(FUTURES, stored, future_columns(judged))
