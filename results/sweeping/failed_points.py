"""Points of a design that failed, in words: how many, the first errors, and what to do."""

from results.sweeping.sweep_folder import SweepFolder

MOST_ERRORS = 3
"""Different errors that are told."""


def failed_points(folder: SweepFolder) -> str:
    """How many points failed, with the first errors, and what to do; "" where none did.

    A point that contradicts itself fails every time, so that running it again is not advised.
    """
    failed = sum(map(len, folder.failed.values()))
    if not failed:
        return ""
    first: dict[str, int] = {}
    design, hopeless = folder.campaign.design, 0
    for point, error in folder.failures():
        if len(first) < MOST_ERRORS:
            first.setdefault(error, point)
        hopeless += bool(design.contradiction(point))
    told = "".join(f"\n  point {point}: {_indented(error)}" for error, point in first.items())
    again = f"To run just these again, add: --retry-failed --out {folder.path}"
    if hopeless:
        again = f"{hopeless:,} of them contradict themselves and would fail again" + (
            f". To run the others once more, add: --retry-failed --out {folder.path}" if hopeless < failed else ""
        )
    return (
        f"{failed:,} of {len(design):,} points failed; the others are whole. Each is a row of points.parquet with its "
        f"error and traceback.{told}\n{again}"
    )


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")
