"""What was observed of a network so far, from the files that a backbone keeps."""

from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path

from results.tracking.collaborations import FILE, counted, read_collaborations
from results.tracking.observation import Observation, Progress
from results.tracking.progress_table import read_table
from scenarios import Scenario
from scenarios.files.faults import RequestError, ScenarioError, shown
from scenarios.files.spreadsheet import read_spreadsheet
from simulation.outcomes import MONTHLY_NAMES

TABLE = "observed.csv"
"""In a folder: the table of outcomes; beside it may stand `collaborations.csv`."""
_HALF = 0.5
_ALIKE = 1e-9


def read_progress(path: str | PathLike[str], scenario: Scenario, month: int | None = None) -> Progress:
    """Read what was observed of a network that a scenario plans.

    Args:
        path: of a table of outcomes, of one of collaborations by name, or of a folder with both.
        scenario: the plan.
        month: today; `network.today`, or the last that any file names, if left out.

    Raises:
        ScenarioError: with every fault of a file.
        RequestError: if the folder holds neither, or today is before what was observed.
    """
    given = Path(path)
    table, works = _files(given)
    observed = read_table(table, scenario) if table else ()
    named = read_collaborations(works, scenario) if works else ()
    last = max([one.month for one in observed] + [at for one in named for at in (one.began, one.ended or 0)])
    if month is not None and month < last:
        raise RequestError("month", f"{month}, but {given} tells of month {last}; allowed is {last} or later")
    if month is not None and not month < scenario.last_month:
        raise RequestError("month", f"{month}; the plan ends in month {scenario.last_month}, so allowed is up to "
                                    f"{scenario.last_month - 1}")  # fmt: skip
    today = scenario.network.today
    if today and last > today:
        raise RequestError(
            "observed",
            f"{given} tells of month {last}, but network.today is {today}: the files of today are older than what was "
            "observed; bring both to the same month",
        )
    if today and month not in (None, today):
        raise RequestError("month", f"{month}, but network.today is {today}; leave it out")
    now = today or (last if month is None else month)
    both = {(one.outcome, one.month): one for one in observed}
    for one in counted(named, now, scenario) if named else ():
        said = both.setdefault((one.outcome, one.month), one)
        if abs(said.value - one.value) > _ALIKE:
            raise ScenarioError(
                f"{given} contradicts itself: {one.outcome} of month {one.month} is {said.value:g} in {TABLE} "
                f"({said.place}), and {one.value:g} by {FILE}; leave one out"
            )
    whole = tuple(sorted(both.values(), key=lambda one: (one.month, MONTHLY_NAMES.index(one.outcome))))
    return Progress(whole, tuple(_remarks(whole, scenario)), now)


def _files(given: Path) -> tuple[Path | None, Path | None]:
    """The table of outcomes and that of collaborations, each where there is one; of a file by its columns."""
    if given.is_dir():
        table, works = (one if one.is_file() else None for one in (given / TABLE, given / FILE))
        if table is None and works is None:
            there = ", ".join(sorted(one.name for one in given.iterdir())[:5]) or "nothing"
            raise RequestError("observed", f"{shown(str(given))} holds neither {TABLE} nor {FILE}; it holds {there}")
        return table, works
    columns = set(read_spreadsheet(given, (), ("began", "month")).columns)
    return (None, given) if columns == {"began"} else (given, None)


def _remarks(observed: Sequence[Observation], scenario: Scenario) -> Iterator[str]:
    members = scenario.network.members
    few = [one for one in observed if one.of is not None and one.of <= _HALF * members]
    if few:
        yield (
            f"In {', '.join(f'{one.outcome} of month {one.month} ({one.of} of {members} members)' for one in few[:3])}"
            f"{' and others' if len(few) > 3 else ''} half of the members or fewer were asked. Those who answered are "
            "taken for a random part of all; if the active ones answer more readily, the forecast is too high."
        )
    if all(one.is_exact for one in observed):
        yield (
            "What was observed is taken as exact. Where not everybody answered, write 5 of 17 members, or a standard "
            "error: else the forecast is surer than it may be."
        )
